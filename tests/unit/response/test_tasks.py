"""What is done beside the gate: a child, the rank of a call, the timer, the screenings."""

import pytest

from at_the_gate import CALLER, CLOSED, TERMS, advised, at, cleared, crew, knife, view_at
from whoseword.response import Task
from whoseword.words import Statement

DOMESTIC = at("14:00", "classified", call="call-1", type="domestic violence")
EUGENE = TERMS._replace(profiles=("eugene",))


def tasks(*told: Statement, **asked: object) -> dict[str, Task]:
    view = view_at(*told, **asked)
    assert [(one.task, one.rule) for one in view.tasks] == sorted(
        (one.task, one.rule) for one in view.tasks
    )
    assert {one.rule for one in view.tasks} <= {one.rule for one in view.cited}
    return {one.rule: one for one in view.tasks}


class TestAChild:
    @pytest.mark.parametrize(
        "slots",
        [
            {"kind": "present", "who": "child", "place": "bedroom"},
            {"kind": "present", "who": "child-1"},
            {"kind": "aged", "who": "Robin", "age": "4"},
            {"kind": "aged", "who": "Robin", "age": "seventeen"},
            {"kind": "aged", "who": "Robin", "age": "a few months"},
            {"kind": "counted", "what": "children", "count": "2"},
            {"kind": "called", "call": "call-1", "about": ["crying", "a baby"]},
            {"kind": "related", "who": "woman", "whom": "infant", "relation": "parent_of"},
        ],
    )
    @pytest.mark.parametrize("parts", [{}, {"stance": "believes"}, {"hedge": "possible"}])
    def test_adds_a_task_with_its_statements(
        self, slots: dict[str, object], parts: dict[str, object]
    ) -> None:
        kind = str(slots["kind"])
        told = at("14:00", kind, by=CALLER, slots=slots, **parts)
        assert tasks(told)["HE-08"].statements == (told.id,)

    @pytest.mark.parametrize(
        ("kind", "slots", "parts"),
        [
            ("present", {"who": "child"}, {"stance": "denies"}),
            ("present", {"who": "child"}, {"stance": "cannot_say"}),
            ("present", {"who": "Mr. Childers"}, {}),
            ("present", {"who": "person"}, {}),
            ("aged", {"who": "Robin", "age": "18"}, {}),
            ("aged", {"who": "Robin", "age": "forty"}, {}),
            ("aged", {"who": "Robin"}, {}),
            ("contact", {"agency": "childrens-division"}, {}),
        ],
    )
    def test_nothing_else_does(
        self, kind: str, slots: dict[str, object], parts: dict[str, object]
    ) -> None:
        assert "HE-08" not in tasks(at("14:00", kind, slots=slots, **parts))

    def test_changes_nothing_of_the_gate(self) -> None:
        child = at("14:00", "present", who="child", place="bedroom")
        for told in (crew(), (*crew(), cleared("14:03")), (*crew(), knife("14:05"))):
            assert advised(*told) == advised(*told, child)

    def test_hurt_asks_for_a_report_in_missouri_alone(self) -> None:
        hurt = at("14:10", "injured", who="child")
        assert tasks(hurt)["TR-18"].profile == "missouri"
        assert [*tasks(hurt, terms=TERMS._replace(profiles=()))] == ["HE-08"]

    def test_no_task_rests_on_what_is_hidden_or_withdrawn(self) -> None:
        child = at("14:00", "present", who="child", book=CLOSED)
        assert tasks(hidden=[child]) == {}
        gone = at(
            "14:05", "present", who="child", stance="cannot_say", replaces=child.id, book=CLOSED
        )
        assert "HE-08" in tasks(child)
        assert tasks(child, gone) == {}


class TestTheRankOfADomesticCall:
    def answers(self, *told: Statement) -> dict[str, str]:
        return {
            one.factor.split()[0]: one.answer for one in tasks(DOMESTIC, *told)["TR-01"].factors
        }

    def test_not_told_is_not_no(self) -> None:
        assert self.answers() == {"imminent": "not_told", "an": "not_told", "earlier": "not_told"}
        assert tasks(DOMESTIC)["TR-01"].immediate == "unknown"

    def test_each_factor_is_answered_by_its_statements(self) -> None:
        order = at("14:02", "other", text="There is a protection order")
        earlier = at("14:02", "other", text="prior domestic violence", stance="denies")
        attacked = at("14:02", "attacked", whom="woman", stance="cannot_say")
        assert self.answers(order, earlier, attacked) == {
            "imminent": "not_known", "an": "affirmed", "earlier": "denied",
        }  # fmt: skip
        task = tasks(DOMESTIC, order, earlier, attacked)["TR-01"]
        assert task.immediate == "yes"
        assert [one.statements for one in task.factors] == [
            (attacked.id,), (order.id,), (earlier.id,),
        ]  # fmt: skip

    def test_who_denies_outweighs_nobody_who_affirms(self) -> None:
        told = [at("14:02", "attacked", whom="woman", stance=one) for one in ("denies", "affirms")]
        assert self.answers(*told)["imminent"] == "affirmed"

    def test_only_where_every_factor_is_denied_is_it_no(self) -> None:
        told = [
            at("14:02", "attacked", whom="woman", stance="denies"),
            at("14:02", "other", text="order of protection", stance="denies"),
            at("14:02", "other", text="prior domestic violence", stance="denies"),
        ]
        assert tasks(DOMESTIC, *told)["TR-01"].immediate == "no"

    def test_another_call_has_none(self) -> None:
        assert tasks(at("14:00", "classified", call="call-1", type="noise complaint")) == {}


class TestTheTwelveHours:
    def test_run_from_the_call_to_their_end(self) -> None:
        timer = tasks(DOMESTIC, at="23:00")["TR-04"]
        assert (timer.starts, timer.ends) == ("2031-03-06T14:00:00Z", "2031-03-07T02:00:00Z")
        assert timer.state == "running"
        assert timer.statements == (DOMESTIC.id,)

    def test_are_over_at_their_end(self) -> None:
        early = at("02:00", "classified", call="call-1", type="domestic violence")
        assert tasks(early, at="13:59:59")["TR-04"].state == "running"
        assert tasks(early, at="14:00")["TR-04"].state == "over"

    def test_run_from_when_it_happened_where_that_was_told(self) -> None:
        slots = {"call": "call-1", "type": "domestic", "happened": "2031-03-06T13:50-00:00"}
        told = at("14:05", "classified", slots=slots)
        assert tasks(told)["TR-04"].starts == "2031-03-06T13:50:00Z"

    def test_are_no_other_states(self) -> None:
        assert [*tasks(DOMESTIC, terms=EUGENE)] == ["TR-19", "TR-08"]


class TestScreenings:
    def test_stand_only_where_a_home_has_taken_one_up(self) -> None:
        call = at("14:00", "classified", call="call-1", type="welfare check")
        assert tasks(call) == {}
        task = tasks(call, terms=EUGENE)["TR-08"]
        assert (task.excluded, task.profile) == ("unknown", "eugene")

    def test_exclude_by_what_was_told(self) -> None:
        threat = at("14:00", "threatened", whom="neighbor")
        task = tasks(threat, terms=EUGENE)["TR-08"]
        assert task.excluded == "yes"
        assert [one.statements for one in task.factors if one.answer == "affirmed"] == [
            (threat.id,)
        ]

    def test_clear_nobody(self) -> None:
        call = at("14:00", "classified", call="call-1", type="welfare check")
        assert advised(*crew(), call, terms=EUGENE).advice == "hold"

    def test_know_nothing_of_a_hidden_weapon(self) -> None:
        hidden = [knife("14:00", book=CLOSED)]
        call = at("14:00", "classified", call="call-1", type="welfare check")
        assert tasks(call, hidden=hidden, terms=EUGENE) == tasks(call, terms=EUGENE)


def test_the_call_takers_questions_are_shown_as_unverified() -> None:
    view = view_at(DOMESTIC, at("14:01", "armed", stance="does_not_know", by=CALLER))
    [task] = [one for one in view.tasks if one.rule == "TR-19"]
    answers = {one.factor: one.answer for one in task.factors}
    assert (answers["weapons"], answers["children"]) == ("not_known", "not_told")
    [cited] = [one for one in view.cited if one.rule == "TR-19"]
    assert (cited.confidence, cited.verified_by) == ("unverified", "nobody")


def test_that_the_clinician_is_unarmed_does_not_answer_whether_anybody_at_the_door_is() -> None:
    asked = {one.factor: one for one in tasks(DOMESTIC, *crew())["TR-19"].factors}
    unarmed = at("14:02", "armed", who="clinician", stance="denies")
    rifle = at("14:02", "armed", who="officer-1", weapon="rifle")
    for own in (unarmed, rifle):
        said = {one.factor: one for one in tasks(DOMESTIC, *crew(), own)["TR-19"].factors}
        assert said == asked
    caller = at("14:03", "armed", by=CALLER, who="man", stance="denies")
    said = {one.factor: one for one in tasks(DOMESTIC, *crew(), unarmed, caller)["TR-19"].factors}
    assert said != asked
