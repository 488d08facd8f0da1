"""A brief at a door, on a telephone: short, in words, and with what was not checked."""

import io

import pytest
from rich.console import Console

from at_the_door import ANA, DIVISION, DOOR, HOUSE, armed, brief_of, contact, located
from telling import TENANT, told
from whoseword.contacts import PROMPTS, Brief
from whoseword.doors.terminal.briefs import print_brief


def printed(view: Brief, width: int = 40) -> str:
    stream = io.StringIO()
    print_brief(view, Console(file=stream, width=width, highlight=False))
    return stream.getvalue()


def flat(view: Brief) -> str:
    return " ".join(printed(view).split())


@pytest.fixture
def full() -> Brief:
    manager = [{"name": "manager", "kind": "witness"}]
    return brief_of(
        located(),
        contact(happened="2031-03-01", about=ANA),
        contact(HOUSE, outcome=None, hedge="possible", by=TENANT, via=manager, reviewed=False),
        contact("Harrow Lane", outcome="not_completed", happened={"words": "Thursday"}),
        contact(about="Ben Ruiz", stance="denies", by=TENANT),
        told("prior_calls", place=DOOR, book="county-911/response"),
        armed(),
        armed(stance="denies", by=TENANT),
        contact(by=DIVISION, stance="no_reply", outcome=None),
        persons=[ANA],
        partners=["county-health"],
        keeps={"contact": 5},
    )


def test_everything_is_told_in_words(full: Brief) -> None:
    text = flat(full)
    for part in (
        "14 Harrow Lane Apt 3: what agencies already know",
        "Read as 14 HARROW LN UNIT 3.",
        "CAUTIONS (1) - At this unit -",
        "Was the woman armed? Yes (weapon: knife)",
        "said by officer-1; kept by county",
        "! contested: denied in",
        "1 March 2031: contact by childrens-division: no answer, which tells nothing of who was",
        "about: Ana Ruiz, 1990-04-02",
        "shown until 1 March 2036",
        "person: Ana Ruiz (the name agrees, the date of birth agrees)",
        "possibly contact by childrens-division: outcome unknown [not reviewed by a person]",
        "said by tenant across the hall, as told by manager",
        "“Thursday” as said: contact by childrens-division: not completed",
        "Were there earlier calls to 14 Harrow Lane Apt 3? Yes",
        "kept by county-911",
        "date unknown, recorded ",
        "- On this street; which house is not known -",
        "The person's: 1 statement,",
        "NOT CHECKED (2) * childrens-division: asked, and did not answer * county-health: not",
    ):
        assert part in text, part
    assert "no concern" not in text


def test_the_prompts_stand_last(full: Brief) -> None:
    for view in (full, brief_of(), brief_of(address="")):
        assert flat(view).endswith(" ".join(f"* {prompt}" for prompt in PROMPTS))


def test_where_nothing_is_held_it_says_unknown_and_never_none() -> None:
    text = flat(brief_of(address=HOUSE, partners=["county-health"]))
    assert "Unknown: no caution is open to this reader. That is not the same as none." in text
    assert "Unknown: no contact is open to this reader." in text
    assert "Unit unknown: nothing below is told of one unit." in text
    assert (
        "* county-health: not asked, or nothing of it on this door is open to this reader" in text
    )
    assert "No agency stands here; what nobody wrote down is not known" in flat(brief_of())


def test_no_line_is_wider_than_a_telephone(full: Brief) -> None:
    for width in (30, 40, 80):
        lines = printed(full, width).splitlines()
        assert max(len(line) for line in lines) <= width
        assert not any(line.endswith(" ") for line in lines)


def test_what_others_wrote_reaches_no_terminal_as_a_command() -> None:
    bad = "\x1b[2J\u202e"
    view = brief_of(
        contact(f"{DOOR}", about=f"Ana{bad} Ruiz", agency=f"x{bad}", outcome=f"y{bad}",
                by={"name": f"z{bad}", "kind": "witness"}, happened={"words": f"w{bad}"}),
        located(), armed(weapon=bad, who=f"woman{bad}"),
        contact(agency=f"q{bad}", stance="no_reply", by={"name": "q", "kind": "agency"}),
        persons=[f"Ana{bad} Ruiz"], address=f"{DOOR}{bad}", partners=[f"p{bad}"],
    )  # fmt: skip
    text = printed(view)
    assert "\x1b" not in text
    assert "\u202e" not in text
