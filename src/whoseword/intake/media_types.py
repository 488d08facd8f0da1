"""What a file is: told by its first bytes, then by the end of its name; no suffix is text."""

import re
from pathlib import PurePath
from typing import Final

from whoseword.intake.unreadable import UnreadableDocument

PLAIN: Final = "text/plain"
HTML: Final = "text/html"
PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EML: Final = "message/rfc822"
MBOX: Final = "application/mbox"
MSG: Final = "application/vnd.ms-outlook"
PNG: Final = "image/png"
JPEG: Final = "image/jpeg"
TIFF: Final = "image/tiff"
VTT: Final = "text/vtt"
SRT: Final = "application/x-subrip"

IMAGES: Final = frozenset({PNG, JPEG, TIFF})
MAIL: Final = frozenset({EML, MBOX, MSG})
CAPTIONS: Final = frozenset({VTT, SRT})

READ: Final = (
    "text (.txt), HTML (.html), PDF (.pdf), Word (.docx), e-mail (.eml, .mbox, .msg), a scan "
    "(.png, .jpg, .tif) or a transcript (.vtt, .srt)"
)

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
    ".eml": EML,
    ".mbox": MBOX,
    ".msg": MSG,
    ".png": PNG,
    ".jpg": JPEG,
    ".jpeg": JPEG,
    ".tif": TIFF,
    ".tiff": TIFF,
    ".vtt": VTT,
    ".srt": SRT,
}
_BY_HEAD: Final = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NAMED: Final = {
    PDF: "PDF",
    DOCX: "Word document",
    MSG: "message of Outlook",
    PNG: "PNG image",
    JPEG: "JPEG image",
    TIFF: "TIFF image",
}


def media_type_of(head: bytes, name: str) -> str:
    """The type of the file of that name that begins with `head`. Raises UnreadableDocument."""
    suffix = PurePath(name).suffix.lower()
    expected = _BY_SUFFIX.get(suffix)
    told = _by_head(head, suffix)
    if told is not None:
        return told
    if expected is None:
        raise UnreadableDocument(name, f"{suffix} files are not read", f"give {READ}")
    if expected == DOCX and head.startswith(_OLE):
        raise UnreadableDocument(
            name,
            "it is locked with a password, or is of an old Word",
            "open it, and save it without a password as .docx",
        )
    if expected in _NAMED:
        kind = _NAMED[expected]
        raise UnreadableDocument(
            name, f"it is named {suffix} but is no {kind}", "open it, and save it anew as one"
        )
    return expected


def is_packed(media_type: str) -> bool:
    """Whether a file of that type may be larger than its text: the rest is images or packing."""
    return media_type in IMAGES | MAIL | {PDF, DOCX}


def _by_head(head: bytes, suffix: str) -> str | None:
    start = head[:1024].lstrip()
    if start.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"PK\x03\x04") and suffix == ".docx":
        return DOCX
    if head.startswith(_OLE) and suffix == ".msg":
        return MSG
    for magic, media_type in _BY_HEAD:
        if head.startswith(magic):
            return media_type
    if re.match(rb"(?:\xef\xbb\xbf)?WEBVTT(?:[ \t\r\n]|$)", head):
        return VTT
    if re.match(rb"(?i)(?:\xef\xbb\xbf)?\s*(?:<!doctype html|<html\b)", start):
        return HTML
    return None
