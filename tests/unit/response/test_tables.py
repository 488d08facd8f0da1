"""Tables over many incidents: what each column means, by shift, and under two sets of rules."""

import json
from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from at_the_gate import CLOSED, INCIDENT, OFFICER, TERMS, at, cleared, clock, crew, knife, unknown
from whoseword.response import Drawn, Row, Shifts, Terms, rows_of, table_json, table_of
from whoseword.words import Statement

CALL = (at("14:00", "classified", call="call-1", type="possible assault"), unknown("14:00"))
THURSDAY = (*CALL, *crew("14:00"), cleared("14:03"), knife("14:15"))
DAY = Shifts((time(7), time(15), time(23)))
CAREFUL = TERMS._replace(
    rules="1f" * 32,
    advice=tuple(
        replace(one, clocks_off_s=300) if one.id == "HE-03" else one for one in TERMS.advice
    ),
)


def rows(
    *told: Statement,
    hidden: tuple[Statement, ...] = (),
    terms: tuple[Terms, ...] = (TERMS,),
    shifts: Shifts = DAY,
) -> tuple[Row, ...]:
    return rows_of(Drawn(told, (*told, *hidden)), INCIDENT, terms, shifts)


def only(*told: Statement, **asked: object) -> Row:
    [row] = rows(*told, **asked)
    return row


def test_the_thursday_call_was_cleared_and_is_held_after_720_seconds_unused() -> None:
    row = only(*THURSDAY)
    assert (row.who, row.dispatched, row.shift) == (
        "clinician",
        "2031-03-06T14:00:00Z",
        "07:00-15:00",
    )
    [outcome] = row.outcomes
    assert (outcome.cleared, outcome.held, outcome.unused_s, row.engaged) == (
        True, True, 720, False,
    )  # fmt: skip


def test_without_the_clearance_nobody_was_ever_cleared() -> None:
    [outcome] = only(*CALL, *crew("14:00"), knife("14:15")).outcomes
    assert (outcome.cleared, outcome.held, outcome.unused_s) == (False, True, 0)


def test_engaged_is_what_somebody_plainly_tells() -> None:
    engaged = at("14:05", "engaged", who="clinician", whom="woman", by=OFFICER)
    row = only(*THURSDAY, engaged)
    assert (row.engaged, row.outcomes[0].unused_s) == (True, 120)
    maybe = at("14:05", "engaged", who="clinician", whom="woman", by=OFFICER, hedge="possible")
    assert not only(*THURSDAY, maybe).engaged


def test_a_clearance_that_stands_counts_to_the_last_record() -> None:
    later = at("14:10", "present", who="woman", place="kitchen")
    [outcome] = only(*CALL, *crew("14:00"), cleared("14:03"), later).outcomes
    assert (outcome.cleared, outcome.held, outcome.unused_s) == (True, False, 420)


def test_whoever_is_armed_or_not_told_of_is_no_row() -> None:
    assert rows(*CALL) == ()
    assert [row.who for row in rows(*CALL, *crew("14:00"))] == ["clinician"]


def test_a_hidden_weapon_shows_as_a_hold_and_nothing_else() -> None:
    told = (*CALL, *crew("14:00"), cleared("14:03"), at("14:30", "aged", who="woman", age="30"))
    [outcome] = only(*told, hidden=(knife("14:15", book=CLOSED),)).outcomes
    assert (outcome.cleared, outcome.held, outcome.unused_s) == (True, True, 720)
    closed = at("14:15", "aged", who="child", age="4", book=CLOSED)
    assert only(*told, hidden=(closed,)) == only(*told)


class TestShifts:
    @pytest.mark.parametrize(
        ("moment", "shift"),
        [
            ("2031-03-06T12:59:59Z", "23:00-07:00"),
            ("2031-03-06T13:00:00Z", "07:00-15:00"),
            ("2031-03-07T04:59:59Z", "15:00-23:00"),
            ("2031-03-07T05:00:00Z", "23:00-07:00"),
            # On 9 March 2031 clocks in Missouri go from 2:00 to 3:00: 7:00 is an hour earlier.
            ("2031-03-09T11:59:59Z", "23:00-07:00"),
            ("2031-03-09T12:00:00Z", "07:00-15:00"),
        ],
    )
    def test_begin_by_the_clock_on_the_wall(self, moment: str, shift: str) -> None:
        home = DAY._replace(zone=ZoneInfo("America/Chicago"))
        assert home.of(datetime.fromisoformat(moment)) == shift

    def test_one_or_none_is_the_whole_day(self) -> None:
        assert Shifts((time(7),)).of(clock("03:00")) == "all day"
        assert Shifts(()).of(clock("03:00")) == "all day"


class TestTheTable:
    def test_sums_by_shift_in_the_order_of_the_day(self) -> None:
        first, second = (
            only(*THURSDAY),
            replace(only(*THURSDAY), incident="oak", shift="15:00-23:00"),
        )
        table = table_of([second, first], 3, [TERMS], DAY)
        assert [one.shift for one in table.shifts] == ["07:00-15:00", "15:00-23:00", "23:00-07:00"]
        assert [row.incident for row in table.rows] == [INCIDENT, "oak"]
        assert (table.replayed, table.without) == (3, 1)
        [its] = table.shifts[0].counted
        assert (its.cleared, its.never_cleared, its.held) == (1, 0, 1)
        assert (its.unused_s, its.median_unused_s, its.longest_unused_s) == (720, 720, 720)
        assert table.shifts[2].responders == 0

    def test_two_sets_of_rules_stand_beside_each_other_and_differ_where_they_do(self) -> None:
        told = (*CALL, knife("13:59"), *crew("14:00"), cleared("14:03"))
        row = only(*told, terms=(TERMS, CAREFUL))
        assert [one.cleared for one in row.outcomes] == [True, False]
        table = table_of([row], 1, [TERMS, CAREFUL], DAY)
        assert table.rules == (TERMS.rules, CAREFUL.rules)
        assert [one.cleared for one in table.shifts[0].counted] == [1, 0]
        assert table.shifts[0].differ == 1

    def test_names_nobody_who_cleared(self) -> None:
        told = table_json(table_of(rows(*THURSDAY), 1, [TERMS], DAY)).decode()
        assert "Amsel" not in told
        assert "officer-1" not in told
        assert list(json.loads(told)) == sorted(json.loads(told))
