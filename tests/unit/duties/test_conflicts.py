"""The alarm on an outside investigator who is not outside."""

from datetime import UTC, datetime

import pytest

from after_force import HARROW, NOON, OFFICER, TEAM, at, employed, of, owed, shooting
from telling import told

INVESTIGATES = told("investigates", by=TEAM, agency="regional-team", recorded=at("6 22:00"))


def tied(who, whom, relation="member_of", **parts):
    return told(
        "related",
        who=who,
        whom=whom,
        relation=relation,
        by=TEAM,
        **({"recorded": at("6 23:00")} | parts),
    )


def selection(*said, as_of=NOON):
    return of(owed(*shooting(), INVESTIGATES, *said, as_of=as_of), "LP-01")


def test_a_team_without_ties_is_outside():
    other = tied("detective-1", "regional-team")
    duty = selection(other, employed("detective-1", "mill-police", recorded=at("6 23:01")))
    assert (duty.state, duty.alarms) == ("done", ())


def test_a_member_of_the_involved_agency_in_the_team_raises_the_alarm_and_nothing_is_done():
    member = tied("detective-2", "regional-team")
    employer = employed("detective-2", by=TEAM, recorded=at("6 23:01"))
    duty = selection(member, employer)
    assert duty.state == "open"
    assert duty.evidence == (INVESTIGATES.id,)
    [alarm] = duty.alarms
    assert (alarm.kind, alarm.who, alarm.agency) == ("conflict", "detective-2", "harrow-police")
    assert alarm.statements == (member.id, employer.id)


def test_who_speaks_for_the_team_and_works_for_the_involved_agency_raises_it_too():
    spokesman = {"name": "Lieutenant Rade", "kind": "official", "party": "regional-team"}
    speaks = told("investigates", by=spokesman, agency="regional-team", recorded=at("6 23:00"))
    employer = employed("Lieutenant Rade", recorded=at("6 23:01"))
    assert selection(speaks).alarms == ()
    [alarm] = selection(speaks, employer).alarms
    assert (alarm.who, alarm.agency) == ("Lieutenant Rade", "harrow-police")
    assert alarm.statements == (speaks.id, employer.id)


TIES = {
    "the officer who fired is a member": [tied("officer-1", "regional-team")],
    "the involved agency is a member": [tied("harrow-police", "regional-team")],
    "the team belongs to the involved agency": [tied("regional-team", "harrow-police")],
    "a sister of the officer is a member": [
        tied("detective-3", "regional-team"),
        tied("detective-3", "officer-1", "sister"),
    ],
    "the tie is told from the other end": [
        tied("detective-3", "regional-team"),
        tied("officer-1", "detective-3", "brother"),
    ],
    "a former employer is a declared tie": [
        tied("detective-3", "regional-team", "employed_by"),
        tied("detective-3", "harrow-police", "formerly employed by"),
    ],
    "it is only believed": [
        tied("detective-3", "regional-team"),
        tied("detective-3", "harrow-police", "employed_by", stance="believes"),
    ],
    "it is told as possible": [
        tied("detective-3", "regional-team", hedge="possible"),
        tied("detective-3", "harrow-police", "employed_by"),
    ],
    "the crew of the team": [
        told(
            "dispatched",
            by=TEAM,
            unit="regional-team",
            members=["detective-3", "detective-4"],
            recorded=at("6 23:00"),
        ),
        tied("detective-4", "harrow-police", "employed_by"),
    ],
}


@pytest.mark.parametrize("said", TIES.values(), ids=TIES)
def test_any_declared_tie_raises_it(said):
    duty = selection(*said)
    assert duty.state == "open"
    assert [one.kind for one in duty.alarms] == ["conflict"]
    assert {one.id for one in said} <= set(duty.alarms[0].statements)


def test_people_of_other_agencies_and_ties_of_others_raise_nothing():
    said = [
        tied("detective-1", "regional-team"),
        tied("regional-team", "ames-county", "part of"),
        tied("harrow-police", "ames-county", "part of"),
        employed("technician", recorded=at("6 23:02")),
        tied("technician", "mill-police"),
    ]
    assert selection(*said).state == "done"


def test_the_alarm_ends_when_the_member_has_left_and_stands_for_the_moment_before():
    member = tied("detective-2", "regional-team")
    employer = employed("detective-2", by=TEAM, recorded=at("6 23:01"))
    left = tied(
        "detective-2", "regional-team", stance="denies", replaces=member.id, recorded=at("7 15:00")
    )
    assert selection(member, employer, left).state == "done"
    before = datetime(2031, 3, 7, 14, 59, tzinfo=UTC)
    assert selection(member, employer, left, as_of=before).state == "open"


def test_the_teams_later_denial_ends_it_and_the_involved_agencys_does_not():
    member = tied("detective-2", "regional-team")
    employer = employed("detective-2", by=TEAM, recorded=at("6 23:01"))
    said = (member, employer)
    own = tied("detective-2", "regional-team", stance="denies", recorded=at("7 15:00"))
    assert selection(*said, own).state == "done"
    other = told(
        "related",
        who="detective-2",
        whom="regional-team",
        relation="member_of",
        by=HARROW,
        stance="denies",
        recorded=at("7 15:00"),
    )
    assert selection(*said, other).state == "open"


def test_a_second_team_without_ties_does_not_quiet_it():
    second = told(
        "investigates",
        by={"name": "State agents", "kind": "agency"},
        agency="state-agents",
        recorded=at("6 22:30"),
    )
    said = (tied("detective-2", "regional-team"), employed("detective-2", recorded=at("6 23:01")))
    duty = selection(second, *said)
    assert (duty.state, len(duty.evidence)) == ("open", 2)


def test_wisconsins_and_washingtons_rules_raise_it_too():
    said = (tied("detective-2", "regional-team"), employed("detective-2", recorded=at("6 23:01")))
    for profile, rule in (("wisconsin", "DF-07"), ("washington", "DF-12")):
        duty = of(owed(*shooting(), INVESTIGATES, *said, profile=profile), rule)
        assert [one.who for one in duty.alarms] == ["detective-2"], rule


def test_a_member_told_by_another_name_is_the_same_one_once_a_person_says_so():
    said = (
        tied("the tall detective", "regional-team"),
        employed("detective-2", recorded=at("6 23:01")),
    )
    assert selection(*said).state == "done"
    analyst = {"name": "analyst", "kind": "official", "party": "oversight"}
    same = told(
        "same", by=analyst, who="the tall detective", whom="detective-2", recorded=at("7 10:00")
    )
    assert selection(*said, same).state == "open"


def test_a_relative_of_nobody_who_fired_is_no_tie():
    there = told("present", by=OFFICER, who="officer-9", recorded=at("6 21:00"))
    said = (tied("detective-3", "regional-team"), tied("detective-3", "officer-9", "sister"), there)
    assert selection(*said).state == "done"
