"""Hold or may engage, on whose word; replay of what was knowable, moment by moment."""

from whoseword.response.gate import advise, advise_json, now_at
from whoseword.response.provisions import AdviceRule, Terms
from whoseword.response.replays import BriefAt, replay, replay_json
from whoseword.response.rules import faults_of, read_advice_rules, read_terms
from whoseword.response.shapes import (
    Advice,
    Advised,
    Cited,
    Clearance,
    Drawn,
    Moment,
    Reason,
    Replay,
    Task,
)

__all__ = [
    "Advice",
    "AdviceRule",
    "Advised",
    "BriefAt",
    "Cited",
    "Clearance",
    "Drawn",
    "Moment",
    "Reason",
    "Replay",
    "Task",
    "Terms",
    "advise",
    "advise_json",
    "faults_of",
    "now_at",
    "read_advice_rules",
    "read_terms",
    "replay",
    "replay_json",
]
