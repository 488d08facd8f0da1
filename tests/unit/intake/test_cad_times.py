"""Times of an export: read where they can be, kept as said where not, never guessed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch_export import CHICAGO, NOW
from whoseword.intake.cad.maps import Clock, Timing
from whoseword.intake.cad.times import Reading, RowTime, read_time
from whoseword.words import Happened
from whoseword.words.times import edtf_span, microseconds

FORMATS = ("%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%m/%d/%y %H:%M:%S", "%m/%d/%Y")


RIGHT = Clock()


def read(written: str, *, offset: str = "", clock: Clock = RIGHT, **timing: object) -> RowTime:
    given = {"formats": FORMATS} | timing
    return read_time(written, offset, clock, Reading(Timing(**given), CHICAGO, NOW))  # type: ignore[arg-type]


def test_a_time_is_told_with_the_offset_that_held_then() -> None:
    winter, summer = read("03/06/2031 14:20:31"), read("07/06/2031 14:20:31")
    assert winter.told == "2031-03-06T14:20:31-06:00"
    assert winter.moment == datetime(2031, 3, 6, 20, 20, 31, tzinfo=UTC)
    assert summer.told == "2031-07-06T14:20:31-05:00"


def test_a_minute_stays_a_minute() -> None:
    assert read("03/06/2031 14:20").told == "2031-03-06T14:20-06:00"


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("03/06/31 14:20:31", "two digits"),
        ("14:20:31", "no date"),
        ("1420", "no date"),
        ("03/06/2031 24:00", "24:00"),
        ("24:00", "24:00"),
        ("11/02/2031 01:30:00", "twice"),
        ("03/09/2031 02:30:00", "did not come"),
        ("02/30/2031 10:00:00", "none of the map's formats"),
        ("03/06/2031 14:20:60", "none of the map's formats"),
        ("around two", "none of the map's formats"),
        ("12/01/2031 10:00:00", "after now"),
    ],
)
def test_what_cannot_be_read_stays_as_it_was_said_with_the_reason(written: str, why: str) -> None:
    found = read(written)
    assert found.moment is None
    assert found.why is not None
    assert why in found.why
    assert found.said == written
    assert found.happened == Happened(words=written)


def test_nothing_written_is_nothing_said() -> None:
    found = read("  ")
    assert (found.said, found.happened, found.moment) == (None, None, None)


def test_a_stated_century_and_a_stated_offset_settle_it() -> None:
    assert read("03/06/31 14:20:31", century=2000).told == "2031-03-06T14:20:31-06:00"
    offsets = {"CST": "-06:00", "CDT": "-05:00"}
    first = read("11/02/2031 01:30:00", offset="CDT", offsets=offsets)
    second = read("11/02/2031 01:30:00", offset="CST", offsets=offsets)
    assert first.moment is not None
    assert second.moment is not None
    assert second.moment - first.moment == timedelta(hours=1)
    unknown = read("11/02/2031 01:30:00", offset="XYZ", offsets=offsets)
    assert unknown.moment is None
    assert "XYZ" in str(unknown.why)


def test_a_day_and_a_month_that_could_be_exchanged_are_not() -> None:
    either = ("%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M")
    found = read("03/06/2031 14:20", formats=either)
    assert found.moment is None
    assert "2031-03-06T14:20:00 or 2031-06-03T14:20:00" in str(found.why)
    assert read("03/16/2031 14:20", formats=either).told == "2031-03-16T14:20-05:00"


def test_a_date_alone_is_a_date_and_no_midnight() -> None:
    found = read("03/06/2031")
    assert (found.told, found.moment) == ("2031-03-06", None)


def test_both_times_are_kept_and_what_was_stated_of_the_clock() -> None:
    found = read("03/06/2031 14:20:31", clock=Clock(offset_s=120, uncertainty_s=5))
    assert found.kept("MDT") == {
        "row": "03/06/2031 14:20:31",
        "read_as": "2031-03-06T14:20:31-06:00",
        "clock": "MDT",
        "offset": 120.0,
        "uncertainty": 5.0,
    }
    assert found.told == "2031-03-06T14:22:26-06:00/2031-03-06T14:22:36-06:00"


def test_a_clock_of_which_nothing_is_stated_is_not_stated_to_be_right() -> None:
    assert "offset" not in read("03/06/2031 14:20:31").kept(None)


@given(
    st.datetimes(datetime(2001, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001 - a wall clock
    st.integers(-7200, 7200),
    st.integers(0, 600),
    st.booleans(),
)
def test_what_is_told_always_holds_the_corrected_moment(
    wall: datetime, offset: int, unsure: int, to_the_minute: bool
) -> None:
    wall = wall.replace(microsecond=0, second=0 if to_the_minute else wall.second)
    form = "%m/%d/%Y %H:%M" if to_the_minute else "%m/%d/%Y %H:%M:%S"
    found = read(wall.strftime(form), clock=Clock(offset_s=offset, uncertainty_s=unsure))
    if found.moment is None:
        assert found.happened == Happened(words=wall.strftime(form))
        return
    span = edtf_span(str(found.told))
    assert span is not None
    assert span.earliest is not None
    assert span.latest is not None
    at = microseconds(found.moment)
    assert span.earliest <= at - unsure * 1_000_000
    assert at + unsure * 1_000_000 <= span.latest
    assert found.moment - timedelta(seconds=offset) == wall.replace(tzinfo=CHICAGO)


@given(st.datetimes(), st.sampled_from((-86_400, 0, 86_400)))
def test_no_year_of_the_calendar_stops_an_import(wall: datetime, offset: int) -> None:
    written = f"{wall.month:02}/{wall.day:02}/{wall.year:04} {wall:%H:%M:%S}"
    found = read(written, clock=Clock(offset_s=offset, uncertainty_s=86_400))
    assert found.said
    assert (found.moment is None) == (found.why is not None)


@given(st.text(max_size=30), st.text(max_size=6))
def test_no_text_stops_an_import_or_is_lost(written: str, offset: str) -> None:
    found = read(written, offset=offset)
    assert found.written == " ".join(written.split())
    assert (found.moment is None) == (found.why is not None)


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("03/06/2031 130", "%m/%d/%Y %H%M"),
        ("03/06/2031 15", "%m/%d/%Y %H%M"),
        ("1112031 10:00", "%m%d%Y %H:%M"),
        ("03/06/2031 14:5", "%m/%d/%Y %H:%M"),
    ],
)
def test_digits_that_can_be_parted_in_two_ways_are_not_parted(written: str, form: str) -> None:
    found = read(written, formats=(form,))
    assert found.moment is None
    assert found.said == written


@pytest.mark.parametrize(
    ("written", "form", "told"),
    [
        ("3/6/2031 2:05 pm", "%m/%d/%Y %I:%M %p", "2031-03-06T14:05-06:00"),
        ("03/06/2031 0130", "%m/%d/%Y %H%M", "2031-03-06T01:30-06:00"),
        ("06-MAR-2031 14:05", "%d-%b-%Y %H:%M", "2031-03-06T14:05-06:00"),
        ("2031-03-06T14:05:09Z", "%Y-%m-%dT%H:%M:%S%z", "2031-03-06T14:05:09Z"),
        ("2031-03-06T14:05:09-06:00", "%Y-%m-%dT%H:%M:%S%z", "2031-03-06T14:05:09-06:00"),
        ("2031-03-06 14:05:09.50", "%Y-%m-%d %H:%M:%S.%f", "2031-03-06T14:05:09.500000-06:00"),
    ],
)
def test_a_nought_that_is_left_out_hinders_nobody(written: str, form: str, told: str) -> None:
    assert read(written, formats=(form,)).told == told
