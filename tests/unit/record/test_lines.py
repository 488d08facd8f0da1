"""A line of a release: no surer than its matter, on somebody's word, and nobody's private name."""

from datetime import UTC, datetime
from typing import Any

import pytest

from telling import EXAMINER, TENANT, told
from whoseword.access import parse_reader
from whoseword.account import account
from whoseword.record.lines import Line, Section, Waiting, lines_of
from whoseword.words import Statement

WHEN = datetime(2032, 1, 1, tzinfo=UTC)


def lines(*statements: Statement) -> tuple[list[Line], list[Waiting]]:
    reader = parse_reader("information_officer@harrow-police", "disclosure")
    return lines_of(account(statements, incident="harrow-lane", as_of=WHEN, reader=reader))


def line(*statements: Statement) -> Line:
    [found], _ = lines(*statements)
    return found


def test_what_one_voice_says_is_told_as_theirs_and_not_confirmed() -> None:
    one = line(told("armed", who="woman", weapon="knife"))
    assert one.text == (
        "Was the woman armed? Said by one, not confirmed: yes (weapon knife), says police chief."
    )
    assert (one.standing, one.who_says) == ("said_by_one", ("police chief",))


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"hedge": "possible"}, "possibly yes"),
        ({"hedge": "reported"}, "reportedly yes"),
        ({"stance": "believes"}, "Believed, not known: believes so"),
        ({"stance": "expects"}, "Expected, not yet so: expects so"),
        ({"stance": "denies"}, "Denied: no"),
        ({"stance": "cannot_say"}, "Not known: cannot say"),
        ({"stance": "no_reply"}, "Asked, no answer yet: no reply"),
    ],
)
def test_no_line_is_surer_than_what_was_said(parts: Any, words: str) -> None:
    assert words in line(told("armed", who="woman", **parts)).text


def test_what_nobody_knows_stands_apart_from_what_is_known() -> None:
    assert line(told("armed", who="woman", stance="cannot_say")).section is Section.NOT_KNOWN
    assert line(told("armed", who="woman")).section is Section.KNOWN


def test_a_dispute_tells_both_sides() -> None:
    one = line(
        told("armed", who="woman", weapon="knife"),
        told("armed", who="woman", by=TENANT, stance="denies"),
    )
    assert one.text.startswith("Was the woman armed? Disputed: ")
    assert "says police chief" in one.text
    assert "no, says a witness" in one.text


def test_private_persons_and_responders_are_told_by_what_they_are() -> None:
    officer = {"name": "Officer Bell", "kind": "responder", "party": "harrow-police"}
    relative = {"name": "Ida Marsh", "kind": "relative"}
    one = line(
        told("armed", who="woman", by=officer), told("armed", who="woman", by=relative),
        told("armed", who="woman", by=TENANT), told("armed", who="woman", by={"name": "T. Moss", "kind": "witness"}),
    )  # fmt: skip
    assert "Bell" not in str(one)
    assert "Marsh" not in str(one)
    assert "2 witnesses" in one.text


def test_hearsay_is_told_as_such() -> None:
    one = told("died", who="child", by=TENANT, via=[{"name": "manager", "kind": "witness"}])
    assert "through others" in line(one).text


def test_a_finding_is_told_with_who_made_it() -> None:
    cause = {"who": "child", "means": "gunshot"}
    one = told("cause_of_death", by=EXAMINER, basis="concluded", slots=cause)
    found = told(
        "found", by=EXAMINER, basis="concluded",
        slots={"by": "medical-examiner", "matter": "cause_of_death(who=child)", "finding": "gunshot"},
    )  # fmt: skip
    assert "Found: finding by medical examiner: gunshot" in line(one, found).text


def test_what_nobody_reviewed_makes_its_matter_wait_since_it_may_change_the_standing() -> None:
    plain = told("armed", who="woman", weapon="knife")
    unread = told("armed", who="woman", by=TENANT, stance="denies", reviewed=False)
    found, waiting = lines(plain, unread)
    assert found == []
    assert [one.matter for one in waiting] == ["armed(who=woman)"]
    assert waiting[0].statements == (str(unread.id),)


def test_a_newspaper_s_own_voice_is_no_line() -> None:
    paper = {"name": "Harrow Courier", "kind": "narrator"}
    assert lines(told("died", who="child", by=paper, on="The child died.")) == ([], [])


def test_what_its_speaker_took_back_is_no_line() -> None:
    first = told("armed", who="woman", weapon="knife")
    back = told("armed", who="woman", stance="cannot_say", replaces=str(first.id))
    assert lines(first, back)[0] == []


def test_the_ledger_s_own_business_is_no_line() -> None:
    assert lines(
        told("published", stance="does", slots={"item": "armed(who=woman)", "by": "harrow-police"}),
        told("sealed", stance="does", slots={"item": "x", "by": "clerk"}),
    ) == ([], [])
