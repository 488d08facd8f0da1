"""What a document's format tells of its text, beside the characters: where, when, and whose.

A format knows things that its text does not show: the place of a word on a sheet, how surely a
machine read it from an image, the second of a recording in which it was said, who sent a message,
which words a publisher puts around every page. All of it is told in spans of the kept text, so that
a reader of texts needs no knowledge of formats, and a draft can carry what holds of its span.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import TypeVar

import msgspec

from whoseword.intake.silences import Silence

Span = tuple[int, int]
"""A half-open span of characters in a document's kept text."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom on a page, in points (1/72 inch) from its upper left corner."""


class Word(msgspec.Struct, frozen=True, gc=False):
    """A word on a page. `confidence` is from 0 to 100, where a machine read it from an image."""

    start: int
    end: int
    page: int
    box: Box
    confidence: float | None = None


class Cue(msgspec.Struct, frozen=True, gc=False):
    """Words of a recording's transcript, and the seconds in which they were said."""

    start: int
    end: int
    seconds: tuple[float, float]


class Aside(msgspec.Struct, frozen=True, gc=False):
    """Words that are not of the text: the head of a sheet, of a message, a menu. And why."""

    start: int
    end: int
    why: Silence


class Part(msgspec.Struct, frozen=True, gc=False):
    """A stretch of text that one author wrote: a message, or the words of one that it quotes.

    `author` is as the message names them, None where it names nobody; `said` is the date, as
    EDTF or as it stands there; `closing` is where the author's signature begins, if it was found.
    """

    start: int
    end: int
    author: str | None = None
    said: str | None = None
    closing: int | None = None


class Imprint(msgspec.Struct, frozen=True, gc=False):
    """What a page of the web says of itself; None is what it does not say."""

    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    date: str | None = None


class Scan(msgspec.Struct, frozen=True, gc=False):
    """Which pages a machine read from an image, and by what program."""

    pages: tuple[int, ...]
    engine: str


class Seen(msgspec.Struct, frozen=True, gc=False):
    """How surely a machine read the words of a span: the lowest and the mean, of so many words."""

    lowest: float
    mean: float
    words: int


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """All of that for one document; empty for plain text. Every list is in the text's order."""

    words: tuple[Word, ...] = ()
    cues: tuple[Cue, ...] = ()
    asides: tuple[Aside, ...] = ()
    parts: tuple[Part, ...] = ()
    labels: tuple[Span, ...] = ()
    imprint: Imprint | None = None
    scan: Scan | None = None

    def words_in(self, start: int, end: int) -> Sequence[Word]:
        """The words of pages that a span touches."""
        return _touching(self.words, start, end)

    def cues_in(self, start: int, end: int) -> Sequence[Cue]:
        """The cues of a recording that a span touches."""
        return _touching(self.cues, start, end)

    def asides_in(self, start: int, end: int) -> Sequence[Aside]:
        """What is set aside of a span."""
        return _touching(self.asides, start, end)

    def page_of(self, start: int, end: int) -> int | None:
        """The page on which a span begins."""
        words = self.words_in(start, end)
        return words[0].page if words else None

    def box_of(self, start: int, end: int) -> Box | None:
        """The smallest box around a span's words on the page on which it begins."""
        words = self.words_in(start, end)
        boxes = [one.box for one in words if one.page == words[0].page]
        if not boxes:
            return None
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)

    def seconds_of(self, start: int, end: int) -> tuple[float, float] | None:
        """From when to when, in seconds of the recording, the cues of a span last."""
        cues = self.cues_in(start, end)
        if not cues:
            return None
        return min(one.seconds[0] for one in cues), max(one.seconds[1] for one in cues)

    def seen(self, start: int, end: int) -> Seen | None:
        """How surely a machine read a span; None where no machine did."""
        found = [one.confidence for one in self.words_in(start, end) if one.confidence is not None]
        if not found:
            return None
        return Seen(min(found), round(sum(found) / len(found), 1), len(found))


_Stretch = TypeVar("_Stretch", Word, Cue, Aside)


def _touching(stretches: Sequence[_Stretch], start: int, end: int) -> Sequence[_Stretch]:
    first = bisect_right(stretches, start, key=attrgetter("end"))
    past = bisect_left(stretches, end, lo=first, key=attrgetter("start"))
    return stretches[first:past]
