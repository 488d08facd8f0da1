"""Whether a confidential address stands in parts: its number in one field, its street in another.

What a feed brings is kept as it came, and there an address may have a field for each of its words
(NIEM's ``Address``, the civic elements of PIDF-LO) in any order, in JSON, in XML, or in one within
the other. No pattern over a line finds it there. So all words of what was kept are looked at as a
set: where the number and every word of the street's name are among them, the address is taken to be
there. That covers too much rather than too little (RSMo 589.669): what was kept goes, the statement
stays.
"""

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

import msgspec

from whoseword.contacts.addresses import read_address
from whoseword.contacts.street_words import DIRECTION_FORMS, SHORT, TYPE_FORMS

_TAG: Final = re.compile(r"<[^<>]*>")
_PART: Final = re.compile(r"\d+|[^\W\d_]+")
_DEEPEST: Final = 8
COUNTED: Final = {
    word: str(number)
    for number, word in enumerate(
        ("ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN"), start=1
    )
}
"""House numbers that are written as words."""


def folded(text: str) -> str:
    """A text of the same length with accents and wide forms taken off: "Élm" is "elm"."""
    return text if text.isascii() else "".join(map(_fold, text))


@lru_cache(maxsize=4_096)
def _fold(char: str) -> str:
    plain = unicodedata.normalize("NFKD", char)
    bare = "".join(one for one in plain if not unicodedata.combining(one))
    return bare if len(bare) == 1 else char


def parts_of_address(form: str) -> frozenset[str]:
    """The parts by which a written form is known: number and the name of the street.

    Empty where the form has no number or no street, and so is not to be found in parts.
    """
    first, _, rest = folded(form).strip().partition(" ")
    read = read_address(f"{COUNTED.get(first.upper(), first)} {rest}")
    if not read.number or not read.street:
        return frozenset()
    street = [_short(one) for one in _PART.findall(read.street)]
    named = [one for one in street if one not in TYPE_FORMS and one not in DIRECTION_FORMS]
    return frozenset([*map(_short, _PART.findall(read.number)), *(named or street)])


def stands_in_parts(value: Any, forms: Sequence[frozenset[str]]) -> bool:
    """Whether all parts of one of these forms are among the words of a value."""
    known = [one for one in forms if one]
    return bool(known) and _any_within(known, _words_in(value))


def _any_within(forms: Sequence[frozenset[str]], words: frozenset[str]) -> bool:
    return any(one <= words for one in forms)


def _words_in(value: Any) -> frozenset[str]:
    """Every word and number of a value, in the one way in which they are compared."""
    return frozenset(
        _short(part) for text in _texts(value, _DEEPEST) for part in _PART.findall(folded(text))
    )


def _short(word: str) -> str:
    upper = word.upper()
    if upper.isdecimal():
        return upper.lstrip("0") or "0"
    return COUNTED.get(upper) or SHORT.get(upper, upper)


def _texts(value: Any, deeper: int) -> Iterator[str]:
    """Every text in a value; what is JSON or markup within a text is looked into."""
    if isinstance(value, Mapping):
        for name, one in value.items():
            yield str(name)  # a sender may give a field any name
            yield from _texts(one, deeper)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one, deeper)
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, int | float):
        yield f"{value:g}"
    else:
        yield from _within(str(value), deeper)


def _within(text: str, deeper: int) -> Iterator[str]:
    plain = html.unescape(_TAG.sub(" ", text))
    yield plain
    if not deeper or plain.lstrip()[:1] not in ("{", "[", '"', "<"):
        return
    if plain.lstrip().startswith("<"):
        if plain != text:
            yield from _within(plain, deeper - 1)
        return
    try:
        yield from _texts(msgspec.json.decode(text), deeper - 1)
    except (msgspec.MsgspecError, RecursionError):
        return
