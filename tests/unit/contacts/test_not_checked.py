"""What was not checked: not asked, or no answer, and neither is "no concern"."""

import pytest

from at_the_door import DIVISION, DOOR, NEIGHBOUR, brief_of, contact, located
from telling import CHIEF, START, TENANT, told

NO_ANSWER = "asked, and did not answer"
NOTHING_OPEN = "not asked, or nothing of it on this door is open to this reader"
KNOCK = f"contact(agency=childrens-division, place={DOOR})"


def rows(*statements, **parts):
    given = {"partners": ("county-health", "childrens-division")} | parts
    return [(one.agency, one.why) for one in brief_of(*statements, **given).not_checked]


def asked_for(of="childrens-division", about=KNOCK, **parts):
    slots = {"by": "harrow-police", "of": of, "about": about}
    return told("requested", slots=slots, **({"stance": "does"} | parts))


def test_a_partner_of_whom_nothing_is_open_was_not_checked():
    assert rows() == [("childrens-division", NOTHING_OPEN), ("county-health", NOTHING_OPEN)]


def test_a_partner_whose_book_is_open_was_checked():
    one = contact(book="childrens-division/response")
    assert rows(one) == [("county-health", NOTHING_OPEN)]
    assert rows(one, at=one.recorded.replace(year=2030))[0] == ("childrens-division", NOTHING_OPEN)


def test_what_a_partner_tells_of_another_door_says_nothing_of_this_one():
    elsewhere = contact("9 Mill Road", book="childrens-division/response", incident="another")
    assert ("childrens-division", NOTHING_OPEN) in rows(elsewhere)


def test_what_others_say_of_a_partner_is_not_its_own_book():
    assert ("childrens-division", NOTHING_OPEN) in rows(contact(book="county-911/response"))


@pytest.mark.parametrize("about", [KNOCK, DOOR, "the family", None])
def test_a_partner_who_was_asked_and_has_not_answered(about):
    assert rows(located(), asked_for(about=about)) == [
        ("childrens-division", NO_ANSWER),
        ("county-health", NOTHING_OPEN),
    ]


def test_an_answer_ends_it_and_what_it_says_is_another_thing():
    asked = asked_for()
    slots = {"by": "childrens-division", "to": "harrow-police", "about": KNOCK}
    reply = told("replied", slots=slots)
    assert rows(located(recorded=START.isoformat()), asked, reply)[0] == (
        "childrens-division",
        NOTHING_OPEN,
    )
    assert rows(located(recorded=START.isoformat()), asked, reply, at=asked.recorded)[0] == (
        "childrens-division",
        NO_ANSWER,
    )


@pytest.mark.parametrize("place", [DOOR, NEIGHBOUR])
def test_whoever_kept_silent_on_the_building_stands_here_though_its_book_is_open(place):
    silence = contact(place, stance="no_reply", outcome=None, book="childrens-division/response")
    assert rows(silence)[0] == ("childrens-division", NO_ANSWER)
    assert brief_of(silence).contacts == ()


def test_an_agency_that_is_no_partner_stands_here_too():
    park = {"name": "Park rangers", "kind": "agency"}
    silence = told("visited", agency="park-rangers", by=park, stance="no_reply")
    assert ("park-rangers", NO_ANSWER) in rows(located(), silence)
    assert rows(asked_for("park-rangers", DOOR), partners=()) == [("park-rangers", NO_ANSWER)]


def test_who_owes_an_answer_on_something_else_is_not_said_to_have_kept_silent_on_a_door():
    video = asked_for("harrow-police", "body camera video")
    assert rows(located(), video, partners=()) == []
    own_book = told("located", what="call-1", place=DOOR, book="childrens-division/response")
    assert rows(own_book, asked_for(about="the budget"), partners=["childrens-division"]) == []


def test_silence_about_another_building_is_no_silence_about_this_one():
    place = "16 Harrow Lane"
    silence = contact(place, stance="no_reply", outcome=None)
    assert rows(located(place), silence, asked_for("county-health", "the family")) == [
        ("childrens-division", NOTHING_OPEN),
        ("county-health", NOTHING_OPEN),
    ]


def test_a_persons_silence_is_not_an_agencys():
    silence = told("armed", who="woman", by=TENANT, stance="no_reply")
    assert rows(located(), silence, partners=()) == []


def test_a_silence_that_was_taken_back_is_none():
    first = contact(stance="no_reply", outcome=None)
    back = contact(stance="cannot_say", outcome=None, replaces=first.id)
    assert rows(first, back, partners=()) == []


def test_an_official_who_keeps_silent_does_so_for_the_agency():
    for by in (CHIEF, DIVISION):
        silence = contact(agency="harrow-police", stance="no_reply", outcome=None, by=by)
        assert rows(silence, partners=()) == [(by["party"], NO_ANSWER)]


def test_they_stand_in_order_under_the_names_that_the_home_uses_and_once():
    silence = contact(stance="no_reply", outcome=None)
    found = rows(silence, asked_for(), partners=["zoning", "Children's Division", "zoning"])
    assert found == [("Children's Division", NO_ANSWER), ("zoning", NOTHING_OPEN)]
