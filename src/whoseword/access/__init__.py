"""Who may open which book, for which purpose."""

from whoseword.access.grants import (
    Grant,
    allowed_by,
    grants_of,
    item_of,
    replaces,
    speaks_for_custodian,
)
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
    "Grant",
    "Law",
    "Reader",
    "Rule",
    "RuleSet",
    "Rulebook",
    "RulesFault",
    "allowed_by",
    "grants_of",
    "item_of",
    "parse_reader",
    "read_rules",
    "replaces",
    "speaks_for_custodian",
]
