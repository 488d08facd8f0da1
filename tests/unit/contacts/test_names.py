"""Names and days of birth that are alike: asked about, and never a history of anybody's."""

import pytest

from at_the_door import ANA, DOOR, brief_of, contact, only
from whoseword.contacts.persons import Mention, is_theirs, read_person, reasons_for

BORN = "1990-04-02"


def reasons(asked, told):
    return reasons_for(read_person(asked), Mention(read_person(told), sure=True))


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("James Cole", "Jim Cole"),
        ("Robert Cole", "Bobby Cole"),
        ("Jim Cole", "Jimmy Cole"),
        ("James Cole", "J Cole"),
        ("James Cole", "James Cole Jr"),
        ("James Cole Sr", "James Cole Jr"),
        ("James Cole", "James Robert Cole"),
        ("James Cole", "Cole James"),
        ("James Cole", "Jmaes Cole"),
        ("Katherine Cole", "Katharine Cole"),
        ("Ana Ruiz", "Ana Ruiz Vega"),
        ("Ana Ruiz Vega", "Ana Vega"),
        ("Mary Ann Cole", "Maryann Cole"),
        ("Mary Smith-Jones", "Mary Smith"),
        ("Ana Munoz", "Ana Munos"),
    ],
)
def test_a_name_that_is_alike_beside_the_day_of_birth_is_asked_about(asked, told):
    asked, told = f"{asked}, {BORN}", f"{told}, {BORN}"
    found = ("the name is alike", "the date of birth agrees", "possible, ask")
    assert reasons(asked, told) == reasons(told, asked) == found


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("James Cole", "Ben Cole"),  # twins
        ("Ana Ruiz", "Eva Ruiz"),
        ("Ana Ruiz", "Ana Cole"),
        ("Jim Cole", "Bob Cole"),
        ("Jim Cole", "James Coles"),
        ("Li Wu", "Lu Wu"),
        ("James Cole", "James"),
        ("James", "Jim"),
        ("James Cole", "Dana Wells"),
    ],
)
def test_one_who_shares_a_name_and_a_birthday_is_another_person(asked, told):
    assert reasons(f"{asked}, {BORN}", f"{told}, {BORN}") == ()


@pytest.mark.parametrize("told", ["1990-02-04", "1990-04-03", "1980-04-02", "1990-04-12"])
def test_a_day_of_birth_written_wrong_is_asked_about(told):
    found = ("the name agrees", "the date of birth is alike", "possible, ask")
    assert reasons(f"Ana Ruiz, {BORN}", f"Ana Ruiz, {told}") == found


@pytest.mark.parametrize("told", ["1961-11-30", "1991-02-04", "1909-04-02", "1990-05-03"])
def test_another_day_of_birth_is_another_person(told):
    assert reasons(f"Ana Ruiz, {BORN}", f"Ana Ruiz, {told}") == ()


@pytest.mark.parametrize(
    "told", ["Anna Ruiz, 1990-04-03", "Anna Ruiz", "Ruiz", "A Ruiz", "Ana Ruiz Jr, 1961-11-30"]
)
def test_two_likenesses_are_nothing(told):
    assert reasons(ANA, told) == ()


@pytest.mark.parametrize(
    "told", ["Søren Łukasz, 1990-04-02", "SOREN LUKASZ, 1990-04-02", "Lukasz, Soren, 1990-04-02"]
)
def test_letters_of_other_tongues_are_one_name(told):
    assert is_theirs(reasons("Soren Lukasz, 1990-04-02", told))


@pytest.mark.parametrize("told", ["Ana Ruis, 1990-04-02", "Ana Ruiz, 1990-02-04"])
def test_likeness_is_shown_as_possible_and_is_nobodys_history(told):
    view = brief_of(contact(DOOR, about=told), persons=[ANA])
    assert (view.person, view.household) == ((), ())
    assert only(view.contacts).person_match.reasons[-1] == "possible, ask"
