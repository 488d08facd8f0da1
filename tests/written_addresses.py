"""Invented addresses, and the ways in which people write, say and dispatch a unit of a building.

``FORMS`` are the seventeen of the field's own comparisons, ``MORE`` are others that were met since.
"""

import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

STREETS = (
    "Tamarack Lane", "Alder Court", "Sallow Street", "N Quarry Road", "Old Mill Pike", "Saint Ives Ave",
    "Avenue C", "East 14th Street", "Highway 24", "County Road 9", "Marlow St", "West End Blvd",
    "Grand Park Circle", "Broadway", "SW 3rd Ave", "Court Street", "Lake Shore Drive", "The Crescent",
    "Park Place", "Bridge St N", "Five Oaks Trail", "Union Pass Rd", "King George Way", "Apple Blossom Ter",
)  # fmt: skip
TOWNS = (
    ("Orrin Mills", "MO", "64057"), ("Wexmoor", "MO", "64055"), ("St Brendan", "IL", "62701"),
    ("Fort Sable", "KS", "66002"), ("Lake Dunmore", "MO", "65010"), ("New Harrow", "IA", "50801"),
)  # fmt: skip


class Door(NamedTuple):
    """A unit of a building: the line of its street, its town, state and postcode, the unit."""

    line: str
    town: str
    state: str
    postcode: str
    unit: str


Form = Callable[[Door], str]


def _in(pattern: str, *, as_said: str = "") -> Form:
    def written(door: Door) -> str:
        told = pattern.format(l=door.line, t=door.town, s=door.state, z=door.postcode, x=door.unit)
        return told.upper() if as_said == "upper" else told.lower() if as_said == "lower" else told

    return written


FORMS: dict[str, Form] = {
    "APT x": _in("{l} APT {x}, {t}, {s} {z}"),
    ", Apt. x,": _in("{l}, Apt. {x}, {t}, {s} {z}"),
    "#x": _in("{l} #{x}, {t}, {s} {z}"),
    "# x": _in("{l} # {x}, {t}, {s} {z}"),
    "Unit x": _in("{l} Unit {x}, {t}, {s} {z}"),
    "x after the street": _in("{l} {x}, {t}, {s} {z}"),
    ", x,": _in("{l}, {x}, {t}, {s} {z}"),
    "Apt x, first": _in("Apt {x}, {l}, {t}, {s} {z}"),
    "aptx": _in("{l} apt{x}, {t}, {s} {z}"),
    "apartment x": _in("{l} apartment {x}, {t}, {s} {z}"),
    "apt no. x": _in("{l} apt no. {x}, {t}, {s} {z}"),
    "RM x": _in("{l} RM {x}, {t}, {s} {z}"),
    "BLDG 3 APT x": _in("{l} BLDG 3 APT {x}, {t}, {s} {z}"),
    "2nd Fl Apt x": _in("{l} 2nd Fl Apt {x}, {t}, {s} {z}"),
    "LOT x": _in("{l} LOT {x}, {t}, {s} {z}"),
    "said, without a town": _in("{l} apartment {x}", as_said="lower"),
    "dispatched ;x": _in("{l} ;{x}", as_said="upper"),
}
MORE: dict[str, Form] = {
    "dispatched with a town": _in("{l} ;{x} ,{t}", as_said="upper"),
    "no commas": _in("{l} APT {x} {t} {s} {z}"),
    "apt #x": _in("{l} apt #{x}, {t}, {s} {z}"),
    "(Apt x)": _in("{l} (Apt {x}), {t}, {s} {z}"),
    "- Apt x": _in("{l} - Apt {x}, {t}, {s} {z}"),
    "Apt: x": _in("{l} Apt: {x}, {t}, {s} {z}"),
    "apartment number x": _in("{l} apartment number {x}, {t}, {s} {z}"),
    "Unit #x first": _in("Unit #{x}, {l}, {t}, {s}"),
    "TRLR x": _in("{l} TRLR {x}, {t}, {s}"),
    "unitx": _in("{l} unit{x}, {t}, {s}"),
    "/ x": _in("{l} / {x}, {t}, {s}"),
    "Flat x, first": _in("Flat {x}, {l}, {t}, {s}"),
    "APT x BLDG 3": _in("{l} APT {x} BLDG 3, {t}, {s} {z}"),
    "FL 2 STE x": _in("{l} FL 2 STE {x}, {t}, {s} {z}"),
    "on lines": _in("{l}\nApt {x}\n{t}, {s} {z}"),
}
WITHOUT: dict[str, Form] = {
    "no unit": _in("{l}, {t}, {s} {z}"),
    "no unit, no commas": _in("{l} {t} {s} {z}"),
    "the line alone": _in("{l}"),
}
"""Forms in which no unit is told; what is read as one would be another door's history."""


def doors(count: int, seed: int = 5) -> Iterator[Door]:
    """Invented doors, the same for the same seed."""
    draw = random.Random(seed)
    for _ in range(count):
        line = f"{draw.randrange(1, 9900)} {draw.choice(STREETS)}"
        letter, low = draw.choice("ABCDFGHJKLMPRT"), draw.randrange(1, 40)
        units = (
            str(low),
            str(draw.randrange(101, 1500)),
            f"{low}{letter}",
            f"{letter}{low}",
            letter,
        )
        yield Door(line, *draw.choice(TOWNS), draw.choice(units))
