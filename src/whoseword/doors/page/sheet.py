"""What the page shows, put in order before a template sees it: rows with words and addresses.

Every line leads to its exact words (law 8: every conclusion carries its reasons): a position to
its statements, a statement to its span in the document's text. The template prints and decides
nothing.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from whoseword.account import Account, MatterView, Position
from whoseword.account.values import shown_value
from whoseword.books import Document
from whoseword.doors.faces import (
    Group,
    corrects,
    findings_of,
    groups_of,
    in_time_order,
    positions_in_order,
    replacements,
    same_words,
)
from whoseword.doors.page.spans import Marked, Span, marked
from whoseword.doors.plain_words import (
    NOT_REVIEWED,
    answer_line,
    basis_line,
    chain_line,
    finding_line,
    happened_line,
    moment_line,
    position_line,
    said_line,
    speaker_line,
    voices_line,
)
from whoseword.doors.source_words import clock_line, reader_lines, seen_line
from whoseword.words import Occasion, Statement, matter_of
from whoseword.words.kinds import values_of
from whoseword.words.vocabulary import MEANINGS

_PLAIN_IN_ADDRESS = re.compile(r"[^A-Za-z0-9-]")


class DocumentText(msgspec.Struct, frozen=True):
    """A document that this home holds, as far as the page shows it.

    ``sha256`` is the lower-case hex digest of its bytes, ``text`` the text that spans count, in
    characters.
    """

    name: str
    sha256: str
    media_type: str
    text: str


def text_of(document: Document) -> DocumentText:
    """A kept document as the page shows it."""
    return DocumentText(document.name, document.sha256, document.media_type, document.text)


class Link(NamedTuple):
    """Words, and the address they lead to, None where that is not on the page."""

    words: str
    address: str | None


class Entry(NamedTuple):
    """One statement: its number in time order, its words, and where they stand.

    ``span`` is the address of its words in the document's text, None where that is not shown;
    ``place`` says where they stand in words, ``missing`` why their document is not shown.
    ``matter`` is the matter that it counts in, ``entered_as`` its own label where names were
    joined since. ``facts`` are names and words of all else that was stated.
    """

    number: int
    id: str
    address: str
    one: Statement
    speaker: str
    chain: str
    basis: str
    matter: Link
    entered_as: str | None
    claim: str
    facts: tuple[tuple[str, str], ...]
    span: str | None
    place: str
    missing: str | None
    replaced_by: str | None
    corrects: tuple[str, ...]


class Row(NamedTuple):
    """One position: its words, who takes it, and the statements behind it.

    ``evidence`` holds them by the words that they share; ``unreviewed`` says whether nobody looked
    at them, or at some of them, one by one.
    """

    line: str
    position: Position
    entries: tuple[Entry, ...]
    evidence: tuple[tuple[Entry, ...], ...]
    unreviewed: str
    implied_by: Link | None
    replaced_by: Entry | None


class Block(NamedTuple):
    """One matter: where it stands and why, its positions and notes."""

    address: str
    view: MatterView
    voices: str
    because: tuple[Entry, ...]
    findings: tuple[tuple[str, Entry], ...]
    rows: tuple[Row, ...]
    notes: tuple[tuple[str, Link, str], ...]


class Paper(NamedTuple):
    """One document and how many statements quote it."""

    address: str
    document: DocumentText
    text: Marked
    quoted: int


class Sheet(NamedTuple):
    """All that the template reads."""

    view: Account
    groups: tuple[Group, ...]
    blocks: Mapping[str, Block]
    entries: Mapping[str, Entry]
    papers: tuple[Paper, ...]
    not_held: Mapping[str, tuple[Entry, ...]]
    unreviewed: int


def sheet_of(view: Account, documents: Mapping[str, DocumentText]) -> Sheet:
    """The rows of the page, from the account and the documents that it quotes by digest."""
    entries = _entries(view, documents)
    questions = {one.matter: one.question for one in view.matters}
    missing: dict[str, list[Entry]] = {}
    for entry in entries.values():
        digest = entry.one.source.document
        if digest is not None and digest not in documents:
            missing.setdefault(digest, []).append(entry)
    return Sheet(
        view=view,
        groups=groups_of(view),
        blocks={one.matter: _block(one, entries, questions) for one in view.matters},
        entries=entries,
        papers=tuple(_papers(entries, documents)),
        not_held={digest: tuple(missing[digest]) for digest in sorted(missing)},
        unreviewed=sum(not entry.one.reviewed for entry in entries.values()),
    )


def statement_address(key: str) -> str:
    """The address of a statement on the page; two ids never share one."""
    return f"s-{_address(key)}"


def words_address(key: str) -> str:
    """The address of a statement's words in the document's text."""
    return f"w-{_address(key)}"


def matter_address(label: str) -> str:
    """The address of a matter on the page, the same on every page."""
    return f"m-{hashlib.sha256(label.encode()).hexdigest()[:16]}"


def _address(key: str) -> str:
    return _PLAIN_IN_ADDRESS.sub(lambda found: f"_{ord(found[0]):x}_", key)


def _entries(view: Account, documents: Mapping[str, DocumentText]) -> dict[str, Entry]:
    replaced = replacements(view)
    matters = _matters_by_statement(view)
    entries = {}
    for number, (key, one) in enumerate(in_time_order(view.statements), start=1):
        document = documents.get(one.source.document or "")
        held = _stands_in(one, document)
        label = matter_of(one.fact).label
        matter = matters.get(key)
        value = shown_value(values_of(one.fact))
        question = matter.question if matter else label
        entries[key] = Entry(
            number=number,
            id=key,
            address=statement_address(key),
            one=one,
            speaker=speaker_line(one.speaker),
            chain=chain_line(one.via),
            basis=basis_line(one),
            matter=Link(question, matter_address(matter.matter) if matter else None),
            entered_as=label if matter and matter.matter != label else None,
            claim=answer_line(question, one.stance, one.hedge, value, one.fact.happened),
            facts=_facts(one),
            span=words_address(key) if held else None,
            place=_place(one, document),
            missing=None if held else _why_missing(one, document),
            replaced_by=replaced.get(key),
            corrects=corrects(key, view),
        )
    return entries


def _matters_by_statement(view: Account) -> dict[str, MatterView]:
    """The matter that each statement is on in its own words, not by what they imply."""
    return {
        key: matter
        for matter in view.matters
        for position in matter.positions
        if position.implied_by is None
        for key in position.statements
    }


def _facts(one: Statement) -> tuple[tuple[str, str], ...]:
    """What is known of one statement, a name and words each; what was not stated is left out."""
    occasion = one.occasion
    told = (
        ("Stance", MEANINGS[one.stance]),
        ("Hedge", MEANINGS[one.hedge]),
        ("Basis", basis_line(one)),
        ("Said", said_line(one.said) if one.said else ""),
        ("Happened", happened_line(one.fact.happened)),
        ("Occasion", _occasion(occasion) if occasion else ""),
        ("Recorded", moment_line(one.recorded)),
        ("Backfilled", f"yes, entered {moment_line(one.appended)}" if one.backfilled else ""),
        ("Signed by", one.signed_by or "nobody named"),
        ("Read by machine", seen_line(one.extra)),
        ("Second reader", "; ".join(reader_lines(one.extra))),
        ("Recording", clock_line(one.extra)),
        ("Book", one.book),
    )
    return tuple((name, words) for name, words in told if words)


def _occasion(occasion: Occasion) -> str:
    told = [occasion.kind]
    if occasion.sworn:
        told.append("sworn")
    if occasion.compelled:
        told.append("compelled")
    if occasion.held_by:
        told.append(f"held by {occasion.held_by}")
    return ", ".join(told)


def _stands_in(one: Statement, document: DocumentText | None) -> bool:
    source = one.source
    if document is None or source.start is None or source.end is None:
        return False
    return source.start < source.end and document.text[source.start : source.end] == source.quote


def _place(one: Statement, document: DocumentText | None) -> str:
    source = one.source
    if source.feed is not None:
        return f"feed {source.feed}, message {source.message}"
    if source.document is None:
        return f"entered by {source.entered_by}"
    name = document.name if document else f"document {source.document[:12]}…"
    page = f"page {source.page}, " if source.page else ""
    place = f"{name}, {page}characters {source.start}–{source.end}"
    if source.seconds:
        place += f", seconds {source.seconds[0]:g}–{source.seconds[1]:g}"
    return place


def _why_missing(one: Statement, document: DocumentText | None) -> str | None:
    if one.source.document is None:
        return None
    if document is None and one.source.unchecked:
        return "this home does not hold the document, so nobody here has checked the words"
    if document is None:
        return "checked against the document when recorded; the document is not part of this page"
    return "these words do not stand at this place in the text that this home holds"


def _block(view: MatterView, entries: Mapping[str, Entry], questions: Mapping[str, str]) -> Block:
    return Block(
        address=matter_address(view.matter),
        view=view,
        voices=voices_line(view),
        because=tuple(entries[key] for key in view.because.statements),
        findings=tuple((finding_line(entries[key].one), entries[key]) for key in findings_of(view)),
        rows=tuple(
            _row(view.question, one, entries, questions) for one in positions_in_order(view)
        ),
        notes=tuple(
            (note.kind, _matter_link(note.with_, questions), note.why) for note in view.notes
        ),
    )


def _row(
    question: str,
    position: Position,
    entries: Mapping[str, Entry],
    questions: Mapping[str, str],
) -> Row:
    implied = position.implied_by
    return Row(
        line=position_line(question, position),
        position=position,
        entries=tuple(entries[key] for key in position.statements),
        evidence=tuple(
            tuple(entries[key] for key in keys)
            for keys in same_words(
                position.statements, {key: entries[key].one for key in position.statements}
            )
        ),
        unreviewed=_unreviewed([entries[key].one for key in position.statements]),
        implied_by=_matter_link(implied, questions) if implied else None,
        replaced_by=entries.get(position.replaced_by or ""),
    )


def _unreviewed(statements: Sequence[Statement]) -> str:
    if all(one.reviewed for one in statements):
        return ""
    in_part = any(one.reviewed for one in statements)
    return f"in part {NOT_REVIEWED}" if in_part else NOT_REVIEWED


def _matter_link(label: str, questions: Mapping[str, str]) -> Link:
    if label in questions:
        return Link(questions[label], matter_address(label))
    return Link(label, None)


def _papers(entries: Mapping[str, Entry], documents: Mapping[str, DocumentText]) -> Iterable[Paper]:
    for document in sorted(documents.values(), key=lambda one: (one.name, one.sha256)):
        quoting = [one for one in entries.values() if one.one.source.document == document.sha256]
        spans = [
            Span(
                one.one.source.start or 0,
                one.one.source.end or 0,
                one.span,
                one.address,
                one.number,
            )
            for one in quoting
            if one.span is not None
        ]
        yield Paper(f"d-{document.sha256}", document, marked(document.text, spans), len(quoting))
