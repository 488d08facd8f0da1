"""What a folder of incidents, or a month of calls, adds up to: held, cleared, and clearances unused.

One row for each incident and unarmed responder, under one set of rules or two; then a summary by
shift. Each word of it, for a row:

- ``cleared``: at some recorded moment the advice was "may engage"; ``never_cleared`` is the rest.
- ``held``: at the last recorded moment the advice was "hold", whether or not it was cleared before.
- ``engaged``: somebody plainly tells that they engaged, whenever that was told.
- ``unused_s``: the seconds for which clearances stood in all without being used, as ``advise``
  counts them at the last recorded moment: a clearance that still stood then counts no further.
- ``shift``: the one in which the first dispatch of the responder was recorded, by the clock of the
  home's zone.

It counts clearances, never who gave them: no row and no sum names whoever clears, and nobody is
ranked (law 7).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time, tzinfo
from statistics import median_low
from typing import NamedTuple

import msgspec

from whoseword.response.drawing import scene_at
from whoseword.response.engagements import engagements_of
from whoseword.response.provisions import Terms
from whoseword.response.replays import replay
from whoseword.response.rosters import names_at, rosters_of
from whoseword.response.shapes import (
    HOLD,
    MAY_ENGAGE,
    NOT_APPLICABLE,
    Advised,
    Drawn,
    Replay,
)

ALL_DAY = "all day"
_sorted_json = msgspec.json.Encoder(order="sorted")


class Outcome(msgspec.Struct, frozen=True, gc=False):
    """What one set of rules advised on one responder, over an incident."""

    cleared: bool
    held: bool
    unused_s: int


class Row(msgspec.Struct, frozen=True, gc=False):
    """One unarmed responder in one incident; an outcome for each set of rules."""

    incident: str
    who: str
    dispatched: str
    shift: str
    engaged: bool
    outcomes: tuple[Outcome, ...]

    @property
    def differs(self) -> bool:
        """Whether the two sets come out otherwise."""
        return len(set(self.outcomes)) > 1


class Counted(msgspec.Struct, frozen=True, gc=False):
    """What one set of rules comes to in a shift; ``unused_s`` in all, in the middle, at the longest."""

    cleared: int
    never_cleared: int
    held: int
    unused_s: int
    median_unused_s: int
    longest_unused_s: int


class Shift(msgspec.Struct, frozen=True, gc=False):
    """A shift: its incidents and responders, and what each set of rules comes to."""

    shift: str
    incidents: int
    responders: int
    engaged: int
    differ: int
    counted: tuple[Counted, ...]


class Table(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """The rows by incident and responder, and the shifts as they follow on each other in a day.

    ``replayed`` counts the incidents, ``without`` those in which nobody is told to be an unarmed
    responder. ``rules`` are the hashes of the sets, ``zone`` is the home's.
    """

    rules: tuple[str, ...]
    zone: str
    replayed: int
    without: int
    shifts: tuple[Shift, ...]
    rows: tuple[Row, ...]


class Shifts(NamedTuple):
    """When shifts begin, by the clock of the home's zone, in the order of the day."""

    starts: tuple[time, ...]
    zone: tzinfo = UTC

    @property
    def names(self) -> list[str]:
        """The shifts in the order of the day, each from its start to the next one's."""
        if len(self.starts) < 2:
            return [ALL_DAY]
        ends = (*self.starts[1:], self.starts[0])
        return [f"{one:%H:%M}-{end:%H:%M}" for one, end in zip(self.starts, ends, strict=True)]

    def of(self, moment: datetime) -> str:
        """The shift in which a moment lies: what the clock on the wall reads decides."""
        local = moment.astimezone(self.zone).time()
        begun = [place for place, start in enumerate(self.starts) if start <= local]
        return self.names[begun[-1] if begun else -1]


def rows_of(told: Drawn, incident: str, terms: Sequence[Terms], shifts: Shifts) -> tuple[Row, ...]:
    """The rows of one incident, by name: what each set of rules advised, up to its last record."""
    told = told.kept
    moments = [one.recorded for one in told.opened if one.recorded is not None]
    if not moments:
        return ()
    end = max(moments)
    views = [replay(told, incident=incident, at=end, terms=one, zone=shifts.zone) for one in terms]
    scene = scene_at(told, incident, end, shifts.zone)
    names = names_at(rosters_of(scene))
    found: list[Row] = []
    for who in _unarmed(views[0]):
        sent = next(row.since for row in _rows(views[0]) if row.who == who)
        row = Row(
            incident=incident,
            who=who,
            dispatched=sent,
            shift=shifts.of(datetime.fromisoformat(sent)),
            engaged=bool(engagements_of(who, scene, names)),
            outcomes=tuple(_outcome(who, view) for view in views),
        )
        found.append(row)
    return tuple(found)


def table_of(rows: Iterable[Row], replayed: int, terms: Sequence[Terms], shifts: Shifts) -> Table:
    """The table of all rows, in whatever order they come; ``replayed`` counts the incidents."""
    ordered = sorted(rows, key=lambda row: (row.incident, row.who))
    return Table(
        rules=tuple(one.rules for one in terms),
        zone=str(shifts.zone),
        replayed=replayed,
        without=replayed - len({row.incident for row in ordered}),
        shifts=tuple(
            _summed(name, [row for row in ordered if row.shift == name], len(terms))
            for name in shifts.names
        ),
        rows=tuple(ordered),
    )


def table_json(table: Table) -> bytes:
    """As JSON, keys sorted."""
    return _sorted_json.encode(table)


def _rows(view: Replay) -> Iterator[Advised]:
    return (row for moment in view.moments for row in moment.advice)


def _unarmed(view: Replay) -> list[str]:
    """Who is told to be an unarmed responder at the last moment, by name."""
    last = view.moments[-1].advice if view.moments else ()
    return [row.who for row in last if row.advice != NOT_APPLICABLE]


def _outcome(who: str, view: Replay) -> Outcome:
    last = next(row for row in view.moments[-1].advice if row.who == who)
    return Outcome(
        cleared=any(row.who == who and row.advice == MAY_ENGAGE for row in _rows(view)),
        held=last.advice == HOLD,
        unused_s=last.unused_clearance_s,
    )


def _summed(name: str, rows: Sequence[Row], sets: int) -> Shift:
    return Shift(
        shift=name,
        incidents=len({row.incident for row in rows}),
        responders=len(rows),
        engaged=sum(row.engaged for row in rows),
        differ=sum(row.differs for row in rows),
        counted=tuple(_counted([row.outcomes[place] for row in rows]) for place in range(sets)),
    )


def _counted(outcomes: Sequence[Outcome]) -> Counted:
    """Seconds unused are those of the responders who were cleared; 0 where nobody was."""
    unused = [one.unused_s for one in outcomes if one.cleared]
    cleared = sum(one.cleared for one in outcomes)
    return Counted(
        cleared=cleared,
        never_cleared=len(outcomes) - cleared,
        held=sum(one.held for one in outcomes),
        unused_s=sum(unused),
        median_unused_s=median_low(unused) if unused else 0,
        longest_unused_s=max(unused, default=0),
    )
