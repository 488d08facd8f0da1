"""Batches of one transaction follow one another, and a batch that is tried again is the same."""

import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bookkeeping import NOON, Clock, ledger_in, said
from telling import TENANT, uuid7
from whoseword.books import BatchRefused, Ledger, LedgerBusy, verify
from whoseword.books.appending import Appending, batch_of
from whoseword.books.protocol import Writer
from whoseword.stores.sqlite import SqliteStore
from whoseword.words.times import microseconds

NOW = microseconds(NOON)


class LosesOneAnswer(SqliteStore):
    """A store whose second commit reaches the disk, and is told to have failed."""

    commits = 0

    @contextmanager
    def writer(self) -> Iterator[Writer]:  # type: ignore[override]
        with super().writer() as writer:
            yield writer
        self.commits += 1
        if self.commits == 2:
            raise LedgerBusy("the answer was lost")


def test_batches_of_one_transaction_follow_one_another(tmp_path: Path) -> None:
    with ledger_in(tmp_path) as ledger:
        with ledger.store.writer() as writer:
            appending = Appending(writer, NOW, secrets.token_bytes)
            first = batch_of(
                [said("knife", by=TENANT, id=uuid7(1))], False, NOW, secrets.token_bytes
            )
            bad = batch_of(
                [said(id=uuid7(2)), said(replaces=uuid7(9))], False, NOW, secrets.token_bytes
            )
            later = batch_of(
                [said("gun", by=TENANT, replaces=uuid7(1)), said(id=uuid7(2))],
                False,
                NOW,
                secrets.token_bytes,
            )
            receipts = appending.add(first)
            with pytest.raises(BatchRefused):
                appending.add(bad)
            receipts += appending.add(later)
            assert appending.add(first) == receipts[:1]
            appending.write()
        assert [one.seq for one in receipts] == [0, 1, 2]
        assert [one.id for one in ledger.statements()] == [one.id for one in receipts]
        assert verify(ledger.store).ok


def test_what_reached_the_disk_after_all_is_not_appended_twice(tmp_path: Path) -> None:
    store = LosesOneAnswer(tmp_path)
    receipts: list[str] = []
    with Ledger(store, Clock(), secrets.token_bytes) as ledger:

        def speak() -> None:
            receipts.extend(one.id for one in ledger.append([said()]))

        first, *others = [threading.Thread(target=speak) for _ in range(4)]
        with store._turn:
            first.start()
            time.sleep(0.2)
            for thread in others:
                thread.start()
            time.sleep(0.2)
        for thread in (first, *others):
            thread.join()
        stand = [one.id for one in ledger.statements()]
    assert store.commits > 2
    assert sorted(receipts) == sorted(str(one) for one in stand)
