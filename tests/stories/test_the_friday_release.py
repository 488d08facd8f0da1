"""A release on the Friday after a shooting, and what became of each of its lines.

On Friday the department says that the woman had a knife when the officers arrived, and that nobody can
say who harmed the child. In November the medical examiner finds that the child died of a gunshot, and
the prosecutor's letter says that the knife came later. The Friday release stays as it was, byte for
byte; the new one says what is corrected and why; whoever reads either can check that nothing was
changed in silence. Told from the example of Alder Court, in the home of the involved department.
"""

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from agencies import Agency, agency
from told_examples import EXAMPLES

INCIDENT = "alder-court-2024"
FRIDAY = "2024-05-24T22:00:00Z"
SATURDAY = "2024-05-25T12:00:00Z"
NOVEMBER = "2024-11-20T15:00:00Z"
AFTERWARDS = "2025-06-01T12:00:00Z"
KNIFE, CAUSE = "armed(who=woman)", "cause_of_death(who=child)"


class Told(NamedTuple):
    """The home, and what the public read on the Friday."""

    home: Agency
    on_friday: str
    november: dict[str, Any]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    home = agency(tmp_path_factory.mktemp("wexmoor"), "wexmoor-police", "information_officer")
    lines = EXAMPLES / "alder-court" / "statements.jsonl"
    home.do("say", "--backfill", lines, now=AFTERWARDS)
    _publish(home, FRIDAY)
    on_friday = home.do("record", INCIDENT, "--json", now=SATURDAY)
    _publish(home, NOVEMBER)
    return Told(home, on_friday, json.loads(home.do("record", INCIDENT, "--json", now=AFTERWARDS)))


def _publish(home: Agency, now: str) -> None:
    home.do(
        "publish", INCIDENT, "--as", "Captain Lorne", "--as", "Counsel Reyes",
        "--line", KNIFE, "--line", CAUSE, "--line", "died(who=child)", now=now,
    )  # fmt: skip


def test_on_friday_it_was_told_as_said_and_not_as_so(told: Told) -> None:
    friday = json.loads(told.on_friday)
    [knife] = [one for one in friday["lines"] if "armed" in one["text"]]
    assert knife["standing"] == "said_by_several"
    assert "not confirmed" in knife["text"]
    [cause] = friday["not_known"]
    assert cause["text"].startswith(
        "Who or what caused the death of the child? Not known: cannot say"
    )
    assert friday["corrections"] == []


def test_the_friday_release_stays_byte_for_byte(told: Told) -> None:
    for how in (("--release", "1"), ("--as-of", SATURDAY)):
        assert told.home.do("record", INCIDENT, "--json", *how, now=AFTERWARDS) == told.on_friday


def test_the_next_one_says_what_it_corrects_and_why(told: Told) -> None:
    assert told.november["version"] == 2
    friday = {one["text"] for one in json.loads(told.on_friday)["lines"]}
    friday |= {one["text"] for one in json.loads(told.on_friday)["not_known"]}
    whys = {one["was"]: one["why"] for one in told.november["corrections"]}
    assert set(whys) <= friday
    knife = next(was for was in whys if "armed" in was)
    cause = next(was for was in whys if "caused" in was)
    assert whys[knife] == "independent voices who know at first hand agree on it now"
    assert whys[cause] == "a party with authority has made a finding"
    assert all(one["of_version"] == 1 for one in told.november["corrections"])
    now = {one["text"] for one in (*told.november["lines"], *told.november["not_known"])}
    assert {one["now"] for one in told.november["corrections"]} <= now


def test_the_cause_is_told_with_who_found_it(told: Told) -> None:
    [cause] = [one for one in told.november["lines"] if "caused" in one["text"]]
    assert cause["standing"] == "found"
    assert "finding by Dr. Amsel" in cause["text"]


def test_anybody_can_check_that_nothing_was_changed_in_silence(told: Told) -> None:
    proof = json.loads(told.on_friday)["proof"]
    expected = f"{proof['book']}:{proof['size']}:{proof['root']}"
    shown = told.home.do("verify", "--expect", expected, "--reader", "public@press", now=AFTERWARDS)
    assert "Every chain holds." in shown


def test_a_reader_of_the_paper_sees_the_correction_in_plain_words(told: Told) -> None:
    shown = " ".join(told.home.do("record", INCIDENT, now=AFTERWARDS).split())
    assert "Release 1 said: Was the woman armed? Said by several, not confirmed" in shown
    assert "Why: a party with authority has made a finding." in shown


def test_no_name_of_a_private_person_or_an_officer_went_out(told: Told, tmp_path: Path) -> None:
    named = [
        json.loads(line)["fact"]
        for line in (EXAMPLES / "alder-court" / "statements.jsonl").read_text("utf-8").splitlines()
        if '"named"' in line
    ]
    names = [fact["name"] for fact in named if fact["kind"] == "named" and fact.get("name")]
    public = told.on_friday + json.dumps(told.november)
    assert not [name for name in names if name in public]
    assert "tenant" not in public
    assert "Officer Amery" not in public
