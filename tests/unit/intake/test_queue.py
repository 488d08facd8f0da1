"""The queue of drafts: why one comes first, whom it meets, and which sides cannot hold together."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from whoseword.access import parse_reader
from whoseword.doors.terminal.queues import Said, conflicts_told, encoded_in_queue, queue_told
from whoseword.intake import Draft
from whoseword.intake.queue import Conflict, First, Standing, Waiting, conflicts_of, queue_of
from whoseword.words import (
    Basis,
    Source,
    Speaker,
    SpeakerKind,
    Stance,
    Statement,
    make_fact,
)

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)


def said(speaker: str, stance: Stance, kind: str, **slots: Any) -> Statement:
    happened = slots.pop("happened", None)
    return Statement(
        incident="mill-road",
        book="county/incident",
        speaker=Speaker(speaker, SpeakerKind.WITNESS),
        stance=stance,
        basis=Basis.UNSTATED,
        fact=make_fact(kind, slots, happened),
        source=Source(document="d1", start=0, end=9, quote=f"words of {speaker}"),
        reviewed=False,
    )


def draft(name: str, stance: Stance, kind: str = "armed", **slots: Any) -> Draft:
    statement = said(name, stance, kind, **slots)
    return Draft(draft=name, statement=statement, sentence=(0, 9), cue=None, speaker_span=None)


def signed(
    name: str, statement: Statement, minutes: int = 0, replaces: str | None = None
) -> Statement:
    changed = statement.__class__.__struct_fields__
    return Statement(
        **{key: getattr(statement, key) for key in changed}
        | {
            "id": name,
            "recorded": NOON + timedelta(minutes=minutes),
            "replaces": replaces,
            "signed_by": "R. Analyst",
        }
    )


def standing(*statements: Statement) -> Standing:
    return Standing(
        statements=statements,
        incident="mill-road",
        as_of=NOON + timedelta(days=3),
        reader=parse_reader("supervisor@county"),
        zone=UTC,
    )


def by_name(drafts: Sequence[Draft], *statements: Statement) -> dict[str, Waiting]:
    return {one.draft.draft: one for one in queue_of(drafts, standing(*statements))}


def only_conflict(drafts: Sequence[Draft], *statements: Statement) -> Conflict:
    (conflict,) = conflicts_of(drafts, standing(*statements))
    return conflict


KNIFE = draft("ada", Stance.AFFIRMS, who="woman", weapon="knife")
NO_GUN = draft("bo", Stance.DENIES, who="woman", weapon="gun")
GUN = draft("cy", Stance.AFFIRMS, who="woman", weapon="gun")
NONE = draft("di", Stance.DENIES, who="woman")


def test_of_a_disputed_matter_only_what_cannot_hold_together_is_a_side() -> None:
    conflict = only_conflict([KNIFE, NO_GUN, GUN])
    assert [one.drafts for one in conflict.sides] == [("cy",), ("bo",)]
    waiting = by_name([KNIFE, NO_GUN, GUN])
    assert (waiting["cy"].why, waiting["cy"].meets) == (First.DISPUTED, ("bo",))
    assert (waiting["bo"].why, waiting["bo"].meets) == (First.DISPUTED, ("cy",))
    assert waiting["ada"].why is None


def test_a_denial_of_any_weapon_opposes_each_that_is_affirmed_and_no_other_denial() -> None:
    waiting = by_name([KNIFE, NO_GUN, GUN, NONE])
    assert waiting["di"].meets == ("ada", "cy")
    assert waiting["ada"].meets == ("di",)
    assert waiting["cy"].meets == ("bo", "di")


def test_positions_at_times_apart_are_no_sides() -> None:
    morning = draft("ada", Stance.AFFIRMS, who="woman", happened="2031-05-01T09:00:00Z")
    evening = draft("bo", Stance.DENIES, who="woman", happened="2031-05-01T21:00:00Z")
    assert conflicts_of([morning, evening], standing()) == ()
    later = draft("cy", Stance.AFFIRMS, who="woman", happened="2031-05-01T21:00:00Z")
    conflict = only_conflict([morning, evening, later])
    assert [one.drafts for one in conflict.sides] == [("cy",), ("bo",)]


def test_a_replaced_statement_is_neither_met_nor_a_side() -> None:
    first = signed("s-1", said("clerk", Stance.AFFIRMS, "armed", who="woman", weapon="knife"))
    again = signed("s-2", said("clerk", Stance.AFFIRMS, "armed", who="woman"), 5, replaces="s-1")
    conflict = only_conflict([NONE], first, again)
    assert [one.statements for one in conflict.sides] == [("s-2",), ()]
    assert by_name([NONE], first, again)["di"].meets == ("s-2",)


def test_a_draft_meets_twelve_at_most_of_however_many() -> None:
    many = [draft(f"a-{at:03}", Stance.AFFIRMS, who="woman") for at in range(300)]
    waiting = by_name([*many, NONE])
    assert len(waiting["di"].meets) == 12
    assert waiting["a-007"].meets == ("di",)
    silent = draft("ed", Stance.CANNOT_SAY, who="man")
    answers = [draft(f"b-{at:03}", Stance.BELIEVES, who="man") for at in range(300)]
    assert len(by_name([silent, *answers])["ed"].meets) == 12
    lines = sum(len(encoded_in_queue(one)) for one in waiting.values())
    assert lines < 301 * 1_500


def test_of_very_many_positions_each_still_meets_some_and_is_listed() -> None:
    counts = [draft(f"a-{at:03}", Stance.AFFIRMS, "prior_calls", place="mill-road", count=str(at))
              for at in range(130)]  # fmt: skip
    waiting = by_name(counts)
    assert all(one.why is First.DISPUTED and len(one.meets) == 12 for one in waiting.values())
    assert all(one.draft.draft not in one.meets for one in waiting.values())
    assert len(only_conflict(counts).sides) == 130


def test_on_an_open_matter_a_draft_meets_those_of_the_other_sort_alone() -> None:
    silent = [draft(name, Stance.CANNOT_SAY, who="man") for name in ("ed", "fay")]
    thinks = draft("gus", Stance.BELIEVES, who="man")
    waiting = by_name([*silent, thinks])
    assert {one.why for one in waiting.values()} == {First.UNANSWERED}
    assert waiting["ed"].meets == waiting["fay"].meets == ("gus",)
    assert waiting["gus"].meets == ("ed", "fay")


def test_a_request_that_waits_for_its_answer_says_so() -> None:
    asked = draft(
        "hal", Stance.DOES, "requested", by="county", of="lorne-hospital", about=["record"]
    )
    (waiting,) = queue_of([asked], standing())
    assert (waiting.why, waiting.meets) == (First.AWAITED, ())
    assert queue_told([waiting]).splitlines()[0] == "These await an answer:"


def test_one_draft_waits_and_two_wait() -> None:
    assert queue_told(queue_of([KNIFE], standing())).endswith("1 draft waits for a person's name.")
    told = queue_told(queue_of([KNIFE, GUN], standing()))
    assert told.endswith("2 drafts wait for a person's name.")


def test_a_statement_in_a_book_is_told_with_who_said_it_and_in_which_words() -> None:
    stands = signed("s-1", said("clerk", Stance.AFFIRMS, "armed", who="woman", weapon="knife"))
    told = conflicts_told(
        conflicts_of([NONE], standing(stands)), Said({"di": NONE}, {"s-1": stands})
    )
    assert "    s-1  clerk: words of clerk  (in a book)" in told.splitlines()
    assert "    di  di: words of di" in told.splitlines()


def test_one_denial_of_anyone_is_quoted_once_and_named_where_it_follows() -> None:
    nobody = draft("ida", Stance.DENIES, "arrested", who="anyone")
    arrests = [draft(name, Stance.AFFIRMS, "arrested", who=name) for name in ("cook", "nurse")]
    drafts = [nobody, *arrests]
    told = conflicts_told(
        conflicts_of(drafts, standing()), Said({one.draft: one for one in drafts}, {})
    )
    assert told.count("words of ida") == 1
    assert told.count("ida  (quoted above)") == 1
    assert told.count("as follows from arrested(who=anyone)") == 2
