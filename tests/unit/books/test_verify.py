"""Whatever is done to a copy of the file is found, and told with its book and its place."""

import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from bookkeeping import BOOK, FILE, ledger_in, said, tamper, verdict_on
from telling import uuid7
from whoseword.books import BookError, Document, Expected, Ledger, unreadable, verify
from whoseword.books.chain import commitment_of, entry_bytes, genesis_of, link_of
from whoseword.books.tree import EMPTY_ROOT
from whoseword.stores.sqlite import SqliteStore

TEXT = "She had a knife, the chief said. It may have been a letter opener."
DIGEST = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def document() -> Document:
    """An empty file of which a text was kept: only the digests matter here."""
    return Document(
        sha256=DIGEST, name="release.txt", media_type="text/plain", bytes=b"", text=TEXT
    )


def keep(ledger: Ledger) -> None:
    text_sha256 = sha256(TEXT.encode()).hexdigest()
    with ledger.store.writer() as writer:
        writer.keep_document(document(), "harrow-lane", text_sha256)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a kept document, ten statements in one book, and three in another."""
    source = {"document": DIGEST, "start": 8, "end": 15, "quote": "a knife"}
    with ledger_in(tmp_path / "home") as ledger:
        keep(ledger)
        ledger.append([said(source=source), *(said(f"knife {n}") for n in range(1, 10))])
        ledger.append([said(f"gun {n}", book="county/public") for n in range(3)])
    return tmp_path / "home"


def places(home: Path) -> set[tuple[str | None, int | None]]:
    verdict = verdict_on(home)
    assert not verdict.ok
    return {(fault.book, fault.seq) for fault in verdict.faults}


def test_a_sound_home_is_found_sound(home: Path) -> None:
    verdict = verdict_on(home)
    assert (verdict.ok, verdict.faults) == (True, [])
    assert [(book.book, book.size) for book in verdict.books] == [(BOOK, 10), ("county/public", 3)]


def test_an_empty_home_is_found_sound(tmp_path: Path) -> None:
    assert verdict_on(tmp_path).ok


FLIPPED_BODY = (
    "UPDATE bodies SET bytes = CAST(replace(bytes, 'knife 4', 'knife 5') AS BLOB) "
    f"WHERE book = '{BOOK}'"
)


@pytest.mark.parametrize(
    ("done", "at"),
    [
        pytest.param(FLIPPED_BODY, {4}, id="a byte of a body"),
        pytest.param(
            f"UPDATE bodies SET salt = zeroblob(32) WHERE book = '{BOOK}' AND seq = 4",
            {4},
            id="a salt",
        ),
        pytest.param(
            f"UPDATE entries SET recorded = recorded + 1 WHERE book = '{BOOK}' AND seq = 4",
            {4, 5},
            id="when it was recorded",
        ),
        pytest.param(
            f"UPDATE entries SET appended = appended - 1 WHERE book = '{BOOK}' AND seq = 4",
            {4},
            id="when it was appended",
        ),
        pytest.param(
            f"UPDATE entries SET backfilled = 1 WHERE book = '{BOOK}' AND seq = 4",
            {4},
            id="the mark of a backfill",
        ),
        pytest.param(
            f"UPDATE entries SET incident = 'mill-road' WHERE book = '{BOOK}' AND seq = 4",
            {4},
            id="the incident",
        ),
        pytest.param(
            f"UPDATE entries SET id = upper(id) WHERE book = '{BOOK}' AND seq = 4", {4}, id="the id"
        ),
        pytest.param(
            f"UPDATE entries SET commitment = zeroblob(32) WHERE book = '{BOOK}' AND seq = 4",
            {4},
            id="a commitment",
        ),
        pytest.param(
            f"UPDATE entries SET link = zeroblob(32) WHERE book = '{BOOK}' AND seq = 4",
            {4, 5},
            id="a link",
        ),
        pytest.param(
            f"UPDATE bodies SET seq = CASE seq WHEN 4 THEN 105 ELSE 104 END WHERE book = '{BOOK}'"
            f" AND seq IN (4, 5); UPDATE bodies SET seq = seq - 100 WHERE seq > 100",
            {4, 5},
            id="two bodies swapped",
        ),
        pytest.param(
            f"UPDATE entries SET seq = CASE seq WHEN 4 THEN 105 ELSE 104 END WHERE book = '{BOOK}'"
            f" AND seq IN (4, 5); UPDATE entries SET seq = seq - 100 WHERE seq > 100",
            {4, 5, 6},
            id="two entries swapped",
        ),
        pytest.param(
            f"DELETE FROM entries WHERE book = '{BOOK}' AND seq = 4", {4}, id="an entry removed"
        ),
        pytest.param(
            f"DELETE FROM entries WHERE book = '{BOOK}' AND seq = 4;"
            f"DELETE FROM bodies WHERE book = '{BOOK}' AND seq = 4",
            {4},
            id="an entry removed with its body",
        ),
        pytest.param(
            f"DELETE FROM bodies WHERE book = '{BOOK}' AND seq = 4", {4}, id="a body removed"
        ),
        pytest.param(
            f"DELETE FROM entries WHERE book = '{BOOK}' AND seq = 0", {0}, id="the first removed"
        ),
        pytest.param(
            f"DELETE FROM entries WHERE book = '{BOOK}' AND seq = 9;"
            f"DELETE FROM bodies WHERE book = '{BOOK}' AND seq = 9",
            {9},
            id="the last removed with its body",
        ),
        pytest.param(
            f"INSERT OR REPLACE INTO entries SELECT book, seq, id, incident, recorded, appended,"
            f" backfilled, zeroblob(32), link FROM entries WHERE book = '{BOOK}' AND seq = 4",
            {4},
            id="an entry forged over another",
        ),
        pytest.param(
            f"INSERT INTO entries SELECT book, 10, upper(id), incident, recorded, appended,"
            f" backfilled, commitment, link FROM entries WHERE book = '{BOOK}' AND seq = 9",
            {10, 11},
            id="an entry added outside of the ledger",
        ),
        pytest.param(
            f"INSERT INTO bodies (book, seq, salt, bytes) VALUES ('{BOOK}', 12, zeroblob(32), x'78')",
            {12},
            id="a body added outside of the ledger",
        ),
        pytest.param(f"DELETE FROM heads WHERE book = '{BOOK}'", {None}, id="the head removed"),
        pytest.param(
            f"UPDATE heads SET link = zeroblob(32) WHERE book = '{BOOK}'",
            {9},
            id="the head changed",
        ),
    ],
)
def test_tampering_is_found_at_its_place(home: Path, done: str, at: set[int | None]) -> None:
    tamper(home, *done.split(";"))
    found = places(home)
    assert {seq for book, seq in found if book == BOOK} == at
    assert "county/public" not in {book for book, _ in found}


def test_entries_moved_to_another_book_are_found(home: Path) -> None:
    tamper(
        home,
        "UPDATE entries SET book = 'county/inquiry' WHERE book = 'county/public'",
        "UPDATE bodies SET book = 'county/inquiry' WHERE book = 'county/public'",
        "UPDATE heads SET book = 'county/inquiry' WHERE book = 'county/public'",
    )
    assert ("county/inquiry", 0) in places(home)


def test_a_body_that_names_another_place_is_found_behind_sound_hashes(tmp_path: Path) -> None:
    """A forger who makes every hash anew still has to make the words agree with the entry."""
    with ledger_in(tmp_path) as ledger:
        ledger.append([said(id=uuid7(1))])
        with ledger.store.view() as view:
            (row,) = view.rows(BOOK, None, None)
    salt, body = b"s" * 32, (row.body or b"").replace(b"harrow-lane", b"mill-road")
    commitment = commitment_of(salt, body)
    e = row.entry
    header = (e.recorded, e.appended, e.backfilled, commitment)
    book, incident = e.book.encode(), e.incident.encode()
    link = link_of(genesis_of(book), entry_bytes((book, 0, e.id.encode(), incident, *header)))
    tamper(
        tmp_path,
        f"UPDATE bodies SET salt = x'{salt.hex()}', bytes = x'{body.hex()}'",
        f"UPDATE entries SET commitment = x'{commitment.hex()}', link = x'{link.hex()}'",
        f"UPDATE heads SET link = x'{link.hex()}'",
    )
    (fault,) = verdict_on(tmp_path).faults
    assert (fault.seq, "another id, incident or book" in fault.what) == (0, True)


def test_a_guard_taken_away_is_found(home: Path) -> None:
    tamper(home, "DROP TRIGGER entries_never_go", guarded=True)
    (fault,) = verdict_on(home).faults
    assert fault.what == "the trigger entries_never_go was taken away"


@pytest.mark.parametrize(
    "done",
    [
        "UPDATE contents SET bytes = x'00'",
        "UPDATE contents SET text = CAST(replace(text, 'letter', 'pocket') AS BLOB)",
        "DELETE FROM contents",
        "UPDATE documents SET text_sha256 = ''",
    ],
)
def test_a_document_changed_is_found(home: Path, done: str) -> None:
    tamper(home, done)
    assert not verdict_on(home).ok


def test_a_quote_is_held_to_the_kept_text(home: Path) -> None:
    tamper(home, "UPDATE contents SET text = CAST(replace(text, 'knife', 'spoon') AS BLOB)")
    assert (BOOK, 0) in places(home)


def test_a_reader_of_one_book_is_told_nothing_of_the_next(home: Path) -> None:
    sound = SqliteStore(home)
    before = verify(sound, ["county/public"])
    sound.close()
    tamper(home, FLIPPED_BODY, f"DELETE FROM entries WHERE book = '{BOOK}' AND seq = 2")
    store = SqliteStore(home)
    assert verify(store, ["county/public"]) == before
    assert not verify(store, [BOOK]).ok
    store.close()


class TestExpected:
    def expect(self, home: Path, book: str, size: int, root: str) -> list[str]:
        store = SqliteStore(home)
        try:
            verdict = verify(store, None, [Expected(book, size, root)])
        finally:
            store.close()
        assert verdict.ok == (not verdict.faults)
        return [fault.what for fault in verdict.faults]

    def test_an_earlier_size_and_root_stays_a_prefix(self, tmp_path: Path) -> None:
        with ledger_in(tmp_path) as ledger:
            roots = [(0, EMPTY_ROOT.hex())]
            for n in range(9):
                ledger.append([said(f"knife {n}")])
                (book,) = verify(ledger.store).books
                roots.append((book.size, book.root))
        for size, root in roots:
            assert self.expect(tmp_path, BOOK, size, root.upper()) == []

    def test_a_whole_rollback_is_found(self, tmp_path: Path) -> None:
        home, earlier = tmp_path / "home", tmp_path / "earlier"
        with ledger_in(home) as ledger:
            ledger.append([said()])
        shutil.copytree(home, earlier)
        with ledger_in(home) as ledger:
            ledger.append([said("gun")])
            (book,) = verify(ledger.store).books
        assert verdict_on(earlier).ok
        (fault,) = self.expect(earlier, BOOK, book.size, book.root)
        assert "fewer are here" in fault

    def test_another_root_or_book_is_found(self, home: Path) -> None:
        assert self.expect(home, BOOK, 3, "00" * 32)
        assert self.expect(home, "county/inquiry", 3, "00" * 32)
        assert self.expect(home, "county/inquiry", 0, EMPTY_ROOT.hex()) == []


class TestHostileFiles:
    """A file may hold anything; what cannot be read is a fault and never a crash."""

    @pytest.mark.parametrize(
        "done",
        [
            "UPDATE bodies SET bytes = x'ff00' WHERE seq = 4",
            "UPDATE entries SET id = CAST(x'ff' AS TEXT) WHERE seq = 4",
            "UPDATE entries SET recorded = -9223372036854775808 WHERE seq = 4",
            "UPDATE heads SET book = CAST(x'ff' AS TEXT) WHERE book = 'county/public'",
            "UPDATE entries SET book = '' WHERE seq = 4",
            "UPDATE contents SET text = x'ff'",
            "DROP TABLE bodies",
            "DROP TABLE entries",
            "DROP TABLE heads",
            "DROP TABLE contents",
            "DROP INDEX entries_by_incident",
            "ALTER TABLE entries RENAME COLUMN link TO chain",
        ],
    )
    def test_broken_rows(self, home: Path, done: str) -> None:
        tamper(home, "PRAGMA ignore_check_constraints = ON", done)
        assert not verdict_on(home).ok

    def test_columns_of_other_types(self, home: Path) -> None:
        loose = "book, seq, id, incident, recorded, appended, backfilled, commitment, link"
        tamper(
            home,
            f"CREATE TABLE loose ({loose})",
            "INSERT INTO loose SELECT * FROM entries",
            "UPDATE loose SET recorded = 'noon', link = 7.5, id = NULL WHERE seq = 1",
            "UPDATE loose SET seq = 'first', backfilled = x'00', commitment = 1 WHERE seq = 2",
            "DROP TABLE entries",
            "ALTER TABLE loose RENAME TO entries",
        )
        assert (BOOK, 1) in places(home)

    @pytest.mark.parametrize("cut", [0.2, 0.5, 0.9])
    def test_a_file_cut_short(self, home: Path, cut: float) -> None:
        path = home / FILE
        path.write_bytes(path.read_bytes()[: int(path.stat().st_size * cut)])
        assert not self.judged(home)

    def test_pages_overwritten(self, home: Path) -> None:
        path = home / FILE
        whole = path.read_bytes()
        for page in range(len(whole) // 4096):
            broken = bytearray(whole)
            broken[4096 * page : 4096 * page + 512] = b"\xa5" * 512
            path.write_bytes(broken)
            assert not self.judged(home), f"page {page + 1}"

    def test_no_database_at_all(self, tmp_path: Path) -> None:
        (tmp_path / FILE).write_bytes(b"minutes of the meeting of 6 March\n" * 200)
        assert not self.judged(tmp_path)

    def judged(self, home: Path) -> bool:
        try:
            return verdict_on(home).ok
        except BookError as error:
            return unreadable(error).ok


def test_a_fault_of_time_is_told(tmp_path: Path) -> None:
    with ledger_in(tmp_path) as ledger:
        ledger.append([said(), said()])
    tamper(tmp_path, "UPDATE entries SET recorded = recorded - 1 WHERE seq = 1")
    assert any("recorded before" in fault.what for fault in verdict_on(tmp_path).faults)
