"""Of what somebody is reminded, once for each stage, and nobody's name in it."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from after_force import (
    HARROW,
    MEDIC,
    NOON,
    OFFICER,
    TEAM,
    at,
    employed,
    notified,
    of,
    order,
    owed,
    shooting,
)
from telling import told, uuid7
from whoseword.duties import Duties, Reminder, feed, is_for, key_of, reminders, subject_of, text_of
from whoseword.words import Statement

READER = "oversight@county for inquiry"
DIED = datetime(2031, 3, 6, 21, 12, tzinfo=UTC)
"""When the child's death was recorded, from which 24 hours run."""


def told_of(view: Duties, rule: str, **given: timedelta) -> list[str]:
    return [one.event for one in reminders(view, **given) if one.rule == rule]


def one_of(view: Duties, rule: str, event: str) -> Reminder:
    [found] = [one for one in reminders(view) if (one.rule, one.event) == (rule, event)]
    return found


def keys(view: Duties, reader: str = READER) -> set[str]:
    return {key_of(one, reader) for one in reminders(view)}


@pytest.mark.parametrize(
    ("hours", "event"),
    [(0, "owed"), (17.9, "owed"), (18, "due_soon"), (24, "due_soon"), (25, "overdue")],
)
def test_of_hours_the_last_quarter_is_soon(hours: float, event: str) -> None:
    assert told_of(owed(*shooting(), as_of=DIED + timedelta(hours=hours)), "DF-17") == [event]


def test_of_days_the_last_day_is_soon_unless_another_time_is_asked_for() -> None:
    view = owed(*shooting())
    due = datetime.fromisoformat(of(view, "DF-19").due or "")
    for before, lead, event in (
        (25, 24, "owed"),
        (24, 24, "due_soon"),
        (25, 48, "due_soon"),
        (1, 0, "owed"),
    ):
        view = owed(*shooting(), as_of=due - timedelta(hours=before))
        assert told_of(view, "DF-19", lead=timedelta(hours=lead)) == [event]


def test_nobody_is_reminded_of_what_is_done_waived_or_only_foreseen() -> None:
    view = owed(*shooting())
    assert of(view, "DF-04").awaits
    assert told_of(view, "DF-04") == []
    assert told_of(view, "DF-06") == ["owed"]
    done = order("placed_on_leave", who="officer-1", recorded=at("7 02:00"))
    assert told_of(owed(*shooting(), done), "DF-06") == []
    slots = {"rule": "DF-06", "for": "officer-1", "reason": "retired"}
    waived = told("waived", stance="does", slots=slots, recorded=at("7 02:00"))
    view = owed(*shooting(), waived)
    assert of(view, "DF-06").state == "waived"
    assert told_of(view, "DF-06") == []


def test_what_somebody_says_is_done_is_still_due_soon() -> None:
    said = notified("childrens-division", HARROW, "county-coroner", recorded=at("7 01:00"))
    early = owed(*shooting(), said, as_of=DIED + timedelta(hours=5))
    assert of(early, "DF-17").state == "reported_done"
    assert told_of(early, "DF-17") == []
    late = owed(*shooting(), said, as_of=DIED + timedelta(hours=23))
    assert "reported done, no evidence yet" in text_of(one_of(late, "DF-17", "due_soon"))


def test_a_key_stays_while_the_rest_becomes_known() -> None:
    said = shooting()
    first, later = owed(*said), owed(*said, as_of=NOON + timedelta(minutes=5))
    assert keys(first) == keys(later)
    more = told("died", by=HARROW, who="woman", recorded=at("7 01:00"))
    assert keys(first) <= keys(owed(*said, more))
    assert len(keys(first)) == len(reminders(first))


def test_a_due_date_that_moved_is_news() -> None:
    view = owed(*shooting())
    moved = msgspec.structs.replace(of(view, "DF-17"), due="2031-03-09T21:12:00Z")
    changed = msgspec.structs.replace(
        view, duties=tuple(moved if one.rule == "DF-17" else one for one in view.duties)
    )
    assert len(keys(changed) - keys(view)) == 1


def test_what_one_reader_was_told_is_no_other_readers_matter() -> None:
    view = owed(*shooting())
    assert keys(view).isdisjoint(keys(view, "public@county for public"))


def test_each_alarm_is_told_and_a_new_one_is_news() -> None:
    said = [
        *shooting(),
        told("investigates", by=TEAM, agency="regional-team", recorded=at("6 22:00")),
        *tied("Detective Crane", at("6 22:10")),
    ]
    first, second = owed(*said), owed(*said, *tied("Officer Pruitt", at("6 22:12")))
    assert told_of(first, "LP-01").count("alarm") == 1
    assert told_of(second, "LP-01").count("alarm") == 2
    assert len(keys(second) - keys(first)) == 1
    told_so = text_of(one_of(first, "LP-01", "alarm"))
    assert "Alarm, conflict: somebody of the outside team" in told_so


def tied(name: str, recorded: str) -> list[Statement]:
    """Somebody of the team that investigates, whom the involved agency employs."""
    slots = {"who": name, "whom": "regional-team", "relation": "member_of"}
    return [told("related", by=TEAM, recorded=recorded, **slots), employed(name, recorded=recorded)]


def test_no_person_stands_in_it_under_any_name() -> None:
    """Nor in its key: whoever tries the names of a roster learns nothing."""
    name = "Terrence Ashdown"

    def view_of(name: str) -> Duties:
        return owed(
            told("discharged_weapon", by=OFFICER, who=name, recorded=at("6 20:24"), id=uuid7(1)),
            employed(name, recorded=at("6 20:25")),
            told("died", by=MEDIC, who="Ana Ruiz", recorded=at("6 20:41")),
            told("investigates", by=TEAM, agency="regional-team", recorded=at("6 22:00")),
            told("related", by=TEAM, who="Detective Crane", whom="regional-team",
                 relation="member_of", recorded=at("6 22:01")),
            employed("Detective Crane", recorded=at("6 22:02")),
        )  # fmt: skip

    view = view_of(name)
    assert of(view, "DF-06").for_ == name
    found = reminders(view)
    assert {"alarm", "owed"} <= {one.event for one in found}
    for one in found:
        text = f"{subject_of(one)}{text_of(one)}{msgspec.json.encode(one).decode()}".casefold()
        for word in ("ashdown", "ruiz", "crane", "officer-1"):
            assert word not in text
    fired = {one.rule: key_of(one, READER) for one in found if one.event == "owed"}
    other = {one.rule: key_of(one, READER) for one in reminders(view_of("Bo Lee"))}
    assert fired["DF-06"] == other["DF-06"]


def test_it_says_what_the_calendar_says_and_how_to_look() -> None:
    view = owed(*shooting(), as_of=DIED + timedelta(hours=25))
    text = text_of(one_of(view, "DF-17", "overdue"))
    assert text.startswith("OVERDUE: DF-17: Tell the Children's Division")
    assert "Owed by coroner or medical-examiner: overdue." in text
    assert "Due: 2031-03-07 15:12 CST (America/Chicago)." in text
    assert "RSMo 58.452" in text
    assert text.endswith("To look: whoseword duties harrow-lane --profile missouri\n")
    assert "UNVERIFIED" not in text
    unread = one_of(view, "DF-06", "owed")
    assert subject_of(unread).startswith("Owed: UNVERIFIED DF-06: ")
    summaries = (
        feed(view, None).decode().replace("\r\n ", "").replace("\\,", ",").replace("\\;", ";")
    )
    for one in reminders(view):
        assert f"SUMMARY:{one.rule}: {one.what}" in summaries


def test_what_rests_on_what_nobody_reviewed_says_so() -> None:
    fired, *rest = shooting()
    unread = msgspec.structs.replace(fired, reviewed=False)
    assert "no person reviewed" in text_of(one_of(owed(unread, *rest), "DF-06", "owed"))
    assert "no person reviewed" not in text_of(one_of(owed(fired, *rest), "DF-06", "owed"))


def test_an_owner_is_known_as_in_the_calendar() -> None:
    view = owed(*shooting())
    assert {one.rule for one in reminders(view) if is_for(one, "coroner or medical-examiner")} == {
        "DF-17",
        "DF-17-panel",
    }
    assert not [one for one in reminders(view) if is_for(one, "mill-police")]
    assert all(is_for(one, None) for one in reminders(view))


def test_one_statement_that_concerns_two_is_told_once() -> None:
    """What tells the two apart is whom they concern, and that nobody is sent."""
    view = owed(*shooting())
    second = msgspec.structs.replace(of(view, "DF-06"), for_="officer-2")
    both = msgspec.structs.replace(view, duties=(*view.duties, second))
    assert reminders(both) == reminders(view)
