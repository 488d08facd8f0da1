"""Certificates of elements and agents, up to one that was given (RFC 5280, as far as needed).

The elements of NG9-1-1 have certificates of the PSAP credentialing agency; whose word an event is
stands in theirs: an element's domain, or an agent's id, as the subject's name or an alternative one.
``cryptography`` checks chains of web servers only, by algorithms of theirs; so the few rules that
count here are written out. A certificate with an extension that must be understood, and is not
understood here, is refused.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Final, NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed448 import Ed448PublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtensionOID, NameOID

_LONGEST: Final = 6
_UNDERSTOOD: Final = frozenset(
    {
        ExtensionOID.BASIC_CONSTRAINTS,
        ExtensionOID.KEY_USAGE,
        ExtensionOID.SUBJECT_ALTERNATIVE_NAME,
    }
)


class Certified(NamedTuple):
    """A key, whose it is, and by which names."""

    key: Ed25519PublicKey | Ed448PublicKey
    subject: str
    names: frozenset[str]


def anchors_in(content: bytes) -> tuple[bytes, ...]:
    """The certificates of a PEM file. Raises ``ValueError``."""
    return tuple(one.public_bytes(Encoding.DER) for one in x509.load_pem_x509_certificates(content))


def certified(chain: Sequence[bytes], anchors: Collection[bytes], now: datetime) -> Certified:
    """The key of the first certificate, if the chain leads to an anchor. Raises ``ValueError``."""
    if not 1 <= len(chain) <= _LONGEST:
        raise ValueError(f"a chain has 1 to {_LONGEST} certificates")
    certificates = [x509.load_der_x509_certificate(one) for one in chain]
    known = [x509.load_der_x509_certificate(one) for one in anchors]
    for one in certificates:
        _check(one, now)
    for below, (one, issuer) in enumerate(pairwise(certificates)):
        if one in known:
            break
        _check_issuer(one, issuer, below)
    else:
        _check_top(certificates[-1], known, len(certificates) - 1, now)
    return _certified(certificates[0])


def _check_top(
    last: x509.Certificate, known: Sequence[x509.Certificate], below: int, now: datetime
) -> None:
    if last in known:
        return
    issuers = [one for one in known if one.subject == last.issuer]
    if not issuers:
        raise ValueError("no certificate that was given here stands behind it")
    # An authority that changed its key has two certificates of one name.
    found = next((one for one in issuers if _is_issuer(one, last)), issuers[0])
    _check(found, now)
    _check_issuer(last, found, below)


def _check(one: x509.Certificate, now: datetime) -> None:
    if not one.not_valid_before_utc <= now <= one.not_valid_after_utc:
        raise ValueError(f"the certificate of {_subject(one)} does not hold at this time")
    for extension in one.extensions:
        if extension.oid == ExtensionOID.NAME_CONSTRAINTS:
            # Which names an authority may certify is not checked here, so none of them counts.
            raise ValueError(f"the certificate of {_subject(one)} is limited to certain names")
        if extension.critical and extension.oid not in _UNDERSTOOD:
            raise ValueError(
                f"the certificate of {_subject(one)} asks for what is not understood here"
            )


def _check_issuer(one: x509.Certificate, issuer: x509.Certificate, below: int) -> None:
    """Check that an issuer may issue, and did; ``below`` issuers stand between it and the key."""
    if not _is_issuer(issuer, one):
        raise ValueError(f"{_subject(issuer)} did not issue that of {_subject(one)}")
    try:
        limits = issuer.extensions.get_extension_for_class(x509.BasicConstraints).value
    except x509.ExtensionNotFound:
        raise ValueError(f"{_subject(issuer)} may issue no certificates") from None
    if not limits.ca or (limits.path_length is not None and below > limits.path_length):
        raise ValueError(f"{_subject(issuer)} may issue no certificates of this depth")
    usage = _usage(issuer)
    if usage is not None and not usage.key_cert_sign:
        raise ValueError(f"{_subject(issuer)} may sign no certificates")


def _is_issuer(issuer: x509.Certificate, one: x509.Certificate) -> bool:
    try:
        one.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _usage(one: x509.Certificate) -> x509.KeyUsage | None:
    try:
        return one.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return None


def _certified(one: x509.Certificate) -> Certified:
    key = one.public_key()
    if not isinstance(key, Ed25519PublicKey | Ed448PublicKey):
        raise ValueError("the key is none of EdDSA")
    usage = _usage(one)
    if usage is not None and not usage.digital_signature:
        raise ValueError(f"the key of {_subject(one)} may sign nothing")
    names = {str(each.value) for each in one.subject.get_attributes_for_oid(NameOID.COMMON_NAME)}
    try:
        more = one.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        for kind in (x509.DNSName, x509.RFC822Name, x509.UniformResourceIdentifier):
            names |= set(more.get_values_for_type(kind))
    except x509.ExtensionNotFound:
        pass
    return Certified(key, _subject(one), frozenset(names))


def _subject(one: x509.Certificate) -> str:
    return one.subject.rfc4514_string()
