"""Another system's incidents followed as they change: subscribed to, taken in, acknowledged.

An event is acknowledged once what its objects add is on the disk, and not before; so whatever a
lost connection swallowed was never acknowledged. After one, the feed is subscribed to anew: the
standard (NENA-STA-024) has a notifier drop subscriptions with their socket, and send the present
state of every active incident first. What comes twice is found by what it says, also by another
run of this program (``feeds``). A malformed object stops nothing: it is set aside, and the peer is
told so. Here is no network and no clock: both come in with the ``World``.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from typing import Final, NamedTuple

from whoseword.doors.desk import Desk
from whoseword.doors.errors import DeskError
from whoseword.doors.feeds import Held, Into, TakenIn
from whoseword.doors.lines_to_peers import Line, LineLost, NotFetched
from whoseword.doors.taking_events import Counts, Taking, answer_of
from whoseword.intake.conveyance import (
    NO_SUBSCRIPTION,
    OK,
    Event,
    Message,
    MessageFault,
    NotImplementedResponse,
    Subscribe,
    SubscribeResponse,
    Terminate,
    TerminateResponse,
    Unsubscribe,
    UnsubscribeResponse,
    read_message,
    written,
)

GROUP: Final = 64
"""How many messages that wait already are appended together: the disk's sync is shared."""
GROUP_BYTES: Final = 8 * 1024 * 1024
TO_ANSWER: Final = 30.0
"""Seconds in which a peer answers a subscription."""
TO_PART: Final = 3.0
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds before another connection is tried: doubled each time, and shortened by chance."""
_LOOK: Final = 0.25
"""Seconds after which a quiet line is left to look whether somebody wants the program to end."""
_TELL: Final = 10.0
_TELL_OF_NEW: Final = 1.0
"""Seconds that a weapon waits to be pointed out while more comes; a quiet line tells at once."""
_ACCEPTS: Final = 'application/emergency.eido+json; version="1"'
_FATAL: Final = frozenset({400, 403, 404, 406, 413})


class Asked(NamedTuple):
    """What is followed and how long: into which book; one incident of the peer's, or all new ones.

    ``until_idle`` ends it after so many seconds without an object; ``tries`` is how often in a row
    no subscription may be had (None: it is never given up).
    """

    into: Into
    only: str | None = None
    until_idle: float | None = None
    tries: int | None = None
    expires: int = 3_600


class World(NamedTuple):
    """Everything outside: the home, the line, the clock, chance, and who is told."""

    home: Callable[[], AbstractContextManager[Desk]]
    connect: Callable[[], AbstractContextManager[Line]]
    fetch: Callable[[str], bytes | NotFetched]
    incident_at: Callable[[str], str | None]
    clock: Callable[[], float]
    chance: Callable[[], float]
    new_id: Callable[[], str]
    wait: Callable[[float], None]
    stopped: Callable[[], bool]
    tell: Callable[[str], None]
    arrived: Callable[[Desk, TakenIn], None]


def follow(asked: Asked, world: World, feed: str) -> Counts:
    """Follow a feed until somebody stops it, or it is as ``asked``; what came of it.

    Raises ``DeskError`` where the peer does not serve us, and whatever the ledger raises. ``feed``
    is how the peer is named in what is told and set aside.
    """
    counts, failed, seen = Counts(), 0, dict[str, str]()
    while not world.stopped():
        one = _Connection(asked, world, feed, counts, seen)
        try:
            with world.home() as desk, world.connect() as line:
                one.run(desk, line)
            break
        except LineLost as lost:
            # A peer that lets us in and sends nothing that can be taken is left alone longer and longer.
            failed = 0 if one.took_any else failed + 1
            counts.lost += one.subscribed
            if asked.tries is not None and failed >= asked.tries:
                raise DeskError(f"{feed}: {lost}, {failed} times in a row; see to it") from None
            pause = _pause(max(0, failed - 1), world.chance())
            world.tell(f"{feed}: {lost}; trying again in {pause:.1f} s")
            world.wait(pause)
    return counts


def _pause(failed: int, chance: float) -> float:
    """Seconds to wait: at most 1, 2, 4, …, 60, at least half of it, so that many do not come at once."""
    longest = min(FIRST_PAUSE * 2.0 ** min(failed, 10), LONGEST_PAUSE)
    return longest * (0.5 + chance / 2)


class _Connection:
    """One connection, from its subscription to its end."""

    def __init__(
        self, asked: Asked, world: World, feed: str, counts: Counts, seen: dict[str, str]
    ) -> None:
        self._asked = asked
        self._world = world
        self._feed = feed
        self._counts = counts
        self._seen = seen
        self._known = dict(seen)
        self._ids: set[str] = set()
        self._current = ""
        self._renew_at: float | None = None
        self._last_object = self._told_at = self._new_told_at = world.clock()
        self._told_of = (counts.objects, counts.set_aside)
        self._events_before = counts.events
        self.subscribed = False

    def run(self, desk: Desk, line: Line) -> None:
        """Subscribe, and take what comes until it is to end. Raises ``LineLost``."""
        self._taking = Taking(
            desk, self._asked.into, self._feed, self._counts, self._world.fetch, Held()
        )
        try:
            self._follow(line)
        except LineLost:
            # A line that is lost is quiet too: what was new is told before it is tried again.
            self._tell_of_new()
            raise
        self._tell_of_new()

    @property
    def took_any(self) -> bool:
        """Whether an event came over it."""
        return self._counts.events > self._events_before

    def _follow(self, line: Line) -> None:
        early = self._subscribe(line)
        self._last_object = self._world.clock()
        self._events(line, early)
        while True:
            if self._world.stopped():
                self._part(line)
                return
            content = line.receive(_LOOK)
            now = self._world.clock()
            if content is not None:
                if self._messages(line, self._waiting(line, content)):
                    return
            else:
                self._what_was_missed()
                self._tell_of_new()
                if self._asked.until_idle is not None and (
                    now - self._last_object >= self._asked.until_idle
                ):
                    self._part(line)
                    return
            if now - self._new_told_at >= _TELL_OF_NEW:
                self._tell_of_new()
            self._tell_progress(now)
            if self._renew_at is not None and now >= self._renew_at:
                self._renew(line)

    def _subscribe(self, line: Line) -> list[Event]:
        """Subscribe; the events that were quicker than the answer."""
        asked, request = self._asked, self._world.new_id()
        message = Subscribe(
            request_id=request,
            request_type="EIDO",
            request_sub_type="single" if asked.only else "new",
            request_accepts=_ACCEPTS,
            incident_id=asked.only,
            expires=asked.expires,
        )
        self._say(line, message)
        early: list[Event] = []
        deadline = self._world.clock() + TO_ANSWER
        while self._world.clock() < deadline and not self._world.stopped():
            try:
                content = line.receive(_LOOK)
            except LineLost:
                self._events(line, early)
                raise
            if content is None:
                continue
            got = self._read(line, content)
            if isinstance(got, Event):
                early.append(got)
                if len(early) > GROUP:
                    self._events(line, early)
                    raise LineLost("objects, and no answer to the subscription")
            elif isinstance(got, SubscribeResponse) and got.request_id == request:
                self._answered(got)
                return early
            elif isinstance(got, NotImplementedResponse):
                raise DeskError(f"{self._feed} takes no subscriptions; check the address")
            elif isinstance(got, Terminate):
                self._acknowledge(line, got)
        if self._world.stopped():
            return early
        raise LineLost("no answer to the subscription")

    def _answered(self, got: SubscribeResponse) -> None:
        if got.status_code in _FATAL:
            # The peer's words are not told: a stranger wrote them.
            raise DeskError(
                f"{self._feed} does not take the subscription ({got.status_code}); ask who runs it"
            )
        if got.status_code != OK or got.subscription_id is None:
            raise LineLost(f"the subscription is answered with {got.status_code}")
        self._current = got.subscription_id
        self._ids.add(got.subscription_id)
        self._set_renewal(got)
        again = ", again" if self._counts.subscriptions else ""
        self._counts.subscriptions += 1
        self.subscribed = True
        self._world.tell(f"{self._feed}: subscribed{again}")

    def _set_renewal(self, got: SubscribeResponse) -> None:
        half = (got.expires or 0) / 2
        self._renew_at = self._world.clock() + max(1.0, half) if got.expires else None

    def _renew(self, line: Line) -> None:
        self._renew_at = None
        request = Subscribe(
            request_id=self._world.new_id(),
            subscription_id=self._current,
            expires=self._asked.expires,
        )
        self._say(line, request)

    def _waiting(self, line: Line, first: bytes) -> list[bytes]:
        """A message and those that wait behind it, as far as one group goes."""
        group, size = [first], len(first)
        # Whatever came whole is taken, though the line be lost behind it: a peer need not send it
        # again. Whoever receives next is told of the loss.
        with suppress(LineLost):
            while len(group) < GROUP and size < GROUP_BYTES:
                content = line.receive(0)
                if content is None:
                    break
                group.append(content)
                size += len(content)
        return group

    @staticmethod
    def _say(line: Line, message: Message) -> None:
        """Send a message; that the line is lost is told when something is to be received."""
        with suppress(LineLost):
            line.send(written(message))

    def _messages(self, line: Line, contents: list[bytes]) -> bool:
        """Take messages; whether the one incident that was followed is closed."""
        events: list[Event] = []
        for content in contents:
            got = self._read(line, content)
            match got:
                case Event():
                    events.append(got)
                case Terminate():
                    self._events(line, events)
                    events = []
                    if self._acknowledge(line, got):
                        if self._asked.only:
                            return True
                        raise LineLost("the peer ended the subscription")
                case SubscribeResponse():
                    if got.status_code == NO_SUBSCRIPTION:
                        self._events(line, events)
                        raise LineLost("the subscription was not renewed")
                    self._set_renewal(got)
                case _:
                    pass
        self._events(line, events)
        return False

    def _read(self, line: Line, content: bytes) -> object:
        """A message; what is none is set aside, and answered if it can be."""
        try:
            return read_message(content)
        except MessageFault as fault:
            self._taking.set_aside(content, fault, fault.ids.get("transactionId"))
            self._world.tell(f"{self._feed}: set aside, {fault}")
            answer = answer_of(fault)
            if answer is not None:
                self._say(line, answer)
            return None

    def _events(self, line: Line, events: list[Event]) -> None:
        """Take events in; the acknowledgements go out once all of it is on the disk."""
        if not events:
            return
        for answer in self._taking.take(events, self._ids, self._world.tell):
            self._say(line, answer)
        self._seen.update(self._taking.incidents)
        if any(one.notification for one in events):
            self._last_object = self._world.clock()

    def _what_was_missed(self) -> None:
        """Ask for incidents that were told of before the line was lost, and not after it.

        By the standard the first event after subscribing tells of every incident that is active;
        so these ended meanwhile, and their last state was never sent.
        """
        if not self.took_any:
            return
        known, self._known = self._known, {}
        for incident in [one for one in known if one not in self._taking.incidents]:
            if self._world.stopped():
                return
            self._seen.pop(incident, None)
            url = self._world.incident_at(incident)
            if url is not None:
                self._taking.retrieve(url, self._world.tell)

    def _acknowledge(self, line: Line, got: Terminate) -> bool:
        """Answer the end of a subscription; whether it is the one in use."""
        known = got.subscription_id in self._ids
        answer = TerminateResponse(
            request_id=got.request_id,
            subscription_id=got.subscription_id,
            status_code=OK if known else NO_SUBSCRIPTION,
            status_text="OK" if known else "no such subscription here",
        )
        self._say(line, answer)
        return got.subscription_id == self._current

    def _part(self, line: Line) -> None:
        """Unsubscribe, and take what was still on its way."""
        if not self.subscribed:
            return
        request = self._world.new_id()
        try:
            self._say(line, Unsubscribe(request_id=request, subscription_id=self._current))
            deadline = self._world.clock() + TO_PART
            while self._world.clock() < deadline:
                content = line.receive(_LOOK)
                got = self._read(line, content) if content is not None else None
                if isinstance(got, Event):
                    self._events(line, [got])
                elif isinstance(got, UnsubscribeResponse) and got.request_id == request:
                    break
        except LineLost:
            # Whatever was not acknowledged is the peer's to send again.
            pass

    def _tell_of_new(self) -> None:
        self._new_told_at = self._world.clock()
        self._taking.tell(self._world.arrived)

    def _tell_progress(self, now: float) -> None:
        stands = (self._counts.objects, self._counts.set_aside)
        if now - self._told_at >= _TELL and stands != self._told_of:
            self._told_at, self._told_of = now, stands
            self._world.tell(f"{self._feed}: {self._counts.line()}")
