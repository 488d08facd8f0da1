"""Law 2, against a forger who has the database itself: fourteen kinds of tampering at ten places
each, on each store. All are found, and told with the book and the place.

Twelve kinds are found from what is stored alone. A history made anew from some entry on, and a tail
cut off with everything that knew of it, are consistent in themselves; an earlier size and root, as
a checkpoint states it, finds them.
"""

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import psycopg
import pytest

from bookkeeping import FILE, ledger_in, said, store_at
from postgres import Server
from received_rows import THEIRS, bundle, received
from telling import uuid7
from whoseword.books import Asked, Document, Expected, Read, Verdict, verify
from whoseword.books.chain import commitment_of, entry_bytes, genesis_of, link_of
from whoseword.books.reads import log_read
from whoseword.books.tables import TABLES
from whoseword.stores.postgres.standing import STANDING

TEXT = "The chief said that the woman had a knife. A tenant said that she had none."
DIGEST = sha256(TEXT.encode()).hexdigest()
BOOKS = ("county/incident", "county/public", "water/inquiry")
MANY = 40
PLACES = 10
READS = 12


class Forger(Protocol):
    """Whoever has the database: reads and writes it as it lies there, its guards taken down."""

    def rows(self, sql: str, *given: object) -> list[tuple[Any, ...]]:
        """What a query gives; ``?`` stands for a value."""

    def run(self, sql: str, *given: object) -> None:
        """Do it."""


class Place(NamedTuple):
    """Where it is to be done: a book, an entry of it, and its size."""

    book: str
    seq: int
    size: int


def make(home: Path | str) -> list[Expected]:
    """A home in which everything happened; and what a checkpoint says of it."""
    quoted = {"document": DIGEST, "start": 20, "end": 41, "quote": TEXT[20:41]}
    with ledger_in(home) as ledger:
        document = Document(
            sha256=DIGEST, name="a.txt", media_type="text/plain", bytes=TEXT.encode(), text=TEXT
        )
        with ledger.store.writer() as writer:
            writer.keep_document(document, "harrow-lane", DIGEST)
        for first, book in enumerate(BOOKS):
            ledger.append(
                [
                    said(
                        f"knife {number}",
                        id=uuid7(1000 * first + number),
                        book=book,
                        source=quoted if number == 5 else {"entered_by": "analyst"},
                    )
                    for number in range(1, MANY + 1)
                ]
            )
        ledger.seal(Asked(BOOKS[0], uuid7(7), ("clerk",), "No. 44"))
        ledger.quarantine(Asked(BOOKS[1], uuid7(1009), ("Ana", "Bo"), "misfiled"))
        with ledger.store.writer() as writer:
            writer.receive(bundle(), [received(seq) for seq in range(READS)])
            writer.seal_received(THEIRS, 1, uuid7(60_000))
            for number in range(READS):
                at = f"2031-03-06T12:00:{number:02}Z"
                log_read(
                    writer,
                    Read(
                        at,
                        "oversight@county",
                        "inquiry",
                        "account",
                        "harrow-lane",
                        at,
                        BOOKS,
                        (MANY,) * 3,
                    ),
                )
        found = verify(ledger.store)
    assert found.faults == []
    return [Expected(one.book, one.size, one.root) for one in found.books]


def changed(content: bytes, chance: random.Random) -> bytes:
    """The same bytes but one."""
    at = chance.randrange(len(content))
    return content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :]


AT = "WHERE book = ? AND seq = ?"


def a_byte_of_a_body(forger: Forger, place: Place, chance: random.Random) -> str:
    ((body,),) = forger.rows(f"SELECT bytes FROM bodies {AT}", place.book, place.seq)
    forger.run(f"UPDATE bodies SET bytes = ? {AT}", changed(body, chance), place.book, place.seq)
    return f"{place.book} {place.seq}"


def a_byte_of_a_salt(forger: Forger, place: Place, chance: random.Random) -> str:
    ((salt,),) = forger.rows(f"SELECT salt FROM bodies {AT}", place.book, place.seq)
    forger.run(f"UPDATE bodies SET salt = ? {AT}", changed(salt, chance), place.book, place.seq)
    return f"{place.book} {place.seq}"


def what_an_entry_states(forger: Forger, place: Place, chance: random.Random) -> str:
    column, value = chance.choice(
        [
            ("id", uuid7(9_999)),
            ("incident", "mill-road"),
            ("recorded", chance.randrange(2**40)),
            ("appended", chance.randrange(2**40)),
            ("backfilled", 1),
            ("commitment", chance.randbytes(32)),
        ]
    )
    forger.run(f"UPDATE entries SET {column} = ? {AT}", value, place.book, place.seq)
    return f"{place.book} {place.seq}"


def a_link(forger: Forger, place: Place, chance: random.Random) -> str:
    forger.run(f"UPDATE entries SET link = ? {AT}", chance.randbytes(32), place.book, place.seq)
    return f"{place.book} {place.seq}"


def an_entry_taken_out_with_its_body(forger: Forger, place: Place, _chance: random.Random) -> str:
    for table in ("bodies", "entries"):
        forger.run(f"DELETE FROM {table} {AT}", place.book, place.seq)
    return f"{place.book} {place.seq}"


def two_entries_swapped(forger: Forger, place: Place, _chance: random.Random) -> str:
    other = place.seq + 1 if place.seq + 1 < place.size else place.seq - 1
    for table in ("entries", "bodies"):
        for seq, into in ((place.seq, 900), (other, place.seq), (900, other)):
            forger.run(f"UPDATE {table} SET seq = ? {AT}", into, place.book, seq)
    return f"{place.book} {min(place.seq, other)}"


def an_entry_put_behind_the_last(forger: Forger, place: Place, chance: random.Random) -> str:
    columns = list(TABLES["entries"])
    ((*row,),) = forger.rows(f"SELECT {', '.join(columns)} FROM entries {AT}", *place[:2])
    row[1], row[2], row[-1] = place.size, uuid7(9_999), chance.randbytes(32)
    marks = ", ".join("?" * len(columns))
    forger.run(f"INSERT INTO entries ({', '.join(columns)}) VALUES ({marks})", *row)
    return f"{place.book} {place.size}"


def a_body_destroyed_as_if_it_were_sealed(
    forger: Forger, place: Place, chance: random.Random
) -> str:
    act = chance.choice([seq for seq in range(MANY) if seq != place.seq])
    forger.run(
        "INSERT INTO removals (number, book, seq, what, act_seq) VALUES (?, ?, ?, 'sealed', ?)",
        900, place.book, place.seq, act,
    )  # fmt: skip
    forger.run(f"DELETE FROM bodies {AT}", place.book, place.seq)
    return f"{place.book} {place.seq}"


def a_kept_text(forger: Forger, _place: Place, chance: random.Random) -> str:
    ((text,),) = forger.rows("SELECT text FROM contents")
    # A letter of the first half, which no seal has made unreadable.
    at = chance.randrange(30, 40)
    forger.run("UPDATE contents SET text = ?", text[:at] + b"#" + text[at + 1 :])
    return f"the text of document {DIGEST}"


def an_entry_of_the_log_of_reads(forger: Forger, _place: Place, chance: random.Random) -> str:
    number = chance.randrange(READS)
    ((entry,),) = forger.rows("SELECT bytes FROM reads WHERE number = ?", number)
    forger.run("UPDATE reads SET bytes = ? WHERE number = ?", changed(entry, chance), number)
    return f"entry {number} of the log of reads"


def a_quarantine_no_longer_noted(forger: Forger, _place: Place, chance: random.Random) -> str:
    ((book, seq, act),) = forger.rows(
        "SELECT book, seq, act_seq FROM removals WHERE what = 'quarantined'"
    )
    forger.run("DELETE FROM removals WHERE what = 'quarantined'")
    assert seq < act
    assert chance
    return f"{book} {act}"


def a_text_rewritten_under_a_forged_blank(
    forger: Forger, _place: Place, chance: random.Random
) -> str:
    """As a seal would leave it, but of another sentence: with a blank row and a digest of its own."""
    ((text,),) = forger.rows("SELECT text FROM contents")
    ((book, seq),) = forger.rows("SELECT book, seq FROM removals WHERE what = 'sealed'")
    at = chance.randrange(45, 70)
    forged = text[:at] + b"#" + text[at + 1 :]
    forger.run("UPDATE contents SET text = ?", forged)
    forger.run("UPDATE contents SET bytes = ?", b"")
    forger.run(
        "INSERT INTO blanks (number, sha256, first, past, text_sha256, book, seq) "
        "VALUES (?, ?, 0, 1, ?, ?, ?)",
        901, DIGEST, sha256(forged).hexdigest(), book, seq,
    )  # fmt: skip
    return f"what was sealed of document {DIGEST}"


def what_another_home_sent(forger: Forger, _place: Place, chance: random.Random) -> str:
    seq = chance.choice([seq for seq in range(READS) if seq != 1])
    column = chance.choice(["bytes", "salt", "all of it"])
    if column == "all of it":
        forger.run(f"DELETE FROM received_bodies {AT}", THEIRS, seq)
    else:
        ((content,),) = forger.rows(f"SELECT {column} FROM received_bodies {AT}", THEIRS, seq)
        content = changed(content, chance)
        forger.run(f"UPDATE received_bodies SET {column} = ? {AT}", content, THEIRS, seq)
    return f"{THEIRS} {seq}"


def a_history_made_anew(forger: Forger, place: Place, chance: random.Random) -> str:
    """Other words under one entry, and every later link as it then has to be."""
    name = place.book.encode()
    ((salt, body),) = forger.rows(f"SELECT salt, bytes FROM bodies {AT}", *place[:2])
    body = body.replace(b"knife", b"spoon")
    forger.run(f"UPDATE bodies SET bytes = ? {AT}", body, *place[:2])
    forger.run(f"UPDATE entries SET commitment = ? {AT}", commitment_of(salt, body), *place[:2])
    link = genesis_of(name)
    for row in forger.rows(
        "SELECT seq, id, incident, recorded, appended, backfilled, commitment FROM entries "
        "WHERE book = ? ORDER BY seq",
        place.book,
    ):
        seq, id_, incident, *rest = row
        entry = entry_bytes((name, seq, id_.encode(), incident.encode(), *rest))
        link = link_of(link, entry)
        forger.run(f"UPDATE entries SET link = ? {AT}", link, place.book, seq)
    forger.run("UPDATE heads SET link = ? WHERE book = ?", link, place.book)
    assert chance
    return f"{place.book} None"


def a_tail_cut_off(forger: Forger, place: Place, _chance: random.Random) -> str:
    """With its bodies, what was removed there, and the head that knew of it."""
    for table, column in (
        ("bodies", "seq"), ("removals", "act_seq"), ("removals", "seq"), ("entries", "seq"),
    ):  # fmt: skip
        forger.run(f"DELETE FROM {table} WHERE book = ? AND {column} >= ?", *place[:2])
    ((link,),) = forger.rows(f"SELECT link FROM entries {AT}", place.book, place.seq - 1)
    forger.run("UPDATE heads SET size = ?, link = ? WHERE book = ?", place.seq, link, place.book)
    return f"{place.book} None"


Kind = Callable[[Forger, Place, random.Random], str]
KINDS: tuple[Kind, ...] = (
    a_byte_of_a_body,
    a_byte_of_a_salt,
    what_an_entry_states,
    a_link,
    an_entry_taken_out_with_its_body,
    two_entries_swapped,
    an_entry_put_behind_the_last,
    a_body_destroyed_as_if_it_were_sealed,
    a_kept_text,
    a_quarantine_no_longer_noted,
    a_text_rewritten_under_a_forged_blank,
    an_entry_of_the_log_of_reads,
    what_another_home_sent,
    a_history_made_anew,
    a_tail_cut_off,
)


class InAFile:
    """A forger of a SQLite file, who puts a fresh copy of it in place each time."""

    def __init__(self, folder: Path) -> None:
        self.whole = folder / "whole"
        self.home = folder / "home"
        self.expected = make(self.whole)
        self.connection: sqlite3.Connection

    def begin(self) -> None:
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.copytree(self.whole, self.home)
        self.connection = sqlite3.connect(self.home / FILE, isolation_level=None)
        self.guards = self.rows("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        for name, _ in self.guards:
            self.connection.execute(f"DROP TRIGGER {name}")

    def end(self) -> None:
        for _, sql in self.guards:
            self.connection.execute(sql)
        self.connection.close()

    def rows(self, sql: str, *given: object) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql, given).fetchall()

    def run(self, sql: str, *given: object) -> None:
        done = self.connection.execute(sql, given).rowcount
        assert done or "removals" in sql


class OnPostgres:
    """A forger who is a superuser; keeps the rows as they were, and puts them back each time."""

    def __init__(self, server: Server) -> None:
        schema = server.new_schema()
        self.home = server.url(schema)
        self.expected = make(self.home)
        self.connection: psycopg.Connection[Any] = server.admin()
        self.connection.execute(f"SET search_path = {schema}")
        for table in TABLES:
            self.connection.execute(f"CREATE TEMPORARY TABLE saved_{table} AS TABLE {table}")

    def begin(self) -> None:
        for table in reversed(TABLES):
            self.connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            self.connection.execute(f"DELETE FROM {table}")
        for table in TABLES:
            columns = ", ".join(TABLES[table])
            self.connection.execute(
                f"INSERT INTO {table} ({columns}) SELECT {columns} FROM saved_{table}"
            )

    def end(self) -> None:
        for guard in STANDING:
            self.connection.execute(f"ALTER TABLE {guard.table} ENABLE ALWAYS TRIGGER {guard.name}")

    def rows(self, sql: str, *given: object) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql.replace("?", "%s"), given).fetchall()

    def run(self, sql: str, *given: object) -> None:
        done = self.connection.execute(sql.replace("?", "%s"), given).rowcount
        assert done or "removals" in sql


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def forger(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[InAFile | OnPostgres]:
    if request.param == "sqlite":
        yield InAFile(tmp_path_factory.mktemp("forger"))
        return
    forging = OnPostgres(request.getfixturevalue("postgres"))
    with closing(forging.connection):
        yield forging


def told(verdict: Verdict) -> set[str]:
    """Where the faults are, in words."""
    places = {f"{fault.book} {fault.seq}" for fault in verdict.faults if fault.book}
    return places | {fault.what for fault in verdict.faults if fault.book is None}


def is_told(place: str, verdict: Verdict) -> bool:
    return any(one == place or one.startswith(f"{place} ") for one in told(verdict))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__.replace("_", " "))
def test_every_tampering_is_found_and_placed(forger: InAFile | OnPostgres, kind: Kind) -> None:
    chance = random.Random(kind.__name__)
    sizes = {one.book: one.size for one in forger.expected}
    left = []
    for _ in range(PLACES):
        book = chance.choice(BOOKS)
        # Neither the sealed entry, which has no body, nor the two quotes of the document.
        seq = chance.choice([seq for seq in range(1, MANY) if seq not in (4, 6, 8)])
        forger.begin()
        place = kind(forger, Place(book, seq, sizes[book]), chance)
        forger.end()
        with closing(store_at(forger.home)) as store:
            found = verify(store, None, forger.expected)
        if found.ok or not is_told(place, found):
            left.append((place, sorted(told(found))))
    assert left == []


def test_what_was_not_tampered_with_holds(forger: InAFile | OnPostgres) -> None:
    forger.begin()
    forger.end()
    with closing(store_at(forger.home)) as store:
        assert verify(store, None, forger.expected).faults == []
