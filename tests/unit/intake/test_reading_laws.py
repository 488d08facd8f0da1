"""Whatever the text: it is read without an error, every span is verbatim, nothing is passed over."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from whoseword.intake import KeptDocument, decode_draft, encode_draft
from whoseword.intake.reading import read_document
from whoseword.words import NON_ANSWERS, kind_of

_PIECES = [
    "The sheriff said", "that", "the woman", "an officer", "a man", "was armed", "with a knife",
    "could not say whether", "according to", "police", "did not respond", "no arrests were made",
    "who", "she", "they", "her", "was shot", "died", "on Friday", "and", "but", ",", ".", "?", "!",
    "“", "”", '"', "'", "—", "\n", "\n\n", "Dr.", "p.m.", "1415", "OFC 1 ADV", "FEMALE HAS KNIFE",
    "CHIEF RAY:", "Dear Sir,", "Sincerely,", "reportedly", "may have", "it was not clear", "\t",
    "the officer who fired", "of the child", "told investigators", "there was no response", "né",
]  # fmt: skip
_TEXTS = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=40).map(" ".join) | st.text(
    max_size=120
).filter(lambda text: "\x00" not in text)


def kept(text: str) -> KeptDocument:
    return KeptDocument(
        sha256="0" * 64, name="any.txt", media_type="text/plain", bytes=b"", text=text
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_TEXTS)
@example("")
@example(" \n \n")
@example("1400 X.\n1401 Y.\n1402 .")
@example("A: b\nA: c\nA: d")
def test_any_text_is_read_whole_and_verbatim(text):
    document = kept(text)
    reading = read_document(document, "pier-lane-2031", "desk/incident")
    held = "".join("".join(text[a:b].split()) for a, b in (s.span for s in reading.sentences))
    assert held == "".join(text.split())
    names = {one.draft for one in reading.drafts}
    for sentence in reading.sentences:
        assert bool(sentence.drafts) != (sentence.why is not None)
        assert set(sentence.drafts) <= names
    for one in reading.drafts:
        source = one.statement.source
        assert source.start < source.end
        assert text[source.start : source.end] == source.quote
        for span in filter(None, (one.sentence, one.cue, one.speaker_span)):
            assert 0 <= span[0] < span[1] <= len(text)
        assert one.sentence[0] <= source.start
        assert source.end <= one.sentence[1]
        assert decode_draft(encode_draft(one)) == one
        assert one.statement.reviewed is False
        assert one.statement.signed_by is None


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["could not say", "did not confirm", "would not say", "declined to say"]),
    st.sampled_from(
        [
            ("the boy was shot", "injured"),
            ("the woman had a knife", "armed"),
            ("the man was arrested", "arrested"),
            ("an officer fired", "discharged_weapon"),
            ("the woman was attacked", "attacked"),
            ("the man was handcuffed", "handcuffed"),
            ("the officer was placed on leave", "placed_on_leave"),
        ]
    ),
    st.sampled_from(["The sheriff", "Ora Lindqvist", "The Orle Police Department", "She"]),
    st.sampled_from(["", " on Monday", " in the flat"]),
)
def test_a_non_answer_never_affirms(cue, matter, speaker, tail):
    words, kind = matter
    text = f"{speaker} {cue} whether {words}{tail}."
    found = [
        one.statement
        for one in read_document(kept(text), "pier-lane-2031", "desk/incident").drafts
        if kind_of(one.statement.fact) == kind
    ]
    assert found
    assert all(one.stance in NON_ANSWERS for one in found)


def test_the_same_document_reads_the_same_twice():
    text = "The sheriff said an officer fired. She could not say whether the man was armed."
    first, second = (read_document(kept(text), "pier-lane-2031", "desk/incident") for _ in range(2))
    assert first == second
