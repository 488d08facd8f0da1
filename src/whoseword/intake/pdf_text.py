"""The words of a PDF (ISO 32000) with their places, in the order in which one reads a page.

PDFium tells each letter and where it stands; the order is ours. A page that shows a picture and has
next to no words is a scan, and is read by machine from its picture. A page that was read by another
program before, whose words lie unseen under the picture, is taken at that program's word.
"""

import ctypes
from collections.abc import Iterator
from concurrent.futures import Future
from typing import Final, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from whoseword.intake.columns import in_reading_order
from whoseword.intake.extracted import Extracted
from whoseword.intake.form import Box
from whoseword.intake.limits import MOST_PAGES, MOST_PIXELS
from whoseword.intake.media_types import PDF
from whoseword.intake.scans import DOTS_AN_INCH, Reader
from whoseword.intake.sheets import Sheet, Token
from whoseword.intake.sheets_text import text_of_sheets
from whoseword.intake.unreadable import UnreadableDocument

_FEW_LETTERS: Final = 40
_MOST_OF_A_PAGE: Final = 0.4
# PDFium writes these for a hyphen at the end of a line.
_HYPHENS: Final = {0x02: "-", 0xFFFE: "-"}
_LIGATURES: Final = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
    "\ufb05": "st", "\ufb06": "st",
}  # fmt: skip
_BROKEN: Final = "open it, and print it to a new PDF"


class _View(NamedTuple):
    """How a page is seen: its crop box in its own units, and by how much it is turned."""

    left: float
    bottom: float
    right: float
    top: float
    turned: int

    def seen(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of the page's own units, as one sees it from the upper left corner."""
        if self.turned == 90:
            found = bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        elif self.turned == 180:
            found = self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        elif self.turned == 270:
            found = self.top - top, self.right - right, self.top - bottom, self.right - left
        else:
            found = left - self.left, self.top - top, right - self.left, self.top - bottom
        a, b, c, d = (round(one, 1) for one in found)
        return a, b, c, d


def text_of_pdf(original: bytes, name: str) -> Extracted:
    """The text of a PDF. Raises UnreadableDocument where there is none to be had."""
    try:
        document = pypdfium2.PdfDocument(original)
    except pypdfium2.PdfiumError as fault:
        if fault.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise UnreadableDocument(
                name,
                "the PDF is encrypted and opens with a password only",
                "save a copy without a password and read that",
            ) from None
        raise UnreadableDocument(name, f"the PDF is broken ({fault})", _BROKEN) from None
    try:
        if len(document) > MOST_PAGES:
            raise UnreadableDocument(
                name, f"it has more than {MOST_PAGES:,} pages", "cut it into parts"
            )
        with Reader(name) as reader:
            waiting = [_sheet(document, number, reader) for number in range(len(document))]
            sheets = [one if isinstance(one, Sheet) else one.result() for one in waiting]
            engine = reader.engine if any(one.by_machine for one in sheets) else None
    except pypdfium2.PdfiumError as fault:
        raise UnreadableDocument(name, f"the PDF is broken ({fault})", _BROKEN) from None
    finally:
        document.close()
    return text_of_sheets(sheets, PDF, engine)


def _sheet(document: pypdfium2.PdfDocument, number: int, reader: Reader) -> Sheet | Future[Sheet]:
    """A page's words, or a promise of them where a machine has to read its picture."""
    page = document[number]
    try:
        width, height = page.get_size()
        tokens = list(tokens_of(page))
        if sum(len(one.letters) for one in tokens) >= _FEW_LETTERS or not _is_picture(
            page, bare=not tokens
        ):
            return Sheet(width, height, in_reading_order(tokens))
        dots = min(DOTS_AN_INCH, 72 * (MOST_PIXELS / 4 / max(width * height, 1)) ** 0.5)
        picture = page.render(scale=dots / 72, grayscale=True).to_pil()
        return reader.read(picture, dots)
    finally:
        page.close()


def _is_picture(page: pypdfium2.PdfPage, *, bare: bool) -> bool:
    """Whether an image fills most of a page; of one without any words, whether it shows anything."""
    width, height = page.get_size()
    for thing in page.get_objects(max_depth=4):
        if bare:
            return True
        if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = thing.get_bounds()
            if (right - left) * (top - bottom) >= _MOST_OF_A_PAGE * width * height:
                return True
    return False


def tokens_of(page: pypdfium2.PdfPage) -> Iterator[Token]:
    """The words of a page in the order in which it was written."""
    left, bottom, right, top = page.get_cropbox()
    view = _View(left, bottom, right, top, page.get_rotation())
    text = page.get_textpage()
    letters: list[str] = []
    boxes: list[Box] = []
    rectangle = pdfium.FS_RECTF()
    try:
        for at in range(text.count_chars()):
            code = pdfium.FPDFText_GetUnicode(text, at)
            letter = _HYPHENS.get(code) or _LIGATURES.get(chr(code), chr(code))
            if letter.isspace() or not letter.isprintable():
                yield from _word(letters, boxes)
                continue
            if not pdfium.FPDFText_GetLooseCharBox(text, at, ctypes.byref(rectangle)):
                continue
            box = view.seen(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
            if boxes and not _touches(boxes[-1], box):
                yield from _word(letters, boxes)
            letters.append(letter)
            boxes.append(box)
        yield from _word(letters, boxes)
    finally:
        text.close()


def _word(letters: list[str], boxes: list[Box]) -> Iterator[Token]:
    if letters:
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        yield Token("".join(letters), (min(lefts), min(tops), max(rights), max(bottoms)))
        letters.clear()
        boxes.clear()


def _touches(before: Box, after: Box) -> bool:
    """Whether two letters can be of one word: on one line, and near."""
    height = max(before[3] - before[1], after[3] - after[1], 1.0)
    overlap = min(before[3], after[3]) - max(before[1], after[1])
    return overlap > 0.2 * height and abs(after[0] - before[2]) < height
