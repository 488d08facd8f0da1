"""Five states that never collapse into one another, and who may set a duty aside."""

import pytest

from after_force import NOON, OFFICER, at, of, order, owed, shooting
from telling import CHIEF, PAPER, TENANT, told

AGENCY = {"name": "Harrow Police", "kind": "agency", "party": "harrow-police"}
REASON = "she left the service that evening"


def waived(*, by=CHIEF, rule="DF-06", for_="officer-1", reason=REASON, **parts):
    slots = {"rule": rule, "for": for_, "reason": reason} | parts.pop("more", {})
    slots = {name: value for name, value in slots.items() if value is not None}
    return told(
        "waived", by=by, **({"stance": "does", "recorded": at("7 10:00"), "slots": slots} | parts)
    )


def leave(*said, as_of=NOON):
    return of(owed(*shooting(), *said, as_of=as_of), "DF-06")


REPORT = told("placed_on_leave", who="officer-1", leave="administrative", recorded=at("7 01:00"))
ORDER = order("placed_on_leave", who="officer-1", leave="administrative", recorded=at("7 02:00"))


def test_one_duty_in_all_five():
    said = shooting()
    late = NOON.replace(day=8)
    assert of(owed(*said), "DF-17").state == "open"
    assert of(owed(*said, as_of=late), "DF-17").state == "overdue"
    examiner = {"name": "medical examiner", "kind": "official", "party": "medical-examiner"}
    slots = {"agency": "childrens-division", "by": "medical-examiner"}
    report = told("notified", by=examiner, slots=slots, recorded=at("7 03:00"))
    assert of(owed(*said, report, as_of=late), "DF-17").state == "reported_done"
    waiver = waived(by=examiner, rule="DF-17", for_="child", reason="the Division was present")
    assert of(owed(*said, waiver, as_of=late), "DF-17").state == "waived"
    division = {"name": "Children's Division", "kind": "agency"}
    receipt = told("notified", by=division, slots=slots, recorded=at("7 04:00"))
    assert of(owed(*said, receipt, as_of=late), "DF-17").state == "done"


def test_evidence_outweighs_a_waiver_and_a_waiver_a_mere_report():
    assert leave(waived()).state == "waived"
    assert leave(waived(), REPORT).state == "waived"
    assert leave(waived(), REPORT, ORDER).state == "done"
    assert leave(REPORT).state == "reported_done"
    assert leave().state == "open"


def test_a_waiver_shows_who_and_why():
    one = waived()
    waiver = leave(one).waiver
    assert (waiver.by, waiver.reason, waiver.statement) == ("police chief", REASON, one.id)
    named = waived(more={"by": "Deputy Chief Arrow"})
    assert leave(named).waiver.by == "Deputy Chief Arrow"


NO_WAIVERS = {
    "without a reason": waived(reason=None),
    "affirmed and not done": waived(stance="affirms"),
    "announced": waived(stance="expects"),
    "told as possible": waived(hedge="possible"),
    "by hearsay": waived(via=[{"name": "Courier", "kind": "narrator"}]),
    "by a witness": waived(by=TENANT),
    "by a newspaper": waived(by=PAPER),
    "by a program": waived(by={"name": "records system", "kind": "automaton"}),
    "by somebody not named": waived(by={"name": "a source", "kind": "unnamed"}),
    "by an agency without a person": waived(by=AGENCY),
    "by an agency for itself": waived(by=AGENCY, more={"by": "harrow-police"}),
    "by the officer themself": waived(by=OFFICER),
    "in the officer's own name": waived(more={"by": "officer-1"}),
    "of another rule": waived(rule="DF-16"),
    "of a rule in other words": waived(rule="leave after force"),
    "for another officer": waived(for_="officer-2"),
    "for nobody": waived(for_=None),
}


@pytest.mark.parametrize("said", NO_WAIVERS.values(), ids=NO_WAIVERS)
def test_nothing_else_waives(said):
    assert (leave(said).state, leave(said).waiver) == ("open", None)


def test_an_agencys_record_that_names_the_person_waives():
    one = waived(by=AGENCY, more={"by": "Deputy Chief Arrow"})
    assert leave(one).state == "waived"


def test_a_waiver_that_was_taken_back_is_none():
    one = waived()
    back = waived(stance="cannot_say", replaces=one.id, recorded=at("7 11:00"))
    assert leave(one, back).state == "open"
    assert leave(one, back, as_of=NOON.replace(hour=10, minute=30)).state == "waived"


def test_what_concerns_the_incident_is_waived_for_the_agency_or_for_nobody_in_particular():
    for whom in (None, "harrow-police"):
        waiver = waived(rule="DF-18", for_=whom)
        assert of(owed(*shooting(), waiver), "DF-18").state == "waived"
    assert of(owed(*shooting(), waived(rule="DF-18", for_="mill-police")), "DF-18").state == "open"


def test_a_waived_duty_is_not_overdue_and_one_reported_done_is_not_either():
    late = NOON.replace(year=2033)
    assert of(owed(*shooting(), as_of=late), "DF-18").state == "overdue"
    waiver = waived(rule="DF-18", for_=None)
    assert of(owed(*shooting(), waiver, as_of=late), "DF-18").state == "waived"


def test_a_corrected_report_counts_as_corrected():
    back = told(
        "placed_on_leave",
        who="officer-1",
        stance="cannot_say",
        replaces=REPORT.id,
        recorded=at("7 09:00"),
    )
    assert leave(REPORT, back).state == "open"
    assert leave(REPORT, back, as_of=NOON.replace(hour=8)).state == "reported_done"


def test_what_was_done_after_it_was_due_is_done_and_late():
    division = {"name": "Children's Division", "kind": "agency"}
    slots = {"agency": "childrens-division", "by": "medical-examiner"}
    late = NOON.replace(day=9)

    def told_at(moment):
        receipt = told("notified", by=division, slots=slots, recorded=at(moment))
        return of(owed(*shooting(), receipt, as_of=late), "DF-17")

    assert (told_at("7 21:00").state, told_at("7 21:00").late) == ("done", False)
    assert (told_at("8 09:00").state, told_at("8 09:00").late) == ("done", True)
    both = [
        told("notified", by=division, slots=slots, recorded=at(moment))
        for moment in ("7 21:00", "8 09:00")
    ]
    assert of(owed(*shooting(), *both, as_of=late), "DF-17").late is False
