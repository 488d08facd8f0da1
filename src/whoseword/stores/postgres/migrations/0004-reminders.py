"""Which reminders were claimed and told; back only while none was."""

from typing import Any

from psycopg import Connection
from yoyo import step

from whoseword.books.errors import MigrationFailed
from whoseword.stores.postgres.grants import leave_adding_only
from whoseword.stores.postgres.guards import OF_REMINDERS, put_up, take_down
from whoseword.stores.postgres.tables import statements

__depends__ = {"0003-exchanged"}
_TABLES = ("reminders", "reminders_told")


def guard(connection: Connection[Any]) -> None:
    """Put up the guards, and leave nobody more than SELECT and INSERT."""
    put_up(connection, OF_REMINDERS)
    for table in _TABLES:
        leave_adding_only(connection, table)


def unguard(connection: Connection[Any]) -> None:
    """Nobody was reminded, or this is refused."""
    for table in _TABLES:
        if connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone():  # noqa: S608  names of ours
            raise MigrationFailed(
                f"{connection.info.dbname} cannot go back to structure 3: its {table} would be "
                "forgotten; keep this version of Whose Word"
            )
    take_down(connection, OF_REMINDERS)


steps = [
    step(statements("0004-reminders"), statements("0004-reminders.back")),
    step(guard, unguard),
]
