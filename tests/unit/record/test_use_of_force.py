"""What an agency can file of an incident: no more than is told plainly, and nobody's identity."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from telling import CHIEF, EXAMINER, TENANT, told
from whoseword.access import parse_reader
from whoseword.account import account
from whoseword.record.use_of_force import Known, return_json, use_of_force
from whoseword.words import Statement

WHEN = datetime(2032, 1, 1, tzinfo=UTC)
FIRED = "Sgt. Amy Bell"


def shot(who: str | None = FIRED, **parts: Any) -> Statement:
    slots = {"who": who, "toward": ["woman"], "happened": "2031-03-06T14:21-06:00"}
    return told("discharged_weapon", slots=slots | parts.pop("slots", {}), **parts)


def employed(who: str = FIRED) -> Statement:
    return told("related", who=who, whom="harrow-police", relation="employed_by")


def filed(*statements: Statement) -> dict[str, Any]:
    """The return of these statements."""
    reader = parse_reader("oversight@county", "inquiry")
    view = account(statements, incident="harrow-lane", as_of=WHEN, reader=reader)
    found: dict[str, Any] = json.loads(return_json(use_of_force(view, statements, WHEN)))
    return found


def subject(*statements: Statement) -> dict[str, Any]:
    """The one subject of an incident in which an officer fired toward the woman."""
    [one] = filed(shot(), employed(), *statements)["subjects"]
    found: dict[str, Any] = one
    return found


def test_a_shot_toward_a_person_makes_it_one_of_the_collection_s() -> None:
    view = filed(shot(), employed())
    assert view["events"] == ["firearm discharged at or toward a person"]
    assert view["zero"] is None
    assert view["elements"]["officers_who_used_force"]["value"] == 1
    assert view["elements"]["date_and_time"]["value"] == "2031-03-06T14:21-06:00"
    assert view["subjects"][0]["type_of_force"]["value"] == "firearm"
    assert view["officers"][0]["discharged_firearm"]["value"] is True


def test_no_officer_s_name_is_in_it_wherever_it_stood() -> None:
    view = filed(
        shot(),
        employed(),
        told("named", who=FIRED, name="Amelia Bell"),
        told("aged", who=FIRED, age="41"),
        told("injured", who="woman", by=CHIEF, slots={"by": FIRED, "means": "shot of Amelia Bell"}),
    )
    written = json.dumps(view)
    assert "Bell" not in written
    assert view["officers"][0]["age"]["value"] == "41"
    assert view["subjects"][0]["injury_or_death"]["value"] == "withheld: it names an officer"


def test_no_subject_s_name_is_in_it() -> None:
    view = filed(
        shot(slots={"toward": ["Tomas Varga"]}), employed(), told("died", who="Tomas Varga")
    )
    assert view["events"] == ["death", "firearm discharged at or toward a person"]
    assert "Varga" not in json.dumps(view)


@pytest.mark.parametrize(
    ("parts", "state"),
    [
        ({}, "told"),
        ({"stance": "denies"}, "denied"),
        ({"stance": "cannot_say"}, "not_known"),
        ({"stance": "believes"}, "not_known"),
        ({"hedge": "possible"}, "not_told"),
        ({"hedge": "reported"}, "not_told"),
    ],
)
def test_an_element_is_no_surer_than_what_was_said_of_it(parts: Any, state: str) -> None:
    element = subject(told("armed", who="woman", weapon="knife", **parts))[
        "armed_or_believed_armed"
    ]
    assert element["state"] == state
    assert element["value"] == ("knife" if state == "told" else None)
    assert len(element["statements"]) == 1


def test_what_is_disputed_has_no_value_and_names_both_sides() -> None:
    element = subject(
        told("armed", who="woman", weapon="knife"),
        told("armed", who="woman", by=TENANT, stance="denies"),
    )["armed_or_believed_armed"]
    assert (element["state"], element["value"]) == ("disputed", None)
    assert len(element["statements"]) == 2


def test_what_its_own_speaker_took_back_is_withdrawn() -> None:
    first = told("armed", who="woman", weapon="knife")
    taken_back = told("armed", who="woman", stance="cannot_say", replaces=str(first.id))
    assert subject(first, taken_back)["armed_or_believed_armed"]["state"] == "withdrawn"


def test_what_nobody_told_is_listed_and_is_not_no() -> None:
    element = subject()["apparent_impairment"]
    assert element == {
        "state": Known.NOT_TOLD.value, "value": None, "standing": None, "statements": [],
    }  # fmt: skip
    assert set(subject()) >= {"age", "sex", "race", "height", "resisted"}


def test_a_death_by_an_unknown_hand_is_nobody_s_and_is_asked_for() -> None:
    """The chief cannot say who harmed the child: no return may say that an officer did."""
    view = filed(shot(), employed(), told("died", who="child"))
    assert len(view["subjects"]) == 1
    assert view["events"] == ["firearm discharged at or toward a person"]
    assert view["undecided"] == [
        "1 dead of whom nobody says plainly that an officer's force killed them"
    ]
    after = filed(
        shot(), employed(), told("died", who="child"),
        told("cause_of_death", by=EXAMINER, who="child", slots={"by": FIRED, "means": "gunshot"}),
    )  # fmt: skip
    assert len(after["subjects"]) == 2
    assert "death" in after["events"]
    assert after["undecided"] == []


def test_times_that_differ_are_disputed_and_a_coarser_one_is_not() -> None:
    day = shot(by=TENANT, slots={"happened": "2031-03-06"})
    assert filed(shot(), employed(), day)["elements"]["date_and_time"]["state"] == "told"
    other = shot(by=TENANT, slots={"happened": "2031-03-06T14:40-06:00"})
    assert filed(shot(), employed(), other)["elements"]["date_and_time"]["state"] == "disputed"


def test_somebody_nameless_who_fired_makes_the_number_the_least() -> None:
    view = filed(shot(), employed(), shot(None))
    assert view["elements"]["officers_who_used_force"]["value"] == "at least 1"
    assert any("nobody named" in one for one in view["undecided"])


def test_nothing_told_is_a_zero_report_that_a_person_signs_and_no_word_of_none() -> None:
    view = filed(told("called", call="c", caller="neighbor"))
    assert view["events"] == []
    assert view["zero"]["signed_by"] is None
    assert view["zero"]["month"] == "2032-01"
    assert "no word that there was none" in view["zero"]["reads"]


def test_a_woman_who_fired_at_officers_is_no_officer() -> None:
    view = filed(
        told("armed", who="woman", weapon="gun"),
        told("discharged_weapon", slots={"who": "woman", "toward": ["officer-1"]}),
    )
    assert view["officers"] == []
    assert view["undecided"] == ["1 who fired, and nobody says for whom"]
