"""Which reminders were claimed outlives a backup that is put back."""

from contextlib import closing
from pathlib import Path

import pytest

from at_the_desk import whoseword
from bookkeeping import FILE, ledger_in, said
from reminded import READER, claim
from telling import uuid7
from whoseword.books.claimed import UNKNOWN_UNTIL, Claim
from whoseword.stores.sqlite.home import connect
from whoseword.stores.sqlite.structure import go_back

THEN = "2031-03-08T09:00:00Z"


def run(home: Path, *arguments: str) -> None:
    done = whoseword(home, *arguments, now=THEN)
    assert done.exit_code == 0, done.output


def claimed(home: Path, *claims: Claim) -> None:
    with ledger_in(home) as ledger, ledger.store.writer() as writer:
        for one in claims:
            assert writer.claim(one)
            if one.told is not None:
                writer.note_told(one)


def known(home: Path) -> tuple[list[Claim], str | None]:
    with ledger_in(home) as ledger, ledger.store.view() as view:
        return view.claims(READER), view.setting(UNKNOWN_UNTIL)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    run(tmp_path / "home", "init", "--owner", "oversight@county")
    with ledger_in(tmp_path / "home") as ledger:
        ledger.append([said("gun", id=uuid7(1))])
    claimed(tmp_path / "home", claim(told=8), claim("2" * 64))
    return tmp_path / "home"


@pytest.fixture
def backup(home: Path, tmp_path: Path) -> Path:
    run(home, "backup", str(tmp_path / "backup.whoseword"))
    return tmp_path / "backup.whoseword"


def test_what_was_claimed_and_told_since_is_kept(home: Path, backup: Path) -> None:
    later = [claim("3" * 64, told=12), claim("1" * 64, channel="post")]
    claimed(home, *later)
    with ledger_in(home) as ledger, ledger.store.writer() as writer:
        writer.note_told(claim("2" * 64, told=13))
    run(home, "restore", str(backup), "--replace")
    assert known(home) == ([claim(told=8), claim("2" * 64, told=13), *later], None)
    claimed(home, claim("4" * 64, told=14))


def test_a_home_that_was_lost_knows_from_when_on_it_knows(backup: Path, tmp_path: Path) -> None:
    run(tmp_path / "other", "restore", str(backup))
    assert known(tmp_path / "other") == ([claim(told=8), claim("2" * 64)], THEN)


def test_a_home_that_cannot_be_read_has_lost_its_claims(home: Path, backup: Path) -> None:
    (home / FILE).write_bytes(b"no ledger at all")
    run(home, "restore", str(backup), "--replace")
    assert known(home)[1] == THEN


def test_a_home_of_an_earlier_structure_is_put_back_over(tmp_path: Path) -> None:
    home, backup = tmp_path / "home", tmp_path / "backup"
    run(home, "init", "--owner", "oversight@county")
    run(home, "backup", str(backup))
    with closing(connect(home / FILE)) as connection:
        go_back(connection, home / FILE, 3)
    run(home, "restore", str(backup), "--replace")
    assert known(home) == ([], THEN)


def test_what_is_not_known_stays_so_through_another_backup(backup: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    run(other, "restore", str(backup))
    run(other, "restore", str(backup), "--replace")
    assert known(other)[1] == THEN
