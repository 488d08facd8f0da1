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
from whoseword.words import Matter
from whoseword.words.names import slug

CONFLICT = "conflict"


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
    found: dict[tuple[str, str], dict[str, int]] = {}
    for team in teams:
        for member, joined in _members(team, ties):
            if scene.is_involved(member):
                _note(found, member, slug(member), *joined)
            for tie in ties:
                agency = _agency_beyond(tie, member, scene)
                if agency is not None and tie not in joined:
                    _note(found, member, agency, *joined, tie)
    return [
        Alarm(CONFLICT, who, agency, tuple(sorted(its, key=lambda key: (its[key], key))))
        for (who, agency), its in sorted(found.items())
    ]


def _members(team: str, ties: Iterable[_Tie]) -> Iterator[tuple[str, tuple[_Tie, ...]]]:
    """The team itself, and whoever is said to be something to it, with who says so."""
    yield team, ()
    for tie in ties:
        if is_side(slug(tie.whom), slug(team)):
            yield tie.who, (tie,)


def _note(found: dict[tuple[str, str], dict[str, int]], who: str, agency: str, *ties: _Tie) -> None:
    found.setdefault((who, agency), {}).update({tie.id: tie.place for tie in ties})


def _agency_beyond(tie: _Tie, member: str, scene: Scene) -> str | None:
    """The involved agency to which this ties the member, itself or through one who fired."""
    other = tie.beyond(member)
    if other is None:
        return None
    for agency in scene.involved:
        if is_side(slug(other), agency):
            return agency
    if other in scene.fired and other != member:
        own = [one for one in scene.employers.get(other, ()) if one in scene.involved]
        return own[0] if own else next(iter(scene.involved), None)
    return None


def _ties(scene: Scene) -> Iterator[_Tie]:
    for matter, take in live(scene.takes, "related"):
        who, whom = matter.keys
        if who is not None and whom is not None:
            yield _Tie(who, whom, take.place, take.id)
    yield from _crews(scene, live(scene.takes, "dispatched"))


def _crews(scene: Scene, sent: Iterable[tuple[Matter, Take]]) -> Iterator[_Tie]:
    for matter, take in sent:
        unit = matter.keys[0]
        for member in words_of(take.value.get("members"), scene.names):
            if unit is not None:
                yield _Tie(member, unit, take.place, take.id)
