"""Many documents that carry the same words: from where they have them, and what changed on the way.

A story that twenty outlets print is one story. Which of them had the words first is told only where
something tells it; what drifted is quoted from both; nothing is merged by it, and no voice is made
of a copy (contract, "voice").
"""

from whoseword.intake.copies.corrections import notices_in
from whoseword.intake.copies.drifts import drifts_between
from whoseword.intake.copies.families import families_of
from whoseword.intake.copies.papers import paper_of
from whoseword.intake.copies.shapes import (
    Change,
    Corrects,
    Drift,
    Family,
    Member,
    Notice,
    NoticeKind,
    Origin,
    Paper,
    Place,
    Why,
)

__all__ = [
    "Change",
    "Corrects",
    "Drift",
    "Family",
    "Member",
    "Notice",
    "NoticeKind",
    "Origin",
    "Paper",
    "Place",
    "Why",
    "drifts_between",
    "families_of",
    "notices_in",
    "paper_of",
]
