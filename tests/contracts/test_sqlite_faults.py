"""Faults that are really there: a full disk, a folder that may not be written, another machine,
a clock set back, a step that fails, a damaged page. Each is told plainly, and nothing is lost.

Small disks and folders that may not be written are mounted in a namespace of the test's own
(unshare, mount; util-linux), which neither root nor anybody else outside of it sees.
"""

import json
import os
import shlex
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from at_the_desk import statement, whoseword
from bookkeeping import FILE, ledger_in, said, verdict_on
from telling import uuid7
from whoseword.books import MigrationFailed
from whoseword.books.errors import LedgerElsewhere
from whoseword.stores.sqlite import SqliteStore, structure

PAGES_OF_SIXTY = 15
"""So many pages at least hold sixty statements; tables and indexes without a row hold nothing."""
PROGRAM = f"{shlex.quote(sys.executable)} -c 'from whoseword.wiring import main; main()'"


def within(folder: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Run a shell script that may mount whatever it likes; ``whoseword`` is the program."""
    return subprocess.run(
        ["unshare", "--map-root-user", "--mount", "bash", "-c", f'whoseword() {{ {PROGRAM} "$@"; }}\n{script}'],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip


def lines(*numbers: int, text: str = "knife", **parts: Any) -> str:
    fact = {"kind": "armed", "who": "woman", "weapon": text}
    return "".join(
        json.dumps(statement(id=uuid7(one), fact=fact, **parts)) + "\n" for one in numbers
    )


def plain(told: str) -> str:
    """What was told, which is never a traceback."""
    assert "Traceback" not in told
    return " ".join(told.split())


class TestAFullDisk:
    """The home, a backup or a page on a disk of a few megabytes."""

    def test_loses_nothing_and_takes_the_same_when_there_is_room(self, tmp_path: Path) -> None:
        for number in range(1, 41):
            (tmp_path / f"{number}.jsonl").write_text(lines(number, text="x" * 100_000), "utf-8")
        done = within(
            tmp_path,
            """
            mkdir home && mount -t tmpfs -o size=1m none home || exit 9
            for n in $(seq 40); do
                whoseword --home home say --json $n.jsonl >>receipts 2>told || break
            done
            echo "stopped at $n"; cat told
            whoseword --home home verify || exit 8
            mount -o remount,size=64m home
            whoseword --home home say --json $n.jsonl >>receipts || exit 7
            whoseword --home home verify --json
            """,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        told = plain(done.stdout + done.stderr)
        assert "no room is left on the disk of home/ledger.sqlite3; free some" in told
        receipts = (tmp_path / "receipts").read_text("utf-8").splitlines()
        (book,) = json.loads(done.stdout.splitlines()[-1])["books"]
        assert book["size"] == len(receipts) == len({json.loads(one)["id"] for one in receipts}) > 1

    def test_costs_no_earlier_backup_and_leaves_no_half_page(self, tmp_path: Path) -> None:
        home = tmp_path / "home"
        assert whoseword(home, "say", "-", given=lines(1)).exit_code == 0
        more = tmp_path / "more.jsonl"
        more.write_text(lines(*range(2, 30), text="x" * 100_000), "utf-8")
        done = within(
            tmp_path,
            """
            mkdir small && mount -t tmpfs -o size=1m none small || exit 9
            whoseword --home home backup small/backup || exit 8
            cp small/backup before
            whoseword --home home say more.jsonl >/dev/null
            whoseword --home home backup small/backup && exit 7
            whoseword --home home account harrow-lane --html small/page.html && exit 6
            cmp small/backup before && ls -A small
            """,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        told = plain(done.stderr)
        assert "no room is left on the disk" in told
        assert "page.html cannot be written" in told
        assert done.stdout.splitlines()[-1:] == ["backup"]


def test_a_home_that_may_not_be_written_is_read_and_says_so(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert whoseword(home, "init", "--owner", "oversight@county").exit_code == 0
    assert whoseword(home, "say", "-", given=lines(1)).exit_code == 0
    (tmp_path / "more.jsonl").write_text(lines(2), "utf-8")
    done = within(
        tmp_path,
        f"""
        mount --bind home home && mount -o remount,bind,ro home || exit 9
        whoseword --home home verify || exit 8
        whoseword --home home account harrow-lane --json >account || exit 7
        whoseword --home home say more.jsonl && exit 6
        whoseword --home home seal {uuid7(1)} --book county/incident --order O --as N && exit 5
        whoseword --home home checkpoint && exit 4
        whoseword --home home quarantine {uuid7(1)} --book county/incident --as A --as B --reason R && exit 3
        exit 0
        """,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = plain(done.stderr)
    assert told.count("give yourself write permission") >= 3
    assert list(json.loads((tmp_path / "account").read_text("utf-8"))["statements"]) == [uuid7(1)]
    assert verdict_on(home).books[0].size == 1


def test_a_clock_that_jumps_back_is_told_and_changes_no_view(tmp_path: Path) -> None:
    home = tmp_path / "home"
    whoseword(home, "say", "-", given=lines(1), now="2031-03-06T12:00:00Z")
    between = ("account", "harrow-lane", "--as-of", "2031-03-06T11:00:00Z", "--json")
    before = whoseword(home, *between, now="2031-03-06T12:00:00Z").stdout
    done = whoseword(home, "say", "-", given=lines(2), now="2031-03-06T10:00:00Z")
    assert done.exit_code == 0
    assert "the clock reads 2031-03-06T10:00:00Z, and the latest statement" in done.stderr
    assert "clock" not in done.stdout
    assert whoseword(home, *between, now="2031-03-06T13:00:00Z").stdout == before
    with ledger_in(home) as ledger:
        recorded = [one.recorded for one in ledger.statements()]
    assert len(recorded) == 2
    assert recorded[0] == recorded[1]
    again = whoseword(home, "say", "-", given=lines(3), now="2031-03-06T13:00:00Z")
    assert "clock" not in again.stderr


HOLDING = """
import sys
from pathlib import Path
import whoseword.stores.sqlite.store as store
from whoseword.books.errors import LedgerElsewhere
store.this_host = lambda: sys.argv[2]
try:
    held = store.SqliteStore(Path(sys.argv[1]))
except LedgerElsewhere:
    print("refused", flush=True)
else:
    print("in", flush=True)
    sys.stdin.read()
"""


def somebody(home: Path, host: str) -> subprocess.Popen[str]:
    """A process on that machine that opens the home, and keeps it open where it may."""
    return subprocess.Popen(
        [sys.executable, "-c", HOLDING, home, host],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )


def ended(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def heard(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


class TestTwoMachines:
    """A write-ahead log is shared through memory, which two machines do not have."""

    def test_the_second_is_refused_until_the_first_has_gone(self, tmp_path: Path) -> None:
        home = tmp_path / "home"
        first, again = somebody(home, "desk boot-1"), somebody(home, "desk boot-1")
        try:
            assert [heard(first), heard(again)] == ["in", "in"]
            with pytest.raises(LedgerElsewhere, match="is in use on desk; a home of this kind"):
                SqliteStore(home)
            told = whoseword(home, "account", "harrow-lane")
            assert told.exit_code == 1
            assert "stop Whose Word there, or keep the books on PostgreSQL" in told.stderr
        finally:
            ended(first)
            ended(again)
        SqliteStore(home).close()

    def test_of_several_at_once_one_machine_gets_in(self, tmp_path: Path) -> None:
        for turn in range(4):
            home = tmp_path / f"home-{turn}"
            SqliteStore(home).close()
            hosts = ["desk boot-1", "lap boot-2"] * 2
            all_of_them = [somebody(home, host) for host in hosts]
            try:
                answers = [heard(one) for one in all_of_them]
            finally:
                for one in all_of_them:
                    ended(one)
            let_in = {host for host, answer in zip(hosts, answers, strict=True) if answer == "in"}
            assert len(let_in) == 1


class TestAStepThatFails:
    """Structure 1 is what the first version wrote."""

    @pytest.fixture
    def old(self, tmp_path: Path) -> Path:
        home = tmp_path / "home"
        with ledger_in(home) as ledger:
            ledger.append([said("knife"), said("gun")])
        with closing(sqlite3.connect(home / FILE, isolation_level=None)) as connection:
            structure.go_back(connection, home / FILE, 1)
        return home

    def content(self, home: Path) -> list[str]:
        with closing(sqlite3.connect(home / FILE)) as connection:
            return list(connection.iterdump())

    def test_an_old_home_is_brought_up_to_date(self, old: Path) -> None:
        SqliteStore(old).close()
        verdict = verdict_on(old)
        assert (verdict.ok, verdict.books[0].size) == (True, 2)
        with ledger_in(old) as ledger:
            ledger.append([said("none")])

    def test_one_that_fails_leaves_the_file_as_it_was(
        self, old: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = self.content(old)
        script = structure._script

        def broken(name: str) -> str:
            return script(name) + "\nCREATE TABLE entries (x);\n"

        monkeypatch.setattr(structure, "_script", broken)
        with pytest.raises(MigrationFailed, match=r"step 0002-removals: .*nothing was changed"):
            SqliteStore(old)
        told = whoseword(old, "account", "harrow-lane")
        assert told.exit_code == 1
        assert "nothing was changed" in plain(told.stderr)
        assert self.content(old) == before
        monkeypatch.undo()
        assert verdict_on(old).ok

    def test_one_that_is_killed_leaves_the_file_as_it_was(self, old: Path) -> None:
        before = self.content(old)
        killing = (
            "import os, sys; from pathlib import Path\n"
            "from whoseword.stores.sqlite import SqliteStore, structure\n"
            "script = structure._statements\n"
            "def some(text):\n"
            "    for place, one in enumerate(script(text)):\n"
            "        if place == int(sys.argv[2]): os.kill(os.getpid(), 9)\n"
            "        yield one\n"
            "structure._statements = some\n"
            "SqliteStore(Path(sys.argv[1]))"
        )
        for place in (1, 6, 14):
            done = subprocess.run(
                [sys.executable, "-c", killing, old, str(place)],
                env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
                check=False,
            )
            assert done.returncode == -signal.SIGKILL
            assert self.content(old) == before
        assert verdict_on(old).ok

    def test_many_open_an_old_home_at_once(self, old: Path) -> None:
        opening = "import sys; from pathlib import Path; from bookkeeping import ledger_in, said\n"
        opening += "with ledger_in(Path(sys.argv[1])) as ledger: ledger.append([said()])"
        started = [
            subprocess.Popen(
                [sys.executable, "-c", opening, old],
                env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
            )
            for _ in range(4)
        ]
        assert [one.wait(timeout=60) for one in started] == [0] * 4
        assert verdict_on(old).books[0].size == 6


def test_a_damaged_page_is_told_wherever_it_is_and_a_backup_brings_the_books_back(
    tmp_path: Path,
) -> None:
    home, backup = tmp_path / "home", tmp_path / "backup.whoseword"
    with ledger_in(home) as ledger:
        ledger.append([said(f"knife {number}") for number in range(60)])
    assert whoseword(home, "backup", str(backup)).exit_code == 0
    sound = verdict_on(home)
    whole = (home / FILE).read_bytes()
    found = 0
    for page in range(len(whole) // 4096):
        damaged = bytearray(whole)
        for at in range(page * 4096 + 100, page * 4096 + 4000, 390):
            damaged[at] ^= 0x55
        hurt = tmp_path / f"hurt-{page}"
        hurt.mkdir(mode=0o700)
        (hurt / FILE).write_bytes(damaged)
        verdict = json.loads(whoseword(hurt, "verify", "--all", "--json").stdout)
        if verdict["faults"]:
            found += 1
        else:
            # A page in which nothing is kept may be damaged and cost nothing.
            assert [one["root"] for one in verdict["books"]] == [one.root for one in sound.books]
        for command in (("account", "harrow-lane"), ("say", "-")):
            done = whoseword(hurt, *command, given=lines(1))
            plain(done.stderr)
            assert done.exit_code in (0, 1)
        # What was said into the damaged file goes, and the person says so.
        done = whoseword(hurt, "restore", str(backup), "--replace", "--older")
        assert done.exit_code == 0, done.output
        assert verdict_on(hurt).books == sound.books
    assert found >= PAGES_OF_SIXTY
