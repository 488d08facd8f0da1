"""Whatever is done to what another home sent is found, and told with its book and its place."""

from pathlib import Path

import pytest

from bookkeeping import BOOK, ledger_in, said, tamper, verdict_on
from received_rows import THEIRS, bundle, received
from telling import uuid7
from whoseword.books import verify
from whoseword.books.chain import commitment_of
from whoseword.stores.sqlite import SqliteStore

OTHERS = "north-clinic/incident"
AT = f"WHERE book = '{THEIRS}' AND seq = 4"
SEALED_AT = f"WHERE book = '{THEIRS}' AND seq = 6"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a book of its own, and what two others sent; one statement was sealed."""
    with ledger_in(tmp_path / "home") as ledger:
        ledger.append([said("gun")])
        with ledger.store.writer() as writer:
            theirs = [received(seq, weapon=f"knife {seq}") for seq in range(2, 9)]
            writer.receive(bundle(), theirs)
            writer.receive(bundle(1), [received(0, book=OTHERS, of=bundle(1))])
            writer.seal_received(THEIRS, 6, uuid7(60_000))
    return tmp_path / "home"


def test_what_lies_as_it_came_is_found_sound(home: Path) -> None:
    verdict = verdict_on(home)
    assert verdict.faults == []
    assert [one.book for one in verdict.books] == [BOOK]


def hexed(content: bytes) -> str:
    return f"x'{content.hex()}'"


NO_WORDS = received(4)._replace(salt=b"s" * 32, body=b"{}")
TAMPERED = [
    pytest.param(
        f"UPDATE received_bodies SET bytes = CAST(replace(bytes, 'knife', 'spoon') AS BLOB) {AT}",
        "is not what the entry that was received commits to",
        id="words",
    ),
    pytest.param(
        f"UPDATE received_bodies SET salt = zeroblob(32) {AT}",
        "is not what the entry that was received commits to",
        id="a salt",
    ),
    pytest.param(
        f"UPDATE received SET entry = {hexed(received(4, weapon='gun').entry)} {AT}",
        "is not what the entry that was received commits to",
        id="another entry of the same place",
    ),
    pytest.param(
        f"UPDATE received SET entry = {hexed(received(5).entry)} {AT}",
        "names another book, seq, id or incident",
        id="the entry of another place",
    ),
    pytest.param(
        f"UPDATE received SET entry = {hexed(received(4, book=OTHERS).entry)} {AT}",
        "names another book, seq, id or incident",
        id="the entry of another book",
    ),
    pytest.param(
        f"UPDATE received SET id = upper(id) {AT}",
        "names another book, seq, id or incident",
        id="the id",
    ),
    pytest.param(
        f"UPDATE received SET incident = 'mill-road' {AT}",
        "names another book, seq, id or incident",
        id="the incident",
    ),
    pytest.param(
        f"UPDATE received SET incident = CAST(x'ff' AS TEXT) {AT}",
        "names another book, seq, id or incident",
        id="an incident that is no text",
    ),
    pytest.param(
        f"UPDATE received SET entry = substr(entry, 1, length(entry) - 1) {AT}",
        "holds what no entry can hold",
        id="an entry cut short",
    ),
    pytest.param(
        f"UPDATE received SET entry = x'' {AT}", "holds what no entry can hold", id="no entry"
    ),
    pytest.param(f"DELETE FROM received_bodies {AT}", "its body is gone", id="a body removed"),
    pytest.param(
        f"DELETE FROM received {AT}",
        "its body is here, but no such statement was received",
        id="a statement removed",
    ),
    pytest.param(
        f"INSERT INTO received_seals (book, seq, act) VALUES ('{THEIRS}', 4, 'nobody')",
        "it was sealed, and its body is here",
        id="a seal forged",
    ),
]


@pytest.mark.parametrize(("done", "told"), TAMPERED)
def test_tampering_is_found_at_its_place(home: Path, done: str, told: str) -> None:
    tamper(home, done)
    faults = verdict_on(home).faults
    assert {(fault.book, fault.seq) for fault in faults} == {(THEIRS, 4)}
    assert any(told in fault.what for fault in faults)


def test_an_entry_moved_to_another_place_is_found(home: Path) -> None:
    tamper(
        home, *(f"UPDATE {table} SET seq = 40 {AT}" for table in ("received", "received_bodies"))
    )
    (fault,) = verdict_on(home).faults
    assert (fault.book, fault.seq) == (THEIRS, 40)
    assert "names another book, seq, id or incident" in fault.what


def test_entries_moved_to_another_book_are_found_under_its_name(home: Path) -> None:
    tables = ("received", "received_bodies", "received_seals")
    tamper(home, *(f"UPDATE {table} SET book = 'a/public' WHERE book = '{OTHERS}'"
                   for table in tables))  # fmt: skip
    assert {(fault.book, fault.seq) for fault in verdict_on(home).faults} == {("a/public", 0)}


@pytest.mark.parametrize(
    ("done", "told"),
    [
        (f"DELETE FROM received_seals {SEALED_AT}", "its body is gone"),
        (f"DELETE FROM received {SEALED_AT}", "a seal is noted for it, but no such statement"),
    ],
)
def test_a_seal_is_held_to_what_was_received(home: Path, done: str, told: str) -> None:
    tamper(home, done)
    (fault,) = verdict_on(home).faults
    assert (fault.book, fault.seq) == (THEIRS, 6)
    assert told in fault.what


def test_sealed_words_that_were_put_back_are_found(home: Path) -> None:
    row = received(6, weapon="knife 6")
    tamper(
        home,
        "INSERT INTO received_bodies (book, seq, salt, bytes) VALUES "
        f"('{THEIRS}', 6, {hexed(row.salt or b'')}, {hexed(row.body or b'')})",
    )
    (fault,) = verdict_on(home).faults
    assert (fault.seq, fault.what) == (6, "it was sealed, and its body is here")


def test_a_bundle_taken_away_is_found_in_all_that_it_brought(home: Path) -> None:
    tamper(home, f"DELETE FROM bundles WHERE sha256 = '{bundle(1).sha256}'")
    faults = verdict_on(home).faults
    assert [(fault.book, fault.seq) for fault in faults] == [(OTHERS, 0)]
    assert "bundle" in faults[0].what


def test_another_salt_with_other_words_does_not_pass(home: Path) -> None:
    """Nor does a commitment that the forger made, since the entry holds the one that was proven."""
    assert commitment_of(NO_WORDS.salt or b"", NO_WORDS.body or b"") not in NO_WORDS.entry
    tamper(
        home,
        f"UPDATE received_bodies SET salt = {hexed(NO_WORDS.salt or b'')}, bytes = x'7b7d' {AT}",
    )
    (fault,) = verdict_on(home).faults
    assert fault.seq == 4


def test_a_reader_of_one_book_is_told_nothing_of_the_next(home: Path) -> None:
    books = [BOOK, OTHERS]
    store = SqliteStore(home)
    before = verify(store, books)
    store.close()
    tamper(
        home,
        f"UPDATE received_bodies SET salt = zeroblob(32) {AT}",
        f"DELETE FROM received {SEALED_AT}",
        f"DELETE FROM bundles WHERE sha256 = '{bundle().sha256}'",
    )
    store = SqliteStore(home)
    assert verify(store, books) == before
    assert before.ok
    told = verify(store, [THEIRS])
    assert {fault.book for fault in told.faults} == {THEIRS}
    assert told.books == []
    store.close()


@pytest.mark.parametrize(
    "done",
    [
        "UPDATE received SET book = CAST(x'ff' AS TEXT) WHERE seq = 0",
        "UPDATE received_bodies SET book = CAST(x'ff' AS TEXT) WHERE seq = 2",
        "UPDATE received SET bundle = CAST(x'ff' AS TEXT) WHERE seq = 2",
        "DROP TABLE received",
        "DROP TABLE received_bodies",
        "DROP TABLE received_seals",
        "DROP TABLE bundles",
        "DROP TABLE rule_sets",
        "DROP INDEX received_by_incident",
    ],
)
def test_a_hostile_file_is_a_fault_and_never_a_crash(home: Path, done: str) -> None:
    tamper(home, done)
    verdict = verdict_on(home)
    assert not verdict.ok
    assert [one.size for one in verdict.books] == [1]


def test_columns_of_other_types_are_told_at_their_place(home: Path) -> None:
    loose = "number, bundle, book, seq, id, incident, received, entry"
    tamper(
        home,
        f"CREATE TABLE loose ({loose})",
        "INSERT INTO loose SELECT * FROM received",
        f"UPDATE loose SET id = NULL, incident = 7.5 WHERE book = '{OTHERS}'",
        f"UPDATE loose SET entry = 'no bytes' {AT}",
        "UPDATE loose SET seq = 'first' WHERE seq = 2",
        "DROP TABLE received",
        "ALTER TABLE loose RENAME TO received",
    )
    told = {(fault.book, fault.seq) for fault in verdict_on(home).faults}
    assert {(OTHERS, 0), (THEIRS, 4), (THEIRS, None), (THEIRS, 2)} <= told
