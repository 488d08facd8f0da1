"""The unit of a door in every form in which people write it; never another's, never a guess."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from whoseword.contacts.addresses import UNIT, place_match, read_address
from written_addresses import FORMS, MORE, WITHOUT, Form, doors


@pytest.mark.parametrize("form", [*FORMS.values(), *MORE.values()], ids=[*FORMS, *MORE])
def test_the_unit_is_read_in_every_written_form(form: Form) -> None:
    told = [(one, read_address(form(one))) for one in doors(200)]
    right = sum(read.unit == one.unit for one, read in told)
    assert right / len(told) >= 0.98, [form(one) for one, read in told if read.unit != one.unit][:5]
    # What is not read is unknown; it is never another door.
    assert [form(one) for one, read in told if read.unit not in (None, one.unit)] == []


@pytest.mark.parametrize("form", WITHOUT.values(), ids=WITHOUT)
def test_no_unit_is_read_where_none_is_told(form: Form) -> None:
    read = [(form(one), read_address(form(one)).unit) for one in doors(200)]
    assert [one for one in read if one[1] is not None] == []


WITH_COMMAS = {name: form for name, form in (FORMS | MORE).items() if name != "no commas"}
"""Without any, a town that begins as a street does ("St Brendan") may be read as part of one."""


@pytest.mark.parametrize("form", WITH_COMMAS.values(), ids=WITH_COMMAS)
def test_the_building_is_the_same_in_every_form(form: Form) -> None:
    for one in doors(100):
        plain, read = read_address(f"{one.line}, {one.town}, {one.state}"), read_address(form(one))
        assert (read.number, read.street) == (plain.number, plain.street), form(one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("14A", "14C"), ("1", "11"), ("B", "C"), ("B2", "2B"), ("101", "1O1"), ("3", "BLDG 3")],
)
def test_two_units_are_never_one(one: str, other: str) -> None:
    first = read_address(f"2218 Tamarack Lane Apt {one}")
    second = read_address(f"2218 Tamarack Lane Apt {other}")
    assert place_match(first, second) != UNIT


@settings(max_examples=500, deadline=None)
@given(
    st.text(max_size=80)
    | st.lists(
        st.sampled_from(["12", "APT", "#", "ST", "N", ";", ",", "FL", "BLDG", "twenty", "&", "/", "-",
                         "Unit", "½", "no.", "MO", "64057", "Lane", "C", "\u2028", "\x00", "ß"]),
        max_size=14,
    ).map(" ".join)
)  # fmt: skip
@example("# # # APT APT")
@example("0ST%0&0")
@example("Main St & 12 Oak Ave")
def test_no_text_is_an_error_and_a_unit_is_never_read_again_as_another(text: str) -> None:
    read = read_address(text)
    again = read_address(read.text)
    # Of words without any sense the short form may tell more than they did; nothing reads it again.
    assert read.unit is None or again.unit in (read.unit, None)


def test_a_corner_tells_no_house_and_a_house_beside_a_street_is_no_corner() -> None:
    corner = read_address("Main St & 5th Ave")
    assert (corner.number, corner.street, corner.cross) == (None, "5TH AVE", "MAIN ST")
    assert read_address("5th Avenue and Main Street") == corner
    house = read_address("Main St & 12 Oak Ave")
    assert house.cross is None


def test_a_unit_after_a_building_is_read_where_a_word_for_it_stands_before_both() -> None:
    assert read_address("14 Harrow Lane Apt Bldg C 12").text == "14 HARROW LN BLDG C UNIT 12"


@pytest.mark.parametrize(
    "told",
    [
        "Apt one hundred and two", "apt three hundred and four", "apt one o one", "Apt 2 hundred four",
        "Apt 4 or five", "apt 4 or maybe 5", ", neighbor of apt 4", ", other than apt 4",
        "around apt 4", "Apt 4 a lady", "Apt 4 I think", "4 units", "2 kids", "911 hangup",
    ],
)  # fmt: skip
def test_what_may_be_another_door_is_an_unknown_unit(told: str) -> None:
    read = read_address(f"118 Marlow St {told}")
    assert (read.number, read.street, read.unit) == ("118", "MARLOW ST", None)


def test_four_and_a_half_is_not_forty_five() -> None:
    plain = read_address("118 Marlow St Apt 45"), read_address("118 Marlow St Apt 42")
    for told in ("4.5", "4²"):
        assert read_address(f"118 Marlow St Apt {told}").unit not in {one.unit for one in plain}


def test_a_caller_in_an_apartment_is_in_no_indiana() -> None:
    told = read_address("118 Marlow St, caller is in apt 4")
    assert (told.unit, told.state, told.town) == ("4", None, None)
    assert place_match(read_address("118 Marlow St Apt 4, Dunmore MO"), told) == UNIT
    assert read_address("118 Marlow St Apt 4, Gary, IN").state == "IN"
