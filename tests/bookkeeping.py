"""Ledgers for tests: a home in a folder, a clock that is told the time, statements in a line."""

import secrets
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from telling import CHIEF, told
from whoseword.books import Ledger, Verdict, verify
from whoseword.books.protocol import Store
from whoseword.stores.sqlite import SqliteStore
from whoseword.words import Statement

NOON = datetime(2031, 3, 6, 12, 0, tzinfo=UTC)
BOOK = "county/incident"
FILE = "ledger.sqlite3"


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now


def store_at(home: Path | str) -> Store:
    """The store of a home: in a folder, or in a PostgreSQL schema where it is a URL."""
    if isinstance(home, Path):
        return SqliteStore(home)
    from whoseword.stores.postgres import PostgresStore

    return PostgresStore(home)


def ledger_in(home: Path | str, clock: Clock | None = None) -> Ledger:
    """The ledger of a home, at noon unless a clock is given."""
    return Ledger(store_at(home), clock or Clock(), secrets.token_bytes)


def said(weapon: str = "knife", *, by: dict[str, Any] = CHIEF, **parts: Any) -> Statement:
    """A statement as somebody would give it: without id, and not recorded yet."""
    given = {"id": None, "recorded": None} | parts
    return told("armed", who="woman", weapon=weapon, by=by, **given)


def again(statement: Statement, **changes: Any) -> Statement:
    """A statement as it was given, from one that was read back."""
    return msgspec.structs.replace(
        statement, **({"recorded": None, "backfilled": False, "appended": None} | changes)
    )


def tamper(home: Path, *statements: str, guarded: bool = False) -> None:
    """Change a home's file as a forger would, from outside; with its guards taken down first."""
    with closing(sqlite3.connect(home / FILE, isolation_level=None)) as connection:
        guards = connection.execute(
            "SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchall()
        if not guarded:
            for name, _, _ in guards:
                connection.execute(f"DROP TRIGGER {name}")
        try:
            for statement in statements:
                connection.execute(statement)
        finally:
            if not guarded:
                left = connection.execute("SELECT name FROM sqlite_schema").fetchall()
                for _, table, sql in guards:
                    if (table,) in left:
                        connection.execute(sql)


def verdict_on(home: Path | str) -> Verdict:
    """What verify says of a home."""
    store = store_at(home)
    try:
        return verify(store)
    finally:
        store.close()
