"""What an address is read as, and how near one place is to another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoseword.contacts import place_match, read_address

SAME_UNIT = [
    "2218 Tamarack Lane Apt C12",
    "2218 TAMARACK LN APT C12",
    "2218 tamarack ln. apartment c-12",
    "2218 Tamarack Lane, Unit C12",
    "2218 Tamarack Ln #C12",
    "2218 Tamarack Ln # C 12",
    "2218 Tamarack Lane No. C12",
    "2218 Tamarack Lane Ste C12",
    "2218 Tamarack Lane Suite #C12",
    "2218 Tamarack Lane apt no. C12",
    "2218 Tamarack Lane aptC12",
    "2218 Tamarack Lane C12",
    "2218 TAMARACK LN ;C12",
    "Apt C12, 2218 Tamarack Lane",
    "Tamarack Court Apartments, 2218 Tamarack Lane, Apt C12",
    "2218 Tamarack Lane Apt C12, Orrin Mills, MO 64055",
    "2218 Tamarack Lane Apt C12 Orrin Mills MO",
]


@pytest.mark.parametrize("written", SAME_UNIT)
def test_one_door_is_one_door_however_it_is_written(written):
    read = read_address(written)
    assert (read.number, read.street, read.unit) == ("2218", "TAMARACK LN", "C12")
    for other in SAME_UNIT:
        assert place_match(read, read_address(other)) == "unit"


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("2218 Tamarack Lane", "2218 TAMARACK LN"),
        ("2218 Tamarack Lane Apt 03", "2218 TAMARACK LN UNIT 3"),
        ("2218 Tamarack Lane Bldg 3 Apt 4", "2218 TAMARACK LN BLDG 3 UNIT 4"),
        ("2218 Tamarack Lane, second floor", "2218 TAMARACK LN FL 2"),
        ("2218 Tamarack Lane 2nd Fl Apt 3", "2218 TAMARACK LN FL 2 UNIT 3"),
        ("2218½ North Main Street", "2218 1/2 N MAIN ST"),
        ("100 Main St. East", "100 MAIN ST E"),
        ("100 Avenue C", "100 AVE C"),
        ("100 Court Street", "100 CT ST"),
        ("5 First Avenue Apt A", "5 1ST AVE UNIT A"),
        ("12 County Road 50 Lot 2", "12 CO RD 50 UNIT 2"),
        ("14-A Harrow Lane", "14A HARROW LN"),
        ("12-34 Harrow Lane Apt 1-12", "12-34 HARROW LN UNIT 1-12"),
        ("12 State Highway 50", "12 STATE HWY 50"),
        ("12 O'Brien Pl. Rm 5", "12 OBRIEN PL UNIT 5"),
        ("7 Cañon Rd", "7 CANON RD"),
        ("14 Harrow Lane, Miami, FL 33101-0044", "14 HARROW LN, MIAMI, FL 33101"),
        ("14 Harrow Lane Saint Louis MO", "14 HARROW LN, ST LOUIS, MO"),
        ("Tamarack Lane", "TAMARACK LN"),
        ("", ""),
    ],
)
def test_a_reading_is_in_short_forms_and_says_no_more_than_was_told(written, read_as):
    assert read_address(written).text == read_as


@pytest.mark.parametrize(
    "written",
    [
        "14 Harrow Lane",
        "14 Harrow Lane Apt",
        "14 Harrow Lane, Orrin Mills, MO 64055",
        "14 Harrow Lane 64055",
        "14 Harrow Lane Bldg 3",
        "14 Harrow Lane & 3rd Ave",
        "14 Harrow Lane N",
        "14 Harrow Lane St Louis",
        "14 Harrow Lane, second floor",
        "14 Harrow Lane Apts 3 and 4",
        "14 Harrow Lane Apt 3 & 4",
        "14 Harrow Lane 3 and 4",
        "Apt 3, 14 Harrow Lane, Apt 4",
    ],
)
def test_where_no_unit_or_more_than_one_is_told_the_unit_is_unknown(written):
    assert read_address(written).unit is None


@pytest.mark.parametrize(
    ("told", "match"),
    [
        ("14 Harrow Lane Apt 3", "unit"),
        ("14 Harrow Ln Unit 3, Orrin Mills", "unit"),
        ("14 Harrow Lane Apt 13", "building"),
        ("14 Harrow Lane Apt 3A", "building"),
        ("14 Harrow Lane", "building"),
        ("14 Harrow Lane Bldg 2 Apt 3", "building"),
        ("14 Harrow Lane 2nd Fl Apt 3", "building"),
        ("Harrow Lane", "street"),
        ("14 Harrow Lane Apt 3, stairs", "unit"),
        ("16 Harrow Lane Apt 3", None),
        ("14A Harrow Lane Apt 3", None),
        ("14 Harrow Street Apt 3", None),
        ("14 N Harrow Lane Apt 3", None),
        ("Apt 3", None),
        ("kitchen", None),
        ("", None),
    ],
)
def test_how_near_a_place_is(told, match):
    asked = read_address("14 Harrow Lane Apt 3")
    assert place_match(asked, read_address(told)) == match
    assert place_match(read_address(told), asked) == match


def test_units_that_look_alike_are_two():
    for one, other in (("1-12", "11-2"), ("1-12", "112"), ("3", "3A"), ("13", "3")):
        asked, told = (read_address(f"14 Harrow Lane Apt {name}") for name in (one, other))
        assert place_match(asked, told) == "building"
    floor = read_address("14 Harrow Lane, 2nd floor")
    assert place_match(floor, floor) == "building"


def test_a_unit_is_never_matched_where_the_question_tells_none():
    asked = read_address("14 Harrow Lane")
    assert place_match(asked, read_address("14 Harrow Lane Apt 3")) == "building"
    assert place_match(asked, asked) == "building"


def test_two_buildings_under_one_number_are_two():
    asked = read_address("100 Mill Road Bldg 3 Apt 4")
    assert place_match(asked, read_address("100 Mill Rd Building 3 #4")) == "unit"
    assert place_match(asked, read_address("100 Mill Rd Bldg 5 Apt 4")) == "street"


def test_the_same_street_of_another_town_is_another_street():
    asked = read_address("14 Harrow Lane, Orrin Mills, MO 64055")
    assert place_match(asked, read_address("14 Harrow Lane, Wexmoor, MO 64101")) is None
    assert place_match(asked, read_address("14 Harrow Lane, Orrin Mills, KS")) is None
    assert place_match(asked, read_address("14 Harrow Lane, Orrin Mills")) == "building"
    # "Wexmoor" alone may be a town, "stairs" is none; neither is known to be elsewhere.
    assert place_match(asked, read_address("14 Harrow Lane, Wexmoor")) == "street"
    assert place_match(asked, read_address("14 Harrow Lane, stairs")) == "street"


def test_a_house_that_has_a_name_and_no_number_is_found_by_it():
    asked = read_address("Harrow House, Apt 3")
    assert place_match(asked, read_address("HARROW HOUSE #3")) == "unit"
    assert place_match(asked, read_address("Harrow House")) == "building"
    assert place_match(asked, read_address("Other House, Apt 3")) is None
    assert place_match(read_address("Harrow Lane"), read_address("Harrow Lane")) == "street"


@given(st.text() | st.text("14ABPT #&,;-/½.'\n"))
def test_no_text_is_an_error_and_none_is_a_unit_without_a_place(text):
    read = read_address(text)
    assert place_match(read, read) in ("unit", "building", "street", None)
    if not read.street:
        assert place_match(read, read) is None


@given(
    st.sampled_from(("14", "14A", "14 1/2", "12-34")),
    st.sampled_from(("Harrow Lane", "N Main St", "1st Ave", "Avenue C", "State Highway 50")),
    st.sampled_from(("", " Bldg 2", " Bldg B")),
    st.sampled_from(("", " Apt 3", " #C12", " Unit C-12", " Rm B", " 2nd Floor Apt 3")),
    st.sampled_from(("", ", Orrin Mills", ", Orrin Mills, MO", ", Orrin Mills MO 64055")),
)
def test_a_reading_reads_back_to_itself(number, street, wing, unit, town):
    read = read_address(f"{number} {street}{wing}{unit}{town}")
    assert read_address(read.text) == read
    assert read_address(read.text.lower()) == read
    assert (read.unit is None) is (unit == "")
