"""Original bytes become kept text: the one text that every span is counted in.

A span in a statement is worth something only if anybody can find the same words again. So the
text of a document is a pure function of its bytes: no guessing library, no locale, no clock. The
bytes are kept beside it and named by their SHA-256 (FIPS 180-4), the text is what offsets count.

What is normalised, once, here: line ends (CRLF and CR become LF) and, in extracted text only,
U+0000 and lone surrogates, which no JSON line may hold, are left out. Nothing else is touched.
"""

import codecs
import hashlib
import re
from bisect import bisect_right
from pathlib import PurePath
from typing import Final

import msgspec

from whoseword.intake.unreadable import UnreadableDocument

PLAIN: Final = "text/plain"
HTML: Final = "text/html"
PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_BY_SUFFIX: Final = {
    "": PLAIN,
    ".txt": PLAIN,
    ".text": PLAIN,
    ".md": PLAIN,
    ".log": PLAIN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".pdf": PDF,
    ".docx": DOCX,
}
_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# HTML Standard, 13.2.3.2: a declaration counts within the first 1024 bytes.
_DECLARED_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)")
_NOT_JSON: Final = re.compile("[\x00\ud800-\udfff]")


class KeptDocument(msgspec.Struct, frozen=True, kw_only=True):
    """One document as this home keeps it.

    `sha256` is the lower-case hex digest of `bytes`, the original file. `text` is what offsets
    count: half-open `str` indices. `pages` holds the offset at which each page of a PDF starts,
    the first being 0; it is empty where the format has no pages.
    """

    sha256: str
    name: str
    media_type: str
    bytes: bytes
    text: str
    pages: tuple[int, ...] = ()

    def page_at(self, offset: int) -> int | None:
        """The number, counted from 1, of the page on which `offset` stands; None without pages."""
        return bisect_right(self.pages, offset) if self.pages else None

    @property
    def pages_without_text(self) -> tuple[int, ...]:
        """Page numbers whose text layer is empty: pictures, or sheets that were scanned."""
        ends = (*self.pages[1:], len(self.text))
        return tuple(
            number
            for number, (start, end) in enumerate(zip(self.pages, ends, strict=False), start=1)
            if not self.text[start:end].strip()
        )


def keep_document(original: bytes, name: str) -> KeptDocument:
    """Keep `original` under its file `name`: the same bytes and suffix give the same text.

    What the bytes are is told by their first bytes, then by the name's suffix; no suffix is text.

    Raises UnreadableDocument for an empty file, an unknown type, bytes that are no text, an
    encrypted PDF or one without a text layer, and a broken DOCX.
    """
    if not original:
        raise UnreadableDocument(name, "the file is empty", "check that it was copied whole")
    media_type = _media_type(original, name)
    pages: tuple[int, ...] = ()
    # Each parser takes a tenth of a second to load, and most commands read no document.
    if media_type == PDF:
        from whoseword.intake.pdf_text import pages_of_pdf

        text, pages = _joined(pages_of_pdf(original, name))
    elif media_type == DOCX:
        from whoseword.intake.docx_text import text_of_docx

        text = _clean(text_of_docx(original, name))
    elif media_type == HTML:
        from whoseword.intake.html_text import text_of_html

        markup, _ = _decoded(original, name, declared=_declared_charset(original))
        text = _clean(text_of_html(markup))
    else:
        text, charset = _decoded(original, name, declared=None)
        if charset != "utf-8":
            media_type = f"{PLAIN}; charset={charset}"
    if not text.strip():
        raise UnreadableDocument(name, "there is no text in it", "check that it is the right file")
    return KeptDocument(
        sha256=hashlib.sha256(original).hexdigest(),
        name=name,
        media_type=media_type,
        bytes=original,
        text=text,
        pages=pages,
    )


def _media_type(original: bytes, name: str) -> str:
    suffix = PurePath(name).suffix.lower()
    head = original[:1024].lstrip()
    if head.startswith(b"%PDF-"):
        return PDF
    if original.startswith(b"PK\x03\x04") and suffix == ".docx":
        return DOCX
    if re.match(rb"(?i)(?:\xef\xbb\xbf)?\s*(?:<!doctype html|<html\b)", head):
        return HTML
    expected = _BY_SUFFIX.get(suffix)
    if expected is None:
        raise UnreadableDocument(
            name,
            f"{suffix} files are not read",
            "give text (.txt), HTML (.html), PDF (.pdf) or Word (.docx)",
        )
    if expected in (PDF, DOCX):
        kind = "PDF" if expected == PDF else "Word document"
        raise UnreadableDocument(
            name, f"it is named {suffix} but is no {kind}", "open it, and save it anew as one"
        )
    return expected


def _declared_charset(original: bytes) -> str | None:
    found = _DECLARED_CHARSET.search(original[:1024])
    return found.group(1).decode("ascii").lower() if found else None


def _decoded(original: bytes, name: str, declared: str | None) -> tuple[str, str]:
    """The text and the character set it was read in: a mark, a declaration, UTF-8, cp1252."""
    for mark, charset in _BYTE_ORDER_MARKS:
        if original.startswith(mark):
            candidates: tuple[str, ...] = (charset,)
            original = original[len(mark) :]
            break
    else:
        candidates = ("utf-8", "windows-1252")
        # A page that declares what Python does not know is read like one that declares nothing.
        if declared and _is_text_charset(declared):
            candidates = (declared, *candidates)
    for charset in candidates:
        try:
            text = original.decode(charset)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return _line_ends(text), charset
    raise UnreadableDocument(
        name, "its bytes are not text in UTF-8 or Windows-1252", "save it as UTF-8 text"
    )


def _is_text_charset(charset: str) -> bool:
    try:
        return b"".decode(charset) == ""
    except LookupError:
        return False


def _line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _clean(text: str) -> str:
    return _NOT_JSON.sub("", _line_ends(text))


def _joined(pages: list[str]) -> tuple[str, tuple[int, ...]]:
    """Pages parted by one line end, and where each of them starts."""
    starts: list[int] = []
    text = ""
    for page in pages:
        starts.append(len(text))
        text += _clean(page).rstrip("\n") + "\n"
    return text, tuple(starts)
