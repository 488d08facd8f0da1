"""A logging service, asked over real sockets: what it takes, serves, refuses and logs.

The server is the program itself, started once for this file. The tests that name LOG_001 to LOG_010
hold it to what the test suite of Texas A&M (``ng911-dev``) asks of a logging service, told anew; where
this service answers otherwise on purpose, docs/decisions/0021-log-events.md says why.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import httpx
import pytest

from agencies import Agency, agency, introduce
from at_the_desk import whoseword
from eido_objects import an_object, encoded
from log_events import (
    AGENCY,
    AGENT,
    CALL,
    DOMAIN,
    ELEMENT,
    INCIDENT,
    NOW,
    Json,
    an_event,
    by_hand,
    certificate,
    certified_body,
    of_kind,
    small_key,
    unbase64url,
)

BOOK = "dunmore-911/response/logger"
CLOSED = "childrens-division/child_welfare"
CLOCK = NOW.isoformat()
HERE = "incident-" + sha256(INCIDENT.encode()).hexdigest()[:8]
"""What the events' incident is called in a home."""
TOKENS = {"all": "a" * 64, "reads": "b" * 64, "sends": "c" * 64, "public": "d" * 64}

SETTINGS = f"""
domain = "{DOMAIN}"
book = "{BOOK}"
[[signer]]
partner = "harrow-911"
domains = ["harrow.example"]
[[signer]]
certificates = "pca.pem"
[[token]]
name = "all"
sha256 = "{sha256(TOKENS["all"].encode()).hexdigest()}"
sends = true
reader = "dispatcher@dunmore-911"
[[token]]
name = "reads"
sha256 = "{sha256(TOKENS["reads"].encode()).hexdigest()}"
reader = "dispatcher@dunmore-911"
[[token]]
name = "sends"
sha256 = "{sha256(TOKENS["sends"].encode()).hexdigest()}"
sends = true
agencies = ["other.example"]
[[token]]
name = "public"
sha256 = "{sha256(TOKENS["public"].encode()).hexdigest()}"
reader = "public@anyone"
"""

ROOT = certificate("PCA", authority=True)
BCF = certificate(ELEMENT, ROOT, also=AGENT)


class Running(NamedTuple):
    """A service that runs, and the homes of the agency that runs it and of its partner."""

    at: str
    home: Agency
    partner: Agency
    folder: Path

    def get(self, path: str, by: str = "all") -> httpx.Response:
        return httpx.get(f"{self.at}{path}", headers=bearer(by), timeout=30)

    def post(self, body: bytes | Json, by: str = "all") -> httpx.Response:
        content = body if isinstance(body, bytes) else certified_body(body, BCF)
        return httpx.post(f"{self.at}/LogEvents", content=content, headers=bearer(by), timeout=30)

    def ids(self) -> set[str]:
        return set(self.get("/LogEventIds").json()["logEventIds"])


def bearer(by: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {TOKENS[by]}"} if by else {}


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def started(home: Agency, settings: Path) -> tuple[subprocess.Popen[bytes], str]:
    port = free_port()
    asked = ("--home", home.home, "--now", CLOCK, "logger", settings, "--port", port)
    running = subprocess.Popen(
        [sys.executable, "-m", "whoseword", *map(str, asked)],
        stdout=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    for _ in range(600):
        assert running.poll() is None, "the service ended at once"
        try:
            httpx.get(f"http://127.0.0.1:{port}/Versions", timeout=5).raise_for_status()
            return running, f"http://127.0.0.1:{port}"
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError("the service does not answer")


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("logger")
    home, partner = (
        agency(folder, "dunmore-911", "supervisor"),
        agency(folder, "harrow-911", "supervisor"),
    )
    introduce(home, partner)
    (folder / "pca.pem").write_bytes(ROOT.pem)
    settings = folder / "logger.toml"
    settings.write_text(SETTINGS)
    running, at = started(home, settings)
    try:
        yield Running(at, home, partner, folder)
    finally:
        running.terminate()
        assert running.wait(timeout=30) == 0


def test_an_event_is_taken_kept_and_served_as_it_came(service: Running) -> None:
    body = certified_body(an_event(clientAssignedIdentifier="one"), BCF)
    taken = service.post(body)
    assert taken.status_code == 201
    id_ = taken.json()
    found = service.get(f"/LogEvents/{id_}")
    assert found.status_code == 200
    assert found.json() == json.loads(body)
    [listed] = [
        one["logEvent"]
        for one in service.get("/LogEvents").json()["logEventContainers"]
        if one["logEventId"] == id_
    ]
    assert listed == json.loads(body)


def test_the_same_event_is_kept_once_and_has_one_id(service: Running) -> None:
    body = certified_body(an_event(clientAssignedIdentifier="twice"), BCF)
    first = service.post(body)
    before = service.ids()
    spaced = json.dumps(json.loads(body), indent=4, sort_keys=True).encode()
    assert [service.post(body).json(), service.post(spaced).json()] == [first.json()] * 2
    assert service.ids() == before


def test_what_was_taken_is_a_statement_of_the_element_and_every_chain_holds(
    service: Running,
) -> None:
    service.post(of_kind("MessageLogEvent", text="A knife is seen", direction="incoming"))
    told = json.loads(service.home.do("account", HERE, "--json", now=CLOCK))
    [one] = [
        each for each in told["statements"].values() if "A knife is seen" in each["fact"]["text"]
    ]
    assert one["speaker"] == {
        "name": ELEMENT, "kind": "automaton", "party": AGENCY, "interest": False,
    }  # fmt: skip
    assert one["reviewed"] is False
    assert one["fact"]["kind"] == "other"
    assert "Every chain holds." in service.home.do("verify", now=CLOCK)


def test_a_read_is_logged_and_a_refused_one_gives_nothing(service: Running) -> None:
    asked = ("reads", "--json", "--reader", "auditor@dunmore-911")
    service.get("/CallIds")
    reads = service.home.do(*asked, now=CLOCK)
    assert '"view":"logevents"' in reads
    assert "dispatcher@dunmore-911" in reads


@pytest.mark.parametrize("path", ["/LogEvents", "/LogEventIds", "/CallIds", "/AgencyIds", f"/LogEvents/{CALL}"])  # fmt: skip
def test_without_a_token_nothing_is_given(service: Running, path: str) -> None:
    refused = service.get(path, by="")
    assert refused.status_code == 401
    assert "Bearer" in refused.json()["error"]
    wrong = httpx.get(f"{service.at}{path}", headers={"Authorization": f"Bearer {'e' * 64}"})
    assert wrong.status_code == 401


def test_who_may_only_read_sends_nothing_and_who_may_only_send_reads_nothing(
    service: Running,
) -> None:
    assert service.post(an_event(), by="reads").status_code == 403
    assert service.get("/LogEvents", by="sends").status_code == 403
    other = service.post(an_event(), by="sends")
    assert other.status_code == 403
    assert other.json()["error"].startswith("$.agencyId:")


def test_a_reader_who_does_not_open_the_book_is_told_of_no_event(service: Running) -> None:
    id_ = service.post(an_event()).json()
    assert service.get("/LogEvents", by="public").json()["totalCount"] == 0
    assert service.get("/IncidentIds", by="public").json()["incidentIds"] == []
    hidden = service.get(f"/LogEvents/{id_}", by="public")
    nothing = service.get(f"/LogEvents/{id_[:-4]}", by="public")
    assert (hidden.status_code, hidden.content) == (nothing.status_code, nothing.content)
    unknown = service.get(f"/Conversations?callId={CALL}", by="public")
    assert unknown.status_code == 404


def test_what_is_said_in_books_that_a_reader_does_not_open_changes_no_byte(
    service: Running,
) -> None:
    service.post(of_kind("MessageLogEvent", text="hello", direction="incoming"))
    paths = ("/LogEvents", "/LogEventIds", "/CallIds", "/IncidentIds", "/AgencyIds",
             f"/Conversations?callId={CALL}")  # fmt: skip
    before = [service.get(path, by="reads").content for path in paths]
    service.home.says(incident=HERE, book=CLOSED, now=CLOCK)
    assert [service.get(path, by="reads").content for path in paths] == before


def test_what_was_sealed_is_served_no_more_and_does_not_come_back(service: Running) -> None:
    body = certified_body(
        of_kind("MessageLogEvent", text="sealed words", direction="incoming"), BCF
    )
    id_ = service.post(body).json()
    told = json.loads(service.home.do("account", HERE, "--json", now=CLOCK))
    [one] = [key for key, each in told["statements"].items() if each["source"]["message"] == id_]
    service.home.do(
        "seal", one, "--book", BOOK, "--order", "Order 7 of the court", "--as", "Ann Lee",
        now=CLOCK,
    )  # fmt: skip
    assert service.get(f"/LogEvents/{id_}").status_code == 404
    again = service.post(body)
    assert (again.status_code, again.json()) == (201, id_)
    assert service.get(f"/LogEvents/{id_}").status_code == 404
    words = b"sealed words"
    assert not [file for file in service.home.home.rglob("*.sqlite3") if words in file.read_bytes()]


def test_an_export_is_posted_to_another_home_and_given_back_in_the_same_bytes(
    service: Running, tmp_path: Path
) -> None:
    partner = service.partner
    call = tmp_path / "call.json"
    call.write_bytes(encoded(an_object()))
    partner.do(
        "import", "--format", "eido", call, "--book", "harrow-911/response", "--incident", "elm"
    )
    partner.says(book="harrow-911/response")
    asked = ("export", "elm", "--format", "logevents", "--domain", "harrow.example")
    exported = partner.do(*asked, now=CLOCK).encode()
    assert partner.do(*asked, now=CLOCK).encode() == exported
    empty = agency(tmp_path, "empty-911", "supervisor")
    introduce(empty, partner)
    settings = tmp_path / "logger.toml"
    settings.write_text(
        SETTINGS.replace(DOMAIN, "harrow.example")
        .replace("dunmore-911", "empty-911")
        .replace("pca.pem", str(service.folder / "pca.pem"))
    )
    running, at = started(empty, settings)
    try:
        for one in json.loads(exported)["logEventContainers"]:
            taken = httpx.post(
                f"{at}/Logging/v1/LogEvents", json=one["logEvent"], headers=bearer("all")
            )
            assert (taken.status_code, taken.json()) == (201, one["logEventId"])
            got = httpx.get(f"{at}/LogEvents/{one['logEventId']}", headers=bearer("all"))
            assert got.json() == one["logEvent"]
        listed = httpx.get(f"{at}/LogEvents", headers=bearer("all"))
    finally:
        running.terminate()
        assert running.wait(timeout=30) == 0
    assert listed.content == exported


def test_a_partner_signs_for_its_own_domains_alone(service: Running) -> None:
    service.partner.says(incident="oak", book="harrow-911/response")
    asked = ("export", "oak", "--format", "logevents", "--domain")
    for domain, status in (("harrow.example", 201), ("dunmore.example", 434)):
        [one] = json.loads(service.partner.do(*asked, domain))["logEventContainers"]
        taken = service.post(json.dumps(one["logEvent"]).encode())
        assert taken.status_code == status, taken.text
    assert taken.json()["error"].startswith("$.elementId:")


def test_an_altered_a_forged_and_an_unsigned_event_are_refused_with_the_reason(
    service: Running,
) -> None:
    before = service.ids()
    good = json.loads(certified_body(an_event(clientAssignedIdentifier="altered"), BCF))
    other = json.loads(certified_body(an_event(clientAssignedIdentifier="x"), BCF))
    x5u = {"alg": "EdDSA", "x5u": "https://other.example/key.pem"}
    refused: list[tuple[Json, int, str]] = [
        (good | {"payload": other["payload"]}, 434, "$.signature"),
        (by_hand(an_event(), {"alg": "EdDSA", "x5c": [BCF.x5c]}, small_key()), 434, "$.signature"),
        (by_hand(an_event(), x5u, small_key()), 434, "$.protected.x5u"),
        (by_hand(an_event(), {"alg": "none"}, None), 438, "$.protected.alg"),
        (by_hand(an_event(), {"alg": "ES256"}, small_key()), 438, "$.protected.alg"),
    ]
    for body, status, path in refused:
        answered = service.post(json.dumps(body).encode())
        assert answered.status_code == status
        assert answered.json()["error"].startswith(f"{path}:")
    assert service.ids() == before


@pytest.mark.parametrize(
    ("body", "status", "path"),
    [
        (b"", 460, "$"), (b"[]", 460, "$"), (b"{}", 460, "$"), (b"\xff", 460, "$"),
        (b'{"payload": 1, "protected": "a", "signature": "a"}', 460, "$.payload"),
        (b'{"payload": "a", "payload": "a"}', 460, "$.payload"),
        (b'{"payload": "a", "protected": "a", "signature": "a", "header": {}}', 460, "$"),
        (b'{"payload": "YQ", "protected": "YQ", "signature": "YQ"}', 434, "$.protected"),
        (b"x" * 600_000, 461, "$"),
    ],
)  # fmt: skip
def test_what_is_no_signed_event_is_refused_with_its_path(
    service: Running, body: bytes, status: int, path: str
) -> None:
    answered = service.post(body)
    assert answered.status_code == status
    assert answered.json()["error"].startswith(f"{path}:")


def test_what_is_sent_in_parts_is_not_read_past_the_limit(service: Running) -> None:
    def parts() -> Iterator[bytes]:
        for _ in range(100):
            yield b"x" * 16_384

    answered = httpx.post(
        f"{service.at}/LogEvents", content=parts(), headers=bearer("all"), timeout=30
    )
    assert answered.status_code == 461


def test_lists_come_in_pages(service: Running) -> None:
    for number in range(3):
        service.post(an_event(clientAssignedIdentifier=f"page {number}"))
    whole = service.get("/LogEventIds").json()
    paged = [
        service.get(f"/LogEventIds?start={at}&limit=1").json()
        for at in range(1, whole["totalCount"] + 1)
    ]
    assert [one["logEventIds"][0] for one in paged] == whole["logEventIds"]
    assert {(one["count"], one["totalCount"]) for one in paged} == {(1, whole["totalCount"])}
    past = service.get(f"/LogEventIds?start={whole['totalCount'] + 1}").json()
    assert (past["count"], past["logEventIds"]) == (0, [])


def test_events_are_found_by_kind_time_call_and_incident(service: Running) -> None:
    call, incident = (
        CALL.replace("1234567890", "foundfound"),
        INCIDENT.replace("1234567890", "foundfound"),
    )
    event = of_kind(
        "CallStartLogEvent", direction="incoming", callId=call, incidentId=incident,
        timestamp="2029-01-01T00:00:00Z",
    )  # fmt: skip
    id_ = service.post(event).json()
    for path in (
        "/LogEvents?logEventType=CallStartLogEvent&endTime=2029-12-31T00:00:00Z",
        "/LogEvents?startTime=2029-01-01T00:00:00Z&endTime=2029-01-01T00:00:00Z",
    ):
        assert [one["logEventId"] for one in service.get(path).json()["logEventContainers"]] == [
            id_
        ]
    for path in (
        f"/LogEventIds?callId={quote(call)}",
        f"/LogEventIds?incidentId={quote(incident)}",
    ):
        assert service.get(path).json()["logEventIds"] == [id_]
    assert service.get(f"/CallIds?incidentId={quote(incident)}").json()["callIds"] == [call]
    assert service.get("/CallIds?endTime=2029-12-31T00:00:00Z").json()["callIds"] == [call]
    assert service.get("/IncidentIds?endTime=2029-12-31T00:00:00Z").json()["incidentIds"] == [
        incident
    ]
    assert service.get(f"/AgencyIds?callId={quote(call)}").json()["agencyIds"] == [AGENCY]
    backwards = "startTime=2030-01-01T00:00:00Z&endTime=2029-01-01T00:00:00Z"
    assert service.get(f"/CallIds?{backwards}").status_code == 466


# What the suite of Texas A&M asks, LOG_001 to LOG_010.


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
    nobody = certificate(ELEMENT)
    assert service.post(certified_body(an_event(), nobody)).status_code == 434


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
    from log_events import base64url

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


# Before it runs.


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (('domain = "logger.dunmore.example"', 'domain = "logger"'), "domain: is no domain"),
        ((f'book = "{BOOK}"', 'book = "nothing"'), "book:"),
        (('partner = "harrow-911"', 'partner = "nobody-911"'), "nobody-911 is no partner"),
        (('domains = ["harrow.example"]', ""), "signer[0].domains: is missing"),
        (("pca.pem", "none.pem"), "signer[1].certificates:"),
        (("sends = true", "sends = 1"), "token"),
        (('reader = "public@anyone"', ""), "token[3]: lets nobody do anything"),
        (('reader = "public@anyone"', 'reader = "nonsense"'), "token[3].reader:"),
        (("[[signer]]", "[[signers]]"), "signers"),
        (("[[signer]]", "[[signer"), "no TOML"),
    ],
)
def test_settings_that_cannot_be_used_are_refused_before_anything_is_served(
    service: Running, tmp_path: Path, changed: tuple[str, str], told: str
) -> None:
    (tmp_path / "pca.pem").write_bytes(ROOT.pem)
    file = tmp_path / "logger.toml"
    file.write_text(SETTINGS.replace(*changed))
    refused = service.home.refused("logger", file, "--check")
    assert told in refused


def test_a_token_is_printed_with_its_hash_and_no_network_is_served_in_the_clear(
    service: Running, tmp_path: Path
) -> None:
    token, _, digest = service.home.do("logger", "--new-token").strip().splitlines()
    assert digest == f'sha256 = "{sha256(token.encode()).hexdigest()}"'
    settings = service.folder / "logger.toml"
    assert "2 keys" not in (checked := service.home.do("logger", settings, "--check"))
    assert "1 keys and 1 certificates are believed" in checked
    assert "unsigned events are refused" in checked
    outside = whoseword(tmp_path, "logger", str(settings), "--host", "0.0.0.0")  # noqa: S104  refused
    assert outside.exit_code == 2
    assert "in the clear" in outside.stderr


def test_what_is_exported_is_what_the_reader_opens_and_a_file_of_it_is_registered(
    service: Running, tmp_path: Path
) -> None:
    home = agency(tmp_path, "elm-911", "supervisor")
    home.says(book="elm-911/response")
    asked: tuple[Any, ...] = (
        "export",
        "elm",
        "--format",
        "logevents",
        "--reader",
        "dispatcher@elm-911",
    )
    before = home.do(*asked, now=CLOCK)
    hidden = home.says(book="elm-911/personnel")
    assert home.do(*asked, now=CLOCK) == before
    assert hidden not in before
    file = tmp_path / "elm.json"
    home.do(*asked, "--out", file, now=CLOCK)
    assert file.read_text() == before
