"""Durable appends a second, on each store, with 64 threads and with 4 processes.

Peers, in the same run and on the same disk: bare SQL with one row a commit (aim: 10 times as
many), bare SQL with the same rows in groups of 64 (aim: at least 0.6 of it), and the recorder of
the ``eventsourcing`` package with as many threads. With processes the bare peer is four processes
that write one row a commit to the same place. The round with the best figure of each counts.

PostgreSQL is started from a package, as the tests start it, with its durability on.

Run: ``python benchmarks/append.py [FOLDER]`` (a folder on the disk to be measured).
"""

import multiprocessing
import os
import secrets
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import msgspec
from peers.appending import (
    bare_postgres,
    bare_sqlite,
    eventsourced_postgres,
    eventsourced_sqlite,
    in_threads,
)

from whoseword.books import Ledger, Row
from whoseword.books.protocol import Store
from whoseword.stores.postgres import PostgresStore
from whoseword.stores.sqlite import SqliteStore
from whoseword.words import Statement, statement_from

# The server that the tests start is the one to be measured.
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from postgres import own_server

THREADS, EACH = 64, 60
PROCESSES, CALLERS = 4, 16
ALONE, GROUP = 1_200, 64
ROUNDS = 3
AIM_ALONE, AIM_GROUPED = 10.0, 0.6


def statement() -> Statement:
    value: dict[str, Any] = {
        "incident": "harrow-lane",
        "book": "county/incident",
        "speaker": {"name": "police chief", "kind": "official", "party": "harrow-police"},
        "said": "2031-03-06",
        "occasion": {"kind": "briefing"},
        "stance": "affirms",
        "fact": {"kind": "armed", "who": "woman", "weapon": "knife"},
        "source": {
            "document": "ab" * 32,
            "start": 100,
            "end": 132,
            "quote": "the woman came at them, a knife.",
        },
        "signed_by": "A. Analyst",
    }
    return statement_from(value)


def opened(place: str) -> Store:
    return PostgresStore(place) if place.startswith("postgresql:") else SqliteStore(Path(place))


def speaking(place: str, threads: int, ready: Callable[[], object]) -> float:
    """Seconds in which so many threads of this process append to the home at ``place``."""
    said = statement()
    with Ledger(opened(place), lambda: datetime.now(UTC), secrets.token_bytes) as ledger:
        ledger.append([said])

        def speak() -> None:
            for _ in range(EACH):
                ledger.append([said])

        ready()
        return in_threads(threads, speak)


def ours(place: str) -> tuple[float, list[Row]]:
    """Appends a second of 64 threads, and the rows that they made."""
    seconds = speaking(place, THREADS, lambda: None)
    store = opened(place)
    with store.view() as view:
        rows = list(view.rows("county/incident", None, None))
    store.close()
    assert len(rows) == THREADS * EACH + 1
    return THREADS * EACH / seconds, rows


def _one_of_ours(place: str, barrier: Any) -> None:
    speaking(place, CALLERS, barrier.wait)
    barrier.wait()


def _one_of_the_bare(place: str, number: int, rows: list[Row], barrier: Any) -> None:
    book = f"peer-{number}/incident"
    own = [Row(msgspec.structs.replace(row.entry, book=book), row.salt, row.body) for row in rows]
    bare(place, own[:1], 1)
    barrier.wait()
    bare(place, own[1:], 1)
    barrier.wait()


def bare(place: str, rows: list[Row], group: int) -> float:
    if place.startswith("postgresql:"):
        return bare_postgres(place, rows, group)
    return bare_sqlite(Path(place), rows, group)


def in_processes(work: Callable[..., None], arguments: list[tuple[Any, ...]], done: int) -> float:
    """What so many processes get done a second, from when all are ready until all are done."""
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(PROCESSES + 1)
    processes = [context.Process(target=work, args=(*its, barrier)) for its in arguments]
    for process in processes:
        process.start()
    barrier.wait()
    started = perf_counter()
    barrier.wait()
    seconds = perf_counter() - started
    for process in processes:
        process.join()
    return done / seconds


def sync_ms(folder: Path) -> float:
    """What one sync of 4 KiB costs on this disk."""
    descriptor = os.open(folder / "sync", os.O_RDWR | os.O_CREAT)
    started = perf_counter()
    for place in range(100):
        os.pwrite(descriptor, b"x" * 4096, place * 4096)
        os.fsync(descriptor)
    seconds = perf_counter() - started
    os.close(descriptor)
    return seconds * 10


def measured(place: Callable[[str], str]) -> dict[str, float]:
    """Every figure of one round on one store; ``place`` gives a fresh place to write to."""
    found, rows = ours(place("ours"))
    shared, bare_place, events = place("shared"), place("bare"), place("events")
    speaking(shared, 1, lambda: None)
    body = rows[0].body or b""
    each = max(1, ALONE // THREADS)
    many = rows[: ALONE // PROCESSES + 1]
    return {
        "ours": found,
        "alone": bare(place("alone"), rows[:ALONE], 1),
        "grouped": bare(place("grouped"), rows, GROUP),
        "eventsourcing": eventsourced_postgres(events, body, THREADS, each)
        if events.startswith("postgresql:")
        else eventsourced_sqlite(Path(events), body, THREADS, each),
        "ours, 4 processes": in_processes(
            _one_of_ours, [(shared,)] * PROCESSES, PROCESSES * CALLERS * EACH
        ),
        "alone, 4 processes": in_processes(
            _one_of_the_bare, [(bare_place, one, many) for one in range(PROCESSES)], ALONE
        ),
    }


def report(store: str, rounds: list[dict[str, float]]) -> None:
    best = {key: max(one[key] for one in rounds) for key in rounds[0]}
    print(f"{store}:")
    for key, figure in best.items():
        print(f"  {key}: {figure:,.0f} a second")
    print(f"  64 threads against one row a commit: {best['ours'] / best['alone']:.2f} (aim {AIM_ALONE:.0f})")  # fmt: skip
    print(f"  64 threads against groups of {GROUP}: {best['ours'] / best['grouped']:.2f} (aim {AIM_GROUPED})")  # fmt: skip
    print(f"  64 threads against eventsourcing: {best['ours'] / best['eventsourcing']:.2f}")
    four = best["ours, 4 processes"] / best["alone, 4 processes"]
    print(f"  4 processes against 4 processes of one row a commit: {four:.2f}")


def main() -> None:
    where = sys.argv[1] if len(sys.argv) > 1 else None
    stores: dict[str, list[dict[str, float]]] = {"SQLite": [], "PostgreSQL": []}
    with own_server() as server:
        for turn in range(ROUNDS):
            with tempfile.TemporaryDirectory(dir=where) as name:
                folder = Path(name)
                stores["SQLite"].append(measured(lambda name, at=folder: str(at / name)))  # type: ignore[misc]
                sync = sync_ms(folder)
            stores["PostgreSQL"].append(measured(lambda _: server.url(server.new_schema())))
            print(f"round {turn + 1} of {ROUNDS} done; one sync {sync:.2f} ms")
    print(f"SQLite {sqlite3.sqlite_version}, {os.cpu_count()} processors")
    for store, rounds in stores.items():
        report(store, rounds)


if __name__ == "__main__":
    main()
