"""Seals, quarantines, the log of reads and the register of copies; back only while all are empty."""

from typing import Any

from psycopg import Connection
from yoyo import step

from whoseword.books.errors import MigrationFailed
from whoseword.stores.postgres.guards import (
    LOWERED_FOR_REMOVALS,
    OF_REMOVALS,
    put_up,
    take_down,
)
from whoseword.stores.postgres.tables import statements

__depends__ = {"0001-books"}


def guard(connection: Connection[Any]) -> None:
    """A seal becomes the one way to destroy a body, and what it destroyed does not come back."""
    take_down(connection, LOWERED_FOR_REMOVALS)
    put_up(connection, OF_REMOVALS)


def unguard(connection: Connection[Any]) -> None:
    """Nothing is removed again, nor was, or this is refused."""
    for table in ("removals", "blanks", "reads", "copies"):
        if connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone():  # noqa: S608  names of ours
            raise MigrationFailed(
                f"{connection.info.dbname} cannot go back to structure 1: its {table} would be "
                "forgotten; keep this version of Whose Word"
            )
    take_down(connection, OF_REMOVALS)
    put_up(connection, LOWERED_FOR_REMOVALS)


steps = [
    step(statements("0002-removals"), statements("0002-removals.back")),
    step(guard, unguard),
]
