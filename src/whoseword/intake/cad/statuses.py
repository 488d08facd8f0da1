"""What the common unit status codes say, as kinds of fact.

The words are those of the registry "Secondary Unit Status - Common" (NENA-STA-021.1b, table 3-10,
which takes them from APCO's list of common unit status codes). They are words for tracking units, so
few of them state a fact of ours; the rest is told in words. ``Cleared`` among them says that a unit
left, and clears nobody.
"""

from typing import Final

from whoseword.words.aftermath import Other
from whoseword.words.fact import Fact
from whoseword.words.scene import Arrived, Dispatched, Moved, Staged

CODES: Final = frozenset(
    [
        *("AcknowledgedTransmission", "AlternateLocation", "Arrived", "Assigned"),
        *("AssignmentCancelled", "BacktoAssignedArea", "Backup", "Break", "CheckedIn", "Cleared"),
        *("COP_or_POP", "Court", "CoveringAlternateArea", "Delayed", "Departed", "Dispatched"),
        *("EnRoute", "EquipmentIssues", "Event", "Hospital", "InService", "Investigation"),
        *("Location", "Meal", "Meeting", "OffDuty", "OnDuty", "OnScene", "OutofService"),
        *("PatientContact", "Post", "ResponderInitiatedEvent", "RollCall", "Roster"),
        *("ShiftPending", "Staging", "Station", "TrafficStop", "Training", "Transporting"),
        "Unmanned",
    ]
)
"""Every code of the registry."""

_PLACES: Final = {
    "Court": "court",
    "Hospital": "hospital",
    "Post": "post",
    "Station": "station",
}
"""Codes that, beside one of going or coming, name where."""


def fact_of(codes: tuple[str, ...], unit: str, told: str) -> Fact:
    """What a unit's status says; ``told`` are the words to keep where no kind of fact fits.

    ``Arrived`` may be anywhere, and says where only beside a code that names it; ``OnScene`` is at
    the scene. A unit on its way somewhere has not come there.
    """
    its = set(codes)
    place = next((word for code, word in _PLACES.items() if code in its), None)
    if "EnRoute" in its or "Departed" in its or "AssignmentCancelled" in its:
        return Other(text=told)
    if "Dispatched" in its:
        return Dispatched(unit=unit)
    if "Transporting" in its:
        return Moved(by=unit, to=place)
    if "Staging" in its:
        return Staged(unit=unit)
    if "OnScene" in its:
        return Arrived(unit=unit, place="scene")
    if "Arrived" in its and its <= {"Arrived", *_PLACES}:
        return Arrived(unit=unit, place=place)
    return Other(text=told)
