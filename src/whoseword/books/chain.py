"""The bytes that are hashed: commitments, entries and links.

A reader of the books, years later and without this program, must be able to recompute every hash
from what is stored. So the bytes are spelt out here once, and in docs/decisions/0002-entry-bytes
for those who do not read Python: every field has its length before it, in 8 bytes, and every kind
of hash begins with a domain of its own, so that no bytes can be read in two ways (RFC 6962 2.1
does the same with its first byte; Kelsey, Chang and Perlner 2016, NIST SP 800-185, "TupleHash",
says why the lengths). The hash is SHA-256 (FIPS 180-4).

An entry commits to its body through a salt, which lies beside the body: where a court orders both
destroyed, the entry stands and says nothing of what it once carried.
"""

from hashlib import sha256
from struct import Struct

import msgspec

COMMITMENT_DOMAIN = b"whoseword/commitment/1\n"
ENTRY_DOMAIN = b"whoseword/entry/1\n"
GENESIS_DOMAIN = b"whoseword/genesis/1\n"
LINK_DOMAIN = b"whoseword/link/1\n"
SALT_BYTES = 32

_length = Struct(">Q").pack
_number = Struct(">Qq").pack
_tail = Struct(">QqQqQ?Q").pack


class Entry(msgspec.Struct, frozen=True):
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


def entry_bytes(entry: Entry) -> bytes:
    """The bytes of an entry: what a link covers and a leaf of the book's tree."""
    return entry_bytes_from(
        _field(entry.book.encode()),
        entry.seq,
        _field(entry.id.encode()),
        _field(entry.incident.encode()),
        (entry.recorded, entry.appended, entry.backfilled),
        entry.commitment,
    )
