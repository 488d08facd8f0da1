"""A page is read as one reads it: columns, broken words, running heads; every place is kept."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from paper import Put, lines, paper
from whoseword.intake import KeptDocument, Reading, Silence, keep_document
from whoseword.intake.hyphens import Joiner
from whoseword.intake.reading import read_document

LEFT = [
    "The sheriff said on Monday that a",
    "deputy fired two times into the door",
    "of the flat. She could not say who",
    "hurt the boy, and she did not con-",
    "firm whether a knife was found at the",
    "scene. The neighbor saw a man in",
]
RIGHT = [
    "handcuffs by the stairs. The coroner",
    "ruled that the boy died of a fall. A",
    "clinic worker knocked twice that day",
    "and nobody answered the door. Nobody",
    "was arrested at the scene, the sheriff",
    "said later on that same evening.",
]


def read(document: KeptDocument) -> Reading:
    """The reading, in which every span is verbatim and every character accounted for."""
    reading = read_document(document, "pier-lane-2031", "desk/incident")
    held = "".join("".join(document.text[slice(*one.span)].split()) for one in reading.sentences)
    assert held == "".join(document.text.split())
    for one in reading.drafts:
        source = one.statement.source
        assert document.text[source.start : source.end] == source.quote
        assert source.page is not None
        assert source.box is not None
    return reading


def test_columns_are_read_one_after_the_other_under_their_common_head():
    page = [
        Put(180, 80, "Two shots at Pier Lane", 18),
        *lines(LEFT, 72, 130),
        *lines(RIGHT, 320, 130),
        Put(
            72, 300, "Call the tip line of Elm County with what you know about this, day or night."
        ),
    ]
    document = keep_document(paper(page), "story.pdf")
    flat = " ".join(document.text.split())
    assert flat.startswith("Two shots at Pier Lane The sheriff said on Monday that a deputy fired")
    assert "saw a man in handcuffs by the stairs." in flat
    assert flat.endswith(
        "evening. Call the tip line of Elm County with what you know about this, day or night."
    )
    read(document)


def test_columns_that_were_written_line_by_line_across_the_page_are_told_apart():
    page = [
        put
        for pair in zip(lines(LEFT, 72, 130), lines(RIGHT, 320, 134), strict=True)
        for put in pair
    ]
    document = keep_document(paper(page), "story.pdf")
    assert "saw a man in handcuffs by the stairs." in " ".join(document.text.split())


def test_a_table_is_read_across():
    rows = [("Item", "Found by", "Where"), ("Knife", "Officer 4", "kitchen"),
            ("Casing", "Officer 2", "stairs"), ("Phone", "Officer 4", "hall")]  # fmt: skip
    page = [
        Put(72 + 150 * column, 100 + 16 * row, cell)
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
    ]
    kept = keep_document(paper(page), "table.pdf").text.splitlines()
    assert [line.split("\t") for line in kept if line] == [list(row) for row in rows]


def test_a_broken_word_is_whole_in_the_text_and_each_half_keeps_its_place():
    document = keep_document(paper(lines(LEFT, 72, 130)), "a.pdf")
    assert "did not confirm whether" in document.text
    start = document.text.index("confirm")
    halves = document.form.words_in(start, start + len("confirm"))
    assert [document.text[one.start : one.end] for one in halves] == ["con", "firm"]
    assert halves[0].box[1] < halves[1].box[1]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("investi-", "gation.", "investigation."),
        ("arrest-", "ed", "arrested"),
        ("mental-", "health", "mental-health"),
        ("co-", "response", "co-response"),
        ("Linds-", "kvist", "Lindskvist"),
        ("30-", "day", None),
        ("Elm-", "Falls", None),
        ("—", "he", None),
    ],
)
def test_broken_words_are_joined_as_the_document_and_english_write_them(first, second, whole):
    assert Joiner(["the", "co-response", "team"]).joined(first, second) == whole


@given(st.text(min_size=1), st.text(min_size=1))
def test_joining_loses_no_letter(first, second):
    whole = Joiner([]).joined(first, second)
    if whole is not None:
        assert whole.replace("-", "").replace("\u00ad", "").replace("\u2010", "") == (
            first[:-1] + second
        ).replace("-", "").replace("\u00ad", "").replace("\u2010", "")


def test_running_heads_and_page_numbers_are_labels_and_stand_in_no_sentence():
    bodies = [
        ["The sheriff said on Monday that a deputy fired two times into the door of the"],
        ["flat on Pier Lane. She could not say who hurt the boy, and nobody was arrested"],
        ["at the scene, she said. The coroner ruled that the boy died of a fall at home."],
    ]
    pages = [
        [
            Put(72, 40, "ELM COUNTY SHERIFF'S OFFICE", 10),
            Put(400, 40, f"Case 31-{117}", 10),
            *lines(body, 72, 120),
            Put(280, 760, f"Page {number} of 3", 9),
        ]
        for number, body in enumerate(bodies, start=1)
    ]
    document = keep_document(paper(*pages), "report.pdf")
    reading = read(document)
    flat = " ".join(document.text.split())
    assert flat.startswith("ELM COUNTY SHERIFF'S OFFICE")
    body = flat[: flat.index("Page 1 of 3")]
    assert body.count("ELM COUNTY SHERIFF'S OFFICE") == 1
    assert "into the door of the flat on Pier Lane." in body
    told = {document.text[slice(*one.span)]: one.why for one in reading.sentences}
    for number in (1, 2, 3):
        assert told[f"Page {number} of 3"] is Silence.LABEL


def test_a_sentence_goes_on_overleaf_and_begins_on_its_own_page():
    pages = [
        [Put(72, 40, "Report 12", 9), *lines(LEFT, 72, 640), Put(300, 770, "- 1 -", 9)],
        [
            Put(72, 40, "Report 12", 9),
            *lines([RIGHT[0], *RIGHT[1:]], 72, 100),
            Put(300, 770, "- 2 -", 9),
        ],
    ]
    document = keep_document(paper(*pages), "report.pdf")
    assert "The neighbor saw a man in handcuffs by the stairs." in " ".join(document.text.split())
    reading = read(document)
    saw = next(
        one.statement.source for one in reading.drafts if "handcuffs" in one.statement.source.quote
    )
    assert saw.page == 1
    ruled = next(
        one.statement.source for one in reading.drafts if "died" in one.statement.source.quote
    )
    assert ruled.page == 2
    assert document.page_at(ruled.start) == 2


def test_the_box_of_a_span_is_around_its_words_as_one_sees_the_page():
    words = [Put(100, 200, "The boy died.", 20)]
    for turned, box in ((0, (100, 184, 222, 204)), (90, (588, 100, 608, 222))):
        document = keep_document(paper(words, turned=turned), "a.pdf")
        found = document.form.box_of(0, len(document.text))
        assert found == pytest.approx(box, abs=6), turned


def test_a_pdf_that_is_locked_against_changes_alone_is_read():
    writer = PdfWriter(PdfReader(io.BytesIO(paper([Put(72, 72, "The boy died.")]))))
    writer.encrypt("", "owner", algorithm="AES-256")
    kept = io.BytesIO()
    writer.write(kept)
    assert keep_document(kept.getvalue(), "a.pdf").text.strip() == "The boy died."


def test_a_page_of_nothing_but_letters_costs_little():
    page = [Put(20 + (n % 60) * 9, 20 + (n // 60) * 9, "x", 8) for n in range(4800)]
    assert keep_document(paper(page), "noise.pdf").text.count("x") == 4800
