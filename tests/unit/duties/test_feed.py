"""The calendar of what is owed: what RFC 5545 asks for, and nobody's name."""

from icalendar import Calendar

from after_force import HARROW, MEDIC, NOON, OFFICER, TEAM, at, employed, of, order, owed, shooting
from telling import EXAMINER, told
from whoseword.duties import duties_json, feed

LATE = NOON.replace(day=8)


def tasks(view, owner=None):
    return list(Calendar.from_ical(feed(view, owner)).walk("VTODO"))


def test_one_task_for_each_duty_that_is_owed_now():
    view = owed(*shooting())
    owed_now = [one for one in view.duties if one.awaits is None]
    assert {str(one["summary"]) for one in tasks(view)} == {
        f"{one.rule}: {one.what}" for one in owed_now
    }
    assert len(tasks(view)) == len(owed_now) > 0
    assert not [one for one in tasks(view) if "DF-04" in str(one["summary"])], "only foreseen"


def test_it_reads_back_as_a_calendar_with_its_moments():
    view = owed(*shooting(), as_of=LATE)
    calendar = Calendar.from_ical(feed(view, None))
    assert (calendar["version"], calendar["prodid"]) == ("2.0", "-//Whose Word//duties//EN")
    [task] = [one for one in tasks(view) if str(one["summary"]).startswith("DF-17:")]
    assert task["due"].dt.isoformat() == "2031-03-07T21:12:00+00:00"
    assert task["dtstamp"].dt == LATE
    assert task["status"] == "NEEDS-ACTION"
    assert "overdue" in str(task["description"])
    assert "RSMo 58.452" in str(task["description"])
    assert not [one for one in tasks(view) if str(one["summary"])[:5] == "DF-16" and "due" in one]


def test_every_line_is_within_the_75_octets_of_the_standard():
    for line in feed(owed(*shooting()), None).split(b"\r\n"):
        assert len(line) <= 75
    assert feed(owed(*shooting()), None).endswith(b"END:VCALENDAR\r\n")


def test_an_owner_gets_their_own_and_nobody_elses():
    view = owed(*shooting())
    assert {str(one["summary"])[:5] for one in tasks(view, "coroner or medical-examiner")} == {
        "DF-17"
    }
    assert tasks(view, "mill-police") == []
    named = owed(
        *shooting(),
        told("died", by=EXAMINER | {"party": "ames-county-medical-examiner"}, who="woman"),
    )
    assert len(tasks(named, "medical-examiner")) == 2


def test_what_is_done_or_waived_leaves_it_and_what_is_reported_says_so():
    report = told("placed_on_leave", who="officer-1", recorded=at("7 01:00"))
    [task] = [one for one in tasks(owed(*shooting(), report)) if "DF-06" in str(one["summary"])]
    assert task["status"] == "IN-PROCESS"
    assert "no evidence yet" in str(task["description"])
    done = order("placed_on_leave", who="officer-1", recorded=at("7 02:00"))
    assert not [one for one in tasks(owed(*shooting(), done)) if "DF-06" in str(one["summary"])]


def test_uids_stay_while_the_rest_of_the_incident_becomes_known():
    fired, employer, *deaths = shooting()
    first = owed(fired)
    later = owed(
        fired,
        employer,
        *deaths,
        told("died", by=HARROW, who="woman", recorded=at("7 01:00")),
        told("placed_on_leave", who="officer-1", recorded=at("7 01:00")),
    )
    before = {one.rule: one.uid for one in first.duties}
    assert before == {one.rule: one.uid for one in later.duties if one.rule in before}
    assert len({one.uid for one in later.duties}) == len(later.duties)
    assert {str(one["uid"]) for one in tasks(later)} <= {
        f"{one.uid}@whoseword" for one in later.duties
    }


def test_two_agencies_have_two_tasks():
    other = told("discharged_weapon", by=OFFICER, who="deputy-1", recorded=at("6 20:26"))
    view = owed(*shooting(), other, employed("deputy-1", "ames-sheriff", recorded=at("6 20:27")))
    assert len({one.uid for one in view.duties}) == len(view.duties)


def test_no_person_stands_in_it_under_any_name():
    name = "Terrence Ashdown"
    said = [
        told("discharged_weapon", by=OFFICER, who=name, recorded=at("6 20:24")),
        employed(name, recorded=at("6 20:25")),
        told("named", by=HARROW, who=name, name="T. R. Ashdown", recorded=at("6 20:26")),
        told("injured", by=MEDIC, who="cut officer", recorded=at("6 20:40")),
        told("died", by=MEDIC, who="Ana Ruiz", recorded=at("6 20:41")),
        told("investigates", by=TEAM, agency="regional-team", recorded=at("6 22:00")),
        told(
            "related",
            by=TEAM,
            who="Detective Crane",
            whom="regional-team",
            relation="member_of",
            recorded=at("6 22:01"),
        ),
        employed("Detective Crane", recorded=at("6 22:02")),
        told("present", by=HARROW, who="Officer Dale Pruitt", recorded=at("6 22:03")),
        employed("Officer Dale Pruitt", recorded=at("6 22:04")),
    ]
    view = owed(*said)
    assert of(view, "LP-01").alarms[0].who == "Detective Crane"
    assert of(view, "DF-06").for_ == name
    text = feed(view, None).decode().replace("\r\n ", "").casefold()
    for word in ("ashdown", "ruiz", "crane", "pruitt", "cut officer", "officer-1"):
        assert word not in text
    assert "alarms: conflict" in text


def test_no_report_of_force_carries_an_officers_identity():
    view = owed(*shooting())
    for rule in ("DF-18", "DF-19"):
        report = of(view, rule)
        assert report.for_ is None
        assert "officer-1" not in str(report)
    assert b"harrow-police" in duties_json(view)


def test_the_same_statements_in_any_order_are_the_same_bytes():
    said = shooting()
    assert feed(owed(*said), None) == feed(owed(*reversed(said)), None)
