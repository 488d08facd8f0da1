"""Rows that one statement lists, over named SQL: what both dialects do alike."""

from collections.abc import Iterator, Sequence
from typing import Any

from whoseword.books.listed import ListedRow
from whoseword.books.listed_kept import ListedRemoval
from whoseword.books.removings import Removing


class ListedReading:
    """The listed rows at one moment; keeps ``books.listed_kept.ListedView``."""

    _connection: Any
    _queries: Any

    def _stream(self, sql: str, parameters: dict[str, object]) -> Iterator[Any]:
        raise NotImplementedError

    def listed(self, book: str, batch: str, first: int = 0) -> Iterator[ListedRow]:
        """The rows that a statement lists, by their places, from one of them on."""
        asked: dict[str, object] = {"book": book, "batch": batch, "first": first}
        return map(ListedRow._make, self._stream(self._queries.listed_of.sql, asked))

    def listed_row(self, book: str, batch: str, place: int) -> ListedRow | None:
        """One row."""
        found = self._queries.listed_at(self._connection, book=book, batch=batch, place=place)
        return ListedRow._make(found) if found else None

    def listed_commitments(self, book: str, batch: str) -> Iterator[bytes]:
        """The commitments of the rows that a statement lists, by their places."""
        asked: dict[str, object] = {"book": book, "batch": batch}
        for (commitment,) in self._stream(self._queries.listed_commitments.sql, asked):
            yield commitment

    def listed_count(self, book: str, batch: str) -> int:
        """How many rows are kept."""
        found: int = self._queries.listed_count(self._connection, book=book, batch=batch)
        return found

    def listed_removals(self, book: str, batch: str) -> list[ListedRemoval]:
        """What was done with rows of an import, in the order in which it was done."""
        found = self._queries.listed_removals_of(self._connection, book=book, batch=batch)
        return [
            ListedRemoval(book, batch, place, Removing(what), act_seq)
            for _, _, place, what, act_seq in found
        ]


class ListedWriting(ListedReading):
    """How listed rows are written; keeps ``books.listed_kept.ListedWriter``."""

    def _run_many(self, sql: str, rows: Sequence[Any]) -> None:
        raise NotImplementedError

    def list_rows(self, book: str, batch: str, rows: Sequence[ListedRow]) -> None:
        """Keep rows whose statement does not stand yet."""
        told = [
            {
                "book": book,
                "batch": batch,
                "place": row.row,
                "commitment": row.commitment,
                "salt": row.salt,
                "bytes": row.body,
            }
            for row in rows
        ]
        self._run_many(self._queries.add_listed.sql, told)
        self._run_many(self._queries.add_listed_body.sql, told)

    def drop_listed(self, book: str, batch: str) -> None:
        """Drop the rows of an import that was broken off."""
        self._queries.drop_listed_bodies(self._connection, book=book, batch=batch)
        self._queries.drop_listed(self._connection, book=book, batch=batch)

    def remove_listed(self, removal: ListedRemoval) -> None:
        """Note what was done with a row; sealed, its words and salt are destroyed."""
        book, batch, place, what, _ = removal
        self._queries.add_listed_removal(
            self._connection, **(removal._asdict() | {"what": what.value})
        )
        if what is Removing.SEALED:
            self._queries.destroy_listed_body(self._connection, book=book, batch=batch, place=place)
