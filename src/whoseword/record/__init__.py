"""What the public may read: drafts are checked before they go out, releases made, read and corrected."""

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
