"""Original bytes become kept text: the one text that every span is counted in.

A span in a statement is worth something only if anybody can find the same words again. So the
text of a document is a pure function of its bytes: no guessing library, no locale, no clock. The
bytes are kept beside it and named by their SHA-256 (FIPS 180-4), the text is what offsets count.

What is normalised, once, here: line ends (CRLF and CR become LF) and, in extracted text only,
U+0000 and lone surrogates, which no JSON line may hold, are left out. Nothing else is touched.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Callable
from typing import Final

import msgspec

from whoseword.intake.charsets import clean, declared_charset, decoded
from whoseword.intake.extracted import Extracted
from whoseword.intake.form import Form
from whoseword.intake.limits import refuse_too_large, refuse_too_long
from whoseword.intake.media_types import (
    CAPTIONS,
    DOCX,
    EML,
    HTML,
    IMAGES,
    MBOX,
    MSG,
    PDF,
    PLAIN,
    media_type_of,
)
from whoseword.intake.threads import thread_in
from whoseword.intake.unreadable import UnreadableDocument


class KeptDocument(msgspec.Struct, frozen=True, kw_only=True):
    """One document as this home keeps it.

    `sha256` is the lower-case hex digest of `bytes`, the original file. `text` is what offsets
    count: half-open `str` indices. `pages` holds the offset at which each page of a PDF or of a
    scan starts, the first being 0; it is empty where the format has no pages. `form` is what the
    format tells of the text beside the characters.
    """

    sha256: str
    name: str
    media_type: str
    bytes: bytes
    text: str
    pages: tuple[int, ...] = ()
    form: Form = Form()

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

    Raises UnreadableDocument, which says what is wrong and what to do, for whatever no text can
    be kept of, and for what is larger than `limits` allows.
    """
    if not original:
        raise UnreadableDocument(name, "the file is empty", "check that it was copied whole")
    refuse_too_large(len(original), original[:1024], name)
    media_type = media_type_of(original[:1024], name)
    found = _EXTRACTORS.get(media_type, _plain)(original, name)
    refuse_too_long(found.text, name)
    if not found.text.strip():
        raise UnreadableDocument(name, "there is no text in it", "check that it is the right file")
    return KeptDocument(
        sha256=hashlib.sha256(original).hexdigest(),
        name=name,
        media_type=found.media_type,
        bytes=original,
        text=found.text,
        pages=found.pages,
        form=found.form,
    )


# Each parser takes a tenth of a second to load, and most commands read no document.


def _plain(original: bytes, name: str) -> Extracted:
    text, charset = decoded(original, name, declared=None)
    media_type = PLAIN if charset == "utf-8" else f"{PLAIN}; charset={charset}"
    thread = thread_in(text)
    form = Form(parts=thread.parts, asides=thread.asides) if thread else Form()
    return Extracted(text=text, media_type=media_type, form=form)


def _mail(original: bytes, name: str) -> Extracted:
    from whoseword.intake.mail_text import thread_of_mail

    return thread_of_mail(original, name)


def _outlook(original: bytes, name: str) -> Extracted:
    from whoseword.intake.outlook_text import thread_of_outlook

    return thread_of_outlook(original, name)


def _captions(original: bytes, name: str) -> Extracted:
    from whoseword.intake.captions import text_of_captions

    text, _ = decoded(original, name, declared=None)
    return text_of_captions(text, name)


def _html(original: bytes, name: str) -> Extracted:
    from whoseword.intake.html_text import text_of_html

    markup, _ = decoded(original, name, declared=declared_charset(original))
    return Extracted(text=clean(text_of_html(markup, name)), media_type=HTML)


def _docx(original: bytes, name: str) -> Extracted:
    from whoseword.intake.docx_text import text_of_docx

    return Extracted(text=clean(text_of_docx(original, name)), media_type=DOCX)


def _pdf(original: bytes, name: str) -> Extracted:
    from whoseword.intake.pdf_text import text_of_pdf

    return text_of_pdf(original, name)


def _image(original: bytes, name: str) -> Extracted:
    from whoseword.intake.scans import text_of_image

    return text_of_image(original, media_type_of(original[:1024], name), name)


_EXTRACTORS: Final[dict[str, Callable[[bytes, str], Extracted]]] = {
    HTML: _html,
    DOCX: _docx,
    PDF: _pdf,
    EML: _mail,
    MBOX: _mail,
    MSG: _outlook,
    **dict.fromkeys(IMAGES, _image),
    **dict.fromkeys(CAPTIONS, _captions),
}
