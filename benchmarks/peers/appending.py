"""Other ways to put the same bytes on the same disk: bare SQL, and ``eventsourcing``.

The bare peers write the same bytes, made beforehand, into the same two tables with the same
settings, without guards; they check nothing, hash nothing and wake nobody.
"""

import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from time import perf_counter
from uuid import uuid4

import msgspec
import psycopg
from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore
from psycopg.conninfo import conninfo_to_dict

from whoseword.books import Row
from whoseword.stores.sqlite.home import connect
from whoseword.stores.sqlite.structure import make_structure

COLUMNS = "book, seq, id, incident, recorded, appended, backfilled, commitment, link"
ENTRIES = f"INSERT INTO entries ({COLUMNS}) VALUES"
BODIES = "INSERT INTO bodies (book, seq, salt, bytes) VALUES"


def in_threads(count: int, work: Callable[[], None]) -> float:
    """Seconds until every thread has done its work."""
    threads = [threading.Thread(target=work) for _ in range(count)]
    started = perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return perf_counter() - started


def bare_sqlite(path: Path, rows: Sequence[Row], group: int) -> float:
    """Rows a second with so many of them a commit, on SQLite."""
    fresh = not path.exists()
    with closing(connect(path)) as connection:
        if fresh:
            make_structure(connection)
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
            ).fetchall():
                connection.execute(f"DROP TRIGGER {name}")
        entries, bodies = _values(rows)
        started = perf_counter()
        for first in range(0, len(rows), group):
            connection.execute("BEGIN IMMEDIATE")
            part = slice(first, first + group)
            connection.executemany(f"{ENTRIES} ({', '.join('?' * 9)})", entries[part])
            connection.executemany(f"{BODIES} (?, ?, ?, ?)", bodies[part])
            connection.execute("COMMIT")
        return len(rows) / (perf_counter() - started)


def bare_postgres(url: str, rows: Sequence[Row], group: int) -> float:
    """Rows a second with so many of them a commit, on PostgreSQL, in tables without guards."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS entries (book text, seq bigint, id text, incident text, "
            "recorded bigint, appended bigint, backfilled smallint, commitment bytea, link bytea, "
            "PRIMARY KEY (book, seq), UNIQUE (book, id))"
        )
        connection.execute(
            "CREATE TABLE IF NOT EXISTS bodies (number bigint GENERATED ALWAYS AS IDENTITY "
            "PRIMARY KEY, book text, seq bigint, salt bytea, bytes bytea, UNIQUE (book, seq))"
        )
        entries, bodies = _values(rows)
        cursor = connection.cursor()
        started = perf_counter()
        for first in range(0, len(rows), group):
            part = slice(first, first + group)
            with connection.transaction():
                cursor.executemany(f"{ENTRIES} ({', '.join(['%s'] * 9)})", entries[part])
                cursor.executemany(f"{BODIES} (%s, %s, %s, %s)", bodies[part])
        return len(rows) / (perf_counter() - started)


def _values(rows: Sequence[Row]) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    entries = [
        (*(entry := msgspec.structs.astuple(row.entry))[:6], int(entry[6]), *entry[7:])
        for row in rows
    ]
    return entries, [(row.entry.book, row.entry.seq, row.salt, row.body) for row in rows]


def eventsourced_sqlite(path: Path, body: bytes, threads: int, each: int) -> float:
    """Events a second that the SQLite recorder of ``eventsourcing`` takes from threads."""
    store = SQLiteDatastore(str(path), pool_timeout=120.0, lock_timeout=60, max_overflow=threads)
    recorder = SQLiteApplicationRecorder(store)
    recorder.create_table()
    seconds = in_threads(threads, lambda: _record(recorder, body, each))
    store.close()
    return threads * each / seconds


def eventsourced_postgres(url: str, body: bytes, threads: int, each: int) -> float:
    """Events a second that the PostgreSQL recorder of ``eventsourcing`` takes from threads."""
    given = conninfo_to_dict(url)
    schema = str(given["options"]).rpartition("=")[2]
    with PostgresDatastore(
        dbname=str(given["dbname"]),
        host=str(given["host"]),
        port=str(given.get("port", "5432")),
        user=str(given["user"]),
        password=str(given["password"]),
        schema=schema,
        pool_size=16,
        max_overflow=16,
        connect_timeout=120,
    ) as store:
        recorder = PostgresApplicationRecorder(store, events_table_name="peer_events")
        recorder.create_table()
        seconds = in_threads(threads, lambda: _record(recorder, body, each))
    return threads * each / seconds


def _record(
    recorder: SQLiteApplicationRecorder | PostgresApplicationRecorder, body: bytes, each: int
) -> None:
    originator = uuid4()
    for version in range(each):
        event = StoredEvent(
            originator_id=originator, originator_version=version, topic="said", state=body
        )
        recorder.insert_events([event])
