"""A document's text with the words that statements quote marked, each under an address of its own.

Quotes may repeat, nest and cross. HTML elements cannot cross, so where two spans do, the one that
began later is closed and opened again; its later parts carry a class, and a rule made for it lights
them up together with the first part, which carries the address.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup


class Span(NamedTuple):
    """Words that a statement quotes: a half-open span of characters, and two addresses.

    ``anchor`` is the address of the words (letters, digits, ``-`` and ``_`` only), ``statement``
    that of the statement, ``number`` what the statement is called beside the words.
    """

    start: int
    end: int
    anchor: str
    statement: str
    number: int


class Marked(NamedTuple):
    """A text with marks, and the rules of style that its crossing spans need."""

    markup: Markup
    rules: tuple[str, ...]


_OPEN = Markup('<mark id="{anchor}">')
_SAME = Markup('<mark class="same" id="{anchor}">')
_AGAIN = Markup('<mark class="of-{anchor}">')
_CLOSE = Markup("</mark>")
_REFERENCE = Markup(
    '<a class="ref" href="#{statement}" aria-label="Statement {number}">{number}</a>'
)


def marked(text: str, spans: Iterable[Span]) -> Marked:
    """The text, escaped, with each span in a ``mark``, and after it a link to its statement.

    Spans lie within the text and hold at least a character; they come in any order.
    """
    waiting = sorted(spans, key=lambda one: (one.start, -one.end, one.number), reverse=True)
    pieces: list[Markup] = []
    open_now: list[Span] = []
    split: dict[str, None] = {}
    at = 0
    while waiting or open_now:
        starts = waiting[-1].start if waiting else len(text)
        ends = min((one.end for one in open_now), default=len(text))
        here = min(starts, ends)
        pieces.append(Markup.escape(text[at:here]))
        at = here
        if ends == here and open_now:
            open_now = _close(open_now, here, pieces, split)
        else:
            span = waiting.pop()
            same = bool(open_now) and open_now[-1][:2] == span[:2]
            open_now.append(span)
            pieces.append((_SAME if same else _OPEN).format(anchor=span.anchor))
    pieces.append(Markup.escape(text[at:]))
    return Marked(Markup("").join(pieces), tuple(_rule(anchor) for anchor in split))


def _close(
    open_now: Sequence[Span], here: int, pieces: list[Markup], split: dict[str, None]
) -> list[Span]:
    """Close what ends here, and what stands open within it; the latter is opened again."""
    depth = next(order for order, one in enumerate(open_now) if one.end == here)
    ended = [span for span in open_now[depth:] if span.end == here]
    again = [span for span in open_now[depth:] if span.end != here]
    pieces.extend(_CLOSE for _ in open_now[depth:])
    pieces.extend(
        _REFERENCE.format(statement=span.statement, number=span.number)
        for span in sorted(ended, key=lambda one: one.number)
    )
    for span in again:
        split[span.anchor] = None
        pieces.append(_AGAIN.format(anchor=span.anchor))
    return [*open_now[:depth], *again]


def _rule(anchor: str) -> str:
    return f":root:has(#{anchor}:target) .of-{anchor}{{background:var(--lit);color:var(--on-lit)}}"
