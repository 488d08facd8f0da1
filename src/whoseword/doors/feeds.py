"""Objects of other systems taken in at the desk, and an incident sent out as one.

A feed repeats itself: each object is its incident's present state, a connection that broke is
resumed with what was sent before, and two may write at once. The ids of what an object says are made
of what it says, so what stands is found and left out; where another writer was quicker, the ledger
refuses the batch whole, and what is new is reckoned again. No statement is lost, and none stands
twice.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple

import msgspec

from whoseword.access import Reader
from whoseword.books import BatchRefused, Receipt
from whoseword.doors.advising import advice_at
from whoseword.doors.desk import Desk
from whoseword.doors.errors import DeskError
from whoseword.intake.eido import (
    Checked,
    Destination,
    FeedFault,
    Known,
    Sender,
    arriving,
    incident_of,
    message_of,
    object_of,
    read_eido,
)
from whoseword.words import BookClass, Statement

FAULTS_TOLD: Final = 20
MOST_HELD: Final = 1_000
"""Of how many incidents is kept what a book holds, while a feed goes on."""
_TRIES: Final = 8


class Arrived(NamedTuple):
    """An object and where it was written: a file, or FILE:LINE in one of JSON Lines."""

    place: str
    checked: Checked


class Into(NamedTuple):
    """Where objects go: the book; the incident and the feed where they are named."""

    book: str
    incident: str | None = None
    feed: str | None = None


class Sending(NamedTuple):
    """What is sent out: the incident, up to which moment (now if none), with our advice or not.

    ``domain`` is the agency's, as its peers know it; without one it is made of the agency's name
    under ``.invalid`` (RFC 2606), which no peer takes for a real one.
    """

    incident: str
    as_of: datetime | None = None
    domain: str | None = None
    with_advice: bool = True


class TakenIn(NamedTuple):
    """What came of an import: receipts of what was new, and the statements that they are for."""

    receipts: list[Receipt]
    statements: list[Statement]


def read_objects(files: Iterable[tuple[str, bytes]]) -> tuple[list[Arrived], list[str]]:
    """The objects in files, one a file or one a line; and the first faults, each with its place."""
    found: list[Arrived] = []
    faults: list[str] = []
    for name, content in files:
        for place, one in _objects_in(name, content):
            try:
                found.append(Arrived(place, read_eido(one)))
            except FeedFault as fault:
                faults.append(f"{place}: {fault}")
                if len(faults) >= FAULTS_TOLD:
                    return found, faults
    return found, faults


def _objects_in(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """A file's objects: each line that is one, where the first line is one; else the file."""
    lines = [(at, line) for at, line in enumerate(content.splitlines(), start=1) if line.strip()]
    if len(lines) > 1 and lines[0][1].strip().endswith(b"}"):
        yield from ((f"{name}:{at}", line) for at, line in lines)
    else:
        yield name, content


class Held:
    """What a home holds of the incidents of a feed, kept between one group of objects and the next.

    It is good for as long as nobody else writes into the book and nothing is removed from any: what
    was sealed must not live on here (law 9). So whoever uses it asks the books first.
    """

    def __init__(self) -> None:
        self.known: dict[str, Known] = {}
        self._stands: tuple[int, int] | None = None

    def begin(self, desk: Desk, book: str) -> None:
        """Forget all that is not as it was left, or has grown large."""
        stands = _size_of(desk, book)
        if stands != self._stands or len(self.known) > MOST_HELD:
            self.known.clear()
        self._stands = stands

    def grown(self, by: int) -> None:
        """The book grew by what is known here."""
        if self._stands is not None:
            self._stands = (self._stands[0] + by, self._stands[1])

    def forget(self) -> None:
        """Know nothing any more."""
        self.known.clear()
        self._stands = None


def _size_of(desk: Desk, book: str) -> tuple[int, int]:
    with desk.ledger.store.view() as view:
        head = view.head(book)
        removed = sum(len(view.removals(one.book)) for one in view.heads())
        return (head.size if head is not None else 0, removed)


def take_in(
    desk: Desk, objects: Sequence[Arrived], into: Into, held: Held | None = None
) -> TakenIn:
    """Append what objects add to a book, in their order, all or nothing.

    ``held`` keeps what is known of the book between calls. Raises ``BatchRefused`` where the ledger
    does not take a statement of theirs.
    """
    held = held or Held()
    try:
        return _taken_in(desk, objects, into, held)
    except BaseException:
        # What was reckoned with does not stand.
        held.forget()
        raise


def _taken_in(desk: Desk, objects: Sequence[Arrived], into: Into, held: Held) -> TakenIn:
    for _ in range(_TRIES):
        held.begin(desk, into.book)
        statements = _added(desk, objects, into, held.known)
        if not statements:
            return TakenIn([], [])
        try:
            receipts = desk.ledger.append(statements)
        except BatchRefused as refused:
            if any(fault.field != "id" for _, fault in refused.faults):
                raise
            held.forget()
        else:
            held.grown(len(receipts))
            return TakenIn(receipts, statements)
    raise DeskError(
        f"others write what you import into {into.book} all the time; import it again when they end"
    )


def _added(
    desk: Desk, objects: Sequence[Arrived], into: Into, known: dict[str, Known]
) -> list[Statement]:
    found: list[Statement] = []
    for one in objects:
        incident = into.incident or incident_of(one.checked)
        if incident not in known:
            known[incident] = _known(desk, into.book, incident)
        feed = into.feed or one.checked.eido.issuing_element_identification
        to = Destination(incident, into.book, feed, message_of(one.checked))
        found += arriving(one.checked, to, known[incident])
    return found


def _known(desk: Desk, book: str, incident: str) -> Known:
    """What the home holds of an incident: what a sealed word said must come back into no book.

    A word of its own that a peer's note brings back is known only where whoever opens this book opens
    that word too. Else the note would be missing for what a reader may not open (law 3), and a weapon
    that stands in a book from which no advice is drawn would be in none from which it is (law 6).
    """
    told = desk.ledger.told(incident=incident)
    as_open = {book.split("/")[1], BookClass.PUBLIC.value}
    return Known(
        [one for one in told.statements if one.book == book],
        [gone.statement for gone in told.removed],
        [one for one in told.statements if one.book != book and one.handling in as_open],
    )


def sender_of(desk: Desk, domain: str | None, moment: datetime) -> Sender:
    """Who sends from this home at a moment; under ``.invalid`` where no domain is named."""
    agency = desk.owner.agency
    domain = domain or f"{agency.replace('_', '-')}.invalid"
    return Sender(agency, domain, moment, desk.zone)


def sent_out(desk: Desk, asked: Sending, reader: Reader) -> tuple[bytes, list[Statement]]:
    """An incident's object as JSON, of what a reader opens; and the statements that it may show."""
    moment, told = desk.read("export", asked.incident, reader, asked.as_of)
    advice = advice_at(desk, asked.incident, reader, asked.as_of) if asked.with_advice else None
    sender = sender_of(desk, asked.domain, moment)
    raw = object_of(told.statements, advice, asked.incident, sender).raw
    written = msgspec.json.format(msgspec.json.encode(raw, order="sorted"), indent=2)
    return written + b"\n", told.statements
