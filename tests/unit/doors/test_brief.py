"""The brief as a command: of the books that the reader opens, and the same words whatever is hidden."""

import json
from pathlib import Path
from typing import Any

import pytest

from agencies import DOOR, LATER, Agency, agency, visit

ASKED = ("--address", DOOR)
OFFICER = ("--reader", "officer@county")


@pytest.fixture
def county(tmp_path: Path) -> Agency:
    return agency(tmp_path, "county", "oversight")


def brief(county: Agency, *options: str, now: str = LATER) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(county.do("brief", *ASKED, *options, "--json", now=now))
    return found


def contact(county: Agency, **parts: Any) -> str:
    fact = {"kind": "contact", "agency": "county", "place": DOOR, "outcome": "answered"}
    own = {"book": "county/response/contacts", "fact": fact}
    return visit(county, **(own | parts))


def test_a_contact_of_an_open_book_is_shown_of_whatever_incident(county: Agency) -> None:
    said = contact(county, incident="another-one")
    assert brief(county, *OFFICER)["unit"] == [said]


def test_a_contact_of_a_closed_book_is_not_and_nothing_tells_of_it(county: Agency) -> None:
    before = county.do("brief", *ASKED, *OFFICER, now=LATER)
    visit(county)
    assert county.do("brief", *ASKED, *OFFICER, now=LATER) == before
    assert "Call the child-welfare duty line" in before


def test_history_expires_by_its_rule_and_nothing_is_deleted(county: Agency) -> None:
    said = contact(county)
    assert brief(county, now="2036-03-05T12:00:00Z")["unit"] == [said]
    assert brief(county, now="2036-03-07T12:00:00Z")["unit"] == []
    assert said in county.account(now="2036-03-07T12:00:00Z")["statements"]


def test_as_of_a_moment_it_is_what_was_known_then(county: Agency) -> None:
    said = contact(county)
    assert brief(county, "--at", "2031-03-06T11:59:00Z")["unit"] == []
    assert brief(county, "--at", "2031-03-06T12:00:00Z")["unit"] == [said]


def test_it_is_logged_like_every_view(county: Agency) -> None:
    brief(county, *OFFICER)
    (read,) = county.do("reads", "--json", "--by", "officer@county").splitlines()
    assert json.loads(read)["view"] == "brief"


def test_it_names_the_rule_set(county: Agency) -> None:
    assert brief(county)["rules"] == county.account()["rules"]


def test_it_has_no_score_of_anybody(county: Agency) -> None:
    contact(county)
    assert not {"score", "risk", "weight", "rank"} & set(json.dumps(brief(county)).split('"'))
