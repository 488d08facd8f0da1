"""The rows of files that a reader may open, from the store, and the proof of one.

A row is open to whoever opens the statement that lists it. A row that was sealed or is in
quarantine is out of everybody's sight at every moment (law 4).
"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec

from whoseword.books.listed import RowId, RowProof, prove_row
from whoseword.books.listing import MARK
from whoseword.books.removing_rows import rows_out_of_sight
from whoseword.contacts.filed import contact_in
from whoseword.contacts.listed_contacts import Candidates, ReadableRow, concerns, statement_of
from whoseword.contacts.shapes import Asked
from whoseword.doors.desk import Desk
from whoseword.doors.errors import DeskError
from whoseword.doors.proofs import entry_proof, row_of
from whoseword.words import Statement


def rows_as_statements(
    desk: Desk, opened: Sequence[Statement], asked: Asked, at: datetime
) -> list[Statement]:
    """The rows that may concern a question, of what a reader opens at a moment, as statements."""
    replaced = {one.replaces for one in opened}
    listings = [
        one
        for one in opened
        if one.extra.get(MARK) is True
        and one.id not in replaced
        and one.recorded is not None
        and one.recorded <= at
    ]
    today = at.astimezone(desk.zone).date().isoformat()
    found = (
        statement_of(row)
        for row in walked(desk)(listings, asked)
        if row.contact.expires is None or row.contact.expires > today
    )
    return [one for one in found if one is not None]


def walked(desk: Desk) -> Candidates:
    """The rows by a walk over all of them: slow, and right; an index is held to it."""

    def candidates(listings: Sequence[Statement], asked: Asked) -> Iterator[ReadableRow]:
        with desk.ledger.store.view() as view:
            for one in listings:
                batch = str(one.id)
                gone = rows_out_of_sight(view, one.book, batch)
                for row in view.listed(one.book, batch):
                    if row.body is None or row.row in gone:
                        continue
                    try:
                        contact = contact_in(row.body)
                    except msgspec.MsgspecError as error:
                        raise DeskError(
                            f"row {RowId(batch, row.row)} of {one.book} cannot be read ({error}); "
                            "run verify"
                        ) from error
                    if concerns(contact, asked):
                        yield ReadableRow(str(RowId(batch, row.row)), one, contact)

    return candidates


def row_proof(desk: Desk, book: str, named: RowId) -> RowProof:
    """That a row stands among the rows that its statement lists. Raises ``ProofFault``."""
    with desk.ledger.store.view() as view:
        return prove_row(named, list(view.listed_commitments(book, named.statement)))


def row_proof_text(desk: Desk, book: str, named: RowId) -> str:
    """The proof of a row, and that of the statement that states its root, as JSON.

    It carries no words and no salt, and so no register has to know of it.
    """
    listing = row_of(desk, book, named.statement)
    found = row_proof(desk, book, named)
    value = {
        "row": str(named),
        "rows": found.rows,
        "root": found.root.hex(),
        "commitment": found.commitment.hex(),
        "path": [one.hex() for one in found.path],
        "statement_proof": entry_proof(desk, listing),
    }
    return f"{json.dumps(value, sort_keys=True)}\n"
