"""What an answer to a call-taker says; what could be a yes or a no is asked for again."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from whoseword.intake.calling import (
    QUESTIONS,
    Answer,
    Entry,
    Form,
    Question,
    Unclear,
    answer_in,
    by_entry,
    encode_form,
    statements_of,
)
from whoseword.words import SpeakerKind, Stance, Statement, matter_of
from whoseword.words.kinds import kind_of, values_of
from whoseword.words.rules import check

ASKED = {one.name: one for one in QUESTIONS}
YES_NO = ("weapons", "injuries", "who", "children", "safe")


def told(name: str, words: str) -> tuple[str, str, str] | None:
    found = answer_in(words, ASKED[name])
    return found and (found.stance.value, found.hedge.value, found.words)


def form_of(**answers: str) -> Form:
    entries = tuple(
        Entry(question=name, words=words, at="2031-03-06T20:15:02Z", by="Ann Lee")
        for name, words in answers.items()
    )
    return Form(
        key="00" * 16,
        incident="elm-street",
        book="harrow-911/response/calls",
        agency="harrow-911",
        call="call-1",
        caller="caller",
        caller_kind=SpeakerKind.UNNAMED,
        taker="Ann Lee",
        begun="2031-03-06T20:15:00Z",
        entries=entries,
        opened=True,
    )


def said(**answers: str) -> list[tuple[str, str, dict[str, object]]]:
    return [
        (one.stance.value, matter_of(one.fact).label, dict(values_of(one.fact)))
        for one in statements_of(form_of(**answers))
    ]


@pytest.mark.parametrize("name", YES_NO)
def test_the_five_answers_are_five_things(name: str) -> None:
    told_ = [told(name, words) for words in ("yes", "no", "?", "declines", "no answer", "", "-")]
    stances = [one and one[0] for one in told_]
    assert stances == ["affirms", "denies", "does_not_know", "declines", "no_reply", None, None]


@pytest.mark.parametrize(
    "words",
    [
        "no weapons seen",
        "none that I saw",
        "no, he has a gun",
        "no: a bat",
        "unknown: he has a gun",
        "declines, but I saw a gun",
        "yes, no weapons",
        "unlikely",
        "he doesn't have one",
        "don’t think so",
        "knife?",
        "unknown if he has a knife",
        "he is unarmed",
        "she denies it",
        "asked whether there is a gun",
        "without a gun",
        "no-one is hurt",
    ],
)
def test_what_could_be_a_no_is_never_taken_for_a_yes_with_words(words: str) -> None:
    for name in ("weapons", "injuries", "who", "children"):
        with pytest.raises(Unclear):
            told(name, words)


@pytest.mark.parametrize(
    "words", ["ok", "he is calm", "all clear", "hung up", "say", "help", "weapons", "14:30", "uhm"]
)
def test_what_names_no_weapon_is_asked_for_again(words: str) -> None:
    with pytest.raises(Unclear):
        told("weapons", words)


@pytest.mark.parametrize("words", ["idk", "dunno", "doesnt know"])
def test_what_people_type_for_not_known_is_not_known(words: str) -> None:
    found = told("weapons", words)
    assert found is not None
    assert found[0] == "does_not_know"


@pytest.mark.parametrize(
    "words", ["he will get a gun", "used to carry a gun", "he had a knife last week", "owns a gun"]
)
def test_a_weapon_of_another_time_is_none_that_is_there_now(words: str) -> None:
    with pytest.raises(Unclear, match="another time"):
        told("weapons", words)


def test_names_are_left_whole_and_two_people_are_two() -> None:
    made = said(who="Susan Lee, Maria Lee, Marian Lee, a man")
    assert [fact for _, fact, _ in made] == [
        f"present(who={name})" for name in ("susan-lee", "maria-lee", "marian-lee", "man")
    ]


def test_words_after_a_no_are_asked_for_under_what_and_after_a_yes_are_kept() -> None:
    with pytest.raises(Unclear, match="stands alone"):
        told("weapons", "no: none that she saw")
    assert told("weapons", "yes: a long blade") == ("affirms", "plain", "a long blade")
    assert said(safe="no: he is in the next room")[0][0] == "denies"


@pytest.mark.parametrize(
    ("words", "hedge"),
    [
        ("maybe a knife", "possible"),
        ("possible knife", "possible"),
        ("man: it could be a knife", "possible"),
        ("sounds like a gun", "possible"),
        ("sounded like a gun", "possible"),
        ("likely a knife", "possible"),
        ("knife or gun", "possible"),
        ("my mom said he has a knife", "reported"),
        ("allegedly a gun", "reported"),
        ("maybe", "possible"),
        ("a knife", "plain"),
    ],
)
def test_an_answer_is_no_surer_than_its_words(words: str, hedge: str) -> None:
    found = told("weapons", words)
    assert found is not None
    assert found[:2] == ("affirms", hedge)


def test_a_belief_is_a_belief_and_a_disbelief_is_asked_for_in_plain_words() -> None:
    assert told("weapons", "thinks a knife") == ("believes", "plain", "a knife")
    assert told("weapons", "thinks so") == ("believes", "plain", "")
    with pytest.raises(Unclear, match="maybe no"):
        told("weapons", "thinks: no")
    assert told("weapons", "maybe no") == ("denies", "possible", "")


@pytest.mark.parametrize("words", ["yes", "no", "maybe", "nothing"])
def test_yes_is_no_place(words: str) -> None:
    with pytest.raises(Unclear, match="does not tell"):
        told("where", words)
    assert told("where", "No. 12, Elm Street") == ("affirms", "plain", "No. 12, Elm Street")


def test_whether_it_is_safe_to_talk_is_not_guessed_from_words() -> None:
    with pytest.raises(Unclear, match="yes, no"):
        told("safe", "whispering")
    assert said(safe="no: he is in the next room") == [
        ("denies", 'other(text="safe to talk, call-1")', {}),
        ("affirms", "other(text=he is in the next room)", {}),
    ]


def test_each_answer_is_the_matter_that_advice_and_rules_look_for() -> None:
    found = said(
        where="418 Sallow Street Apt 2B",
        what="a man is shouting",
        weapons="man: a kitchen knife",
        injuries="woman: cut on the arm",
        who="a man, two women and her brother",
        children="2",
        safe="yes",
    )
    assert found == [
        ("affirms", "located(what=call-1)", {"place": "418 Sallow Street Apt 2B"}),
        ("affirms", "other(text=a man is shouting)", {}),
        ("affirms", "armed(who=man)", {"weapon": "a kitchen knife"}),
        ("affirms", "injured(who=woman)", {}),
        ("affirms", 'other(text="woman: cut on the arm")', {}),
        ("affirms", "present(who=man)", {"place": "418 Sallow Street Apt 2B"}),
        ("affirms", "present(who=women)", {"place": "418 Sallow Street Apt 2B"}),
        ("affirms", "counted(what=women)", {"count": "2"}),
        ("affirms", "present(who=her-brother)", {"place": "418 Sallow Street Apt 2B"}),
        ("affirms", "present(who=children-call-1)", {}),
        ("affirms", "counted(what=children-call-1)", {"count": "2"}),
        ("affirms", 'other(text="safe to talk, call-1")', {}),
    ]


def test_a_pronoun_is_nobody_and_anyone_is_never_affirmed() -> None:
    assert said(weapons="he: a knife") == [("affirms", "armed(who=?)", {"weapon": "a knife"})]
    assert said(weapons="anyone: a knife")[0][1] == "armed(who=?)"
    assert said(who="nobody") == [("denies", "present(who=anyone)", {})]
    assert said(children="no") == [("denies", "present(who=children-call-1)", {})]


def test_the_word_is_the_callers_through_the_call_taker() -> None:
    [one] = statements_of(form_of(weapons="a knife"))
    assert (one.speaker.name, one.via[0].name) == ("caller", "Ann Lee")
    assert one.signed_by == one.source.entered_by == "Ann Lee"
    assert one.said == "2031-03-06T20:15:02Z"
    assert one.reviewed


def as_said(form: Form) -> tuple[Form, dict[str, Statement]]:
    """The form once all of it was said, and what stands then."""
    waiting = by_entry(form)
    ids = {number: [str(one.id) for one in its] for number, its in waiting.items()}
    return form.all_said(ids), {str(one.id): one for its in waiting.values() for one in its}


def answered(form: Form, question: str, words: str) -> Form:
    at = "2031-03-06T20:20:00Z"
    return form.with_entry(Entry(question=question, words=words, at=at, by="Bo Ray"))


def test_answered_again_after_it_was_said_it_replaces_what_was_said() -> None:
    form, stands = as_said(form_of(weapons="no"))
    [before] = stands.values()
    again = answered(form, "weapons", "a knife")
    [now] = statements_of(again, stands)
    assert (now.replaces, now.stance, now.via[0].name) == (before.id, Stance.AFFIRMS, "Bo Ray")
    assert statements_of(as_said(again)[0]) == []


def test_what_was_said_lies_in_the_form_no_longer() -> None:
    form, _ = as_said(form_of(weapons="a long kitchen knife"))
    assert b"knife" not in encode_form(form)


def test_what_was_sealed_meanwhile_is_not_replaced() -> None:
    form, _ = as_said(form_of(weapons="no"))
    [now] = statements_of(answered(form, "weapons", "a knife"), {})
    assert now.replaces is None


def test_what_is_taken_back_is_withdrawn_and_not_denied() -> None:
    form, stands = as_said(form_of(injuries="woman: cut on the arm"))
    now = statements_of(answered(form, "injuries", "-"), stands)
    assert [one.replaces for one in now] == list(stands)
    assert {one.stance for one in now} == {Stance.CANNOT_SAY}
    assert len({*(one.id for one in now), *stands}) == 4


@given(st.sampled_from(QUESTIONS), st.text(max_size=60))
@example(ASKED["who"], ",")
def test_every_answer_is_asked_for_again_or_makes_statements_that_a_book_takes(
    question: object, words: str
) -> None:
    name = question.name  # type: ignore[attr-defined]
    try:
        answer = answer_in(words, ASKED[name])
    except Unclear:
        return
    made = statements_of(form_of(**{name: words}))
    assert bool(made) == (answer is not None)
    if answer is None:
        return
    for one in made:
        check(one)
        assert_keeps(one, name, answer)


def assert_keeps(one: Statement, question: str, answer: Answer) -> None:
    """What answers the question is as the caller stands to it, and no surer than they are."""
    answers = kind_of(one.fact) in ANSWERED_BY[question]
    if answers and not (
        kind_of(one.fact) == "other" and getattr(one.fact, "text", "") == answer.words
    ):
        assert (one.stance, one.hedge) == (answer.stance, answer.hedge)
    assert one.hedge == answer.hedge
    if answer.stance not in (Stance.AFFIRMS, Stance.BELIEVES):
        # Words beside a no, a doubt or a silence are words, and no weapon, harm, person or place.
        assert one.stance is answer.stance or kind_of(one.fact) == "other"
    elif answer.stance is Stance.BELIEVES:
        assert one.stance is Stance.BELIEVES or kind_of(one.fact) == "other"


ANSWERED_BY = {
    "where": ("located",), "what": ("other",), "weapons": ("armed",), "injuries": ("injured",),
    "who": ("present", "counted"), "children": ("present", "counted"), "safe": (),
}  # fmt: skip


@given(
    st.sampled_from([one for one in QUESTIONS if one.name in YES_NO]),
    st.sampled_from(["no", "?", "none", "declines", "no answer", "maybe no", "unknown"]),
)
def test_no_denial_doubt_or_silence_affirms_the_thing_itself(question: Question, word: str) -> None:
    [one] = statements_of(form_of(**{question.name: word}))
    assert one.stance not in (Stance.AFFIRMS, Stance.BELIEVES)
    assert (getattr(one.fact, "who", None) == "anyone") == (
        one.stance is Stance.DENIES and question.name in ("weapons", "injuries", "who")
    )
