"""What cannot be read costs little, and says what is wrong, where, and what to do."""

import io
import time
import tracemalloc
import zipfile

import pytest
from docx import Document

from whoseword.intake import UnreadableDocument, keep_document
from whoseword.intake.limits import LARGEST_FILE, MOST_CHARACTERS, refuse_too_large


def told(original: bytes, name: str) -> str:
    """The message, with a check that the way to it was short."""
    began = time.process_time()
    with pytest.raises(UnreadableDocument) as fault:
        keep_document(original, name)
    assert time.process_time() - began < 20
    assert str(fault.value).startswith(f"{name}: ")
    assert fault.value.remedy
    return str(fault.value)


def test_two_hundred_megabytes_of_text_are_refused_by_their_size_alone():
    with pytest.raises(UnreadableDocument) as fault:
        refuse_too_large(200 * 1024 * 1024, b"Call 24-117 ", "log.txt")
    assert str(fault.value) == (
        f"log.txt: it holds 200 MiB, and a text may hold {4 * MOST_CHARACTERS // 2**20} MiB; "
        "cut it into parts and read those"
    )
    # A name that ends otherwise makes it no smaller.
    with pytest.raises(UnreadableDocument, match="may hold"):
        refuse_too_large(200 * 1024 * 1024, b"<html>", "log.docx")


def test_a_file_that_no_memory_should_hold_is_refused_whatever_it_is():
    with pytest.raises(UnreadableDocument, match="may hold"):
        refuse_too_large(LARGEST_FILE + 1, b"%PDF-1.7", "scan.pdf")
    refuse_too_large(LARGEST_FILE, b"%PDF-1.7", "scan.pdf")


def test_a_text_of_too_many_characters_is_refused_before_it_is_read():
    problem = told(b"word " * (MOST_CHARACTERS // 5 + 1), "log.txt")
    assert f"more than {MOST_CHARACTERS:,} characters" in problem


def test_a_binary_is_told_as_one_and_not_read_as_letters():
    assert "not text" in told(bytes(range(1, 32)) * 40, "a.txt")
    assert "not text" in told(b"\x7fELF\x02\x01\x01\x00\x00", "core")


def test_utf16_without_its_mark_is_named():
    assert "UTF-16" in told("The chief said nothing.".encode("utf-16-le"), "a.txt")


def test_utf8_with_a_broken_byte_says_where():
    broken = "He said “no”.\nShe said ".encode() + b"\xff\xfe" + " “yes”.\n".encode()
    assert "byte 28, line 2" in told(broken, "a.txt")


def test_letters_of_another_character_set_are_not_kept_as_gibberish():
    words = "Начальник полиции сказал, что никто не был арестован. " * 3
    assert "neither UTF-8 nor Windows-1252" in told(words.encode("koi8-r"), "a.txt")


def test_a_page_nested_beyond_all_pages_is_refused():
    assert "nested more than" in told(b"<html><body>" + b"<div>" * 200_000 + b"x", "bomb.html")


def test_a_page_of_millions_of_elements_is_refused_unparsed():
    tracemalloc.start()
    assert "elements" in told(b"<html><body>" + b"<b>x</b>" * 600_000, "bomb.html")
    assert tracemalloc.get_traced_memory()[1] < 100 * 1024 * 1024
    tracemalloc.stop()


def test_a_page_of_nested_formatting_ends_soon():
    # Unclosed formatting elements are opened anew in every paragraph (HTML Standard, 13.2.4.3).
    tags = "".join(f"<font size={n}>" for n in range(900))
    assert told(f"<html><body>{tags}{'<p>' * 40_000}".encode(), "bomb.html")


def _docx() -> bytes:
    kept = io.BytesIO()
    Document().save(kept)
    return kept.getvalue()


def _with_part(name: str, content: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_docx())) as source, zipfile.ZipFile(kept, "w") as target:
        for part in source.infolist():
            if part.filename != name:
                target.writestr(part, source.read(part))
        target.writestr(name, content, zipfile.ZIP_DEFLATED)
    return kept.getvalue()


def test_a_zip_bomb_in_a_word_document_is_not_unpacked():
    bomb = _with_part("word/media/image1.png", b"\x00" * 300 * 1024 * 1024)
    assert len(bomb) < 1_000_000
    tracemalloc.start()
    assert "unpacks to more than" in told(bomb, "bomb.docx")
    assert tracemalloc.get_traced_memory()[1] < 50 * 1024 * 1024
    tracemalloc.stop()


def test_a_zip_that_lies_of_its_sizes_is_not_believed():
    bomb = bytearray(_with_part("word/document.xml", b"<a>" + b" " * 300 * 1024 * 1024 + b"</a>"))
    real = (300 * 1024 * 1024 + 7).to_bytes(4, "little")
    assert real in bomb
    while (at := bomb.find(real)) >= 0:
        bomb[at : at + 4] = (1000).to_bytes(4, "little")
    tracemalloc.start()
    told(bytes(bomb), "bomb.docx")
    assert tracemalloc.get_traced_memory()[1] < 50 * 1024 * 1024
    tracemalloc.stop()


def test_entities_that_name_each_other_are_not_expanded_in_a_word_document():
    laughs = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(12))
    xml = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "ha">{laughs}]><d>&a12;</d>'
    told(_with_part("word/document.xml", xml.encode()), "bomb.docx")
