"""Durable appends a second with 64 threads, against what else could be done on this disk.

Peers, in the same run and on the same disk: bare ``sqlite3`` with one row a commit (aim: 10 times
as many), bare ``sqlite3`` with the same rows in groups of 64 (aim: at least 0.6 of it), and the
SQLite recorder of the ``eventsourcing`` package with as many threads. The bare peers write the
same bytes, made beforehand, into the same two tables with the same settings, without guards; they
check nothing, hash nothing and wake nobody. The round with the best figure of each counts.

Run: ``python benchmarks/append.py [FOLDER]`` (a folder on the disk to be measured).
"""

import os
import secrets
import sqlite3
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import uuid4

import msgspec
from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore

from whoseword.books import Ledger, Row
from whoseword.stores.sqlite import SqliteStore
from whoseword.stores.sqlite.home import connect, make_structure
from whoseword.words import Statement, statement_from

THREADS = 64
EACH = 100
ALONE = 1_500
GROUP = 64
ROUNDS = 3
AIM_ALONE, AIM_GROUPED = 10.0, 0.6

ADD_ENTRY = f"INSERT INTO entries VALUES ({', '.join('?' * 9)})"
ADD_BODY = "INSERT INTO bodies (book, seq, salt, bytes) VALUES (?, ?, ?, ?)"


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


def in_threads(work: Callable[[], None]) -> float:
    """Seconds until every thread has done its work."""
    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    started = perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return perf_counter() - started


def ours(folder: Path) -> tuple[float, list[Row]]:
    """Appends a second, and the rows that they made."""
    said = statement()
    with Ledger(
        SqliteStore(folder / "home"), lambda: datetime.now(UTC), secrets.token_bytes
    ) as ledger:

        def speak() -> None:
            for _ in range(EACH):
                ledger.append([said])

        ledger.append([said])
        seconds = in_threads(speak)
        with ledger.store.view() as view:
            rows = list(view.rows("county/incident", None, None))
    assert len(rows) == THREADS * EACH + 1
    return THREADS * EACH / seconds, rows


def bare(path: Path, rows: Sequence[Row], group: int) -> float:
    """Rows a second with so many of them a commit."""
    connection = connect(path)
    make_structure(connection)
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
    ).fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    entries = [msgspec.structs.astuple(row.entry) for row in rows]
    bodies = [(row.entry.book, row.entry.seq, row.salt, row.body) for row in rows]
    started = perf_counter()
    for first in range(0, len(rows), group):
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(ADD_ENTRY, entries[first : first + group])
        connection.executemany(ADD_BODY, bodies[first : first + group])
        connection.execute("COMMIT")
    seconds = perf_counter() - started
    connection.close()
    return len(rows) / seconds


def eventsourced(path: Path, body: bytes) -> float:
    """Events a second that the ``eventsourcing`` recorder takes from as many threads."""
    store = SQLiteDatastore(str(path), pool_timeout=120.0, lock_timeout=60, max_overflow=THREADS)
    recorder = SQLiteApplicationRecorder(store)
    recorder.create_table()
    each = max(1, ALONE // THREADS)

    def record() -> None:
        originator = uuid4()
        for version in range(each):
            event = StoredEvent(
                originator_id=originator, originator_version=version, topic="said", state=body
            )
            recorder.insert_events([event])

    seconds = in_threads(record)
    store.close()
    return THREADS * each / seconds


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


def main() -> None:
    best = dict.fromkeys(("ours", "alone", "grouped", "eventsourcing"), 0.0)
    where = sys.argv[1] if len(sys.argv) > 1 else None
    for turn in range(ROUNDS):
        with tempfile.TemporaryDirectory(dir=where) as name:
            folder = Path(name)
            found, rows = ours(folder)
            figures = {
                "ours": found,
                "alone": bare(folder / "alone", rows[:ALONE], 1),
                "grouped": bare(folder / "grouped", rows, GROUP),
                "eventsourcing": eventsourced(folder / "events", rows[0].body or b""),
            }
            sync = sync_ms(folder)
        best = {key: max(best[key], figure) for key, figure in figures.items()}
        told = ", ".join(f"{key} {figure:,.0f}" for key, figure in figures.items())
        print(f"round {turn + 1}: {told} a second; one sync {sync:.2f} ms")
    print(f"SQLite {sqlite3.sqlite_version}, {os.cpu_count()} processors, {THREADS} threads")
    print(f"against one row a commit: {best['ours'] / best['alone']:.2f} (aim {AIM_ALONE:.0f})")
    print(f"against groups of {GROUP}:  {best['ours'] / best['grouped']:.2f} (aim {AIM_GROUPED})")
    print(f"against eventsourcing:    {best['ours'] / best['eventsourcing']:.2f}")


if __name__ == "__main__":
    main()
