"""The rows of a file of contacts, one at a time: CSV by its lines, Parquet by its rows.

Memory holds one row of CSV, or one part of a Parquet file. A typed cell of Parquet is told as the
words that a CSV of it would hold: a day, a moment and a number in their plain forms.
"""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from whoseword.intake.cad.maps import MapFault
from whoseword.intake.cad.rows import LONGEST_ROW, NO_TEXT, SPLIT, Lines, Refused, plain_fault
from whoseword.intake.contacts.maps import ContactMap

_ROWS_AT_ONCE: Final = 5_000


class FileRow(NamedTuple):
    """A row: its line (of Parquet its number, counted from 1), its cells, and how it is written."""

    line: int
    last: int
    cells: dict[str, str]
    raw: bytes


def csv_rows(name: str, stream: BinaryIO, told: ContactMap) -> Iterator[FileRow | Refused]:
    """The rows of a CSV file. Raises ``MapFault`` where it has not the columns of the map."""
    lines = Lines(name, stream, told.file.encoding)
    reader = csv.reader(lines, delimiter=told.file.delimiter, strict=True)
    columns: list[str] = []
    while True:
        first = lines.number + 1
        lines.raw.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if told.file.header and not columns:
                raise MapFault(f"{name}:1: {'; '.join(plain_fault(str(error)))}") from None
            last = max(first, lines.number)
            yield Refused(name, first, last, *plain_fault(str(error)), bytes(lines.raw))
            continue
        if not columns:
            named = [cell.strip() for cell in cells]
            columns = named if told.file.header else [f"column {n + 1}" for n in range(len(cells))]
            _hold_to(name, columns, told)
            if told.file.header:
                continue
        if not any(cell.strip() for cell in cells):
            continue
        last, raw = max(first, lines.number), bytes(lines.raw)
        if lines.overlong:
            yield Refused(name, first, last, "it is longer than a row may be", SPLIT, raw)
        elif len(cells) != len(columns):
            problem = f"it has {len(cells)} cells where the file has {len(columns)} columns"
            remedy = "mend the row, or put a cell that holds the delimiter between quotation marks"
            yield Refused(name, first, last, problem, remedy, raw)
        else:
            row = dict(zip(columns, cells, strict=True))
            yield _checked(name, FileRow(first, last, row, raw), told.file.encoding)


def parquet_rows(name: str, file: Path, told: ContactMap) -> Iterator[FileRow | Refused]:
    """The rows of a Parquet file. Raises ``MapFault`` where it cannot be read by the map."""
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    used = told.columns_used()
    try:
        with ParquetFile(file) as opened:
            _hold_to(name, opened.schema_arrow.names, told)
            number = 0
            for part in opened.iter_batches(batch_size=_ROWS_AT_ONCE, columns=used):
                for cells in part.to_pylist():
                    number += 1
                    row = {column: _words(cell) for column, cell in cells.items()}
                    if any(word.strip() for word in row.values()):
                        yield _checked(name, FileRow(number, number, row, b""), "utf-8")
    except (ArrowException, OSError) as error:
        raise MapFault(f"{name}: it is no Parquet file that can be read ({error})") from None


def _words(cell: object) -> str:
    """A typed cell in words."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _hold_to(name: str, columns: Sequence[str], told: ContactMap) -> None:
    counted = Counter(columns)
    for column in told.columns_used():
        if counted[column] != 1:
            what = "stands there twice" if counted[column] else "is not among its columns"
            has = ", ".join(one for one in columns if one) or "none"
            raise MapFault(
                f"{name}:1: the map's column {column!r} {what}; it has {has}. Name them in the map "
                "as the file writes them, or say how it is parted (file.delimiter)"
            )


def _checked(name: str, row: FileRow, encoding: str) -> FileRow | Refused:
    problem, remedy = "", ""
    if sum(map(len, row.cells.values())) > LONGEST_ROW:
        problem, remedy = "it is longer than a row may be", SPLIT
    elif any(NO_TEXT.search(cell) for cell in row.cells.values()):
        problem, remedy = f"it is not {encoding}", 'say how it is written (encoding = "cp1252")'
    elif any("\x00" in cell for cell in row.cells.values()):
        problem, remedy = "it holds the character U+0000", "remove it"
    if problem:
        return Refused(name, row.line, row.last, problem, remedy, row.raw)
    return row
