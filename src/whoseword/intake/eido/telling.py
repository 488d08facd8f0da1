"""What an object says, part by part: the call, the people, the place, the notes, the rest.

Every component gives at least one part, and every field of it stands in exactly one, so that the
object can be written again from its statements (``writing``). Which kind of fact carries which
component stands in docs/decisions/0018-eido.md.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

import msgspec

from whoseword.intake.eido.cards import age_in, look_of, name_in, read_card
from whoseword.intake.eido.checking import Checked, Raw
from whoseword.intake.eido.marks import Mark, Part, label
from whoseword.intake.eido.noted import HTML, told_in
from whoseword.intake.eido.seen import plain_text
from whoseword.intake.eido.shapes import (
    AdditionalData,
    Agency,
    Agent,
    AlarmsSensors,
    Call,
    Callback,
    Component,
    Disposition,
    Incident,
    Link,
    Location,
    Merge,
    Notes,
    Person,
    Reference,
    Vehicle,
)
from whoseword.intake.eido.speaking import Cast, Voice, agency_name, agent_name, person
from whoseword.intake.eido.units import KIND as UNITS
from whoseword.intake.eido.units import PROLOGUE, unit_parts
from whoseword.words import Basis, Fact, Speaker, SpeakerKind
from whoseword.words.aftermath import Other
from whoseword.words.scene import Aged, Called, Classified, Located, Named, Related

_FINER: Final = re.compile(r"(\.\d{6})\d+")
_STATUS: Final = ("incidentStatusCommonRegistryText", "incidentStatusInternalText")
_PLACES: Final = {
    "InitialIncident": "first place of",
    "RoutingLocation": "routing of",
    "Investigation": "investigation of",
    "Staging": "staging of",
    "TowerLocation": "tower of",
}


def parts_of(checked: Checked) -> list[Part]:
    """Everything that an object says, in the object's order."""
    return list(_Telling(checked).all())


class _Telling:
    """One object on its way into parts."""

    def __init__(self, checked: Checked) -> None:
        self._checked = checked
        self._cast = Cast(checked)
        self._said = {one.id: as_said(one.last_update_time_stamp) for one in _every(checked)}

    def all(self) -> Iterator[Part]:
        """The parts."""
        eido, raw = self._checked.eido, self._checked.raw
        rest = {
            key: value for key, value in _rest(raw, "issuingElementIdentification").items()
            if not key.endswith("Component")
        }  # fmt: skip
        issuer = Speaker(
            eido.issuing_element_identification,
            SpeakerKind.AUTOMATON,
            agency_name(eido.updated_by_agency_reference.ref),
        )
        told = Other(text=f"{self._cast.incident} is the incident {eido.id}")
        yield self._part("$", eido, ("object", told, rest), Voice(issuer))
        tellers: dict[str, Callable[[Any, Raw], Iterator[Part]]] = {
            "agencyComponent": self._agency,
            "agentComponent": self._agent,
            "callComponent": self._call,
            "callbackComponent": self._callback,
            "locationComponent": self._location,
            "personComponent": self._person,
            "vehicleComponent": self._vehicle,
            "dispatchComponent": self._dispatch,
            "alarmsSensorsComponent": self._alarm,
            "notesComponent": self._note,
            "additionalDataComponent": self._data,
            "mergeComponent": self._merge,
            "linkComponent": self._link,
        }
        if eido.incident_component is not None:
            yield from self._incident(eido.incident_component, raw["incidentComponent"])
        for kind, teller in tellers.items():
            for one, its in zip(_list_of(eido, kind), raw.get(kind) or (), strict=True):
                yield from teller(one, its)
        yield from unit_parts(self._checked, self._cast, self._said)
        yield from self._newer({*tellers, UNITS, "incidentComponent"})

    def _part(
        self,
        kind: str,
        component: Component,
        told: tuple[str, Fact, Raw],
        voice: Voice | None = None,
        basis: Basis = Basis.UNSTATED,
    ) -> Part:
        name, fact, rest = told
        said = self._said[component.id]
        whose = voice or Voice(self._cast.editor(component))
        agent = component.updated_by_agent_reference
        agency = component.updated_by_agency_reference.ref
        mark = Mark(kind, component.id, name, agency, agent.ref if agent else None, rest)
        return Part(mark, fact, whose.speaker, said, basis, whose.via)

    def _incident(self, one: Incident, raw: Raw) -> Iterator[Part]:
        kind, call = "incidentComponent", self._cast.incident
        rest = _rest(raw, *_STATUS, "incidentTypeCommonRegistryText", "dispositionComponent")
        number = one.incident_common_priority_number
        priority = one.incident_priority_internal_text if number is None else str(number)
        fact = Classified(
            call=call, type=one.incident_type_common_registry_text, priority=priority or None
        )
        yield self._part(kind, one, ("type", fact, rest), basis=Basis.RECORD)
        words = [*one.incident_status_common_registry_text, *one.incident_status_internal_text]
        if words:
            told = Other(text=f"status of {call}: {', '.join(words)}")
            kept: Raw = {key: raw[key] for key in _STATUS if key in raw}
            yield self._part(kind, one, ("status", told, kept), basis=Basis.RECORD)
        for disposition, its in zip(
            one.disposition_component, raw.get("dispositionComponent") or (), strict=True
        ):
            yield self._disposition(disposition, its)

    def _disposition(self, one: Disposition, raw: Raw) -> Part:
        code, words = one.disposition_common_registry_code, one.disposition_description_text
        told = Other(
            text=f"disposition {code} of {self._cast.incident}" + (f": {words}" if words else "")
        )
        return self._part("dispositionComponent", one, ("disposition", told, _rest(raw)))

    def _agency(self, one: Agency, raw: Raw) -> Iterator[Part]:
        roles = _one(one.agency_role_description_registry_text)
        who = agency_name(one.id)
        fact = Related(who=who, whom=self._cast.incident, relation=roles)
        kind = "agencyComponent"
        rest = _rest(raw, "agencyRoleDescriptionRegistryText", "agencyJcard")
        yield self._part(kind, one, ("roles", fact, rest))
        yield from self._card(kind, one, who, ("agencyJcard", one.agency_jcard))

    def _agent(self, one: Agent, raw: Raw) -> Iterator[Part]:
        who, whom = agent_name(one.id), agency_name(one.agency_reference.ref)
        fact = Related(who=who, whom=whom, relation="agent_of")
        kind = "agentComponent"
        yield self._part(kind, one, ("agent", fact, _rest(raw, "agentJcard")))
        yield from self._card(kind, one, who, ("agentJcard", one.agent_jcard))

    def _card(
        self, kind: str, one: Component, who: str, card: tuple[str, str | None]
    ) -> Iterator[Part]:
        field, text = card
        if text is not None:
            name = read_card(text).name
            fact = Named(who=who, name=name) if name else Other(text=f"a card of {who}")
            yield self._part(kind, one, ("card", fact, {field: text}))

    def _call(self, one: Call, raw: Raw) -> Iterator[Part]:
        call, callers = label("call", one.id), self._cast.callers(one)
        fact = Called(
            call=call,
            caller=_one(tuple(person(id_) for id_ in callers)),
            to=agency_name(one.updated_by_agency_reference.ref)
            if one.direction == "incoming"
            else None,
            happened=as_said(one.call_start_timestamp),
        )
        state = "callStateRegistryText"
        rest = _rest(raw, state, "callStartTimestamp")
        yield self._part("callComponent", one, ("call", fact, rest), basis=Basis.RECORD)
        told = Other(text=f"state of {call}: {one.call_state_registry_text}")
        kept = {state: raw[state]}
        yield self._part("callComponent", one, ("state", told, kept), basis=Basis.RECORD)

    def _callback(self, one: Callback, raw: Raw) -> Iterator[Part]:
        ways = [*one.call_back_information_uri]
        if one.updated_cbn is not None:
            ways.append(one.updated_cbn.updated_cbn_identifier_uri)
        told = Other(text=f"call back: {', '.join(ways) or one.device_contact_header or one.id}")
        yield self._part("callbackComponent", one, ("callback", told, _rest(raw)))

    def _location(self, one: Location, raw: Raw) -> Iterator[Part]:
        placed = self._checked.places.get(one.id)
        text = placed.text if placed else one.location_by_reference_url
        text = text or one.location_description_text or ""
        rest = _rest(raw, "locationByValue")
        voice = Voice(self._cast.editor(one))
        if placed is not None:
            rest["pidf"], rest["spans"] = placed.kept, [list(span) for span in placed.spans]
        if placed is not None and placed.found_by_machine:
            agency = agency_name(one.updated_by_agency_reference.ref)
            voice = Voice(Speaker(f"location by {placed.method}", SpeakerKind.AUTOMATON, agency))
        elif one.location_type_description_registry_text == "Caller":
            voice = self._caller_at(one) or voice
        what = self._what(one)
        fact: Fact = Located(what=what, place=text) if text.strip() else Other(text=f"{what}: ?")
        yield self._part("locationComponent", one, ("place", fact, rest), voice)

    def _caller_at(self, one: Location) -> Voice | None:
        """The caller, relayed, where the place is that of the one caller of one call."""
        calls = [call for call in self._checked.eido.call_component
                 if one.id in _ids(call.location_reference)]  # fmt: skip
        return self._cast.relayed(calls, one)

    def _what(self, one: Location) -> str:
        """What is at a place: the incident, by the location's type; else whatever refers to it."""
        kind, eido = one.location_type_description_registry_text, self._checked.eido
        if kind == "CurrentIncident":
            return self._cast.incident
        if kind in _PLACES:
            return f"{_PLACES[kind]} {self._cast.incident}"
        for unit in eido.emergency_resource_component:
            for ref, words in (
                (unit.unit_location_reference, ""), (unit.unit_destination_reference, "goal of ")
            ):  # fmt: skip
                if ref is not None and ref.ref == one.id:
                    return f"{words}{self._cast.unit(unit.id)}"
        for told in eido.person_component:
            if one.id in _ids(told.location_reference):
                return person(told.id)
        for vehicle in eido.vehicle_component:
            if one.id in _ids(vehicle.location_reference):
                return label("vehicle", vehicle.id)
        for call in eido.call_component:
            if one.id in _ids(call.location_reference):
                return f"caller on {label('call', call.id)}"
        return label("place", one.id)

    def _person(self, one: Person, raw: Raw) -> Iterator[Part]:
        who, kind, voice = person(one.id), "personComponent", self._cast.about(one)
        told = dict(one.nc_person_component or {})
        parts: list[tuple[str, Fact, Raw]] = []
        if name := name_in(told):
            parts.append(("name", Named(who=who, name=name), {"name": told.pop("name")}))
        if age := age_in(told):
            kept: Raw = {
                key: told.pop(key) for key in ("ageMeasure", "ageDescription") if key in told
            }
            parts.append(("age", Aged(who=who, age=age), kept))
        rest = _rest(raw, "personIncidentRoleRegistryText", "ncPersonComponent")
        if one.nc_person_component is not None:
            rest["ncPersonComponent"] = told
        roles = _one(one.person_incident_role_registry_text)
        fact = Related(who=who, whom=self._cast.incident, relation=roles)
        for part in (("roles", fact, rest), *parts):
            yield self._part(kind, one, part, voice)

    def _vehicle(self, one: Vehicle, raw: Raw) -> Iterator[Part]:
        name, kind = label("vehicle", one.id), "vehicleComponent"
        rest = _rest(raw, "vehicleRelationshipType", "vehicleRelationshipTimeStamp",
                     "ncVehicleComponent")  # fmt: skip
        fact = Related(
            who=name,
            whom=self._cast.incident,
            relation=_one(one.vehicle_relationship_type),
            happened=as_said(one.vehicle_relationship_time_stamp),
        )
        rest["vehicleRelationshipTimeStamp"] = one.vehicle_relationship_time_stamp
        yield self._part(kind, one, ("relation", fact, rest))
        if one.nc_vehicle_component is not None:
            look = look_of(one.nc_vehicle_component) or "looks not told"
            kept = {"ncVehicleComponent": one.nc_vehicle_component}
            yield self._part(kind, one, ("look", Other(text=f"{name}: {look}"), kept))

    def _dispatch(self, one: Any, raw: Raw) -> Iterator[Part]:
        units = ", ".join(self._cast.unit(ref.ref) for ref in one.emergency_resource_reference)
        told = Other(text=f"dispatch of {units or 'no unit'} to {self._cast.incident}")
        yield self._part("dispatchComponent", one, ("dispatch", told, _rest(raw)),
                         basis=Basis.RECORD)  # fmt: skip

    def _alarm(self, one: AlarmsSensors, raw: Raw) -> Iterator[Part]:
        words = one.csaa_alarm_information or one.alarm_url or "no word of it"
        party = agency_name(one.updated_by_agency_reference.ref)
        machine = Speaker("alarm", SpeakerKind.AUTOMATON, party)
        if one.agent_reference is not None:
            machine = self._cast.agent(one.agent_reference.ref)
        told = ("alarm", Other(text=f"alarm: {words}"), _rest(raw))
        yield self._part("alarmsSensorsComponent", one, told, Voice(machine), Basis.RECORD)

    def _note(self, one: Notes, raw: Raw) -> Iterator[Part]:
        text = one.notes_action_comments
        rest = _rest(raw, "notesActionComments")
        plain = plain_text(text)
        if plain != text or not plain.strip():
            rest[HTML] = text
        voice = Voice(self._cast.author(one))
        told = Other(text=plain if plain.strip() else "a note without words")
        part = self._part("notesComponent", one, ("note", told, rest), voice)
        yield told_in(text, part)

    def _data(self, one: AdditionalData, raw: Raw) -> Iterator[Part]:
        block, url = self._checked.blocks.get(one.id), one.additional_data_by_reference_url
        words = f"{block.name}: {block.told}" if block else url or one.additional_data_by_value
        network = Speaker("caller's network", SpeakerKind.AUTOMATON)
        told = Other(text=f"data with the call: {words or one.url_purpose or one.id}")
        yield self._part("additionalDataComponent", one, ("data", told, _rest(raw)), Voice(network))

    def _merge(self, one: Merge, raw: Raw) -> Iterator[Part]:
        told = Other(
            text=f"{self._cast.incident}: {one.incident_merge_direction_code} "
            f"{one.incident_tracking_identifier}"
        )
        yield self._part("mergeComponent", one, ("merge", told, _rest(raw)))

    def _link(self, one: Link, raw: Raw) -> Iterator[Part]:
        told = Other(
            text=f"{self._cast.incident}: linked as {one.link_direction_code} to "
            f"{one.incident_tracking_identifier}"
        )
        yield self._part("linkComponent", one, ("link", told, _rest(raw)))

    def _newer(self, known: set[str]) -> Iterator[Part]:
        """Components of newer drafts: kept whole, told as not read."""
        eido = self._checked.eido
        for kind, value in self._checked.raw.items():
            if not kind.endswith("Component") or kind in known:
                continue
            for at, its in enumerate(value if isinstance(value, list) else [value]):
                told = Other(text=f"{kind} of {self._cast.incident}, which is not read here")
                part = self._part("$", eido, ("newer", told, {"it": its}))
                id_ = its.get("$id") if isinstance(its, dict) else None
                mark = msgspec.structs.replace(
                    part.mark,
                    kind=kind,
                    id=id_ or f"{eido.id}#{kind}/{at}",
                    rest={"it": its, "one": not isinstance(value, list)},
                )
                yield part._replace(mark=mark)


def _every(checked: Checked) -> Iterator[Component]:
    """Every component of an object that has a time of its own, the object first."""
    eido = checked.eido
    yield eido
    for field in eido.__struct_fields__:
        value = getattr(eido, field)
        if isinstance(value, Component):
            yield value
        elif isinstance(value, tuple):
            yield from value
    if eido.incident_component is not None:
        yield from eido.incident_component.disposition_component


def _list_of(eido: Any, kind: str) -> tuple[Any, ...]:
    field = re.sub(r"(?<!^)([A-Z])", r"_\1", kind).lower()
    found: tuple[Any, ...] = getattr(eido, field)
    return found


def _rest(raw: Raw, *carried: str) -> Raw:
    """The fields of a component that no other part carries."""
    left_out = {*PROLOGUE, *carried}
    return {key: value for key, value in raw.items() if key not in left_out}


def _ids(references: tuple[Reference, ...]) -> set[str]:
    return {one.ref for one in references}


def _one(words: tuple[str, ...]) -> str | tuple[str, ...] | None:
    """What a slot holds: nothing, a word, or several."""
    return words if len(words) > 1 else words[0] if words else None


def as_said(moment: str) -> str:
    """A moment as a statement tells it: as it was sent, to the microsecond."""
    return _FINER.sub(r"\1", moment.upper())
