"""A PDF as pictures of its pages with the places black, and the words that are left in those pictures.

What lies under the picture of a page goes nowhere: the words beside it are read by machine from the
picture after it was made, so they hold what anybody can see and nothing else. Comments and the fields of
forms are not drawn, since they may hold what the page does not show.
"""

import io
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import pypdfium2
from PIL import Image, ImageDraw

from whoseword.intake.form import Box
from whoseword.intake.limits import MOST_PAGES
from whoseword.intake.pdf_text import tokens_of
from whoseword.intake.redaction.wanted import NotRedacted, Wanted
from whoseword.intake.scans import Reader
from whoseword.intake.sheets import Sheet, Token

_DOTS: Final = 200
"""Dots an inch of a page's picture: letters stay sharp, and a page stays under a megabyte."""


class Page(NamedTuple):
    """A page as it goes out: its picture (PNG), its size in points, its words, how many places went."""

    picture: bytes
    width: float
    height: float
    words: str
    removed: int


def redacted_pages(
    original: bytes, name: str, gone: Wanted, boxes: Sequence[tuple[int, Box]] = ()
) -> list[Page]:
    """The pages of a PDF without some passages and places.

    ``boxes`` are places by the number of their page, from 1, in points from its upper left corner as
    one sees it. Raises ``NotRedacted`` where nothing was found, or where words of it can still be read.
    """
    try:
        document = pypdfium2.PdfDocument(original)
    except pypdfium2.PdfiumError as fault:
        raise NotRedacted(f"{name} cannot be opened ({fault}); save it as a plain PDF") from None
    try:
        if len(document) > MOST_PAGES:
            raise NotRedacted(f"{name} has more than {MOST_PAGES:,} pages; cut it into parts")
        with Reader(name) as reader:
            pages = list(_pages(document, name, (gone, boxes), reader))
    finally:
        document.close()
    if not any(one.removed for one in pages):
        raise NotRedacted(
            f"nothing of what is to go stands in {name}; look at its words, or name a box"
        )
    return pages


def _pages(
    document: pypdfium2.PdfDocument,
    name: str,
    asked: tuple[Wanted, Sequence[tuple[int, Box]]],
    reader: Reader,
) -> Iterator[Page]:
    gone, boxes = asked
    for number in range(len(document)):
        page = document[number]
        try:
            width, height = page.get_size()
            drawn = page.render(
                scale=_DOTS / 72, may_draw_forms=False, draw_annots=False
            ).to_pil().convert("RGB")  # fmt: skip
            places = gone.boxes(list(tokens_of(page)))
        finally:
            page.close()
        # What stands in a picture on the page has no letters but those that a machine sees.
        places += gone.boxes(_words(reader, drawn))
        places += [box for at, box in boxes if at == number + 1]
        _black(drawn, places)
        left = _words(reader, drawn)
        text = " ".join(one.letters for one in left)
        if gone.stand_in(text):
            raise NotRedacted(
                f"page {number + 1} of {name} still shows words that are to go; name their place with "
                "--box PAGE:LEFT,TOP,RIGHT,BOTTOM"
            )
        written = io.BytesIO()
        drawn.save(written, "PNG")
        yield Page(written.getvalue(), width, height, text, len(places))


def _words(reader: Reader, picture: Image.Image) -> list[Token]:
    sheet: Sheet = reader.read(picture.convert("L"), _DOTS).result()
    return [one for line in sheet.lines for one in line.tokens]


def _black(picture: Image.Image, places: Sequence[Box]) -> None:
    brush, scale = ImageDraw.Draw(picture), _DOTS / 72
    for left, top, right, bottom in places:
        brush.rectangle((left * scale, top * scale, right * scale, bottom * scale), fill="black")
