"""Disclose and withdraw: a custodian gives single statements to a named reader, and takes it back.

A disclosure is a statement in the custodian's own book; where the reader's home is another, the
statements go there in a bundle, encrypted to it. What is not the custodian's own is never handed
on, and a rule must let that class go to that role (``access``).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec
import pyrage
from pyrage import x25519

from whoseword.access import Disclosing, Reader, item_of
from whoseword.books import Receipt
from whoseword.books.bodies import statement_in
from whoseword.books.bundles import Carried, Terms, bundle_bytes, digest_of, terms_note
from whoseword.books.protocol import Row, View
from whoseword.books.removed import out_of_sight
from whoseword.books.removings import Removing
from whoseword.doors.confidential import cover_of
from whoseword.doors.desk import Desk
from whoseword.doors.errors import DeskError
from whoseword.doors.opening import said
from whoseword.doors.partners import partner
from whoseword.doors.proofs import entry_proofs
from whoseword.words import SpeakerKind, Stance, Statement
from whoseword.words.aftermath import Disclosed
from whoseword.words.statement import Source, Speaker
from whoseword.words.times import moment_text


class Asked(NamedTuple):
    """What somebody asks to disclose, or to take back.

    ``items`` are ids or BOOK:ID; ``book`` is where ids without a book stand (any of the agency's
    own if None); ``until`` is None for a withdrawal; ``name`` is who answers for it.
    """

    items: Sequence[str]
    book: str | None
    to: Reader
    name: str
    until: datetime | None = None
    rule: str = ""


class Handed(NamedTuple):
    """What was done: a receipt for each act, and what can be sent to the reader's home.

    ``note`` is the signed terms, the sender's proof of what was sent, to whom and until when;
    ``content`` the encrypted bundle. Both are None where the reader is of this home.
    """

    receipts: tuple[Receipt, ...]
    statements: tuple[Statement, ...]
    note: str | None
    content: bytes | None


def disclose(desk: Desk, asked: Asked, *, send: bool) -> Handed:
    """Disclose statements to a reader; with ``send`` as a bundle for the reader's own home.

    Raises ``DeskError`` where no rule lets them go, or the other home is not known.
    """
    recipient = _recipient(desk, asked) if send else None
    now = desk.clock()
    if asked.until is None or asked.until <= now:
        raise DeskError(
            f"the disclosure would end before it begins; give --until after {moment_text(now)}"
        )
    with desk.ledger.store.view() as view:
        rows = [_row(view, desk.owner.agency, one, asked.book) for one in asked.items]
        cover = cover_of(view)
    if send and any(cover.statement(one) != one for one in map(statement_in, rows)):
        raise DeskError(
            "a statement holds a confidential address, and is not sent; who may be given the true "
            "one by order (IS-18) is given it outside of this program"
        )
    rules = [_rule_for(desk, row, asked) for row in rows]
    acts = [_act(row, asked) for row in rows]
    receipts = tuple(desk.ledger.append(acts))
    given = tuple(statement_in(row) for row in rows)
    if recipient is None:
        return Handed(receipts, given, None, None)
    shown = asked.rule or f"{', '.join(dict.fromkeys(rules))} (not named)"
    return _bundled(desk, asked, (receipts, rows, given), (recipient, shown))


def withdraw(desk: Desk, asked: Asked, *, send: bool) -> Handed:
    """Take disclosures back: from now on they open nothing, here or, once it was sent, there.

    Where the statement was sealed meanwhile the seal goes with it, so that the other home destroys
    its copy. Raises ``DeskError`` where there is nothing to take back.
    """
    recipient = _recipient(desk, asked) if send else None
    agency = desk.owner.agency
    with desk.ledger.store.view() as view:
        rows = [_row(view, agency, one, asked.book, hidden=True) for one in asked.items]
        acts = [act for row in rows for act in _standing(view, row, asked)]
        seals = [seal for row in rows for seal in _seals(view, row)]
    if not acts and not (send and seals):
        raise DeskError(
            f"{', '.join(asked.items)} is not disclosed to {asked.to.name} for "
            f"{asked.to.purpose}, or was taken back already"
        )
    backs = [
        msgspec.structs.replace(
            act,
            id=None,
            stance=Stance.CANNOT_SAY,
            replaces=act.id,
            recorded=None,
            backfilled=False,
            appended=None,
            source=Source(entered_by=asked.name),
            signed_by=asked.name,
        )
        for act in acts
    ]
    receipts = tuple(desk.ledger.append(backs))
    if recipient is None:
        return Handed(receipts, (), None, None)
    return _bundled(desk, asked, (receipts, seals, ()), (recipient, "withdrawal"))


def _recipient(desk: Desk, asked: Asked) -> str:
    """To whom a bundle is encrypted; raises before the act stands where it could not be made."""
    desk.signer()
    return partner(desk, asked.to.agency).recipient


def recipients(desk: Desk, book: str, id_: str) -> list[str]:
    """The readers to whom a statement is disclosed, with the purpose; for whoever removes it."""
    with desk.ledger.store.view() as view:
        row = view.row(book, id_)
        acts = disclosures_of(view, row) if row is not None else []
    facts = [one.fact for one in acts if isinstance(one.fact, Disclosed)]
    return sorted({f"{fact.to} for {fact.purpose}, until {fact.until}" for fact in facts})


def _row(view: View, agency: str, item: str, book: str | None, *, hidden: bool = False) -> Row:
    """The statement that is named, in a book of the agency's own. Raises ``DeskError``."""
    named, id_ = item_of(item)
    books = [named or book] if named or book else [head.book for head in view.heads()]
    own = [one for one in books if one and one.split("/", 1)[0] == agency]
    if not own:
        raise DeskError(
            f"{books[0] if books else 'no book'} is not kept by {agency}; an agency discloses "
            "statements of its own books, and nothing that it was given"
        )
    found = [row for one in own if (row := view.row(one, id_)) is not None]
    if not hidden:
        found = [
            row for row in found if row.entry.seq not in out_of_sight(view.removals(row.entry.book))
        ]
    if len(found) != 1:
        what = "no statement" if not found else f"{len(found)} statements"
        raise DeskError(f"{what} {id_} can be disclosed by {agency}; name it as BOOK:ID")
    return found[0]


def _rule_for(desk: Desk, row: Row, asked: Asked) -> str:
    """The rule by which a statement may go to the reader. Raises ``DeskError`` where none lets it."""
    book, law = row.entry.book, desk.law
    asking = Disclosing(asked.to.role, asked.to.purpose, book, asked.rule, True, True)
    decision = law.discloses(asking)
    if decision.allowed:
        return asked.rule or decision.rules[0]
    would = [
        rule
        for rule in law.rules.by_id
        if law.discloses(asking._replace(rule=rule)).allowed and rule != asked.rule
    ]
    if would:
        told = "; ".join(
            f"{one}: {law.rules.by_id[one].citation}, {law.rules.by_id[one].conditions}"
            for one in would
        )
        remedy = f"if you answer for its conditions, name a rule with --rule ({told})"
    else:
        remedy = "no rule would; ask counsel"
    forbidden = f" ({', '.join(decision.rules)} forbids it)" if decision.rules else ""
    raise DeskError(
        f"{book} may not be disclosed to {asked.to.name} for {asked.to.purpose}"
        f"{f' under {asked.rule}' if asked.rule else ''}{forbidden}; {remedy}"
    )


def _act(row: Row, asked: Asked) -> Statement:
    custodian = row.entry.book.split("/", 1)[0]
    return Statement(
        incident=row.entry.incident,
        book=row.entry.book,
        speaker=Speaker(name=custodian, kind=SpeakerKind.AGENCY, party=custodian),
        stance=Stance.DOES,
        fact=Disclosed(
            item=f"{row.entry.book}:{row.entry.id}",
            to=asked.to.name,
            by=custodian,
            purpose=asked.to.purpose,
            until=moment_text(asked.until) if asked.until else None,
            rule=asked.rule or None,
        ),
        source=Source(entered_by=asked.name),
        signed_by=asked.name,
    )


def _standing(view: View, row: Row, asked: Asked) -> list[Statement]:
    """The disclosures of a statement to the reader that nobody took back."""
    return [
        one
        for one in disclosures_of(view, row)
        if isinstance(one.fact, Disclosed)
        and (one.fact.to, one.fact.purpose) == (asked.to.name, asked.to.purpose)
    ]


def disclosures_of(view: View, row: Row) -> list[Statement]:
    """The disclosures of a statement, to whomever, that nobody took back."""
    book, custodian = row.entry.book, row.entry.book.split("/", 1)[0]
    acts = [one for one in said(view, "disclosed") if one.custodian == custodian]
    replaced = {one.replaces for one in acts}
    return [
        one
        for one in acts
        if isinstance(one.fact, Disclosed)
        and one.stance is Stance.DOES
        and one.id not in replaced
        and one.fact.item is not None
        and item_of(one.fact.item) in ((book, row.entry.id), (None, row.entry.id))
    ]


def _seals(view: View, row: Row) -> list[Row]:
    """The act by which a statement was sealed, if it was."""
    removal = out_of_sight(view.removals(row.entry.book)).get(row.entry.seq)
    if removal is None or removal.what is not Removing.SEALED:
        return []
    act = view.row_at(removal.book, removal.act_seq)
    return [act] if act is not None else []


def _bundled(
    desk: Desk,
    asked: Asked,
    what: tuple[Sequence[Receipt], Sequence[Row], Sequence[Statement]],
    under: tuple[str, str],
) -> Handed:
    receipts, rows, given = what
    with desk.ledger.store.view() as view:
        acts = [view.row(one.book, one.id) for one in receipts]
    whole = [*(row for row in acts if row is not None), *rows]
    carried = [
        Carried(proof, row.salt or b"", row.body or b"")
        for row, proof in zip(whole, entry_proofs(desk, whole), strict=True)
    ]
    terms = Terms(
        sender=desk.owner.agency,
        to=asked.to.name,
        purpose=asked.to.purpose,
        until=moment_text(asked.until) if asked.until else "",
        rule=under[1],
        by=asked.name,
        sent=moment_text(desk.clock()),
        acts=" ".join(one.id for one in receipts),
        statements=str(len(carried)),
        digest=digest_of(carried),
    )
    note = terms_note(terms, desk.signer())
    content = pyrage.encrypt(bundle_bytes(note, carried), [x25519.Recipient.from_str(under[0])])
    return Handed(tuple(receipts), tuple(given), note, content)
