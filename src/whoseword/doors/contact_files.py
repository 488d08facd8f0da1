"""Files of contacts taken in at the desk: rows first, part by part, the one statement last.

Nothing is kept before the whole file was read once, so that a file with a row that cannot be taken
is refused whole or, where that is asked for, taken without it. Then its rows are kept, five
thousand in a transaction; killed at any moment, none of them is anybody's word, and the same command
goes on after what is kept: its rows are held against the file's, and if one is another (the file
was taken in half under another clock) they are dropped and kept anew.
"""

from collections.abc import Callable, Iterator
from hashlib import file_digest
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from whoseword.books import Receipt
from whoseword.contacts.filed import FiledContact, contact_bytes
from whoseword.doors.desk import Desk
from whoseword.doors.errors import DeskError
from whoseword.intake.cad import Refused
from whoseword.intake.contacts import (
    ContactMap,
    Reading,
    batch_id,
    contact_of,
    csv_rows,
    parquet_rows,
    reading_of,
)
from whoseword.words import Basis, Speaker, Stance, Statement
from whoseword.words.aftermath import Imported
from whoseword.words.statement import Source

AT_ONCE: Final = 5_000
_TOLD_EVERY: Final = 10_000
Progress = Callable[[int], None]


class ContactFile(NamedTuple):
    """A file on its way into a book: how it is read, the id of its import, its digest."""

    path: Path
    book: str
    reading: Reading
    batch: str
    digest: str


class TakenIn(NamedTuple):
    """What became of a file: the receipt, how many rows it lists, and whether it stood before."""

    receipt: Receipt
    rows: int
    stood: bool


def contact_file(desk: Desk, path: Path, told: ContactMap, book: str) -> ContactFile:
    """A file and what it is known by. Raises ``DeskError`` where it cannot be read."""
    try:
        with path.open("rb") as stream:
            digest = file_digest(stream, "sha256")
    except OSError as error:
        raise DeskError(f"{path} cannot be read ({error.strerror}); check it") from error
    reading = reading_of(told, desk.zone, desk.clock())
    batch = batch_id(digest.digest(), told, str(reading.times.zone))
    return ContactFile(path, book, reading, batch, digest.hexdigest())


def rows_in(file: ContactFile) -> Iterator[FiledContact | Refused]:
    """Every row of a file: what it tells, or why it cannot be taken."""
    name, told = str(file.path), file.reading.told
    if file.path.suffix.lower() in (".parquet", ".pq"):
        for row in parquet_rows(name, file.path, told):
            yield row if isinstance(row, Refused) else contact_of(name, row, file.reading)
        return
    with file.path.open("rb") as stream:
        for row in csv_rows(name, stream, told):
            yield row if isinstance(row, Refused) else contact_of(name, row, file.reading)


def take_in(desk: Desk, file: ContactFile, name: str | None, progress: Progress) -> TakenIn:
    """Keep the rows that can be taken, and say so. Asked again, it goes on, or says nothing twice."""
    with desk.ledger.store.view() as view:
        if (stands := view.row(file.book, file.batch)) is not None:
            entry = stands.entry
            receipt = Receipt(entry.id, entry.book, entry.seq, entry.link.hex())
            return TakenIn(receipt, view.listed_count(file.book, file.batch), stood=True)
    bodies = (contact_bytes(row) for row in rows_in(file) if isinstance(row, FiledContact))
    kept = _kept_alike(desk, file, bodies)
    if kept is None:
        desk.ledger.drop_listing(file.book, file.batch)
        bodies = (contact_bytes(row) for row in rows_in(file) if isinstance(row, FiledContact))
        kept = 0
    while part := list(islice(bodies, AT_ONCE)):
        desk.ledger.list_rows(file.book, file.batch, kept, part)
        kept += len(part)
        if kept % _TOLD_EVERY == 0:
            progress(kept)
    if kept == 0:
        raise DeskError(f"{file.path} has no row that can be taken; nothing was said")
    return TakenIn(desk.ledger.finish_listing(_statement(file, name)), kept, stood=False)


def _kept_alike(desk: Desk, file: ContactFile, bodies: Iterator[bytes]) -> int | None:
    """How many rows an import that broke off had kept; None where they are not the file's."""
    kept = 0
    with desk.ledger.store.view() as view:
        for row in view.listed(file.book, file.batch):
            if row.body != next(bodies, None):
                return None
            kept += 1
    return kept


def _statement(file: ContactFile, name: str | None) -> Statement:
    told = file.reading.told
    return Statement(
        id=file.batch,
        incident=told.incident,
        book=file.book,
        speaker=Speaker(told.record, told.speaker_kind, told.agency),
        stance=Stance.AFFIRMS,
        basis=Basis.RECORD,
        fact=Imported(batch=file.digest),
        source=Source(feed=f"{told.agency}/contacts", message=file.path.name),
        signed_by=name,
        reviewed=False,
    )
