"""``may`` explains a decision by its rule, and tells nothing of what stands in the home."""

import json
from pathlib import Path

import pytest

from agencies import Agency, agency


@pytest.fixture
def county(tmp_path: Path) -> Agency:
    return agency(tmp_path, "county", "oversight")


def told(county: Agency, *asked: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(county.do("may", *asked, "--json"))
    return found


def test_what_is_open_is_told_with_the_rule_that_opens_it(county: Agency) -> None:
    value = told(county, "officer@wexmoor-police", "--book", "county-911/response/calls")
    assert value["opens"] is True
    (rule,) = value["rules"]  # type: ignore[misc]
    assert (rule["id"], rule["effect"]) == ("RD-03", "permit")
    assert rule["citation"]
    assert rule["confidence"] == "text"


def test_what_a_wall_closes_is_told_with_the_wall(county: Agency) -> None:
    words = county.do("may", "clinician@clinic", "--book", "pd/criminal_justice")
    assert "does not open pd/criminal_justice for response: forbidden by HW-01" in words
    assert "Rohnert Park" in words


def test_what_nothing_opens_is_told_as_that(county: Agency) -> None:
    value = told(county, "public@anywhere", "--book", "county/inquiry")
    assert (value["opens"], value["rules"]) == (False, [])
    assert "no rule permits it" in str(value["why"])


def test_the_purpose_decides(county: Agency) -> None:
    asked = ("oversight@state", "--book", "county/personnel", "--purpose")
    assert told(county, *asked, "inquiry")["opens"] is False
    assert told(county, *asked, "review")["opens"] is True


def test_a_prosecutors_home_opens_no_compelled_statement_to_anybody(tmp_path: Path) -> None:
    ames = agency(tmp_path, "ames", "prosecutor")
    for reader in ("prosecutor@ames", "oversight@state"):
        purpose = ("--purpose", "review") if reader.startswith("oversight") else ()
        value = told(ames, reader, "--book", "ames/personnel", *purpose)
        assert value["opens"] is False
        assert {one["id"] for one in value["rules"]} <= {"GA-01", "GA-02"}  # type: ignore[attr-defined]
        assert value["rules"]


def test_it_answers_alike_whether_or_not_the_book_stands_here(county: Agency) -> None:
    asked = ("may", "officer@pd", "--book", "county/health/visits")
    before = county.do(*asked)
    county.says(book="county/health/visits")
    assert county.do(*asked) == before


@pytest.mark.parametrize(
    "asked",
    [
        ("officer", "--book", "county/health"),
        ("officer@pd", "--book", "county/secret"),
        ("officer@pd", "--book", "county/health", "--purpose", "curiosity"),
    ],
)
def test_a_question_that_is_none_is_the_command_lines_fault(
    county: Agency, asked: tuple[str, ...]
) -> None:
    assert county.run("may", *asked).exit_code == 2
