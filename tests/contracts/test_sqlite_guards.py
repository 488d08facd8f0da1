"""SQLite's own part: the database refuses, files are private, a fresh home may be opened by many."""

import os
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from bookkeeping import FILE, ledger_in, said, tamper, verdict_on
from received_rows import THEIRS, bundle, received
from reminded import claim
from whoseword.books import (
    Document,
    LedgerBusy,
    LedgerDamaged,
    LedgerFull,
    LedgerReadOnly,
    NotALedger,
)
from whoseword.books.exchanged import RuleSetKept
from whoseword.stores.sqlite import SqliteStore
from whoseword.stores.sqlite.home import connect

COLUMNS = "book, seq, id, incident, recorded, appended, backfilled, commitment, link"
DIGEST = sha256(b"a").hexdigest()
DOCUMENT = Document(sha256=DIGEST, name="a.txt", media_type="text/plain", bytes=b"a", text="a")

RECEIVED = (
    "INSERT OR REPLACE INTO received (number, bundle, book, seq, id, incident, received, entry) "
    "SELECT {}, bundle, book, {}, {}, incident, received, entry FROM received"
)
RECEIVED_WORDS = (
    "INSERT OR REPLACE INTO received_bodies (number, book, seq, salt, bytes) "
    "SELECT {}, book, {}, salt, bytes FROM received_bodies"
)
REMINDED = (
    "INSERT OR REPLACE INTO reminders "
    "(number, reminder, channel, reader, incident, rule, event, due, claimed) "
    "SELECT number + 9, reminder, channel, reader, incident, rule, event, due, 0 FROM reminders"
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with ledger_in(tmp_path / "home") as ledger:
        ledger.append([said(), said()])
        with ledger.store.writer() as writer:
            writer.keep_document(DOCUMENT, "harrow-lane", DIGEST)
            writer.receive(bundle(), [received(0), received(1)])
            writer.seal_received(THEIRS, 1, "the act")
            writer.note_rule_set(RuleSetKept(DIGEST, 1, b"{}"))
            writer.claim(claim())
            writer.note_told(claim(told=9))
    return tmp_path / "home"


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE entries SET recorded = 0", "never changed"),
        ("UPDATE OR REPLACE entries SET seq = 1 WHERE seq = 0", "never changed"),
        ("DELETE FROM entries", "never removed"),
        ("DELETE FROM entries WHERE seq = 1", "never removed"),
        (f"INSERT OR REPLACE INTO entries SELECT {COLUMNS} FROM entries", "stands there"),
        (f"REPLACE INTO entries SELECT {COLUMNS} FROM entries", "stands there"),
        (
            (
                "INSERT OR REPLACE INTO entries SELECT book, 9, id, incident, recorded, appended, "
                "backfilled, commitment, link FROM entries WHERE seq = 0"
            ),
            "stands there",
        ),
        (
            (
                f"INSERT INTO entries SELECT {COLUMNS} FROM entries WHERE 1 "
                "ON CONFLICT (book, seq) DO UPDATE SET recorded = 0"
            ),
            "stands there",
        ),
        ("UPDATE bodies SET bytes = x''", "never changed"),
        ("DELETE FROM bodies", "never removed"),
        ("INSERT OR REPLACE INTO bodies SELECT * FROM bodies", "stands there"),
        (
            (
                "INSERT OR REPLACE INTO bodies (book, seq, salt, bytes) "
                "SELECT book, seq, salt, x'' FROM bodies"
            ),
            "stands there",
        ),
        (
            (
                "INSERT OR REPLACE INTO bodies (number, book, seq, salt, bytes) "
                "SELECT number, book, seq + 100, salt, x'' FROM bodies"
            ),
            "stands there",
        ),
        ("UPDATE heads SET size = 1", "only grows"),
        ("DELETE FROM heads", "never removed"),
        ("INSERT OR REPLACE INTO heads SELECT * FROM heads", "stands there"),
        ("UPDATE documents SET name = 'b'", "never changed"),
        ("DELETE FROM documents", "never removed"),
        ("INSERT OR REPLACE INTO documents SELECT * FROM documents", "stands there"),
        ("UPDATE contents SET text = x''", "never changed"),
        ("DELETE FROM contents", "never removed"),
        ("INSERT OR REPLACE INTO contents SELECT * FROM contents", "stand there"),
        ("UPDATE bundles SET note = ''", "never changed"),
        ("DELETE FROM bundles", "never removed"),
        ("INSERT OR REPLACE INTO bundles SELECT * FROM bundles", "stands there"),
        ("UPDATE received SET entry = x''", "never changed"),
        ("UPDATE OR REPLACE received SET seq = 1 WHERE seq = 0", "never changed"),
        ("DELETE FROM received", "never removed"),
        (RECEIVED.format("number", "seq + 9", "id || '9'"), "stands there"),
        (RECEIVED.format("number + 9", "seq", "id || '9'"), "stands there"),
        (RECEIVED.format("number + 9", "seq + 9", "id"), "stands there"),
        ("UPDATE received_bodies SET bytes = x''", "never changed"),
        ("DELETE FROM received_bodies", "never removed but under a seal"),
        (RECEIVED_WORDS.format("number", "9"), "stand there"),
        (RECEIVED_WORDS.format("number + 9", "0"), "stand there"),
        (RECEIVED_WORDS.format("number + 9", "1"), "does not come back"),
        ("UPDATE received_seals SET act = ''", "never changed"),
        ("DELETE FROM received_seals", "never taken back"),
        ("INSERT OR REPLACE INTO received_seals SELECT * FROM received_seals", "sealed once"),
        (
            (
                "INSERT OR REPLACE INTO received_seals (number, book, seq, act) "
                "SELECT number, book, 0, act FROM received_seals"
            ),
            "sealed once",
        ),
        ("UPDATE rule_sets SET files = x''", "never changed"),
        ("DELETE FROM rule_sets", "never removed"),
        ("INSERT OR REPLACE INTO rule_sets SELECT * FROM rule_sets", "kept there"),
        ("UPDATE reminders SET channel = 'post'", "never changed"),
        ("DELETE FROM reminders", "never taken back"),
        ("INSERT OR REPLACE INTO reminders SELECT * FROM reminders", "claimed once"),
        (REMINDED, "claimed once"),
        ("UPDATE reminders_told SET told = 0", "never changed"),
        ("DELETE FROM reminders_told", "never taken back"),
        ("INSERT OR REPLACE INTO reminders_told SELECT * FROM reminders_told", "told once"),
    ],
)
@pytest.mark.parametrize("recursive", ["OFF", "ON"])
def test_the_database_itself_refuses(
    home: Path, statement: str, reason: str, recursive: str
) -> None:
    with closing(sqlite3.connect(home / FILE, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA recursive_triggers = {recursive}")
        with pytest.raises(sqlite3.IntegrityError, match=reason):
            connection.execute(statement)
    with ledger_in(home) as ledger, ledger.store.view() as view:
        assert len(ledger.statements()) == 2
        found = list(view.received(THEIRS, None, None))
        assert [row.body is None for row in found] == [False, True]


def test_types_are_held(home: Path) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT"):
        tamper(home, "UPDATE entries SET seq = 'first'", guarded=False)


def test_an_append_over_a_forged_tail_is_refused_and_nothing_is_lost(home: Path) -> None:
    tamper(
        home,
        "INSERT INTO entries SELECT book, 2, 'forged', incident, recorded, appended, backfilled, "
        "commitment, link FROM entries WHERE seq = 1",
    )
    with ledger_in(home) as ledger, pytest.raises(LedgerDamaged, match="stands there already"):
        ledger.append([said()])
    assert [fault.seq for fault in verdict_on(home).faults][:1] == [2]


def test_home_and_files_are_their_owners_alone(home: Path) -> None:
    with ledger_in(home) as ledger:
        ledger.append([said()])
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in home.iterdir()}
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert modes == dict.fromkeys([FILE, f"{FILE}-wal", f"{FILE}-shm", "ledger.host"], 0o600)


def test_a_commit_is_synced(home: Path) -> None:
    with closing(connect(home / FILE)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)


def test_many_processes_open_a_fresh_home_at_once(tmp_path: Path) -> None:
    opening = (
        "import sys; from pathlib import Path; from bookkeeping import ledger_in, said\n"
        "with ledger_in(Path(sys.argv[1])) as ledger: ledger.append([said()])"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    started = [
        subprocess.Popen([sys.executable, "-c", opening, tmp_path / "home"], env=environment)
        for _ in range(6)
    ]
    assert [process.wait(timeout=60) for process in started] == [0] * 6
    verdict = verdict_on(tmp_path / "home")
    assert (verdict.ok, [book.size for book in verdict.books]) == (True, [6])


class TestWhatGoesWrongIsTold:
    def test_another_programs_database(self, tmp_path: Path) -> None:
        with closing(sqlite3.connect(tmp_path / FILE)) as connection:
            connection.execute("CREATE TABLE songs (name TEXT)")
        with pytest.raises(NotALedger, match="another program"):
            SqliteStore(tmp_path)

    def test_no_database(self, tmp_path: Path) -> None:
        (tmp_path / FILE).write_text("minutes " * 400, "utf-8")
        with pytest.raises(NotALedger, match="is not a ledger"):
            SqliteStore(tmp_path)

    def test_a_later_version(self, home: Path) -> None:
        tamper(home, "PRAGMA user_version = 9")
        with pytest.raises(NotALedger, match="later version"):
            SqliteStore(home)

    def test_a_home_that_is_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "home").write_text("", "utf-8")
        with pytest.raises(NotALedger, match="not a folder"):
            SqliteStore(tmp_path / "home")

    def test_a_folder_that_cannot_be_made(self) -> None:
        with pytest.raises(LedgerReadOnly, match="cannot be made"):
            SqliteStore(Path("/proc/home"))

    def test_another_process_that_does_not_finish(
        self, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store = SqliteStore(home)
        monkeypatch.setattr(
            "whoseword.stores.sqlite.store.connect", lambda path: connect(path, busy_seconds=0.05)
        )
        with closing(sqlite3.connect(home / FILE, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(LedgerBusy, match="try again"), store.writer():
                pass
            other.execute("ROLLBACK")
        with store.writer() as writer:
            assert len(writer.heads()) == 1
        store.close()

    @pytest.mark.parametrize(
        "done",
        [
            "UPDATE bodies SET bytes = x'00' WHERE seq = 1",
            "DELETE FROM bodies WHERE seq = 1",
            "UPDATE entries SET recorded = 9223372036854775807 WHERE seq = 1",
            "UPDATE entries SET incident = CAST(x'ff' AS TEXT) WHERE seq = 1",
            "DROP TABLE bodies",
        ],
    )
    def test_a_damaged_ledger_is_not_read(self, home: Path, done: str) -> None:
        tamper(home, done)
        with ledger_in(home) as ledger, pytest.raises(LedgerDamaged, match="verify"):
            ledger.statements()

    def test_a_damaged_document_is_not_read(self, home: Path) -> None:
        tamper(home, "UPDATE contents SET text = x'ff'")
        with ledger_in(home) as ledger, ledger.store.view() as view:
            for read in (view.document, view.text_of):
                with pytest.raises(LedgerDamaged, match="verify"):
                    read(DIGEST)

    def test_a_disk_without_room(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def with_no_room(path: Path) -> sqlite3.Connection:
            connection = connect(path)
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {pages}")
            return connection

        monkeypatch.setattr("whoseword.stores.sqlite.store.connect", with_no_room)
        with ledger_in(home) as ledger:
            with pytest.raises(LedgerFull, match="no room"):
                ledger.append([said("x" * 100_000)])
            assert len(ledger.statements()) == 2
        monkeypatch.undo()
        with ledger_in(home) as ledger:
            ledger.append([said()])
        assert verdict_on(home).ok

    def test_a_batch_too_big_for_the_disk_fails_alone(
        self, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def with_little_room(path: Path) -> sqlite3.Connection:
            connection = connect(path)
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {pages + 10}")
            return connection

        monkeypatch.setattr("whoseword.stores.sqlite.store.connect", with_little_room)
        outcomes: list[str] = []

        def speak(weapon: str) -> None:
            try:
                ledger.append([said(weapon)])
                outcomes.append("receipted")
            except LedgerFull:
                outcomes.append("full")

        with ledger_in(home) as ledger:
            with ledger.store.writer():
                weapons = ["knife", "x" * 500_000, "gun"]
                threads = [threading.Thread(target=speak, args=(one,)) for one in weapons]
                for thread in threads:
                    thread.start()
                time.sleep(0.2)
            for thread in threads:
                thread.join()
        assert sorted(outcomes) == ["full", "receipted", "receipted"]
        assert verdict_on(home).ok
