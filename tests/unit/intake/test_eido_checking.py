"""An object that does not hold to NENA-STA-021.1b is refused whole, with the path of the fault."""

import json
from collections.abc import Callable

import pytest

from eido_objects import (
    CALLER,
    Json,
    an_object,
    civic,
    encoded,
    pidf,
    refs,
    uid,
)
from whoseword.intake.eido import FeedFault, check_eido, check_strictly, read_eido
from whoseword.intake.eido.registries import FIELDS, registries

_BOMB = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
_FILE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'


def _without(*way: str | int) -> Callable[[Json], None]:
    def spoil(told: Json) -> None:
        *to, last = way
        del _at(told, *to)[last]

    return spoil


def _with(value: object, *way: str | int) -> Callable[[Json], None]:
    def spoil(told: Json) -> None:
        *to, last = way
        _at(told, *to)[last] = value

    return spoil


def _at(told: Json, *way: str | int) -> Json:
    for step in way:
        told = told[step]  # type: ignore[index]
    return told


MALFORMED: list[tuple[str, Callable[[Json], None]]] = [
    # What the standard requires.
    ("$.eidoVersion", _without("eidoVersion")),
    ("$.agencyComponent", _without("agencyComponent")),
    ("$.$id", _without("$id")),
    ("$.callComponent[0].direction", _without("callComponent", 0, "direction")),
    ("$.callComponent[0].callStartTimestamp", _without("callComponent", 0, "callStartTimestamp")),
    ("$.notesComponent[1].notesActionComments", _without("notesComponent", 1, "notesActionComments")),
    ("$.personComponent[0].personIncidentRoleRegistryText",
     _without("personComponent", 0, "personIncidentRoleRegistryText")),
    ("$.incidentComponent.dispositionComponent[0].dispositionCommonRegistryCode",
     _without("incidentComponent", "dispositionComponent", 0, "dispositionCommonRegistryCode")),
    ("$.agentComponent[2].agencyReference", _without("agentComponent", 2, "agencyReference")),
    ("$.locationComponent[0].lastUpdateTimeStamp",
     _without("locationComponent", 0, "lastUpdateTimeStamp")),
    ("$.callComponent[0].personReference[1].$ref",
     _without("callComponent", 0, "personReference", 1, "$ref")),
    # Types.
    ("$.callComponent", _with({"$id": "c"}, "callComponent")),
    ("$.callComponent[0]", _with("a call", "callComponent", 0)),
    ("$.incidentComponent.incidentCommonPriorityNumber",
     _with("two", "incidentComponent", "incidentCommonPriorityNumber")),
    ("$.personComponent[1].personIncidentRoleRegistryText",
     _with("Caller", "personComponent", 1, "personIncidentRoleRegistryText")),
    ("$.incidentComponent.dispositionComponent[0].dispositionPrimaryIndicator",
     _with("yes", "incidentComponent", "dispositionComponent", 0, "dispositionPrimaryIndicator")),
    # References.
    ("$.callComponent[0].personReference[0].$ref",
     _with(uid("nobody"), "callComponent", 0, "personReference", 0, "$ref")),
    ("$.updatedByAgencyReference.$ref", _with("no.example", "updatedByAgencyReference", "$ref")),
    ("$.notesComponent[0].agentReference.$ref",
     _with(CALLER, "notesComponent", 0, "agentReference", "$ref")),
    ("$.incidentComponent.notesReference[1].$ref",
     _with(uid("gone"), "incidentComponent", "notesReference", 1, "$ref")),
    ("$.personComponent[1].$id", _with(CALLER, "personComponent", 1, "$id")),
    ("$.vehicleComponent[0].$id", _with("", "vehicleComponent", 0, "$id")),
    # Words of the registries.
    ("$.incidentComponent.incidentTypeCommonRegistryText",
     _with("ALIENS", "incidentComponent", "incidentTypeCommonRegistryText")),
    ("$.emergencyResourceComponent[0].secondaryUnitStatusRegistryText[1]",
     _with("On Scene", "emergencyResourceComponent", 0, "secondaryUnitStatusRegistryText", 1)),
    ("$.personComponent[0].personIncidentRoleRegistryText[0]",
     _with("caller", "personComponent", 0, "personIncidentRoleRegistryText", 0)),
    ("$.incidentComponent.dispositionComponent[0].dispositionCommonRegistryCode",
     _with("99", "incidentComponent", "dispositionComponent", 0, "dispositionCommonRegistryCode")),
    ("$.locationComponent[2].locationTypeDescriptionRegistryText",
     _with("Home", "locationComponent", 2, "locationTypeDescriptionRegistryText")),
    ("$.callComponent[0].direction", _with("inwards", "callComponent", 0, "direction")),
    ("$.linkComponent[0].linkDirectionCode", _with("COUSIN", "linkComponent", 0, "linkDirectionCode")),
    # Times and addresses.
    ("$.callComponent[0].callStartTimestamp",
     _with("2 May 2031, 14:03", "callComponent", 0, "callStartTimestamp")),
    ("$.lastUpdateTimeStamp", _with("2031-02-30T10:00:00Z", "lastUpdateTimeStamp")),
    ("$.vehicleComponent[0].vehicleRelationshipTimeStamp",
     _with("2031-05-02", "vehicleComponent", 0, "vehicleRelationshipTimeStamp")),
    ("$.locationComponent[2].locationByReferenceUrl",
     _with("the post office", "locationComponent", 2, "locationByReferenceUrl")),
    # Places.
    ("$.locationComponent[0].locationByReferenceUrl",
     _with("https://lis.example/1", "locationComponent", 0, "locationByReferenceUrl")),
    ("$.locationComponent[0].locationByValue",
     _with("118 Marlow Street", "locationComponent", 0, "locationByValue")),
    ("$.locationComponent[0].locationByValue",
     _with(pidf(""), "locationComponent", 0, "locationByValue")),
    ("$.locationComponent[1].locationByValue",
     _with(pidf('<Point xmlns="http://www.opengis.net/gml"><pos>91.2 4.0</pos></Point>'),
           "locationComponent", 1, "locationByValue")),
    ("$.locationComponent[1].locationByValue",
     _with(pidf('<Point xmlns="http://www.opengis.net/gml"><pos>north 4.0</pos></Point>'),
           "locationComponent", 1, "locationByValue")),
    ("$.locationComponent[1].locationByValue",
     _with(pidf('<Circle xmlns="http://www.opengis.net/pidflo/1.0"><pos>1.0 4.0</pos></Circle>'),
           "locationComponent", 1, "locationByValue")),
    ("$.locationComponent[0].crossStreetByValue[0]",
     _with(["Marlow and Fifth"], "locationComponent", 0, "crossStreetByValue")),
    ("$.locationComponent[0].locationByValue",
     _with(_FILE, "locationComponent", 0, "locationByValue")),
    ("$.additionalDataComponent[0].additionalDataByValue",
     _with(_BOMB, "additionalDataComponent", 0, "additionalDataByValue")),
    ("$.additionalDataComponent[0].additionalDataByValue",
     _with("<c:Comment>no end", "additionalDataComponent", 0, "additionalDataByValue")),
]  # fmt: skip


@pytest.mark.parametrize(("path", "spoil"), MALFORMED)
def test_a_malformed_object_is_refused_with_the_path_of_its_fault(
    path: str, spoil: Callable[[Json], None]
) -> None:
    told = an_object()
    spoil(told)
    with pytest.raises(FeedFault) as refused:
        read_eido(encoded(told))
    assert refused.value.path == path
    assert str(refused.value).startswith(f"{path}: ")
    assert "; " in str(refused.value)


def test_an_object_that_holds_is_taken() -> None:
    check_strictly_ours = read_eido(encoded(an_object()))
    assert check_strictly_ours.eido.id == an_object()["$id"]


@pytest.mark.parametrize(
    ("content", "path"),
    [
        (b"", "$"),
        (b"[]", "$"),
        (b'{"eidoVersion": "1.0", "eidoVersion": "1.0"}', "$.eidoVersion"),
        (b'{"a": ' + b"[" * 60 + b"]" * 60 + b"}", "$"),
        (b"\xff\xfe", "$"),
    ],
)
def test_what_is_no_object_at_all_is_told(content: bytes, path: str) -> None:
    with pytest.raises(FeedFault) as refused:
        read_eido(content)
    assert refused.value.path == path


def test_nothing_outside_the_text_is_fetched_or_expanded() -> None:
    told = an_object()
    told["locationComponent"][0]["locationByValue"] = _FILE
    with pytest.raises(FeedFault, match="document type or an entity"):
        read_eido(encoded(told))


def test_an_object_of_a_newer_version_may_use_words_that_are_not_known_here() -> None:
    told = an_object(eidoVersion="1.1")
    told["incidentComponent"]["incidentTypeCommonRegistryText"] = "DRONE"
    told["cautionComponent"] = [{"$id": uid("caution"), "severity": "high"}]
    assert read_eido(encoded(told)).raw["cautionComponent"][0]["severity"] == "high"


def test_both_spellings_of_the_time_of_change_are_read() -> None:
    told = an_object()
    for one in (
        told,
        told["callComponent"][0],
        told["incidentComponent"]["dispositionComponent"][0],
    ):
        one["lastUpdateTimestamp"] = one.pop("lastUpdateTimeStamp")
    assert read_eido(encoded(told)).eido.call_component[0].last_update_time_stamp


def test_a_moment_without_an_offset_is_taken_as_it_is() -> None:
    told = an_object()
    told["personComponent"][0]["lastUpdateTimeStamp"] = "2031-05-02T14:03:00.0"
    assert read_eido(encoded(told)).eido.person_component[0].last_update_time_stamp.endswith("00.0")


def test_our_own_objects_name_a_caller_and_an_agent_throughout() -> None:
    told = an_object()
    told["personComponent"][0]["personIncidentRoleRegistryText"] = ["Witness"]
    with pytest.raises(FeedFault, match=r"callComponent\[0\].personReference: names no caller"):
        check_strictly(check_eido(told))
    told = an_object()
    del told["notesComponent"][0]["updatedByAgentReference"]
    with pytest.raises(FeedFault, match=r"notesComponent\[0\].updatedByAgentReference: is missing"):
        check_strictly(check_eido(told))


def test_the_registries_hold_words_for_every_field_that_has_one() -> None:
    sizes = {name: len(words) for name, words in registries().items()}
    assert set(sizes) == set(FIELDS.values())
    assert sizes["incident type"] == 245
    assert sizes["disposition"] == 45
    assert sizes["resource attribute"] == 535
    assert "46" not in registries()["disposition"]
    assert "SpanishCastilianInterpreter" in registries()["resource attribute"]


def test_a_fault_does_not_depend_on_the_order_of_keys() -> None:
    told = an_object()
    told["callComponent"][0]["personReference"] = refs(uid("nobody"))
    backwards = json.loads(json.dumps(told, sort_keys=True))
    for one in (told, backwards):
        with pytest.raises(FeedFault) as refused:
            check_eido(one)
        assert refused.value.path == "$.callComponent[0].personReference[0].$ref"


def test_a_civic_address_without_a_door_is_a_place_all_the_same() -> None:
    told = an_object()
    told["locationComponent"][0]["locationByValue"] = pidf(civic(A3="Dunmore", LMK="Old Mill"))
    assert read_eido(encoded(told)).places[uid("door")].text == "Old Mill, Dunmore"


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"name": "Ines Varga"}, "name"),
        ({"name": {"personFullName": [{"value": "Ines Varga"}]}}, "name"),
        ({"name": [[{"personFullName": []}]]}, "name[0]"),
        ({"name": [{"personFullName": [{"value": 5}]}]}, "name[0].personFullName[0].value"),
        ({"name": [{"personFullName": [{"value": []}]}]}, "name[0].personFullName[0].value"),
        ({"birthDate": [{"date": {"value": "1996-08-21"}}]}, "birthDate[0].date"),
        ({"ageMeasure": [{"integerValue": [{"value": "old"}]}]},
         "ageMeasure[0].integerValue[0].value"),
        ({"isArmed": [{"value": "yes"}]}, "isArmed[0].value"),
    ],
)  # fmt: skip
def test_what_has_not_the_form_of_niem_is_refused_with_its_path(change: Json, path: str) -> None:
    """A name that stands in another form would be passed over in silence."""
    value = an_object()
    value["personComponent"][0]["ncPersonComponent"] = change
    with pytest.raises(FeedFault) as fault:
        check_eido(value)
    assert str(fault.value).startswith(f"$.personComponent[0].ncPersonComponent.{path}: must be ")


def test_a_null_is_a_field_that_was_not_sent() -> None:
    value = an_object()
    value["dispatchComponent"][0]["agencyReference"] = None
    value["emergencyResourceComponent"][0]["emergencyResourceName"] = None
    raw = check_eido(value).raw
    assert "agencyReference" not in raw["dispatchComponent"][0]
    assert "emergencyResourceName" not in raw["emergencyResourceComponent"][0]
    del value["agencyComponent"][0]["agencyType"]
    value["agencyComponent"][0]["agencyType"] = None
    with pytest.raises(FeedFault, match="agencyType: is missing"):
        check_eido(value)
