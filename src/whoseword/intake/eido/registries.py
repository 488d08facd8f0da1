"""The code words of the registries that NENA-STA-021.1b names, and which field takes which.

The words are kept in ``codes.txt``, which says where their meanings stand. Registries that the
standard borrows and does not list (call states and call types of STA-010.3, agent roles, the IANA
responder services) are not checked here: a word that this program does not know may be a new one.
"""

from functools import cache
from pathlib import Path
from typing import Final

_CODES: Final = Path(__file__).with_name("codes.txt")
_INTERPRETER: Final = "Interpreter"

UNKNOWN_TYPE: Final = "TROUBLE"
"""The incident type for trouble of a type that is not known (APCO 2.103.2)."""

FIELDS: Final = {
    "agencyRoleDescriptionRegistryText": "agency role",
    "incidentTypeCommonRegistryText": "incident type",
    "incidentStatusCommonRegistryText": "incident status",
    "reportNumberType": "report number",
    "dispositionCommonRegistryCode": "disposition",
    "personIncidentRoleRegistryText": "person role",
    "vehicleRelationshipType": "vehicle relation",
    "locationTypeDescriptionRegistryText": "location type",
    "primaryUnitStatusRegistryText": "primary status",
    "secondaryUnitStatusRegistryText": "secondary status",
    "emergencyResourceTypeCommonRegistryText": "resource type",
    "resourceAttributeRegistryText": "resource attribute",
}
"""The registry of each field that has one."""


@cache
def registries() -> dict[str, frozenset[str]]:
    """Every registry's words, by the registry's name in ``FIELDS``."""
    found: dict[str, set[str]] = {}
    words: set[str] = set()
    for line in _CODES.read_text("utf-8").splitlines():
        if line.startswith("["):
            words = found.setdefault(line.strip("[]"), set())
        elif not line.startswith("#"):
            words.update(line.split())
    interpreters = found.pop("interpreter")
    found["resource attribute"] |= {f"{one}{_INTERPRETER}" for one in interpreters}
    return {name: frozenset(its) for name, its in found.items()}


def is_code(field: str, word: str) -> bool:
    """Whether a word stands in the registry of a field; true for a field that has none."""
    registry = FIELDS.get(field)
    return registry is None or word in registries()[registry]
