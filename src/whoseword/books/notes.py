"""Signed notes: a text, and who stands for it (c2sp.org/signed-note).

A checkpoint must be checkable by people who do not run this program and do not trust it. Go's
module proxies, Sigstore and Sigsum sign such notes, so verifiers that we did not write are at hand.
Signatures are Ed25519 (RFC 8032). The private key's text is the one of Go's ``x/mod/sumdb/note``;
C2SP leaves it open.

Opened is only what is canonical: a note whose base64 was changed in its unused bits is refused,
where Go reads past them, so that no byte of a note can be changed unseen.
"""

import base64
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from whoseword.books.errors import KeyFault, NoteFault

SIGNED_BY = "\N{EM DASH} "
"""How a signature line begins."""
KEY_BYTES = 32
ENTROPY_BYTES = KEY_BYTES
"""How many random bytes a new key is made of."""

_ED25519 = b"\x01"
_ID_BYTES = 4
_MOST_SIGNATURES = 100
# Control characters but for the line feed, and what is no UTF-8.
_NOT_IN_A_NOTE = re.compile(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]")
_ID = "[0-9a-fA-F]{8}"
_VERIFIER = re.compile(rf"([^+]*)\+({_ID})\+([A-Za-z0-9+/=]+)")
_SIGNER = re.compile(rf"PRIVATE\+KEY\+([^+]*)\+({_ID})\+([A-Za-z0-9+/=]+)")
_ASK_ANEW = "ask for it anew, as it was handed out, every byte unchanged"


class Verifier(msgspec.Struct, frozen=True):
    """A public key and the name that it signs under; enough to check a note."""

    name: str
    key: bytes

    def __post_init__(self) -> None:
        _check_key(self.name, self.key)

    @property
    def id(self) -> bytes:
        """Four bytes that tell keys of one name apart; they prove nothing."""
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.key).digest()[:_ID_BYTES]


# A dataclass, because a struct of msgspec cannot keep the seed out of what rich and logs print.
@dataclass(frozen=True, slots=True)
class Signer:
    """A private key: its 32 random bytes (the seed of RFC 8032), and the name that it signs under."""

    name: str
    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        _check_key(self.name, self.seed)


class Note(msgspec.Struct, frozen=True):
    """A text that was opened, and the known keys that signed it, in the order they signed."""

    text: str
    signed_by: tuple[Verifier, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Who signed it, each name once."""
        return tuple(dict.fromkeys(each.name for each in self.signed_by))


def verifier_of(signer: Signer) -> Verifier:
    """The public half of a key."""
    private = Ed25519PrivateKey.from_private_bytes(signer.seed)
    return Verifier(signer.name, private.public_key().public_bytes_raw())


def verifier_text(verifier: Verifier) -> str:
    """A verifier key on one line, to be handed to anybody: name, id and key."""
    return f"{verifier.name}+{verifier.id.hex()}+{to_base64(_ED25519 + verifier.key)}"


def signer_text(signer: Signer) -> str:
    """A private key on one line. Whoever reads it can sign in its name."""
    id_ = verifier_of(signer).id.hex()
    return f"PRIVATE+KEY+{signer.name}+{id_}+{to_base64(_ED25519 + signer.seed)}"


def parse_verifier(text: str) -> Verifier:
    """A verifier key from its line. Raises ``KeyFault``."""
    match = _VERIFIER.fullmatch(text)
    key = _typed_key(match[3]) if match else None
    if match is None or key is None:
        raise KeyFault(
            f"{text!r} is no verifier key; write NAME+ID+KEY on one line, as it was handed out "
            "(Ed25519 alone is known here)"
        )
    verifier = Verifier(match[1], key)
    if verifier.id.hex() != match[2].lower():
        raise KeyFault(f"the id in {text!r} is not that of its name and key; {_ASK_ANEW}")
    return verifier


def parse_signer(text: str) -> Signer:
    """A private key from its line. Raises ``KeyFault``, which tells nothing of the key."""
    match = _SIGNER.fullmatch(text)
    seed = _typed_key(match[3]) if match else None
    if match is None or seed is None:
        raise KeyFault(
            "it holds no private key, which is one line PRIVATE+KEY+NAME+ID+KEY (Ed25519 alone is "
            "known here); restore it from a backup"
        )
    signer = Signer(match[1], seed)
    if verifier_of(signer).id.hex() != match[2].lower():
        raise KeyFault(
            f"the id of the private key of {signer.name} is not that of its name and key: it was "
            "damaged or renamed; restore it from a backup"
        )
    return signer


def sign_note(text: str, *signers: Signer) -> str:
    """The text as a note, signed by each key in turn. The text ends with a line feed."""
    if not signers:
        raise NoteFault("a note that nobody signs says nothing; name a key")
    flaw = _flaw(text)
    if flaw or not text.endswith("\n"):
        raise NoteFault(f"the text cannot be signed: {flaw or 'it does not end its last line'}")
    lines = []
    for signer in signers:
        signature = Ed25519PrivateKey.from_private_bytes(signer.seed).sign(text.encode())
        signed = to_base64(verifier_of(signer).id + signature)
        lines.append(f"{SIGNED_BY}{signer.name} {signed}\n")
    return "".join((text, "\n", *lines))


def open_note(note: str, known: Sequence[Verifier]) -> Note:
    """The text of a note that one of the known keys signed.

    Signatures by other keys are passed over, for anybody may add theirs. Raises ``NoteFault`` where
    no known key signed, where the signature of a known key is wrong, and where the note is
    malformed; its text is then nobody's word.
    """
    keys: dict[tuple[str, bytes], Verifier] = {}
    for verifier in known:
        if keys.setdefault((verifier.name, verifier.id), verifier) != verifier:
            raise NoteFault(
                f"two known keys of {verifier.name} share the id {verifier.id.hex()}; find out "
                "which is true, and remove the other"
            )
    text, signatures = _parted(note)
    signed_by: dict[Verifier, None] = {}
    for name, id_, signature in signatures:
        signing = keys.get((name, id_))
        # A key that signed twice is heard once, as Go's reader has it.
        if signing is None or signing in signed_by:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(signing.key).verify(signature, text.encode())
        except InvalidSignature:
            raise NoteFault(
                f"the signature of {name} (key {id_.hex()}) is not for this text: either was "
                f"changed; {_ASK_ANEW}"
            ) from None
        signed_by[signing] = None
    if not signed_by:
        signing_ids = ", ".join(f"{name} (key {id_.hex()})" for name, id_, _ in signatures)
        raise NoteFault(
            f"no known key signed the note; {signing_ids} did: get that verifier key from its "
            "owner, by a way that you trust"
        )
    return Note(text, tuple(signed_by))


def to_base64(given: bytes) -> str:
    """Base64 as RFC 4648, section 4, has it."""
    return base64.b64encode(given).decode()


def from_base64(text: str) -> bytes | None:
    """The bytes of base64 in its one canonical form (RFC 4648, 3.5); None for anything else."""
    try:
        given = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return given if to_base64(given) == text else None


def _parted(note: str) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    """The text of a note, and name, key id and signature of each line under it."""
    flaw = _flaw(note)
    if flaw:
        raise NoteFault(f"the note is malformed: {flaw}; {_ASK_ANEW}")
    # The last empty line parts them: the text may hold empty lines of its own.
    text, empty, signed = note.rpartition("\n\n")
    if not empty or not signed.endswith("\n"):
        raise NoteFault(
            "the note is malformed: it does not end with an empty line and whole signature lines "
            f"under it; {_ASK_ANEW}"
        )
    if signed.count("\n") > _MOST_SIGNATURES:
        raise NoteFault(f"the note bears more than {_MOST_SIGNATURES} signatures; remove some")
    return text + "\n", list(_signatures(signed, text.count("\n") + 3))


def _signatures(signed: str, first_line: int) -> Iterator[tuple[str, bytes, bytes]]:
    for number, line in enumerate(signed.removesuffix("\n").split("\n"), first_line):
        name, _, encoded = line.removeprefix(SIGNED_BY).partition(" ")
        given = from_base64(encoded) or b""
        if not line.startswith(SIGNED_BY) or _bad_name(name) or len(given) <= _ID_BYTES:
            raise NoteFault(
                f"the note is malformed: line {number} is no signature, which is a dash, a name "
                f"and base64; {_ASK_ANEW}"
            )
        yield name, given[:_ID_BYTES], given[_ID_BYTES:]


def _flaw(text: str) -> str | None:
    """What no note may hold, told; None where there is nothing of it."""
    found = _NOT_IN_A_NOTE.search(text)
    if found is None:
        return None
    line = text.count("\n", 0, found.start()) + 1
    return f"line {line} holds the character U+{ord(found[0]):04X}"


def _bad_name(name: str) -> bool:
    return not name or "+" in name or any(each.isspace() for each in name) or bool(_flaw(name))


def _check_key(name: str, key: bytes) -> None:
    if _bad_name(name):
        raise KeyFault(
            f"{name!r} is no name for a key; it needs a letter at least, and holds no space and no +"
        )
    if len(key) != KEY_BYTES:
        raise KeyFault(f"a key of {name} has {len(key)} bytes, and needs {KEY_BYTES}")


def _typed_key(encoded: str) -> bytes | None:
    """The key after the byte that says Ed25519; None for other keys and for no base64."""
    given = from_base64(encoded)
    if given is None or given[:1] != _ED25519 or len(given) != 1 + KEY_BYTES:
        return None
    return given[1:]
