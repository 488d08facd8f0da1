"""`duties` as a command: in words, as JSON and as a calendar, for everybody or for one owner."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from icalendar import Calendar

from after_force import shooting
from at_the_desk import lines_of, whoseword

THEN = "2031-03-10T12:00:00Z"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home in which the shooting is told."""
    told = tmp_path / "told.jsonl"
    told.write_text(lines_of(shooting()))
    done = whoseword(tmp_path / "home", "say", "--backfill", str(told), now=THEN)
    assert done.exit_code == 0, done.output
    return tmp_path / "home"


def duties(home: Path, *asked: str) -> Result:
    return whoseword(home, "duties", "harrow-lane", *asked, now=THEN)


def test_json_has_the_contracts_keys_and_an_owner_has_their_own(home: Path) -> None:
    whole = json.loads(duties(home, "--json").stdout)
    assert {"profile", "rules", "duties", "involved", "undecided"} <= whole.keys()
    assert whole["involved"] == ["harrow-police"]
    its = json.loads(duties(home, "--json", "--owner", "Harrow Police Department").stdout)
    assert {one["owner"] for one in its["duties"]} == {"harrow-police"}
    assert its["duties"] == [one for one in whole["duties"] if one["owner"] == "harrow-police"]


@pytest.mark.parametrize("owner", ["coroner", "medical-examiner"])
def test_what_either_of_two_owes_is_shown_to_each(home: Path, owner: str, tmp_path: Path) -> None:
    shown = duties(home, "--owner", owner).stdout
    assert "DF-17" in shown
    assert "HARROW-POLICE" not in shown
    target = tmp_path / "its.ics"
    assert duties(home, "--owner", owner, "--calendar", str(target)).exit_code == 0
    tasks = Calendar.from_ical(target.read_bytes()).walk("VTODO")
    assert {str(one["summary"])[:5] for one in tasks} == {"DF-17"}


def test_who_owes_nothing_is_told_who_does(home: Path) -> None:
    shown = duties(home, "--owner", "fire-department").stdout
    assert "Nothing here is owed by 'fire-department'" in shown
    assert "harrow-police" in shown


def test_an_incident_that_nobody_told_of_says_what_to_check(home: Path) -> None:
    done = whoseword(home, "duties", "harow-lane", now=THEN)
    assert "check the incident's name" in " ".join(done.stdout.split())


@pytest.mark.parametrize("profile", ["all", "ohio"])
def test_a_profile_that_is_none_is_refused_with_those_there_are(home: Path, profile: str) -> None:
    done = duties(home, "--profile", profile)
    assert done.exit_code == 1
    assert "california, local, missouri, utah, washington, wisconsin" in done.stderr


def test_json_and_calendar_at_once_are_refused(home: Path) -> None:
    assert duties(home, "--json", "--calendar", "x.ics").exit_code == 2
