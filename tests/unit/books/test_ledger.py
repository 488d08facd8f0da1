"""What a ledger promises whoever appends to it."""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from bookkeeping import BOOK, NOON, Clock, again, ledger_in, said
from telling import uuid7
from whoseword.books import BatchRefused, Ledger, LedgerClosed
from whoseword.books.errors import LedgerUnreachable, OutcomeUnknown
from whoseword.books.protocol import Store, Writer
from whoseword.stores.sqlite import SqliteStore


def refused(failure: pytest.ExceptionInfo[BatchRefused]) -> list[tuple[int, str]]:
    return [(index, fault.field) for index, fault in failure.value.faults]


def test_a_receipt_tells_where_each_statement_stands(tmp_path: Path) -> None:
    with ledger_in(tmp_path) as ledger:
        first, second = ledger.append([said("knife"), said("none", stance="denies")])
        (other,) = ledger.append([said("knife", book="county/public")])
        stand = ledger.statements()
    assert [(one.book, one.seq) for one in (first, second, other)] == [
        (BOOK, 0),
        (BOOK, 1),
        ("county/public", 0),
    ]
    assert [one.id for one in stand] == [first.id, second.id, other.id]
    assert len({first.hash, second.hash, other.hash}) == 3
    assert first.id < second.id


def test_the_ledger_marks_when_it_learnt_and_when_it_was_told(tmp_path: Path) -> None:
    with ledger_in(tmp_path) as ledger:
        ledger.append([said()])
        (stands,) = ledger.statements()
    assert (stands.recorded, stands.appended, stands.backfilled) == (NOON, NOON, False)


def test_the_same_id_with_the_same_content_is_receipted_again(tmp_path: Path) -> None:
    statement = said(id=uuid7(1))
    with ledger_in(tmp_path) as ledger:
        first = ledger.append([statement])
        assert ledger.append([statement, statement]) == first * 2
        (stands,) = ledger.statements()
        assert ledger.append([again(stands)]) == first
        assert len(ledger.statements()) == 1


def test_the_same_id_with_other_content_is_refused(tmp_path: Path) -> None:
    with ledger_in(tmp_path) as ledger:
        ledger.append([said("knife", id=uuid7(1))])
        with pytest.raises(BatchRefused) as failure:
            ledger.append([said("gun", id=uuid7(1))])
        with pytest.raises(BatchRefused):
            ledger.append([said("knife", id=uuid7(2)), said("gun", id=uuid7(2))])
        assert refused(failure) == [(0, "id")]
        assert len(ledger.statements()) == 1


def test_another_book_may_hold_the_same_id(tmp_path: Path) -> None:
    with ledger_in(tmp_path) as ledger:
        ledger.append([said("knife", id=uuid7(1))])
        (receipt,) = ledger.append([said("gun", id=uuid7(1), book="county/public")])
    assert receipt.seq == 0


def test_a_batch_stands_whole_or_not_at_all(tmp_path: Path) -> None:
    with ledger_in(tmp_path) as ledger:
        with pytest.raises(BatchRefused) as failure:
            ledger.append(
                [
                    said(),
                    said(recorded=NOON.isoformat()),
                    said(book="county/public"),
                    said(replaces=uuid7(9)),
                ]
            )
        assert refused(failure) == [(1, "recorded"), (3, "replaces")]
        assert ledger.statements() == []


def test_no_more_than_twenty_faults_are_told_at_once(tmp_path: Path) -> None:
    with ledger_in(tmp_path) as ledger, pytest.raises(BatchRefused) as failure:
        ledger.append([said(replaces=uuid7(9))] * 30)
    assert len(failure.value.faults) == 20


def test_a_refusal_says_what_to_do(tmp_path: Path) -> None:
    with ledger_in(tmp_path) as ledger, pytest.raises(BatchRefused) as failure:
        ledger.append([said(recorded=NOON.isoformat())])
    assert str(failure.value) == (
        "nothing was appended\n"
        "statement 1: recorded: is given by the ledger; leave it out, or say it as a backfill"
    )


class TestRecorded:
    def test_it_never_goes_back_when_the_clock_does(self, tmp_path: Path) -> None:
        clock = Clock()
        with ledger_in(tmp_path, clock) as ledger:
            ledger.append([said("knife")])
            earlier = clock.move(hours=-1)
            ledger.append([said("gun", book="county/public")])
            later = ledger.statements(["county/public"])[0]
        assert (later.recorded, later.appended) == (NOON, earlier)

    def test_one_batch_is_one_moment_over_all_its_books(self, tmp_path: Path) -> None:
        with ledger_in(tmp_path) as ledger:
            ledger.append([said(), said(book="county/public"), said()])
            assert {one.recorded for one in ledger.statements()} == {NOON}

    def test_a_backfill_alone_goes_back_and_says_so(self, tmp_path: Path) -> None:
        earlier = NOON - timedelta(days=30)
        with ledger_in(tmp_path) as ledger:
            ledger.append([said("knife")])
            ledger.append([said("gun", recorded=earlier.isoformat())], backfill=True)
            ledger.append([said("stick")])
            stand = ledger.statements()
        assert [(one.recorded, one.backfilled) for one in stand] == [
            (NOON, False),
            (earlier, True),
            (NOON, False),
        ]
        assert {one.appended for one in stand} == {NOON}

    def test_a_backfill_needs_it_and_never_from_the_future(self, tmp_path: Path) -> None:
        late = (NOON + timedelta(microseconds=1)).isoformat()
        with ledger_in(tmp_path) as ledger, pytest.raises(BatchRefused) as failure:
            ledger.append(
                [said(), said(recorded=late), said(recorded=NOON.isoformat())], backfill=True
            )
        assert refused(failure) == [(0, "recorded"), (1, "recorded")]

    def test_a_backfill_said_again_must_tell_the_same_time(self, tmp_path: Path) -> None:
        first = said(id=uuid7(1), recorded=(NOON - timedelta(days=2)).isoformat())
        other = said(id=uuid7(1), recorded=(NOON - timedelta(days=1)).isoformat())
        with ledger_in(tmp_path) as ledger:
            receipts = ledger.append([first], backfill=True)
            assert ledger.append([first], backfill=True) == receipts
            with pytest.raises(BatchRefused):
                ledger.append([other], backfill=True)

    def test_marks_of_the_ledger_in_the_input_mean_nothing(self, tmp_path: Path) -> None:
        with ledger_in(tmp_path) as ledger:
            ledger.append([again(said(), backfilled=True, appended=NOON - timedelta(days=9))])
            (stands,) = ledger.statements()
        assert (stands.backfilled, stands.appended) == (False, NOON)


class TestReading:
    def test_statements_come_by_book_and_place(self, tmp_path: Path) -> None:
        with ledger_in(tmp_path) as ledger:
            ledger.append(
                [
                    said(book="water/public"),
                    said(book="county/public"),
                    said(book="county/incident"),
                ]
            )
            ledger.append([said(book="county/public", incident="mill-road")])
            books = [one.book for one in ledger.statements()]
            assert books == ["county/incident", "county/public", "county/public", "water/public"]
            assert len(ledger.statements(["county/public", "nobody/public"])) == 2
            assert len(ledger.statements(incident="mill-road")) == 1
            assert ledger.statements([]) == []

    def test_what_was_kept_aside_comes_back(self, tmp_path: Path) -> None:
        with ledger_in(tmp_path) as ledger:
            ledger.append([again(said(), extra={"x_candidates": ["woman", "neighbor"]})])
            (stands,) = ledger.statements()
        assert stands.extra == {"x_candidates": ["woman", "neighbor"]}


class TestManyThreads:
    def test_all_are_receipted_and_all_stand(self, tmp_path: Path) -> None:
        receipts: list[str] = []

        def speak() -> None:
            for _ in range(20):
                receipts.extend(one.id for one in ledger.append([said()]))

        with ledger_in(tmp_path) as ledger:
            threads = [threading.Thread(target=speak) for _ in range(16)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert sorted(receipts) == sorted(one.id or "" for one in ledger.statements())
        assert len(set(receipts)) == 320

    def test_a_bad_batch_fails_nobody_else(self, tmp_path: Path) -> None:
        outcomes: list[str] = []

        def speak(good: bool) -> None:
            try:
                ledger.append([said() if good else said(replaces=uuid7(7))])
                outcomes.append("receipted")
            except BatchRefused:
                outcomes.append("refused")

        with ledger_in(tmp_path) as ledger:
            threads = [threading.Thread(target=speak, args=(i % 2 == 0,)) for i in range(40)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert len(ledger.statements()) == 20
        assert sorted(outcomes) == ["receipted"] * 20 + ["refused"] * 20

    def test_what_the_program_cannot_take_is_told_to_its_caller_alone(self, tmp_path: Path) -> None:
        with ledger_in(tmp_path) as ledger:
            with pytest.raises(AttributeError):
                ledger.append(["not a statement"])  # type: ignore[list-item]
            assert len(ledger.append([said()])) == 1


def test_a_closed_ledger_takes_nothing(tmp_path: Path) -> None:
    with ledger_in(tmp_path) as ledger:
        ledger.append([said()])
    with pytest.raises(LedgerClosed):
        ledger.append([said()])
    assert not [thread for thread in threading.enumerate() if thread.name == "ledger"]


class WentAway:
    """A store whose database goes away in mid-commit, before or after the commit counted."""

    def __init__(self, store: Store, *ends: str) -> None:
        self.place, self._store, self._ends = store.place, store, list(ends)
        self.view, self.close = store.view, store.close

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        end = self._ends.pop(0) if self._ends else "stays"
        if end == "away":
            raise LedgerUnreachable("the database does not answer")
        if end == "stays":
            with self._store.writer() as writer:
                yield writer
            return
        with suppress(ZeroDivisionError), self._store.writer() as writer:
            yield writer
            if end == "before":
                raise ZeroDivisionError
        raise OutcomeUnknown("the database went away while it committed")


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait half a minute."""
    monkeypatch.setattr("whoseword.books.ledger._SETTLING_SECONDS", 0.2)
    monkeypatch.setattr("whoseword.books.ledger._FIRST_PAUSE_SECONDS", 0.01)


@pytest.mark.usefixtures("quickly")
class TestACommitOfWhichNobodyKnows:
    def ledger(self, home: Path, *ends: str) -> Ledger:
        store = WentAway(SqliteStore(home), *ends)
        return Ledger(store, Clock(), secrets.token_bytes)  # type: ignore[arg-type]

    @pytest.mark.parametrize("end", ["before", "after"])
    @pytest.mark.parametrize("away", [0, 3])
    def test_it_is_said_again_and_stands_once(self, tmp_path: Path, end: str, away: int) -> None:
        with self.ledger(tmp_path, end, *["away"] * away, end, "stays") as ledger:
            receipts = ledger.append([said("knife"), said("gun")])
            stands = ledger.statements()
        assert [one.id for one in receipts] == [one.id for one in stands]
        assert [one.seq for one in receipts] == [0, 1]

    def test_all_who_waited_are_receipted_once(self, tmp_path: Path) -> None:
        receipts: list[str] = []

        def speak() -> None:
            for _ in range(5):
                receipts.extend(one.id for one in ledger.append([said(), said()]))

        with self.ledger(tmp_path, *["after", "before", "stays"] * 30) as ledger:
            threads = [threading.Thread(target=speak) for _ in range(8)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert sorted(receipts) == sorted(str(one.id) for one in ledger.statements())
        assert len(set(receipts)) == 80

    @pytest.mark.parametrize("many", [1, 25])
    def test_where_it_stays_away_the_ids_are_told(self, tmp_path: Path, many: int) -> None:
        given = [said(id=uuid7(n)) for n in range(many)]
        with (
            self.ledger(tmp_path, "after", *["away"] * 1000) as ledger,
            pytest.raises(OutcomeUnknown) as failure,
        ):
            ledger.append(given)
        told = str(failure.value)
        assert [one.id for one in given if str(one.id) in told] == [one.id for one in given[:20]]
        assert told.endswith("and 5 more") is (many == 25)
        with self.ledger(tmp_path) as ledger:
            ledger.append(given)
            assert len(ledger.statements()) == many

    def test_a_refusal_stays_a_refusal(self, tmp_path: Path) -> None:
        with self.ledger(tmp_path, "after", "stays") as ledger, pytest.raises(BatchRefused):
            ledger.append([said(replaces=uuid7(9))])

    def test_what_never_reached_the_database_is_not_said_again(self, tmp_path: Path) -> None:
        with self.ledger(tmp_path, "away", "stays") as ledger:
            with pytest.raises(LedgerUnreachable) as failure:
                ledger.append([said()])
            assert not isinstance(failure.value, OutcomeUnknown)
            assert ledger.statements() == []
