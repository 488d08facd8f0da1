"""The rows of a brief: contacts and cautions, each with its date, its source and its reserve."""

import json

import pytest

from at_the_door import (
    ANA,
    DIVISION,
    DOOR,
    HOUSE,
    NEIGHBOUR,
    READER,
    RULES,
    armed,
    brief_of,
    contact,
    located,
    only,
)
from telling import CHIEF, DRIVER, PAPER, TENANT, told
from whoseword.contacts import PROMPTS, brief_json

ROW = {
    "agency", "when", "kind", "outcome", "place_match", "person_match", "expires", "statement",
    "matter", "value", "stance", "hedge", "said_by", "via", "recorded", "reviewed",
}  # fmt: skip


def calls(place=DOOR, count="2", **parts):
    return told("prior_calls", place=place, count=count, **parts)


def shown(*statements, **parts):
    return json.loads(brief_json(brief_of(*statements, **parts)))


# --- shape


def test_it_has_the_contracts_keys():
    value = shown(located(), contact(about=ANA), armed(), persons=[ANA], partners=["county-health"])
    assert value.keys() == {
        "as_of", "reader", "purpose", "rules", "place", "unit", "person", "household", "contacts",
        "cautions", "prompts", "not_checked",
    }  # fmt: skip
    assert value["place"] == {"asked": DOOR, "read_as": "14 HARROW LN UNIT 3", "unit": "3"}
    for row in (*value["contacts"], *value["cautions"]):
        assert row.keys() == ROW
    assert value["contacts"][0]["person_match"].keys() == {"name", "reasons"}
    assert all(row.keys() == {"agency", "why"} for row in value["not_checked"])
    assert (value["reader"], value["purpose"]) == (READER.name, "response")
    assert (value["rules"], value["as_of"]) == (RULES, "2032-01-01T00:00:00Z")


def test_keys_are_sorted():
    text = brief_json(brief_of(located(), contact(about="Zoë"), armed(), persons=["Zoë"]))
    plain = json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert text == plain.encode()


def test_the_prompts_are_the_same_bytes_whatever_is_held():
    full = brief_of(located(), contact(), armed(), calls(), persons=[ANA], partners=["x"])
    for view in (full, brief_of(), brief_of(address="nowhere"), brief_of(address="")):
        assert view.prompts == PROMPTS
    assert "No record here does not mean safe." in PROMPTS
    assert "Call the child-welfare duty line for what is not shown here." in PROMPTS


# --- contacts


@pytest.mark.parametrize("outcome", ["no_answer", "not_completed", "answered", "referred", None])
def test_an_outcome_stays_what_was_said(outcome):
    row = only(brief_of(contact(outcome=outcome, happened="2031-03-01")).contacts)
    assert (row.agency, row.kind, row.outcome) == ("childrens-division", "contact", outcome)
    assert (row.when, row.said_by) == ("2031-03-01", "Children's Division")
    assert (row.place_match, row.matter) == (
        "unit",
        f"contact(agency=childrens-division, place={DOOR})",
    )


@pytest.mark.parametrize("stance", ["denies", "cannot_say", "does_not_know", "no_reply", "expects"])
def test_what_is_not_affirmed_is_no_contact(stance):
    assert brief_of(contact(stance=stance)).contacts == ()


def test_a_possible_contact_is_shown_as_possible_and_hearsay_with_its_chain():
    via = [{"name": "manager", "kind": "witness"}]
    row = only(brief_of(contact(hedge="possible", by=TENANT, via=via, reviewed=False)).contacts)
    assert (row.hedge, row.said_by, row.via) == ("possible", TENANT["name"], ("manager",))
    assert row.reviewed is False


def test_a_date_in_words_stays_in_words_and_one_that_nobody_told_is_not_made_up():
    for happened, when in (({"words": "Thursday"}, "Thursday"), (None, None)):
        assert only(brief_of(contact(happened=happened)).contacts).when == when


def test_earlier_calls_are_told_with_their_number_and_whose_book_says_so():
    one = calls(book="county-911/response/calls")
    row = only(brief_of(one).contacts)
    assert (row.agency, row.kind, row.value) == ("county-911", "prior_calls", {"count": "2"})
    assert row.outcome is None


def test_what_was_replaced_is_no_longer_history():
    first = contact(outcome="answered")
    second = contact(outcome="not_completed", replaces=first.id)
    row = only(brief_of(first, second).contacts)
    assert (row.statement, row.outcome) == (second.id, "not_completed")
    assert only(brief_of(first, second, at=first.recorded).contacts).statement == first.id
    back = contact(stance="cannot_say", replaces=second.id)
    assert brief_of(first, second, back).contacts == ()


def test_a_contact_at_another_house_is_not_shown():
    assert (
        brief_of(contact("16 Harrow Lane"), contact("9 Mill Street"), contact(None)).contacts == ()
    )


# --- what stands contested


def test_a_denial_that_stands_is_marked_and_no_other():
    knock, other = contact(), contact(agency="county-health")
    denial = contact(stance="denies", by=TENANT)
    view = brief_of(knock, other, denial)
    marks = {row.statement: row.contested_by for row in view.contacts}
    assert marks == {knock.id: (denial.id,), other.id: ()}
    back = contact(stance="cannot_say", by=TENANT, replaces=denial.id)
    rows = shown(knock, other, denial, back)["contacts"]
    assert all("contested_by" not in row for row in rows)


def test_a_denial_counts_in_whichever_incident_and_spelling_it_stands():
    knock = contact("14 Harrow Ln #3")
    denial = contact(DOOR, stance="denies", by=TENANT, incident="complaint-7")
    elsewhere = contact(NEIGHBOUR, stance="denies", by=TENANT)
    assert only(brief_of(knock, denial, elsewhere).contacts).contested_by == (denial.id,)


def test_a_denial_of_another_outcome_or_another_day_is_none():
    knock = contact(happened="2031-03-01")
    for denial in (
        contact(stance="denies", outcome="answered", by=TENANT),
        contact(stance="denies", happened="2031-03-05", by=TENANT),
    ):
        assert only(brief_of(knock, denial).contacts).contested_by == ()


def test_a_caution_can_be_contested():
    denial = armed(stance="denies", by=TENANT)
    assert only(brief_of(located(), armed(), denial).cautions).contested_by == (denial.id,)
    nobody = armed(stance="denies", by=TENANT, who="anyone", weapon=None)
    assert only(brief_of(located(), armed(), nobody).cautions).contested_by == (nobody.id,)


# --- cautions


def test_a_hazard_is_of_the_door_of_its_incident():
    said = [
        armed(happened="2031-03-01", book="harrow-police/response"),
        told("threatened", whom="officer-1", slots={"by": "woman"}),
        told("attacked", whom="officer-1", slots={"by": "woman"}, hedge="possible"),
    ]
    view = brief_of(located(), *said)
    assert {row.kind for row in view.cautions} == {"armed", "threatened", "attacked"}
    assert {row.place_match for row in view.cautions} == {"unit"}
    [weapon] = [row for row in view.cautions if row.kind == "armed"]
    assert (weapon.agency, weapon.said_by, weapon.when) == (
        "harrow-police", "officer-1", "2031-03-01",
    )  # fmt: skip
    assert weapon.value == {"weapon": "knife"}
    assert brief_of(*said).cautions == ()
    assert brief_of(located(incident="mill-street"), *said).cautions == ()
    assert brief_of(contact(), *said).cautions != ()


@pytest.mark.parametrize("stance", ["denies", "cannot_say", "does_not_know", "no_reply"])
def test_what_nobody_affirms_is_no_caution(stance):
    assert brief_of(located(), armed(stance=stance)).cautions == ()


def test_a_belief_is_shown_as_a_belief():
    row = only(brief_of(located(), armed(stance="believes", hedge="possible")).cautions)
    assert (row.stance, row.hedge) == ("believes", "possible")


def test_what_those_who_were_sent_carried_is_no_hazard_of_the_door():
    sent = told("dispatched", unit="C3", members=["officer-1", "clinician"])
    carried = armed(who="officer-1", weapon="rifle")
    assert only(brief_of(located(), sent, carried, armed()).cautions).value == {"weapon": "knife"}


def test_a_document_is_no_surer_than_the_one_whom_it_quotes():
    caller = armed(by=DRIVER, on="story", hedge="possible")
    paper = armed(by=PAPER, on="story")
    assert only(brief_of(located(), caller, paper).cautions).hedge == "possible"
    assert only(brief_of(located(), paper).cautions).said_by == PAPER["name"]


# --- a building's history is never the unit's


@pytest.mark.parametrize(
    "places",
    [
        [located(HOUSE)],
        [located(NEIGHBOUR)],
        [located(), located(NEIGHBOUR, by=TENANT)],
        [located(hedge="possible")],
        [located(stance="believes")],
        [located(), located(stance="denies", by=TENANT)],
        [located(HOUSE), contact()],
    ],
)
def test_where_the_unit_is_not_surely_told_a_hazard_is_the_buildings(places):
    weapon = armed()
    view = brief_of(*places, weapon)
    assert only(view.cautions).place_match == "building"
    assert weapon.id not in view.unit


def test_a_place_that_is_no_address_does_not_hide_the_door():
    kitchen = told("located", what="knife", place="kitchen")
    assert only(brief_of(kitchen, contact(), armed()).cautions).place_match == "unit"


def test_an_address_that_somebody_was_once_met_at_is_not_where_the_hazard_was():
    before = contact("9 Mill Street")
    assert brief_of(located(), before, armed(), address="9 Mill Street").cautions == ()


def test_a_corrected_place_takes_the_hazard_with_it():
    wrong = located()
    right = located("9 Mill Street", replaces=wrong.id)
    assert brief_of(wrong, armed(), right).cautions == ()
    assert only(brief_of(wrong, armed(), right, address="9 Mill St").cautions)


@pytest.mark.parametrize("place", [HOUSE, NEIGHBOUR, "Harrow Lane", "14 Harrow Lane Bldg 2 Apt 3"])
def test_only_what_is_told_of_the_unit_is_the_units(place):
    one, other = contact(), contact(place, by=CHIEF)
    view = brief_of(one, other)
    assert view.unit == (one.id,)
    assert [row.statement for row in view.contacts] == [one.id, other.id]


def test_where_the_question_tells_no_unit_nothing_is_the_units():
    view = brief_of(located(), contact(), armed(), address=HOUSE)
    assert (view.unit, view.place.unit) == ((), None)
    assert {row.place_match for row in (*view.contacts, *view.cautions)} == {"building"}


# --- orders and ids


def test_contacts_stand_by_nearness_then_most_recent_first_then_id():
    said = [
        contact("Harrow Lane", happened="2031-03-03"),
        contact("9 Mill Street", about=ANA, happened="2031-03-04"),
        contact(HOUSE, happened="2031-03-01"),
        contact(HOUSE, happened="2031-03-02"),
        contact(happened="2030-01-01"),
        contact(happened="2031-02-01", agency="county-health"),
        contact(happened="2031-02-01"),
        contact(),
    ]
    rows = brief_of(*said, persons=[ANA]).contacts
    assert [said.index(next(one for one in said if one.id == row.statement)) for row in rows] == [
        7, 5, 6, 4, 3, 2, 0, 1,
    ]  # fmt: skip
    assert [row.place_match for row in rows] == [*["unit"] * 4, *["building"] * 2, "street", None]


def test_lists_of_ids_stand_by_when_they_were_recorded():
    late = contact(recorded="2031-05-01T00:00:00Z", happened="2030-01-01", about="Ben Ruiz")
    early = contact(recorded="2031-04-01T00:00:00.5Z", about="Ben Ruiz")
    first = contact(recorded="2031-04-01T00:00:00Z", about="Ben Ruiz")
    view = brief_of(late, early, first)
    assert view.unit == view.household == (first.id, early.id, late.id)


@pytest.mark.parametrize("incident", ["harrow-lane", "mill-street"])
def test_an_id_in_two_opened_books_is_written_with_its_book(incident):
    one = contact(book="county-911/response")
    twin = contact(book="county/incident", id=one.id, incident=incident, by=CHIEF)
    alone = contact()
    view = brief_of(one, twin, alone)
    both = {f"county-911/response:{one.id}", f"county/incident:{one.id}"}
    assert {row.statement for row in view.contacts} == {*both, alone.id}
    assert set(view.unit) == {*both, alone.id}
    before = brief_of(one, twin, alone, at=min(one.recorded, twin.recorded))
    assert before.unit == (one.id,)


def test_the_moment_is_inclusive():
    one = contact()
    assert brief_of(one, at=one.recorded).contacts
    assert not brief_of(one, at=one.recorded.replace(year=2030)).contacts


def test_whose_division_it_is_may_be_unknown():
    row = only(brief_of(contact(agency=None, by=DIVISION)).contacts)
    assert row.agency is None
