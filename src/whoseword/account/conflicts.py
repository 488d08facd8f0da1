"""Whether positions can all hold, and whether two voices say the same.

Conflicts come from slots, times and implications, never from comparing sentences. Every question
here is put so that ``meeting`` can answer it in one pass over the takes.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from datetime import tzinfo
from itertools import combinations_with_replacement, product

from whoseword.account.meeting import Marked, Pair, first_meeting
from whoseword.account.positions import Take
from whoseword.account.values import Normal, NormalValue, denial_meets
from whoseword.words import Matter
from whoseword.words.kinds import holds_many, value_slots


def first_conflict(
    matter: Matter, affirmed: Sequence[Take], denied: Sequence[Take], zone: tzinfo
) -> Pair | None:
    """Two takes that cannot both hold, or None.

    Where a key slot is null nobody knows that two statements are about the same person or thing;
    there only a denial of anyone conflicts.
    """
    denials = [take for take in denied if take.general] if matter.is_open else denied
    if affirmed and denials and (pair := _denied(matter.kind, affirmed, denials, zone)):
        return pair
    if matter.is_open or len(affirmed) < 2:
        return None
    for slot in value_slots(matter.kind):
        if not holds_many(matter.kind, slot):
            stated = [
                Marked(members, take)
                for take in affirmed
                for name, members in take.normal
                if name == slot
            ]
            if pair := first_meeting(stated, zone):
                return pair
    return None


def _denied(
    kind: str, affirmed: Sequence[Take], denials: Sequence[Take], zone: tzinfo
) -> Pair | None:
    """An affirmation and a denial of it, at times that can be one."""
    by_value: dict[NormalValue, list[Take]] = defaultdict(list)
    for take in denials:
        by_value[take.normal].append(take)
    holding = _by_member(affirmed) if any(by_value) else {}
    for value, denying in by_value.items():
        meant: Sequence[Take] = affirmed
        if value:
            slot, members = value[0]
            candidates = {
                take.place: take for word in members for take in holding.get((slot, word), ())
            }
            meant = [take for take in candidates.values() if denial_meets(kind, value, take.normal)]
        pair = first_meeting(
            [Marked("affirmed", take) for take in meant],
            zone,
            [Marked("denied", take) for take in denying],
        )
        if pair:
            return pair
    return None


def _by_member(takes: Sequence[Take]) -> dict[tuple[str, str], list[Take]]:
    found: dict[tuple[str, str], list[Take]] = defaultdict(list)
    for take in takes:
        for slot, members in take.normal:
            for word in members:
                found[slot, word].append(take)
    return found


def first_agreement(matter: Matter, affirmed: Sequence[Take], zone: tzinfo) -> Pair | None:
    """Two voices that affirm the same, each plainly and at first hand, or None.

    A value that one of them leaves out is compatible with any; of a ``many`` slot they need to
    share one value. Takes are compared among those that state the same slots, and then across.
    """
    if matter.is_open:
        return None
    sure = [take for take in affirmed if take.sure and not take.narrates]
    if len(sure) < 2 or len({take.voice for take in sure}) < 2:
        return None
    by_slots: dict[tuple[str, ...], list[Take]] = defaultdict(list)
    for take in sure:
        by_slots[tuple(slot for slot, _ in take.normal)].append(take)
    for first, second in combinations_with_replacement(sorted(by_slots), 2):
        shared = [slot for slot in first if slot in second]
        ones = _by_claim(matter.kind, by_slots[first], shared)
        if first == second:
            pairs = (first_meeting(voices, zone) for voices in ones.values())
        else:
            others = _by_claim(matter.kind, by_slots[second], shared)
            pairs = (
                first_meeting(voices, zone, others[claim])
                for claim, voices in ones.items()
                if claim in others
            )
        if pair := next((pair for pair in pairs if pair), None):
            return pair
    return None


def _by_claim(
    kind: str, takes: Sequence[Take], slots: Sequence[str]
) -> dict[Hashable, list[Marked]]:
    """The voices by what they claim of these slots; each value of a ``many`` slot is a claim."""
    found: dict[Hashable, list[Marked]] = defaultdict(list)
    for take in takes:
        value = dict(take.normal)
        for claim in product(*(_claims(kind, slot, value[slot]) for slot in slots)):
            found[claim].append(Marked(take.voice, take))
    return found


def _claims(kind: str, slot: str, members: Normal) -> Iterator[Hashable]:
    if holds_many(kind, slot):
        yield from sorted(members)
    else:
        yield members
