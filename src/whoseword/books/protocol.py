"""What a store must do for the books: three words, Store, View and Writer.

A store keeps rows and knows no rule of the trade; the same contract suite runs on every one
(tests/contracts). A view is one moment of the whole home, however many others write meanwhile. A
writer is the only one in its home for as long as it is open, and what it wrote stands on the disk
when its block ends, whole, or not at all where the block raises. Text is compared and ordered by
code point, never by a database's collation.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

import msgspec

from whoseword.books.chain import Entry


class Row(NamedTuple):
    """An entry with its body: the salt (32 bytes) and the statement's bytes as they are hashed.

    Both are None where the body is gone.
    """

    entry: Entry
    salt: bytes | None
    body: bytes | None


class Head(NamedTuple):
    """Where a book ends: how many entries, the last link, the latest moment it recorded.

    ``recorded`` is in microseconds since 1970 and leaves backfilled entries out; None where there
    are no others.
    """

    book: str
    size: int
    link: bytes
    recorded: int | None


StoredRow = tuple[object, object, object, object, object, object, object, object, object, object]
"""A row as it lies in the file, unread: seq, id, incident, recorded, appended, backfilled,
commitment, link, salt, body. Text comes as its UTF-8 bytes; anything may be of any type."""


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A document as this home keeps it.

    ``sha256`` is the lower-case hex digest of ``bytes``, the original. ``text`` is the one text
    that offsets count, in characters. ``pages`` holds the offset at which each page starts.
    """

    sha256: str
    name: str
    media_type: str
    bytes: bytes
    text: str
    pages: tuple[int, ...] = ()


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A reading that nobody has signed: ``json`` is the draft's line as the reader wrote it."""

    draft: str
    incident: str
    document: str
    json: bytes


class View(Protocol):
    """One moment of a home, read only."""

    def heads(self) -> list[Head]:
        """Every book that has an entry, by name."""

    def head(self, book: str) -> Head | None:
        """Where one book ends; None where nothing stands in it."""

    def latest(self) -> int | None:
        """The latest moment recorded in the home, backfills left out."""

    def row(self, book: str, id_: str) -> Row | None:
        """The entry of that id in the book, with its body."""

    def rows(self, book: str, incident: str | None, until: int | None) -> Iterator[Row]:
        """The rows of a book by seq: of one incident, recorded at or before ``until``."""

    def document(self, sha256: str) -> Document | None:
        """A kept document, whole."""

    def text_of(self, sha256: str) -> str | None:
        """The text kept for a document."""

    def documents(self, incident: str) -> list[str]:
        """The sha256 of each document that was read for the incident, in the order kept."""

    def drafts(self, incident: str) -> list[Draft]:
        """The drafts of the incident that nobody has signed or dropped, in the order kept."""

    def setting(self, name: str) -> str | None:
        """What the home was told of itself (``owner``, ``zone``)."""


class Evidence(Protocol):
    """What lies in the file, for whoever checks it: nothing is trusted to be of its type."""

    def names(self) -> list[str]:
        """Every book that an entry, a body or a head names."""

    def stored(self, book: str) -> Iterator[StoredRow]:
        """The rows of a book by seq, as they lie there."""

    def stored_head(self, book: str) -> tuple[object, object] | None:
        """The size and the last link that the head of a book states."""

    def bodies(self, book: str) -> int:
        """How many bodies lie in a book."""

    def bodies_without_entry(self, book: str) -> Iterator[object]:
        """The seq of each body that no entry stands over."""

    def kept(self) -> list[str]:
        """The sha256 of every document, as its register names it."""

    def stored_document(self, sha256: str) -> tuple[object, object, object] | None:
        """A document's bytes, its text's bytes, and the hex digest kept of the text."""

    def flaws(self) -> Iterator[str]:
        """What the store itself finds wrong: broken pages, guards that were taken away."""


class Writer(View, Protocol):
    """The only writer of a home, for as long as its block is open."""

    def append(self, rows: Sequence[Row], heads: Sequence[Head]) -> None:
        """Add entries with their bodies, and move the heads of their books."""

    def keep_document(self, document: Document, incident: str, text_sha256: str) -> None:
        """Keep a document and that it was read for the incident; what stands stays as it is."""

    def keep_drafts(self, drafts: Sequence[Draft]) -> None:
        """Keep drafts; one of the same name takes the place of the one before."""

    def drop_drafts(self, names: Sequence[str]) -> None:
        """Drop drafts that were signed or refused."""

    def set_setting(self, name: str, value: str) -> None:
        """What the home is told of itself."""


class Store(Protocol):
    """A home's books, wherever they lie."""

    @property
    def place(self) -> str:
        """Where they lie, for messages."""

    def view(self) -> AbstractContextManager[View]:
        """One moment, for the length of the block."""

    def evidence(self) -> AbstractContextManager[Evidence]:
        """One moment as it lies in the file."""

    def writer(self) -> AbstractContextManager[Writer]:
        """Become the one writer; on the disk when the block ends, undone where it raises."""

    def close(self) -> None:
        """Let the files go."""
