"""What a document may be at most, in one place, each limit with its reason.

Case files come from strangers: an attachment, a disclosure, a page that was saved. A file is
refused by its size before it is opened, by its make-up before it is parsed, and by its text before
it is read, so that none costs more than the machine of an oversight office has. Where several are
read, each is also read in a process of its own with a limit of memory and of time
(``doors.workers``), for what a parser does that nobody foresaw.
"""

from typing import Final

from whoseword.intake.media_types import HTML, PLAIN, is_packed, media_type_of
from whoseword.intake.unreadable import UnreadableDocument

MIB: Final = 1024 * 1024

LARGEST_FILE: Final = 256 * MIB
"""A thousand sheets scanned in grey at 200 dots an inch; a file is held in memory whole."""

MOST_CHARACTERS: Final = 4_000_000
"""Some 1,500 close pages: about four minutes of reading, and a gigabyte of parsed words."""

LARGEST_TEXT: Final = 4 * MOST_CHARACTERS
"""UTF-8 takes up to four bytes for a character; what is larger need not be decoded."""

LARGEST_PAGE: Final = 16 * MIB
"""A saved page of the web. The longest stories have a tenth of it; parsed, it takes thirtyfold."""

MOST_ELEMENTS: Final = 300_000
"""Elements of a page of the web. A long report has a tenth; each takes about a kilobyte."""

MOST_NESTED: Final = 400
"""How deep elements may be nested. Real pages stay under a hundred; parsers give up at 512."""

MOST_UNPACKED: Final = 256 * MIB
"""All parts of a Word document together. A letter unpacks to some hundred kilobytes."""

LARGEST_PART: Final = 64 * MIB
"""One part of XML in a Word document; parsed, it takes tenfold."""

MOST_PAGES: Final = 5_000
"""Pages of a PDF: more than any case file in one piece, and two hours of reading by machine."""

MOST_PIXELS: Final = 120_000_000
"""Pixels of one image: a sheet of A3 at 600 dots an inch has 70 million."""

MOST_MESSAGES: Final = 5_000
"""Messages of one thread or mailbox."""

MOST_NESTED_MESSAGES: Final = 20
"""How deep messages may be attached to messages. People forward three or four times."""

SECONDS_FOR_A_PAGE_IMAGE: Final = 120
"""How long reading one image may take. A dense page takes five seconds on a slow core."""

SECONDS_FOR_A_DOCUMENT: Final = 3 * 3600
"""How long one of several documents may take. A thousand scanned pages take an hour on a core."""

MEMORY_FOR_A_DOCUMENT: Final = 4 * 1024 * MIB
"""Memory of the process that reads one of several documents; the largest text takes a third."""


def refuse_too_large(size: int, head: bytes, name: str) -> None:
    """Refuse a file by its size, before it is read; `head` are its first 1024 bytes.

    Raises UnreadableDocument, for an unknown type too.
    """
    if size > LARGEST_FILE:
        raise too_large(name, size, "a document", LARGEST_FILE)
    media_type = media_type_of(head, name) if size else PLAIN
    if media_type == HTML and size > LARGEST_PAGE:
        raise too_large(name, size, "a page of HTML", LARGEST_PAGE)
    if size > LARGEST_TEXT and not is_packed(media_type):
        raise too_large(name, size, "a text", LARGEST_TEXT)


def too_large(name: str, size: int, what: str, most: int) -> UnreadableDocument:
    """The error for a file that is larger than `what` may be."""
    return UnreadableDocument(
        name,
        f"it holds {-(-size // MIB)} MiB, and {what} may hold {most // MIB} MiB",
        "cut it into parts and read those",
    )


def refuse_too_long(text: str, name: str) -> None:
    """Refuse a text before anybody reads it. Raises UnreadableDocument."""
    if len(text) > MOST_CHARACTERS:
        raise UnreadableDocument(
            name,
            f"its text has more than {MOST_CHARACTERS:,} characters",
            "cut it into parts and read those",
        )
