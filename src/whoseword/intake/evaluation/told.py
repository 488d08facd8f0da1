"""One statement as either side has it, so that a draft can be held against a person's reading.

A draft is a statement with its book and its document's digest; what a person writes down has
neither. Both become the same small value here, and nothing but that value is ever compared.
"""

import re

import msgspec

from whoseword.intake.drafts import Draft, Silence, Span
from whoseword.words import Basis, Hedge, Relay, Speaker, Stance, kind_of
from whoseword.words.fact import Fact, SlotValue
from whoseword.words.kinds import key_slots, keys_of, values_of

_WORD = re.compile(r"\w+")


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """Whose word it is, how it stands, what it is about, and where it is written.

    `words` are the places in the text at which a word of the content begins. `slots` hold the
    slots that are given, each with its values; the text of an `other` is the content itself and
    is left out.
    """

    span: Span
    words: frozenset[int]
    speaker: Speaker
    via: tuple[Relay, ...] = ()
    said: str | None = None
    occasion: str | None = None
    stance: Stance = Stance.AFFIRMS
    hedge: Hedge = Hedge.PLAIN
    basis: Basis = Basis.UNSTATED
    kind: str
    slots: tuple[tuple[str, tuple[str, ...]], ...] = ()
    cue: Span | None = None
    speaker_span: Span | None = None


class Annotation(msgspec.Struct, frozen=True, kw_only=True):
    """What a person found in a document: its statements, and the words that state nothing."""

    statements: tuple[Told, ...]
    silences: tuple[tuple[Silence, Span], ...] = ()


def word_places(text: str, span: Span) -> frozenset[int]:
    """Where in the text the words of a span begin."""
    return frozenset(span[0] + match.start() for match in _WORD.finditer(text[slice(*span)]))


def told_of(draft: Draft, text: str) -> Told:
    """A draft, without what only a ledger needs."""
    statement = draft.statement
    span = (statement.source.start or 0, statement.source.end or 0)
    return Told(
        span=span,
        words=word_places(text, span),
        speaker=statement.speaker,
        via=statement.via,
        said=statement.said,
        occasion=statement.occasion.kind if statement.occasion else None,
        stance=statement.stance,
        hedge=statement.hedge,
        basis=statement.basis,
        kind=kind_of(statement.fact),
        slots=given_slots(statement.fact),
        cue=draft.cue,
        speaker_span=draft.speaker_span,
    )


def given_slots(fact: Fact) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The slots of a fact that are not null, by name, each with its values as texts."""
    kind = kind_of(fact)
    if kind == "other":
        return ()
    keys = dict(zip(key_slots(kind), keys_of(fact), strict=True))
    given = {name: _texts(value) for name, value in (keys | values_of(fact)).items()}
    return tuple((name, texts) for name, texts in sorted(given.items()) if texts)


def _texts(value: SlotValue | None) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, bool):
        return ("true" if value else "false",)
    return (value,) if isinstance(value, str) else value
