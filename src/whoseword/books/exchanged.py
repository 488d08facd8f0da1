"""What a home keeps of other homes' books, and of the rules that its own views were computed under.

Another custodian's statement is never mixed into a book of this home: its entry lies as the sender
proved it, byte for byte (``chain.entry_bytes``), with the bundle that it came in. Its words lie
apart, so that a seal reaches them here as well (law 9). A rule set is kept whole, because another
rule set changes an account of a past moment (law 4), and whoever recomputes it needs the old one.
"""

from typing import NamedTuple


class Bundle(NamedTuple):
    """What was received from another home in one piece.

    ``sha256`` is its hex digest, ``sender`` who sent it, ``received`` the moment in microseconds
    since 1970, and ``note`` the whole terms under which it came, as a signed note.
    """

    sha256: str
    sender: str
    received: int
    note: str


class Received(NamedTuple):
    """One statement of another custodian's book: ``entry`` holds the proven bytes of its entry.

    ``bundle`` names the one it came in, by sha256. ``salt`` (32 bytes) and ``body`` are None where
    the words are gone: sealed, by the statement whose id is ``sealed_by``, or lost.
    """

    bundle: str
    book: str
    seq: int
    id: str
    incident: str
    received: int
    entry: bytes
    salt: bytes | None
    body: bytes | None
    sealed_by: str | None


class RuleSetKept(NamedTuple):
    """A rule set under which views of this home were computed.

    ``sha256`` is the hash that those views name, ``recorded`` the moment in microseconds since
    1970 at which it was first kept, ``files`` the rule files as JSON.
    """

    sha256: str
    recorded: int
    files: bytes


StoredReceived = tuple[object, object, object, object, object, object, object, object]
"""A received row as it lies in the file, unread: seq, id, incident, entry, salt, body, act, bundle.

``act`` is None where no seal is noted, and ``bundle`` where no bundle of its sha256 is here. Text
comes as its UTF-8 bytes; anything may be of any type."""
