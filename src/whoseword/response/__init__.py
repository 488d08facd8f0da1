"""Hold or may engage, on whose word; replay of what was knowable, moment by moment."""

from whoseword.response.beside import side_by_side, side_by_side_json
from whoseword.response.drawing import CLASSES
from whoseword.response.gate import advise, advise_json, advise_now, now_at
from whoseword.response.provisions import AdviceRule, Terms
from whoseword.response.replays import BriefAt, replay, replay_json
from whoseword.response.rules import faults_of, read_advice_rules, read_terms
from whoseword.response.shapes import (
    MAY_ENGAGE,
    Advice,
    Advised,
    Beside,
    Cited,
    Clearance,
    Done,
    Drawn,
    Moment,
    Note,
    Reason,
    Replay,
    SideBySide,
    Task,
    Unread,
)
from whoseword.response.tables import Row, Shift, Shifts, Table, rows_of, table_json, table_of

__all__ = [
    "CLASSES",
    "MAY_ENGAGE",
    "Advice",
    "AdviceRule",
    "Advised",
    "Beside",
    "BriefAt",
    "Cited",
    "Clearance",
    "Done",
    "Drawn",
    "Moment",
    "Note",
    "Reason",
    "Replay",
    "Row",
    "Shift",
    "Shifts",
    "SideBySide",
    "Table",
    "Task",
    "Terms",
    "Unread",
    "advise",
    "advise_json",
    "advise_now",
    "faults_of",
    "now_at",
    "read_advice_rules",
    "read_terms",
    "replay",
    "replay_json",
    "rows_of",
    "side_by_side",
    "side_by_side_json",
    "table_json",
    "table_of",
]
