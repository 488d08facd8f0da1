"""Whether a person who is told of is the one who is asked for.

Two independent identifiers must agree, the name and the date of birth; a name alone is "possible,
ask", and so is one of the two where the other is only alike. Measured on made-up households, a matcher that let surname, address and telephone count as
three gave every fifth unknown caller the history of somebody they live with (Splink's weights at
p > 0.9). So an address never says who somebody is here, and a person who was born on another day
is another person; a day and a month in each other's place, or one wrong digit, are asked about.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from whoseword.contacts.names import AFTER_NAMES, names_are_alike

NAME_AGREES = "the name agrees"
NAME_ALIKE = "the name is alike"
BIRTH_AGREES = "the date of birth agrees"
BIRTH_ALIKE = "the date of birth is alike"
NOT_PLAIN = "not told plainly, or contested"
ASK = "possible, ask"

_WORDS = re.compile(r"[^\W_]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
"""Letters that no decomposition takes apart."""


class Person(NamedTuple):
    """A name as written and in the form in which it is compared, and the day of birth if told."""

    name: str
    key: tuple[str, ...]
    born: date | None

    @property
    def is_named(self) -> bool:
        """Whether it is a person's name and not what somebody is ("child", "officer-1")."""
        return self.born is not None or self.name != self.name.lower()


class Mention(NamedTuple):
    """A person as somebody told of them; ``sure`` where it is told plainly and stands alone."""

    person: Person
    sure: bool


@lru_cache(maxsize=65_536)
def read_person(text: str) -> Person:
    """The person in "NAME", "LAST, FIRST" or either with ", YYYY-MM-DD" after it."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    born = _day(parts[-1]) if len(parts) > 1 else None
    if born is not None:
        parts.pop()
    name = ", ".join(parts)
    if len(parts) == 2 and not AFTER_NAMES.issuperset(_words(parts[1])):
        parts.reverse()
    return Person(name, tuple(word for part in parts for word in _words(part)), born)


def reasons_for(asked: Person, told: Mention) -> tuple[str, ...]:
    """Why the person told of may be the one asked for; empty where nothing says so."""
    person = told.person
    if not asked.key or not person.key:
        return ()
    if asked.born is None or person.born is None:
        return (NAME_AGREES, ASK) if asked.key == person.key else ()
    if asked.key != person.key:
        alike = asked.born == person.born and names_are_alike(asked.key, person.key)
        return (NAME_ALIKE, BIRTH_AGREES, ASK) if alike else ()
    if asked.born != person.born:
        return (NAME_AGREES, BIRTH_ALIKE, ASK) if _alike(asked.born, person.born) else ()
    if not told.sure:
        return (NAME_AGREES, BIRTH_AGREES, NOT_PLAIN, ASK)
    return (NAME_AGREES, BIRTH_AGREES)


def is_theirs(reasons: Sequence[str]) -> bool:
    """Whether a history is that person's, and not merely possible."""
    return NAME_AGREES in reasons and BIRTH_AGREES in reasons and ASK not in reasons


def as_one(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """What is told of one entity's name; where it is told differently, nobody knows which."""
    keys = {one.person.key for one in mentions}
    births = {one.person.born for one in mentions} - {None}
    if len(keys) > 1 or len(births) > 1:
        return tuple(one._replace(sure=False) for one in mentions)
    sure = [one for one in mentions if one.sure] or mentions
    dated = [one for one in sure if one.person.born is not None]
    return tuple((dated or sure)[:1])


def _alike(one: date, other: date) -> bool:
    """Whether two days may be one, written wrong: day and month swapped, or one digit another."""
    if one.year == other.year and (one.day, one.month) == (other.month, other.day):
        return True
    pairs = zip(one.isoformat(), other.isoformat(), strict=True)
    return sum(mine != its for mine, its in pairs) == 1


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _words(text: str) -> list[str]:
    spread = unicodedata.normalize("NFKD", re.sub(r"['’.]", "", text))
    bare = "".join(one for one in spread if not unicodedata.combining(one)).casefold()
    return _WORDS.findall(bare.translate(_LETTERS))
