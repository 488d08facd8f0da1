"""Alder Court: what was known of two deaths, by whom, at which moment.

A call of a possible assault, a knife, an officer's shots; then a release, a briefing, a story, a
letter and a correction. What a newsroom, a court or an oversight office would ask of each moment
is asserted here.
"""

from datetime import UTC, datetime

import pytest

from house import may_open
from told_examples import (
    MISSOURI,
    OWNERS,
    account_as_of,
    matter,
    question,
    standing,
    statements_of,
)
from whoseword.access import parse_reader
from whoseword.account import account, account_json, difference
from whoseword.words import Basis, Stance, kind_of
from whoseword.words.times import parse_moment

VISIT = "contact(agency=childrens-division, place=2218 Tamarack Lane Apt C12)"


def test_on_the_first_evening_nobody_can_say_how_the_child_died() -> None:
    evening = account_as_of("alder-court", "2024-05-23T21:00")
    child = "cause_of_death(who=child)"
    assert standing(evening, child) == "not_known"
    status, not_asked = question(evening, child)
    assert status == "open"
    assert "medical-examiner" in not_asked


def test_a_possible_assault_stays_possible_though_the_story_says_assault() -> None:
    friday = account_as_of("alder-court", "2024-05-24T18:00")
    affirmed = {
        origin: position.hedge
        for position in matter(friday, "attacked(whom=?)").positions
        for origin in position.origins
    }
    assert affirmed == {"apartment manager": "possible", "911 caller": "possible"}
    assert standing(friday, "attacked(whom=?)") == "said_by_several"
    outrun = [one for one in friday.narration if one.matter == "attacked(whom=?)"]
    assert [one.narrator for one in outrun] == ["Tallis County Courier"]


def test_two_voices_are_one_once_a_person_judges_that_the_caller_was_the_manager() -> None:
    saturday = account_as_of("alder-court", "2024-05-25")
    assault = matter(saturday, "attacked(whom=?)")
    assert (assault.standing, assault.origins) == ("said_by_one", 1)


def test_a_headline_does_not_make_the_cause_of_death_known() -> None:
    friday = account_as_of("alder-court", "2024-05-24T18:00")
    assert standing(friday, "cause_of_death(who=child)") == "not_known"
    assert "cause_of_death(who=child)" in {one.matter for one in friday.narration}


def test_no_arrest_and_handcuffs_are_compatible_and_the_handcuffs_stay_open() -> None:
    friday = account_as_of("alder-court", "2024-05-24T18:00")
    assert standing(friday, "arrested(who=anyone)") == "denied"
    handcuffed = matter(friday, "handcuffed(who=man)")
    assert handcuffed.standing == "said_by_one"
    assert ("compatible", "arrested(who=anyone)") in {
        (note.kind, note.with_) for note in handcuffed.notes
    }
    assert question(friday, "handcuffed(who=man)")[0] == "open"


def test_the_unanswered_visit_is_hearsay_and_its_agency_is_awaited_until_it_answers() -> None:
    friday = account_as_of("alder-court", "2024-05-29T18:00")
    heard = [
        friday.statements[key]
        for position in matter(friday, VISIT).positions
        if position.stance == "affirms"
        for key in position.statements
    ]
    assert [(one.speaker.name, [relay.name for relay in one.via]) for one in heard] == [
        ("grandmother", ["apartment manager"])
    ]
    awaited = {(one.of, one.about): one.days for one in friday.awaiting}
    assert awaited["Children's Division", VISIT] == 5
    answered = account_as_of("alder-court", "2024-11-12T12:00")
    assert standing(answered, VISIT) == "said_by_several"
    assert "Children's Division" not in {one.of for one in answered.awaiting}


def test_the_divisions_own_record_is_open_to_its_worker_and_to_nobody_else() -> None:
    thursday = "2024-05-23T13:00"
    worker = account_as_of("alder-court", thursday, "child_welfare@childrens-division")
    assert standing(worker, VISIT) == "said_by_one"
    for reader in ("officer@wexmoor-police", "public@home", OWNERS["alder-court"]):
        assert account_as_of("alder-court", thursday, reader).matters == ()


def test_the_clinician_was_cleared_twelve_minutes_before_the_knife_and_held_after_it() -> None:
    by_kind = {
        (kind_of(one.fact), one.stance, one.basis): one.recorded
        for one in statements_of("alder-court")
        if one.recorded and one.recorded < datetime(2024, 5, 23, 20, tzinfo=UTC)
    }
    cleared = by_kind["cleared", Stance.DOES, Basis.UNSTATED]
    knife = by_kind["armed", Stance.AFFIRMS, Basis.SAW]
    held = by_kind["held", Stance.DOES, Basis.UNSTATED]
    assert (knife - cleared).total_seconds() == 720
    assert held > knife


def test_the_finding_comes_from_the_medical_examiner_first_to_those_who_inquire() -> None:
    child = "cause_of_death(who=child)"
    summer = "2024-08-01T12:00"
    assert standing(account_as_of("alder-court", summer), child) == "found"
    assert standing(account_as_of("alder-court", summer, "public@home"), child) == "not_known"
    letter = account_as_of("alder-court", "2024-11-12T12:00", "public@home")
    assert standing(letter, child) == "found"
    assert question(letter, child)[0] == "answered"


def test_the_letter_disputes_the_release_and_the_correction_settles_it() -> None:
    armed = "armed(who=woman)"
    assert standing(account_as_of("alder-court", "2024-11-13T12:00"), armed) == "disputed"
    corrected = account_as_of("alder-court", "2024-11-14T12:00")
    assert standing(corrected, armed) == "agreed"
    replaced = [one for one in matter(corrected, armed).positions if one.replaced_by]
    assert sorted(origin for one in replaced for origin in one.origins) == [
        "Chief Tessmer",
        "Wexmoor Police Department",
    ]


@pytest.mark.parametrize("label", ["attacked(whom=cut officer)", "conformed(who=officers)"])
def test_what_the_department_took_back_is_superseded(label: str) -> None:
    assert standing(account_as_of("alder-court", "2024-11-13T12:00"), label) == "said_by_one"
    assert standing(account_as_of("alder-court", "2024-11-14T12:00"), label) == "superseded"


def test_the_correction_names_the_lines_of_the_release_that_it_corrects() -> None:
    before = account_as_of("alder-court", "2024-05-23T21:00")
    after = account_as_of("alder-court", "2024-11-15T12:00")
    corrections = {one.matter for one in difference(before, after).corrections}
    assert corrections == {
        "armed(who=woman)",
        "attacked(whom=cut officer)",
        "cause_of_death(who=child)",
    }


def test_a_withdrawn_weapon_is_not_said_any_more() -> None:
    assert standing(account_as_of("alder-court", "2024-05-25"), "armed(who=man)") == "said_by_one"
    assert standing(account_as_of("alder-court", "2024-05-28"), "armed(who=man)") == "superseded"


def test_names_are_one_only_after_a_person_said_so() -> None:
    before = {one.matter for one in account_as_of("alder-court", "2024-11-11").matters}
    after = {one.matter for one in account_as_of("alder-court", "2024-11-13").matters}
    for apart, joined in (
        ("moved(who=carried baby)", "moved(who=child)"),
        ("attacked(whom=woman on the curb)", "attacked(whom=grandmother)"),
        ("handcuffed(who=man)", "handcuffed(who=father)"),
        ("discharged_weapon(who=officer who fired)", "discharged_weapon(who=officer-1)"),
    ):
        assert apart in before
        assert apart not in after
        assert joined in after


def test_who_pushed_the_grandmother_is_still_open_at_the_end() -> None:
    last = account_as_of("alder-court", "2024-12-31")
    pushed = matter(last, "attacked(whom=grandmother)")
    assert pushed.standing == "said_by_one"
    assert all("by" not in position.value for position in pushed.positions)
    assert question(last, "attacked(whom=grandmother)") == ("open", ("court",))
    assert standing(last, "prior_calls(place=2218 Tamarack Lane Apt C12)") == "disputed"


def test_the_chief_through_three_documents_is_one_voice() -> None:
    friday = account_as_of("alder-court", "2024-05-24T18:00", "public@home")
    denied = matter(friday, "arrested(who=anyone)")
    assert denied.origins == 1
    assert len({key for position in denied.positions for key in position.statements}) == 2


def test_what_came_later_changes_no_byte_of_the_friday() -> None:
    friday = parse_moment("2024-05-24T18:00", MISSOURI)
    reader = parse_reader(OWNERS["alder-court"])
    told = [
        one
        for one in statements_of("alder-court")
        if may_open(reader, one.book, reader) and one.recorded and one.recorded <= friday
    ]
    then = account(told, incident="alder-court-2024", as_of=friday, reader=reader, zone=MISSOURI)
    assert account_json(then) == account_json(account_as_of("alder-court", "2024-05-24T18:00"))


def test_the_compelled_interview_is_opened_for_review_only() -> None:
    def speakers(purpose: str) -> set[str | None]:
        view = account_as_of("alder-court", "2024-06-01", purpose=purpose)
        return {one.occasion.kind for one in view.statements.values() if one.occasion}

    assert "interview" not in speakers("inquiry")
    assert "interview" in speakers("review")
