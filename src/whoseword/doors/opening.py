"""What a reader opens: whole books by their class, then single statements that were disclosed.

Chosen before any view is computed, so that what is not open can change no byte of it (law 3).
Statements that another home sent are opened by their custodian's grant alone: to the reader, for
the purpose and until the end that it names, and to nobody else here, whosever the home is.
"""

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import NamedTuple

from whoseword.access import Grant, Law, Reader, allowed_by, grants_of
from whoseword.books import Read, Removed, Told
from whoseword.books.bodies import statement_in
from whoseword.books.exchanged import Received, RuleSetKept
from whoseword.books.protocol import Head, Removing, Row, View, Writer
from whoseword.books.reads import log_read
from whoseword.books.received import received_statement
from whoseword.books.removed import marker_of, out_of_sight, who_and_why
from whoseword.words import Statement, WordFault
from whoseword.words.aftermath import Assigned, BrokeGlass
from whoseword.words.times import microseconds, moment_from, moment_text, parse_moment
from whoseword.words.vocabulary import Stance


class Opened(NamedTuple):
    """What a reader opens at a moment: heads of books, rows of this home, rows of other homes.

    ``by`` tells the ids of the rules that opened each book, and each single statement (BOOK:ID).
    """

    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    received: tuple[Received, ...]
    by: dict[str, tuple[str, ...]]

    @property
    def books(self) -> list[str]:
        """The books that are open as a whole."""
        return [head.book for head in self.heads]

    @property
    def granted(self) -> list[str]:
        """The statements that are open one by one, BOOK:ID, sorted."""
        rows = [f"{row.entry.book}:{row.entry.id}" for row in self.rows]
        return sorted(rows + [f"{one.book}:{one.id}" for one in self.received])


class Asker(NamedTuple):
    """Who reads, in whose home, under which law, at which moment; dates are read in the zone."""

    reader: Reader
    owner: Reader
    law: Law
    now: datetime
    zone: tzinfo


def opened(view: View, asker: Asker, incident: str | None) -> Opened:
    """What a reader opens of a home, for one incident or for all."""
    assigned = _is_assigned(view, asker, incident)
    by: dict[str, tuple[str, ...]] = {}
    heads = []
    for head in view.heads():
        decision = asker.law.opens(asker.reader, head.book, asker.owner, assigned=assigned)
        if decision.allowed:
            heads.append(head)
            by[head.book] = decision.rules
    rows: dict[str, Row] = {}
    received: dict[str, Received] = {}
    for grant in grants_of(_acts(view), asker.reader, asker.now, asker.zone):
        for row in _own_rows(view, grant):
            entry, name = row.entry, f"{row.entry.book}:{row.entry.id}"
            rules = allowed_by(asker.law, grant, entry.book, asker.reader)
            if rules and entry.book not in by and _wanted(entry.incident, incident):
                rows[name], by[name] = row, rules
        for one in _received_rows(view, grant):
            name = f"{one.book}:{one.id}"
            rules = allowed_by(asker.law, grant, one.book, asker.reader)
            stands = one.book in by and view.row(one.book, one.id) is not None
            if rules and not stands and _wanted(one.incident, incident):
                received[name], by[name] = one, rules
    return Opened(
        heads=tuple(heads),
        rows=tuple(rows[name] for name in sorted(rows)),
        received=tuple(received[name] for name in sorted(received) if name not in rows),
        by=by,
    )


class Looking(NamedTuple):
    """What somebody looks at: the view's name, an incident (all if None), up to a moment.

    ``review`` is why somebody must review it, empty where nobody need.
    """

    view: str
    incident: str | None
    as_of: datetime
    review: str = ""


def log_opened(writer: Writer, opened: Opened, asker: Asker, looking: Looking) -> None:
    """Log what is about to be shown, and keep the rule set by which it was opened."""
    rules = asker.law.rules
    now = microseconds(asker.now)
    writer.note_rule_set(RuleSetKept(rules.sha256, now, rules.content))
    log_read(
        writer,
        Read(
            at=moment_text(asker.now),
            reader=asker.reader.name,
            purpose=asker.reader.purpose,
            view=looking.view,
            incident=looking.incident or "",
            as_of=moment_text(looking.as_of),
            books=tuple(head.book for head in opened.heads),
            sizes=tuple(head.size for head in opened.heads),
            granted=tuple(opened.granted),
            rules=tuple(sorted({rule for its in opened.by.values() for rule in its})),
            by=tuple(opened.by[name] for name in (*opened.books, *opened.granted)),
            rule_set=rules.sha256,
            review=looking.review,
        ),
    )


def granted_told(view: View, opened: Opened, until: datetime) -> Told:
    """The statements that are open one by one, recorded by then, and the markers of removed ones."""
    told = Told([], [])
    last = microseconds(until)
    for row in opened.rows:
        if row.entry.recorded > last:
            continue
        removal = out_of_sight(view.removals(row.entry.book)).get(row.entry.seq)
        if removal is None:
            told.statements.append(statement_in(row))
        else:
            told.removed.append(marker_of(view, row.entry, removal))
    for one in opened.received:
        if one.received <= last and one.body is not None:
            told.statements.append(received_statement(one))
        elif one.received <= last and one.sealed_by is not None:
            told.removed.append(_sealed_marker(view, one, one.sealed_by))
    return told


def _sealed_marker(view: View, one: Received, act: str) -> Removed:
    """What stands in the place of a received statement that its custodian or this home sealed."""
    came = view.received_row(one.book, act)
    said_here = [row for head in view.heads() if (row := view.row(head.book, act)) is not None]
    by: tuple[str, ...] = ()
    ground = None
    if came is not None and came.body is not None:
        by, ground = who_and_why(received_statement(came))
    elif said_here:
        by, ground = who_and_why(statement_in(said_here[0]))
    return Removed(
        statement=one.id,
        book=one.book,
        incident=one.incident,
        recorded=moment_text(moment_from(one.received)),
        state=Removing.SEALED.value,
        by=by,
        ground=ground,
        act=act,
    )


def _wanted(incident: str, asked: str | None) -> bool:
    return asked in (None, incident)


def _acts(view: View) -> Iterator[Statement]:
    """Every disclosure and withdrawal: those said here, and those that other homes sent."""
    yield from said(view, "disclosed")
    for one in view.received_holding(_marked("disclosed")):
        if one.body is not None:
            yield received_statement(one)


def said(view: View, kind: str) -> Iterator[Statement]:
    """The statements of a kind that says who may read, in this home and in sight."""
    for row in view.rows_on_reading():
        entry = row.entry
        if row.body is None or _marked(kind) not in row.body:
            continue
        if entry.seq not in out_of_sight(view.removals(entry.book)):
            yield statement_in(row)


def _marked(kind: str) -> bytes:
    """What stands in the body of every statement of a kind, and hardly in another's."""
    return f'"kind":"{kind}"'.encode()


def _own_rows(view: View, grant: Grant) -> Iterator[Row]:
    """The statement that a grant opens, where it stands in a book of this home.

    In the book that the grant names, else in its own, else in whichever books of its custodian hold
    the id: which of them may be given the rules decide, and not whether another holds it too.
    """
    if grant.named is not None:
        yield from _row(view, grant.named, grant.item)
        return
    first = list(_row(view, grant.book, grant.item))
    if first:
        yield from first
        return
    custodian = grant.book.split("/", 1)[0]
    books = [one.book for one in view.heads() if one.book.split("/", 1)[0] == custodian]
    for book in books:
        yield from _row(view, book, grant.item)


def _row(view: View, book: str, id_: str) -> Iterator[Row]:
    row = view.row(book, id_)
    if row is not None:
        yield row


def _received_rows(view: View, grant: Grant) -> Iterator[Received]:
    """The statement that a grant opens, where another home sent it."""
    custodian = grant.book.split("/", 1)[0]
    books = [grant.named] if grant.named else view.received_books()
    for book in books:
        if book.split("/", 1)[0] != custodian:
            continue
        one = view.received_row(book, grant.item)
        if one is not None:
            yield one


def _is_assigned(view: View, asker: Asker, incident: str | None) -> bool:
    """Whether the reader is assigned to the incident here, or broke the glass for it."""
    if not asker.law.asks_for_assignment:
        return False
    acts = [*said(view, "assigned"), *said(view, "broke_glass")]
    replaced = {one.replaces for one in acts if one.replaces is not None}
    return any(
        one.incident == incident and one.id not in replaced and _lets_in(one, asker) for one in acts
    )


def _lets_in(act: Statement, asker: Asker) -> bool:
    fact = act.fact
    if not isinstance(fact, Assigned | BrokeGlass) or act.stance is not Stance.DOES:
        return False
    if act.custodian != asker.owner.agency or fact.reader != asker.reader.name:
        return False
    if act.recorded is None or act.recorded > asker.now:
        return False
    if not isinstance(fact.until, str):
        return isinstance(fact, Assigned) and fact.until is None
    try:
        return asker.now <= parse_moment(fact.until, asker.zone)
    except WordFault:
        return False
