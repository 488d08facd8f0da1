"""Read and written again, an object has lost nothing; and what is our own goes out as it was said."""

import copy
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from eido_objects import (
    CALL,
    CALLER,
    INCIDENT,
    OFFICER,
    POLICE,
    PSAP,
    UNIT,
    Json,
    an_object,
    civic,
    encoded,
    note,
    pidf,
    refs,
    uid,
)
from telling import told as said
from whoseword.intake.eido import (
    Checked,
    Destination,
    Known,
    Sender,
    arriving,
    check_eido,
    mark_of,
    message_of,
    object_of,
    read_eido,
)
from whoseword.intake.eido.marks import MARK
from whoseword.intake.eido.noted import note_of
from whoseword.intake.eido.places import read_place, write_place
from whoseword.intake.eido.registries import registries
from whoseword.response import Advice, Advised, Reason
from whoseword.words import Hedge, SpeakerKind, Stance, Statement
from whoseword.words.kinds import kind_of

BOOK = "dunmore-911/response/calls"
WHEN = datetime(2031, 5, 2, 20, tzinfo=UTC)
SENDER = Sender("dunmore-911", PSAP, WHEN)
_OURS = (f"whoseword@{PSAP}",)
_ANEW = ("lastUpdateTimeStamp", "updatedByAgentReference", "issuingElementIdentification")


def taken_in(checked: Checked, known: Known | None = None) -> list[Statement]:
    """The statements that an object adds."""
    to = Destination("marlow-street", BOOK, "county-idx", message_of(checked))
    return arriving(checked, to, known if known is not None else Known([]))


def sent(statements: list[Statement], advice: Advice | None = None) -> Checked:
    """The object of these statements."""
    return object_of(statements, advice, "marlow-street", SENDER)


def as_meant(value: Any, name: str = "$") -> Any:
    """An object's JSON, with what has no order put into one, and XML as it is meant."""
    if isinstance(value, dict):
        told = {key: as_meant(one, key) for key, one in value.items()}
        return {key: one for key, one in told.items() if one != []}
    if isinstance(value, list):
        return sorted((as_meant(one, name) for one in value), key=repr)
    if isinstance(value, str) and name.endswith("ByValue") and value.lstrip().startswith("<"):
        return etree.canonicalize(value.partition("?>")[2] or value)
    return value


def without_ours(told: Json) -> Json:
    """An object without what its sender adds: its own agent, and the time at which it was made."""
    told = {key: value for key, value in told.items() if key not in _ANEW}
    told["agentComponent"] = [one for one in told["agentComponent"] if one["$id"] not in _OURS]
    return told


def test_an_object_read_and_written_again_is_the_same_object() -> None:
    value = an_object()
    out = sent(taken_in(check_eido(copy.deepcopy(value))))
    assert as_meant(without_ours(out.raw)) == as_meant(without_ours(value))


def test_import_export_import_loses_nothing_and_adds_only_the_sender() -> None:
    first = taken_in(read_eido(encoded(an_object())))
    again = taken_in(sent(first), Known(first))
    assert {mark.id for one in again if (mark := mark_of(one))} == set(_OURS)
    anew = taken_in(sent(first))
    lost = {one.id for one in first} - {one.id for one in anew}
    parts = [mark.part for one in first if one.id in lost and (mark := mark_of(one))]
    assert parts == ["object"]


_text = st.text(st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)  # fmt: skip
_word = st.text("abcdefghijklmnop 0123456789-'", min_size=1, max_size=12).map(
    lambda one: " ".join(one.split()) or "x"
)


def _some(registry: str, most: int = 3) -> st.SearchStrategy[list[str]]:
    words = sorted(registries()[registry])
    return st.lists(st.sampled_from(words), min_size=1, max_size=most, unique=True)


@st.composite
def objects(draw: st.DrawFn) -> Json:
    """Objects that hold, in which much differs."""
    value = an_object()
    value["incidentComponent"]["incidentTypeCommonRegistryText"] = draw(_some("incident type", 1))[
        0
    ]
    value["incidentComponent"]["incidentStatusCommonRegistryText"] = draw(_some("incident status"))
    value["personComponent"][1]["personIncidentRoleRegistryText"] = draw(_some("person role"))
    unit = value["emergencyResourceComponent"][0]
    unit["secondaryUnitStatusRegistryText"] = draw(_some("secondary status"))
    unit["resourceAttributeRegistryText"] = draw(_some("resource attribute"))
    unit["emergencyResourceName"] = draw(_word)
    for at, text in enumerate(draw(st.lists(_text, max_size=4))):
        value["notesComponent"].append(note(f"more{at}", text))
    names = draw(st.lists(st.sampled_from(["HNO", "RD", "STS", "UNIT", "A3", "PC", "LMK", "PLC"]),
                          min_size=2, max_size=6, unique=True))  # fmt: skip
    value["locationComponent"][0]["locationByValue"] = pidf(
        civic(**{name: draw(_word) for name in [*names, "A1"]})
    )
    for field in draw(st.sets(st.sampled_from(["vehicleComponent", "linkComponent",
                                               "alarmsSensorsComponent"]))):  # fmt: skip
        value[field] = []
        value["incidentComponent"].pop(
            {"vehicleComponent": "vehicleReference"}.get(field, ""), None
        )
    return value


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(objects())
def test_whatever_an_object_says_comes_back(value: Json) -> None:
    statements = taken_in(check_eido(copy.deepcopy(value)))
    out = sent(statements)
    assert as_meant(without_ours(out.raw)) == as_meant(without_ours(value))
    assert taken_in(out, Known(taken_in(out))) == []


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(["HNO", "PRD", "RD", "STS", "UNIT", "FLR", "LOC", "A3", "A1", "PC"]), _word, min_size=1))  # fmt: skip
def test_an_address_is_put_back_where_it_stood_and_is_kept_nowhere_else(
    parts: dict[str, str],
) -> None:
    placed = read_place(pidf(civic(**parts)), "$")
    again = read_place(write_place(placed.text, placed.kept, placed.spans), "$")
    assert again == placed
    for name, start, end in placed.spans:
        assert placed.text[start:end] == parts[name]
        assert f">{parts[name]}<" not in placed.kept


def test_a_covered_address_goes_out_as_its_substitute_alone() -> None:
    placed = read_place(pidf(civic(HNO="118", RD="Marlow", STS="Street")), "$")
    out = write_place("PO Box 9, Capital City", placed.kept, placed.spans)
    assert read_place(out, "$").text == "PO Box 9, Capital City"
    assert "Marlow" not in out


def test_of_what_a_reader_may_not_open_nothing_is_left() -> None:
    statements = taken_in(read_eido(encoded(an_object())))
    seen = [one for one in statements if (mark := mark_of(one)) and mark.id not in (CALLER, UNIT)]
    out = sent(seen).raw
    assert CALLER not in str(out)
    assert UNIT not in str(out)
    callers = [one for one in out["personComponent"] if one.get("callIdentifier") == [CALL]]
    assert [one["personIncidentRoleRegistryText"] for one in callers] == [["Caller"]]


def test_what_was_replaced_is_history_and_is_left_out() -> None:
    known = Known([])
    first = taken_in(read_eido(encoded(an_object())), known)
    value = an_object()
    value["callComponent"][0] |= {
        "callStateRegistryText": "callEnd",
        "lastUpdateTimeStamp": "2031-05-02T14:30:00-05:00",
    }
    second = taken_in(read_eido(encoded(value)), known)
    out = sent(first + second).raw
    assert out["callComponent"][0]["callStateRegistryText"] == "callEnd"
    assert "callAnswered" not in str(out)


OFFICER_7 = {"name": "officer-7", "kind": "responder", "party": "dunmore-police"}
WOMAN = {"name": "neighbor", "kind": "witness"}


def own() -> list[Statement]:
    """What a home's own books say of an incident."""
    return [
        said("called", call="call-1", caller="neighbor", to="dunmore-911", happened="2031-05-02T14:01:12Z"),
        said("classified", call="call-1", type="man shouting", priority="2"),
        said("located", what="call-1", place="118 Marlow Street Apt 4"),
        said("named", who="neighbor", name="Ines Varga"),
        said("aged", who="man", age="about 30"),
        said("armed", who="man", weapon="knife", by=OFFICER_7, basis="saw"),
        said("armed", who="man", by=WOMAN, stance="denies"),
        said("placed_on_leave", who="officer-7", leave="administrative"),
        said("cleared", **{"who": "clinician", "for": "engage"}, by=OFFICER_7, stance="does"),
    ]  # fmt: skip


def test_our_own_statements_go_out_in_fields_where_these_can_carry_them() -> None:
    out = sent(own()).raw
    assert out["incidentComponent"]["incidentTypeCommonRegistryText"] == "TROUBLE"
    assert out["incidentComponent"]["incidentTypeInternalText"] == "man shouting"
    [place] = out["locationComponent"]
    assert read_place(place["locationByValue"], "$").text == "118 Marlow Street Apt 4"
    assert "locationByReferenceUrl" not in place
    [call] = out["callComponent"]
    caller = next(one for one in out["personComponent"] if one.get("callIdentifier"))
    assert caller["personIncidentRoleRegistryText"] == ["Caller"]
    assert call["personReference"] == refs(caller["$id"])
    assert "placed_on_leave" not in str(out)


def test_a_weapon_goes_out_in_a_note_that_says_who_says_so_and_comes_in_as_hearsay() -> None:
    out = sent(own())
    notes = [one["notesActionComments"] for one in out.raw["notesComponent"]]
    knife = next(one for one in notes if "weapon: knife" in one)
    assert "officer-7 says" in knife
    assert any("neighbor denies" in one for one in notes)
    taken = taken_in(out)
    armed = [one for one in taken if kind_of(one.fact) == "armed"]
    assert {(one.speaker.name, one.stance) for one in armed} == {
        ("officer-7", Stance.AFFIRMS),
        ("neighbor", Stance.DENIES),
    }
    for one in armed:
        assert [relay.name for relay in one.via] == [f"whoseword@{PSAP}"]
        assert one.reviewed is False


def test_no_clearance_comes_in_by_a_note() -> None:
    taken = taken_in(sent(own()))
    assert [one for one in taken if kind_of(one.fact) == "cleared"] == []
    assert any("cleared(who=clinician" in str(one.fact) for one in taken)
    forged = an_object()
    text = sent(own()).raw["notesComponent"]
    forged["notesComponent"] = [
        note("note1", next(one["notesActionComments"] for one in text if "cleared" in str(one))),
        note("note2", "x"),
    ]
    assert all(one.stance is not Stance.DOES for one in taken_in(check_eido(forged)))


def test_hearsay_stays_hearsay_and_possible_stays_possible() -> None:
    via = [{"name": "call-taker", "kind": "official"}]
    spoken = [said("armed", who="man", weapon="gun", by=WOMAN, via=via, hedge="possible")]
    [armed] = [one for one in taken_in(sent(spoken)) if kind_of(one.fact) == "armed"]
    assert armed.hedge is Hedge.POSSIBLE
    assert [one.name for one in armed.via] == ["call-taker", f"whoseword@{PSAP}"]


def test_a_possible_or_disputed_thing_never_fills_a_field_that_knows_no_doubt() -> None:
    out = sent([
        said("classified", call="call-1", type="ASSAULT", hedge="possible"),
        said("named", who="man", name="Tomas"),
        said("named", who="man", name="Pavel", by=WOMAN),
    ]).raw  # fmt: skip
    assert out.get("incidentComponent", {}).get("incidentTypeCommonRegistryText") == "TROUBLE"
    assert "personComponent" not in out
    notes = " ".join(one["notesActionComments"] for one in out["notesComponent"])
    assert "(possibly): classified(call=call-1)" in notes
    assert "Pavel" in notes
    assert "Tomas" in notes


def test_our_own_word_that_comes_back_by_a_peer_is_not_taken_again() -> None:
    mine = own()
    peer = taken_in(sent(mine))
    back = taken_in(sent(peer), Known(mine))
    assert [one for one in back if kind_of(one.fact) == "armed"] == []


def test_advice_is_signed_by_the_program_and_clears_nobody() -> None:
    row = Advised(
        who="clinician", advice="hold", since="2031-05-02T14:05:00Z",
        because=(Reason(None, "gate-weapon"),),
    )  # fmt: skip
    advice = Advice(
        incident="marlow-street",
        at="2031-05-02T14:05:00Z",
        rules="0f",
        advice=(row,),
        tasks=(),
        cited=(),
    )
    out = sent(own(), advice)
    [told] = [one for one in out.raw["notesComponent"] if "Advice of a program" in str(one)]
    assert told["agentReference"] == {"$ref": f"whoseword@{PSAP}"}
    assert "HOLD: clinician" in told["notesActionComments"]
    [taken] = [one for one in taken_in(out) if "Advice of a program" in str(one.fact)]
    assert taken.speaker.kind is SpeakerKind.AUTOMATON


def test_nothing_at_all_is_an_object_too() -> None:
    out = sent([])
    assert out.raw["agencyComponent"][0]["$id"] == PSAP


def test_the_same_statements_give_the_same_object() -> None:
    statements = taken_in(read_eido(encoded(an_object()))) + own()
    assert sent(statements).raw == sent(list(reversed(statements))).raw
    assert sent(statements).raw["$id"] == INCIDENT


def test_components_of_newer_drafts_come_back_as_they_came() -> None:
    newer = [{"$id": uid("caution"), "severity": "high", "personReference": refs(CALLER)}]
    out = sent(taken_in(check_eido(an_object(cautionComponent=newer))))
    assert out.raw["cautionComponent"] == newer


def test_an_agent_whose_component_is_not_open_is_named_all_the_same() -> None:
    statements = taken_in(read_eido(encoded(an_object())))
    seen = [
        one for one in statements if (mark := mark_of(one)) and mark.id not in (OFFICER, POLICE)
    ]
    out = sent(seen).raw
    bare = next(one for one in out["agentComponent"] if one["$id"] == OFFICER)
    assert "agentJcard" not in bare
    assert bare["agencyReference"] == {"$ref": POLICE}


def test_a_moment_that_came_without_an_offset_goes_out_with_the_home_s() -> None:
    """RFC 3339 knows no moment without one, and the schema asks for it."""
    value = an_object()
    value["vehicleComponent"][0]["vehicleRelationshipTimeStamp"] = "2031-05-02T14:03:00"
    zone = ZoneInfo("America/Chicago")
    out = object_of(
        taken_in(check_eido(value)), None, "marlow-street", SENDER._replace(zone=zone)
    ).raw
    told = out["vehicleComponent"][0]["vehicleRelationshipTimeStamp"]
    assert told == "2031-05-02T14:03:00-05:00"


def test_words_that_stand_beside_a_statement_in_a_note_do_not_vanish_behind_it() -> None:
    """A peer who appends to our note, and whoever forges one, is read to the last word."""
    denied = note_of(said("armed", stance="denies", slots={"who": "anyone"}))
    added = f"{denied}<p>UPDATE: he has taken a kitchen knife</p>"
    other = denied.replace(">police chief", ">He has a knife, says the police chief")
    for words in (added, other, denied.replace("</p>", " He has a knife.</p>")):
        value = an_object()
        value["notesComponent"].append(note("late", words))
        found = [one for one in taken_in(check_eido(value)) if "knife" in str(one.fact).lower()]
        assert [kind_of(one.fact) for one in found] == ["other"], words
    value = an_object()
    value["notesComponent"].append(note("late", denied))
    (told,) = [one for one in taken_in(check_eido(value)) if kind_of(one.fact) == "armed"]
    assert told.stance is Stance.DENIES


def test_what_an_earlier_version_wrote_still_goes_out() -> None:
    """Its mark of an agent had no agency: that stood in the fact alone."""
    checked = check_eido(an_object())
    before = []
    for one in taken_in(checked):
        extra = copy.deepcopy(one.extra)
        if extra["x_eido"]["part"] == "agent":
            del extra["x_eido"]["rest"]["agencyReference"]
        before.append(msgspec.structs.replace(one, extra=extra))
    assert as_meant(sent(before).raw) == as_meant(sent(taken_in(checked)).raw)


@pytest.mark.parametrize(
    "mark",
    [
        {"kind": "nonsense", "part": "x"},
        {"kind": "$", "part": "card"},
        {"kind": "siteComponent", "part": "newer"},
        {"kind": "agentComponent", "part": "newer", "rest": {"it": {}}},
    ],
)
def test_a_mark_that_no_feed_brought_keeps_no_object_from_going_out(mark: Json) -> None:
    """Whoever discloses a statement to us may write under the key what they like."""
    gun = said("armed", who="man", weapon="gun")
    forged = msgspec.structs.replace(gun, extra={"x_eido": {"id": "x", "agency": PSAP} | mark})
    told = sent([*taken_in(check_eido(an_object())), forged])
    assert any("gun" in one["notesActionComments"] for one in told.raw["notesComponent"])


def test_a_spoilt_mark_stops_no_incident_and_its_words_go_out_as_a_note() -> None:
    """A partner, or a file of lines, can bring any mark: the rest of the call must still go out."""
    statements = taken_in(check_eido(an_object()))
    whole_ = sent(statements).raw
    for rest in (
        {"personIncidentRoleRegistryText": 7},
        {"notesReference": "none"},
        {"locationByValue": "<no xml"},
        {"pidf": "<no xml", "spans": [["HNO", 0, 3]]},
        {"lastUpdateTimeStamp": None, "callStartTimestamp": {}},
    ):
        for number, one in enumerate(statements):
            mark = mark_of(one)
            if mark is None or mark.derived:
                continue
            spoilt = msgspec.structs.replace(mark, rest=mark.rest | rest)
            told = msgspec.structs.replace(one, extra={MARK: msgspec.to_builtins(spoilt)})
            out = sent([*statements[:number], told, *statements[number + 1 :]]).raw
            kinds = {key for key in out if key.endswith("Component")}
            assert kinds >= {key for key in whole_ if key.endswith("Component")} - {mark.kind}
