"""Reading a home: a view of one moment, and the evidence as it lies in the file."""

import sqlite3
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import aiosql
import msgspec

from whoseword.books.chain import Entry
from whoseword.books.errors import LedgerDamaged
from whoseword.books.protocol import Document, Draft, Head, Row

_LAST_MOMENT = 2**63 - 1
_FLAWS_TOLD = 20


@cache
def queries() -> Any:
    """The named queries of this dialect; aiosql makes their methods as it reads them."""
    text = files("whoseword.stores.sqlite").joinpath("queries.sql").read_text(encoding="utf-8")
    return aiosql.from_str(text, "sqlite3")


class SqliteView:
    """One moment of a home; keeps ``books.protocol.View``."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._queries = queries()

    def heads(self) -> list[Head]:
        """Every book that has an entry, by name."""
        return sorted(Head(*row) for row in self._queries.all_heads(self._connection))

    def head(self, book: str) -> Head | None:
        """Where one book ends."""
        found = self._queries.head_of(self._connection, book=book)
        return Head(*found) if found else None

    def latest(self) -> int | None:
        """The latest moment recorded in the home, backfills left out."""
        found: int | None = self._queries.latest_recorded(self._connection)
        return found

    def row(self, book: str, id_: str) -> Row | None:
        """The entry of that id in the book, with its body."""
        found = self._queries.row_by_id(self._connection, book=book, id=id_)
        return _row(found) if found else None

    def rows(self, book: str, incident: str | None, until: int | None) -> Iterator[Row]:
        """The rows of a book by seq: of one incident, recorded at or before ``until``."""
        last = _LAST_MOMENT if until is None else until
        if incident is None:
            found = self._queries.rows_of_book(self._connection, book=book, until=last)
        else:
            found = self._queries.rows_of_incident(
                self._connection, book=book, incident=incident, until=last
            )
        return map(_row, found)

    def document(self, sha256: str) -> Document | None:
        """A kept document, whole."""
        found = self._queries.document_by_sha256(self._connection, sha256=sha256)
        if found is None:
            return None
        _, name, media_type, original, text, pages = found
        return Document(
            sha256=sha256,
            name=name,
            media_type=media_type,
            bytes=original,
            text=_text(sha256, text),
            pages=msgspec.json.decode(pages, type=tuple[int, ...]),
        )

    def text_of(self, sha256: str) -> str | None:
        """The text kept for a document."""
        found = self._queries.text_by_sha256(self._connection, sha256=sha256)
        return None if found is None else _text(sha256, found)

    def documents(self, incident: str) -> list[str]:
        """The sha256 of each document that was read for the incident, in the order kept."""
        found = self._queries.documents_of(self._connection, incident=incident)
        return [sha256 for (sha256,) in found]

    def drafts(self, incident: str) -> list[Draft]:
        """The drafts of the incident, in the order kept."""
        found = self._queries.drafts_of(self._connection, incident=incident)
        return [
            Draft(draft=draft, incident=of, document=document, json=json)
            for draft, of, document, json in found
        ]

    def setting(self, name: str) -> str | None:
        """What the home was told of itself."""
        found: str | None = self._queries.setting_of(self._connection, name=name)
        return found


def _row(found: tuple[str, int, str, str, int, int, int, bytes, bytes, bytes, bytes]) -> Row:
    book, seq, id_, incident, recorded, appended, backfilled, commitment, link, salt, body = found
    entry = Entry(book, seq, id_, incident, recorded, appended, bool(backfilled), commitment, link)
    return Row(entry, salt, body)


def _text(sha256: str, kept: bytes) -> str:
    try:
        return kept.decode()
    except UnicodeDecodeError as error:
        raise LedgerDamaged(f"the text of document {sha256} is not UTF-8; run verify") from error
