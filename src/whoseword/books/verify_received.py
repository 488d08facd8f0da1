"""Verify what was received: each statement of another custodian against the entry it came with.

A home holds no whole book of another's, so there is no chain to walk here: that an entry stands in
its book was proven when its bundle was taken in. What can be held to one another afterwards is
what lies here: the bytes of the entry, the place they are kept under, and the words that they
commit to. A body that is gone is sound where a seal is noted for it, and only there.

What cannot be found from the file alone: an entry, its place and its words that were all made anew
together, other moments in the bytes of an entry, and a received statement that was taken out without
a trace. Whoever doubts these asks the sender for the bundle again.
"""

from collections.abc import Collection, Iterator

from whoseword.books.chain import commitment_of, parse_entry
from whoseword.books.errors import BookError, ProofFault
from whoseword.books.exchanged import StoredReceived
from whoseword.books.protocol import Evidence

Place = tuple[str, int | None, str]
"""A book, a seq in it where there is one, and what is wrong there."""


def faults_in_received(evidence: Evidence, books: Collection[str] | None) -> Iterator[Place]:
    """What is wrong with received statements, of ``books`` alone where these are given."""
    names = evidence.received_names()
    for book in names if books is None else sorted(set(names) & set(books)):
        try:
            for row in evidence.stored_received(book):
                for what in _faults_of(book, row):
                    yield book, _seq(row[0]), what
            for seq, part in evidence.received_astray(book):
                what = "a seal is noted for it" if part == b"seal" else "its body is here"
                yield book, _seq(seq), f"{what}, but no such statement was received"
        except BookError as error:
            yield book, None, str(error)


def _faults_of(book: str, row: StoredReceived) -> Iterator[str]:
    seq, id_, incident, entry, salt, body, act, bundle = row
    if bundle is None:
        yield "the bundle in which it was received is gone"
    if act is not None and body is not None:
        yield "it was sealed, and its body is here"
    elif act is None and body is None:
        yield "its body is gone"
    try:
        if not isinstance(entry, bytes):
            raise ProofFault("no bytes")
        stated = parse_entry(entry)
    except ProofFault:
        yield "what was received as its entry holds what no entry can hold"
        return
    if (stated.book, stated.seq, stated.id.encode(), stated.incident.encode()) != (
        book, seq, id_, incident,
    ):  # fmt: skip
        yield "the entry that was received names another book, seq, id or incident"
    if body is None:
        return
    if not isinstance(salt, bytes) or not isinstance(body, bytes):
        yield "its body is no bytes"
    elif commitment_of(salt, body) != stated.commitment:
        yield "its body or salt is not what the entry that was received commits to"


def _seq(stored: object) -> int | None:
    return stored if isinstance(stored, int) else None
