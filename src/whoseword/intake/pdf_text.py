"""The text layer of a PDF (ISO 32000), page by page, in the order in which pypdf finds it."""

import io

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError, PyPdfError

from whoseword.intake.unreadable import UnreadableDocument


def pages_of_pdf(original: bytes, name: str) -> list[str]:
    """The text of each page. Raises UnreadableDocument where there is none to be had."""
    try:
        reader = PdfReader(io.BytesIO(original))
        if reader.is_encrypted and not _opens_without_password(reader):
            raise UnreadableDocument(
                name, "the PDF is encrypted", "save a copy without a password and read that"
            )
        pages = [page.extract_text() for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise UnreadableDocument(
            name, f"the PDF is broken ({fault})", "open it, and print it to a new PDF"
        ) from fault
    if not any(page.strip() for page in pages):
        raise UnreadableDocument(
            name,
            "the PDF has no text layer: a scan; needs OCR, which this version does not do",
            "run it through an OCR program and read the result",
        )
    return pages


def _opens_without_password(reader: PdfReader) -> bool:
    """Many agencies lock a PDF against changes only; such a one opens with an empty password."""
    try:
        return reader.decrypt("") != PasswordType.NOT_DECRYPTED
    except (DependencyError, NotImplementedError):
        return False
