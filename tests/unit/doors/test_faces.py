import pytest

from telling import DRIVER, account_of, matter, saw, told
from whoseword.doors.faces import STANDINGS, THEMES, groups_of, positions_in_order, short_ids
from whoseword.doors.plain_words import answer_line, chain_line, time_line, voices_line
from whoseword.words import FACTS, Happened, Hedge, Relay, SpeakerKind, Stance, Standing


def test_every_kind_of_fact_has_one_place_in_the_order() -> None:
    kinds = [kind for _, its in THEMES for kind in its]
    assert sorted(kinds) == sorted(FACTS)


def test_every_standing_has_one_place_in_the_order() -> None:
    assert sorted(STANDINGS, key=str) == sorted(Standing, key=str)


def test_no_matter_is_dropped() -> None:
    view = account_of(*(told(kind) for kind in FACTS))
    shown = [one.matter for group in groups_of(view) for one in group.matters]
    assert sorted(shown) == sorted(one.matter for one in view.matters)


@pytest.mark.parametrize("stance", list(Stance))
@pytest.mark.parametrize("hedge", [Hedge.POSSIBLE, Hedge.REPORTED])
@pytest.mark.parametrize("question", ["Was the woman armed?", "How old was the child?"])
def test_no_stance_loses_its_hedge(stance: Stance, hedge: Hedge, question: str) -> None:
    plain = answer_line(question, stance, Hedge.PLAIN, {}, None)
    hedged = answer_line(question, stance, hedge, {}, None)
    assert plain != hedged
    assert hedge.value[:6] in hedged.lower()


@pytest.mark.parametrize(
    ("happened", "words"),
    [
        (Happened(words="Thursday"), "Yes, “Thursday” as said"),
        (Happened(after="arrival"), "Yes, after arrival"),
        ("2031-03", "Yes, 2031-03"),
        ("2031-03-06", "Yes, 6 March 2031"),
        (None, "Yes"),
    ],
)
def test_a_time_is_told_as_it_was_told(happened: str | Happened | None, words: str) -> None:
    assert answer_line("Was it?", Stance.AFFIRMS, Hedge.PLAIN, {}, happened) == words


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2031-03-06T14:03-05:00", "6 March 2031, 14:03 UTC-05:00"),
        ("2031-03-06T14:03:07Z", "6 March 2031, 14:03:07 UTC"),
        ("2031-03-06T14:03", "6 March 2031, 14:03"),
        ("2031-03-06/2031-03-08", "2031-03-06/2031-03-08"),
        ("2031-21", "2031-21"),
        ("2031-03-06~", "2031-03-06~"),
    ],
)
def test_only_a_plain_date_is_written_out(edtf: str, words: str) -> None:
    assert time_line(edtf) == words


def test_relays_are_named_nearest_the_speaker_first() -> None:
    chain = (Relay("manager", SpeakerKind.WITNESS), Relay("chief", SpeakerKind.OFFICIAL))
    assert chain_line(chain) == "as told by manager (witness), passed on by chief (official)"
    assert chain_line(()) == ""


def test_voices_say_whether_they_affirm_or_deny() -> None:
    view = account_of(
        saw("armed", who="man", stance="denies"), saw("armed", who="woman"),
        saw("armed", who="woman", by=DRIVER), told("died", who="child", stance="cannot_say"),
    )  # fmt: skip
    lines = {one.matter: voices_line(one) for one in view.matters}
    assert lines == {
        "armed(who=man)": "1 voice denies",
        "armed(who=woman)": "2 independent voices affirm",
        "died(who=child)": "",
    }


def test_what_stands_comes_before_what_was_replaced() -> None:
    first = saw("armed", who="woman")
    second = saw("armed", who="woman", stance="denies", replaces=first.id)
    shown = positions_in_order(matter(account_of(first, second), "armed(who=woman)"))
    assert [one.stance for one in shown] == ["denies", "affirms"]


def test_short_ids_are_endings_that_no_two_share() -> None:
    ids = ["a/b:0195-1234abcd", "0195-1234abcd", "0195-5678abcd", "0195-1234abcd#3"]
    short = short_ids(ids, least=4)
    assert len(set(short.values())) == len(ids)
    assert all(key.endswith(ending) or "#" in key for key, ending in short.items())
    assert short["0195-1234abcd#3"].endswith("#3")
