"""Pages become one text: running heads set aside, lines and broken words joined, places kept.

The kept text is in the order of reading. A paragraph stands on a line of its own; one that goes on
overleaf goes on in the text. What repeats at the head or foot of pages, and the numbers of pages,
would stand in the middle of sentences, so they are told after the last page, each as a label; the
first time that a head appears it stays where it is, since a letter's is read there.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from whoseword.intake.charsets import clean
from whoseword.intake.extracted import Extracted
from whoseword.intake.form import Aside, Form, Scan, Word
from whoseword.intake.hyphens import Joiner, is_broken
from whoseword.intake.sheets import Line, Sheet, Token
from whoseword.intake.silences import Silence

_MARGIN: Final = 0.14
_MOST_MARGIN_LINES: Final = 4
_LEAST_PAGES: Final = 3
_LEAST_SHARE: Final = 0.4
_PAGE_OF: Final = re.compile(r"(?i)^page\s+\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?$")
_BARE_NUMBER: Final = re.compile(r"^[-–—]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*[-–—]?$")
# A point of a list, a speaker's label, a time: none of them goes on with the line above.
_BEGINS: Final = re.compile(
    r"(?:[•*–-]|\(?\d{1,2}[.)])\s|\[?\d{1,2}:?\d\d\b|(?:[A-Z][A-Z.'’-]*\s?){1,4}:\s|[QA]:\s"
)


class _Placed(NamedTuple):
    """A line of a page."""

    page: int
    line: Line


def text_of_sheets(sheets: Sequence[Sheet], media_type: str, engine: str | None) -> Extracted:
    """The text of some pages; `engine` is the program that read those that have no words."""
    running = _running(sheets)
    weaver = _Weaver(Joiner(_whole_words(sheets)))
    starts: list[int] = []
    for number, sheet in enumerate(sheets, start=1):
        starts.append(weaver.turn_page())
        for line in sheet.lines:
            if id(line) not in running:
                weaver.add(number, line)
    starts = [min(start, weaver.length) for start in starts]
    weaver.end_body()
    body_ends = weaver.length
    for number, sheet in enumerate(sheets, start=1):
        for line in sheet.lines:
            if id(line) in running:
                weaver.add_alone(number, line)
    asides = (Aside(body_ends, weaver.length, Silence.LABEL),) if running else ()
    pages = tuple(n for n, sheet in enumerate(sheets, start=1) if sheet.by_machine)
    form = Form(
        words=tuple(weaver.words),
        asides=asides,
        scan=Scan(pages, engine) if pages and engine else None,
    )
    return Extracted(text=weaver.text, media_type=media_type, pages=tuple(starts), form=form)


def _running(sheets: Sequence[Sheet]) -> set[int]:
    """The lines that are no text: by identity, those that repeat in the margins, and page numbers."""
    margins = [list(_margin(sheet)) for sheet in sheets]
    pages = Counter(key for margin in margins for key in {_key(line) for line in margin})
    written = sum(1 for sheet in sheets if sheet.lines)
    least = max(_LEAST_SHARE * written, _LEAST_PAGES) if written > 2 else 2
    found: set[int] = set()
    seen: set[str] = set()
    for margin in margins:
        for line in margin:
            key = _key(line)
            is_number = bool(_BARE_NUMBER.match(line.words)) and pages[key] > 1
            if _PAGE_OF.match(line.words) or is_number:
                found.add(id(line))
            elif pages[key] >= least:
                if key in seen:
                    found.add(id(line))
                seen.add(key)
    return found


def _margin(sheet: Sheet) -> Iterator[Line]:
    top = [one for one in sheet.lines if one.box[3] < _MARGIN * sheet.height]
    foot = [one for one in sheet.lines if one.box[1] > (1 - _MARGIN) * sheet.height]
    yield from sorted(top, key=lambda one: one.box[1])[:_MOST_MARGIN_LINES]
    yield from sorted(foot, key=lambda one: -one.box[1])[:_MOST_MARGIN_LINES]


def _key(line: Line) -> str:
    """What a line says whichever page it stands on, and where across the page it does not matter."""
    return re.sub(r"\d+", "#", line.words.lower())


def _whole_words(sheets: Sequence[Sheet]) -> Iterator[str]:
    for sheet in sheets:
        for line in sheet.lines:
            yield from (one.letters for one in line.tokens[:-1])
            if line.tokens and not is_broken(line.tokens[-1].letters):
                yield line.tokens[-1].letters


class _Weaver:
    """The text as it grows, with the place of each word."""

    def __init__(self, joiner: Joiner) -> None:
        self._joiner = joiner
        self._pieces: list[str] = []
        self._above: _Placed | None = None
        self._page_begins = False
        self.length = 0
        self.words: list[Word] = []

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def turn_page(self) -> int:
        """Where the next page's own words will begin, as far as is known yet."""
        self._page_begins = True
        return self.length + (1 if self._above is not None else 0)

    def add(self, page: int, line: Line) -> None:
        """Put a line of the text behind what stands there."""
        tokens = list(line.tokens)
        above = self._above
        if above is not None:
            broken = self._joined(above.line, line)
            if broken is not None:
                self._complete(broken, page, tokens.pop(0))
            else:
                self._write(self._between(above, line))
        self._tokens(page, tokens, line, skipped=len(line.tokens) - len(tokens))
        self._above = _Placed(page, line)
        self._page_begins = False

    def add_alone(self, page: int, line: Line) -> None:
        """Put a line that is none of the text on a line of its own."""
        self._tokens(page, line.tokens, line, skipped=0)
        self._write("\n")

    def end_body(self) -> None:
        """End the text's last line."""
        if self._pieces:
            self._write("\n")

    def _between(self, above: _Placed, line: Line) -> str:
        words = line.words
        if self._page_begins:
            goes_on = above.line.full and words[:1].islower()
            return " " if goes_on else "\n"
        if line.opens:
            return "\n\n"
        return " " if above.line.full and not _BEGINS.match(words) else "\n"

    def _joined(self, above: Line, line: Line) -> str | None:
        """The word that was broken between two lines, whole; None where none was."""
        goes_on = not line.opens or self._page_begins
        if not (goes_on and above.tokens and line.tokens):
            return None
        return self._joiner.joined(above.tokens[-1].letters, line.tokens[0].letters)

    def _complete(self, whole: str, page: int, second: Token) -> None:
        """Put a broken word's whole in its place; each half keeps its own place on the page."""
        last = self.words.pop()
        self.length -= len(self._pieces.pop())
        written = clean(whole)
        self._write(written)
        half = last.start + len(written) - len(second.letters)
        self.words.append(Word(last.start, half, last.page, last.box, last.confidence))
        self.words.append(Word(half, self.length, page, second.box, second.confidence))

    def _tokens(self, page: int, tokens: Sequence[Token], line: Line, *, skipped: int) -> None:
        for at, token in enumerate(tokens, start=skipped):
            if at:
                self._write("\t" if at in line.gaps else " ")
            start = self.length
            self._write(clean(token.letters))
            self.words.append(Word(start, self.length, page, token.box, token.confidence))

    def _write(self, words: str) -> None:
        self._pieces.append(words)
        self.length += len(words)
