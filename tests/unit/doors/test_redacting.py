"""Nothing that was withheld can be had of a redacted file again, wherever in the old one it lay."""

import base64
import io
import json
import re
import zipfile
import zlib
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader

from agencies import LATER, NOON, Agency, agency
from planted import BODY, DOCUMENTS, PDFS, WITHHELD, document, line, pages_of, pdf
from whoseword.intake.redaction import places_of_words, wanted

GROUND = ("--reason", "a witness", "--authority", "RSMo 610.100.3", "--as", "Ann Lee")


@pytest.fixture
def home(tmp_path: Path) -> Agency:
    return agency(tmp_path, "harrow-police", "records")


def redacted(home: Agency, content: bytes, *options: object, name: str = "in.pdf") -> bytes:
    """The file without the secret."""
    source, out = home.home / name, home.home / f"out-{name}"
    source.write_bytes(content)
    asked = ("redact", source, "--incident", "elm", "--out", out, *GROUND)
    told = home.do(*asked, "--words", WITHHELD, *options, now=NOON)
    assert "Look at every page of it." in told
    return out.read_bytes()


def everything_in(content: bytes) -> bytes:
    """The bytes of a file, each of its streams and parts unpacked, as somebody would look for it."""
    found = [content]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found += [name.encode() + archive.read(name) for name in archive.namelist()]
    for match in re.finditer(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
        try:
            found.append(zlib.decompressobj().decompress(match[1]))
        except zlib.error:
            continue
    return b"\n".join(found)


def traces(content: bytes) -> list[str]:
    """The ways in which a part of the secret can still be found in a file."""
    whole = everything_in(content)
    lowered = whole.lower()
    first, last = WITHHELD.lower().split()
    ways = {
        "plain": first.encode(),
        "its other name": last.encode() + b" ",
        "UTF-16": first.encode("utf-16-be"),
        "UTF-16, the other way": first.encode("utf-16-le"),
        "hexadecimal": first.encode().hex().encode(),
        "base64": base64.b64encode(WITHHELD.encode()).lower()[:12],
    }
    return [way for way, words in ways.items() if words in lowered]


@pytest.mark.parametrize("where", PDFS)
def test_a_pdf_gives_nothing_back_from_wherever_it_held_the_words(home: Agency, where: str) -> None:
    content = PDFS[where]()
    made = redacted(home, content)
    assert traces(made) == []
    assert WITHHELD.lower() not in pages_of(made).lower()
    assert "Zenobia" not in json.dumps({k: str(v) for k, v in (PdfReader(io.BytesIO(made)).metadata or {}).items()})  # fmt: skip
    assert "The report was written by the sergeant" in " ".join(pages_of(made).split())


@pytest.mark.parametrize("where", DOCUMENTS)
def test_a_word_document_gives_nothing_back_from_wherever_it_held_the_words(
    home: Agency, where: str
) -> None:
    made = redacted(home, DOCUMENTS[where](), name="in.docx")
    assert traces(made) == []
    told = [one.text for one in Document(io.BytesIO(made)).paragraphs]
    assert told[:2] == [BODY, "It names █████ as a witness."]
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert sorted(archive.namelist()) == [
            "[Content_Types].xml",
            "_rels/.rels",
            "word/document.xml",
        ]


@pytest.mark.parametrize(
    "words",
    ["ZENOBIA QUILL", "Zenobia\\nQuill", "Zeno-bia Quill", "Zenobia Quill's", "(Zenobia Quill)"],
)
def test_the_words_are_found_however_they_are_written(home: Agency, words: str) -> None:
    text = words.replace("\\n", ") Tj 0 -20 Td (")
    made = redacted(home, pdf(line(text.replace("(Zen", "\\(Zen").replace("Quill)", "Quill\\)") if words.startswith("(") else text, 600)))  # fmt: skip
    assert traces(made) == []


def test_no_reason_no_file(home: Agency) -> None:
    source, out = home.home / "in.pdf", home.home / "out.pdf"
    source.write_bytes(pdf())
    for missing in range(0, len(GROUND), 2):
        given = GROUND[:missing] + GROUND[missing + 2 :]
        done = home.run(
            "redact", source, "--incident", "elm", "--out", out, "--words", WITHHELD, *given
        )
        assert done.exit_code == 2
    blank = [part if part != "a witness" else "  " for part in GROUND]
    assert home.run("redact", source, "--incident", "elm", "--out", out, "--words", WITHHELD, *blank).exit_code == 2  # fmt: skip
    assert not out.exists()


def test_what_was_withheld_is_a_statement_of_whoever_decided_and_names_no_word_of_it(
    home: Agency,
) -> None:
    redacted(home, pdf(), "--review", "2031-09-01")
    told = json.loads(home.do("account", "elm", "--json", now=LATER))
    [one] = told["statements"].values()
    assert one["speaker"]["name"] == "Ann Lee"
    fact = one["fact"]
    assert (fact["reason"], fact["authority"], fact["review"]) == ("a witness", "RSMo 610.100.3", "2031-09-01")  # fmt: skip
    assert WITHHELD not in json.dumps(told)


def test_words_that_are_not_there_make_no_file(home: Agency) -> None:
    source, out = home.home / "in.pdf", home.home / "out.pdf"
    source.write_bytes(pdf())
    told = home.refused("redact", source, "--incident", "elm", "--out", out, *GROUND, "--words", "Somebody Else")  # fmt: skip
    assert "nothing of what is to go stands in in.pdf" in told
    assert not out.exists()


def test_a_passage_that_stands_within_many_words_is_refused(home: Agency) -> None:
    source, out = home.home / "in.pdf", home.home / "out.pdf"
    source.write_bytes(pdf())
    told = home.refused(
        "redact", source, "--incident", "elm", "--out", out, *GROUND, "--words", "a."
    )
    assert "type more of it" in told


def test_a_place_can_be_named_where_no_machine_reads_a_word(home: Agency) -> None:
    source, out = home.home / "in.pdf", home.home / "out.pdf"
    source.write_bytes(pdf())
    asked = ("redact", source, "--incident", "elm", "--out", out, *GROUND)
    home.do(*asked, "--box", "1:60,80,560,110", now=NOON)
    assert "sergeant" not in pages_of(out.read_bytes())
    assert "as a witness" in " ".join(pages_of(out.read_bytes()).split())
    assert home.run(*asked, "--box", "1:9,9,3,3").exit_code == 2


def test_the_new_file_is_tagged_and_says_how_many_places_went(home: Agency) -> None:
    catalog = PdfReader(io.BytesIO(redacted(home, pdf()))).trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "en"


@pytest.mark.parametrize(
    "content",
    [b"no file at all", b"%PDF-1.7 broken", b"PK\x03\x04 broken", b""],
)
def test_what_cannot_be_opened_is_told_and_makes_no_file(home: Agency, content: bytes) -> None:
    source, out = home.home / "in.bin", home.home / "out.bin"
    source.write_bytes(content)
    told = home.refused(
        "redact", source, "--incident", "elm", "--out", out, *GROUND, "--words", WITHHELD
    )
    assert "in.bin" in told
    assert not out.exists()


def test_the_search_itself_finds_what_is_left(home: Agency) -> None:
    """The check cannot pass by not looking: each planted file is found out as it stands."""
    gone = wanted([WITHHELD])
    missed = {
        where for where, make in PDFS.items()
        if where != "a scan" and not places_of_words(make(), gone)
    }  # fmt: skip
    assert missed == set()
    unseen = {where for where, make in DOCUMENTS.items() if not places_of_words(make(), gone)}
    assert unseen == set()
    assert places_of_words(document().replace(b"PK", b"PK"), gone)
