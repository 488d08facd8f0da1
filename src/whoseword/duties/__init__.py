"""What is owed after deadly force: by whom, by when, on what evidence, by which text."""

from whoseword.duties.feed import feed, theirs
from whoseword.duties.owed import duties, duties_json
from whoseword.duties.reminders import (
    LEAD,
    Event,
    Reminder,
    is_for,
    key_of,
    reminders,
    subject_of,
    text_of,
)
from whoseword.duties.rule import DutyRule
from whoseword.duties.rules import every_duty_rule, faults_of, read_duty_rules
from whoseword.duties.shapes import Duties, Duty, State, Terms

__all__ = [
    "LEAD",
    "Duties",
    "Duty",
    "DutyRule",
    "Event",
    "Reminder",
    "State",
    "Terms",
    "duties",
    "duties_json",
    "every_duty_rule",
    "faults_of",
    "feed",
    "is_for",
    "key_of",
    "read_duty_rules",
    "reminders",
    "subject_of",
    "text_of",
    "theirs",
]
