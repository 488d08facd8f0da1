"""Views and writers over named SQL: what SQLite and PostgreSQL have in common.

Both dialects carry the same query names with the same parameters (a test holds them to it), so one
class reads and one class writes; a dialect adds how it begins, ends, streams and complains.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec

from whoseword.books.chain import Entry
from whoseword.books.claimed import Claim
from whoseword.books.errors import LedgerDamaged
from whoseword.books.exchanged import Bundle, Received, RuleSetKept
from whoseword.books.protocol import Blank, Copy, Document, Draft, Head, Removal, Row
from whoseword.books.removings import Removing
from whoseword.books.tables import OVERWRITE, TABLES
from whoseword.stores.listed import ListedReading, ListedWriting

_LAST_MOMENT = 2**63 - 1
_LOADED_AT_ONCE = 2000


class SqlView(ListedReading):
    """One moment of a home; keeps ``books.protocol.View``."""

    def __init__(self, connection: Any, queries: Any) -> None:
        self._connection = connection
        self._queries = queries

    def _stream(self, sql: str, parameters: dict[str, object]) -> Iterator[Any]:
        """The rows of a query that may give more than fits into memory."""
        found: Iterator[Any] = self._connection.execute(sql, parameters)
        return found

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

    def row_at(self, book: str, seq: int) -> Row | None:
        """The entry at that place of the book, with its body."""
        found = self._queries.row_at(self._connection, book=book, seq=seq)
        return _row(found) if found else None

    def rows(self, book: str, incident: str | None, until: int | None) -> Iterator[Row]:
        """The rows of a book by seq: of one incident, recorded at or before ``until``."""
        parameters: dict[str, object] = {
            "book": book,
            "until": _LAST_MOMENT if until is None else until,
        }
        if incident is None:
            return map(_row, self._stream(self._queries.rows_of_book.sql, parameters))
        parameters["incident"] = incident
        return map(_row, self._stream(self._queries.rows_of_incident.sql, parameters))

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

    def incidents_of(self, document: str) -> list[str]:
        """The incidents for which a document was read."""
        found = self._queries.incidents_of(self._connection, sha256=document)
        return [incident for (incident,) in found]

    def drafts(self, incident: str) -> list[Draft]:
        """The drafts of the incident, in the order kept."""
        return list(map(_draft, self._queries.drafts_of(self._connection, incident=incident)))

    def drafts_on(self, document: str) -> list[Draft]:
        """The drafts that were read in a document, of whatever incident."""
        return list(map(_draft, self._queries.drafts_on(self._connection, document=document)))

    def setting(self, name: str) -> str | None:
        """What the home was told of itself."""
        found: str | None = self._queries.setting_of(self._connection, name=name)
        return found

    def removals(self, book: str) -> list[Removal]:
        """What was removed from a book and put back, in the order in which it was done."""
        found = self._queries.removals_of(self._connection, book=book)
        return [Removal(of, seq, Removing(what), act) for of, seq, what, act in found]

    def rows_holding(self, words: bytes) -> Iterator[Row]:
        """Every row of the home whose body holds these bytes, in no order."""
        return map(_row, self._stream(self._queries.rows_holding.sql, {"words": words}))

    def documents_holding(self, words: str) -> list[str]:
        """The sha256 of every kept document whose text holds these words."""
        found = self._queries.documents_holding(self._connection, words=words.encode())
        return [sha256 for (sha256,) in found]

    def blanks(self, sha256: str) -> list[Blank]:
        """The spans of a document's text that seals made unreadable, in the order of the seals."""
        return [Blank(*row) for row in self._queries.blanks_of(self._connection, sha256=sha256)]

    def reads(self) -> Iterator[tuple[bytes, bytes]]:
        """The log of reads in its order: each entry's bytes and its link."""
        return self._stream(self._queries.all_reads.sql, {})

    def last_read(self) -> tuple[int, bytes] | None:
        """How many reads are logged, and the last link."""
        found: tuple[int, bytes] | None = self._queries.last_read(self._connection)
        return found

    def copies(self) -> list[Copy]:
        """The files that were written from this home, in the order written."""
        return [Copy(*row) for row in self._queries.all_copies(self._connection)]

    def bundles(self) -> list[Bundle]:
        """What was received from other homes, in the order received."""
        return [Bundle(*row) for row in self._queries.all_bundles(self._connection)]

    def received_books(self) -> list[str]:
        """The books of which anything was received, by name."""
        return sorted(book for (book,) in self._queries.received_books(self._connection))

    def received(self, book: str, incident: str | None, until: int | None) -> Iterator[Received]:
        """What was received of a book by seq: of one incident, received at or before ``until``."""
        parameters: dict[str, object] = {
            "book": book,
            "until": _LAST_MOMENT if until is None else until,
        }
        if incident is None:
            found = self._stream(self._queries.received_of_book.sql, parameters)
        else:
            parameters["incident"] = incident
            found = self._stream(self._queries.received_of_incident.sql, parameters)
        return map(Received._make, found)

    def received_row(self, book: str, id_: str) -> Received | None:
        """The received statement of that id in the book."""
        found = self._queries.received_by_id(self._connection, book=book, id=id_)
        return Received._make(found) if found else None

    def received_at(self, book: str, seq: int) -> Received | None:
        """The received statement at that place of the book."""
        found = self._queries.received_at(self._connection, book=book, seq=seq)
        return Received._make(found) if found else None

    def rows_on_reading(self) -> Iterator[Row]:
        """The rows of the kinds that say who may read, in the order entered."""
        return map(_row, self._stream(self._queries.rows_on_reading.sql, {}))

    def received_holding(self, words: bytes) -> Iterator[Received]:
        """Every received statement whose body holds these bytes, in no order."""
        found = self._stream(self._queries.received_holding.sql, {"words": words})
        return map(Received._make, found)

    def rule_sets(self) -> list[RuleSetKept]:
        """The rule sets under which views were computed, in the order first kept."""
        return [RuleSetKept(*row) for row in self._queries.all_rule_sets(self._connection)]

    def claims(self, reader: str) -> list[Claim]:
        """The reminders that were claimed for a reader, in the order claimed."""
        return [Claim(*row) for row in self._queries.claims_for(self._connection, reader=reader)]

    def incidents(self) -> list[str]:
        """Every incident of which anything stands here, by name."""
        return sorted(incident for (incident,) in self._queries.all_incidents(self._connection))

    def table(self, name: str) -> Iterator[tuple[object, ...]]:
        """Every row of a table as it lies there, in the order of its first columns."""
        columns = TABLES[name]
        order = "book, seq" if name == "entries" else columns[0]
        sql = f"SELECT {', '.join(columns)} FROM {name} ORDER BY {order}"  # noqa: S608  names of ours
        return self._stream(sql, {})


class SqlWriter(SqlView, ListedWriting):
    """The only writer of a home, while its block is open; keeps ``books.protocol.Writer``."""

    def _run_many(self, sql: str, rows: Sequence[Any]) -> None:
        """Run one statement for each of some rows."""
        self._connection.executemany(sql, rows)

    def _placeholder(self) -> str:
        """What stands for a value in this dialect."""
        return "?"

    def append(self, rows: Sequence[Row], heads: Sequence[Head]) -> None:
        """Add entries with their bodies, and move the heads of their books."""
        self._run_many(
            self._queries.add_entry.sql, [msgspec.structs.asdict(row.entry) for row in rows]
        )
        self._run_many(
            self._queries.add_body.sql,
            [
                {"book": entry.book, "seq": entry.seq, "salt": salt, "bytes": body}
                for entry, salt, body in rows
            ],
        )
        for head in heads:
            if not self._queries.advance_head(self._connection, **head._asdict()):
                self._queries.open_head(self._connection, **head._asdict())

    def keep_document(self, document: Document, incident: str, text_sha256: str) -> None:
        """Keep a document and that it was read for the incident; what stands stays as it is."""
        self._queries.add_document(
            self._connection,
            sha256=document.sha256,
            name=document.name,
            media_type=document.media_type,
            text_sha256=text_sha256,
        )
        self._queries.add_contents(
            self._connection,
            sha256=document.sha256,
            bytes=document.bytes,
            text=document.text.encode(),
            pages=msgspec.json.encode(document.pages).decode(),
        )
        self._queries.add_reading(self._connection, incident=incident, sha256=document.sha256)

    def keep_drafts(self, drafts: Sequence[Draft]) -> None:
        """Keep drafts; one of the same name takes the place of the one before."""
        for draft in drafts:
            self._queries.put_draft(self._connection, **msgspec.structs.asdict(draft))

    def drop_drafts(self, names: Sequence[str]) -> None:
        """Drop drafts that were signed or refused."""
        for name in names:
            self._queries.drop_draft(self._connection, draft=name)

    def set_setting(self, name: str, value: str) -> None:
        """What the home is told of itself."""
        self._queries.put_setting(self._connection, name=name, value=value)

    def remove(self, removal: Removal) -> None:
        """Note that an entry was sealed, quarantined or put back; sealed, its body is destroyed."""
        self._queries.add_removal(
            self._connection, **(removal._asdict() | {"what": removal.what.value})
        )
        if removal.what is Removing.SEALED:
            self._queries.destroy_body(self._connection, book=removal.book, seq=removal.seq)

    def blank(self, blank: Blank, text: str) -> None:
        """Put the blanked text in the place of a kept one, and destroy the original's bytes."""
        pages = self._queries.pages_of(self._connection, sha256=blank.sha256)
        self._queries.add_blank(
            self._connection,
            sha256=blank.sha256,
            first=blank.start,
            past=blank.end,
            text_sha256=blank.text_sha256,
            book=blank.book,
            seq=blank.seq,
        )
        self._queries.destroy_contents(self._connection, sha256=blank.sha256)
        self._queries.add_contents(
            self._connection, sha256=blank.sha256, bytes=b"", text=text.encode(), pages=pages
        )

    def note_read(self, number: int, entry: bytes, link: bytes) -> None:
        """Add to the log of reads."""
        self._queries.add_read(self._connection, number=number, bytes=entry, link=link)

    def note_copy(self, copy: Copy) -> None:
        """Note that a file was written that carries words of the books."""
        self._queries.add_copy(self._connection, **copy._asdict())

    def receive(self, bundle: Bundle, rows: Sequence[Received]) -> None:
        """Keep a bundle and the statements that it brought; what stands stays as it is.

        What a row says was sealed enters without its body.
        """
        self._queries.add_bundle(self._connection, **bundle._asdict())
        fresh = [row._asdict() | {"bytes": row.body} for row in self._not_standing(rows)]
        self._run_many(self._queries.add_received.sql, fresh)
        sealed = [row for row in fresh if row["sealed_by"] is not None]
        self._run_many(
            self._queries.add_received_seal.sql,
            [row | {"act": row["sealed_by"]} for row in sealed],
        )
        readable = [row for row in fresh if row["sealed_by"] is None and row["body"] is not None]
        self._run_many(self._queries.add_received_body.sql, readable)

    def _not_standing(self, rows: Sequence[Received]) -> list[Received]:
        """Those rows of which no copy with the same entry was received before."""
        standing: dict[tuple[str, int], bytes] = {}
        for book in {row.book for row in rows}:
            places = [row.seq for row in rows if row.book == book]
            found = self._queries.received_standing(
                self._connection, book=book, first=min(places), last=max(places)
            )
            standing.update({(book, seq): entry for seq, entry in found})
        fresh = []
        for row in rows:
            if standing.get((row.book, row.seq)) != row.entry:
                fresh.append(row)
                standing[row.book, row.seq] = row.entry
        return fresh

    def seal_received(self, book: str, seq: int, act: str) -> None:
        """Note that a received statement was sealed by ``act``, and destroy its body and salt."""
        self._queries.add_received_seal(self._connection, book=book, seq=seq, act=act)
        self._queries.destroy_received_body(self._connection, book=book, seq=seq)
        self.set_setting(OVERWRITE, "due")

    def note_rule_set(self, kept: RuleSetKept) -> None:
        """Keep a rule set, unless it is kept."""
        self._queries.add_rule_set(self._connection, **kept._asdict())

    def claim(self, claim: Claim) -> bool:
        """Claim a reminder for its channel; whether nobody had claimed it."""
        claimed = claim._asdict()
        del claimed["told"], claimed["seen_by"]
        added: int = self._queries.add_claim(self._connection, **claimed)
        return added > 0

    def note_told(self, claim: Claim) -> None:
        """Note that a claimed reminder was told, unless it is noted."""
        self._queries.add_told(
            self._connection,
            reminder=claim.reminder,
            channel=claim.channel,
            told=claim.told,
            seen_by=claim.seen_by,
        )

    def load(self, name: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Put the rows of a table back as they lay in a backup."""
        columns = TABLES[name]
        values = ", ".join([self._placeholder()] * len(columns))
        sql = f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({values})"  # noqa: S608  names of ours
        remaining = iter(rows)
        while part := list(islice(remaining, _LOADED_AT_ONCE)):
            self._run_many(sql, part)


def _row(found: tuple[str, int, str, str, int, int, int, bytes, bytes, bytes, bytes]) -> Row:
    book, seq, id_, incident, recorded, appended, backfilled, commitment, link, salt, body = found
    entry = Entry(book, seq, id_, incident, recorded, appended, bool(backfilled), commitment, link)
    return Row(entry, salt, body)


def _draft(found: tuple[str, str, str, bytes]) -> Draft:
    draft, incident, document, json = found
    return Draft(draft=draft, incident=incident, document=document, json=json)


def _text(sha256: str, kept: bytes) -> str:
    try:
        return kept.decode()
    except UnicodeDecodeError as error:
        raise LedgerDamaged(f"the text of document {sha256} is not UTF-8; run verify") from error
