"""Documents that carry the same words: where they come from, what drifted, what was corrected."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from whoseword.intake import keep_document
from whoseword.intake.copies import Change, Family, NoticeKind, Paper, Why, families_of, paper_of

BODY = (
    "Deputies were called to Mill Road on Monday after a neighbor reported a possible assault.",
    "According to the neighbor, a man may have been holding a hammer.",
    "A deputy fired two rounds.",
    "The man was taken to Orle Hospital in stable condition.",
    "The sheriff could not confirm whether the man had called for help.",
    "The State Police will review the recording of the call.",
    'Sheriff Ada Quill said "we do not yet know who was hurt first."',
)
RELEASE = "FENN COUNTY SHERIFF'S OFFICE\nNEWS RELEASE\nMay 4, 2031\n\n"


def paper(name: str, *sentences: str, head: str = "Orle Ledger\nMay 5, 2031\n\n") -> Paper:
    return paper_of(keep_document((head + " ".join(sentences) + "\n").encode(), name))


def changed(at: int, sentence: str) -> list[str]:
    return [sentence if number == at else one for number, one in enumerate(BODY)]


def only(*papers: Paper) -> Family:
    (family,) = families_of(papers)
    return family


def drifted(*sentences: str) -> list[tuple[Change, str, str]]:
    family = only(paper("1.txt", *BODY, head=RELEASE), paper("2.txt", *sentences))
    return [(one.change, one.there.quote, one.here.quote) for one in family.members[1].drifts]


def test_a_release_that_a_story_prints_is_the_origin_and_the_reason_is_told() -> None:
    family = only(paper("2.txt", *BODY), paper("1.txt", *BODY, head=RELEASE))
    assert family.origin.why is Why.ISSUED
    assert family.origin.named == "Fenn County Sheriff's Office"
    assert [one.name for one in family.members] == ["1.txt", "2.txt"]
    assert family.members[1].shares == 1.0
    assert family.members[1].drifts == ()


def test_a_dropped_hedge_and_a_dropped_speaker_come_first_and_quote_both_sides() -> None:
    assert drifted(*changed(1, "A man was holding a hammer.")) == [
        (Change.ATTRIBUTION_DROPPED, BODY[1], "A man was holding a hammer."),
        (Change.HEDGE_DROPPED, BODY[1], "A man was holding a hammer."),
    ]


def test_what_could_not_be_confirmed_and_is_told_plainly_is_a_dropped_hedge() -> None:
    told = "The sheriff said the man had called for help."
    assert [one[0] for one in drifted(*changed(4, told))] == [Change.HEDGE_DROPPED]


def test_a_number_and_a_negation_and_a_quotation_that_differ_are_listed() -> None:
    assert drifted(*changed(2, "A deputy fired three rounds.")) == [
        (Change.NUMBER, BODY[2], "A deputy fired three rounds.")
    ]
    told = 'Sheriff Ada Quill said "we know who was hurt first."'
    assert {one[0] for one in drifted(*changed(6, told))} == {Change.NEGATION, Change.QUOTATION}


def test_a_name_that_differs_is_listed_and_other_words_for_the_same_are_not() -> None:
    assert [
        one[0]
        for one in drifted(*changed(3, "The man was taken to Fenn Hospital in stable condition."))
    ] == [Change.NAME]
    assert drifted(*changed(3, "The man was brought to Orle Hospital in stable condition.")) == []
    assert drifted(*changed(2, "A deputy fired 2 rounds.")) == []


def test_a_wire_that_all_credit_is_the_origin_though_its_own_paper_is_not_here() -> None:
    head = "Fenn Courier\n\nORLE (Plains Wire) — "
    family = only(
        paper("1.txt", *BODY, head=head), paper("2.txt", *BODY, head=f"Orle Post{head[12:]}")
    )
    assert family.origin.why is Why.CREDITED
    assert family.origin.named == "Plains Wire"
    assert family.origin.document is None


def test_an_outlet_that_another_credits_is_the_origin_and_the_words_show_it() -> None:
    credit = "The calls were first reported by the Orle Ledger."
    first = paper("b.txt", *BODY)
    family = only(paper("a.txt", *BODY, credit, head="Fenn Courier\n\n"), first)
    assert family.origin.why is Why.CREDITED
    assert family.origin.document == first.sha256
    assert family.origin.shown_by is not None
    assert family.origin.shown_by.quote == "first reported by the Orle Ledger"


def test_of_two_undated_papers_nobody_is_first() -> None:
    family = only(
        paper("1.txt", *BODY, head="Orle Ledger\n\n"),
        paper("2.txt", *BODY, head="Fenn Courier\n\n"),
    )
    assert family.origin.why is Why.NOT_KNOWN
    assert family.origin.document is None


def test_the_earliest_is_the_origin_only_where_all_are_dated() -> None:
    early = paper("2.txt", *BODY, head="Fenn Courier\nMay 4, 2031\n\n")
    family = only(paper("1.txt", *BODY), early)
    assert (family.origin.why, family.origin.document) == (Why.EARLIEST, early.sha256)
    third = paper("3.txt", *BODY, head="Orle Post\n\n")
    assert only(paper("1.txt", *BODY), early, third).origin.why is Why.NOT_KNOWN


def test_a_footer_that_many_documents_carry_makes_no_family() -> None:
    footer = (
        "Anyone with information about any matter in this paper is asked to call the tip line of "
        "the county at any hour of the day, and need not give a name to anybody who answers it."
    )
    topics = (
        "fair",
        "school",
        "bridge",
        "water",
        "parade",
        "budget",
        "library",
        "harvest",
        "clinic",
    )
    papers = [
        paper(
            f"{topic}.txt", f"The {topic} was the talk of the {topic} board for {n} hours.", footer
        )
        for n, topic in enumerate(topics)
    ]
    assert families_of(papers) == ()
    # The same footer under two that carry one story makes no third of their family.
    (family,) = families_of([*papers, paper("a.txt", *BODY, footer), paper("b.txt", *BODY, footer)])
    assert [one.name for one in family.members] == ["a.txt", "b.txt"]


def test_where_every_document_carries_the_story_all_are_one_family() -> None:
    papers = [paper(f"{number:02}.txt", *BODY) for number in range(20)]
    assert len(only(*papers).members) == 20


def test_a_correction_is_tied_to_the_version_of_the_same_outlet() -> None:
    wrong = paper("1.txt", *changed(2, "A deputy fired three rounds."))
    notice = "Correction: An earlier version of this story misstated the number of rounds fired."
    right = paper("2.txt", notice, *BODY, head="Orle Ledger\nMay 6, 2031\n\n")
    other = paper("3.txt", *BODY, head="Fenn Courier\nMay 5, 2031\n\n")
    (told,) = only(wrong, right, other).corrections
    assert told.notice.kind is NoticeKind.CORRECTION
    assert told.notice.place.quote == notice
    assert told.earlier == wrong.sha256
    assert [(one.change, one.there.quote, one.here.quote) for one in told.changes] == [
        (Change.NUMBER, "A deputy fired three rounds.", "A deputy fired two rounds.")
    ]


def test_a_correction_of_what_is_not_held_says_so() -> None:
    notice = "Correction: An earlier version of this story misstated the number of rounds fired."
    right = paper("2.txt", notice, *BODY)
    other = paper("3.txt", *BODY, head="Fenn Courier\nMay 5, 2031\n\n")
    (told,) = only(right, other).corrections
    assert told.earlier is None
    assert told.changes == ()


def test_updates_and_retractions_are_known_from_their_words() -> None:
    for words, kind in (
        ("UPDATE: The man has died.", NoticeKind.UPDATE),
        ("This is a developing story.", NoticeKind.UPDATE),
        ("This article has been retracted.", NoticeKind.RETRACTION),
        ("Clarification: The deputy is not an officer.", NoticeKind.CLARIFICATION),
    ):
        (told,) = only(paper("1.txt", words, *BODY), paper("2.txt", *BODY)).corrections
        assert told.notice.kind is kind
    assert (
        only(
            paper("1.txt", *BODY), paper("2.txt", "The update of the road was late.", *BODY)
        ).corrections
        == ()
    )


def test_a_document_alone_has_no_family() -> None:
    assert families_of([paper("1.txt", *BODY)]) == ()
    assert families_of([]) == ()


SENTENCES = st.lists(st.sampled_from(BODY), min_size=1, max_size=7, unique=True)


@settings(max_examples=60, deadline=None)
@given(st.lists(SENTENCES, min_size=2, max_size=5), st.randoms())
def test_every_quote_is_verbatim_and_the_order_of_documents_changes_nothing(
    texts: Sequence[Sequence[str]], chance: "object"
) -> None:
    papers = [paper(f"{n}.txt", *its, head=f"Paper {n}\n\n") for n, its in enumerate(texts)]
    text_of = {one.sha256: one.text for one in papers}
    found = families_of(papers)
    shuffled = list(papers)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert families_of(shuffled) == found
    for family in found:
        for member in family.members:
            for drift in member.drifts:
                for place in (drift.there, drift.here):
                    assert text_of[place.document][place.start : place.end] == place.quote
