"""Whatever a model returns, a draft of it stands in the text word for word, and can be read again."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_server import statement
from whoseword.intake import SentenceReading, Silence, decode_draft, encode_draft, keep_document
from whoseword.intake.second import (
    CAUTIONS,
    SecondReading,
    Stretch,
    WhyUnlocated,
    decode_unlocated,
    encode_unlocated,
    located,
    stretches_of,
)
from whoseword.intake.second.answers import AnswerFault, answer_in
from whoseword.intake.second.ground import Ground, Voice
from whoseword.intake.second.slots import positive
from whoseword.words import Speaker, SpeakerKind, Stance, kind_of

TEXT = (
    "The chief said the man had a hammer. A clerk saw\nhim run. Nobody was hurt, she said. "
    "He did not fire. Was anyone armed? The manager, unarmed, left. The man had a hammer."
)
DOCUMENT = keep_document(TEXT.encode(), "story.txt")


def _sentences() -> tuple[SentenceReading, ...]:
    found, at = [], 0
    for end in (at for at, letter in enumerate(TEXT) if letter in ".?"):
        start = at + len(TEXT[at:]) - len(TEXT[at:].lstrip())
        why = Silence.QUESTION if TEXT[end] == "?" else None
        found.append(SentenceReading(span=(start, end + 1), why=why))
        at = end + 1
    # The last sentence is a message quoted again.
    found[-1] = SentenceReading(span=found[-1].span, why=Silence.QUOTED_AGAIN)
    return tuple(found)


OWN = Speaker("narrator of story.txt", SpeakerKind.NARRATOR)
GROUND = Ground(
    document=DOCUMENT,
    sent=TEXT,
    first=(),
    sentences=_sentences(),
    voices=(Voice((0, len(TEXT)), OWN),),
    hidden=(),
    incident="mill-road",
    book="desk/incident",
)


def read(*told: dict[str, Any]) -> SecondReading:
    return located(GROUND, [(Stretch(0, TEXT), {"statements": list(told)})], "m")


def slots(**told: str) -> list[dict[str, Any]]:
    return [{"slot": name.rstrip("_"), "values": [value]} for name, value in told.items()]


REFUSED = [
    (statement("armed"), WhyUnlocated.SEVERAL_PLACES, "Was anyone armed? He was armed."),
    (statement("hammer. A clerk saw him run"), WhyUnlocated.SEVERAL_SENTENCES, TEXT),
    (statement("saw him run", cue="shouted"), WhyUnlocated.NOT_COPIED, TEXT),
    (statement("saw him run", speaker_words="The mayor"), WhyUnlocated.NOT_COPIED, TEXT),
    (statement("saw him run", speaker="she"), WhyUnlocated.PRONOUN, TEXT),
    (statement("saw him run", speaker="clerk chief"), WhyUnlocated.NAME_NOT_IN_TEXT, TEXT),
    (statement("saw him run", speaker="The chie"), WhyUnlocated.NAME_NOT_IN_TEXT, TEXT),
    (statement("saw him run", via=[{"name": "her", "kind": "witness"}]), WhyUnlocated.PRONOUN, TEXT),
    (statement("saw him run", kind="armed", slots=slots(who="hammer man of steel")),
     WhyUnlocated.NAME_NOT_IN_TEXT, TEXT),
    (statement("saw him run", kind="arrested", slots=slots(who="anyone")),
     WhyUnlocated.NAME_NOT_IN_TEXT, TEXT),
    (statement("saw him run", kind="armed", slots=slots(who="man") * 2),
     WhyUnlocated.NO_STATEMENT, TEXT),
    (statement("saw him run", kind="armed", slots=[{"slot": "who", "values": ["man", "clerk"]}]),
     WhyUnlocated.NO_STATEMENT, TEXT),
    (statement("saw him run", kind="placed_on_leave", stance="does", slots=slots(who="clerk")),
     WhyUnlocated.NOT_A_MACHINES, TEXT),
    (statement("saw him run", stance="does"), WhyUnlocated.NOT_A_MACHINES, TEXT),
    (statement("saw him run", reviewed=True), WhyUnlocated.NO_STATEMENT, TEXT),
    (statement("saw him run", id="01890000-0000-7000-8000-000000000000"),
     WhyUnlocated.NO_STATEMENT, TEXT),
]  # fmt: skip


@pytest.mark.parametrize(("told", "why", "text"), REFUSED)
def test_what_is_not_the_documents_is_no_draft(
    told: dict[str, Any], why: WhyUnlocated, text: str
) -> None:
    ground = GROUND
    if text != TEXT:
        document = keep_document(text.encode(), "story.txt")
        cut = text.index("?") + 1
        spans = ((0, cut), (cut + 1, len(text)))
        ground = Ground(
            document=document, sent=text, first=(),
            sentences=tuple(SentenceReading(span=one) for one in spans),
            voices=GROUND.voices, hidden=(), incident="mill-road", book="desk/incident",
        )  # fmt: skip
    found = located(ground, [(Stretch(0, text), {"statements": [told]})], "m")
    assert [one.why for one in found.unlocated] == [why]
    assert found.drafts == ()


def test_no_word_is_cut_out_of_another() -> None:
    """ "armed" is not what "unarmed" says."""
    [draft] = read(statement("armed")).drafts
    start = draft.statement.source.start or 0
    assert TEXT[start - 7 : start] == "anyone "


def test_words_that_are_quoted_again_are_read_where_they_were_first_written() -> None:
    [draft] = read(statement("The man had a hammer", before="")).unlocated
    assert draft.why is WhyUnlocated.SET_ASIDE
    [found] = read(statement("man had a hammer")).drafts
    assert found.statement.source.start == TEXT.index("man had a hammer")


@pytest.mark.parametrize(
    ("told", "caution"),
    [
        (statement("fire", kind="discharged_weapon", slots=slots(who="clerk")), "this affirms"),
        (statement("hurt", kind="injured", slots=slots(who="man")), "this affirms"),
        (statement("saw him run", stance="denies"), "this denies"),
        (statement("saw him run", kind="moved", slots=slots(who="man")), "not named in the sentence: man"),
        (statement("Was anyone armed"), "takes the sentence for: question"),
    ],
)  # fmt: skip
def test_a_person_is_told_where_to_look(told: dict[str, Any], caution: str) -> None:
    [draft] = read(told).drafts
    assert any(caution in one for one in draft.statement.extra[CAUTIONS])


def test_a_plain_reading_carries_no_caution() -> None:
    [draft] = read(
        statement(
            "him run", speaker="A clerk", speaker_kind="witness", speaker_words="A clerk",
            cue="saw", basis="saw",
        )
    ).drafts  # fmt: skip
    assert CAUTIONS not in draft.statement.extra
    assert draft.statement.speaker == Speaker("clerk", SpeakerKind.WITNESS)
    assert draft.statement.source.quote == "him run"


def test_what_is_denied_is_told_without_its_negation() -> None:
    [draft] = read(statement("He did not fire", stance="denies")).drafts
    assert draft.statement.fact.text == "He did fire"  # type: ignore[union-attr]
    assert positive("nobody couldn’t say no") == "anybody could say any"
    assert positive("not") == "not"


def test_nobody_is_denied_of_anyone() -> None:
    told = statement("Nobody was hurt", kind="injured", stance="denies", slots=slots(who="anyone"))
    [draft] = read(told).drafts
    assert draft.statement.stance is Stance.DENIES
    assert draft.statement.fact.who == "anyone"  # type: ignore[union-attr]


PIECES = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(
    lambda ends: TEXT[min(ends) : max(ends)]
)
WORDS = PIECES | st.sampled_from(["anyone", "man", "The chief", "\x00", "man\x1b", "\ud800"]) | st.text(max_size=20)  # fmt: skip
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
RETURNED = st.fixed_dictionaries(
    {},
    optional={
        "before": WORDS,
        "speaker": st.none() | WORDS,
        "speaker_words": st.none() | WORDS,
        "cue": st.none() | WORDS,
        "stance": st.sampled_from(["affirms", "denies", "cannot_say", "does", "sure"]),
        "kind": st.sampled_from(["other", "armed", "injured", "cleared", "same", "found", "?"]),
        "speaker_kind": st.sampled_from(["official", "witness", "automaton", "god"]),
        "slots": st.lists(
            st.fixed_dictionaries(
                {
                    "slot": st.sampled_from(["who", "weapon", "text", "by", "mood"]),
                    "values": st.lists(WORDS, max_size=2),
                }
            ),
            max_size=2,
        ),
        "via": st.lists(
            st.fixed_dictionaries({"name": WORDS, "kind": st.just("witness")}), max_size=2
        ),
        "reviewed": st.booleans(),
    },
)


@settings(max_examples=400)
@given(WORDS, RETURNED, ANYTHING)
def test_every_draft_is_verbatim_and_no_answer_breaks_the_reading(
    quote: str, parts: dict[str, Any], other: Any
) -> None:
    answer = {"statements": [statement(quote, **parts), other]}
    found = located(GROUND, [(Stretch(0, TEXT), answer), (Stretch(0, TEXT), other)], "m")
    for draft in found.drafts:
        source = draft.statement.source
        assert source.start is not None
        assert source.end is not None
        assert 0 <= source.start < source.end <= len(TEXT)
        assert source.quote == TEXT[source.start : source.end]
        assert source.quote.strip()
        for span in (draft.cue, draft.speaker_span):
            assert span is None or TEXT[slice(*span)].strip()
        assert kind_of(draft.statement.fact) not in ("cleared", "same", "found")
        assert draft.statement.stance is not Stance.DOES
        assert draft.statement.speaker.kind is not SpeakerKind.AUTOMATON
        assert not draft.statement.reviewed
        # One draft that cannot be read again would keep a person from the whole queue.
        assert decode_draft(encode_draft(draft)) == draft
    for one in found.unlocated:
        assert decode_unlocated(encode_unlocated(one)) == one
    assert len(found.drafts) + len(found.unlocated) >= 1


@settings(max_examples=300)
@given(ANYTHING, st.binary(max_size=60), st.booleans())
def test_any_body_is_an_answer_or_a_fault_that_says_what_to_do(
    content: Any, body: bytes, wrapped: bool
) -> None:
    if wrapped:
        choice = {"message": {"content": json.dumps(content)}}
        body = json.dumps({"choices": [choice]}).encode()
    told = None
    try:
        answer = answer_in(body)
    except AnswerFault as fault:
        told = fault.problem, fault.remedy
    assert all(told) if told is not None else isinstance(answer["statements"], list)


def test_stretches_hold_every_sentence_and_none_is_longer_than_may_be_sent() -> None:
    text = " ".join(f"Sentence {number} is here." for number in range(2_000))
    spans, at = [], 0
    for sentence in text.split(". "):
        end = min(at + len(sentence) + 1, len(text))
        spans.append((at, end))
        at = end + 1
    stretches = list(stretches_of(text, spans))
    assert all(len(one.text) <= 6_000 for one in stretches)
    assert all(text[one.start :].startswith(one.text) for one in stretches)
    for start, end in spans:
        assert any(one.start <= start and end <= one.start + len(one.text) for one in stretches)


def test_a_sentence_longer_than_a_stretch_is_read_to_its_end() -> None:
    text = "word " * 5_000
    stretches = list(stretches_of(text, [(0, len(text) - 1)]))
    assert all(len(one.text) <= 6_000 for one in stretches)
    assert max(one.start + len(one.text) for one in stretches) == len(text) - 1
