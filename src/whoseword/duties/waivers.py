"""Duties that somebody set aside: only a named person, in an act, with a reason.

As with a clearance, the person is of kind responder or official, never a program, a narrator or an
unnamed voice; or an agency's own record names the person. Nobody waives what concerns themself, nor
what somebody else's agency owes.
"""

from collections.abc import Iterator

from whoseword.account.authority import is_side, party_of
from whoseword.account.positions import Take
from whoseword.duties.owners import Owner
from whoseword.duties.scene import Scene, live_plain, words_of
from whoseword.duties.shapes import Waiver
from whoseword.words import Matter, SpeakerKind, Stance
from whoseword.words.names import slug

_PERSONS = {SpeakerKind.OFFICIAL, SpeakerKind.RESPONDER}
_RECORDS = {SpeakerKind.AGENCY, SpeakerKind.RECORD}


def waiver_of(
    rule: str, for_: str | None, owner: Owner, scene: Scene
) -> tuple[Take, Waiver] | None:
    """The first waiver of a duty that stands."""
    found = sorted(
        (
            (take, waiver)
            for matter, take in live_plain(scene.takes, "waived", stances=(Stance.DOES,))
            if _is_of(matter, rule, for_, owner.name) and _is_theirs(take, owner)
            for waiver in _valid(take, for_, scene)
        ),
        key=lambda pair: pair[0].place,
    )
    return found[0] if found else None


def _is_theirs(take: Take, owner: Owner) -> bool:
    """Whether whoever sets it aside is on the side of whoever owes it, as far as that is told."""
    party = party_of(take.statement.speaker)
    return party is None or not owner.sides or any(is_side(party, side) for side in owner.sides)


def _is_of(matter: Matter, rule: str, for_: str | None, owner: str) -> bool:
    named, whom = matter.keys
    if named is None or slug(named) != slug(rule):
        return False
    if for_ is None:
        return whom is None or slug(whom) == slug(owner)
    return whom == for_


def _valid(take: Take, for_: str | None, scene: Scene) -> Iterator[Waiver]:
    speaker = take.statement.speaker
    by = " and ".join(words_of(take.value.get("by"), scene.names))
    reason = " ".join(words_of(take.value.get("reason"), scene.names))
    if take.statement.via or not reason:
        return
    name = scene.names.get(speaker.name, speaker.name)
    if speaker.kind in _PERSONS:
        person = by or name
    elif speaker.kind in _RECORDS and by and slug(by) not in scene.parties:
        person = by
    else:
        return
    if for_ is None or for_ not in (person, name):
        yield Waiver(person, reason, take.id)
