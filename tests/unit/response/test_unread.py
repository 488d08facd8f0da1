"""Words that nobody has read since a clearance: beside it, in full, and changing no advice."""

from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from at_the_gate import CLOSED, INCIDENT, TERMS, at, cleared, clock, crew, knife
from whoseword.response import Advised, Drawn, Note, advise, replay
from whoseword.response.shapes import Notes
from whoseword.words import Statement

FEED = {"feed": "idx.psap.example", "message": "m1"}


def note(text: str, words: str = "he holds a knife", **parts: Any) -> Statement:
    return at(text, "other", slots={"text": words}, **({"reviewed": False, "source": FEED} | parts))


def notes_of(*told: Statement) -> Notes:
    return {
        (one.book, one.id): Note(str(one.fact.text), "knife" in str(one.fact.text))
        for one in told
        if not one.reviewed and hasattr(one.fact, "text")
    }


def row_at(*told: Statement, until: str = "23:59", hidden: tuple[Statement, ...] = ()) -> Advised:
    drawn = Drawn(told, (*told, *hidden), notes_of(*told, *hidden))
    rows = advise(drawn, incident=INCIDENT, at=clock(until), terms=TERMS).advice
    return next(one for one in rows if one.who == "clinician")


def unread(*told: Statement, **asked: Any) -> list[str]:
    return [one.words for one in row_at(*told, **asked).unread]


def test_a_note_that_came_after_the_clearance_stands_beside_it_and_ends_nothing() -> None:
    late = note("14:05")
    row = row_at(*crew(), cleared("14:03"), late)
    assert (row.advice, row.since[11:19]) == ("may_engage", "14:03:00")
    [one] = row.unread
    assert (one.statement, one.words, one.by) == (late.id, "he holds a knife", "County 911")
    assert one.may_tell_of_weapon
    assert one.recorded == "2031-03-06T14:05:00Z"


def test_a_note_without_a_word_for_a_weapon_is_unread_all_the_same() -> None:
    row = row_at(*crew(), cleared("14:03"), note("14:05", "tiene un cuchillo"))
    assert [(one.words, one.may_tell_of_weapon) for one in row.unread] == [
        ("tiene un cuchillo", False)
    ]


def test_what_the_giver_had_is_not_unread_however_it_came() -> None:
    seen, late = note("14:02"), note("14:05")
    assert unread(*crew(), seen, cleared("14:03")) == []
    again = cleared("14:06", slots={"having_seen": late.id})
    assert unread(*crew(), cleared("14:03"), late, again) == []
    blind = cleared("14:06", slots={"having_seen": seen.id})
    assert len(unread(*crew(), seen, cleared("14:03"), late, blind)) == 1


def test_a_note_of_before_the_clearance_that_arrives_after_it_was_not_seen() -> None:
    assert unread(*crew(), cleared("14:03"), note("14:05", said="2031-03-06T14:01:00Z"))
    late = cleared("14:05", said="2031-03-06T14:03:00Z")
    assert unread(*crew(), note("14:04"), late), "said before the note came, entered after it"


def test_where_it_is_hold_anyway_nothing_needs_to_stand_beside_it() -> None:
    assert unread(*crew(), note("14:05")) == []
    assert unread(*crew(), cleared("14:03"), note("14:05"), knife("14:06")) == []


def test_what_a_feed_wrote_over_is_unread_as_well() -> None:
    first = note("14:05", "knife")
    newer = note("14:06", "no knife, a spoon", replaces=first.id)
    assert unread(*crew(), cleared("14:03"), first, newer) == ["knife", "no knife, a spoon"]


def test_a_note_that_the_reader_does_not_open_leaves_no_trace() -> None:
    told, hidden = (*crew(), cleared("14:03")), note("14:05", book=CLOSED)
    assert row_at(*told, hidden=(hidden,)) == row_at(*told)


def test_at_each_moment_of_a_replay_stands_what_was_unread_then() -> None:
    told = (*crew("14:01"), cleared("14:03"), note("14:05"), knife("14:08"))
    drawn = Drawn(told, told, notes_of(*told))
    view = replay(drawn, incident=INCIDENT, at=clock("23:59"), terms=TERMS)
    rows = {
        one.at[11:16]: next(row for row in one.advice if row.who == "clinician")
        for one in view.moments
    }
    assert {at: (row.advice, len(row.unread)) for at, row in rows.items()} == {
        "14:01": ("hold", 0),
        "14:03": ("may_engage", 0),
        "14:05": ("may_engage", 1),
        "14:08": ("hold", 0),
    }


_TIMES = st.integers(0, 59).map(lambda minute: f"14:{minute:02d}")
_TOLD = st.lists(
    st.one_of(_TIMES.map(note), _TIMES.map(cleared), _TIMES.map(knife)), min_size=1, max_size=6
)


@settings(max_examples=60)
@given(_TOLD)
def test_words_that_nobody_has_read_change_no_advice(told: list[Statement]) -> None:
    """Law 6, both ways: a machine's reading neither clears anybody nor is taken as told."""
    every = (*crew("14:00"), *told)
    bare = tuple(
        advise(Drawn(every, every), incident=INCIDENT, at=clock("23:59"), terms=TERMS).advice
    )
    with_notes = advise(
        Drawn(every, every, notes_of(*every)), incident=INCIDENT, at=clock("23:59"), terms=TERMS
    ).advice
    assert bare == tuple(msgspec.structs.replace(one, unread=()) for one in with_notes)
