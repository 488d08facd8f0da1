"""Quotations, found over whole paragraphs before anything is parsed.

A quotation of several sentences misleads a parser and a cutter of sentences alike, so each is set
aside first: in its place stands a short clause (``STANDS_FOR``), whose place in the parse tells
whose words they are, and the words themselves are read afterwards, in that speaker's mouth.
A few words quoted within a clause ("the 'best day'") are that clause's own and stay.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from whoseword.intake.drafts import Span
from whoseword.intake.reading.layout import Sentence
from whoseword.intake.reading.lexicon import REPORTING

STANDS_FOR: Final = ("It", "was", "true")
"""The clause that a parser sees in the place of a quotation."""

_MARK: Final = re.compile(r"[\"“”]|``|''")
_SIGNED: Final = re.compile(r"\s*(?P<dash>[―—–]|--?)\s*(?P<name>[A-Z][^.,;:!?\"“”]{2,50}?)\.?\s*$")
_WORD: Final = re.compile(r"\w+")
_FEWEST_WORDS: Final = 4
_INTRODUCES: Final = re.compile(r"(?:[,:;.?!—–-]|\b(?:that|is|was))\s*$")
_NEXT_SENTENCE: Final = re.compile(
    r"(?<!\b[A-Z])(?<!\bMr|\bMs|\bDr|\bSt|\bLt)(?<!\bMrs|\bSgt|\bDet|\bOfc)[.?!]['’)]?\s+(?=[A-Z\[“\"'’])"
)
_GOES_ON: Final = re.compile(r"\s+([a-z]+)\b(?! (?:said|says|told|added|wrote)\b)")
_INSERTED_BEFORE: Final = re.compile(
    r"\w,\s+(?:[A-Z][\w.'’-]*|the|he|she|they|a|an|his|her)(?:\s+[\w.'’-]+){0,5}?\s+"
    r"(?:said|says|added|adds|wrote|writes|argued|noted|explained|continued|warned|insisted),\s*$"
)
_STOPS: Final = re.compile(r"[,.;?!—–-]['’)\]]?\s*$")
_LAST_WORD: Final = re.compile(r"([A-Za-z]+)\s*$")


class Quotation(NamedTuple):
    """What stands between two marks; `outer` takes in the marks."""

    inner: Span
    outer: Span


class Chunk(NamedTuple):
    """Sentences that one quotation or several hold together, read as one with these set aside."""

    sentences: Sequence[Sentence]
    quotations: Sequence[Quotation]

    @property
    def span(self) -> Span:
        """From the first word of the first sentence to the end of the last."""
        return self.sentences[0].body, self.sentences[-1].end


def chunks_of(text: str, passage: Sequence[Sentence]) -> list[Chunk]:
    """A paragraph's sentences, those together that a spoken quotation runs through."""
    spoken = list(spoken_in(text, passage[0].body, passage[-1].end))
    found: list[Chunk] = []
    for sentence in passage:
        its = [
            one for one in spoken if one.outer[0] < sentence.end and sentence.body < one.outer[1]
        ]
        if found and its and (its[0] in found[-1].quotations or _leads_to(text, found[-1], its[0])):
            before = found.pop()
            both = [*before.quotations, *(one for one in its if one not in before.quotations)]
            found.append(Chunk([*before.sentences, sentence], both))
        else:
            found.append(Chunk([sentence], its))
    return found


def _leads_to(text: str, chunk: Chunk, one: Quotation) -> bool:
    """Whether what comes before a quotation ends in a colon and nothing parts the two: "He said:"."""
    end = chunk.span[1]
    return text[end - 1] == ":" and end <= one.outer[0] and not text[end : one.outer[0]].strip()


def passages_of(text: str, sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """The paragraphs, those together of which the first leads to the quotation that follows."""
    found: list[Sentence] = []
    for _, group in groupby(sentences, key=lambda one: one.passage):
        its = list(group)
        leads = bool(found) and found[-1].label is None and its[0].label is None
        if leads and text[found[-1].end - 1] == ":" and _MARK.match(text, its[0].body):
            found += its
            continue
        if found:
            yield found
        found = its
    if found:
        yield found


def spoken_in(text: str, start: int, end: int) -> Iterator[Quotation]:
    """The quotations of a paragraph that hold what somebody said, and not a few words of it."""
    for one in _quotations(text, start, end):
        words = text[one.inner[0] : one.inner[1]]
        if _is_woven_in(text, one, start, end, words):
            next_sentence = _NEXT_SENTENCE.search(words)
            if next_sentence is not None:
                # What begins within another sentence and goes on past its end.
                first = one.inner[0] + next_sentence.end()
                yield Quotation((first, one.inner[1]), (first, one.outer[1]))
            continue
        asks = words.rstrip().endswith("?") and " " in words.strip()
        long = len(_WORD.findall(words)) >= _FEWEST_WORDS
        if (long or asks or _is_uttered(text, one, start, words)) and _is_spoken(
            text, one, start, words
        ):
            yield one


def _quotations(text: str, start: int, end: int) -> Iterator[Quotation]:
    """What stands between marks; a mark that nothing closes runs to the paragraph's end."""
    opened: Span | None = None
    for match in _MARK.finditer(text, start, end):
        opens = match.group() in ("“", "``")
        if opened is None and (opens or match.group() in ('"', "''")):
            opened = match.span()
        elif opened is not None and not opens:
            yield Quotation((opened[1], match.start()), (opened[0], match.end()))
            opened = None
    if opened is not None:
        yield Quotation((opened[1], end), (opened[0], end))


def _is_spoken(text: str, one: Quotation, start: int, words: str) -> bool:
    before = text[start : one.outer[0]]
    if not before.strip() or _INTRODUCES.search(before):
        return True
    last = _LAST_WORD.search(before)
    says = last is not None and _is_report(last.group(1).lower())
    return says or (bool(_STOPS.search(words)) and words.lstrip()[:1].isupper())


def _is_woven_in(text: str, one: Quotation, start: int, end: int, words: str) -> bool:
    """Whether a quotation is only the end of what somebody is told to say, or a part in its middle:
    "that 'we were told' about it", "the door, she said, 'was open'"."""
    before, after = text[start : one.outer[0]], text[one.outer[1] : end]
    goes_on = _GOES_ON.match(after)
    if goes_on and not _STOPS.search(words) and not _is_report(goes_on.group(1)):
        return True
    if not words.lstrip()[:1].islower() or not before.strip():
        return False
    return bool(_INSERTED_BEFORE.search(before)) or not _INTRODUCES.search(before)


def _is_uttered(text: str, one: Quotation, start: int, words: str) -> bool:
    """Whether a few words are all that somebody said ("'No,' she replied"), and no title or name."""
    before = text[start : one.outer[0]].rstrip()
    last = _LAST_WORD.search(before.rstrip(",:"))
    opens = (
        not before
        or before[-1] in '.!?:”"'
        or (before[-1] == "," and last is not None and _is_report(last.group(1).lower()))
    )
    return opens and words.lstrip()[:1].isupper() and bool(_STOPS.search(words))


def _is_report(word: str) -> bool:
    """Whether a word is a form of a verb of saying, as far as its letters tell."""
    stems = (word, word.removesuffix("s"), word.removesuffix("d"), word.removesuffix("ed"))
    return word in ("said", "told", "told", "saying", "wrote") or any(
        one in REPORTING for one in stems
    )


def pieces_of(text: str, chunk: Chunk, one: Quotation) -> list[tuple[Sentence, Span]]:
    """The sentences within a quotation, each with the span of its words in it."""
    pieces = []
    for sentence in chunk.sentences:
        first, last = max(sentence.body, one.inner[0]), min(sentence.end, one.inner[1])
        if first < last and _WORD.search(text, first, last):
            pieces.append((sentence, (first, last)))
    return pieces


def outside_of(chunk: Chunk) -> list[tuple[Span, bool]]:
    """The spans of a chunk in their order, each with whether it is a quotation set aside."""
    parts: list[tuple[Span, bool]] = []
    at = chunk.span[0]
    for one in chunk.quotations:
        if at < one.inner[0]:
            parts.append(((at, one.inner[0]), False))
        parts.append((one.inner, True))
        at = one.inner[1]
    if at < chunk.span[1]:
        parts.append(((at, chunk.span[1]), False))
    return parts


def home_of(text: str, chunk: Chunk) -> Sentence:
    """The sentence in which the words outside of the quotations stand."""
    for sentence in chunk.sentences:
        outside = [
            match
            for match in _WORD.finditer(text, sentence.body, sentence.end)
            if not any(a <= match.start() < b for (a, b), _ in chunk.quotations)
        ]
        if outside:
            return sentence
    return chunk.sentences[0]


def signed(text: str, chunk: Chunk) -> tuple[Span, Span] | None:
    """A name after a dash that closes a quotation ("― A neighbor"): the dash, and the name."""
    if len(chunk.quotations) != 1:
        return None
    match = _SIGNED.match(text, chunk.quotations[0].outer[1], chunk.span[1])
    return (match.span("dash"), match.span("name")) if match else None


def is_bare(text: str, chunk: Chunk) -> bool:
    """Whether nothing but quotations stands in it, so that it does not say whose they are."""
    return bool(chunk.quotations) and not any(
        _WORD.search(text, *span) for span, is_quoted in outside_of(chunk) if not is_quoted
    )
