"""A log event as a statement: the word of the element that sent it, kept whole beside.

An element says what it saw, did, sent or received; that is its word alone, and no program makes more
of it (law 6): no weapon, no clearance, no person follows from an event. So an event is a statement of
kind ``other`` by the element, a machine, with basis ``record``: its own log. The agent on whose behalf
it logged is named, and does not become the speaker, for the element alone signed. The event lies
whole, with its signature, in the statement's mark ``x_logevent``: its JSON as the text that was signed,
not in base64, so that whatever looks for words in a statement (a seal, the cover of a confidential
address) finds them. Encoded again it is the event as it came; where a word of it was covered it is
not, and is served no more.

The id of an event is the logging service's to give (``urn:emergency:uid:logid:…``). It is made here
of the signed bytes, so that an event posted again is the same event, on every machine.
"""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any, Final, NamedTuple

import msgspec

from whoseword.books.ids import new_ids
from whoseword.intake.eido import FeedFault
from whoseword.intake.eido.marks import component_id, label
from whoseword.intake.logevents.events import LogEvent, Read, read_event
from whoseword.intake.logevents.kinds import KINDS
from whoseword.intake.logevents.names import moment_of
from whoseword.intake.logevents.signing import (
    Jws,
    NotSigned,
    decoded,
    encoded,
    from_decoded,
    payload_of,
)
from whoseword.words import Basis, Source, Speaker, SpeakerKind, Stance, Statement
from whoseword.words.aftermath import Other
from whoseword.words.times import microseconds

MARK: Final = "x_logevent"
"""The key of a statement that keeps an event whole."""
_LONGEST_TEXT: Final = 2_000
_LONGEST_VALUE: Final = 500


class Mark(msgspec.Struct, frozen=True):
    """An event as it came: its id at the service that took it in, and what was signed, decoded."""

    id: str
    payload: str
    protected: str
    signature: str


class Kept(NamedTuple):
    """An event that a statement keeps."""

    id: str
    jws: Jws
    event: LogEvent
    raw: dict[str, Any]
    at: datetime
    statement: Statement


class Into(NamedTuple):
    """Where events go: the book, and the domain of the service that takes them in."""

    book: str
    domain: str


def log_id(one: Jws, domain: str) -> str:
    """The id of an event at a service: the same for the same signed bytes."""
    return component_id("logid", sha256(encoded(one)).hexdigest(), domain)


def incident_of(incident_id: str) -> str:
    """What an incident is called here by its id: the same as where its objects (EIDO) come in."""
    return label("incident", incident_id)


def incident_name(event: LogEvent) -> str:
    """The incident that an event is of; where it names none, its call, or the log of its element."""
    if event.incident_id is not None:
        return incident_of(event.incident_id)
    if event.call_id is not None:
        return label("call", event.call_id)
    return label("log-of", event.element_id)


def statement_of(read: Read, one: Jws, into: Into) -> Statement:
    """The statement of an event; its id is made of the event, so that twice sent is once kept."""
    event = read.event
    id_ = log_id(one, into.domain)
    digest = sha256(f"{into.book}\n{id_}".encode()).digest()
    moment = moment_of(event.timestamp)
    at = max(0, microseconds(moment)) if moment else 0
    return Statement(
        id=new_ids(1, at, lambda size: digest[:size])[0],
        incident=incident_name(event),
        book=into.book,
        speaker=Speaker(event.element_id, SpeakerKind.AUTOMATON, event.agency_id),
        said=event.timestamp.upper(),
        stance=Stance.AFFIRMS,
        basis=Basis.RECORD,
        fact=Other(text=told(read)),
        source=Source(feed=event.element_id, message=id_),
        reviewed=False,
        extra={MARK: msgspec.to_builtins(Mark(id_, *decoded(one)))},
    )


def told(read: Read) -> str:
    """What an event says, in a line: its kind, and its own fields as they stand there."""
    event, raw = read
    names = [field.name for field in KINDS[event.log_event_type]]
    says = [
        f"{name}: {_short(raw[name])}"
        for name in ("callId", "agencyAgentId", *names)
        if name in raw
    ]
    line = f"{event.log_event_type} at {event.timestamp} by {event.element_id}"
    text = f"{line}; {'; '.join(says)}" if says else line
    return text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]} (cut here)"


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]} (cut here)"


def kept_in(statement: Statement) -> Kept | None:
    """The event that a statement keeps and tells; None where it does not, or where a word is covered."""
    value = statement.extra.get(MARK)
    if value is None:
        return None
    try:
        mark = msgspec.convert(value, Mark)
        jws = from_decoded(mark.payload, mark.protected, mark.signature)
        read = read_event(payload_of(jws))
    except (msgspec.ValidationError, NotSigned, FeedFault):
        return None
    at = moment_of(read.event.timestamp)
    if at is None or mark.id != log_id(jws, mark.id.rpartition(":")[2]):
        return None
    # Whoever says a statement of their own with an event's mark does not make an event of it.
    kept = statement_of(read, jws, Into(statement.book, mark.id.rpartition(":")[2]))
    if _word_of(kept) != _word_of(statement):
        return None
    return Kept(mark.id, jws, read.event, read.raw, at, statement)


def _word_of(one: Statement) -> tuple[object, ...]:
    """Whose word a statement is, of what, and how surely."""
    feed = (one.source.feed, one.source.message)
    return one.id, one.speaker, one.via, one.said, one.stance, one.hedge, one.basis, one.fact, feed


def all_kept(statements: Iterable[Statement]) -> list[Kept]:
    """The events among statements, in the order in which they were recorded; each once."""
    found: dict[str, Kept] = {}
    for one in in_order(statements):
        kept = kept_in(one)
        if kept is not None:
            found.setdefault(kept.id, kept)
    return list(found.values())


def in_order(statements: Iterable[Statement]) -> list[Statement]:
    """Statements in the order in which they were recorded; of one moment and book as they stand."""
    return sorted(statements, key=lambda one: (str(one.recorded), one.book))
