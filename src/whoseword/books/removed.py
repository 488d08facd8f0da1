"""What stands in the place of a statement that was sealed or put into quarantine.

The entry stays for ever, and so does its place in every count and proof; the words do not. A
reader of the book gets the same marker at every moment at which the statement stood, whenever it
was removed (law 4), and nothing that is counted, compared or concluded rests on it any more.
"""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from whoseword.books.bodies import statement_in
from whoseword.books.chain import Entry
from whoseword.books.errors import LedgerDamaged
from whoseword.books.protocol import Removal, View
from whoseword.books.removings import Removing
from whoseword.words import Statement
from whoseword.words.aftermath import Quarantined, Sealed
from whoseword.words.times import moment_from, moment_text


class Removed(msgspec.Struct, frozen=True):
    """A statement that is out of sight: which one, since when it stood, and on whose act.

    ``state`` is ``sealed`` or ``quarantined``, ``by`` who did it, ``ground`` the order or the
    reason, ``act`` the id of the statement, in the same book, that did so.
    """

    statement: str
    book: str
    incident: str
    recorded: str
    state: str
    by: tuple[str, ...]
    ground: str | None
    act: str


class Told(NamedTuple):
    """What books hold: the statements, and what stands in the place of removed ones."""

    statements: list[Statement]
    removed: list[Removed]


def out_of_sight(removals: Iterable[Removal]) -> dict[int, Removal]:
    """What is out of sight in a book, by seq, from all that was removed and put back there."""
    state: dict[int, Removal] = {}
    for removal in removals:
        if removal.what is Removing.RETURNED:
            state.pop(removal.seq, None)
        else:
            state[removal.seq] = removal
    return state


def marker_of(view: View, entry: Entry, removal: Removal) -> Removed:
    """The marker of a removed entry, from the act that removed it.

    Raises ``LedgerDamaged`` where the book holds no such act.
    """
    row = view.row_at(removal.book, removal.act_seq)
    if row is None:
        raise LedgerDamaged(f"{removal.book} has no entry {removal.act_seq}; run verify")
    act = statement_in(row)
    by, ground = who_and_why(act)
    return Removed(
        statement=entry.id,
        book=entry.book,
        incident=entry.incident,
        recorded=moment_text(moment_from(entry.recorded)),
        state=removal.what.value,
        by=by,
        ground=ground,
        act=row.entry.id,
    )


def who_and_why(act: Statement) -> tuple[tuple[str, ...], str | None]:
    """Who removed something, and the order or the reason. Raises ``LedgerDamaged``."""
    fact = act.fact
    if isinstance(fact, Sealed):
        by, ground = fact.by, fact.authority
    elif isinstance(fact, Quarantined):
        by, ground = fact.by, fact.reason
    else:
        raise LedgerDamaged(f"{act.book}: {act.id} neither seals nor quarantines; run verify")
    names = (by,) if isinstance(by, str) else by
    return names if isinstance(names, tuple) else (), ground if isinstance(ground, str) else None
