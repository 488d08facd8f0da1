"""Whose history it is: two identifiers, or "possible, ask"; never a household member's."""

import pytest

from at_the_door import ANA, DOOR, HOUSE, armed, brief_of, contact, located, only
from telling import told

ELSEWHERE = "9 Mill Street"
TWO = ("the name agrees", "the date of birth agrees")
ASK = ("the name agrees", "possible, ask")


def named(name, who="woman", **parts):
    return told("named", who=who, name=name, **parts)


@pytest.mark.parametrize("place", [DOOR, HOUSE, ELSEWHERE])
@pytest.mark.parametrize(
    "about", [ANA, "RUIZ, Ana, 1990-04-02", ["Ben Ruiz", "ana  ruiz, 1990-04-02"]]
)
def test_name_and_date_of_birth_make_it_the_persons(place, about):
    one = contact(place, about=about)
    view = brief_of(one, persons=[ANA])
    assert view.person == (one.id,)
    assert view.household == ()
    row = only(view.contacts)
    assert (row.person_match.name, row.person_match.reasons) == ("Ana Ruiz", TWO)


@pytest.mark.parametrize("place", [DOOR, HOUSE, ELSEWHERE])
@pytest.mark.parametrize(
    ("about", "asked"),
    [("Ana Ruiz", ANA), (ANA, "Ana Ruiz"), ("Ana Ruiz", "Ana Ruiz"), ("Ana Ruiz, 1990", ANA)],
)
def test_a_name_alone_is_possible_and_nobodys_history(place, about, asked):
    view = brief_of(contact(place, about=about), persons=[asked])
    if about.endswith("1990"):
        assert all(row.person_match is None for row in view.contacts)
    else:
        assert only(view.contacts).person_match.reasons == ASK
    assert view.person == ()


def test_one_who_was_born_on_another_day_is_another_person():
    mother = contact(about="Ana Ruiz, 1961-11-30")
    view = brief_of(mother, persons=[ANA])
    assert only(view.contacts).person_match is None
    assert (view.person, view.household) == ((), (mother.id,))
    assert brief_of(contact(ELSEWHERE, about="Ana Ruiz, 1961-11-30"), persons=[ANA]).contacts == ()


def test_the_address_and_the_surname_never_make_it_the_persons():
    brother = contact(about="Ben Ruiz, 1988-01-05")
    child = contact(about="child")
    view = brief_of(brother, child, persons=[ANA])
    assert view.person == ()
    assert view.household == (brother.id,), "nobody knows who the child is"
    assert all(row.person_match is None for row in view.contacts)
    assert set(view.unit) == {brother.id, child.id}


def test_a_household_is_behind_this_very_door():
    for place in (HOUSE, "14 Harrow Lane Apt 4", ELSEWHERE):
        assert brief_of(contact(place, about="Ben Ruiz"), persons=[ANA]).household == ()


def test_who_is_asked_for_is_in_one_list_only():
    both = contact(about=[ANA, "Ben Ruiz, 1988-01-05"])
    possible = contact(about=["Ana Ruiz", "Ben Ruiz, 1988-01-05"])
    view = brief_of(both, possible, persons=[ANA])
    assert (view.person, view.household) == ((both.id,), ())


def test_of_two_who_were_asked_for_the_surer_is_named():
    view = brief_of(contact(about=["Ben Ruiz", ANA]), persons=["Ben Ruiz", ANA])
    assert only(view.contacts).person_match.name == "Ana Ruiz"


# --- names of an incident


def test_a_name_told_in_the_incident_tells_who_the_woman_is():
    weapon = armed()
    view = brief_of(located(), weapon, named(ANA), persons=[ANA])
    assert view.person == (weapon.id,)
    knock = contact(about="woman")
    assert brief_of(knock, named(ANA), persons=[ANA]).person == (knock.id,)
    other = named(ANA, incident="mill-street")
    assert brief_of(located(), armed(), other, persons=[ANA]).person == ()


def test_a_name_told_again_without_a_date_of_birth_takes_nothing_away():
    weapon = armed()
    again = [named("Ana Ruiz"), named(ANA), named("Ana Ruiz", hedge="reported")]
    assert brief_of(located(), weapon, *again, persons=[ANA]).person == (weapon.id,)


def test_a_joined_name_is_followed():
    join = told("same", who="caller", whom="woman")
    knock = contact(about="caller")
    assert brief_of(knock, named(ANA), join, persons=[ANA]).person == (knock.id,)
    assert brief_of(knock, named(ANA), persons=[ANA]).person == ()


@pytest.mark.parametrize(
    "told_otherwise",
    [
        [named(ANA, hedge="possible")],
        [named(ANA, stance="believes")],
        [named(ANA), named("Dana Wells, 1990-04-02")],
        [named(ANA), named("Ana Ruiz, 1961-11-30")],
        [named(ANA), named(ANA, stance="denies")],
    ],
)
def test_a_name_that_is_not_told_plainly_or_not_alone_is_only_possible(told_otherwise):
    view = brief_of(located(), armed(), *told_otherwise, persons=[ANA])
    assert view.person == ()
    match = only(view.cautions).person_match
    assert match.reasons == (*TWO, "not told plainly, or contested", "possible, ask")


def test_a_name_that_was_taken_back_is_nobodys():
    first = named(ANA)
    back = named(ANA, stance="cannot_say", replaces=first.id)
    assert (
        only(brief_of(located(), armed(), first, back, persons=[ANA]).cautions).person_match is None
    )


@pytest.mark.parametrize("parts", [{"hedge": "possible"}, {"stance": "believes"}])
def test_what_is_only_possible_is_not_surely_the_persons(parts):
    view = brief_of(contact(about=ANA, **parts), persons=[ANA])
    assert view.person == ()
    assert only(view.contacts).person_match.reasons[-1] == "possible, ask"


def test_a_history_that_the_person_denies_is_not_surely_theirs():
    one = contact(about=ANA)
    view = brief_of(one, contact(about=ANA, stance="denies", by={"name": "Ana", "kind": "involved"}),
                    persons=[ANA])  # fmt: skip
    assert view.person == ()
    assert only(view.contacts).contested_by


def test_whom_it_was_done_to_is_not_told_as_who_did_it():
    hit = told("attacked", whom="woman", slots={"by": "man"})
    view = brief_of(located(), hit, named(ANA), named("Ben Ruiz, 1988-01-05", "man"), persons=[ANA])
    assert only(view.cautions).person_match is None
    assert (view.person, view.household) == ((), (hit.id,))
    assert brief_of(located(), hit, named(ANA, "man"), persons=[ANA]).person == (hit.id,)


@pytest.mark.parametrize(
    ("asked", "about"),
    [
        ("José Núñez, 1990-04-02", "JOSE NUNEZ, 1990-04-02"),
        ("Cole, James, 1990-04-02", "James Cole, 1990-04-02"),
        ("James Cole, Jr., 1990-04-02", "James Cole Jr, 1990-04-02"),
        ("Mary O'Hara, 1990-04-02", "Mary O’Hara, 1990-04-02"),
    ],
)
def test_one_name_is_one_name_however_it_is_written(asked, about):
    assert brief_of(contact(about=about), persons=[asked]).person


@pytest.mark.parametrize(
    ("asked", "about"),
    [
        ("James Cole, 1990-04-02", "James Cole Jr, 1990-04-02"),
        ("James Cole, 1990-04-02", "Jim Cole, 1990-04-02"),
        ("James Cole, 1990-04-02", "Colette James, 1990-04-02"),
        ("1990-04-02", "1990-04-02"),
        ("", "child"),
        ("?", "?"),
    ],
)
def test_anything_less_is_another_name(asked, about):
    assert not brief_of(contact(about=about), persons=[asked]).person
