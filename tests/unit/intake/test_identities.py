"""What a person is asked of who is who: whom words mean, whose they are, which names may be one."""

import sys
from typing import Any

from whoseword.doors.terminal.queues import names_told
from whoseword.intake import Draft
from whoseword.intake.identities import Open, identities_of
from whoseword.words import Basis, Source, Speaker, SpeakerKind, Stance, Statement, make_fact


def draft(name: str, who: str | None, document: str = "d1", **extra: Any) -> Draft:
    statement = Statement(
        incident="mill-road",
        book="county/incident",
        speaker=Speaker("Ida Marsh", SpeakerKind.WITNESS),
        stance=Stance.AFFIRMS,
        basis=Basis.UNSTATED,
        fact=make_fact("armed", {"who": who}),
        source=Source(document=document, start=0, end=9, quote="she had it"),
        reviewed=False,
        extra=extra,
    )
    return Draft(draft=name, statement=statement, sentence=(0, 9), cue=None, speaker_span=None)


def test_whom_words_mean_and_whose_words_they_are_are_two_questions() -> None:
    both = draft(
        "d-1", None, x_candidates=["nurse", "cook"], x_speaker_candidates=["Otto Venn", "Ida Marsh"]
    )
    found = identities_of([both], [], {})
    assert [(one.of, one.candidates) for one in found.unclear] == [
        (Open.MENTION, ("cook", "nurse")),
        (Open.SPEAKER, ("Ida Marsh", "Otto Venn")),
    ]
    assert names_told(found).splitlines() == [
        'Whom does "she had it" mean: cook, nurse?',
        "  draft d-1 leaves it open",
        'Whose words are "she had it": Ida Marsh, Otto Venn?',
        "  draft d-1 gives them to Ida Marsh",
        "2 questions of who is who; nothing is joined until you say so.",
    ]


def test_what_could_mean_one_alone_or_is_no_list_of_names_is_no_question() -> None:
    drafts = [
        draft("d-1", None, x_candidates=["nurse", "nurse"]),
        draft("d-2", None, x_candidates="nurse"),
        draft("d-3", None, x_speaker_candidates=7),
    ]
    assert identities_of(drafts, [], {}).unclear == ()


def test_a_name_of_many_words_is_asked_about_with_one_of_fewer() -> None:
    long = "tall-old-red-haired-night-shift-back-door-house-manager"
    drafts = [draft("d-1", long), draft("d-2", "house-manager", "d2"), draft("d-3", "cook", "d3")]
    (alike,) = identities_of(drafts, [], {}).alike
    assert {alike.name, alike.other} == {long, "house-manager"}


def test_two_names_of_one_document_and_two_that_differ_by_a_number_are_not_asked_about() -> None:
    drafts = [draft("d-1", "house-manager"), draft("d-2", "manager")]
    assert identities_of(drafts, [], {}).alike == ()
    drafts = [draft("d-1", "officer-1"), draft("d-2", "officer-2", "d2")]
    assert identities_of(drafts, [], {}).alike == ()


def test_many_names_under_one_last_word_are_not_all_held_against_each_other() -> None:
    def steps(count: int) -> int:
        """How many functions are called for so many names: the same whatever the machine does."""
        drafts = [draft(f"d-{at}", f"one{at}-two{at % 9}-manager", f"d{at}") for at in range(count)]
        called = 0

        def count_one(_frame: object, event: str, _of: object) -> None:
            nonlocal called
            called += event in ("call", "c_call")

        before = sys.getprofile()
        sys.setprofile(count_one)
        try:
            found = identities_of(drafts, [], {}).alike
        finally:
            sys.setprofile(before)
        assert found == ()
        return called

    # Four times the names would take sixteen times as many steps if all pairs were tried.
    assert steps(2_000) < 6 * steps(500)
