"""What a reader opens: whole books by their class, then single statements that were disclosed.

Chosen before any view is computed, so that what is not open can change no byte of it (law 3).
Statements that another home sent are opened by their custodian's grant alone: to the reader, for
the purpose and until the end that it names, and to nobody else here, whosever the home is.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta, tzinfo
from functools import partial
from typing import NamedTuple

from whoseword.access import (
    Grant,
    Law,
    Reader,
    allowed_by,
    grants_of,
    replaces,
    speaks_for_custodian,
)
from whoseword.books import Read, Removed, Told
from whoseword.books.bodies import statement_in
from whoseword.books.errors import LedgerDamaged
from whoseword.books.exchanged import Received, RuleSetKept
from whoseword.books.protocol import Head, Row, View, Writer
from whoseword.books.reads import log_read
from whoseword.books.received import received_statement
from whoseword.books.removed import marker_of, out_of_sight, who_and_why
from whoseword.books.removings import Removing
from whoseword.words import Hedge, Statement, WordFault
from whoseword.words.aftermath import Assigned, BrokeGlass
from whoseword.words.times import microseconds, moment_from, moment_text, parse_moment
from whoseword.words.vocabulary import Stance

_REPLACES = b'"replaces":"'
LONGEST_OVERRIDE = timedelta(hours=72)
"""For how long a broken glass lets a reader in, whatever it says."""


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
    for grant in _grants(view, asker):
        for row in _own_rows(view, grant):
            entry, name = row.entry, f"{row.entry.book}:{row.entry.id}"
            rules = _lets(asker, grant, entry.book)
            if rules and entry.book not in by and _wanted(entry.incident, incident):
                rows[name], by[name] = row, rules
        for one in _received_rows(view, grant):
            name = f"{one.book}:{one.id}"
            rules = _lets(asker, grant, one.book)
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


def _lets(asker: Asker, grant: Grant, book: str) -> tuple[str, ...]:
    """The rules that let a statement of a book be given here; none where this home may not keep it."""
    if not asker.law.keeps(asker.owner, book).allowed:
        return ()
    return allowed_by(asker.law, grant, book, asker.reader)


def _wanted(incident: str, asked: str | None) -> bool:
    return asked in (None, incident)


def _grants(view: View, asker: Asker) -> list[Grant]:
    """The grants to a reader that hold now.

    Whatever its speaker may correct it by closes a disclosure, also a word that is out of sight by
    now. Where an act cannot be read, nothing of its custodian is given: it may be what closes it.
    """
    acts, damaged = _acts(view)
    found = [
        grant
        for grant in grants_of(acts, asker.reader, asker.now, asker.zone)
        if grant.book.split("/", 1)[0] not in damaged
    ]
    if not found:
        return []
    corrections = list(_corrections(view, {grant.act for grant in found}))
    closed = {
        (act.book, act.id)
        for act in acts
        for one in corrections
        if replaces(one, act) and one.recorded is not None and one.recorded <= asker.now
    }
    return [grant for grant in found if (grant.book, grant.act) not in closed]


def _acts(view: View) -> tuple[list[Statement], set[str]]:
    """Every disclosure and withdrawal in sight, and the custodians of which one is damaged."""
    acts: list[Statement] = []
    damaged: set[str] = set()
    for row in view.rows_on_reading():
        if _is_in_sight(view, row, "disclosed"):
            _read(partial(statement_in, row), row.entry.book, acts, damaged)
    for one in view.received_holding(_marked("disclosed")):
        if one.body is not None:
            _read(partial(received_statement, one), one.book, acts, damaged)
    return acts, damaged


def _read(
    read: Callable[[], Statement], book: str, found: list[Statement], damaged: set[str]
) -> None:
    try:
        found.append(read())
    except LedgerDamaged:
        damaged.add(book.split("/", 1)[0])


def _corrections(view: View, ids: set[str]) -> Iterator[Statement]:
    """The statements that replace one of these, in sight or not; damaged ones are passed over."""
    wanted = [one.encode() for one in ids]
    for row in view.rows_holding(_REPLACES):
        if row.body is not None and any(one in row.body for one in wanted):
            with suppress(LedgerDamaged):
                yield statement_in(row)
    for one in view.received_holding(_REPLACES):
        if one.body is not None and any(id_ in one.body for id_ in wanted):
            with suppress(LedgerDamaged):
                yield received_statement(one)


def said(view: View, kind: str) -> Iterator[Statement]:
    """The statements of a kind that says who may read, in this home, in sight and readable.

    What is damaged lets nobody in; ``verify`` tells of it.
    """
    for row in view.rows_on_reading():
        if _is_in_sight(view, row, kind):
            with suppress(LedgerDamaged):
                yield statement_in(row)


def _is_in_sight(view: View, row: Row, kind: str) -> bool:
    if row.body is None or _marked(kind) not in row.body:
        return False
    return row.entry.seq not in out_of_sight(view.removals(row.entry.book))


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
    if grant.named is None and view.received_row(grant.book, grant.item) is not None:
        books = [grant.book]
    else:
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
    """Whether an act of this home lets the reader in now: its own, plain, and not for too long."""
    fact = act.fact
    if not isinstance(fact, Assigned | BrokeGlass) or fact.reader != asker.reader.name:
        return False
    if not is_own_act(act, asker.owner.agency) or act.recorded is None or act.recorded > asker.now:
        return False
    if fact.until is None:
        return isinstance(fact, Assigned)
    try:
        until = parse_moment(str(fact.until), asker.zone)
    except WordFault:
        return False
    if isinstance(fact, BrokeGlass):
        until = min(until, act.recorded + LONGEST_OVERRIDE) if fact.reason else act.recorded
    return asker.now <= until


def is_own_act(act: Statement, agency: str) -> bool:
    """Whether a statement on who may read is this home's own word, plain, direct, and in its place."""
    return (
        act.book == access_book(agency)
        and act.stance is Stance.DOES
        and act.hedge is Hedge.PLAIN
        and speaks_for_custodian(act)
    )


def access_book(agency: str) -> str:
    """The book in which a home keeps who may read."""
    return f"{agency}/inquiry/access"
