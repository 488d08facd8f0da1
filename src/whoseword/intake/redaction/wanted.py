"""Which words are to go, and where they stand among the words of a page.

Words are compared without case, accents and punctuation, over the ends of lines and over hyphens, and
a word that holds one of them goes whole ("Marsh's"): what is doubtful goes (law 9's care, for the living).
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple

from whoseword.intake.form import Box
from whoseword.intake.sheets import Token
from whoseword.words import WhoseWordError

_APART: Final = re.compile(r"[\W_]+")
_FEWEST: Final = 4
_MARGIN: Final = 1.5
"""Points by which a black box is larger than its word."""


class NotRedacted(WhoseWordError):
    """A file cannot be given without the words that were to go; the message tells why."""


class Wanted(NamedTuple):
    """The passages that go, as somebody typed them, each as its plain words."""

    passages: tuple[tuple[str, ...], ...]

    def boxes(self, tokens: Sequence[Token]) -> list[Box]:
        """The places of these passages among words in the order of reading, a little larger."""
        plain = [_plain(one.letters) for one in tokens]
        found: list[Box] = []
        for passage in self.passages:
            for at in range(len(tokens)):
                end = _end_of(passage, plain, at)
                found += map(_wider, _on_lines(tokens[at:end]))
        return found

    def stand_in(self, text: str) -> bool:
        """Whether one of these passages stands in a text, in whatever way it is parted."""
        run = _plain(text)
        return any("".join(passage) in run for passage in self.passages)


def wanted(passages: Sequence[str]) -> Wanted:
    """The passages that somebody typed. Raises ``NotRedacted`` for one that is too short."""
    found = []
    for one in passages:
        words = tuple(word for word in map(_plain, one.split()) if word)
        if len("".join(words)) < _FEWEST:
            raise NotRedacted(
                f"{one!r} has fewer than {_FEWEST} letters and digits, which stand within many other "
                "words; type more of it, or name its place with --box"
            )
        found.append(words)
    return Wanted(tuple(found))


def _plain(text: str) -> str:
    """The letters and digits of a text, without case and accents."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(one for one in folded if not unicodedata.combining(one))
    return _APART.sub("", bare)


def _end_of(passage: Sequence[str], plain: Sequence[str], at: int) -> int:
    """Where a passage ends that begins with the word at a place; that place where it does not.

    A passage runs over words that were parted by hyphens or by spaces that the page does not have.
    """
    wanted_run = "".join(passage)
    run = ""
    for end in range(at, min(at + 4 * len(passage) + 4, len(plain))):
        run += plain[end]
        if wanted_run in run:
            first = plain[at]
            begins = run.index(wanted_run) < len(first) if first else False
            return end + 1 if begins else at
    return at


def _on_lines(tokens: Sequence[Token]) -> list[Box]:
    """One box for the words of a passage on each line: between them nothing shows how long each is."""
    found: list[Box] = []
    for one in tokens:
        left, top, right, bottom = one.box
        before = found[-1] if found else None
        if before is not None and top < (before[1] + before[3]) / 2 < bottom:
            found[-1] = (
                min(left, before[0]), min(top, before[1]), max(right, before[2]), max(bottom, before[3]),
            )  # fmt: skip
        else:
            found.append(one.box)
    return found


def _wider(box: Box) -> Box:
    left, top, right, bottom = box
    return left - _MARGIN, top - _MARGIN, right + _MARGIN, bottom + _MARGIN
