"""What is open, who could not say, and which party with authority has not been asked."""

import pytest

from telling import CHIEF, DRIVER, EXAMINER, PROSECUTOR, TENANT, account_of, saw, told

CAUSE, ARMED = "cause_of_death(who=child)", "armed(who=woman)"
ALL_OVER_DEATH = ("coroner", "court", "medical-examiner", "prosecutor")


def cause(**parts):
    return told("cause_of_death", who="child", **({"stance": "cannot_say"} | parts))


def question(*statements):
    [one] = account_of(*statements).questions
    return one


@pytest.mark.parametrize("stance", ["cannot_say", "does_not_know", "declines", "no_reply"])
def test_each_way_of_not_answering_opens_the_question(stance):
    one = cause(stance=stance)
    asked = question(one)
    assert (asked.matter, asked.status) == (CAUSE, "open")
    [row] = asked.asked_of
    assert (row.speaker, row.answer, row.statement) == ("police chief", stance, one.id)


@pytest.mark.parametrize("stance", ["affirms", "denies", "believes", "expects", "does"])
def test_an_answer_is_no_question(stance):
    assert account_of(cause(stance=stance)).questions == ()


def test_nobody_asked_is_no_question():
    assert account_of(saw("armed", who="woman")).questions == ()


def test_those_asked_are_told_in_order():
    rows = question(cause(), cause(by=TENANT, stance="no_reply"), cause(by=DRIVER)).asked_of
    assert [row.speaker for row in rows] == [
        "delivery driver",
        "police chief",
        "tenant across the hall",
    ]


# --- open until agreed or found


@pytest.mark.parametrize(
    "said",
    [
        [saw("armed", who="woman")],
        [saw("armed", who="woman", stance="denies")],
        [saw("armed", who="woman"), told("armed", by=DRIVER, who="woman")],
        [saw("armed", who="woman"), saw("armed", by=DRIVER, who="woman", stance="denies")],
    ],
)
def test_one_voice_a_denial_or_a_dispute_does_not_answer_it(said):
    assert question(*said, told("armed", who="woman", stance="cannot_say")).status == "open"


def test_agreement_answers_it():
    said = [saw("armed", who="woman"), saw("armed", by=DRIVER, who="woman")]
    assert question(*said, told("armed", who="woman", stance="cannot_say")).status == "answered"


def test_a_finding_answers_it():
    found = told("found", by=EXAMINER, slots={"by": "medical-examiner", "matter": CAUSE})
    assert question(cause(), found).status == "answered"


def test_a_non_answer_that_was_replaced_says_by_what():
    first = cause()
    second = cause(stance="affirms", replaces=first.id)
    [row] = question(first, second).asked_of
    assert row.replaced_by == second.id


# --- not asked


def test_nobody_with_authority_has_been_asked():
    assert question(cause()).not_asked == ALL_OVER_DEATH
    assert question(told("armed", who="woman", stance="cannot_say")).not_asked == (
        "court",
        "prosecutor",
    )


@pytest.mark.parametrize(
    ("speaker", "party"),
    [
        (EXAMINER, "medical-examiner"),
        (PROSECUTOR, "prosecutor"),
        ({"name": "Ames County Prosecutor", "kind": "agency"}, "prosecutor"),
        ({"name": "Ames County Coroner's office", "kind": "agency", "party": "ames-coroner"}, "coroner"),
        ({"name": "the medical examiner", "kind": "official", "party": "Ames Medical Examiner"},
         "medical-examiner"),
        ({"name": "medical examiner", "kind": "official"}, "medical-examiner"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("stance", ["affirms", "cannot_say", "no_reply"])
def test_a_party_that_spoke_in_any_way_has_been_asked(speaker, party, stance):
    asked = question(cause(), cause(by=speaker, stance=stance))
    assert asked.not_asked == tuple(one for one in ALL_OVER_DEATH if one != party)


@pytest.mark.parametrize(
    "speaker",
    [
        {"name": "prosecutors' union", "kind": "agency"},
        {"name": "former prosecutor", "kind": "official"},
        {"name": "clerk", "kind": "official", "party": "nonprosecutor"},
        {"name": "prosecutor", "kind": "unnamed"},
    ],
)
def test_a_name_that_only_sounds_like_it_is_not_the_party(speaker):
    assert "prosecutor" in question(cause(), cause(by=speaker)).not_asked


def test_a_finding_that_does_not_count_is_a_statement_all_the_same():
    found = told(
        "found",
        by={**EXAMINER, "interest": True},
        slots={"by": "medical-examiner", "matter": CAUSE},
    )
    asked = question(cause(), found)
    assert asked.status == "open"
    assert "medical-examiner" not in asked.not_asked


def requested(of, about=CAUSE, **parts):
    return told("requested", slots={"by": "county", "of": of, "about": about}, **parts)


def test_a_party_that_was_requested_has_been_asked():
    asked = question(cause(), requested("ames-county-prosecutor"), requested("coroner"))
    assert asked.not_asked == ("court", "medical-examiner")


def test_a_request_about_several_matters_asks_about_each():
    assert "coroner" not in question(cause(), requested("coroner", [ARMED, CAUSE])).not_asked


@pytest.mark.parametrize(
    "request_",
    [
        requested("coroner", ARMED),
        requested("coroner", "the child's death"),
        requested("coroner", stance="expects"),
        requested("coroner", stance="denies"),
    ],
)
def test_another_request_or_none_yet_asks_nothing(request_):
    assert "coroner" in question(cause(), request_).not_asked


def test_the_chief_has_no_authority_over_it():
    assert question(cause(by=CHIEF)).not_asked == ALL_OVER_DEATH
