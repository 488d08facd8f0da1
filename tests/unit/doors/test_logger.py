"""A logging service, asked over real sockets: what it takes, serves, refuses and logs."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from agencies import agency, introduce
from at_the_desk import whoseword
from eido_objects import an_object, encoded
from log_events import (
    AGENCY,
    CALL,
    DOMAIN,
    ELEMENT,
    INCIDENT,
    Json,
    an_event,
    by_hand,
    certified_body,
    of_kind,
    small_key,
)
from logging_service import (
    BCF,
    BOOK,
    CLOCK,
    CLOSED,
    HERE,
    ROOT,
    SETTINGS,
    Running,
    bearer,
    running_service,
    started,
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running_service(tmp_path_factory.mktemp("logger")) as running:
        yield running


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
