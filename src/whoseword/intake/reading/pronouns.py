"""Whom a pronoun can mean: the one who fits and was mentioned just before, or nobody.

Number and known gender decide, within this sentence and the one before. Two who fit are two
candidates; only one whose gender is known goes before one whose gender is not.
"""

from collections.abc import Container, Iterable
from typing import TYPE_CHECKING

from whoseword.intake.reading.entities import SHE, SHE_OR_HE, THEY, Entity, Referent
from whoseword.words import SpeakerKind

if TYPE_CHECKING:
    from spacy.tokens import Token


def nearest(
    entities: Iterable[Entity], word: "Token", sentence: int, but: Container[str | None] = ()
) -> Referent:
    """Whom the pronoun `word` in the sentence so numbered means; nobody of those named in `but`."""
    said = word.lower_
    near = [one for one in entities if one.name not in but]
    near = [one for one in near if _mentioned_before(one, word, sentence)]
    near = [one for one in near if can_mean(one, said, sentence)]
    if said in THEY:
        groups = [one for one in near if _is_grouped(one, sentence)]
        near = groups or [one for one in near if one.plural]
    known = [one for one in near if one.gender is not None]
    if said in SHE_OR_HE and len(known) == 1:
        return Referent(known[0].name)
    if len(near) == 1:
        return Referent(near[0].name)
    return Referent(None, tuple(sorted(one.name for one in near)))


def in_indirect_speech(speaker: Entity, near: Referent, rival: Entity | None) -> Referent:
    """Whom "he" means in what `speaker` is told to have said: the speaker, another, or either.

    `near` is whom it means apart from the speaker, and `rival` that entity, if it is one.
    """
    known = speaker.gender is not None
    if rival is not None and rival.gender is not None and not known:
        return near
    alone = near.name is None and not near.candidates
    alone = alone or (known and rival is not None and rival.gender is None)
    if alone and speaker.kind is not SpeakerKind.OFFICIAL:
        return Referent(speaker.name)
    # "The chief said he was armed" hardly tells of the chief; whom, a person decides.
    names = {speaker.name, *near.candidates, *([near.name] if near.name else [])}
    return Referent(None, tuple(sorted(names)))


def can_mean(entity: Entity, said: str, sentence: int) -> bool:
    """Whether the pronoun `said` can mean an entity at all."""
    if not (entity.is_person or entity.is_agency):
        return False
    if said in THEY:
        return entity.plural or _is_grouped(entity, sentence)
    wanted = "f" if said in SHE else "m"
    return not entity.plural and not entity.is_agency and entity.gender in (None, wanted)


def _is_grouped(entity: Entity, sentence: int) -> bool:
    """Whether it was lately told together with others: "the officer and two others"."""
    return bool(entity.coordinated_in & {sentence, sentence - 1})


def _mentioned_before(entity: Entity, word: "Token", sentence: int) -> bool:
    return any(
        number == sentence - 1 or (number == sentence and at < word.i) for number, at in entity.seen
    )
