"""What is owed, at the desk: of the books that a reader opens, by the rules of a profile."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from whoseword.access import Reader
from whoseword.account import rules_hash
from whoseword.books import Told
from whoseword.doors.desk import Desk
from whoseword.duties import Duties, DutyRule, Terms, duties, read_duty_rules
from whoseword.words import BookClass

_DRAWN_ON = frozenset(
    one.value
    for one in (BookClass.PUBLIC, BookClass.RESPONSE, BookClass.INCIDENT, BookClass.INQUIRY)
)


def owed(desk: Desk, incident: str, reader: Reader, as_of: datetime | None, profile: str) -> Duties:
    """What is owed after deadly force, as of a moment (now if none is named).

    Raises ``RulesFault`` where no rule is of that profile.
    """
    chosen = rules_of(desk, profile)
    moment, told = desk.read("duties", incident, reader, as_of)
    return judged(desk, incident, moment, told, chosen)


class Chosen(NamedTuple):
    """A profile and its rules, in every version."""

    profile: str
    rules: Sequence[DutyRule]


def rules_of(desk: Desk, profile: str) -> Chosen:
    """The rules of a profile. Raises ``RulesFault`` where there are none."""
    return Chosen(profile, read_duty_rules(desk.rules.rules.files, profile))


def judged(desk: Desk, incident: str, moment: datetime, told: Told, chosen: Chosen) -> Duties:
    """What is owed by what somebody was told, as of a moment."""
    return duties(
        [one for one in told.statements if one.handling in _DRAWN_ON],
        incident=incident,
        as_of=moment,
        rules=chosen.rules,
        terms=Terms(chosen.profile, rules_hash(desk.rules.rules.sha256), desk.zone),
    )
