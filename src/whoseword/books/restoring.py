"""Backup and restore, between stores of any kind.

A backup is a ledger in a file of its own, filled row by row from one moment of the home while
others go on writing; it carries no trace of rows that were deleted before. It is checked like any
ledger, and put back into an empty store. What a seal destroyed since does not come back: it is
sealed again, by a statement, before anybody can read the restored books (law 9).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from whoseword.books.bodies import statement_in
from whoseword.books.errors import RestoreRefused
from whoseword.books.exchanged import Received
from whoseword.books.ids import Entropy
from whoseword.books.listed import MARK
from whoseword.books.protocol import Row, Store, View, Writer
from whoseword.books.removed import marker_of, out_of_sight
from whoseword.books.removing import ELSEWHERE, LEFT, Asked
from whoseword.books.removing_rows import gone_ids, is_gone, quarantine, row_removals, seal
from whoseword.books.removings import Removing
from whoseword.books.tables import TABLES
from whoseword.books.verify import Expected, Verdict

Progress = Callable[[str, int], None]
"""Told the table that is being copied, and how many rows of it are done."""

_OF_DOCUMENT = {
    "documents": "sha256",
    "blanks": "sha256",
    "contents": "sha256",
    "readings": "sha256",
    "drafts": "document",
}
"""The tables whose rows belong to a kept document, and the column that names it."""
_STEP = 10_000
_TOLD = 5


class SealNote(msgspec.Struct, frozen=True, order=True):
    """That an entry was sealed; ``link`` in hexadecimal tells it from another of the same place.

    ``document`` is the digest of the kept document of which the seal took words.
    """

    book: str
    seq: int
    link: str
    id: str
    by: tuple[str, ...]
    ground: str
    document: str | None = None

    @property
    def entry(self) -> tuple[str, int, str]:
        """Which entry it is: an order names it once, however often it is sealed again."""
        return (
            self.book,
            self.seq,
            self.link + "".join(self.id.rpartition(MARK)[1:] * (MARK in self.id)),
        )


class Known(NamedTuple):
    """An earlier size and root of a book, and where it is known from, in words."""

    where: str
    expected: Expected


class Again(NamedTuple):
    """What a restored ledger is not to forget, and the moment and randomness for saying so.

    ``seals`` and ``quarantines`` are done again where the backup knows nothing of them; ``later``
    are rows of tables that grew on since; ``settings`` are told to the home; ``without`` are
    documents that do not come back; ``received`` what was received of others and sealed. ``now`` is
    in microseconds since 1970.
    """

    seals: Sequence[SealNote]
    quarantines: Sequence[SealNote]
    later: Sequence[tuple[str, Sequence[tuple[object, ...]]]]
    settings: Mapping[str, str]
    without: frozenset[str]
    now: int
    entropy: Entropy
    received: Sequence[Received] = ()


class Older(NamedTuple):
    """That a backup holds less of a book than was handed out or stands here."""

    book: str
    holds: int
    size: int
    where: str


def copy_all(
    view: View, writer: Writer, progress: Progress, without: frozenset[str] = frozenset()
) -> None:
    """Copy every row of a home into an empty store, but for those of the documents ``without``."""
    for name, columns in TABLES.items():
        rows = view.table(name)
        if without and name in _OF_DOCUMENT:
            at = columns.index(_OF_DOCUMENT[name])
            rows = (row for row in rows if row[at] not in without)
        writer.load(name, _Counted(name, rows, progress))


class _Counted:
    """Rows that are counted as they go by."""

    def __init__(self, name: str, rows: Iterable[tuple[object, ...]], progress: Progress) -> None:
        self._name = name
        self._given = rows
        self._progress = progress
        self.rows = 0

    def __iter__(self) -> Iterator[tuple[object, ...]]:
        for row in self._given:
            self.rows += 1
            if self.rows % _STEP == 0:
                self._progress(self._name, self.rows)
            yield row


def notes_of(view: View, what: Removing) -> list[SealNote]:
    """Everything in the books that is sealed, or in quarantine."""
    notes = []
    for head in view.heads():
        for removal in out_of_sight(view.removals(head.book)).values():
            row = view.row_at(removal.book, removal.seq)
            if removal.what is what and row is not None:
                marker = marker_of(view, row.entry, removal)
                act = view.row(removal.book, marker.act)
                notes.append(
                    SealNote(
                        book=row.entry.book,
                        seq=row.entry.seq,
                        link=row.entry.link.hex(),
                        id=row.entry.id,
                        by=marker.by,
                        ground=marker.ground or "",
                        document=_document_of(act),
                    )
                )
        notes += _notes_of_rows(view, head.book, what)
    return sorted(notes)


def _notes_of_rows(view: View, book: str, what: Removing) -> Iterator[SealNote]:
    for entry, marker in row_removals(view, book):
        if marker.state == what.value:
            yield SealNote(
                book, entry.seq, entry.link.hex(), marker.statement, marker.by, marker.ground or ""
            )


def _document_of(act: Row | None) -> str | None:
    left = statement_in(act).extra.get(LEFT) if act is not None else None
    return next(iter(left), None) if isinstance(left, dict) else None


def unplaced(backup: View, seals: Iterable[SealNote]) -> frozenset[str]:
    """The documents in a backup of which words were sealed, by a statement that it does not hold.

    They do not come back. Raises ``RestoreRefused`` where statements of the backup quote them.
    """
    found = set()
    for note in seals:
        if note.document is None or _is_here(backup, note) or not backup.document(note.document):
            continue
        if next(iter(backup.rows_holding(note.document.encode())), None) is not None:
            raise RestoreRefused(
                f"words of document {note.document} were sealed since the backup was made, and it "
                "does not hold the statement that was sealed; take a later backup"
            )
        found.add(note.document)
    return frozenset(found)


def _is_here(view: View, note: SealNote) -> bool:
    row = view.row_at(note.book, note.seq)
    return row is not None and row.entry.link.hex() == note.link


def fill(store: Store, backup: View, again: Again, progress: Progress) -> list[SealNote]:
    """Put a backup into an empty store, whole or not at all, and seal again what was sealed since.

    Which that was. Raises ``RestoreRefused`` where something stands in the store.
    """
    with store.writer() as writer:
        held = writer.heads() or writer.setting("owner") or writer.last_read() or writer.bundles()
        if held:
            raise RestoreRefused(
                f"{store.place} holds a ledger already, and a restore never mixes two; restore "
                "into an empty home or database"
            )
        copy_all(backup, writer, progress, again.without)
        for table, rows in again.later:
            writer.load(table, rows)
        for name, value in again.settings.items():
            writer.set_setting(name, value)
        sealed = _seal_again(writer, again)
        _quarantine_again(writer, again)
        words_went = _seal_received_again(writer, again) or bool(sealed)
    if words_went or again.without:
        store.overwrite()
    return sealed


def _seal_again(writer: Writer, again: Again) -> list[SealNote]:
    needed = []
    # What an order names comes before copies of it, which say nothing of the order.
    for note in sorted(again.seals, key=lambda one: (one.ground == ELSEWHERE, one)):
        row = writer.row_at(note.book, note.seq)
        if row is None or row.entry.link.hex() != note.link or is_gone(writer, row, note.id):
            continue
        asked = Asked(note.book, note.id, note.by, note.ground)
        seal(writer, again.now, again.entropy, asked)
        needed.append(note)
    return needed


def _quarantine_again(writer: Writer, again: Again) -> None:
    for note in again.quarantines:
        out = {*gone_ids(writer, note.book)}
        if _is_here(writer, note) and note.id not in out:
            asked = Asked(note.book, note.id, note.by, note.ground)
            quarantine(writer, again.now, again.entropy, asked)


def _seal_received_again(writer: Writer, again: Again) -> bool:
    """Whether words went that another home had sent, and that were sealed since the backup."""
    went = False
    for row in again.received:
        stands = writer.received_at(row.book, row.seq)
        if stands is None or stands.entry != row.entry or row.sealed_by is None:
            continue
        if stands.sealed_by is None:
            writer.seal_received(row.book, row.seq, row.sealed_by)
            went = True
    return went


def sealed_received(view: View) -> list[Received]:
    """What other homes sent and was sealed here."""
    return [
        row
        for book in view.received_books()
        for row in view.received(book, None, None)
        if row.sealed_by is not None
    ]


def older_than(sizes: Mapping[str, int], known: Iterable[Known]) -> list[Older]:
    """In what a backup of these sizes is older than what is known."""
    return [
        Older(one.expected.book, sizes.get(one.expected.book, 0), one.expected.size, one.where)
        for one in known
        if one.expected.size > sizes.get(one.expected.book, 0)
    ]


def refuse_older(older: Sequence[Older]) -> None:
    """Raise ``RestoreRefused`` where a backup is older than what is known."""
    if not older:
        return
    told = "; ".join(
        f"{one.book} has {one.holds:,} entries in the backup, and had {one.size:,} {one.where}"
        for one in older[:_TOLD]
    )
    raise RestoreRefused(
        f"the backup is older than what is known ({told}); take a later one, or say --older to go "
        "back to it, and tell those who hold a later checkpoint"
    )


def refuse_faults(verdict: Verdict) -> None:
    """Raise ``RestoreRefused`` where a backup is damaged, or another history than is known."""
    if verdict.ok:
        return
    told = "; ".join(
        f"{fault.book or 'the backup'}{'' if fault.seq is None else f' {fault.seq}'}: {fault.what}"
        for fault in verdict.faults[:_TOLD]
    )
    raise RestoreRefused(f"the backup does not hold ({told}); take another one")
