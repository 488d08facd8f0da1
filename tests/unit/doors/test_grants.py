"""A custodian's disclosure opens one statement to one reader, and nothing that does not say so."""

from pathlib import Path
from typing import Any

import pytest

from agencies import LATER, NOON, UNTIL, Agency, agency, disclosed, visit

OFFICER = "officer@wexmoor-police"
BOOK = "childrens-division/child_welfare/visits"
DIVISION = {"name": "Children's Division", "kind": "agency", "party": "childrens-division"}


@pytest.fixture
def division(tmp_path: Path) -> Agency:
    return agency(tmp_path, "childrens-division", "child_welfare")


def act(division: Agency, item: str, **parts: Any) -> str:
    """A disclosure as somebody would say it, line by line; its id."""
    fact = {
        "kind": "disclosed",
        "item": item,
        "to": OFFICER,
        "by": "childrens-division",
        "purpose": "response",
        "until": UNTIL,
    }
    slots = parts.pop("slots", {})
    own = {"book": BOOK, "speaker": DIVISION, "stance": "does", "fact": fact | slots}
    return division.says(**(own | parts))


class TestWhatOpensIt:
    def test_the_custodians_own_act(self, division: Agency) -> None:
        item = visit(division)
        act(division, item)
        assert division.open_ids(OFFICER) == {item}

    def test_in_another_book_of_the_custodian(self, division: Agency) -> None:
        item = visit(division)
        act(division, item, book="childrens-division/child_welfare/disclosures")
        assert division.open_ids(OFFICER) == {item}

    def test_with_the_book_named(self, division: Agency) -> None:
        item = visit(division)
        act(division, f"{BOOK}:{item}")
        assert division.open_ids(OFFICER) == {item}

    def test_until_its_last_moment(self, division: Agency) -> None:
        item = visit(division)
        act(division, item, slots={"until": "2031-03-07"})
        assert division.open_ids(OFFICER, now="2031-03-07T23:59:00Z") == {item}
        assert division.open_ids(OFFICER, now="2031-03-08T00:00:00Z") == set()

    def test_from_its_first_moment_on_also_of_earlier_moments(self, division: Agency) -> None:
        item = visit(division)
        act(division, item, now=LATER)
        assert division.open_ids(OFFICER, now=NOON) == set()
        seen = division.account("--reader", OFFICER, "--as-of", NOON, now=LATER)
        assert set(seen["statements"]) == {item}


class TestWhatDoesNot:
    @pytest.mark.parametrize(
        "slots",
        [
            {"to": "clinician@wexmoor-police"},
            {"to": "officer@pellam-police"},
            {"to": "wexmoor-police"},
            {"purpose": "inquiry"},
            {"purpose": None},
            {"until": "2031-03-01"},
            {"until": "soon"},
            {"rule": "IS-07"},
        ],
        ids=str,
    )
    def test_an_act_that_says_something_else(
        self, division: Agency, slots: dict[str, str | None]
    ) -> None:
        act(division, visit(division), slots=slots)
        assert division.open_ids(OFFICER) == set()

    @pytest.mark.parametrize(
        "parts",
        [
            {"stance": "affirms"},
            {"stance": "expects"},
            {"hedge": "possible"},
            {"via": [{"name": "manager", "kind": "witness"}]},
            {"speaker": {"name": "Wexmoor police", "kind": "agency", "party": "wexmoor-police"}},
            {"book": "wexmoor-police/child_welfare"},
        ],
        ids=str,
    )
    def test_the_word_of_another_or_another_word(
        self, division: Agency, parts: dict[str, Any]
    ) -> None:
        act(division, visit(division), **parts)
        assert division.open_ids(OFFICER) == set()

    def test_a_statement_of_another_custodian(self, division: Agency) -> None:
        theirs = visit(division, book="mercy-hospital/incident")
        act(division, f"mercy-hospital/incident:{theirs}")
        act(division, theirs)
        assert division.open_ids(OFFICER) == set()

    def test_an_act_that_was_taken_back(self, division: Agency) -> None:
        item = visit(division)
        given = act(division, item)
        act(division, item, stance="cannot_say", replaces=given)
        assert division.open_ids(OFFICER) == set()

    def test_an_act_in_quarantine(self, division: Agency) -> None:
        item = visit(division)
        given = act(division, item)
        two = ("--as", "Ana Ruiz", "--as", "Bo Lee", "--reason", "sent in error")
        division.do("quarantine", given, "--book", BOOK, *two)
        assert division.open_ids(OFFICER) == set()

    def test_a_statement_of_the_same_id_in_a_class_that_no_rule_lets_go(
        self, division: Agency
    ) -> None:
        item = visit(division)
        visit(division, id=item, book="childrens-division/health")
        act(division, item, book="childrens-division/child_welfare/disclosures")
        told = division.account("--reader", OFFICER)["statements"]
        assert [one["book"] for one in told.values()] == [BOOK]

    def test_a_class_that_no_rule_lets_go_there(self, division: Agency) -> None:
        item = visit(division, book="childrens-division/victim_services")
        act(division, item, book="childrens-division/victim_services")
        assert division.open_ids(OFFICER) == set()


def test_the_log_of_reads_names_it_with_its_rule(division: Agency) -> None:
    item = visit(division)
    disclosed(division, item, OFFICER)
    division.open_ids(OFFICER)
    (read,) = [
        line
        for line in division.do("reads", "--json", "--by", OFFICER, now=LATER).splitlines()
        if item in line
    ]
    assert f"{BOOK}:{item}" in read
    assert '"IS-01"' in read
    told = division.do("reads", "--statement", item, "--book", BOOK, now=LATER)
    assert OFFICER in told


def test_the_marker_stands_in_its_place_when_it_is_sealed(division: Agency) -> None:
    item = visit(division)
    disclosed(division, item, OFFICER)
    division.do("seal", item, "--book", BOOK, "--order", "Court 12", "--as", "clerk")
    told = division.account("--reader", OFFICER)
    assert told["statements"] == {}
    assert [one["statement"] for one in told["removed"]] == [item]
