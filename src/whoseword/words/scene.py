"""Kinds of fact about the scene: the call, the people, what was done at the door.

The first half of the contract's table (section 2), in its order.
"""

from whoseword.words.fact import Fact, Key, Many, One


class Called(Fact, frozen=True):
    """A call for help was made."""

    call: Key = None
    caller: One = None
    about: Many = None
    to: One = None


class Classified(Fact, frozen=True):
    """A call was given a type or a priority."""

    call: Key = None
    type: One = None
    priority: One = None


class Located(Fact, frozen=True):
    """Where a thing is."""

    what: Key = None
    place: One = None


class Present(Fact, frozen=True):
    """Somebody was at a place."""

    who: Key = None
    place: Many = None


class Counted(Fact, frozen=True):
    """How many there are."""

    what: Key = None
    count: One = None


class Named(Fact, frozen=True):
    """Somebody's name."""

    who: Key = None
    name: One = None


class Aged(Fact, frozen=True):
    """Somebody's age."""

    who: Key = None
    age: One = None


class Related(Fact, frozen=True):
    """What one is to another: kin, employer, member of a unit."""

    who: Key = None
    whom: Key = None
    relation: One = None


class Same(Fact, frozen=True):
    """Two names are one; only a person's plain word joins them."""

    who: Key = None
    whom: Key = None


class InCrisis(Fact, frozen=True):
    """Somebody shows signs of a crisis."""

    who: Key = None
    sign: Many = None


class Armed(Fact, frozen=True):
    """Somebody has a weapon."""

    who: Key = None
    weapon: Many = None


class Threatened(Fact, frozen=True):
    """Somebody was threatened."""

    whom: Key = None
    by: One = None


class Attacked(Fact, frozen=True):
    """Somebody was attacked."""

    whom: Key = None
    by: One = None
    means: Many = None


class Injured(Fact, frozen=True):
    """Somebody was hurt."""

    who: Key = None
    by: One = None
    means: Many = None


class Died(Fact, frozen=True):
    """Somebody died."""

    who: Key = None


class CauseOfDeath(Fact, frozen=True):
    """By whom or by what somebody died."""

    who: Key = None
    by: One = None
    means: One = None


class PriorCalls(Fact, frozen=True):
    """Earlier calls to a place; a call is not an offence."""

    place: Key = None
    count: One = None


class Contact(Fact, frozen=True):
    """An agency's contact at a place, and how it came out."""

    agency: Key = None
    place: Key = None
    outcome: One = None
    about: Many = None


class Dispatched(Fact, frozen=True):
    """A unit was sent."""

    unit: Key = None
    members: Many = None


class Arrived(Fact, frozen=True):
    """A unit arrived."""

    unit: Key = None
    place: Many = None


class Staged(Fact, frozen=True):
    """A unit waits at a distance."""

    unit: Key = None
    place: Many = None


class Engaged(Fact, frozen=True):
    """One approached or spoke with another."""

    who: Key = None
    whom: Key = None


class Deescalated(Fact, frozen=True):
    """Somebody tried to calm it."""

    who: Key = None
    means: Many = None


class DischargedWeapon(Fact, frozen=True):
    """Somebody fired."""

    who: Key = None
    toward: Many = None
    rounds: One = None


class Detained(Fact, frozen=True):
    """Somebody was not free to leave."""

    who: Key = None
    place: One = None


class Handcuffed(Fact, frozen=True):
    """Somebody was put in handcuffs; not an arrest by itself."""

    who: Key = None
    place: One = None


class Arrested(Fact, frozen=True):
    """Somebody was arrested."""

    who: Key = None
    place: One = None


class Moved(Fact, frozen=True):
    """Somebody or something was taken elsewhere."""

    who: Key = None
    by: One = None
    to: One = None
