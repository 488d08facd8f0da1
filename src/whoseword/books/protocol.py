"""What a store must do for the books: three words, Store, View and Writer.

A store keeps rows and knows no rule of the trade; the same contract suite runs on every one
(tests/contracts). A view is one moment of the whole home, however many others write meanwhile. A
writer is the only one in its home for as long as it is open, and what it wrote stands on the disk
when its block ends, whole, or not at all where the block raises. Text is compared and ordered by
code point, never by a database's collation.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

import msgspec

from whoseword.books.chain import Entry
from whoseword.books.claimed import Claim
from whoseword.books.exchanged import Bundle, Received, RuleSetKept, StoredReceived
from whoseword.books.listed_kept import ListedEvidence, ListedView, ListedWriter
from whoseword.books.removings import Removing


class Row(NamedTuple):
    """An entry with its body: the salt (32 bytes) and the statement's bytes as they are hashed.

    Both are None where the body is gone: sealed (``Removal``), or lost.
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


class Removal(NamedTuple):
    """That the entry at ``seq`` of a book was removed or put back, by the act at ``act_seq``.

    The act is a statement of the same book, which says who did it and on what ground.
    """

    book: str
    seq: int
    what: Removing
    act_seq: int


class Blank(NamedTuple):
    """A span of a kept text, in characters, that a seal made unreadable.

    ``text_sha256`` is the hex digest of the whole text afterwards; ``book`` and ``seq`` name the
    sealed entry. The original's bytes are gone, since nobody can take words out of a file safely.
    """

    sha256: str
    start: int
    end: int
    text_sha256: str
    book: str
    seq: int


class Copy(NamedTuple):
    """A file that this program wrote and that carries words of the books.

    ``sha256`` is the hex digest of what was written, ``written`` the moment in microseconds since
    1970, ``incident`` empty where the file carries every incident, as a backup does.
    """

    path: str
    kind: str
    incident: str
    sha256: str
    written: int


class View(ListedView, Protocol):
    """One moment of a home, read only."""

    def heads(self) -> list[Head]:
        """Every book that has an entry, by name."""

    def head(self, book: str) -> Head | None:
        """Where one book ends; None where nothing stands in it."""

    def latest(self) -> int | None:
        """The latest moment recorded in the home, backfills left out."""

    def row(self, book: str, id_: str) -> Row | None:
        """The entry of that id in the book, with its body."""

    def row_at(self, book: str, seq: int) -> Row | None:
        """The entry at that place of the book, with its body."""

    def rows(self, book: str, incident: str | None, until: int | None) -> Iterator[Row]:
        """The rows of a book by seq: of one incident, recorded at or before ``until``."""

    def document(self, sha256: str) -> Document | None:
        """A kept document, whole."""

    def text_of(self, sha256: str) -> str | None:
        """The text kept for a document."""

    def documents(self, incident: str) -> list[str]:
        """The sha256 of each document that was read for the incident, in the order kept."""

    def incidents_of(self, document: str) -> list[str]:
        """The incidents for which a document was read."""

    def drafts(self, incident: str) -> list[Draft]:
        """The drafts of the incident that nobody has signed or dropped, in the order kept."""

    def setting(self, name: str) -> str | None:
        """What the home was told of itself (``owner``, ``zone``)."""

    def removals(self, book: str) -> list[Removal]:
        """What was removed from a book and put back, in the order in which it was done."""

    def rows_on_reading(self) -> Iterator[Row]:
        """The rows of the kinds that say who may read, in the order in which they were entered.

        That is ``disclosed``, ``assigned``, ``broke_glass`` and ``read_reviewed``; a row that only
        quotes such words may be among them.
        """

    def rows_holding(self, words: bytes) -> Iterator[Row]:
        """Every row of the home whose body holds these bytes, in no order."""

    def documents_holding(self, words: str) -> list[str]:
        """The sha256 of every kept document whose text holds these words."""

    def blanks(self, sha256: str) -> list[Blank]:
        """The spans of a document's text that seals made unreadable, in the order of the seals."""

    def drafts_on(self, document: str) -> list[Draft]:
        """The drafts that were read in a document, of whatever incident."""

    def reads(self) -> Iterator[tuple[bytes, bytes]]:
        """The log of reads in its order: each entry's bytes and its link."""

    def last_read(self) -> tuple[int, bytes] | None:
        """How many reads are logged, and the last link."""

    def copies(self) -> list[Copy]:
        """The files that were written from this home, in the order written."""

    def bundles(self) -> list[Bundle]:
        """What was received from other homes, in the order received."""

    def received_books(self) -> list[str]:
        """The books of which anything was received, by name."""

    def received(self, book: str, incident: str | None, until: int | None) -> Iterator[Received]:
        """What was received of a book by seq: of one incident, received at or before ``until``."""

    def received_row(self, book: str, id_: str) -> Received | None:
        """The received statement of that id in the book."""

    def received_at(self, book: str, seq: int) -> Received | None:
        """The received statement at that place of the book."""

    def received_holding(self, words: bytes) -> Iterator[Received]:
        """Every received statement whose body holds these bytes, in no order."""

    def rule_sets(self) -> list[RuleSetKept]:
        """The rule sets under which views were computed, in the order first kept."""

    def claims(self, reader: str) -> list[Claim]:
        """The reminders that were claimed for a reader, in the order claimed."""

    def incidents(self) -> list[str]:
        """Every incident of which anything stands here, by name."""

    def table(self, name: str) -> Iterator[tuple[object, ...]]:
        """Every row of one of ``TABLES``, as it lies there, for a backup."""


class Evidence(ListedEvidence, Protocol):
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

    def stored_removals(self, book: str) -> list[tuple[object, object, object]]:
        """What was removed from a book: seq, what was done, the act's seq."""

    def stored_blanks(self, sha256: str) -> list[tuple[object, object, object, object, object]]:
        """A document's blanks: start, end, the text's digest then, the sealed book and seq."""

    def stored_reads(self) -> Iterator[tuple[object, object, object]]:
        """The log of reads in its order: number, bytes, link."""

    def received_names(self) -> list[str]:
        """Every book that a received statement, its body or its seal names."""

    def stored_received(self, book: str) -> Iterator[StoredReceived]:
        """What was received of a book by seq, as it lies there."""

    def received_astray(self, book: str) -> Iterator[tuple[object, object]]:
        """The bodies and seals over which no received statement stands: seq, and which it is."""

    def flaws(self) -> Iterator[str]:
        """What the store itself finds wrong: broken pages, guards that were taken away."""


class Evidenced(Protocol):
    """Books that can be checked: a store, or a backup of one."""

    def evidence(self) -> AbstractContextManager[Evidence]:
        """One moment as it lies in the file."""


class Writer(View, ListedWriter, Protocol):
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

    def remove(self, removal: Removal) -> None:
        """Note that an entry was sealed, quarantined or put back; sealed, its body is destroyed."""

    def blank(self, blank: Blank, text: str) -> None:
        """Put the blanked text in the place of a kept one, and destroy the original's bytes."""

    def note_read(self, number: int, entry: bytes, link: bytes) -> None:
        """Add to the log of reads."""

    def note_copy(self, copy: Copy) -> None:
        """Note that a file was written that carries words of the books."""

    def receive(self, bundle: Bundle, rows: Sequence[Received]) -> None:
        """Keep a bundle and the statements that it brought; what stands stays as it is.

        The caller has checked that none stands with another entry; the store refuses such a one.
        What a row says was sealed enters without its body.
        """

    def seal_received(self, book: str, seq: int, act: str) -> None:
        """Note that a received statement was sealed by ``act``, and destroy its body and salt.

        Deleted rows are then due to be written over (``OVERWRITE``).
        """

    def note_rule_set(self, kept: RuleSetKept) -> None:
        """Keep a rule set, unless it is kept."""

    def claim(self, claim: Claim) -> bool:
        """Claim a reminder for its channel; whether nobody had claimed it."""

    def note_told(self, claim: Claim) -> None:
        """Note that a claimed reminder was told, unless it is noted."""

    def load(self, name: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Put the rows of one of ``TABLES`` back as they lay in a backup."""


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

    def overwrite(self) -> None:
        """Write over whatever deleted rows have left behind, as far as the store reaches.

        What was begun and broken off, as the setting ``OVERWRITE`` tells, is done when the home is
        next opened. Raises ``LedgerBusy`` where somebody still reads.
        """

    def close(self) -> None:
        """Let the files go."""
