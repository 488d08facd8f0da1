"""Incidents of this home conveyed to another system, as one named reader may open them.

The notifier's side of NENA-STA-024 1.0.1: a subscription is answered, its first event carries every
active incident, later ones whatever changed *for that reader*. Whether something changed is told
from what the reader opens and nothing else, so an entry in a closed book moves nothing (law 3). Each
object is a read, logged like any other before it goes out. No advice is conveyed: it may rest on
what its reader may not open, and the moment of an event would tell of it. Here is no network: lines
and the clock come in as arguments.
"""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from threading import Lock
from typing import Final, NamedTuple

import msgspec

from whoseword.access import Reader
from whoseword.books.protocol import View
from whoseword.doors.desk import Desk
from whoseword.doors.feeds import Sending, sender_of, sent_out
from whoseword.intake.conveyance import (
    NO_SUBSCRIPTION,
    OK,
    UNAVAILABLE,
    Event,
    EventResponse,
    Message,
    MessageFault,
    NotImplementedResponse,
    Subscribe,
    SubscribeResponse,
    Terminate,
    Unsubscribe,
    UnsubscribeResponse,
    read_message,
    written,
)
from whoseword.intake.eido import object_of

AT_ONCE: Final = 20
"""Objects in one event."""
TO_ANSWER: Final = 30.0
"""Seconds in which an event is answered; after that its line is given up."""
SHORTEST, LONGEST = 15, 86_400
"""Seconds that a subscription lasts, whatever is asked for."""
MOST_SUBSCRIPTIONS: Final = 8
_FULL_LOOK: Final = 60.0
"""Seconds after which every incident is looked at: rules, grants and the clock open and close too."""
_BAD, _UNACCEPTABLE = 400, 406


class Offered(NamedTuple):
    """To whom incidents are conveyed: which reader, by which domain, active for how long.

    ``home`` opens the home; it is opened anew each time, so that rules and grants are today's.
    """

    reader: Reader
    home: Callable[[], AbstractContextManager[Desk]]
    domain: str | None = None
    active: timedelta = timedelta(hours=24)


@dataclass
class _Stands:
    digest: bytes
    version: int
    newest: datetime | None
    id: str


class Board:
    """What stands of each incident for the reader, and since which version of the board."""

    def __init__(self, offered: Offered, clock: Callable[[], float]) -> None:
        self._offered = offered
        self._clock = clock
        self._lock = Lock()
        self._stands: dict[str, _Stands] = {}
        self._sizes: dict[str, int] = {}
        self._full_at: float | None = None
        self._version = 0
        self._moment = datetime.min.replace(tzinfo=UTC) + offered.active

    def look(self) -> None:
        """Look at what changed in the home, and take down what of it the reader opens."""
        with self._lock, self._offered.home() as desk:
            now, self._moment = self._clock(), desk.clock()
            full = self._full_at is None or now - self._full_at >= _FULL_LOOK
            # What is written to a book that the reader does not open makes nobody look (law 3).
            opens = set(desk.books(self._offered.reader))
            with desk.ledger.store.view() as view:
                sizes = {head.book: head.size for head in view.heads() if head.book in opens}
                names = set(view.incidents()) if full else set(self._touched(view, sizes))
            if full:
                self._full_at = now
            self._sizes = sizes
            for name in sorted(names):
                self._take_down(desk, name)

    def _touched(self, view: View, sizes: dict[str, int]) -> Iterable[str]:
        for book, size in sizes.items():
            for seq in range(self._sizes.get(book, 0), size):
                row = view.row_at(book, seq)
                if row is not None:
                    yield row.entry.incident

    def _take_down(self, desk: Desk, incident: str) -> None:
        moment, told = desk.look_out(incident, self._offered.reader)
        if not told.statements:
            self._stands.pop(incident, None)
            return
        digest = sha256(msgspec.json.encode([told.statements, told.removed])).digest()
        newest = max((one.recorded for one in told.statements if one.recorded), default=None)
        before = self._stands.get(incident)
        if before is not None and before.digest == digest:
            return
        self._version += 1
        sender = sender_of(desk, self._offered.domain, moment)
        id_ = str(object_of(told.statements, None, incident, sender).raw["$id"])
        self._stands[incident] = _Stands(digest, self._version, newest, id_)

    def newer(self, than: int, only: str | None) -> list[tuple[str, int]]:
        """The incidents that are newer than a version, with theirs; one alone, by its id there."""
        with self._lock:
            since = self._moment - self._offered.active
            found = [
                (name, one.version)
                for name, one in self._stands.items()
                if one.version > than
                and (one.id == only if only is not None else one.newest and one.newest >= since)
            ]
        return sorted(found, key=lambda one: one[1])

    def named(self, id_: str) -> str | None:
        """The incident of an id, if the reader opens anything of it."""
        with self._lock:
            return next((name for name, one in self._stands.items() if one.id == id_), None)

    def object_of(self, incident: str) -> bytes | None:
        """An incident's object for the reader, its read logged; None where it opens nothing."""
        asked = Sending(incident, None, self._offered.domain, with_advice=False)
        with self._lock, self._offered.home() as desk:
            raw, statements = sent_out(desk, asked, self._offered.reader)
        return msgspec.json.encode(msgspec.json.decode(raw)) if statements else None


@dataclass
class _Subscription:
    id: str
    only: str | None
    ends: float
    min_rate: int
    max_rate: int
    sent_at: float
    seen: int = 0
    first: bool = True
    waiting: str | None = None
    going: list[tuple[str, int]] = field(default_factory=list)
    again_at: float = 0.0


class Conversation:
    """What is said over one line: messages in, messages out; the clock's time comes with each."""

    def __init__(
        self, board: Board, new_id: Callable[[], str], tell: Callable[[str], None]
    ) -> None:
        self._board = board
        self._new_id = new_id
        self._tell = tell
        self._subscriptions: dict[str, _Subscription] = {}
        self.ended = False

    def hear(self, content: bytes, now: float) -> list[bytes]:
        """Take a message; the answers to it."""
        try:
            got = read_message(content)
        except MessageFault as fault:
            return _answer_fault(fault)
        match got:
            case Subscribe():
                return [written(self._subscribe(got, now))]
            case Unsubscribe():
                known = self._subscriptions.pop(got.subscription_id, None) is not None
                return [written(_unsubscribed(got, known))]
            case EventResponse():
                self._answered(got, now)
            case _:
                # The answer to the end of a subscription, and what no subscriber sends.
                pass
        return []

    def due(self, now: float) -> list[bytes]:
        """What is to be sent now: ends of subscriptions, objects, signs of life."""
        out: list[bytes] = []
        for one in list(self._subscriptions.values()):
            if one.waiting is not None:
                if now - one.sent_at > TO_ANSWER:
                    self._tell("an event was not answered; the line is given up")
                    self.ended = True
                continue
            if now >= one.ends:
                del self._subscriptions[one.id]
                out.append(written(Terminate(request_id=self._new_id(), subscription_id=one.id)))
                self.ended = not self._subscriptions
                continue
            if now >= one.again_at and (one.first or now - one.sent_at >= one.max_rate):
                out += self._event(one, now)
        return out

    def _event(self, one: _Subscription, now: float) -> list[bytes]:
        going = self._board.newer(one.seen, one.only)[:AT_ONCE]
        sign_of_life = one.first or (one.min_rate and now - one.sent_at >= one.min_rate)
        if not going and not sign_of_life:
            return []
        objects = [self._board.object_of(name) for name, _ in going]
        one.waiting, one.going, one.sent_at, one.first = self._new_id(), going, now, False
        told = tuple(each for each in objects if each is not None)
        return [
            written(Event(subscription_id=one.id, transaction_id=one.waiting, notification=told))
        ]

    def _answered(self, got: EventResponse, now: float) -> None:
        for one in list(self._subscriptions.values()):
            if one.waiting != got.transaction_id:
                continue
            one.waiting = None
            if got.status_code in (500, UNAVAILABLE):
                # It could not be kept there: the same again, a little later.
                one.again_at = now + 5.0
                return
            if got.status_code == NO_SUBSCRIPTION:
                del self._subscriptions[one.id]
            elif got.status_code != OK:
                self._tell(f"an event is answered with {got.status_code}, and not sent again")
            one.seen = max([one.seen, *(version for _, version in one.going)])

    def _subscribe(self, got: Subscribe, now: float) -> SubscribeResponse:
        lasts = min(max(got.expires or LONGEST, SHORTEST), LONGEST)
        if got.subscription_id is not None:
            known = self._subscriptions.get(got.subscription_id)
            if known is None:
                return _refused(got, NO_SUBSCRIPTION, "no such subscription")
            known.ends = now + lasts
            return _accepted(got, known.id, lasts)
        kind, part = (got.request_type or "").casefold(), (got.request_sub_type or "").casefold()
        if kind != "eido" or part not in ("new", "single"):
            return _refused(got, _UNACCEPTABLE, "EIDO alone is conveyed, new or single")
        if got.qual_filter is not None:
            return _refused(got, _BAD, "filters are not known here")
        if (part == "single") != (got.incident_id is not None):
            return _refused(got, _BAD, "a single incident is named, and only there")
        if len(self._subscriptions) >= MOST_SUBSCRIPTIONS:
            return _refused(got, UNAVAILABLE, "too many subscriptions")
        if got.incident_id is not None and self._board.named(got.incident_id) is None:
            return _refused(got, 404, "no such incident")
        made = _Subscription(
            id=self._new_id(),
            only=got.incident_id,
            ends=now + lasts,
            min_rate=got.min_rate or 0,
            max_rate=got.max_rate or 0,
            sent_at=now,
        )
        self._subscriptions[made.id] = made
        return _accepted(got, made.id, lasts)


def _accepted(got: Subscribe, id_: str, lasts: int) -> SubscribeResponse:
    return SubscribeResponse(
        request_id=got.request_id,
        subscription_id=id_,
        min_rate=got.min_rate,
        max_rate=got.max_rate,
        expires=lasts,
        status_code=OK,
        status_text="OK",
    )


def _refused(got: Subscribe, status: int, why: str) -> SubscribeResponse:
    return SubscribeResponse(request_id=got.request_id, status_code=status, status_text=why)


def _unsubscribed(got: Unsubscribe, known: bool) -> UnsubscribeResponse:
    return UnsubscribeResponse(
        request_id=got.request_id,
        subscription_id=got.subscription_id,
        status_code=OK if known else NO_SUBSCRIPTION,
        status_text="OK" if known else "no such subscription",
    )


def _answer_fault(fault: MessageFault) -> list[bytes]:
    """How a subscriber's message that cannot be read is answered, where it can be."""
    told, ids = f"{fault.path}: {fault.problem}", fault.ids
    answer: Message | None = None
    if "requestId" in ids and fault.kind == "subscribe":
        answer = SubscribeResponse(request_id=ids["requestId"], status_code=_BAD, status_text=told)
    elif {"requestId", "subscriptionId"} <= ids.keys() and fault.kind == "unsubscribe":
        answer = UnsubscribeResponse(
            request_id=ids["requestId"],
            subscription_id=ids["subscriptionId"],
            status_code=_BAD,
            status_text=told,
        )
    elif fault.kind is None and "requestId" in ids:
        answer = NotImplementedResponse(request_id=ids["requestId"])
    return [] if answer is None else [written(answer)]
