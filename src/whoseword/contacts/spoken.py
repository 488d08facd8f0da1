"""Numbers as people say them on the telephone: "twelve", "twenty two", "one oh four".

Only where a number is expected, after "apartment" or "floor". What can be said of two numbers
("twenty one ten") is none: a wrong unit is worse than an unknown one.
"""

from collections.abc import Sequence

_DIGITS = {
    "ZERO": 0, "OH": 0, "ONE": 1, "TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5, "SIX": 6, "SEVEN": 7,
    "EIGHT": 8, "NINE": 9,
}  # fmt: skip
_TEENS = {
    "TEN": 10, "ELEVEN": 11, "TWELVE": 12, "THIRTEEN": 13, "FOURTEEN": 14, "FIFTEEN": 15,
    "SIXTEEN": 16, "SEVENTEEN": 17, "EIGHTEEN": 18, "NINETEEN": 19,
}  # fmt: skip
_TENS = {
    "TWENTY": 20, "THIRTY": 30, "FORTY": 40, "FIFTY": 50, "SIXTY": 60, "SEVENTY": 70, "EIGHTY": 80,
    "NINETY": 90,
}  # fmt: skip
_HUNDRED = "HUNDRED"
_GOES_ON = frozenset({"AND", "O", "OR", "THOUSAND", "POINT", "MAYBE"})
NUMBER_WORDS = frozenset({*_DIGITS, *_TEENS, *_TENS, _HUNDRED})


def spoken_number(words: Sequence[str], start: int) -> tuple[str | None, int]:
    """The number that is said from a place in the words on, and where it ends.

    None where the words could be of more than one number.
    """
    end = start
    while end < len(words) and words[end] in NUMBER_WORDS:
        end += 1
    if words[end : end + 1] and words[end] in _GOES_ON:
        # "one hundred and two", "one o one", "one thousand two" are other numbers.
        return None, end + 1
    return _number(words[start:end]), end


def _number(words: Sequence[str]) -> str | None:
    if all(word in _DIGITS for word in words):
        return "".join(str(_DIGITS[word]) for word in words).lstrip("0") or None
    first, rest = words[0], words[1:]
    if first in _DIGITS and rest and rest[0] == _HUNDRED:
        below = _below_hundred(rest[1:]) if rest[1:] else 0
        return None if below is None else str(_DIGITS[first] * 100 + below)
    whole = _below_hundred(words)
    if whole is not None:
        return str(whole)
    # "two twelve" is 212, and "one twenty three" is 123.
    below = _below_hundred(rest) if first in _DIGITS and rest else None
    return None if below is None or below < 10 else f"{_DIGITS[first]}{below}"


def _below_hundred(words: Sequence[str]) -> int | None:
    if len(words) == 1:
        return {**_DIGITS, **_TEENS, **_TENS}.get(words[0])
    if len(words) == 2 and words[0] in _TENS and _DIGITS.get(words[1], 0) > 0:
        return _TENS[words[0]] + _DIGITS[words[1]]
    return None
