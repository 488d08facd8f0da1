"""Who was dispatched, in which unit, and who of them is unarmed.

An unarmed responder is a member of a dispatched unit whom a speaker in a response book of the
dispatching agency denies to be armed, or who is its clinician, medic, advocate, interpreter or
social worker (contract, section 5, ``advise``). The dispatching agency keeps the book in which
``dispatched`` stands.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from whoseword.account.joins import joined_names
from whoseword.account.known import Known
from whoseword.response.drawing import Scene, recorded
from whoseword.words import AFFIRMING, ANYONE, BookClass, Hedge, SpeakerKind, Stance, Statement
from whoseword.words.fact import SlotValue
from whoseword.words.scene import Armed, Dispatched, Related, Same

UNARMED = frozenset({"clinician", "medic", "advocate", "interpreter", "social_worker"})
_OF_A_UNIT = UNARMED | {"officer", "member_of"}
_NOBODY_KNOWN = (SpeakerKind.NARRATOR, SpeakerKind.UNNAMED)


class Member(NamedTuple):
    """Somebody in a dispatched unit or several: since which dispatch, and whether unarmed."""

    who: str
    units: frozenset[str]
    dispatch: Known
    unarmed: bool


class Roster(NamedTuple):
    """From a moment on: which names are one, and who is plainly told to be in a dispatched unit."""

    since: datetime
    names: Mapping[str, str]
    members: frozenset[str]


class Shown(NamedTuple):
    """From a moment on: which names are one, and which unarmed responders are shown advice."""

    since: datetime
    names: Mapping[str, str]
    unarmed: frozenset[str]


class _Sent(NamedTuple):
    """Somebody sent: in which unit, by which statement."""

    who: str
    unit: str | None
    by: Known


def members_of(scene: Scene, names: Mapping[str, str], at: datetime) -> list[Member]:
    """Everybody in a dispatched unit as of the moment, once each, in the order of their names."""
    standing = [one for one in scene.known if scene.stands(one, at)]
    sent: dict[str, list[_Sent]] = defaultdict(list)
    for one in _sent(standing, names):
        sent[one.who].append(one)
    unarmed = _denied_armed(standing, names)
    roles = {
        (who, unit)
        for one in standing
        for who, unit, relations in _relation(one.statement, names)
        if relations & UNARMED
    }
    return [
        Member(
            who,
            frozenset(one.unit for one in its if one.unit is not None),
            min((one.by for one in its), key=lambda by: by.place),
            any((who, one.unit) in roles for one in its)
            or any(one.by.statement.custodian in unarmed.get(who, ()) for one in its),
        )
        for who, its in sorted(sent.items())
    ]


def members_by_moment(
    scene: Scene, rosters: Sequence[Roster]
) -> Iterator[tuple[datetime, Mapping[str, str], list[Member]]]:
    """Each moment at which the members may have changed, in order; the names and members then."""
    telling = [
        one
        for one in scene.known
        if isinstance(one.statement.fact, Dispatched | Related | Same | Armed)
    ]
    for moment in _moments(telling, scene):
        names = names_at([one for one in rosters if one.since <= moment])
        yield moment, names, members_of(scene, names, moment)


def shown_in(scene: Scene, rosters: Sequence[Roster]) -> list[Shown]:
    """Who was shown advice from which moment on, in order."""
    return [
        Shown(moment, names, frozenset(one.who for one in members if one.unarmed))
        for moment, names, members in members_by_moment(scene, rosters)
    ]


def rosters_of(scene: Scene) -> list[Roster]:
    """The roster after each moment that may have changed it, in order.

    The least doubt leaves a name out: whoever is a member only possibly, by hearsay or by a
    document's own voice may be anybody, and a weapon of theirs ends a clearance. So may whoever another
    home calls a member, or the same as one: its man and ours may be two.
    """
    telling = [
        one for one in scene.known if isinstance(one.statement.fact, Dispatched | Related | Same)
    ]
    return [_roster(scene, telling, moment) for moment in _moments(telling, scene)]


def _moments(telling: Sequence[Known], scene: Scene) -> list[datetime]:
    """The moments at which some of these statements were said or replaced, in order."""
    moments = {recorded(one.statement) for one in telling}
    moments.update(scene.gone[one.place] for one in telling if one.place in scene.gone)
    return sorted(moments)


def names_at(rosters: Sequence[Roster]) -> Mapping[str, str]:
    """Which names are one after the last change."""
    return rosters[-1].names if rosters else {}


def _roster(scene: Scene, telling: Iterable[Known], at: datetime) -> Roster:
    standing = [one for one in telling if scene.stands(one, at) and not scene.is_received(one)]
    joining = [
        msgspec.structs.replace(one, replaced_by=None)
        for one in standing
        if isinstance(one.statement.fact, Same)
    ]
    names = joined_names(joining) if joining else {}
    plain = [one for one in standing if _is_plain(one.statement)]
    return Roster(at, names, frozenset(one.who for one in _sent(plain, names, surely=True)))


def _is_plain(statement: Statement) -> bool:
    return (
        statement.hedge is Hedge.PLAIN
        and not statement.via
        and statement.speaker.kind not in _NOBODY_KNOWN
    )


def _sent(
    standing: Sequence[Known], names: Mapping[str, str], *, surely: bool = False
) -> list[_Sent]:
    """Everybody who is told as a member of a unit that was sent, by the sending or by a relation.

    ``surely`` leaves out whom a relation puts into a unit that a feed of others calls so.
    """
    found: list[_Sent] = []
    units: dict[str, list[Known]] = defaultdict(list)
    for one in standing:
        fact = one.statement.fact
        if isinstance(fact, Dispatched) and one.statement.stance in AFFIRMING:
            unit = _named(fact.unit, names)
            if unit is not None:
                units[unit].append(one)
            found.extend(_Sent(names.get(who, who), unit, one) for who in words_in(fact.members))
    for one in standing if units else ():
        for who, unit, relations in _relation(one.statement, names):
            if relations & _OF_A_UNIT:
                found.extend(
                    _Sent(who, unit, by)
                    for by in units.get(unit, ())
                    if not surely or _is_same_unit(by.statement, one.statement)
                )
    return found


def _is_same_unit(sent: Statement, related: Statement) -> bool:
    """Whether two statements surely mean one unit by one name.

    A feed calls its units what it likes, so a unit of its may have the name of a gang, a household or
    a woman in a book, and a ``member_of`` or an ``interpreter`` of those is nobody who was sent.
    """
    return sent.source.feed == related.source.feed


def _relation(
    statement: Statement, names: Mapping[str, str]
) -> list[tuple[str, str, frozenset[str]]]:
    """Who stands in which relations to whom, if the statement tells that."""
    fact = statement.fact
    if not isinstance(fact, Related) or statement.stance not in AFFIRMING:
        return []
    who, whom = _named(fact.who, names), _named(fact.whom, names)
    relations = {word.casefold().replace(" ", "_") for word in words_in(fact.relation)}
    return [(who, whom, frozenset(relations))] if who and whom else []


def _denied_armed(standing: Sequence[Known], names: Mapping[str, str]) -> dict[str, set[str]]:
    """Whom somebody denies to be armed at all, and the custodians of the response books it is in.

    A denial of one weapon denies that one alone; a denial of anyone is one of each of whom it was
    asked or told whether they are armed (contract, section 2, "Entities").
    """
    found: dict[str, set[str]] = defaultdict(set)
    of_anyone: set[str] = set()
    asked: set[str] = set()
    for one in standing:
        statement, fact = one.statement, one.statement.fact
        if not isinstance(fact, Armed) or fact.who is None:
            continue
        who = names.get(fact.who, fact.who)
        asked.add(who)
        if statement.stance is not Stance.DENIES or fact.weapon is not None:
            continue
        if statement.handling != BookClass.RESPONSE.value:
            continue
        if who == ANYONE:
            of_anyone.add(statement.custodian)
        else:
            found[who].add(statement.custodian)
    for who in asked if of_anyone else ():
        found[who] |= of_anyone
    return found


def _named(name: str | None, names: Mapping[str, str]) -> str | None:
    return None if name is None else names.get(name, name)


def words_in(value: SlotValue | None) -> tuple[str, ...]:
    """The words of a slot; none where it holds none."""
    if isinstance(value, str):
        return (value,)
    return value if isinstance(value, tuple) else ()
