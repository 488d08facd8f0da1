"""What is owed after deadly force: by whom, by when, on what evidence, by which text."""

from whoseword.duties.feed import feed
from whoseword.duties.owed import duties, duties_json
from whoseword.duties.rule import DutyRule
from whoseword.duties.rules import faults_of, read_duty_rules
from whoseword.duties.shapes import Duties, Duty, State, Terms

__all__ = [
    "Duties",
    "Duty",
    "DutyRule",
    "State",
    "Terms",
    "duties",
    "duties_json",
    "faults_of",
    "feed",
    "read_duty_rules",
]
