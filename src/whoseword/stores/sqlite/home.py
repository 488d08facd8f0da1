"""Opening the home: its folder, its file, its structure, and how safe a commit is.

Write-ahead log with ``synchronous=FULL``: a commit returns when the log has been synced, so that
neither a killed process nor a cut of power takes back what was receipted
(sqlite.org/pragma.html#pragma_synchronous). Several processes may open a fresh home at the same
moment; the first to get the lock makes the structure, the others find it made.

The log is shared through a file beside it. Where that cannot be made, because the folder may not be
written or its disk is full, the file is read as it lies there, without locks: no log, no writer,
and whoever wrote meanwhile is noticed when the reading ends.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from whoseword.books.errors import LedgerBusy, LedgerReadOnly, NotALedger
from whoseword.stores.sqlite.complaints import told_plainly
from whoseword.stores.sqlite.structure import bring_up_to_date

FILE_NAME = "ledger.sqlite3"
BUSY_SECONDS = 60.0
OLDEST_SQLITE = (3, 37, 0)
"""STRICT tables came with it."""

_PAUSE_SECONDS = 0.01
_NO_SHARED_LOG = frozenset(
    {
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_IOERR_SHMOPEN,
        sqlite3.SQLITE_IOERR_SHMSIZE,
        sqlite3.SQLITE_IOERR_SHMMAP,
    }
)
"""What SQLite says where the file through which a log is shared cannot be made."""

# The log is moved into the file every 4,000 pages of 4 KiB instead of every 1,000: fewer syncs in
# a long import, for at most 16 MiB of log.
_SETTINGS = """
PRAGMA synchronous = FULL;
PRAGMA fullfsync = ON;
PRAGMA checkpoint_fullfsync = ON;
PRAGMA foreign_keys = ON;
PRAGMA secure_delete = ON;
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA wal_autocheckpoint = 4000;
"""


def make_home(home: Path) -> Path:
    """The ledger's file in ``home``, made empty if it is not there.

    The folder is made for its owner alone (0700) and so is the file (0600); SQLite gives its log
    the file's permissions. Raises ``LedgerReadOnly`` or ``NotALedger``.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise NotALedger(
            f"this Python has SQLite {sqlite3.sqlite_version}, and a ledger needs "
            f"{'.'.join(map(str, OLDEST_SQLITE))} or later; use a newer Python"
        )
    path = home / FILE_NAME
    if not path.exists():
        _make_file(home, path)
    return path


def open_file(path: Path) -> None:
    """Bring the file's structure up to date. Raises ``NotALedger`` or ``MigrationFailed``."""
    with told_plainly(path), closing(connect(path)) as connection:
        bring_up_to_date(connection, path)


def _make_file(home: Path, path: Path) -> None:
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        for folder in (home, home.parent):
            _sync_folder(folder)
    except (FileExistsError, NotADirectoryError) as error:
        raise NotALedger(f"{error.filename} is not a folder; choose another home") from error
    except OSError as error:
        raise LedgerReadOnly(
            f"the home {home} cannot be made ({error.strerror}); choose a folder you may write in"
        ) from error


def _sync_folder(folder: Path) -> None:
    """Put the folder's own entries on the disk: a synced file in an unsynced folder can be lost."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except PermissionError:
        # A parent that we may enter but not read cannot be synced by us; its entry is older.
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def connect(path: Path, *, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """A connection that commits durably and waits its turn.

    It may pass between threads, one at a time. ``busy_seconds`` is how long it waits for another
    process before it gives up. Where no log can be shared and none is there, it only reads.
    """
    try:
        return _sharing(path, busy_seconds)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode not in _NO_SHARED_LOG or _size(_log_of(path)):
            raise
        return _reading(path)


class _Still(sqlite3.Connection):
    """A connection that reads a file as it lies there, and how it lay there at first."""

    lay: tuple[int, int, int] = (0, 0, 0)


def _reading(path: Path) -> sqlite3.Connection:
    lay = _lies(path)
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=ro&immutable=1",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        factory=_Still,
    )
    assert isinstance(connection, _Still)
    connection.lay = lay
    return connection


@contextmanager
def undisturbed(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """What is read inside the block stood still. Raises ``LedgerBusy`` where it did not."""
    yield
    if isinstance(connection, _Still) and _lies(path) != connection.lay:
        raise LedgerBusy(f"somebody wrote to {path} while it was read; try again")


def _lies(path: Path) -> tuple[int, int, int]:
    """By what it is seen that somebody wrote: the file's size and time, and the log's size."""
    found = path.stat()
    return found.st_size, found.st_mtime_ns, _size(_log_of(path))


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _sharing(path: Path, busy_seconds: float) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=busy_seconds, isolation_level=None, check_same_thread=False
    )
    try:
        _use_log(connection, time.monotonic() + busy_seconds)
        connection.executescript(_SETTINGS)
    except BaseException:
        connection.close()
        raise
    return connection


def _use_log(connection: sqlite3.Connection, deadline: float) -> None:
    """Switch to the write-ahead log; SQLite does not wait its turn for this, so we do."""
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > deadline:
                raise
        time.sleep(_PAUSE_SECONDS)
