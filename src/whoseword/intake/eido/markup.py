"""XML that stands as text inside an object, read so that it can neither fetch nor grow.

PIDF-LO (RFC 4119, RFC 5491) and the blocks of RFC 7852 come from callers' networks, and so from
anybody. A document type is refused before anything is parsed, which leaves no entity to expand or
fetch; the parser is told to resolve none all the same (OWASP, XML External Entity Prevention). How deep
elements nest the parser itself bounds.
"""

import re
from typing import Any, Final

from lxml import etree

from whoseword.intake.eido.faults import FeedFault

LONGEST: Final = 262_144
"""Characters of one block."""
_DECLARED: Final = re.compile(r"\A\s*<\?xml\b[^>]*\?>")
_TYPED: Final = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)

Element = Any
"""An element of lxml, which ships no types."""


def read_markup(text: str, path: str) -> Element:
    """The root element of a block of XML. Raises ``FeedFault`` at ``path``."""
    if len(text) > LONGEST:
        raise FeedFault(path, f"holds more than {LONGEST:,} characters of XML", "send it shorter")
    if _TYPED.search(text):
        raise FeedFault(
            path, "is XML with a document type or an entity", "send it without; neither is read"
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        # The text is decoded already; an encoding that it declares would contradict that.
        root = etree.fromstring(_DECLARED.sub("", text).strip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        told = str(error).split(", line")[0] or "nothing stands there"
        raise FeedFault(path, f"is no XML ({told})", "send a well-formed document") from None
    return root


def local_name(element: Element) -> str:
    """The name of an element without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def text_of(element: Element) -> str:
    """The text of an element, with single spaces."""
    return " ".join((element.text or "").split())


def written(root: Element) -> str:
    """An element as text again."""
    return str(etree.tostring(root, encoding="unicode"))
