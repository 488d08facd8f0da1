"""From a model's answer to drafts: what it quotes is found again in the text, or it is no draft.

The span of a draft is taken from the text and never from the answer, so it is verbatim whatever
came back. White space may differ, since a line end is one; nothing else may.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple, cast

import msgspec

from whoseword.books.copies import draft_is_within, overlaps
from whoseword.intake.documents import KeptDocument
from whoseword.intake.drafts import Draft, Reading, SentenceReading, Span, draft_name, encode_draft
from whoseword.intake.second.asking import NEVER_A_MACHINES, PROMPT_VERSION, Stretch
from whoseword.intake.second.shapes import (
    OTHER_READING,
    READER,
    ToldStatement,
    Unlocated,
    WhyUnlocated,
    unlocated,
)
from whoseword.words import (
    NON_ANSWERS,
    Relay,
    Source,
    Speaker,
    SpeakerKind,
    Stance,
    Statement,
    make_fact,
)
from whoseword.words.fact import SlotValue
from whoseword.words.kinds import FACTS, AnyFact, key_slots, value_slots

_ACTS: Final = frozenset({"requested", "held", "withheld", "placed_on_leave", "other"})
_NEGATIVE: Final = NON_ANSWERS | {Stance.DENIES}
_MOST_STATEMENTS: Final = 500
_WORD: Final = re.compile(r"[^\W_]+")
_SMALL: Final = frozenset({"a", "an", "of", "the", "in", "at", "s"})


class SecondReading(NamedTuple):
    """What a model's answers are worth: new drafts, drafts of the first reader that now carry a
    caution, and what could not be used."""

    drafts: tuple[Draft, ...]
    cautioned: tuple[Draft, ...]
    unlocated: tuple[Unlocated, ...]


class _Refused(Exception):
    def __init__(self, why: WhyUnlocated) -> None:
        super().__init__(why.value)
        self.why = why


class Ground(NamedTuple):
    """On what answers are held: the document, the first reading, the spans that are out of sight,
    the document's own voice, and the incident and book of its drafts."""

    document: KeptDocument
    first: Reading
    hidden: Sequence[Span]
    own: Speaker
    incident: str
    book: str


def located(ground: Ground, answers: Iterable[tuple[Stretch, object]], model: str) -> SecondReading:
    """The drafts that stand on the text, of the JSON values that a model returned.

    A draft that the first reader has too is that reader's. Where the two differ in what a stretch
    of words denies or leaves open, both say so.
    """
    known = {one.draft for one in ground.first.drafts}
    found: dict[str, Draft] = {}
    refused: list[Unlocated] = []
    for stretch, answer in answers:
        for given in _statements(answer):
            try:
                draft = _draft(ground, stretch, given, model)
            except _Refused as error:
                one = unlocated(ground.document.sha256, model, error.why, given)
                if one not in refused:
                    refused.append(one)
                continue
            if draft.draft not in known:
                found.setdefault(draft.draft, draft)
    drafts, cautioned = _with_cautions(list(found.values()), ground.first.drafts)
    return SecondReading(tuple(drafts), tuple(cautioned), tuple(refused))


def _statements(answer: object) -> list[object]:
    listed = answer.get("statements") if isinstance(answer, Mapping) else None
    return list(listed[:_MOST_STATEMENTS]) if isinstance(listed, list) else [answer]


def _draft(ground: Ground, stretch: Stretch, given: object, model: str) -> Draft:
    try:
        told = msgspec.convert(given, ToldStatement)
    except msgspec.ValidationError:
        raise _Refused(WhyUnlocated.NO_STATEMENT) from None
    _refuse_acts(told)
    span = _found(told.quote, told.before, stretch)
    if overlaps(span, ground.hidden):
        raise _Refused(WhyUnlocated.OUT_OF_SIGHT)
    text = ground.document.text
    sentence = _sentence_at(ground.first.sentences, span)
    speaker = _speaker(told, ground)
    statement = Statement(
        incident=ground.incident,
        book=ground.book,
        speaker=speaker,
        via=tuple(Relay(_named(one.name, text), one.kind) for one in told.via),
        stance=told.stance,
        hedge=told.hedge,
        basis=told.basis,
        fact=_fact(told, text[slice(*span)], text),
        source=Source(
            document=ground.document.sha256,
            start=span[0],
            end=span[1],
            quote=text[slice(*span)],
            page=ground.document.page_at(span[0]),
        ),
        reviewed=False,
        extra={READER: {"name": model, "asked": PROMPT_VERSION}},
    )
    draft = Draft(
        draft=draft_name(statement),
        statement=statement,
        sentence=sentence,
        cue=_beside(told.cue, sentence, text),
        speaker_span=_beside(told.speaker_words, sentence, text),
    )
    if draft_is_within(encode_draft(draft), ground.hidden):
        raise _Refused(WhyUnlocated.OUT_OF_SIGHT)
    return draft


def _refuse_acts(told: ToldStatement) -> None:
    if told.kind in NEVER_A_MACHINES or (told.stance is Stance.DOES and told.kind not in _ACTS):
        raise _Refused(WhyUnlocated.NOT_A_MACHINES)
    if told.speaker_kind is SpeakerKind.AUTOMATON:
        raise _Refused(WhyUnlocated.NOT_A_MACHINES)
    if told.kind not in FACTS:
        raise _Refused(WhyUnlocated.NO_STATEMENT)


def _found(quote: str, before: str, stretch: Stretch) -> Span:
    """Where the quoted words stand in the kept text."""
    words = quote.split()
    if not words:
        raise _Refused(WhyUnlocated.NO_WORDS)
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    places = [match.span() for match in pattern.finditer(stretch.text)]
    places = [place for place in places if _is_whole(stretch.text, place)]
    if not places:
        raise _Refused(WhyUnlocated.NOT_IN_TEXT)
    if len(places) > 1:
        led = "".join(before.split())
        fits = [one for one in places if led and _led_by(stretch.text, one[0], led)]
        if len(fits) != 1:
            raise _Refused(WhyUnlocated.SEVERAL_PLACES)
        places = fits
    start, end = places[0]
    return stretch.start + start, stretch.start + end


def _is_whole(text: str, place: Span) -> bool:
    """Whether words begin and end where the place does: "he" is not quoted of "she"."""
    before, after = text[: place[0]][-1:], text[place[1] :][:1]
    return not (before.isalnum() and text[place[0]].isalnum()) and not (
        after.isalnum() and text[place[1] - 1].isalnum()
    )


def _led_by(text: str, start: int, led: str) -> bool:
    return "".join(text[max(0, start - 4 * len(led)) : start].split()).endswith(led)


def _beside(words: str | None, sentence: Span, text: str) -> Span | None:
    """A cue or a speaker's words within the sentence of the quote; None where they do not stand."""
    parts = (words or "").split()
    if not parts:
        return None
    found = re.search(r"\s+".join(map(re.escape, parts)), text[slice(*sentence)])
    return (sentence[0] + found.start(), sentence[0] + found.end()) if found else None


def _sentence_at(sentences: Sequence[SentenceReading], span: Span) -> Span:
    for one in sentences:
        if one.span[0] <= span[0] < one.span[1]:
            return one.span
    return span


def _speaker(told: ToldStatement, ground: Ground) -> Speaker:
    if told.speaker is None:
        return ground.own
    words = _WORD.findall(told.speaker.lower())
    for known in (ground.own, *(one.statement.speaker for one in ground.first.drafts)):
        # "Sheriff Ada Quill" is the first reader's "Ada Quill", whose agency it knows.
        name = _WORD.findall(known.name.lower())
        if name == words or (len(name) > 1 and name == words[-len(name) :]):
            return known
    return Speaker(_named(told.speaker, ground.document.text), told.speaker_kind)


def _named(name: str, text: str) -> str:
    """A name, whose every word the document has. Raises _Refused."""
    words = [word for word in _WORD.findall(name.lower()) if word not in _SMALL]
    if not words or not all(re.search(rf"\b{re.escape(word)}", text.lower()) for word in words):
        raise _Refused(WhyUnlocated.NAME_NOT_IN_TEXT)
    return " ".join(name.split())


def _fact(told: ToldStatement, quote: str, text: str) -> AnyFact:
    """The fact, whose every slot is one of its kind and holds the document's words."""
    slots: dict[str, SlotValue | None] = {}
    keys, values = key_slots(told.kind), value_slots(told.kind)
    for one in told.slots:
        if one.slot not in (*keys, *values):
            raise _Refused(WhyUnlocated.NO_STATEMENT)
        if told.kind == "other":
            continue  # Its text is the quote, whatever came back.
        named = tuple(_value(value, text) for value in one.values)
        if one.slot in keys and len(named) > 1:
            raise _Refused(WhyUnlocated.NO_STATEMENT)
        slots[one.slot] = named[0] if len(named) == 1 else named or None
    if told.kind == "other":
        slots["text"] = " ".join(quote.split())
    try:
        fact = make_fact(told.kind, slots)
        checked = msgspec.convert(msgspec.to_builtins(fact), cast(Any, FACTS[told.kind]))
    except (msgspec.ValidationError, TypeError, KeyError):
        raise _Refused(WhyUnlocated.NO_STATEMENT) from None
    return cast(AnyFact, checked)


def _value(value: str, text: str) -> str:
    told = _named(value, text)
    return told if len(told) <= 200 else told[:200]


def _with_cautions(
    second: Sequence[Draft], first: Sequence[Draft]
) -> tuple[list[Draft], list[Draft]]:
    """Drafts of either that another contradicts over the same words, each with the other's name."""
    told: dict[str, Draft] = {one.draft: one for one in (*second, *first)}
    marked: set[str] = set()
    for one in second:
        for other in first:
            if _shared(one, other) and _differ(one.statement.stance, other.statement.stance):
                for here, there in ((one, other), (other, one)):
                    told[here.draft] = _cautioned(told[here.draft], there)
                    marked.add(here.draft)
    return (
        [told[one.draft] for one in second],
        [told[one.draft] for one in first if one.draft in marked],
    )


def _cautioned(draft: Draft, other: Draft) -> Draft:
    note = {"draft": other.draft, "stance": other.statement.stance.value}
    extra = draft.statement.extra | {OTHER_READING: note}
    return msgspec.structs.replace(
        draft, statement=msgspec.structs.replace(draft.statement, extra=extra)
    )


def _differ(one: Stance, other: Stance) -> bool:
    return one is not other and bool({one, other} & _NEGATIVE)


def _shared(one: Draft, other: Draft) -> bool:
    """Whether two drafts quote mostly the same characters."""
    first, second = _span(one), _span(other)
    both = min(first[1], second[1]) - max(first[0], second[0])
    either = max(first[1], second[1]) - min(first[0], second[0])
    return both > 0 and 2 * both >= either


def _span(draft: Draft) -> Span:
    source = draft.statement.source
    return source.start or 0, source.end or 0
