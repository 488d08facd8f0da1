"""PostgreSQL killed, cut off, or damaged: what was receipted stands once, and all is told plainly."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bookkeeping import ledger_in, said, verdict_on
from postgres import DoomedServer, Server, own_server
from severing import Cut, Line
from stored_rows import DOCUMENT, TEXT_SHA256, entries_of, head, row
from telling import uuid7
from whoseword.books import Ledger, verify
from whoseword.books.errors import LedgerBusy, LedgerDamaged, LedgerUnreachable, OutcomeUnknown
from whoseword.stores.postgres import PostgresStore

TESTS = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def doomed() -> Iterator[DoomedServer]:
    """A server that may be killed and damaged."""
    with own_server() as server:
        yield server


@pytest.fixture
def doomed_url(doomed: DoomedServer) -> str:
    return doomed.url(doomed.new_schema())


def standing(ledger: Ledger) -> list[str | None]:
    return [one.id for one in ledger.statements()]


class TestTheServerIsKilled:
    def test_between_appends_nobody_notices(self, doomed: DoomedServer, doomed_url: str) -> None:
        with ledger_in(doomed_url) as ledger:
            receipts = []
            for _ in range(3):
                receipts += ledger.append([said("knife"), said("gun")])
                doomed.kill()
                doomed.start()
            assert standing(ledger) == [one.id for one in receipts]
        assert verdict_on(doomed_url).faults == []

    def test_while_many_append_what_was_receipted_stands(
        self, doomed: DoomedServer, doomed_url: str
    ) -> None:
        receipts: list[str] = []
        stop = threading.Event()

        def speak() -> None:
            while not stop.is_set():
                try:
                    receipts.extend(one.id for one in ledger.append([said(), said()]))
                except LedgerUnreachable:
                    stop.wait(0.02)

        with ledger_in(doomed_url) as ledger:
            threads = [threading.Thread(target=speak) for _ in range(4)]
            for thread in threads:
                thread.start()
            for _ in range(3):
                threading.Event().wait(0.3)
                doomed.kill()
                doomed.start()
            threading.Event().wait(0.3)
            stop.set()
            for thread in threads:
                thread.join()
            stands = standing(ledger)
        assert len(receipts) > 20
        assert set(receipts) <= set(stands)
        assert len(stands) % 2 == 0
        assert len(receipts) == len(set(receipts))
        assert verdict_on(doomed_url).faults == []

    def test_stopped_it_is_told_and_back_it_goes_on(
        self, doomed: DoomedServer, doomed_url: str
    ) -> None:
        with ledger_in(doomed_url) as ledger:
            ledger.append([said("knife")])
            doomed.stop()
            try:
                for act in (lambda: ledger.append([said("gun")]), ledger.statements):
                    with pytest.raises(LedgerUnreachable) as failure:
                        act()
                    assert "does not answer, or went away" in str(failure.value)
                    assert "see that it runs" in str(failure.value)
                assert not verify(ledger.store).ok
            finally:
                doomed.start()
            ledger.append([said("stick")])
            assert len(standing(ledger)) == 2


@pytest.fixture
def line(postgres: Server) -> Iterator[Line]:
    with Line(postgres.folder) as line:
        yield line


@pytest.fixture
def line_url(postgres: Server, schema: str, line: Line) -> str:
    """The test's own schema, at the other end of a line that can be cut."""
    return postgres.url(schema, host="127.0.0.1", port=str(line.port))


class TestTheLineIsCut:
    @pytest.mark.parametrize("when", ["before", "after"])
    @pytest.mark.parametrize("many", [1, 3])
    def test_in_mid_commit_one_copy_stands_and_is_receipted(
        self, line: Line, line_url: str, when: Cut, many: int
    ) -> None:
        with ledger_in(line_url) as ledger:
            before = ledger.append([said("stick")])
            line.cut_next_commit(when)
            receipts = ledger.append([said("knife") for _ in range(many)])
            after = ledger.append([said("gun")])
            assert line.cuts == 1
            assert standing(ledger) == [one.id for one in (*before, *receipts, *after)]
            assert [one.seq for one in receipts] == [*range(1, many + 1)]
        assert verdict_on(line_url).faults == []

    @pytest.mark.parametrize("when", ["before", "after"])
    def test_whoever_writes_by_another_way_is_told_that_nobody_knows(
        self, line: Line, line_url: str, when: Cut
    ) -> None:
        with closing(PostgresStore(line_url)) as store:
            line.cut_next_commit(when)
            with pytest.raises(OutcomeUnknown) as failure, store.writer() as writer:
                writer.set_setting("zone", "UTC")
            assert "may or may not have done so" in str(failure.value)
            # The next writer has its turn when it is settled.
            with store.writer() as writer:
                assert writer.setting("zone") == (None if when == "before" else "UTC")

    @pytest.mark.parametrize("when", ["before", "after"])
    def test_for_good_the_ids_are_told(
        self,
        line: Line,
        line_url: str,
        schema_url: str,
        when: Cut,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr("whoseword.books.ledger._SETTLING_SECONDS", 0.5)
        given = [said("knife"), said("gun")]
        with ledger_in(line_url) as ledger:
            ledger.append([said("stick")])
            line.cut_next_commit(when, stay_away=True)
            with pytest.raises(OutcomeUnknown) as failure:
                ledger.append(given)
        told = str(failure.value)
        assert "nobody here knows whether the statements stand" in told
        ids = told.rpartition(": ")[2].split(", ")
        assert len(ids) == 2
        again = [said("knife", id=ids[0]), said("gun", id=ids[1])]
        with ledger_in(schema_url) as ledger:
            assert [one.id for one in ledger.append(again)] == ids
            assert standing(ledger)[1:] == ids

    def test_before_the_commit_nothing_stands_and_that_is_told(
        self, line: Line, line_url: str
    ) -> None:
        def cut_while_writing() -> None:
            with store.writer() as writer:
                writer.append([row("county/incident", 0)], [head("county/incident", 1)])
                line.cut_all()
                writer.set_setting("zone", "UTC")

        with closing(PostgresStore(line_url)) as store:
            with pytest.raises(LedgerUnreachable, match="does not answer, or went away") as failure:
                cut_while_writing()
            assert not isinstance(failure.value, OutcomeUnknown)
            with store.view() as view:
                assert (view.heads(), view.setting("zone")) == ([], None)

    def test_while_somebody_reads_it_is_told(self, line: Line, line_url: str) -> None:
        with closing(PostgresStore(line_url)) as store:
            entries_of(store, 5000)

            def read() -> None:
                with store.view() as view:
                    for one in view.rows("county/incident", None, None):
                        if one.entry.seq == 10:
                            line.cut_all()

            with pytest.raises(LedgerUnreachable):
                read()
            with store.view() as view:
                assert len(list(view.rows("county/incident", None, None))) == 5000

    def test_idle_connections_are_replaced_in_silence(self, line: Line, line_url: str) -> None:
        with ledger_in(line_url) as ledger:
            for _ in range(3):
                ledger.append([said()])
                with ledger.store.view(), ledger.store.view():
                    pass
                line.cut_all()
            assert len(standing(ledger)) == 3


def test_many_processes_open_a_fresh_schema_and_write_at_once(schema_url: str) -> None:
    opening = (
        "import sys; from bookkeeping import ledger_in, said\n"
        "with ledger_in(sys.argv[1]) as ledger:\n"
        "    for _ in range(10): ledger.append([said(), said(book='county/public')])"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", opening, schema_url],
            env=os.environ | {"PYTHONPATH": str(TESTS)},
        )
        for _ in range(4)
    ]
    assert [process.wait(timeout=60) for process in started] == [0] * 4
    verdict = verdict_on(schema_url)
    assert (verdict.faults, [book.size for book in verdict.books]) == ([], [40, 40])


def test_a_writer_who_does_not_finish_is_not_waited_for_for_ever(
    schema_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(PostgresStore(schema_url)) as store, closing(PostgresStore(schema_url)) as other:
        monkeypatch.setattr("whoseword.stores.postgres.session.WAIT_SECONDS", 0.2)
        with (
            other.writer(),
            pytest.raises(LedgerBusy, match="did not finish in time"),
            store.writer(),
        ):
            pass
        with store.writer() as writer:
            assert writer.heads() == []


class TestAPageIsDamaged:
    """With checksums, as the server of the tests has them, PostgreSQL notices by itself."""

    @pytest.mark.parametrize("table", ["entries", "bodies", "heads", "contents"])
    def test_nothing_damaged_is_read_and_verify_tells_it(
        self, doomed: DoomedServer, table: str
    ) -> None:
        schema = doomed.new_schema()
        url = doomed.url(schema)
        with ledger_in(url) as ledger:
            # Many enough that the second book's rows lie in other pages than the first's.
            ledger.append([said(id=uuid7(n)) for n in range(300)])
            ledger.append([said(id=uuid7(n), book="county/public") for n in range(300)])
            with ledger.store.writer() as writer:
                writer.keep_document(DOCUMENT, "harrow-lane", TEXT_SHA256)
        with doomed.admin() as admin:
            admin.execute(f"VACUUM {schema}.{table}")
            admin.execute("CHECKPOINT")
            [(path,)] = admin.execute(
                "SELECT pg_relation_filepath(%s::regclass)", (f"{schema}.{table}",)
            ).fetchall()
        doomed.stop()
        with (doomed.data / path).open("r+b") as file:
            file.seek(8192 - 200)
            file.write(b"\xff" * 50)
        doomed.start()
        verdict = verdict_on(url)
        assert not verdict.ok
        assert any("cannot read what it stored" in fault.what for fault in verdict.faults)
        with pytest.raises(LedgerDamaged, match="check its disk, run verify"):
            read_all(url)
        if table in ("entries", "bodies"):
            # What lies in other pages is still checked.
            assert [(one.book, one.size) for one in verdict.books] == [
                ("county/incident", 0),
                ("county/public", 300),
            ]


def read_all(url: str) -> None:
    with ledger_in(url) as ledger, ledger.store.view() as view:
        view.document(DOCUMENT.sha256)
        ledger.statements()
