"""What a part of an address says of a building, a floor and a unit.

A unit is what stands after a word for one ("Apt", "#", "Lot"), however it is joined, abbreviated or
said. Where two are named, or one only as a landmark ("across from apt 4"), nobody knows which door
is meant: the unit is then unknown, and a building's history never becomes a unit's.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from whoseword.contacts.spoken import NUMBER_WORDS, spoken_number
from whoseword.contacts.street_words import (
    BESIDE,
    DIRECTION_FORMS,
    FLOOR_WORDS,
    FLOORS,
    NUMBERED,
    NUMBERED_ROADS,
    RARER_UNITS,
    STATES,
    TYPE_FORMS,
    UNIT_WORDS,
    UNITS,
    WINGS,
)

FRACTION = re.compile(r"[0-9]/[0-9]")
ORDINAL = re.compile(r"(?P<number>[0-9]+)(?:ST|ND|RD|TH)")
POSTCODE = re.compile(r"[0-9]{5}(?:-?[0-9]{4})?")
_JOINED = re.compile(
    r"(?:(?:APT|UNIT|STE|SUITE|RM|NO|LOT|FLAT|TRLR|SPC)(?P<name>[A-Z]?[0-9]+(?:-?[A-Z])?)"
    # "Apts", "Units" and "Unity" are words.
    r"|APT(?P<letter>[A-RT-Z])|UNIT(?P<other>[A-RT-X]))"
)
_JOINED_BEGIN = ("APT", "UNIT", "STE", "SUITE", "RM", "NO", "LOT", "FLAT", "TRLR", "SPC")
_MAY_BE_JOINED = re.compile(rf"(?:{'|'.join(_JOINED_BEGIN)})[A-Z0-9]").search
_SEVERAL = frozenset({"APTS", "APARTMENTS", "UNITS"})
_FLOOR = re.compile(r"[0-9]{1,3}")
_LOOSE = re.compile(r"(?<=[0-9])[-/](?=[A-Z])|(?<=[A-Z])[-/](?=[0-9])")
_AND = frozenset({"&", "AND", "OR", "TO", "THRU", "THROUGH", "/"})
_LONGEST_NAME = 8
_UNSURE = frozenset({"MAYBE", "POSSIBLY", "PERHAPS", "EVEN"})
_OWN_WORDS = frozenset({"A", "I"})
_COUNTING = frozenset({"#", "NO", "NUMBER", "NUM"})
_DESIGNATORS = UNITS | RARER_UNITS
_MARKS = _DESIGNATORS | WINGS | FLOORS | _AND


class Units(NamedTuple):
    """What a part of an address says of units, and the words that are left.

    ``near`` where a unit is only a landmark: what is meant is beside it.
    """

    words: list[str]
    wing: str | None
    floor: str | None
    units: list[str]
    near: bool


def units_in(words: list[str], has_street: bool) -> Units:
    """Take out what names a building, a floor or a unit, wherever in the part it stands."""
    if _MARKS.isdisjoint(words) and not any(map(_MAY_BE_JOINED, words)):
        return Units(words, None, None, [], near=False)
    left: list[str] = []
    units: list[str] = []
    wing = floor = None
    near = False
    at = 0
    while at < len(words):
        word = words[at]
        if word in _MARKS:
            if word in _DESIGNATORS and (named := _named_unit(words, at, left, has_street)):
                near |= _drop_beside(left)
                units += named[0]
                at = named[1]
            elif word in WINGS and at + 1 < len(words) and names_unit(words[at + 1]):
                wing, at = tight(words[at + 1]), at + 2
                _drop_stranded(left)
            elif word in FLOORS and (told := _floor(words, at, left)):
                floor, at = told
                _drop_stranded(left)
            elif (
                word in _AND
                and units
                and words[at + 1 : at + 2]
                and (words[at + 1] in NUMBER_WORDS or words[at + 1] in _UNSURE)
            ):
                # "Apt 4 or five": one of two, and nobody knows which.
                near, at = True, at + 2
            elif word in _AND and units and names_unit(words[at + 1] if words[at + 1 :] else ""):
                units.append(tight(words[at + 1]))
                at += 2
            else:
                if word in _SEVERAL and len(left) > 1 and left[-1].isdecimal():
                    left.pop()  # "4 units" are no unit 4
                elif not _says_nothing(words, at, left):
                    left.append(word)
                at += 1
        elif word.startswith(_JOINED_BEGIN) and (joined := _JOINED.fullmatch(word)):
            near |= _drop_beside(left)
            units.append(tight(next(filter(None, joined.groups()))))
            at += 1
        else:
            left.append(word)
            at += 1
    return Units(left, wing, floor, units, near)


def _says_nothing(words: Sequence[str], at: int, left: Sequence[str]) -> bool:
    """Whether a designator names no unit and is no word of a street: "Main St Apt", "Hwy No 33"."""
    if words[at] in _COUNTING and left and is_numbered(left, len(left) - 1):
        return True
    return words[at] in _DESIGNATORS and at + 1 == len(words) and bool(left)


def names_unit(word: str) -> bool:
    """Whether a word can be the name of a unit; what looks like a postcode or a street is none."""
    if len(word) == 1:
        return word.isalpha() or word.isdecimal()
    if word.isalpha() or len(word) > _LONGEST_NAME:
        return word in UNIT_WORDS
    return any(map(str.isdecimal, word)) and not POSTCODE.fullmatch(word)


def tight(word: str) -> str:
    """The name of a unit or a number as it is compared: "C-12" is ``C12``, "1-12" is not 112."""
    if word.isdecimal():
        return word.lstrip("0") or "0"
    return UNIT_WORDS.get(word) or _LOOSE.sub("", word)


def is_numbered(words: Sequence[str], at: int) -> bool:
    """Whether a number after the type at that place is part of the name: "County Road 12"."""
    return words[at] in NUMBERED or (
        words[at] == "RD" and at > 0 and words[at - 1] in NUMBERED_ROADS
    )


def _named_unit(
    words: Sequence[str], at: int, left: Sequence[str], has_street: bool
) -> tuple[list[str], int] | None:
    """The units that a designator names, and where they end: "Apt # C 12" is ``C12``."""
    if left and words[at] in _COUNTING and is_numbered(left, len(left) - 1):
        return None  # "State Highway No. 33"
    if words[at] == "RM" and len(left) == 1 and left[0][0].isdecimal():
        return None  # "1200 RM 620" is a road of Texas
    if words[at] in _COUNTING and not TYPE_FORMS.isdisjoint(words[at + 2 : at + 3]):
        return None  # "Old Number 6 Highway"
    start = at + 1
    while start < len(words) and (words[start] in _COUNTING or words[start] in _DESIGNATORS):
        start += 1
    if start == len(words):
        return None
    name, end = words[start], start + 1
    if name.isdecimal() and words[end : end + 1] and words[end] in {"HUNDRED", "THOUSAND"}:
        return [], end + 1  # "Apt 2 hundred four"
    if name in NUMBER_WORDS:
        number, end = spoken_number(words, start)
        if number is None:
            return [], end
        name = number
    elif words[at] in _SEVERAL and "-" in name:
        return [], end  # "Apts 3-5"
    elif not (names_unit(name) or _is_doubled(name)):
        return None
    return _whole_name(words, name, end, has_street or bool(left))


def _whole_name(
    words: Sequence[str], name: str, end: int, has_street: bool
) -> tuple[list[str], int] | None:
    """A name and what is written apart from it: "C 12", "12 B", "3 1/2", "C twelve"."""
    if end == len(words):
        return [tight(name)], end
    after = words[end]
    if FRACTION.fullmatch(after):
        return [f"{tight(name)} {after}"], end + 1
    if len(name) == 1 and name.isalpha() and after in NUMBER_WORDS:
        number, end = spoken_number(words, end)
        return ([name + number] if number else []), end
    if not _is_rest_of(name, after):
        # "#1 SW": the unit 1SW, or a quarter of the town.
        doubtful = name.isdecimal() and len(after) == 2 and after in DIRECTION_FORMS
        return ([] if doubtful else [tight(name)]), end
    later = words[end + 1 : end + 2]
    if not later or (later[0] in STATES and not words[end + 2 :]):
        return [tight(name + after)], end + 1
    if after in _OWN_WORDS:
        # "Apt 4 a lady": 4, or 4A.
        return [tight(name), tight(name + after)], end + 1
    if after in DIRECTION_FORMS:
        # "Apt 4 E Springfield": the unit 4E, or the town of East Springfield.
        return [], end
    if has_street or later[0][0].isdecimal():
        return [tight(name + after)], end + 1
    return [tight(name)], end


def _is_rest_of(name: str, after: str) -> bool:
    """Whether two words are one name: a letter and a number, written apart."""
    if len(name) == 1 and name.isalpha():
        return after.isdecimal() and len(after) < 5
    return name.isdecimal() and len(after) == 1 and after.isalpha()


def _is_doubled(word: str) -> bool:
    """Whether it is a letter twice, as units are named after Z."""
    return len(word) == 2 and word[0] == word[1] and word.isalpha()


def _floor(words: Sequence[str], at: int, left: list[str]) -> tuple[str, int] | None:
    """The floor that is told before or after the word for it, and where that ends."""
    if left:
        before = left[-1]
        ordinal = ORDINAL.fullmatch(before)
        # "100 1st Floor" would leave no street; "100 Main St 2 Fl" does.
        if before in FLOOR_WORDS or ordinal:
            left.pop()
            return ordinal["number"] if ordinal else FLOOR_WORDS[before], at + 1
    if at + 1 == len(words):
        if len(left) > 2 and _FLOOR.fullmatch(left[-1]):
            return left.pop(), at + 1
        return None
    after = words[at + 1]
    if after in NUMBER_WORDS:
        number, end = spoken_number(words, at + 1)
        return (number, end) if number else None
    return (after, at + 2) if _FLOOR.fullmatch(after) else None


def _drop_stranded(left: list[str]) -> None:
    """Take away a designator that another one follows: "Apt Bldg C 12"."""
    if len(left) > 1 and left[-1] in _DESIGNATORS:
        left.pop()


def _drop_beside(left: list[str]) -> bool:
    """Whether the words so far end in "next to" or the like; takes them away."""
    near = False
    while left and left[-1] in BESIDE:
        left.pop()
        near = True
    return near
