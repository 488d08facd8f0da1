"""From a kept document to a paper that can be held against others."""

import re
from collections.abc import Iterator
from hashlib import blake2b
from typing import Final

from whoseword.intake.copies.shapes import Paper, Place
from whoseword.intake.documents import KeptDocument
from whoseword.intake.form import Part, Span
from whoseword.intake.reading.genre import Genre, letter_voice, own_voice
from whoseword.intake.reading.layout import lay_out
from whoseword.words.times import is_edtf

WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
SHINGLE: Final = 5
"""So many words in a row are taken for the same words; fewer are common English."""


def paper_of(document: KeptDocument) -> Paper:
    """A document with its own voice, its date and its sentences.

    Of a thread of messages the own words are those of whoever wrote the first: what it quotes is
    another's, and no copy of it.
    """
    text, form = document.text, document.form
    if form.parts:
        first = form.parts[0]
        its = [one for one in form.parts if one.author == first.author]
        sentences = [one for part in its for one in lay_out(text, form, _span(part)).sentences]
        lines = [text[one.start : one.end].strip() for one in sentences]
        voice = letter_voice(first.author, first.said, lines)
    else:
        layout = lay_out(text, form)
        sentences = list(layout.sentences)
        voice = own_voice(text, layout, document.name, form)
    is_agencys = voice.genre is not Genre.LETTER or voice.speaker.party is not None
    return Paper(
        sha256=document.sha256,
        name=document.name,
        text=text,
        voice=voice.speaker.name,
        issued=voice.genre is not Genre.JOURNALISM and is_agencys,
        dated=voice.said if voice.said and is_edtf(voice.said) else None,
        sentences=tuple((one.start, one.end) for one in sentences),
    )


def _span(part: Part) -> Span:
    return part.start, part.end


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
