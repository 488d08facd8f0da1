"""The officer-involved death of an adult and a minor, under the profile of Missouri."""

import json
from datetime import UTC, datetime

import pytest

from after_force import (
    DIVISION,
    HARROW,
    OFFICER,
    RULE,
    SISTER,
    TEAM,
    at,
    employed,
    notified,
    of,
    order,
    owed,
    rules_of,
    shooting,
)
from telling import CHIEF, EXAMINER, PAPER, PROSECUTOR, told
from whoseword.duties import DutyRule, duties_json
from whoseword.duties.shapes import Detail
from whoseword.words.times import moment_text

FBI = {"name": "FBI", "kind": "agency"}
DPS = {"name": "DPS", "kind": "agency"}
EXPECTED = [
    ("DF-04", "harrow-police", "officer-1", "hours", None, "paraphrase"),
    ("DF-04-completion", "harrow-police", None, "calendar_days", None, "paraphrase"),
    ("DF-05", "harrow-police", "officer-1", "on_event", None, "unverified"),
    ("DF-06", "harrow-police", "officer-1", "local_policy", None, "unverified"),
    ("DF-16", "harrow-police", "child", "immediate", None, "text"),
    ("DF-16", "harrow-police", "woman", "immediate", None, "text"),
    ("DF-17", "coroner or medical-examiner", "child", "hours", "2031-03-07T21:12:00Z", "text"),
    (
        "DF-17-panel",
        *("coroner or medical-examiner", "child", "hours", "2031-03-07T21:12:00Z", "text"),
    ),
    ("DF-18", "harrow-police", None, "recurring", "2032-03-07T05:59:59Z", "text"),
    ("DF-19", "harrow-police", None, "recurring", "2031-05-01T04:59:59Z", "paraphrase"),
    ("DF-20", "state", "child", "recurring", "2031-07-01T04:59:59Z", "text"),
    ("DF-20", "state", "woman", "recurring", "2031-07-01T04:59:59Z", "text"),
    ("DF-21", "harrow-police", "child", "on_event", None, "text"),
    ("DF-21", "harrow-police", "woman", "on_event", None, "text"),
    ("DF-21-disposition", "prosecutor", "child", "calendar_days", None, "text"),
    ("DF-21-disposition", "prosecutor", "woman", "calendar_days", None, "text"),
    ("LP-01", "harrow-police", None, "local_policy", None, "paraphrase"),
]


def test_every_duty_is_there_with_owner_due_and_confidence():
    view = owed(*shooting())
    found = [
        (one.rule, one.owner, one.for_, one.kind, one.due, one.confidence) for one in view.duties
    ]
    assert found == EXPECTED
    assert {one.state for one in view.duties} == {"open"}


def test_every_duty_names_its_trigger_and_its_text():
    said = shooting()
    fired, _, woman, child, _ = (one.id for one in said)
    view = owed(*said)
    assert view.involved == ("harrow-police",)
    assert of(view, "DF-06").trigger == of(view, "LP-01").trigger == fired
    assert of(view, "DF-16", "woman").trigger == woman
    assert of(view, "DF-17").trigger == of(view, "DF-16", "child").trigger == child
    assert of(view, "DF-16", "woman").citation == "RSMo 58.451, 58.720"
    assert all(one.citation and one.text_year and one.verified_by for one in view.duties)


def test_no_rule_of_another_state_appears_as_missouris():
    assert {one.jurisdiction for one in owed(*shooting()).duties} == {"missouri", "us", "house"}
    for profile in ("washington", "wisconsin", "utah", "california"):
        found = {one.jurisdiction for one in owed(*shooting(), profile=profile).duties}
        assert found == {profile, "us", "house"}
    assert {one.jurisdiction for one in owed(*shooting(), profile="local").duties} == {
        *("local", "us", "house")
    }


DONE = [
    ("DF-06", "officer-1", order("placed_on_leave", who="officer-1", leave="administrative")),
    ("DF-06", "officer-1", told("placed_on_leave", by=OFFICER, who="officer-1", leave="paid")),
    ("DF-16", "woman", notified("medical-examiner", EXAMINER)),
    ("DF-16", "child", notified("medical-examiner", EXAMINER, "county-911")),
    ("DF-16", "woman", order("notified", slots={"agency": "coroner", "by": "harrow-police"})),
    ("DF-17", "child", notified("childrens-division", DIVISION, "medical-examiner")),
    (
        *("DF-17", "child"),
        order(
            "notified",
            by=EXAMINER,
            slots={"agency": "childrens-division", "by": "medical-examiner"},
        ),
    ),
    ("LP-01", None, told("investigates", by=TEAM, agency="regional-team")),
    ("LP-01", None, order("investigates", agency="regional-team")),
    ("DF-19", None, notified("fbi", FBI)),
    ("DF-21", "woman", told("met", by=SISTER, agency="harrow-police", whom="family")),
]


@pytest.mark.parametrize(("rule", "for_", "evidence"), DONE)
def test_an_order_of_record_or_the_recipients_own_word_makes_it_done(rule, for_, evidence):
    evidence = told_again(evidence)
    duty = of(owed(*shooting(), evidence), rule, for_)
    assert (duty.state, duty.evidence) == ("done", (evidence.id,))


REPORTED = [
    ("DF-06", "officer-1", told("placed_on_leave", who="officer-1", leave="administrative")),
    ("DF-06", "officer-1", told("placed_on_leave", who="officer-1", stance="does")),
    ("DF-16", "woman", notified("medical-examiner", CHIEF)),
    ("DF-16", "woman", notified("medical-examiner", OFFICER, basis="took_part")),
    (
        *("DF-16", "woman"),
        notified("medical-examiner", EXAMINER, via=[{"name": "Courier", "kind": "narrator"}]),
    ),
    ("DF-17", "child", notified("childrens-division", EXAMINER, "medical-examiner")),
    ("LP-01", None, told("investigates", agency="regional-team")),
    ("DF-19", None, notified("fbi", HARROW, basis="record")),
    (
        *("DF-06", "officer-1"),
        order(
            "placed_on_leave",
            who="officer-1",
            by={"name": "chief of Mill", "kind": "official", "party": "mill-police"},
        ),
    ),
]


@pytest.mark.parametrize(("rule", "for_", "evidence"), REPORTED)
def test_anybody_elses_word_makes_it_reported_done_and_never_done(rule, for_, evidence):
    evidence = told_again(evidence)
    duty = of(owed(*shooting(), evidence), rule, for_)
    assert (duty.state, duty.evidence) == ("reported_done", (evidence.id,))


NOTHING = [
    ("DF-06", "officer-1", told("placed_on_leave", who="officer-1", stance="expects")),
    ("DF-06", "officer-1", told("placed_on_leave", who="officer-1", hedge="possible")),
    ("DF-06", "officer-1", order("placed_on_leave", who="officer-2")),
    ("DF-16", "woman", notified("medical-examiner", EXAMINER, stance="no_reply")),
    ("DF-16", "woman", notified("childrens-division", DIVISION)),
    ("DF-17", "child", notified("childrens-division", DIVISION, "harrow-police")),
    ("LP-01", None, told("investigates", by=HARROW, agency="harrow-police")),
    ("LP-01", None, told("investigates", by=EXAMINER, agency="medical-examiner")),
]


@pytest.mark.parametrize(("rule", "for_", "evidence"), NOTHING)
def test_what_is_expected_possible_or_of_another_thing_completes_nothing(rule, for_, evidence):
    duty = of(owed(*shooting(), told_again(evidence)), rule, for_)
    assert (duty.state, duty.evidence) == ("open", ())


def told_again(one):
    """The statement on the evening of the day."""
    import msgspec

    return msgspec.structs.replace(one, recorded=datetime(2031, 3, 7, 1, 0, tzinfo=UTC))


def test_a_report_to_two_is_done_when_both_have_it():
    said = [*shooting(), notified("fbi", FBI, recorded=at("7 02:00"))]
    assert of(owed(*said), "DF-18").state == "open"
    said.append(notified("dps", HARROW, recorded=at("7 03:00")))
    assert of(owed(*said), "DF-18").state == "reported_done"
    said.append(notified("dps", DPS, recorded=at("7 04:00")))
    assert of(owed(*said), "DF-18").state == "done"
    assert of(owed(*said), "DF-18").evidence == tuple(one.id for one in said[-3:])


def test_the_clock_turns_it_overdue_and_late_evidence_still_does_it():
    said = shooting()
    due = datetime(2031, 3, 7, 21, 12, tzinfo=UTC)
    assert of(owed(*said, as_of=due), "DF-17").state == "open"
    late = due.replace(second=1)
    assert of(owed(*said, as_of=late), "DF-17").state == "overdue"
    evidence = notified("childrens-division", DIVISION, "medical-examiner", recorded=at("8 15:00"))
    assert of(owed(*said, evidence, as_of=late), "DF-17").state == "overdue"
    after = datetime(2031, 3, 9, tzinfo=UTC)
    assert of(owed(*said, evidence, as_of=after), "DF-17").state == "done"


def test_immediately_has_no_number_and_shows_how_long_it_has_been():
    said = shooting()
    duty = of(owed(*said), "DF-16", "woman")
    assert (duty.due, duty.since, duty.state) == (None, "2031-03-06T20:41:00Z", "open")
    assert duty.elapsed_s == 21 * 3600 + 19 * 60
    year = datetime(2032, 3, 7, tzinfo=UTC)
    assert of(owed(*said, as_of=year), "DF-16", "woman").state == "open"
    told_at = notified("medical-examiner", EXAMINER, recorded=at("6 20:55"))
    duty = of(owed(*said, told_at), "DF-16", "woman")
    assert (duty.state, duty.elapsed_s) == ("done", 14 * 60)
    assert of(owed(*said), "DF-17").elapsed_s is None


def test_who_was_told_before_a_death_was_not_told_of_it():
    said = [*shooting(), notified("medical-examiner", EXAMINER, recorded=at("6 20:55"))]
    view = owed(*said)
    assert of(view, "DF-16", "woman").state == "done"
    assert of(view, "DF-16", "child").state == "open"


def test_what_is_only_foreseen_says_for_what_it_waits():
    said = shooting()
    foreseen = of(owed(*said), "DF-04")
    assert (foreseen.awaits, foreseen.due) == ("an administrative interview of the officer", None)
    interview = told(
        "interviewed",
        stance="expects",
        slots={"who": "officer-1", "by": "harrow-police"},
        happened="2031-03-10T09:00-05:00",
        recorded=at("7 15:00"),
    )
    duty = of(owed(*said, interview), "DF-04")
    assert (duty.awaits, duty.trigger, duty.due) == (None, interview.id, "2031-03-09T14:00:00Z")
    notice = told(
        "notified",
        by=OFFICER,
        slots={"agency": "officer-1", "by": "harrow-police"},
        recorded=at("7 14:00"),
    )
    assert of(owed(*said, interview, notice), "DF-04").state == "done"


def test_a_finding_starts_the_clock_of_everybody_who_must_hear_of_it():
    found = told(
        "found",
        by=PROSECUTOR,
        slots={"by": "ames-county-prosecutor", "matter": "cause_of_death(who=woman)"},
        recorded="2031-11-06T16:00:00Z",
    )
    later = datetime(2031, 11, 12, 6, 0, tzinfo=UTC)
    view = owed(*shooting(), found, as_of=later)
    for who in ("woman", "child"):
        duty = of(view, "DF-21-disposition", who)
        assert (duty.owner, duty.trigger) == ("ames-county-prosecutor", found.id)
        assert (duty.due, duty.state) == ("2031-11-12T05:59:59Z", "overdue")
    assert len({one.uid for one in view.duties}) == len(view.duties)


def test_the_owner_is_told_at_full_length_once_somebody_has_named_them():
    examiner = EXAMINER | {"party": "ames-county-medical-examiner"}
    word = told("died", by=examiner, who="woman", recorded=at("7 10:00"))
    assert of(owed(*shooting(), word), "DF-17").owner == "ames-county-medical-examiner"


def test_until_somebody_says_whose_officer_it_was_the_owner_is_not_stated():
    fired, employer, *deaths = shooting()
    view = owed(fired, *deaths)
    assert view.involved == ()
    assert of(view, "LP-01").owner == of(view, "DF-06").owner == "the involved agency, not stated"
    assert of(owed(fired, employer), "LP-01").owner == "harrow-police"
    team = told("investigates", by=TEAM, agency="regional-team", recorded=at("6 23:00"))
    assert of(owed(fired, team), "LP-01").state == "open", "outside of whom is not known"


def test_shots_that_nobody_is_named_for_are_nobodys_leave_once_somebody_is_named():
    shots = told("discharged_weapon", by=OFFICER, who=None, recorded=at("6 20:21"))
    alone = owed(shots)
    assert [one.for_ for one in alone.duties if one.rule == "DF-06"] == [None]
    view = owed(shots, *shooting())
    assert [one.for_ for one in view.duties if one.rule == "DF-06"] == ["officer-1"]
    assert of(view, "LP-01").trigger == shots.id


def test_a_man_who_fired_at_officers_is_placed_on_no_leave():
    man = told("discharged_weapon", by=OFFICER, who="man", recorded=at("6 20:20"))
    armed = told("armed", by=OFFICER, who="man", weapon="rifle", recorded=at("6 20:19"))
    view = owed(man, armed, *shooting())
    assert {one.for_ for one in view.duties if one.rule == "DF-06"} == {"officer-1"}
    assert not {one.rule for one in owed(man, armed).duties} & {"DF-06", "DF-18", "LP-01"}


def test_each_involved_agency_owes_its_own_report():
    other = told("discharged_weapon", by=OFFICER, who="deputy-1", recorded=at("6 20:26"))
    view = owed(*shooting(), other, employed("deputy-1", "ames-sheriff", recorded=at("6 20:27")))
    reports = {one.owner: one.trigger for one in view.duties if one.rule == "DF-18"}
    assert reports.keys() == {"harrow-police", "ames-sheriff"}
    assert reports["ames-sheriff"] == other.id
    leave = {one.for_: one.owner for one in view.duties if one.rule == "DF-06"}
    assert leave == {"officer-1": "harrow-police", "deputy-1": "ames-sheriff"}


def test_an_officer_who_was_there_and_did_not_fire_is_a_duty_of_their_own():
    there = told("present", by=HARROW, who="officer-2", recorded=at("6 20:30"))
    view = owed(*shooting(), there, employed("officer-2", recorded=at("6 20:31")))
    assert of(view, "DF-06-witness").for_ == "officer-2"
    assert of(view, "DF-06").for_ == "officer-1"


@pytest.mark.parametrize(
    ("age", "minor"),
    [("4", True), ("17", True), ("18", False), ("nine", True), ("a few months", True)],
)
def test_who_is_under_eighteen(age, minor):
    died = told("died", by=MEDIC_WORD, who="passenger", recorded=at("6 21:00"))
    aged = told("aged", by=MEDIC_WORD, who="passenger", age=age, recorded=at("6 21:01"))
    assert ("DF-17" in {one.rule for one in owed(died, aged).duties}) is minor


MEDIC_WORD = {"name": "medic-6", "kind": "responder"}


def test_a_child_of_whom_no_age_is_told_is_a_child_and_an_age_decides():
    died = told("died", by=MEDIC_WORD, who="child", recorded=at("6 21:00"))
    assert of(owed(died), "DF-17").for_ == "child"
    aged = told("aged", by=MEDIC_WORD, who="child", age="21", recorded=at("6 21:01"))
    assert "DF-17" not in {one.rule for one in owed(died, aged).duties}
    worker = told("died", by=MEDIC_WORD, who="child welfare worker", recorded=at("6 21:00"))
    assert "DF-17" not in {one.rule for one in owed(worker).duties}


def versions() -> list[DutyRule]:
    """A rule that took another form at the turn of the year."""
    import msgspec

    old = RULE | {"id": "T-1", "in_force_to": "2030-12-31", "what": "Write to the board in a day"}
    new = RULE | {"id": "T-1", "in_force_from": "2031-01-01"}
    old["deadline"] = {"kind": "hours", "amount": 24}
    new["deadline"] = {"kind": "hours", "amount": 12}
    return [msgspec.convert(one, DutyRule) for one in (old, new)]


def test_the_same_incident_last_year_is_judged_by_last_years_rules():
    this = of(owed(*shooting(), rules=versions()), "T-1")
    assert (this.what, this.due) == ("Write a report", "2031-03-07T08:21:00Z")
    last_year = shooting(happened="2030-03-06T14:21-06:00")
    last = of(owed(*last_year, rules=versions()), "T-1")
    assert (last.what, last.due) == ("Write to the board in a day", "2030-03-07T20:21:00Z")


def test_the_last_hours_of_the_old_year_are_the_old_rules_in_the_homes_zone():
    eve = shooting(happened="2031-01-01T05:59Z")
    assert of(owed(*eve, rules=versions()), "T-1").what == "Write to the board in a day"
    year = shooting(happened="2031-01-01T06:00Z")
    assert of(owed(*year, rules=versions()), "T-1").what == "Write a report"


def test_a_withdrawn_trigger_owes_nothing_from_then_on():
    said = shooting()
    taken_back = told(
        "discharged_weapon",
        by=OFFICER,
        who="officer-1",
        stance="cannot_say",
        replaces=said[0].id,
        recorded=at("7 09:00"),
    )
    assert not [one for one in owed(*said, taken_back).duties if one.rule == "LP-01"]
    before = datetime(2031, 3, 7, 8, 0, tzinfo=UTC)
    assert of(owed(*said, taken_back, as_of=before), "LP-01").state == "open"


def test_a_denial_by_who_should_have_received_it_is_an_alarm():
    said = [*shooting(), notified("medical-examiner", CHIEF, recorded=at("6 21:30"))]
    denied = notified("medical-examiner", EXAMINER, stance="denies", recorded=at("6 22:00"))
    duty = of(owed(*said, denied), "DF-16", "woman")
    assert duty.state == "open"
    [alarm] = duty.alarms
    assert (alarm.kind, alarm.who) == ("denied", "medical examiner")
    assert alarm.statements == (said[-1].id, denied.id)
    after = notified("medical-examiner", EXAMINER, recorded=at("6 23:00"))
    duty = of(owed(*said, denied, after), "DF-16", "woman")
    assert (duty.state, duty.alarms) == ("done", ())


def test_an_unreviewed_word_is_told_as_such():
    word = notified("medical-examiner", EXAMINER, recorded=at("6 22:00"), reviewed=False)
    duty = of(owed(*shooting(), word), "DF-16", "woman")
    assert (duty.state, duty.not_reviewed) == ("done", (word.id,))


def test_the_type_of_a_leave_is_told_or_that_none_was_stated():
    order = {"by": CHIEF, "stance": "does", "basis": "record"}
    typed = told("placed_on_leave", who="officer-1", leave="administrative, paid",
                 recorded=at("7 02:00"), **order)  # fmt: skip
    bare = told("placed_on_leave", who="officer-1", recorded=at("7 02:00"), **order)
    assert of(owed(*shooting(), typed), "DF-06", "officer-1").details == (
        Detail("leave", "administrative, paid", typed.id),
    )
    [untyped] = of(owed(*shooting(), bare), "DF-06", "officer-1").details
    assert (untyped.slot, untyped.value) == ("leave", None)


def test_the_json_has_the_keys_of_the_contract():
    view = owed(*shooting())
    value = json.loads(duties_json(view))
    assert {"profile", "rules", "duties"} <= value.keys()
    assert value["as_of"] == moment_text(datetime(2031, 3, 7, 18, tzinfo=UTC))
    keys = {
        *("rule", "what", "owner", "for", "trigger", "due", "kind", "state", "evidence"),
        *("alarms", "citation", "confidence"),
    }
    assert all(keys <= row.keys() for row in value["duties"])
    assert list(value["duties"][0]) == sorted(value["duties"][0])


def test_conduct_names_its_clause_or_says_that_none_was_stated():
    said = [
        told("conformed", who="officer-1", to="their training", recorded=at("7 10:00")),
        told("conformed", who="officer-1", recorded=at("7 10:01")),
        told("conformed", who="officer-1", to="Policy 300.4(b)", recorded=at("7 10:02")),
        told("conformed", who="officer-1", to="LP 1.2", recorded=at("7 10:03")),
    ]
    rows = owed(*said, profile="local").conformed
    assert [one.to_what for one in rows] == [
        *("not stated", "not stated", "Policy 300.4(b)", "LP 1.2")
    ]
    assert [one.says_to for one in rows] == ["their training", None, "Policy 300.4(b)", "LP 1.2"]


def test_a_newspapers_word_is_somebody_saying_so():
    paper = told("placed_on_leave", by=PAPER, who="officer-1", recorded=at("7 01:00"))
    assert of(owed(*shooting(), paper), "DF-06").state == "reported_done"


def test_unverified_rules_say_so():
    unverified = {one.rule for one in owed(*shooting()).duties if one.confidence == "unverified"}
    assert unverified == {"DF-05", "DF-06"}
    assert {one.verified_by for one in rules_of("missouri") if one.id in unverified} == {"nobody"}
