"""Requests for records: due by the law's own days, answered with what it asks, and old in the open."""

import json
from pathlib import Path
from typing import Any

import pytest

from agencies import Agency
from whoseword.record.requests import faults_of

RULES = Path(__file__).parents[3] / "rules" / "missouri" / "requests.toml"
FRIDAY = "2031-05-23T15:00:00Z"
"""The Friday before Memorial Day, which is no business day (26 May 2031)."""


@pytest.fixture
def home(tmp_path: Path) -> Agency:
    made = Agency("harrow-police", tmp_path / "harrow-police")
    made.do("init", "--owner", "records@harrow-police", "--zone", "America/Chicago", now=FRIDAY)
    return made


def ask(home: Agency, now: str = FRIDAY, *options: object) -> str:
    return home.do(
        "request", "elm", "--by", "Harrow Courier", "--about", "body camera video",
        "--as", "Ann Lee", *options, now=now,
    )  # fmt: skip


def answer(home: Agency, outcome: str, *options: object, now: str, number: int = 1) -> str:
    return home.do(
        "answer", "elm", "--request", number, "--as", "Bo Reyes", "--outcome", outcome, *options, now=now,
    )  # fmt: skip


def rows(home: Agency, now: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(home.do("requests", "elm", "--json", now=now))
    return found


def test_a_request_is_due_at_the_end_of_the_third_business_day(home: Agency) -> None:
    """Received on a Friday; Monday is a holiday: Tuesday, Wednesday, Thursday."""
    told = ask(home)
    assert told.startswith("Request 1 of Harrow Courier: due ")
    assert "(PD-01, RSMo 610.023.3)" in told
    [row] = rows(home, FRIDAY)
    assert row["due"] == "2031-05-30T04:59:59Z"


@pytest.mark.parametrize(
    ("now", "state", "days"),
    [
        (FRIDAY, "open", 0),
        ("2031-05-30T04:59:58Z", "open", 6),
        ("2031-05-30T05:00:00Z", "overdue", 6),
        ("2031-08-01T15:00:00Z", "overdue", 70),
    ],
)
def test_an_unanswered_one_ages_in_the_open_and_is_never_no(
    home: Agency, now: str, state: str, days: int
) -> None:
    ask(home)
    [row] = rows(home, now)
    assert (row["state"], row["days"], row["last"]) == (state, days, None)
    assert state.upper() in home.do("requests", "elm", now=now)


def test_it_counts_from_when_it_was_received_and_not_from_when_it_was_taken_down(
    home: Agency,
) -> None:
    ask(home, "2031-06-10T15:00:00Z", "--received", FRIDAY)
    [row] = rows(home, "2031-06-10T15:00:00Z")
    assert (row["due"], row["state"]) == ("2031-05-30T04:59:59Z", "overdue")
    told = home.refused(
        "request", "elm", "--by", "x", "--about", "y", "--as", "z", "--received", "2031-07-01T00:00:00Z", now=FRIDAY,
    )  # fmt: skip
    assert "has not come yet" in told


@pytest.mark.parametrize(
    ("outcome", "given", "missing"),
    [
        ("denied", (), "--law"),
        ("part", (), "--why"),
        ("delayed", ("--why", "the tape is with the lab"), "--place and --earliest"),
    ],
)
def test_an_answer_without_what_the_law_asks_is_refused(
    home: Agency, outcome: str, given: tuple[str, ...], missing: str
) -> None:
    ask(home)
    told = home.refused(
        "answer",
        "elm",
        "--request",
        1,
        "--as",
        "Bo Reyes",
        "--outcome",
        outcome,
        *given,
        now=FRIDAY,
    )
    assert missing in told
    assert "RSMo 610.023.3" in told
    assert rows(home, FRIDAY)[0]["state"] == "open"


def test_a_denial_names_its_law_and_a_part_says_what_was_taken_out(home: Agency) -> None:
    ask(home)
    ask(home)
    answer(home, "denied", "--law", "RSMo 610.100.2", now="2031-05-27T15:00:00Z")
    answer(
        home,
        "part",
        "--why",
        "a witness's name was taken out",
        now="2031-05-27T15:00:00Z",
        number=2,
    )
    first, second = rows(home, "2031-09-01T00:00:00Z")
    assert (first["state"], first["last"]["law"]) == ("denied", "RSMo 610.100.2")
    assert (second["state"], second["last"]["why"]) == ("part", "a witness's name was taken out")
    assert "RSMo 610.100.2" in home.do("requests", "elm", now="2031-09-01T00:00:00Z")


def test_a_delay_ends_at_its_own_earliest_time(home: Agency) -> None:
    ask(home)
    told = (
        "--why",
        "it is with the lab",
        "--place",
        "the records desk",
        "--earliest",
        "2031-06-05T15:00:00Z",
    )
    answer(home, "delayed", *told, now="2031-05-27T15:00:00Z")
    states = [
        rows(home, now)[0]["state"] for now in ("2031-06-01T00:00:00Z", "2031-06-06T00:00:00Z")
    ]
    assert states == ["delayed", "overdue"]
    answer(home, "given", now="2031-06-06T15:00:00Z")
    [row] = rows(home, "2031-06-07T00:00:00Z")
    assert (row["state"], len(row["answers"])) == ("given", 2)


def test_how_they_stood_at_an_earlier_moment_stays(home: Agency) -> None:
    ask(home)
    before = home.do(
        "requests", "elm", "--json", "--as-of", "2031-05-26T00:00:00Z", now="2031-05-26T00:00:00Z"
    )
    answer(home, "given", now="2031-05-27T15:00:00Z")
    ask(home, "2031-05-28T15:00:00Z")
    assert home.do("requests", "elm", "--json", "--as-of", "2031-05-26T00:00:00Z", now="2031-09-01T00:00:00Z") == before  # fmt: skip


def test_the_public_does_not_read_who_asked(home: Agency) -> None:
    ask(home)
    told = home.do("requests", "elm", "--json", "--reader", "public@press", now=FRIDAY)
    assert json.loads(told) == []


def test_a_request_that_is_not_there_is_told(home: Agency) -> None:
    told = home.refused(
        "answer", "elm", "--request", 7, "--as", "x", "--outcome", "given", now=FRIDAY
    )
    assert "elm has no request 7" in told


def test_a_rule_whose_example_does_not_come_out_is_a_fault() -> None:
    text = RULES.read_text("utf-8")
    assert faults_of(text) == []
    assert faults_of(text.replace("business_days = 3", "business_days = 4")) != []
