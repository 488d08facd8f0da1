"""Receive: take a bundle that another home sent, once everything about it was found to hold.

It is kept beside the books of this home as what it is, statements of its custodian's book, and is
opened by the custodian's grant alone (``doors.opening``). Whether a disclosure has been withdrawn
or has ended is judged whenever somebody reads.
"""

from hashlib import sha256
from typing import NamedTuple

import pyrage
from pyrage import DecryptError

from whoseword.access import item_of, speaks_for_custodian
from whoseword.books import Asked, Receipt
from whoseword.books.bundles import Opened, Terms, open_bundle, sender_of, until_of
from whoseword.books.errors import BundleFault
from whoseword.books.exchanged import Bundle, Received
from whoseword.books.protocol import View, Writer
from whoseword.books.removing import reach_outside
from whoseword.doors.desk import Desk
from whoseword.doors.errors import DeskError
from whoseword.doors.opening import access_book
from whoseword.doors.partners import identity, partner
from whoseword.doors.reviews import LOG
from whoseword.doors.sealing import backups_written, finish
from whoseword.words import SpeakerKind, Stance, Statement, WordFault
from whoseword.words.aftermath import Disclosed, Sealed
from whoseword.words.rules import check
from whoseword.words.statement import Source, Speaker
from whoseword.words.times import microseconds


class Taken(NamedTuple):
    """What was received: under which terms, how many statements that are no acts, and which seals.

    ``again`` is whether this home had the bundle already.
    """

    terms: Terms
    note: str
    statements: int
    sealed: tuple[str, ...]
    again: bool


def receive(desk: Desk, encrypted: bytes) -> Taken:
    """Take a bundle. Raises ``BookError`` or ``DeskError``, and then nothing of it was taken."""
    try:
        content = pyrage.decrypt(encrypted, [identity(desk)])
    except DecryptError as error:
        raise BundleFault(
            f"the file was not encrypted to this home, or was changed ({error}); send the sender "
            "this home's card and ask for it anew"
        ) from None
    sender = partner(desk, sender_of(content))
    now = desk.clock()
    opened = open_bundle(content, sender.known(), now)
    _check_terms(desk, opened, sender.agency)
    items = [one for one in opened.statements if not _is_act(one)]
    _check_grants(opened, items)
    seals = [one for one in opened.statements if isinstance(one.fact, Sealed)]
    bundle = Bundle(opened.rows[0].bundle, sender.agency, microseconds(now), opened.note)
    with desk.ledger.store.writer() as writer:
        again = any(one.sha256 == bundle.sha256 for one in writer.bundles())
        if not again:
            _refuse_two_histories(writer, opened.rows, sender.agency)
            writer.receive(bundle, opened.rows)
        sealed = _carry_out(writer, seals)
        if sealed:
            reach_outside(writer, sorted({row.incident for row in opened.rows}))
    if sealed:
        desk.ledger.store.overwrite()
        finish(desk)
    return Taken(opened.terms, opened.note, len(items), tuple(sealed), again)


def received_alone(desk: Desk, asked: Asked) -> bool:
    """Whether a statement was received here, and stands in no book of this home."""
    with desk.ledger.store.view() as view:
        own = view.row(asked.book, asked.id)
        return own is None and view.received_row(asked.book, asked.id) is not None


def seal_received(desk: Desk, asked: Asked) -> tuple[Receipt, list[str], list[str]]:
    """Destroy the words of a received statement under an order that was served on this home.

    The seal is a statement of this home's own, since the custodian's book is not ours to write to;
    it names what it seals by the hash of its entry, for its book is closed to most who read this
    one. Its receipt, the pages of its incident that were destroyed, and files that are left for
    people. Raises ``DeskError`` where nothing of that id was received, or it is sealed already.
    """
    with desk.ledger.store.view() as view:
        row = view.received_row(asked.book, asked.id)
    if row is None:
        raise DeskError(f"no statement {asked.id} of {asked.book} was received here")
    if row.sealed_by is not None:
        raise DeskError(f"{asked.id} of {asked.book} was sealed already, by {row.sealed_by}")
    (name,), agency = asked.by, desk.owner.agency
    act = Statement(
        incident=LOG,
        book=access_book(agency),
        speaker=Speaker(name=agency, kind=SpeakerKind.AGENCY, party=agency),
        stance=Stance.DOES,
        fact=Sealed(item=sha256(row.entry).hexdigest(), by=name, authority=asked.ground),
        source=Source(entered_by=name),
        signed_by=name,
    )
    receipt = desk.ledger.append([act])[0]
    with desk.ledger.store.writer() as writer:
        writer.seal_received(row.book, row.seq, receipt.id)
        reach_outside(writer, [row.incident])
    desk.ledger.store.overwrite()
    destroyed, left = finish(desk)
    return receipt, destroyed, left + backups_written(desk)


def _check_terms(desk: Desk, opened: Opened, sender: str) -> None:
    terms, owner = opened.terms, desk.owner
    if not opened.rows:
        raise BundleFault("the bundle holds no statement")
    if terms.to.rpartition("@")[2] != owner.agency:
        raise BundleFault(f"the bundle is for {terms.to}, and this is the home of {owner.name}")
    if terms.until and until_of(terms) < desk.clock():
        raise BundleFault(
            f"what the bundle discloses ended at {terms.until}, before it was received; ask "
            f"{sender} for a new disclosure"
        )
    if terms.sender != sender:
        raise BundleFault(f"the terms are {terms.sender}'s, and the keys are {sender}'s")
    for statement in opened.statements:
        _check_statement(desk, statement)
    for row in opened.rows:
        if row.book.split("/", 1)[0] != sender:
            raise BundleFault(
                f"{row.book} is not {sender}'s own; nobody hands on what they were given"
            )
        if not desk.law.keeps(owner, row.book).allowed:
            raise BundleFault(
                f"the home of {owner.name} takes nothing of {row.book}; `whoseword may` tells why"
            )


def _check_statement(desk: Desk, statement: Statement) -> None:
    """What comes from another home is held to the same rules as what is said here."""
    try:
        check(statement)
    except WordFault as fault:
        raise BundleFault(f"{statement.id} cannot stand in a book ({fault}); ask anew") from None
    refused = desk.law.act_fault(statement)
    if refused is not None:
        raise BundleFault(f"{statement.id} does what its speaker may not do ({refused})")


def _check_grants(opened: Opened, items: list[Statement]) -> None:
    """Every statement is one that the bundle's own acts disclose, under the terms it states."""
    terms = opened.terms
    granted = {
        item_of(one.fact.item)
        for one in opened.statements
        if isinstance(one.fact, Disclosed)
        and one.stance is Stance.DOES
        and one.fact.item is not None
        and speaks_for_custodian(one)
        and (one.fact.to, one.fact.purpose, one.fact.until)
        == (terms.to, terms.purpose, terms.until or None)
    }
    stray = [one.id for one in items if not {(one.book, one.id), (None, one.id)} & granted]
    if stray:
        raise BundleFault(f"nothing in the bundle discloses {stray[0]} under its terms; ask anew")


def _is_act(statement: Statement) -> bool:
    """Whether a statement of a bundle says how another is to be handled."""
    return isinstance(statement.fact, Disclosed | Sealed)


def _refuse_two_histories(view: View, rows: tuple[Received, ...], sender: str) -> None:
    for row in rows:
        stands = view.received_at(row.book, row.seq) or view.received_row(row.book, row.id)
        if stands is not None and stands.entry != row.entry:
            raise BundleFault(
                f"{sender} has shown another entry at place {row.seq} of {row.book} before "
                f"({stands.id}); two histories of one book cannot both be true: keep both files "
                "and ask them"
            )


def _carry_out(writer: Writer, seals: list[Statement]) -> list[str]:
    """Destroy what the custodian sealed and this home was given; the ids of what was."""
    done = []
    for act in seals:
        if act.stance is not Stance.DOES or not isinstance(act.fact, Sealed) or not act.fact.item:
            continue
        book, id_ = item_of(act.fact.item)
        row = writer.received_row(book or act.book, id_)
        if row is not None and row.body is not None:
            writer.seal_received(row.book, row.seq, str(act.id))
            done.append(id_)
    return done


def told(terms: Terms) -> str:
    """The terms of a bundle in a line, for people."""
    end = f", until {terms.until}" if terms.until else ""
    return (
        f"from {terms.sender}, to {terms.to} for {terms.purpose}{end}, under {terms.rule}, by "
        f"{terms.by}, sent {terms.sent}"
    )
