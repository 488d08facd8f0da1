"""A logging service held to what the suite of Texas A&M (``ng911-dev``) asks, LOG_001 to LOG_010.

Its requirements are told anew. Where this service answers otherwise on purpose,
docs/decisions/0021-log-events.md says why.
"""

import json
import socket
from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest

from log_events import (
    AGENT,
    CALL,
    DOMAIN,
    ELEMENT,
    Json,
    an_event,
    base64url,
    by_hand,
    certificate,
    certified_body,
    of_kind,
    unbase64url,
)
from logging_service import (
    BCF,
    ROOT,
    Running,
    bearer,
    running_service,
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running_service(tmp_path_factory.mktemp("logger")) as running:
        yield running


def test_log_001_versions_tell_the_algorithms(service: Running) -> None:
    told = service.get("/Versions", by="")
    assert told.status_code == 200
    body = told.json()
    assert isinstance(body["fingerprint"], str)
    [version] = body["versions"]
    assert isinstance(version["major"], int)
    assert isinstance(version["minor"], int)
    assert version["serviceInfo"]["requiredAlgorithms"] == ["EdDSA"]
    assert service.get("/Logging/Versions", by="").json() == body


BAD_COUNTS = ("test", "", "%20", "18446744073709551616", "-9223372036854775809", "0", "1.5", "%2B1")
BAD_TIMES = (
    "", "%20", "20155-08-21T12:58:03.01-05:00", "2015-13-21T12:58:03.01-05:00",
    "2015-12-32T12:58:03.01-05:00", "2015-12-21T24:58:03.01-05:00", "2015-12-21T12:60:03.01-05:00",
    "2015-12-21T12:58:61.01-05:00", "2015-12-21T12:58:03.01-13:00", "2015-02-30T12:58:03.01-05:00",
    "2015-02-20T12:58:03.01", "2015-02-20",
)  # fmt: skip
BAD_IDS = (
    "urn:emergency:uid:{0}d:123456789qwerty:bcf.dunmore.example",
    "urn:emergency:uid:{0}:1:bcf.dunmore.example",
    "urn:emergency:uid:{0}:" + "1" * 37 + ":bcf.dunmore.example",
    "urn:emergency:uid:{0}:123456789qwerty:bcf.dunmore..example",
    "urn:emergency:uid:{0}:123456789qwerty::bcf.dunmore.example",
    "urn:emergency:uid:{0}:123456789qwerty:bcf", "urn:emergency:uid:{0}:1.bcf.dunmore.example", "",
)  # fmt: skip


@pytest.mark.parametrize("of", ["LogEvents", "LogEventIds", "CallIds", "IncidentIds", "AgencyIds"])
def test_log_002_005_006_010_wrong_parameters_are_refused(service: Running, of: str) -> None:
    asked = [f"{name}={value}" for name in ("limit", "start") for value in BAD_COUNTS]
    if of in ("LogEvents", "CallIds", "IncidentIds"):
        asked += [
            f"{name}={quote(one, safe='%')}"
            for name in ("startTime", "endTime")
            for one in BAD_TIMES
        ]
    if of == "LogEvents":
        asked += ["logEventType=CallProcessLogEventt", "logEventType="]
    if of in ("CallIds", "IncidentIds"):
        asked += ["area=test", "area="]
    names = {
        "LogEventIds": ("callId", "incidentId"),
        "AgencyIds": ("callId", "incidentId"),
        "CallIds": ("incidentId",),
    }
    for name in names.get(of, ()):
        asked += [f"{name}={quote(one.format(name.lower()))}" for one in BAD_IDS]
        asked.append(f"{name.lower()}={quote(CALL)}")
    asked += ["limit=1&limit=2", "nonsense=1"]
    with httpx.Client(base_url=service.at, headers=bearer("all"), timeout=30) as client:
        for one in asked:
            answered = client.get(f"/{of}?{one}")
            assert 400 <= answered.status_code < 500, one
            assert answered.json()["error"], one


@pytest.mark.parametrize(
    ("of", "name", "begins"),
    [
        ("LogEvents", "logEventContainers", None),
        ("LogEventIds", "logEventIds", "urn:emergency:uid:logid:"),
        ("CallIds", "callIds", "urn:emergency:uid:callid:"),
        ("IncidentIds", "incidentIds", "urn:emergency:uid:incidentid:"),
    ],
)
def test_log_004_005_006_010_lists_have_the_form_of_the_service(
    service: Running, of: str, name: str, begins: str | None
) -> None:
    service.post(an_event())
    told = service.get(f"/{of}")
    assert told.status_code == 200
    assert told.headers["content-type"] == "application/json"
    body = told.json()
    assert body["count"] == body["totalCount"] == len(body[name]) >= 1
    if begins is not None:
        assert all(one.startswith(begins) for one in body[name])
        return
    for one in body[name]:
        assert set(one) == {"logEventId", "logEvent"}
        assert set(one["logEvent"]) == {"payload", "protected", "signature"}


def test_log_003_an_event_that_holds_is_given_an_id_of_this_service(service: Running) -> None:
    for text in ("\n", "'", "("):
        event = an_event(clientAssignedIdentifier=text, agencyPositionId=text)
        assert service.post(event).status_code == 201
    id_ = service.post(an_event(extension="words")).json()
    *urn, unique, domain = id_.split(":")
    assert urn == ["urn", "emergency", "uid", "logid"]
    assert 10 <= len(set(unique)) <= len(unique) <= 36
    assert domain == DOMAIN


def test_log_003_an_event_of_another_element_than_the_certificates_is_refused(
    service: Running,
) -> None:
    other = an_event(elementId="esrp.dunmore.example", agencyAgentId=None)
    assert service.post(other).status_code == 434
    of_agent = an_event(elementId="esrp.dunmore.example", agencyAgentId=AGENT)
    assert service.post(of_agent).status_code == 201
    elsewhere = an_event(elementId="esrp.harrow.example", agencyAgentId=AGENT)
    assert service.post(elsewhere).status_code == 434
    foreign = an_event(agencyId="other.example")
    assert service.post(foreign).status_code == 434, "an element speaks for no other agency"
    nobody = certificate(ELEMENT)
    assert service.post(certified_body(an_event(), nobody)).status_code == 434
    nameless = certificate("", ROOT)
    assert service.post(certified_body(an_event(), nameless)).status_code == 434


def test_log_004_an_unknown_id_is_not_found(service: Running) -> None:
    assert service.get("/LogEvents/test123").status_code == 404
    assert service.get("/NoSuchThing").status_code == 404
    posted = httpx.delete(f"{service.at}/LogEvents", headers=bearer("all"))
    assert posted.status_code == 405


def test_log_004_what_is_served_is_signed_by_who_sent_it(service: Running) -> None:
    id_ = service.post(an_event(clientAssignedIdentifier="whose")).json()
    one = service.get(f"/LogEvents/{id_}").json()
    BCF.key.public_key().verify(
        unbase64url(one["signature"]), f"{one['protected']}.{one['payload']}".encode()
    )
    payload = json.loads(unbase64url(one["payload"]))
    assert payload == an_event(clientAssignedIdentifier="whose")


@pytest.mark.parametrize(
    "kind", ["CallStartLogEvent", "CallEndLogEvent", "RecCallStartLogEvent", "RecCallEndLogEvent"]
)
def test_log_007_calls_that_start_and_end(service: Running, kind: str) -> None:
    good = of_kind(kind, direction="incoming", standardPrimaryCallType="emergency")
    for text in ("\n", "'", "("):
        assert service.post(good | {"localCallType": text}).status_code == 201
    wrong: list[Json] = [
        {"direction": 123}, {"direction": "incomingg"}, {"standardPrimaryCallType": 123},
        {"standardPrimaryCallType": "emergencyy"}, {"standardSecondaryCallType": 123},
        {"standardSecondaryCallType": "emergencyy"}, {"localCallType": 123}, {"localUse": 123},
    ]  # fmt: skip
    for one in wrong:
        assert service.post(good | one).status_code == 460
    assert service.post(of_kind(kind)).status_code == 460
    torn = json.dumps(good | {"localUse": {}}).replace("{}", '{"test": "test",}')
    header = {"alg": "EdDSA", "x5c": [BCF.x5c]}
    assert (
        service.post(json.dumps(by_hand_bytes(torn.encode(), header)).encode()).status_code == 460
    )


def by_hand_bytes(payload: bytes, header: Json) -> Json:
    told = (base64url(json.dumps(header).encode()), base64url(payload))
    signature = base64url(BCF.key.sign(".".join(told).encode()))
    return {"payload": told[1], "protected": told[0], "signature": signature}


def test_log_008_certificates_by_value_and_never_by_reference(service: Running) -> None:
    middle = certificate("ICA", ROOT, authority=True)
    below = certificate(ELEMENT, middle)
    event = an_event(clientAssignedIdentifier="chain")
    assert service.post(certified_body(event, below, middle)).status_code == 201
    selfmade = certificate("localhost")
    assert service.post(certified_body(event, selfmade, middle)).status_code == 434
    assert service.post(certified_body(event, below, selfmade)).status_code == 434
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.settimeout(0.2)
        url = f"http://127.0.0.1:{trap.getsockname()[1]}/key.pem"
        refused = service.post(
            json.dumps(by_hand(event, {"alg": "EdDSA", "x5u": url}, BCF.key)).encode()
        )
        assert refused.status_code == 434
        with pytest.raises(TimeoutError):
            trap.accept()


def test_log_009_the_text_of_a_call(service: Running) -> None:
    call = CALL.replace("1234567890", "texttextte")
    silent = CALL.replace("1234567890", "silentsile")
    for text, at in (("second <b>", "02"), ("first", "01")):
        service.post(
            of_kind(
                "MessageLogEvent", text=text, direction="incoming", callId=call,
                timestamp=f"2031-05-02T14:03:{at}Z",
            )
        )  # fmt: skip
    service.post(of_kind("CallEndLogEvent", direction="incoming", callId=silent))
    told = service.get(f"/Conversations?callId={quote(call)}")
    assert told.status_code == 200
    assert told.headers["content-type"] == "application/json"
    text = told.json()
    assert text.index("first") < text.index("second &lt;b&gt;")
    assert service.get(f"/Conversations?callId={quote(silent)}").status_code == 464
    unknown = CALL.replace("1234567890", "unknownunk")
    assert service.get(f"/Conversations?callId={quote(unknown)}").status_code == 404
    for wrong in BAD_IDS:
        assert (
            service.get(f"/Conversations?callId={quote(wrong.format('callid'))}").status_code == 454
        )
    assert service.get("/Conversations").status_code == 454
