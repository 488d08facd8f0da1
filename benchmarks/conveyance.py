"""How many objects a second are taken in from a feed, over lost lines, on one core.

A peer in a process of its own sends 10,000 events of about 14 KiB over a websocket on loopback, as
quick as they are taken; three times the line is lost: with half a message out, with an answer that
the peer forgot, and with messages out that were not answered. Everything is read, checked, told in
statements, kept on the disk, and acknowledged after that. Then what stands is counted.

The other side of the comparison, in the same run, only receives the same events, parses their JSON and
answers at once: it keeps nothing. Both run on one core. Told are objects a second, by the clock and
of processor time.

Run: ``python benchmarks/conveyance.py [MESSAGES]``
"""

import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from websockets.sync.client import connect

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from agencies import agency
from bursts import burst, statements_of
from conveying_peer import AFTER_SENT, BEFORE_ACK, MID_OBJECT, conveying_peer
from following import Follower, said_twice

STATES = 50
CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [0]


class _Far:
    """The peer in the other process, as far as a follower asks of it."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._asked_at = 0.0
        self._done = False
        self.url = self.ask("url")

    def ask(self, what: str) -> Any:
        self._pipe.send(what)
        return self._pipe.recv()

    @property
    def done(self) -> bool:
        """Whether everything was answered, asked at most ten times a second."""
        if not self._done and time.monotonic() - self._asked_at > 0.1:
            self._asked_at = time.monotonic()
            self._done = self.ask("done")
        return self._done


def peer_apart(pipe: Connection, incidents: int, drops: bool, core: int) -> None:
    """The other process: a peer, asked through a pipe, on another core where there is one."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {core})
    with conveying_peer() as peer:
        for one in burst(incidents, STATES):
            peer.add(one)
        many = len(peer.queue)
        if drops:
            peer.drops = {many // 5: MID_OBJECT, many // 2: BEFORE_ACK, many * 4 // 5: AFTER_SENT}
        while (asked := pipe.recv()) != "end":
            size = sum(len(one.raw) for one in peer.queue) / many / 1024
            told = {"url": peer.url, "many": many, "size": size, "done": peer.done}
            pipe.send(told.get(asked) if asked != "codes" else peer.codes())
    pipe.send(None)


def with_peer(incidents: int, drops: bool, work: Callable[[_Far], Any]) -> Any:
    """What some work with a peer gives."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(
        target=peer_apart, args=(there, incidents, drops, CORES[-1]), daemon=True
    )
    process.start()
    try:
        return work(_Far(here))
    finally:
        here.send("end")
        process.join(20)


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds by the clock and of the processor, and what was given."""
    start, spent = time.perf_counter(), time.process_time()
    given = work()
    return time.perf_counter() - start, time.process_time() - spent, given


def plainly(far: _Far) -> None:
    """Receive, parse and answer, and keep nothing."""
    many = far.ask("many")
    with connect(far.url, compression=None, max_size=None, proxy=None) as line:
        ask = {"subscribe": {"requestId": "1", "requestType": "EIDO", "requestSubType": "new"}}
        line.send(json.dumps(ask))
        answered = 0
        while answered < many:
            told = json.loads(line.recv())
            if "event" in told:
                answer = {"transactionId": told["event"]["transactionId"], "statusCode": 200,
                          "statusText": "OK"}  # fmt: skip
                line.send(json.dumps({"eventResponse": answer}))
                answered += 1


def followed(far: _Far) -> float:
    """Follow, with three lost lines, and count what stands; seconds of the processor an event."""
    with tempfile.TemporaryDirectory() as folder:
        center = agency(Path(folder), "dunmore-911", "supervisor")
        follower = Follower(center.home, far, patience=3_600.0)  # type: ignore[arg-type]
        clock, spent, counts = timed(follower.run)
        many, codes = far.ask("many"), far.ask("codes")
        statements = follower.statements()
        expected = statements_of(many // STATES, STATES)
    print(f"{many:,} events of {far.ask('size'):.1f} KiB, {counts.lost} lost lines")
    print(f"  objects that came: {counts.objects:,}, {counts.objects - many:,} of them again")
    print(f"  statements: {expected:,} expected, {len(statements):,} stand")
    print(f"  said twice: {len(said_twice(statements))}")
    print(f"  acknowledged: {codes.count(200):,}")
    print(f"  followed: {many / clock:,.0f} a second by the clock, {many / spent:,.0f} of processor time")  # fmt: skip
    assert len(statements) == expected
    return spent / many


def main() -> None:
    incidents = max(1, int(sys.argv[1]) // STATES if len(sys.argv) > 1 else 200)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {CORES[0]})
    ours = with_peer(incidents, True, followed)
    clock, spent, _ = with_peer(incidents, False, lambda far: timed(lambda: plainly(far)))
    many = incidents * STATES
    print(f"  peer, receives and parses alone: {many / clock:,.0f} a second by the clock, {many / spent:,.0f} of processor time")  # fmt: skip
    print(f"  followed costs {ours / (spent / many):.1f} times the peer's processor time")


if __name__ == "__main__":
    main()
