"""What is owed, at the desk: of the books that a reader opens, by the rules of a profile."""

from datetime import datetime

from whoseword.access import Reader
from whoseword.account import rules_hash
from whoseword.doors.desk import Desk
from whoseword.duties import Duties, Terms, duties, read_duty_rules
from whoseword.words import BookClass

_DRAWN_ON = frozenset(
    one.value
    for one in (BookClass.PUBLIC, BookClass.RESPONSE, BookClass.INCIDENT, BookClass.INQUIRY)
)


def owed(desk: Desk, incident: str, reader: Reader, as_of: datetime | None, profile: str) -> Duties:
    """What is owed after deadly force, as of a moment (now if none is named).

    Raises ``RulesFault`` where no rule is of that profile.
    """
    rules = desk.rules.rules
    chosen = read_duty_rules(rules.files, profile)
    moment, told = desk.read("duties", incident, reader, as_of)
    return duties(
        [one for one in told.statements if one.handling in _DRAWN_ON],
        incident=incident,
        as_of=moment,
        rules=chosen,
        terms=Terms(profile, rules_hash(rules.sha256), desk.zone),
    )
