"""Invented EIDOs for tests: one whole incident, and the same with something changed.

``an_object()`` is a call about a man in crisis on Marlow Street, with a co-response unit. People,
places and agencies are invented; domains are of the kind reserved for examples (RFC 2606).
"""

import copy
import json
from typing import Any

Json = dict[str, Any]

PSAP = "psap.dunmore.example"
POLICE = "police.dunmore.example"
TAKER = f"rosa.lind@{PSAP}"
OFFICER = f"k.abara@{POLICE}"
CLINICIAN = f"m.soto@{POLICE}"
ALARM = f"panel7@{PSAP}"
INCIDENT = f"urn:emergency:uid:incidentid:3k9x7q2m5p1w:{PSAP}"
AT = "2031-05-02T14:03:00.000-05:00"
LATER = "2031-05-02T14:09:30.000-05:00"

_PIDF = "urn:ietf:params:xml:ns:pidf"


def uid(unique: str) -> str:
    """An id of a component."""
    return f"urn:emergency:uid:eidodatacomponent:{unique}x8k2m4q6:{PSAP}"


CALL = f"urn:emergency:uid:callid:7h4d9s2k1m3q:{PSAP}"
CALLER, MAN = uid("caller"), uid("man")
UNIT = uid("unit")


def pidf(inner: str, method: str = "Manual") -> str:
    """A PIDF-LO around a shape."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><presence xmlns="{_PIDF}" '
        f'xmlns:gp="{_PIDF}:geopriv10" entity="pres:caller@dunmore.example"><tuple id="a"><status>'
        f"<gp:geopriv><gp:location-info>{inner}</gp:location-info><gp:usage-rules/>"
        f"<gp:method>{method}</gp:method></gp:geopriv></status></tuple></presence>"
    )


def civic(**elements: str) -> str:
    """A civic address."""
    told = "".join(f"<{name}>{words}</{name}>" for name, words in elements.items())
    return (
        f'<civicAddress xmlns="{_PIDF}:geopriv10:civicAddr"><country>US</country>{told}'
        "</civicAddress>"
    )


def circle(latitude: str, longitude: str, radius: str) -> str:
    """A circle around a position, in metres."""
    return (
        '<gs:Circle xmlns:gs="http://www.opengis.net/pidflo/1.0" '
        'xmlns:gml="http://www.opengis.net/gml" srsName="urn:ogc:def:crs:EPSG::4326">'
        f"<gml:pos>{latitude} {longitude}</gml:pos>"
        f'<gs:radius uom="urn:ogc:def:uom:EPSG::9001">{radius}</gs:radius></gs:Circle>'
    )


DOOR = {"A1": "MO", "A3": "Dunmore", "RD": "Marlow", "STS": "Street", "HNO": "118", "UNIT": "4"}
DOOR_LINE = "118 Marlow Street Unit 4, Dunmore MO"


def _begun(id_: str, agent: str = TAKER, at: str = AT) -> Json:
    return {
        "$id": id_,
        "lastUpdateTimeStamp": at,
        "updatedByAgencyReference": {"$ref": agent.partition("@")[2]},
        "updatedByAgentReference": {"$ref": agent},
    }


def refs(*ids: str) -> list[Json]:
    """References to components."""
    return [{"$ref": one} for one in ids]


def jcard(name: str, role: str | None = None, kind: str | None = None) -> str:
    """A contact card."""
    told = [["version", {}, "text", "4.0"], ["fn", {}, "text", name]]
    told += [["role", {}, "text", role]] if role else []
    told += [["kind", {}, "text", kind]] if kind else []
    return json.dumps(["vcard", told])


def note(name: str, text: str, agent: str = TAKER, at: str = AT) -> Json:
    """A note of somebody's."""
    return _begun(uid(name), agent, at) | {
        "notesActionComments": text,
        "agentReference": {"$ref": agent},
    }


def agent(id_: str, role: str, card: str | None = None) -> Json:
    """An agent."""
    told = _begun(id_) | {
        "agentRoleRegistryText": [role],
        "agencyReference": {"$ref": id_.partition("@")[2]},
    }
    return told | ({"agentJcard": card} if card else {})


def agency(id_: str, *roles: str) -> Json:
    """An agency."""
    return _begun(id_) | {
        "agencyRoleDescriptionRegistryText": list(roles),
        "agencyType": ["psap"],
    }


def _call() -> Json:
    return _begun(CALL) | {
        "standardPrimaryCallType": "emergency",
        "direction": "incoming",
        "callStartTimestamp": "2031-05-02T14:01:12.000-05:00",
        "answerDate": "2031-05-02T14:01:20.000-05:00",
        "callStateRegistryText": "callAnswered",
        "queueIdentifier": f"sos@{PSAP}",
        "callBackReference": {"$ref": uid("callback")},
        "agentReference": refs(TAKER),
        "personReference": refs(CALLER, MAN),
        "locationReference": refs(uid("phone")),
        "additionalDataReference": refs(uid("comment")),
        "notesReference": refs(uid("note1")),
    }


def _people() -> list[Json]:
    return [
        _begun(CALLER)
        | {
            "personIncidentRoleRegistryText": ["Caller"],
            "callIdentifier": [CALL],
            "ncPersonComponent": {
                "name": [{"personFullName": [{"value": "Ines Varga"}]}],
                "primaryLanguage": [{"value": "Hungarian"}],
            },
            "callBackReference": {"$ref": uid("callback")},
        },
        _begun(MAN)
        | {
            "personIncidentRoleRegistryText": ["InvolvedPerson", "Patient"],
            "ncPersonComponent": {
                "name": [{"personGivenName": [{"value": "Tomas"}], "personSurName": [{"value": "Varga"}]}],
                "ageMeasure": [{"integerValue": [{"value": 34}]}],
                "birthDate": [{"date": [{"value": "1996-08-21"}]}],
            },
        },
    ]  # fmt: skip


def _places() -> list[Json]:
    return [
        _begun(uid("door"))
        | {
            "locationTypeDescriptionRegistryText": "CurrentIncident",
            "locationByValue": pidf(civic(**DOOR)),
            "locationDescriptionText": "side door",
        },
        _begun(uid("phone"))
        | {
            "locationTypeDescriptionRegistryText": "Caller",
            "locationByValue": pidf(circle("38.5512", "-92.1734", "45"), "A-GPS"),
        },
        _begun(uid("post"))
        | {
            "locationTypeDescriptionRegistryText": "Staging",
            "locationByReferenceUrl": "https://lis.dunmore.example/post?k=9",
        },
    ]


def _unit() -> Json:
    return _begun(UNIT, OFFICER) | {
        "emergencyResourceTypeCommonRegistryText": "PatrolUnit",
        "resourceAttributeRegistryText": ["CrisisInterventionSpecialist"],
        "emergencyResourceName": "C7",
        "primaryUnitStatusRegistryText": "NotAvailable",
        "secondaryUnitStatusRegistryText": ["Dispatched", "EnRoute"],
        "unitStatusInternal": ["10-76"],
        "agentReference": refs(OFFICER, CLINICIAN),
    }


def an_object(**changes: Any) -> Json:
    """The whole object; ``changes`` replace its top-level fields."""
    told = _begun(INCIDENT) | {
        "eidoVersion": "1.0",
        "issuingElementIdentification": f"idx.{PSAP}",
        "incidentComponent": _begun(uid("incident")) | {
            "incidentTypeCommonRegistryText": "EDP",
            "incidentTypeInternalCode": "MH2",
            "incidentStatusCommonRegistryText": ["Active", "ResourcesAssigned"],
            "incidentCommonPriorityNumber": 2,
            "locationReference": refs(uid("door")),
            "personReference": refs(CALLER, MAN),
            "vehicleReference": refs(uid("car")),
            "notesReference": refs(uid("note1"), uid("note2")),
            "dispositionComponent": [
                _begun(uid("closed"))
                | {
                    "dispositionCommonRegistryCode": "15",
                    "dispositionPrimaryIndicator": True,
                    "dispositionDescriptionText": "referred",
                }
            ],
        },
        "callComponent": [_call()],
        "callbackComponent": [
            _begun(uid("callback")) | {"callBackInformationUri": ["tel:+15550100123"]}
        ],
        "dispatchComponent": [
            _begun(uid("dispatch"))
            | {
                "agencyReference": {"$ref": POLICE},
                "agentReference": {"$ref": TAKER},
                "emergencyResourceReference": refs(UNIT),
            }
        ],
        "alarmsSensorsComponent": [
            _begun(uid("alarm"), ALARM)
            | {"csaaAlarmInformation": "panic button", "agentReference": {"$ref": ALARM}}
        ],
        "agencyComponent": [agency(PSAP, "CallReceiving", "Dispatching"), agency(POLICE, "Dispatched")],
        "agentComponent": [
            agent(TAKER, "Call Taking", jcard("Rosa Lind")),
            agent(OFFICER, "Responder", jcard("K. Abara", "police officer")),
            agent(CLINICIAN, "Responder", jcard("M. Soto", "clinician")),
            agent(ALARM, "Sensor", jcard("Panel 7", kind="device")),
        ],
        "notesComponent": [
            note("note1", "Caller says her brother has not slept for days."),
            note("note2", "<p>Door code <b>4471</b> &amp; side entrance</p>"),
        ],
        "additionalDataComponent": [
            _begun(uid("comment"))
            | {
                "additionalDataByValue": (
                    '<?xml version="1.0" encoding="UTF-8"?><c:EmergencyCallData.Comment '
                    'xmlns:c="urn:ietf:params:xml:ns:EmergencyCallData:Comment"><c:Comment>'
                    "two dogs in the yard</c:Comment></c:EmergencyCallData.Comment>"
                )
            }
        ],
        "locationComponent": _places(),
        "personComponent": _people(),
        "vehicleComponent": [
            _begun(uid("car"))
            | {
                "vehicleRelationshipType": ["InvolvedVehicle"],
                "vehicleRelationshipTimeStamp": AT,
                "ncVehicleComponent": {
                    "conveyanceColorPrimary": [{"value": "red"}],
                    "makeName": [{"value": "Corvale"}],
                },
            }
        ],
        "emergencyResourceComponent": [_unit()],
        "linkComponent": [
            _begun(uid("link"))
            | {
                "incidentTrackingIdentifier": f"urn:emergency:uid:incidentid:2b8v6n4c1z5x:{PSAP}",
                "linkDirectionCode": "RELATED",
            }
        ],
    }  # fmt: skip
    return copy.deepcopy(told) | changes


def encoded(told: Json) -> bytes:
    """An object as it is sent."""
    return json.dumps(told, ensure_ascii=False).encode()


def later(told: Json, *notes: Json) -> Json:
    """The object sent again later, with notes added."""
    again = copy.deepcopy(told)
    again["lastUpdateTimeStamp"] = LATER
    again["notesComponent"] += list(notes)
    return again
