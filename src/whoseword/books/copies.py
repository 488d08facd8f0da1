"""Where else the words of a statement lie, so that a seal reaches every copy (law 9).

In the store itself, words lie in bodies, kept documents and drafts (``protocol.CARRIES_WORDS``).
Whoever quotes words of the sealed statement's own place in a document carries a copy, and so does
the same speaker who is quoted with the same words at another place. Where another speaker says them
at another place, that is a statement of its own. What becomes unreadable is the whole sentence around each place, for it says who spoke, but for words that other
statements quote and no order names; places that only others quote stay altogether. Blocks of the same length take its place, so that every other
quotation keeps its offsets; the original's bytes go altogether, since a PDF or a Word file may hold
words in ways that no text shows.

What merely says the same in its own words is not a copy: it is another speaker's statement, and
no order names it. It is listed for people to look at, and so is what another custodian's home sent:
what is sealed there is that custodian's to say.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from whoseword.books.bodies import statement_in
from whoseword.books.protocol import Row, View
from whoseword.words import Statement
from whoseword.words.aftermath import Other

BLOCK = "█"
_SENTENCE_ENDS = re.compile(
    r"""(?P<word>[\w.]+)[.!?]["”’)\]]*\s+(?=["“‘(\[A-Z0-9])"""  # "… in the hall. The chief"
    r"|\n[ \t]*\n\s*"  # a paragraph
    r"|\n(?=[ \t]*(?:[0-9\[*•-]|[A-Z][A-Za-z. ]{0,40}:))"  # a log's entry, a transcript's speaker
)
_SHORTENED = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "st",
        "lt",
        "sgt",
        "capt",
        "cpl",
        "maj",
        "col",
        "gen",
        "det",
        "ofc",
        "supt",
        "dep",
        "rev",
        "hon",
        "jr",
        "sr",
        "vs",
        "no",
        "apt",
        "ave",
        "blvd",
        "rd",
        "dept",
    ]
)
"""What a full stop follows in the midst of a sentence, as it follows an initial."""
_TELLING = 12
"""Shorter words ("a knife") stand in many places by chance; only longer ones betray a copy."""

Span = tuple[int, int]


class Still(msgspec.Struct, frozen=True):
    """What holds the same words and was not destroyed: a statement, here or received, or a kept
    document."""

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
        # The same words, whatever the case of their letters and however their lines break.
        words = re.compile(r"\s+".join(map(re.escape, quote.split())), re.IGNORECASE)
        found.update(match.span() for match in words.finditer(text))
    return tuple(sorted(found))


def sentences_around(text: str, places: Sequence[Span]) -> list[Span]:
    """The sentence, or the entry of a log, in which each place stands.

    Where it is doubtful that a sentence ends, more is taken rather than less.
    """
    edges = [0, *(one.end() for one in _SENTENCE_ENDS.finditer(text) if _ends(one)), len(text)]
    found = []
    for start, end in places:
        first = max(edge for edge in edges if edge <= start)
        last = min(edge for edge in edges if edge >= end)
        found.append((first, last))
    return found


def _ends(match: re.Match[str]) -> bool:
    """Whether a sentence ends there: not after "Sgt.", nor after an initial."""
    word = match["word"]
    if word is None:
        return True
    shortened = word.casefold() in _SHORTENED or (len(word) == 1 and word.isupper())
    return not shortened and "." not in word


def apart_from(spans: Sequence[Span], kept: Sequence[Span]) -> tuple[Span, ...]:
    """What the spans cover and the others do not: parts that neither touch nor overlap."""
    covered = sorted(set(spans))
    edges = sorted({edge for span in (*covered, *kept) for edge in span})
    parts: list[Span] = []
    for start, end in pairwise(edges):
        inside = overlaps((start, end), covered) and not overlaps((start, end), kept)
        if inside and parts and parts[-1][1] == start:
            parts[-1] = (parts[-1][0], end)
        elif inside:
            parts.append((start, end))
    return tuple(parts)


class _Quoted(msgspec.Struct):
    start: int | None = None
    end: int | None = None


class _Telling(msgspec.Struct):
    cue: Span | None = None
    speaker_span: Span | None = None


class _Read(msgspec.Struct):
    """Where a draft stands in its document: what it quotes, its cue, who is named as speaking, and
    the same of the tellings around it."""

    source: _Quoted = msgspec.field(default_factory=_Quoted)
    cue: Span | None = None
    speaker_span: Span | None = None
    around: list[_Telling] = msgspec.field(default_factory=list)


_read = msgspec.json.Decoder(_Read)


def drafts_within(view: View, document: str, spans: Sequence[Span]) -> list[str]:
    """The drafts of a document that rest on words of the spans."""
    return [draft.draft for draft in view.drafts_on(document) if draft_is_within(draft.json, spans)]


def draft_is_within(json: bytes, spans: Sequence[Span]) -> bool:
    """Whether a draft rests on words of the spans; one that cannot be placed does."""
    read = _read.decode(json)
    start, end = read.source.start, read.source.end
    if start is None or end is None:
        return True
    around = [part for one in read.around for part in (one.cue, one.speaker_span)]
    own = ((start, end), read.cue, read.speaker_span, *around)
    return any(overlaps(span, spans) for span in own if span is not None)


def still_holding(view: View, statement: Statement, gone: Sequence[Row]) -> Iterator[Still]:
    """What else holds the statement's longer words, word for word."""
    going = {(row.entry.book, row.entry.seq) for row in gone}
    senders = {bundle.sha256: bundle.sender for bundle in view.bundles()}
    seen: set[Still] = set()
    for words in telling_words(statement):
        for row in view.rows_holding(msgspec.json.encode(words)[1:-1]):
            place = row.entry.book, row.entry.seq
            if place not in going and statement_in(row).id:
                seen.add(Still(f"statement {row.entry.id}", row.entry.book))
        for received in view.received_holding(msgspec.json.encode(words)[1:-1]):
            sender = senders.get(received.bundle, "a sender no longer known")
            where = f"{received.book}, from {sender}"
            seen.add(Still(f"received statement {received.id}", where))
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
