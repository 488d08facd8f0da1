"""What an object tells of units: who is in them, that they were sent, arrived, or wait.

A unit's status words are the standard's; of them follow ``dispatched``, ``arrived`` and ``staged``.
Its members are its agents. A person in it may be anybody, a man who is taken somewhere too, and is
told as listed with it and no more: only a member's weapon leaves a clearance standing.

Which member of a unit is its clinician, medic, advocate, interpreter or social worker the standard
has no field for. A member's own card may say so, or that it is a police officer's. Of everybody else
it follows as no more than possible, from a role that is not known here, from the unit's type, or
from an attribute for somebody of that trade: unknown is hold (law 6), and a possible clinician is
held where a passed-over one would not be.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from whoseword.intake.eido.checking import Checked, Raw
from whoseword.intake.eido.marks import Mark, Part
from whoseword.intake.eido.registries import is_code
from whoseword.intake.eido.shapes import Dispatch, Resource
from whoseword.intake.eido.speaking import Cast, agency, agent_name, person
from whoseword.words import Basis, Fact, Hedge, Speaker, Stance
from whoseword.words.aftermath import Other
from whoseword.words.scene import Arrived, Dispatched, Related, Staged

KIND: Final = "emergencyResourceComponent"
LISTED: Final = "listed_with"
"""The relation of a person to a unit that lists them: not a word that makes anybody a member."""
_TYPE: Final = "emergencyResourceTypeCommonRegistryText"
_ATTRIBUTE: Final = "resourceAttributeRegistryText"
_SENT: Final = frozenset({"Dispatched", "EnRoute", "Arrived", "OnScene", "Staging"})
_THERE: Final = frozenset({"Arrived", "OnScene"})
_OF_TYPE: Final = {"CrisisInterventionUnit": "clinician", "VictimAdvocate": "advocate"}
_MEDICAL: Final = re.compile(
    r"Ambulance|Medical|Detox|Fire|Rescue|HazMat|RapidResponse|AirborneTransport"
)
"""In the type of a unit: whoever is in it is unarmed by trade, if by any."""
_OF_ATTRIBUTE: Final = {
    "CrisisInterventionSpecialist": "clinician",
    "Paramedic": "medic",
    "EMT": "medic",
    "AdvancedEMT": "medic",
    "EMSPhysician": "medic",
    "RegisteredNurse": "medic",
    "Firefighter": "medic",
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
_SWORN: Final = re.compile(
    r"(?:(?:senior|school|k-?9|swat|patrol|state|county|city) )*"
    r"(?:police|patrol|law enforcement|sheriff'?s|peace) (?:officer|sergeant|corporal|lieutenant"
    r"|captain|detective|deputy)"
    r"|(?:deputy )?sheriff|(?:sheriff'?s )?deputy|(?:state )?trooper|(?:police )?detective"
    r"|(?:state |k-?9 )?patrol(?:man|woman)"
)
"""A role that is a sworn officer's and nothing beside it: "crisis officer" is not, nor "officer"."""


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
    name = cast.unit(unit.id)
    members = tuple(agent_name(id_) for id_ in cast.crew(unit))
    mark = Mark(KIND, unit.id, "sent", *sent.by, derived=True)
    fact = Dispatched(unit=name, members=members or None)
    yield Part(mark, fact, sent.speaker, sent.said, Basis.RECORD)
    for who, relation, hedge in _relations(unit, cast):
        yield Part(
            Mark(KIND, unit.id, f"member {who}", *_by(unit), derived=True),
            Related(who=who, whom=name, relation=relation),
            cast.editor(unit),
            sent.said,
            Basis.UNSTATED if hedge is Hedge.PLAIN else Basis.INFERRED,
            stance=Stance.AFFIRMS,
            hedge=hedge,
        )


def _relations(unit: Resource, cast: Cast) -> Iterator[tuple[str, str, Hedge]]:
    """Who stands in which relation to a unit, and how surely that is told."""
    crew = cast.crew(unit)
    roles = {id_: " ".join((cast.card(id_).role or "").casefold().split()) for id_ in crew}
    trades = {id_: trade for id_, role in roles.items() if (trade := _trade(role))}
    of_unit = _of_unit(unit, set(trades.values()))
    for id_ in crew:
        if id_ in trades:
            yield agent_name(id_), trades[id_], Hedge.PLAIN
        elif roles[id_] and not _SWORN.fullmatch(roles[id_]):
            yield agent_name(id_), of_unit or "clinician", Hedge.POSSIBLE
        elif not roles[id_] and of_unit:
            yield agent_name(id_), of_unit, Hedge.POSSIBLE
    if not crew and of_unit:
        # Somebody is in it, whoever they are; left out, nobody would be held.
        yield f"crew of {cast.unit(unit.id)}", of_unit, Hedge.POSSIBLE
    for ref in unit.person_reference:
        if crew or not of_unit:
            yield person(ref.ref), LISTED, Hedge.PLAIN
        else:
            yield person(ref.ref), of_unit, Hedge.POSSIBLE


def _of_unit(unit: Resource, told: set[str]) -> str | None:
    """The trade of those in a unit of whom no card tells: by its type, else by an attribute.

    ``told`` are the trades that cards tell, of which an attribute then says no more. A word that is
    in no registry here may be anybody's trade.
    """
    kind = unit.emergency_resource_type_common_registry_text
    if kind in _OF_TYPE:
        return _OF_TYPE[kind]
    if _MEDICAL.search(kind):
        return "medic"
    trades = [_of_attribute(word) for word in unit.resource_attribute_registry_text]
    found = next((trade for trade in trades if trade and trade not in told), None)
    return found or (None if is_code(_TYPE, kind) else "clinician")


def _of_attribute(word: str) -> str | None:
    if word.endswith("Interpreter"):
        return "interpreter"
    return _OF_ATTRIBUTE.get(word) or (None if is_code(_ATTRIBUTE, word) else "clinician")


def _trade(role: str) -> str | None:
    return next((trade for word, trade in _TRADES.items() if word in role), None)


PROLOGUE: Final = (
    "$id",
    "lastUpdateTimeStamp",
    "updatedByAgencyReference",
    "updatedByAgentReference",
)
"""What every component begins with; it is told by a statement's own keys and its mark."""
