"""An address as people write it, say it or dispatch it, read into a building and a unit.

Our own reading and no trained one: it never guesses, and "unit unknown" is an answer. What cannot
be told apart is read to the less precise side, so that a building's history is never taken for a
unit's, nor one unit's for another's. Short forms are the postal service's (``street_words``).
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from whoseword.contacts.street_words import (
    CORNERS,
    COUNTRIES,
    SHORT,
    STAND_ALONE,
    STATE_NAMES,
    STATES,
    TYPE_FORMS,
    TYPES,
    UNITS,
)
from whoseword.contacts.streets import block_of, crossing, street_in
from whoseword.contacts.units import FRACTION, POSTCODE, names_unit, tight, units_in

UNIT, BUILDING, STREET = "unit", "building", "street"
NEAREST_FIRST = (UNIT, BUILDING, STREET)

_PARTS = re.compile(r"[,;\n]")
_WORDS = re.compile(r"[#&@/]|[^\W_]+(?:[-/][^\W_]+)*")
_NUMBER = re.compile(r"[0-9]+[A-Z]?(?:-(?:[0-9]+[A-Z]?|[A-Z]))?")
_ABBREVIATED = re.compile(r"(?<=[^\W\d_]{2})\.(?=\w)")
_POINT = re.compile(r"(?<=[0-9])\.(?=[0-9])")
_RAISED = re.compile("[\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089]")
_ALSO_WORDS = frozenset({"IN", "OR", "ME", "OK", "HI", "OH"})
"""Short forms of states that are words as well: "caller is in apt 4" is in no Indiana."""
_NO_TOWN = frozenset({"IS", "CALLER", "ARE", "WAS", "HE", "SHE", "THEY", "WHO", "HUNDRED"})
"""Words of a sentence: what stands beside them is told, and is no town."""
_ENDINGS = "|".join(sorted({*TYPES, *TYPE_FORMS, *UNITS} - {"#"}, key=len, reverse=True))
_DASH = re.compile(rf"\b({_ENDINGS})[-/](?=[0-9A-Z]*[0-9]|[A-Z]\b)")
_COUNTRY_ENDS = frozenset(name.split()[-1] for name in COUNTRIES)
_STATE_ENDS = frozenset(name.split()[-1] for name in STATE_NAMES)
_LOST = str.maketrans("", "", ".'’")


class Address(NamedTuple):
    """A place as it was read; None where nothing was said of that part.

    ``street`` is the street or the place's name, ``wing`` one building of several under a number,
    ``cross`` the other street where two cross. A floor alone is no unit.
    """

    number: str | None
    street: str
    wing: str | None
    floor: str | None
    unit: str | None
    town: str | None
    state: str | None
    postcode: str | None
    cross: str | None = None

    @property
    def text(self) -> str:
        """The address in its short forms: ``2218 TAMARACK LN UNIT C12, ORRIN MILLS``."""
        cross = f"& {self.cross}" if self.cross else None
        wing = f"BLDG {self.wing}" if self.wing else None
        floor = f"FL {self.floor}" if self.floor else None
        unit = f"UNIT {self.unit}" if self.unit else None
        line = " ".join(filter(None, (self.number, self.street, cross, wing, floor, unit)))
        region = " ".join(filter(None, (self.state, self.postcode)))
        return ", ".join(filter(None, (line, self.town, region)))

    @property
    def is_house(self) -> bool:
        """Whether it is more than a street: a number, or a name that is no street's."""
        if self.number is not None:
            return True
        words = self.street.split()
        return not (TYPE_FORMS.intersection(words) or STAND_ALONE.intersection(words))


@lru_cache(maxsize=65_536)
def read_address(text: str) -> Address:
    """The address that a text tells, as far as it does; never an error."""
    number = wing = floor = cross = None
    near = False
    units: list[str] = []
    street: list[str] = []
    locality: list[list[str]] = []
    for part in _PARTS.split(_plain(text)):
        told = units_in([SHORT.get(word, word) for word in _WORDS.findall(part)], bool(street))
        wing, floor, words = wing or told.wing, floor or told.floor, told.words
        units += told.units
        near |= told.near
        if told.units and words[-1:] and words[-1] in _ALSO_WORDS:
            words = words[:-1]
        if not words:
            continue
        if number is None and not cross and (block := block_of(words)):
            street, cross, locality = block, None, []
        elif number is None and len(words) > 1 and _NUMBER.fullmatch(words[0]):
            number, words = _house_number(words)
            found = street_in(words, has_number=True)
            street, cross, locality = found.words, None, [_before_corner(found.rest)]
            units += found.units
        elif not street and (both := crossing(words)):
            street, cross, rest = _corner(*both)
            locality = [rest]
        elif not street:
            found = street_in(words, has_number=False)
            street, locality = found.words, [found.rest]
        elif number and len(words) == 1 and names_unit(words[0]):
            units.append(tight(words[0]))
        else:
            locality.append(words)
    unit = units[0] if len(set(units)) == 1 and not near else None
    return Address(number, " ".join(street), wing, floor, unit, *_town(locality), cross)


def place_match(asked: Address, told: Address) -> str | None:
    """How near a place that was told is to the one asked for, or None where it is another.

    ``street`` is said only where one of them tells no house: a neighbour's house is not this one,
    and a corner is no house's. A different or an unknown unit of the same building is ``building``.
    """
    if not asked.street or not _shares_street(asked, told):
        return None
    if any(_differ(mine, other) for mine, other in _regions(asked, told)):
        return None if _is_elsewhere(asked, told) else STREET
    if asked.cross or told.cross or not (asked.is_house and told.is_house):
        return STREET
    if asked.number != told.number:
        return STREET if asked.number is None or told.number is None else None
    if _differ(asked.wing, told.wing):
        return STREET
    same = (asked.wing, asked.floor, asked.unit) == (told.wing, told.floor, told.unit)
    return UNIT if same and asked.unit is not None else BUILDING


def _shares_street(asked: Address, told: Address) -> bool:
    """Whether they are on one street: two corners are one only where both streets are."""
    if asked.cross and told.cross:
        return (asked.street, asked.cross) == (told.street, told.cross)
    if asked.cross or told.cross:
        corner, other = (asked, told) if asked.cross else (told, asked)
        return other.number is None and other.street in (corner.street, corner.cross)
    return asked.street == told.street


def _regions(asked: Address, told: Address) -> tuple[tuple[str | None, str | None], ...]:
    """Town, state and postcode of both, side by side."""
    return (
        (asked.town, told.town),
        (asked.state, told.state),
        (asked.postcode, told.postcode),
    )


def _is_elsewhere(asked: Address, told: Address) -> bool:
    """Whether two towns are surely two: "hall" after a comma looks like a town and is none."""
    stated = all(one.state or one.postcode for one in (asked, told))
    return _differ(asked.state, told.state) or (stated and _differ(asked.town, told.town))


def _differ(one: str | None, other: str | None) -> bool:
    """Whether both are told and not the same."""
    return one is not None and other is not None and one != other


def _plain(text: str) -> str:
    """Upper case without accents, full stops and apostrophes."""
    if not text.isascii():
        text = _RAISED.sub(lambda raised: f"-{unicodedata.digit(raised[0])}", text)
        spread = unicodedata.normalize("NFKD", text.replace("½", " 1/2"))
        text = "".join(char for char in spread if not unicodedata.combining(char))
    if "." in text:
        text = _POINT.sub("-", text)  # "Apt 4.5" is not 45
        text = _ABBREVIATED.sub(" ", text)  # "Apt.4", "St.Louis"; but "N.W." is one word
    text = text.translate(_LOST).upper()
    if "-" in text or "/" in text:
        text = _DASH.sub(r"\1 ", text)  # "Apt-4", "Street-4B"
    return text


def _house_number(words: Sequence[str]) -> tuple[str, list[str]]:
    if len(words) > 2 and FRACTION.fullmatch(words[1]):
        return f"{tight(words[0])} {words[1]}", list(words[2:])
    return tight(words[0]), list(words[1:])


def _before_corner(words: list[str]) -> list[str]:
    """The words without the street that crosses near a house: "12 Main St & 3rd Ave"."""
    if CORNERS.isdisjoint(words):
        return words
    return words[: next(at for at, word in enumerate(words) if word in CORNERS)]


def _corner(before: list[str], after: list[str]) -> tuple[list[str], str, list[str]]:
    """The two streets of a corner in one order, and what is told after them."""
    found = street_in(after, has_number=False)
    first, second = sorted((" ".join(before), " ".join(found.words)))
    return [first], second, found.rest


def _town(
    locality: Sequence[Sequence[str]],
) -> tuple[str | None, str | None, str | None]:
    """The town, the state's two letters and the five digits of the postcode."""
    town = state = postcode = None
    for part in locality:
        words = [] if _NO_TOWN.intersection(part) else list(part)
        if words and words[-1] in _COUNTRY_ENDS:
            words = _without_country(words)
        if words and POSTCODE.fullmatch(words[-1]):
            postcode = words.pop()[:5]
        if words and words[-1] in STATES:
            # A county after the town ("MO, Cole Co") is no second state.
            last = words.pop()
            state = state or last
        elif (
            words
            and words[-1] in _STATE_ENDS
            and (found := _written_state(words, has_town=town is not None))
        ):
            last, words = found
            state = state or last
        town = town or " ".join(words) or None
    return town, state, postcode


def _without_country(words: list[str]) -> list[str]:
    for count in (1, 2, 4):
        if " ".join(words[-count:]) in COUNTRIES:
            return words[:-count]
    return words


def _written_state(words: list[str], *, has_town: bool) -> tuple[str, list[str]] | None:
    """A state that is written out after a town; alone it may be the town of that name."""
    for count in (1, 2, 3):
        state = STATE_NAMES.get(" ".join(words[-count:]))
        if state and (has_town or len(words) > count):
            return state, words[:-count]
    return None
