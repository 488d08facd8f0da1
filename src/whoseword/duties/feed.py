"""What is owed, as a calendar that an agency subscribes to (iCalendar, RFC 5545).

One task (``VTODO``) for each duty that somebody still has to see to. A calendar goes to telephones
and screens that nobody here knows, so no person stands in it, neither an officer nor whoever raised
an alarm; a task names its trigger, and who opens that has been asked who they are.
"""

from datetime import datetime

import msgspec
from icalendar import Calendar, Todo

from whoseword.account.authority import is_side
from whoseword.duties.owners import OR
from whoseword.duties.shapes import Duties, Duty, State
from whoseword.words.names import slug
from whoseword.words.times import parse_moment

PRODUCT = "-//Whose Word//duties//EN"
_STATUS = {
    State.OPEN: "NEEDS-ACTION",
    State.OVERDUE: "NEEDS-ACTION",
    State.REPORTED_DONE: "IN-PROCESS",
}
"""The states that are shown; what is done or waived is owed no more."""
_STATES = {
    State.OPEN: "open",
    State.OVERDUE: "overdue",
    State.REPORTED_DONE: "reported done, no evidence yet",
}


def feed(view: Duties, owner: str | None) -> bytes:
    """The calendar of what an owner, or everybody, still owes. The same view, the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Duties, {view.incident}{f', {owner}' if owner else ''}")
    stamp = parse_moment(view.as_of)
    for duty in view.duties:
        if State(duty.state) in _STATUS and duty.awaits is None and is_theirs(duty.owner, owner):
            calendar.add_component(_task(duty, view, stamp))
    return bytes(calendar.to_ical())


def is_theirs(owes: str, owner: str | None) -> bool:
    """Whether whoever owes it is an owner, or anybody where none is named."""
    return owner is None or any(is_side(slug(one), slug(owner)) for one in owes.split(OR))


def theirs(view: Duties, owner: str | None) -> Duties:
    """The view with what an owner owes alone; the whole where none is named."""
    its = tuple(one for one in view.duties if is_theirs(one.owner, owner))
    return msgspec.structs.replace(view, duties=its)


def _task(duty: Duty, view: Duties, stamp: datetime) -> Todo:
    task = Todo()
    task.add("uid", f"{duty.uid}@whoseword")
    task.add("dtstamp", stamp)
    task.add("summary", f"{duty.rule}: {duty.what}")
    task.add("description", _description(duty, view))
    task.add("status", _STATUS[State(duty.state)])
    task.add("categories", [duty.kind, duty.confidence])
    if duty.due is not None:
        task.add("due", parse_moment(duty.due))
    return task


def _description(duty: Duty, view: Duties) -> str:
    state = _STATES[State(duty.state)]
    lines = [
        f"Owed by {duty.owner}: {state}.",
        f"Incident {view.incident}, profile {view.profile}.",
        f"Trigger: statement {duty.trigger}.",
        f"{duty.citation} ({duty.confidence}; text: {duty.text_year}).",
    ]
    if duty.alarms:
        lines.append(f"Alarms: {', '.join(sorted({one.kind for one in duty.alarms}))}.")
    if duty.note:
        lines.append(duty.note)
    return "\n".join(lines)
