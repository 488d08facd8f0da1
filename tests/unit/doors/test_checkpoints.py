"""Checkpoints, proofs and keys at the command line: what others can hold a home to."""

import json
import shutil
from base64 import b64decode
from pathlib import Path

import pytest

from at_the_desk import statement, whoseword
from telling import uuid7
from whoseword.books.chain import entry_bytes
from whoseword.books.checkpoints import open_checkpoint, split_notes
from whoseword.books.notes import parse_verifier
from whoseword.books.proofs import check_consistency

BOOK = ("--book", "county/incident")


def say(home: Path, *numbers: int, book: str = "county/incident") -> None:
    lines = [json.dumps(statement(id=uuid7(number), book=book)) for number in numbers]
    done = whoseword(home, "say", "-", given="\n".join(lines))
    assert done.exit_code == 0, done.output


def run(home: Path, *arguments: str) -> str:
    done = whoseword(home, *arguments)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    run(home, "init", "--owner", "oversight@county")
    say(home, 1, 2, 3)
    say(home, 4, book="county/public")
    say(home, 5, book="water/health")
    return home


def test_a_checkpoint_says_what_verify_finds(home: Path) -> None:
    (key,) = run(home, "keys").splitlines()
    notes = split_notes(run(home, "checkpoint"))
    found = json.loads(run(home, "verify", "--json"))["books"]
    said = [open_checkpoint(note, [parse_verifier(key)]) for note in notes]
    assert [(one.book, one.size, one.root.hex()) for one in said] == [
        (one["book"], one["size"], one["root"]) for one in found
    ]
    assert [one.book for one in said] == ["county/incident", "county/public"]


def test_a_reader_gets_checkpoints_of_opened_books_alone(home: Path) -> None:
    (note,) = split_notes(run(home, "checkpoint", "--reader", "public@town"))
    assert note.startswith("whoseword/")
    assert "/county/public\n1\n" in note
    for book in ("county/incident", "water/health", "no/public"):
        for command in (("checkpoint",), ("prove", uuid7(1)), ("prove", "--from", "0")):
            refused = whoseword(home, *command, "--book", book, "--reader", "public@town")
            assert refused.exit_code == 1
            assert f"{book} is no book that public@town opens here" in refused.output


def test_the_key_is_made_with_the_home_and_private(home: Path) -> None:
    assert (home / "checkpoint.key").stat().st_mode & 0o777 == 0o600
    (home / "checkpoint.key").chmod(0o644)
    done = whoseword(home, "checkpoint")
    assert done.exit_code == 1
    assert "checkpoint.key" in done.output


def test_what_was_cut_off_or_rolled_back_is_found(home: Path, tmp_path: Path) -> None:
    yesterday = tmp_path / "yesterday.sqlite3"
    shutil.copy(home / "ledger.sqlite3", yesterday)
    say(home, 6)
    today = tmp_path / "today.checkpoint"
    run(home, "checkpoint", "--out", str(today))
    run(home, "verify", "--checkpoint", str(today))
    shutil.copy(yesterday, home / "ledger.sqlite3")
    plain = whoseword(home, "verify", "--json")
    assert plain.exit_code == 1
    (fault,) = json.loads(plain.output)["faults"]
    assert fault["book"] == "county/incident"
    assert "fewer are here" in fault["what"]
    (home / "checkpoints.handed-out").unlink()
    assert whoseword(home, "verify").exit_code == 0
    held = whoseword(home, "verify", "--checkpoint", str(today))
    assert held.exit_code == 1
    assert "FAULT county/incident: had 4 entries" in held.output


def test_no_home_signs_two_histories(home: Path, tmp_path: Path) -> None:
    yesterday = tmp_path / "yesterday.sqlite3"
    shutil.copy(home / "ledger.sqlite3", yesterday)
    say(home, 6)
    run(home, "checkpoint")
    shutil.copy(yesterday, home / "ledger.sqlite3")
    say(home, 7)
    done = whoseword(home, "checkpoint")
    assert done.exit_code == 1
    assert "no checkpoint is given of what does not hold" in done.output


def test_a_forged_or_foreign_checkpoint_is_a_fault(home: Path, tmp_path: Path) -> None:
    note, file = run(home, "checkpoint", *BOOK), tmp_path / "note"
    for changed in (note.replace("\n3\n", "\n2\n"), note[:-9] + "AAAAAAA=\n", "nothing at all"):
        file.write_text(changed, "utf-8")
        done = whoseword(home, "verify", "--checkpoint", str(file), "--json")
        assert done.exit_code == 1
        assert json.loads(done.output)["faults"]
    other = tmp_path / "other"
    run(other, "init", "--owner", "oversight@county")
    say(other, 1)
    file.write_text(run(other, "checkpoint"), "utf-8")
    (key,) = run(other, "keys").splitlines()
    done = whoseword(home, "verify", "--checkpoint", str(file), "--key", key)
    assert done.exit_code == 1
    assert "hold it against the home that it came from" in done.output


def test_a_reader_learns_nothing_from_a_checkpoint_of_a_closed_book(
    home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "note"
    file.write_text(run(home, "checkpoint", *BOOK), "utf-8")
    as_public = ("--reader", "public@town", "--checkpoint", str(file))
    done = whoseword(home, "verify", *as_public)
    assert done.exit_code == 1
    assert done.output == "whoseword: county/incident is no book that public@town opens here\n"


def test_a_proof_stands_alone(home: Path, tmp_path: Path) -> None:
    proof = tmp_path / "p.tlog-proof"
    run(home, "prove", uuid7(2), *BOOK, "--out", str(proof))
    (key,) = run(home, "keys").splitlines()
    elsewhere = tmp_path / "elsewhere"
    told = run(elsewhere, "check-proof", str(proof), "--key", key)
    assert f"Statement {uuid7(2)} of incident harrow-lane, recorded" in told
    assert "at place 1 of county/incident, which had 3 entries" in told
    assert not elsewhere.exists()
    text = proof.read_text("utf-8")
    (extra,) = [line for line in text.splitlines() if line.startswith("extra ")]
    entry = b64decode(extra.removeprefix("extra "))
    assert entry.startswith(entry_bytes((b"", 0, b"", b"", 0, 0, 0, b""))[:18])
    assert uuid7(2).encode() in entry
    proof.write_text(text.replace("index 1", "index 0"), "utf-8")
    assert whoseword(elsewhere, "check-proof", str(proof), "--key", key).exit_code == 1


def test_a_proof_holds_after_a_seal(home: Path, tmp_path: Path) -> None:
    proof = tmp_path / "p.tlog-proof"
    run(home, "prove", uuid7(2), *BOOK, "--out", str(proof))
    run(home, "seal", uuid7(2), *BOOK, "--order", "No. 1", "--as", "Clerk")
    (key,) = run(home, "keys").splitlines()
    run(home, "check-proof", str(proof), "--key", key)
    run(home, "prove", uuid7(2), *BOOK, "--out", str(proof))
    assert "which had 4 entries" in run(home, "check-proof", str(proof), "--key", key)
    run(home, "verify")


def test_growth_is_proved(home: Path) -> None:
    earlier = json.loads(run(home, "verify", "--json"))["books"][0]
    say(home, 6, 7, 8)
    growth = json.loads(run(home, "prove", *BOOK, "--from", "3"))
    assert (growth["from"]["size"], growth["from"]["root"]) == (3, earlier["root"])
    check_consistency(
        3,
        bytes.fromhex(growth["from"]["root"]),
        growth["to"]["size"],
        bytes.fromhex(growth["to"]["root"]),
        [b64decode(one) for one in growth["path"]],
    )
    refused = whoseword(home, "prove", *BOOK, "--from", "9")
    assert refused.exit_code == 1
    assert "has 6 entries" in refused.output


def test_after_a_rotation_both_keys_are_known(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "note"
    file.write_text(run(home, "checkpoint", *BOOK), "utf-8")
    (old,) = run(home, "keys").splitlines()
    run(home, "keys", "--rotate")
    new, earlier = run(home, "keys").splitlines()
    assert earlier == old != new
    run(home, "verify", "--checkpoint", str(file))
    file.write_text(run(home, "checkpoint", *BOOK), "utf-8")
    open_checkpoint(file.read_text("utf-8"), [parse_verifier(new)])
    run(home, "verify", "--checkpoint", str(file))


def test_the_command_line_is_told_when_it_is_wrong(home: Path) -> None:
    for arguments in (("prove", *BOOK), ("prove", uuid7(1), *BOOK, "--from", "1")):
        assert whoseword(home, *arguments).exit_code == 2
    nothing = whoseword(home, "prove", uuid7(9), *BOOK)
    assert nothing.exit_code == 1
    assert "no statement" in nothing.output


def test_no_key_is_made_anew_in_silence(home: Path, tmp_path: Path) -> None:
    """A home put back from its backup alone has not the key that outsiders know."""
    backup, other = tmp_path / "backup", tmp_path / "other"
    run(home, "checkpoint")
    run(home, "backup", str(backup))
    run(other, "restore", str(backup))
    for command in (("checkpoint",), ("keys",), ("keys", "--rotate")):
        refused = whoseword(other, *command)
        assert refused.exit_code == 1
        assert "put its checkpoint.key, checkpoint.pub and checkpoint.rotations there" in (
            refused.stderr
        )
    assert not (other / "checkpoint.key").exists()
    run(other, "keys", "--anew")
    run(other, "checkpoint")
    for name in ("checkpoint.key", "checkpoint.pub"):
        shutil.copy(home / name, other / name)
    assert whoseword(other, "checkpoint").exit_code == 1


def test_a_broken_note_of_a_closed_book_is_no_readers_business(home: Path) -> None:
    run(home, "checkpoint", *BOOK)
    handed = home / "checkpoints.handed-out"
    handed.write_text(handed.read_text("utf-8").replace("\n3\n", "\n2\n"), "utf-8")
    as_public = ("--reader", "public@town")
    run(home, "verify", *as_public)
    run(home, "checkpoint", *as_public)
    assert whoseword(home, "verify").exit_code == 1


def test_a_checkpoint_of_one_book_accuses_no_other(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "notes"
    run(home, "checkpoint", "--out", str(file))
    run(home, "verify", "--book", "county/public", "--checkpoint", str(file))


def test_a_file_without_a_checkpoint_holds_nothing_to_its_word(home: Path, tmp_path: Path) -> None:
    empty = tmp_path / "note"
    empty.write_text("\n", "utf-8")
    done = whoseword(home, "verify", "--checkpoint", str(empty))
    assert done.exit_code == 1
    assert "holds no checkpoint" in done.output
    assert whoseword(home, "verify", "--key", "nonsense").exit_code == 2
