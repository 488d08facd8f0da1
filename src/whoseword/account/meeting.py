"""Which of several takes can be of one time.

Conflict and agreement both ask for two takes with different marks (values, voices) at times that
can be one. Comparing each with each would take the square of a unit's log; here every take is
looked at once, after sorting by time, since of all earlier takes only the longest-lasting of each
of two marks can matter.
"""

from collections.abc import Hashable, Iterable, Sequence
from datetime import tzinfo
from operator import itemgetter
from typing import NamedTuple

from whoseword.account.positions import Take
from whoseword.words.times import edtf_span

Pair = tuple[Take, Take]

_FLOOR, _CEILING = float("-inf"), float("inf")


class Marked(NamedTuple):
    """A take and what must differ for it to count: its value, its voice, its side."""

    mark: Hashable
    take: Take


class _Dated(NamedTuple):
    """A marked take between two microseconds, either of which may be open."""

    earliest: float
    latest: float
    marked: Marked


class _Two:
    """At most two of a kind, with different marks: enough to find one that differs from any."""

    def __init__(self) -> None:
        self.held: list[Marked] = []

    def add(self, one: Marked) -> None:
        if len(self.held) < 2 and (not self.held or self.held[0].mark != one.mark):
            self.held.append(one)

    def other_than(self, mark: Hashable) -> Marked | None:
        return next((one for one in self.held if one.mark != mark), None)


class _Times:
    """Marked takes by how their time is told."""

    def __init__(self, several: Iterable[Marked], zone: tzinfo) -> None:
        self.all, self.floating, self.in_dates = _Two(), _Two(), _Two()
        self.anchored: dict[tuple[str, str], _Two] = {}
        self.dated: list[_Dated] = []
        for one in several:
            self.all.add(one)
            happened = one.take.happened
            span = edtf_span(happened, zone) if isinstance(happened, str) else None
            anchor = one.take.anchor
            if span is not None:
                self.in_dates.add(one)
                earliest = _FLOOR if span.earliest is None else span.earliest
                latest = _CEILING if span.latest is None else span.latest
                self.dated.append(_Dated(earliest, latest, one))
            elif anchor is not None:
                self.anchored.setdefault(anchor, _Two()).add(one)
            else:
                self.floating.add(one)


def first_meeting(
    ones: Sequence[Marked], zone: tzinfo, others: Sequence[Marked] | None = None
) -> Pair | None:
    """Two takes with different marks at times that can be one, or None.

    One is of ``ones``, the other of ``others`` where these are given. Times are apart only where
    both are EDTF that do not overlap, or anchors that differ; ``zone`` reads local dates.
    """
    mine = _Times(ones, zone)
    if others is None:
        if len(mine.all.held) < 2:
            return None
        return _untimed(mine, mine) or _overlap(mine, mine)
    theirs = _Times(others, zone)
    return _untimed(mine, theirs) or _untimed(theirs, mine) or _overlap(mine, theirs)


def _untimed(mine: _Times, theirs: _Times) -> Pair | None:
    """A take of mine without a date, and one of theirs that can be of its time."""
    for one in mine.floating.held:
        if other := theirs.all.other_than(one.mark):
            return one.take, other.take
    for anchor, several in mine.anchored.items():
        at_it = theirs.anchored.get(anchor)
        for one in several.held:
            other = (at_it and at_it.other_than(one.mark)) or theirs.in_dates.other_than(one.mark)
            if other:
                return one.take, other.take
    return None


def _overlap(mine: _Times, theirs: _Times) -> Pair | None:
    """Two dated takes that overlap: a sweep in the order in which they begin."""
    lasting: dict[int, list[_Dated]] = {id(mine): [], id(theirs): []}
    sides = [(one.earliest, id(mine), id(theirs), one) for one in mine.dated]
    if theirs is not mine:
        sides += [(one.earliest, id(theirs), id(mine), one) for one in theirs.dated]
    sides.sort(key=itemgetter(0))
    for earliest, side, across, one in sides:
        for other in lasting[across]:
            if other.latest >= earliest and other.marked.mark != one.marked.mark:
                return other.marked.take, one.marked.take
        _keep_longest(lasting[side], one)
    return None


def _keep_longest(held: list[_Dated], one: _Dated) -> None:
    """Hold the longest-lasting take, and the longest-lasting of those with another mark."""
    if held and one.latest <= held[0].latest:
        if one.marked.mark != held[0].marked.mark and (
            len(held) == 1 or one.latest > held[1].latest
        ):
            held[1:] = [one]
    elif held and one.marked.mark != held[0].marked.mark:
        held[:] = [one, held[0]]
    else:
        held[:1] = [one]
