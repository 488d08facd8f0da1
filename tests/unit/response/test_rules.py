"""The rules of advice: every one told, tried by its examples, and listed."""

import re

import pytest

from at_the_gate import TERMS
from house import RULES, WITH_OPTIONAL
from whoseword.access import Confidence, RulesFault
from whoseword.response import faults_of, read_advice_rules
from whoseword.response.provisions import GATE, Ground
from whoseword.wiring import rules_folder

FILES = {name: text for name, text in WITH_OPTIONAL.files.items() if "[[advice]]" in text}
HOUSE = FILES["house/response.toml"]


def test_every_file_holds_and_every_example_comes_out() -> None:
    assert len(FILES) == 8
    assert [fault for text in FILES.values() for fault in faults_of(text)] == []


def test_every_ground_of_the_gate_has_its_rule() -> None:
    assert {rule.ground for rule in TERMS.advice} == set(Ground)
    always = {rule.ground for rule in TERMS.advice if rule.has_no_end}
    assert always >= set(GATE)


def test_every_row_on_dispatch_is_a_rule_or_left_with_its_reason() -> None:
    page = (rules_folder() / "README.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| (TR-\d\d) \| (.+?) \|", page, re.MULTILINE))
    assert list(rows) == [f"TR-{number:02}" for number in range(1, 20)]
    file_of = {rule.id: name for name in FILES for rule in _rules(name)}
    for name, where in rows.items():
        encoding = [rule.id for rule in TERMS.advice if name in (rule.id, *rule.encodes)]
        if encoding:
            assert {f"`{file_of[one]}`" for one in encoding} == {where}, name
        else:
            assert where.startswith("left: "), name


def _rules(name: str) -> list[object]:
    own = re.findall(r'^id = "([^"]+)"', FILES[name], re.MULTILINE)
    return [rule for rule in TERMS.advice if rule.id in own]


def test_no_places_rule_is_told_as_anothers() -> None:
    for name in FILES:
        profiles = {rule.profile for rule in _rules(name)}
        assert profiles == {
            "house/response.toml": {""},
            "missouri/response.toml": {"missouri"},
        }.get(name, profiles - {"", "missouri"})


def test_what_nobody_has_read_says_so() -> None:
    unread = [rule for rule in TERMS.advice if rule.confidence is Confidence.UNVERIFIED]
    assert [(rule.id, rule.verified_by) for rule in unread] == [("TR-19", "nobody")]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('citation = "design', 'citation = ""\n# "', "citation"),
        ('id = "HE-02"', 'id = "HE-01"', "HE-01: stands twice"),
        ('ground = "weapon"', 'ground = "weapons"', "weapons"),
        ('confidence = "text"', 'confidence = "sure"', "sure"),
        ('duration = "', 'durations = "', "duration"),
        ('in_force_from = ".."', 'in_force_from = "soon"', "HE-01: in_force_from is no day"),
        ('kinds = ["aged"]', 'kinds = ["age"]', "HE-08: age is no kind of fact"),
        ("[[advice.when]]", "[[advice.whenever]]", "whenever"),
        ('expect = { clinician = "hold", officer-1', 'expect = { clinician = "go", officer-1',
         "HE-01: the caller does not know whether there is a weapon: clinician gets hold where go"),
        ("unused_s = { clinician = 720 }", "unused_s = { clinician = 721 }", "has 720 seconds"),
        ('rules = ["HE-02"]', 'rules = ["HE-03"]', "HE-03 is not named; HE-02, HE-07 is"),
        ('at = "14:16"', 'at = "teatime"', "cannot be read"),
        ('stance = "does_not_know"', 'stance = "shrugs"', "cannot be read"),
        ('{ at = "14:01", fact', '{ when = "14:01", fact', "cannot be read"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found(before: str, after: str, told: str) -> None:
    assert before in HOUSE
    faults = faults_of(HOUSE.replace(before, after, 1))
    assert any(told in fault for fault in faults), faults


def test_a_rule_has_an_example() -> None:
    head, _, rest = HOUSE.partition("[[advice.example]]")
    assert "example" in " ".join(faults_of(head + rest[rest.index("[[advice]]") :]))


def test_a_file_may_hold_other_tables() -> None:
    retention = RULES.files["house/retention.toml"]
    assert faults_of(retention) == []
    assert read_advice_rules({"a.toml": f"{retention}\n{HOUSE}", "b.cedar": "no toml"})


def test_a_rule_beside_the_house_is_tried_with_it() -> None:
    own = HOUSE.split("[[advice]]")[2]
    town = "[[advice]]" + own.replace("HE-02", "TOWN-1")
    assert faults_of(town) == []
    terms = read_advice_rules(FILES | {"town/response.toml": town})
    assert "TOWN-1" in {rule.id for rule in terms}


def test_reading_tells_every_fault_with_its_file() -> None:
    wrong = HOUSE.replace('in_force_from = ".."', 'in_force_from = "soon"', 1)
    with pytest.raises(RulesFault, match=re.escape("house/response.toml: HE-01: in_force_from")):
        read_advice_rules({"house/response.toml": wrong})
    with pytest.raises(RulesFault, match=re.escape("b.toml: HE-01: stands twice")):
        read_advice_rules({"a.toml": HOUSE, "b.toml": HOUSE})
    with pytest.raises(RulesFault, match="is no list of"):
        read_advice_rules({"a.toml": "advice ="})


def test_the_gate_is_never_without_its_rules() -> None:
    for wrong in ("", HOUSE.replace('in_force_to = ".."', 'in_force_to = "2030-01-01"', 1)):
        with pytest.raises(RulesFault, match="ground unknown"):
            read_advice_rules({"a.toml": wrong})
