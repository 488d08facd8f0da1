"""The books: their tables, the guards over them, and that an entry can only be added.

There is no way back from here but to drop the schema, which is its owner's to do.
"""

from typing import Any

from psycopg import Connection
from yoyo import step

from whoseword.books.errors import MigrationFailed
from whoseword.stores.postgres.grants import leave_adding_only
from whoseword.stores.postgres.guards import OF_BOOKS, put_up
from whoseword.stores.postgres.tables import statements


def guard(connection: Connection[Any]) -> None:
    """Put up the guards, and leave nobody more than SELECT and INSERT on entries."""
    put_up(connection, OF_BOOKS)
    leave_adding_only(connection, "entries")


def refuse(connection: Connection[Any]) -> None:
    """The books are not dropped by going back."""
    raise MigrationFailed(
        f"{connection.info.dbname} is at its earliest structure; drop its schema to be rid of it"
    )


steps = [step(statements("0001-books"), refuse), step(guard)]
