"""Of what somebody has to be reminded, and by which key each reminder is known for good.

Reminders go to letter-boxes and screens that nobody here knows, so one says no more than the
calendar does (``feed``): no person stands in it, neither an officer nor whoever raised an alarm.
Nor does one stand in its key, which goes out with it: a digest of a name is found by trying the
names of a roster. Whom a duty concerns, the owner's own people see with ``whoseword duties``.

A duty is told at the stage at which it stands, once: that it is owed, that it is due soon, that it
is overdue. What somebody says is done is still due soon while no evidence shows it. An alarm is told
as soon as it is raised, one by one.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import Enum
from hashlib import sha256
from typing import assert_never

import msgspec

from whoseword.duties.feed import is_theirs
from whoseword.duties.rule import DeadlineKind
from whoseword.duties.shapes import Alarm, Duties, Duty, State
from whoseword.words.times import parse_moment, parse_zone

LEAD = timedelta(hours=24)
"""How long before it is due a duty is due soon, unless another time is asked for."""
_SHARE_OF_HOURS = 4
"""Of a deadline in hours only the last quarter is "soon": a day before would be before it began."""
_DOMAIN = b"whoseword/reminder/1\n"
_UNVERIFIED = "unverified"


class Event(Enum):
    """Why somebody is reminded."""

    OWED = "owed"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    ALARM = "alarm"


_TITLES = {
    Event.OWED: "Owed",
    Event.DUE_SOON: "Due soon",
    Event.OVERDUE: "OVERDUE",
    Event.ALARM: "ALARM",
}
_STATES = {
    State.OPEN: "open",
    State.OVERDUE: "overdue",
    State.REPORTED_DONE: "reported done, no evidence yet",
}
"""The states in which anybody is reminded; of what is done or waived nobody is."""
_ALARMS = {
    "conflict": "somebody of the outside team belongs or is tied to the involved agency",
    "denied": "who should have received it says that they did not",
}
_NO_MOMENT = {
    DeadlineKind.IMMEDIATE: "immediately; no number is set",
    DeadlineKind.LOCAL_POLICY: "by local policy; no number is set",
}


class Reminder(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One reminder of one duty.

    ``uid`` is the duty's, ``due`` its moment and ``due_here`` the same for people of the home's
    zone. ``alarm`` is the alarm's kind, and ``alarm_rests_on`` the statements that raise it;
    ``not_reviewed`` holds where the duty rests on any that no person looked at one by one.
    """

    event: str
    uid: str
    incident: str
    profile: str
    rule: str
    what: str
    owner: str
    state: str
    kind: str
    due: str | None
    due_here: str
    alarm: str | None
    alarm_rests_on: tuple[str, ...]
    trigger: str
    citation: str
    confidence: str
    text_year: str
    note: str
    not_reviewed: bool
    as_of: str


def reminders(view: Duties, lead: timedelta = LEAD) -> tuple[Reminder, ...]:
    """What is to be told as of the view's moment, in the order of its duties.

    One statement may raise a duty for several people. Nothing tells these reminders apart for
    whoever gets them, so they are one.
    """
    now = parse_moment(view.as_of)
    found: dict[tuple[object, ...], Reminder] = {}
    for duty in view.duties:
        if duty.awaits is None and State(duty.state) in _STATES:
            for one in _of_duty(duty, view, now, lead):
                found.setdefault((one.uid, one.event, one.due, one.alarm_rests_on), one)
    return tuple(found.values())


def _of_duty(duty: Duty, view: Duties, now: datetime, lead: timedelta) -> Iterator[Reminder]:
    event = _stage(duty, now, lead)
    if event is not None:
        yield _reminder(event, duty, view, None)
    for alarm in duty.alarms:
        yield _reminder(Event.ALARM, duty, view, alarm)


def _stage(duty: Duty, now: datetime, lead: timedelta) -> Event | None:
    match State(duty.state):
        case State.OVERDUE:
            return Event.OVERDUE
        case State.OPEN:
            return Event.DUE_SOON if _is_soon(duty, now, lead) else Event.OWED
        case State.REPORTED_DONE:
            return Event.DUE_SOON if _is_soon(duty, now, lead) else None
        case State.DONE | State.WAIVED:
            return None
        case _ as never:  # pragma: no cover
            assert_never(never)


def _is_soon(duty: Duty, now: datetime, lead: timedelta) -> bool:
    if duty.due is None:
        return False
    due = parse_moment(duty.due)
    whole = due - parse_moment(duty.since)
    if DeadlineKind(duty.kind) is DeadlineKind.HOURS and whole > timedelta(0):
        lead = min(lead, whole / _SHARE_OF_HOURS)
    return due - lead <= now <= due


def _reminder(event: Event, duty: Duty, view: Duties, alarm: Alarm | None) -> Reminder:
    return Reminder(
        event=event.value,
        uid=duty.uid,
        incident=view.incident,
        profile=view.profile,
        rule=duty.rule,
        what=duty.what,
        owner=" ".join(duty.owner.split()),
        state=duty.state,
        kind=duty.kind,
        due=duty.due,
        due_here=_due_here(duty, view.zone),
        alarm=alarm.kind if alarm else None,
        alarm_rests_on=tuple(sorted(alarm.statements)) if alarm else (),
        trigger=duty.trigger,
        citation=duty.citation,
        confidence=duty.confidence,
        text_year=duty.text_year,
        note=duty.note,
        not_reviewed=bool(duty.not_reviewed),
        as_of=view.as_of,
    )


def _due_here(duty: Duty, zone: str) -> str:
    if duty.due is None:
        return _NO_MOMENT.get(DeadlineKind(duty.kind), "on the event; no number is set")
    here = parse_moment(duty.due).astimezone(parse_zone(zone))
    return f"{here:%Y-%m-%d %H:%M} {here.tzname()} ({zone})"


def is_for(reminder: Reminder, owner: str | None) -> bool:
    """Whether it reminds of what an owner owes, by the names that the calendar knows it by."""
    return is_theirs(reminder.owner, owner)


def key_of(reminder: Reminder, reader: str) -> str:
    """By what a reminder is known, in hexadecimal, whenever it is computed.

    A due date that moved and a new alarm are news. ``reader`` is for whom it was computed, with the
    purpose: what one reader was told must not change what another is told (law 3).
    """
    parts = (reader, reminder.uid, reminder.event, reminder.due or "", *reminder.alarm_rests_on)
    digest = sha256(_DOMAIN)
    for part in parts:
        told = part.encode()
        digest.update(len(told).to_bytes(8, "big") + told)
    return digest.hexdigest()


def subject_of(reminder: Reminder) -> str:
    """It in a line."""
    verified = "" if reminder.confidence != _UNVERIFIED else "UNVERIFIED "
    title = _TITLES[Event(reminder.event)]
    return f"{title}: {verified}{reminder.rule}: {reminder.what}"


def text_of(reminder: Reminder) -> str:
    """It in a few lines, the first of which is its subject."""
    lines = [
        f"{subject_of(reminder)}.",
        f"Owed by {reminder.owner}: {_STATES[State(reminder.state)]}.",
        f"Due: {reminder.due_here}.",
        f"Incident {reminder.incident}, profile {reminder.profile}.",
        f"Trigger: statement {reminder.trigger}.",
        f"{reminder.citation} ({reminder.confidence}; text: {reminder.text_year}).",
    ]
    if reminder.alarm is not None:
        lines.insert(1, f"Alarm, {reminder.alarm}: {_ALARMS[reminder.alarm]}.")
    if reminder.confidence == _UNVERIFIED:
        lines.append("UNVERIFIED: nobody has read the text of this rule; have it read first.")
    if reminder.not_reviewed:
        lines.append("It rests on statements that no person reviewed one by one.")
    if reminder.note:
        lines.append(reminder.note)
    lines.append(f"To look: whoseword duties {reminder.incident} --profile {reminder.profile}")
    return "".join(f"{line}\n" for line in lines)
