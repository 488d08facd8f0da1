"""Seal and quarantine of one row of an import, by the id ``ID#ROW``; other ids go to ``removing``.

The words of a row and their salt go; its commitment stays, and with it the root, the statement that
lists it, and the proof of every other row (law 9). The act is a statement of the same book that
names the row. The file that was taken in lies outside of this home, with whoever made it.
"""

from collections.abc import Iterator

import msgspec

from whoseword.books import removing
from whoseword.books.appending import Receipt
from whoseword.books.bodies import statement_in
from whoseword.books.chain import Entry
from whoseword.books.errors import LedgerDamaged, RemovalRefused
from whoseword.books.ids import Entropy
from whoseword.books.listed import ListedRow, RowId, row_id
from whoseword.books.listed_kept import ListedRemoval
from whoseword.books.listing import MARK as LISTED
from whoseword.books.protocol import Row, View, Writer
from whoseword.books.removed import Removed, out_of_sight, who_and_why
from whoseword.books.removing import Asked, Done, Plan
from whoseword.books.removings import Removing
from whoseword.books.tables import OVERWRITE
from whoseword.words import Stance
from whoseword.words.aftermath import Quarantined, Sealed
from whoseword.words.times import moment_from, moment_text

MARK = "x_row_removal"
"""What an act on a row carries beside its words; nobody but the ledger may say it."""


def plan_seal(view: View, asked: Asked) -> Plan:
    """What sealing a statement or a row would destroy. Raises ``RemovalRefused``."""
    named = row_id(asked.id)
    if named is None:
        return removing.plan_seal(view, asked)
    removing.some_ground(asked, "the order")
    listing, row = _named(view, asked, named)
    gone = _gone(view, asked.book, named)
    if gone is not None and gone.what is Removing.SEALED:
        return Plan((), {}, (), (), _marker(view, listing.entry, gone))
    entry = msgspec.structs.replace(listing.entry, id=asked.id)
    return Plan((Row(entry, row.salt, None),), {}, (), (), None, None, (listing.entry.incident,))


def seal(writer: Writer, now: int, entropy: Entropy, asked: Asked) -> Done:
    """Destroy the words of a statement or a row. Raises ``RemovalRefused``."""
    named = row_id(asked.id)
    if named is None:
        return removing.seal(writer, now, entropy, asked)
    plan = plan_seal(writer, asked)
    if plan.already is not None:
        return Done(plan, ())
    listing, _ = _named(writer, asked, named)
    fact = Sealed(item=asked.id, by=asked.by[0], authority=asked.ground)
    act = msgspec.structs.replace(
        removing.act_of(listing, asked, fact), extra={MARK: Removing.SEALED.value}
    )
    (receipt,) = removing.append_acts(writer, now, entropy, [act])
    writer.remove_listed(ListedRemoval(asked.book, *named, Removing.SEALED, receipt.seq))
    writer.set_setting(OVERWRITE, "due")
    removing.reach_outside(writer, plan.incidents)
    return Done(plan, (receipt,))


def quarantine(writer: Writer, now: int, entropy: Entropy, asked: Asked) -> Receipt:
    """Take a statement or a row out of everybody's sight. Raises ``RemovalRefused``."""
    named = row_id(asked.id)
    if named is None:
        return removing.quarantine(writer, now, entropy, asked)
    removing.two_people(asked)
    listing, _ = _named(writer, asked, named)
    gone = _gone(writer, asked.book, named)
    if gone is not None:
        raise RemovalRefused(
            f"{asked.id} in {asked.book} is {gone.what.value} already; nothing was done"
        )
    fact = Quarantined(item=asked.id, by=tuple(sorted(asked.by)), reason=asked.ground)
    act = msgspec.structs.replace(
        removing.act_of(listing, asked, fact), extra={MARK: Removing.QUARANTINED.value}
    )
    (receipt,) = removing.append_acts(writer, now, entropy, [act])
    writer.remove_listed(ListedRemoval(asked.book, *named, Removing.QUARANTINED, receipt.seq))
    return receipt


def put_back(writer: Writer, now: int, entropy: Entropy, asked: Asked) -> Receipt:
    """End the quarantine of a statement or a row. Raises ``RemovalRefused``."""
    named = row_id(asked.id)
    if named is None:
        return removing.put_back(writer, now, entropy, asked)
    removing.two_people(asked)
    listing, _ = _named(writer, asked, named)
    gone = _gone(writer, asked.book, named)
    if gone is None or gone.what is not Removing.QUARANTINED:
        state = "in no quarantine" if gone is None else "sealed, and cannot be put back"
        raise RemovalRefused(f"{asked.id} in {asked.book} is {state}; nothing was done")
    began = writer.row_at(asked.book, gone.act_seq)
    fact = Quarantined(item=asked.id, by=tuple(sorted(asked.by)), reason=asked.ground)
    act = msgspec.structs.replace(
        removing.act_of(listing, asked, fact),
        stance=Stance.DENIES,
        replaces=began.entry.id if began else None,
        extra={MARK: Removing.RETURNED.value},
    )
    (receipt,) = removing.append_acts(writer, now, entropy, [act])
    writer.remove_listed(ListedRemoval(asked.book, *named, Removing.RETURNED, receipt.seq))
    return receipt


def rows_out_of_sight(view: View, book: str, batch: str) -> dict[int, ListedRemoval]:
    """The rows of an import that are out of sight, by their places."""
    state: dict[int, ListedRemoval] = {}
    for removal in view.listed_removals(book, batch):
        if removal.what is Removing.RETURNED:
            state.pop(removal.place, None)
        else:
            state[removal.place] = removal
    return state


def row_removals(view: View, book: str) -> Iterator[tuple[Entry, Removed]]:
    """Every row of a book that is out of sight: the entry that lists it, and the row's marker."""
    for row in view.rows(book, None, None):
        if row.body is not None and f'"{LISTED}"'.encode() in row.body:
            for gone in rows_out_of_sight(view, book, row.entry.id).values():
                yield row.entry, _marker(view, row.entry, gone)


def gone_ids(view: View, book: str) -> Iterator[str]:
    """The ids of everything in a book that is out of sight: statements and rows."""
    for seq in out_of_sight(view.removals(book)):
        row = view.row_at(book, seq)
        if row is not None:
            yield row.entry.id
    for _, marker in row_removals(view, book):
        yield marker.statement


def is_gone(view: View, row: Row, id_: str) -> bool:
    """Whether the words of an entry, or of the row of it that is named, are no longer kept."""
    named = row_id(id_)
    if named is None:
        return row.body is None
    found = view.listed_row(row.entry.book, *named)
    return found is None or found.body is None


def _named(view: View, asked: Asked, named: RowId) -> tuple[Row, ListedRow]:
    listing = view.row(asked.book, named.statement)
    row = view.listed_row(asked.book, *named) if listing is not None else None
    if listing is None or row is None:
        raise RemovalRefused(
            f"no row {asked.id} stands in {asked.book}; a brief shows the ids of its rows"
        )
    return listing, row


def _gone(view: View, book: str, named: RowId) -> ListedRemoval | None:
    return rows_out_of_sight(view, book, named.statement).get(named.row)


def _marker(view: View, entry: Entry, gone: ListedRemoval) -> Removed:
    act = view.row_at(gone.book, gone.act_seq)
    if act is None:
        raise LedgerDamaged(f"{gone.book} has no entry {gone.act_seq}; run verify")
    by, ground = who_and_why(statement_in(act))
    return Removed(
        statement=str(RowId(gone.batch, gone.place)),
        book=gone.book,
        incident=entry.incident,
        recorded=moment_text(moment_from(entry.recorded)),
        state=gone.what.value,
        by=by,
        ground=ground,
        act=act.entry.id,
    )
