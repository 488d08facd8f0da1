"""Where else the words of a statement lie, so that a seal reaches every copy (law 9).

In the store itself, words lie in bodies, kept documents and drafts (``protocol.CARRIES_WORDS``).
The places of a document that carry a sealed quotation are its own span, each statement's and each
draft's span that overlaps it, and every place at which the same words stand again. Places become
full blocks of the same length, so that every other quotation keeps its offsets; the original's
bytes go altogether, since a PDF or a Word file may hold words in ways that no text shows.

What merely says the same in its own words is not a copy: it is another speaker's statement, and
no order names it. It is listed for people to look at.
"""

from collections.abc import Iterator, Sequence

import msgspec

from whoseword.books.bodies import statement_in
from whoseword.books.protocol import Row, View
from whoseword.words import Statement
from whoseword.words.aftermath import Other

BLOCK = "█"
_TELLING = 12
"""Shorter words ("a knife") stand in many places by chance; only longer ones betray a copy."""

Span = tuple[int, int]


class Still(msgspec.Struct, frozen=True):
    """What holds the same words and was not destroyed: a statement, or a kept document."""

    what: str
    where: str


def blanked(text: str, start: int, end: int) -> str:
    """The text with a span made unreadable; its length, and its lines, stay."""
    covered = "".join("\n" if letter == "\n" else BLOCK for letter in text[start:end])
    return text[:start] + covered + text[end:]


def overlaps(one: Span, spans: Sequence[Span]) -> bool:
    """Whether a half-open span shares a character with one of the others."""
    return any(one[0] < end and start < one[1] for start, end in spans)


def places_of(view: View, statement: Statement) -> tuple[Span, ...]:
    """Where the words that a statement quotes stand in its document, in order.

    Empty where the home does not keep the document.
    """
    source = statement.source
    if source.document is None or source.start is None or source.end is None:
        return ()
    text = view.text_of(source.document)
    if text is None:
        return ()
    found = {(source.start, source.end)}
    quote = source.quote or ""
    if len(quote) >= _TELLING:
        at = text.find(quote)
        while at >= 0:
            found.add((at, at + len(quote)))
            at = text.find(quote, at + 1)
    return tuple(sorted(found))


def quotes_within(statement: Statement, document: str, spans: Sequence[Span]) -> bool:
    """Whether a statement quotes words of that document that overlap the spans."""
    source = statement.source
    if source.document != document or source.start is None or source.end is None:
        return False
    return overlaps((source.start, source.end), spans)


class _Read(msgspec.Struct):
    """What a draft says of its place in the document."""

    sentence: Span | None = None


_read = msgspec.json.Decoder(_Read)


def drafts_within(view: View, document: str, spans: Sequence[Span]) -> list[str]:
    """The drafts of a document whose sentence holds words of the spans."""
    return [draft.draft for draft in view.drafts_on(document) if draft_is_within(draft.json, spans)]


def draft_is_within(json: bytes, spans: Sequence[Span]) -> bool:
    """Whether a draft's sentence holds words of the spans; one that cannot be placed does."""
    sentence = _read.decode(json).sentence
    return sentence is None or overlaps(sentence, spans)


def still_holding(view: View, statement: Statement, gone: Sequence[Row]) -> Iterator[Still]:
    """What else holds the statement's longer words, word for word."""
    going = {(row.entry.book, row.entry.seq) for row in gone}
    seen: set[Still] = set()
    for words in telling_words(statement):
        for row in view.rows_holding(msgspec.json.encode(words)[1:-1]):
            place = row.entry.book, row.entry.seq
            if place not in going and statement_in(row).id:
                seen.add(Still(f"statement {row.entry.id}", row.entry.book))
        for document in view.documents_holding(words):
            if document != statement.source.document:
                kept = view.document(document)
                name = kept.name if kept is not None else document
                seen.add(Still(f"document {name}", document))
    yield from sorted(seen, key=lambda one: (one.what, one.where))


def telling_words(statement: Statement) -> tuple[str, ...]:
    """The words by which a copy of the statement would be known: long ones, not single names."""
    said = [statement.source.quote]
    if isinstance(statement.fact, Other):
        said.append(statement.fact.text)
    return tuple(dict.fromkeys(words for words in said if words and len(words) >= _TELLING))
