"""A connection as the books need it: one schema in sight, commits on the disk, text in UTF-8.

Each connection is set once. It then sees its home's schema and no other, so that a table of the
same name elsewhere is never taken for the home's.
"""

from collections.abc import Mapping
from typing import Any

import psycopg

from whoseword.books.errors import NotALedger
from whoseword.stores.postgres.address import Address
from whoseword.stores.postgres.complaints import told_plainly

OLDEST_SERVER = 140000
"""PostgreSQL 14, in the form of server_version_num."""

WAIT_SECONDS = 60
"""How long a writer waits for its turn, and a step of the structure for whoever reads."""

_ROWS_AT_ONCE = 2000

_KEY = "1464356695, (SELECT oid::int4 FROM pg_namespace WHERE nspname = current_schema())"
"""Of the writer's lock: the letters WHOW, which keep other programs away, and the schema."""

# A stronger promise than "on" is left as it is; "remote_write" and the weaker ones are not enough.
_SET = """
    SELECT
        current_schema(),
        current_setting('search_path'),
        current_setting('server_encoding'),
        set_config('search_path', quote_ident(current_schema()) || ', pg_temp', false),
        set_config(
            'synchronous_commit',
            CASE current_setting('synchronous_commit')
                WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on'
            END,
            false
        )
"""


def one_writer() -> str:
    """Become the one writer of this schema until the transaction ends, however it ends."""
    return f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'; SELECT pg_advisory_xact_lock({_KEY})"


def only_writer() -> str:
    """Become the one writer of this schema until the connection is closed."""
    return f"SET lock_timeout = '{WAIT_SECONDS}s'; SELECT pg_advisory_lock({_KEY})"


def connect(address: Address) -> psycopg.Connection[Any]:
    """A connection to the home's schema, in no transaction.

    Raises ``LedgerUnreachable`` or ``NotALedger``.
    """
    with told_plainly(address.place):
        connection: psycopg.Connection[Any] = psycopg.Connection.connect(
            **address.parameters,  # type: ignore[arg-type]  # libpq takes each of its own as text
            autocommit=True,
        )
        try:
            _settle(connection, address.place)
        except BaseException:
            connection.close()
            raise
    return connection


def open_cursor(
    connection: psycopg.Connection[Any], name: str, sql: str, parameters: Mapping[str, object]
) -> None:
    """Let the server keep what a query gives, until the transaction ends."""
    connection.execute(f"DECLARE {name} NO SCROLL CURSOR FOR {sql}", parameters, prepare=False)


def fetched_from(connection: psycopg.Connection[Any], name: str) -> list[Any]:
    """The next rows of such a cursor; none when it is at its end."""
    return connection.execute(f"FETCH {_ROWS_AT_ONCE} FROM {name}", prepare=False).fetchall()


def _settle(connection: psycopg.Connection[Any], place: str) -> None:
    if connection.info.server_version < OLDEST_SERVER:
        raise NotALedger(
            f"{place} runs PostgreSQL {connection.info.server_version // 10000}, and the books "
            f"need {OLDEST_SERVER // 10000} or later; use a newer server"
        )
    found = connection.execute(_SET).fetchone()
    assert found is not None
    schema, looked_in, encoding, *_ = found
    if schema is None:
        raise NotALedger(
            f"{place} has no schema of those in search_path ({looked_in}); have one made with "
            "CREATE SCHEMA, or name another in search_path"
        )
    if encoding != "UTF8":
        raise NotALedger(
            f"{place} keeps its text in {encoding}, and the books are in UTF-8; make a database "
            "with ENCODING 'UTF8'"
        )
