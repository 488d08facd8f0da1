"""An object written again from its statements: what a reader opens, as it stands, without history.

The standard's object is an incident's present state ("entities will query the Logging Service" for
the rest), so each part is told as it was said last. What a reader may not open, or was sealed, leaves
no trace in it: a reference to it goes with it, and a component without its main part is left out.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple

from whoseword.intake.eido.marks import Mark, mark_of, moment_in
from whoseword.intake.eido.noted import HTML, OF
from whoseword.intake.eido.places import write_place
from whoseword.intake.eido.registries import UNKNOWN_TYPE
from whoseword.intake.eido.shapes import REFERS_TO
from whoseword.words import Fact, Statement
from whoseword.words.aftermath import Other
from whoseword.words.fact import SlotValue
from whoseword.words.scene import Called, Classified, Located, Related

Raw = dict[str, Any]
SINGLE: Final = "incidentComponent"
_NEEDED: Final = frozenset(
    {"updatedByAgencyReference", "agencyReference", "updatedByAgentReference"}
)
_KEEPS_EMPTY: Final = frozenset({("emergencyResourceComponent", "agentReference")})


class Piece(NamedTuple):
    """A statement that came by a feed, with its mark."""

    statement: Statement
    mark: Mark


class Written(NamedTuple):
    """The components written so far, by kind, then by id; and the fields of the object itself."""

    components: dict[str, dict[str, Raw]]
    top: Raw

    def put(self, kind: str, component: Raw) -> None:
        """Add a component, or put it in the place of the one with its id."""
        self.components.setdefault(kind, {})[component["$id"]] = component


def pieces_of(statements: Iterable[Statement]) -> list[Piece]:
    """What stands of the parts of components: of each part what was said last.

    What was replaced or follows from other parts is left out.
    """
    told = list(statements)
    replaced = {one.replaces for one in told if one.replaces is not None}
    latest: dict[tuple[str, str], tuple[tuple[int, str], Piece]] = {}
    for one in told:
        mark = mark_of(one)
        if mark is None or mark.derived or str(one.id) in replaced:
            continue
        rank = moment_in(one.said), str(one.id)
        key = mark.id, mark.part
        if key not in latest or latest[key][0] < rank:
            latest[key] = rank, Piece(one, mark)
    return [piece for _, piece in latest.values()]


def written_again(pieces: Iterable[Piece]) -> Written:
    """The components that these parts tell, as they were sent."""
    written = Written({}, {})
    by_component: dict[tuple[str, str], dict[str, Piece]] = {}
    for piece in pieces:
        its = by_component.setdefault((piece.mark.kind, piece.mark.id), {})
        its[piece.mark.part] = piece
    for (kind, _), parts in by_component.items():
        if "newer" in parts:
            _put_newer(written, kind, parts["newer"])
        elif kind == "$":
            written.top.update(_prologue(parts) | parts["object"].mark.rest)
        else:
            component = _component(kind, parts)
            if component is not None:
                written.put(kind, _prologue(parts) | component)
    _nest_dispositions(written)
    return written


def _prologue(parts: Mapping[str, Piece]) -> Raw:
    last = max(parts.values(), key=lambda one: (moment_in(one.statement.said), one.mark.part))
    agency, agent = last.mark.agency, last.mark.agent
    told: Raw = {
        "$id": last.mark.id,
        "lastUpdateTimeStamp": last.statement.said,
        "updatedByAgencyReference": {"$ref": agency},
    }
    if agent is not None:
        told["updatedByAgentReference"] = {"$ref": agent}
    return told


def _put_newer(written: Written, kind: str, piece: Piece) -> None:
    it = piece.mark.rest["it"]
    if piece.mark.rest.get("one"):
        written.top[kind] = it
    else:
        written.top.setdefault(kind, []).append(it)


def _component(kind: str, parts: Mapping[str, Piece]) -> Raw | None:
    """A component without what every one begins with; None where its main part is not there."""
    main = parts.get(_MAIN[kind])
    if main is None:
        return _without_main(kind, parts)
    told: Raw = {key: value for key, value in main.mark.rest.items() if key != OF}
    told.update(_FROM_FACT.get(kind, _nothing)(main.statement.fact, told))
    for name, piece in parts.items():
        if piece is main:
            continue
        if name in ("name", "age"):
            told["ncPersonComponent"] = told.get("ncPersonComponent", {}) | piece.mark.rest
        else:
            told.update(piece.mark.rest)
    if kind == "emergencyResourceComponent" and "primaryUnitStatusRegistryText" not in told:
        return None
    return None if kind == "callComponent" and "callStateRegistryText" not in told else told


def _without_main(kind: str, parts: Mapping[str, Piece]) -> Raw | None:
    """What can be told of a component all the same, with the words for what is not known."""
    if kind == "personComponent":
        told: Raw = {}
        for piece in parts.values():
            told |= piece.mark.rest
        return {"personIncidentRoleRegistryText": ["InvolvedPerson"], "ncPersonComponent": told}
    if kind == SINGLE:
        rest = {key: value for one in parts.values() for key, value in one.mark.rest.items()}
        return {"incidentTypeCommonRegistryText": UNKNOWN_TYPE} | rest
    return None


_MAIN: Final = {
    "agencyComponent": "roles",
    "agentComponent": "agent",
    "incidentComponent": "type",
    "dispositionComponent": "disposition",
    "callComponent": "call",
    "callbackComponent": "callback",
    "locationComponent": "place",
    "personComponent": "roles",
    "vehicleComponent": "relation",
    "dispatchComponent": "dispatch",
    "alarmsSensorsComponent": "alarm",
    "notesComponent": "note",
    "additionalDataComponent": "data",
    "mergeComponent": "merge",
    "linkComponent": "link",
    "emergencyResourceComponent": "unit",
}


def _nothing(_fact: Fact, _rest: Raw) -> Raw:
    return {}


def _agency(fact: Fact, _rest: Raw) -> Raw:
    assert isinstance(fact, Related)
    return {"agencyRoleDescriptionRegistryText": words_in(fact.relation)}


def _agent(fact: Fact, rest: Raw) -> Raw:
    if "agencyReference" in rest:
        return {}
    # Earlier versions kept the agency's id in the fact alone.
    assert isinstance(fact, Related)
    return {"agencyReference": {"$ref": str(fact.whom)}}


def _incident(fact: Fact, _rest: Raw) -> Raw:
    assert isinstance(fact, Classified)
    return {"incidentTypeCommonRegistryText": fact.type}


def _call(fact: Fact, _rest: Raw) -> Raw:
    assert isinstance(fact, Called)
    return {"callStartTimestamp": fact.happened}


def _person(fact: Fact, _rest: Raw) -> Raw:
    assert isinstance(fact, Related)
    return {"personIncidentRoleRegistryText": words_in(fact.relation)}


def _vehicle(fact: Fact, _rest: Raw) -> Raw:
    assert isinstance(fact, Related)
    return {"vehicleRelationshipType": words_in(fact.relation)}


def _place(fact: Fact, rest: Raw) -> Raw:
    kept, spans = rest.pop("pidf", None), rest.pop("spans", [])
    if kept is None or not isinstance(fact, Located):
        return {}
    return {
        "locationByValue": write_place(str(fact.place), kept, tuple(tuple(one) for one in spans))
    }


def _note(fact: Fact, rest: Raw) -> Raw:
    text = rest.pop(HTML, None)
    return {"notesActionComments": text or (fact.text if isinstance(fact, Other) else "")}


_FROM_FACT: Final[dict[str, Callable[[Fact, Raw], Raw]]] = {
    "agencyComponent": _agency,
    "agentComponent": _agent,
    "incidentComponent": _incident,
    "callComponent": _call,
    "personComponent": _person,
    "vehicleComponent": _vehicle,
    "locationComponent": _place,
    "notesComponent": _note,
}


def words_in(value: SlotValue | None) -> list[str]:
    """The words of a slot as a list; none where it holds none."""
    if isinstance(value, tuple):
        return list(value)
    return [str(value)] if value is not None else []


def _nest_dispositions(written: Written) -> None:
    """Put dispositions into the incident, where the standard has them."""
    closed = written.components.pop("dispositionComponent", {})
    incidents = written.components.get(SINGLE)
    if closed and incidents:
        last = max(incidents.values(), key=lambda one: moment_in(one["lastUpdateTimeStamp"]))
        last["dispositionComponent"] = [closed[id_] for id_ in sorted(closed)]


def whole(written: Written) -> Raw:
    """The object's JSON: components in the order of their ids, references to others pruned."""
    told = {
        key: sorted(value, key=repr) if isinstance(value, list) else value
        for key, value in written.top.items()
    }
    for kind in sorted(written.components):
        its = written.components[kind]
        if kind == SINGLE and its:
            told[kind] = max(its.values(), key=lambda one: moment_in(one["lastUpdateTimeStamp"]))
        elif its:
            told[kind] = [its[id_] for id_ in sorted(its)]
    ids = {kind: set(its) for kind, its in written.components.items()}
    return _pruned(told, ids, "$")


def _pruned(component: Raw, ids: Mapping[str, set[str]], kind: str) -> Raw:
    """A component without the references to what is not in the object."""
    kept: Raw = {}
    for name, value in component.items():
        if value is None:
            continue
        if name in REFERS_TO:
            of = ids.get(REFERS_TO[name], set())
            if isinstance(value, list):
                value = [one for one in value if one["$ref"] in of]
                if not value and (kind, name) not in _KEEPS_EMPTY:
                    continue
            elif value["$ref"] not in of and name not in _NEEDED:
                continue
        elif isinstance(value, list) and name.endswith("Component"):
            value = [_pruned(one, ids, name) if isinstance(one, dict) else one for one in value]
        elif isinstance(value, dict) and name in (SINGLE, "updatedCbn"):
            value = _pruned(value, ids, name)
        kept[name] = value
    return kept
