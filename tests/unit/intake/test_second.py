"""Whatever a model returns, a draft of it stands in the text word for word."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.model_server import statement

from whoseword.intake import Reading, SentenceReading, keep_document
from whoseword.intake.second import Stretch, located, stretches_of
from whoseword.intake.second.locating import Ground
from whoseword.words import Speaker, SpeakerKind, kind_of

TEXT = "The chief said the man had a hammer. A clerk saw\nhim run. Nobody was hurt, she said."
DOCUMENT = keep_document(TEXT.encode(), "story.txt")
SENTENCES = ((0, 36), (37, 57), (58, 83))
OWN = Speaker("narrator of story.txt", SpeakerKind.NARRATOR)
GROUND = Ground(
    DOCUMENT,
    Reading(
        document=DOCUMENT.sha256,
        drafts=(),
        sentences=tuple(SentenceReading(span=one) for one in SENTENCES),
    ),
    (),
    OWN,
    "mill-road",
    "desk/incident",
)
PIECES = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(
    lambda ends: TEXT[min(ends) : max(ends)]
)
WORDS = PIECES | st.text(max_size=20)
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
        assert source.quote == TEXT[source.start : source.end]
        assert source.quote.strip()
        for span in (draft.cue, draft.speaker_span):
            assert span is None or TEXT[slice(*span)].strip()
        assert kind_of(draft.statement.fact) not in ("cleared", "same", "found")
        assert draft.statement.speaker.kind is not SpeakerKind.AUTOMATON
        assert not draft.statement.reviewed
    assert len(found.drafts) + len(found.unlocated) >= 1


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
