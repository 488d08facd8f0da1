"""From when a deadline runs, and when it ends.

Hours run from ``happened`` where it is stated to the minute, else from ``recorded`` (contract,
section 5), and are hours that pass: a change to daylight-saving time makes none of them longer.
Days end in the home's zone, at the last second of the day. Business days leave out Saturdays,
Sundays and the state's holidays. A correction starts no clock anew: it moves one only by telling
when the thing happened.

For what recurs no text here gives a day, so the latest is taken that still keeps the rhythm: a
year from the trigger; a week from the last report; for a month or a quarter, whose report is made
when it is over, the end of the next one, when the next report is owed.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple, assert_never

from whoseword.account.positions import Take
from whoseword.duties.rule import Deadline, DeadlineKind, Per
from whoseword.words.times import Span, edtf_span, microseconds, moment_from

_MINUTE = 60_000_000
_END_OF_DAY = time(23, 59, 59)
_MONTHS = {Per.MONTH: 1, Per.QUARTER: 3}
_SUNDAY = 6

ALSO_HOLIDAYS: dict[str, tuple[tuple[int, int], ...]] = {"MO": ((2, 12),)}
"""State holidays that the ``holidays`` library leaves out, as month and day.

Missouri: "the twelfth day of February", Lincoln Day (RSMo 9.010, 9.020). One that falls on a
Sunday is kept on the Monday (9.010).
"""


class Start(NamedTuple):
    """The moment from which hours run, the day from which days run, and the earliest it can be.

    ``told`` holds where somebody said when it happened, as a time with two ends.
    """

    moment: datetime
    day: date
    earliest: datetime
    to_the_minute: bool
    told: bool


def start_of(takes: Sequence[Take], zone: tzinfo) -> Start:
    """From when the clock of what a statement started runs; before it stand those it corrects.

    The last of them to tell when it happened says so; where none does to the minute, hours run from
    when the first was recorded.
    """
    starts = [_start(take, zone) for take in takes]
    told = next((one for one in reversed(starts) if one.told), starts[0])
    if told.to_the_minute:
        return told
    return told._replace(moment=starts[0].moment, earliest=min(told.earliest, starts[0].moment))


def _start(take: Take, zone: tzinfo) -> Start:
    recorded = _recorded(take)
    span = _span(take, zone)
    if span is None:
        return Start(recorded, recorded.astimezone(zone).date(), recorded, False, False)
    first, last = (one.astimezone(UTC) for one in span)
    days = [one.date() for one in span]
    if last - first < timedelta(microseconds=_MINUTE):
        return Start(first, days[0], first, True, True)
    day = days[0] if days[0] == days[1] else recorded.astimezone(zone).date()
    return Start(recorded, day, min(first, recorded), False, True)


def latest_of(take: Take, zone: tzinfo) -> datetime:
    """The latest moment at which what a statement tells can have happened."""
    span = _span(take, zone)
    return _recorded(take) if span is None else span[1]


def _recorded(take: Take) -> datetime:
    assert take.statement.recorded is not None, "what was never recorded is not known"
    return take.statement.recorded


def _span(take: Take, zone: tzinfo) -> tuple[datetime, datetime] | None:
    """Both ends of when it happened, in the zone, where it was told as EDTF with two ends."""
    if not isinstance(take.happened, str):
        return None
    span = edtf_span(take.happened, zone) or Span(None, None)
    if span.earliest is None or span.latest is None:
        return None
    try:
        first, last = moment_from(span.earliest), moment_from(span.latest)
        return first.astimezone(zone), last.astimezone(zone)
    except OverflowError:  # EDTF reaches beyond the years that a datetime can hold
        return None


def due_of(
    deadline: Deadline, start: Start, zone: tzinfo, state: str | None, last: datetime | None
) -> datetime | None:
    """When it is due; None where no number stands in the rule, or beyond the calendar.

    ``state`` is whose holidays count, ``last`` the last report of what recurs by the week.
    """
    try:
        return _due(deadline, start, zone, state, last)
    except (OverflowError, ValueError):
        return None


def _due(
    deadline: Deadline, start: Start, zone: tzinfo, state: str | None, last: datetime | None
) -> datetime | None:
    amount = deadline.amount or 0
    match deadline.kind:
        case DeadlineKind.IMMEDIATE | DeadlineKind.ON_EVENT | DeadlineKind.LOCAL_POLICY:
            return None
        case DeadlineKind.HOURS:
            return _hours(start, -amount if deadline.before else amount, deadline.before)
        case DeadlineKind.CALENDAR_DAYS:
            days = -amount if deadline.before else amount
            return _end_of(start.day + timedelta(days=days), zone)
        case DeadlineKind.BUSINESS_DAYS:
            return _end_of(_business_days(start.day, amount, deadline.before, state), zone)
        case DeadlineKind.RECURRING:
            return _end_of(_next_report(start.day, deadline.per, zone, last), zone)
        case _:  # pragma: no cover
            assert_never(deadline.kind)


def _hours(start: Start, hours: int, before: bool) -> datetime | None:
    """So many hours after; before a thing only where its minute was told."""
    if before and not start.to_the_minute:
        return None
    return start.moment + timedelta(hours=hours)


def _end_of(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, _END_OF_DAY, tzinfo=zone).astimezone(UTC)


def _business_days(day: date, amount: int, before: bool, state: str | None) -> date:
    step = timedelta(days=-1 if before else 1)
    while amount:
        day += step
        if is_business_day(day, state):
            amount -= 1
    return day


def is_business_day(day: date, state: str | None) -> bool:
    """Whether that is no Saturday, no Sunday and no holiday of the state (None: federal ones)."""
    return day.weekday() < 5 and day not in _holidays(state, day.year)


@lru_cache(maxsize=1_024)
def _holidays(state: str | None, year: int) -> frozenset[date]:
    from holidays import country_holidays

    also = [date(year, month, day) for month, day in ALSO_HOLIDAYS.get(state or "", ())]
    kept = [one + timedelta(days=1) if one.weekday() == _SUNDAY else one for one in also]
    return frozenset({*country_holidays("US", subdiv=state, years=year), *kept})


def is_state(code: str) -> bool:
    """Whether that is the postal code of a state whose holidays are known."""
    from holidays import list_supported_countries

    return code in list_supported_countries()["US"]


def _next_report(day: date, per: Per | None, zone: tzinfo, last: datetime | None) -> date:
    match per:
        case Per.WEEK:
            counted = last.astimezone(zone).date() if last else day
            return counted + timedelta(days=7)
        case Per.MONTH | Per.QUARTER:
            return _end_of_next(day, _MONTHS[per])
        case Per.YEAR | None:
            return _a_year_after(day)
        case _:  # pragma: no cover
            assert_never(per)


def _end_of_next(day: date, months: int) -> date:
    """The last day of the period of so many months that follows the day's own."""
    first = (day.year * 12 + day.month - 1) // months * months
    year, month = divmod(first + 2 * months, 12)
    return date(year, month + 1, 1) - timedelta(days=1)


def _a_year_after(day: date) -> date:
    """The same day a year later; of 29 February, the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def in_whole_seconds(start: datetime, end: datetime) -> int:
    """The seconds that passed, none where the end comes first."""
    return max(0, (microseconds(end) - microseconds(start)) // 1_000_000)
