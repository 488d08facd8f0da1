"""What SQLite complains of, told to people: what happened, where, what to do.

The codes are SQLite's result codes (sqlite.org/rescode.html); the primary code is the low byte.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from whoseword.books.errors import (
    BookError,
    LedgerBusy,
    LedgerDamaged,
    LedgerFull,
    LedgerReadOnly,
    NotALedger,
)

_TOLD: dict[int, tuple[type[BookError], str]] = {
    sqlite3.SQLITE_BUSY: (
        LedgerBusy,
        "another process is writing to {file} and did not finish in time; try again, or stop it",
    ),
    sqlite3.SQLITE_LOCKED: (
        LedgerBusy,
        "another reader or writer holds {file}; try again",
    ),
    sqlite3.SQLITE_FULL: (
        LedgerFull,
        "no room is left on the disk of {file}; free some and try again",
    ),
    sqlite3.SQLITE_READONLY: (
        LedgerReadOnly,
        "{file} may not be written; give yourself write permission on it and on its folder",
    ),
    sqlite3.SQLITE_PERM: (
        LedgerReadOnly,
        "{file} may not be written; give yourself write permission on it and on its folder",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        LedgerReadOnly,
        "{file} cannot be opened; check that its folder is there and that you may write in it",
    ),
    sqlite3.SQLITE_IOERR: (
        LedgerDamaged,
        "the disk failed to read or write {file} ({error}); check the disk, then run verify",
    ),
    sqlite3.SQLITE_CORRUPT: (
        LedgerDamaged,
        "{file} is damaged ({error}); keep a copy of it, run verify, and restore a backup",
    ),
    sqlite3.SQLITE_NOTADB: (
        NotALedger,
        "{file} is not a ledger; choose another home, or restore a backup",
    ),
}
_OTHERWISE = (
    LedgerDamaged,
    "{file} does not hold what a ledger holds ({error}); keep a copy of it and run verify",
)


@contextmanager
def told_plainly(file: Path) -> Iterator[None]:
    """Turn what SQLite raises inside the block into an error of the books about ``file``."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        kind, message = _TOLD.get(code & 0xFF, _OTHERWISE)
        raise kind(message.format(file=file, error=error)) from error
