"""The store on SQLite: many views, one writer, one file.

Within a process a lock hands the writer on without polling; between processes SQLite's own lock
does, taken with BEGIN IMMEDIATE so that nobody reads, decides, and then finds the book moved on.
"""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from whoseword.books.protocol import Document, Draft, Head, Row
from whoseword.stores.sqlite.complaints import told_plainly
from whoseword.stores.sqlite.evidence import SqliteEvidence
from whoseword.stores.sqlite.home import connect, open_home
from whoseword.stores.sqlite.reading import SqliteView


class SqliteStore:
    """The books of a home folder; keeps ``books.protocol.Store``.

    Opening it makes the home where there is none. Raises the errors of ``books.errors``.
    """

    def __init__(self, home: Path) -> None:
        self._path = open_home(home)
        self._turn = threading.Lock()
        self._writing: sqlite3.Connection | None = None
        self._idle: list[sqlite3.Connection] = []

    @property
    def place(self) -> str:
        """The file, for messages."""
        return str(self._path)

    @contextmanager
    def view(self) -> Iterator[SqliteView]:
        """One moment of the home, for the length of the block."""
        with told_plainly(self._path):
            try:
                connection = self._idle.pop()
            except IndexError:
                connection = connect(self._path)
            try:
                connection.execute("BEGIN")
                yield SqliteView(connection)
            except BaseException:
                connection.close()
                raise
            connection.execute("ROLLBACK")
            self._idle.append(connection)

    @contextmanager
    def evidence(self) -> Iterator[SqliteEvidence]:
        """One moment as it lies in the file."""
        with told_plainly(self._path):
            connection = connect(self._path)
            try:
                connection.execute("BEGIN")
                yield SqliteEvidence(connection, self._path)
            finally:
                connection.close()

    @contextmanager
    def writer(self) -> Iterator["SqliteWriter"]:
        """Become the one writer; on the disk when the block ends, undone where it raises."""
        with self._turn, told_plainly(self._path):
            if self._writing is None:
                self._writing = connect(self._path)
            connection = self._writing
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield SqliteWriter(connection)
                connection.execute("COMMIT")
            finally:
                # A failed COMMIT may or may not have ended the transaction.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def close(self) -> None:
        """Let the files go."""
        with self._turn, told_plainly(self._path):
            while self._idle:
                self._idle.pop().close()
            if self._writing is not None:
                self._writing.close()
                self._writing = None


class SqliteWriter(SqliteView):
    """The only writer of a home, while its block is open; keeps ``books.protocol.Writer``."""

    def append(self, rows: Sequence[Row], heads: Sequence[Head]) -> None:
        """Add entries with their bodies, and move the heads of their books."""
        self._connection.executemany(
            self._queries.add_entry.sql, [msgspec.structs.asdict(row.entry) for row in rows]
        )
        self._connection.executemany(
            self._queries.add_body.sql,
            [
                {"book": entry.book, "seq": entry.seq, "salt": salt, "bytes": body}
                for entry, salt, body in rows
            ],
        )
        for head in heads:
            if not self._queries.advance_head(self._connection, **head._asdict()):
                self._queries.open_head(self._connection, **head._asdict())

    def keep_document(self, document: Document, incident: str, text_sha256: str) -> None:
        """Keep a document and that it was read for the incident; what stands stays as it is."""
        self._queries.add_document(
            self._connection,
            sha256=document.sha256,
            name=document.name,
            media_type=document.media_type,
            text_sha256=text_sha256,
        )
        self._queries.add_contents(
            self._connection,
            sha256=document.sha256,
            bytes=document.bytes,
            text=document.text.encode(),
            pages=msgspec.json.encode(document.pages).decode(),
        )
        self._queries.add_reading(self._connection, incident=incident, sha256=document.sha256)

    def keep_drafts(self, drafts: Sequence[Draft]) -> None:
        """Keep drafts; one of the same name takes the place of the one before."""
        for draft in drafts:
            self._queries.put_draft(self._connection, **msgspec.structs.asdict(draft))

    def drop_drafts(self, names: Sequence[str]) -> None:
        """Drop drafts that were signed or refused."""
        for name in names:
            self._queries.drop_draft(self._connection, draft=name)

    def set_setting(self, name: str, value: str) -> None:
        """What the home is told of itself."""
        self._queries.put_setting(self._connection, name=name, value=value)
