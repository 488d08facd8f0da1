"""Hold or may engage at the desk: what a reader opens, and weapons whoever may open them.

The one place where safety comes before secrecy (contract, section 3): a hold may rest on a weapon
statement of a public, response or incident book that its reader cannot open. What is drawn for that
is used for nothing else, and shows the rule alone.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from whoseword.access import Reader, read_rules
from whoseword.account import rules_hash
from whoseword.books.received import received_statement
from whoseword.contacts import Call
from whoseword.doors.call_briefs import brief_of_call, read_for_call
from whoseword.doors.confidential import cover_of
from whoseword.doors.desk import Desk
from whoseword.intake.unread import words_to_read
from whoseword.response import (
    CLASSES,
    Advice,
    Drawn,
    Note,
    Replay,
    SideBySide,
    Terms,
    advise,
    advise_now,
    now_at,
    read_terms,
    replay,
    side_by_side,
)
from whoseword.words import BookClass, Statement
from whoseword.words.times import microseconds

_FOR_SAFETY = frozenset(
    one.value for one in (BookClass.PUBLIC, BookClass.RESPONSE, BookClass.INCIDENT)
)


def advice_at(desk: Desk, incident: str, reader: Reader, at: datetime | None) -> Advice:
    """The advice on an incident as of a moment; now, and never before what is here, if none."""
    until = at or latest(desk)
    _, told = desk.read("advise", incident, reader, until)
    drawn = _drawn(desk, incident, told.statements, until)
    terms, zone = terms_of(desk), desk.zone
    if at is None:
        return advise_now(drawn, incident=incident, clock=desk.clock(), terms=terms, zone=zone)
    return advise(drawn, incident=incident, at=at, terms=terms, zone=zone)


def replayed(desk: Desk, incident: str, reader: Reader) -> Replay:
    """What was knowable to a reader, and advised, at each recorded moment of an incident."""
    until = latest(desk)
    _, told = desk.read("replay", incident, reader, until)
    _, of_all = read_for_call(desk, incident, reader, until)
    drawn = _drawn(desk, incident, told.statements, until)
    return replay(
        drawn,
        incident=incident,
        at=now_at(drawn, desk.clock()),
        terms=terms_of(desk),
        brief_at=brief_of_call(desk, Call(incident, told_in=CLASSES), of_all, reader),
        zone=desk.zone,
    )


def beside(desk: Desk, incident: str, reader: Reader, other: Terms) -> SideBySide:
    """A replay under the home's rules of advice, and under others beside them."""
    until = latest(desk)
    _, told = desk.read("replay", incident, reader, until)
    drawn = _drawn(desk, incident, told.statements, until)
    return side_by_side(
        drawn,
        incident=incident,
        at=now_at(drawn, desk.clock()),
        terms=(terms_of(desk), other),
        zone=desk.zone,
    )


def terms_in(folder: Path) -> Terms:
    """What the rules of a folder say of advice, no optional file of theirs adopted.

    Raises ``RulesFault``.
    """
    rules = read_rules(folder)
    return read_terms(rules.files, rules_hash(rules.sha256))


def terms_of(desk: Desk) -> Terms:
    """What the home's rules say of advice, those of the services that it has taken up among them."""
    rules = desk.rules.rules
    return read_terms(rules.files, rules_hash(rules.sha256))


def latest(desk: Desk) -> datetime:
    """Now, or the latest moment recorded here, whichever is later: a clock may be behind."""
    behind = desk.clock_behind()
    return behind[1] if behind is not None else desk.clock()


def _drawn(desk: Desk, incident: str, opened: Sequence[Statement], until: datetime) -> Drawn:
    """What advice draws on: what is opened, what safety opens, what is unread, what others sent."""
    safe = for_safety(desk, incident, until)
    return Drawn(opened, safe, notes_in(opened), received_in(desk, incident))


def received_in(desk: Desk, incident: str | None) -> frozenset[tuple[str, str | None]]:
    """The statements of an incident, or of all, that other homes sent, by book and id."""
    with desk.ledger.store.view() as view:
        return frozenset(
            (book, one.id)
            for book in view.received_books()
            for one in view.received(book, incident, None)
        )


def for_safety(desk: Desk, incident: str | None, until: datetime) -> list[Statement]:
    """The statements of an incident, or of all, in books of the classes that safety draws on."""
    with desk.ledger.store.view() as view:
        books = [one.book for one in view.heads() if is_for_safety(one.book)]
        received = [
            received_statement(one)
            for book in view.received_books()
            if is_for_safety(book)
            for one in view.received(book, incident, microseconds(until))
            if one.body is not None
        ]
        cover = cover_of(view)
    told = desk.ledger.told(books, incident=incident, until=until).statements + received
    return [cover.statement(one) for one in told] if cover else told


def notes_in(opened: Iterable[Statement]) -> dict[tuple[str, str | None], Note]:
    """The words among statements that a feed brought and nobody has looked at."""
    found = ((one, words_to_read(one)) for one in opened)
    return {(one.book, one.id): Note(*words) for one, words in found if words is not None}


def is_for_safety(book: str) -> bool:
    """Whether safety draws on a book of that name, whoever reads."""
    return book.split("/")[1] in _FOR_SAFETY
