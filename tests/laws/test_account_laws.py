"""The laws that an account keeps whatever is said: properties over made-up incidents.

The numbers are those of the design's list of laws.
"""

import os
import subprocess
import sys
from datetime import timedelta
from itertools import combinations
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import telling
from house import may_open
from strategies import INCIDENT, statements
from telling import LATER, START
from whoseword.access import PURPOSES, Reader, parse_reader
from whoseword.account import Account, account, account_json, difference, difference_json
from whoseword.words import (
    AFFIRMING,
    FIRST_HAND,
    Hedge,
    SpeakerKind,
    Stance,
    Statement,
    encode_statement,
    parse_matter,
)

OWNER = parse_reader("oversight@county")
READERS = [Reader(role, "county", purpose) for role in PURPOSES for purpose in PURPOSES[role]]
MOMENTS = st.integers(-3_000, 20_000).map(lambda minutes: START + timedelta(minutes=minutes))


def seen_by(reader, told, as_of=LATER) -> Account:
    opened = [one for one in told if may_open(reader, one.book, OWNER)]
    return account(opened, incident=INCIDENT, as_of=as_of, reader=reader)


def whole(told, as_of=LATER) -> Account:
    return account(told, incident=INCIDENT, as_of=as_of, reader=OWNER)


def speaks(one: Statement) -> str:
    """A voice, as coarsely as the contract allows: the party, else the name."""
    speaker = one.speaker
    if speaker.kind in (SpeakerKind.OFFICIAL, SpeakerKind.AGENCY) and speaker.party:
        return speaker.party
    return speaker.name


def bears(one: Statement) -> bool:
    """Whether the statement can be one of two that agree."""
    plain = (
        one.hedge is Hedge.PLAIN and not one.via and one.speaker.kind is not SpeakerKind.NARRATOR
    )
    known = one.stance is Stance.DOES or one.basis in FIRST_HAND
    return plain and known and one.stance in AFFIRMING


# --- 1. No fact without a speaker; no view surer than its sources


@given(statements())
def test_every_position_rests_on_statements_that_take_it(told):
    view = whole(told)
    for matter in view.matters:
        for position in matter.positions:
            said = [view.statements[key] for key in position.statements]
            assert said
            assert {one.stance.value for one in said} == {position.stance}
            assert {one.hedge.value for one in said} == {position.hedge}
            assert set(position.origins) <= {one.speaker.name for one in said}


@given(statements())
def test_agreed_means_two_voices_that_know_it_and_say_so_plainly(told):
    view = whole(told)
    for matter in view.matters:
        if matter.standing == "agreed":
            said = [view.statements[key] for key in matter.because.statements]
            assert all(bears(one) for one in said)
            assert len({speaks(one) for one in said}) > 1
            assert parse_matter(matter.matter).is_open is False


@given(statements())
def test_nothing_stands_as_affirmed_that_no_voice_affirms(told):
    for matter in whole(told).matters:
        affirmed = [
            position
            for position in matter.positions
            if position.stance in ("affirms", "does") and position.origins
        ]
        live = [position for position in affirmed if position.replaced_by is None]
        if matter.standing in ("said_by_one", "said_by_several", "agreed"):
            assert live
            assert matter.origins >= 1
        if matter.standing == "disputed":
            assert live
        if matter.standing in ("denied", "believed", "expected", "not_known", "no_reply"):
            assert not affirmed


@given(statements())
def test_only_the_possible_makes_a_matter_no_more_than_said(told):
    """Without one plain word no matter is agreed or found, whoever else says it is possible."""
    hedged = [one for one in told if one.hedge is not Hedge.PLAIN]
    view = whole(hedged)
    assert not [one for one in view.matters if one.standing in ("agreed", "found")]
    assert view.withheld == ()
    assert all(view.statements[row.statement].stance is Stance.NO_REPLY for row in view.awaiting)


@given(statements())
def test_a_narrator_adds_no_voice_to_what_somebody_says(told):
    without = [one for one in told if one.speaker.kind is not SpeakerKind.NARRATOR]
    plain = {one.matter: one for one in whole(without).matters}
    for matter in whole(told).matters:
        if matter.matter in plain and plain[matter.matter].origins > 0:
            before = plain[matter.matter]
            affirmed = any(p.stance in ("affirms", "does") and p.origins for p in before.positions)
            assert matter.origins <= before.origins or not affirmed
        if matter.standing in ("agreed", "said_by_several"):
            assert matter.matter in plain


# --- 3. What a reader may not open changes no byte of what that reader gets


@given(statements(), st.sampled_from(READERS))
def test_what_a_reader_may_not_open_changes_no_byte(told, reader):
    opened = [one for one in told if may_open(reader, one.book, OWNER)]
    alone = account(opened, incident=INCIDENT, as_of=LATER, reader=reader)
    assert account_json(seen_by(reader, told)) == account_json(alone)
    before = seen_by(reader, told, START)
    assert difference_json(difference(before, seen_by(reader, told))) == difference_json(
        difference(account(opened, incident=INCIDENT, as_of=START, reader=reader), alone)
    )


@given(statements())
def test_no_id_of_a_closed_book_is_named_anywhere(told):
    public = parse_reader("public@anywhere")
    shown = account_json(seen_by(public, told)).decode()
    open_ids = {one.id for one in told if may_open(public, one.book, OWNER)}
    for one in told:
        if one.id not in open_ids and one.id not in {other.replaces for other in told}:
            assert one.id not in shown


# --- 4. An account as of a moment is the same bytes whatever is recorded later


@given(statements(), MOMENTS)
def test_an_account_of_a_moment_is_the_same_bytes_whatever_is_recorded_later(told, moment):
    then = [one for one in told if one.recorded <= moment]
    assert account_json(whole(then, moment)) == account_json(whole(told, moment))


@given(statements(), MOMENTS, MOMENTS)
def test_a_difference_of_two_moments_is_the_same_bytes_whatever_is_recorded_later(told, one, two):
    first, last = sorted((one, two))
    then = [each for each in told if each.recorded <= last]
    assert difference_json(difference(whole(then, first), whole(then, last))) == difference_json(
        difference(whole(told, first), whole(told, last))
    )


# --- 5. Unknown, denied, not asked and no answer are four different things

ASKED = {"name": "Children's Division", "kind": "agency", "party": "childrens-division"}
VISIT = "visited(agency=childrens-division)"


def outcome(told):
    """What the account says of one matter: its standing, whether it is open, who owes an answer."""
    view = whole(told)
    standing = [one.standing for one in view.matters if one.matter == VISIT]
    answers = [row.answer for one in view.questions if one.matter == VISIT for row in one.asked_of]
    return standing, answers, [row.of for row in view.awaiting if row.about == VISIT]


def visited(stance):
    return telling.told("visited", by=ASKED, agency="childrens-division", stance=stance)


def test_unknown_denied_not_asked_and_no_answer_are_four_different_things():
    assert outcome([]) == ([], [], [])
    assert outcome([visited("denies")]) == (["denied"], [], [])
    assert outcome([visited("cannot_say")]) == (["not_known"], ["cannot_say"], [])
    assert outcome([visited("does_not_know")]) == (["not_known"], ["does_not_know"], [])
    assert outcome([visited("no_reply")]) == (["no_reply"], ["no_reply"], [ASKED["name"]])


@given(statements())
def test_they_stay_different_whatever_else_is_said(told):
    several = [[], *([visited(stance)] for stance in ("denies", "cannot_say", "no_reply"))]
    outcomes = [outcome([*told, *more]) for more in several]
    assert all(one != other for one, other in combinations(outcomes, 2))
    assert outcomes[3][1:] == (["no_reply"], [ASKED["name"]])


@given(statements())
def test_silence_is_never_counted_as_a_denial_or_a_voice(told):
    silent = [one for one in told if one.stance is Stance.NO_REPLY]
    heard = [one for one in told if one.stance is not Stance.NO_REPLY]
    assert {one.standing for one in whole(silent).matters} <= {"no_reply", "superseded"}
    if any(one.replaces for one in silent):
        return
    without = {one.matter: (one.standing, one.origins) for one in whole(heard).matters}
    for matter in whole(told).matters:
        if matter.matter in without and without[matter.matter][0] != "superseded":
            assert (matter.standing, matter.origins) == without[matter.matter]


# --- 8. Every conclusion carries its reasons


@given(statements())
def test_every_conclusion_carries_statements_that_exist(told):
    view = whole(told)
    for matter in view.matters:
        assert matter.because.rule == matter.standing
        assert matter.because.statements
        assert set(matter.because.statements) <= set(view.statements)
    rows = [
        *view.awaiting,
        *view.withheld,
        *(row for one in view.questions for row in one.asked_of),
    ]
    assert {row.statement for row in rows} <= set(view.statements)
    assert {key for row in view.narration for key in row.statements} <= set(view.statements)
    labels = {one.matter for one in view.matters}
    assert {one.matter for one in view.questions} <= labels
    for matter in view.matters:
        assert {note.with_ for note in matter.notes if note.kind == "conflict"} <= labels


@given(statements(), MOMENTS)
def test_every_change_is_because_of_something_new(told, moment):
    before, after = whole(told, moment), whole(told)
    for change in difference(before, after).changed:
        assert change.because
        recorded = [after.statements[key].recorded for key in change.because]
        assert all(when > moment for when in recorded)
        assert recorded == sorted(recorded)


# --- 10. The same statements give the same view


@given(statements().flatmap(lambda told: st.tuples(st.just(told), st.permutations(told))))
def test_the_order_in_which_statements_are_handed_in_is_nothing(both):
    told, mixed = both
    assert account_json(whole(told)) == account_json(whole(mixed))


AGAIN = """
import sys
from telling import LATER
from whoseword.access import parse_reader
from whoseword.account import account, account_json
from whoseword.words import decode_statement
told = [decode_statement(line) for line in sys.stdin.buffer]
view = account(told, incident="harrow-lane", as_of=LATER, reader=parse_reader("oversight@county"))
sys.stdout.buffer.write(account_json(view))
"""


@settings(max_examples=2)
@given(st.lists(statements(most=40), min_size=5, max_size=5))
def test_another_process_with_other_hashes_gives_the_same_bytes(several):
    told = [
        one
        for number, incident in enumerate(several)
        for one in incident
        if number == 0 or one.replaces is None
    ]
    lines = b"\n".join(encode_statement(one) for one in told)
    tests, source = Path(__file__).parents[1], Path(__file__).parents[2] / "src"
    printed = {
        subprocess.run(
            [sys.executable, "-c", AGAIN],
            input=lines,
            env={
                "PATH": os.environ.get("PATH", ""),
                "PYTHONPATH": os.pathsep.join([str(source), str(tests)]),
                "PYTHONHASHSEED": seed,
            },
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert printed == {account_json(whole(told))}
