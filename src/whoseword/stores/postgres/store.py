"""The store on PostgreSQL: many views, one writer a schema, any number of machines.

A view is one snapshot, taken when its block begins. Within a process a lock hands the writer on
without asking the server; between processes the server does, with an advisory lock that goes when
the transaction ends, however it ends. Where the connection breaks while a COMMIT is under way, only
the server knows whether it committed, and that is said (``OutcomeUnknown``): the ledger then says
the same batch again.
"""

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from typing import Any
from weakref import WeakSet

import psycopg

from whoseword.books.errors import LedgerBusy, LedgerDamaged, LedgerReadOnly, OutcomeUnknown
from whoseword.books.tables import OVERWRITE, TABLES
from whoseword.stores.postgres.address import address_of
from whoseword.stores.postgres.complaints import is_away, said_by, told_plainly
from whoseword.stores.postgres.dialect import queries
from whoseword.stores.postgres.evidence import PostgresEvidence
from whoseword.stores.postgres.overwriting import write_over
from whoseword.stores.postgres.session import (
    connect,
    fetched_from,
    one_writer,
    open_cursor,
)
from whoseword.stores.postgres.structure import bring_up_to_date
from whoseword.stores.rows import SqlView, SqlWriter

_IDLE_KEPT = 8

# A snapshot is taken by the first statement that needs one, not by BEGIN.
_ONE_MOMENT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1"
# Each statement sees what is committed when it runs, so also what the writer before did. Where
# nothing may be written, as on a standby server, the turn is had all the same, and a write refused.
_TO_WRITE = "BEGIN ISOLATION LEVEL READ COMMITTED"
_NUMBERED = frozenset(
    table for table, columns in TABLES.items() if "number" in columns and table != "reads"
)
"""The tables that number their rows themselves."""


class _Streaming(SqlView):
    """Reads through cursors of the server, so that a book need not fit into memory."""

    def __init__(self, connection: psycopg.Connection[Any], named: Any) -> None:
        super().__init__(connection, named)
        self._open: WeakSet[Any] = WeakSet()
        self._opened = 0

    def _stream(self, sql: str, parameters: dict[str, object]) -> Iterator[Any]:
        self._opened += 1
        stream = self._rows_of(f"view_{self._opened}", sql, parameters)
        self._open.add(stream)
        return stream

    def _rows_of(self, name: str, sql: str, parameters: dict[str, object]) -> Iterator[Any]:
        open_cursor(self._connection, name, sql, parameters)
        while rows := fetched_from(self._connection, name):
            yield from rows

    def close(self) -> None:
        """End what was begun and not read to its end: the connection goes to somebody else."""
        for stream in list(self._open):
            stream.close()


class PostgresView(_Streaming):
    """One moment of a home; keeps ``books.protocol.View``."""


class PostgresWriter(_Streaming, SqlWriter):
    """The only writer of a home, while its block is open; keeps ``books.protocol.Writer``."""

    def _run_many(self, sql: str, rows: Sequence[Any]) -> None:
        with self._connection.cursor() as cursor:
            cursor.executemany(sql, rows)

    def _placeholder(self) -> str:
        return "%s"

    def load(self, name: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Put the rows of a table back as they lay in a backup, and number on after them."""
        super().load(name, rows)
        if name in _NUMBERED:
            self._connection.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'number'), max(number)) "  # noqa: S608  names of ours
                f"FROM {name} HAVING max(number) > 0",
                (name,),
            )


class PostgresStore:
    """The books of a schema; keeps ``books.protocol.Store``.

    ``dsn`` is a URL as libpq reads it; the home is the first schema of ``search_path`` that is
    there. Opening it makes the tables where there are none, and ends what a seal began and could
    not finish. Raises the errors of ``books.errors``.
    """

    def __init__(self, dsn: str) -> None:
        self._address = address_of(dsn)
        self._turn = threading.Lock()
        self._idle: list[psycopg.Connection[Any]] = []
        connection = connect(self._address)
        try:
            bring_up_to_date(connection, self.place)
        except BaseException:
            connection.close()
            raise
        self._rest(connection)
        with self.view() as view:
            unfinished = view.setting(OVERWRITE)
        if unfinished:
            # Whoever reads now would be disturbed by it; the next to open the home tries again.
            with suppress(LedgerBusy, LedgerReadOnly):
                self.overwrite()

    @property
    def place(self) -> str:
        """The database, for messages; without a password."""
        return self._address.place

    @contextmanager
    def view(self) -> Iterator[PostgresView]:
        """One moment of the home, for the length of the block."""
        with (
            told_plainly(self.place),
            self._transaction(_ONE_MOMENT) as connection,
            closing(PostgresView(connection, queries())) as view,
        ):
            yield view

    @contextmanager
    def evidence(self) -> Iterator[PostgresEvidence]:
        """One moment as it lies in the schema."""
        with closing(connect(self._address)) as connection:
            with told_plainly(self.place):
                connection.execute(_ONE_MOMENT)
            yield PostgresEvidence(connection, self.place)

    @contextmanager
    def writer(self) -> Iterator[PostgresWriter]:
        """Become the one writer; on the disk when the block ends, undone where it raises."""
        with (
            self._turn,
            told_plainly(self.place),
            self._transaction(f"{_TO_WRITE}; {one_writer()}") as connection,
        ):
            with closing(PostgresWriter(connection, queries())) as writer:
                yield writer
            self._commit(connection)

    def overwrite(self) -> None:
        """Write over whatever deleted rows have left behind in the tables that carry words.

        What lies in the write-ahead log, in replicas and in backups is its keeper's to destroy.
        Raises ``LedgerBusy`` where somebody still reads; the next opening of the home tries again.
        """
        with self._turn, closing(connect(self._address)) as connection, told_plainly(self.place):
            write_over(connection, self.place)

    def close(self) -> None:
        """Let the connections go."""
        with self._turn:
            while self._idle:
                self._idle.pop().close()

    @contextmanager
    def _transaction(self, beginning: str) -> Iterator[psycopg.Connection[Any]]:
        """A connection in a transaction; undone at the end, unless it was committed."""
        connection = self._begun(beginning)
        try:
            yield connection
        finally:
            self._rest(connection)

    def _begun(self, beginning: str) -> psycopg.Connection[Any]:
        while True:
            try:
                connection, fresh = self._idle.pop(), False
            except IndexError:
                connection, fresh = connect(self._address), True
            try:
                connection.execute(beginning, prepare=False)
            except BaseException as error:
                connection.close()
                # One that lay idle may have died meanwhile, with the server or on the way to it.
                if fresh or not (isinstance(error, psycopg.Error) and is_away(error)):
                    raise
            else:
                return connection

    def _rest(self, connection: psycopg.Connection[Any]) -> None:
        """Undo what was not committed, and keep the connection for whoever comes next."""
        try:
            if connection.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
                connection.execute("ROLLBACK", prepare=False)
        except psycopg.Error:
            connection.close()
        if connection.closed or len(self._idle) >= _IDLE_KEPT:
            connection.close()
        else:
            self._idle.append(connection)

    def _commit(self, connection: psycopg.Connection[Any]) -> None:
        try:
            done = connection.execute("COMMIT", prepare=False).statusmessage
        except psycopg.Error as error:
            if not is_away(error):
                raise
            raise OutcomeUnknown(
                f"{self.place} went away while it committed ({said_by(error)}), and may or may not "
                "have done so; look at what stands before you do the same again"
            ) from error
        if done != "COMMIT":
            raise LedgerDamaged(
                f"{self.place} undid what was written, because a statement before had failed; "
                "run verify, then try again"
            )
