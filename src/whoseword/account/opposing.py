"""Which positions of a disputed matter cannot hold beside which: what a person has to look at.

A matter is disputed by two takes, while other positions on it may hold beside all: that it was no
gun, beside that it was a hammer. It is asked of each pair of positions by the same rules that make
the matter disputed (``conflicts``), never by comparing words.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, tzinfo
from itertools import combinations
from typing import Final

from whoseword.account.conflicts import first_conflict
from whoseword.account.joins import joined_names
from whoseword.account.known import known_at
from whoseword.account.positions import Take, takes_of, voiced
from whoseword.account.shapes import Account, Position
from whoseword.account.voices import voices_of
from whoseword.words import Matter, Standing, Statement

MOST_COMPARED: Final = 100
"""Of a matter with more positions none is held against another: each opposes the first others."""

Opposed = tuple[tuple[int, ...], ...]
"""For each position of a matter, in their order, the places of those it cannot hold beside."""


def opposed_in(
    view: Account, statements: Iterable[Statement], as_of: datetime, zone: tzinfo
) -> Mapping[str, Opposed]:
    """The same of each disputed matter of an account, which is of these statements.

    A matter whose anchors put it both before and after another is disputed without a pair; there
    all that affirm it oppose each other.
    """
    disputed = [one for one in view.matters if one.standing == Standing.DISPUTED.value]
    if not disputed:
        return {}
    known = known_at(statements, view.incident, as_of)
    names = joined_names(known)
    takes = takes_of(known, voices_of((one.statement.speaker for one in known), names), names)
    by_label = {matter.label: (matter, its) for matter, its in takes.items()}
    return {
        one.matter: _opposed(one.positions, *by_label[one.matter], zone)
        for one in disputed
        if one.matter in by_label
    }


def _opposed(
    positions: Sequence[Position], matter: Matter, takes: Sequence[Take], zone: tzinfo
) -> Opposed:
    speaking = {one.id: one for one in voiced(takes) if one.replaced_by is None}
    # All takes of one position say the same at one time, so any of them speaks for it.
    of = {
        at: take
        for at, one in enumerate(positions)
        if one.replaced_by is None
        and (take := next((speaking[name] for name in one.statements if name in speaking), None))
        and (take.affirms or take.denies)
    }
    if len(of) > MOST_COMPARED:
        first = tuple(of)[:MOST_COMPARED]
        return tuple(
            tuple(other for other in first if other != at) if at in of else ()
            for at in range(len(positions))
        )
    every = list(combinations(of, 2))
    pairs = [(one, other) for one, other in every if _oppose(matter, of[one], of[other], zone)]
    pairs = pairs or [pair for pair in every if all(of[at].affirms for at in pair)]
    against: dict[int, list[int]] = {at: [] for at in range(len(positions))}
    for one, other in pairs:
        against[one].append(other)
        against[other].append(one)
    return tuple(tuple(sorted(against[at])) for at in range(len(positions)))


def _oppose(matter: Matter, one: Take, other: Take, zone: tzinfo) -> bool:
    affirmed = [take for take in (one, other) if take.affirms]
    denied = [take for take in (one, other) if take.denies]
    return first_conflict(matter, affirmed, denied, zone) is not None
