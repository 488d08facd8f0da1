"""The rules on releases: the files hold, each example comes out, and a broken file is told."""

from datetime import date
from pathlib import Path

import pytest

from whoseword.access import RulesFault
from whoseword.record.release_rules import every_release_rule, faults_of, read_release_rules

FILE = Path(__file__).parents[3] / "rules" / "house" / "release.toml"
TEXT = FILE.read_text("utf-8")


def test_the_rules_of_the_house_hold_with_their_examples() -> None:
    assert faults_of(TEXT) == []


def test_what_a_first_statement_must_leave_out_has_a_rule_each() -> None:
    """Identities before kin, minors, doors, health, child welfare, compelled, past, judgement."""
    told = " ".join(one.tells for one in every_release_rule({"a.toml": TEXT}))
    for word in ("kin", "child is", "door", "health", "child-welfare", "compelled", "did before", "motive", "counsel"):  # fmt: skip
        assert word in told


def test_an_example_that_comes_out_otherwise_is_a_fault() -> None:
    changed = TEXT.replace('expect = "two_people"', 'expect = "refuse"')
    assert faults_of(changed) == ["RL-14: a death: came out as two_people, and not as refuse"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('kinds = ["in_crisis"]', 'kinds = ["crisis"]', "crisis is no kind of fact"),
        ('does = "counsel"', 'does = "perhaps"', "is no list of [[release]]"),
        ('id = "RL-02"', 'id = "RL-01"', "stands twice"),
        ('in_force_from = ".."', 'in_force_from = "soon"', "is no day"),
        ("compelled = true", "compelled = false", "fits every line"),
    ],
)
def test_a_file_that_nobody_can_rely_on_is_told(old: str, new: str, told: str) -> None:
    with pytest.raises(RulesFault, match=r"release\.toml") as fault:
        every_release_rule({"release.toml": TEXT.replace(old, new, 1)})
    assert told in str(fault.value)


def test_a_rule_holds_from_its_first_day_to_its_last() -> None:
    text = TEXT.replace('in_force_to = ".."', 'in_force_to = "2031-03-05"', 1)
    before, after = (read_release_rules({"a.toml": text}, date(2031, 3, day)) for day in (5, 6))
    assert {one.id for one in before} - {one.id for one in after} == {"RL-01"}
