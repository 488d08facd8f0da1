"""The rows of one incident as statements, the same in whatever order they stand.

What a row says of its own (a status, a note, an answer) is the word of whom it names as author, else
the record's. What every row of a call repeats (where, which type, who called) is the record's word
once, with the time of the first row that has it; where a later row has another value, the record has
corrected itself, unless the rows do not tell which was later. Rows that stand twice are said once.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Final, NamedTuple

import msgspec

from whoseword.intake.cad.identities import row_key
from whoseword.intake.cad.maps import CadMap
from whoseword.intake.cad.rows import Row
from whoseword.intake.cad.saying import Speaking, of_a_call, of_a_row
from whoseword.intake.cad.timed import NEVER, Timed, timed
from whoseword.intake.cad.times import Reading, RowTime
from whoseword.intake.recordings import CLOCK
from whoseword.words import Statement, WordFault
from whoseword.words.rules import check

_APART: Final = re.compile(r"[^a-z0-9]+")


class Context(NamedTuple):
    """What a file is told by: the map, the book, the home's zone, now, and who answers for it.

    ``incident`` is the one incident that all of it is about; None where each number is its own.
    """

    cad: CadMap
    book: str
    zone: tzinfo
    now: datetime
    incident: str | None = None
    signed_by: str | None = None


class Saying(msgspec.Struct, frozen=True, array_like=True):
    """A statement, where its row stands, and whether it is the word of that row alone."""

    statement: Statement
    file: str
    line: int
    of_row: bool


class Told(NamedTuple):
    """What the rows of an incident say, in order, and what is noted of them.

    ``repeated`` are rows that stand twice, each with the first; ``as_said`` rows whose time stays as
    it was said, with why; ``refused`` rows that cannot be told, with what is wrong and what to do.
    """

    sayings: list[Saying]
    repeated: list[tuple[Row, Row]]
    as_said: list[tuple[Row, str, str]]
    refused: list[tuple[Row, str, str]]


def number_of(row: Row, cad: CadMap) -> str:
    """The incident's number as it is written."""
    return " ".join(row.cells[cad.columns.incident].split())


def incident_of(number: str, context: Context) -> str:
    """The name of the incident that a number stands for."""
    if context.incident is not None:
        return context.incident
    return context.cad.incidents.replace("{incident}", _slug(number))


@lru_cache(maxsize=4_096)
def _slug(number: str) -> str:
    plain = unicodedata.normalize("NFKD", number).encode("ascii", "ignore").decode()
    return _APART.sub("-", plain.lower()).strip("-")


def tell(rows: Iterable[Row], context: Context, stood: Collection[str] = ()) -> Told:
    """What the rows of one incident say; ``stood`` are the numbers that have its name already."""
    told = Told([], [], [], [])
    by_number: dict[str, list[Timed]] = defaultdict(list)
    reading = Reading(context.cad.time, context.zone, context.now)
    each = timed(_once(rows, context, told), context.cad, reading)
    for one in sorted(each, key=lambda one: one.order):
        by_number[one.number].append(one)
    numbers = sorted(by_number)
    taken = numbers
    if context.incident is None:
        taken = [one for one in numbers if one in stood] if stood else numbers[:1]
    for number in taken:
        _tell_call(by_number[number], number, context, told)
    for number in numbers:
        if number not in taken:
            first = min(stood) if stood else taken[0]
            problem = f"{number!r} and {first!r} give one name, {incident_of(number, context)}"
            problem += f", and {first!r} stands there already" if stood else ""
            remedy = "write them apart, or name the incident of both (--incident)"
            told.refused.extend((one.row, problem, remedy) for one in by_number[number])
    told.sayings.sort(key=lambda one: one.statement.recorded or NEVER)
    return told


def _once(rows: Iterable[Row], context: Context, told: Told) -> Iterator[tuple[Row, str, str]]:
    """Each row once, with its key and its number; what stands twice is noted."""
    seen: dict[str, Row] = {}
    for row in rows:
        number = number_of(row, context.cad)
        key = row_key(row, number, context.cad)
        first = seen.setdefault(key, row)
        if first is row:
            yield row, key, number
        elif first.cells == row.cells:
            told.repeated.append((row, first))
        else:
            told.refused.append(
                (
                    row,
                    f"its id stands at {first.file}:{first.line} too, with other words",
                    "give each row an id of its own, or leave columns.row out of the map",
                )
            )


def _tell_call(rows: Sequence[Timed], number: str, context: Context, told: Told) -> None:
    """Add what the rows of one call say, and which of their times stay as they were said."""
    speaking = Speaking(context.cad, context.book, incident_of(number, context), number)
    reading = Reading(context.cad.time, context.zone, context.now)
    noted = {(one.row.line, time.written): (one.row, time.written, time.why)
             for one in rows for time in _read_of(one, context.cad) if time.why is not None}  # fmt: skip
    call, each = of_a_call(rows, speaking, reading), of_a_row(rows, speaking, reading)
    for of_row, made in ((False, call), (True, each)):
        for statement, row in made:
            try:
                check(statement)
            except WordFault as fault:
                told.refused.append((row, f"{fault.field}: {fault.problem}", fault.remedy))
                continue
            signed = msgspec.structs.replace(statement, signed_by=context.signed_by)
            told.sayings.append(Saying(signed, row.file, row.line, of_row))
            clock = statement.extra[CLOCK]
            if clock["row"] and "kept_as_said" in clock:
                written, why = clock["row"], clock["kept_as_said"]
                noted.setdefault((row.line, written), (row, written, why))
    told.as_said.extend(noted.values())


def _read_of(one: Timed, cad: CadMap) -> tuple[RowTime, ...]:
    """The times that a row has of its own; none where the export has a column for each status."""
    own = cad.columns.time is not None or cad.columns.entered is not None
    return (one.time, one.entered) if own else ()
