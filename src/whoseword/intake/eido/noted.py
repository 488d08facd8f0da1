"""Statements in notes: what 021.1b has no field for, said so that a person and a program can read it.

The version has no type for a caution, so a weapon goes out in a note. Its words tell people who says
what, through whom and how surely; the same stands in an attribute of the note's HTML5
(``data-whoseword``), so that another home of this program loses nothing of it. What comes in by such
a note is the word of its speaker, relayed by the note's author: never surer than it was sent. And
it is never an act: no clearance, order or disclosure comes in by a feed (law 6).
"""

import html
import json
import re
from typing import Any, Final

import msgspec

from whoseword.intake.eido.marks import Part
from whoseword.words import (
    Basis,
    Hedge,
    Relay,
    Speaker,
    Stance,
    Statement,
    WordFault,
    matter_of,
    parse_json,
    statement_from,
)
from whoseword.words.kinds import kind_of, values_of

_ATTRIBUTE: Final = "data-whoseword"
_NOTE: Final = re.compile(
    rf'\A<p {_ATTRIBUTE}="(?P<told>[^"]*)">(?P<words>[^<]*)</p>\s*\Z', re.ASCII
)
_CARRIED: Final = ("speaker", "via", "said", "stance", "hedge", "basis", "fact")

OF: Final = "of"
"""Under this the mark of such a note keeps the id that the statement has at its own home."""

TAKEN_IN: Final = frozenset(
    {"armed", "threatened", "attacked", "injured", "in_crisis", "died", "discharged_weapon"}
)
"""Kinds that come in by a note; none of them lets anybody do anything."""
TOLD: Final = TAKEN_IN | {"dispatched", "arrived", "staged", "cleared", "held", "other"}
"""Kinds of our own statements that go out in notes."""

_STANCES: Final = {
    Stance.AFFIRMS: "says",
    Stance.DENIES: "denies",
    Stance.CANNOT_SAY: "cannot say",
    Stance.DOES_NOT_KNOW: "does not know",
    Stance.DECLINES: "declines to say",
    Stance.NO_REPLY: "was asked and did not answer",
    Stance.BELIEVES: "believes",
    Stance.EXPECTS: "expects",
    Stance.DOES: "makes it so",
}
_HEDGES: Final = {Hedge.PLAIN: "", Hedge.POSSIBLE: " (possibly)", Hedge.REPORTED: " (reportedly)"}


class _Told(msgspec.Struct, frozen=True):
    """The part of a statement that a note carries."""

    speaker: Speaker
    fact: dict[str, Any]
    id: str | None = None
    via: tuple[Relay, ...] = ()
    said: str | None = None
    stance: Stance = Stance.AFFIRMS
    hedge: Hedge = Hedge.PLAIN
    basis: Basis = Basis.UNSTATED


def note_of(statement: Statement) -> str:
    """The note that tells a statement, in HTML5."""
    value = msgspec.to_builtins(statement)
    told = json.dumps(
        {key: value[key] for key in ("id", *_CARRIED)}, ensure_ascii=False, sort_keys=True
    )
    return f'<p {_ATTRIBUTE}="{html.escape(told)}">{html.escape(in_words(statement))}</p>'


def in_words(statement: Statement) -> str:
    """A statement in a line: who says it, through whom and how surely."""
    fact = statement.fact
    values = "; ".join(
        f"{name}: {', '.join(value) if isinstance(value, tuple) else value}"
        for name, value in values_of(fact).items()
    )
    through = ", ".join(one.name for one in statement.via)
    return (
        f"{statement.speaker.name}{f' (through {through})' if through else ''} "
        f"{_STANCES[statement.stance]}{_HEDGES[statement.hedge]}: {matter_of(fact).label}"
        f"{f', {values}' if values else ''}{f', said {statement.said}' if statement.said else ''}"
    )


def told_in(note: str, part: Part) -> Part | None:
    """What a note of another home tells, as the word of its speaker; None for any other note.

    ``part`` is the note as its author's word. Whatever is not as this program writes it, to the last
    word that people see of it, or of a kind that does not come in so, stays the note's words: what
    stands beside a statement must not vanish behind it.
    """
    match = _NOTE.match(note)
    if match is None:
        return None
    try:
        told = msgspec.convert(parse_json(html.unescape(match["told"]).encode()), _Told)
        kind = told.fact.get("kind")
        if kind not in TAKEN_IN or told.stance is Stance.DOES:
            return None
        said = statement_from(
            {"incident": "note", "book": "note/response", "source": {"entered_by": "note"}}
            | {key: msgspec.to_builtins(getattr(told, key)) for key in _CARRIED}
        )
    except (msgspec.MsgspecError, WordFault, UnicodeEncodeError):
        return None
    if " ".join(html.unescape(match["words"]).split()) != " ".join(in_words(said).split()):
        return None
    relay = Relay(part.speaker.name, part.speaker.kind)
    via = said.via if relay in said.via else (*said.via, relay)
    mark = part.mark
    if told.id is not None:
        mark = msgspec.structs.replace(mark, rest=mark.rest | {OF: told.id})
    return part._replace(
        mark=mark,
        fact=said.fact,
        speaker=said.speaker,
        via=via,
        said=said.said or part.said,
        stance=said.stance,
        hedge=said.hedge,
        basis=said.basis,
    )


def is_told_in_notes(statement: Statement) -> bool:
    """Whether a statement of our own goes out in a note."""
    return kind_of(statement.fact) in TOLD
