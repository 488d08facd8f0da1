"""A signed triage screening as the clearance of a team without police.

Some cities let a call-taker's screening send a civilian team alone. Where a home has adopted the
file of such a city (rules/optional) a screening stands as clearance: a named person's ``cleared``,
said on the occasion of a screening. Without it such words clear nobody, for a screening tells what
was asked on a telephone and not what somebody on the scene has seen.

It is the weakest of clearances, so more ends it than ends another's: whatever any adopted screening
excludes, told under whatever hedge before or after, or asked and not known; any weapon, for nobody
who screens a call has seen one; and anybody in the team who is not an unarmed responder.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from whoseword.account.known import Known
from whoseword.response.drawing import recorded
from whoseword.response.looking import Bar, Looking
from whoseword.response.provisions import Ground
from whoseword.response.rosters import Member, members_by_moment
from whoseword.response.signs import SAYS_SO, is_any, of_the_door
from whoseword.words import NON_ANSWERS, Hedge, Stance, Statement

_OCCASIONS = frozenset({"screening", "triage", "triage_screening"})


def is_screening(statement: Statement) -> bool:
    """Whether it was said on the occasion of a triage screening."""
    if statement.occasion is None or statement.occasion.kind is None:
        return False
    return statement.occasion.kind.casefold().replace(" ", "_") in _OCCASIONS


class Screening(NamedTuple):
    """From when a screening stands as clearance, by which rules, and what of its own has ended it."""

    start: datetime
    rules: tuple[str, ...]
    bars: tuple[Bar, ...]


class _Team(NamedTuple):
    """From a moment on: in whose company somebody is sent; ``others`` are no unarmed responders."""

    since: datetime
    others: tuple[Member, ...]


def screening_of(one: Known, who: str, looking: Looking) -> Screening | None:
    """What is to be made of a screening that clears somebody; None where it never stands.

    It stands from when it was recorded or, where their team was not yet told, from when that was
    first told as one without police.
    """
    rules, entered = looking.screenings, recorded(one.statement)
    teams = _teams(who, looking)
    then = [team for team in teams if team.since <= entered][-1:]
    seen = [*then, *(team for team in teams if team.since > entered)]
    begun = next((team for team in seen if not team.others), None)
    if not rules or begun is None:
        return None
    start = max(entered, begun.since)
    door = of_the_door(looking.scene.known, looking.rosters)
    clearing = tuple(rule.id for rule in rules if rule.clears)
    bars = [
        Bar(max(start, recorded(told.statement)), Ground.SCREENING, told.id, rule.id)
        for rule in rules
        for factor in rule.factors
        for told in _unclear([one for one in door if is_any(one, factor.signs)])
    ]
    joined = next((team for team in seen if team.since > begun.since and team.others), None)
    if joined is not None:
        bars += [
            Bar(max(start, joined.since), Ground.SCREENING, other.dispatch.id, clearing[0])
            for other in joined.others
        ]
    return Screening(start, clearing, tuple(bars))


def _unclear(on_it: Sequence[Known]) -> Iterator[Known]:
    """What says that it is so, and who did not know, where nobody said later that it is not."""
    for one in on_it:
        denied = (_is_sure_denial(other.statement) for other in on_it if other.place > one.place)
        if one.statement.stance in SAYS_SO or (
            one.statement.stance in NON_ANSWERS and not any(denied)
        ):
            yield one


def _is_sure_denial(statement: Statement) -> bool:
    """Whether somebody says plainly and at first hand that it is not so, and a person stands for it.

    A denial takes a doubt away here, and so lets somebody go near; none by hearsay, by a document's
    own voice or out of a feed that nobody looked at does (law 6).
    """
    return (
        statement.stance is Stance.DENIES
        and statement.hedge is Hedge.PLAIN
        and not statement.via
        and (statement.reviewed or statement.signed_by is not None)
    )


def _teams(who: str, looking: Looking) -> list[_Team]:
    """The team of somebody from each moment on at which it may have changed, once it is told."""
    found: list[_Team] = []
    for moment, _, members in members_by_moment(looking.scene, looking.rosters):
        own = [one for one in members if looking.names.get(one.who, one.who) == who]
        units = {unit for one in own for unit in one.units}
        if own:
            others = (one for one in members if one.units & units and not one.unarmed)
            found.append(_Team(moment, tuple(others)))
    return found
