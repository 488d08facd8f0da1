"""The evidence: what lies in a home's file, read without trusting any of it.

Text comes as bytes, so that none is too broken to be read, and whatever SQLite cannot read is told
as an error of the books at the place where it was met.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from whoseword.books.exchanged import StoredReceived
from whoseword.books.listed_kept import StoredListed
from whoseword.books.protocol import StoredRow
from whoseword.stores.sqlite.complaints import told_plainly
from whoseword.stores.sqlite.dialect import queries
from whoseword.stores.sqlite.structure import make_structure

_FLAWS_TOLD = 20


class SqliteEvidence:
    """What lies in the file; keeps ``books.protocol.Evidence``. Its connection is its own."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._connection.text_factory = bytes
        self._path = path
        self._queries = queries()

    def names(self) -> list[str]:
        """Every book that an entry, a body or a head names."""
        with told_plainly(self._path):
            return sorted(_readable(self._queries.names_of_books(self._connection)))

    def stored(self, book: str) -> Iterator[StoredRow]:
        """The rows of a book by seq, as they lie there."""
        with told_plainly(self._path):
            yield from self._connection.execute(self._queries.stored_rows.sql, {"book": book})

    def stored_head(self, book: str) -> tuple[object, object] | None:
        """The size and the last link that the head of a book states."""
        with told_plainly(self._path):
            found: tuple[object, object] | None = self._queries.stored_head(
                self._connection, book=book
            )
            return found

    def bodies(self, book: str) -> int:
        """How many bodies lie in a book."""
        with told_plainly(self._path):
            found: int = self._queries.count_of_bodies(self._connection, book=book)
            return found

    def bodies_without_entry(self, book: str) -> Iterator[object]:
        """The seq of each body that no entry stands over."""
        with told_plainly(self._path):
            for (seq,) in self._queries.bodies_without_entry(self._connection, book=book):
                yield seq

    def kept(self) -> list[str]:
        """The sha256 of every document, as its register or its contents name it."""
        with told_plainly(self._path):
            return sorted(_readable(self._queries.names_of_documents(self._connection)))

    def stored_document(self, sha256: str) -> tuple[object, object, object] | None:
        """A document's bytes, its text's bytes, and the hex digest kept of the text."""
        with told_plainly(self._path):
            found: tuple[object, object, object] | None = self._queries.stored_document(
                self._connection, sha256=sha256
            )
            return found

    def stored_removals(self, book: str) -> list[tuple[object, object, object]]:
        """What was removed from a book: seq, what was done, the act's seq."""
        with told_plainly(self._path):
            return list(self._queries.stored_removals(self._connection, book=book))

    def stored_blanks(self, sha256: str) -> list[tuple[object, object, object, object, object]]:
        """What was made unreadable in a document, and under the seal of which entry."""
        with told_plainly(self._path):
            return list(self._queries.stored_blanks(self._connection, sha256=sha256))

    def stored_reads(self) -> Iterator[tuple[object, object, object]]:
        """The log of reads in its order: number, bytes, link."""
        with told_plainly(self._path):
            yield from self._connection.execute(self._queries.stored_reads.sql)

    def received_names(self) -> list[str]:
        """Every book that a received statement, its body or its seal names."""
        with told_plainly(self._path):
            return sorted(_readable(self._queries.names_of_received(self._connection)))

    def stored_received(self, book: str) -> Iterator[StoredReceived]:
        """What was received of a book by seq, as it lies there."""
        with told_plainly(self._path):
            yield from self._connection.execute(self._queries.stored_received.sql, {"book": book})

    def received_astray(self, book: str) -> Iterator[tuple[object, object]]:
        """The bodies and seals over which no received statement stands: seq, and which it is."""
        with told_plainly(self._path):
            yield from self._queries.received_astray(self._connection, book=book)

    def listed_names(self) -> list[tuple[str, str]]:
        """Every import of which anything lies here: its book and the id of its statement."""
        with told_plainly(self._path):
            found = self._queries.names_of_listed(self._connection)
            return sorted((_plain(book), _plain(batch)) for book, batch in found)

    def stored_listed(self, book: str, batch: str) -> Iterator[StoredListed]:
        """The rows of an import in order, as they lie there."""
        with told_plainly(self._path):
            yield from self._connection.execute(
                self._queries.stored_listed.sql, {"book": book, "batch": batch}
            )

    def stored_listed_removals(self, book: str) -> list[tuple[object, object, object, object]]:
        """What was removed of the imports of a book: batch, place, what was done, the act's seq."""
        with told_plainly(self._path):
            return list(self._queries.stored_listed_removals(self._connection, book=book))

    def flaws(self) -> Iterator[str]:
        """Broken pages and rows of the wrong type, names that are no text, guards taken away."""
        with told_plainly(self._path):
            for (found,) in self._connection.execute(f"PRAGMA integrity_check({_FLAWS_TOLD})"):
                if found != b"ok":
                    yield found.decode(errors="replace")
            named = self._queries
            for query in (named.names_of_books, named.names_of_documents, named.names_of_received):
                for (name,) in query(self._connection):
                    if not _is_readable(name):
                        yield f"a name that is no text: {name!r}"
            yield from self._changed_structure()

    def _changed_structure(self) -> Iterator[str]:
        with closing(sqlite3.connect(":memory:")) as fresh:
            make_structure(fresh)
            expected = {row[:2]: row[2] for row in self._queries.structure(fresh)}
        found = {
            (kind.decode(), name.decode()): sql.decode()
            for kind, name, sql in self._queries.structure(self._connection)
        }
        for kind, name in sorted(expected.keys() | found.keys()):
            if (kind, name) not in found:
                yield f"the {kind} {name} was taken away"
            elif (kind, name) not in expected:
                yield f"the {kind} {name} was added"
            elif found[kind, name] != expected[kind, name]:
                yield f"the {kind} {name} was changed"


def _plain(name: object) -> str:
    return name.decode(errors="replace") if isinstance(name, bytes) else str(name)


def _is_readable(name: object) -> bool:
    if not isinstance(name, bytes):
        return False
    try:
        name.decode()
    except UnicodeDecodeError:
        return False
    return True


def _readable(rows: Iterator[tuple[object]]) -> set[str]:
    return {name.decode() for (name,) in rows if isinstance(name, bytes) and _is_readable(name)}
