"""The store on SQLite: many views, one writer, one file, one machine.

Within a process a lock hands the writer on without polling; between processes SQLite's own lock
does, taken with BEGIN IMMEDIATE so that nobody reads, decides, and then finds the book moved on.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from whoseword.books.errors import LedgerBusy, LedgerFull, LedgerReadOnly
from whoseword.books.tables import OVERWRITE
from whoseword.stores.rows import SqlView, SqlWriter
from whoseword.stores.sqlite.complaints import told_plainly
from whoseword.stores.sqlite.dialect import queries
from whoseword.stores.sqlite.evidence import SqliteEvidence
from whoseword.stores.sqlite.home import BUSY_SECONDS, connect, make_home, open_file, undisturbed
from whoseword.stores.sqlite.one_host import HostLock, this_host

_PATIENCE_AT_OPENING = 0.2
"""Seconds: a home is opened for something else, which is not to wait for it."""


class SqliteStore:
    """The books of a home folder; keeps ``books.protocol.Store``.

    Opening it makes the home where there is none, and ends what a seal began and could not finish.
    Raises the errors of ``books.errors``.
    """

    def __init__(self, home: Path) -> None:
        self._path = make_home(home)
        self._turn = threading.Lock()
        self._writing: sqlite3.Connection | None = None
        self._idle: list[sqlite3.Connection] = []
        self._lock = HostLock(home, this_host())
        try:
            open_file(self._path)
            self._finish()
        except BaseException:
            self.close()
            raise

    def _finish(self) -> None:
        """End what an earlier opening of the home began and could not finish."""
        with self.view() as view:
            unfinished = view.setting(OVERWRITE)
        if unfinished:
            # Whoever reads now, or a full disk, delays it; the next to open the home tries again.
            with suppress(LedgerBusy, LedgerReadOnly, LedgerFull):
                self._write_over(_PATIENCE_AT_OPENING)

    @property
    def place(self) -> str:
        """The file, for messages."""
        return str(self._path)

    @contextmanager
    def view(self) -> Iterator[SqlView]:
        """One moment of the home, for the length of the block."""
        with told_plainly(self._path):
            try:
                connection = self._idle.pop()
            except IndexError:
                connection = connect(self._path)
            try:
                connection.execute("BEGIN")
                with undisturbed(connection, self._path):
                    yield SqlView(connection, queries())
            except BaseException:
                connection.close()
                raise
            connection.execute("ROLLBACK")
            self._idle.append(connection)

    @contextmanager
    def evidence(self) -> Iterator[SqliteEvidence]:
        """One moment as it lies in the file."""
        with told_plainly(self._path):
            connection = connect(self._path)
            try:
                connection.execute("BEGIN")
                with undisturbed(connection, self._path):
                    yield SqliteEvidence(connection, self._path)
            finally:
                connection.close()

    @contextmanager
    def writer(self) -> Iterator[SqlWriter]:
        """Become the one writer; on the disk when the block ends, undone where it raises."""
        with self._turn, told_plainly(self._path):
            connection = self._writing_connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield SqlWriter(connection, queries())
                connection.execute("COMMIT")
            finally:
                # A failed COMMIT may or may not have ended the transaction.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def overwrite(self) -> None:
        """Write over whatever deleted rows have left behind, in the file and in its log.

        VACUUM makes the file anew from the rows that stand, so that nothing of a deleted row, nor
        of one that was dropped long before, is left in a page; then the log is emptied. Raises
        ``LedgerBusy`` where somebody still reads; the next opening of the home tries again.
        """
        self._write_over(BUSY_SECONDS)

    def _write_over(self, patience: float) -> None:
        with self._turn, told_plainly(self._path), closing(connect(self._path)) as connection:
            connection.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")
            queries().put_setting(connection, name=OVERWRITE, value="begun")
            # One by one out of the list: another thread may take one meanwhile, and keeps it.
            while self._idle:
                self._idle.pop().close()
            connection.execute("VACUUM")
            self._empty_log(connection)
            queries().put_setting(connection, name=OVERWRITE, value="")

    def _empty_log(self, connection: sqlite3.Connection) -> None:
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise LedgerBusy(
                f"somebody still reads {self._path}, so that what was destroyed is not yet "
                "written over in its log; it will be when the home is next opened"
            )

    def _writing_connection(self) -> sqlite3.Connection:
        if self._writing is None:
            self._writing = connect(self._path)
        return self._writing

    def close(self) -> None:
        """Let the files go."""
        with self._turn, told_plainly(self._path):
            while self._idle:
                self._idle.pop().close()
            if self._writing is not None:
                self._writing.close()
                self._writing = None
            self._lock.release()
