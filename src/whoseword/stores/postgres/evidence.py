"""The evidence: what lies in a home's schema, read without trusting any of it.

Text comes as its UTF-8 bytes, as the server has them, and whatever the server cannot read is told
as an error of the books at the place where it was met. Such an error would end the transaction and
with it the moment that everything is read at; so each reading stands behind a savepoint, and the
next one goes on at the same moment.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.abc import Buffer
from psycopg.adapt import Loader

from whoseword.books.exchanged import StoredReceived
from whoseword.books.listed_kept import StoredListed
from whoseword.books.protocol import StoredRow
from whoseword.books.tables import CARRIES_WORDS, TABLES
from whoseword.stores.postgres.complaints import told_plainly
from whoseword.stores.postgres.dialect import queries
from whoseword.stores.postgres.session import fetched_from, open_cursor
from whoseword.stores.postgres.standing import STANDING


class _AsBytes(Loader):
    """Text as it is stored."""

    def load(self, data: Buffer) -> bytes:
        return bytes(data)


class PostgresEvidence:
    """What lies in the schema; keeps ``books.protocol.Evidence``. Its connection is its own."""

    def __init__(self, connection: psycopg.Connection[Any], place: str) -> None:
        self._connection = connection
        self._connection.adapters.register_loader("text", _AsBytes)
        self._place = place
        self._queries = queries()
        self._streams = 0

    def names(self) -> list[str]:
        """Every book that an entry, a body or a head names."""
        return sorted(_readable(self._read(self._queries.names_of_books)))

    def stored(self, book: str) -> Iterator[StoredRow]:
        """The rows of a book by seq, as they lie there."""
        yield from self._stream(self._queries.stored_rows.sql, {"book": book})

    def stored_head(self, book: str) -> tuple[object, object] | None:
        """The size and the last link that the head of a book states."""
        found: tuple[object, object] | None = self._read(self._queries.stored_head, book=book)
        return found

    def bodies(self, book: str) -> int:
        """How many bodies lie in a book."""
        found: int = self._read(self._queries.count_of_bodies, book=book)
        return found

    def bodies_without_entry(self, book: str) -> Iterator[object]:
        """The seq of each body that no entry stands over."""
        for (seq,) in self._read(self._queries.bodies_without_entry, book=book):
            yield seq

    def kept(self) -> list[str]:
        """The sha256 of every document, as its register or its contents name it."""
        return sorted(_readable(self._read(self._queries.names_of_documents)))

    def stored_document(self, sha256: str) -> tuple[object, object, object] | None:
        """A document's bytes, its text's bytes, and the hex digest kept of the text."""
        found: tuple[object, object, object] | None = self._read(
            self._queries.stored_document, sha256=sha256
        )
        return found

    def stored_removals(self, book: str) -> list[tuple[object, object, object]]:
        """What was removed from a book: seq, what was done, the act's seq."""
        return list(self._read(self._queries.stored_removals, book=book))

    def stored_blanks(self, sha256: str) -> list[tuple[object, object, object, object, object]]:
        """What was made unreadable in a document, and under the seal of which entry."""
        return list(self._read(self._queries.stored_blanks, sha256=sha256))

    def stored_reads(self) -> Iterator[tuple[object, object, object]]:
        """The log of reads in its order: number, bytes, link."""
        yield from self._stream(self._queries.stored_reads.sql, {})

    def received_names(self) -> list[str]:
        """Every book that a received statement, its body or its seal names."""
        return sorted(_readable(self._read(self._queries.names_of_received)))

    def stored_received(self, book: str) -> Iterator[StoredReceived]:
        """What was received of a book by seq, as it lies there."""
        yield from self._stream(self._queries.stored_received.sql, {"book": book})

    def received_astray(self, book: str) -> Iterator[tuple[object, object]]:
        """The bodies and seals over which no received statement stands: seq, and which it is."""
        yield from self._read(self._queries.received_astray, book=book)

    def listed_names(self) -> list[tuple[str, str]]:
        """Every import of which anything lies here: its book and the id of its statement."""
        found = self._read(self._queries.names_of_listed)
        return sorted((_plain(book), _plain(batch)) for book, batch in found)

    def stored_listed(self, book: str, batch: str) -> Iterator[StoredListed]:
        """The rows of an import in order, as they lie there."""
        yield from self._stream(self._queries.stored_listed.sql, {"book": book, "batch": batch})

    def stored_listed_removals(self, book: str) -> list[tuple[object, object, object, object]]:
        """What was removed of the imports of a book: batch, place, what was done, the act's seq."""
        return list(self._read(self._queries.stored_listed_removals, book=book))

    def flaws(self) -> Iterator[str]:
        """Names that are no text; guards, columns and grants that are not as they were made.

        Broken pages are told where they are met: every row is read by whoever walks the books.
        """
        named = self._queries
        for query in (named.names_of_books, named.names_of_documents, named.names_of_received):
            for (name,) in self._read(query):
                if not _is_readable(name):
                    yield f"a name that is no text: {name!r}"
        found = {
            (kind.decode(), name.decode(errors="replace")): definition.decode(errors="replace")
            for kind, name, definition in self._read(self._queries.structure)
        }
        yield from _differences(found)

    def _read(self, query: Callable[..., Any], **parameters: object) -> Any:
        """What a query gives, all of it at once where it gives rows."""
        with self._one_reading():
            found = query(self._connection, **parameters)
            return list(found) if isinstance(found, Iterator) else found

    def _stream(self, sql: str, parameters: dict[str, object]) -> Iterator[Any]:
        self._streams += 1
        name = f"evidence_{self._streams}"
        with self._one_reading():
            open_cursor(self._connection, name, sql, parameters)
        rows: Any = True
        while rows:
            with self._one_reading():
                rows = fetched_from(self._connection, name)
            yield from rows

    @contextmanager
    def _one_reading(self) -> Iterator[None]:
        with told_plainly(self._place):
            self._connection.execute("SAVEPOINT reading")
            try:
                yield
            except psycopg.Error:
                self._connection.execute("ROLLBACK TO SAVEPOINT reading")
                raise
            self._connection.execute("RELEASE SAVEPOINT reading")


_NUMBERS = frozenset(
    {"seq", "recorded", "appended", "backfilled", "number", "size", "first", "past", "act_seq"}
    | {"written", "received", "claimed", "told", "place"}
)
_BYTES = frozenset({"commitment", "link", "salt", "bytes", "json", "text", "entry", "files"})


def _differences(found: dict[tuple[str, str], str]) -> Iterator[str]:
    """How the structure differs from the one that the steps make; other tables are no concern."""
    expected = _expected()
    for kind, name in sorted(expected.keys() | found.keys()):
        if (kind, name) not in found:
            yield f"the {kind} {name} was taken away"
        elif (kind, name) in expected:
            if found[kind, name] != expected[kind, name]:
                yield f"the {kind} {name} was changed"
        elif kind != "table" and (kind != "column" or name.partition(".")[0] in TABLES):
            yield f"the {kind} {name} was added"


def _expected() -> dict[tuple[str, str], str]:
    expected = {("table", table): "kept" for table in TABLES}
    for table, columns in TABLES.items():
        for column in columns:
            expected["column", f"{table}.{column}"] = _column(table, column)
    for guard in STANDING:
        # A: it fires always.
        definition = f"{guard.type} A plpgsql home {guard.body}"
        expected["guard", f"{guard.name} on {guard.table}"] = definition
    return expected


def _column(table: str, column: str) -> str:
    kind = "text C"
    if column in _NUMBERS:
        kind = "bigint"
    elif column in _BYTES:
        kind = "bytea"
    parts = [kind]
    if (table, column) != ("heads", "recorded"):
        parts.append("never null")
    if column in CARRIES_WORDS.get(table, ()):
        parts.append("never sampled")
    return " ".join(parts)


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


def _readable(rows: Iterable[tuple[object]]) -> set[str]:
    return {name.decode() for (name,) in rows if isinstance(name, bytes) and _is_readable(name)}
