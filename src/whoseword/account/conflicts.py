"""Whether positions can all hold, and whether two voices say the same.

Conflicts come from slots, times and implications, never from comparing sentences. Positions are
compared as (value, time) pairs; a sweep over dated ones keeps a long log of dated positions
linear, since those of different times cannot conflict.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import tzinfo
from typing import NamedTuple

from whoseword.account.positions import Take
from whoseword.account.values import NormalValue, denial_meets, values_agree, values_conflict
from whoseword.words import Happened, Hedge, Matter
from whoseword.words.times import Span, can_be_one, edtf_span
from whoseword.words.vocabulary import FIRST_HAND, Stance


class Told(NamedTuple):
    """One value at one time, and who tells it."""

    value: NormalValue
    happened: str | Happened | None
    takes: tuple[Take, ...]


Pair = tuple[Take, Take]


def told(takes: Iterable[Take]) -> list[Told]:
    """The takes by value and time."""
    groups: dict[tuple[NormalValue, str | Happened | None], list[Take]] = {}
    for take in takes:
        groups.setdefault((take.normal, take.happened), []).append(take)
    return [Told(value, happened, tuple(members)) for (value, happened), members in groups.items()]


def first_conflict(
    matter: Matter, affirmed: Sequence[Take], denied: Sequence[Take], zone: tzinfo
) -> Pair | None:
    """Two takes that cannot both hold, or None.

    Where a key slot is null nobody knows that two statements are about the same person or thing;
    there only a denial of anyone conflicts.
    """
    denials = [take for take in denied if take.general] if matter.is_open else denied
    kind = matter.kind
    if denials and affirmed:
        found = _first_pair(
            [*told(affirmed), *told(denials)],
            lambda one, other: _denied(kind, one, other) or _denied(kind, other, one),
            zone,
        )
        if found:
            return found[0].takes[0], found[1].takes[0]
    if matter.is_open or len(affirmed) < 2:
        return None
    found = _first_pair(
        told(affirmed), lambda one, other: values_conflict(kind, one.value, other.value), zone
    )
    return (found[0].takes[0], found[1].takes[0]) if found else None


def _denied(kind: str, one: Told, other: Told) -> bool:
    return (
        one.takes[0].denies
        and other.takes[0].affirms
        and denial_meets(kind, one.value, other.value)
    )


def first_agreement(matter: Matter, affirmed: Sequence[Take], zone: tzinfo) -> Pair | None:
    """Two voices that affirm the same, each plainly and at first hand, or None."""
    if matter.is_open:
        return None
    sure = [take for take in affirmed if is_sure(take) and not take.narrates]
    if len({take.voice for take in sure}) < 2:
        return None
    groups = told(sure)
    for group in groups:
        pair = _two_voices(group.takes, group.takes)
        if pair:
            return pair
    found = _first_pair(
        groups,
        lambda one, other: (
            values_agree(matter.kind, one.value, other.value)
            and _two_voices(one.takes, other.takes) is not None
        ),
        zone,
    )
    return _two_voices(found[0].takes, found[1].takes) if found else None


def is_sure(take: Take) -> bool:
    """Whether a take is plain and first-hand, without a relay; ``does`` always is the first two."""
    if take.statement.via:
        return False
    if take.stance is Stance.DOES:
        return True
    return take.hedge is Hedge.PLAIN and take.statement.basis in FIRST_HAND


def _two_voices(first: Sequence[Take], second: Sequence[Take]) -> Pair | None:
    one = first[0]
    for other in second:
        if other.voice != one.voice:
            return one, other
    for another in first:
        if another.voice != second[0].voice:
            return another, second[0]
    return None


def _first_pair(
    groups: Sequence[Told], meets: Callable[[Told, Told], bool], zone: tzinfo
) -> tuple[Told, Told] | None:
    """The first two groups, in their order, that can be of one time and meet a condition."""
    dated: list[tuple[Span, int]] = []
    undated: list[int] = []
    for order, group in enumerate(groups):
        span = edtf_span(group.happened, zone) if isinstance(group.happened, str) else None
        if span is None:
            undated.append(order)
        else:
            dated.append((span, order))
    for order in undated:
        for other, group in enumerate(groups):
            low, high = min(order, other), max(order, other)
            if (
                other != order
                and can_be_one(groups[order].happened, group.happened, zone)
                and meets(groups[low], groups[high])
            ):
                return groups[low], groups[high]
    return _sweep(groups, dated, meets)


def _sweep(
    groups: Sequence[Told],
    dated: list[tuple[Span, int]],
    meets: Callable[[Told, Told], bool],
) -> tuple[Told, Told] | None:
    floor, ceiling = float("-inf"), float("inf")
    spans = sorted(
        (
            floor if span.earliest is None else span.earliest,
            ceiling if span.latest is None else span.latest,
            order,
        )
        for span, order in dated
    )
    running: list[tuple[float, int]] = []
    for earliest, latest, order in spans:
        running = [(end, other) for end, other in running if end >= earliest]
        for _, other in running:
            low, high = min(order, other), max(order, other)
            if meets(groups[low], groups[high]):
                return groups[low], groups[high]
        running.append((latest, order))
    return None
