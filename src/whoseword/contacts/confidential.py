"""Confidential addresses: the substitute stands wherever the true address stood.

A participant in an address-confidentiality program (Missouri's Safe at Home, RSMo 589.669) has a
substitute address that every agency uses on every report, statement, citation and database entry.
What was written before, or by somebody who did not know, is covered when it is shown: in text, in
the names of files, in slots and quotations, whatever its spelling. In the text of a whole document
the words are made unreadable instead, so that every other quotation keeps its place.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from whoseword.contacts.addresses import read_address
from whoseword.contacts.scattered import COUNTED, folded, parts_of_address, stands_in_parts
from whoseword.contacts.street_words import (
    DIRECTION_FORMS,
    DIRECTIONS,
    SHORT,
    TYPE_FORMS,
    TYPES,
    UNIT_WORDS,
    UNITS,
)
from whoseword.words import Statement

_WORD = re.compile(r"#|[^\W_]+")
_BETWEEN = r"(?:[\W_]|%20)*"
_RUN = re.compile(r"[0-9]+|[^\W\d_]+|#")
_KEPT = ("id", "incident", "book", "replaces", "recorded", "appended")
"""What is never an address: by these a statement is found."""
_BLOCK = "█"

_SPELLINGS: dict[str, set[str]] = {number: {number, word} for word, number in COUNTED.items()}
for _long, _short in {**SHORT, **UNIT_WORDS}.items():
    _SPELLINGS.setdefault(_short, {_short}).add(_long)


class Confidential(msgspec.Struct, frozen=True):
    """An address that nobody is shown: its written forms, and what stands in its place.

    ``authority`` is the law and the program, ``entered_by`` who entered it, ``entered`` when
    (RFC 3339); ``lifted_by`` and ``lifted`` the same of its end, empty while it is covered.
    """

    forms: tuple[str, ...]
    substitute: str
    authority: str
    entered_by: str
    entered: str
    lifted_by: str = ""
    lifted: str = ""


class Cover:
    """What covers the confidential addresses of a home; asks for no reader, for it covers all."""

    def __init__(self, addresses: Sequence[Confidential]) -> None:
        covered = [one for one in addresses if not one.lifted]
        self._covered = [(_pattern(one.forms), one.substitute) for one in covered]
        self._parts = [parts_of_address(folded(form)) for one in covered for form in one.forms]

    def __bool__(self) -> bool:
        return bool(self._covered)

    def text(self, text: str) -> str:
        """A text with the substitute in the place of every confidential address."""
        for pattern, substitute in self._covered:
            text = _put(text, pattern, substitute, each=False)
        return text

    def blocked(self, text: str) -> str:
        """A text of the same length with every confidential address made unreadable."""
        for pattern, _ in self._covered:
            text = _put(text, pattern, _BLOCK, each=True)
        return text

    def holds(self, text: str) -> bool:
        """Whether a confidential address stands in a text."""
        return any(pattern.search(folded(text)) for pattern, _ in self._covered)

    def _holds_json(self, value: Any) -> bool:
        """Whether an address stands in JSON within a value, and is not the letters that stand there."""
        if isinstance(value, Mapping):
            return any(map(self._holds_json, value.values()))
        if isinstance(value, list | tuple):
            return any(map(self._holds_json, value))
        if not isinstance(value, str) or "\\" not in value:
            return False
        try:
            told = msgspec.json.decode(value)
        except msgspec.MsgspecError:
            return False
        return bool(self.value(told) != told or self._holds_json(told))

    def value(self, value: Any) -> Any:
        """Anything that is shown, with every confidential address in its texts covered."""
        return _through(value, self.text)

    def statement(self, statement: Statement) -> Statement:
        """A statement with every confidential address in it covered.

        Where one stands in JSON that was kept as it came, however its letters are escaped there, or
        in parts, what was kept goes as a whole.
        """
        kept = {
            key: one
            for key, one in statement.extra.items()
            if not self._holds_json(one) and not stands_in_parts(one, self._parts)
        }
        if len(kept) != len(statement.extra):
            statement = msgspec.structs.replace(statement, extra=kept)
        changed = {
            name: covered
            for name in statement.__struct_fields__
            if name not in _KEPT
            and (covered := self.value(getattr(statement, name))) != getattr(statement, name)
        }
        return msgspec.structs.replace(statement, **changed) if changed else statement


def _put(text: str, pattern: re.Pattern[str], instead: str, *, each: bool) -> str:
    """The text with something in the place of whatever matches, or of ``each`` character of it."""
    pieces, at = [], 0
    for found in pattern.finditer(folded(text)):
        pieces += [text[at : found.start()], instead * (found.end() - found.start() if each else 1)]
        at = found.end()
    return "".join([*pieces, text[at:]]) if pieces else text


def _pattern(forms: Sequence[str]) -> re.Pattern[str]:
    """Finds an address in each of its forms, however its words are spelled and parted."""
    every = dict.fromkeys(line for one in forms for line in _lines(folded(one)))
    found = sorted(map(_form, every), key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(found)})(?![^\W_])", re.IGNORECASE)


def _lines(form: str) -> Iterator[str]:
    """A form as it was entered, and its house and unit alone: a text need not name the town."""
    yield form
    read = read_address(form)
    if read.number and read.street:
        unit = f"APT {read.unit}" if read.unit else ""
        yield f"{read.number} {read.street} {unit}".strip()


def _form(form: str) -> str:
    """The pattern of one written form; where it is doubtful, it covers.

    A form that names a unit covers the building's address too where no other unit is named beside
    it; a form without one covers whatever unit is named. A direction may be there or not, and so
    may the type of street, unless another type is named.
    """
    building: list[str] = []
    unit: list[str] = []
    at_unit = False
    for word in _WORD.findall(form):
        upper = word.upper()
        if building and upper in UNITS:
            at_unit = True
        elif upper not in SHORT or SHORT[upper] not in DIRECTION_FORMS:
            (unit if at_unit else building).append(upper)
    place = _street(building)
    if not unit:
        return rf"{place}(?:{_BETWEEN}{_UNIT}{_BETWEEN}[^\W_]+)?"
    this = rf"{_BETWEEN}(?:{_UNIT}{_BETWEEN})?{_BETWEEN.join(map(_spelled, unit))}(?![^\W_])"
    another = rf"{_BETWEEN}{_UNIT}{_BETWEEN}[^\W_]"
    return rf"{place}(?:{this}|(?!{another})(?:{_BETWEEN}{_UNIT})?)"


def _street(words: Sequence[str]) -> str:
    """The pattern of number and street, with or without directions and the type of street."""
    *first, last = words or [""]
    apart = rf"{_BETWEEN}(?:{_DIRECTION}{_BETWEEN})?"
    if first and (SHORT.get(last) or last) in TYPE_FORMS:
        named = rf"{_BETWEEN}{_spelled(last)}(?![^\W_])"
        other = rf"{_BETWEEN}(?:{_TYPE})(?![^\W_])"
        end = rf"(?:{named}|(?!{other}))"
    else:
        end = (apart if first else "") + _spelled(last)
    return apart.join(map(_spelled, first)) + end + rf"(?:{_BETWEEN}{_DIRECTION})?"


_DIRECTION = (
    rf"(?:{'|'.join(sorted(DIRECTIONS, key=len, reverse=True))}|NE|NW|SE|SW|[NSEW])(?![A-Z])\.?"
)
_TYPE = "|".join(sorted({*TYPES, *TYPE_FORMS}, key=len, reverse=True))
_DESIGNATORS = "|".join(sorted((one for one in UNITS if one != "#"), key=len, reverse=True))
_UNIT = rf"(?:\#|(?:{_DESIGNATORS})(?![A-Z]))\.?(?:{_BETWEEN}(?:NO|NUM|NUMBER)(?![A-Z])\.?)?"


def _spelled(word: str) -> str:
    """A word in all its spellings; letters and digits in it may stand apart, as in "C-12"."""
    short = SHORT.get(word) or UNIT_WORDS.get(word) or word
    spellings = sorted(_SPELLINGS.get(short, {word}) | {word}, key=len, reverse=True)
    told = "|".join(_BETWEEN.join(_RUN.findall(one)) for one in spellings)
    # "04" is 4: a nought before it makes no other door.
    return f"(?:{'0*' if word.isdecimal() else ''}(?:{told}))"


def _through(value: Any, cover: Callable[[str], str]) -> Any:
    """A value with every text in it covered, whatever it is made of."""
    if isinstance(value, str):
        return cover(value)
    if isinstance(value, tuple):
        return tuple(_through(one, cover) for one in value)
    if isinstance(value, list):
        return [_through(one, cover) for one in value]
    if isinstance(value, Mapping):
        return {_through(key, cover): _through(one, cover) for key, one in value.items()}
    if isinstance(value, msgspec.Struct):
        changed = {
            name: covered
            for name in value.__struct_fields__
            if (covered := _through(getattr(value, name), cover)) != getattr(value, name)
        }
        return msgspec.structs.replace(value, **changed) if changed else value
    return value
