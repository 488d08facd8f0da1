"""Assigned readers, broken glass, and the reviews that somebody owes.

Where a home has adopted the rules of need to know (rules/optional/assignment.cedar), a reader opens
more of an incident than is public when they are assigned to it; or they break the glass: a typed
reason opens it at once for some hours, the custodians whose books were opened see it among the open
reviews, and it stays there until somebody else signs it. So does a look-up of oneself.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from whoseword.access import PURPOSES, Reader
from whoseword.books import Receipt
from whoseword.books.protocol import View
from whoseword.books.reads import logged
from whoseword.doors.desk import Desk
from whoseword.doors.errors import DeskError
from whoseword.doors.opening import Asker, access_book, is_own_act, said
from whoseword.words import SpeakerKind, Stance, Statement
from whoseword.words.aftermath import Assigned, BrokeGlass, ReadReviewed
from whoseword.words.names import slug
from whoseword.words.statement import Source, Speaker
from whoseword.words.times import moment_text, parse_moment

_READ = "read:"
"""What begins the id of a read that must be reviewed; its place in the log of reads follows."""
LOG = "log-of-reads"
"""The incident under which a look-up of oneself is reviewed, since it is of no single one."""


class Item(msgspec.Struct, frozen=True):
    """A reading that somebody must review: which, of what, by whom, why, since when.

    ``custodians`` are the agencies whose books it opened, as far as whoever asks opens them too.
    """

    id: str
    incident: str
    reader: str
    by: str
    why: str
    at: str
    until: str
    custodians: tuple[str, ...]


class Override(NamedTuple):
    """Who breaks the glass of an incident: which reader, who that is, why, and for how long."""

    reader: Reader
    incident: str
    name: str
    reason: str
    hours: int


def assign(desk: Desk, reader: Reader, incident: str, name: str, until: datetime | None) -> Receipt:
    """Assign a reader to an incident, on somebody's word."""
    end = moment_text(until) if until else None
    fact = Assigned(reader=reader.name, by=name, until=end)
    return _append(desk, incident, name, fact)


def break_glass(desk: Desk, asked: Override) -> tuple[Receipt, str]:
    """Open an incident to a reader at once; the receipt, and when it ends."""
    end = moment_text(desk.clock() + timedelta(hours=asked.hours))
    fact = BrokeGlass(reader=asked.reader.name, reason=asked.reason, until=end)
    return _append(desk, asked.incident, asked.name, fact), end


def review(desk: Desk, item: str, name: str, finding: str) -> Receipt:
    """Sign the review of an open item. Raises ``DeskError`` for one's own, and for what is none."""
    with desk.ledger.store.view() as view:
        found = [one for one in _open(desk, view) if one.id == item]
    if not found:
        raise DeskError(f"{item} is no open review; `whoseword reviews` lists them")
    if slug(found[0].by) == slug(name):
        raise DeskError(f"{name} cannot review what {name} did; somebody else signs it")
    return _append(
        desk, found[0].incident or LOG, name, ReadReviewed(item=item, by=name, finding=finding)
    )


def open_reviews(desk: Desk, reader: Reader) -> list[Item]:
    """The open items that concern a reader: all for who may read the log, else of the own books.

    The custodian is told here: whoever opens a book of their own agency that was opened.
    """
    every = desk.law.reads_log(reader, desk.owner).allowed
    with desk.ledger.store.view() as view:
        found = []
        for item in _open(desk, view):
            touched = [one for one in _opened_by(desk, view, item) if _opens(desk, reader, one)]
            if every or any(one.split("/", 1)[0] == reader.agency for one in touched):
                agencies = sorted({one.split("/", 1)[0] for one in touched})
                found.append(msgspec.structs.replace(item, custodians=tuple(agencies)))
    return found


def _opens(desk: Desk, reader: Reader, book: str) -> bool:
    """Whether a book is one that the reader's role opens, assigned or not."""
    return desk.law.opens(reader, book, desk.owner, assigned=True).allowed


def _open(desk: Desk, view: View) -> Iterator[Item]:
    """The items that nobody has reviewed, in the order in which they came up.

    A review counts where it is this home's own word, later than the item, and somebody else's.
    """
    agency = desk.owner.agency
    reviews = [one for one in said(view, "read_reviewed") if is_own_act(one, agency)]
    items = [_broken(one) for one in said(view, "broke_glass") if isinstance(one.fact, BrokeGlass)]
    for number, read in enumerate(logged(view)):
        if read.review:
            name = f"{_READ}{number}"
            who = _who(read.review)
            items.append(Item(name, "", read.reader, who, read.review, read.at, "", ()))
    for item in sorted(items, key=lambda one: (parse_moment(one.at), one.id)):
        if not any(_reviews(one, item) for one in reviews):
            yield item


def _reviews(review: Statement, item: Item) -> bool:
    fact = review.fact
    if not isinstance(fact, ReadReviewed) or fact.item != item.id or review.recorded is None:
        return False
    others = slug(review.signed_by or review.speaker.name) != slug(item.by)
    return others and review.recorded >= parse_moment(item.at)


def _who(review: str) -> str:
    """Whose look-up it was, from the words of the log."""
    return review.partition(" looked up")[0]


def _broken(act: Statement) -> Item:
    fact = act.fact
    assert isinstance(fact, BrokeGlass)
    return Item(
        id=str(act.id),
        incident=act.incident,
        reader=str(fact.reader),
        by=act.signed_by or act.speaker.name,
        why=str(fact.reason),
        at=moment_text(act.recorded) if act.recorded else "",
        until=str(fact.until),
        custodians=(),
    )


def _opened_by(desk: Desk, view: View, item: Item) -> list[str]:
    """The books that a reading opened, or that an override opens, as far as they hold something."""
    if item.id.startswith(_READ):
        read = list(logged(view))[int(item.id.removeprefix(_READ))]
        return list(read.books)
    role, _, agency = item.reader.partition("@")
    asker = Asker(Reader(role, agency, ""), desk.owner, desk.law, desk.clock(), desk.zone)
    return [book for book in _books_of(view, item.incident) if _opens_for_any(asker, book)]


def _books_of(view: View, incident: str) -> list[str]:
    return [
        head.book
        for head in view.heads()
        if next(iter(view.rows(head.book, incident, None)), None) is not None
    ]


def _opens_for_any(asker: Asker, book: str) -> bool:
    """Whether the reader opens a book for any purpose of the role, once let in."""
    return any(
        asker.law.opens(
            asker.reader._replace(purpose=purpose), book, asker.owner, assigned=True
        ).allowed
        for purpose in PURPOSES.get(asker.reader.role, ())
    )


def _append(
    desk: Desk, incident: str, name: str, fact: Assigned | BrokeGlass | ReadReviewed
) -> Receipt:
    agency = desk.owner.agency
    statement = Statement(
        incident=incident,
        book=access_book(agency),
        speaker=Speaker(name=name, kind=SpeakerKind.OFFICIAL, party=agency),
        stance=Stance.DOES,
        fact=fact,
        source=Source(entered_by=name),
        signed_by=name,
    )
    return desk.ledger.append([statement])[0]
