"""By when: hours that pass, days that end in the home's zone, business days, what recurs."""

from datetime import UTC, date, datetime

import msgspec
import pytest

from after_force import MISSOURI, OFFICER, RULE, employed, of, owed
from telling import told
from whoseword.duties import DutyRule
from whoseword.duties.clocks import is_business_day
from whoseword.words.times import parse_zone

LONG_AFTER = datetime(2040, 1, 1, tzinfo=UTC)


def due(deadline, happened=None, *, recorded="2031-03-06T20:24:00Z", zone=MISSOURI, state="MO"):
    rule = msgspec.convert(RULE | {"id": "T-1", "deadline": deadline, "holidays": state}, DutyRule)
    fired = told(
        "discharged_weapon", by=OFFICER, who="officer-1", happened=happened, recorded=recorded
    )
    return of(owed(fired, as_of=LONG_AFTER, rules=[rule], zone=zone), "T-1").due


def hours(number, **parts):
    return {"kind": "hours", "amount": number, **parts}


def days(number, kind="calendar_days"):
    return {"kind": kind, "amount": number}


def recurring(per):
    return {"kind": "recurring", "per": per}


@pytest.mark.parametrize(
    ("happened", "moment"),
    [
        ("2031-03-06T14:21-06:00", "2031-03-07T20:21:00Z"),
        ("2031-03-06T20:21:30Z", "2031-03-07T20:21:30Z"),
        ("2031-03-06T14:21", "2031-03-07T20:21:00Z"),
        ("2031-03-06", "2031-03-07T20:24:00Z"),
        ("2031-03-06~", "2031-03-07T20:24:00Z"),
        ("2031-03-06T14:21/2031-03-06T14:30", "2031-03-07T20:24:00Z"),
        ("2031-03", "2031-03-07T20:24:00Z"),
        ({"words": "Thursday at 2:21"}, "2031-03-07T20:24:00Z"),
        ({"after": "arrival"}, "2031-03-07T20:24:00Z"),
        (None, "2031-03-07T20:24:00Z"),
    ],
)
def test_hours_run_from_the_minute_where_one_is_stated_else_from_the_record(happened, moment):
    assert due(hours(24), happened) == moment


def test_a_time_without_an_offset_is_the_homes():
    assert due(hours(24), "2031-03-06T14:21", zone=UTC) == "2031-03-07T14:21:00Z"
    denver = parse_zone("America/Denver")
    assert due(hours(24), "2031-03-06T14:21", zone=denver) == "2031-03-07T21:21:00Z"


def test_hours_pass_through_a_change_to_daylight_saving_time():
    spring = "2031-03-08T14:00-06:00"
    assert due(hours(24), spring) == "2031-03-09T20:00:00Z", "3 p.m. by the new clock"
    autumn = "2031-11-01T14:00-05:00"
    assert due(hours(24), autumn) == "2031-11-02T19:00:00Z", "1 p.m. by the new clock"


def test_days_end_by_the_clock_of_the_day_on_which_they_end():
    assert due(days(2), "2031-03-08T14:00-06:00") == "2031-03-11T04:59:59Z"
    assert due(days(2), "2031-10-31T14:00-05:00") == "2031-11-03T05:59:59Z"
    assert due(days(2), "2031-10-29T14:00-05:00") == "2031-11-01T04:59:59Z"


def test_an_hour_told_twice_in_autumn_is_the_one_with_its_offset():
    assert due(hours(1), "2031-11-02T01:30-05:00") == "2031-11-02T07:30:00Z"
    assert due(hours(1), "2031-11-02T01:30-06:00") == "2031-11-02T08:30:00Z"


def test_the_day_is_the_homes_and_not_greenwichs():
    late = "2031-03-06T23:30-06:00"
    assert due(days(1), late) == "2031-03-08T05:59:59Z"
    assert due(days(1), late, zone=UTC) == "2031-03-08T23:59:59Z"
    assert due(days(1), "2031-03-06", recorded="2031-03-08T12:00:00Z") == "2031-03-08T05:59:59Z"


@pytest.mark.parametrize(
    ("happened", "amount", "day"),
    [
        ("2031-03-06T14:00-06:00", 1, "2031-03-07"),
        ("2031-03-06T14:00-06:00", 2, "2031-03-10"),
        ("2031-03-07T14:00-06:00", 3, "2031-03-12"),
        ("2031-03-08T14:00-06:00", 1, "2031-03-10"),
        ("2031-05-07T14:00-05:00", 1, "2031-05-09"),
        ("2031-02-11T14:00-06:00", 1, "2031-02-13"),
        ("2031-12-24T14:00-06:00", 3, "2031-12-30"),
        ("2031-11-26T14:00-06:00", 2, "2031-12-01"),
    ],
)
def test_business_days_leave_out_weekends_and_the_states_holidays(happened, amount, day):
    """8 May is Truman Day, 12 February Lincoln Day: holidays of Missouri and of few others."""
    moment = datetime.fromisoformat(due(days(amount, "business_days"), happened))
    assert moment.astimezone(MISSOURI).isoformat()[:19] == f"{day}T23:59:59"


def test_another_states_holidays_are_its_own():
    wednesday = "2031-05-07T14:00-05:00"
    assert due(days(1, "business_days"), wednesday, state="WA", zone=UTC)[:10] == "2031-05-08"
    assert due(days(1, "business_days"), wednesday, state=None, zone=UTC)[:10] == "2031-05-08"
    pioneer = "2031-07-23T14:00-06:00"
    assert due(days(1, "business_days"), pioneer, state="UT", zone=UTC)[:10] == "2031-07-25"
    assert due(days(1, "business_days"), pioneer, state="MO", zone=UTC)[:10] == "2031-07-24"


def test_a_holiday_that_falls_on_a_sunday_is_kept_on_the_monday():
    assert not is_business_day(date(2034, 2, 13), "MO")
    assert is_business_day(date(2034, 2, 13), "WA")
    assert not is_business_day(date(2033, 5, 9), "MO")


@pytest.mark.parametrize(
    ("per", "day"),
    [
        ("year", "2032-03-06"),
        ("quarter", "2031-06-30"),
        ("month", "2031-04-30"),
        ("week", "2031-03-13"),
    ],
)
def test_what_recurs_is_due_when_the_next_is_owed(per, day):
    moment = datetime.fromisoformat(due(recurring(per), "2031-03-06T14:21-06:00"))
    assert moment.astimezone(MISSOURI).isoformat()[:19] == f"{day}T23:59:59"


@pytest.mark.parametrize(
    ("per", "happened", "day"),
    [
        ("year", "2032-02-29T12:00Z", "2033-02-28"),
        ("month", "2031-12-31T12:00Z", "2032-01-31"),
        ("month", "2032-01-31T12:00Z", "2032-02-29"),
        ("quarter", "2031-10-01T12:00Z", "2032-03-31"),
        ("quarter", "2031-12-31T12:00Z", "2032-03-31"),
    ],
)
def test_what_recurs_over_the_ends_of_months_and_years(per, happened, day):
    assert due(recurring(per), happened, zone=UTC) == f"{day}T23:59:59Z"


@pytest.mark.parametrize("kind", ["immediate", "on_event", "local_policy"])
def test_where_no_number_stands_none_is_invented(kind):
    assert due({"kind": kind}, "2031-03-06T14:21-06:00") is None


def test_hours_before_a_thing_need_its_minute():
    assert due(hours(24, before=True), "2031-03-10T09:00-05:00") == "2031-03-09T14:00:00Z"
    assert due(hours(24, before=True), "2031-03-10") is None
    assert due(hours(24, before=True)) is None


@pytest.mark.parametrize("zone", [UTC, MISSOURI, parse_zone("Asia/Tokyo")])
@pytest.mark.parametrize("happened", ["9999-12-30", "0001-01-01", "-0500-05-21", "Y170000002"])
def test_dates_at_the_ends_of_the_calendar_do_no_harm(zone, happened):
    assert due(hours(1), happened, zone=zone) == "2031-03-06T21:24:00Z"
    late = due(days(90), happened, zone=zone)
    assert late is None or late[:4] in ("0001", "2031")


def test_weekly_updates_are_done_for_a_week_at_a_time():
    team = {"name": "Regional team", "kind": "agency", "party": "regional-team"}
    said = [
        told("discharged_weapon", by=OFFICER, who="officer-1", recorded="2031-03-06T20:21:00Z"),
        employed("officer-1", recorded="2031-03-06T20:22:00Z"),
        told("investigates", by=team, agency="regional-team", recorded="2031-03-06T22:00:00Z"),
    ]
    update = told(
        "published",
        by=team,
        stance="does",
        basis="record",
        slots={"item": "update", "by": "regional-team"},
        recorded="2031-03-12T15:00:00Z",
    )

    def weekly(day, *more):
        as_of = datetime(2031, 3, day, 18, tzinfo=UTC)
        return of(owed(*said, *more, as_of=as_of, profile="washington"), "DF-11")

    assert weekly(13).state == "open"
    assert weekly(14).state == "overdue"
    assert (weekly(14, update).state, weekly(14, update).due) == ("done", "2031-03-20T04:59:59Z")
    assert weekly(19, update).state == "done"
    assert weekly(20, update).state == "overdue"
