"""Whose a duty is, as far as the statements name them.

A rule names an owner by role (the involved agency, the outside team) or by the words for a party;
the incident's own names take their place where somebody has told them. Where nobody has, the
rule's words stand, and say so.
"""

from typing import NamedTuple

from whoseword.account.authority import is_party, is_side
from whoseword.duties.roles import Bound, fits
from whoseword.duties.scene import Scene, live_plain
from whoseword.words.names import slug

INVOLVED = "@involved"
POLICE = "@police"
OUTSIDE = "@outside"
OWNER_ROLES = (INVOLVED, POLICE, OUTSIDE)
_UNKNOWN = {
    INVOLVED: "the involved agency, not stated",
    POLICE: "police",
    OUTSIDE: "the outside team, not stated",
}
OR = " or "
"""Stands between the parties of whom any may owe a duty."""


class Owner(NamedTuple):
    """Who owes a duty, and by which names of parties their side is known; none if unknown."""

    name: str
    sides: tuple[str, ...]


def owners_of(owner: str, for_: str | None, scene: Scene) -> list[Owner]:
    """Everybody who owes a duty of a rule, each for themselves."""
    if owner not in OWNER_ROLES:
        return [_party(owner, scene)]
    if owner == OUTSIDE:
        agencies = outside_agencies(scene)
    elif owner == INVOLVED and for_ in scene.officers and scene.employers.get(for_ or ""):
        agencies = scene.employers[for_ or ""]
    else:
        agencies = scene.involved
    return [Owner(one, (one,)) for one in agencies] or [Owner(_UNKNOWN[owner], ())]


def outside_agencies(scene: Scene) -> tuple[str, ...]:
    """Every agency that is said to investigate and is not the involved one."""
    found = {
        slug(matter.keys[0] or "")
        for matter, take in live_plain(scene.takes, "investigates")
        if fits({"agency": OUTSIDE}, matter, take, Bound(scene))
    }
    return tuple(sorted(found))


def _party(words: str, scene: Scene) -> Owner:
    """The one party of that name in the incident, told at full length; else the rule's words."""
    sides = tuple(slug(one) for one in words.split(OR))
    named = {one for one in scene.parties if any(is_party(one, side) for side in sides)}
    fullest = [
        one
        for one in named
        if not any(is_side(one, other) and len(other) > len(one) for other in named)
    ]
    return Owner(fullest[0] if len(fullest) == 1 else words, sides)
