"""Many objects of many incidents, as a busy night sends them, and how many statements they give."""

import json

from eido_objects import INCIDENT, LATER, OFFICER, an_object, encoded, later, note

OF_ONE = 37
"""The statements of an incident's first object; each later one adds a note."""


def burst(incidents: int, states: int) -> list[bytes]:
    """The objects: each incident's states in their order, the incidents taking turns."""
    every: list[list[bytes]] = []
    for at in range(incidents):
        told = json.loads(
            encoded(an_object()).replace(INCIDENT.encode(), f"{INCIDENT}-{at}".encode())
        )
        found = [encoded(told)]
        for nth in range(1, states):
            told = later(told, note(f"later{nth}", f"state {nth} of {at}", OFFICER, LATER))
            found.append(encoded(told))
        every.append(found)
    return [one for turn in zip(*every, strict=True) for one in turn]


def statements_of(incidents: int, states: int) -> int:
    """How many statements they give in all."""
    return incidents * (OF_ONE + states - 1)
