"""What a machine reads from a picture says so, with its place and how sure it is of each word."""

import io
import json

import pytest
from PIL import Image

from at_the_desk import whoseword
from paper import Put, image_of, lines, paper
from whoseword.intake import UnreadableDocument, keep_document, scans
from whoseword.intake.reading import read_document

WORDS = [
    "The sheriff said on Monday that a deputy fired two times into the door.",
    "She could not say who hurt the boy. Nobody was arrested at the scene.",
]
PAGE = [Put(72, 80, "ELM COUNTY SHERIFF", 16), *lines(WORDS, 72, 130, 12)]
BLURRED = "The boy died of a fall."


@pytest.fixture(scope="module")
def scanned() -> bytes:
    return image_of(
        paper(PAGE, lines(["The coroner ruled that the boy died of a fall."], 72, 200)), "PDF"
    )


def test_a_scanned_pdf_is_read_with_page_box_and_confidence(scanned):
    document = keep_document(scanned, "scan.pdf")
    assert document.form.scan.pages == (1, 2)
    assert document.form.scan.engine.startswith("tesseract ")
    reading = read_document(document, "pier-lane-2031", "desk/incident")
    ruled = next(one.statement for one in reading.drafts if "died" in one.statement.source.quote)
    assert ruled.source.page == 2
    left, top, right, bottom = ruled.source.box
    assert 72 <= left < right < 400
    assert 180 < top < 200 < bottom < 215
    seen = ruled.extra["x_ocr"]
    assert 0 < seen["lowest"] <= seen["mean"] <= 100
    assert seen["words"] == len(ruled.source.quote.split())
    assert seen["engine"] == document.form.scan.engine
    held = "".join("".join(document.text[slice(*s.span)].split()) for s in reading.sentences)
    assert held == "".join(document.text.split())


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_an_image_is_read_and_its_places_are_points_of_the_page(kind):
    document = keep_document(image_of(paper(PAGE), kind), f"scan.{kind.lower()}")
    assert document.media_type == f"image/{kind.lower()}"
    flat = " ".join(document.text.split())
    assert "a deputy fired two times into the door." in flat
    written = keep_document(paper(PAGE), "written.pdf")
    boxes = [
        one.form.box_of(one.text.index("fired"), one.text.index("fired") + 5)
        for one in (written, document)
    ]
    assert boxes[1] == pytest.approx(boxes[0], abs=4)


def test_every_page_of_a_tiff_is_read():
    document = keep_document(image_of(paper(PAGE, PAGE), "TIFF"), "scan.tif")
    assert len(document.pages) == 2
    assert document.text.count("fired two times") == 2


def test_a_scan_of_a_sheet_that_lay_sideways_is_read():
    first = Image.open(io.BytesIO(image_of(paper(PAGE), "PNG")))
    kept = io.BytesIO()
    first.rotate(90, expand=True).save(kept, "PNG", dpi=(200, 200))
    text = keep_document(kept.getvalue(), "scan.png").text
    assert "fired two times into the door." in " ".join(text.split())


def test_pages_of_words_and_pages_of_pictures_stand_in_one_document(scanned):
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    for source in (paper(PAGE), scanned):
        for page in PdfReader(io.BytesIO(source)).pages:
            writer.add_page(page)
    kept = io.BytesIO()
    writer.write(kept)
    document = keep_document(kept.getvalue(), "case.pdf")
    assert document.form.scan.pages == (2, 3)
    reading = read_document(document, "pier-lane-2031", "desk/incident")
    by_page = {one.statement.source.page: "x_ocr" in one.statement.extra for one in reading.drafts}
    assert by_page == {1: False, 2: True, 3: True}


def test_without_the_program_a_scan_says_what_to_install(scanned, monkeypatch):
    monkeypatch.setattr(scans, "engine", lambda: "")
    with pytest.raises(UnreadableDocument, match=r"apt-get install tesseract-ocr"):
        keep_document(scanned, "scan.pdf")


@pytest.mark.parametrize(
    ("original", "name", "problem"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "a.png", "broken"),
        (image_of(paper(PAGE), "JPEG")[:2000], "a.jpg", "broken"),
        (image_of(paper([]), "PNG"), "blank.png", "no text"),
    ],
)
def test_what_is_no_image_or_shows_nothing_says_so(original, name, problem):
    with pytest.raises(UnreadableDocument, match=problem):
        keep_document(original, name)


def test_an_image_that_unpacks_to_more_than_a_sheet_is_refused_before_that():
    kept = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(kept, "PNG")
    assert len(kept.getvalue()) < 1_000_000
    with pytest.raises(UnreadableDocument, match="million pixels"):
        keep_document(kept.getvalue(), "bomb.png")


def test_read_tells_how_sure_the_machine_is(tmp_path, scanned):
    file = tmp_path / "scan.pdf"
    file.write_bytes(scanned)
    done = whoseword(tmp_path, "read", str(file), "--incident", "elm")
    assert done.exit_code == 0, done.stderr
    assert "read by machine from an image (tesseract" in done.stdout
    assert "page 1, page 2" in done.stdout
    assert "lowest confidence of a word" in done.stdout
    waiting = whoseword(tmp_path, "drafts", "--incident", "elm", "--json")
    assert all("x_ocr" in json.loads(line) for line in waiting.stdout.splitlines())
