"""What a store does for rows that one statement lists; parts of ``View``, ``Writer`` and ``Evidence``.

Rows are written before the statement that lists them, part by part; they are nobody's word until it
stands, and a store refuses to add to them or change them afterwards.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from whoseword.books.listed import ListedRow
from whoseword.books.removings import Removing

StoredListed = tuple[object, object, object, object]
"""A listed row as it lies in the file, unread: place, commitment, salt, bytes."""


class ListedRemoval(NamedTuple):
    """That row ``place`` of an import was removed or put back, by the act at ``act_seq``."""

    book: str
    batch: str
    place: int
    what: Removing
    act_seq: int


class ListedView(Protocol):
    """The listed rows, at one moment of a home."""

    def listed(self, book: str, batch: str, first: int = 0) -> Iterator[ListedRow]:
        """The rows that a statement lists, by their places, from one of them on."""

    def listed_row(self, book: str, batch: str, place: int) -> ListedRow | None:
        """One row."""

    def listed_commitments(self, book: str, batch: str) -> Iterator[bytes]:
        """The commitments of the rows that a statement lists, by their places."""

    def listed_count(self, book: str, batch: str) -> int:
        """How many rows are kept."""

    def listed_removals(self, book: str, batch: str) -> list[ListedRemoval]:
        """What was done with rows of an import, in the order in which it was done."""


class ListedWriter(Protocol):
    """How listed rows are written, and how their words go."""

    def list_rows(self, book: str, batch: str, rows: Sequence[ListedRow]) -> None:
        """Keep rows whose statement does not stand yet."""

    def drop_listed(self, book: str, batch: str) -> None:
        """Drop the rows of an import that was broken off."""

    def remove_listed(self, removal: ListedRemoval) -> None:
        """Note what was done with a row; sealed, its words and salt are destroyed."""


class ListedEvidence(Protocol):
    """The listed rows as they lie in the file: nothing is trusted to be of its type."""

    def listed_names(self) -> list[tuple[str, str]]:
        """Every import of which anything lies here: its book and the id of its statement."""

    def stored_listed(self, book: str, batch: str) -> Iterator[StoredListed]:
        """The rows of an import in order, as they lie there."""

    def stored_listed_removals(self, book: str) -> list[tuple[object, object, object, object]]:
        """What was removed of the imports of a book: batch, place, what was done, the act's seq."""
