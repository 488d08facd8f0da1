"""Replays of many incidents: of a folder of statements, or of a home, on every core.

Who opens what is the law's answer on the names of books, for a folder as for a home; weapons are
drawn from every public, response and incident book whoever reads, as for ``advise``. A folder is no
home, so nothing in it was disclosed to anybody. The statements are sorted by incident on the disk
first, and each worker holds one small part of them: memory does not grow with the folder. The same
statements give the same bytes, whatever the order of files and the number of workers.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import msgspec

from whoseword.access import Law, Reader
from whoseword.doors.advising import for_safety, is_for_safety, latest, received_in
from whoseword.doors.desk import Desk
from whoseword.doors.lines import Place, lines_of
from whoseword.doors.sorting import Drawers, Kept, Sorted, kept_in
from whoseword.response import Drawn, Row, Shifts, Table, Terms, rows_of, table_of
from whoseword.words import (
    Statement,
    WhoseWordError,
    WordFault,
    decode_statement,
    encode_statement,
)
from whoseword.words.rules import check_book
from whoseword.words.scene import Dispatched

Progress = Callable[[int, int], None]
"""Told how many of how many parts are done."""
FAULTS_TOLD = 20


class Asked(NamedTuple):
    """What is asked of many incidents: sets of rules, shifts, and the month ("2031-03"), if one."""

    terms: tuple[Terms, ...]
    shifts: Shifts
    month: str | None


class Part(NamedTuple):
    """What a worker makes of its part: how many incidents, their rows, and what is wrong."""

    replayed: int
    rows: tuple[Row, ...]
    faults: tuple[tuple[Place, str], ...]


class FaultsFound(WhoseWordError):
    """Some of the statements cannot be read; nothing was replayed of any."""

    def __init__(self, faults: Sequence[tuple[Place, str]]) -> None:
        """``faults`` are where each stands and what it is."""
        self.faults = sorted(faults)
        told = [f"{place}: {fault}" for place, fault in self.faults[:FAULTS_TOLD]]
        more = len(self.faults) - len(told)
        told += [f"and {more:,} more"] if more else []
        super().__init__("\n".join(["some statements cannot be read:", *told]))


class _Head(msgspec.Struct, frozen=True):
    """The two keys by which a line is sorted before anybody reads it whole."""

    incident: str = ""
    book: str = ""


class OfFolder(NamedTuple):
    """The statements of a folder of JSON Lines, as a reader opens them."""

    folder: Path
    reader: Reader
    owner: Reader
    law: Law

    @property
    def files(self) -> list[Path]:
        """Its files, in order. Raises ``WhoseWordError`` where there are none."""
        found = sorted(path for path in self.folder.rglob("*.jsonl") if path.is_file())
        if not found:
            raise WhoseWordError(
                f"{self.folder} holds no file .jsonl; name a folder of statements as JSON Lines"
            )
        return found

    @property
    def size(self) -> int:
        """How many bytes its files hold."""
        return sum(path.stat().st_size for path in self.files)

    def lines(self) -> Iterator[Sorted]:
        """Every line with what it may be drawn on for; what it may not be is passed over, unread."""
        decoder = msgspec.json.Decoder(_Head)
        drawn: dict[str, tuple[bool, bool]] = {}
        for path in self.files:
            name = str(path)
            with path.open("rb") as stream:
                for number, line in lines_of(stream):
                    try:
                        head = decoder.decode(line)
                    except msgspec.MsgspecError:
                        head = _Head()
                    if head.book not in drawn:
                        drawn[head.book] = self._drawn_on(head.book)
                    if any(drawn[head.book]):
                        place = Place(name, number)
                        yield Sorted(place, line, head.incident, *drawn[head.book])

    def _drawn_on(self, book: str) -> tuple[bool, bool]:
        """Whether the reader opens a book, and whether safety draws on it.

        What is no book's name is kept, so that its fault is told.
        """
        try:
            check_book(book)
        except WordFault:
            return True, False
        return self.law.opens(self.reader, book, self.owner).allowed, is_for_safety(book)


class OfHome(NamedTuple):
    """The statements of a home, as a reader opens them; logged as one read."""

    desk: Desk
    reader: Reader

    @property
    def size(self) -> int:
        """About how many bytes there will be: enough to sort into all the files."""
        return 1 << 30

    def lines(self) -> Iterator[Sorted]:
        """Every statement that the reader opens, then what safety draws on whoever reads."""
        until = latest(self.desk)
        _, told = self.desk.read("replays", None, self.reader, until)
        opened = {(one.book, one.id) for one in told.statements}
        received = received_in(self.desk, None)
        for one in told.statements:
            yield _sorted(one, received, opened=True)
        for one in for_safety(self.desk, None, until):
            if (one.book, one.id) not in opened:
                yield _sorted(one, received, opened=False)


def sort_out(source: OfFolder | OfHome) -> Drawers:
    """The statements of a source by incident, on the disk; whoever asks takes them away again.

    Nothing else of the source is needed afterwards, so a home can be closed. Raises
    ``WhoseWordError``.
    """
    drawers = Drawers(source.size)
    try:
        drawers.fill(source.lines())
    except BaseException:
        drawers.close()
        raise
    return drawers


def table_over(drawers: Drawers, asked: Asked, jobs: int, progress: Progress) -> Table:
    """The table over every incident that was sorted out.

    Raises ``FaultsFound`` where a statement cannot be read.
    """
    done = list(_worked(drawers.files, asked, jobs, progress))
    faults = [fault for one in done for fault in one.faults]
    if faults:
        raise FaultsFound(faults)
    replayed = sum(one.replayed for one in done)
    return table_of((row for one in done for row in one.rows), replayed, asked.terms, asked.shifts)


def part_of(path: Path, asked: Asked) -> Part:
    """What one worker makes of one part."""
    faults: list[tuple[Place, str]] = []
    by_incident: dict[str, list[tuple[Statement, Kept]]] = defaultdict(list)
    for kept in kept_in(path):
        try:
            one = _statement(kept)
        except WordFault as fault:
            faults.append((Place(kept.file, kept.number), str(fault)))
            continue
        by_incident[one.incident].append((one, kept))
    if faults:
        return Part(0, (), tuple(faults))
    replayed = 0
    rows: list[Row] = []
    for incident, its in sorted(by_incident.items()):
        faults += _told_twice(its)
        opened = [one for one, kept in its if kept.opened]
        if not _is_of(opened, asked):
            continue
        received = frozenset((one.book, one.id) for one, kept in its if kept.received)
        safe = [one for one, kept in its if kept.for_safety]
        drawn = Drawn(opened, safe, received=received)
        replayed += 1
        rows += rows_of(drawn, incident, asked.terms, asked.shifts)
    return Part(replayed, tuple(rows), tuple(faults))


def _worked(parts: Sequence[Path], asked: Asked, jobs: int, progress: Progress) -> Iterator[Part]:
    if jobs == 1 or len(parts) < 2:
        for number, path in enumerate(parts, 1):
            yield part_of(path, asked)
            progress(number, len(parts))
        return
    # A fresh process for each worker: a copy of this one would carry its open ledger along.
    with ProcessPoolExecutor(min(jobs, len(parts)), mp_context=get_context("spawn")) as workers:
        found = workers.map(part_of, parts, [asked] * len(parts))
        for number, part in enumerate(found, 1):
            yield part
            progress(number, len(parts))


def _statement(kept: Kept) -> Statement:
    one = decode_statement(kept.line)
    if one.recorded is None:
        raise WordFault("recorded", "is missing", "say when it was recorded, in RFC 3339")
    if one.id is None:
        raise WordFault("id", "is missing", "give the statement its id")
    return one


def _told_twice(told: Iterable[tuple[Statement, Kept]]) -> Iterator[tuple[Place, str]]:
    """Ids that stand twice in one book: a book has each once."""
    seen: dict[tuple[str, str | None], Kept] = {}
    for one, kept in told:
        first = seen.setdefault((one.book, one.id), kept)
        if first is not kept:
            where = Place(first.file, first.number)
            yield Place(kept.file, kept.number), f"id: {one.id} stands at {where} too; keep one"


def _is_of(opened: Iterable[Statement], asked: Asked) -> bool:
    """Whether an incident is of the month: a unit was sent in it. Without a month, always."""
    if asked.month is None:
        return True
    return any(
        isinstance(one.fact, Dispatched)
        and one.recorded is not None
        and f"{one.recorded.astimezone(asked.shifts.zone):%Y-%m}" == asked.month
        for one in opened
    )


def _sorted(
    one: Statement, received: Collection[tuple[str, str | None]], *, opened: bool
) -> Sorted:
    place = Place(one.book, 0)
    safe, came = is_for_safety(one.book), (one.book, one.id) in received
    return Sorted(place, encode_statement(one), one.incident, opened, safe, came)
