"""Weapons, and what a clearance's giver had seen of them.

Whatever is affirmed or believed of anybody being armed, under whatever hedge and through whatever
relay, ends a clearance whose giver had not seen it (contract, section 5, ``advise``). It is read the
careful way wherever it can be read in two:

- A weapon that was withdrawn counts as it did before. A withdrawal says no more than that its
  speaker no longer says so, and unknown is hold; only a clearance by somebody who has seen it clears.
- A member of a dispatched unit is passed over only if plainly told as one when the weapon was told
  and ever since. So neither a later dispatch nor a later ``same`` gives back a clearance that ended:
  both may be a machine's or a clerk's word, and a machine never clears anybody (law 6).
- What was put into the past by a backfill, after a clearance was entered that was not, was seen by
  nobody at that clearance.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from whoseword.account.known import Known
from whoseword.response.drawing import Key, Scene, key_of, recorded
from whoseword.response.rosters import Roster
from whoseword.words import AFFIRMING, Stance, Statement
from whoseword.words.scene import Armed


class Weapon(NamedTuple):
    """A statement of somebody armed: from when it ends clearances, and its id as shown.

    ``id`` is None where the reader does not open it.
    """

    key: Key
    statement: Statement
    id: str | None
    acts: datetime


class Sight(NamedTuple):
    """What the giver of a clearance had: what is named, and all up to what is named or to a time.

    ``up_to`` is the earliest of what the clearance names, None where it names nothing that can be
    found; ``before`` is the time of its words, None where it names something.
    """

    named: frozenset[Key]
    up_to: Key | None
    before: datetime | None


def weapons_of(scene: Scene, rosters: Sequence[Roster]) -> list[Weapon]:
    """Every weapon that can end a clearance, in order."""
    found = [_weapon(one.statement, one.id, rosters) for one in scene.known]
    found += [_weapon(one, None, rosters) for one in scene.hidden]
    return sorted((one for one in found if one is not None), key=lambda one: one.key)


def _weapon(statement: Statement, shown: str | None, rosters: Sequence[Roster]) -> Weapon | None:
    fact = statement.fact
    if not isinstance(fact, Armed):
        return None
    if statement.stance not in AFFIRMING and statement.stance is not Stance.BELIEVES:
        return None
    acts = _acts(fact.who, recorded(statement), rosters)
    return None if acts is None else Weapon(key_of(statement), statement, shown, acts)


def _acts(who: str | None, told: datetime, rosters: Sequence[Roster]) -> datetime | None:
    """The first moment, from when it was told, at which they are no plain member of a unit."""
    then = [one for one in rosters if one.since <= told][-1:]
    if who is None or not then:
        return told
    for roster in (*then, *(one for one in rosters if one.since > told)):
        if roster.names.get(who, who) not in roster.members:
            return max(told, roster.since)
    return None


def had(sight: Sight, weapon: Weapon, clearance: Statement) -> bool:
    """Whether the giver of a clearance had a statement of a weapon."""
    if weapon.key in sight.named:
        return True
    if _was_entered_after(weapon.statement, clearance):
        return False
    if sight.before is not None:
        return weapon.key[0] < sight.before
    if sight.up_to is None:
        return False
    if weapon.id is None:
        return weapon.key[0] < sight.up_to[0]  # else the order of ids would tell of what is hidden
    return weapon.key <= sight.up_to


def _was_entered_after(weapon: Statement, clearance: Statement) -> bool:
    """Whether it was put into the past after a clearance that itself was entered as it was given."""
    if not weapon.backfilled or clearance.backfilled:
        return False
    if weapon.appended is None or clearance.appended is None:
        return True
    return weapon.appended > clearance.appended


def sights_of(clearance: Known, scene: Scene, before: datetime) -> tuple[Sight, Sight]:
    """What the giver had of the weapons that the reader opens, and of those that are hidden.

    What ``having_seen`` names is looked up among what the reader opens; where it is not, the
    clearance has seen, of what the reader opens, only what it names. So nothing that is closed
    to a reader makes "may engage" of a hold. A hidden weapon is judged by all that is there.
    Something recorded only after the clearance cannot tell up to where its giver had seen.
    """
    given: object = getattr(clearance.statement.fact, "having_seen", None)
    if given is None:
        sight = Sight(frozenset(), None, before)
        return sight, sight
    refs = given if isinstance(given, tuple) else (str(given),)
    said = recorded(clearance.statement)
    known = [one.statement for one in scene.known]
    both = sorted((*known, *scene.hidden), key=key_of) if scene.hidden else known
    opened = [_found(ref, known) for ref in refs]
    every = [_found(ref, both) for ref in refs]
    return _sight(opened, said), _sight(every, said)


def _sight(found: Sequence[Statement | None], said: datetime) -> Sight:
    keys = [None if one is None else key_of(one) for one in found]
    known = frozenset(key for key in keys if key is not None)
    whole = len(known) > 0 and None not in keys and max(known)[0] <= said
    return Sight(known, min(known) if whole else None, None)


def _found(ref: str, statements: Sequence[Statement]) -> Statement | None:
    """The statement of an id, ``ID`` or ``BOOK:ID``; the earliest, where one id is of several."""
    book, _, own = ref.rpartition(":")
    for one in statements:
        if one.id == own and book in ("", one.book):
            return one
    return None
