"""What a brief for a call is asked: no surer than what was told of its place and its people."""

from collections.abc import Mapping
from typing import Any

import pytest

from at_the_door import ANA, DOOR, HOUSE, NEIGHBOUR, READER, RULES, contact, located, only
from telling import LATER, TENANT, told
from whoseword.contacts import PROMPTS, Brief, Call, CallBrief, Terms, call_brief
from whoseword.words import Statement

INCIDENT = "harrow-lane"
CALLER = {"name": "caller", "kind": "unnamed"}


def asked(*statements: Statement, births: Mapping[Any, str] | None = None) -> CallBrief:
    """The brief for the call of these statements, for an officer."""
    return call_brief(
        statements,
        Call(INCIDENT, births or {}),
        at=LATER,
        reader=READER,
        terms=Terms(RULES, {}, ("county-health",)),
    )


def named(name: str = "Ana Ruiz", who: str = "woman", **parts: Any) -> Statement:
    return told("named", who=who, name=name, **({"by": CALLER} | parts))


def places(view: CallBrief) -> list[tuple[str, str]]:
    return [(one.place, "disputed" if one.disputed else one.told) for one in view.places]


def brief_of(view: CallBrief) -> Brief:
    assert len(view.briefs) == 1
    return view.briefs[0]


# --- Where


def test_the_place_of_the_call_is_looked_under_and_names_its_statement() -> None:
    where = located()
    view = asked(where, contact(incident="another"))
    assert places(view) == [(DOOR, "plain")]
    assert view.places[0].statements == (where.id,)
    assert only(brief_of(view).contacts).place_match == "unit"


@pytest.mark.parametrize("what", ["incident", "harrow-lane", "call-7", "Call 7"])
def test_a_call_goes_by_its_name_or_by_its_incidents(what: str) -> None:
    assert places(asked(told("located", what=what, place=DOOR))) == [(DOOR, "plain")]


@pytest.mark.parametrize("what", ["car", "C7", "staging of call-1", "goal of C7"])
def test_the_place_of_anything_else_is_not_the_calls(what: str) -> None:
    assert asked(told("located", what=what, place=DOOR)).places == ()


def test_two_places_that_cannot_both_be_it_are_disputed_and_each_has_its_brief() -> None:
    here = contact(NEIGHBOUR, incident="another")
    view = asked(located(), located(NEIGHBOUR, by=TENANT), here)
    assert places(view) == [(NEIGHBOUR, "disputed"), (DOOR, "disputed")]
    assert [one.place.asked for one in view.briefs] == [NEIGHBOUR, DOOR]
    assert [one.unit for one in view.briefs] == [(here.id,), ()]


def test_one_address_in_two_spellings_is_one_door() -> None:
    first, second = located(), located("14 Harrow Ln, Unit 3, Pellam MO", by=TENANT)
    view = asked(first, second)
    assert places(view) == [("14 Harrow Ln, Unit 3, Pellam MO", "plain")]
    assert view.places[0].statements == (first.id, second.id)


def test_a_building_without_its_unit_disputes_no_unit() -> None:
    view = asked(located(HOUSE), located(by=TENANT))
    assert {told for _, told in places(view)} == {"plain"}
    assert {one.place.unit for one in view.briefs} == {None, "3"}


@pytest.mark.parametrize(
    ("parts", "how"),
    [
        ({"hedge": "possible"}, "possible"),
        ({"hedge": "reported"}, "reported"),
        ({"stance": "believes"}, "believed"),
    ],
)
def test_a_place_that_is_not_told_plainly_is_told_as_such(parts: dict[str, str], how: str) -> None:
    assert places(asked(located(**parts))) == [(DOOR, how)]


def test_a_plain_place_stands_before_a_later_possible_one() -> None:
    view = asked(located(), located(NEIGHBOUR, hedge="possible", by=TENANT))
    assert [(one.place, one.told) for one in view.places] == [
        (DOOR, "plain"),
        (NEIGHBOUR, "possible"),
    ]
    assert all(one.disputed for one in view.places)


def test_a_denied_place_is_disputed_and_a_withdrawn_one_is_none() -> None:
    where = located()
    denied = asked(where, located(stance="denies", by=TENANT))
    assert places(denied) == [(DOOR, "disputed")]
    gone = told("located", what="call-1", stance="cannot_say", replaces=where.id)
    assert asked(where, gone).places == ()
    assert asked(located(stance="denies")).places == ()


@pytest.mark.parametrize(
    "point",
    [
        "geo:38.5512,-92.1734;u=45",
        "GEO:38.5512,-92.1734",
        "https://lis.example/post?k=9",
        "Polygon (PIDF-LO)",
        "38.5512, -92.1734",
    ],
)
def test_a_point_without_words_is_no_address_to_look_under(point: str) -> None:
    view = asked(told("located", what="call-1", place=point), named(ANA), contact(about=ANA))
    assert view.places[0].read_as == ""
    brief = brief_of(view)
    assert (brief.place.asked, brief.place.read_as, brief.place.unit) == (point, "", None)
    assert brief.unit == ()
    assert only(brief.contacts).person_match is not None
    assert [one.agency for one in brief.not_checked] == ["county-health"]


def test_words_before_a_colon_are_no_reference() -> None:
    assert asked(located("LOC:14 Harrow Lane Apt 3")).places[0].read_as != ""


def test_a_point_does_not_dispute_an_address_and_has_no_brief_beside_it() -> None:
    view = asked(told("located", what="call-1", place="geo:38.5,-92.1"), located(by=TENANT))
    assert brief_of(view).place.asked == DOOR
    assert {one.told for one in view.places} == {"plain"}


def test_where_the_caller_is_stands_in_for_a_call_without_a_place_and_says_so() -> None:
    called = told("called", call="call-7")
    caller = told("located", what="caller on call-7", place=DOOR)
    view = asked(called, caller)
    assert [(one.place, one.instead) for one in view.places] == [(DOOR, "where the caller is")]
    assert brief_of(view).place.asked == DOOR
    own = told("located", what="call-7", place=NEIGHBOUR)
    assert [one.place for one in asked(called, caller, own).places] == [NEIGHBOUR]


def test_without_a_place_the_people_are_looked_up_and_nothing_is_called_safe() -> None:
    view = asked(named(ANA), contact(about=ANA, incident="another"))
    assert view.places == ()
    brief = brief_of(view)
    assert brief.person != ()
    assert brief.prompts == PROMPTS
    assert [one.agency for one in brief.not_checked] == ["county-health"]


def test_a_feed_that_tells_of_many_doors_is_not_answered_for_each() -> None:
    view = asked(*(located(f"{number} Mill Street", by=TENANT) for number in range(2, 30)))
    assert len(view.places) == 28
    assert len(view.briefs) == 5


# --- Who


def people(view: CallBrief) -> list[tuple[str, bool]]:
    """Who is looked up, and whether a history can be called theirs."""
    return [(one.asked, one.why is None) for one in view.people]


def test_a_history_is_theirs_on_a_name_and_a_day_of_birth_that_are_both_plain() -> None:
    view = asked(located(), named(ANA), contact(about=ANA, incident="another"))
    assert people(view) == [(ANA, True)]
    assert brief_of(view).person != ()


@pytest.mark.parametrize(
    "parts", [{"hedge": "possible"}, {"hedge": "reported"}, {"stance": "believes"}]
)
def test_a_name_that_is_not_told_plainly_is_only_possible(parts: dict[str, str]) -> None:
    view = asked(located(), named(ANA, **parts), contact(about=ANA, incident="another"))
    assert people(view) == [("Ana Ruiz", False)]
    brief = brief_of(view)
    assert brief.person == ()
    match = only(brief.contacts).person_match
    assert match is not None
    assert match.reasons[-1] == "possible, ask"


def test_so_is_one_that_is_contested_or_told_in_two_ways() -> None:
    contested = asked(named(ANA), named(ANA, by=TENANT, stance="denies"))
    assert people(contested) == [("Ana Ruiz", False)]
    other = asked(named(ANA), named("Eva Brand, 1988-01-01", by=TENANT))
    assert people(other) == [("Ana Ruiz", False), ("Eva Brand", False)]
    days = asked(named(ANA), named("Ana Ruiz, 1991-05-05", by=TENANT))
    assert people(days) == [("Ana Ruiz", False)]


def test_a_name_alone_and_an_age_are_no_two_identifiers() -> None:
    view = asked(named(), told("aged", who="woman", age="40", by=CALLER))
    assert people(view) == [("Ana Ruiz", False)]
    assert view.people[0].age == "40"


def test_a_day_of_birth_that_is_told_as_an_age_is_one() -> None:
    aged = told("aged", who="woman", age="born 1990-04-02", by=CALLER)
    name = named()
    view = asked(name, aged)
    assert people(view) == [(ANA, True)]
    assert view.people[0].statements == (name.id, aged.id)
    doubtful = told("aged", who="woman", age="1990-04-02", hedge="possible", by=CALLER)
    assert people(asked(named(), doubtful)) == [("Ana Ruiz", False)]


def test_a_day_of_birth_beside_a_fact_counts_until_its_statement_is_replaced() -> None:
    roles = told("related", who="woman", whom="call-1", relation="Patient", by=CALLER)
    births = {(roles.book, roles.id): "1990-04-02"}
    assert people(asked(named(), roles, births=births)) == [(ANA, True)]
    newer = told(
        "related", who="woman", whom="call-1", relation="Witness", by=CALLER, replaces=roles.id
    )
    assert people(asked(named(), roles, newer, births=births)) == [("Ana Ruiz", False)]


def test_nobody_is_looked_up_by_what_they_are() -> None:
    for words in ("the man", "neighbor in 2C", "son"):
        assert asked(named(words)).people == ()


@pytest.mark.parametrize("name", ["Ana Ruiz", "RUIZ, ANA", "o'Neil Max", "李娜", "Ås Ek"])
def test_a_name_is_one_in_every_script(name: str) -> None:
    assert len(asked(named(name)).people) == 1


def test_whoever_answers_the_call_is_nobody_at_the_door() -> None:
    officer = {"name": "k.abara@police.example", "kind": "responder", "party": "police.example"}
    view = asked(
        told("dispatched", unit="C3", members=["officer-1"], by=officer),
        named("K. Abara", who="k.abara@police.example"),
        named("Police of Pellam", who="police.example"),
        named("Mia Soto", who="officer-1"),
        named("Rosa Lind", who="taker"),
        told("related", who="taker", whom="police.example", relation="agent_of"),
        named("Karl Orr", who="sergeant-2"),
        named(ANA),
    )
    assert people(view) == [(ANA, True)]


def test_a_contested_day_of_birth_is_none() -> None:
    aged = told("aged", who="woman", age="1990-04-02", by=CALLER)
    denied = told("aged", who="woman", age="1990-04-02", by=TENANT, stance="denies")
    assert people(asked(named(), aged, denied)) == [("Ana Ruiz", False)]


@pytest.mark.parametrize(
    "age", ["not 1990-04-02", "about 1990-04-02", "41 as of 1990-04-02", "1990-04-02 or 1990-04-03"]
)
def test_a_day_within_other_words_is_no_day_of_birth(age: str) -> None:
    view = asked(named(), told("aged", who="woman", age=age, by=CALLER))
    assert people(view) == [("Ana Ruiz", False)]


def test_with_a_name_and_a_birth_in_one_a_denial_of_either_is_of_both() -> None:
    for denied in (
        told("named", who="woman", name="Ana Ruiz", by=TENANT, stance="denies"),
        told("aged", who="woman", age="1990-04-02", by=TENANT, stance="denies"),
    ):
        assert people(asked(named(ANA), denied)) == [("Ana Ruiz", False)]


def test_a_unit_whose_name_ends_the_incidents_is_not_the_call() -> None:
    view = call_brief(
        [told("located", what="C7", place=DOOR, incident="elm-c7")],
        Call("elm-c7"), at=LATER, reader=READER, terms=Terms(RULES, {}),
    )  # fmt: skip
    assert view.places == ()


def test_the_household_s_history_is_never_the_person_s() -> None:
    view = asked(located(), named(ANA), contact(about="Ben Ruiz, 1985-01-01", incident="another"))
    brief = brief_of(view)
    assert brief.person == ()
    assert len(brief.household) == 1


# --- Laws


def test_the_prompts_and_the_agencies_not_checked_are_the_same_with_and_without_a_record() -> None:
    bare = brief_of(asked(located(), named(ANA)))
    full = brief_of(asked(located(), named(ANA), contact(about=ANA, incident="another")))
    assert bare.prompts == full.prompts == PROMPTS
    assert bare.not_checked == full.not_checked


def test_of_another_incident_neither_place_nor_people_are_taken() -> None:
    view = asked(located(incident="another"), named(ANA, incident="another"))
    assert (view.places, view.people) == ((), ())


def test_what_is_recorded_later_changes_no_byte() -> None:
    where, later = located(), told("located", what="call-1", place=NEIGHBOUR)
    at = where.recorded
    assert at is not None
    given = {"at": at, "reader": READER, "terms": Terms(RULES, {})}
    before = call_brief([where], Call(INCIDENT), **given)
    assert call_brief([where, later], Call(INCIDENT), **given) == before
