"""Hold or may engage at the command line: the Thursday call, and what a hidden weapon shows."""

import json
from pathlib import Path
from typing import Any

import pytest

from agencies import Agency, agency

SERGEANT = {"name": "Sergeant Orr", "kind": "official", "party": "county"}
CALLS = "county/response/calls"


def at(minute: int) -> str:
    return f"2031-03-06T14:{minute:02d}:00Z"


@pytest.fixture
def county(tmp_path: Path) -> Agency:
    county = agency(tmp_path, "county", "oversight")
    unit = {"kind": "dispatched", "unit": "crisis-1", "members": ["clinician-1"]}
    role = {"kind": "related", "who": "clinician-1", "whom": "crisis-1", "relation": "clinician"}
    for fact in (unit, role):
        county.says(book=CALLS, speaker=SERGEANT, fact=fact, now=at(0))
    return county


def clears(county: Agency, minute: int) -> str:
    fact = {"kind": "cleared", "who": "clinician-1", "for": "engage"}
    return county.says(book=CALLS, speaker=SERGEANT, stance="does", fact=fact, now=at(minute))


def knife(county: Agency, minute: int, book: str = CALLS) -> str:
    fact = {"kind": "armed", "who": "woman", "weapon": "knife"}
    return county.says(book=book, speaker=SERGEANT, fact=fact, now=at(minute))


def advice(county: Agency, minute: int, *options: str) -> dict[str, Any]:
    told = county.do("advise", "elm", "--at", at(minute), "--json", *options, now=at(59))
    (row,) = json.loads(told)["advice"]
    found: dict[str, Any] = row
    return found


def test_the_thursday_call(county: Agency) -> None:
    cleared, seen = clears(county, 3), knife(county, 15)
    assert advice(county, 2)["advice"] == "hold"
    may = advice(county, 10)
    assert (may["advice"], may["unused_clearance_s"]) == ("may_engage", 420)
    assert cleared in json.dumps(may["because"])
    held = advice(county, 20)
    assert (held["advice"], held["unused_clearance_s"]) == ("hold", 720)
    assert seen in json.dumps(held["because"])


def test_without_a_clearance_nobody_may_ever_engage(county: Agency) -> None:
    knife(county, 15)
    moments = json.loads(county.do("replay", "elm", "--json", now=at(59)))["moments"]
    told = {row["advice"] for one in moments for row in one["advice"]}
    assert told == {"hold"}


def test_a_hidden_weapon_shows_the_hold_and_nothing_else(county: Agency) -> None:
    clears(county, 3)
    officer = ("--reader", "officer@county")
    assert advice(county, 20, *officer)["advice"] == "may_engage"
    hidden = knife(county, 15, book="state/incident")
    row = advice(county, 20, *officer)
    assert row["advice"] == "hold"
    assert [one["statement"] for one in row["because"]] == [None]
    told = county.do("advise", "elm", "--at", at(20), *officer, now=at(59))
    told += county.do("replay", "elm", *officer, now=at(59)) + json.dumps(row)
    assert "HOLD" in told
    assert not any(word in told for word in (hidden, "knife", "woman", "state/incident"))


def test_an_incident_that_nobody_spoke_of_has_no_advice(county: Agency) -> None:
    assert json.loads(county.do("advise", "oak", "--json"))["advice"] == []
