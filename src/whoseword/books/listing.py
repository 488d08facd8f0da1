"""Rows kept part by part, and the one statement that lists them at the end.

Each part is a transaction of its own, so that a million rows need no million rows of memory and an
import that is killed goes on where it was. What is kept so far is nobody's word: no view shows it,
no proof names it, and the same command resumes it or drops it. The statement comes last and takes
its number and root from the rows as they lie there, so that it can state no others.
"""

from collections.abc import Sequence

import msgspec

from whoseword.books.admission import Refusing, refuses_nothing
from whoseword.books.appending import Appending, Receipt, batch_of
from whoseword.books.chain import SALT_BYTES
from whoseword.books.errors import ListingRefused
from whoseword.books.ids import Entropy
from whoseword.books.listed import ListedRow, commitment_of_row, root_of_rows
from whoseword.books.protocol import Writer
from whoseword.words import Statement
from whoseword.words.aftermath import Imported

MARK = "x_listed"
"""What a statement that lists rows carries beside its words; nobody but the ledger may say it."""


def keep_rows(
    writer: Writer, entropy: Entropy, at: tuple[str, str, int], bodies: Sequence[bytes]
) -> None:
    """Keep the next rows: ``at`` is the book, the id of the statement to come, the first place."""
    book, batch, first = at
    if writer.row(book, batch) is not None:
        raise ListingRefused(f"{batch} stands in {book}; nothing is added to its rows")
    follows = first == 0 or writer.listed_row(book, batch, first - 1) is not None
    if not follows or writer.listed_row(book, batch, first) is not None:
        raise ListingRefused(
            f"somebody else takes the same file into {book} at this moment; wait until they are "
            "done, then give the command again"
        )
    rows = []
    for place, body in enumerate(bodies, start=first):
        salt = entropy(SALT_BYTES)
        rows.append(ListedRow(place, commitment_of_row(salt, body), salt, body))
    writer.list_rows(book, batch, rows)


def finish(
    writer: Writer,
    now: int,
    entropy: Entropy,
    statement: Statement,
    refused: Refusing = refuses_nothing,
) -> Receipt:
    """Append the statement that lists the rows kept under its id; once, however often it is asked.

    Raises ``BatchRefused`` where the home does not take it.
    """
    book, batch = statement.book, str(statement.id)
    stands = writer.row(book, batch)
    if stands is not None:
        entry = stands.entry
        return Receipt(entry.id, entry.book, entry.seq, entry.link.hex())
    fact = statement.fact
    if not isinstance(fact, Imported):
        raise ListingRefused(f"{batch} tells of no import, and lists no rows")
    size, root = root_of_rows(batch, writer.listed_commitments(book, batch))
    told = msgspec.structs.replace(
        statement,
        fact=msgspec.structs.replace(fact, root=root.hex(), rows=str(size)),
        extra=statement.extra | {MARK: True},
    )
    appending = Appending(writer, now, entropy, refused)
    (receipt,) = appending.add(batch_of([told], False, now, entropy))
    appending.write()
    return receipt


def drop(writer: Writer, book: str, batch: str) -> None:
    """Drop the rows of an import that was broken off."""
    if writer.row(book, batch) is not None:
        raise ListingRefused(f"{batch} stands in {book}; its rows stay")
    writer.drop_listed(book, batch)
