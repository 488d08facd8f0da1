"""A file searched for words in every way in which it may hold them, before anybody is given it.

A PDF and a Word document are both streams that are packed: each is unpacked, and its bytes are read as
UTF-8, as Latin-1 and as UTF-16 in both orders, in text and in hexadecimal. Compared is without case and
without whatever stands between letters. The dots of a picture are no letters: what a picture shows was
read by machine after it was made.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

import pypdfium2

from whoseword.intake.redaction.wanted import Wanted

_STREAM: Final = re.compile(
    rb"(<<[^<>]*(?:<[^<>]*>[^<>]*)*>>)?\s*stream\r?\n(.*?)\r?\nendstream", re.DOTALL
)
_PICTURE: Final = re.compile(rb"/Subtype\s*/Image")
_HEX: Final = re.compile(rb"<([0-9A-Fa-f\s]{4,})>")
_ENCODINGS: Final = ("utf-8", "latin-1", "utf-16-le", "utf-16-be")


def places_of_words(content: bytes, words: Wanted) -> list[str]:
    """Where in a file some words can still be found; empty where nowhere."""
    return [where for where, part in _parts(content) if _holds(part, words)]


def _parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    if content.startswith(b"%PDF"):
        yield from _parts_of_pdf(content)
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name, name.encode() + b"\n" + archive.read(name)


def _parts_of_pdf(content: bytes) -> Iterator[tuple[str, bytes]]:
    yield "what stands between the streams", _STREAM.sub(rb"\1 ", content)
    for number, match in enumerate(_STREAM.finditer(content)):
        if match[1] and _PICTURE.search(match[1]):
            continue
        try:
            yield f"stream {number}", zlib.decompressobj().decompress(match[2])
        except zlib.error:
            yield f"stream {number}", match[2]
    document = pypdfium2.PdfDocument(content)
    try:
        told = document.get_metadata_dict()
        yield "the metadata", "\n".join(told.values()).encode()
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            yield f"the text of page {number + 1}", text.get_text_range().encode(errors="replace")
            text.close()
            page.close()
    finally:
        document.close()


def _holds(part: bytes, words: Wanted) -> bool:
    told = [part, *(bytes.fromhex(_even(match[1])) for match in _HEX.finditer(part))]
    return any(
        words.stand_in(one.decode(encoding, errors="replace"))
        for one in told
        for encoding in _ENCODINGS
    )


def _even(digits: bytes) -> str:
    plain = b"".join(digits.split()).decode()
    return plain if len(plain) % 2 == 0 else f"{plain}0"
