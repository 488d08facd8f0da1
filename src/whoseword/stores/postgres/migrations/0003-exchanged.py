"""What other homes sent, and the rule sets of views; back only while all are empty."""

from typing import Any

from psycopg import Connection
from yoyo import step

from whoseword.books.errors import MigrationFailed
from whoseword.stores.postgres.grants import leave_adding_only
from whoseword.stores.postgres.guards import OF_EXCHANGED, put_up, take_down
from whoseword.stores.postgres.tables import statements

__depends__ = {"0002-removals"}


def guard(connection: Connection[Any]) -> None:
    """Put up the guards, and leave nobody more than SELECT and INSERT on what was received."""
    put_up(connection, OF_EXCHANGED)
    leave_adding_only(connection, "received")


def unguard(connection: Connection[Any]) -> None:
    """Nothing was received or kept, or this is refused."""
    for table in ("bundles", "received", "received_bodies", "received_seals", "rule_sets"):
        if connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone():  # noqa: S608  names of ours
            raise MigrationFailed(
                f"{connection.info.dbname} cannot go back to structure 2: its {table} would be "
                "forgotten; keep this version of Whose Word"
            )
    take_down(connection, OF_EXCHANGED)


steps = [
    step(statements("0003-exchanged"), statements("0003-exchanged.back")),
    step(guard, unguard),
]
