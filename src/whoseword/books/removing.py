"""Seal and quarantine: what is done when words must not be read any more.

A seal follows a court order: the body, its salt and every copy of its words in the home are
destroyed; the entry, the chain and every proof stay, and the seal is itself a statement of the
same book (law 9). A copy is what quotes the same words of the same document, and the same
statement kept in another book. Quarantine takes a misfiled statement out of everybody's sight on
the word of two people, until somebody decides to put it back or to seal it; nothing is destroyed.

What is to be done is worked out first, as a ``Plan`` that can be shown, and then done in one
transaction with the act that says so.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

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
from whoseword.books.protocol import Blank, Removal, Row, View, Writer
from whoseword.books.removed import Removed, marker_of, out_of_sight
from whoseword.books.removings import Removing
from whoseword.books.tables import OVERWRITE
from whoseword.words import Basis, Speaker, SpeakerKind, Stance, Statement
from whoseword.words.aftermath import Quarantined, Sealed
from whoseword.words.statement import Source

QUARANTINE_NAMES = 2
MARK = "x_removal"
"""What an act of this module carries beside its words; nobody else may say it."""
LEFT = "x_left"
"""The digest of each kept text as the seal left it, so that the chain holds it."""
OUTSIDE = "outside"
"""The setting that names the incidents whose written files a seal still has to reach."""
_KEEPER, ELSEWHERE = "keeper of the home", "an order that is kept elsewhere"


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
    words and is not theirs, for people to look at. ``already`` is set where the seal stands;
    ``incidents`` are those whose pages may show the words.
    """

    rows: tuple[Row, ...]
    places: dict[str, tuple[tuple[int, int], ...]]
    drafts: tuple[str, ...]
    still: tuple[Still, ...]
    already: Removed | None = None
    name: str | None = None
    incidents: tuple[str, ...] = ()


class Done(NamedTuple):
    """What was done: the plan, and the receipts of the acts that say so."""

    plan: Plan
    receipts: tuple[Receipt, ...]


def plan_seal(view: View, asked: Asked) -> Plan:
    """What sealing the statement would destroy. Raises ``RemovalRefused``."""
    some_ground(asked, "the order")
    row, removal = _named(view, asked)
    if removal is not None and removal.what is Removing.SEALED:
        return Plan((), {}, (), (), marker_of(view, row.entry, removal))
    statement = statement_in(row)
    quoting = _quoting(view, statement.source.document)
    rows = [row, *_copies(view, row, statement, quoting)]
    going = {(one.entry.book, one.entry.seq) for one in rows}
    others = [one for one in quoting if (one.row.entry.book, one.row.entry.seq) not in going]
    spans = [one.span for one in others]
    again = places_of(view, statement)
    places = [one for one in again if not overlaps(one, spans)]
    document = statement.source.document
    kept = view.document(document) if document is not None and again else None
    around = apart_from(sentences_around(kept.text, places), spans) if kept is not None else ()
    return Plan(
        rows=tuple(rows),
        places={kept.sha256: around} if kept is not None else {},
        drafts=tuple(drafts_within(view, kept.sha256, around)) if kept is not None else (),
        still=tuple(still_holding(view, statement, rows)),
        name=kept.name if kept is not None else None,
        incidents=_incidents(view, document, [*rows, *(one.row for one in others)]),
    )


def _incidents(view: View, document: str | None, rows: Sequence[Row]) -> tuple[str, ...]:
    """The incidents whose pages may show the words: those in which the document was read, too."""
    read_for = view.incidents_of(document) if document is not None else []
    return tuple(sorted({*read_for, *(row.entry.incident for row in rows)}))


def seal(writer: Writer, now: int, entropy: Entropy, asked: Asked) -> Done:
    """Destroy what the order seals, and say so in the same transaction.

    ``now`` is in microseconds since 1970. What deleted rows leave in the store's files has to be
    written over afterwards (``Store.overwrite``); until then the setting ``OVERWRITE`` stands.
    Raises ``RemovalRefused``, and then nothing was done.
    """
    plan = plan_seal(writer, asked)
    left = {document: _left(writer, document, spans) for document, spans in plan.places.items()}
    digests = {key: digest_of(text) for key, text in left.items()}
    acts = [_sealing(row, plan.rows[0], asked, digests) for row in plan.rows]
    receipts = append_acts(writer, now, entropy, acts)
    for row, receipt in zip(plan.rows, receipts, strict=True):
        entry = row.entry
        writer.remove(Removal(entry.book, entry.seq, Removing.SEALED, receipt.seq))
    for document, text in left.items():
        _blank(writer, plan.places[document], Blanking(document, text), plan.rows[0])
    writer.drop_drafts(plan.drafts)
    if plan.rows:
        writer.set_setting(OVERWRITE, "due")
        reach_outside(writer, plan.incidents)
    return Done(plan, tuple(receipts))


def reach_outside(writer: Writer, incidents: Iterable[str]) -> None:
    """Note that written files of these incidents are still to be destroyed."""
    due = {*_due(writer), *incidents}
    writer.set_setting(OUTSIDE, msgspec.json.encode(sorted(due)).decode())


def _due(view: View) -> list[str]:
    return outside_due(view) or []


def outside_due(view: View) -> list[str] | None:
    """The incidents whose written files a seal still has to reach; None where nothing is due."""
    due = view.setting(OUTSIDE)
    return msgspec.json.decode(due, type=list[str]) if due else None


def _sealing(row: Row, named: Row, asked: Asked, left: dict[str, str]) -> Statement:
    """The act for one entry.

    In the book that the order names it says all. A copy may stand in a book with other readers, of
    another custodian: there it says that it was sealed, and nothing of the order (law 3).
    """
    if row.entry.book == named.entry.book:
        fact = Sealed(item=row.entry.id, by=asked.by[0], authority=asked.ground)
        act = act_of(row, asked, fact)
        extra: dict[str, Any] = {MARK: Removing.SEALED.value, LEFT: left} if left else {}
    else:
        quiet = Asked(row.entry.book, row.entry.id, (_KEEPER,), ELSEWHERE)
        act = act_of(row, quiet, Sealed(item=row.entry.id, by=_KEEPER, authority=ELSEWHERE))
        act = msgspec.structs.replace(act, speaker=Speaker(_KEEPER, SpeakerKind.OFFICIAL))
        extra = {}
    return msgspec.structs.replace(act, extra={MARK: Removing.SEALED.value} | extra)


def _left(view: View, document: str, spans: Sequence[Span]) -> str:
    """The kept text of a document as the seal leaves it."""
    text = view.text_of(document) or ""
    for start, end in spans:
        text = blanked(text, start, end)
    return text


def quarantine(writer: Writer, now: int, entropy: Entropy, asked: Asked) -> Receipt:
    """Take a statement out of everybody's sight. Raises ``RemovalRefused``."""
    two_people(asked)
    row, removal = _named(writer, asked)
    if removal is not None:
        raise RemovalRefused(
            f"{asked.id} in {asked.book} is {removal.what.value} already; nothing was done"
        )
    fact = Quarantined(item=asked.id, by=tuple(sorted(asked.by)), reason=asked.ground)
    act = msgspec.structs.replace(
        act_of(row, asked, fact), extra={MARK: Removing.QUARANTINED.value}
    )
    (receipt,) = append_acts(writer, now, entropy, [act])
    writer.remove(Removal(asked.book, row.entry.seq, Removing.QUARANTINED, receipt.seq))
    return receipt


def put_back(writer: Writer, now: int, entropy: Entropy, asked: Asked) -> Receipt:
    """End a quarantine: everybody who may open the book reads the statement again.

    The act denies the quarantine and replaces the one that began it. Raises ``RemovalRefused``.
    """
    two_people(asked)
    row, removal = _named(writer, asked)
    if removal is None or removal.what is not Removing.QUARANTINED:
        state = "in no quarantine" if removal is None else "sealed, and cannot be put back"
        raise RemovalRefused(f"{asked.id} in {asked.book} is {state}; nothing was done")
    began = writer.row_at(asked.book, removal.act_seq)
    fact = Quarantined(item=asked.id, by=tuple(sorted(asked.by)), reason=asked.ground)
    act = msgspec.structs.replace(
        act_of(row, asked, fact),
        stance=Stance.DENIES,
        replaces=began.entry.id if began else None,
        extra={MARK: Removing.RETURNED.value},
    )
    (receipt,) = append_acts(writer, now, entropy, [act])
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


class Quoting(NamedTuple):
    """An entry that quotes a document: where, and who speaks."""

    row: Row
    span: Span
    speaker: Speaker


def _quoting(view: View, document: str | None) -> list[Quoting]:
    """Every entry that quotes a document."""
    found = []
    for row in view.rows_holding(document.encode()) if document is not None else ():
        statement = statement_in(row)
        source = statement.source
        if source.document == document and source.start is not None and source.end is not None:
            found.append(Quoting(row, (source.start, source.end), statement.speaker))
    return found


def _copies(view: View, named: Row, statement: Statement, quoting: Sequence[Quoting]) -> list[Row]:
    """The other entries that carry the statement's words: see ``copies``."""
    own, again = _own_span(statement), places_of(view, statement)
    found = {
        (one.row.entry.book, one.row.entry.seq): one.row
        for one in quoting
        if overlaps(one.span, own)
        or (one.speaker == statement.speaker and overlaps(one.span, again))
    }
    for row in view.rows_holding(named.entry.id.encode()):
        if row.entry.id == named.entry.id and _same_words(statement_in(row), statement):
            found[row.entry.book, row.entry.seq] = row
    found.pop((named.entry.book, named.entry.seq), None)
    acts = {(book, removal.act_seq) for book, _ in found for removal in view.removals(book)}
    return [found[key] for key in sorted(found.keys() - acts)]


def _own_span(statement: Statement) -> tuple[Span, ...]:
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


class Blanking(NamedTuple):
    """A document, and its text as a seal leaves it."""

    document: str
    text: str


def _blank(writer: Writer, spans: Sequence[Span], blanking: Blanking, sealed: Row) -> None:
    """Make spans of a kept text unreadable; offsets elsewhere in the text stay what they were."""
    digest = digest_of(blanking.text)
    for start, end in spans:
        blank = Blank(blanking.document, start, end, digest, sealed.entry.book, sealed.entry.seq)
        writer.blank(blank, blanking.text)


def digest_of(text: str) -> str:
    """The hex SHA-256 of a kept text."""
    return sha256(text.encode()).hexdigest()


def append_acts(
    writer: Writer, now: int, entropy: Entropy, acts: Sequence[Statement]
) -> list[Receipt]:
    """Append acts in the transaction that does what they say."""
    appending = Appending(writer, now, entropy)
    receipts = appending.add(batch_of(acts, False, now, entropy))
    appending.write()
    return receipts


def act_of(row: Row, asked: Asked, fact: Sealed | Quarantined) -> Statement:
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


def some_ground(asked: Asked, what: str) -> None:
    """Raise ``RemovalRefused`` where a ground or a name is missing or cannot be shown."""
    if any(unicodedata.category(one) == "Cc" for one in "".join((asked.ground, *asked.by))):
        raise RemovalRefused(
            f"{what} and the names are shown in every view, and may hold no control characters; "
            "nothing was done"
        )
    if not asked.ground.strip() or not all(name.strip() for name in asked.by):
        raise RemovalRefused(f"{what} and the names may not be empty; nothing was done")


def two_people(asked: Asked) -> None:
    """Raise ``RemovalRefused`` unless two people act on a ground."""
    some_ground(asked, "the reason")
    names = {" ".join(name.casefold().split()) for name in asked.by}
    if len(names) < QUARANTINE_NAMES:
        raise RemovalRefused(
            "a quarantine is begun and ended by two people; name both; nothing was done"
        )
