"""When two values are the same, and when two positions cannot both hold.

Slots are compared, never sentences (contract, section 2, "Same value" and "Time"). Words are
equal after number and EDTF normalisation and under the names that a person has joined; a value
that was not stated is compatible with any. Each value of a ``many`` slot stands for itself.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from whoseword.words.fact import SlotValue
from whoseword.words.kinds import holds_many
from whoseword.words.matters import renamed
from whoseword.words.times import edtf_span

Normal = frozenset[str]
NormalValue = tuple[tuple[str, Normal], ...]
"""Each stated value slot with its values in normal form, in the contract's order of slots."""

_YES, _NO = frozenset({"true"}), frozenset({"false"})

_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = {word: number for number, word in enumerate(_UNITS)} | {
    word: 20 + 10 * order for order, word in enumerate(_TENS)
}
_DIGIT_WORDS = {word: _SMALL[word] for word in _UNITS[1:10]}
_DIGITS = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")


@lru_cache(maxsize=65_536)
def normal_word(word: str) -> str:
    """A word in the form in which it is compared: folded, numbers as digits, dates as spans."""
    folded = " ".join(word.casefold().split())
    if _DIGITS.fullmatch(folded):
        return _plain_number(folded)
    number = _number_in_words(folded)
    if number is not None:
        return str(number)
    span = edtf_span(word.strip()) if word.strip()[:1].isdigit() and "-" in word else None
    return f"{span.earliest}/{span.latest}" if span else folded


def _plain_number(text: str) -> str:
    whole, _, fraction = text.replace(",", "").lstrip("+").partition(".")
    digits = whole.lstrip("-").lstrip("0") or "0"
    fraction = fraction.rstrip("0")
    sign = "-" if whole.startswith("-") and (digits != "0" or fraction) else ""
    return f"{sign}{digits}.{fraction}" if fraction else f"{sign}{digits}"


def _number_in_words(text: str) -> int | None:
    """Whole numbers in English words below a million; None for anything else."""
    words = text.replace("-", " ").split()
    if "thousand" not in words:
        return _below_thousand(words)
    place = words.index("thousand")
    thousands = _below_thousand(words[:place])
    rest = _below_thousand(words[place + 1 :]) if words[place + 1 :] else 0
    if not thousands or rest is None:
        return None
    return thousands * 1000 + rest


def _below_thousand(words: list[str]) -> int | None:
    total = 0
    if words[1:2] == ["hundred"]:
        hundreds = _DIGIT_WORDS.get(words[0])
        if hundreds is None:
            return None
        total, words = hundreds * 100, words[2:]
        if not words:
            return total
    if words[:1] == ["and"] and total:
        words = words[1:]
    if len(words) == 2 and words[0] in _TENS and words[1] in _DIGIT_WORDS:
        return total + _SMALL[words[0]] + _DIGIT_WORDS[words[1]]
    return total + _SMALL[words[0]] if len(words) == 1 and words[0] in _SMALL else None


def normal_value(value: Mapping[str, SlotValue], names: Mapping[str, str]) -> NormalValue:
    """The stated slots of a position in normal form, under joined names."""
    return tuple((slot, _normal(given, names)) for slot, given in value.items())


def _normal(given: SlotValue, names: Mapping[str, str]) -> Normal:
    if isinstance(given, str):
        return _normal_of_one(renamed(given, names) if names else given)
    if isinstance(given, bool):
        return _YES if given else _NO
    return frozenset(normal_word(renamed(member, names)) for member in given)


@lru_cache(maxsize=65_536)
def _normal_of_one(word: str) -> Normal:
    return frozenset({normal_word(word)})


def shown_value(value: Mapping[str, SlotValue]) -> dict[str, str | bool | list[str]]:
    """The stated slots as given, lists sorted, a list of one equal to its word."""
    shown: dict[str, str | bool | list[str]] = {}
    for slot, given in value.items():
        if isinstance(given, tuple):
            members = sorted(set(given))
            shown[slot] = members[0] if len(members) == 1 else members
        else:
            shown[slot] = given
    return shown


def denial_meets(kind: str, denied: NormalValue, affirmed: NormalValue) -> bool:
    """Whether a denial denies what is affirmed; a denial with a value denies that value only."""
    said = dict(affirmed)
    return all(
        slot in said
        and (bool(members & said[slot]) if holds_many(kind, slot) else members == said[slot])
        for slot, members in denied
    )


def value_within(inner: NormalValue, outer: NormalValue) -> bool:
    """Whether everything that ``inner`` states is stated by ``outer`` too."""
    said = dict(outer)
    return all(slot in said and members <= said[slot] for slot, members in inner)
