"""Need to know, broken glass and look-ups of oneself: opened at once, told, and reviewed."""

import json
from pathlib import Path

import pytest

from agencies import LATER, NOON, Agency, agency
from bookkeeping import tamper

DETECTIVE = "supervisor@county"
ASKED = ("--reader", DETECTIVE, "--reason", "the suspect is said to be at this door")


@pytest.fixture
def county(tmp_path: Path) -> Agency:
    county = agency(tmp_path, "county", "oversight")
    county.says(book="county/response/calls")
    county.says(book="state/incident")
    county.says(book="county/public")
    county.do("rules", "adopt", "assignment", "--as", "Sheriff Lund")
    return county


def books(county: Agency, reader: str = DETECTIVE, now: str = LATER) -> set[str]:
    statements = county.account("--reader", reader, now=now)["statements"]
    return {one["book"] for one in statements.values()}


def items(county: Agency, *options: str, now: str = LATER) -> list[dict[str, object]]:
    lines = county.do("reviews", "--json", *options, now=now).splitlines()
    return [json.loads(line) for line in lines]


class TestNeedToKnow:
    def test_who_is_not_assigned_opens_what_is_public(self, county: Agency) -> None:
        assert books(county) == {"county/public"}

    def test_who_is_assigned_opens_what_the_role_opens(self, county: Agency) -> None:
        county.do("assign", DETECTIVE, "--incident", "elm", "--as", "Sheriff Lund")
        assert books(county) == {"county/public", "county/response/calls", "state/incident"}
        assert books(county, "officer@county") == {"county/public"}

    def test_to_another_incident_or_no_longer_is_not_assigned(self, county: Agency) -> None:
        county.do("assign", DETECTIVE, "--incident", "oak", "--as", "Sheriff Lund")
        until = ("--until", "2031-03-06T18:00:00Z")
        county.do("assign", DETECTIVE, "--incident", "elm", "--as", "Sheriff Lund", *until)
        assert len(books(county, now="2031-03-06T17:00:00Z")) == 3
        assert books(county) == {"county/public"}

    def test_the_owner_is_not_locked_out(self, county: Agency) -> None:
        assert books(county, "oversight@county") == {"county/public", "county/response/calls"}

    def test_without_the_rule_nobody_needs_to_be_assigned(self, tmp_path: Path) -> None:
        other = agency(tmp_path / "other", "county", "oversight")
        other.says(book="county/response/calls")
        assert books(other) == {"county/response/calls"}

    def test_adopting_is_another_rule_set_and_both_are_kept(self, tmp_path: Path) -> None:
        other = agency(tmp_path / "other", "county", "oversight")
        before = other.account()["rules"]
        other.do("rules", "adopt", "assignment", "--as", "Sheriff Lund")
        assert other.account()["rules"] != before
        assert "2 rule sets" in other.do("rules", "used")
        assert "has no optional rules" in other.refused("rules", "adopt", "nothing", "--as", "x")


class TestBrokenGlass:
    def test_opens_at_once_what_the_role_opens_and_no_more(self, county: Agency) -> None:
        county.says(book="county/health")
        county.do("break-glass", "elm", *ASKED, "--as", "Det. Roy", now=LATER)
        assert books(county) == {"county/public", "county/response/calls", "state/incident"}

    def test_ends_after_its_hours(self, county: Agency) -> None:
        county.do("break-glass", "elm", *ASKED, "--as", "Det. Roy", "--hours", "2", now=NOON)
        assert len(books(county, now="2031-03-06T13:59:00Z")) == 3
        assert books(county, now="2031-03-06T14:01:00Z") == {"county/public"}

    def test_stays_an_open_item_until_somebody_else_signs_it(self, county: Agency) -> None:
        county.do("break-glass", "elm", *ASKED, "--as", "Det. Roy", now=LATER)
        (item,) = items(county)
        assert (item["reader"], item["by"]) == (DETECTIVE, "Det. Roy")
        assert item["why"] == ASKED[3]
        assert item["custodians"] == ["county", "state"]
        finding = ("--finding", "the reason holds")
        own = county.refused("review", str(item["id"]), "--as", "det  roy", *finding)
        assert "somebody else signs it" in own
        assert len(items(county)) == 1
        county.do("review", str(item["id"]), "--as", "Lt. Orr", *finding, now=LATER)
        assert items(county) == []
        assert "is no open review" in county.refused(
            "review", str(item["id"]), "--as", "Lt. Orr", *finding
        )

    def test_the_custodian_is_told_and_nobody_learns_of_books_that_they_do_not_open(
        self, county: Agency
    ) -> None:
        county.do("break-glass", "elm", *ASKED, "--as", "Det. Roy", now=LATER)
        (own,) = items(county, "--reader", "supervisor@state")
        assert "state" in own["custodians"]  # type: ignore[operator]
        (audited,) = items(county, "--reader", "auditor@pellam")
        assert audited["custodians"] == ["county"], "of the public book"
        for stranger in ("officer@pellam-police", "clinician@state"):
            assert items(county, "--reader", stranger) == []

    def test_a_reason_has_words(self, county: Agency) -> None:
        done = county.run(
            "break-glass", "elm", "--reader", DETECTIVE, "--reason", " ", "--as", "Det. Roy"
        )
        assert done.exit_code == 2


class TestLookingUpOneself:
    @pytest.fixture
    def police(self, tmp_path: Path) -> Agency:
        police = agency(tmp_path / "police", "wexmoor-police", "supervisor")
        house = ("--name", "Jo Brandt", "--address", "9 Mill Road, Unit 4")
        police.do("staff", "officer@wexmoor-police", *house)
        return police

    def brief(self, police: Agency, *asked: str) -> None:
        police.do("brief", *asked, "--reader", "officer@wexmoor-police", now=LATER)

    @pytest.mark.parametrize(
        "asked",
        [
            ("--address", "1 Elm Street", "--person", "jo brandt, 1990-02-03"),
            ("--address", "9 Mill Rd Apt 4"),
            ("--address", "9 MILL RD #4", "--as", "Jo Brandt"),
            ("--address", "9 Mill Rd #4", "--as", "Sam Poole"),
            ("--address", "1 Elm Street", "--person", "Brandt, Jo A."),
        ],
    )
    def test_is_answered_and_put_before_the_custodian(
        self, police: Agency, asked: tuple[str, ...]
    ) -> None:
        self.brief(police, *asked)
        (item,) = items(police)
        assert item["by"] == "Jo Brandt"
        assert "looked up" in str(item["why"])
        signed = ("--as", "Lt. Orr", "--finding", "a real call")
        police.do("review", str(item["id"]), *signed, now=LATER)
        assert items(police) == []

    @pytest.mark.parametrize(
        "asked",
        [
            ("--address", "9 Elm Street"),
            ("--address", "10 Mill Road, Unit 4", "--person", "Ann Lee"),
        ],
    )
    def test_any_other_look_up_is_no_item(self, police: Agency, asked: tuple[str, ...]) -> None:
        self.brief(police, *asked)
        assert items(police) == []

    def test_the_list_of_staff_shows_no_address(self, police: Agency) -> None:
        told = police.do("staff")
        assert "Jo Brandt" in told
        assert "Mill" not in told


@pytest.mark.parametrize("name", ["adopted", "confidential", "partners", "staff"])
def test_a_setting_that_cannot_be_read_is_told_and_nothing_is_shown_without_it(
    tmp_path: Path, name: str
) -> None:
    county = agency(tmp_path, "county", "oversight")
    county.says(book="county/public")
    tamper(county.home, f"INSERT INTO settings (name, value) VALUES ('{name}', 'not JSON')")
    asked = (
        ("brief", "--address", "12 Elm Street") if name != "confidential" else ("account", "elm")
    )
    told = county.refused(*asked)
    assert f"the setting {name} of the home cannot be read" in told
