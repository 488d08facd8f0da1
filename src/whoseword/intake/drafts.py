"""What reading a document yields: drafts, and an account of every sentence.

A draft is a statement that nobody has signed. It says where it was found: the sentence, the words
that make it somebody's word (the cue) and the words that name the speaker. A reading lists every
sentence of its document, each with its drafts or with the reason why it states nothing, so that
what was passed over can be seen as well as what was found.
"""

import hashlib
import json
from collections.abc import Collection, Sequence
from typing import Any, Protocol

import msgspec

from whoseword.books.copies import draft_is_within, overlaps
from whoseword.intake.documents import KeptDocument
from whoseword.intake.form import Span
from whoseword.intake.silences import Silence
from whoseword.words import Statement, parse_json, statement_from, statement_value

__all__ = [
    "Draft",
    "Reader",
    "Reading",
    "SentenceReading",
    "Silence",
    "Span",
    "decode_draft",
    "draft_name",
    "draft_value",
    "encode_draft",
    "sentence_value",
    "without_sealed",
]

_OWN_KEYS = ("draft", "sentence", "cue", "speaker_span", "around")
_NOT_YET = ("id", "recorded", "backfilled", "appended")


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """Where a text says that somebody tells something: the cue, and the words that name them."""

    cue: Span | None = None
    speaker_span: Span | None = None


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """One statement found in a document, unsigned; `statement` has no id and is not reviewed.

    `around` are the tellings that it stands in, nearest first: by whom it is passed on within the
    document, and the speaker's own "said" around "could not confirm".
    """

    draft: str
    statement: Statement
    sentence: Span
    cue: Span | None
    speaker_span: Span | None
    around: tuple[Telling, ...] = ()


class SentenceReading(msgspec.Struct, frozen=True, kw_only=True):
    """One sentence: the drafts it gave (their short ids), or why it gave none."""

    span: Span
    drafts: tuple[str, ...] = ()
    why: Silence | None = None


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """All that a reader made of one document; the sentences hold every character but white space.

    `document` is the SHA-256 of the document's bytes.
    """

    document: str
    drafts: tuple[Draft, ...]
    sentences: tuple[SentenceReading, ...]


class Reader(Protocol):
    """One function from a document to a reading: a better reader need be nothing more."""

    def __call__(self, document: KeptDocument, incident: str, book: str) -> Reading:
        """Read `document` into drafts for `book` of `incident`."""


def without_sealed(reading: Reading, sealed: Sequence[Span]) -> Reading:
    """The reading of a text of which some spans were sealed: what touches them is not drafted."""
    drafts = tuple(
        draft for draft in reading.drafts if not draft_is_within(encode_draft(draft), sealed)
    )
    names = {draft.draft for draft in drafts}
    sentences = tuple(_without(one, names, sealed) for one in reading.sentences)
    return msgspec.structs.replace(reading, drafts=drafts, sentences=sentences)


def _without(
    sentence: SentenceReading, names: Collection[str], sealed: Sequence[Span]
) -> SentenceReading:
    left = tuple(name for name in sentence.drafts if name in names)
    silent = not left and overlaps(sentence.span, sealed)
    why = Silence.SEALED if silent else sentence.why
    return msgspec.structs.replace(sentence, drafts=left, why=why)


def draft_name(statement: Statement) -> str:
    """A short name that the same statement found in the same place always has.

    Twelve hex digits of the SHA-256 over document, span, fact, stance, hedge, speaker and relays.
    """
    value = statement_value(statement)
    source = value["source"]
    told = [
        [source.get(key) for key in ("document", "start", "end")],
        *(value[key] for key in ("fact", "stance", "hedge", "speaker", "via")),
    ]
    canonical = json.dumps(told, sort_keys=True, ensure_ascii=False).encode()
    return hashlib.sha256(canonical).hexdigest()[:12]


def draft_value(draft: Draft) -> dict[str, Any]:
    """A draft as the contract's `read` prints it: the statement without id, and four keys more.

    Where it stands within other tellings, `around` lists these, nearest first.
    """
    value = statement_value(draft.statement)
    for key in _NOT_YET:
        value.pop(key)
    spans = {"sentence": draft.sentence, "cue": draft.cue, "speaker_span": draft.speaker_span}
    own: dict[str, Any] = {key: None if one is None else list(one) for key, one in spans.items()}
    if draft.around:
        own["around"] = [msgspec.to_builtins(one) for one in draft.around]
    return {"draft": draft.draft, **value, **own}


def encode_draft(draft: Draft) -> bytes:
    """One line of JSON Lines, without its line end; keys sorted."""
    return json.dumps(draft_value(draft), sort_keys=True, ensure_ascii=False).encode()


def decode_draft(line: bytes) -> Draft:
    """The draft on one line. Raises WordFault where the line holds none."""
    value = parse_json(line)
    own = {key: value.pop(key, None) for key in _OWN_KEYS}
    own["around"] = own["around"] or ()
    return msgspec.convert(own | {"statement": statement_from(value)}, Draft)


def sentence_value(document: KeptDocument, sentence: SentenceReading) -> dict[str, Any]:
    """A sentence as `read --sentences` writes it."""
    start, end = sentence.span
    return {
        "document": document.sha256,
        "sentence": [start, end],
        "text": document.text[start:end],
        "drafts": list(sentence.drafts),
        "why": sentence.why.value if sentence.why else None,
    }
