"""A backup as one plain SQLite file, and a home put back from it.

The file is written under another name, checked, and only then takes the name asked for, so that a
backup that fails never costs the one before it. It carries no log, and can be read from a medium
that cannot be written.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from whoseword.books.errors import LedgerReadOnly, NotALedger, RestoreRefused
from whoseword.books.protocol import Store, View
from whoseword.books.restoring import Progress, copy_all
from whoseword.stores.rows import SqlView, SqlWriter
from whoseword.stores.sqlite.complaints import told_plainly
from whoseword.stores.sqlite.dialect import queries
from whoseword.stores.sqlite.evidence import SqliteEvidence
from whoseword.stores.sqlite.home import FILE_NAME, connect
from whoseword.stores.sqlite.one_host import FILE_NAME as HOST_FILE
from whoseword.stores.sqlite.one_host import alone_in
from whoseword.stores.sqlite.store import SqliteStore
from whoseword.stores.sqlite.structure import (
    APPLICATION_ID,
    STRUCTURE_VERSION,
    make_structure,
    version_of,
)

_RESTORING = ".restoring-"
_LOG_MARK_AT, _HAS_LOG = 18, b"\x02\x02"


class BackupFile:
    """A backup, to be read and checked; nothing is ever written to it or beside it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        _refuse_a_ledger_in_use(path)
        try:
            with told_plainly(path), closing(self._connect()) as connection:
                version = version_of(connection, path)
        except NotALedger as error:
            raise NotALedger(f"{path} is no backup; name a file that `backup` wrote") from error
        if version == 0:
            raise NotALedger(f"{path} is no backup; name a file that `backup` wrote")
        if version != STRUCTURE_VERSION:
            raise NotALedger(
                f"{path} was made by an earlier version of Whose Word (structure {version}, here "
                f"{STRUCTURE_VERSION}); restore it with that version, and open the home with this"
            )

    @property
    def place(self) -> str:
        """The file, for messages."""
        return str(self._path)

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{self._path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)

    @contextmanager
    def view(self) -> Iterator[SqlView]:
        """The backup's one moment."""
        with told_plainly(self._path), closing(self._connect()) as connection:
            yield SqlView(connection, queries())

    @contextmanager
    def evidence(self) -> Iterator[SqliteEvidence]:
        """The backup as it lies in the file."""
        with told_plainly(self._path), closing(self._connect()) as connection:
            yield SqliteEvidence(connection, self._path)


class HeldLedger(BackupFile):
    """The ledger of a home that nobody else has open, to be read as it is, with its log."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def _connect(self) -> sqlite3.Connection:
        return connect(self._path)


def _refuse_a_ledger_in_use(path: Path) -> None:
    """A home's own file has a log, of which a backup has none (sqlite.org/fileformat2.html, 1.3.3)."""
    try:
        with path.open("rb") as file:
            head = file.read(_LOG_MARK_AT + len(_HAS_LOG))
    except OSError as error:
        raise LedgerReadOnly(f"{path} cannot be read ({error.strerror}); check it") from error
    if head[_LOG_MARK_AT:] == _HAS_LOG:
        raise NotALedger(
            f"{path} is a home's own ledger and no backup; name a file that `backup` wrote"
        )


def write_backup(
    view: View, target: Path, check: Callable[[BackupFile], None], progress: Progress
) -> None:
    """Write one moment of a home into the file ``target``, once ``check`` has let it pass.

    Raises what ``check`` raises, ``LedgerFull``, ``LedgerReadOnly`` or ``NotALedger``; whatever
    lay there before is then still there.
    """
    if target.exists():
        _refuse_what_is_no_backup(target)
    if (target.parent / HOST_FILE).exists() and target.name.startswith(FILE_NAME):
        raise NotALedger(f"{target} is the place of the ledger itself; name another file")
    part = _part_beside(target)
    try:
        with told_plainly(part), closing(sqlite3.connect(part, isolation_level=None)) as connection:
            _fill(connection, view, progress)
        check(BackupFile(part))
        _sync(part)
        part.replace(target)
        _sync(target.parent)
    finally:
        part.unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection, view: View, progress: Progress) -> None:
    # Nobody needs a half-written backup, so neither a log nor a sync is spent on it until the end.
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("BEGIN")
    make_structure(connection)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {STRUCTURE_VERSION}")
    copy_all(view, SqlWriter(connection, queries()), progress)
    connection.execute("COMMIT")


def _refuse_what_is_no_backup(target: Path) -> None:
    try:
        BackupFile(target)
    except NotALedger as error:
        raise NotALedger(
            f"{target} is there and is no backup of this kind; name another file"
        ) from error


def _part_beside(target: Path) -> Path:
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise LedgerReadOnly(
            f"{target} cannot be written ({error.strerror}); name a file in a folder of yours"
        ) from error
    os.close(descriptor)
    return Path(name)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _end_log(path: Path) -> None:
    """Leave no log beside the old file: the new one would take it for its own."""
    if path.exists():
        # A file too damaged to be opened keeps nothing in its log that could be saved.
        with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for left in ("-wal", "-shm"):
        path.with_name(path.name + left).unlink(missing_ok=True)


def restore_home(
    home: Path,
    look: Callable[[HeldLedger | None], None],
    fill: Callable[[Store], None],
    replace: bool,
) -> None:
    """Make the ledger of a home anew: ``fill`` puts everything into an empty store.

    From before ``look`` is shown the ledger that is here, to the end, nobody else has the home
    open. The new ledger takes the old one's place in one step, when it is whole. Raises what
    ``look`` and ``fill`` raise, ``RestoreRefused`` where a ledger is here and may not be replaced,
    and ``LedgerBusy`` where somebody has the home open.
    """
    path = home / FILE_NAME
    if path.exists() and not replace:
        raise RestoreRefused(
            f"{path} is there already; keep a copy elsewhere if you may need it, then say "
            "--replace; or restore into another home with --home DIR"
        )
    with alone_in(home):
        look(HeldLedger(path) if path.exists() else None)
        # What a killed restore left behind holds every word of its backup.
        for left in home.glob(f"{_RESTORING}*"):
            shutil.rmtree(left)
        folder = Path(tempfile.mkdtemp(prefix=_RESTORING, dir=home))
        try:
            store = SqliteStore(folder)
            try:
                fill(store)
            finally:
                store.close()
            _sync(folder / FILE_NAME)
            _end_log(path)
            (folder / FILE_NAME).replace(path)
            _sync(home)
        finally:
            shutil.rmtree(folder)
