"""Who fired for an agency: nobody is left out in silence, and no bystander is made an officer."""

import pytest

from after_force import (
    HOSPITAL,
    OFFICER,
    at,
    employed,
    of,
    owed,
    printed,
    shooting,
)
from telling import CHIEF
from telling import told as told_of
from whoseword.duties.feed import is_theirs


def told(kind, **parts):
    """What was told on the evening of the shot, if no other time is given."""
    return told_of(kind, **({"recorded": at("6 20:30")} | parts))


SHOT = told("discharged_weapon", who="officer-1", recorded=at("6 20:24"))
ARMED = told("armed", who="officer-1", weapon="rifle", recorded=at("6 20:20"))


def rules(*said):
    return {one.rule for one in owed(*said).duties}


@pytest.mark.parametrize(
    "said",
    [
        [told("dispatched", unit="H-2", members=["the-one-in-gray"], recorded=at("6 20:00"))],
        [told("arrived", by=OFFICER | {"name": "the-one-in-gray"}, unit="H-2")],
        [employed("the-one-in-gray", recorded=at("6 20:30"))],
        [told("related", who="the-one-in-gray", whom="H-2", relation="officer")],
    ],
    ids=["sent", "speaks as a responder", "employed", "called an officer"],
)
def test_who_was_sent_or_speaks_as_a_responder_is_no_adversary_for_being_armed(said):
    gray = [
        told("armed", who="the-one-in-gray", weapon="rifle"),
        told("discharged_weapon", who="the-one-in-gray", recorded=at("6 20:24")),
    ]
    view = owed(*gray, *said)
    assert {"DF-06", "LP-01", "DF-18"} <= {one.rule for one in view.duties}
    assert view.undecided == ()


@pytest.mark.parametrize("name", ["officer-1", "Officer 1", "deputy-3", "Sergeant Ilse", "trooper"])
def test_a_rank_is_enough(name):
    armed = told("armed", who=name, weapon="rifle")
    assert "LP-01" in rules(told("discharged_weapon", who=name), armed)


@pytest.mark.parametrize("name", ["man", "security officer", "former deputy", "probation officer"])
def test_one_told_of_as_an_adversary_for_whom_nobody_answers_raises_no_duty_and_is_named(name):
    view = owed(
        told("discharged_weapon", who=name), told("injured", slots={"who": "tenant", "by": name})
    )
    assert [one.rule for one in view.duties] == []
    assert view.undecided == (name,)
    words = " ".join(printed(view).split())
    assert f"{name} fired; nobody says for whom. No duty is drawn from it" in words


def test_an_armed_officer_whose_employer_nobody_tells_still_owes():
    view = owed(SHOT, ARMED)
    assert of(view, "LP-01").owner == "the involved agency, not stated"
    assert of(view, "DF-06").for_ == "officer-1"


def test_a_medic_of_the_unit_is_no_witness_officer_and_an_officer_of_it_is():
    said = [
        *shooting(),
        told("dispatched", unit="H-2", members=["officer-2", "medic-6"], recorded=at("6 20:01")),
        told("related", who="medic-6", whom="H-2", relation="medic", recorded=at("6 20:01")),
        told("present", who="medic-6", recorded=at("6 20:30")),
        told("present", who="officer-2", recorded=at("6 20:30")),
    ]
    found = [one.for_ for one in owed(*said).duties if one.rule == "DF-06-witness"]
    assert found == ["officer-2"]


@pytest.mark.parametrize(
    "name",
    ["Harrow Police Department", "The Harrow Police Dept", "Harrow PD", "harrow-police"],
)
def test_the_involved_agency_is_not_outside_under_its_long_name(name):
    itself = told("investigates", by={"name": name, "kind": "agency"}, agency=name)
    assert of(owed(*shooting(), itself), "LP-01").state == "open"


def test_nor_under_a_name_that_somebody_joined_to_it():
    itself = told(
        "investigates", by=CHIEF, agency="Public Safety of Harrow", recorded=at("7 01:00")
    )
    joined = told("same", who="harrow-police", whom="Public Safety of Harrow")
    assert of(owed(*shooting(), itself, joined), "LP-01").state == "open"


def test_the_sheriff_of_the_county_is_another_agency_than_the_citys_police():
    sheriff = {"name": "Harrow County Sheriff's Office", "kind": "agency"}
    outside = told("investigates", by=sheriff, agency="Harrow County Sheriff's Office")
    assert of(owed(*shooting(), outside), "LP-01").state == "done"


@pytest.mark.parametrize(
    "name",
    ["daughter", "baby boy", "teenager", "4-year-old", "son of the tenant", "the 9-year-old boy"],
)
def test_the_division_is_told_of_who_may_be_under_18(name):
    died = told("died", by=HOSPITAL, who=name, recorded=at("6 21:12"))
    assert of(owed(*shooting()[:3], died), "DF-17", name).due == "2031-03-07T21:12:00Z"


@pytest.mark.parametrize("name", ["34-year-old son", "woman", "mother of the child"])
def test_and_of_nobody_else(name):
    died = told("died", by=HOSPITAL, who=name, recorded=at("6 21:12"))
    assert "DF-17" not in rules(*shooting()[:3], died)


def test_a_daughter_whose_age_is_told_is_as_old_as_that():
    said = [
        told("died", by=HOSPITAL, who="daughter", recorded=at("6 21:12")),
        told("aged", by=HOSPITAL, who="daughter", age="34", recorded=at("6 21:12")),
    ]
    assert "DF-17" not in rules(*shooting()[:3], *said)


@pytest.mark.parametrize(
    ("owner", "theirs"),
    [("coroner", True), ("medical-examiner", True), ("Orrin County Coroner", True), ("fbi", False)],
)
def test_a_duty_of_either_of_two_is_in_the_calendar_of_each(owner, theirs):
    assert is_theirs("coroner or medical-examiner", owner) is theirs


def test_nobody_sets_aside_what_another_agency_owes():
    def waived(party):
        by = {"name": "Chief of Mill", "kind": "official", "party": party}
        slots = {"rule": "LP-01", "reason": "the team is busy"}
        return told("waived", by=by, stance="does", slots=slots, recorded=at("7 10:00"))

    assert of(owed(*shooting(), waived("mill-police")), "LP-01").state == "open"
    assert of(owed(*shooting(), waived("harrow-police")), "LP-01").state == "waived"


def test_a_death_of_somebody_handcuffed_is_reported_without_a_shot():
    said = [
        told("handcuffed", who="man", recorded=at("6 20:00")),
        told("died", by=HOSPITAL, who="man", recorded=at("6 21:00")),
        told("died", by=HOSPITAL, who="tenant", recorded=at("6 21:00")),
    ]
    found = [(one.rule, one.for_) for one in owed(*said).duties if one.rule == "DF-20"]
    assert found == [("DF-20", "man")]


def test_a_person_whom_somebody_calls_an_employer_is_no_agency():
    said = [SHOT, told("related", who="tenant", whom="officer-1", relation="employed_by")]
    shot_too = told("discharged_weapon", who="tenant")
    view = owed(*said, shot_too)
    assert view.involved == ()
    assert "officer-1" not in {one.owner for one in view.duties}
