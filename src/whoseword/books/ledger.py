"""The ledger of a home: statements go in, are receipted, and can be read back.

Many threads may append at once. One writer thread takes everything that has queued up meanwhile,
appends it in one transaction and receipts it when that is on the disk: the disk's sync is what an
append costs, and so it is shared (group commit; DeWitt et al., SIGMOD 1984, 3.2). A batch that is
refused is refused alone.
"""

import threading
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from datetime import datetime
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Self

from whoseword.books import listing, removing, removing_rows
from whoseword.books.admission import Refusing, refuses_nothing
from whoseword.books.appending import FAULTS_TOLD, Appending, Batch, Receipt, batch_of
from whoseword.books.bodies import statement_in
from whoseword.books.errors import (
    BatchRefused,
    LedgerBusy,
    LedgerClosed,
    LedgerReadOnly,
    LedgerUnreachable,
    OutcomeUnknown,
)
from whoseword.books.ids import Entropy
from whoseword.books.protocol import Store
from whoseword.books.removed import Told, marker_of, out_of_sight
from whoseword.words import Statement, WordFault
from whoseword.words.times import microseconds

_DRAWN_AT_ONCE = 4096
_ARRIVAL_SECONDS = 0.0002
_SETTLING_SECONDS = 30.0
_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.1, 4.0
_IDS_TOLD = 20


_OWN_MARKS = (removing.MARK, removing_rows.MARK, listing.MARK)


def _marked(mark: str) -> WordFault:
    return WordFault(
        mark, "is written by the ledger alone, when it removes or lists something", "leave it out"
    )


class _Asked:
    """A caller's batch, and the caller who waits for the answer.

    A bare lock, held until there is an answer, is the quickest way to wait that Python has; with
    64 callers the waiting is most of what an append costs. For the same reason the caller does
    nothing else itself: threads that compute hold up the one that writes.
    """

    __slots__ = ("answer", "backfill", "batch", "done", "statements")

    def __init__(self, statements: Sequence[Statement], backfill: bool) -> None:
        self.statements = statements
        self.backfill = backfill
        self.batch: Batch | None = None
        self.answer: list[Receipt] | BaseException = []
        self.done = threading.Lock()
        self.done.acquire()

    def tell(self, answer: list[Receipt] | BaseException) -> None:
        """Answer, and let the caller go on."""
        self.answer = answer
        self.done.release()

    def wait(self) -> list[Receipt]:
        """The receipts. Raises what the batch was answered with otherwise."""
        self.done.acquire()
        if isinstance(self.answer, BaseException):
            raise self.answer
        return self.answer


class Ledger:
    """The books of one home, over a store. Close it, or use it as a context.

    ``clock`` tells an aware moment; ``entropy`` gives random bytes for salts and ids
    (``secrets.token_bytes``); ``refused`` tells why the home's rules do not take a statement.
    """

    def __init__(
        self,
        store: Store,
        clock: Callable[[], datetime],
        entropy: Entropy,
        refused: Refusing = refuses_nothing,
    ) -> None:
        self.store = store
        self._refused = refused
        self._clock = clock
        self._entropy = entropy
        self._queue: SimpleQueue[_Asked | None] = SimpleQueue()
        self._gate = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = False
        self._drawing = b""
        self._drawn_to = 0

    def append(self, statements: Sequence[Statement], *, backfill: bool = False) -> list[Receipt]:
        """Append statements, all or none, and wait until they are on the disk.

        Statements without an id are given one; a statement whose id stands in its book with the
        same content is receipted again and not appended. In a ``backfill`` each statement says
        when it was ``recorded``, and alone may go back in time. ``backfilled`` and ``appended``
        of the input are ignored.

        Raises ``BatchRefused`` with the faults of the statements, or another ``BookError``.
        """
        marked = [
            (at, _marked(mark))
            for at, one in enumerate(statements)
            for mark in _OWN_MARKS
            if mark in one.extra
        ]
        if marked:
            raise BatchRefused(marked[:FAULTS_TOLD])
        asked = _Asked(statements, backfill)
        with self._gate:
            if self._closed:
                raise LedgerClosed("the ledger is closed; open the home again")
            if self._thread is None:
                self._thread = threading.Thread(target=self._write, name="ledger", daemon=True)
                self._thread.start()
            self._queue.put(asked)
        return asked.wait()

    def statements(
        self,
        books: Collection[str] | None = None,
        *,
        incident: str | None = None,
        until: datetime | None = None,
    ) -> list[Statement]:
        """What stands in the books, as ``told`` gives it, without the markers."""
        return self.told(books, incident=incident, until=until).statements

    def told(
        self,
        books: Collection[str] | None = None,
        *,
        incident: str | None = None,
        until: datetime | None = None,
    ) -> Told:
        """What the books hold (all if not named), by book and seq, with the ledger's marks.

        Of one incident if it is named; recorded at or before ``until``. In the place of what was
        sealed or put into quarantine, whenever that was done, stands a marker.
        """
        last = None if until is None else microseconds(until)
        told = Told([], [])
        with self.store.view() as view:
            names = [head.book for head in view.heads()] if books is None else sorted(set(books))
            for name in names:
                gone = out_of_sight(view.removals(name))
                for row in view.rows(name, incident, last):
                    removal = gone.get(row.entry.seq)
                    if removal is None:
                        told.statements.append(statement_in(row))
                    else:
                        told.removed.append(marker_of(view, row.entry, removal))
        return told

    def plan_seal(self, asked: removing.Asked) -> removing.Plan:
        """What sealing a statement would destroy; nothing is. Raises ``RemovalRefused``."""
        with self.store.view() as view:
            return removing_rows.plan_seal(view, asked)

    def seal(self, asked: removing.Asked) -> removing.Done:
        """Destroy what an order seals: its words, and every copy of them in the store.

        Asked again for what is sealed, it finishes what was left undone. Raises
        ``RemovalRefused``, and ``LedgerBusy`` where the seal stands but somebody still reads, so
        that deleted rows are not written over yet.
        """
        with self.store.writer() as writer:
            done = removing_rows.seal(writer, microseconds(self._clock()), self._entropy, asked)
        self.store.overwrite()
        return done

    def quarantine(self, asked: removing.Asked) -> Receipt:
        """Take a statement out of everybody's sight. Raises ``RemovalRefused``."""
        with self.store.writer() as writer:
            return removing_rows.quarantine(
                writer, microseconds(self._clock()), self._entropy, asked
            )

    def put_back(self, asked: removing.Asked) -> Receipt:
        """End a quarantine. Raises ``RemovalRefused``."""
        with self.store.writer() as writer:
            return removing_rows.put_back(writer, microseconds(self._clock()), self._entropy, asked)

    def list_rows(self, book: str, batch: str, first: int, bodies: Sequence[bytes]) -> None:
        """Keep the next rows of an import, from place ``first`` on, with a salt for each.

        They are nobody's word until ``finish_listing``. Raises ``ListingRefused``.
        """
        with self.store.writer() as writer:
            listing.keep_rows(writer, self._entropy, (book, batch, first), bodies)

    def finish_listing(self, statement: Statement) -> Receipt:
        """Say that a file was taken in, with the number and the root of its rows.

        Where it was said before, the same receipt. Raises ``BatchRefused``.
        """
        with self.store.writer() as writer:
            now = microseconds(self._clock())
            return listing.finish(writer, now, self._entropy, statement, self._refused)

    def drop_listing(self, book: str, batch: str) -> None:
        """Drop the rows of an import that was broken off. Raises ``ListingRefused``."""
        with self.store.writer() as writer:
            listing.drop(writer, book, batch)

    def close(self) -> None:
        """Append what has queued up, then let the files go."""
        with self._gate:
            self._closed = True
            thread, self._thread = self._thread, None
        if thread is not None:
            self._queue.put(None)
            thread.join()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _write(self) -> None:
        """The writer thread: one transaction for all who wait, until it is told to end."""
        callers = 1
        while (first := self._queue.get()) is not None:
            group = [first]
            if callers > 1:
                self._let_arrive(callers - 1)
            with suppress(Empty):
                while (asked := self._queue.get_nowait()) is not None:
                    group.append(asked)
                self._queue.put(None)
            self._commit(group)
            callers = len(group) + self._queue.qsize()

    def _let_arrive(self, callers: int) -> None:
        """Wait for as many callers as there were before, while they keep coming.

        Those who were answered last are about to ask again; without them the callers would part
        into two halves that wait for each other's commit.
        """
        here = -1
        while here < self._queue.qsize() < callers:
            here = self._queue.qsize()
            time.sleep(_ARRIVAL_SECONDS)

    def _commit(self, group: Sequence[_Asked]) -> None:
        try:
            answers = self._settled(group)
        except BaseException as error:  # noqa: BLE001  every caller waits for an answer
            self._commit_apart(group, error)
            return
        for asked, answer in zip(group, answers, strict=True):
            asked.tell(answer)

    def _settled(self, group: Sequence[_Asked]) -> list[list[Receipt] | BatchRefused]:
        """The answers, asked for again for as long as it is not known whether a commit stands.

        The store's one writer sees how the commit before it ended; so what stands is receipted
        again and enters no second time, and what does not stand is appended now.
        """
        try:
            return self._answers(group)
        except OutcomeUnknown as error:
            unknown = error
        pause, deadline = _FIRST_PAUSE_SECONDS, time.monotonic() + _SETTLING_SECONDS
        while time.monotonic() < deadline:
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
            # While a database comes back it may not be reached, be in use, or take no writing yet.
            with suppress(LedgerUnreachable, LedgerBusy, LedgerReadOnly):
                return self._answers(group)
        raise unknown

    def _answers(self, group: Sequence[_Asked]) -> list[list[Receipt] | BatchRefused]:
        """Append the batches of a group in one transaction."""
        answers: list[list[Receipt] | BatchRefused] = []
        batches = [self._batch(asked) for asked in group]
        with self.store.writer() as writer:
            now = microseconds(self._clock())
            appending = Appending(writer, now, self._drawn, self._refused)
            for batch in batches:
                try:
                    answers.append(appending.add(batch))
                except BatchRefused as refusal:
                    answers.append(refusal)
            appending.write()
        return answers

    def _batch(self, asked: _Asked) -> Batch:
        """The batch as asked; tried again, the same one, any id of which may stand by now."""
        if asked.batch is None:
            now = microseconds(self._clock())
            asked.batch = batch_of(asked.statements, asked.backfill, now, self._drawn)
            return asked.batch
        return asked.batch._replace(given=[True] * len(asked.batch.given))

    def _commit_apart(self, group: Sequence[_Asked], error: BaseException) -> None:
        """What failed together may stand apart: a batch too big for the disk fails alone.

        The commit may have been told to fail after it reached the disk; so every id may stand
        already, and is receipted again if it does.
        """
        if isinstance(error, OutcomeUnknown):
            for asked in group:
                asked.tell(_unknown(asked, self.store.place))
            return
        if len(group) == 1 or isinstance(error, LedgerUnreachable):
            # What cannot be reached is not reached the sooner for being asked one by one.
            for asked in group:
                asked.tell(error)
            return
        for asked in group:
            self._commit([asked])

    def _drawn(self, size: int) -> bytes:
        """Random bytes, drawn many at a time; only the writer thread asks."""
        if len(self._drawing) - self._drawn_to < size:
            self._drawing = self._entropy(max(size, _DRAWN_AT_ONCE))
            self._drawn_to = 0
        self._drawn_to += size
        return self._drawing[self._drawn_to - size : self._drawn_to]


def _unknown(asked: _Asked, place: str) -> OutcomeUnknown:
    """That nobody knows whether a batch stands, with the ids by which it can be said again."""
    ids = [str(statement.id) for statement in asked.batch.statements] if asked.batch else []
    more = f" and {len(ids) - _IDS_TOLD:,} more" if len(ids) > _IDS_TOLD else ""
    return OutcomeUnknown(
        f"{place} went away while it committed, and stays away; nobody here knows whether the "
        "statements stand. Say the same again with these ids, in their order, and what stands "
        f"enters no second time: {', '.join(ids[:_IDS_TOLD])}{more}"
    )
