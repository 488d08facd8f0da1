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


class TestATriageScreening:
    def screened(self, county: Agency) -> None:
        ives = {"name": "Call-taker Ives", "kind": "official", "party": "county"}
        county.says(
            book=CALLS,
            speaker=ives,
            stance="does",
            fact={"kind": "cleared", "who": "clinician-1", "for": "engage"},
            occasion={"kind": "screening"},
            now=at(3),
        )

    def test_clears_while_the_home_has_adopted_the_citys_rule(self, county: Agency) -> None:
        self.screened(county)
        assert advice(county, 10)["advice"] == "hold"
        county.do("rules", "adopt", "denver", "--as", "Director Pell")
        row = advice(county, 10)
        assert (row["advice"], row["cleared_by"]) == ("may_engage", "Call-taker Ives")
        assert [one["rule"] for one in row["because"]] == ["HE-03", "TR-09"]
        county.do("rules", "leave", "denver", "--as", "Director Pell")
        assert advice(county, 10)["advice"] == "hold"

    def test_what_was_adopted_and_left_stays_told(self, county: Agency) -> None:
        assert "denver: not adopted" in county.do("rules", "adopt")
        county.do("rules", "adopt", "denver", "--as", "Director Pell", now=at(1))
        county.do("rules", "leave", "denver", "--as", "Chief Ames", now=at(2))
        told = county.do("rules", "adopt")
        assert "denver: not adopted" in told
        assert f"was adopted by Director Pell, {at(1)}, and left by Chief Ames, {at(2)}" in told
        county.do("rules", "adopt", "denver", "--as", "Director Pell", now=at(3))
        assert f"denver: adopted by Director Pell, {at(3)}" in county.do("rules", "adopt")

    def test_what_was_not_adopted_cannot_be_left(self, county: Agency) -> None:
        assert "has not adopted denver" in county.refused("rules", "leave", "denver", "--as", "X")
