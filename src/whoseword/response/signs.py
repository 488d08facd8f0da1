"""The signs that a rule of advice looks for in what was told: kinds of fact, and words in them.

A word is looked for whole, in the slots of a fact and never in a document's text: what counts is
what somebody is entered as having said.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from whoseword.account.known import Known
from whoseword.account.values import normal_word
from whoseword.response.provisions import Sign
from whoseword.response.rosters import Roster, words_in
from whoseword.words import AFFIRMING, Stance, kind_of
from whoseword.words.fact import Fact, SlotValue
from whoseword.words.kinds import keys_of, values_of
from whoseword.words.scene import Aged, Armed, Present

SAYS_SO = AFFIRMING | {Stance.BELIEVES, Stance.EXPECTS}
"""The stances that count as a sign, under whatever hedge."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_UNDER_ONE = re.compile(r"\b(?:days?|weeks?|months?)\b")


def is_any(one: Known, signs: Iterable[Sign]) -> bool:
    """Whether a statement is any of the signs, whatever its stance."""
    return any(_is(one, sign) for sign in signs)


def of_the_door(known: Iterable[Known], rosters: Sequence[Roster]) -> list[Known]:
    """What is not told of the arms or the presence of somebody who was sent.

    Who is sent is told by the latest roster, which leaves out whoever is a member only perhaps.
    """
    names, sent = (rosters[-1].names, rosters[-1].members) if rosters else ({}, frozenset())
    return [one for one in known if not _is_of_any(one.statement.fact, sent, names)]


def _is_of_any(fact: Fact, sent: Collection[str], names: Mapping[str, str]) -> bool:
    if not isinstance(fact, Armed | Present) or fact.who is None:
        return False
    return names.get(fact.who, fact.who) in sent


def _is(one: Known, sign: Sign) -> bool:
    fact = one.statement.fact
    if kind_of(fact) not in sign.kinds:
        return False
    if not sign.words and not sign.under_age:
        return True
    if sign.under_age and isinstance(fact, Aged) and is_under(fact.age, sign.under_age):
        return True
    if not sign.words:
        return False
    words = [key for key in keys_of(fact) if key is not None]
    words += [word for value in values_of(fact).values() for word in words_in(value)]
    return any(_pattern(sign.words).search(text.casefold()) for text in words)


@lru_cache(maxsize=1_024)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words, whole; a name such as ``child-1`` holds the word ``child``."""
    told = (r"\s+".join(map(re.escape, word.casefold().split())) for word in words)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(told)})(?![^\W_])")


def is_under(age: SlotValue | None, years: int) -> bool:
    """Whether an age, as it was said, can be of fewer years: "9", "four", "a few months"."""
    for word in words_in(age):
        if _UNDER_ONE.search(word.casefold()):
            return True
        number = _NUMBER.search(normal_word(word))
        if number and float(number[0]) < years:
            return True
    return False
