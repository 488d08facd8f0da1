"""A whole document: each part in its author's voice, what is no text set aside, places kept.

A thread of e-mail is read message by message, each as a document of its own, so that "I" and "we"
are its writer's and nobody's word is taken for another's. What a format knows of a span (page and
box, seconds of a recording, how surely a machine read it) goes with each draft.
"""

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from whoseword.intake.documents import KeptDocument
from whoseword.intake.drafts import Draft, Reading, SentenceReading
from whoseword.intake.form import Aside, Form, Part
from whoseword.intake.reading.discourse import Discourse
from whoseword.intake.reading.findings import Drafting
from whoseword.intake.reading.genre import OwnVoice, letter_voice, own_voice
from whoseword.intake.reading.layout import Layout, lay_out
from whoseword.intake.reading.reader import read_stretch

SEEN: Final = "x_ocr"
"""The key of a statement that says how surely a machine read its words from an image."""


def read_document(
    document: KeptDocument, incident: str, book: str, *, more: bool = False
) -> Reading:
    """Read a kept document into drafts for `book` of `incident`; it raises for no text.

    With `more` the wider patterns are read too: wishes, demands and judgements.
    """
    readings = [
        read_stretch(
            document,
            layout,
            voice,
            Drafting(document, incident, book, Discourse(voice.entity), more),
        )
        for layout, voice in stretches(document)
    ]
    drafts: dict[str, Draft] = {}
    for reading in readings:
        for one in reading.drafts:
            drafts.setdefault(one.draft, placed(one, document.form))
    sentences = [one for reading in readings for one in reading.sentences]
    for aside in document.form.asides:
        sentences += _set_aside(document.text, aside)
    return Reading(
        document=document.sha256,
        drafts=tuple(drafts.values()),
        sentences=tuple(sorted(sentences, key=lambda one: one.span)),
    )


def stretches(document: KeptDocument) -> Iterator[tuple[Layout, OwnVoice]]:
    """What is read in one voice each, in the text's order."""
    text, form = document.text, document.form
    if not form.parts:
        layout = lay_out(text, form)
        yield layout, own_voice(text, layout, document.name, form)
        return
    at = 0
    for part in (*form.parts, Part(len(text), len(text))):
        # What stands outside of every part is set aside, or it is the document's own.
        between = lay_out(text, form, (at, part.start))
        if between.sentences:
            yield between, own_voice(text, between, document.name, form)
        layout = lay_out(text, form, (part.start, part.end))
        if layout.sentences:
            lines = [text[one.start : one.end].strip() for one in layout.sentences]
            yield layout, letter_voice(part.author, part.said, lines)
        at = part.end


def _set_aside(text: str, aside: Aside) -> Iterator[SentenceReading]:
    """Each line of what is set aside, accounted for with the reason."""
    at = aside.start
    for line in text[aside.start : aside.end].split("\n"):
        words = line.strip()
        if words:
            start = at + line.index(words[0])
            yield SentenceReading(span=(start, start + len(words)), why=aside.why)
        at += len(line) + 1


def placed(draft: Draft, form: Form) -> Draft:
    """A draft with what the format tells of its span."""
    source = draft.statement.source
    if source.start is None or source.end is None:
        return draft
    span = source.start, source.end
    extra: dict[str, Any] = {}
    seen = form.seen(*span)
    if seen is not None and form.scan is not None:
        extra[SEEN] = {
            "engine": form.scan.engine,
            "lowest": seen.lowest,
            "mean": seen.mean,
            "words": seen.words,
        }
    statement = msgspec.structs.replace(
        draft.statement,
        source=msgspec.structs.replace(
            source,
            page=form.page_of(*span) or source.page,
            box=form.box_of(*span),
            seconds=form.seconds_of(*span),
        ),
        extra=draft.statement.extra | extra,
    )
    return msgspec.structs.replace(draft, statement=statement)
