"""Rows of files that one statement lists; back only while there are none."""

from typing import Any

from psycopg import Connection
from yoyo import step

from whoseword.books.errors import MigrationFailed
from whoseword.stores.postgres.grants import leave_adding_only
from whoseword.stores.postgres.guards import put_up, take_down
from whoseword.stores.postgres.guards_listed import OF_LISTED
from whoseword.stores.postgres.tables import statements

__depends__ = {"0004-reminders"}


def guard(connection: Connection[Any]) -> None:
    """Put up the guards; what was done with a row is only ever added to."""
    put_up(connection, OF_LISTED)
    leave_adding_only(connection, "listed_removals")


def unguard(connection: Connection[Any]) -> None:
    """No row was listed, or this is refused."""
    for table in ("listed", "listed_bodies", "listed_removals"):
        if connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone():  # noqa: S608  names of ours
            raise MigrationFailed(
                f"{connection.info.dbname} cannot go back to structure 4: its {table} would be "
                "forgotten; keep this version of Whose Word"
            )
    take_down(connection, OF_LISTED)


steps = [
    step(statements("0005-listed"), statements("0005-listed.back")),
    step(guard, unguard),
]
