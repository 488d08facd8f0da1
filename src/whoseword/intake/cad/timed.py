"""A row with its times: when it was by its own clock, and when the record had it."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Final, NamedTuple

from whoseword.intake.cad.maps import CadMap, Clock
from whoseword.intake.cad.rows import Row
from whoseword.intake.cad.times import Reading, RowTime, read_time

NEVER: Final = datetime.max.replace(tzinfo=UTC)


class Timed(NamedTuple):
    """A row with what tells it from others, its times, and its clock.

    ``time`` is when it happened, ``entered`` when it was typed, the same where the export has but
    one; ``name`` is which of the map's clocks it was, None for the one that all share.
    """

    row: Row
    key: str
    number: str
    time: RowTime
    entered: RowTime
    clock: Clock
    name: str | None

    @property
    def order(self) -> tuple[datetime, str]:
        """When the record had it; rows of which nobody knows come last."""
        return self.entered.moment or NEVER, self.key

    def cell(self, column: str | None) -> str:
        """What stands in a column; empty where nothing does, or the export has no such column."""
        return cell(self.row, column)

    def at(self, written: str, cad: CadMap, reading: Reading) -> RowTime:
        """Another time that stands in the row, by the same clock."""
        return read_time(written, cell(self.row, cad.columns.offset), self.clock, reading)


def cell(row: Row, column: str | None) -> str:
    """What stands in a column of a row, without the space around it."""
    return row.cells.get(column, "").strip() if column is not None else ""


def _clock(name: str | None, cad: CadMap) -> Clock:
    """What is stated of a row's clock: of one that the map does not name, nothing is."""
    if name is None or not cad.clocks:
        return cad.clock
    return cad.clocks.get(name, Clock())


def timed(rows: Iterable[tuple[Row, str, str]], cad: CadMap, reading: Reading) -> Iterator[Timed]:
    """Rows with their keys and their numbers, each with its times."""
    columns = cad.columns
    for row, key, number in rows:
        name = cell(row, columns.clock) or None
        clock = _clock(name, cad)
        offset = cell(row, columns.offset)
        written = " ".join(filter(None, (cell(row, columns.date), cell(row, columns.time))))
        time = read_time(written, offset, clock, reading)
        typed = cell(row, columns.entered)
        entered = read_time(typed, offset, clock, reading) if typed else time
        yield Timed(row, key, number, time, entered, clock, name)
