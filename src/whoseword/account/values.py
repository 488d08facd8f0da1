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

Normal = frozenset[str | bool]
NormalValue = tuple[tuple[str, Normal], ...]
"""Each stated value slot with its values in normal form, in the contract's order of slots."""

_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = {word: number for number, word in enumerate(_UNITS)} | {
    word: 20 + 10 * order for order, word in enumerate(_TENS)
}
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
    total = group = 0
    words = text.replace("-", " ").split()
    for word in words:
        if word in _SMALL:
            group += _SMALL[word]
        elif word == "hundred" and 0 < group < 10:
            group *= 100
        elif word == "thousand" and group and not total:
            total, group = group * 1000, 0
        elif word != "and" or not (total or group):
            return None
    return total + group if words else None


def normal_value(value: Mapping[str, SlotValue], names: Mapping[str, str]) -> NormalValue:
    """The stated slots of a position in normal form, under joined names."""
    found: list[tuple[str, Normal]] = []
    for slot, given in value.items():
        members = given if isinstance(given, tuple) else (given,)
        found.append(
            (
                slot,
                frozenset(
                    normal_word(renamed(member, names)) if isinstance(member, str) else member
                    for member in members
                ),
            )
        )
    return tuple(found)


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


def values_conflict(kind: str, first: NormalValue, second: NormalValue) -> bool:
    """Whether two affirmed values cannot both be true: a ``one`` slot told differently."""
    other = dict(second)
    return any(
        slot in other and members != other[slot] and not holds_many(kind, slot)
        for slot, members in first
    )


def values_agree(kind: str, first: NormalValue, second: NormalValue) -> bool:
    """Whether two affirmed values say the same as far as both are stated."""
    other = dict(second)
    for slot, members in first:
        if slot not in other:
            continue
        if holds_many(kind, slot):
            if not members & other[slot]:
                return False
        elif members != other[slot]:
            return False
    return True


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
