"""From batches of statements to the rows that append them, inside the writer's one transaction.

A batch is one say: all of it stands or none, and all of it is recorded at one moment. ``recorded``
never decreases in a home but for a backfill, so that an account as of a past moment stays the same
bytes; ``appended`` is the ledger's own clock and only tells when it was entered.
"""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from whoseword.books.admission import (
    Held,
    Refusing,
    faults_of,
    marked,
    refuses_nothing,
    same_content,
)
from whoseword.books.bodies import statement_in
from whoseword.books.chain import (
    SALT_BYTES,
    Entry,
    commitment_of,
    entry_bytes,
    genesis_of,
    link_of,
)
from whoseword.books.errors import BatchRefused
from whoseword.books.ids import Entropy, new_ids
from whoseword.books.listed import row_id
from whoseword.books.protocol import Head, Removal, Row, Writer
from whoseword.books.removed import out_of_sight
from whoseword.books.removings import Removing
from whoseword.words import Statement, WordFault, encode_body
from whoseword.words.decoding import MAX_LINE
from whoseword.words.times import microseconds, moment_from, moment_text

FAULTS_TOLD = 20


class Batch(NamedTuple):
    """What one caller asks to append; every statement has an id.

    ``given`` tells which ids came with their statement, and may therefore stand already. The ids
    are made before the transaction, so that a batch that is tried again is the same batch.
    """

    statements: Sequence[Statement]
    given: Sequence[bool]
    backfill: bool


def batch_of(statements: Sequence[Statement], backfill: bool, now: int, entropy: Entropy) -> Batch:
    """A batch, with ids for the statements without one; ``now`` is in microseconds since 1970."""
    given = [statement.id is not None for statement in statements]
    made = iter(new_ids(given.count(False), now, entropy))
    named = [
        statement if known else msgspec.structs.replace(statement, id=next(made))
        for statement, known in zip(statements, given, strict=True)
    ]
    return Batch(named, given, backfill)


class Receipt(msgspec.Struct, frozen=True, gc=False):
    """That a statement stands on the disk: its place, and its link in hexadecimal."""

    id: str
    book: str
    seq: int
    hash: str


class _Taken(NamedTuple):
    """What is added: rows by book and id, and the heads that they move."""

    rows: dict[tuple[str, str], Row]
    heads: dict[str, Head]


class Appending:
    """The rows of one transaction, gathered batch by batch, then written at once.

    ``now``, in microseconds since 1970, is read when the writer already has its turn: what is
    recorded at a moment may not become visible long after it.
    """

    def __init__(
        self, writer: Writer, now: int, entropy: Entropy, refused: Refusing = refuses_nothing
    ) -> None:
        self._writer = writer
        self._entropy = entropy
        self._appended = now
        self._recorded = max(now, writer.latest() or now)
        self._all = _Taken({}, {})
        self._batch = _Taken({}, {})
        self._texts: dict[str, str | None] = {}
        self._books: list[str] | None = None
        self._removed: dict[str, dict[int, Removal]] = {}
        self._held = Held(writer.setting("owner"), refused, self._same_class, self._kept_text)

    def add(self, batch: Batch) -> list[Receipt]:
        """Take a batch in and say where each statement will stand.

        Raises ``BatchRefused`` with the first faults; then nothing of the batch is taken.
        """
        self._batch = taken = _Taken({}, {})
        receipts: list[Receipt] = []
        faults: list[tuple[int, WordFault]] = []
        for index, (statement, given) in enumerate(zip(batch.statements, batch.given, strict=True)):
            found = _time_faults(statement, batch.backfill, self._appended)
            row = self._row(statement.book, str(statement.id)) if given else None
            if row is not None and self._is_sealed(row):
                found.append(_SEALED)
            elif row is not None:
                found += _repetition_faults(statement, row, batch.backfill)
            else:
                found += faults_of(statement, self._held)
                body = encode_body(marked(statement, self._held))
                if len(body) > MAX_LINE:
                    found.append(_TOO_LONG)
                if not found:
                    row = self._take(statement, body, batch.backfill)
            if row is not None:
                entry = row.entry
                receipts.append(Receipt(entry.id, entry.book, entry.seq, entry.link.hex()))
            faults += [(index, fault) for fault in found]
            if len(faults) >= FAULTS_TOLD:
                break
        if faults:
            raise BatchRefused(faults[:FAULTS_TOLD])
        self._all.rows.update(taken.rows)
        self._all.heads.update(taken.heads)
        return receipts

    def write(self) -> None:
        """Hand everything that was taken to the writer."""
        if self._all.rows:
            self._writer.append(list(self._all.rows.values()), list(self._all.heads.values()))

    def _take(self, statement: Statement, body: bytes, backfill: bool) -> Row:
        """The statement's row, after all others."""
        book = statement.book
        head = self._batch.heads.get(book) or self._all.heads.get(book) or self._writer.head(book)
        recorded = self._recorded
        if backfill and statement.recorded is not None:
            recorded = microseconds(statement.recorded)
        salt = self._entropy(SALT_BYTES)
        entry = _entry_after(
            head, statement, (recorded, self._appended, backfill), commitment_of(salt, body)
        )
        latest = (head.recorded if head else None) if backfill else recorded
        row = Row(entry, salt, body)
        self._batch.heads[book] = Head(book, entry.seq + 1, entry.link, latest)
        self._batch.rows[book, entry.id] = row
        return row

    def _row(self, book: str, id_: str) -> Row | None:
        key = book, id_
        return self._batch.rows.get(key) or self._all.rows.get(key) or self._writer.row(book, id_)

    def _kept_text(self, sha256: str) -> str | None:
        if sha256 not in self._texts:
            self._texts[sha256] = self._writer.text_of(sha256)
        return self._texts[sha256]

    def _same_class(self, custodian: str, handling: str, id_: str) -> list[Statement]:
        if self._books is None:
            self._books = [head.book for head in self._writer.heads()]
        books = {*self._books, *self._all.heads, *self._batch.heads}
        found = []
        named = row_id(id_)
        for book in books:
            if book.split("/")[:2] == [custodian, handling]:
                # A row of a file is the word of whoever listed it.
                row = self._row(book, id_ if named is None else named.statement)
                if named is not None and self._writer.listed_row(book, *named) is None:
                    row = None
                if row is not None and row.entry.seq not in self._out_of_sight(book):
                    found.append(statement_in(row))
        return found

    def _out_of_sight(self, book: str) -> dict[int, Removal]:
        if book not in self._removed:
            self._removed[book] = out_of_sight(self._writer.removals(book))
        return self._removed[book]

    def _is_sealed(self, row: Row) -> bool:
        if row.body is not None:
            return False
        removal = self._out_of_sight(row.entry.book).get(row.entry.seq)
        return removal is not None and removal.what is Removing.SEALED


def _entry_after(
    head: Head | None, statement: Statement, when: tuple[int, int, bool], commitment: bytes
) -> Entry:
    book, id_, incident = statement.book, str(statement.id), statement.incident
    name = book.encode()
    seq, before = (head.size, head.link) if head else (0, genesis_of(name))
    link = link_of(
        before, entry_bytes((name, seq, id_.encode(), incident.encode(), *when, commitment))
    )
    return Entry(book, seq, id_, incident, *when, commitment, link)


def _time_faults(statement: Statement, backfill: bool, now: int) -> list[WordFault]:
    recorded = statement.recorded
    if recorded is None and backfill:
        return [
            WordFault(
                "recorded", "is missing in a backfill", "give the time at which it was learnt"
            )
        ]
    if recorded is not None and not backfill:
        return [
            WordFault("recorded", "is given by the ledger", "leave it out, or say it as a backfill")
        ]
    if recorded is not None and microseconds(recorded) > now:
        problem = f"{moment_text(recorded)} is after now, {moment_text(moment_from(now))}"
        return [WordFault("recorded", problem, "give the time at which it was learnt")]
    return []


_SEALED = WordFault(
    "id",
    "names a statement that was sealed",
    "what was sealed does not come back; leave the line out",
)
_TOO_LONG = WordFault(
    "line",
    f"is longer than {MAX_LINE:,} bytes with its defaults written out",
    "split it, or shorten the quote",
)


def _repetition_faults(statement: Statement, stands: Row, backfill: bool) -> list[WordFault]:
    same = same_content(statement, statement_in(stands))
    if same and backfill and statement.recorded is not None:
        same = microseconds(statement.recorded) == stands.entry.recorded
    if same:
        return []
    return [
        WordFault(
            "id",
            f"{statement.id} stands in {statement.book} with other content",
            "give the correction an id of its own, and name this one in replaces",
        )
    ]
