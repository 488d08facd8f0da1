"""From a kept document to a paper that can be held against others."""

import re
from collections.abc import Iterator
from hashlib import blake2b
from typing import Final

from whoseword.intake.copies.shapes import Paper, Place
from whoseword.intake.documents import KeptDocument
from whoseword.intake.form import Span
from whoseword.intake.reading.genre import Genre, own_voice
from whoseword.intake.reading.layout import lay_out

WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
SHINGLE: Final = 5
"""So many words in a row are taken for the same words; fewer are common English."""


def paper_of(document: KeptDocument) -> Paper:
    """A document with its own voice, its date and its sentences."""
    layout = lay_out(document.text, document.form)
    voice = own_voice(document.text, layout, document.name, document.form)
    return Paper(
        sha256=document.sha256,
        name=document.name,
        text=document.text,
        voice=voice.speaker.name,
        issued=voice.genre is not Genre.JOURNALISM,
        dated=voice.said,
        sentences=tuple((one.start, one.end) for one in layout.sentences),
    )


def words_of(text: str) -> list[str]:
    """Words in small letters, without punctuation; a curly apostrophe is a straight one."""
    return [one.lower().replace("’", "'") for one in WORD.findall(text)]


def shingles_of(paper: Paper) -> Iterator[int]:
    """A number for each run of five words within a sentence, the same on every machine."""
    for start, end in paper.sentences:
        words = words_of(paper.text[start:end])
        for at in range(len(words) - SHINGLE + 1):
            run = " ".join(words[at : at + SHINGLE]).encode()
            yield int.from_bytes(blake2b(run, digest_size=8).digest())


def place_in(paper: Paper, span: Span) -> Place:
    """A place in a paper with its words."""
    return Place(
        document=paper.sha256, start=span[0], end=span[1], quote=paper.text[span[0] : span[1]]
    )
