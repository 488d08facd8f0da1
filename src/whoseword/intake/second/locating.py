"""From a model's answer to drafts: what it quotes is found again in the text, or it is no draft.

The span of a draft is taken from the text and never from the answer, so it is verbatim whatever
came back. White space may differ, since a line end is one; nothing else may. What is found must
then be a statement that the contract lets stand, read as strictly as one from outside: one that
cannot be read again would keep a person from the whole queue.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec

from whoseword.books.copies import draft_is_within, overlaps
from whoseword.intake.drafts import (
    Draft,
    SentenceReading,
    Silence,
    Span,
    decode_draft,
    draft_name,
    encode_draft,
)
from whoseword.intake.second.asking import NEVER_A_MACHINES, PROMPT_VERSION, Stretch
from whoseword.intake.second.ground import Ground, Known, Voice, is_pronoun, known_in, plain_name
from whoseword.intake.second.placing import Region, content_of, nearest_to, place_of, places_in
from whoseword.intake.second.shapes import (
    CAUTIONS,
    OTHER_READING,
    READER,
    ToldStatement,
    Unlocated,
    WhyUnlocated,
    unlocated,
)
from whoseword.intake.second.slots import Refused, cautions, fact_of
from whoseword.words import (
    NON_ANSWERS,
    Basis,
    SpeakerKind,
    Stance,
    Statement,
    WordFault,
    kind_of,
    statement_from,
)

_NEGATIVE: Final = NON_ANSWERS | {Stance.DENIES}
_TELL_NO_BASIS: Final = NON_ANSWERS | {Stance.EXPECTS}
_MOST_STATEMENTS: Final = 500


class SecondReading(NamedTuple):
    """What a model's answers are worth: new drafts, drafts of the first reader that now carry a
    caution, and what could not be used."""

    drafts: tuple[Draft, ...]
    cautioned: tuple[Draft, ...]
    unlocated: tuple[Unlocated, ...]


class _Found(NamedTuple):
    """Where the words of a returned statement stand."""

    quote: Span
    sentence: SentenceReading
    cue: Span | None
    speaker: Span | None


def located(ground: Ground, answers: Iterable[tuple[Stretch, object]], model: str) -> SecondReading:
    """The drafts that stand on the text, of the JSON values that a model returned.

    A draft that the first reader has too is that reader's. Where the two differ in what words deny
    or leave open, or in whose word it is, both say so.
    """
    known = known_in(ground)
    there = {_same(one) for one in ground.first}
    found: dict[str, Draft] = {}
    refused: list[Unlocated] = []
    for stretch, answer in answers:
        region = ground.region((stretch.start, stretch.start + len(stretch.text)))
        for given in _statements(answer):
            try:
                draft = _draft(ground, known, region, given, model)
            except Refused as error:
                one = unlocated(ground.document.sha256, model, error.why, given)
                if one not in refused:
                    refused.append(one)
                continue
            if _same(draft) not in there:
                found.setdefault(draft.draft, draft)
    drafts, cautioned = _with_other_readings(list(found.values()), ground.first)
    return SecondReading(tuple(drafts), tuple(cautioned), tuple(refused))


def _statements(answer: object) -> list[object]:
    listed = answer.get("statements") if isinstance(answer, Mapping) else None
    return list(listed[:_MOST_STATEMENTS]) if isinstance(listed, list) else [answer]


def _draft(ground: Ground, known: Known, region: Region, given: object, model: str) -> Draft:
    try:
        told = msgspec.convert(given, ToldStatement)
    except msgspec.ValidationError:
        raise Refused(WhyUnlocated.NO_STATEMENT) from None
    found = _found(told, ground, region)
    _refuse_acts(told, found, ground)
    text = ground.document.text
    quote = text[slice(*found.quote)]
    own = ground.voice_at(found.quote) if told.speaker is None else None
    fact = fact_of(told, quote, known)
    sentence = ground.sent[slice(*found.sentence.span)]
    noted = [*cautions(told, fact, sentence), *_silence_noted(found.sentence)]
    statement = _statement(
        {
            "incident": ground.incident,
            "book": ground.book,
            "speaker": _speaker(told, own, known, region),
            "via": [{"name": _name(one.name, region), "kind": one.kind.value} for one in told.via],
            "said": own.said if own is not None else None,
            "occasion": msgspec.to_builtins(own.occasion) if own is not None else None,
            "stance": told.stance.value,
            "hedge": told.hedge.value,
            "basis": _basis(told, own).value,
            "fact": fact,
            "source": {
                "document": ground.document.sha256,
                "start": found.quote[0],
                "end": found.quote[1],
                "quote": quote,
                "page": ground.document.page_at(found.quote[0]),
            },
            "reviewed": False,
            READER: {"name": model, "asked": PROMPT_VERSION},
            **({CAUTIONS: noted} if noted else {}),
        }
    )
    draft = Draft(
        draft=draft_name(statement),
        statement=statement,
        sentence=found.sentence.span,
        cue=found.cue,
        speaker_span=found.speaker,
    )
    return _readable(draft, ground.hidden)


def _statement(value: dict[str, Any]) -> Statement:
    try:
        return statement_from(value)
    except WordFault:
        raise Refused(WhyUnlocated.NO_STATEMENT) from None


def _readable(draft: Draft, hidden: Sequence[Span]) -> Draft:
    """The draft, if it can be kept and read again, and shows nothing that is out of sight."""
    try:
        line = encode_draft(draft)
        read = decode_draft(line)
    except (WordFault, UnicodeEncodeError):
        raise Refused(WhyUnlocated.UNREADABLE) from None
    if draft_is_within(line, hidden):
        raise Refused(WhyUnlocated.OUT_OF_SIGHT)
    return read


def _found(told: ToldStatement, ground: Ground, region: Region) -> _Found:
    """Where the quotation stands, and the words beside it that make it somebody's."""
    words = content_of(told.quote)
    if not any(map(str.isalnum, words)):
        raise Refused(WhyUnlocated.NO_WORDS)
    place = place_of(region, words, told.before)
    if place.span is None:
        if place.several:
            raise Refused(WhyUnlocated.SEVERAL_PLACES)
        raise Refused(WhyUnlocated.SET_ASIDE if place.aside else WhyUnlocated.NOT_IN_TEXT)
    if overlaps(place.span, ground.hidden):
        raise Refused(WhyUnlocated.OUT_OF_SIGHT)
    sentence = ground.sentence_at(place.span)
    if sentence is None:
        raise Refused(WhyUnlocated.SEVERAL_SENTENCES)
    return _Found(
        place.span,
        sentence,
        _beside(told.cue, region, place.span, sentence),
        _beside(told.speaker_words, region, place.span, sentence),
    )


def _beside(
    words: str | None, region: Region, quote: Span, sentence: SentenceReading
) -> Span | None:
    """Where a cue or a speaker's words stand in the sentence of the quotation.

    None where they stand elsewhere in the stretch alone: a running quotation has its cue before it.
    Raises ``Refused`` where they stand nowhere, for then the model made them up.
    """
    if words is None or not words.strip():
        return None
    everywhere = places_in(region, words) if any(map(str.isalnum, words)) else []
    if not everywhere:
        raise Refused(WhyUnlocated.NOT_COPIED)
    start, end = sentence.span
    here = [one for one in everywhere if start <= one[0] and one[1] <= end]
    return here[0] if len(here) == 1 else nearest_to(here, quote)


def _refuse_acts(told: ToldStatement, found: _Found, ground: Ground) -> None:
    """No act, finding or identity on a model's word alone; where the first reader has the same, it
    is that reader's."""
    if told.speaker_kind is SpeakerKind.AUTOMATON:
        raise Refused(WhyUnlocated.NOT_A_MACHINES)
    if told.kind not in NEVER_A_MACHINES and told.stance is not Stance.DOES:
        return
    for one in ground.first:
        same = kind_of(one.statement.fact) == told.kind and one.statement.stance is told.stance
        if same and told.kind not in NEVER_A_MACHINES and overlaps(_span(one), [found.quote]):
            return
    raise Refused(WhyUnlocated.NOT_A_MACHINES)


def _speaker(told: ToldStatement, own: Voice | None, known: Known, region: Region) -> Any:
    """Whose word it is: as the first reader knows them, else by the document's words alone.

    A party, and that somebody has an interest, is nothing that a model may say.
    """
    if told.speaker is None:
        if own is None:
            raise Refused(WhyUnlocated.NAME_NOT_IN_TEXT)
        return msgspec.to_builtins(own.speaker)
    if is_pronoun(told.speaker):
        raise Refused(WhyUnlocated.PRONOUN)
    there = known.speakers.get(plain_name(told.speaker).casefold())
    if there is not None:
        return msgspec.to_builtins(there)
    return {"name": _name(told.speaker, region), "kind": told.speaker_kind.value}


def _name(name: str, region: Region) -> str:
    """A name as the text writes it, word after word. Raises ``Refused``."""
    if is_pronoun(name):
        raise Refused(WhyUnlocated.PRONOUN)
    places = places_in(region, plain_name(name)) if any(map(str.isalnum, name)) else []
    if not places:
        raise Refused(WhyUnlocated.NAME_NOT_IN_TEXT)
    return plain_name(region.text[slice(*places[0])])


def _basis(told: ToldStatement, own: Voice | None) -> Basis:
    """How the speaker knows; who gives no answer tells no way of knowing."""
    if told.stance in _TELL_NO_BASIS:
        return Basis.UNSTATED
    if own is not None and own.is_record and told.basis is Basis.UNSTATED:
        return Basis.RECORD
    return told.basis


def _silence_noted(sentence: SentenceReading) -> Iterable[str]:
    if sentence.why is not None and sentence.why is not Silence.NO_STATEMENT:
        yield f"the program's own reader takes the sentence for: {sentence.why.value}"


def _with_other_readings(
    second: Sequence[Draft], first: Sequence[Draft]
) -> tuple[list[Draft], list[Draft]]:
    """Drafts of either that another contradicts over the same words, each with the other's name."""
    told: dict[str, Draft] = {one.draft: one for one in (*second, *first)}
    marked: set[str] = set()
    for one in second:
        for other in first:
            if overlaps(_span(one), [_span(other)]) and _differ(one.statement, other.statement):
                for here, there in ((one, other), (other, one)):
                    told[here.draft] = _cautioned(told[here.draft], there)
                    marked.add(here.draft)
    return (
        [told[one.draft] for one in second],
        [told[one.draft] for one in first if one.draft in marked],
    )


def _cautioned(draft: Draft, other: Draft) -> Draft:
    note = {"draft": other.draft, "stance": other.statement.stance.value}
    return with_extra(draft, {OTHER_READING: note})


def with_extra(draft: Draft, extra: Mapping[str, Any], without: Sequence[str] = ()) -> Draft:
    """The draft with keys of its statement that mean nothing to the books; its name stays."""
    kept = {key: value for key, value in draft.statement.extra.items() if key not in without}
    statement = msgspec.structs.replace(draft.statement, extra=kept | dict(extra))
    return msgspec.structs.replace(draft, statement=statement)


def _differ(one: Statement, other: Statement) -> bool:
    """Whether one denies or leaves open what the other does not, or sides with somebody else."""
    if one.stance is not other.stance and {one.stance, other.stance} & _NEGATIVE:
        return True
    same = one.stance is other.stance and kind_of(one.fact) == kind_of(other.fact)
    return same and (one.speaker.name, one.hedge) != (other.speaker.name, other.hedge)


def _same(draft: Draft) -> tuple[object, ...]:
    """What makes two readers' drafts one: the words, whose they are, on which side, of what."""
    one = draft.statement
    return one.source.start, one.source.end, one.speaker, one.stance, one.hedge, one.fact


def _span(draft: Draft) -> Span:
    source = draft.statement.source
    return source.start or 0, source.end or 0
