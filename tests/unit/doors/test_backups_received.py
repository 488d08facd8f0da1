"""What other homes sent is in every backup, and what was sealed of it does not come back."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from agencies import agency, disclosed, introduce, visit
from at_the_desk import whoseword
from bookkeeping import BOOK, FILE, ledger_in, said, tamper
from received_rows import THEIRS, bundle, received, sealed
from telling import uuid7
from whoseword.books import Ledger, Verdict
from whoseword.books.exchanged import RuleSetKept
from whoseword.books.protocol import View
from whoseword.books.restoring import copy_all, refuse_faults
from whoseword.books.tables import OVERWRITE
from whoseword.stores.sqlite.home import connect
from whoseword.stores.sqlite.structure import go_back

NAME = "Zebulon Quartermaine"
ACT = uuid7(60_000)
RULES = RuleSetKept("1" * 64, 5, b'{"texas.toml":"..."}')
ROWS = [received(seq, weapon=f"the knife of {NAME}, {seq}") for seq in range(3)]


def run(home: Path, *arguments: str) -> str:
    done = whoseword(home, *arguments)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def home(tmp_path: Path) -> Path:
    run(tmp_path / "home", "init", "--owner", "oversight@county")
    with ledger_in(tmp_path / "home") as ledger:
        ledger.append([said("gun", id=uuid7(1)), said("gun", id=uuid7(2))])
        with ledger.store.writer() as writer:
            writer.receive(bundle(), ROWS)
            writer.note_rule_set(RULES)
    return tmp_path / "home"


@pytest.fixture
def backup(home: Path, tmp_path: Path) -> Path:
    run(home, "backup", str(tmp_path / "backup.whoseword"))
    return tmp_path / "backup.whoseword"


@contextmanager
def seen(home: Path) -> Iterator[View]:
    with ledger_in(home) as ledger, ledger.store.view() as view:
        yield view


def seal(ledger: Ledger, seq: int) -> None:
    with ledger.store.writer() as writer:
        writer.seal_received(THEIRS, seq, ACT)
    ledger.store.overwrite()


def test_everything_is_put_back(home: Path, backup: Path, tmp_path: Path) -> None:
    run(tmp_path / "other", "restore", str(backup))
    with seen(tmp_path / "other") as there, seen(home) as here:
        assert list(there.received(THEIRS, None, None)) == ROWS
        assert there.bundles() == here.bundles() == [bundle()]
        assert there.rule_sets() == here.rule_sets() == [RULES]
    assert whoseword(tmp_path / "other", "verify", "--all").exit_code == 0


def test_a_damaged_received_statement_costs_no_backup_and_no_home(
    home: Path, backup: Path, tmp_path: Path
) -> None:
    before = backup.read_bytes()
    tamper(home, "UPDATE received_bodies SET salt = zeroblob(32) WHERE seq = 1")
    done = whoseword(home, "backup", str(backup))
    assert done.exit_code == 1
    assert f"the backup does not hold ({THEIRS} 1:" in done.output
    assert backup.read_bytes() == before
    damaged = tmp_path / FILE
    damaged.write_bytes(before)
    tamper(tmp_path, "UPDATE received_bodies SET salt = zeroblob(32) WHERE seq = 1")
    refused = whoseword(tmp_path / "other", "restore", str(damaged))
    assert refused.exit_code == 1
    assert f"{THEIRS} 1:" in refused.output


def test_what_was_sealed_since_does_not_come_back(home: Path, backup: Path) -> None:
    with ledger_in(home) as ledger:
        seal(ledger, 1)
    run(home, "restore", str(backup), "--replace")
    with seen(home) as view:
        assert list(view.received(THEIRS, None, None)) == [ROWS[0], sealed(ROWS[1], ACT), ROWS[2]]
        assert view.setting(OVERWRITE) == ""
    assert (ROWS[1].salt or b"") not in (home / FILE).read_bytes()
    assert (ROWS[2].salt or b"") in (home / FILE).read_bytes()


def test_what_was_sealed_is_in_no_backup_made_afterwards(home: Path, tmp_path: Path) -> None:
    with ledger_in(home) as ledger:
        for seq in range(3):
            seal(ledger, seq)
    run(home, "backup", str(tmp_path / "after"))
    assert NAME.encode() not in (tmp_path / "after").read_bytes()
    run(tmp_path / "other", "restore", str(tmp_path / "after"))
    with seen(tmp_path / "other") as view:
        assert {row.sealed_by for row in view.received(THEIRS, None, None)} == {ACT}


def test_a_seal_during_a_backup_costs_the_backup(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    def sealing_meanwhile(verdict: Verdict) -> None:
        refuse_faults(verdict)
        monkeypatch.undo()
        with ledger_in(home) as ledger, ledger.store.writer() as writer:
            writer.seal_received(THEIRS, 1, ACT)

    monkeypatch.setattr("whoseword.doors.backups.refuse_faults", sealing_meanwhile)
    done = whoseword(home, "backup", str(tmp_path / "backup"))
    assert done.exit_code == 1
    assert "a statement was sealed while the backup was made" in done.output
    assert not (tmp_path / "backup").exists()


def test_a_ledger_of_an_earlier_structure_still_tells_what_was_sealed_in_it(
    tmp_path: Path,
) -> None:
    """Somebody restores with a new program over a home that it never opened."""
    home, backup = tmp_path / "home", tmp_path / "backup"
    run(home, "init", "--owner", "oversight@county")
    with ledger_in(home) as ledger:
        ledger.append([said("gun", id=uuid7(1)), said("gun", id=uuid7(2))])
    run(home, "backup", str(backup))
    run(home, "seal", uuid7(1), "--book", BOOK, "--order", "No. 44", "--as", "Clerk")
    (home / "seals.register").unlink()
    with closing(connect(home / FILE)) as connection:
        go_back(connection, home / FILE, 2)
    told = run(home, "restore", str(backup), "--replace", "--older")
    assert uuid7(1) in told
    with ledger_in(home) as ledger:
        assert [one.statement for one in ledger.told().removed] == [uuid7(1)]


def test_documents_that_do_not_come_back_take_nothing_received_with_them(
    home: Path, backup: Path
) -> None:
    """A bundle has a digest too, and it is no document's."""
    with ledger_in(home.with_name("other")) as other, seen(home) as view:
        with other.store.writer() as writer:
            copy_all(view, writer, lambda *_: None, frozenset({bundle().sha256, RULES.sha256}))
        with other.store.view() as copied:
            assert copied.bundles() == [bundle()]
            assert copied.rule_sets() == [RULES]


def test_what_protects_people_is_not_undone_by_putting_a_backup_back(tmp_path: Path) -> None:
    division = agency(tmp_path, "childrens-division", "child_welfare")
    police = agency(tmp_path, "wexmoor-police", "supervisor")
    introduce(division, police)
    told = visit(division)
    bundle, notice, later = (tmp_path / name for name in ("bundle", "notice", "later"))
    reader = "officer@wexmoor-police"
    disclosed(division, told, reader, bundle)
    police.do("receive", bundle)
    backup = tmp_path / "backup"
    police.do("backup", backup)
    division.do("withdraw", told, "--to", reader, "--as", "Ann Lee", "--out", notice)
    police.do("receive", notice)
    other = visit(division, fact={"kind": "other", "text": "a second visit"})
    disclosed(division, other, reader, later)
    police.do("receive", later)
    keep = ("--substitute", "PO Box 9", "--authority", "RSMo 589.669", "--as", "clerk")
    police.do("confidential", "--place", "14 Elm Street", *keep)
    police.do("staff", reader, "--name", "Jo Brandt")
    assert police.open_ids(reader) == {other}

    police.do("restore", backup, "--replace")
    assert police.open_ids(reader) == {other}
    assert "PO Box 9" in police.do("confidential")
    assert "Jo Brandt" in police.do("staff")
    assert json.loads(police.do("verify", "--all", "--json"))["ok"] is True
