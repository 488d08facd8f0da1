"""Seal and quarantine: what is done when words must not be read any more.

A seal follows a court order: the body, its salt and every copy of its words in the home are
destroyed; the entry, the chain and every proof stay, and the seal is itself a statement of the
same book (law 9). A copy is what quotes the same words of the same document, and the same
statement kept in another book. Quarantine takes a misfiled statement out of everybody's sight on
the word of two people, until somebody decides to put it back or to seal it; nothing is destroyed.

What is to be done is worked out first, as a ``Plan`` that can be shown, and then done in one
transaction with the act that says so.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

import msgspec

from whoseword.books.appending import Appending, Receipt, batch_of
from whoseword.books.bodies import statement_in
from whoseword.books.copies import (
    Span,
    Still,
    apart_from,
    blanked,
    drafts_within,
    overlaps,
    places_of,
    sentences_around,
    still_holding,
)
from whoseword.books.errors import RemovalRefused
from whoseword.books.ids import Entropy
from whoseword.books.protocol import OVERWRITE, Blank, Removal, Removing, Row, View, Writer
from whoseword.books.removed import Removed, marker_of, out_of_sight
from whoseword.words import Basis, Speaker, SpeakerKind, Stance, Statement
from whoseword.words.aftermath import Quarantined, Sealed
from whoseword.words.statement import Source

QUARANTINE_NAMES = 2


class Asked(NamedTuple):
    """Which statement is meant, who acts, and on what ground: the order, or the reason."""

    book: str
    id: str
    by: tuple[str, ...]
    ground: str


class Plan(NamedTuple):
    """What a seal will destroy.

    ``rows`` are the entries whose bodies go, the one named first; ``places`` the spans that become
    unreadable, by document, and ``name`` that document's file name; ``drafts`` the drafts that go. ``still`` lists what holds the same
    words and is not theirs, for people to look at. ``already`` is set where the seal stands.
    """

    rows: tuple[Row, ...]
    places: dict[str, tuple[tuple[int, int], ...]]
    drafts: tuple[str, ...]
    still: tuple[Still, ...]
    already: Removed | None = None
    name: str | None = None


class Done(NamedTuple):
    """What was done: the plan, and the receipts of the acts that say so."""

    plan: Plan
    receipts: tuple[Receipt, ...]


def plan_seal(view: View, asked: Asked) -> Plan:
    """What sealing the statement would destroy. Raises ``RemovalRefused``."""
    row, removal = _named(view, asked)
    if removal is not None and removal.what is Removing.SEALED:
        return Plan((), {}, (), (), marker_of(view, row.entry, removal))
    statement = statement_in(row)
    document = statement.source.document
    places = places_of(view, statement)
    quoting = [] if document is None else _quoting(view, document)
    rows = [row, *_copies(view, row, statement, quoting)]
    going = {(one.entry.book, one.entry.seq) for one in rows}
    others = [span for one, span in quoting if (one.entry.book, one.entry.seq) not in going]
    kept = view.document(document) if document is not None and places else None
    around = sentences_around(kept.text, places) if kept is not None else []
    return Plan(
        rows=tuple(rows),
        places={kept.sha256: apart_from(around, others)} if kept is not None else {},
        drafts=tuple(drafts_within(view, kept.sha256, around)) if kept is not None else (),
        still=tuple(still_holding(view, statement, rows)),
        name=kept.name if kept is not None else None,
    )


def seal(writer: Writer, now: int, entropy: Entropy, asked: Asked) -> Done:
    """Destroy what the order seals, and say so in the same transaction.

    ``now`` is in microseconds since 1970. What deleted rows leave in the store's files has to be
    written over afterwards (``Store.overwrite``); until then the setting ``OVERWRITE`` stands.
    Raises ``RemovalRefused``, and then nothing was done.
    """
    _some_ground(asked, "the order")
    plan = plan_seal(writer, asked)
    acts = [
        _act(row, asked, Sealed(item=row.entry.id, by=asked.by[0], authority=asked.ground))
        for row in plan.rows
    ]
    receipts = _append(writer, now, entropy, acts)
    for row, receipt in zip(plan.rows, receipts, strict=True):
        entry = row.entry
        writer.remove(Removal(entry.book, entry.seq, Removing.SEALED, receipt.seq))
    for document, spans in plan.places.items():
        _blank(writer, document, spans, plan.rows[0])
    writer.drop_drafts(plan.drafts)
    if plan.rows:
        writer.set_setting(OVERWRITE, "due")
    return Done(plan, tuple(receipts))


def quarantine(writer: Writer, now: int, entropy: Entropy, asked: Asked) -> Receipt:
    """Take a statement out of everybody's sight. Raises ``RemovalRefused``."""
    _two_people(asked)
    row, removal = _named(writer, asked)
    if removal is not None:
        raise RemovalRefused(
            f"{asked.id} in {asked.book} is {removal.what.value} already; nothing was done"
        )
    fact = Quarantined(item=asked.id, by=tuple(sorted(asked.by)), reason=asked.ground)
    (receipt,) = _append(writer, now, entropy, [_act(row, asked, fact)])
    writer.remove(Removal(asked.book, row.entry.seq, Removing.QUARANTINED, receipt.seq))
    return receipt


def put_back(writer: Writer, now: int, entropy: Entropy, asked: Asked) -> Receipt:
    """End a quarantine: everybody who may open the book reads the statement again.

    The act denies the quarantine and replaces the one that began it. Raises ``RemovalRefused``.
    """
    _two_people(asked)
    row, removal = _named(writer, asked)
    if removal is None or removal.what is not Removing.QUARANTINED:
        state = "in no quarantine" if removal is None else "sealed, and cannot be put back"
        raise RemovalRefused(f"{asked.id} in {asked.book} is {state}; nothing was done")
    began = writer.row_at(asked.book, removal.act_seq)
    fact = Quarantined(item=asked.id, by=tuple(sorted(asked.by)), reason=asked.ground)
    act = msgspec.structs.replace(
        _act(row, asked, fact), stance=Stance.DENIES, replaces=began.entry.id if began else None
    )
    (receipt,) = _append(writer, now, entropy, [act])
    writer.remove(Removal(asked.book, row.entry.seq, Removing.RETURNED, receipt.seq))
    return receipt


def _named(view: View, asked: Asked) -> tuple[Row, Removal | None]:
    row = view.row(asked.book, asked.id)
    if row is None:
        raise RemovalRefused(
            f"no statement {asked.id} stands in {asked.book}; `whoseword account` lists the ids"
        )
    removals = view.removals(asked.book)
    if any(removal.act_seq == row.entry.seq for removal in removals):
        raise RemovalRefused(
            f"{asked.id} in {asked.book} is itself an act that sealed, quarantined or put back; "
            "it says why something is missing, and stays"
        )
    return row, out_of_sight(removals).get(row.entry.seq)


def _quoting(view: View, document: str) -> list[tuple[Row, Span]]:
    """Every entry that quotes a document, with the span that it quotes."""
    found = []
    for row in view.rows_holding(document.encode()):
        source = statement_in(row).source
        if source.document == document and source.start is not None and source.end is not None:
            found.append((row, (source.start, source.end)))
    return found


def _copies(
    view: View, named: Row, statement: Statement, quoting: Sequence[tuple[Row, Span]]
) -> list[Row]:
    """The other entries that carry the statement's words: see the module's first lines."""
    places = places_of(view, statement) or _own_span(statement)
    found = {
        (row.entry.book, row.entry.seq): row for row, span in quoting if overlaps(span, places)
    }
    for row in view.rows_holding(named.entry.id.encode()):
        if row.entry.id == named.entry.id and _same_words(statement_in(row), statement):
            found[row.entry.book, row.entry.seq] = row
    found.pop((named.entry.book, named.entry.seq), None)
    acts = {(book, removal.act_seq) for book, _ in found for removal in view.removals(book)}
    return [found[key] for key in sorted(found.keys() - acts)]


def _own_span(statement: Statement) -> tuple[Span, ...]:
    """What a statement quotes of a document that this home may not keep."""
    source = statement.source
    if source.document is None or source.start is None or source.end is None:
        return ()
    return ((source.start, source.end),)


def _same_words(one: Statement, other: Statement) -> bool:
    return (one.incident, one.speaker, one.stance, one.fact) == (
        other.incident,
        other.speaker,
        other.stance,
        other.fact,
    )


def _blank(writer: Writer, document: str, spans: Sequence[tuple[int, int]], sealed: Row) -> None:
    """Make spans of a kept text unreadable; offsets elsewhere in the text stay what they were."""
    text = writer.text_of(document)
    if text is None:
        return
    for start, end in spans:
        text = blanked(text, start, end)
        digest = sha256(text.encode()).hexdigest()
        blank = Blank(document, start, end, digest, sealed.entry.book, sealed.entry.seq)
        writer.blank(blank, text)


def _append(writer: Writer, now: int, entropy: Entropy, acts: Sequence[Statement]) -> list[Receipt]:
    appending = Appending(writer, now, entropy)
    receipts = appending.add(batch_of(acts, False, now, entropy))
    appending.write()
    return receipts


def _act(row: Row, asked: Asked, fact: Sealed | Quarantined) -> Statement:
    """The act as a statement of the custodian of the book in which the entry stands."""
    names = " and ".join(asked.by)
    return Statement(
        incident=row.entry.incident,
        book=row.entry.book,
        speaker=Speaker(asked.by[0], SpeakerKind.OFFICIAL, row.entry.book.split("/", 1)[0]),
        stance=Stance.DOES,
        basis=Basis.TOOK_PART,
        fact=fact,
        source=Source(entered_by=names),
        signed_by=names,
    )


def _some_ground(asked: Asked, what: str) -> None:
    if not asked.ground.strip() or not all(name.strip() for name in asked.by):
        raise RemovalRefused(f"{what} and the names may not be empty; nothing was done")


def _two_people(asked: Asked) -> None:
    _some_ground(asked, "the reason")
    names = {" ".join(name.casefold().split()) for name in asked.by}
    if len(names) < QUARANTINE_NAMES:
        raise RemovalRefused(
            "a quarantine is begun and ended by two people; name both; nothing was done"
        )
