"""What an object says, and whose word it is: the caller's relayed, a note its author's."""

import copy
from typing import Any

import pytest

from eido_objects import (
    ALARM,
    AT,
    CALLER,
    CLINICIAN,
    DOOR_LINE,
    LATER,
    MAN,
    OFFICER,
    POLICE,
    PSAP,
    TAKER,
    Json,
    agent,
    an_object,
    circle,
    encoded,
    jcard,
    later,
    note,
    pidf,
    refs,
    uid,
)
from whoseword.intake.eido import (
    Destination,
    FeedFault,
    Known,
    arriving,
    mark_of,
    message_of,
    read_eido,
)
from whoseword.words import (
    Basis,
    Hedge,
    SpeakerKind,
    Stance,
    Statement,
    decode_body,
    decode_statement,
    encode_body,
    encode_statement,
)
from whoseword.words.kinds import kind_of, values_of
from whoseword.words.rules import check

BOOK = "dunmore-911/response/calls"


def told(value: Json, known: Known | None = None) -> list[Statement]:
    """The statements that an object adds."""
    checked = read_eido(encoded(value))
    to = Destination("marlow-street", BOOK, "county-idx", message_of(checked))
    return arriving(checked, to, known if known is not None else Known([]))


def of(statements: list[Statement], kind: str, id_: str | None = None) -> list[Statement]:
    """Those of one kind, of one component."""
    return [
        one
        for one in statements
        if kind_of(one.fact) == kind and (id_ is None or mark(one).id == id_)
    ]


def only(statements: list[Statement], kind: str, id_: str | None = None) -> Statement:
    """The one of a kind."""
    found = of(statements, kind, id_)
    assert len(found) == 1, found
    return found[0]


def mark(statement: Statement) -> Any:
    """The mark of a statement that came by a feed."""
    found = mark_of(statement)
    assert found is not None
    return found


def test_every_statement_names_feed_message_and_author_and_was_looked_at_by_nobody() -> None:
    statements = told(an_object())
    for one in statements:
        check(one)
        assert one.source.feed == "county-idx"
        assert one.source.message == f"{an_object()['$id']}@{AT}"
        assert one.speaker.name
        assert one.reviewed is False
        assert one.signed_by is None
        assert one.stance is Stance.AFFIRMS
        assert decode_body(encode_body(one)) == one
    assert len({one.id for one in statements}) == len(statements)


def test_the_caller_s_word_is_relayed_by_whoever_wrote_it_down() -> None:
    statements = told(an_object())
    for id_ in (CALLER, MAN):
        name = only(statements, "named", id_)
        assert name.speaker.kind is SpeakerKind.UNNAMED
        assert name.speaker.name == only(statements, "called").fact.caller
        assert [one.name for one in name.via] == [TAKER]
        assert name.basis is Basis.UNSTATED
    assert values_of(only(statements, "aged", MAN).fact) == {"age": "34"}


def test_of_two_callers_nobody_can_tell_whose_word_it_is() -> None:
    value = an_object()
    value["personComponent"][1]["personIncidentRoleRegistryText"] = ["ReportingParty"]
    name = only(told(value), "named", MAN)
    assert (name.speaker.name, name.via) == (TAKER, ())


def test_a_note_is_its_author_s_with_its_time() -> None:
    value = later(an_object(), note("note3", "Knife seen in his hand", OFFICER, LATER))
    found = only(told(value), "other", uid("note3"))
    assert found.fact.text == "Knife seen in his hand"
    assert (found.speaker.name, found.speaker.kind) == (OFFICER, SpeakerKind.RESPONDER)
    assert (found.speaker.party, found.said) == (POLICE, LATER)


def test_no_program_reads_a_weapon_out_of_a_note() -> None:
    """A machine's reading is a draft until a person signs it (law 6); the words are kept."""
    value = later(an_object(), note("note3", "HE HAS A KNIFE", OFFICER, LATER))
    assert of(told(value), "armed") == []


def test_a_note_s_markup_is_no_part_of_its_words_and_a_plain_one_loses_nothing() -> None:
    statements = told(an_object(notesComponent=[
        note("note1", "blade <4 inches & temp >30, R&D gate"),
        note("note2", "<p>Door code <b>4471</b> &amp; side entrance</p>"),
    ]))  # fmt: skip
    words = [only(statements, "other", uid(one)).fact.text for one in ("note1", "note2")]
    assert words == ["blade <4 inches & temp >30, R&D gate", "Door code 4471 & side entrance"]


def test_what_a_machine_measured_is_a_machine_s_word() -> None:
    statements = told(an_object())
    phone = only(statements, "located", uid("phone"))
    assert (phone.speaker.name, phone.speaker.kind) == ("location by A-GPS", SpeakerKind.AUTOMATON)
    assert phone.fact.place == "geo:38.5512,-92.1734;u=45"
    alarm = only(statements, "other", uid("alarm"))
    assert (alarm.speaker.name, alarm.speaker.kind) == (ALARM, SpeakerKind.AUTOMATON)


def test_the_incident_s_place_is_a_line_as_people_write_it() -> None:
    door = only(told(an_object()), "located", uid("door"))
    assert door.fact.place == DOOR_LINE
    assert door.speaker.name == TAKER


@pytest.mark.parametrize(
    ("shape", "line"),
    [
        (circle("38.5512", "-92.1734", "45"), "geo:38.5512,-92.1734;u=45"),
        ('<Point xmlns="http://www.opengis.net/gml"><pos>1.5 -2.25</pos></Point>', "geo:1.5,-2.25"),
        ('<Point xmlns="http://www.opengis.net/gml"><pos>1 -2 30</pos></Point>', "geo:1,-2,30"),
        ('<Polygon xmlns="http://www.opengis.net/gml"/>', "Polygon (PIDF-LO)"),
    ],
)
def test_points_and_circles_become_geo_uris(shape: str, line: str) -> None:
    value = an_object()
    value["locationComponent"][0]["locationByValue"] = pidf(shape)
    assert only(told(value), "located", uid("door")).fact.place == line


def test_a_place_that_the_caller_told_by_hand_is_the_caller_s_word() -> None:
    value = an_object()
    value["locationComponent"][1]["locationByValue"] = pidf(circle("38.5", "-92.1", "45"))
    phone = only(told(value), "located", uid("phone"))
    assert phone.speaker.kind is SpeakerKind.UNNAMED
    assert [one.name for one in phone.via] == [TAKER]


def test_a_unit_is_sent_by_whoever_dispatched_it_and_its_clinician_is_named_by_the_card() -> None:
    statements = told(an_object())
    sent = only(statements, "dispatched")
    assert (sent.speaker.name, sent.fact.unit) == (TAKER, "C7")
    assert sent.fact.members == (OFFICER, CLINICIAN)
    trades = [one for one in of(statements, "related") if one.fact.whom == "C7"]
    assert [(one.fact.who, one.fact.relation, one.hedge) for one in trades] == [
        (CLINICIAN, "clinician", Hedge.PLAIN)
    ]


def test_where_no_card_tells_who_the_clinician_is_everybody_of_the_unit_possibly_is() -> None:
    value = an_object()
    value["agentComponent"][1:3] = [agent(OFFICER, "Responder"), agent(CLINICIAN, "Responder")]
    trades = [one for one in of(told(value), "related") if one.fact.whom == "C7"]
    assert [(one.fact.who, one.hedge, one.basis) for one in trades] == [
        (OFFICER, Hedge.POSSIBLE, Basis.INFERRED),
        (CLINICIAN, Hedge.POSSIBLE, Basis.INFERRED),
    ]


def test_a_crisis_unit_of_which_nobody_is_named_has_a_crew_to_hold() -> None:
    value = an_object()
    unit = value["emergencyResourceComponent"][0]
    unit["agentReference"] = []
    unit["emergencyResourceTypeCommonRegistryText"] = "CrisisInterventionUnit"
    statements = told(value)
    assert only(statements, "dispatched").fact.members is None
    [crew] = [one for one in of(statements, "related") if one.fact.whom == "C7"]
    assert (crew.fact.who, crew.fact.relation, crew.hedge) == (
        "crew of C7",
        "clinician",
        Hedge.POSSIBLE,
    )


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        (["Assigned"], set()),
        (["EnRoute"], {"dispatched"}),
        (["OnScene"], {"dispatched", "arrived"}),
        (["Staging"], {"dispatched", "staged"}),
    ],
)
def test_of_a_unit_s_status_follows_what_the_word_says(words: list[str], kinds: set[str]) -> None:
    value = an_object(dispatchComponent=[])
    value["emergencyResourceComponent"][0]["secondaryUnitStatusRegistryText"] = words
    found = {kind_of(one.fact) for one in told(value)}
    assert found & {"dispatched", "arrived", "staged"} == kinds


def test_two_units_of_one_name_are_not_made_one() -> None:
    value = an_object()
    other = copy.deepcopy(value["emergencyResourceComponent"][0]) | {"$id": uid("unit2")}
    value["emergencyResourceComponent"].append(other)
    value["dispatchComponent"][0]["emergencyResourceReference"] += refs(uid("unit2"))
    names = {one.fact.unit for one in of(told(value), "dispatched")}
    assert len(names) == 2
    assert all(str(name).startswith("C7 unit-") for name in names)


def test_a_later_object_adds_only_what_is_new() -> None:
    known = Known([])
    first = told(an_object(), known)
    assert told(an_object(), known) == []
    again = later(an_object(), note("note3", "Now quiet", OFFICER, LATER))
    again["callComponent"][0] |= {"callStateRegistryText": "callEnd", "lastUpdateTimeStamp": LATER}
    added = told(again, known)
    assert sorted(mark(one).part for one in added) == ["note", "state"]
    state = next(one for one in added if mark(one).part == "state")
    assert state.replaces in {one.id for one in first}
    assert told(again, known) == []
    assert told(an_object(), known) == []


def test_what_another_agent_touched_without_a_change_is_not_said_anew() -> None:
    known = Known([])
    told(an_object(), known)
    value = an_object()
    value["incidentComponent"] |= {
        "lastUpdateTimeStamp": LATER,
        "updatedByAgentReference": {"$ref": OFFICER},
        "incidentStatusCommonRegistryText": ["Active", "ResourcesOnscene"],
    }
    assert [mark(one).part for one in told(value, known)] == ["status"]


def test_a_word_that_went_away_and_came_back_is_said_again() -> None:
    known = Known([])
    texts = []
    for minute, state in enumerate(("callAnswered", "callEnd", "callAnswered")):
        value = an_object()
        value["callComponent"][0] |= {
            "callStateRegistryText": state,
            "lastUpdateTimeStamp": f"2031-05-02T14:0{4 + minute}:00Z",
        }
        texts += [one.fact.text for one in told(value, known) if mark(one).part == "state"]
    assert [text.rpartition(" ")[2] for text in texts] == [
        "callAnswered",
        "callEnd",
        "callAnswered",
    ]


def test_an_object_that_comes_late_replaces_nothing_that_was_said_after_it() -> None:
    known = Known([])
    again = an_object()
    again["callComponent"][0] |= {"callStateRegistryText": "callEnd", "lastUpdateTimeStamp": LATER}
    told(again, known)
    late = [one for one in told(an_object(), known) if mark(one).part == "state"]
    assert [one.replaces for one in late] == [None]
    assert told(again, known) == []


def test_only_who_may_correct_a_word_replaces_it() -> None:
    """Another agency's word on the same component stands beside the first."""
    known = Known([])
    told(an_object(), known)
    value = an_object()
    value["incidentComponent"] |= {
        "incidentTypeCommonRegistryText": "WEAPON",
        "lastUpdateTimeStamp": LATER,
        "updatedByAgencyReference": {"$ref": POLICE},
        "updatedByAgentReference": {"$ref": OFFICER},
    }
    [changed] = told(value, known)
    assert (changed.fact.type, changed.replaces) == ("WEAPON", None)


def test_silence_takes_nothing_back() -> None:
    known = Known([])
    told(an_object(), known)
    value = an_object(alarmsSensorsComponent=[], linkComponent=[])
    assert told(value, known) == []


def test_words_that_went_out_of_sight_do_not_come_back_by_the_feed() -> None:
    first = told(an_object())
    sealed = only(first, "other", uid("note1"))
    known = Known([one for one in first if one is not sealed], gone=[str(sealed.id)])
    assert told(an_object(), known) == []


def test_components_of_newer_drafts_are_kept_and_told_as_not_read() -> None:
    value = an_object(cautionComponent=[{"$id": uid("caution"), "severity": "high"}])
    found = only(told(value), "other", uid("caution"))
    assert "not read" in found.fact.text
    assert mark(found).rest["it"]["severity"] == "high"


def test_a_program_is_known_by_its_card() -> None:
    value = an_object()
    value["agentComponent"][0]["agentJcard"] = jcard("Router", kind="application")
    assert only(told(value), "called").speaker.kind is SpeakerKind.AUTOMATON


def test_a_call_is_received_by_the_agency_that_keeps_it() -> None:
    call = only(told(an_object()), "called")
    assert (call.fact.to, call.fact.happened) == (PSAP, "2031-05-02T14:01:12.000-05:00")


@pytest.mark.parametrize("name", ["a\\u0000b", "\\ud800", "\\u0000"])
def test_a_card_cannot_spell_what_a_statement_may_not_hold(name: str) -> None:
    card = f'["vcard", [["fn", {{}}, "text", "{name}"]]]'
    value = an_object()
    value["agentComponent"][0]["agentJcard"] = card
    for one in told(value):
        assert decode_statement(encode_statement(one))


def test_every_statement_of_an_object_can_be_written_as_a_line_and_read_again() -> None:
    for one in told(an_object()):
        assert decode_statement(encode_statement(one)) == one


def test_an_object_made_by_nobody_is_refused() -> None:
    with pytest.raises(FeedFault, match=r"\$\.issuingElementIdentification: is empty"):
        read_eido(encoded(an_object(issuingElementIdentification=" ")))
