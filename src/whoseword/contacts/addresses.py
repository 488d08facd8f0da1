"""An address as people write it, read into a building and a unit.

A plain reading for small numbers of addresses: it never guesses, and "unit unknown" is an answer.
What cannot be told apart is read to the less precise side, so that a building's history is never
taken for a unit's. Short forms are the postal service's (``street_words``).
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from whoseword.contacts.street_words import (
    DIRECTION_FORMS,
    FLOORS,
    NUMBERED,
    NUMBERED_ROADS,
    SHORT,
    STATES,
    TYPE_FORMS,
    UNIT_WORDS,
    UNITS,
    WINGS,
)

UNIT, BUILDING, STREET = "unit", "building", "street"
NEAREST_FIRST = (UNIT, BUILDING, STREET)

_PARTS = re.compile(r"[,;\n]")
_WORDS = re.compile(r"[#&]|[^\W_]+(?:[-/][^\W_]+)*")
_NUMBER = re.compile(r"[0-9]+[A-Z]?(?:-(?:[0-9]+[A-Z]?|[A-Z]))?")
_FRACTION = re.compile(r"[0-9]/[0-9]")
_POSTCODE = re.compile(r"[0-9]{5}(?:-[0-9]{4})?")
_JOINED = re.compile(r"(?:APT|UNIT|STE|RM)(?P<name>[A-Z]?[0-9]+[A-Z]?)")
_ORDINAL = re.compile(r"(?P<number>[0-9]+)(?:ST|ND|RD|TH)")
_FLOOR = re.compile(r"[0-9]{1,3}")
_LOOSE = re.compile(r"(?<=[0-9])-(?=[A-Z])|(?<=[A-Z])-(?=[0-9])")
_AND = ("&", "AND")


class Address(NamedTuple):
    """A place as it was read; None where nothing was said of that part.

    ``street`` is the street or the place's name, ``wing`` one building of several under a number.
    A floor alone is no unit.
    """

    number: str | None
    street: str
    wing: str | None
    floor: str | None
    unit: str | None
    town: str | None
    state: str | None
    postcode: str | None

    @property
    def text(self) -> str:
        """The address in its short forms: ``2218 TAMARACK LN UNIT C12, ORRIN MILLS``."""
        wing = f"BLDG {self.wing}" if self.wing else None
        floor = f"FL {self.floor}" if self.floor else None
        unit = f"UNIT {self.unit}" if self.unit else None
        line = " ".join(filter(None, (self.number, self.street, wing, floor, unit)))
        region = " ".join(filter(None, (self.state, self.postcode)))
        return ", ".join(filter(None, (line, self.town, region)))

    @property
    def is_house(self) -> bool:
        """Whether it is more than a street: a number, or a name that is no street's."""
        return self.number is not None or not TYPE_FORMS.intersection(self.street.split())


class _Units(NamedTuple):
    """What a part of an address says of units, and the words that are left."""

    words: list[str]
    wing: str | None
    floor: str | None
    units: list[str]


@lru_cache(maxsize=65_536)
def read_address(text: str) -> Address:
    """The address that a text tells, as far as it does; never an error."""
    number = wing = floor = None
    units: list[str] = []
    street: list[str] = []
    locality: list[list[str]] = []
    for part in _PARTS.split(_plain(text)):
        told = _units([SHORT.get(word, word) for word in _WORDS.findall(part)], bool(street))
        wing, floor, words = wing or told.wing, floor or told.floor, told.words
        units += told.units
        if number is None and _has_number(words):
            number, words = _house_number(words)
            street, bare, rest = _street(words)
            locality = [rest]
            units += bare
        elif not street and words:
            street, _, rest = _street(words)
            locality = [rest]
        elif number and not units and len(words) == 1 and _names_unit(words[0]):
            units.append(_tight(words[0]))
        else:
            locality.append(words)
    unit = units[0] if len(set(units)) == 1 else None
    return Address(number, " ".join(street), wing, floor, unit, *_town(locality))


def place_match(asked: Address, told: Address) -> str | None:
    """How near a place that was told is to the one asked for, or None where it is another.

    ``street`` is said only where one of them tells no house: a neighbour's house is not this one.
    A different or an unknown unit of the same building is ``building``.
    """
    if not asked.street or asked.street != told.street:
        return None
    if any(_differ(mine, other) for mine, other in zip(asked[-3:], told[-3:], strict=True)):
        return None if _is_elsewhere(asked, told) else STREET
    if not (asked.is_house and told.is_house):
        return STREET
    if asked.number != told.number:
        return STREET if asked.number is None or told.number is None else None
    if _differ(asked.wing, told.wing):
        return STREET
    same = (asked.wing, asked.floor, asked.unit) == (told.wing, told.floor, told.unit)
    return UNIT if same and asked.unit is not None else BUILDING


def _is_elsewhere(asked: Address, told: Address) -> bool:
    """Whether two towns are surely two: "hall" after a comma looks like a town and is none."""
    stated = all(one.state or one.postcode for one in (asked, told))
    return _differ(asked.state, told.state) or (stated and _differ(asked.town, told.town))


def _differ(one: str | None, other: str | None) -> bool:
    """Whether both are told and not the same."""
    return one is not None and other is not None and one != other


def _plain(text: str) -> str:
    """Upper case without accents, full stops and apostrophes."""
    spread = unicodedata.normalize("NFKD", text.replace("½", " 1/2"))
    letters = "".join(char for char in spread if not unicodedata.combining(char))
    return re.sub(r"[.'’]", "", letters).upper()


def _units(words: Sequence[str], has_street: bool) -> _Units:
    """Take out what names a building, a floor or a unit, wherever in the part it stands."""
    left: list[str] = []
    units: list[str] = []
    wing = floor = None
    at = 0
    while at < len(words):
        word, after = words[at], words[at + 1 : at + 2]
        ordinal = _ORDINAL.fullmatch(word)
        joined = _JOINED.fullmatch(word)
        if word in WINGS and after and _names_unit(after[0]):
            wing, at = _tight(after[0]), at + 2
        elif word in FLOORS and after and _FLOOR.fullmatch(after[0]):
            floor, at = after[0], at + 2
        elif ordinal and after and after[0] in FLOORS:
            floor, at = ordinal["number"], at + 2
        elif joined:
            units.append(_tight(joined["name"]))
            at += 1
        elif word in UNITS and (found := _named_unit(words, at, has_street or bool(left))):
            units.append(found[0])
            at = found[1]
        elif word in _AND and units and after and _names_unit(after[0]):
            units.append(_tight(after[0]))
            at += 2
        elif word in UNITS and not after and left:
            at += 1
        else:
            left.append(word)
            at += 1
    return _Units(left, wing, floor, units)


def _named_unit(words: Sequence[str], at: int, has_street: bool) -> tuple[str, int] | None:
    """The unit that a designator names, and where it ends: "Apt # C 12" is ``C12``."""
    start = at + 1
    while start < len(words) and words[start] in ("#", "NO", "NUMBER"):
        start += 1
    if start == len(words) or not _names_unit(words[start]):
        return None
    name, after = words[start], words[start + 1 : start + 2]
    ends_part = start + 2 == len(words)
    if after and (has_street or ends_part) and _is_rest_of(name, after[0]):
        return _tight(name + after[0]), start + 2
    return _tight(name), start + 1


def _is_rest_of(name: str, after: str) -> bool:
    """Whether two words are one name: a letter and a number, written apart."""
    letter_first = len(name) == 1 and name.isalpha() and after.isdecimal() and len(after) < 5
    return letter_first or (name.isdecimal() and len(after) == 1 and after.isalpha())


def _names_unit(word: str) -> bool:
    """Whether a word can be the name of a unit; what looks like a postcode or a street is none."""
    if _POSTCODE.fullmatch(word):
        return False
    one_letter = len(word) == 1 and word.isalpha()
    return word in UNIT_WORDS or one_letter or any(char.isdecimal() for char in word)


def _tight(word: str) -> str:
    """The name of a unit or a number as it is compared: "C-12" is ``C12``, "1-12" is not 112."""
    name = UNIT_WORDS.get(word, _LOOSE.sub("", word))
    return name.lstrip("0") or "0" if name.isdecimal() else name


def _has_number(words: Sequence[str]) -> bool:
    return len(words) > 1 and bool(_NUMBER.fullmatch(words[0]))


def _house_number(words: Sequence[str]) -> tuple[str, list[str]]:
    if len(words) > 2 and _FRACTION.fullmatch(words[1]):
        return f"{words[0]} {words[1]}", list(words[2:])
    return _tight(words[0]), list(words[1:])


def _street(words: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    """The street, the unit told by its bare name after it, and what is left.

    A street ends with the first type that has a name before it; without a type, with the part.
    """
    end = next((at + 1 for at in range(1, len(words)) if words[at] in TYPE_FORMS), len(words))
    if words[end : end + 1] and words[end].isdecimal() and _is_numbered(words, end - 1):
        end += 1
    street, last = list(words[:end]), list(words[end:])
    if len(last) == 1 and (last[0] in TYPE_FORMS or last[0] in DIRECTION_FORMS):
        return street + last, [], []
    if last and _names_unit(last[0]) and not _ORDINAL.fullmatch(last[0]):
        told = _units(["#", *last], has_street=True)
        return street, told.units, told.words
    return street, [], last


def _is_numbered(words: Sequence[str], at: int) -> bool:
    """Whether a number after the type at that place is part of the name: "County Road 12"."""
    return words[at] in NUMBERED or (words[at] == "RD" and words[at - 1] in NUMBERED_ROADS)


def _town(
    locality: Sequence[Sequence[str]],
) -> tuple[str | None, str | None, str | None]:
    """The town, the state's two letters and the five digits of the postcode."""
    town = state = postcode = None
    for part in locality:
        words = list(part)
        if words and _POSTCODE.fullmatch(words[-1]):
            postcode = words.pop()[:5]
        if words and words[-1] in STATES:
            # A county after the town ("MO, Cole Co") is no second state.
            last = words.pop()
            state = state or last
        town = town or " ".join(words) or None
    return town, state, postcode
