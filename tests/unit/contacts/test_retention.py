"""History expires by rule: it stops appearing, and nothing is deleted."""

from datetime import UTC, datetime

import pytest

from at_the_door import ANA, armed, brief_of, contact, located, only
from telling import told
from whoseword.words.times import parse_zone

KEEPS = {"contact": 5, "prior_calls": 3, "armed": 7}
RECORDED = "2031-03-06T15:00:00Z"


def expires(keeps=KEEPS, zone=UTC, **parts):
    at = datetime(2031, 3, 7, tzinfo=UTC)
    return only(
        brief_of(contact(**{"recorded": RECORDED} | parts), at=at, keeps=keeps, zone=zone).contacts
    ).expires


@pytest.mark.parametrize(
    ("happened", "day"),
    [
        ("2030-05-21", "2035-05-21"),
        ("2030-05-21T23:30:00Z", "2035-05-21"),
        ("2030-05-21~", "2035-05-21"),
        ("2030-05-20/2030-05-21", "2035-05-21"),
        ("2028-02-29", "2033-02-28"),
        ("2030", "2036-03-06"),
        ("2030-05", "2036-03-06"),
        ("2030-05-XX", "2036-03-06"),
        ("2030-05-21/..", "2036-03-06"),
        ({"words": "Thursday"}, "2036-03-06"),
        ({"after": "arrival"}, "2036-03-06"),
        (None, "2036-03-06"),
    ],
)
def test_years_count_from_the_day_it_happened_if_a_day_was_said_else_from_the_record(happened, day):
    assert expires(happened=happened) == day


def test_a_leap_day_expires_on_the_28th_unless_the_year_has_one():
    at = datetime(2028, 6, 1, tzinfo=UTC)
    one = contact(happened="2028-02-29", recorded="2028-03-01T00:00:00Z")
    for years, day in ((1, "2029-02-28"), (4, "2032-02-29"), (5, "2033-02-28")):
        assert only(brief_of(one, at=at, keeps={"contact": years}).contacts).expires == day


def test_days_are_the_homes():
    zone = parse_zone("America/Chicago")
    assert expires(zone=zone, happened="2030-05-22T03:00:00Z") == "2035-05-21"
    assert expires(zone=zone, happened="2030-05-21") == "2035-05-21"
    one = contact(happened="2026-05-21")
    last = datetime(2031, 5, 21, 4, 59, tzinfo=UTC)
    assert brief_of(one, at=last, keeps=KEEPS, zone=zone).contacts
    assert not brief_of(one, at=last.replace(hour=5, minute=0), keeps=KEEPS, zone=zone).contacts


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (datetime(2035, 5, 20, 23, 59, 59, tzinfo=UTC), True),
        (datetime(2035, 5, 21, tzinfo=UTC), False),
        (datetime(2060, 1, 1, tzinfo=UTC), False),
    ],
)
def test_what_has_expired_appears_nowhere(at, shown):
    one = contact(happened="2030-05-21", about=ANA)
    view = brief_of(one, at=at, keeps=KEEPS, persons=[ANA])
    assert view.unit == view.person == ((one.id,) if shown else ())
    assert bool(view.contacts) is shown


def test_expired_history_is_back_in_a_brief_of_an_earlier_moment():
    one = contact(happened="2030-05-21")
    assert not brief_of(one, at=datetime(2040, 1, 1, tzinfo=UTC), keeps=KEEPS).contacts
    assert brief_of(one, at=datetime(2034, 1, 1, tzinfo=UTC), keeps=KEEPS).contacts


def test_each_kind_is_kept_for_its_own_time_and_cautions_expire_too():
    calls = told("prior_calls", place="14 Harrow Lane Apt 3", count="2", happened="2031-01-01")
    said = (located(), armed(happened="2031-01-01"), contact(happened="2031-01-01"), calls)
    for year, contacts, cautions in ((2032, 2, 1), (2035, 1, 1), (2037, 0, 1), (2039, 0, 0)):
        view = brief_of(*said, at=datetime(year, 1, 1, tzinfo=UTC), keeps=KEEPS)
        assert (len(view.contacts), len(view.cautions)) == (contacts, cautions), year


def test_a_kind_without_a_rule_says_that_no_day_is_set():
    assert expires({}) is None


def test_dates_beyond_the_calendar_do_no_harm():
    assert expires(happened="9998-05-21") == "9999-05-21"
    assert expires(happened="-0500-05-21") == "2036-03-06"
