"""Who may open which book, for which purpose."""

from whoseword.access.law import ACTS, Decision, Disclosing, Law, Rulebook
from whoseword.access.readers import DEFAULT_OWNER, PURPOSES, Reader, parse_reader
from whoseword.access.rules import Confidence, Effect, Rule, RuleSet, RulesFault, read_rules

__all__ = [
    "ACTS",
    "DEFAULT_OWNER",
    "PURPOSES",
    "Confidence",
    "Decision",
    "Disclosing",
    "Effect",
    "Law",
    "Reader",
    "Rule",
    "RuleSet",
    "Rulebook",
    "RulesFault",
    "parse_reader",
    "read_rules",
]
