"""Nothing that a feed says lets anybody go near (law 6): not by a name, a role, a list or a note.

Each test asks the gate itself, with the sergeant's clearance standing and a knife told after it, or
without any clearance at all: whoever sends the object, the clinician is held.
"""

import json
from datetime import UTC, datetime

import msgspec
import pytest

from at_the_gate import TERMS
from eido_objects import (
    CLINICIAN,
    OFFICER,
    POLICE,
    TAKER,
    Json,
    agent,
    an_object,
    encoded,
    jcard,
    later,
    note,
    refs,
    uid,
)
from telling import told as said
from whoseword.intake.eido import Destination, Known, arriving, mark_of, message_of, read_eido
from whoseword.intake.eido.marks import label
from whoseword.intake.eido.noted import note_of
from whoseword.intake.unread import words_to_read
from whoseword.response import Drawn, advise
from whoseword.words import Hedge, Statement
from whoseword.words.kinds import kind_of

INCIDENT = "marlow-street"
CALLS = "dunmore-911/response/calls"
SERGEANT = {"name": "Sergeant Orr", "kind": "official", "party": "dunmore-police"}
MALLORY = {"name": "officer Abara", "kind": "responder", "party": "dunmore-police"}
SENT, CLEARED, SEEN, NOW = (
    datetime(2031, 5, 2, 19, minute, tzinfo=UTC).isoformat() for minute in (5, 8, 12, 30)
)


def came(value: Json, known: Known | None = None) -> list[Statement]:
    """What an object adds, as recorded when the unit was sent."""
    checked = read_eido(encoded(value))
    to = Destination(INCIDENT, CALLS, "county-idx", message_of(checked))
    added = arriving(checked, to, known if known is not None else Known([]))
    return [msgspec.structs.replace(one, recorded=datetime.fromisoformat(SENT)) for one in added]


def ours(kind: str, recorded: str, **parts: object) -> Statement:
    """A statement of the home's own."""
    given = {"by": SERGEANT, "incident": INCIDENT, "book": CALLS, "recorded": recorded}
    return said(kind, **(given | parts))


def cleared(who: str = CLINICIAN) -> Statement:
    """The sergeant clears somebody."""
    return ours("cleared", CLEARED, stance="does", slots={"who": who, "for": "engage"})


def knife(who: str) -> Statement:
    """A knife is told, after the clearance."""
    return ours("armed", SEEN, who=who, weapon="knife")


def advice(*statements: Statement) -> dict[str, str]:
    """The advice on each member of a unit."""
    view = advise(
        Drawn(statements, statements),
        incident=INCIDENT,
        at=datetime.fromisoformat(NOW),
        terms=TERMS,
    )
    return {row.who: row.advice for row in view.advice}


def riding(value: Json, *agents: Json, kind: str = "PatrolUnit") -> Json:
    """The object with these agents in its unit beside the officer and the clinician."""
    value["agentComponent"] += agents
    unit = value["emergencyResourceComponent"][0]
    unit["emergencyResourceTypeCommonRegistryText"] = kind
    unit["agentReference"] += refs(*(one["$id"] for one in agents))
    return value


def test_the_clearance_stands_until_the_knife() -> None:
    """What the other tests rest on."""
    assert advice(*came(an_object()), cleared())[CLINICIAN] == "may_engage"
    assert advice(*came(an_object()), cleared(), knife("man"))[CLINICIAN] == "hold"


@pytest.mark.parametrize("name", ["man", "woman", "person-3fa9c1d2", "crew of C7", "j.varga"])
def test_an_agent_who_is_called_as_somebody_in_a_book_is_not_them(name: str) -> None:
    named = agent("x", "Responder", jcard("A. Nunn", "police officer")) | {
        "$id": name.replace(" ", "_"),
        "agencyReference": {"$ref": POLICE},
    }
    object_ = came(riding(an_object(), named))
    for who in (name, named["$id"]):
        assert advice(*object_, cleared(), knife(who))[CLINICIAN] == "hold"


def test_a_person_in_a_unit_is_no_member_of_it() -> None:
    """He may be the one who is taken somewhere."""
    value = an_object()
    value["emergencyResourceComponent"][0]["personReference"] = refs(uid("man"))
    who = label("person", uid("man"))
    rows = advice(*came(value), cleared(), knife(who))
    assert rows[CLINICIAN] == "hold"
    assert who not in rows


def test_no_word_of_a_role_makes_anybody_a_member() -> None:
    """Roles of a newer version may be any words, and so may the name of a unit."""
    value = an_object(eidoVersion="2.0")
    value["personComponent"][1]["personIncidentRoleRegistryText"] = ["officer"]
    unit = value["emergencyResourceComponent"][0]
    for whom in (label("call", value["$id"]), POLICE):
        unit["emergencyResourceName"] = whom
        who = label("person", uid("man"))
        assert advice(*came(value), cleared(), knife(who))[CLINICIAN] == "hold"
        assert all(one.fact.unit != whom for one in came(value) if kind_of(one.fact) == "dispatched")  # fmt: skip


def test_an_agency_with_a_man_s_name_is_not_him() -> None:
    value = an_object(eidoVersion="2.0")
    value["agencyComponent"].append(
        value["agencyComponent"][0]
        | {"$id": "man", "agencyRoleDescriptionRegistryText": ["officer"]}
    )
    assert "man" not in {one.fact.who for one in came(value) if kind_of(one.fact) == "related"}


@pytest.mark.parametrize(
    "role",
    ["Co-Responder, LPC", "crisis officer", "peer support", "officer", "Fire Marshal", "driver"],
)
@pytest.mark.parametrize("kind", ["PatrolUnit", "CrisisInterventionUnit", "GroundALSAmbulance"])
def test_a_role_that_is_not_plainly_an_officer_s_is_held(role: str, kind: str) -> None:
    rider = agent(f"b.reyes@{POLICE}", "Responder", jcard("B. Reyes", role))
    statements = came(riding(an_object(), rider, kind=kind))
    assert advice(*statements)[rider["$id"]] == "hold"
    [told] = [
        one
        for one in statements
        if kind_of(one.fact) == "related" and one.fact.who == rider["$id"] and one.fact.whom == "C7"
    ]
    assert told.hedge is Hedge.POSSIBLE


@pytest.mark.parametrize(
    "role", ["police officer", "Deputy Sheriff", "K-9 Police Officer", "State Trooper"]
)
def test_a_sworn_officer_is_not_held_for_the_unit_that_they_ride_in(role: str) -> None:
    rider = agent(f"b.reyes@{POLICE}", "Responder", jcard("B. Reyes", role))
    rows = advice(*came(riding(an_object(), rider, kind="CrisisInterventionUnit")))
    assert rows[rider["$id"]] == "not_applicable"


def test_a_second_role_on_a_card_is_read_too() -> None:
    card = json.dumps(["vcard", [["fn", {}, "text", "B. Reyes"],
                                 ["role", {}, "text", "police officer"],
                                 ["title", {}, "text", "licensed therapist"]]])  # fmt: skip
    rider = agent(f"b.reyes@{POLICE}", "Responder", card)
    assert advice(*came(riding(an_object(), rider)))[rider["$id"]] == "hold"


@pytest.mark.parametrize("kind", ["MentalHealthTeam", "GroundBLSAmbulance", "HeavyRescue"])
def test_of_a_unit_that_may_be_anybody_s_everybody_without_a_card_is_held(kind: str) -> None:
    value = an_object(eidoVersion="2.0")
    value["agentComponent"] = [
        one if one["$id"] != OFFICER else agent(OFFICER, "Responder")
        for one in value["agentComponent"]
    ]
    assert advice(*came(riding(value, kind=kind)))[OFFICER] == "hold"


def test_what_an_officer_at_the_scene_wrote_is_no_word_of_the_caller_s() -> None:
    value = an_object()
    man = value["personComponent"][1]
    man["updatedByAgentReference"] = {"$ref": OFFICER}
    man["ncPersonComponent"]["physicalFeature"] = [{"description": [{"value": "holds a knife"}]}]
    for one in came(value):
        mark = mark_of(one)
        if mark is not None and mark.id == man["$id"]:
            assert (one.speaker.name, one.via) == (OFFICER, ())


def test_what_a_dispatcher_wrote_who_was_not_on_the_call_is_their_own_word() -> None:
    other = f"d.hale@{TAKER.partition('@')[2]}"
    value = an_object()
    value["agentComponent"].append(agent(other, "Dispatching"))
    value["personComponent"][1]["updatedByAgentReference"] = {"$ref": other}
    speakers = {
        one.speaker.name for one in came(value)
        if (mark := mark_of(one)) is not None and mark.id == uid("man")
    }  # fmt: skip
    assert speakers == {other}


# --- Notes of other homes


def with_note(text: str) -> Json:
    """The object with one more note, of an officer's."""
    return later(an_object(), note("note9", text, OFFICER))


def test_another_home_s_man_is_not_ours() -> None:
    gun = said("armed", by=MALLORY, who="man", weapon="gun", basis="saw")
    [armed] = [one for one in came(with_note(note_of(gun))) if kind_of(one.fact) == "armed"]
    assert armed.fact.who == f"man as {POLICE} calls them"
    assert advice(*came(with_note(note_of(gun))), knife("man"))[CLINICIAN] == "hold"


def test_another_home_s_officer_is_not_ours_either_and_his_gun_holds() -> None:
    gun = said("armed", by=MALLORY, who=OFFICER, weapon="gun", basis="saw")
    told = [
        msgspec.structs.replace(one, recorded=datetime.fromisoformat(SEEN))
        if kind_of(one.fact) == "armed" else one
        for one in came(with_note(note_of(gun)))
    ]  # fmt: skip
    assert advice(*told, cleared())[CLINICIAN] == "hold"


def test_our_own_word_that_stands_is_not_said_again() -> None:
    gun = said("armed", by=MALLORY, who="man", weapon="gun")
    added = came(with_note(note_of(gun)), Known([gun]))
    assert [one for one in added if "gun" in str(one)] == []
    elsewhere = came(with_note(note_of(gun)), Known([], elsewhere=[gun]))
    assert [one for one in elsewhere if "gun" in str(one)] == []


def test_a_weapon_does_not_hide_behind_the_id_of_a_word_of_ours() -> None:
    quiet = said("in_crisis", by=MALLORY, who="man", sign="shouting")
    gun = msgspec.structs.replace(said("armed", by=MALLORY, who="man", weapon="gun"), id=quiet.id)
    added = came(with_note(note_of(gun)), Known([quiet]))
    assert [one.fact.weapon for one in added if kind_of(one.fact) == "armed"] == ["gun"]


@pytest.mark.parametrize("kind", ["armed", "cleared", "other", "staged"])
def test_sealed_words_of_ours_do_not_come_back_by_a_peer_s_note(kind: str) -> None:
    slots = {
        "armed": {"who": "man", "weapon": "zweihander"},
        "cleared": {"who": "zweihander", "for": "engage"},
        "other": {"text": "zweihander"},
        "staged": {"unit": "zweihander"},
    }[kind]
    sealed = said(kind, by=MALLORY, slots=slots)
    gone = Known([], gone=[str(sealed.id)])
    for text in (note_of(sealed), f"<div>{note_of(sealed)}</div>", note_of(sealed) + " and a gun"):
        assert "zweihander" not in str(came(with_note(text), gone))


def test_other_words_beside_sealed_ones_are_told_to_have_been_there() -> None:
    sealed = said("other", by=MALLORY, slots={"text": "zweihander"})
    added = came(with_note(note_of(sealed) + " and a gun"), Known([], gone=[str(sealed.id)]))
    [told] = [
        one for one in added if (mark := mark_of(one)) is not None and mark.id == uid("note9")
    ]
    assert "ask its author" in told.fact.text
    assert told.speaker.name == OFFICER


def test_sealed_words_do_not_come_back_behind_another_id() -> None:
    """Two notes of ours that a peer put into one, or with its tags in capitals."""
    sealed = said("other", by=MALLORY, slots={"text": "zweihander"})
    quiet = said("in_crisis", by=MALLORY, who="man", sign="shouting")
    gone = Known([], gone=[str(sealed.id)])
    both = note_of(quiet) + note_of(sealed)
    for text in (both, both.replace("data-whoseword", "DATA-WHOSEWORD"),
                 note_of(sealed).replace(str(sealed.id), str(sealed.id).upper())):  # fmt: skip
        assert "zweihander" not in str(came(with_note(text), gone))


def test_a_sealed_statement_whose_id_names_no_year_of_ours_stops_no_import() -> None:
    gone = Known([], gone=["ffffffff-ffff-7fff-bfff-ffffffffffff", "row#3"])
    assert len(came(an_object(), gone)) == len(came(an_object()))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("man <armed with a knife> at the door", "man <armed with a knife> at the door"),
        ("<I think he has a knife>", "<I think he has a knife>"),
        ("<p>he has a knife</p><p>Units wait</p>", "he has a knife"),
        ("he has a knife<br>Units wait", "he has a knife"),
        ("<td>knife</td><td>seen</td>", "knife"),
        ("a k<b>nife</b>", "a knife"),
        ('<img alt="a knife in his hand" src="x:y">', ""),
    ],
)
def test_no_word_of_a_note_vanishes_with_its_tags(text: str, seen: str) -> None:
    [told] = [
        one
        for one in came(with_note(text))
        if (mark := mark_of(one)) is not None and mark.id == uid("note9")
    ]
    assert seen in told.fact.text
    read = words_to_read(told)
    assert read is not None
    assert read.may_tell_of_weapon


def test_comments_that_are_never_closed_hold_nobody_up() -> None:
    text = "<!--" * 100_000 + " he has a knife"
    [told] = [
        one
        for one in came(with_note(text))
        if (mark := mark_of(one)) is not None and mark.id == uid("note9")
    ]
    assert told.fact.text.endswith("he has a knife")


@pytest.mark.parametrize(
    ("relation", "whom"),
    [("member_of", "the outlaws"), ("interpreter", "woman"), ("officer", "ridge guards")],
)
def test_a_unit_with_a_name_of_somebody_s_in_a_book_makes_nobody_a_member(
    relation: str, whom: str
) -> None:
    """A man of a gang is sent nowhere, though a feed calls a unit as the gang is called."""
    value = an_object()
    value["emergencyResourceComponent"][0]["emergencyResourceName"] = whom
    his = ours("related", SENT, slots={"who": "man", "whom": whom, "relation": relation})
    assert advice(*came(value), his, cleared(), knife("man"))[CLINICIAN] == "hold"
