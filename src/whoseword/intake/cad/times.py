"""The time of a row: as it is written, as its own clock means it, and after what is stated of that clock.

All three are kept. A time that can be read in two ways, or in none, stays the words that stand there:
a two-digit year without a stated century, digits that can be parted in two ways, a time of day without a date, 24:00, an hour that came
twice or never when the clocks were changed. Nothing is taken from the rows around it.
"""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Any, Final, NamedTuple

import msgspec

from whoseword.intake.cad.maps import Clock, Timing
from whoseword.words.times import Happened

_MIDNIGHT: Final = re.compile(r"\b24:\d\d")
_TIME_ALONE: Final = re.compile(r"\d{1,2}:?\d\d(?::\d\d(?:\.\d+)?)?(?: ?[AaPp][Mm])?")
_OFFSET: Final = re.compile(r"(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d)")
_MINUTE: Final = timedelta(minutes=1)
_SECOND: Final = timedelta(seconds=1)


class RowClock(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a statement keeps of its row's own clock (``x_clock``).

    ``row`` is the time as it stands there, ``read_as`` the same as EDTF by that clock, ``clock`` its
    name in the map, ``offset`` what must be added to it and ``uncertainty`` by how much that may be
    wrong, in seconds; ``entered`` when the row was typed, where that is another time as it stands
    there; ``kept_as_said`` why no moment was made of it. None is what nobody stated.
    """

    row: str
    read_as: str | None = None
    clock: str | None = None
    offset: float | None = None
    uncertainty: float | None = None
    entered: str | None = None
    kept_as_said: str | None = None


class RowTime(NamedTuple):
    """When a row says that it was.

    ``written`` is what stands there, ``read_as`` that as EDTF by the row's own clock, ``told`` as
    EDTF after the clock's offset, with its uncertainty as an interval, or the words where they
    cannot be read. ``moment`` is the corrected moment; None with the reason in ``why``.
    """

    written: str
    read_as: str | None
    told: str | None
    moment: datetime | None
    why: str | None
    clock: Clock

    @property
    def said(self) -> str | None:
        """For a statement's ``said``: EDTF, or the words used."""
        return self.told or self.written or None

    @property
    def happened(self) -> str | Happened | None:
        """For a fact's ``happened``."""
        if self.told is not None:
            return self.told
        return Happened(words=self.written) if self.written else None

    def kept(self, name: str | None, entered: str | None = None) -> dict[str, Any]:
        """What is kept with each statement; ``name`` is which clock it was (``RowClock``)."""
        clock = RowClock(
            row=self.written,
            read_as=self.read_as,
            clock=name,
            offset=self.clock.offset_s,
            uncertainty=self.clock.uncertainty_s,
            entered=entered,
            kept_as_said=self.why,
        )
        found: dict[str, Any] = msgspec.to_builtins(clock)
        return found


class Reading(NamedTuple):
    """How the times of a file are read: what the map states, the zone, and what is now."""

    timing: Timing
    zone: tzinfo
    now: datetime


class _Read(NamedTuple):
    """A time as written: the wall clock, its width, and whether it carries an offset itself."""

    wall: datetime
    width: timedelta


def read_time(written: str, offset: str, clock: Clock, reading: Reading) -> RowTime:
    """The time that is written in a row; ``offset`` is what its own column says of UTC."""
    text = " ".join(written.split())
    unread = RowTime(text, None, None, None, None, clock)
    if not text:
        return unread._replace(why="no time stands there")
    found, why = _wall(text, reading.timing.formats, reading.timing.century)
    if found is None:
        return unread._replace(why=why)
    if found.width > _MINUTE:
        day = found.wall.date().isoformat()
        return unread._replace(read_as=day, told=day, why="a date stands there and no time")
    start, why = _placed(found.wall, offset, reading)
    if start is None:
        return unread._replace(why=why)
    try:
        corrected = start + timedelta(seconds=clock.offset_s or 0)
        moment = corrected.astimezone(UTC)
        told = _edtf(corrected, found.width, timedelta(seconds=clock.uncertainty_s or 0))
        read_as = _edtf(start, found.width, timedelta())
    except OverflowError:
        return unread._replace(why="no calendar holds it")
    if moment > reading.now:
        # It may not be recorded later than now, and a clock that runs ahead cannot be put right here.
        return unread._replace(read_as=read_as, why="it lies after now")
    return RowTime(text, read_as, told, moment, None, clock)


@lru_cache(maxsize=4096)
def _wall(
    text: str, formats: tuple[str, ...], century: int | None
) -> tuple[_Read | None, str | None]:
    """The wall clock in a text by the formats of the map; or why there is none."""
    found: dict[datetime, timedelta] = {}
    years_open = False
    for form in formats:
        try:
            wall = datetime.strptime(text, form)  # noqa: DTZ007 - the zone is found next
            if "%y" in form:
                if century is None:
                    years_open = True
                    continue
                wall = wall.replace(year=century + wall.year % 100)
            if not _gives_back(text, wall, form):
                continue
        except ValueError:
            continue
        found.setdefault(wall, _width(form))
    if len(found) > 1:
        both = " or ".join(one.isoformat() for one in sorted(map(_plain, found)))
        return None, f"it can be read in more ways than one: {both}"
    if found:
        [(wall, width)] = found.items()
        return _Read(wall, width), None
    if years_open:
        return None, "its year has two digits, and the map states no century"
    if _MIDNIGHT.search(text):
        return None, "24:00 ends one day and begins the next, and which is meant is not stated"
    if _TIME_ALONE.fullmatch(text):
        return None, "a time of day stands there and no date"
    return None, "it is written in none of the map's formats"


def _gives_back(text: str, wall: datetime, form: str) -> bool:
    """Whether a time, written by its format, is the text again.

    ``strptime`` takes "130" for ``%H%M`` and reads 13:00 where 01:30 was meant: only a nought that
    begins a number after a space or a stroke may be missing, and those that end a fraction.
    """
    return _evened(wall.strftime(form), form) == _evened(text, form)


def _evened(text: str, form: str) -> str:
    told = " ".join(text.split()).casefold()
    if "%z" in form:
        told = re.sub(r"([+-]\d\d):(\d\d)$", r"\1\2", re.sub(r"z$", "+0000", told))
    if "%f" in form:
        told = re.sub(r"(\.\d*?)0+(?!\d)", r"\1", told)
    return re.sub(r"(?<![\d:.+-])0(?=\d)|(?<=[\d]-)0(?=\d)", "", told)


def _plain(wall: datetime) -> datetime:
    return wall.replace(tzinfo=None)


def _width(form: str) -> timedelta:
    """How long what a format can tell lasts."""
    if "%f" in form:
        return timedelta(microseconds=1)
    if "%S" in form:
        return _SECOND
    return _MINUTE if "%M" in form else timedelta(days=1)


def _placed(wall: datetime, offset: str, reading: Reading) -> tuple[datetime | None, str | None]:
    """A wall clock as a moment with its offset from UTC; or why it is none."""
    if wall.tzinfo is not None:
        return wall, None
    if offset:
        its = _offset_of(reading.timing.offsets.get(offset, offset))
        if its is None:
            return None, f"an offset stands there that the map does not explain: {offset}"
        return wall.replace(tzinfo=its), None
    local = wall.replace(tzinfo=reading.zone)
    first, second = local.replace(fold=0).utcoffset(), local.replace(fold=1).utcoffset()
    if first is None or second is None:
        return None, "its zone gives no offset for it"
    if first > second:
        return None, "that hour came twice when the clocks were put back"
    if first < second:
        return None, "that hour did not come, for the clocks were put forward"
    return wall.replace(tzinfo=timezone(first)), None


def _offset_of(text: str) -> timezone | None:
    if text == "Z":
        return UTC
    match = _OFFSET.fullmatch(text)
    if match is None or int(match["hours"]) > 14 or int(match["minutes"]) > 59:
        return None
    distance = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"]))
    return timezone(-distance if match["sign"] == "-" else distance)


def _edtf(start: datetime, width: timedelta, unsure: timedelta) -> str:
    """A moment so wide, give or take, as EDTF: a minute, a second, or the interval left open."""
    if not unsure and width == _MINUTE and not start.second and not start.microsecond:
        return _text(start, "minutes")
    last = start + (width - _SECOND if width > _SECOND else timedelta())
    begin, end = start - unsure, last + unsure
    return _text(begin) if begin == end else f"{_text(begin)}/{_text(end)}"


def _text(moment: datetime, timespec: str | None = None) -> str:
    fine = timespec or ("microseconds" if moment.microsecond else "seconds")
    return moment.isoformat(timespec=fine).replace("+00:00", "Z")
