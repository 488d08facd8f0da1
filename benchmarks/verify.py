"""How fast verify is, against bare SHA-256 of the same bytes.

Three homes are measured: statements that a person entered, statements that quote a document kept
here, and long statements. The peer reads the same rows from the same file and hashes the bytes
once (aim: verify runs at half its speed); beside it stands what hashing alone costs once
everything is in memory. Verify reads as much, hashes four times a row (commitment, link, leaf, and
on average one node), decodes the body, holds every quote to its document, and has SQLite check its
own pages.

Run: ``python benchmarks/verify.py``
"""

import secrets
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Any

from whoseword.books import Document, Ledger, verify
from whoseword.stores.sqlite import SqliteStore
from whoseword.words import Statement, statement_from

STATEMENTS = 10_000
ROUNDS = 5
AIM = 0.5
BOOK = "county/incident"
TEXT = "The chief said that the woman had a knife. " * 2_000
DOCUMENT = Document(
    sha256=sha256(TEXT.encode()).hexdigest(),
    name="briefing.txt",
    media_type="text/plain",
    bytes=TEXT.encode(),
    text=TEXT,
)


def statement(number: int, source: dict[str, Any], weapon: str) -> Statement:
    value: dict[str, Any] = {
        "incident": "harrow-lane",
        "book": BOOK,
        "speaker": {"name": f"witness {number % 50}", "kind": "witness"},
        "stance": "affirms",
        "fact": {"kind": "armed", "who": "woman", "weapon": weapon},
        "source": source,
    }
    return statement_from(value)


def entered() -> Iterator[Statement]:
    for number in range(STATEMENTS):
        yield statement(number, {"entered_by": "A. Analyst"}, "knife")


def quoted() -> Iterator[Statement]:
    for number in range(STATEMENTS):
        start = number * 7 % 80_000
        quote = TEXT[start : start + 120]
        source = {"document": DOCUMENT.sha256, "start": start, "end": start + 120, "quote": quote}
        yield statement(number, source, "knife")


def long() -> Iterator[Statement]:
    for number in range(STATEMENTS):
        yield statement(number, {"entered_by": "A. Analyst"}, f"{number} " * 800)


def best(work: Callable[[], object]) -> float:
    """The seconds of the quickest round."""
    seconds = []
    for _ in range(ROUNDS):
        started = perf_counter()
        work()
        seconds.append(perf_counter() - started)
    return min(seconds)


def bare(ledger: Ledger) -> int:
    """Read everything that verify reads, and hash it once; the number of bytes."""
    size = 0
    with ledger.store.evidence() as evidence:
        for row in evidence.stored(BOOK):
            joined = b"".join((row[1], row[2], *row[6:]))
            sha256(joined).digest()
            size += len(joined)
        for name in evidence.kept():
            for part in evidence.stored_document(name) or ():
                if isinstance(part, bytes):
                    sha256(part).digest()
                    size += len(part)
    return size


def measure(name: str, statements: Iterator[Statement]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger(SqliteStore(Path(folder)), lambda: datetime.now(UTC), secrets.token_bytes) as ledger,
    ):
        with ledger.store.writer() as writer:
            writer.keep_document(DOCUMENT, "harrow-lane", DOCUMENT.sha256)
        ledger.append(list(statements))
        assert verify(ledger.store).ok
        with ledger.store.evidence() as evidence:
            held = [b"".join((row[1], row[2], *row[6:])) for row in evidence.stored(BOOK)]
        size = bare(ledger)
        ours = best(lambda: verify(ledger.store))
        read = best(lambda: bare(ledger))
        hashed = best(lambda: [sha256(one).digest() for one in held])
    print(
        f"{name}: {size / 1e6:.1f} MB; verify {ours * 1e3:.0f} ms, {size / ours / 1e6:.0f} MB/s; "
        f"read and hashed once {read * 1e3:.0f} ms; hashed in memory {hashed * 1e3:.0f} ms"
    )
    print(f"  against bare SHA-256 of what is in the file: {read / ours:.2f} (aim {AIM})")
    print(f"  against hashing alone, in memory: {hashed / ours:.2f}")


if __name__ == "__main__":
    measure("entered", entered())
    measure("quoted", quoted())
    measure("long", long())
