"""Words that a feed brings and nobody has looked at: notes, remarks, and types that name a weapon.

A program takes nothing out of them (law 6). It only tells which of them a person should look at first:
those with a word for a weapon in them. The words are few and English, so a note without one is not
told to be harmless, and stands among what is unread as well.
"""

import re
from typing import Final, NamedTuple

from whoseword.intake.eido.marks import Mark, mark_of
from whoseword.intake.eido.noted import HTML
from whoseword.words import Statement
from whoseword.words.aftermath import Other
from whoseword.words.scene import Classified

_WEAPONS: Final = re.compile(
    r"(?<![^\W_])(?:arm(?:ed|s)|weapons?|kni(?:fe|ves)|blades?|machetes?|axes?|swords?|guns?|handguns?"
    r"|pistols?|rifles?|shotguns?|firearms?|revolvers?|shots?|shooting|stabb(?:ed|ing)|explosives?"
    r"|bombs?|hammers?|bats?)(?![^\W_])"
)
_OF_WEAPONS: Final = frozenset({"WEAPON", "SHOOT", "ACTSHOOT", "STABBING", "NCRASLTWF", "BOMB"})
_WRITTEN_BY_PEOPLE: Final = frozenset({"note", "newer", "alarm", "disposition", "data"})
"""The parts of an object in which words stand; the others are codes of its units and calls."""


class Words(NamedTuple):
    """Words to be read, and whether they have a word for a weapon in them."""

    text: str
    may_tell_of_weapon: bool


def words_to_read(one: Statement) -> Words | None:
    """The words that a statement of a feed brings and nobody looked at; None for any other."""
    if one.source.feed is None or one.reviewed:
        return None
    mark, fact = mark_of(one), one.fact
    if isinstance(fact, Classified):
        return Words(f"classified as {_told(fact)}", True) if _names_weapon(fact) else None
    if not isinstance(fact, Other) or (mark is not None and mark.part not in _WRITTEN_BY_PEOPLE):
        return None
    text = str(fact.text)
    return Words(text, bool(_WEAPONS.search(f"{text} {_more(mark)}".casefold())))


def _names_weapon(fact: Classified) -> bool:
    return bool(
        _OF_WEAPONS.intersection(fact.type if isinstance(fact.type, tuple) else (fact.type,))
    )


def _told(fact: Classified) -> str:
    return ", ".join(str(value) for value in (fact.type, fact.priority) if value is not None)


def _more(mark: Mark | None) -> object:
    """What was kept beside the words: an unread component, a note with its markup."""
    return [mark.rest.get(key, "") for key in ("it", HTML)] if mark is not None else ""
