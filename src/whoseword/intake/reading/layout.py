"""Where sentences begin and end, and what stands before them: labels and time stamps.

Every character that is not white space belongs to exactly one sentence. A line end is a break
unless the line was only wrapped: the next one goes on in lower case, or the line was filled to
the width of its document, as a letter's lines are.
"""

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from whoseword.intake.drafts import Span
from whoseword.intake.reading.lexicon import MONTHS

_WRAP_WIDTHS: Final = range(50, 121)
_LABEL: Final = re.compile(
    r"(?P<label>[A-Z][A-Z.'’&-]*(?: [A-Z0-9][A-Z0-9.'’&-]*){0,4}|Q|A|[A-Z][a-z]+ [A-Z][a-z]+):\s+"
)
_STAMP: Final = re.compile(
    r"(?P<stamp>\[?(?:\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\s+)?"
    r"(?:[01]?\d|2[0-3])(?::[0-5]\d(?::[0-5]\d)?|[0-5]\d)\]?(?:\s*hrs\.?)?)\s*[-:–]?\s+(?=[A-Z])"
)
_FIELD: Final = re.compile(r"[A-Z][\w ]{0,25}:\s")
_END: Final = re.compile(r"[.!?]+[\"”’'»)\]]*(?=\s+[\"“‘'«(\[]*[A-Z0-9])")
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Sgt|Lt|Capt|Col|Gen|Det|Ofc|Sr|Jr|vs|No|Inc|Co|Corp|Dept|Gov|Sen"
    r"|Rep|Rev|Hon|Prof|Ave|Apt|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|Mt|Ft|Maj|Cpl|Insp|Supt"
    r"|[A-Z])|\b(?:e\.g|i\.e|U\.S|U\.K|D\.C))\.$"
)
_CLOCK: Final = re.compile(r"\b[ap]\.m\.$")
_AFTER_CLOCK: Final = re.compile(
    rf"\s+(?:[CEMP][DS]?T\b|{'|'.join(month.title() for month in MONTHS)}|[A-Z][a-z]+day\b|\d)"
)
_SAID_AFTER_QUOTE: Final = re.compile(
    r"\s+[A-Z][\w.’'-]*(?: [\w.’'-]+){0,4}? (?:said|says|asked|told|replied|added|wrote|recalled)\b"
)


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence: its span, where its own words begin, and what stands before them.

    `label` is the span of a speaker's label in a transcript, `stamp` that of a log's time.
    `passage` counts the passages (paragraphs, log lines) from 0.
    """

    start: int
    end: int
    body: int
    passage: int
    label: Span | None = None
    stamp: Span | None = None


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """A document's sentences in order, and whether its lines carry labels or time stamps."""

    sentences: tuple[Sentence, ...]
    is_transcript: bool
    is_log: bool


def lay_out(text: str) -> Layout:
    """Cut `text` into sentences that hold every character but white space."""
    lines = [match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", text)]
    words = [text[start:end].strip() for start, end in lines]
    labels = [match["label"] for line in words if (match := _LABEL.match(line))]
    repeated = {label for label in labels if labels.count(label) > 1 and label.upper() == label}
    is_transcript = bool(repeated) and len(labels) >= 3
    is_log = sum(1 for line in words if _STAMP.match(line)) >= 3
    sentences: list[Sentence] = []
    for number, (start, end) in enumerate(_passages(text, lines, marked=is_transcript or is_log)):
        body, label, stamp = start, None, None
        if is_log and (match := _STAMP.match(text, start, end)):
            stamp, body = match.span("stamp"), match.end()
        elif is_transcript and (match := _LABEL.match(text, start, end)):
            label, body = match.span("label"), match.end()
        for cut, (first, last) in enumerate(_cuts(text, body, end)):
            sentences.append(
                Sentence(
                    start=start if cut == 0 else first,
                    end=last,
                    body=first,
                    passage=number,
                    label=label,
                    stamp=stamp,
                )
            )
    return Layout(sentences=tuple(sentences), is_transcript=is_transcript, is_log=is_log)


def _passages(text: str, lines: list[Span], *, marked: bool) -> Iterator[Span]:
    """Lines joined where one was only wrapped, without the white space around them."""
    width = max((end - start for start, end in lines), default=0)
    open_span: Span | None = None
    for start, end in lines:
        start += len(text[start:end]) - len(text[start:end].lstrip())
        end = start + len(text[start:end].rstrip())
        if open_span and _wrapped(text, open_span, (start, end), width, marked=marked):
            open_span = (open_span[0], end)
            continue
        if open_span:
            yield open_span
        open_span = (start, end)
    if open_span:
        yield open_span


def _wrapped(text: str, above: Span, below: Span, width: int, *, marked: bool) -> bool:
    if text.count("\n", above[1], below[0]) > 1 or _FIELD.match(text, *below):
        return False
    if marked and (_LABEL.match(text, *below) or _STAMP.match(text, *below)):
        return False
    line = text[text.rfind("\n", 0, above[1]) + 1 : above[1]].strip()
    next_line = text[below[0] : below[1]]
    if next_line[0].islower() and line[-1] not in ".!?:;":
        return True
    if width not in _WRAP_WIDTHS:
        return False
    return (line[-1] not in ".!?:;" and len(line) >= 0.7 * width) or bool(
        _ABBREVIATION.search(line)
    )


def _cuts(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of one passage."""
    first = start
    for match in _END.finditer(text, start, end):
        cut = match.end()
        if _goes_on(text, first, match.start(), cut, end):
            continue
        yield first, cut
        first = cut + len(text[cut:end]) - len(text[cut:end].lstrip())
    if first < end or first == start:
        yield first, end


def _goes_on(text: str, first: int, mark: int, cut: int, end: int) -> bool:
    before = text[max(first, mark - 12) : mark + 1]
    if text[mark] == "." and cut == mark + 1 and _ABBREVIATION.search(before):
        return True
    if text[mark] == "." and _CLOCK.search(before):
        return bool(_AFTER_CLOCK.match(text, cut, end))
    return text[cut - 1] in "\"”’'" and bool(_SAID_AFTER_QUOTE.match(text, cut, end))
