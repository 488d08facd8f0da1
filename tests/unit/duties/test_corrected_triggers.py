"""A correction starts no clock anew, and loses nothing that was done before it."""

from after_force import HOSPITAL, NOON, OFFICER, at, employed, notified, of, order, owed, shooting
from telling import EXAMINER, told

DEATH = told("died", by=HOSPITAL, who="child", recorded=at("6 21:12"))
AGE = told("aged", by=HOSPITAL, who="child", age="4", recorded=at("6 21:12"))


def again(recorded, **parts):
    """The hospital's word on the death, corrected."""
    return told("died", by=HOSPITAL, who="child", replaces=DEATH.id, recorded=recorded, **parts)


def incident(*said):
    return (*shooting()[:3], DEATH, AGE, *said)


def test_a_correction_does_not_give_another_day():
    before = of(owed(*incident()), "DF-17")
    later = again(at("7 12:00"), happened="2031-03-06")
    after = of(owed(*incident(later)), "DF-17")
    assert (before.due, before.since) == ("2031-03-07T21:12:00Z", "2031-03-06T21:12:00Z")
    assert (after.due, after.since, after.trigger) == (before.due, before.since, later.id)


def test_of_a_correction_of_a_correction_the_first_counts():
    second = again(at("7 12:00"), happened="2031-03-06")
    third = told(
        "died",
        by=HOSPITAL,
        who="child",
        happened="2031-03-06",
        replaces=second.id,
        recorded=at("7 13:00"),
    )
    assert of(owed(*incident(second, third)), "DF-17").due == "2031-03-07T21:12:00Z"


def test_a_correction_that_tells_the_minute_moves_the_clock_to_it():
    told_when = again(at("7 12:00"), happened="2031-03-06T20:50Z")
    assert of(owed(*incident(told_when)), "DF-17").due == "2031-03-07T20:50:00Z"
    told_less = told(
        "died", by=HOSPITAL, who="child", replaces=told_when.id, recorded=at("7 13:00")
    )
    duty = of(owed(*incident(told_when, told_less)), "DF-17")
    assert (duty.due, duty.trigger) == ("2031-03-07T20:50:00Z", told_less.id)


def test_a_correction_loses_no_evidence_and_a_subscriber_sees_the_same_task():
    receipt = notified(
        "childrens-division",
        {"name": "Children's Division", "kind": "agency"},
        "medical-examiner",
        recorded=at("7 03:00"),
    )
    later = again(at("7 12:00"), happened="2031-03-06")
    before, after = (
        of(owed(*incident(receipt)), "DF-17"),
        of(owed(*incident(receipt, later)), "DF-17"),
    )
    assert (before.state, after.state) == ("done", "done")
    assert after.evidence == (receipt.id,)
    assert before.uid == after.uid


def test_a_correction_that_takes_back_the_death_ends_the_duty():
    back = again(at("7 12:00"), stance="denies")
    assert [one.rule for one in owed(*incident(back)).duties if one.for_ == "child"] == []


def test_what_was_done_after_the_first_word_of_a_shot_counts_whoever_told_of_it_first():
    heard = told("discharged_weapon", who=None, stance="believes", recorded=at("6 20:22"))
    leave = order("placed_on_leave", who="officer-1", recorded=at("6 23:00"))
    fired = told("discharged_weapon", by=OFFICER, who="officer-1", recorded=at("7 09:00"))
    owns = employed("officer-1", recorded=at("6 20:25"))
    assert of(owed(heard, owns, leave, fired), "DF-06").state == "done"
    assert of(owed(owns, leave, fired), "DF-06").state == "open"


def test_what_was_done_before_the_minute_of_the_shot_is_not_on_it():
    told_when = {"happened": "2031-03-06T14:21-06:00"}
    leave = order("placed_on_leave", who="officer-1", recorded=at("6 20:00"))
    assert of(owed(*shooting(**told_when), leave), "DF-06").state == "open"


def test_the_examiner_who_does_not_name_the_teller_still_knows_what_it_was_told():
    unnamed = told("notified", by=EXAMINER, agency="medical-examiner", recorded=at("6 21:20"))
    assert of(owed(*shooting(), unnamed, as_of=NOON), "DF-16", "child").state == "done"
