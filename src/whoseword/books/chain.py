"""The bytes that are hashed: commitments, entries and links.

A reader of the books, years later and without this program, must be able to recompute every hash
from what is stored. So the bytes are spelt out here once, and in docs/decisions/0002-entry-bytes
for those who do not read Python: every field has its length before it, in 8 bytes, and every kind
of hash begins with a domain of its own, so that no bytes can be read in two ways (the concern of
TupleHash, NIST SP 800-185, section 5; RFC 6962, 2.1 parts leaves from nodes in the same way). The
hash is SHA-256 (FIPS 180-4).

An entry commits to its body through a salt, which lies beside the body: where a court orders both
destroyed, the entry stands and says nothing of what it once carried.
"""

from hashlib import sha256
from struct import Struct
from typing import NamedTuple

import msgspec

from whoseword.books.errors import ProofFault

COMMITMENT_DOMAIN = b"whoseword/commitment/1\n"
ENTRY_DOMAIN = b"whoseword/entry/1\n"
GENESIS_DOMAIN = b"whoseword/genesis/1\n"
LINK_DOMAIN = b"whoseword/link/1\n"
SALT_BYTES = 32
HASH_BYTES = 32
_FIELDS = 8

_length = Struct(">Q").pack
# Neighbours packed together: seq after its length, then the length of the id; and the times and
# the mark, each after its length, then the length of the commitment.
_seq_before_id = Struct(">QQQ").pack
_times_and_mark = Struct(">QqQqQBQ").pack
_LINK_HEAD = LINK_DOMAIN + _length(HASH_BYTES)

Header = tuple[bytes, int, bytes, bytes, int, int, int, bytes]
"""What an entry states: book, seq, id, incident, recorded, appended, backfilled, commitment.

Text is UTF-8; the moments are microseconds since 1970-01-01T00:00Z; the mark is 0 or 1.
"""


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One place in a book, immutable for ever.

    ``seq`` counts from 0 in its book. ``recorded`` and ``appended`` are microseconds since
    1970-01-01T00:00Z; ``commitment`` and ``link`` are SHA-256 digests of 32 bytes.
    """

    book: str
    seq: int
    id: str
    incident: str
    recorded: int
    appended: int
    backfilled: bool
    commitment: bytes
    link: bytes


def commitment_of(salt: bytes, body: bytes) -> bytes:
    """What an entry holds of its body: a digest that says nothing without the salt."""
    return sha256(
        b"".join((COMMITMENT_DOMAIN, _length(len(salt)), salt, _length(len(body)), body))
    ).digest()


def entry_bytes(header: Header) -> bytes:
    """The bytes of an entry: what its link covers, and its leaf in the book's tree.

    Raises ``struct.error`` or ``TypeError`` for values that no entry can hold.
    """
    book, seq, id_, incident, recorded, appended, backfilled, commitment = header
    return b"".join(
        (
            ENTRY_DOMAIN,
            _length(len(book)),
            book,
            _seq_before_id(8, seq, len(id_)),
            id_,
            _length(len(incident)),
            incident,
            _times_and_mark(8, recorded, 8, appended, 1, backfilled, len(commitment)),
            commitment,
        )
    )


class Stated(NamedTuple):
    """What the bytes of an entry state; moments are microseconds since 1970."""

    book: str
    seq: int
    id: str
    incident: str
    recorded: int
    commitment: bytes


def parse_entry(entry: bytes) -> Stated:
    """What the bytes of an entry state, for whoever holds them alone. Raises ``ProofFault``."""
    fields: list[bytes] = []
    at = len(ENTRY_DOMAIN)
    while len(fields) < _FIELDS and at + 8 <= len(entry):
        size = int.from_bytes(entry[at : at + 8])
        fields.append(entry[at + 8 : at + 8 + size])
        at += 8 + size
    try:
        book, seq, id_, incident, recorded, _, _, commitment = fields
        stated = Stated(
            book.decode(),
            int.from_bytes(seq),
            id_.decode(),
            incident.decode(),
            int.from_bytes(recorded, signed=True),
            commitment,
        )
    except (ValueError, UnicodeDecodeError):
        stated = None
    if stated is None or not entry.startswith(ENTRY_DOMAIN) or at != len(entry):
        raise ProofFault(
            "the bytes beside the proof are those of no entry; take it as it was given"
        )
    return stated


def genesis_of(book: bytes) -> bytes:
    """The link before the first entry: bound to the book's name, so that no chain can be moved."""
    return sha256(b"".join((GENESIS_DOMAIN, _length(len(book)), book))).digest()


def link_of(before: bytes, entry: bytes) -> bytes:
    """The link of an entry, from the link before it (32 bytes) and the bytes of the entry."""
    return sha256(b"".join((_LINK_HEAD, before, _length(len(entry)), entry))).digest()
