"""The words that an HTML page shows, block by block, and none that it does not show.

White space is collapsed as a browser does (CSS Text 3, 4.1): runs of space, tab and line end are
one space except in `pre`; a no-break space stays. Blocks stand on lines of their own, table cells
are parted by tabs. The head, scripts and styles are not text that anybody was shown.
"""

import re
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from whoseword.intake.limits import MOST_ELEMENTS, MOST_NESTED
from whoseword.intake.unreadable import UnreadableDocument

_RAW: Final = frozenset({"script", "style"})
_UNSHOWN: Final = frozenset({"head", "script", "style", "template"})
# fmt: off
_BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd",
    "details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main",
    "menu", "nav", "ol", "option", "p", "pre", "section", "select", "summary", "table", "tbody",
    "textarea", "tfoot", "thead", "tr", "ul",
})
# fmt: on
# Stands for a block's edge while the text is gathered.
_LINE: Final = "\x1e"
_TAG: Final = re.compile(r"<(?:!--|(?P<shut>/)?(?P<name>[a-zA-Z][a-zA-Z0-9]*))")
# An element of these has no end, or ends where the next one of its sort begins.
_UNNESTED: Final = frozenset(
    {
        "area",
        "base",
        "br",
        "col",
        "dd",
        "dt",
        "embed",
        "hr",
        "img",
        "input",
        "li",
        "link",
        "meta",
        "option",
        "p",
        "param",
        "source",
        "td",
        "th",
        "tr",
        "track",
        "wbr",
    }
)
_COLLAPSIBLE: Final = re.compile(r"[ \t\n\r\f]+")


def text_of_html(markup: str, name: str) -> str:
    """The shown text of `markup`; blocks parted by line ends, entities decoded.

    Raises UnreadableDocument for a page that is made to cost whoever opens it.
    """
    _refuse_bomb(markup, name)
    # An XML declaration says nothing more once the characters are decoded.
    markup = re.sub(r"^\s*<\?xml[^>]*\?>", "", markup)
    pieces: list[str] = []
    _walk(BeautifulSoup(markup, "lxml"), pieces, kept_as_is=False)
    lines = ("".join(pieces)).replace(_LINE, "\n").split("\n")
    # At most one empty line between blocks; a line's own edges carry no text.
    kept: list[str] = []
    for line in (line.strip(" \t\f") for line in lines):
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip("\n") + "\n"


def _refuse_bomb(markup: str, name: str) -> None:
    """Count elements and their depth in one pass, since a parser finds out only when it is late."""
    remedy = "save the page anew from a browser, or paste its words into a text"
    elements = depth = at = 0
    while (tag := _TAG.search(markup, at)) is not None:
        at = tag.end()
        element = (tag["name"] or "").lower()
        if not element or (element in _RAW and not tag["shut"]):
            shut = markup.find("-->" if not element else f"</{element}", at)
            at = len(markup) if shut < 0 else shut
        elif tag["shut"]:
            depth -= element not in _UNNESTED and depth > 0
        else:
            elements += 1
            depth += element not in _UNNESTED
        if elements > MOST_ELEMENTS:
            raise UnreadableDocument(name, f"it has more than {MOST_ELEMENTS:,} elements", remedy)
        if depth > MOST_NESTED:
            raise UnreadableDocument(
                name, f"its elements are nested more than {MOST_NESTED} deep", remedy
            )


def _walk(node: PageElement, pieces: list[str], *, kept_as_is: bool) -> None:
    if isinstance(node, NavigableString):
        if not isinstance(node, PreformattedString):
            words = str(node).replace(_LINE, " ")
            if not kept_as_is:
                words = _COLLAPSIBLE.sub(" ", words)
                if pieces and pieces[-1].endswith((" ", "\n", _LINE)):
                    words = words.removeprefix(" ")
            if words:
                pieces.append(words)
        return
    if not isinstance(node, Tag) or node.name in _UNSHOWN:
        return
    if node.name == "br":
        pieces.append("\n")
        return
    edge = [_LINE] if node.name in _BLOCKS else []
    pieces += edge
    for child in node.children:
        _walk(child, pieces, kept_as_is=kept_as_is or node.name in ("pre", "textarea"))
    pieces += ["\t"] if node.name in ("td", "th") else edge
