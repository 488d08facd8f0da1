"""Whom a log's words name: a unit by its sign, a caller by the role that the log gives, or another.

The log's own words are kept: "MALE" is no more than that, and "RP" the party who reports.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from whoseword.intake.reading.entities import PRONOUNS, Entity, kind_of_role
from whoseword.intake.reading.frames import Frame
from whoseword.intake.reading.lexicon import PERSONS
from whoseword.intake.reading.naming import slug
from whoseword.intake.reading.speakers import can_speak, voice_of
from whoseword.words import SpeakerKind

if TYPE_CHECKING:
    from spacy.tokens import Token

    from whoseword.intake.reading.interpretation import Walk

CALLERS: Final = frozenset({"caller", "complainant", "informant"})
SMALL: Final = frozenset({"a", "an", "the", "her", "his", "their", "also"})
_UNITS: Final = frozenset({"unit", "police", "crew", "team"})


def named_by(named: "Sequence[Token]", walk: "Walk", frame: Frame) -> Entity:
    """The speaker whom the words name: somebody known, a unit by its call sign, or somebody else."""
    named = _without_brackets(named)
    last = named[-1]
    if last.lower_ in PRONOUNS:
        told_of = frame.own or frame.entity.kind is SpeakerKind.RESPONDER
        return voice_of(last, walk.discourse, None).entity if told_of else frame.entity
    text = walk.drafting.document.text
    start, end = walk.parsed.span(named[0].i, last.i)
    words = text[start:end]
    head = next((one for one in reversed(named) if one.lower_ in PERSONS), None)
    joined = any(one.lower_ in ("of", "at", "in", "from") for one in named)
    is_unit = any(map(str.isdigit, last.text)) and not joined
    if last.lower_ in CALLERS and not joined and not _is_another(named):
        return caller_of(walk, text[slice(*walk.parsed.span(last.i, last.i))])
    if not joined and can_speak(last) and (not is_unit or _is_numbered_person(named)):
        entity = voice_of(last, walk.discourse, None).entity
        if entity.display.isdigit():
            entity = replace(entity, display=words)
        if last.lower_ in PERSONS and not is_unit and not entity.is_agency:
            # Only the words that stand there: what a parse hangs on them is another entry's.
            told = [one.lower_ for one in named if one.lower_ not in SMALL]
            return replace(entity, display=" ".join(told))
        return entity
    name = slug(words)
    known = walk.discourse.entity(name)
    if known is not None and (not is_unit or slug(known.display) == name):
        known.kind = known.kind or (SpeakerKind.RESPONDER if is_unit else None)
        return known
    kind = SpeakerKind.RESPONDER if is_unit else kind_of_role(head.lower_) if head else None
    shown = words if is_unit or head is None else " ".join(one.text for one in named)
    entity = Entity(name, slug(last.text), shown, kind=kind, is_person=True)
    walk.discourse.entities[name] = entity
    return entity


def _is_another(named: "Sequence[Token]") -> bool:
    """ "2ND CALLER", "ANOTHER CALLER": not the one who called first."""
    before = named[-2].lower_ if len(named) > 1 else ""
    return before in ("second", "third", "fourth", "another", "new") or before[:1].isdigit()


def caller_of(walk: "Walk", written: str) -> Entity:
    """Whoever called, by the role that the log gives; its "RP" is the party who reports."""
    known = walk.discourse.entity("caller")
    if known is None:
        known = Entity("caller", "caller", "caller", is_person=True)
        walk.discourse.entities["caller"] = known
    if known.display == "caller":
        known.display = "RP" if written in ("RP", "R/P") else "caller"
        known.kind = known.kind or SpeakerKind.UNNAMED
    return known


def _without_brackets(named: "Sequence[Token]") -> "Sequence[Token]":
    """The name before a bracket, or, of a caller, the role that stands in it."""
    opens = next((at for at, one in enumerate(named) if one.text == "("), None)
    if opens is None:
        return named
    inside = list(named[opens + 1 :])
    closes = next(
        (at for at, one in enumerate(inside) if one.text in ("),", ")", ",")), len(inside)
    )
    role = inside[:closes]
    is_caller = opens > 0 and named[opens - 1].lower_ in CALLERS
    if is_caller and role and role[-1].lower_ in PERSONS:
        return role
    return named[:opens] or role or named


def _is_numbered_person(named: "Sequence[Token]") -> bool:
    """ "OFC 1", "CLINICIAN 2": a person with a number, and not a unit that is called by one."""
    return len(named) == 2 and named[0].lower_ in PERSONS - _UNITS
