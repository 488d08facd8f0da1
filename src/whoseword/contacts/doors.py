"""At which door an incident was, and how near that is to the one asked for.

An incident is where its ``located`` statements say; where they tell no address, where its
contacts were. Told of two units of one building it is the building's, for nobody then knows behind
which door it was; so it is where the place is only possible, believed or denied.
"""

from collections.abc import Iterator
from typing import NamedTuple

from whoseword.contacts.addresses import (
    BUILDING,
    NEAREST_FIRST,
    UNIT,
    Address,
    place_match,
    read_address,
)
from whoseword.contacts.contested import Denials, Told, place_of
from whoseword.contacts.opened import Incident, is_plain, live_of, words_of
from whoseword.words import parse_matter

_PLACES_IN = {"located": "place", "requested": "about"}


class _Door(NamedTuple):
    """An address that an incident is told to be at, and whether that is told plainly."""

    address: Address
    sure: bool


def incident_match(asked: Address, incident: Incident, denials: Denials) -> str | None:
    """How near an incident was to the address asked for."""
    doors = [
        (match, door)
        for door in _doors(incident, denials)
        if (match := place_match(asked, door.address))
    ]
    if not doors:
        return None
    nearest = min((match for match, _ in doors), key=NEAREST_FIRST.index)
    if nearest != UNIT:
        return nearest
    units = {door.address.unit for match, door in doors if match in (UNIT, BUILDING)} - {None}
    sure = any(door.sure for match, door in doors if match == UNIT)
    return UNIT if sure and len(units) == 1 else BUILDING


def _doors(incident: Incident, denials: Denials) -> list[_Door]:
    located = list(_told_at(incident, denials, "located"))
    if any(door.address.number for door in located):
        return located
    return [*located, *_told_at(incident, denials, "contact")]


def _told_at(incident: Incident, denials: Denials, kind: str) -> Iterator[_Door]:
    for matter, take in live_of(incident, kind):
        sure = is_plain(take) and not denials.of(Told(incident, matter, take))
        place = place_of(matter)
        places = (place,) if place else words_of(take.value.get("place"), incident.names)
        for word in places:
            yield _Door(read_address(word), sure)


def is_about(asked: Address, incident: Incident) -> bool:
    """Whether anything in an incident, a question or a silence too, tells of that building."""
    for matter, takes in incident.takes.items():
        slot, place = _PLACES_IN.get(matter.kind), place_of(matter)
        if slot is None and place is None:
            continue
        for take in takes:
            words = words_of(take.value.get(slot) if slot else place, incident.names)
            if take.replaced_by is None and any(concerns(asked, word) for word in words):
                return True
    return False


def concerns(asked: Address, words: str) -> bool:
    """Whether words are of that building: an address, or a matter of history at one."""
    topic = parse_matter(words)
    place = words if topic is None else place_of(topic)
    return place_match(asked, read_address(place or "")) in (UNIT, BUILDING)
