"""Objects of other systems taken in at the desk, and an incident sent out as one.

A feed repeats itself: each object is its incident's present state, a connection that broke is
resumed with what was sent before, and two may write at once. The ids of what an object says are made
of what it says, so what stands is found and left out; where another writer was quicker, the ledger
refuses the batch whole, and what is new is reckoned again. No statement is lost, and none stands
twice.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from whoseword.access import Reader
from whoseword.books import BatchRefused, Receipt
from whoseword.contacts import Asked, Brief
from whoseword.doors.advising import advice_at
from whoseword.doors.briefs import make_brief
from whoseword.doors.desk import Desk
from whoseword.doors.errors import DeskError
from whoseword.doors.files import write_whole
from whoseword.doors.in_sight import Shown
from whoseword.intake.eido import (
    Checked,
    Destination,
    FeedFault,
    Known,
    Sender,
    added_calls,
    arriving,
    incident_of,
    message_of,
    object_of,
    places_and_people,
    read_eido,
)
from whoseword.words import Statement

FAULTS_TOLD: Final = 20
MOST_BRIEFS: Final = 5
"""How many new calls of one import have their brief drawn up: more are no call that just came in."""
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


def take_in(desk: Desk, objects: Sequence[Arrived], into: Into) -> TakenIn:
    """Append what objects add to a book, in their order, all or nothing.

    Raises ``BatchRefused`` where the ledger does not take a statement of theirs.
    """
    for _ in range(_TRIES):
        statements = _added(desk, objects, into)
        if not statements:
            return TakenIn([], [])
        try:
            return TakenIn(desk.ledger.append(statements), statements)
        except BatchRefused as refused:
            if any(fault.field != "id" for _, fault in refused.faults):
                raise
    raise DeskError(
        f"others write what you import into {into.book} all the time; import it again when they end"
    )


def _added(desk: Desk, objects: Sequence[Arrived], into: Into) -> list[Statement]:
    known: dict[str, Known] = {}
    found: list[Statement] = []
    for one in objects:
        incident = into.incident or incident_of(one.checked)
        if incident not in known:
            told = desk.ledger.told([into.book], incident=incident)
            known[incident] = Known(told.statements, [gone.statement for gone in told.removed])
        feed = into.feed or one.checked.eido.issuing_element_identification
        to = Destination(incident, into.book, feed, message_of(one.checked))
        found += arriving(one.checked, to, known[incident])
    return found


def briefs_of(desk: Desk, taken: TakenIn, reader: Reader) -> tuple[int, list[Brief]]:
    """How many new calls came, and the brief of each one's door and people, for a reader.

    None is drawn up where more came than anybody answers at once, or where no address is known.
    """
    incidents = list(dict.fromkeys(one.incident for one in added_calls(taken.statements)))
    if len(incidents) > MOST_BRIEFS:
        return len(incidents), []
    briefs = []
    for incident in incidents:
        places, people = places_and_people(
            [one for one in taken.statements if one.incident == incident]
        )
        briefs += [make_brief(desk, Asked(place, people), reader, None, None) for place in places]
    return len(incidents), briefs


def sent_out(desk: Desk, asked: Sending, reader: Reader) -> tuple[bytes, list[Statement]]:
    """An incident's object as JSON, of what a reader opens; and the statements that it may show."""
    moment, told = desk.read("export", asked.incident, reader, asked.as_of)
    advice = advice_at(desk, asked.incident, reader, asked.as_of) if asked.with_advice else None
    agency = desk.owner.agency
    domain = asked.domain or f"{agency.replace('_', '-')}.invalid"
    raw = object_of(told.statements, advice, asked.incident, Sender(agency, domain, moment)).raw
    written = msgspec.json.format(msgspec.json.encode(raw, order="sorted"), indent=2)
    return written + b"\n", told.statements


def write_object(
    desk: Desk, target: Path, form: str, incident: str, written: tuple[bytes, list[Statement]]
) -> None:
    """Write what is sent out into a file whole or not at all, and register the copy (law 9)."""
    content, statements = written
    digest = sha256(content).hexdigest()
    desk.note_copy(target, form, incident, digest, Shown(statements, {}))
    write_whole(target, content)
