"""Whose word each part of an object is, and what its people, units and calls are called.

STA-021.1b says of a component who changed it last, and of a note who wrote it; it does not say who
told what stands in a component. So a component is the word of the agent who changed it last, else
of that agent's agency, and nothing in it is first-hand but an agency's own log of its own acts. What
stands about the people on a call is the caller's word, relayed by the agent who wrote it down, where
that is somebody who was on that call: what an officer at the scene wrote no caller said. What a
machine measured is a machine's word.

Nobody is anybody else here (law 6). Equal names in one incident are one person, and a plain member of
a unit may have a weapon without ending a clearance. So what a sender calls somebody is taken for a
name only where it can be nobody's in a book: an agent's id with its domain (STA-010.3), an agency's
domain. Any other goes by a label, and so does a unit whose name looks like one.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from whoseword.intake.eido.cards import Card, read_card
from whoseword.intake.eido.checking import Checked
from whoseword.intake.eido.marks import label
from whoseword.intake.eido.shapes import Agent, Call, Component, Notes, Person, Reference, Resource
from whoseword.words import Relay, Speaker, SpeakerKind

CALLERS: Final = frozenset({"Caller", "ReportingParty"})
_AGENT: Final = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
_AGENCY: Final = re.compile(r"[^@\s.]+(?:\.[^@\s.]+)+")
_LABEL: Final = re.compile(r".*-[0-9a-f]{8}", re.DOTALL)
_KINDS: Final = (
    (SpeakerKind.INVOLVED, frozenset({"Victim", "Patient", "Suspect", "PersonOfInterest"})),
    (SpeakerKind.RELATIVE, frozenset({"PatientRelative", "VictimRelative"})),
    (SpeakerKind.WITNESS, frozenset({"Witness", "PatientAcquaintance", "VictimAcquaintance"})),
)


class Voice(NamedTuple):
    """A speaker, and those through whom the word came, nearest to the speaker first."""

    speaker: Speaker
    via: tuple[Relay, ...] = ()


class Cast:
    """Everybody in an object: agents, agencies, callers, and the names of things without one."""

    def __init__(self, checked: Checked) -> None:
        eido = checked.eido
        self.incident = label("call", eido.id)
        self._agents = {one.id: one for one in eido.agent_component}
        self._ids = {one.id for one in (*eido.agent_component, *eido.agency_component)}
        self._cards = {one.id: read_card(one.agent_jcard) for one in eido.agent_component}
        self._persons = {one.id: one for one in eido.person_component}
        self._calls = eido.call_component
        self._responders = {
            ref.ref for unit in eido.emergency_resource_component for ref in unit.agent_reference
        }
        self._machines = {
            one.agent_reference.ref
            for one in eido.alarms_sensors_component
            if one.agent_reference is not None
        }
        names = Counter(one.emergency_resource_name for one in eido.emergency_resource_component)
        self._units = {
            one.id: self._unit(one, names[one.emergency_resource_name])
            for one in eido.emergency_resource_component
        }

    def card(self, agent: str) -> Card:
        """The contact card of an agent."""
        return self._cards.get(agent, Card())

    def unit(self, id_: str) -> str:
        """The name of a unit: the one it goes by, told apart where another has it too."""
        return self._units[id_]

    def _unit(self, unit: Resource, bearing: int) -> str:
        name = (unit.emergency_resource_name or "").strip()
        if not name:
            return label("unit", unit.id)
        is_own = bearing == 1 and name not in self._ids and not _LABEL.fullmatch(name)
        return name if is_own else f"{name} {label('unit', unit.id)}"

    def crew(self, unit: Resource) -> tuple[str, ...]:
        """The ids of the agents of a unit who are people, in the order of the object."""
        agents = (one.ref for one in unit.agent_reference if not self.card(one.ref).is_program)
        return tuple(dict.fromkeys(agents))

    def agent(self, id_: str) -> Speaker:
        """An agent as a speaker: a responder, a program, or somebody in an office."""
        agent: Agent = self._agents[id_]
        name, party = agent_name(id_), agency_name(agent.agency_reference.ref)
        if id_ in self._machines or self.card(id_).is_program:
            return Speaker(name, SpeakerKind.AUTOMATON, party)
        kind = SpeakerKind.RESPONDER if id_ in self._responders else SpeakerKind.OFFICIAL
        return Speaker(name, kind, party)

    def editor(self, component: Component) -> Speaker:
        """Who changed a component last."""
        if component.updated_by_agent_reference is not None:
            return self.agent(component.updated_by_agent_reference.ref)
        return agency(component.updated_by_agency_reference)

    def author(self, note: Notes) -> Speaker:
        """Who wrote a note."""
        if note.agent_reference is not None:
            return self.agent(note.agent_reference.ref)
        return self.editor(note)

    def callers(self, call: Call) -> list[str]:
        """The ids of the persons who made a call, in the order of the object."""
        named = {one.ref for one in call.person_reference}
        return [
            one.id
            for one in self._persons.values()
            if (one.id in named or call.id in one.call_identifier)
            and CALLERS & set(one.person_incident_role_registry_text)
        ]

    def on_calls(self, told: str) -> list[Call]:
        """The calls that a person is part of."""
        return [
            call
            for call in self._calls
            if told in {one.ref for one in call.person_reference}
            or (told in self._persons and call.id in self._persons[told].call_identifier)
        ]

    def about(self, told: Person) -> Voice:
        """Whose word stands in a person's component: the one caller's of its calls, relayed.

        Where no call, or more than one caller, is behind it, nobody can tell who said it; it is
        the word of whoever wrote it down. So it is where that is nobody who was on the call.
        """
        return self.relayed(self.on_calls(told.id), told) or Voice(self.editor(told))

    def relayed(self, calls: Sequence[Call], component: Component) -> Voice | None:
        """The one caller of calls, relayed by who changed a component last; None where it is not so."""
        callers = {one for call in calls for one in self.callers(call)}
        writer, editor = component.updated_by_agent_reference, self.editor(component)
        if len(callers) != 1 or writer is None or editor.kind is not SpeakerKind.OFFICIAL:
            return None
        if not any(writer.ref in _on(call) for call in calls):
            return None
        return Voice(self.caller(next(iter(callers))), (Relay(editor.name, editor.kind),))

    def caller(self, id_: str) -> Speaker:
        """A person on the line as a speaker."""
        roles = set(self._persons[id_].person_incident_role_registry_text)
        kind = next((kind for kind, its in _KINDS if roles & its), SpeakerKind.UNNAMED)
        return Speaker(person(id_), kind)


def _on(call: Call) -> set[str]:
    """The ids of the agents who were on a call, or began it in the records."""
    agents = {one.ref for one in call.agent_reference}
    first = call.updated_by_agent_reference
    return agents or ({first.ref} if first is not None else set())


def agency(reference: Reference) -> Speaker:
    """An agency as a speaker, as one body."""
    name = agency_name(reference.ref)
    return Speaker(name, SpeakerKind.AGENCY, name)


def agent_name(id_: str) -> str:
    """What an agent is called: by an id that has its domain, else by a label."""
    return id_ if _AGENT.fullmatch(id_) else label("agent", id_)


def agency_name(id_: str) -> str:
    """What an agency is called: by its domain, else by a label."""
    return id_ if _AGENCY.fullmatch(id_) else label("agency", id_)


def person(id_: str) -> str:
    """What a person is called: by the id, since no machine says who two people are (law 6)."""
    return label("person", id_)
