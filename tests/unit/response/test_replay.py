"""Replay: at each recorded moment exactly what was known and advised then."""

import json
from datetime import datetime

from at_the_gate import (
    CLOSED,
    DISPATCH,
    INCIDENT,
    TERMS,
    at,
    cleared,
    clock,
    crew,
    knife,
    unknown,
    view_at,
)
from whoseword.access import parse_reader
from whoseword.contacts import Call, CallBrief, call_brief
from whoseword.contacts import Terms as BriefTerms
from whoseword.response import CLASSES, Drawn, Replay, replay, replay_json
from whoseword.words import Statement

DOOR = "14 Harrow Lane Apt 3"
LOCATED = at("14:01:30", "located", what="call-1", place=DOOR)
TOLD = (
    unknown("14:00"),
    *crew("14:01"),
    LOCATED,
    cleared("14:03"),
    knife("14:15"),
)


def replayed(*told: Statement, hidden: tuple[Statement, ...] = (), until: str = "23:59") -> Replay:
    def brief_at(moment: datetime) -> CallBrief:
        return call_brief(
            told,
            Call(INCIDENT, told_in=CLASSES),
            at=moment,
            reader=parse_reader("officer@harrow-police"),
            terms=BriefTerms("0f" * 32, {}),
        )

    return replay(
        Drawn(told, (*told, *hidden)),
        incident=INCIDENT,
        at=clock(until),
        terms=TERMS,
        brief_at=brief_at,
    )


def verdicts(view: Replay) -> list[tuple[str, str]]:
    return [
        (moment.at[11:19], row.advice)
        for moment in view.moments
        for row in moment.advice
        if row.who == "clinician"
    ]


def test_one_moment_for_each_recorded_one_with_its_new_statements() -> None:
    view = replayed(*reversed(TOLD))
    assert [moment.at[11:19] for moment in view.moments] == [
        *("14:00:00", "14:01:00", "14:01:30", "14:03:00", "14:15:00"),
    ]
    assert [moment.statements for moment in view.moments] == [
        (TOLD[0].id,),
        (TOLD[1].id, TOLD[2].id),
        (TOLD[3].id,),
        (TOLD[4].id,),
        (TOLD[5].id,),
    ]
    assert verdicts(view) == [
        ("14:01:00", "hold"),
        ("14:01:30", "hold"),
        ("14:03:00", "may_engage"),
        ("14:15:00", "hold"),
    ]


def test_the_advice_of_a_moment_is_what_was_advised_then() -> None:
    for moment in replayed(*TOLD).moments:
        then = [one for one in TOLD if one.recorded <= datetime.fromisoformat(moment.at)]
        assert moment.advice == view_at(*then, at=moment.at[11:19]).advice


def test_what_is_recorded_later_changes_no_moment() -> None:
    assert replayed(*TOLD, until="14:10").moments == replayed(*TOLD).moments[:4]


def test_the_brief_is_that_of_the_calls_place_and_null_before_one_is_known() -> None:
    car = at("14:00:30", "located", what="car", place="9 Mill Street")
    moved = at("14:10", "located", what="call-1", place="16 Harrow Lane")
    maybe = at("14:11", "located", what="call-1", place="18 Harrow Lane", hedge="possible")
    denied = at("14:12", "located", what="call-1", place="20 Harrow Lane", stance="denies")
    briefs = [moment.brief for moment in replayed(*TOLD, car, moved, maybe, denied).moments]
    assert [one and one.place.asked for one in briefs] == [
        *(None, None, None, DOOR, DOOR),
        *("16 Harrow Lane", "16 Harrow Lane", "16 Harrow Lane", "16 Harrow Lane"),
    ]
    assert briefs[3] is not None
    assert briefs[3].as_of == "2031-03-06T14:01:30Z"


def test_a_call_by_another_name_is_one_where_it_is_told_as_one() -> None:
    placed = at("14:00", "located", what="incident 7", place=DOOR)
    assert replayed(placed).moments[0].brief is None
    called = at("14:00", "called", call="incident 7", by=DISPATCH)
    view = replayed(placed, called).moments[0].brief
    assert view is not None


def test_a_withdrawn_place_is_no_longer_the_calls() -> None:
    gone = at("14:02", "located", what="call-1", stance="cannot_say", replaces=LOCATED.id)
    assert [moment.brief is None for moment in replayed(LOCATED, gone).moments] == [False, True]


def test_a_hold_that_begins_by_something_hidden_lists_no_statement() -> None:
    told, hidden = TOLD[:5], knife("14:10", book=CLOSED)
    view = replayed(*told, hidden=(hidden,))
    assert (view.moments[-1].at, view.moments[-1].statements) == ("2031-03-06T14:10:00Z", ())
    assert verdicts(view)[-1] == ("14:10:00", "hold")
    assert (hidden.id or "") not in replay_json(view).decode()


def test_of_what_is_hidden_beside_nothing_shows() -> None:
    hidden = (
        knife("14:02", book=CLOSED),
        knife("14:16", book=CLOSED),
        at("14:05", "aged", who="woman", book=CLOSED),
        at("14:06", "armed", who="woman", stance="denies", book=CLOSED),
    )
    assert replay_json(replayed(*TOLD, hidden=hidden)) == replay_json(replayed(*TOLD))
    first = (knife("14:10", book=CLOSED),)
    both = (*first, knife("14:11", book=CLOSED))
    assert replay_json(replayed(*TOLD, hidden=first)) == replay_json(replayed(*TOLD, hidden=both))


def test_statements_of_other_classes_are_no_moment() -> None:
    inquiry = at("14:20", "aged", who="woman", book="county/inquiry")
    assert len(replayed(*TOLD, inquiry).moments) == len(replayed(*TOLD).moments)


def test_the_json_is_the_contracts() -> None:
    view = json.loads(replay_json(replayed(*TOLD)))
    assert view["incident"] == INCIDENT
    assert {"at", "statements", "advice", "brief"} <= {*view["moments"][0]}
    assert {one["rule"] for one in view["cited"]} == {"HE-01", "HE-02", "HE-03", "HE-07"}
    assert list(view) == sorted(view)


def test_nothing_recorded_is_no_moment() -> None:
    assert replayed().moments == ()


def test_each_moment_tells_what_was_done_and_no_surer_than_it_was_said() -> None:
    told = (
        *TOLD,
        at("14:04", "engaged", who="clinician", whom="woman", hedge="possible"),
        at("14:05", "staged", unit="C3", place="lot"),
        at("14:06", "engaged", who="clinician", whom="woman", stance="denies"),
        at("14:07", "deescalated", who="woman", stance="expects"),
    )
    view = replayed(*told)
    done = {moment.at[11:16]: moment.done for moment in view.moments if moment.done}
    assert [(one.kind, one.who, one.stance, one.hedge) for its in done.values() for one in its] == [
        ("cleared", "clinician", "does", "plain"),
        ("engaged", "clinician", "affirms", "possible"),
        ("staged", "C3", "affirms", "plain"),
    ]
    assert list(done) == ["14:03", "14:04", "14:05"]
    assert all(one.statement in moment.statements for moment in view.moments for one in moment.done)
