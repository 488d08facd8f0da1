"""What a seal destroyed is written over: its rows' bytes leave the tables that carried words.

PostgreSQL keeps a deleted row where it lay until nobody's moment can see it any more, and then only
marks its place as free. VACUUM FULL writes a table anew from the rows that stand and gives the old
file back. It copies a deleted row along, though, as long as anybody's older moment could see it; so
what it reports is looked at, and the overwriting is not done before no such row is left.
"""

import re
import time
from contextlib import suppress
from typing import Any

from psycopg import Connection
from psycopg.errors import Diagnostic, InsufficientPrivilege

from whoseword.books.errors import LedgerBusy, LedgerReadOnly
from whoseword.books.tables import CARRIES_WORDS, OVERWRITE
from whoseword.stores.postgres.dialect import queries
from whoseword.stores.postgres.session import only_writer

# Whoever wants to read queues up behind a VACUUM FULL that waits for the table.
_WAIT_SECONDS = 5.0
# Anybody's look at any table of the database keeps dead rows; most are over at once.
_PATIENCE_SECONDS = 20.0
_FIRST_PAUSE_SECONDS = 0.1


def write_over(connection: Connection[Any], place: str) -> None:
    """Write the tables that carry words anew, on a connection in no transaction.

    The setting ``OVERWRITE`` stands for as long as it is not done. Nobody writes meanwhile, so that
    a seal either comes before all of it or finds the setting empty. The caller closes the
    connection. Raises ``LedgerBusy`` and ``LedgerReadOnly``.
    """
    connection.execute(only_writer())
    queries().put_setting(connection, name=OVERWRITE, value="begun")
    connection.execute(f"SET lock_timeout = '{_WAIT_SECONDS}s'")
    # What a report says is gone when its handler is done.
    left: list[int] = []
    connection.add_notice_handler(lambda report: left.extend(_left_in(report)))
    pause, deadline = _FIRST_PAUSE_SECONDS, time.monotonic() + _PATIENCE_SECONDS
    for table in CARRIES_WORDS:
        _write_anew(connection, place, table, left)
        while any(left):
            if time.monotonic() > deadline:
                raise LedgerBusy(
                    f"somebody still looks at an earlier moment of {place}, so that what was "
                    "destroyed is not yet written over; it will be when the home is next opened"
                )
            time.sleep(pause)
            pause *= 2
            _write_anew(connection, place, table, left)
    with suppress(InsufficientPrivilege):
        connection.execute("CHECKPOINT")
    queries().put_setting(connection, name=OVERWRITE, value="")


def _write_anew(connection: Connection[Any], place: str, table: str, left: list[int]) -> None:
    """Write one table anew; ``left`` then tells how many dead rows went along."""
    left.clear()
    connection.execute(f"VACUUM (FULL, VERBOSE) {table}")
    if not left:
        # Without the right to it, the server warns and does nothing.
        raise LedgerReadOnly(
            f"{place} would not write {table} anew, so that what was destroyed is not yet written "
            "over; open the home as the role that made the books"
        )


def _left_in(report: Diagnostic) -> list[int]:
    """How many dead rows a VACUUM could not leave out: the first number of its report's detail."""
    return [int(found) for found in re.findall(r"\d+", report.message_detail or "")[:1]]
