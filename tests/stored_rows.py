"""Rows as a store is given them: entries with bodies, heads, a document with its text."""

from hashlib import sha256

from bookkeeping import NOON
from whoseword.books.chain import Entry
from whoseword.books.protocol import Document, Head, Row, Store
from whoseword.words.times import microseconds

TEXT = "Zeile ä\nline 𝄞\n"
DOCUMENT = Document(
    sha256=sha256(b"original").hexdigest(),
    name="release.pdf",
    media_type="application/pdf",
    bytes=b"original",
    text=TEXT,
    pages=(0, 8),
)
TEXT_SHA256 = sha256(TEXT.encode()).hexdigest()


def row(book: str, seq: int, *, incident: str = "harrow-lane", minute: int = 0) -> Row:
    moment = microseconds(NOON) + minute * 60_000_000
    digest = sha256(f"{book} {seq}".encode()).digest()
    entry = Entry(book, seq, f"{book} {seq}", incident, moment, moment, False, digest, digest)
    return Row(entry, digest, f"{{{seq}}}".encode())


def head(book: str, size: int) -> Head:
    return Head(book, size, row(book, size - 1).entry.link, microseconds(NOON))


def entries_of(store: Store, many: int = 3) -> list[Row]:
    """Put rows into a book, each about its own number."""
    rows = [row("county/incident", seq) for seq in range(many)]
    with store.writer() as writer:
        writer.append(rows, [head("county/incident", many)])
    return rows
