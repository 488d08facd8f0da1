"""Plain lines on a console: wrapped, never cut off, and safe to print.

Names and quotes are other people's text, so control characters in them are shown and never sent
to the terminal: ECMA-48 sequences can rewrite what stands on the screen, and marks of direction
can turn a sentence round (Unicode Technical Report 36, section 3).
"""

import re

from rich.console import Console
from rich.text import Text

_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]"
)
QUIET = "dim"
CHECK = "If that surprises you, check the incident's name, the moment, --reader and --home."
"""What a view says that has nothing to tell."""
"""What helps to find a thing, beside what is said; nothing is told by style alone."""


class Lines:
    """Wrapped lines on a console, each with an indent of its own."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def line(self, words: str, indent: int = 0, style: str = "", hang: int = 0) -> None:
        """One paragraph; lines after the first are indented by ``hang`` more."""
        width = max(20, self._console.width)
        indent = min(indent, width // 3)
        text = Text(self._encodable(words), style=style)
        first = text.wrap(self._console, width - indent - hang, overflow="fold")
        for order, part in enumerate(first):
            part.rstrip()
            margin = " " * (indent + (hang if order else 0))
            self._console.print(Text(margin) + part, soft_wrap=True, crop=False, overflow="ignore")

    def gap(self) -> None:
        """An empty line."""
        self._console.print()

    def heading(self, words: str) -> None:
        """A section's heading, set off without lines or boxes."""
        self.gap()
        self.line(words.upper(), style="bold")

    def _encodable(self, words: str) -> str:
        encoding = self._console.encoding
        return words.encode(encoding, "backslashreplace").decode(encoding)


def clean(words: str) -> str:
    """Other people's text on one line, every control character shown as an escape."""
    return _UNSAFE.sub(_shown, " ".join(words.split()))


def _shown(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")
