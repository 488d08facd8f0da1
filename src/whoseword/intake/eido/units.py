"""What an object tells of units: who is in them, that they were sent, arrived, or wait.

A unit's status words are the standard's; of them follow ``dispatched``, ``arrived`` and ``staged``.
Which member of a unit is its clinician, medic, advocate, interpreter or social worker the standard
has no field for. A member's own card may say so. Else it follows, as no more than possible, from
the unit's type or from an attribute for somebody of that trade, for every member that no card tells
of: unknown is hold (law 6), and a possible clinician is held where a passed-over one would not be.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from whoseword.intake.eido.checking import Checked, Raw
from whoseword.intake.eido.marks import Mark, Part
from whoseword.intake.eido.shapes import Dispatch, Resource
from whoseword.intake.eido.speaking import Cast, agency
from whoseword.words import Basis, Fact, Hedge, Speaker, Stance
from whoseword.words.aftermath import Other
from whoseword.words.scene import Arrived, Dispatched, Related, Staged

KIND: Final = "emergencyResourceComponent"
_SENT: Final = frozenset({"Dispatched", "EnRoute", "Arrived", "OnScene", "Staging"})
_THERE: Final = frozenset({"Arrived", "OnScene"})
_OF_TYPE: Final = {
    "CrisisInterventionUnit": "clinician",
    "VictimAdvocate": "advocate",
    "GroundALSAmbulance": "medic",
    "GroundBLSAmbulance": "medic",
}
_OF_ATTRIBUTE: Final = {
    "CrisisInterventionSpecialist": "clinician",
    "Paramedic": "medic",
    "EMT": "medic",
    "AdvancedEMT": "medic",
    "RegisteredNurse": "medic",
}
_TRADES: Final = {
    "clinician": "clinician",
    "counselor": "clinician",
    "psychologist": "clinician",
    "paramedic": "medic",
    "medic": "medic",
    "emt": "medic",
    "advocate": "advocate",
    "interpreter": "interpreter",
    "social worker": "social_worker",
}


class Sent(NamedTuple):
    """That a unit was sent, by whom, when."""

    speaker: Speaker
    said: str
    by: tuple[str, str | None]


def unit_parts(checked: Checked, cast: Cast, said: dict[str, str]) -> Iterator[Part]:
    """What the object says of each unit. ``said`` tells when each component was changed."""
    sent = _sent(checked, cast, said)
    for unit, raw in zip(
        checked.eido.emergency_resource_component, checked.raw.get(KIND) or (), strict=True
    ):
        yield from _parts(unit, raw, cast, said[unit.id])
        by = sent.get(unit.id)
        words = set(unit.secondary_unit_status_registry_text)
        editor = cast.editor(unit)
        if by is None and words & _SENT:
            by = Sent(editor, said[unit.id], _by(unit))
        if by is not None:
            yield from _sending(unit, by, cast)
        name = cast.unit(unit.id)
        told: list[tuple[str, Fact]] = []
        if words & _THERE:
            told.append(("arrived", Arrived(unit=name)))
        if "Staging" in words:
            told.append(("staged", Staged(unit=name)))
        for part, fact in told:
            mark = Mark(KIND, unit.id, part, *_by(unit), derived=True)
            yield Part(mark, fact, editor, said[unit.id], Basis.RECORD)


def _by(component: Resource | Dispatch) -> tuple[str, str | None]:
    agent = component.updated_by_agent_reference
    return component.updated_by_agency_reference.ref, agent.ref if agent else None


def _sent(checked: Checked, cast: Cast, said: dict[str, str]) -> dict[str, Sent]:
    """Which units were sent by a dispatch, the first of several."""
    found: dict[str, Sent] = {}
    for one in checked.eido.dispatch_component:
        if one.agent_reference is not None:
            speaker = cast.agent(one.agent_reference.ref)
        elif one.updated_by_agent_reference is not None:
            speaker = cast.editor(one)
        else:
            speaker = agency(one.updated_by_agency_reference)
        for unit in one.emergency_resource_reference:
            found.setdefault(unit.ref, Sent(speaker, said[one.id], _by(one)))
    return found


def _parts(unit: Resource, raw: Raw, cast: Cast, said: str) -> Iterator[Part]:
    editor, by, name = cast.editor(unit), _by(unit), cast.unit(unit.id)
    status = ("primaryUnitStatusRegistryText", "secondaryUnitStatusRegistryText",
              "unitStatusInternal")  # fmt: skip
    left_out = {*PROLOGUE, *status}
    rest = {key: value for key, value in raw.items() if key not in left_out}
    fact = Related(
        who=name, whom=cast.incident, relation=unit.emergency_resource_type_common_registry_text
    )
    yield Part(Mark(KIND, unit.id, "unit", *by, rest), fact, editor, said, Basis.RECORD)
    words = ", ".join(
        [unit.primary_unit_status_registry_text, *unit.secondary_unit_status_registry_text]
    )
    kept = {key: raw[key] for key in status if key in raw}
    mark = Mark(KIND, unit.id, "status", *by, kept)
    yield Part(mark, Other(text=f"status of {name}: {words}"), editor, said, Basis.RECORD)


def _sending(unit: Resource, sent: Sent, cast: Cast) -> Iterator[Part]:
    name, members = cast.unit(unit.id), cast.members(unit)
    relations = _relations(unit, cast, members)
    crew: tuple[str, ...] = members
    if not members and relations:
        # Somebody is in it, whoever they are; left out, nobody would be held.
        crew = tuple(relations)
    fact = Dispatched(unit=name, members=crew or None)
    mark = Mark(KIND, unit.id, "sent", *sent.by, derived=True)
    yield Part(mark, fact, sent.speaker, sent.said, Basis.RECORD)
    editor = cast.editor(unit)
    for who, (relation, hedge) in relations.items():
        yield Part(
            Mark(KIND, unit.id, f"member {who}", *_by(unit), derived=True),
            Related(who=who, whom=name, relation=relation),
            editor,
            sent.said,
            Basis.UNSTATED if hedge is Hedge.PLAIN else Basis.INFERRED,
            stance=Stance.AFFIRMS,
            hedge=hedge,
        )


def _relations(
    unit: Resource, cast: Cast, members: tuple[str, ...]
) -> dict[str, tuple[str, Hedge]]:
    """Who in a unit is unarmed by trade, and how surely that is told."""
    found: dict[str, tuple[str, Hedge]] = {}
    untold = []
    for who in members:
        role = cast.card(who).role
        trade = _trade(role) if role else None
        if trade:
            found[who] = (trade, Hedge.PLAIN)
        elif role is None:
            untold.append(who)
    of_unit = _OF_TYPE.get(unit.emergency_resource_type_common_registry_text)
    if of_unit is None:
        told = {relation for relation, _ in found.values()}
        trades = [_of_attribute(one) for one in unit.resource_attribute_registry_text]
        of_unit = next((one for one in trades if one and one not in told), None)
    if of_unit is not None:
        for who in untold if members else (f"crew of {cast.unit(unit.id)}",):
            found[who] = (of_unit, Hedge.POSSIBLE)
    return found


def _of_attribute(word: str) -> str | None:
    return "interpreter" if word.endswith("Interpreter") else _OF_ATTRIBUTE.get(word)


def _trade(role: str) -> str | None:
    words = role.casefold()
    return next((trade for word, trade in _TRADES.items() if word in words), None)


PROLOGUE: Final = (
    "$id",
    "lastUpdateTimeStamp",
    "updatedByAgencyReference",
    "updatedByAgentReference",
)
"""What every component begins with; it is told by a statement's own keys and its mark."""
