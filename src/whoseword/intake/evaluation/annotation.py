"""The form in which a person writes down what a document says, read strictly.

The form is told in `gold/README.md`. It is made to be written by hand beside the document, and
read by somebody who checks it. A quote that is not in the document, a word that is in no
vocabulary, a slot that a kind does not have: each is an error with its line, because a slip in
the measure is worse than a slip in what it measures.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from whoseword.intake.drafts import Silence, Span
from whoseword.intake.evaluation.told import Annotation, Told, word_places
from whoseword.words import FACTS, Basis, Hedge, Relay, Speaker, SpeakerKind, Stance, WhoseWordError
from whoseword.words.kinds import key_slots, value_slots

REASONS = {
    "heading": Silence.HEADING,
    "label": Silence.LABEL,
    "greeting": Silence.GREETING,
    "question": Silence.QUESTION,
    "condolence": Silence.CONDOLENCE,
    "signature": Silence.SIGNATURE,
    "nothing": Silence.NO_STATEMENT,
}
_WAYS: dict[str, tuple[str, Stance | Hedge | Basis]] = {
    **{one.value: ("stance", one) for one in Stance},
    **{one.value: ("hedge", one) for one in Hedge},
    **{one.value: ("basis", one) for one in Basis},
}
_NAMED = re.compile(r"@(\S+)\s+(.+)")
_HOLDS = re.compile(r"=(said|occasion)\b\s*(.*)")
_SILENT = re.compile(r"-([a-z]+):\s*(.+)")
_STATED = re.compile(r"(\w+(?:\s*<\s*\w+)*):\s*(.+)")
_NUMBERED = re.compile(r"(.*\S)\s+#(\d+)")

Slots = tuple[tuple[str, tuple[str, ...]], ...]


class AnnotationFault(WhoseWordError):
    """`FILE:LINE: FIELD: what is wrong; what to do`."""

    def __init__(self, line: int, field: str, problem: str, remedy: str, file: str = "") -> None:
        super().__init__(f"{file}:{line}: {field}: {problem}; {remedy}")
        self.line, self.field, self.problem, self.remedy = line, field, problem, remedy


class _Block(NamedTuple):
    """The line of a statement, and the parts written under it, each with its line."""

    line: int
    who: str
    quote: str
    held: dict[str, str]
    parts: list[tuple[int, str]]


def read_annotation(words: str, text: str, file: str) -> Annotation:
    """What a person wrote of a document whose kept text is `text`.

    Raises AnnotationFault for the first line that cannot stand as written.
    """
    people: dict[str, Speaker] = {}
    silences: list[tuple[Silence, Span]] = []
    try:
        blocks = list(_blocks(words, text, people, silences))
        told = [one for block in blocks for one in _statements(block, text, people)]
    except AnnotationFault as fault:
        raise AnnotationFault(
            fault.line, fault.field, fault.problem, fault.remedy, file=file
        ) from None
    return Annotation(
        statements=tuple(sorted(told, key=lambda one: one.span)),
        silences=tuple(sorted(silences, key=lambda one: one[1])),
    )


def _blocks(
    words: str,
    text: str,
    people: dict[str, Speaker],
    silences: list[tuple[Silence, Span]],
) -> Iterator[_Block]:
    block: _Block | None = None
    held: dict[str, str] = {}
    for number, line in enumerate(words.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if line[0].isspace():
            if block is None:
                raise AnnotationFault(
                    number, "line", "stands under no statement", "begin it with KEY: quote"
                )
            block.parts.extend((number, part) for part in re.split(r"\s\|\s", line.strip()))
            continue
        if block is not None:
            yield block
        block = _block_at(number, line, held)
        if block is None:
            _remember(number, line, text, (people, silences, held))
    if block is not None:
        yield block


def _block_at(number: int, line: str, held: dict[str, str]) -> _Block | None:
    stated = None if line[0] in "@=-" else _STATED.fullmatch(line.strip())
    return _Block(number, stated[1], stated[2], dict(held), []) if stated else None


def _remember(
    number: int,
    line: str,
    text: str,
    known: tuple[dict[str, Speaker], list[tuple[Silence, Span]], dict[str, str]],
) -> None:
    """Take in a line that is no statement: somebody's name, a reason, what holds from here on."""
    people, silences, held = known
    line = line.strip()
    if named := _NAMED.fullmatch(line):
        if named[1] in people:
            raise AnnotationFault(number, f"@{named[1]}", "is named twice", "use another key")
        people[named[1]] = _speaker(number, named[2])
    elif holds := _HOLDS.fullmatch(line):
        held[holds[1]] = holds[2]
    elif silent := _SILENT.fullmatch(line):
        if silent[1] not in REASONS:
            raise AnnotationFault(
                number, "reason", f"{silent[1]!r} is none", f"use one of {', '.join(REASONS)}"
            )
        silences.append((REASONS[silent[1]], find(silent[2], text, number, "quote")))
    else:
        raise AnnotationFault(number, "line", "is none of the form", "see gold/README.md")


def _speaker(number: int, given: str) -> Speaker:
    name, *others = (part.strip() for part in given.split("|"))
    kinds = {one.value: one for one in SpeakerKind}
    if not 1 <= len(others) <= 2 or not all((name, *others)):
        raise AnnotationFault(number, "speaker", "is not name | kind | party", "write it so")
    if others[0] not in kinds:
        raise AnnotationFault(
            number, "speaker.kind", f"{others[0]!r} is none", f"use one of {', '.join(kinds)}"
        )
    return Speaker(name, kinds[others[0]], others[1] if len(others) == 2 else None)


def _statements(block: _Block, text: str, people: dict[str, Speaker]) -> list[Told]:
    """The statements of one block: one for each fact that stands under the quote."""
    chain = [key.strip() for key in block.who.split("<")]
    for key in chain:
        if key not in people:
            raise AnnotationFault(
                block.line, "speaker", f"{key!r} is nobody", f"name them: @{key} name | kind"
            )
    span = find(block.quote, text, block.line, "quote")
    parts: dict[str, Any] = {name: value or None for name, value in block.held.items()}
    facts: list[tuple[str, Slots]] = []
    for line, part in block.parts:
        _take_part(line, part, (parts, facts), (text, span))
    via = tuple(Relay(people[key].name, people[key].kind) for key in chain[1:])
    common = Told(
        span=span,
        words=word_places(text, span),
        speaker=people[chain[0]],
        via=via,
        kind="other",
        **parts,
    )
    given = facts or [("other", ())]
    return [msgspec.structs.replace(common, kind=kind, slots=slots) for kind, slots in given]


def _take_part(
    line: int,
    part: str,
    into: tuple[dict[str, Any], list[tuple[str, Slots]]],
    where: tuple[str, Span],
) -> None:
    parts, facts = into
    field, colon, rest = part.partition(":")
    first = part.split(maxsplit=1)[0] if part.strip() else ""
    if colon and field in ("cue", "who"):
        name = "cue" if field == "cue" else "speaker_span"
        parts[name] = _nearest(rest.strip(), where, line, field)
    elif colon and field in ("said", "occasion"):
        parts[field] = rest.strip() or None
    elif first in FACTS:
        facts.append((first, _slots(line, first, part[len(first) :])))
    elif first in _WAYS:
        for word in part.split():
            if word not in _WAYS:
                raise AnnotationFault(
                    line, "part", f"{word!r} is no stance, hedge or basis", "see gold/README.md"
                )
            name, value = _WAYS[word]
            parts[name] = value
    else:
        raise AnnotationFault(
            line, "part", f"{part!r} is no part of a statement", "see gold/README.md"
        )


def _slots(line: int, kind: str, given: str) -> Slots:
    known = (*key_slots(kind), *value_slots(kind), "happened")
    found: dict[str, tuple[str, ...]] = {}
    for piece in filter(None, (piece.strip() for piece in given.split(";"))):
        name, equals, value = (part.strip() for part in piece.partition("="))
        values = tuple(one.strip() for one in value.split(" + "))
        if name not in known:
            raise AnnotationFault(
                line, f"fact.{name}", f"{kind} has no such slot", f"it has {', '.join(known)}"
            )
        if not equals or not all(values):
            raise AnnotationFault(line, f"fact.{name}", "has no value", "write slot=value")
        found[name] = values
    # When it happened is kept for whoever reads the form, and is not compared.
    return tuple(sorted((name, values) for name, values in found.items() if name != "happened"))


def find(quote: str, text: str, line: int, field: str) -> Span:
    """The one place of a quote, or of the numbered one. Raises AnnotationFault."""
    numbered = _NUMBERED.fullmatch(quote)
    wanted, places = (numbered[1], _places(numbered[1], text)) if numbered else (quote, [])
    if not places:
        numbered, wanted, places = None, quote, _places(quote, text)
    if not places:
        raise AnnotationFault(
            line, field, f"{wanted!r} is not in the document", "copy the words as they stand"
        )
    number = int(numbered[2]) if numbered else 1
    if not numbered and len(places) > 1:
        raise AnnotationFault(
            line, field, f"{wanted!r} stands there {len(places)} times", "say which: quote #2"
        )
    if not 1 <= number <= len(places):
        raise AnnotationFault(
            line, field, f"{wanted!r} stands there {len(places)} times", "say a lower number"
        )
    return places[number - 1]


def _nearest(quote: str, where: tuple[str, Span], line: int, field: str) -> Span:
    text, (start, end) = where
    places = _places(quote, text)
    if not places:
        raise AnnotationFault(
            line, field, f"{quote!r} is not in the document", "copy the words as they stand"
        )
    return min(places, key=lambda one: (max(start - one[1], one[0] - end, 0), one))


def _places(quote: str, text: str) -> list[Span]:
    """Where a quote stands, not inside a longer word; white space is any, ` ... ` leaves out."""
    pieces = [
        r"\s+".join(re.escape(word) for word in piece.split()) for piece in quote.split(" ... ")
    ]
    pattern = re.compile(rf"(?<!\w){'.*?'.join(pieces)}(?!\w)", re.DOTALL)
    found: list[Span] = []
    here = pattern.search(text)
    while here is not None:
        found.append(here.span())
        here = pattern.search(text, here.start() + 1)
    return found
