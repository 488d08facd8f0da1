"""Bytes to characters: UTF-8 first, what is declared, Windows-1252 last, and gibberish never.

Windows-1252 gives a letter for nearly every byte, so it takes whatever is thrown at it: Cyrillic,
broken UTF-8, a program. A text that is kept wrongly is quoted wrongly for ever, so what does not
look like text in it is refused, with the place and the remedy, and nothing is guessed.
"""

import codecs
import re
from typing import Final

from whoseword.intake.unreadable import UnreadableDocument

BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# HTML Standard, 13.2.3.2: a declaration counts within the first 1024 bytes.
_DECLARED_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)")
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MANY_BYTES: Final = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_LETTER: Final = re.compile(rb"[A-Za-z]")
_NOT_JSON: Final = re.compile("[\x00\ud800-\udfff]")
_JUDGED: Final = 65536
# A log may ring a bell; a program holds a control character in every few bytes.
_MOST_CONTROLS: Final = 200
_REMEDY: Final = "save it as UTF-8 text"


def decoded(original: bytes, name: str, declared: str | None) -> tuple[str, str]:
    """The text and the character set that it was read in, line ends made one.

    A byte-order mark decides; else what is declared, UTF-8, Windows-1252, in this order. Raises
    UnreadableDocument where none gives a text.
    """
    for mark, charset in BYTE_ORDER_MARKS:
        if original.startswith(mark):
            return _marked(original[len(mark) :], name, charset), charset
    if declared and is_text_charset(declared):
        text = _tried(original, declared)
        if text is not None and "\x00" not in text:
            return line_ends(text), declared
    _refuse_binary(original, name)
    text = _tried(original, "utf-8")
    if text is not None:
        return line_ends(text), "utf-8"
    return line_ends(_western(original, name)), "windows-1252"


def declared_charset(original: bytes) -> str | None:
    """The character set that a page of HTML declares."""
    found = _DECLARED_CHARSET.search(original[:1024])
    return found.group(1).decode("ascii").lower() if found else None


def is_text_charset(charset: str) -> bool:
    """Whether Python knows a character set of that name."""
    try:
        return b"".decode(charset) == ""
    except LookupError:
        return False


def line_ends(text: str) -> str:
    """Every line end as one line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def clean(text: str) -> str:
    """Extracted text as it may be kept: one sort of line end, and no character JSON cannot hold."""
    return _NOT_JSON.sub("", line_ends(text))


def _tried(original: bytes, charset: str) -> str | None:
    try:
        return original.decode(charset)
    except UnicodeDecodeError:
        return None


def _marked(original: bytes, name: str, charset: str) -> str:
    try:
        text = original.decode(charset)
    except UnicodeDecodeError as fault:
        raise UnreadableDocument(
            name,
            f"it begins as {charset.upper()} and is broken at byte {fault.start + 1}",
            _REMEDY,
        ) from None
    if "\x00" in text:
        raise UnreadableDocument(name, "its bytes are not text", "check that it is the right file")
    return line_ends(text)


def _refuse_binary(original: bytes, name: str) -> None:
    """Refuse what holds bytes that stand in no text; UTF-16 without its mark is named."""
    head = original[:_JUDGED]
    nulls = head.count(b"\x00")
    if nulls and nulls >= len(head) // 3:
        half = head[::2] if head[::2].count(b"\x00") > head[1::2].count(b"\x00") else head[1::2]
        if half.count(b"\x00") >= 0.9 * len(half):
            raise UnreadableDocument(
                name, "its bytes are not text in UTF-8; they look like UTF-16", _REMEDY
            )
    found = _CONTROL.search(original)
    if found and (nulls or _MOST_CONTROLS * len(_CONTROL.findall(original)) > len(original)):
        line = original.count(b"\n", 0, found.start()) + 1
        raise UnreadableDocument(
            name,
            f"its bytes are not text (a control character at byte {found.start() + 1}, "
            f"line {line})",
            "check that it is the right file; if it is text, save it as UTF-8",
        )


def _western(original: bytes, name: str) -> str:
    """The text in Windows-1252, of bytes that are no UTF-8."""
    whole = sum(len(match.group()) for match in _MANY_BYTES.finditer(original))
    high = len(_HIGH.findall(original))
    if 2 * whole > high:
        place = _broken_at(original)
        line = original.count(b"\n", 0, place) + 1
        raise UnreadableDocument(
            name, f"its bytes are not text: UTF-8, but for byte {place + 1}, line {line}", _REMEDY
        )
    text = _tried(original, "windows-1252")
    if text is None or 3 * high > len(_LETTER.findall(original)):
        raise UnreadableDocument(
            name,
            "its bytes are not text in a character set known here, neither UTF-8 nor Windows-1252",
            _REMEDY,
        )
    return text


def _broken_at(original: bytes) -> int:
    try:
        original.decode("utf-8")
    except UnicodeDecodeError as fault:
        return fault.start
    return len(original)
