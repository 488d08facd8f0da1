"""Rules as data: what a file may say, what is told where it says something else."""

import re

import pytest

from after_force import FOLDER, rules_of
from whoseword.access import RulesFault
from whoseword.duties import faults_of, read_duty_rules
from whoseword.duties.roles import ROLE_MEANINGS, ROLES

SHIPPED = {
    str(path.relative_to(FOLDER)): path.read_text("utf-8") for path in FOLDER.rglob("*.toml")
}
PROFILES = ("missouri", "washington", "wisconsin", "utah", "california", "local")
README = (FOLDER / "README.md").read_text("utf-8")
RULE = """
[[duty]]
id = "T-1"
jurisdiction = "missouri"
profiles = ["test"]
authority = "policy"
citation = "clause 1"
source = "none"
text_year = "2031"
verified_by = "nobody"
confidence = "unverified"
in_force_from = ".."
in_force_to = ".."
owner = "@involved"
what = "Write to the review board"
deadline = {kind = "hours", amount = 24}
completed_by = ["order", "recipient"]

[[duty.trigger]]
kinds = ["discharged_weapon"]
slots = {who = "@fired"}

[[duty.evidence]]
kinds = ["notified"]
slots = {agency = "review-board"}
recipient = "agency"

[[duty.example]]
tells = "a day later the board has not been told"
at = 2031-03-07T21:00:00Z
state = "overdue"
due = 2031-03-07T20:21:00Z
statements = [
  {recorded = 2031-03-06T20:21:00Z, by = "officer-1, responder", fact = {kind = "discharged_weapon", who = "officer-1"}},
]
"""


def changed(old: str, new: str) -> str:
    assert RULE.count(old) == 1, old
    return RULE.replace(old, new)


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_the_shipped_files_hold_and_their_examples_come_out(name):
    assert faults_of(SHIPPED[name]) == []


def test_every_row_of_the_law_is_encoded_and_told_in_the_chapter():
    encoded = {rule.id for profile in PROFILES for rule in rules_of(profile)}
    rows = {f"DF-{number:02}" for number in range(1, 22)}
    assert rows <= encoded
    told = README.split("## The rules on deadly force, one by one")[1].split("\n## ")[0]
    assert rows <= set(re.findall(r"^\| (DF-\d\d) \|", told, re.MULTILINE))
    assert not [one for one in encoded if f"{one} " not in told and f"`{one}`" not in told]


def test_the_chapter_tells_every_role_as_the_program_means_it():
    assert ROLES.keys() == ROLE_MEANINGS.keys()
    told = dict(re.findall(r"^\| `(@\w+)` \| (.*) \|$", README, re.MULTILINE))
    assert {name: told.get(name) for name in ROLES} == ROLE_MEANINGS


def test_what_nobody_read_is_unverified_and_the_rest_tells_where_it_was_read():
    for profile in PROFILES:
        for rule in rules_of(profile):
            if rule.verified_by == "nobody":
                assert rule.confidence.value == "unverified", rule.id
            if rule.confidence.value != "unverified":
                assert rule.source.startswith("http"), rule.id


def test_missouris_own_numbers_are_those_of_its_law():
    numbers = {
        rule.id: (rule.deadline.kind.value, rule.deadline.amount)
        for rule in rules_of("missouri")
        if rule.deadline.amount
    }
    assert numbers == {
        "DF-04": ("hours", 24),
        "DF-04-completion": ("calendar_days", 90),
        "DF-17": ("hours", 24),
        "DF-17-panel": ("hours", 24),
        "DF-21-disposition": ("calendar_days", 5),
    }


def test_the_policy_of_an_agency_names_its_clauses():
    own = [rule for rule in rules_of("local") if rule.jurisdiction == "local"]
    assert own
    assert all(rule.clause and rule.clause in rule.citation for rule in own)
    assert len({rule.clause for rule in own}) == len(own)


def test_a_rule_that_holds_has_no_faults_and_other_tables_are_other_readers_business():
    assert faults_of(RULE) == []
    assert faults_of('[[retention]]\nid = "RT-01"\n') == []
    assert faults_of("") == []


FAULTS = {
    "a key that is none": (("what = ", 'colour = "red"\nwhat = '), "colour"),
    "a key that is missing": (('citation = "clause 1"\n', ""), "citation"),
    "an empty word": (('citation = "clause 1"', 'citation = " "'), "citation"),
    "a word of another list": (('"unverified"', '"certain"'), "certain"),
    "a kind that is none": (('["notified"]', '["told"]'), "told is no kind of fact"),
    "a slot that is none": (("{agency = ", "{board = "), "board is no slot of notified"),
    "a recipient that is none": (('recipient = "agency"', 'recipient = "who"'), "who is no slot"),
    "a role that is none": (('"@fired"', '"@shooter"'), "@shooter is no role"),
    "an owner that is none": (('owner = "@involved"', 'owner = "@chief"'), "@chief is no role"),
    "a day that is none": (('in_force_to = ".."', 'in_force_to = "2031"'), "in_force_to is no day"),
    "an amount that is missing": ((", amount = 24}", "}"), "hours needs an amount"),
    "an invented number": (('"hours"', '"immediate"'), "none is invented"),
    "an amount of none": (("amount = 24", "amount = 0"), "amount"),
    "a rhythm that is missing": (
        ('{kind = "hours", amount = 24}', '{kind = "recurring"}'),
        "recurring needs it",
    ),
    "an alarm that is none": (("what = ", 'alarms = ["noise"]\nwhat = '), "alarms may hold"),
    "a state that is none": (("what = ", 'holidays = "ZZ"\nwhat = '), "'ZZ' is no state"),
    "an event without what foresees it": (("what = ", 'awaits = "x"\nwhat = '), "go together"),
    "no example": (
        (RULE[RULE.index("[[duty.example]]") :], "[[duty.other]]\n"),
        "other",
    ),
    "an example without a zone in its moment": (
        ("at = 2031-03-07T21:00:00Z", "at = 2031-03-07T21:00:00"),
        "timezone",
    ),
    "an example that does not come out": (('state = "overdue"', 'state = "done"'), "is overdue"),
    "an example with another due": (("due = 2031-03-07T20", "due = 2031-03-07T19"), "due is 2031"),
    "an example with a state that is none": (('state = "overdue"', 'state = "late"'), "no state"),
    "an example that owes nothing": (
        ('who = "officer-1"}}', 'who = "x"}, stance = "denies"}'),
        "asks for nothing",
    ),
    "an example in which nobody speaks": (
        ('by = "officer-1, responder"', 'by = "officer-1"'),
        "is no speaker",
    ),
    "an example that states nothing": (
        ('{kind = "discharged_weapon", who', '{kind = "shot", who'),
        "shot",
    ),
}


@pytest.mark.parametrize(("change", "words"), FAULTS.values(), ids=FAULTS)
def test_what_is_wrong_is_told_in_words(change, words):
    faults = faults_of(changed(*change))
    assert any(words in fault for fault in faults), faults


def test_a_rule_without_an_example_is_a_fault():
    without = RULE[: RULE.index("[[duty.example]]")]
    assert any("example" in fault for fault in faults_of(without))


def test_no_day_has_two_versions_of_a_rule():
    assert any("two versions" in fault for fault in faults_of(RULE + RULE))
    old = changed('in_force_to = ".."', 'in_force_to = "2030-12-31"')
    new = changed('in_force_from = ".."', 'in_force_from = "2031-01-01"')
    old = old[: old.index("[[duty.example]]")] + EXAMPLE_OF_2030
    assert faults_of(old + new) == []
    assert [one.in_force_to for one in read_duty_rules({"a.toml": old, "b.toml": new}, "test")] == [
        *("2030-12-31", "..")
    ]
    overlapping = new.replace("2031-01-01", "2030-12-31")
    with pytest.raises(RulesFault, match="two versions"):
        read_duty_rules({"a.toml": old, "b.toml": overlapping}, "test")


EXAMPLE_OF_2030 = RULE[RULE.index("[[duty.example]]") :].replace("2031-", "2030-")


def test_a_profile_is_its_own_rules_and_those_for_all():
    other = changed('["test"]', '["all"]').replace("T-1", "T-2")
    third = changed('["test"]', '["elsewhere"]').replace("T-1", "T-3")
    files = {"b.toml": other, "a.toml": RULE, "c.toml": third, "x.cedar": "permit("}
    assert [one.id for one in read_duty_rules(files, "test")] == ["T-1", "T-2"]


def test_a_profile_that_nobody_wrote_is_told_with_those_that_are_there():
    with pytest.raises(RulesFault, match="'oregon'; name one of: california, local, missouri"):
        read_duty_rules(SHIPPED, "oregon")
    with pytest.raises(RulesFault, match="none is there"):
        read_duty_rules({}, "missouri")
    with pytest.raises(RulesFault, match=r"a\.toml"):
        read_duty_rules({"a.toml": "duty = ["}, "missouri")


def test_all_marks_what_every_profile_holds_and_is_no_profile():
    with pytest.raises(RulesFault, match="name one of: california, local, missouri"):
        rules_of("all")
