"""Whether two names that are not the same may be one person's.

People are called by short names, are written last name first, lose a middle name or a "Jr", and
are misspelled. Such likeness never makes a history anybody's: beside an agreeing day of birth it is
"possible, ask", and by itself it is nothing. Brothers, twins and a father and son have names alike.
"""

from collections.abc import Sequence
from typing import NamedTuple

AFTER_NAMES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_SHORTEST_SLIP = 4

# Written for the project from common knowledge; a name may be short for several.
_SHORT_FOR = """
abe abraham; abby abigail; al albert alan alfred; alex alexander alexandra alexis; allie alison
alice; andy andrew; angie angela; annie anna anne; art arthur; barb barbara; becky rebecca; ben
benjamin; beth elizabeth bethany; betty elizabeth; bill william; billy william; bob robert; bobby
robert; brad bradley; cathy catherine; charlie charles charlotte; chris christopher christine
christina; chuck charles; cindy cynthia; dan daniel; danny daniel; dave david; deb deborah; debbie
deborah; dick richard; don donald; dorothy dot; doug douglas; drew andrew; ed edward edwin; eddie
edward; eli elijah; ella eleanor; frank francis franklin; fred frederick alfred; gabe gabriel; gene
eugene; greg gregory; hank henry; harry harold henry; jack john; jake jacob; jeff jeffrey; jen
jennifer; jenny jennifer; jerry gerald jerome; jess jessica; jim james; jimmy james; joe joseph;
joey joseph; john jonathan; johnny john; jon jonathan; josh joshua; judy judith; kate katherine
kathryn catherine; kathy katherine kathleen; katie katherine; ken kenneth; kim kimberly; larry
lawrence; lenny leonard; leo leonard leonardo; liz elizabeth; lou louis louise; maggie margaret;
manny manuel emmanuel; marge margaret; matt matthew; meg margaret megan; mike michael; mickey
michael; mandy amanda; nancy anne; nate nathan nathaniel; nick nicholas; pam pamela; pat patrick
patricia; patty patricia; peg margaret; peggy margaret; pepe jose; pete peter; phil philip; rich
richard; rick richard; ricky richard; rob robert; robbie robert; ron ronald; rosie rose; sally
sarah; sam samuel samantha; sandy sandra; steph stephanie; steve stephen steven; sue susan; susie
susan; ted theodore edward; terry teresa terence; tim timothy; tina christina; tom thomas; tommy
thomas; tony anthony; val valerie; vicky victoria; vince vincent; walt walter; wendy gwendolyn;
will william; zach zachary
"""
_FULL: dict[str, frozenset[str]] = {
    first: frozenset(full)
    for first, *full in (entry.split() for entry in _SHORT_FOR.replace("\n", " ").split(";"))
}


class _Parts(NamedTuple):
    """A name's first and last word, what is between them, and what stands after a name."""

    given: str
    between: tuple[str, ...]
    family: str
    after: str | None


def names_are_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names, as they are compared, may be two ways to write one.

    One of first and last name must be the same; the other the same, short for it, its first
    letter, or a slip of one key away.
    """
    if "".join(one) == "".join(other):
        return True
    mine, its = _parts(one), _parts(other)
    if mine is None or its is None:
        return False
    if (mine.given, mine.family) == (its.family, its.given):
        return True
    if mine.family == its.family:
        return _given_alike(mine.given, its.given)
    if mine.given != its.given:
        return False
    # "Ana Ruiz" and "Ana Ruiz Vega": two family names, of which one is left out.
    left_out = mine.family in its.between or its.family in mine.between
    return left_out or is_slip(mine.family, its.family)


def is_slip(one: str, other: str) -> bool:
    """Whether two words differ by one key: changed, missing, too many, or two in each other's place."""
    if min(len(one), len(other)) < _SHORTEST_SLIP or abs(len(one) - len(other)) > 1:
        return False
    at = next((at for at, both in enumerate(zip(one, other, strict=False)) if both[0] != both[1]),
              min(len(one), len(other)))  # fmt: skip
    mine, its = one[at:], other[at:]
    swapped = mine[:2] == its[1::-1] and mine[2:] == its[2:]
    return mine[1:] == its[1:] or mine[1:] == its or mine == its[1:] or swapped


def _given_alike(one: str, other: str) -> bool:
    if one == other or (1 in (len(one), len(other)) and one[0] == other[0]):
        return True
    full, its = _FULL.get(one, frozenset({one})), _FULL.get(other, frozenset({other}))
    return one in its or other in full or not full.isdisjoint(its) or is_slip(one, other)


def _parts(words: Sequence[str]) -> _Parts | None:
    """A name in its parts; None where it has not two."""
    after = words[-1] if words and words[-1] in AFTER_NAMES else None
    name = tuple(words[:-1] if after else words)
    return _Parts(name[0], name[1:-1], name[-1], after) if len(name) > 1 else None
