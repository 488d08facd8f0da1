"""Invented log events for tests, and keys and certificates by which they are signed.

``an_event()`` is a call's new state; whatever is given is put in its place, and ``None`` takes a field
away. Domains are of the kind reserved for examples (RFC 2606).
"""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
from cryptography.hazmat.primitives.asymmetric.ec import generate_private_key as new_curve_key
from cryptography.hazmat.primitives.asymmetric.ed448 import Ed448PrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from whoseword.books.notes import Signer, verifier_of
from whoseword.intake.logevents import Known, Trust, key_id, signed

Json = dict[str, Any]

DOMAIN = "logger.dunmore.example"
ELEMENT = "bcf.dunmore.example"
AGENCY = "dunmore.example"
AGENT = f"tester@{AGENCY}"
CALL = f"urn:emergency:uid:callid:1234567890qwerty:{ELEMENT}"
INCIDENT = f"urn:emergency:uid:incidentid:1234567890qwerty:{ELEMENT}"
NOW = datetime(2031, 5, 2, 20, 0, tzinfo=UTC)
SIGNER = Signer("bcf", b"\x11" * 32)
STRANGER = Signer("bcf", b"\x22" * 32)
KNOWN = Known(verifier_of(SIGNER), (AGENCY,))
TRUST = Trust({key_id(KNOWN.verifier): KNOWN})


def an_event(**changed: Any) -> Json:
    """An event that holds, with something changed."""
    told: Json = {
        "clientAssignedIdentifier": "test",
        "logEventType": "CallStateChangeLogEvent",
        "timestamp": "2031-05-02T14:03:00.010-05:00",
        "elementId": ELEMENT,
        "agencyId": AGENCY,
        "agencyAgentId": AGENT,
        "agencyPositionId": "7",
        "callId": CALL,
        "incidentId": INCIDENT,
        "callIdSip": "f81d4fae-7dec-11d0-a765-00a0c91e6bf6@osp.example",
        "ipAddressPort": "192.0.2.15:5061",
        "state": "active",
        "direction": "incoming",
        "extension": {"test": "test"},
    } | changed
    return {name: value for name, value in told.items() if value is not None}


def of_kind(kind: str, **its: Any) -> Json:
    """An event of another kind."""
    return an_event(logEventType=kind, state=None, direction=None) | its


def base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def unbase64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def body_of(event: Json | bytes, signer: Signer = SIGNER) -> bytes:
    """An event as it is posted."""
    content = event if isinstance(event, bytes) else json.dumps(event).encode()
    one = signed(content, signer)
    return json.dumps(
        {"payload": one.payload, "protected": one.protected, "signature": one.signature}
    ).encode()


def by_hand(event: Json, header: Json, key: Any) -> Json:
    """A JWS made without the library: whatever a header says, and whatever key signs."""
    protected = base64url(json.dumps(header).encode())
    payload = base64url(json.dumps(event).encode())
    signature = key.sign(f"{protected}.{payload}".encode()) if key is not None else b""
    return {"payload": payload, "protected": protected, "signature": base64url(signature)}


_AGREES_ALONE = x509.KeyUsage(
    digital_signature=False, content_commitment=False, key_encipherment=False,
    data_encipherment=False, key_agreement=True, key_cert_sign=False, crl_sign=False,
    encipher_only=False, decipher_only=False,
)  # fmt: skip


class Holder(NamedTuple):
    """A key and its certificate."""

    key: Any
    certificate: x509.Certificate

    @property
    def x5c(self) -> str:
        return base64.b64encode(self.certificate.public_bytes(Encoding.DER)).decode()

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)


def certificate(
    name: str,
    issuer: Holder | None = None,
    *,
    authority: bool = False,
    also: str = "",
    days: int = 365,
    key: Any = None,
    signs: bool = True,
) -> Holder:
    """A certificate by an issuer, or by itself; of a key of Ed448, as the suite of a peer has it."""
    key = key or Ed448PrivateKey.generate()
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)] if name else [])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=400))
        .not_valid_after(NOW + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    )
    if also:
        made = made.add_extension(
            x509.SubjectAlternativeName([x509.RFC822Name(also)]), critical=False
        )
    if not signs:
        made = made.add_extension(_AGREES_ALONE, critical=True)
    return Holder(key, made.sign(issuer.key if issuer else key, None))


def certified_body(event: Json, holder: Holder, *chain: Holder, **header: Any) -> bytes:
    """An event signed by a certified key, with its chain."""
    told = {"alg": "EdDSA", "x5c": [one.x5c for one in (holder, *chain)]} | header
    return json.dumps(by_hand(event, told, holder.key)).encode()


def curve_key() -> Any:
    """A key of ECDSA, whose certificate no event may have."""
    return new_curve_key(SECP256R1())


def small_key() -> Any:
    """A key of Ed25519."""
    return Ed25519PrivateKey.generate()
