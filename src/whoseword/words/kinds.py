"""The kinds of fact: what a statement can be about.

One class a kind, in ``scene`` and ``aftermath``; this module gathers them into the tagged union
that is read strictly, says what implies what, and reads slots by their names.
"""

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple, get_args, get_type_hints

from whoseword.words.aftermath import (
    Assigned,
    BrokeGlass,
    Cleared,
    Collected,
    Conformed,
    Disclosed,
    Found,
    Held,
    Imported,
    Interviewed,
    Investigates,
    Met,
    Notified,
    Other,
    PlacedOnLeave,
    Published,
    Quarantined,
    ReadReviewed,
    Replied,
    Requested,
    Sealed,
    Visited,
    Waived,
    Withheld,
)
from whoseword.words.fact import Fact, SlotValue
from whoseword.words.scene import (
    Aged,
    Armed,
    Arrested,
    Arrived,
    Attacked,
    Called,
    CauseOfDeath,
    Classified,
    Contact,
    Counted,
    Deescalated,
    Detained,
    Died,
    DischargedWeapon,
    Dispatched,
    Engaged,
    Handcuffed,
    InCrisis,
    Injured,
    Located,
    Moved,
    Named,
    Present,
    PriorCalls,
    Related,
    Same,
    Staged,
    Threatened,
)
from whoseword.words.times import Happened

AnyFact = (
    Called | Classified | Located | Present | Counted | Named | Aged | Related | Same | InCrisis
    | Armed | Threatened | Attacked | Injured | Died | CauseOfDeath | PriorCalls | Contact
    | Dispatched | Arrived | Staged | Engaged | Deescalated | DischargedWeapon | Detained
    | Handcuffed | Arrested | Moved | Conformed | PlacedOnLeave | Investigates | Visited | Met
    | Notified | Collected | Interviewed | Found | Cleared | Held | Requested | Replied
    | Disclosed | Published | Withheld | Waived | Sealed | Quarantined | Assigned
    | BrokeGlass | ReadReviewed | Imported | Other
)  # fmt: skip

FACTS: dict[str, type[Fact]] = {str(kind.__struct_config__.tag): kind for kind in get_args(AnyFact)}
"""Every kind by its name, in the contract's order; ``aftermath`` tells what is added to it."""

IMPLIES: dict[str, str] = {
    "cause_of_death": "died",
    "handcuffed": "detained",
    "arrested": "detained",
}
"""Affirming the first affirms the second; denying the second denies the first."""

ANYONE = "anyone"
"""Reserved for denials: "no arrests" denies ``arrested(who=anyone)``."""


@cache
def _slots(kind: str) -> dict[str, tuple[str, str]]:
    """JSON name of each slot of a kind: its attribute, and ``key``, ``one`` or ``many``."""
    cls = FACTS[kind]
    hints = get_type_hints(cls, include_extras=True)
    names = dict(zip(cls.__struct_fields__, cls.__struct_encode_fields__, strict=True))
    found: dict[str, tuple[str, str]] = {}
    for attribute, hint in hints.items():
        for note in getattr(hint, "__metadata__", ()):
            role = (note.extra_json_schema or {}).get("x-slot")
            if role:
                found[names[attribute]] = (attribute, role)
    return found


@cache
def key_slots(kind: str) -> tuple[str, ...]:
    """The key slots of a kind, in the contract's order."""
    return tuple(name for name, (_, role) in _slots(kind).items() if role == "key")


@cache
def value_slots(kind: str) -> tuple[str, ...]:
    """The value slots of a kind, in the contract's order."""
    return tuple(name for name, (_, role) in _slots(kind).items() if role != "key")


@cache
def holds_many(kind: str, slot: str) -> bool:
    """Whether several values of this slot may all hold."""
    return _slots(kind)[slot][1] == "many"


class _Reading(NamedTuple):
    """What reads a fact of one kind: its name, its key slots, its value slots."""

    kind: str
    keys: Callable[[Fact], tuple[str | None, ...]]
    values: tuple[tuple[str, str], ...]


@cache
def _reading(cls: type[Fact]) -> _Reading:
    kind = str(cls.__struct_config__.tag)
    slots = _slots(kind)
    keys = [attribute for attribute, role in slots.values() if role == "key"]
    values = ((name, attribute) for name, (attribute, role) in slots.items() if role != "key")
    read: Callable[[Fact], Any] = attrgetter(*keys)
    return _Reading(kind, read if len(keys) > 1 else lambda fact: (read(fact),), tuple(values))


def kind_of(fact: Fact) -> str:
    """The name of a fact's kind."""
    return _reading(type(fact)).kind


def keys_of(fact: Fact) -> tuple[str | None, ...]:
    """The values of the key slots, in order; None where a slot is null."""
    return _reading(type(fact)).keys(fact)


def values_of(fact: Fact) -> dict[str, SlotValue]:
    """The stated value slots, as given."""
    return {
        name: value
        for name, attribute in _reading(type(fact)).values
        if (value := getattr(fact, attribute)) is not None
    }


def make_fact(
    kind: str, slots: dict[str, SlotValue | None], happened: str | Happened | None = None
) -> Fact:
    """A fact from its kind and its slots by their JSON names."""
    attributes = {_slots(kind)[name][0]: value for name, value in slots.items()}
    return FACTS[kind](happened=happened, **attributes)
