"""The words of a note as people see them, without the markup of HTML5 in which notes come.

What a note tells may be that somebody has a knife. So no word of it may vanish with a tag, nor run
into the next one: a program that points out words for weapons, and a person who reads, must find it.
"""

import html
import re
from collections.abc import Iterator
from typing import Final

_WITHIN_A_LINE: Final = (
    r"a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|q|s|samp|small"
    r"|span|strike|strong|sub|sup|time|tt|u|var|wbr"
)
"""Elements that part no words."""
_OTHERS: Final = (
    r"address|area|article|aside|audio|base|blockquote|body|br|button|canvas|caption"
    r"|center|col|colgroup|datalist|dd|details|dialog|div|dl|dt|embed|fieldset|figcaption"
    r"|figure|footer|form|h1|h2|h3|h4|h5|h6|head|header|hgroup|hr|html|iframe|img|input"
    r"|legend|li|link|main|map|math|menu|meta|meter|nav|noscript|object|ol|optgroup|option"
    r"|output|p|param|picture|pre|progress|rp|rt|ruby|script|search|section|select|slot"
    r"|source|style|summary|svg|table|tbody|td|template|textarea|tfoot|th|thead|title|tr"
    r"|track|ul|video"
)
_VALUED: Final = r"""\s+[A-Za-z_:][-\w:.]*\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+)"""
_TAG: Final = re.compile(
    rf"</?(?:(?P<within>{_WITHIN_A_LINE})|{_OTHERS})(?:{_VALUED})*\s*/?>", re.IGNORECASE
)
"""A tag of HTML5 with attributes that have values: "<I think he has a gun>" is none."""
_ENTITY: Final = re.compile(r"&(?:[A-Za-z]+|#\d+|#[Xx][0-9A-Fa-f]+);")


def plain_text(note: str) -> str:
    """The words of a note, which comes in HTML5; as it is where it has no markup.

    Only what is an element of HTML is taken off: "<armed with a knife>" are somebody's words. Where an
    element parts what people see, a space does here, or "a gun<br>No entry" had no gun in it.
    """
    bare = "".join(_uncommented(note))
    if bare == note and not (_TAG.search(note) or _ENTITY.search(note)):
        return note
    return html.unescape(_TAG.sub(_instead, bare)).strip()


def _uncommented(note: str) -> Iterator[str]:
    """A note without its comments; one that is not closed is none, and its words stay."""
    at = 0
    while (begin := note.find("<!--", at)) >= 0 and (end := note.find("-->", begin)) >= 0:
        yield f"{note[at:begin]} "
        at = end + len("-->")
    yield note[at:]


def _instead(tag: re.Match[str]) -> str:
    return " " if tag["within"] is None else ""
