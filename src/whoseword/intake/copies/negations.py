"""Whether one sentence denies what another says: which words stand under a negation in each.

Counting negations is not enough: of "did not fire and did not strike" both may be turned round at
once, or one of two. So it is compared what is denied. Words that deny are known from a list.
"""

from collections.abc import Sequence
from typing import Final

_NOT: Final = frozenset(
    {"not", "no", "never", "nobody", "none", "nothing", "neither", "nor", "without", "cannot",
     "nowhere", "unable", "failed", "fails", "failing", "denied", "denies", "deny", "denying",
     "refused", "refuses", "declined", "declines", "refuted", "disputed", "disputes"}
)  # fmt: skip
# What they deny is a whole clause, and no word of it.
_OF_A_CLAUSE: Final = frozenset(
    {"denied", "denies", "deny", "denying", "refuted", "disputed", "disputes"}
)
_PASSED_OVER: Final = frozenset(
    {"a", "an", "the", "any", "be", "been", "being", "had", "has", "have", "yet", "ever", "at",
     "all", "to", "that", "was", "were", "is", "are", "one", "of", "immediately", "even", "he",
     "she", "they", "it", "did", "do", "does", "or", "nor", "and", "but"}
)  # fmt: skip
_GOES_ON: Final = frozenset({"or", "nor"})
_ENDS: Final = frozenset({"and", "but"})


def is_negative(word: str) -> bool:
    """Whether a word denies."""
    return word in _NOT or word.endswith("n't")


def negations_of(words: Sequence[str]) -> list[str]:
    """The words of a sentence that deny, in its order."""
    return [
        word
        for at, word in enumerate(words)
        if is_negative(word) and not (word == "not" and words[at + 1 : at + 2] == ["only"])
    ]


def is_turned(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether only one of two sentences denies anything, or one denies a word that the other says
    plainly."""
    if bool(negations_of(one)) != bool(negations_of(other)):
        return True
    denied, denied_there = _denied(one), _denied(other)
    return bool((denied - denied_there) & set(other) or (denied_there - denied) & set(one))


def _denied(words: Sequence[str]) -> set[str]:
    """The word that follows each negation, and those that "or" and "nor" add to it."""
    found: set[str] = set()
    wants = is_within = False
    for at, word in enumerate(words):
        if is_negative(word) and words[at + 1 : at + 2] != ["only"]:
            wants = is_within = word not in _OF_A_CLAUSE
        elif is_within and word in _GOES_ON:
            wants = True
        elif word in _ENDS and not wants:
            is_within = False
        elif wants and word not in _PASSED_OVER:
            found.add(word)
            wants = False
    return found
