"""Exports of a dispatch system are taken in: read row by row, told call by call, said once.

The rows are sorted by call on the disk first, as replays sort statements; so a row may stand
anywhere in any of the files, and memory does not grow with them. Nothing is said before every row has
been told, so that a file with a row that cannot be taken is refused whole or, where that is asked for,
taken without those rows, which are written out as they stand. What is said goes in batches that never
part a call; broken off, the same command goes on, since what stands enters no second time.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final, NamedTuple, Self

import msgspec

from whoseword.books import Receipt
from whoseword.books.bodies import statement_in
from whoseword.books.protocol import View
from whoseword.books.removed import out_of_sight
from whoseword.doors.desk import Desk
from whoseword.doors.files import write_whole
from whoseword.doors.lines import Place
from whoseword.doors.sorting import Drawers, Sorted, kept_in
from whoseword.intake.cad import (
    CadMap,
    Context,
    Refused,
    Row,
    Rows,
    Saying,
    Told,
    corrected,
    incident_of,
    numbers_of,
    tell,
)
from whoseword.intake.cad.maps import File
from whoseword.intake.cad.telling import number_of
from whoseword.words import Statement, WhoseWordError

_AT_ONCE: Final = 1_000
_TOLD_EVERY: Final = 4_096
Progress = Callable[[int, int], None]
"""Told how much of how much is done."""


class Outcome(NamedTuple):
    """What became of a batch: its receipts, how many stood already, those that stand otherwise, and
    what was said now."""

    receipts: list[Receipt]
    stood: int
    otherwise: list[Saying]
    said: list[Statement]


class LeftOut:
    """The rows that cannot be taken, as they stand, each file's under its own first line.

    They wait on the disk, and are kept only where somebody wants them. Use it as a context.
    """

    def __init__(self, form: File, *, wanted: bool) -> None:
        self._wanted = wanted
        self._form = form
        self._columns: dict[str, Sequence[str]] = {}
        self._heads: dict[str, bytes] = {}
        self._of = ""
        self._out = TemporaryFile(prefix="whoseword-")  # noqa: SIM115 - closed when the block ends
        self._digest = sha256()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._out.close()

    def begin(self, rows: Rows, name: str) -> None:
        """Note how a file's rows are written."""
        self._columns[name], self._heads[name] = rows.columns, rows.head

    def add(self, file: str, raw: bytes) -> None:
        """Keep lines of a file as they are written."""
        if not self._wanted:
            return
        if self._of != file:
            self._of = file
            self._write(self._heads.get(file, b""))
        self._write(raw if raw.endswith(b"\n") else raw + b"\n")

    def add_row(self, file: str, cells: Mapping[str, str]) -> None:
        """Keep a row that was read; its cells stand in the order of its file's columns."""
        line = io.StringIO()
        told = [cells.get(name, "") for name in self._columns[file]]
        csv.writer(line, delimiter=self._form.delimiter, lineterminator="\n").writerow(told)
        self.add(file, line.getvalue().encode(self._form.encoding))

    def write(self, desk: Desk, target: Path) -> None:
        """Write them into a file, which is registered as one that carries words (law 9)."""
        desk.note_copy(target, "rows left out", "", self._digest.hexdigest())
        self._out.seek(0)
        write_whole(target, self._out)

    def _write(self, content: bytes) -> None:
        self._out.write(content)
        self._digest.update(content)


class Sorting:
    """The rows of some files on their way to their incidents, iterated once.

    ``rows`` counts those that were read; of each that cannot be taken ``refuse`` hears, and ``left``
    keeps it. Raises ``MapFault`` where a file has not the columns of the map, and
    ``WhoseWordError`` where it cannot be read.
    """

    def __init__(
        self,
        files: Sequence[Path],
        context: Context,
        refuse: Callable[[Refused], None],
        left: LeftOut,
        progress: Progress = lambda _done, _of: None,
    ) -> None:
        self._files, self._context = files, context
        self._refuse, self._progress = refuse, progress
        self._left = left
        self.rows = 0
        self._encoder = msgspec.msgpack.Encoder()

    @property
    def size(self) -> int:
        """How many bytes the files hold."""
        return sum(path.stat().st_size for path in self._files)

    def __iter__(self) -> Iterator[Sorted]:
        total, before = self.size, 0
        for path in self._files:
            try:
                with path.open("rb") as stream:
                    rows = Rows(str(path), stream, self._context.cad)
                    for one in self._of(rows, str(path)):
                        if self.rows % _TOLD_EVERY == 0:
                            self._progress(min(before + rows.done, total - 1), total)
                        yield one
                    before += rows.done
            except OSError as error:
                problem = f"{path} cannot be read ({error.strerror}); check it"
                raise WhoseWordError(problem) from error
        if total:
            self._progress(total, total)

    def _of(self, rows: Rows, name: str) -> Iterator[Sorted]:
        for order, one in enumerate(rows):
            if not order:
                self._left.begin(rows, name)
            self.rows += 1
            if isinstance(one, Refused):
                self._left.add(one.file, one.raw)
                self._refuse(one)
                continue
            place = Place(one.file, one.line)
            together = _together(one, self._context)
            yield Sorted(place, self._encoder.encode(one), together, True, True)


def _together(row: Row, context: Context) -> str:
    """Rows for which this is the same are told together: those of one call, or of one name."""
    number = number_of(row, context.cad)
    return number if context.incident is not None else incident_of(number, context)


def told_by_call(
    desk: Desk, drawers: Drawers, context: Context, progress: Progress = lambda _done, _of: None
) -> Iterator[tuple[str, Told]]:
    """What the rows of each call say; one file of the drawers is in memory at a time."""
    decoder = msgspec.msgpack.Decoder(Row)
    files = drawers.files
    for number, path in enumerate(files, 1):
        by_call: dict[str, list[Row]] = {}
        for kept in kept_in(path):
            row = decoder.decode(kept.line)
            by_call.setdefault(_together(row, context), []).append(row)
        for name in sorted(by_call):
            yield name, tell(by_call.pop(name), context, _stood(desk, name, context))
        progress(number, len(files))


def _stood(desk: Desk, incident: str, context: Context) -> frozenset[str]:
    """The numbers whose rows stand under an incident's name from earlier runs."""
    if context.incident is not None:
        return frozenset()
    with desk.ledger.store.view() as view:
        return numbers_of(incident, _in_sight(view, context.book, incident), context)


def _in_sight(view: View, book: str, incident: str) -> list[Statement]:
    rows = [one for one in view.rows(book, incident, None) if one.body is not None]
    gone = out_of_sight(view.removals(book)) if rows else ()
    return [statement_in(one) for one in rows if one.entry.seq not in gone]


class Spool:
    """What is to be said, call by call, on the disk until all of it has been told."""

    def __init__(self) -> None:
        self._file = TemporaryFile(prefix="whoseword-")  # noqa: SIM115 - closed when the block ends
        self._encoder = msgspec.msgpack.Encoder()
        self._calls = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, sayings: Sequence[Saying]) -> None:
        """Keep what the rows of a call say."""
        content = self._encoder.encode(sayings)
        self._file.write(len(content).to_bytes(8, "big"))
        self._file.write(content)
        self._calls += 1

    def batches(self, progress: Progress) -> Iterator[list[Saying]]:
        """What was kept, in batches that part no call."""
        decoder = msgspec.msgpack.Decoder(list[Saying])
        self._file.seek(0)
        waiting: list[Saying] = []
        for number in range(1, self._calls + 1):
            waiting += decoder.decode(self._file.read(int.from_bytes(self._file.read(8), "big")))
            if len(waiting) >= _AT_ONCE:
                yield waiting
                waiting = []
            progress(number, self._calls)
        if waiting:
            yield waiting


def say(desk: Desk, spool: Spool, cad: CadMap, progress: Progress) -> Iterator[Outcome]:
    """Say what was told, batch by batch; what stands in the book already is not said again.

    Raises what the ledger raises; the batches before stand.
    """
    for batch in spool.batches(progress):
        with desk.ledger.store.view() as view:
            mended = _corrected(view, batch, cad)
        yield _say(desk, mended)


def _corrected(view: View, sayings: Sequence[Saying], cad: CadMap) -> list[Saying]:
    """A batch, each statement naming what it corrects of what earlier runs took in."""
    by_call: dict[tuple[str, str], list[Saying]] = {}
    for one in sayings:
        made = one.statement
        by_call.setdefault((made.book, made.incident), []).append(one)
    return [
        one
        for (book, incident), its in by_call.items()
        for one in corrected(its, _in_sight(view, book, incident), cad)
    ]


def _say(desk: Desk, sayings: Sequence[Saying]) -> Outcome:
    fresh: list[Statement] = []
    otherwise: list[Saying] = []
    with desk.ledger.store.view() as view:
        for one in sayings:
            row = view.row(one.statement.book, str(one.statement.id))
            if row is None:
                fresh.append(one.statement)
            elif row.body is not None and _differs(one, statement_in(row)):
                otherwise.append(one)
        ids = {one.id for one in fresh}
        fresh = [
            one if one.replaces is None or one.replaces in ids or _may_replace(view, one)
            else msgspec.structs.replace(one, replaces=None)
            for one in fresh
        ]  # fmt: skip
    stood = len(sayings) - len(fresh)
    # What cannot be placed in time is learnt now; all else when the record had it.
    placed = [one for one in fresh if one.recorded is not None]
    unplaced = [one for one in fresh if one.recorded is None]
    receipts = desk.ledger.append(placed, backfill=True) if placed else []
    receipts += desk.ledger.append(unplaced) if unplaced else []
    return Outcome(receipts, stood, otherwise, fresh)


def _may_replace(view: View, one: Statement) -> bool:
    """Whether what a statement replaces stands, in sight and under its incident."""
    row = view.row(one.book, str(one.replaces))
    if row is None or row.entry.seq in out_of_sight(view.removals(one.book)):
        return False
    return row.entry.incident == one.incident


def _differs(one: Saying, stands: Statement) -> bool:
    """Whether this map tells a row otherwise than it was told; what rows repeat may begin earlier."""
    made = one.statement
    if not one.of_row:
        return made.incident != stands.incident
    return (made.incident, made.speaker, made.stance, made.fact, made.said) != (
        stands.incident,
        stands.speaker,
        stands.stance,
        stands.fact,
        stands.said,
    )
