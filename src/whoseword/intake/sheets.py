"""What a page carries, whether a PDF names its words or a machine read them from a picture.

A place is in points (1/72 inch) from the upper left corner of the page as one sees it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from whoseword.intake.form import Box


class Token(NamedTuple):
    """Letters without white space, and their place; `confidence` where a machine read them."""

    letters: str
    box: Box
    confidence: float | None = None


class Line(NamedTuple):
    """Words on one line of a column, from left to right.

    `opens` is true where a paragraph begins with it, `full` where it runs to the right edge of its
    column, so that the words of the next line go on with its sentence. `gaps` are the numbers of
    the words before which a wide space stands, as between the cells of a table.
    """

    tokens: tuple[Token, ...]
    opens: bool = False
    full: bool = False
    gaps: frozenset[int] = frozenset()

    @property
    def words(self) -> str:
        """The words with a space between them."""
        return " ".join(one.letters for one in self.tokens)

    @property
    def box(self) -> Box:
        """The place of the whole line."""
        return around(self.tokens)


class Sheet(NamedTuple):
    """A page: its size, its lines in the order in which one reads, and whether a machine read it."""

    width: float
    height: float
    lines: tuple[Line, ...]
    by_machine: bool = False


def around(tokens: Sequence[Token]) -> Box:
    """The smallest box around some words."""
    lefts, tops, rights, bottoms = zip(*(one.box for one in tokens), strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
