"""Confidential addresses: the substitute stands wherever the true address stood.

A participant in an address-confidentiality program (Missouri's Safe at Home, RSMo 589.669) has a
substitute address that every agency uses on every report, statement, citation and database entry.
What was written before, or by somebody who did not know, is covered when it is shown: in text, in
the names of files, in slots and quotations, whatever its spelling. In the text of a whole document
the words are made unreadable instead, so that every other quotation keeps its place.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from whoseword.contacts.street_words import SHORT, UNIT_WORDS, UNITS
from whoseword.words import Statement

_WORD = re.compile(r"#|[^\W_]+")
_BETWEEN = r"[\W_]+"
_MAYBE_BETWEEN = r"[\W_]*"
_KEPT = ("id", "incident", "book", "replaces", "recorded", "appended")
"""What is never an address: by these a statement is found."""
_BLOCK = "█"

_COUNTED = ("ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN")
_SPELLINGS: dict[str, set[str]] = {
    str(number): {str(number), word} for number, word in enumerate(_COUNTED, start=1)
}
for _long, _short in {**SHORT, **UNIT_WORDS}.items():
    _SPELLINGS.setdefault(_short, {_short}).add(_long)


class Confidential(msgspec.Struct, frozen=True):
    """An address that nobody is shown: its written forms, and what stands in its place.

    ``authority`` is the law and the program, ``entered_by`` who entered it, ``entered`` when
    (RFC 3339).
    """

    forms: tuple[str, ...]
    substitute: str
    authority: str
    entered_by: str
    entered: str


class Cover:
    """What covers the confidential addresses of a home; asks for no reader, for it covers all."""

    def __init__(self, addresses: Sequence[Confidential]) -> None:
        self._covered = [(_pattern(one.forms), one.substitute) for one in addresses]

    def __bool__(self) -> bool:
        return bool(self._covered)

    def text(self, text: str) -> str:
        """A text with the substitute in the place of every confidential address."""
        for pattern, substitute in self._covered:
            # Parted and joined, since a substitute is no pattern and may hold a backslash.
            text = substitute.join(pattern.split(text))
        return text

    def blocked(self, text: str) -> str:
        """A text of the same length with every confidential address made unreadable."""
        for pattern, _ in self._covered:
            text = pattern.sub(lambda found: _BLOCK * len(found[0]), text)
        return text

    def holds(self, text: str) -> bool:
        """Whether a confidential address stands in a text."""
        return any(pattern.search(text) for pattern, _ in self._covered)

    def statement(self, statement: Statement) -> Statement:
        """A statement with every confidential address in it covered."""
        changed = {
            name: covered
            for name in statement.__struct_fields__
            if name not in _KEPT
            and (covered := _through(getattr(statement, name), self.text))
            != getattr(statement, name)
        }
        return msgspec.structs.replace(statement, **changed) if changed else statement


def _pattern(forms: Sequence[str]) -> re.Pattern[str]:
    """Finds an address in each of its forms, however its words are spelled and parted."""
    found = sorted((_form(one) for one in forms), key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(found)})(?![^\W_])", re.IGNORECASE)


def _form(form: str) -> str:
    """The pattern of one written form.

    A form that names a unit covers the building's address too where no other unit is named beside
    it; a form without one covers whatever unit is named.
    """
    building: list[str] = []
    unit: list[str] = []
    at_unit = False
    for word in _WORD.findall(form):
        upper = word.upper()
        if building and upper in UNITS:
            at_unit = True
        else:
            (unit if at_unit else building).append(_spelled(upper))
    place = _BETWEEN.join(building)
    if not unit:
        return rf"{place}(?:{_BETWEEN}{_UNIT}{_MAYBE_BETWEEN}[^\W_]+)?"
    this = rf"{_BETWEEN}(?:{_UNIT}{_MAYBE_BETWEEN})?{_BETWEEN.join(unit)}(?![^\W_])"
    another = rf"{_BETWEEN}{_UNIT}{_MAYBE_BETWEEN}[^\W_]"
    return rf"{place}(?:{this}|(?!{another})(?:{_BETWEEN}{_UNIT})?)"


_DESIGNATORS = "|".join(sorted((one for one in UNITS if one != "#"), key=len, reverse=True))
_UNIT = rf"(?:\#|(?:{_DESIGNATORS})(?![A-Z]))\.?"


def _spelled(word: str) -> str:
    short = SHORT.get(word) or UNIT_WORDS.get(word) or word
    spellings = _SPELLINGS.get(short, {word}) | {word}
    return f"(?:{'|'.join(sorted(map(re.escape, spellings), key=len, reverse=True))})"


def _through(value: Any, cover: Callable[[str], str]) -> Any:
    """A value with every text in it covered, whatever it is made of."""
    if isinstance(value, str):
        return cover(value)
    if isinstance(value, tuple):
        return tuple(_through(one, cover) for one in value)
    if isinstance(value, list):
        return [_through(one, cover) for one in value]
    if isinstance(value, Mapping):
        return {key: _through(one, cover) for key, one in value.items()}
    if isinstance(value, msgspec.Struct):
        changed = {
            name: covered
            for name in value.__struct_fields__
            if (covered := _through(getattr(value, name), cover)) != getattr(value, name)
        }
        return msgspec.structs.replace(value, **changed) if changed else value
    return value
