"""Log events read, refused with the path of the fault, signed, kept as statements, and told."""

import json
from typing import Any

import msgspec
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from eido_objects import INCIDENT as OBJECTS
from eido_objects import PSAP, an_object
from log_events import (
    AGENCY,
    AGENT,
    CALL,
    DOMAIN,
    ELEMENT,
    INCIDENT,
    KNOWN,
    NOW,
    SIGNER,
    STRANGER,
    TRUST,
    Json,
    an_event,
    body_of,
    by_hand,
    certificate,
    certified_body,
    curve_key,
    of_kind,
    small_key,
    unbase64url,
)
from telling import CHIEF, TENANT, told
from whoseword.contacts import Confidential, Cover
from whoseword.intake.eido import (
    Destination,
    FeedFault,
    Known,
    arriving,
    check_eido,
    message_of,
)
from whoseword.intake.logevents import (
    Into,
    Jws,
    Logger,
    NotSigned,
    NotThatAlgorithm,
    Trust,
    all_kept,
    check_event,
    encoded,
    events_of,
    kept_in,
    key_id,
    open_event,
    payload_of,
    read_event,
    signed,
    statement_of,
)
from whoseword.intake.logevents.kinds import KINDS
from whoseword.words import (
    Basis,
    SpeakerKind,
    Stance,
    Statement,
    decode_statement,
    encode_statement,
)
from whoseword.words.decoding import MAX_LINE

BOOK = "dunmore-911/response/logger"
INTO = Into(BOOK, DOMAIN)
LOGGER = Logger("psap.dunmore.example", SIGNER)
LONG = f"bcf.dunmore.{'test' * 70}"

MALFORMED: list[tuple[str, Json]] = [
    ("$.clientAssignedIdentifier", {"clientAssignedIdentifier": 123}),
    ("$.logEventType", {"logEventType": "CallStateChangeLogEventt"}),
    ("$.logEventType", {"logEventType": None}),
    ("$.logEventType", {"logEventType": ["CallStartLogEvent"]}),
    ("$.timestamp", {"timestamp": "20155-08-21T12:58:03.01-05:00"}),
    ("$.timestamp", {"timestamp": "2015-13-21T12:58:03.01-05:00"}),
    ("$.timestamp", {"timestamp": "2015-12-32T12:58:03.01-05:00"}),
    ("$.timestamp", {"timestamp": "2015-12-21T24:58:03.01-05:00"}),
    ("$.timestamp", {"timestamp": "2015-12-21T12:60:03.01-05:00"}),
    ("$.timestamp", {"timestamp": "2015-12-21T12:58:61.01-05:00"}),
    ("$.timestamp", {"timestamp": "2015-12-21T12:58:03.01-13:00"}),
    ("$.timestamp", {"timestamp": "2015-02-30T12:58:03.01-05:00"}),
    ("$.timestamp", {"timestamp": "2015-02-20T12:58:03.01"}),
    ("$.timestamp", {"timestamp": 1_900_000_000}),
    ("$.timestamp", {"timestamp": None}),
    ("$.elementId", {"elementId": "bcf#.dunmore.te$t"}),
    ("$.elementId", {"elementId": "bcf..dunmore.example"}),
    ("$.elementId", {"elementId": LONG}),
    ("$.elementId", {"elementId": ".dunmore.example"}),
    ("$.elementId", {"elementId": None}),
    ("$.agencyId", {"agencyId": "dunmore"}),
    ("$.agencyId", {"agencyId": f"dunmore.example\n{AGENCY}"}),
    ("$.agencyId", {"agencyId": None}),
    ("$.agencyAgentId", {"agencyAgentId": "tester@dunmore.te$t"}),
    ("$.agencyAgentId", {"agencyAgentId": "testerdunmore.example"}),
    ("$.agencyAgentId", {"agencyAgentId": "tester@@dunmore.example"}),
    ("$.agencyAgentId", {"agencyAgentId": ".tester@dunmore.example"}),
    ("$.agencyPositionId", {"agencyPositionId": 123}),
    ("$.callId", {"callId": CALL.replace("callid", "callidd")}),
    ("$.callId", {"callId": "urn:emergency:uid:callid:123456789:bcf.dunmore.example"}),
    ("$.callId", {"callId": f"urn:emergency:uid:callid:{'1' * 37}:bcf.dunmore.example"}),
    ("$.callId", {"callId": CALL.replace("bcf.", "bcf..")}),
    ("$.callId", {"callId": CALL.replace(":bcf", "::bcf")}),
    ("$.callId", {"callId": None}),
    ("$.incidentId", {"incidentId": INCIDENT.replace("incidentid", "incidentidd")}),
    ("$.incidentId", {"incidentId": CALL}),
    ("$.callIdSip", {"callIdSip": ""}),
    ("$.callIdSip", {"callIdSip": "a@@b"}),
    ("$.ipAddressPort", {"ipAddressPort": "192.0.2..15:8080"}),
    ("$.ipAddressPort", {"ipAddressPort": "192.0.2.15:65536"}),
    ("$.ipAddressPort", {"ipAddressPort": "192.0.2.15"}),
    ("$.extension", {"extension": 3}),
    ("$.state", {"state": None}),
    ("$.direction", {"direction": "inwards"}),
    ("$.direction", {"direction": None}),
    ("$.direction", of_kind("CallStartLogEvent", direction=123)),
    ("$.standardPrimaryCallType", of_kind("CallStartLogEvent", direction="incoming", standardPrimaryCallType="emergencyy")),
    ("$.localCallType", of_kind("RecCallEndLogEvent", direction="incoming", localCallType=123)),
    ("$.localUse", of_kind("CallEndLogEvent", direction="incoming", localUse=123)),
    ("$.text", of_kind("MessageLogEvent", direction="incoming")),
    ("$.incidentId", of_kind("IncidentClearLogEvent") | {"incidentId": None}),
    ("$.type", of_kind("IncidentSplitLogEvent", type="both")),
    ("$.priority", of_kind("RouteRuleMsgLogEvent", ruleId="1", priority="1", message="m", policyOwner="o", policyType="t")),
    ("$.parameter", of_kind("SubscribeLogEvent", package="p", peer="p", parameter="p")),
]  # fmt: skip


def without_nothing(event: Json) -> Json:
    return {name: value for name, value in event.items() if value is not None}


@pytest.mark.parametrize(("path", "changed"), MALFORMED)
def test_a_malformed_event_is_refused_with_the_path_of_its_fault(path: str, changed: Json) -> None:
    event = changed if "elementId" in changed and len(changed) > 1 else an_event(**changed)
    with pytest.raises(FeedFault) as refused:
        read_event(json.dumps(without_nothing(event)).encode())
    assert refused.value.path == path
    assert refused.value.problem
    assert refused.value.remedy


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b"null", b"{", b'{"a":1,"a":2}', b"\xff", b"[" * 40 + b"]" * 40, b'{"a":NaN}',
        json.dumps(an_event()).encode().replace(b'"test"}', b'"te\\u0000st"}'),
        json.dumps(an_event()).encode().replace(b'"test"}', b'"\\ud800"}'),
        json.dumps(an_event()).encode().replace(b'{"test": "test"}', b'{"test": "test",}'),
        b'{"logEventType": "' + b"x" * MAX_LINE + b'"}',
    ],
)  # fmt: skip
def test_what_is_no_event_at_all_is_refused_with_a_path(content: bytes) -> None:
    with pytest.raises(FeedFault) as refused:
        read_event(content)
    assert refused.value.path.startswith("$")


@pytest.mark.parametrize("name", sorted(an_event()))
def test_a_field_that_is_null_is_refused_with_its_path(name: str) -> None:
    with pytest.raises(FeedFault) as refused:
        check_event(an_event() | {name: None})
    assert refused.value.path == f"$.{name}"


def test_whatever_is_damaged_in_an_event_is_refused_or_kept_and_nothing_breaks() -> None:
    """A sender's mistake is told as one, with its path; no value of any kind stops the service."""
    values: list[Any] = [
        None, True, 0, -1, 1.5, "", [], {}, "x" * 300, "ä", [[]], {"a": {}}, "urn:emergency:uid:::",
        "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "0000-01-01T00:00:00Z",
    ]  # fmt: skip
    refused: list[tuple[str, str]] = []
    for name in an_event():
        for value in values:
            body = body_of(an_event() | {name: value})
            try:
                one = statement_of(read_event(payload_of(jws(body))), jws(body), INTO)
            except FeedFault as fault:
                refused.append((f"$.{name}", fault.path))
            else:
                assert kept_in(one) is not None
                assert decode_statement(encode_statement(one)) == one
    assert len(refused) > 150
    assert all(path.startswith(name) for name, path in refused)


@pytest.mark.parametrize("text", ["\n", "'", "("])
def test_a_peers_own_words_may_hold_anything(text: str) -> None:
    event = an_event(clientAssignedIdentifier=text, agencyPositionId=text)
    assert check_event(event).event.agency_position_id == text


def test_an_extension_is_an_object_or_text_and_unknown_fields_are_kept() -> None:
    for extension in ({"a": [1]}, "free words"):
        read = check_event(an_event(extension=extension, mediaLabal=["1"], newer={"x": 1}))
        assert read.event.extension == extension
        assert read.raw["newer"] == {"x": 1}


def test_both_spellings_of_a_kind_are_read_and_a_web_socket_without_its_status_code() -> None:
    its = {"peerId": "https://a.example", "direction": "incoming", "queryId": "q"}
    for kind in ("SubscriptionRequested", "SubscriptionRequestedLogEvent"):
        assert check_event(of_kind(kind, **its)).event.log_event_type == kind
    check_event(
        of_kind("WebSocketEstablishedLogEvent", **its, statusDescription="up", webSocketId="1")
    )


def test_every_kind_of_the_service_is_read() -> None:
    assert len(KINDS) == 66
    words = {
        "direction": "incoming", "relationship": "child", "sentReceived": "sent",
        "primaryAgentState": "Available", "changeType": "CREATE", "purpose": "initial",
        "priority": 1, "expiration": 1, "retries": 1, "closeCode": 1000, "parameter": [],
        "incidentId": INCIDENT,
    }  # fmt: skip
    types = {"IncidentSplitLogEvent": "old", "LegacyDigitsLogEvent": "DTMF"}
    for kind, fields in KINDS.items():
        its: Json = {one.name: words.get(one.name, "x") for one in fields if one.needed}
        if "type" in its:
            its["type"] = types.get(kind, "free")
        assert check_event(of_kind(kind, **its)).event.log_event_type == kind


def jws(body: bytes | Json) -> Jws:
    return msgspec.convert(json.loads(body) if isinstance(body, bytes) else body, Jws)


def test_a_signature_is_one_that_another_library_takes() -> None:
    """The judge is ``cryptography`` alone, over the signing input as RFC 7515 has it."""
    one = signed(b'{"a":1}', SIGNER)
    key = Ed25519PrivateKey.from_private_bytes(SIGNER.seed).public_key()
    key.verify(unbase64url(one.signature), f"{one.protected}.{one.payload}".encode())
    with pytest.raises(InvalidSignature):
        key.verify(unbase64url(one.signature), f"{one.protected}.{one.payload}x".encode())
    assert json.loads(unbase64url(one.protected)) == {
        "alg": "EdDSA",
        "kid": key_id(KNOWN.verifier),
    }
    assert signed(b'{"a":1}', SIGNER) == one


def test_a_jws_that_another_library_made_is_opened() -> None:
    key = Ed25519PrivateKey.from_private_bytes(SIGNER.seed)
    one = jws(by_hand(an_event(), {"alg": "EdDSA", "kid": key_id(KNOWN.verifier)}, key))
    assert json.loads(open_event(one, TRUST, NOW).payload) == an_event()


def test_no_byte_of_a_signed_event_can_be_altered_unseen() -> None:
    one = jws(body_of(an_event()))
    assert open_event(one, TRUST, NOW).by == key_id(KNOWN.verifier)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for name in ("payload", "protected", "signature"):
        text = getattr(one, name)
        for at in {0, 1, len(text) // 2, len(text) - 2, len(text) - 1}:
            other = letters[(letters.index(text[at]) + 1) % 64]
            altered = msgspec.structs.replace(one, **{name: text[:at] + other + text[at + 1 :]})
            with pytest.raises(NotSigned):
                open_event(altered, TRUST, NOW)
        for other in (text + "=", text + "A", text[:-1], "", f" {text}", text + "\n"):
            with pytest.raises(NotSigned):
                open_event(msgspec.structs.replace(one, **{name: other}), TRUST, NOW)


ID = key_id(KNOWN.verifier)
FORGED: list[tuple[str, Json, Any]] = [
    ("$.protected.alg", {"alg": "none", "kid": ID}, None),
    ("$.protected.alg", {"alg": "ES256", "kid": ID}, small_key()),
    ("$.protected.alg", {"alg": "HS256", "kid": ID}, small_key()),
    ("$.protected.alg", {"kid": ID}, small_key()),
    ("$.protected.alg", {"alg": ["EdDSA"], "kid": ID}, small_key()),
    ("$.signature", {"alg": "EdDSA", "kid": ID}, small_key()),
    ("$.protected.kid", {"alg": "EdDSA", "kid": "nobody+00000000"}, small_key()),
    ("$.protected.kid", {"alg": "EdDSA", "kid": 7}, small_key()),
    ("$.protected.x5u", {"alg": "EdDSA", "x5u": "https://attacker.example/key.pem"}, small_key()),
    ("$.protected", {"alg": "EdDSA"}, small_key()),
    ("$.protected", {"alg": "EdDSA", "jwk": {"kty": "OKP"}}, small_key()),
    ("$.protected.crit", {"alg": "EdDSA", "kid": ID, "crit": ["exp"]}, small_key()),
    ("$.protected.b64", {"alg": "EdDSA", "kid": ID, "b64": False}, small_key()),
    ("$.protected.x5c", {"alg": "EdDSA", "x5c": []}, small_key()),
    ("$.protected.x5c", {"alg": "EdDSA", "x5c": "AAAA"}, small_key()),
    ("$.protected.x5c", {"alg": "EdDSA", "x5c": ["AAAA"]}, small_key()),
]


@pytest.mark.parametrize(("path", "header", "key"), FORGED)
def test_a_forged_event_is_refused_with_the_reason(path: str, header: Json, key: Any) -> None:
    with pytest.raises(NotSigned, match=r"\$") as refused:
        open_event(jws(by_hand(an_event(), header, key)), TRUST, NOW)
    assert str(refused.value).startswith(f"{path}:")


def test_a_strangers_key_of_the_same_name_is_not_believed() -> None:
    with pytest.raises(NotSigned):
        open_event(jws(body_of(an_event(), STRANGER)), TRUST, NOW)


def test_unsigned_events_are_taken_only_where_it_is_said() -> None:
    one = jws(by_hand(an_event(), {"alg": "none"}, None))
    with pytest.raises(NotThatAlgorithm):
        open_event(one, TRUST, NOW)
    assert open_event(one, Trust(unsigned=True), NOW).by == ""
    signed_by_none = by_hand(an_event(), {"alg": "none"}, small_key())
    with pytest.raises(NotSigned):
        open_event(jws(signed_by_none), Trust(unsigned=True), NOW)


@pytest.fixture(scope="module")
def chain() -> Any:
    root = certificate("PCA", authority=True)
    middle = certificate("ICA", root, authority=True)
    return root, middle, certificate(ELEMENT, middle, also=AGENT)


def der(holder: Any) -> bytes:
    return unbase64url(holder.x5c.replace("+", "-").replace("/", "_").rstrip("="))


def test_a_certified_element_is_believed_up_to_a_certificate_that_was_given(chain: Any) -> None:
    root, middle, element = chain
    one = jws(certified_body(an_event(), element, middle))
    opened = open_event(one, Trust(certificates=(der(root),)), NOW)
    assert opened.names == {ELEMENT, AGENT}
    pinned = jws(certified_body(an_event(), element))
    assert open_event(pinned, Trust(certificates=(der(element),)), NOW).names == opened.names


def test_certificates_that_lead_nowhere_are_not_believed(chain: Any) -> None:
    root, middle, element = chain
    trust = Trust(certificates=(der(root),))
    alone = certificate(ELEMENT)
    expired = certificate(ELEMENT, root, days=-1)
    no_authority = certificate(ELEMENT, certificate("ICA", root))
    elsewhere = certificate(ELEMENT, root, key=curve_key())
    for holder, above in [
        (alone, []), (element, []), (element, [root]), (expired, []), (alone, [middle]),
        (no_authority, [certificate("ICA", root)]), (element, [middle] * 6),
    ]:  # fmt: skip
        with pytest.raises(NotSigned):
            open_event(jws(certified_body(an_event(), holder, *above)), trust, NOW)
    agrees_alone = certificate(ELEMENT, root, signs=False)
    with pytest.raises(NotSigned, match="may sign nothing"):
        open_event(jws(certified_body(an_event(), agrees_alone)), trust, NOW)
    header = {"alg": "EdDSA", "x5c": [elsewhere.x5c]}
    with pytest.raises(NotSigned):
        open_event(jws(by_hand(an_event(), header, small_key())), trust, NOW)
    with pytest.raises(NotSigned):
        open_event(jws(certified_body(an_event(), element, middle)), Trust(), NOW)
    another = {"alg": "EdDSA", "x5c": [element.x5c, middle.x5c]}
    with pytest.raises(NotSigned):
        open_event(jws(by_hand(an_event(), another, small_key())), trust, NOW)


def test_of_two_given_certificates_of_one_name_the_one_that_issued_counts(chain: Any) -> None:
    root = chain[0]
    earlier = certificate("PCA", authority=True)
    element = jws(certified_body(an_event(), certificate(ELEMENT, root)))
    trust = Trust(certificates=(der(earlier), der(root)))
    assert open_event(element, trust, NOW).names == {ELEMENT}


def test_one_who_may_not_issue_issues_nothing(chain: Any) -> None:
    root = chain[0]
    element = certificate(ELEMENT, root)
    forged = certificate("other.example", element)
    one = jws(certified_body(an_event(), forged, element))
    with pytest.raises(NotSigned, match="may issue no certificates"):
        open_event(one, Trust(certificates=(der(root),)), NOW)


def kept_statement(event: Json | None = None) -> Statement:
    body = body_of(event or an_event())
    return statement_of(read_event(payload_of(jws(body))), jws(body), INTO)


def test_an_event_is_the_word_of_the_element_that_sent_it_and_of_nobody_else() -> None:
    one = kept_statement(of_kind("MessageLogEvent", text="He has a knife", direction="incoming"))
    assert (one.speaker.name, one.speaker.kind) == (ELEMENT, SpeakerKind.AUTOMATON)
    assert one.speaker.party == AGENCY
    assert (one.stance, one.basis, one.reviewed) == (Stance.AFFIRMS, Basis.RECORD, False)
    assert one.fact.__class__.__name__ == "Other"
    assert "He has a knife" in one.fact.text  # type: ignore[union-attr]
    assert AGENT in one.fact.text  # type: ignore[union-attr]
    assert one.source.feed == ELEMENT
    assert one.signed_by is None


def test_an_event_is_kept_whole_and_given_back_byte_for_byte() -> None:
    body = body_of(an_event(extension={"words": 'ä \\ " é 🚓'}))
    one = statement_of(read_event(payload_of(jws(body))), jws(body), INTO)
    again = decode_statement(encode_statement(one))
    kept = kept_in(again)
    assert kept is not None
    assert kept.jws == jws(body)
    assert encoded(kept.jws) == encoded(jws(body))
    assert open_event(kept.jws, TRUST, NOW).payload == payload_of(jws(body))


def test_the_same_event_has_the_same_id_and_another_event_another() -> None:
    first, again = kept_statement(), kept_statement()
    assert (first.id, first.source.message) == (again.id, again.source.message)
    other = kept_statement(an_event(clientAssignedIdentifier="other"))
    assert other.id != first.id
    unique = str(first.source.message).split(":")[4]
    assert 10 <= len(set(unique)) <= len(unique) <= 36
    assert str(first.source.message).endswith(f":{DOMAIN}")


def test_the_longest_event_that_is_taken_fits_into_a_statement() -> None:
    from whoseword.intake.logevents import MAX_EVENT

    words = '"' * (MAX_EVENT * 3 // 8 - 1_000)
    body = body_of(an_event(extension=words))
    assert len(body) <= MAX_EVENT + 1_000
    assert len(encode_statement(kept_statement(an_event(extension=words)))) < MAX_LINE


def test_where_a_word_of_an_event_is_covered_it_is_not_given_out() -> None:
    """A signed event cannot be changed, so one with a confidential address is withheld whole."""
    event = of_kind("MessageLogEvent", text="She is at 118 Marlow Street", direction="incoming")
    cover = Cover([Confidential(("118 Marlow Street",), "PO Box 7", "RSMo 589.669", "clerk", "")])
    shown = cover.statement(kept_statement(event))
    assert b"Marlow" not in encode_statement(shown)
    assert kept_in(shown) is None
    [logged] = events_of([timed(shown)], "elm", LOGGER)
    assert b"Marlow" not in payload_of(logged.jws)
    assert b"PO Box 7" in payload_of(logged.jws)


def timed(one: Statement) -> Statement:
    return msgspec.structs.replace(one, recorded=NOW)


def test_a_mark_that_somebody_made_up_hides_no_statement() -> None:
    mark = kept_statement().extra
    armed = msgspec.structs.replace(told("armed", who="man", weapon="knife"), extra=mark)
    [logged] = events_of([armed], "elm", LOGGER)
    said = json.loads(payload_of(logged.jws))
    assert said["extension"]["whoseword"]["statement"]["fact"]["weapon"] == "knife"
    assert all_kept([armed]) == []


def said_in(statements: list[Statement]) -> list[Json]:
    return [json.loads(payload_of(one.jws)) for one in events_of(statements, "elm", LOGGER)]


def test_history_tells_every_statement_with_its_speaker_relays_hedge_and_times() -> None:
    first = told(
        "armed", who="man", weapon="knife", by=TENANT, hedge="possible", said="2031-03-06",
        via=[{"name": "manager", "kind": "witness"}],
    )  # fmt: skip
    second = told("armed", who="man", by=CHIEF, stance="denies", replaces=None)
    third = told("armed", who="man", by=CHIEF, stance="cannot_say", replaces=second.id)
    events = said_in([third, first, second])
    assert [one["logEventType"] for one in events] == ["MessageLogEvent"] * 3
    statements = [one["extension"]["whoseword"]["statement"] for one in events]
    assert [one["id"] for one in statements] == [first.id, second.id, third.id]
    assert [one["stance"] for one in statements] == ["affirms", "denies", "cannot_say"]
    assert statements[0]["hedge"] == "possible"
    text = events[0]["text"]
    assert TENANT["name"] in text
    assert "through manager" in text
    assert "(possibly)" in text
    assert "said 2031-03-06" in text
    assert decode_statement(json.dumps(statements[0]).encode()) == first
    for one in events:
        assert one["agencyAgentId"] == "whoseword@psap.dunmore.example"
        assert one["incidentId"] == events[0]["incidentId"]
        check_event(one)


def from_an_object() -> list[Statement]:
    checked = check_eido(an_object())
    to = Destination("elm", "dunmore-911/response", PSAP, message_of(checked))
    return [timed(one) for one in arriving(checked, to, Known([]))]


def logged_for(domain: str) -> list[Json]:
    events = events_of(from_an_object(), "elm", Logger(domain, SIGNER))
    return [json.loads(payload_of(one.jws)) for one in events]


def test_a_call_starts_in_the_log_of_the_agency_that_had_it_and_in_no_others() -> None:
    own = [one for one in logged_for(PSAP) if one["logEventType"] != "EidoLogEvent"]
    assert [one["logEventType"] for one in own] == ["CallStartLogEvent", "CallStateChangeLogEvent"]
    start, state = own
    assert start["timestamp"] == an_object()["callComponent"][0]["callStartTimestamp"]
    assert start["callId"] == state["callId"] == an_object()["callComponent"][0]["$id"]
    assert start["direction"] == "incoming"
    assert state["state"] == an_object()["callComponent"][0]["callStateRegistryText"]
    assert {one["logEventType"] for one in logged_for("police.dunmore.example")} == {"EidoLogEvent"}


def test_history_of_an_object_bears_its_incident_and_is_told_to_the_last_statement() -> None:
    events = logged_for(PSAP)
    assert {one["incidentId"] for one in events} == {OBJECTS}
    told_ids = [one["extension"]["whoseword"]["statement"]["id"] for one in events]
    assert sorted(told_ids) == sorted(str(one.id) for one in from_an_object())


def test_an_event_that_came_goes_out_as_it_came_beside_our_own() -> None:
    body = body_of(an_event())
    came = timed(kept_statement())
    out = events_of([told("armed", who="man"), came], "elm", LOGGER)
    assert encoded(jws(body)) in [encoded(one.jws) for one in out]
    assert len(out) == 2


def test_the_same_statements_and_key_give_the_same_bytes_in_any_order() -> None:
    some = [told("armed", who="man"), told("died", who="man"), told("named", who="man", name="A")]
    assert events_of(some, "elm", LOGGER) == events_of(some[::-1], "elm", LOGGER)


def test_headers_that_are_not_signed_are_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        jws(by_hand(an_event(), {"alg": "none"}, None) | {"header": {"kid": ID}})
