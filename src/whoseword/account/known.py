"""The statements that are known at a moment, in their order, under the ids that a reader sees.

Nothing recorded later is among them (law 4), and an id that stands in two opened books is written
with its book. A correction marks what it names and takes nothing away (law 2).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from whoseword.words import Statement
from whoseword.words.rules import may_correct


class Known(msgspec.Struct, frozen=True, gc=False):
    """A statement, its id as shown, its place in the order, and the id of what replaces it.

    The order is by ``recorded``, then id, then book.
    """

    statement: Statement
    id: str
    place: int
    replaced_by: str | None


def known_at(statements: Iterable[Statement], incident: str, as_of: datetime) -> list[Known]:
    """The statements of an incident that were recorded by then, in their order."""
    dated = [
        (one.recorded, one.id or "", one.book, one)
        for one in statements
        if one.incident == incident and one.recorded is not None and one.recorded <= as_of
    ]
    dated.sort(key=lambda entry: entry[:3])
    ordered = [entry[3] for entry in dated]
    seen = Counter(one.id for one in ordered)
    ids = [f"{one.book}:{one.id}" if seen[one.id] > 1 else one.id or "" for one in ordered]
    replaced = _replaced(ordered, ids)
    return [
        Known(one, shown, place, replaced.get(place))
        for place, (one, shown) in enumerate(zip(ordered, ids, strict=True))
    ]


def _replaced(ordered: Sequence[Statement], ids: Sequence[str]) -> dict[int, str]:
    """The place of each statement that was replaced, and the latest that replaces it."""
    corrections = [place for place, one in enumerate(ordered) if one.replaces is not None]
    if not corrections:
        return {}
    places: dict[str | None, list[int]] = defaultdict(list)
    for place, one in enumerate(ordered):
        places[one.id].append(place)
    return {
        target: ids[place]
        for place in corrections
        for target in places.get(ordered[place].replaces, ())
        if target != place and _corrects(ordered[place], ordered[target])
    }


def _corrects(one: Statement, earlier: Statement) -> bool:
    """Whether the correction may name that statement: where an id stands in two books, whose."""
    return (one.custodian, one.handling) == (earlier.custodian, earlier.handling) and may_correct(
        one.speaker, earlier.speaker
    )
