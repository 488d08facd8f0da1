"""What a place or a street is also called, as an agency lists it.

A caller says "Tamarack Court" where the map says "2218 Tamarack Lane", and "Highway 24" where it
says "Sallow Road". An agency knows such names and lists them; nothing is guessed from likeness. A
name of a building never tells a unit of it.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from whoseword.contacts.addresses import Address, read_address


class AliasFault(ValueError):
    """A line of a list of other names that cannot be taken."""


class Aliases(NamedTuple):
    """Buildings by their other names, and streets by theirs, each in short forms."""

    buildings: Mapping[str, Address]
    streets: Mapping[str, str]


NO_ALIASES = Aliases({}, {})


def read_aliases(pairs: Iterable[tuple[str, str]]) -> Aliases:
    """The list of other names, from pairs of a name and what it is another name of.

    Raises AliasFault where a name has a house number, is given to two places, or where what it
    stands for tells no street.
    """
    buildings: dict[str, Address] = {}
    streets: dict[str, str] = {}
    for name, meant in pairs:
        other, place = read_address(name), read_address(meant)
        if other.number or not other.street or not place.street:
            raise AliasFault(
                f"{name!r} cannot stand for {meant!r}: a name without a house number is needed, "
                "and an address or a street; correct the line"
            )
        known = buildings.get(other.street) or streets.get(other.street)
        if known not in (None, _house(place), place.street):
            raise AliasFault(f"{name!r} is given to two places; keep the line that is right")
        if place.is_house:
            buildings[other.street] = _house(place)
        else:
            streets[other.street] = place.street
    return Aliases(buildings, streets)


def by_alias(address: Address, aliases: Aliases) -> Address:
    """The address under the names of the map; itself where no other name is listed.

    Where the town that was told is not the town of the building, nothing is changed.
    """
    if address.number is None and (house := aliases.buildings.get(address.street)):
        if any(
            told is not None and kept is not None and told != kept
            for told, kept in ((address.town, house.town), (address.state, house.state))
        ):
            return address
        return house._replace(
            wing=address.wing or house.wing,
            floor=address.floor,
            unit=address.unit,
            town=address.town or house.town,
            state=address.state or house.state,
            postcode=address.postcode or house.postcode,
        )
    streets = aliases.streets
    if address.cross is None:
        return address._replace(street=streets.get(address.street, address.street))
    both = (address.street, address.cross)
    first, second = sorted(streets.get(one, one) for one in both)
    return address._replace(street=first, cross=second)


def _house(place: Address) -> Address:
    return place._replace(floor=None, unit=None)
