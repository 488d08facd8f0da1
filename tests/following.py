"""A feed followed in the test's own process, over a real websocket, until the peer has its answers."""

import itertools
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from conveying_peer import ConveyingPeer
from whoseword.doors.feeds import Into
from whoseword.doors.following import Asked, World, follow
from whoseword.doors.lines_to_peers import Line, Peer, address_of, fetched, incident_at, line_to
from whoseword.doors.taking_events import Counts
from whoseword.intake.eido import mark_of
from whoseword.wiring import Homes
from whoseword.words import Statement

CALLS = "dunmore-911/response/calls"
NOON = datetime(2031, 5, 2, 20, tzinfo=UTC)
PATIENCE = 60.0
"""Seconds after which a test that waits for a peer gives up."""


class Follower:
    """What follows a peer for a test; ``told`` is what it told a person."""

    def __init__(
        self, home: Path, peer: ConveyingPeer, patience: float = PATIENCE, **of_peer: Any
    ) -> None:
        self.patience = patience
        self.home = home
        self.peer = peer
        self.told: list[str] = []
        self.waited: list[float] = []
        self.of_peer = of_peer
        self.events = 0
        self.line: Callable[[Line], Line] = lambda line: line
        self.until: Callable[[], bool] = lambda: peer.done

    def run(self, into: Into = Into(CALLS), **of_asked: Any) -> Counts:  # noqa: B008  a frozen value
        """Follow until everything was answered."""
        peer = Peer(address_of(self.peer.url, ("wss", "ws")), **self.of_peer)
        numbers = itertools.count(1)
        deadline = time.monotonic() + self.patience

        @contextmanager
        def connected() -> Iterator[Line]:
            with line_to(peer) as line:
                yield self.line(_Counts(self, line))

        def stopped() -> bool:
            return self.until() or time.monotonic() > deadline

        world = World(
            home=self.desk,
            connect=connected,
            fetch=lambda url: fetched(peer, url),
            incident_at=lambda incident: incident_at(peer, incident),
            clock=time.monotonic,
            chance=lambda: 0.0,
            new_id=lambda: f"r{next(numbers)}",
            wait=self.waited.append,
            stopped=stopped,
            tell=self.told.append,
            arrived=lambda _desk, _taken: None,
        )
        return follow(Asked(into, **of_asked), world, peer.address)

    def desk(self) -> AbstractContextManager[Any]:
        return Homes().open(self.home, lambda: NOON)

    def statements(self) -> list[Statement]:
        """What stands in the book now."""
        with self.desk() as desk:
            found: list[Statement] = desk.ledger.statements([CALLS])
        return found


class _Counts:
    """A line that counts the events that this side answered."""

    def __init__(self, follower: Follower, line: Line) -> None:
        self._follower = follower
        self._line = line

    def send(self, content: bytes) -> None:
        self._line.send(content)
        self._follower.events += b"eventResponse" in content

    def receive(self, wait: float) -> bytes | None:
        return self._line.receive(wait)


def said_twice(statements: list[Statement]) -> list[Any]:
    """What stands more than once, whatever its id: a part of a component, alike, at one time."""
    told: Counter[Any] = Counter()
    for one in statements:
        mark = mark_of(one)
        assert mark is not None
        told[one.incident, mark.id, mark.part, one.said, repr(one.fact), repr(mark.rest)] += 1
    return [key for key, count in told.items() if count > 1]


def soon(what: Callable[[], bool]) -> None:
    """Wait until something is so, for another thread does it."""
    deadline = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < deadline, "it never came"
        threading.Event().wait(0.01)
