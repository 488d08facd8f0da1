"""What the public may read: a draft is held against the ledger before it goes out.

So far only the check before publishing stands here; nothing is published.
"""

from whoseword.record.checking import check, check_json
from whoseword.record.shapes import Checked, Claim, DraftSentence, Ledger, SentenceChecked, Verdict

__all__ = [
    "Checked",
    "Claim",
    "DraftSentence",
    "Ledger",
    "SentenceChecked",
    "Verdict",
    "check",
    "check_json",
]
