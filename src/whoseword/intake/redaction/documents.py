"""A Word document made anew of its visible words, without the passages that go.

The new file holds three parts that are written here and nothing else (ECMA-376): no properties, no
thumbnail, no comments, no tracked changes, no header, no field, no picture, no embedded file. Words that
were deleted, hidden, or written where the body does not show them are not taken over.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final, NamedTuple

from lxml import etree

from whoseword.intake.redaction.wanted import NotRedacted, Wanted

_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DROPPED: Final = frozenset(
    {"del", "moveFrom", "instrText", "delText", "txbxContent", "pict", "drawing", "object",
     "fldSimple", "footnoteReference", "endnoteReference", "commentReference", "sdtPr"}
)  # fmt: skip
_BLOCK: Final = "█"
_MOST_BYTES: Final = 64 * 1024 * 1024
_HEADING: Final = re.compile(r"(?i)heading\s*([1-6])|title")
_MARGIN: Final = 5
"""Blocks in the place of a passage, whatever its length: how long it was may tell who it is."""


class _Paragraph(NamedTuple):
    words: str
    style: str


def redacted_document(original: bytes, name: str, gone: Wanted) -> tuple[bytes, int]:
    """A Word document without some passages, and how many were taken out. Raises ``NotRedacted``."""
    paragraphs, removed = [], 0
    for one in _paragraphs(original, name):
        words, count = _without(one.words, gone)
        removed += count
        paragraphs.append(_Paragraph(words, one.style))
    if not removed:
        raise NotRedacted(
            f"nothing of what is to go stands in the body of {name}; look at its words"
        )
    if gone.stand_in("\n".join(one.words for one in paragraphs)):
        raise NotRedacted(
            f"words that are to go run over paragraphs of {name}; name each part of them by itself"
        )
    return _written(paragraphs), removed


def _paragraphs(original: bytes, name: str) -> Iterator[_Paragraph]:
    try:
        with zipfile.ZipFile(io.BytesIO(original)) as archive:
            part = archive.getinfo("word/document.xml")
            if part.file_size > _MOST_BYTES:
                raise NotRedacted(f"{name} unpacks to more than {_MOST_BYTES:,} bytes")
            body = archive.read(part)
        root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as fault:
        raise NotRedacted(f"{name} is no Word document ({fault}); save it as .docx") from None
    for paragraph in root.iter(f"{{{_W}}}p"):
        if any(_local(above) in _DROPPED for above in paragraph.iterancestors()):
            continue
        style = paragraph.find(f"{{{_W}}}pPr/{{{_W}}}pStyle")
        told = style.get(f"{{{_W}}}val", "") if style is not None else ""
        yield _Paragraph("".join(_seen(paragraph)), _style(told))


def _seen(element: etree._Element) -> Iterator[str]:
    """The words of an element that a reader of the page sees."""
    for one in element:
        local = _local(one)
        if local in _DROPPED or (local == "r" and _is_hidden(one)):
            continue
        if local == "t":
            yield one.text or ""
        elif local in ("tab", "br", "cr"):
            yield " "
        elif local != "p":
            yield from _seen(one)


def _is_hidden(run: etree._Element) -> bool:
    """Whether a run is not seen: hidden, or white."""
    told = run.find(f"{{{_W}}}rPr")
    if told is None:
        return False
    hides = any(_local(one) in ("vanish", "webHidden", "specVanish") for one in told)
    color = told.find(f"{{{_W}}}color")
    is_white = color is not None and color.get(f"{{{_W}}}val", "").casefold() == "ffffff"
    return hides or is_white


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _style(told: str) -> str:
    match = _HEADING.fullmatch(told.strip())
    return f"Heading{match[1] or 1}" if match else ""


def _without(words: str, gone: Wanted) -> tuple[str, int]:
    """Words with blocks in the place of each passage; a word that holds part of one goes whole."""
    removed = 0
    for passage in gone.passages:
        inner = r"[\W_]*".join(re.escape(char) for word in passage for char in word)
        pattern = re.compile(rf"\w*{inner}\w*", re.IGNORECASE)
        words, count = pattern.subn(_BLOCK * _MARGIN, words)
        removed += count
    return words, removed


def _written(paragraphs: list[_Paragraph]) -> bytes:
    body = "".join(map(_paragraph, paragraphs))
    parts = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/word/document.xml" ContentType="application/'
            'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
        ),
        "_rels/.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="rId1" Target="word/document.xml" Type="http://schemas.openxmlformats'
            '.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
        ),
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>',
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), head + text)
    return written.getvalue()


def _paragraph(one: _Paragraph) -> str:
    told = one.words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    told = "".join(char for char in told if char.isprintable() or char == " ")
    look = f'<w:pPr><w:pStyle w:val="{one.style}"/></w:pPr>' if one.style else ""
    return f'<w:p>{look}<w:r><w:t xml:space="preserve">{told}</w:t></w:r></w:p>'
