"""The two times: when it was recorded, and when people say that it happened.

What people say of time is kept as they say it. A date is EDTF (Library of Congress, Extended
Date/Time Format, 2019; ISO 8601-2), an event can be told against another ("at arrival"), and
words ("Thursday") stay words: nothing resolves them to a calendar day. A span of EDTF is only
ever used to ask whether two tellings can be of one time.
"""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from whoseword.words.errors import WordFault

ANCHOR_RELATIONS = ("at", "before", "after", "during")


class Happened(
    msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True, omit_defaults=True
):
    """A time told by an anchor (``{"at": "arrival"}``) or in words (``{"words": "Thursday"}``).

    Exactly one of the five is given; an anchor may be a matter string.
    """

    at: str | None = None
    before: str | None = None
    after: str | None = None
    during: str | None = None
    words: str | None = None

    def __post_init__(self) -> None:
        given = [name for name in self.__struct_fields__ if getattr(self, name) is not None]
        if len(given) != 1 or not getattr(self, given[0]).strip():
            raise ValueError("Expected exactly one of at, before, after, during, words")

    @property
    def anchor(self) -> tuple[str, str] | None:
        """The relation and the anchor, or None where the time is told in words."""
        for relation in ANCHOR_RELATIONS:
            value = getattr(self, relation)
            if value is not None:
                return relation, value
        return None


class Span(NamedTuple):
    """The earliest and the latest microsecond since 1970 that an EDTF expression allows.

    None where that end is open or unknown.
    """

    earliest: int | None
    latest: int | None

    def within(self, other: "Span") -> bool:
        """Whether every moment of it lies in the other; an open end lies in an open one only."""
        return (other.earliest is None or _not_before(self.earliest, other.earliest)) and (
            other.latest is None or _not_before(other.latest, self.latest)
        )


def _not_before(end: int | None, start: int | None) -> bool:
    return start is not None and end is not None and start <= end


def _not_after(start: int | None, end: int | None) -> bool:
    return start is None or end is None or start <= end


_DAY = 86_400_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DATE = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
_TIME = r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?"
_SIMPLE = re.compile(rf"(?P<date>{_DATE})(?:T(?P<time>{_TIME})(?P<zone>Z|[+-]\d\d(?::?\d\d)?)?)?")
_MAY_BE_EDTF = re.compile(r"[-Y\[{\dX][^\s]*\d[^\s]*")


def microseconds(moment: datetime) -> int:
    """Microseconds since 1970 of an aware moment."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment_from(count: int) -> datetime:
    """The moment so many microseconds after 1970, in UTC."""
    return _EPOCH + timedelta(microseconds=count)


def _days(year: int, month: int, day: int) -> int:
    """Days since 1970 in the proleptic Gregorian calendar, for any year (H. Hinnant's count)."""
    shifted = year - (month <= 2)
    era, of_era = divmod(shifted, 400)
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468


def _simple_span(match: re.Match[str], zone: tzinfo) -> Span | None:
    parts = [int(part) for part in match["date"].split("-")]
    if match["time"]:
        if len(parts) != 3:
            return None
        return _time_span(match, zone)
    year, month, day = [*parts, 1, 1][:3]
    try:
        first = datetime(year, month, day, tzinfo=zone)
        if len(parts) == 3:
            after = first + timedelta(days=1)
        elif len(parts) == 2:
            after = first.replace(year=year + month // 12, month=month % 12 + 1)
        else:
            after = first.replace(year=year + 1)
    except (ValueError, OverflowError):
        return None
    return Span(microseconds(first), microseconds(after) - 1)


def _time_span(match: re.Match[str], zone: tzinfo) -> Span | None:
    try:
        start = datetime.fromisoformat(f"{match['date']}T{match['time']}")
        start = start.replace(tzinfo=_offset(match["zone"], zone))
        first = microseconds(start)
    except (ValueError, OverflowError):
        return None
    whole = 60_000_000 if match["time"].count(":") == 1 else 1_000_000
    length = 1 if "." in match["time"] else whole
    return Span(first, first + length - 1)


def _offset(text: str | None, zone: tzinfo) -> tzinfo:
    if text is None:
        return zone
    if text == "Z":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    distance = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-distance if text[0] == "-" else distance)


def _library_span(text: str) -> Span | None:
    """Everything of EDTF levels 0 to 2 beyond plain dates, by the ``edtf`` library, to the day."""
    from edtf import EDTFParseException, parse_edtf

    try:
        parsed = parse_edtf(text)
        low, high = parsed.lower_strict(), parsed.upper_strict()
    except (EDTFParseException, ValueError, TypeError, AttributeError, OverflowError):
        return None
    return Span(_days(*low[:3]) * _DAY, (_days(*high[:3]) + 1) * _DAY - 1)


@lru_cache(maxsize=65_536)
def edtf_span(text: str, zone: tzinfo = UTC) -> Span | None:
    """The span of an EDTF expression; None where the text is not EDTF.

    A date or time without an offset is read in ``zone``. A time to the minute is taken (ISO
    8601-1), where EDTF itself asks for seconds. Both ends of an interval may be date-times;
    ``..`` and an empty end are open.
    """
    if simple := _SIMPLE.fullmatch(text):
        return _simple_span(simple, zone)
    if text.count("/") == 1:
        first, last = text.split("/")
        ends = [
            Span(None, None) if end in ("", "..") else edtf_span(end, zone) for end in (first, last)
        ]
        if ends[0] is None or ends[1] is None or first == last == "":
            return None
        if not _not_after(ends[0].earliest, ends[1].latest):
            return None
        return Span(ends[0].earliest, ends[1].latest)
    if len(text) > 100 or not _MAY_BE_EDTF.fullmatch(text):
        return None
    return _library_span(text)


def is_edtf(text: str) -> bool:
    """Whether the text is EDTF and not merely words."""
    return edtf_span(text) is not None


def parse_zone(text: str) -> tzinfo:
    """The IANA zone of that name (``America/Chicago``).

    Raises ``WordFault`` where there is none.
    """
    if text == "UTC":
        return UTC
    try:
        return ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise WordFault(
            "zone", f"{text!r} is no time zone", "give an IANA name such as America/Chicago"
        ) from None


def parse_moment(text: str, zone: tzinfo = UTC) -> datetime:
    """A moment of the record, in UTC, from RFC 3339 or a date.

    Without an offset it is read in ``zone``; a bare date is the last microsecond of that day, as
    "as of Friday" takes in Friday. Raises ``WordFault`` for anything else.
    """
    cleaned = text.strip().replace("t", "T").replace("z", "Z").replace(" ", "T", 1)
    match = _SIMPLE.fullmatch(cleaned)
    span = _simple_span(match, zone) if match and cleaned.count("-") >= 2 else None
    if match is None or span is None or span.earliest is None or span.latest is None:
        raise WordFault(
            "time",
            f"{text!r} is no moment",
            "write it as 2024-11-08T15:00:00Z, or as a day, 2024-11-08",
        )
    return moment_from(span.earliest if match["time"] else span.latest)


def moment_text(moment: datetime) -> str:
    """RFC 3339 in UTC, with a fraction only where there is one."""
    plain = moment.astimezone(UTC).replace(tzinfo=None)
    return plain.isoformat() + "Z"
