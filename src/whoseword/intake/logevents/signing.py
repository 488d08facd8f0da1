"""Signed log events: JWS in the flattened JSON form, by EdDSA (STA-010.3; RFC 7515, 8037).

EdDSA gives the same bytes for the same event and key, so that an event is posted again without
standing twice; of ECDSA no two signatures are equal, and the standard does not ask for it. Whose key
it is a header says in two ways: by ``kid``, the name of a key that the reader of the event has been
given, or by ``x5c``, certificates up to one that the reader has been given. A certificate that is
only pointed at (``x5u``) is not fetched: whoever posts an event would choose what this machine asks.

An altered byte is seen in every part: base64 is read in its one canonical form, and what is not
signed (an unprotected header) is refused.
"""

import base64
import binascii
from collections.abc import Collection, Mapping
from datetime import datetime
from enum import Enum
from typing import Any, Final, Never

import msgspec
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed448 import Ed448PublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey
from joserfc.jws import JWSRegistry

from whoseword.books.notes import Signer, Verifier, verifier_of
from whoseword.intake.logevents.certificates import Certified, certified
from whoseword.words import WhoseWordError, WordFault, parse_json

ALGORITHM: Final = "EdDSA"
UNSIGNED: Final = "none"
MAX_EVENT: Final = 524_288
"""How many bytes an event may have as it is sent: what its statement can keep (``words.MAX_LINE``)."""

PublicKey = Ed25519PublicKey | Ed448PublicKey


class Jws(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A signed event as it is sent."""

    payload: str
    protected: str
    signature: str


class NotSigned(WhoseWordError):
    """The event is not signed as it must be: by nobody known, wrongly, or not at all."""


class NotThatAlgorithm(NotSigned):
    """The event is signed by an algorithm that is not taken, or not at all."""


class Known(msgspec.Struct, frozen=True):
    """A key that was given, and the domains for which it may speak."""

    verifier: Verifier
    domains: tuple[str, ...]


class Trust(msgspec.Struct, frozen=True):
    """Who is believed: keys by their ids, certificates (DER), and whether an unsigned event is."""

    keys: Mapping[str, Known] = {}
    certificates: tuple[bytes, ...] = ()
    unsigned: bool = False


class How(Enum):
    """By what an event is believed: a key that was given, a certificate, or nobody's word but its sender's."""

    KEY = "key"
    CERTIFICATE = "certificate"
    NOBODY = "nobody"


class Opened(msgspec.Struct, frozen=True):
    """The event in a JWS, and who signed it; ``by`` is empty where nobody did.

    ``domains`` are those for which a key may speak; ``names`` what a certificate names.
    """

    payload: bytes
    how: How
    by: str = ""
    domains: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()


class _Registry(JWSRegistry):
    """What the library checks, with room for certificates and for an event's words.

    Its general warning of the name "EdDSA" (RFC 9864 prefers "Ed25519") is left out: the standard
    here names EdDSA, and nothing else is taken.
    """

    max_header_length = 65_536
    max_payload_length = MAX_EVENT

    def get_alg(self, name: str) -> Any:
        return self.algorithms[ALGORITHM] if name == ALGORITHM else super().get_alg(name)


_registry: Final = _Registry(algorithms=[ALGORITHM], strict_check_header=False)


def key_id(verifier: Verifier) -> str:
    """The name of a key of a home in a header."""
    return f"{verifier.name}+{verifier.id.hex()}"


def signed(event: bytes, signer: Signer) -> Jws:
    """An event signed with a home's key."""
    private = Ed25519PrivateKey.from_private_bytes(signer.seed)
    key = OKPKey.import_key(
        {
            "kty": "OKP",
            "crv": "Ed25519",
            "d": _base64url(private.private_bytes_raw()),
            "x": _base64url(private.public_key().public_bytes_raw()),
        }
    )
    header = {"alg": ALGORITHM, "kid": key_id(verifier_of(signer))}
    told = jws.serialize_json({"protected": header}, event, key, registry=_registry)
    return msgspec.convert(dict(told), Jws)


def encoded(one: Jws) -> bytes:
    """A signed event as it is sent, always in the same bytes."""
    return msgspec.json.encode(one)


def payload_of(one: Jws) -> bytes:
    """What an event says, whoever signed it. Raises ``NotSigned`` where it is no base64url."""
    return _bytes_of(one.payload, "payload")


def decoded(one: Jws) -> tuple[str, str, str]:
    """Payload and protected header as text, and the signature. Raises ``NotSigned``."""
    protected = _bytes_of(one.protected, "protected")
    try:
        return payload_of(one).decode(), protected.decode(), one.signature
    except UnicodeDecodeError:
        _refuse("$", "is not UTF-8", "send JSON")


def from_decoded(payload: str, protected: str, signature: str) -> Jws:
    """The signed event of its decoded parts: the same bytes that it was decoded from."""
    return Jws(_base64url(payload.encode()), _base64url(protected.encode()), signature)


def open_event(one: Jws, trust: Trust, now: datetime) -> Opened:
    """The event in a JWS, if somebody who is believed signed it.

    Raises ``NotThatAlgorithm`` or ``NotSigned``, with the reason.
    """
    header = _header_of(one)
    payload, signature = payload_of(one), _bytes_of(one.signature, "signature", empty=True)
    if header["alg"] == UNSIGNED:
        if not trust.unsigned:
            raise NotThatAlgorithm(
                "$.protected.alg: the event is not signed, and unsigned ones are not taken here; sign it by EdDSA"
            )
        if signature:
            raise NotSigned("$.signature: an event that is not signed has none; leave it empty")
        return Opened(payload, How.NOBODY)
    if header["alg"] != ALGORITHM:
        raise NotThatAlgorithm(
            f"$.protected.alg: {header['alg']!r:.40} is not taken here; sign it by EdDSA"
        )
    if "kid" in header and header["kid"] in trust.keys:
        known = trust.keys[header["kid"]]
        _verify(one, Ed25519PublicKey.from_public_bytes(known.verifier.key))
        return Opened(payload, How.KEY, str(header["kid"]), known.domains)
    found = _by_certificate(header, trust.certificates, now)
    _verify(one, found.key)
    return Opened(payload, How.CERTIFICATE, found.subject, names=found.names)


def _by_certificate(
    header: Mapping[str, Any], anchors: Collection[bytes], now: datetime
) -> Certified:
    """The key that a header's certificates give."""
    if "x5c" not in header:
        _refuse(*_no_key(header))
    chain = header["x5c"]
    if not isinstance(chain, list) or not all(isinstance(one, str) for one in chain):
        _refuse("$.protected.x5c", "is no list of certificates", "give them in base64")
    try:
        return certified([base64.b64decode(one, validate=True) for one in chain], anchors, now)
    except (
        ValueError,
        binascii.Error,
        x509.DuplicateExtension,
        x509.InvalidVersion,
        x509.UnsupportedGeneralNameType,
        UnsupportedAlgorithm,
    ) as error:
        _refuse("$.protected.x5c", f"cannot be believed: {error}", "send the whole chain")


def _no_key(header: Mapping[str, Any]) -> tuple[str, str, str]:
    """Where a header fails to give a key, why, and what to do."""
    if "x5u" in header:
        problem = "points at a certificate, and nothing is fetched from here"
        return "$.protected.x5u", problem, "send the certificates themselves, in x5c"
    if "kid" in header:
        problem = f"names a key that is not known here: {header['kid']!r:.80}"
        remedy = "have its owner's card taken (`whoseword partner`) and the signer listed"
        return "$.protected.kid", problem, remedy
    return "$.protected", "does not say whose key it is", "say it by kid, or by x5c"


def _header_of(one: Jws) -> dict[str, Any]:
    content = _bytes_of(one.protected, "protected")
    try:
        header = parse_json(content)
    except WordFault as fault:
        field = "" if fault.field == "line" else f".{fault.field}"
        _refuse(f"$.protected{field}", fault.problem, fault.remedy)
    if not isinstance(header.get("alg"), str):
        raise NotThatAlgorithm("$.protected.alg: is missing; say by which algorithm it is signed")
    for name in ("crit", "b64"):
        if name in header:
            _refuse(f"$.protected.{name}", "is not understood here", "leave it out")
    if not isinstance(header.get("kid", ""), str):
        _refuse("$.protected.kid", "must be text", "write it in quotes")
    return header


def _verify(one: Jws, key: PublicKey) -> None:
    curve = "Ed25519" if isinstance(key, Ed25519PublicKey) else "Ed448"
    public = OKPKey.import_key(
        {"kty": "OKP", "crv": curve, "x": _base64url(key.public_bytes_raw())}
    )
    value: Any = msgspec.to_builtins(one)
    try:
        jws.deserialize_json(value, public, registry=_registry)
    except (JoseError, ValueError) as error:
        raise NotSigned(
            f"$.signature: is not that of this event by this key ({error}); the event was altered, "
            "or another key signed it"
        ) from None


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _bytes_of(text: str, name: str, *, empty: bool = False) -> bytes:
    """The bytes of base64url in its one canonical form, without padding (RFC 7515, 2)."""
    try:
        found = base64.b64decode(
            text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True
        )
    except (ValueError, binascii.Error):
        found = b""
    if _base64url(found) != text or not (found or empty):
        _refuse(f"$.{name}", "is no base64url in its canonical form", "send it as it was signed")
    return found


def _refuse(path: str, problem: str, remedy: str) -> Never:
    raise NotSigned(f"{path}: {problem}; {remedy}")
