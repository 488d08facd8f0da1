"""Where sentences begin and end, and what stands before them: labels and time stamps.

Every character that is not white space belongs to exactly one sentence. A line end is a break
unless the line was only wrapped: the next one goes on in lower case, or the line was filled to
the width of its document, as a letter's lines are.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from whoseword.intake.form import Form, Span
from whoseword.intake.reading.lexicon import MONTHS
from whoseword.intake.reading.rows import Row, rows_in
from whoseword.intake.reading.turns import turns_in

_NO_FORM: Final = Form()
_LINE: Final = re.compile(r"[^\n]*\S[^\n]*")
_AFTER_LABEL: Final = re.compile(r"(?:[:.]|\s[-–—])?\s*")
# The marks that a program for e-mail puts before the lines of a message that is answered.
_QUOTE_MARKS: Final = re.compile(r"(?:>[ ]?)+(?=[^\s>])")
# Where a story was written: "CALDER CITY, Mo. (May 4) -- A lawyer …".
_DATELINE: Final = re.compile(
    r"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}(?:, [A-Z][\w.]{1,12}(?: [A-Z]\w*)?)?(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?"
    r"(?: \([^()\n]{1,30}\))? ?(?:--|—|–| -) ?(?=[\"“]?[A-Z][a-z'’]*\b[^\n]{60})"
)
_WRAP_WIDTHS: Final = range(50, 121)
_LABEL: Final = re.compile(
    r"(?P<label>[A-Z][A-Z.'’&-]*(?: [A-Z0-9][A-Z0-9.'’&-]*){0,4}|Q|A"
    r"|[A-Z][\w.'’-]*(?: [A-Z0-9][\w.'’-]*){0,3})(?: \([^()\n]{1,30}\))?:\s+"
)
_NO_LABELS: Final = frozenset(
    [
        "Bcc",
        "Call",
        "Case",
        "Cc",
        "Date",
        "From",
        "Incident",
        "Location",
        "Note",
        "Re",
        "Received",
        "Sent",
        "Source",
        "Subject",
        "Time",
        "To",
        "Unit",
    ]
)
"""Words that stand before a colon in the head of a message or a form, and speak nothing."""
_FIELD: Final = re.compile(r"[A-Z][\w ]{0,25}:\s")
_END: Final = re.compile(r"[.!?]+[\"”’'»)\]]*(?=\s+[\"“‘'«(\[]*[A-Z0-9])")
_END_IN_ROW: Final = re.compile(_END.pattern + r"|(?<=\w)(?=[ \t]{2,}[A-Z]+\?)")
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Sgt|Lt|Capt|Col|Gen|Det|Ofc|Sr|Jr|vs|[Nn]o|Inc|Co|Corp|Dept|Gov|Sen"
    r"|Rep|Rev|Hon|Prof|Ave|Apt|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|Mt|Ft|Maj|Cpl|Insp|Supt"
    r"|[A-Z])|\b(?:e\.g|i\.e|U\.S|U\.K|D\.C))\.$"
)
_CLOCK: Final = re.compile(r"\b[ap]\.m\.$")
_AFTER_CLOCK: Final = re.compile(
    rf"\s+(?:[CEMP][DS]?T\b|{'|'.join(month.title() for month in MONTHS)}|[A-Z][a-z]+day\b|\d)"
)
_SAID_AFTER_QUOTE: Final = re.compile(
    r"\s+[A-Z][\w.’'-]*(?: [\w.’'-]+){0,4}? (?:said|says|asked|told|replied|added|wrote|recalled|yelled|shouted|cried|screamed|exclaimed"
    r"|chanted|joked|answered|demanded|continued|whispered|wondered|tweeted)\b"
    # What is said next has a sentence of its own: "'… at all.' He said: '…'", "… that she …".
    r"(?!(?: [\w.’'-]+){0,4}(?::|,? ?[\"“‘'`])|(?: \w+)? that\b| (?:he|she|they|it|the|there)\b)"
)


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence: its span, where its own words begin, and what stands before them.

    `label` is the span of a speaker's label in a transcript or of a unit's sign in a log, `stamp`
    that of a log's time.
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


def lay_out(text: str, form: Form = _NO_FORM, within: Span | None = None) -> Layout:
    """Cut `text`, or the span `within` it, into sentences that hold every character but white
    space and what the document's `form` sets aside. A speaker's labels are told by the form, or
    else by how they look."""
    first, past = within or (0, len(text))
    lines = [
        match.span()
        for match in _LINE.finditer(text, first, past)
        if not form.asides_in(*match.span())
    ]
    words = [text[start:end].strip() for start, end in lines]
    marks = _marks(text, lines, words, form)
    sentences: list[Sentence] = []
    for number, (start, end) in enumerate(_passages(text, lines, marks)):
        body, label, stamp = _opening(text, start, end, marks)
        row = marks.rows.get(start)
        code = row.code if row is not None else None
        cuts = [code] if code is not None else []
        if code is not None:
            body = code[1] + len(text[code[1] : end]) - len(text[code[1] : end].lstrip())
        if body < end or code is None:
            cuts += _cuts(text, body, end, is_row=row is not None)
        for cut, (opens, closes) in enumerate(cuts):
            sentences.append(
                Sentence(
                    start=start if cut == 0 else opens,
                    end=closes,
                    body=opens,
                    passage=number,
                    label=label,
                    stamp=stamp,
                )
            )
    return Layout(
        sentences=tuple(sentences), is_transcript=marks.is_transcript, is_log=marks.is_log
    )


class _Marks(msgspec.Struct, frozen=True):
    """What stands before the words of a line: where labels are known to end, and their looks."""

    is_transcript: bool
    labels: dict[int, Span]
    rows: dict[int, Row]

    @property
    def is_log(self) -> bool:
        return bool(self.rows)


def _marks(text: str, lines: Sequence[Span], words: Sequence[str], form: Form) -> _Marks:
    if form.labels:
        return _Marks(True, {start: (start, end) for start, end in form.labels}, {})
    labels = [match["label"] for line in words if (match := _LABEL.match(line))]
    times = Counter(label for label in labels if label.split()[0].title() not in _NO_LABELS)
    shouted = {label for label in times if label.upper() == label}
    named = times.keys() - shouted
    repeated = any(times[label] > 1 for label in shouted) or (
        len(named) > 1 and sum(times.values()) > 3 and any(times[label] > 1 for label in named)
    )
    rows = rows_in(text, lines)
    if repeated and times.total() >= 3 and not _are_signs(times, text, rows):
        return _Marks(True, {}, rows)
    turns = turns_in(text, lines)
    return _Marks(bool(turns), turns, {} if turns else rows)


def _are_signs(labels: Counter[str], text: str, rows: dict[int, Row]) -> bool:
    """Whether most of what looks like a label is a row's own sign."""
    signs = Counter(text[slice(*row.sign)] for row in rows.values() if row.sign is not None)
    return 2 * sum(labels[one] for one in signs) > labels.total()


def _opening(
    text: str, start: int, end: int, marks: _Marks
) -> tuple[int, Span | None, Span | None]:
    """Where a passage's own words begin, its speaker's label and its time stamp."""
    if start in marks.labels:
        label = marks.labels[start]
        spoken = _AFTER_LABEL.match(text, label[1], end)
        return (spoken.end() if spoken else label[1]), label, None
    if start in marks.rows:
        row = marks.rows[start]
        return row.body, row.sign, row.stamp
    if marks.is_transcript and (match := _LABEL.match(text, start, end)):
        return match.end(), match.span("label"), None
    dateline = _DATELINE.match(text, start, end)
    if dateline is not None:
        return dateline.end(), None, None
    quoted = _QUOTE_MARKS.match(text, start, end)
    return (quoted.end() if quoted else start), None, None


def _passages(text: str, lines: list[Span], marks: _Marks) -> Iterator[Span]:
    """Lines joined where one was only wrapped, without the white space around them."""
    width = max((end - start for start, end in lines), default=0)
    open_span: Span | None = None
    for start, end in lines:
        start += len(text[start:end]) - len(text[start:end].lstrip())
        end = start + len(text[start:end].rstrip())
        if open_span and _wrapped(text, open_span, (start, end), width, marks):
            open_span = (open_span[0], end)
            continue
        if open_span:
            yield open_span
        open_span = (start, end)
    if open_span:
        yield open_span


def _wrapped(text: str, above: Span, below: Span, width: int, marks: _Marks) -> bool:
    if text.count("\n", above[1], below[0]) > 1 or _FIELD.match(text, *below):
        return False
    if below[0] in marks.labels or _QUOTE_MARKS.match(text, *below):
        return False
    if below[0] in marks.rows:
        return False
    if (marks.is_transcript or marks.is_log) and _LABEL.match(text, *below):
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


def _cuts(text: str, start: int, end: int, *, is_row: bool = False) -> Iterator[Span]:
    """The sentences of one passage; in a log's row, what stands apart too."""
    first = start
    ends = _END_IN_ROW if is_row else _END
    for match in ends.finditer(text, start, end):
        cut = match.end()
        if _goes_on(text, first, match.start(), cut, end):
            continue
        if is_row and text[cut - 1] == "?":
            # A form's prompt and what was answered to it: "WEAPONS? UNKNOWN  DRUGS? NONE".
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
