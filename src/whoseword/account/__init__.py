"""What the statements add up to: matters, voices, standings, conflicts, questions, narration."""

from whoseword.account.accounts import account, account_json, account_value
from whoseword.account.differences import Difference, difference, difference_json
from whoseword.account.rule_set import rules_hash
from whoseword.account.shapes import Account, MatterView, Position

__all__ = [
    "Account",
    "Difference",
    "MatterView",
    "Position",
    "account",
    "account_json",
    "account_value",
    "difference",
    "difference_json",
    "rules_hash",
]
