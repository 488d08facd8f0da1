"""Files with a secret planted wherever a file can hold words: what a redaction has to leave behind.

``WITHHELD`` is an invented name. Each maker gives the whole file with the secret in one kind of place beside
the body's own words.
"""

import base64
import io
import zipfile
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Text
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

WITHHELD = "Zenobia Quill"
BODY = "The report was written by the sergeant on Friday."
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _page(writer: PdfWriter, content: str) -> None:
    """A page of letter size with a content stream of its own, in Helvetica."""
    page = writer.add_blank_page(612, 792)
    font = DictionaryObject({
        NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
    })  # fmt: skip
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
    )
    stream = DecodedStreamObject()
    stream.set_data(content.encode("latin-1"))
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())


def line(words: str, y: int = 700, before: str = "") -> str:
    """A line of text in a content stream."""
    return f"{before} BT /F1 14 Tf 72 {y} Td ({words}) Tj ET "


def _written(writer: PdfWriter) -> bytes:
    found = io.BytesIO()
    writer.write(found)
    return found.getvalue()


def pdf(extra: str = "", change: Callable[[PdfWriter], object] = lambda _: None) -> bytes:
    """A PDF whose body names the secret once, with more in its content or its structure."""
    writer = PdfWriter()
    _page(writer, line(BODY) + line(f"It names {WITHHELD} as a witness.", 660) + extra)
    change(writer)
    return _written(writer)


def _metadata(writer: PdfWriter) -> None:
    writer.add_metadata({"/Author": WITHHELD, "/Title": WITHHELD, "/Custom": WITHHELD})


def _xmp(writer: PdfWriter) -> None:
    stream = DecodedStreamObject()
    stream.set_data(f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{WITHHELD}</x:xmpmeta>".encode())
    writer._root_object[NameObject("/Metadata")] = writer._add_object(stream)


def _comment(writer: PdfWriter) -> None:
    writer.add_annotation(0, Text(rect=(50, 550, 200, 650), text=WITHHELD, open=True))


def _stamp(writer: PdfWriter) -> None:
    writer.add_annotation(0, FreeText(text=WITHHELD, rect=(50, 450, 300, 500), font_size="14pt"))


def _field(writer: PdfWriter) -> None:
    field = DictionaryObject({
        NameObject("/FT"): NameObject("/Tx"), NameObject("/T"): TextStringObject("witness"),
        NameObject("/V"): TextStringObject(WITHHELD), NameObject("/Subtype"): NameObject("/Widget"),
        NameObject("/Rect"): ArrayObject([]),
    })  # fmt: skip
    form = DictionaryObject({NameObject("/Fields"): ArrayObject([writer._add_object(field)])})
    writer._root_object[NameObject("/AcroForm")] = writer._add_object(form)


def _attachment(writer: PdfWriter) -> None:
    writer.add_attachment(filename="notes.txt", data=f"Call {WITHHELD} back.".encode())


def _outline(writer: PdfWriter) -> None:
    writer.add_outline_item(title=WITHHELD, page_number=0)


def _script(writer: PdfWriter) -> None:
    action = DictionaryObject({
        NameObject("/S"): NameObject("/JavaScript"),
        NameObject("/JS"): TextStringObject(f"app.alert('{WITHHELD}')"),
    })  # fmt: skip
    writer._root_object[NameObject("/OpenAction")] = writer._add_object(action)


def _alternate(writer: PdfWriter) -> None:
    """Alternate and actual text in a tree of tags."""
    tag = DictionaryObject({
        NameObject("/S"): NameObject("/Figure"), NameObject("/Alt"): TextStringObject(WITHHELD),
        NameObject("/ActualText"): TextStringObject(WITHHELD),
    })  # fmt: skip
    root = DictionaryObject({NameObject("/K"): ArrayObject([writer._add_object(tag)])})
    writer._root_object[NameObject("/StructTreeRoot")] = writer._add_object(root)


def _layer(writer: PdfWriter) -> None:
    """The name of a hidden layer."""
    group = DictionaryObject({
        NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject(WITHHELD),
    })  # fmt: skip
    group_ref = writer._add_object(group)
    writer._root_object[NameObject("/OCProperties")] = DictionaryObject({
        NameObject("/OCGs"): ArrayObject([group_ref]),
        NameObject("/D"): DictionaryObject({NameObject("/OFF"): ArrayObject([group_ref])}),
    })  # fmt: skip


def _earlier(content: bytes) -> bytes:
    """A later revision appended to a file, whose earlier one still names the secret."""
    writer = PdfWriter(io.BytesIO(content), incremental=True)
    writer.add_metadata({"/Title": "Second version"})
    return _written(writer)


def scan() -> bytes:
    """A page that is a picture of the words alone."""
    picture = Image.new("RGB", (1700, 2200), "white")
    brush, font = ImageDraw.Draw(picture), ImageFont.truetype(FONT, 44)
    brush.text((200, 300), BODY, "black", font)
    brush.text((200, 420), f"It names {WITHHELD} as a witness.", "black", font)
    found = io.BytesIO()
    picture.save(found, "PDF", resolution=200, title=WITHHELD)
    return found.getvalue()


PDFS: dict[str, Callable[[], bytes]] = {
    "the body": pdf,
    "under a black rectangle": lambda: pdf(line(WITHHELD, 600) + " 0 0 0 rg 70 590 200 20 re f "),
    "white on white": lambda: pdf(line(WITHHELD, 560, "1 1 1 rg")),
    "in letters of no size": lambda: pdf(f" BT /F1 0.01 Tf 72 540 Td ({WITHHELD}) Tj ET "),
    "invisible letters": lambda: pdf(f" BT 3 Tr /F1 14 Tf 72 520 Td ({WITHHELD}) Tj ET "),
    "beyond the page": lambda: pdf(f" BT /F1 14 Tf 900 900 Td ({WITHHELD}) Tj ET "),
    "the metadata": lambda: pdf(change=_metadata),
    "XMP": lambda: pdf(change=_xmp),
    "a comment": lambda: pdf(change=_comment),
    "a stamp": lambda: pdf(change=_stamp),
    "a field of a form": lambda: pdf(change=_field),
    "an attachment": lambda: pdf(change=_attachment),
    "the outline": lambda: pdf(change=_outline),
    "a script": lambda: pdf(change=_script),
    "alternate text": lambda: pdf(change=_alternate),
    "a hidden layer": lambda: pdf(change=_layer),
    "an earlier revision": lambda: _earlier(pdf()),
    "a scan": scan,
}


def _run(words: str, look: str = "") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t xml:space='preserve'>{words}</w:t></w:r>"


def document(body: str = "", parts: dict[str, str] | None = None) -> bytes:
    """A Word document whose body names the secret once, with more in its body or in other parts."""
    told = f"<w:p>{_run(BODY)}</w:p><w:p>{_run('It names ')}{_run(WITHHELD)}{_run(' as a witness.')}</w:p>"
    files = {
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
        "word/document.xml": f"<w:document xmlns:w='{_W}'><w:body>{told}{body}</w:body></w:document>",
        **(parts or {}),
    }
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return found.getvalue()


_HERE = _run(WITHHELD)
_WHITE = "<w:color w:val='FFFFFF'/>"
DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "the body": document,
    "a table": lambda: document(f"<w:tbl><w:tr><w:tc><w:p>{_HERE}</w:p></w:tc></w:tr></w:tbl>"),
    "a tracked deletion": lambda: document(f"<w:p><w:del><w:r><w:delText>{WITHHELD}</w:delText></w:r></w:del></w:p>"),
    "a tracked insertion": lambda: document(f"<w:p><w:ins>{_HERE}</w:ins></w:p>"),
    "a hidden run": lambda: document(f"<w:p>{_run(WITHHELD, '<w:vanish/>')}</w:p>"),
    "a white run": lambda: document(f"<w:p>{_run(WITHHELD, _WHITE)}</w:p>"),
    "a field": lambda: document(f"<w:p><w:r><w:instrText>AUTHOR {WITHHELD}</w:instrText></w:r></w:p>"),
    "a text box": lambda: document(f"<w:p><w:r><w:pict><w:txbxContent><w:p>{_HERE}</w:p></w:txbxContent></w:pict></w:r></w:p>"),
    "the properties": lambda: document(parts={"docProps/core.xml": WITHHELD, "docProps/app.xml": WITHHELD, "docProps/custom.xml": WITHHELD}),
    "comments": lambda: document(parts={"word/comments.xml": WITHHELD}),
    "header and footer": lambda: document(parts={"word/header1.xml": WITHHELD, "word/footer1.xml": WITHHELD}),
    "footnotes": lambda: document(parts={"word/footnotes.xml": WITHHELD}),
    "custom XML": lambda: document(parts={"customXml/item1.xml": WITHHELD}),
    "the thumbnail": lambda: document(parts={"docProps/thumbnail.jpeg": WITHHELD}),
    "an embedded file": lambda: document(parts={"word/embeddings/notes.txt": WITHHELD}),
    "settings in base64": lambda: document(parts={"word/settings.xml": base64.b64encode(WITHHELD.encode()).decode()}),
    "people": lambda: document(parts={"word/people.xml": WITHHELD}),
}  # fmt: skip


def pages_of(content: bytes) -> str:
    """The words of a PDF as a reader of PDFs gives them."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
