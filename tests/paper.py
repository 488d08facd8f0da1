"""Paper for the tests: PDFs written by hand, since no writer is needed to test a reader, and scans."""

import io
from collections.abc import Sequence
from typing import NamedTuple

import pypdfium2
from PIL import Image

WIDE, HIGH = 612, 792


class Put(NamedTuple):
    """Words at a place: points from the left and from the top of the page, and their size."""

    x: float
    y: float
    words: str
    size: float = 11


def pdf_of(*pages: str) -> bytes:
    """A PDF with one line of text a page."""
    return paper(*([Put(72, 72, words, 12)] if words else [] for words in pages))


def paper(*pages: Sequence[Put], turned: int = 0) -> bytes:
    """A PDF whose pages carry words at places, each put there by itself."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for i, page in enumerate(pages):
        stream = "\n".join(
            f"BT /F1 {one.size} Tf {one.x} {HIGH - one.y} Td ({_escaped(one.words)}) Tj ET"
            for one in page
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDE} {HIGH}] /Rotate {turned}"
            f" /Contents {5 + 2 * i} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    out = "%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return f"{out}xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")


def _escaped(words: str) -> str:
    return words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def lines(words: Sequence[str], x: float, y: float, size: float = 11) -> list[Put]:
    """Lines under each other."""
    return [Put(x, y + 1.25 * size * n, line, size) for n, line in enumerate(words)]


def pictures(pdf: bytes, dots: int = 200) -> list[Image.Image]:
    """The pages of a PDF as a scanner sees them."""
    document = pypdfium2.PdfDocument(pdf)
    drawn = [page.render(scale=dots / 72, grayscale=True).to_pil() for page in document]
    document.close()
    return drawn


def image_of(pdf: bytes, kind: str, dots: int = 200) -> bytes:
    """The pages of a PDF as an image file (PNG, JPEG, TIFF), or as a PDF of images (PDF)."""
    first, *others = pictures(pdf, dots)
    kept = io.BytesIO()
    if kind in ("TIFF", "PDF"):
        more = {"resolution": dots} if kind == "PDF" else {"dpi": (dots, dots)}
        first.save(kept, kind, save_all=True, append_images=others, **more)
    else:
        first.save(kept, kind, dpi=(dots, dots))
    return kept.getvalue()
