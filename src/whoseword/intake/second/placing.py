"""Where returned words stand in a text: letter for letter, at one place, or nowhere.

A reader that makes up one letter of a quotation has made up the quotation. So words are found as
they stand: only runs of white space may differ, for a line that wraps is not known to a model, and
what counts is then the text's own. A place begins and ends at the edge of a word, since "armed" is
not what "unarmed" says.
"""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from whoseword.intake.form import Span

NEAR: Final = 400
"""How far from the words around it a quotation may stand, in characters."""
_AROUND: Final = " \t\r\n\"“”‘’'«»"
_ENDS: Final = ".,;:!?"


class Region(msgspec.Struct, frozen=True):
    """The span of a text in which words are looked for, and what of it is set aside."""

    text: str
    span: Span
    asides: tuple[Span, ...] = ()


class Place(msgspec.Struct, frozen=True):
    """Where words stand; `aside` where only in what is set aside. No span: nowhere, or anywhere."""

    span: Span | None = None
    several: bool = False
    aside: bool = False


def content_of(words: str) -> str:
    """Words without the marks and white space around them, as a quotation's content is taken."""
    before = ""
    while words != before:
        before, words = words, words.strip(_AROUND).rstrip(_ENDS)
    return words


def places_in(region: Region, words: str) -> list[Span]:
    """Every place where words stand, in order, set aside or not; overlapping ones too."""
    parts = words.split()
    # Words longer than the text are not in it, and would make a pattern as long.
    if not parts or len("".join(parts)) > region.span[1] - region.span[0]:
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, parts)))
    found, at = [], region.span[0]
    while (match := pattern.search(region.text, at, region.span[1])) is not None:
        at = match.start() + 1
        if _is_whole(region.text, match.span()):
            found.append(match.span())
    return found


def place_of(region: Region, words: str, before: str) -> Place:
    """The one place of words; of several the one that certain words stand right before."""
    everywhere = places_in(region, words)
    found = [one for one in everywhere if not _touches(one, region.asides)]
    if not found:
        return Place(aside=bool(everywhere))
    if len(found) == 1:
        return Place(found[0])
    led = "".join(before.split())
    fits = [one for one in found if led and _led_by(region.text, one[0], led)]
    return Place(fits[0]) if len(fits) == 1 else Place(several=True)


def _led_by(text: str, start: int, led: str) -> bool:
    """Whether words, their white space aside, stand right before a place; marks may stand between."""
    close = "".join(text[max(0, start - 4 * len(led) - 4) : start].split())
    return close.endswith(led) or close.rstrip(_AROUND).endswith(led)


def nearest_to(places: Sequence[Span], to: Span) -> Span | None:
    """The place nearest to a span; None where two are as near, or none is near at all."""
    ranked = sorted((_apart(one, to), one) for one in places)
    if not ranked or ranked[0][0] > NEAR:
        return None
    if len(ranked) > 1 and ranked[0][0] == ranked[1][0]:
        return None
    return ranked[0][1]


def _apart(one: Span, other: Span) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)


def _touches(one: Span, others: Sequence[Span]) -> bool:
    return any(one[0] < end and start < one[1] for start, end in others)


def _is_whole(text: str, span: Span) -> bool:
    """Whether a span cuts through no word."""
    start, end = span
    cut_before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    cut_after = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not (cut_before or cut_after)
