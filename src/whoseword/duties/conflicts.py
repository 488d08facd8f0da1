"""Who inquires into whose own people: the conflict alarm on the outside investigator.

Any member of the involved agency in the team, and any declared tie to it or to whoever fired,
raises the alarm (``related``). A tie that is only believed, or told as possible, is a declared one:
somebody looks at it before anybody relies on the team.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from whoseword.account.authority import is_side
from whoseword.account.positions import Take
from whoseword.duties.scene import Scene, live, words_of
from whoseword.duties.shapes import Alarm
from whoseword.words import Matter, SpeakerKind
from whoseword.words.names import slug

CONFLICT = "conflict"
_PERSONS = {SpeakerKind.OFFICIAL, SpeakerKind.RESPONDER}
_Found = dict[tuple[str, str], dict[str, int]]
"""By who is tied and to which agency, the statements that say so and their places."""


class _Tie(NamedTuple):
    """What somebody declared one to be to another, and the statement."""

    who: str
    whom: str
    place: int
    id: str

    def beyond(self, name: str) -> str | None:
        """The other end, where one end is that name."""
        if self.who == name:
            return self.whom
        return self.who if self.whom == name else None


def conflicts_of(teams: Iterable[str], scene: Scene) -> list[Alarm]:
    """The alarms on these teams, by who is tied, then to which agency."""
    ties = list(_ties(scene))
    found: _Found = {}
    for team in teams:
        for tie in ties:
            if _is_one(tie.who, team) and (agency := _agency_of(tie.whom, scene)):
                _note(found, team, agency, tie)
            if _is_one(tie.whom, team):
                _note_member(found, tie, ties, scene)
    return [
        Alarm(CONFLICT, who, agency, tuple(sorted(its, key=lambda key: (its[key], key))))
        for (who, agency), its in sorted(found.items())
    ]


def _note_member(found: _Found, membership: _Tie, ties: Iterable[_Tie], scene: Scene) -> None:
    """Note whoever is said to be something to the team, and is something to the other side too."""
    member = membership.who
    if scene.is_involved(member):
        _note(found, member, slug(member), membership)
        return
    if (agency := _agency_of(member, scene)) is not None:
        _note(found, member, agency, membership)
    for tie in ties:
        other = tie.beyond(member)
        if tie is not membership and other and (agency := _agency_of(other, scene)):
            _note(found, member, agency, membership, tie)


def _note(found: _Found, who: str, agency: str, *ties: _Tie) -> None:
    found.setdefault((who, agency), {}).update({tie.id: tie.place for tie in ties})


def _is_one(name: str, agency: str) -> bool:
    return is_side(slug(name), slug(agency))


def _agency_of(name: str, scene: Scene) -> str | None:
    """The involved agency that this is, or for which this one fired."""
    for agency in scene.involved:
        if _is_one(name, agency):
            return agency
    if name not in scene.fired:
        return None
    own = [one for one in scene.employers.get(name, ()) if one in scene.involved]
    return own[0] if own else next(iter(scene.involved), None)


def _ties(scene: Scene) -> Iterator[_Tie]:
    for matter, take in live(scene.takes, "related"):
        who, whom = matter.keys
        if who is not None and whom is not None:
            yield _Tie(who, whom, take.place, take.id)
    yield from _spokesmen(scene)
    yield from _crews(scene, live(scene.takes, "dispatched"))


def _spokesmen(scene: Scene) -> Iterator[_Tie]:
    """Whoever speaks for an agency is of it, by the first statement in which they do."""
    found: dict[tuple[str, str], Take] = {}
    for its in scene.takes.values():
        for take in its:
            speaker = take.statement.speaker
            if speaker.kind in _PERSONS and speaker.party is not None:
                key = (scene.names.get(speaker.name, speaker.name), speaker.party)
                before = found.get(key)
                found[key] = take if before is None or take.place < before.place else before
    for (name, party), take in found.items():
        yield _Tie(name, party, take.place, take.id)


def _crews(scene: Scene, sent: Iterable[tuple[Matter, Take]]) -> Iterator[_Tie]:
    for matter, take in sent:
        unit = matter.keys[0]
        for member in words_of(take.value.get("members"), scene.names):
            if unit is not None:
                yield _Tie(member, unit, take.place, take.id)
