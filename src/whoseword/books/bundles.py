"""Bundles: statements that one home hands to another, with proofs, under signed terms.

A bundle is JSON: the terms as a signed note (c2sp.org/signed-note), and each statement as its proof
(c2sp.org/tlog-proof, the entry beside it), its salt and its body. The terms name the digest of all
statements, so none can be added or taken out; each proof leads to a checkpoint that the sender's
home signed, so none can be made up later. Who holds the sender's verifier key needs nothing else.

The digest is over domain and, for each statement, proof, salt and body with their lengths before
them, as in a book (docs/decisions/0002). A proof tells the size of the sender's book: that much the
recipient's home learns, and its readers do not.
"""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from struct import Struct
from typing import NamedTuple

import msgspec

from whoseword.books.chain import commitment_of, parse_entry
from whoseword.books.checkpoints import check_proof, parse_proof
from whoseword.books.errors import BundleFault
from whoseword.books.exchanged import Received
from whoseword.books.notes import Signer, Verifier, open_note, sign_note
from whoseword.words import Statement, WordFault, decode_body
from whoseword.words.times import microseconds, parse_moment

FORM = "whoseword/bundle/1"
_DOMAIN = b"whoseword/bundle/1\n"
_HEAD = "whoseword bundle 1"
_length = Struct(">Q").pack


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """Under which terms statements are handed over, as they are signed.

    ``to`` is the reader (ROLE@AGENCY); ``until`` and ``sent`` are RFC 3339 UTC; ``rule`` is the
    rule invoked, ``by`` who answers for it, ``acts`` the ids of the disclosures (or withdrawals),
    ``statements`` how many statements there are, acts among them, and ``digest`` their hash.
    """

    sender: str
    to: str
    purpose: str
    until: str
    rule: str
    by: str
    sent: str
    acts: str
    statements: str
    digest: str


class Carried(msgspec.Struct, frozen=True):
    """One statement on its way: the proof that it stands in its book, its salt and its body."""

    proof: str
    salt: bytes
    body: bytes


class _Sent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    bundle: str
    terms: str
    statements: tuple[Carried, ...]


class Opened(NamedTuple):
    """A bundle that holds: its terms, the note that states them, its statements as received."""

    terms: Terms
    note: str
    rows: tuple[Received, ...]
    statements: tuple[Statement, ...]


def digest_of(carried: Sequence[Carried]) -> str:
    """The hash of the statements of a bundle, in hexadecimal."""
    parts = [part for one in carried for part in (one.proof.encode(), one.salt, one.body)]
    return sha256(
        b"".join((_DOMAIN, *(piece for part in parts for piece in (_length(len(part)), part))))
    ).hexdigest()


def terms_note(terms: Terms, signer: Signer) -> str:
    """The terms as a signed note. Raises ``BundleFault`` where one of them has two lines."""
    told: dict[str, str] = msgspec.to_builtins(terms)
    if any(len(value.splitlines()) > 1 or value != value.strip() for value in told.values()):
        raise BundleFault("a term of a bundle has several lines; write it in one")
    lines = [_HEAD, *(f"{name}: {value}" for name, value in told.items())]
    return sign_note("".join(f"{line}\n" for line in lines), signer)


def bundle_bytes(note: str, carried: Sequence[Carried]) -> bytes:
    """A bundle, before it is encrypted."""
    return msgspec.json.encode(_Sent(FORM, note, tuple(carried)))


def sender_of(content: bytes) -> str:
    """Who a bundle says that it is from; whether it is, ``open_bundle`` tells."""
    return _terms(_sent(content).terms.partition("\n\n")[0] + "\n").sender


def open_bundle(content: bytes, known: Sequence[Verifier], received: datetime) -> Opened:
    """What a bundle holds, signed by one of the known keys of its sender.

    Raises ``BookError`` where anything of it does not hold; then nothing of it may be taken.
    """
    sent = _sent(content)
    terms = _terms(open_note(sent.terms, known).text)
    if digest_of(sent.statements) != terms.digest or len(sent.statements) != _count(terms):
        raise BundleFault(
            "the statements are not those that the terms were signed for; ask the sender anew"
        )
    name, moment = sha256(content).hexdigest(), microseconds(received)
    rows = tuple(_row(one, known, (name, moment)) for one in sent.statements)
    if len({(row.book, row.seq) for row in rows}) != len(rows):
        raise BundleFault("a statement stands in the bundle twice; ask the sender anew")
    return Opened(terms, sent.terms, rows, tuple(_statement(row) for row in rows))


def until_of(terms: Terms) -> datetime:
    """When the disclosure ends. Raises ``BundleFault``."""
    try:
        return parse_moment(terms.until)
    except WordFault as fault:
        raise BundleFault(f"the bundle does not say when it ends ({fault.problem})") from None


def _sent(content: bytes) -> _Sent:
    try:
        sent = msgspec.json.decode(content, type=_Sent)
    except msgspec.MsgspecError as error:
        raise BundleFault(f"the file holds no bundle ({error}); ask the sender anew") from None
    if sent.bundle != FORM:
        raise BundleFault(f"the bundle is of the form {sent.bundle}, and this program reads {FORM}")
    return sent


def _terms(text: str) -> Terms:
    """The terms in the text of a note: each once, in their order, and nothing else."""
    head, *lines = text.removesuffix("\n").split("\n")
    pairs = [line.partition(": ")[::2] for line in lines]
    if head != _HEAD or [name for name, _ in pairs] != list(Terms.__struct_fields__):
        raise BundleFault("the terms of the bundle are not those of this program; ask anew")
    return Terms(**dict(pairs))


def _count(terms: Terms) -> int:
    return int(terms.statements) if terms.statements.isdecimal() else -1


def _row(one: Carried, known: Sequence[Verifier], when: tuple[str, int]) -> Received:
    """A statement as received, once its proof and its body were found to hold."""
    proof = parse_proof(one.proof)
    checkpoint = check_proof(proof, proof.extra, known)
    stated = parse_entry(proof.extra)
    if (stated.book, stated.seq) != (checkpoint.book, proof.index):
        raise BundleFault(
            f"{stated.id} is proved at another place than its entry states; ask the sender anew"
        )
    if commitment_of(one.salt, one.body) != stated.commitment:
        raise BundleFault(f"the words of {stated.id} are not those of its entry; ask anew")
    return Received(
        bundle=when[0],
        book=stated.book,
        seq=stated.seq,
        id=stated.id,
        incident=stated.incident,
        received=when[1],
        entry=proof.extra,
        salt=one.salt,
        body=one.body,
        sealed_by=None,
    )


def _statement(row: Received) -> Statement:
    try:
        statement = decode_body(row.body or b"")
    except WordFault as fault:
        raise BundleFault(f"{row.id} holds no statement ({fault}); ask the sender anew") from None
    if (statement.id, statement.book, statement.incident) != (row.id, row.book, row.incident):
        raise BundleFault(f"{row.id} says that it is another statement than its entry states")
    return statement
