"""The same bytes give the same text, nothing shown is lost, and what cannot be read says why."""

import hashlib
import io

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter

from paper import pdf_of
from whoseword.intake import UnreadableDocument, keep_document

_PAGE = b"<html><head><title>t</title><style>p{}</style></head><body>%s</body></html>"


def docx_of(build) -> bytes:
    document = Document()
    build(document)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def test_text_is_kept_under_the_hash_of_its_original_bytes():
    original = b"\xef\xbb\xbfOne line.\r\nAnother.\rA third.\n"
    kept = keep_document(original, "note.txt")
    assert kept.text == "One line.\nAnother.\nA third.\n"
    assert kept.sha256 == hashlib.sha256(original).hexdigest()
    assert kept.bytes == original
    assert kept.media_type == "text/plain"
    assert kept.pages == ()
    assert kept.page_at(3) is None


def test_text_that_is_not_utf8_says_in_which_character_set_it_was_read():
    kept = keep_document("The chief\u2019s word".encode("cp1252"), "note.txt")
    assert kept.text == "The chief\u2019s word"
    assert kept.media_type == "text/plain; charset=windows-1252"


def test_html_keeps_what_is_shown_and_drops_what_is_not():
    body = (
        b"<h1>Shots &amp; silence</h1><script>var hidden = 1;</script><p>The chief<b> said</b>\n"
        b" nothing.<br>Later&nbsp;he did.</p><!-- note --><ul><li>One<li>Two</ul>"
        b"<table><tr><td>Call</td><td>24-17</td></tr></table>tail"
    )
    lines = [x for x in keep_document(_PAGE % body, "story.html").text.split("\n") if x]
    assert lines == [
        "Shots & silence",
        "The chief said nothing.",
        "Later\u00a0he did.",
        "One",
        "Two",
        "Call\t24-17",
        "tail",
    ]


def test_html_is_read_in_the_character_set_that_it_declares():
    page = b'<html><head><meta charset="iso-8859-2"></head><body><p>\xb1</p></body></html>'
    assert keep_document(page, "story.html").text.strip() == "\u0105"


@given(st.lists(st.text("abc <>&\u00e9\u2019\n", min_size=1), min_size=1, max_size=5))
def test_no_visible_word_of_html_is_lost(paragraphs):
    def escaped(words: str) -> str:
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    markup = "".join(f"<div><p>{escaped(words)}</p></div>" for words in [*paragraphs, "end"])
    shown = keep_document(f"<html><body>{markup}".encode(), "x.html").text
    assert "".join(shown.split()) == "".join("".join([*paragraphs, "end"]).split())


def test_a_pdf_knows_on_which_page_words_stand():
    kept = keep_document(pdf_of("First page.", "Second page."), "letter.pdf")
    assert len(kept.pages) == 2
    assert kept.pages[0] == 0
    assert kept.text[kept.pages[1] :].startswith("Second page.")
    assert kept.page_at(kept.text.index("First")) == 1
    assert kept.page_at(kept.text.index("Second")) == 2


def test_a_pdf_page_without_text_is_told():
    kept = keep_document(pdf_of("First page.", ""), "letter.pdf")
    assert kept.pages_without_text == (2,)


def test_a_docx_gives_paragraphs_and_cells_in_order():
    def build(document):
        document.sections[0].header.paragraphs[0].text = "OFFICE OF THE PROSECUTOR"
        document.add_paragraph("Before the table.")
        table = document.add_table(rows=1, cols=2)
        table.cell(0, 0).text = "Item"
        table.cell(0, 1).text = "Knife"
        document.add_paragraph("After it.")

    lines = [x for x in keep_document(docx_of(build), "l.docx").text.split("\n") if x]
    assert lines == ["OFFICE OF THE PROSECUTOR", "Before the table.", "Item\tKnife", "After it."]


def test_a_docx_keeps_inserted_words_and_leaves_deleted_ones():
    def build(document):
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        document.element.body.insert(
            0,
            parse_xml(
                f"<w:p {nsdecls('w')}><w:r><w:t>He </w:t></w:r>"
                '<w:del w:id="1" w:author="a"><w:r><w:delText>ran</w:delText></w:r></w:del>'
                '<w:ins w:id="2" w:author="a"><w:r><w:t>walked</w:t></w:r></w:ins></w:p>'
            ),
        )

    assert keep_document(docx_of(build), "l.docx").text.split("\n")[0] == "He walked"


def test_the_same_bytes_give_the_same_text_twice():
    for original, name in [(pdf_of("A page."), "a.pdf"), (_PAGE % b"<p>x", "a.html")]:
        assert keep_document(original, name) == keep_document(original, name)


def _encrypted() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("original", "name", "problem"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\n", "a.txt", "no text"),
        (b"GIF89a", "a.gif", ".gif files are not read"),
        (b"words\x00\x01", "a.txt", "not text"),
        (b"hello", "a.pdf", "is no PDF"),
        (b"%PDF-1.4\nrubbish", "a.pdf", "broken"),
        (pdf_of("", ""), "a.pdf", "no text in it"),
        (_encrypted(), "a.pdf", "encrypted"),
        (b"PK\x03\x04rubbish", "a.docx", "broken"),
        (b"hello", "a.docx", "no Word document"),
    ],
)
def test_what_cannot_be_read_says_which_file_why_and_what_to_do(original, name, problem):
    with pytest.raises(UnreadableDocument) as fault:
        keep_document(original, name)
    message = str(fault.value)
    assert message.startswith(f"{name}: ")
    assert problem in message
    assert fault.value.remedy
