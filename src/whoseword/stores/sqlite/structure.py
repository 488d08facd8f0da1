"""The structure of the file, and the steps by which it grew.

A step and its number in ``user_version`` are one transaction: a step that fails, or a process that
is killed in it, leaves the file as it was. (The library that takes the steps on PostgreSQL notes
its own progress in tables of its own and keeps a lock row that a killed process leaves behind;
docs/decisions/0007.) Each step has its way back, which is refused where rows would be forgotten.
"""

import sqlite3
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from whoseword.books.errors import MigrationFailed, NotALedger

APPLICATION_ID = 0x57484F57
"""The letters WHOW, by which a file is known to be a ledger (sqlite.org/fileformat.html, 1.3.13)."""

STEPS = ("0001-books", "0002-removals", "0003-exchanged", "0004-reminders", "0005-listed")
STRUCTURE_VERSION = len(STEPS)
_FORGOTTEN_BY_GOING_BACK = {
    2: ("removals", "blanks", "reads", "copies"),
    3: ("bundles", "received", "received_bodies", "received_seals", "rule_sets"),
    4: ("reminders", "reminders_told"),
    5: ("listed", "listed_bodies", "listed_removals"),
}
"""The tables that a step added: going back over it is refused while they hold a row."""


def bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    """Take the steps that the file has not taken. Raises ``NotALedger`` or ``MigrationFailed``."""
    if version_of(connection, path) == STRUCTURE_VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Somebody else may have taken them meanwhile.
        for number in range(version_of(connection, path) + 1, STRUCTURE_VERSION + 1):
            _take(connection, path, number)
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def go_back(connection: sqlite3.Connection, path: Path, to: int) -> None:
    """Go back to an earlier structure, for a program of that time; 1 is the earliest.

    Raises ``MigrationFailed`` where something would be forgotten.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        for number in range(version_of(connection, path), max(to, 1), -1):
            for table in _FORGOTTEN_BY_GOING_BACK[number]:
                if connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone():  # noqa: S608  names of ours
                    raise MigrationFailed(
                        f"{path} cannot go back to structure {number - 1}: its {table} would be "
                        "forgotten; keep this version of Whose Word"
                    )
            for statement in _statements(_script(f"{STEPS[number - 1]}.back")):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number - 1}")
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _take(connection: sqlite3.Connection, path: Path, number: int) -> None:
    step = STEPS[number - 1]
    try:
        for statement in _statements(_script(step)):
            connection.execute(statement)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise
        raise MigrationFailed(
            f"{path} could not be brought from structure {number - 1} to {number} (step {step}: "
            f"{error}); nothing was changed; keep a copy of it, and go on with the version of "
            "Whose Word that made it"
        ) from error
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {number}")


def version_of(connection: sqlite3.Connection, path: Path) -> int:
    """The version of the file's structure, 0 for an empty file. Raises ``NotALedger``."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if application != APPLICATION_ID and (tables or version or application):
        raise NotALedger(f"{path} is a database of another program; choose another home")
    if version > STRUCTURE_VERSION:
        raise NotALedger(
            f"{path} was written by a later version of Whose Word (structure {version}, known "
            f"here up to {STRUCTURE_VERSION}); install that version"
        )
    assert isinstance(version, int)
    return version


def make_structure(connection: sqlite3.Connection) -> None:
    """Make the tables and their guards as they are today."""
    for step in STEPS:
        for statement in _statements(_script(step)):
            connection.execute(statement)


def _script(name: str) -> str:
    folder = files("whoseword.stores.sqlite").joinpath("migrations")
    return folder.joinpath(f"{name}.sql").read_text(encoding="utf-8")


def _statements(script: str) -> Iterator[str]:
    """Each statement of a script; ``executescript`` would commit the caller's transaction."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
