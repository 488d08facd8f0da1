"""Events of a feed taken into a book: what each adds, what is set aside, and how each is answered.

Many events that came together cost one commit; each answer is made after it. Where one object of
them cannot stand, the others do, each for itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from whoseword.books import BatchRefused
from whoseword.doors.desk import Desk
from whoseword.doors.feeds import Arrived, Held, Into, TakenIn, take_in
from whoseword.doors.lines_to_peers import NotFetched
from whoseword.doors.plain_words import counted
from whoseword.doors.set_aside import SetAside, reason_of
from whoseword.intake.conveyance import (
    BAD_REQUEST,
    NO_SUBSCRIPTION,
    OK,
    TOO_LARGE,
    Event,
    EventResponse,
    MessageFault,
    Reference,
    TerminateResponse,
)
from whoseword.intake.eido import FeedFault, read_eido
from whoseword.words.decoding import MAX_LINE
from whoseword.words.times import moment_text

MOST_FOLLOWED: Final = 1_000
"""Of how many incidents is remembered that they were told of on a connection."""


@dataclass
class Counts:
    """What came of following a feed."""

    events: int = 0
    objects: int = 0
    statements: int = 0
    set_aside: int = 0
    subscriptions: int = 0
    lost: int = 0
    files: list[str] = field(default_factory=list)

    def line(self) -> str:
        """The same in a line."""
        aside = f", {self.set_aside:,} set aside" if self.set_aside else ""
        return (
            f"{counted(self.objects, 'object')}, {counted(self.statements, 'new statement')}{aside}"
        )


class _Object(NamedTuple):
    """An object of an event: which event, its bytes, and what was read of them."""

    event: int
    content: bytes
    arrived: Arrived


class Taking:
    """What takes events in, over one connection."""

    def __init__(
        self,
        desk: Desk,
        into: Into,
        feed: str,
        counts: Counts,
        fetch: Callable[[str], bytes | NotFetched],
        held: Held,
    ) -> None:
        self._desk = desk
        self._into = into
        self._feed = feed
        self._counts = counts
        self._fetch = fetch
        self._held = held
        self._aside = SetAside(desk.folder.path)
        self._untold: list[TakenIn] = []
        self.incidents: dict[str, str] = {}

    def take(
        self, events: Sequence[Event], known: set[str], tell: Callable[[str], None]
    ) -> list[EventResponse]:
        """Take events in; their answers, once all of it is on the disk."""
        faults: list[list[tuple[FeedFault, int]]] = [[] for _ in events]
        objects: list[_Object] = []
        for at, event in enumerate(events):
            for nth, one in enumerate(event.notification):
                content = self._fetch(one.url) if isinstance(one, Reference) else one
                if isinstance(content, NotFetched):
                    assert isinstance(one, Reference)
                    self.set_aside(one.url.encode(), content.fault, event.transaction_id)
                    faults[at].append((content.fault, content.status))
                    continue
                place = f"event.notification[{nth}]"
                try:
                    objects.append(_Object(at, content, Arrived(place, read_eido(content))))
                except FeedFault as fault:
                    self.set_aside(content, fault, event.transaction_id)
                    status = TOO_LARGE if len(content) > MAX_LINE else BAD_REQUEST
                    faults[at].append((fault, status))
        for refused, wrong in self._append(objects):
            self.set_aside(refused.content, wrong, events[refused.event].transaction_id)
            faults[refused.event].append((wrong, BAD_REQUEST))
        self._counts.events += len(events)
        for told, _ in (one for its in faults for one in its):
            tell(f"{self._feed}: set aside, {told}")
        return [
            _answer(event, its, event.subscription_id in known)
            for event, its in zip(events, faults, strict=True)
        ]

    def retrieve(self, url: str, tell: Callable[[str], None]) -> None:
        """Take in what a peer answers of one incident; what it does not answer is told."""
        content = self._fetch(url)
        if isinstance(content, NotFetched):
            tell(f"{self._feed}: not told of since the line was lost, and {content.fault}")
            return
        try:
            one = _Object(0, content, Arrived(url, read_eido(content)))
        except FeedFault as fault:
            self.set_aside(content, fault, None)
            tell(f"{self._feed}: set aside, {fault}")
            return
        for refused, wrong in self._append([one]):
            self.set_aside(refused.content, wrong, None)
            tell(f"{self._feed}: set aside, {wrong}")

    def set_aside(self, content: bytes, fault: FeedFault, transaction: str | None) -> None:
        """Keep what no book takes, with the reason. Raises ``DeskError`` where there is no room."""
        when = moment_text(self._desk.clock())
        file = self._aside.keep(content, reason_of(fault, when, self._feed, transaction))
        if str(file) not in self._counts.files:
            self._counts.files.append(str(file))
            self._counts.set_aside += 1

    def tell(self, arrived: Callable[[Desk, TakenIn], None]) -> None:
        """Say what was new since it was last told."""
        untold, self._untold = self._untold, []
        if untold:
            arrived(
                self._desk,
                TakenIn(
                    [receipt for one in untold for receipt in one.receipts],
                    [statement for one in untold for statement in one.statements],
                ),
            )

    def _append(self, objects: Sequence[_Object]) -> list[tuple[_Object, FeedFault]]:
        """Append what objects add, in one commit if all of it stands; those that do not stand."""
        if not objects:
            return []
        try:
            self._taken(objects)
        except BatchRefused as refused:
            if len(objects) > 1:
                return [told for one in objects for told in self._append([one])]
            wrong = refused.faults[0][1]
            problem = f"tells what this book does not take: {wrong.field} {wrong.problem}"
            return [(objects[0], FeedFault("$", problem, wrong.remedy))]
        return []

    def _taken(self, objects: Sequence[_Object]) -> None:
        taken = take_in(self._desk, [one.arrived for one in objects], self._into, self._held)
        self._counts.objects += len(objects)
        self._counts.statements += len(taken.receipts)
        if taken.statements:
            self._untold.append(taken)
        for one in objects:
            if len(self.incidents) < MOST_FOLLOWED:
                id_ = one.arrived.checked.eido.id
                self.incidents[id_] = id_


def _answer(event: Event, faults: Sequence[tuple[FeedFault, int]], known: bool) -> EventResponse:
    """How an event is answered: what was wrong first, and that it belongs to nothing we asked for."""
    if faults:
        fault, status = faults[0]
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        told = f"{fault.path}: {fault.problem}{more}"
    else:
        status, told = (OK, "OK") if known else (NO_SUBSCRIPTION, "kept; no such subscription here")
    return EventResponse(transaction_id=event.transaction_id, status_code=status, status_text=told)


def answer_of(fault: MessageFault) -> EventResponse | TerminateResponse | None:
    """How a message that cannot be read is answered; None where the standard has no answer."""
    told, ids = f"{fault.path}: {fault.problem}", fault.ids
    if fault.kind == "event" and "transactionId" in ids:
        return EventResponse(
            transaction_id=ids["transactionId"], status_code=BAD_REQUEST, status_text=told
        )
    if fault.kind == "terminate" and {"requestId", "subscriptionId"} <= ids.keys():
        return TerminateResponse(
            request_id=ids["requestId"],
            subscription_id=ids["subscriptionId"],
            status_code=BAD_REQUEST,
            status_text=told,
        )
    return None
