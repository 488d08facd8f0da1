"""The words of a DOCX (ECMA-376 WordprocessingML), in the order in which they stand.

Read from the elements and not from python-docx's paragraph objects, because those leave out text
inside tracked insertions and text boxes, and repeat merged cells. Deleted words are not read.
Headers of the first section come before the body (a letterhead often stands there), footnotes
and footers after it.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, Final

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from whoseword.intake.limits import LARGEST_PART, MIB, MOST_UNPACKED
from whoseword.intake.unreadable import UnreadableDocument

_PIECE: Final = 65536
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ALTERNATE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def text_of_docx(original: bytes, name: str) -> str:
    """Paragraphs on lines of their own, the cells of a table row parted by tabs."""
    broken = "the Word document is broken"
    remedy = "open it, and save it anew as .docx"
    try:
        with zipfile.ZipFile(io.BytesIO(original)) as package:
            _refuse_bomb(package, name, remedy)
        document = Document(io.BytesIO(original))
        text = "\n".join(line for part in _parts(document) for line in _lines(part))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, OSError) as fault:
        raise UnreadableDocument(name, broken, remedy) from fault
    except (etree.XMLSyntaxError, zlib.error, RuntimeError) as fault:
        raise UnreadableDocument(name, broken, remedy) from fault
    return text


def _refuse_bomb(package: zipfile.ZipFile, name: str, remedy: str) -> None:
    """Refuse by what the package says of its parts; then see, piece by piece, that it says true.

    Read whole, a part is unpacked whole before its size is compared with what the package says.
    """
    parts = package.infolist()
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise UnreadableDocument(
            name, f"it unpacks to more than {MOST_UNPACKED // MIB} MiB", remedy
        )
    for part in parts:
        if part.filename.endswith((".xml", ".rels")) and part.file_size > LARGEST_PART:
            raise UnreadableDocument(
                name, f"a part of it unpacks to more than {LARGEST_PART // MIB} MiB", remedy
            )
        # Other ways of packing are no Word document's, and have no bounded way to be unpacked.
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnreadableDocument(name, "it is packed as no Word document is", remedy)
        with package.open(part) as stream:
            while stream.read(_PIECE):
                pass


def _parts(document: Any) -> Iterator[Any]:
    """Header, body, footnotes, footer: the elements to be read, in this order."""
    section = document.sections[0] if len(document.sections) else None
    yield from _margins(section, "first_page_header", "header")
    yield document.element.body
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FOOTNOTES:
            yield etree.fromstring(relation.target_part.blob)
    yield from _margins(section, "first_page_footer", "footer")


def _margins(section: Any, of_first_page: str, of_the_rest: str) -> Iterator[Any]:
    """A section's headers or footers, those that it defines itself."""
    if section is None:
        return
    names = [of_the_rest]
    if section.different_first_page_header_footer:
        names.insert(0, of_first_page)
    for name in names:
        margin = getattr(section, name)
        if not margin.is_linked_to_previous:
            yield margin.part.element


def _lines(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}p":
            yield _paragraph(child)
        elif child.tag == f"{_W}tr":
            cells = (" ".join(filter(None, _lines(cell))) for cell in child.iter(f"{_W}tc"))
            yield "\t".join(cells)
        elif child.tag != _ALTERNATE and isinstance(child.tag, str):
            yield from _lines(child)


def _paragraph(element: Any) -> str:
    """Its words, then, on further lines, those of the text boxes anchored in it."""
    words: list[str] = []
    boxes: list[str] = []

    def walk(node: Any) -> None:
        for child in node:
            if child.tag == f"{_W}t":
                words.append(child.text or "")
            elif child.tag == f"{_W}tab":
                words.append("\t")
            elif child.tag in (f"{_W}br", f"{_W}cr"):
                words.append("\n")
            elif child.tag == f"{_W}noBreakHyphen":
                words.append("-")
            elif child.tag == f"{_W}txbxContent":
                boxes.extend(_lines(child))
            elif child.tag not in (_ALTERNATE, f"{_W}pPr") and isinstance(child.tag, str):
                walk(child)

    walk(element)
    return "\n".join(["".join(words), *boxes])
