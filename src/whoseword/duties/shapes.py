"""What is owed, as the contract's section 5 writes it in JSON.

Five states that never collapse: somebody's word that a thing was done is not the evidence of it,
and what a person waived is neither done nor forgotten.
"""

from datetime import UTC, tzinfo
from enum import Enum
from typing import NamedTuple

import msgspec


class State(Enum):
    """How a duty stands as of the moment."""

    OPEN = "open"
    DONE = "done"
    REPORTED_DONE = "reported_done"
    OVERDUE = "overdue"
    WAIVED = "waived"


class Terms(NamedTuple):
    """By which rules it is judged: the profile, the hash of the rule set, and the home's zone.

    The zone reads dates without an offset, and days end in it.
    """

    profile: str
    rules: str
    zone: tzinfo = UTC


class Alarm(msgspec.Struct, frozen=True, gc=False):
    """Why a duty with evidence is not done.

    ``conflict``: somebody of the outside team belongs or is tied to the involved agency.
    ``denied``: who should have received it says that they did not.
    """

    kind: str
    who: str
    agency: str | None
    statements: tuple[str, ...]


class Waiver(msgspec.Struct, frozen=True, gc=False):
    """Who set a duty aside, and why."""

    by: str
    reason: str
    statement: str


class Detail(msgspec.Struct, frozen=True, gc=False):
    """What the evidence says beside that it is there: the type of a leave, the custody of a weapon.

    ``value`` is null where the statement leaves it out.
    """

    slot: str
    value: str | None
    statement: str


class Duty(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One duty: whose, on what trigger, by when, on what evidence, and by which text.

    ``since`` is the moment from which its clock runs, ``elapsed_s`` the seconds since then where
    the deadline is "immediately". ``awaits`` is the event that has not come, where a duty is only
    foreseen; ``late`` holds where it was done, or is said to be, after it was due.
    ``not_reviewed`` are those of its statements that no person looked at one by one;
    ``uid`` stays the same as long as rule and trigger do, and names nobody.
    """

    rule: str
    what: str
    owner: str
    for_: str | None = msgspec.field(name="for")
    trigger: str
    due: str | None
    kind: str
    state: str
    evidence: tuple[str, ...]
    alarms: tuple[Alarm, ...]
    citation: str
    confidence: str
    authority: str
    text_year: str
    verified_by: str
    jurisdiction: str
    clause: str | None
    note: str
    since: str
    elapsed_s: int | None
    awaits: str | None
    waiver: Waiver | None
    not_reviewed: tuple[str, ...]
    uid: str
    details: tuple[Detail, ...] = ()
    late: bool = False


class Conformity(msgspec.Struct, frozen=True, gc=False):
    """Who is said to have kept to what.

    ``to_what`` names the clause, or says that none was stated; ``says_to`` is as it was told.
    """

    who: str | None
    says_to: str | None
    to_what: str
    speaker: str
    stance: str
    statement: str


class Duties(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What is owed in an incident as of a moment, by the rules of a profile.

    Days end in ``zone``; every moment here is told in UTC. ``undecided`` fired, are told of as an
    adversary is, and nobody says for whom: from their shots no duty is drawn.
    """

    incident: str
    as_of: str
    profile: str
    rules: str
    zone: str
    involved: tuple[str, ...]
    undecided: tuple[str, ...]
    duties: tuple[Duty, ...]
    conformed: tuple[Conformity, ...]
