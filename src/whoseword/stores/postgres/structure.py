"""The structure of the schema, and the steps by which it grew.

The steps lie in ``migrations``, for the library yoyo. All that are missing are one transaction
with yoyo's own notes of them, in the writer's turn: a step that fails, or a process that is killed
in it, leaves the schema as it was and no lock behind, which yoyo's own row in ``yoyo_lock`` would
be. (yoyo.readthedocs.io; docs/decisions/0007.)
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from whoseword.books.errors import LedgerDamaged, LedgerReadOnly, MigrationFailed, NotALedger
from whoseword.books.tables import TABLES
from whoseword.stores.postgres.complaints import said_by, told, told_plainly
from whoseword.stores.postgres.session import one_writer

STEPS = ("0001-books", "0002-removals", "0003-exchanged", "0004-reminders", "0005-listed")
_SOURCE = "package:whoseword.stores.postgres:migrations"

_TAKEN = "SELECT migration_id FROM _yoyo_migration"
# Not by to_regclass, which may still remember that there was none before we had our turn.
_TABLE = """
    SELECT relname::text FROM pg_class JOIN pg_namespace AS n ON n.oid = relnamespace
    WHERE nspname = current_schema() AND relname = ANY (%s) LIMIT 1
"""


def bring_up_to_date(connection: psycopg.Connection[Any], place: str) -> None:
    """Take the steps that the schema has not taken.

    Raises ``NotALedger``, ``LedgerReadOnly`` or ``MigrationFailed``.
    """
    if len(_taken(connection, place)) == len(STEPS):
        return
    with _changing(connection, place) as backend:
        # Somebody else may have taken them meanwhile.
        taken = _taken(connection, place)
        if not taken:
            _refuse_strangers(connection, place)
        backend.prepare()
        for number in range(len(taken) + 1, len(STEPS) + 1):
            _take(backend, place, number)


def go_back(connection: psycopg.Connection[Any], place: str, to: int) -> None:
    """Go back to an earlier structure, for a program of that time; 1 is the earliest.

    Raises ``MigrationFailed`` where something would be forgotten.
    """
    with _changing(connection, place) as backend:
        for number in range(len(_taken(connection, place)), max(to, 1), -1):
            with _told_as_failed(place, number, number - 1):
                backend.undo(_SOURCE, STEPS[number - 1])


def _take(backend: Any, place: str, number: int) -> None:
    with _told_as_failed(place, number - 1, number):
        backend.do(_SOURCE, STEPS[number - 1])


@contextmanager
def _changing(connection: psycopg.Connection[Any], place: str) -> Iterator[Any]:
    """One transaction in the writer's turn, and yoyo over its connection."""
    # yoyo is slow to load, and nobody needs it whose schema is up to date.
    from whoseword.stores.postgres.stepping import Stepping

    logging.getLogger("yoyo.migrations").addHandler(logging.NullHandler())
    logging.getLogger("yoyo.migrations").propagate = False
    with told_plainly(place):
        backend = Stepping(connection)
        with backend.transaction():
            # Whatever the database's default: what was done while we waited is to be seen.
            connection.execute(f"SET TRANSACTION ISOLATION LEVEL READ COMMITTED; {one_writer()}")
            try:
                yield backend
            except psycopg.errors.InsufficientPrivilege as error:
                raise LedgerReadOnly(
                    f"the role {connection.info.user} may not make the tables of the books in "
                    f"{place} ({said_by(error)}); let its owner GRANT CREATE ON SCHEMA, or give "
                    "the role a schema of its own with CREATE SCHEMA ... AUTHORIZATION"
                ) from error


@contextmanager
def _told_as_failed(place: str, start: int, end: int) -> Iterator[None]:
    from yoyo.exceptions import BadMigration

    step = STEPS[max(start, end) - 1]
    try:
        yield
    except (psycopg.Error, BadMigration) as error:
        said = "it cannot be read"
        if isinstance(error, psycopg.Error):
            said = said_by(error)
            if not isinstance(told(error, place), LedgerDamaged):
                # The step is not at fault: the connection, a right, a lock, or the disk.
                raise
        raise MigrationFailed(
            f"{place} could not be brought from structure {start} to {end} (step {step}: {said}); "
            "nothing was changed; go on with the version of Whose Word that made it"
        ) from error


def _taken(connection: psycopg.Connection[Any], place: str) -> tuple[str, ...]:
    """The steps that the schema has taken. Raises ``NotALedger`` where it is another's."""
    with told_plainly(place):
        if connection.execute(_TABLE, (["_yoyo_migration"],)).fetchone() is None:
            return ()
        noted = {step for (step,) in connection.execute(_TAKEN)}
    unknown = sorted(noted.difference(STEPS))
    if unknown:
        raise NotALedger(
            f"{place} was written by a later version of Whose Word (step {unknown[-1]}, known here "
            f"up to {STEPS[-1]}); install that version"
        )
    taken = STEPS[: len(noted)]
    if noted != set(taken):
        raise NotALedger(f"{place} has taken {sorted(noted)} without the steps before; restore it")
    return taken


def _refuse_strangers(connection: psycopg.Connection[Any], place: str) -> None:
    found = connection.execute(_TABLE, (list(TABLES),)).fetchone()
    if found is not None:
        raise NotALedger(
            f"the schema of {place} has a table {found[0]} of another program; make a schema for "
            "the books alone, and name it in search_path"
        )
