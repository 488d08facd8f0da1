"""What a call-taker asks, in their order.

The seven are among those of the house's rule TR-19, under the same kinds of fact; NENA-STA-020.1, which
tells of the call-taking process, was not seen, so nothing here claims to follow it.
"""

from enum import Enum
from typing import Final, NamedTuple


class Takes(Enum):
    """What answers a question: words alone, yes or no with words, or yes or no."""

    WORDS = "words"
    YES_NO_OR_WORDS = "yes, no, or words"
    YES_NO = "yes or no"


class Question(NamedTuple):
    """A question: its name, what is asked, what answers it, and how an answer is written."""

    name: str
    asks: str
    takes: Takes
    teaches: str


QUESTIONS: Final = (
    Question(
        "where",
        "Where is it?",
        Takes.WORDS,
        "The address with the unit, or the place in the caller's words: 418 Sallow Street Apt 2B",
    ),
    Question(
        "what",
        "What is happening?",
        Takes.WORDS,
        "The caller's own words: a man is shouting and breaking things",
    ),
    Question(
        "weapons",
        "Does anybody have a weapon?",
        Takes.YES_NO_OR_WORDS,
        "no, or which: a knife. Who has it goes before a colon: man: a knife",
    ),
    Question(
        "injuries",
        "Is anybody hurt?",
        Takes.YES_NO_OR_WORDS,
        "no, or how: bleeding from the arm. Who it is goes before a colon: woman: cut on the arm",
    ),
    Question(
        "who",
        "Who is there?",
        Takes.YES_NO_OR_WORDS,
        "Each of them, with commas between: a man, two women. nobody, if nobody is",
    ),
    Question(
        "children",
        "Are there children?",
        Takes.YES_NO_OR_WORDS,
        "no, yes, how many, or which: a boy of four",
    ),
    Question(
        "safe",
        "Is it safe for you to talk?",
        Takes.YES_NO,
        "yes or no; words go after a colon: no: he is in the next room",
    ),
)
"""Every question, in the order in which it is asked."""


def question_of(name: str) -> Question | None:
    """The question of that name."""
    return next((one for one in QUESTIONS if one.name == name), None)
