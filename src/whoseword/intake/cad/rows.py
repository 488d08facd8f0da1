"""The rows of an export, one at a time, each with its line; what is no row is told and lost by nobody.

A CSV file has no end of a row but a line's end outside of quotes (RFC 4180), so a quotation mark that
is never closed could swallow the rest of a file: a cell has a limit, and what is swallowed until then
is told with its lines and handed on as it stands. Memory holds one row.
"""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final, NamedTuple

import msgspec

from whoseword.intake.cad.maps import CadMap, MapFault

LONGEST_LINE: Final = 1 << 20
LONGEST_ROW: Final = 60_000
"""Characters: twice in a statement, each of four bytes, they stay under a line's limit."""
LONGEST_NUMBER: Final = 100
NO_TEXT: Final = re.compile("[\ud800-\udfff]")
_SAYING: Final = ("status", "note", "address", "type", "priority", "caller", "received")


class Row(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A row: where it stands, and its cells that hold something, by their columns' names."""

    file: str
    line: int
    cells: dict[str, str]


class Refused(NamedTuple):
    """Lines that cannot be taken: from which to which, why, what to do, and how they are written."""

    file: str
    line: int
    last: int
    problem: str
    remedy: str
    raw: bytes

    def __str__(self) -> str:
        lines = f"{self.line}" if self.line == self.last else f"{self.line}-{self.last}"
        return f"{self.file}:{lines}: {self.problem}; {self.remedy}"


class Rows:
    """The rows of one file, iterated once. ``head`` is its first line as written.

    Raises ``MapFault`` where the file has not the columns that the map names.
    """

    def __init__(self, name: str, stream: BinaryIO, cad: CadMap) -> None:
        self._name, self._map = name, cad
        self._lines = Lines(name, stream, cad.file.encoding)
        self._reader = csv.reader(self._lines, delimiter=cad.file.delimiter, strict=True)
        self._named = named = cad.columns.named()
        said = [named[name] for name in _SAYING if name in named]
        said += [*cad.times.values(), *(one.column for one in cad.answers.values())]
        self._saying = tuple(said)
        self.head = b""
        self.columns: list[str] = []

    @property
    def done(self) -> int:
        """How many bytes have been read."""
        return self._lines.done

    def __iter__(self) -> Iterator[Row | Refused]:
        self._read_head()
        while True:
            first = self._lines.number + 1
            self._lines.raw.clear()
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield self._refused(first, *plain_fault(str(error)))
                continue
            if not self.columns:
                self.columns = [f"column {number}" for number in range(1, len(cells) + 1)]
                self._hold_to(self.columns)
            found = self._row(first, cells)
            if found is not None:
                yield found

    def _read_head(self) -> None:
        """Read the names of the columns; without a header the first row tells how many there are."""
        if not self._map.file.header:
            return
        try:
            names = [name.strip() for name in next(self._reader, [])]
        except csv.Error as error:
            problem, remedy = plain_fault(str(error))
            raise MapFault(f"{self._name}:1: {problem}; {remedy}") from None
        self.head = bytes(self._lines.raw)
        self._hold_to(names)
        self.columns = names

    def _hold_to(self, names: Sequence[str]) -> None:
        counted = Counter(names)
        missing = [name for name in self._map.columns_used() if counted[name] != 1]
        if missing:
            what = "stands there twice" if counted[missing[0]] else "is not among its columns"
            has = ", ".join(name for name in names if name) or "none"
            raise MapFault(
                f"{self._name}:1: the map's column {missing[0]!r} {what}; it has {has}. Name them "
                "in the map as the file writes them, or say how it is parted (file.delimiter)"
            )

    def _row(self, first: int, cells: Sequence[str]) -> Row | Refused | None:
        if self._lines.overlong:
            return self._refused(first, "it is longer than a row may be", SPLIT)
        if not any(cell.strip() for cell in cells) or self._is_heading(first, cells):
            return None
        if len(cells) != len(self.columns):
            return self._refused(
                first,
                f"it has {len(cells)} cells where the file has {len(self.columns)} columns",
                "mend the row, or put a cell that holds the delimiter between quotation marks",
            )
        told = {name: cell for name, cell in zip(self.columns, cells, strict=True) if cell.strip()}
        fault = self._fault(told)
        return self._refused(first, *fault) if fault else Row(self._name, first, told)

    def _is_heading(self, first: int, cells: Sequence[str]) -> bool:
        """Whether the heading stands here again, as in pages or exports that were put together.

        Raises ``MapFault`` where it is another: nobody says whose columns the rows after it have.
        """
        named = [cell.strip() for cell in cells]
        if not self._map.file.header or not set(self._map.columns_used()) <= set(named):
            return False
        if named != self.columns:
            raise MapFault(
                f"{self._name}:{first}: another heading stands here, with its columns in another "
                "order; part the file before this line, and give both parts"
            )
        return True

    def _fault(self, cells: dict[str, str]) -> tuple[str, str] | None:
        """Why a row cannot be taken, and what to do; None where it can."""
        if sum(map(len, cells.values())) > LONGEST_ROW:
            return "it is longer than a row may be", SPLIT
        if any(NO_TEXT.search(cell) for cell in cells.values()):
            return (
                f"it is not {self._map.file.encoding}",
                'say how the file is written, e.g. encoding = "cp1252" under [file]',
            )
        if any("\x00" in cell for cell in cells.values()):
            return "it holds the character U+0000", "remove it"
        number = self._named["incident"]
        if not re.search("[A-Za-z0-9]", cells.get(number, "")):
            return (
                f"no incident's number stands in {number!r}",
                "write it there; a row is never given to the incident above it",
            )
        if len(cells[number]) > LONGEST_NUMBER:
            return (
                f"what stands in {number!r} is too long for an incident's number",
                f"name the column of the number; it has {LONGEST_NUMBER} characters at most",
            )
        if not any(name in cells for name in self._saying):
            return "it says nothing: none of the columns that do holds anything", "leave it out"
        return None

    def _refused(self, first: int, problem: str, remedy: str) -> Refused:
        last = max(first, self._lines.number)
        return Refused(self._name, first, last, problem, remedy, bytes(self._lines.raw))


class Lines:
    """The lines of a file as text; what is read since ``raw`` was last cleared stands in it."""

    def __init__(self, name: str, stream: BinaryIO, encoding: str) -> None:
        self._name = name
        self._stream = stream
        # A byte-order mark is not a part of the first column's name.
        self._encoding = "utf-8-sig" if codecs.lookup(encoding).name == "utf-8" else encoding
        self.number = 0
        self.done = 0
        self.overlong = False
        self.raw = bytearray()

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        self.overlong = False
        line = self._stream.readline(LONGEST_LINE)
        if not self.number:
            self._hold_to_a_file(line)
        if not line:
            raise StopIteration
        self.number += 1
        self.done += len(line)
        self.raw += line
        while line and not line.endswith(b"\n") and len(line) == LONGEST_LINE:
            # The rest of an endless line goes by unread; it is no row anyhow.
            self.overlong = True
            line = self._stream.readline(LONGEST_LINE)
            self.done += len(line)
        if self.overlong:
            return "\n"
        codec = self._encoding if self.number == 1 else self._encoding.removesuffix("-sig")
        return line.decode(codec, "surrogateescape")

    def _hold_to_a_file(self, first: bytes) -> None:
        """Raises ``MapFault`` where the file holds nothing, or is not read byte by byte."""
        if not first:
            raise MapFault(f"{self._name}: the file is empty; export it again")
        if first.startswith(_WIDE) or first[1:2] == b"\x00" or first[:1] == b"\x00":
            raise MapFault(
                f"{self._name}:1: it is written as UTF-16 (or UTF-32); save it as UTF-8, "
                'e.g. "CSV UTF-8" in a spreadsheet, and give that file'
            )


_WIDE: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
SPLIT: Final = f"split it; a row holds {LONGEST_ROW:,} characters at most"


def plain_fault(error: str) -> tuple[str, str]:
    """What the parser found, in this trade's words."""
    if "field larger" in error or "unexpected end" in error:
        return (
            "a quotation mark is opened here and not closed in time",
            "close it, or double a mark that stands for itself",
        )
    if "expected after" in error:
        return (
            "a quotation mark closes in the middle of a cell",
            "double a mark that stands for itself",
        )
    if "new-line character" in error:
        return (
            "a carriage return stands here that ends no line, as in files whose lines end so alone",
            "save the file with the line ends of Windows or Unix (CRLF or LF)",
        )
    return f"it is no row of CSV ({error})", "mend it"
