"""When two values are the same: as words, after numbers and dates are brought to one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telling import DRIVER, saw, standing
from whoseword.account.values import normal_word
from whoseword.words.names import slug


def both(kind, slot, first, second, key="who"):
    return standing(
        f"{kind}({key}=woman)",
        saw(kind, slots={key: "woman", slot: first}),
        saw(kind, by=DRIVER, slots={key: "woman", slot: second}),
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("4", "four"),
        ("Four", "FOUR "),
        ("21", "twenty-one"),
        ("forty two", "42"),
        ("1,200", "1200"),
        ("1200", "one thousand two hundred"),
        ("105", "one hundred and five"),
        ("13000", "thirteen thousand"),
        ("0", "zero"),
        ("2.50", "2.5"),
        ("04", "4"),
        ("-0", "0"),
        ("2031-03-06", "2031-03-06/2031-03-06"),
        ("the  Stairs", "The stairs"),
        (["4"], "four"),
    ],
)
def test_the_same_in_other_words(first, second):
    assert both("aged", "age", first, second) == "agreed"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("4", "5"),
        ("11", "five six"),
        ("40", "twenty twenty"),
        ("4", "four or five"),
        ("about 4", "4"),
        ("hundred", "100"),
        ("6", "six and"),
        ("2031-03-06", "2031-03-07"),
        ("2031-03", "2031-03-06"),
        ("4-6", "46"),
        ("-4", "4"),
    ],
)
def test_what_is_not_the_same_conflicts_in_a_slot_of_one(first, second):
    assert both("aged", "age", first, second) == "disputed"


def test_true_is_true_however_it_is_written():
    def interviewed(first, second):
        slots = {"who": "officer-1", "by": "county"}
        return standing(
            "interviewed(who=officer-1, by=county)",
            saw("interviewed", slots=slots | {"compelled": first}),
            saw("interviewed", by=DRIVER, slots=slots | {"compelled": second}),
        )

    assert interviewed(True, "true") == "agreed"
    assert interviewed(True, False) == "disputed"
    assert interviewed(True, None) == "agreed"


def test_each_value_of_a_slot_of_many_stands_for_itself():
    assert both("armed", "weapon", "knife", "bottle") == "said_by_several"
    assert both("armed", "weapon", ["knife", "bottle"], ["bottle", "rifle"]) == "agreed"
    assert both("armed", "weapon", ["knife", "bottle"], "rifle") == "said_by_several"
    assert both("armed", "weapon", "knife", None) == "agreed"


def test_agreement_needs_every_slot_that_both_state():
    def hurt(first, second):
        return standing(
            "injured(who=child)",
            saw("injured", slots={"who": "child"} | first),
            saw("injured", by=DRIVER, slots={"who": "child"} | second),
        )

    assert (
        hurt({"by": "man", "means": "knife"}, {"by": "man", "means": "bottle"}) == "said_by_several"
    )
    assert hurt({"by": "man", "means": "knife"}, {"by": "man"}) == "agreed"
    assert hurt({"by": "man"}, {"means": "knife"}) == "agreed"
    assert hurt({"by": "man", "means": "knife"}, {"by": "woman", "means": "knife"}) == "disputed"


@given(st.integers(0, 999_999))
def test_a_number_is_the_number_however_it_is_grouped(number):
    assert normal_word(f"{number:,}") == normal_word(f"{number:09}") == str(number)


@given(st.text(max_size=20))
def test_a_normal_form_is_its_own_normal_form(text):
    once = normal_word(text)
    assert normal_word(once) == once


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Children's Division", "childrens-division"),
        ("Children’s Division", "childrens-division"),
        ("medical_examiner", "medical-examiner"),
        ("St. Ames  Police (North)", "st-ames-police-north"),
        ("Pôle Zoé", "pôle-zoé"),
    ],
)
def test_a_party_is_known_by_its_slug(name, expected):
    assert slug(name) == expected
