"""Whose word it is: from the words that name a speaker to the speaker.

A spokesperson speaks as the agency, a title gives the office and its agency, an unnamed source
keeps the description that the document gives. A pronoun is never a speaker's name.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from whoseword.intake.drafts import Span
from whoseword.intake.reading.discourse import Discourse
from whoseword.intake.reading.entities import PRONOUNS, SHE_OR_HE, THEY, WE, Entity, Referent
from whoseword.intake.reading.grammar import after, child, is_nobody, noun_head
from whoseword.intake.reading.lexicon import (
    ONESELF,
    PERSONS,
    PRESS,
    RECORDS,
    REPORTING,
    SHOWING,
    SPOKESPERSONS,
    TELLING,
)
from whoseword.intake.reading.naming import common_name, is_agency, place_after, proper_run, text_of
from whoseword.intake.reading.noun_phrases import is_labelled_person
from whoseword.intake.reading.parsing import Parsed
from whoseword.intake.reading.salience import IT
from whoseword.words import Speaker, SpeakerKind

if TYPE_CHECKING:
    from spacy.tokens import Token


UNNAMED: Final = "unnamed speaker"
_WRITTEN: Final = frozenset({"text", "email", "e-mail", "message", "tweet", "letter", "note"})


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker as a document gives it: the entity, and who else a pronoun could mean."""

    entity: Entity
    candidates: tuple[str, ...] = ()

    @property
    def speaker(self) -> Speaker:
        """The speaker of a statement."""
        return speaker_of(self.entity)


def speaker_of(entity: Entity) -> Speaker:
    """An entity as a speaker. People without a known office are witnesses, groups unnamed."""
    kind = entity.kind
    if entity.plural and not entity.is_agency:
        kind = SpeakerKind.UNNAMED
    elif kind is None:
        kind = SpeakerKind.WITNESS if entity.is_person else SpeakerKind.UNNAMED
    return Speaker(entity.display, kind, entity.party)


def can_speak(word: "Token") -> bool:
    """Whether a word can be the source of a statement at all."""
    word = noun_head(word)
    if is_nobody(word) or word.lower_ in ("that", "this", "these", "those"):
        return False
    if word.pos_ == "PRON":
        if word.lower_ in IT:
            # "It said", "it shows"; not "it is said" or "it seems".
            says = word.head.lemma_.lower() in REPORTING | SHOWING
            return word.dep_ == "nsubj" and says and child(word.head, "expl", "attr") is None
        if word.lower_ == "you":
            # "You told me" is the word of whoever is spoken to; "you think" is nobody's.
            told = word.head.lemma_.lower() in TELLING | {"say"} and word.head.tag_ == "VBD"
            return told and word.dep_ == "nsubj" and child(word.head, "aux") is None
        return word.lower_ in PRONOUNS | {"who"}
    lemma = word.lemma_.lower()
    if word.lower_ in ONESELF or is_labelled_person(word):
        return True
    if lemma in PERSONS or word.lower_ in PERSONS or lemma in RECORDS or is_agency(word):
        return True
    if lemma in ("call", "caller", "officials", "campaign", "poll", "percent"):
        return True
    if word.lower_ in ("one", "some", "others", "many", "several", "both", "two", "three"):
        return True
    if any(map(str.isdigit, word.text)):
        return word.i > 0 and word.nbor(-1).lower_ in PERSONS
    return word.pos_ == "PROPN" and word.ent_type_ not in ("DATE", "TIME")


def means_anybody(word: "Token") -> bool:
    """ "You never know", "all told": nobody in particular is meant."""
    idiom = word.lower_ == "all" and word.head.lower_ == "told"
    return idiom or (word.lower_ == "you" and not can_speak(word))


def voice_of(word: "Token", discourse: Discourse, speaker: Entity | None) -> Voice:
    """The voice that `word` names, in words of `speaker` (who "I" is)."""
    word = noun_head(word)
    found = _voice_without_name(word, discourse, speaker)
    if found is not None:
        return found
    is_pronoun = word.lower_ in SHE_OR_HE | THEY
    if speaker is not None and is_pronoun and discourse.may_mean_speaker(word, speaker):
        # "She said she did not know": what else is said in her words is hers.
        return Voice(speaker)
    referent = discourse.referent(word, speaker)
    if speaker is not None and referent.name == speaker.name:
        return Voice(speaker)
    if word.lower_ in SHE_OR_HE | THEY | IT:
        return _of_a_pronoun(word, discourse, speaker, referent)
    entity = discourse.entity(referent.name)
    if entity is not None:
        if (word.pos_ == "PROPN" or word.ent_type_) and not (entity.is_person or entity.is_agency):
            _take_for_a_speaker(entity, word)
        return Voice(entity)
    if referent.name is not None and speaker is not None and referent.name == speaker.party:
        return Voice(_side_of(speaker))
    return _unnamed(word, referent.candidates)


def _voice_without_name(
    word: "Token", discourse: Discourse, speaker: Entity | None
) -> Voice | None:
    """Who speaks as "we" or "you", for somebody else, on the telephone, or in a record."""
    lemma = word.lemma_.lower()
    if word.lower_ in WE and speaker is not None:
        return Voice(speaker)
    addressed = discourse.entity(discourse.addressed)
    if word.lower_ == "you" and addressed is not None:
        return Voice(addressed)
    if lemma in SPOKESPERSONS:
        of = after(word, "for", "of", "from") or child(word, "poss")
        found = discourse.entity(discourse.referent(of, speaker).name) if of is not None else None
        if found is not None and found.is_agency:
            return Voice(found)
    if lemma in ("call", "caller"):
        known = discourse.entity(discourse.referent(word, speaker).name)
        emergency = any(one.lower_ in ("911", "emergency") for one in word.lefts)
        named = known.display if known is not None and lemma == "caller" else "caller"
        name = "911 caller" if emergency else named
        is_person = lemma == "caller"
        kind = known.kind if known is not None and known.kind else SpeakerKind.UNNAMED
        return Voice(Entity(name, "caller", name, kind=kind, is_person=is_person))
    owner = child(word, "poss") if lemma in _WRITTEN else None
    if owner is not None and can_speak(owner):
        # "According to her text": what somebody wrote is their word.
        return voice_of(owner, discourse, speaker)
    if lemma in RECORDS and not is_agency(word):
        name = common_name(word).replace("-", " ")
        return Voice(Entity(common_name(word), lemma, name, kind=SpeakerKind.RECORD))
    return None


def _of_a_pronoun(
    word: "Token", discourse: Discourse, speaker: Entity | None, referent: Referent
) -> Voice:
    head = word.head
    if (
        word.lower_ in THEY
        and head.lemma_.lower() in ("say", "tell", "claim")
        and head.tag_ == "VBP"
    ):
        # "They say she had a knife" is told of people, and of nobody who was told of before.
        return _unnamed(word, ())
    likely = discourse.likeliest(word, speaker)
    entity = likely.entity or discourse.entity(referent.name)
    if entity is None:
        return _unnamed(word, referent.candidates or likely.candidates)
    if entity.head in SPOKESPERSONS and speaker is not None and speaker.is_agency:
        # Who speaks for an agency speaks as the agency.
        return Voice(speaker)
    return Voice(entity, likely.candidates)


def _take_for_a_speaker(entity: Entity, word: "Token") -> None:
    """A name that speaks is a person's, unless it was recognised as a place's or a body's."""
    entity.display = text_of(proper_run(word))
    if word.ent_type_ in ("GPE", "ORG", "NORP"):
        entity.is_agency, entity.plural, entity.kind = True, True, SpeakerKind.AGENCY
    else:
        entity.is_person = True


def _side_of(speaker: Entity) -> Entity:
    party = speaker.party or speaker.name
    return Entity(
        party,
        party,
        party.replace("-", " "),
        kind=SpeakerKind.AGENCY,
        party=party,
        is_agency=True,
        plural=True,
    )


def _unnamed(word: "Token", candidates: tuple[str, ...]) -> Voice:
    if word.lower_ in PRONOUNS or word.pos_ == "PRON":
        name = UNNAMED
    else:
        words = [
            one for one in word.lefts if one.dep_ in ("nummod", "amod", "compound", "quantmod")
        ]
        name = " ".join([*(one.lower_ for one in words), word.lower_])
        of = after(word, "of")
        if of is not None and of.lower_ not in PRONOUNS:
            name = f"{name} of {common_name(of)}"
    return Voice(Entity(name, word.lower_, name, kind=SpeakerKind.UNNAMED), candidates)


def speaker_span(parsed: Parsed, word: "Token") -> Span | None:
    """The noun phrase that names the speaker, with its title, without what is set beside it."""
    if word.i >= len(parsed.starts):
        return None
    words = [word, *(one for one in word.rights if one.dep_ == "nummod" and one.i == word.i + 1)]
    for one in word.lefts:
        if one.dep_ in ("det", "compound", "amod", "nmod", "nummod", "poss", "quantmod"):
            words.extend(one.subtree)
    tail = child(word, "prep")
    beside = word.nbor(1) if word.i + 1 < len(word.doc) else None
    if tail is None and beside is not None and beside.dep_ == "prep" and place_after(word):
        tail = beside
    if (
        tail is not None
        and tail.lower_ in ("of", "for", "in", "from", "with")
        and tail.i == word.i + 1
    ):
        words.extend(
            one
            for one in tail.subtree
            if not any(up.dep_ in ("relcl", "appos") for up in (one, *one.ancestors))
        )
    first = min(one.i for one in words)
    last = max(one.i for one in words)
    while last > word.i and word.doc[last].is_punct:
        last -= 1
    return parsed.span(first, last)


def is_press(word: "Token") -> bool:
    """Whether those told are the document's own side: reporters, the public, "us"."""
    return word.lower_ in PRESS or word.lemma_.lower() in PRESS
