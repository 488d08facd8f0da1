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
    ANYONE,
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
from whoseword.words.kinds import AnyFact, kind_of, values_of

_ATTRIBUTE: Final = "data-whoseword"
_NOTE: Final = re.compile(
    rf'\A<p {_ATTRIBUTE}="(?P<told>[^"]*)">(?P<words>[^<]*)</p>\s*\Z', re.ASCII
)
_BORNE: Final = re.compile(
    rf'{_ATTRIBUTE}\s*=\s*(?P<quote>["\'])(?P<told>.*?)(?P=quote)', re.DOTALL | re.IGNORECASE
)
_CARRIED: Final = ("speaker", "via", "said", "stance", "hedge", "basis", "fact")

OF: Final = "of"
"""Under this the mark of such a note keeps the id that the statement has at its own home.

A list of them, where a note bears several: any of them may be of a sealed word.
"""

HTML: Final = "html"
"""Under this the mark of a note keeps the note as it came, where its words are not all of it."""

_WHO: Final = frozenset({"who", "whom", "by", "toward"})
"""The slots of the kinds below that name somebody."""
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


def told_in(note: str, part: Part) -> Part:
    """What a note tells: the word of a speaker of another home's, else its author's as it stands.

    ``part`` is the note as its author's word. Whatever is not as this program writes it, to the last
    word that people see of it, or of a kind that does not come in so, stays the note's words: what
    stands beside a statement must not vanish behind it. A note that bears the id of a statement keeps
    it (``OF``), so that a home knows its own word when it comes back.
    """
    ids = _ids_in(note)
    if ids:
        of = ids[0] if len(ids) == 1 else ids
        mark = msgspec.structs.replace(part.mark, rest=part.mark.rest | {OF: of})
        part = part._replace(mark=mark)
    said = _statement_in(note)
    if said is None or kind_of(said.fact) not in TAKEN_IN or said.stance is Stance.DOES:
        return part
    relay = Relay(part.speaker.name, part.speaker.kind)
    via = said.via if relay in said.via else (*said.via, relay)
    return part._replace(
        fact=_elsewhere(said.fact, part.mark.agency),
        speaker=said.speaker,
        via=via,
        said=said.said or part.said,
        stance=said.stance,
        hedge=said.hedge,
        basis=said.basis,
    )


def _ids_in(note: str) -> list[str]:
    """The ids of the statements that a note bears, whatever stands around them; each once."""
    found = [_id_of(match["told"]) for match in _BORNE.finditer(note)]
    return list(dict.fromkeys(id_ for id_ in found if id_ is not None))


def _id_of(told: str) -> str | None:
    try:
        id_ = parse_json(html.unescape(told).encode()).get("id")
    except (WordFault, UnicodeEncodeError):
        return None
    return id_.lower() if isinstance(id_, str) else None


def ids_borne(part: Part) -> list[str]:
    """The ids of the statements that a note's part says that it bears."""
    of = part.mark.rest.get(OF)
    return [of] if isinstance(of, str) else of if isinstance(of, list) else []


def _statement_in(note: str) -> Statement | None:
    """The statement that a note tells, if it is as this program writes one; without an id."""
    match = _NOTE.match(note)
    if match is None:
        return None
    try:
        told = msgspec.convert(parse_json(html.unescape(match["told"]).encode()), _Told)
        said = statement_from(
            {"incident": "note", "book": "note/response", "source": {"entered_by": "note"}}
            | {key: msgspec.to_builtins(getattr(told, key)) for key in _CARRIED}
        )
    except (msgspec.MsgspecError, WordFault, UnicodeEncodeError):
        return None
    words = " ".join(html.unescape(match["words"]).split())
    return said if words == " ".join(in_words(said).split()) else None


def is_word_of(part: Part, statement: Statement) -> bool:
    """Whether a part is a note that tells this very statement, and nothing beside it."""
    said = _statement_in(str(part.mark.rest.get(HTML, "")))
    return said is not None and all(
        getattr(said, key) == getattr(statement, key) for key in _CARRIED
    )


def is_whole(part: Part) -> bool:
    """Whether a part is a note that tells one statement as this program writes it, and no more."""
    return _statement_in(str(part.mark.rest.get(HTML, ""))) is not None


def _elsewhere(fact: AnyFact, agency: str) -> AnyFact:
    """A fact with those whom another home names told apart from those of this one.

    "man" there and "man" here may be two men, and no program says that they are one (law 6).
    """
    named: dict[str, Any] = {}
    for slot in _WHO & set(fact.__struct_fields__):
        value = getattr(fact, slot)
        if isinstance(value, tuple):
            named[slot] = tuple(_of(one, agency) for one in value)
        elif isinstance(value, str):
            named[slot] = _of(value, agency)
    return msgspec.structs.replace(fact, **named)


def _of(name: str, agency: str) -> str:
    return name if name == ANYONE else f"{name} as {agency} calls them"


def is_told_in_notes(statement: Statement) -> bool:
    """Whether a statement of our own goes out in a note."""
    return kind_of(statement.fact) in TOLD
