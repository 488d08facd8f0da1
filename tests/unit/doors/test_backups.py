"""A backup made while others write, and a restore that loses nothing without saying so."""

import json
import shutil
import threading
from pathlib import Path
from typing import Any

import pytest

from at_the_desk import statement, whoseword
from bookkeeping import ledger_in, said, tamper
from telling import uuid7

NAME = "Zebulon Quartermaine"
BOOK = ("--book", "county/incident")
ORDER = ("--order", "No. 44", "--as", "Clerk")


def run(home: Path, *arguments: str) -> str:
    done = whoseword(home, *arguments)
    assert done.exit_code == 0, done.output
    return done.output


def say(home: Path, *numbers: int, **parts: Any) -> None:
    lines = [json.dumps(statement(id=uuid7(number), **parts)) for number in numbers]
    done = whoseword(home, "say", "-", given="\n".join(lines))
    assert done.exit_code == 0, done.output


def books(home: Path) -> list[dict[str, Any]]:
    done = whoseword(home, "verify", "--all", "--json")
    found: list[dict[str, Any]] = json.loads(done.output)["books"]
    assert done.exit_code == 0, done.output
    return found


def ids(home: Path) -> list[str]:
    return list(json.loads(run(home, "account", "harrow-lane", "--json"))["statements"])


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home, story = tmp_path / "home", tmp_path / "story.txt"
    run(home, "init", "--owner", "oversight@county", "--zone", "America/Chicago")
    say(home, 1, 2, 3)
    say(home, 4, book="water/health")
    story.write_text("The chief said that the man was in the hall. He was not hurt.", "utf-8")
    run(home, "read", str(story), "--incident", "harrow-lane")
    run(home, "account", "harrow-lane")
    run(home, "quarantine", uuid7(3), *BOOK, "--as", "Ana", "--as", "Bo", "--reason", "misfiled")
    return home


@pytest.fixture
def backup(home: Path, tmp_path: Path) -> Path:
    file = tmp_path / "backup.whoseword"
    told = run(home, "backup", str(file))
    assert "5 statements in 2 books; every chain holds" in told
    return file


def test_everything_is_put_back(home: Path, backup: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    told = run(other, "restore", str(backup))
    assert "Restored 5 statements in 2 books; every chain holds." in told
    assert books(other) == books(home)
    for command in (
        ("account", "harrow-lane", "--as-of", "2100-01-01", "--json"),
        ("account", "harrow-lane", "--as-of", "2100-01-01"),
        ("drafts", "--incident", "harrow-lane"),
    ):
        assert run(other, *command) == run(home, *command)
    assert run(other, "reads").splitlines()[0] == run(home, "reads").splitlines()[0]
    say(other, 6)
    assert books(other)[0]["size"] == 5


def test_the_backup_is_one_file_that_is_never_written_to(
    home: Path, backup: Path, tmp_path: Path
) -> None:
    before = backup.read_bytes()
    backup.chmod(0o400)
    run(tmp_path / "other", "restore", str(backup))
    assert backup.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {
        "home", "other", "story.txt", "backup.whoseword",
    }  # fmt: skip
    assert sorted(path.name for path in home.iterdir() if path.name.startswith(".")) == []


def test_it_is_made_while_others_write(tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "backup.whoseword"
    run(home, "init", "--owner", "oversight@county")
    receipts: list[tuple[str, int]] = []
    stop = threading.Event()

    def write() -> None:
        with ledger_in(home) as ledger:
            while not stop.is_set():
                receipts.extend((one.id, one.seq) for one in ledger.append([said(), said()]))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(5):
            run(home, "backup", str(file))
            held = json.loads(whoseword(home, "verify", "--json").output)["books"]
    finally:
        stop.set()
        writer.join()
    run(tmp_path / "other", "restore", str(file))
    (restored,) = books(tmp_path / "other")
    assert 0 < restored["size"] <= held[0]["size"]
    assert restored["size"] % 2 == 0
    expected = f"county/incident:{restored['size']}:{restored['root']}"
    run(home, "verify", "--expect", expected)
    assert len(receipts) == books(home)[0]["size"]


def test_one_that_does_not_hold_never_costs_the_one_before(home: Path, backup: Path) -> None:
    before = backup.read_bytes()
    tamper(home, "UPDATE bodies SET salt = zeroblob(32) WHERE book = 'county/incident' AND seq = 1")
    done = whoseword(home, "backup", str(backup))
    assert done.exit_code == 1
    assert "the backup does not hold (county/incident 1:" in done.output
    assert backup.read_bytes() == before


def test_a_file_that_is_no_backup_is_not_written_over(home: Path, tmp_path: Path) -> None:
    thesis = tmp_path / "thesis.txt"
    thesis.write_text("years of work " * 500, "utf-8")
    done = whoseword(home, "backup", str(thesis))
    assert done.exit_code == 1
    assert "is no backup of this kind; name another file" in done.output
    assert thesis.read_text("utf-8").startswith("years of work")
    for source in (thesis, home / "checkpoint.pub"):
        refused = whoseword(tmp_path / "other", "restore", str(source))
        assert refused.exit_code == 1
        assert "is no backup; name a file that `backup` wrote" in refused.output


def test_a_damaged_backup_is_refused_and_nothing_changes(
    home: Path, backup: Path, tmp_path: Path
) -> None:
    content = bytearray(backup.read_bytes())
    at = content.index(b"knife")
    content[at : at + 5] = b"spoon"
    backup.write_bytes(content)
    before = books(home)
    for target, options in ((tmp_path / "other", ()), (home, ("--replace",))):
        done = whoseword(target, "restore", str(backup), *options)
        assert done.exit_code == 1
        assert "the backup does not hold" in done.output
    assert not (tmp_path / "other" / "ledger.sqlite3").exists()
    assert books(home) == before


class TestAnOlderBackup:
    def test_is_refused_where_more_stands(self, home: Path, backup: Path) -> None:
        done = whoseword(home, "restore", str(backup))
        assert done.exit_code == 1
        assert "ledger.sqlite3 is there already" in done.output
        say(home, 6)
        done = whoseword(home, "restore", str(backup), "--replace")
        assert done.exit_code == 1
        assert "has 4 entries in the backup, and had 5 in this home" in done.output
        assert uuid7(6) in ids(home)

    def test_is_refused_where_more_was_handed_out(self, home: Path, backup: Path) -> None:
        say(home, 6)
        run(home, "checkpoint")
        (home / "ledger.sqlite3").unlink()
        done = whoseword(home, "restore", str(backup))
        assert done.exit_code == 1
        assert "had 5 when a checkpoint of it was handed out" in done.output
        assert not (home / "ledger.sqlite3").exists()

    def test_is_refused_where_a_checkpoint_is_brought(
        self, home: Path, backup: Path, tmp_path: Path
    ) -> None:
        say(home, 6)
        note, other = tmp_path / "note", tmp_path / "other"
        run(home, "checkpoint", *BOOK, "--out", str(note))
        (key,) = run(home, "keys").splitlines()
        given = ("--checkpoint", str(note), "--key", key)
        done = whoseword(other, "restore", str(backup), *given)
        assert done.exit_code == 1
        assert "had 5 in the checkpoint you gave" in done.output
        assert not (other / "ledger.sqlite3").exists()
        unknown = whoseword(other, "restore", str(backup), "--checkpoint", str(note))
        assert unknown.exit_code == 1

    def test_is_put_back_when_somebody_says_so_and_it_is_told(
        self, home: Path, backup: Path
    ) -> None:
        say(home, 6)
        run(home, "checkpoint")
        told = run(home, "restore", str(backup), "--replace", "--older")
        assert "Gone back: county/incident had 5 entries" in told
        assert "Tell those who hold a later checkpoint." in told
        (aside,) = home.glob("checkpoints.handed-out.before-*")
        assert aside.name in told
        assert uuid7(6) not in ids(home)
        run(home, "verify", "--all")
        run(home, "checkpoint")
        held = whoseword(home, "verify", "--checkpoint", str(aside))
        assert held.exit_code == 1

    def test_another_history_is_refused_whatever_one_says(
        self, home: Path, backup: Path, tmp_path: Path
    ) -> None:
        other = tmp_path / "other"
        shutil.copytree(home, other)
        run(other, "restore", str(backup), "--replace")
        say(home, 6)
        say(other, 7, 8)
        run(home, "checkpoint")
        forked = tmp_path / "forked.whoseword"
        run(other, "backup", str(forked))
        done = whoseword(home, "restore", str(forked), "--replace", "--older")
        assert done.exit_code == 1
        assert "the backup does not hold (county/incident:" in done.output


class TestWhatWasSealed:
    @pytest.fixture
    def backup(self, home: Path, tmp_path: Path) -> Path:
        say(home, 9, fact={"kind": "other", "text": f"He is {NAME}"})
        file = tmp_path / "backup.whoseword"
        run(home, "backup", str(file))
        assert NAME.encode() in file.read_bytes()
        return file

    def test_does_not_come_back_from_an_older_backup(self, home: Path, backup: Path) -> None:
        run(home, "seal", uuid7(9), *BOOK, *ORDER)
        told = run(home, "restore", str(backup), "--replace", "--older")
        assert f"Sealed again: {uuid7(9)} in county/incident, under No. 44." in told
        assert _holding(home) == []
        view = json.loads(run(home, "account", "harrow-lane", "--json"))
        assert [(one["statement"], one["state"]) for one in view["removed"]] == [
            (uuid7(3), "quarantined"),
            (uuid7(9), "sealed"),
        ]
        run(home, "verify", "--all")

    def test_does_not_come_back_where_the_ledger_was_lost(self, home: Path, backup: Path) -> None:
        run(home, "seal", uuid7(9), *BOOK, *ORDER)
        for path in home.glob("ledger.sqlite3*"):
            path.unlink()
        run(home, "restore", str(backup), "--older")
        assert _holding(home) == []
        assert "sealed" in run(home, "account", "harrow-lane")

    def test_does_not_come_back_elsewhere_with_the_register(
        self, home: Path, backup: Path, tmp_path: Path
    ) -> None:
        run(home, "seal", uuid7(9), *BOOK, *ORDER)
        register, other = home / "seals.register", tmp_path / "other"
        assert NAME not in register.read_text("utf-8")
        run(other, "restore", str(backup), "--seals", str(register))
        assert _holding(other) == []
        assert (other / "seals.register").read_bytes() == register.read_bytes()

    def test_is_in_no_backup_made_afterwards(
        self, home: Path, backup: Path, tmp_path: Path
    ) -> None:
        run(home, "seal", uuid7(9), *BOOK, *ORDER)
        run(home, "backup", str(backup))
        assert NAME.encode() not in backup.read_bytes()
        run(tmp_path / "other", "restore", str(backup))
        assert "sealed" in run(tmp_path / "other", "account", "harrow-lane")


def test_a_home_that_somebody_has_open_is_not_restored(
    home: Path, backup: Path, tmp_path: Path
) -> None:
    with ledger_in(home):
        done = whoseword(home, "restore", str(backup), "--replace")
        assert done.exit_code == 1
        assert "another process has the home" in done.output
    run(home, "restore", str(backup), "--replace")
    assert _leftovers(home) == []


def _leftovers(home: Path) -> list[str]:
    return [path.name for path in home.iterdir() if path.name.startswith(".")]


def _holding(folder: Path) -> list[str]:
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and NAME.encode() in path.read_bytes()
    ]


def test_a_longer_history_that_is_another_is_refused(
    home: Path, backup: Path, tmp_path: Path
) -> None:
    """Nothing was handed out: what stands in the home is known all the same."""
    other, forked = tmp_path / "other", tmp_path / "forked.whoseword"
    shutil.copytree(home, other)
    say(home, 6)
    say(other, 7, 8, 9)
    run(other, "backup", str(forked))
    done = whoseword(home, "restore", str(forked), "--replace", "--older")
    assert done.exit_code == 1
    assert "the backup does not hold (county/incident: had 5 entries" in done.output
    assert uuid7(6) in ids(home)


def test_the_log_of_reads_and_the_register_of_files_are_kept(
    home: Path, backup: Path, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    run(home, "account", "harrow-lane", "--html", str(page))
    before = run(home, "reads")
    run(home, "restore", str(backup), "--replace")
    assert run(home, "reads") == before
    run(home, "verify", "--all")
    run(home, "seal", uuid7(1), *BOOK, *ORDER)
    assert not page.exists()


def test_a_backup_of_another_home_is_refused(home: Path, backup: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    run(other, "init", "--owner", "oversight@county")
    done = whoseword(other, "restore", str(backup), "--replace", "--older")
    assert done.exit_code == 1
    assert "the backup is of another home" in done.output


def test_a_ledger_is_no_backup_and_no_place_for_one(home: Path, tmp_path: Path) -> None:
    before = ids(home)
    ledger = home / "ledger.sqlite3"
    for command in (("backup", str(ledger)), ("restore", str(ledger), "--replace")):
        done = whoseword(home, *command)
        assert done.exit_code == 1, done.output
        assert "is a home's own ledger" in done.output or "is no backup of this kind" in done.output
    assert ids(home) == before
    assert _leftovers(home) == []


def test_what_a_killed_restore_left_behind_is_swept(home: Path, backup: Path) -> None:
    left = home / ".restoring-killed"
    left.mkdir()
    shutil.copy(backup, left / "ledger.sqlite3")
    run(home, "restore", str(backup), "--replace")
    assert _leftovers(home) == []


STORY = (
    f"Rosa Lind said that her neighbour {NAME} had a knife. The chief said that he was in the hall."
)


class TestABackupFromBeforeTheStatement:
    """The document and its drafts were there already; the statement that is sealed came later."""

    @pytest.fixture
    def home(self, tmp_path: Path) -> Path:
        home, story = tmp_path / "home", tmp_path / "story.txt"
        run(home, "init", "--owner", "oversight@county")
        story.write_text(STORY, "utf-8")
        run(home, "read", str(story), "--incident", "elm")
        story.unlink()
        return home

    def sealed(self, home: Path) -> None:
        run(home, "sign", "--incident", "elm", "--as", "Ana", "--all")
        view = json.loads(run(home, "account", "elm", "--json"))
        (target,) = [
            key for key, one in view["statements"].items() if NAME in one["source"]["quote"]
        ]
        run(home, "seal", target, *BOOK, *ORDER)

    def test_brings_neither_document_nor_drafts_back(self, home: Path, tmp_path: Path) -> None:
        backup = tmp_path / "backup"
        run(home, "backup", str(backup))
        self.sealed(home)
        run(home, "restore", str(backup), "--replace", "--older")
        assert _holding(home) == []
        assert "0 drafts wait" in run(home, "drafts", "--incident", "elm")
        run(home, "verify", "--all")

    def test_is_refused_where_other_statements_rest_on_the_document(
        self, home: Path, tmp_path: Path
    ) -> None:
        backup = tmp_path / "backup"
        drafts = [
            json.loads(line)
            for line in run(home, "drafts", "--incident", "elm", "--json").splitlines()
        ]
        (other,) = [one["draft"] for one in drafts if NAME not in one["source"]["quote"]]
        run(home, "sign", "--incident", "elm", "--as", "Ana", other)
        run(home, "backup", str(backup))
        self.sealed(home)
        done = whoseword(home, "restore", str(backup), "--replace", "--older")
        assert done.exit_code == 1
        assert "were sealed since the backup was made" in done.output
        assert _holding(home) == []


def test_sealed_again_each_book_keeps_what_its_own_order_says(tmp_path: Path) -> None:
    """The book that the order names comes last by its name."""
    home, backup = tmp_path / "home", tmp_path / "backup"
    run(home, "init", "--owner", "oversight@county")
    for book in ("zton/incident", "aton/incident"):
        say(home, 1, book=book)
    run(home, "backup", str(backup))
    run(home, "seal", uuid7(1), "--book", "zton/incident", *ORDER)
    run(home, "restore", str(backup), "--replace", "--older")
    told = json.loads(run(home, "account", "harrow-lane", "--json"))
    assert {(one["book"], one["ground"]) for one in told["removed"]} == {
        ("zton/incident", "No. 44"),
        ("aton/incident", "an order that is kept elsewhere"),
    }


def test_a_quarantine_is_not_ended_by_an_older_backup(tmp_path: Path) -> None:
    home, backup = tmp_path / "home", tmp_path / "backup"
    run(home, "init", "--owner", "oversight@county")
    say(home, 1, 2)
    run(home, "backup", str(backup))
    two = ("--as", "Ana", "--as", "Bo", "--reason", "misfiled")
    run(home, "quarantine", uuid7(1), *BOOK, *two)
    run(home, "restore", str(backup), "--replace", "--older")
    assert uuid7(1) not in ids(home)
    run(home, "quarantine", uuid7(1), *BOOK, *two, "--lift")
    assert uuid7(1) in ids(home)


@pytest.mark.parametrize("content", [b"", b"garbage", b"{}\n"])
def test_a_register_that_is_none_is_refused(
    home: Path, backup: Path, tmp_path: Path, content: bytes
) -> None:
    register, other = tmp_path / "register", tmp_path / "other"
    register.write_bytes(content)
    done = whoseword(other, "restore", str(backup), "--seals", str(register))
    assert done.exit_code == 1
    assert str(register) in done.output
    assert not (other / "ledger.sqlite3").exists()


def test_a_register_without_its_last_line_end_is_read_to_its_end(
    home: Path, tmp_path: Path
) -> None:
    say(home, 9, fact={"kind": "other", "text": f"He is {NAME}"})
    backup, register, other = tmp_path / "b", tmp_path / "register", tmp_path / "other"
    run(home, "backup", str(backup))
    run(home, "seal", uuid7(9), *BOOK, *ORDER)
    register.write_bytes((home / "seals.register").read_bytes().rstrip(b"\n"))
    run(other, "restore", str(backup), "--seals", str(register))
    assert _holding(other) == []
    torn = home / "seals.register"
    torn.write_bytes(torn.read_bytes().rstrip(b"\n") + b'\n{"book": "county/inc')
    run(home, "seal", uuid7(1), *BOOK, *ORDER)
    assert len(torn.read_text("utf-8").splitlines()) == 2


def test_a_seal_during_a_backup_costs_the_backup(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from whoseword.doors import backups

    backup = tmp_path / "backup"
    say(home, 9, fact={"kind": "other", "text": f"He is {NAME}"})
    checked = backups.refuse_faults

    def sealing_meanwhile(verdict: Any) -> None:
        checked(verdict)
        monkeypatch.undo()
        # The backup itself still reads: whoever seals need not wait for it a minute.
        monkeypatch.setattr("whoseword.stores.sqlite.store.BUSY_SECONDS", 0.05)
        told = whoseword(home, "seal", uuid7(9), *BOOK, *ORDER)
        assert str(backup) not in told.output or "backups were made before" in told.output

    monkeypatch.setattr(backups, "refuse_faults", sealing_meanwhile)
    done = whoseword(home, "backup", str(backup))
    assert done.exit_code == 1
    assert "a statement was sealed while the backup was made" in done.output
    assert not backup.exists()


def test_a_backup_made_after_a_seal_is_not_named_for_destroying(home: Path, tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    whoseword(home, "backup", str(before), now="2031-03-06T12:00:00Z")
    told = whoseword(home, "seal", uuid7(1), *BOOK, *ORDER, now="2031-03-07T12:00:00Z")
    assert str(before) in told.output
    whoseword(home, "backup", str(after), now="2031-03-08T12:00:00Z")
    told = whoseword(home, "seal", uuid7(1), *BOOK, *ORDER, now="2031-03-08T12:00:00Z")
    assert str(before) in told.output
    assert str(after) not in told.output
