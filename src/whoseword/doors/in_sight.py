"""What may be shown of kept texts: nothing that was sealed, and nothing that is in quarantine."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import msgspec

from whoseword.books import Document
from whoseword.books.bodies import statement_in
from whoseword.books.copies import blanked, places_of
from whoseword.books.protocol import View
from whoseword.books.removed import out_of_sight
from whoseword.books.removings import Removing
from whoseword.doors.confidential import cover_of
from whoseword.doors.errors import DeskError
from whoseword.words import Statement


class Shown(NamedTuple):
    """What a file shows: statements, and the texts of documents by their digests."""

    statements: Collection[Statement]
    texts: Mapping[str, str]


def refuse_what_went(home: View, shown: Shown) -> None:
    """Raise ``DeskError`` where something that is about to be shown has gone out of sight."""
    ids = {(one.book, one.id) for one in shown.statements}
    for book in {book for book, _ in ids}:
        for seq in out_of_sight(home.removals(book)):
            row = home.row_at(book, seq)
            if row is not None and (book, row.entry.id) in ids:
                raise DeskError(
                    f"a statement of {book} went out of sight while the page was made; make it anew"
                )
    cover = cover_of(home)
    for digest, text in shown.texts.items():
        stands = text_in_sight(home, digest)
        if text not in (stands, cover.blocked(stands or "")):
            raise DeskError(
                "words of a document went out of sight while the file was made; make it anew"
            )


def text_in_sight(home: View, digest: str) -> str | None:
    """The kept text of a document, without what was sealed in it or quarantined."""
    text = home.text_of(digest)
    for start, end in quarantined_in(home, digest):
        text = blanked(text or "", start, end)
    return text


def quarantined_in(home: View, digest: str) -> list[tuple[int, int]]:
    """The spans of a document that statements in quarantine quote."""
    return [(start, end) for of, start, end in quarantined_spans(home) if of == digest]


def quarantined_spans(home: View) -> list[tuple[str, int, int]]:
    """The document and span that each statement in quarantine quotes, in whatever book it is."""
    spans = []
    for head in home.heads():
        for removal in out_of_sight(home.removals(head.book)).values():
            row = home.row_at(removal.book, removal.seq)
            if removal.what is not Removing.QUARANTINED or row is None:
                continue
            statement = statement_in(row)
            document = statement.source.document
            if document is not None:
                spans += [(document, *span) for span in places_of(home, statement)]
    return spans


def without(document: Document, hidden: Sequence[tuple[str, int, int]]) -> Document:
    """A kept document with its hidden spans made unreadable."""
    text = document.text
    for digest, start, end in hidden:
        if digest == document.sha256:
            text = blanked(text, start, end)
    return document if text == document.text else msgspec.structs.replace(document, text=text)
