"""Backup and restore, between stores of any kind.

A backup is a ledger in a file of its own, filled row by row from one moment of the home while
others go on writing; it carries no trace of rows that were deleted before. It is checked like any
ledger, and put back into an empty store. What a seal destroyed since does not come back: it is
sealed again, by a statement, before anybody can read the restored books (law 9).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from whoseword.books.errors import RestoreRefused
from whoseword.books.ids import Entropy
from whoseword.books.protocol import TABLES, Removing, Store, View, Writer
from whoseword.books.removed import marker_of, out_of_sight
from whoseword.books.removing import Asked, seal
from whoseword.books.verify import Expected, Verdict

Progress = Callable[[str, int], None]
"""Told the table that is being copied, and how many rows of it are done."""

_STEP = 10_000
_TOLD = 5


class SealNote(msgspec.Struct, frozen=True, order=True):
    """That an entry was sealed; ``link`` in hexadecimal tells it from another of the same place."""

    book: str
    seq: int
    link: str
    id: str
    by: tuple[str, ...]
    ground: str


class Known(NamedTuple):
    """An earlier size and root of a book, and where it is known from, in words."""

    where: str
    expected: Expected


class SealAgain(NamedTuple):
    """What had been sealed, and the moment and randomness for sealing it again.

    ``now`` is in microseconds since 1970.
    """

    notes: Sequence[SealNote]
    now: int
    entropy: Entropy


class Older(NamedTuple):
    """That a backup holds less of a book than was handed out or stands here."""

    book: str
    holds: int
    size: int
    where: str


def copy_all(view: View, writer: Writer, progress: Progress) -> dict[str, int]:
    """Copy every row of a home into an empty store; how many of each table."""
    counts = {}
    for name in TABLES:
        counted = _Counted(name, view.table(name), progress)
        writer.load(name, counted)
        counts[name] = counted.rows
    return counts


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


def seal_notes(view: View) -> list[SealNote]:
    """Every seal that stands in the books."""
    notes = []
    for head in view.heads():
        for removal in out_of_sight(view.removals(head.book)).values():
            row = view.row_at(removal.book, removal.seq)
            if removal.what is Removing.SEALED and row is not None:
                marker = marker_of(view, row.entry, removal)
                notes.append(
                    SealNote(
                        book=row.entry.book,
                        seq=row.entry.seq,
                        link=row.entry.link.hex(),
                        id=row.entry.id,
                        by=marker.by,
                        ground=marker.ground or "",
                    )
                )
    return sorted(notes)


def fill(store: Store, backup: View, again: SealAgain, progress: Progress) -> list[SealNote]:
    """Put a backup into an empty store, and seal again what was sealed since; which that was.

    Raises ``RestoreRefused`` where something stands in the store.
    """
    with store.writer() as writer:
        if writer.heads() or writer.setting("owner") or writer.last_read():
            raise RestoreRefused(
                f"{store.place} holds a ledger already, and a restore never mixes two; restore "
                "into an empty home or database"
            )
        copy_all(backup, writer, progress)
        sealed = _seal_again(writer, again)
    if sealed:
        store.overwrite()
    return sealed


def _seal_again(writer: Writer, again: SealAgain) -> list[SealNote]:
    needed = []
    for note in again.notes:
        row = writer.row_at(note.book, note.seq)
        if row is None or row.entry.link.hex() != note.link or row.body is None:
            continue
        asked = Asked(note.book, note.id, note.by, note.ground)
        seal(writer, again.now, again.entropy, asked)
        needed.append(note)
    return needed


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
