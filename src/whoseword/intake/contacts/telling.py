"""What a row tells, read by the map; and by what an import is known again."""

from datetime import date, datetime, tzinfo
from functools import lru_cache
from hashlib import sha256
from typing import Final, NamedTuple
from uuid import UUID

import msgspec

from whoseword.contacts.filed import FiledContact, FiledPerson, Outcome
from whoseword.intake.cad.maps import Clock
from whoseword.intake.cad.rows import Refused
from whoseword.intake.cad.times import Reading as TimeReading
from whoseword.intake.cad.times import read_time
from whoseword.intake.contacts.files import FileRow
from whoseword.intake.contacts.maps import ContactMap, PersonColumns
from whoseword.words.times import parse_zone

_DOMAIN: Final = b"whoseword contacts 1\n"
_VERSION, _VARIANT = 0x7 << 76, 0x2 << 62
_NO_CLOCK: Final = Clock()


class Reading(NamedTuple):
    """How a file's rows are read: its map, and how its times are."""

    told: ContactMap
    times: TimeReading


class _Unread(Exception):
    """Something in a row cannot be read: what is wrong, and what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem, self.remedy = problem, remedy


def reading_of(told: ContactMap, zone: tzinfo, now: datetime) -> Reading:
    """How rows are read; the map's zone comes before the home's."""
    own = parse_zone(told.time.zone) if told.time.zone else zone
    return Reading(told, TimeReading(told.time, own, now))


def batch_id(content: bytes, told: ContactMap, zone: str) -> str:
    """The id of an import: of the file's digest, its map, and the zone in which it is read.

    So the same file is known again, and read otherwise it is another import. It has the form that
    an id must have (UUIDv7, RFC 9562), with the moment 0.
    """
    parts = (content, msgspec.json.encode(told, order="sorted"), zone.encode())
    framed = b"".join(len(part).to_bytes(8, "big") + part for part in parts)
    bits = int(sha256(_DOMAIN + framed).hexdigest()[:20], 16)
    high, low = bits >> 68 & 0xFFF, bits & (1 << 62) - 1
    return str(UUID(int=_VERSION | high << 64 | _VARIANT | low))


def contact_of(name: str, row: FileRow, reading: Reading) -> FiledContact | Refused:
    """What a row tells, or why it cannot be taken: never a part of it."""
    try:
        return _contact(row, reading)
    except _Unread as unread:
        return Refused(name, row.line, row.last, unread.problem, unread.remedy, row.raw)


def _contact(row: FileRow, reading: Reading) -> FiledContact:
    told, columns = reading.told, reading.told.columns
    persons = tuple(
        person for who in told.persons.values() if (person := _person(row, who, told)) is not None
    )
    found = FiledContact(
        agency=_cell(row, columns.agency) or told.agency,
        line=row.line,
        place=_cell(row, columns.place),
        when=_when(row, reading),
        when_written=_cell(row, columns.time),
        kind=_cell(row, columns.kind),
        outcome=_outcome(row, told),
        persons=persons,
        note=_cell(row, columns.note),
        review=_day(row, columns.review, told),
        expires=_day(row, columns.expires, told),
        row=_cell(row, columns.row),
    )
    if found.place is None and not any(one.name for one in persons):
        raise _Unread("it says neither where nor with whom it was", "write one of them there")
    if not (found.when or found.kind or found.outcome or found.note):
        raise _Unread("it says nothing of a contact", "write when it was, or what came of it")
    return found


def _cell(row: FileRow, column: str | None) -> str | None:
    return " ".join(row.cells.get(column, "").split()) or None if column is not None else None


def _when(row: FileRow, reading: Reading) -> str | None:
    written = _cell(row, reading.told.columns.time)
    if written is None:
        return None
    time = read_time(written, "", _NO_CLOCK, reading.times)
    if time.told is None:
        raise _Unread(
            f"its time {written!r} cannot be read: {time.why}", "write it as the map says"
        )
    day = time.told[:10]
    if time.moment is None and day > reading.times.now.astimezone(reading.times.zone).date().isoformat():  # fmt: skip
        raise _Unread(f"its day {written!r} lies after now", "mend it; a contact is in the past")
    return time.told


def _outcome(row: FileRow, told: ContactMap) -> Outcome | None:
    written = _cell(row, told.columns.outcome)
    if written is None:
        return None
    outcome = told.outcomes.get(written)
    if outcome is None:
        raise _Unread(
            f"the map does not say what the outcome {written!r} is",
            "place the word in [outcomes], or leave the row out",
        )
    return outcome


def _person(row: FileRow, who: PersonColumns, told: ContactMap) -> FiledPerson | None:
    name, phone = _cell(row, who.name), _cell(row, who.phone)
    born = _day(row, who.born, told)
    return FiledPerson(name, born, phone) if name or phone or born else None


def _day(row: FileRow, column: str | None, told: ContactMap) -> str | None:
    written = _cell(row, column)
    if written is None:
        return None
    days = _days(written, told.days.formats)
    if len(days) != 1:
        many = "in more ways than one" if days else "by none of the map's formats (days.formats)"
        raise _Unread(f"the day {written!r} in {column!r} can be read {many}", "write it otherwise")
    return days[0].isoformat()


@lru_cache(maxsize=65_536)
def _days(written: str, formats: tuple[str, ...]) -> tuple[date, ...]:
    found = set()
    for form in formats:
        try:
            found.add(datetime.strptime(written, form).date())  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return tuple(sorted(found))
