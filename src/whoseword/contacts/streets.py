"""Which words of an address are its street, and what is told after it.

A street ends with the first type that has a name before it: in "Walnut Ridge Drive 4" the drive is
it and not the ridge, in "N Avenue C" the letter is its name. A unit may stand bare after it
("Main St 4B"); what can be a direction, a town or the rest of a name is no unit.
"""

from collections.abc import Sequence
from typing import NamedTuple

from whoseword.contacts.street_words import (
    BLOCKS,
    CORNERS,
    COUNTED_TOWNS,
    DIRECTION_FORMS,
    IN_NAMES,
    NUMBERED,
    STAND_ALONE,
    TYPE_FORMS,
)
from whoseword.contacts.units import ORDINAL, POSTCODE, is_numbered, names_unit, units_in

_ENDS = TYPE_FORMS | STAND_ALONE
_COUNTED = frozenset({"AVE", "RD"})
_LONGEST_NUMBER = 6
_COUNTED_THINGS = frozenset({
    "UNITS", "APTS", "APARTMENTS", "PLEX", "KIDS", "CHILDREN", "PEOPLE", "MALES", "FEMALES", "MEN",
    "WOMEN", "DOGS", "STORY", "STORIES", "FLOORS", "HANGUP", "HANGUPS", "CALLS", "HOURS", "MINUTES",
})  # fmt: skip
"""Of these a number is how many, and no door: "118 Marlow St 2 kids"."""


class Street(NamedTuple):
    """A street, the units told by bare names after it, and the words that are left."""

    words: list[str]
    units: list[str]
    rest: list[str]


def street_in(words: Sequence[str], *, has_number: bool) -> Street:
    """The street with which the words begin; without a type it is all of them."""
    end = _end(words)
    if end is None:
        return _untyped(words) if has_number else Street(list(words), [], [])
    if end < len(words) and is_numbered(words, end - 1) and _names_road(words[end]):
        end += 1
    street, last = list(words[:end]), list(words[end:])
    if last and last[0] in DIRECTION_FORMS:
        if len(last) == 1 or _is_bare(last[1:2]) or last[1] in CORNERS:
            street, last = [*street, last[0]], last[1:]
        else:
            return Street(street, [], last)
    if last and last[0] == "/" and len(last) == 2 and _is_bare(last[1:]):
        last = last[1:]
    if _is_bare(last[:2]) and not (last[1:] and last[1] in COUNTED_TOWNS):
        told = units_in(["#", *last], has_street=True)
        # "Grove St 1 Market Place" tells two streets.
        units = told.units if TYPE_FORMS.isdisjoint(told.words[-1:]) else []
        return Street(street, units, told.words)
    return Street(street, [], last)


def crossing(words: Sequence[str]) -> tuple[list[str], list[str]] | None:
    """The two streets that cross, where words tell of a corner and of no house."""
    for at, word in enumerate(words):
        if word in CORNERS and 0 < at < len(words) - 1:
            before, after = list(words[:at]), list(words[at + 1 :])
            if before[:2] == ["CORNER", "OF"]:
                before = before[2:]
            both = (before, after)
            streets = before and any(_end(one) or _is_ordinal(one) for one in both)
            # "Main St & 12 Oak Ave" tells a street and a house, and no corner.
            return both if streets and not any(map(_tells_house, both)) else None
    return None


def block_of(words: Sequence[str]) -> list[str] | None:
    """The street of which a block is told and no house: "1200 block of Main Street"."""
    if len(words) > 2 and words[1] in BLOCKS and words[0].isdecimal():
        return list(words[3:] if words[2] == "OF" else words[2:])
    return None


def _end(words: Sequence[str]) -> int | None:
    """Where the street ends; None without a type."""
    if len(words) > 1 and (
        (is_numbered(words, 0) and words[1].isdecimal())
        or (words[0] == "AVE" and len(words[1]) == 1 and words[1].isalpha())
    ):
        # "Highway 24" and "Avenue C": what comes after is none of the name.
        return 2
    for at in range(len(words)):
        word = words[at]
        if word not in _ENDS or (at == 0 and word not in STAND_ALONE):
            continue
        if _is_saint(words, at):
            continue
        if DIRECTION_FORMS.issuperset(words[:at]) and word not in STAND_ALONE:
            # "N Avenue C"; but "E St" alone is the street of that letter.
            after = words[at + 1] if at + 1 < len(words) else ""
            names = after and word != "ST" and _names_road(after)
            if names and (after.isalpha() or word in _COUNTED):
                return at + 2
        return _later_end(words, at) + 1
    return None


def _later_end(words: Sequence[str], at: int) -> int:
    """The type with which the street ends, where the first one is part of its name."""
    while at + 1 < len(words):
        following, is_last = words[at + 1], at + 2 == len(words)
        # "St" in the middle is a saint's as often as a street.
        if following in TYPE_FORMS and (following != "ST" or is_last):
            at += 1
        elif words[at] in IN_NAMES and (later := _strong_type(words, at)):
            at = later
        else:
            break
    return at


def _strong_type(words: Sequence[str], at: int) -> int | None:
    """The place of a type that is no part of a name, one or two words on."""
    for later in (at + 1, at + 2):
        if later >= len(words) or words[later] in DIRECTION_FORMS or not words[later].isalpha():
            return None
        if words[later] in TYPE_FORMS and words[later] not in IN_NAMES:
            return None if _is_saint(words, later) else later
    return None


def _is_saint(words: Sequence[str], at: int) -> bool:
    """Whether "St" is a saint: "E St Clair Ave", "Lane St Louis"."""
    if words[at] != "ST" or at + 1 >= len(words):
        return False
    after = words[at + 1]
    if len(after) < 3 or not after.isalpha() or after in _ENDS or after in CORNERS:
        return False
    named = DIRECTION_FORMS.issuperset(words[:at])
    return named and any(word in TYPE_FORMS for word in words[at + 2 : at + 4])


def _names_road(word: str) -> bool:
    """Whether a word is the number or the letter of a road: "50", "AA", "12B"."""
    return len(word) <= _LONGEST_NUMBER and (
        not word.isalpha() or (len(word) <= 2 and word not in DIRECTION_FORMS)
    )


def _tells_house(words: Sequence[str]) -> bool:
    """Whether words begin with a house's number."""
    return words[0][0].isdecimal() and not ORDINAL.fullmatch(words[0])


def _is_ordinal(words: Sequence[str]) -> bool:
    return any(ORDINAL.fullmatch(word) for word in words)


def _is_bare(words: Sequence[str]) -> bool:
    """Whether a word after a street can be a unit's bare name."""
    if not words or words[0] in DIRECTION_FORMS or POSTCODE.fullmatch(words[0]):
        return False
    if words[1:2] and words[1] in _COUNTED_THINGS:
        return False
    return names_unit(words[0]) and not ORDINAL.fullmatch(words[0])


def _untyped(words: Sequence[str]) -> Street:
    """A street without a type, and the unit after it, if that is surely none of its name."""
    *street, last = words
    has_name = any(len(word) > 3 and word.isalpha() for word in street) or _is_ordinal(street)
    sure = has_name and last[0].isdecimal() and _is_bare([last]) and street[-1] not in NUMBERED
    if sure and street[0] not in TYPE_FORMS:
        return Street(street, units_in(["#", last], has_street=True).units, [])
    return Street(list(words), [], [])
