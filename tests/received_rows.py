"""What other homes send, as a store is given it: bundles, and statements with their entries."""

from hashlib import sha256

from bookkeeping import NOON
from telling import told, uuid7
from whoseword.books.chain import commitment_of, entry_bytes
from whoseword.books.exchanged import Bundle, Received
from whoseword.words import encode_body
from whoseword.words.times import microseconds

THEIRS = "shore-water/incident"
HOUR = 3_600_000_000


def bundle(number: int = 0, sender: str = "records@shore-water") -> Bundle:
    """A bundle; each comes an hour after the one before."""
    note = f"terms {number}\n\n— {sender} c2lnbmVk\n"
    received = microseconds(NOON) + number * HOUR
    return Bundle(sha256(note.encode()).hexdigest(), sender, received, note)


def received(
    seq: int,
    *,
    book: str = THEIRS,
    incident: str = "harrow-lane",
    weapon: str = "knife",
    of: Bundle | None = None,
) -> Received:
    """A statement of another custodian's book, with an entry that commits to its words."""
    came = of or bundle()
    id_ = uuid7(50_000 + seq)
    said = told("armed", who="woman", weapon=weapon, id=id_, book=book, incident=incident)
    salt, body = sha256(f"{book} {seq}".encode()).digest(), encode_body(said)
    moments = (microseconds(NOON) - HOUR, microseconds(NOON) - HOUR, 0)
    header = (book.encode(), seq, id_.encode(), incident.encode(), *moments)
    entry = entry_bytes((*header, commitment_of(salt, body)))
    return Received(came.sha256, book, seq, id_, incident, came.received, entry, salt, body, None)


def sealed(row: Received, act: str) -> Received:
    """The same statement after it was sealed."""
    return row._replace(salt=None, body=None, sealed_by=act)
