"""Who was asked and has not answered, and for how many whole days."""

from datetime import timedelta

import pytest

from telling import START, TENANT, account_of, told

VISIT = "visited(agency=childrens-division)"
DIVISION = {"name": "Children's Division", "kind": "agency"}
COUNTY = {"name": "desk", "kind": "official", "party": "county"}


def on(day, **parts):
    return {"recorded": (START + timedelta(days=day)).isoformat(), **parts}


def silence(day=0, **parts):
    parts = {"by": DIVISION, "stance": "no_reply"} | parts
    return told("visited", agency="childrens-division", **on(day, **parts))


def word(day=1, **parts):
    return told("visited", agency="childrens-division", **on(day, **({"by": DIVISION} | parts)))


def requested(day=0, about=VISIT, **parts):
    slots = {"by": "county", "of": "childrens-division", "about": about}
    return told("requested", slots=slots, **on(day, **({"by": COUNTY, "stance": "does"} | parts)))


def replied(day=1, about=VISIT, to="county", **parts):
    slots = {"by": "childrens-division", "to": to, "about": about}
    return told("replied", slots=slots, **on(day, **({"by": COUNTY} | parts)))


def awaited(*statements, day=30, **parts):
    view = account_of(*statements, as_of=START + timedelta(days=day, **parts))
    return [(one.of, one.about, one.days) for one in view.awaiting]


def test_silence_is_awaited():
    assert awaited(silence()) == [("Children's Division", VISIT, 30)]


def test_a_request_without_an_answer_is_awaited():
    assert awaited(requested()) == [("childrens-division", VISIT, 30)]


@pytest.mark.parametrize("stance", ["cannot_say", "does_not_know", "declines"])
def test_a_non_answer_is_an_answer_and_silence_is_not(stance):
    assert awaited(silence(stance=stance)) == []


@pytest.mark.parametrize("asked", [silence(), requested()])
@pytest.mark.parametrize("stance", ["affirms", "denies", "cannot_say", "declines", "believes"])
def test_the_agencys_own_word_on_the_matter_ends_it(asked, stance):
    assert awaited(asked, word(stance=stance)) == []


@pytest.mark.parametrize(
    "speaker",
    [
        {"name": "spokeswoman", "kind": "official", "party": "childrens-division"},
        {"name": "spokeswoman", "kind": "official", "party": "ames-childrens-division"},
    ],
)
def test_whoever_speaks_for_it_ends_it(speaker):
    assert awaited(silence(), word(by=speaker)) == []


@pytest.mark.parametrize(
    "other",
    [
        word(stance="no_reply"),
        word(by=TENANT),
        word(by=COUNTY),
        word(via=[{"name": "manager", "kind": "witness"}]),
        told("visited", agency="county-health", by=DIVISION, **on(1)),
    ],
)
def test_anything_less_does_not(other):
    days = {row[2] for row in awaited(silence(), other)}
    assert 30 in days


def test_a_word_from_before_the_silence_does_not_end_it():
    assert awaited(word(0), silence(1)) == [("Children's Division", VISIT, 29)]


@pytest.mark.parametrize("asked", [silence(), requested()])
def test_a_reply_ends_it(asked):
    assert awaited(asked, replied()) == []


def test_a_reply_to_the_asker_that_does_not_say_on_what_ends_the_request():
    assert awaited(requested(), replied(about=None)) == []
    assert awaited(requested(about=None), replied()) == []
    assert awaited(requested(about=None), replied(about=None)) == []


@pytest.mark.parametrize(
    "reply",
    [
        replied(about="armed(who=woman)"),
        replied(about=None, to="tenant"),
        replied(about=None, to=None),
        replied(stance="expects"),
        replied(stance="denies"),
        replied(hedge="possible"),
        told("replied", slots={"by": "county-health", "to": "county", "about": VISIT}, **on(1)),
    ],
)
def test_another_reply_or_none_yet_does_not(reply):
    assert awaited(requested(), reply) == [("childrens-division", VISIT, 30)]


def test_a_reply_that_turned_out_not_to_be_one_opens_it_again():
    reply = replied()
    back = replied(2, stance="cannot_say", replaces=reply.id)
    assert awaited(requested(), reply, back) == [("childrens-division", VISIT, 30)]


def test_a_request_about_two_matters_is_owed_until_both_are_answered():
    asked = requested(about=[VISIT, "died(who=child)"])
    assert awaited(asked, word()) == [("childrens-division", f"died(who=child), {VISIT}", 30)]
    assert awaited(asked, word(), told("died", who="child", by=DIVISION, **on(2))) == []


def test_a_finding_is_the_bodys_own_word_on_the_matter():
    examiner = {"name": "medical examiner", "kind": "official", "party": "medical-examiner"}
    asked = told("cause_of_death", who="child", stance="no_reply", **on(0, by=examiner))
    slots = {"by": "medical-examiner", "matter": "cause_of_death(who=child)", "finding": "a fall"}
    assert awaited(asked)
    assert awaited(asked, told("found", slots=slots, **on(1, by=examiner))) == []


def test_only_the_agency_goes_by_a_longer_name():
    asked = silence(by={"name": "tenant", "kind": "witness"})
    assert awaited(asked, word(by={"name": "other tenant", "kind": "witness"}))
    assert awaited(asked, word(by={"name": "tenant", "kind": "witness"})) == []


def test_a_possible_request_is_not_told_as_an_answer_owed():
    assert awaited(requested(hedge="possible")) == []


def test_a_silence_that_was_taken_back_is_not_awaited():
    first = silence()
    assert awaited(first, silence(1, stance="cannot_say", replaces=first.id)) == []


def test_a_join_of_names_finds_the_answer():
    join = told("same", who="cps", whom="childrens-division", **on(3, by=TENANT))
    speaker = {"name": "spokeswoman", "kind": "official", "party": "cps"}
    assert awaited(requested(), word(by=speaker)) != []
    assert awaited(requested(), word(by=speaker), join) == []


# --- days


@pytest.mark.parametrize(
    ("hours", "days"), [(0, 0), (23, 0), (24, 1), (47, 1), (48, 2), (24 * 400, 400)]
)
def test_days_are_whole_and_run_to_the_moment_of_the_account(hours, days):
    assert awaited(silence(), day=0, hours=hours) == [("Children's Division", VISIT, days)]


def test_a_moment_before_the_answer_still_awaits_it():
    assert awaited(silence(), word(5), day=4) == [("Children's Division", VISIT, 4)]
    assert awaited(silence(), word(5), day=5) == []


def test_days_run_from_when_it_was_recorded_not_from_when_it_was_said():
    assert awaited(silence(said="2031-01-01")) == [("Children's Division", VISIT, 30)]
