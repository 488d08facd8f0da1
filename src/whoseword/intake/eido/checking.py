"""An object out of bytes, held to the standard before anything is taken from it.

What the schema of NENA-STA-021.1b asks for, and what its text asks beyond it: that every reference
names a component of the object, that words stand in their registries, that a place comes by value
or by reference and never by both. Each fault names its path. Lenient where the sender loses nothing
by it: fields of newer drafts are kept; an object of a newer version may use words that are not in
the registries here; a moment without an offset is taken, and read in the home's zone like any
other; both spellings of ``lastUpdateTimeStamp`` are known.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final, NamedTuple

import msgspec

from whoseword.intake.eido.blocks import Block, read_block
from whoseword.intake.eido.faults import FeedFault
from whoseword.intake.eido.niem import check_niem
from whoseword.intake.eido.places import Placed, read_place
from whoseword.intake.eido.registries import FIELDS, is_code
from whoseword.intake.eido.shapes import REFERS_TO, TIMES, URLS, VERSION, WORDS, Eido
from whoseword.words import WordFault
from whoseword.words.decoding import parse_json

_ID: Final = "$id"
_REF: Final = "$ref"
_CHANGED: Final = "lastUpdateTimeStamp"
_MISSPELT: Final = "lastUpdateTimestamp"
_SPACE: Final = re.compile(r"\s")
_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_MOMENT: Final = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)?"
)
_FINER: Final = re.compile(r"(\.\d{6})\d+")
_AT: Final = re.compile(r"^(?P<what>.*?)(?: - at `\$(?P<path>.*)`)?$", re.DOTALL)
_NAMED: Final = re.compile(r"`([^`]*)`")

_CHECKED: Final = frozenset({*REFERS_TO, *TIMES, *FIELDS, *WORDS, *URLS})

Raw = dict[str, Any]


class Checked(NamedTuple):
    """An object that holds to the standard.

    ``raw`` is its JSON as it came, ``places`` and ``blocks`` what the XML in it tells, by the
    ``$id`` of the component.
    """

    eido: Eido
    raw: Raw
    places: dict[str, Placed]
    blocks: dict[str, Block]


def read_eido(content: bytes) -> Checked:
    """The object in a file or a message. Raises ``FeedFault`` for the first thing that is wrong."""
    try:
        raw = parse_json(content)
    except WordFault as fault:
        where = "$" if fault.field == "line" else f"$.{fault.field}"
        raise FeedFault(where, fault.problem, "send one EIDO, a JSON object in UTF-8") from None
    return check_eido(raw)


def check_eido(raw: Raw) -> Checked:
    """An object's JSON, checked. Raises ``FeedFault``."""
    _spell(raw)
    try:
        eido = msgspec.convert(raw, Eido)
    except msgspec.ValidationError as error:
        raise _told(str(error)) from None
    if not eido.issuing_element_identification.strip():
        raise FeedFault(
            "$.issuingElementIdentification", "is empty", "name the element that made the object"
        )
    components = list(components_of(raw))
    ids = _ids(components)
    strictly = eido.eido_version == VERSION
    for path, component in components:
        for name in sorted(_CHECKED & component.keys()):
            _check_field(f"{path}.{name}", name, component[name], (ids, strictly))
    places, blocks = _places(eido, raw), {}
    for at, person in enumerate(eido.person_component):
        check_niem(person.nc_person_component or {}, f"$.personComponent[{at}].ncPersonComponent")
    for at, vehicle in enumerate(eido.vehicle_component):
        look = vehicle.nc_vehicle_component or {}
        check_niem(look, f"$.vehicleComponent[{at}].ncVehicleComponent")
    for at, data in enumerate(eido.additional_data_component):
        path = f"$.additionalDataComponent[{at}].additionalDataByValue"
        block = read_block(data.additional_data_by_value or "", path)
        if block is not None:
            blocks[data.id] = block
    return Checked(eido, raw, places, blocks)


def _places(eido: Eido, raw: Raw) -> dict[str, Placed]:
    """What the documents in places tell, by the id of the place. Raises ``FeedFault``."""
    places = {}
    for at, place in enumerate(eido.location_component):
        path = f"$.locationComponent[{at}]"
        if place.location_by_value is not None and place.location_by_reference_url is not None:
            raise FeedFault(
                f"{path}.locationByReferenceUrl",
                "stands beside locationByValue",
                "send a place by value or by reference, never both",
            )
        if place.location_by_value is not None:
            places[place.id] = read_place(place.location_by_value, f"{path}.locationByValue")
        for field in ("crossStreetByValue", "intersectingStreetByValue"):
            for nth, street in enumerate(raw["locationComponent"][at].get(field) or ()):
                read_place(street, f"{path}.{field}[{nth}]")
    return places


def check_strictly(checked: Checked) -> None:
    """Hold an object that we send to what we do not ask of others. Raises ``FeedFault``.

    A call has a person who is its caller; every component names the agent who changed it last.
    """
    callers = {
        id_
        for one in checked.eido.person_component
        if "Caller" in one.person_incident_role_registry_text
        for id_ in (one.id, *one.call_identifier)
    }
    for at, call in enumerate(checked.eido.call_component):
        if call.id not in callers and not callers & {one.ref for one in call.person_reference}:
            raise FeedFault(
                f"$.callComponent[{at}].personReference", "names no caller", "name its caller"
            )
    for path, component in components_of(checked.raw):
        kind = path.partition(".")[2].partition("[")[0].partition(".")[0] or "eidoVersion"
        is_ours = kind in Eido.__struct_encode_fields__ and kind != "agencyComponent"
        if is_ours and "updatedByAgentReference" not in component:
            raise FeedFault(
                f"{path}.updatedByAgentReference", "is missing", "name who changed it last"
            )


def components_of(raw: Raw) -> Iterator[tuple[str, Raw]]:
    """Every component of an object with its path, the object itself first, nested ones last."""
    yield "$", {key: value for key, value in raw.items() if not key.endswith("Component")}
    for key, value in raw.items():
        if not key.endswith("Component"):
            continue
        several = isinstance(value, list)
        for at, one in enumerate(value if several else [value]):
            if not isinstance(one, dict):
                continue
            path = f"$.{key}[{at}]" if several else f"$.{key}"
            yield path, one
            closed = one.get("dispositionComponent")
            for nth, inner in enumerate(closed if isinstance(closed, list) else ()):
                if isinstance(inner, dict):
                    yield f"{path}.dispositionComponent[{nth}]", inner
            if isinstance(one.get("updatedCbn"), dict):
                yield f"{path}.updatedCbn", one["updatedCbn"]


def _spell(raw: Raw) -> None:
    """Write the one field that senders spell in two ways as the standard does.

    A field that is null is one that was not sent, as other senders write it.
    """
    for _, component in components_of(raw):
        for name in [name for name, value in component.items() if value is None]:
            del component[name]
        if _MISSPELT in component and _CHANGED not in component:
            component[_CHANGED] = component.pop(_MISSPELT)
    if _MISSPELT in raw and _CHANGED not in raw:
        raw[_CHANGED] = raw.pop(_MISSPELT)


def _ids(components: list[tuple[str, Raw]]) -> dict[str, str]:
    """The kind of component of each id. Raises ``FeedFault``."""
    found: dict[str, str] = {}
    for path, component in components:
        id_ = component.get(_ID)
        if not isinstance(id_, str):
            continue
        if not id_ or _SPACE.search(id_):
            raise FeedFault(f"{path}.{_ID}", f"{id_!r} is no id", "give one without spaces")
        if id_ in found:
            raise FeedFault(
                f"{path}.{_ID}", f"{id_!r} names another component too", "give each one of its own"
            )
        found[id_] = path.split(".")[1].split("[")[0] if path != "$" else path
    return found


def _check_field(path: str, name: str, value: Any, known: tuple[dict[str, str], bool]) -> None:
    ids, strictly = known
    if name in REFERS_TO:
        for at, one in _each(value):
            _check_reference((path, at), one, REFERS_TO[name], ids)
    elif name in TIMES and isinstance(value, str):
        if not is_moment(value):
            raise FeedFault(path, f"{value!r} is no time", "write it as 2031-05-02T14:03:00-05:00")
    elif name in FIELDS and strictly:
        for at, one in _each(value):
            if isinstance(one, str) and not is_code(name, one):
                raise FeedFault(
                    path + at,
                    f"{one!r} is not in the registry of {FIELDS[name]}s",
                    "use a word of NENA-STA-021.1b, or give the eidoVersion that has it",
                )
    elif name in WORDS and value not in WORDS[name]:
        given = ", ".join(sorted(WORDS[name]))
        raise FeedFault(path, f"{value!r} is none of its words", f"use one of {given}")
    elif name in URLS:
        for at, one in _each(value):
            if isinstance(one, str) and not _URL.fullmatch(one):
                raise FeedFault(path + at, f"{one!r} is no URL", "write it with its scheme")


def _each(value: Any) -> list[tuple[str, Any]]:
    """A field's members, each with what its path adds; the field itself where it holds one thing."""
    if isinstance(value, list):
        return [(f"[{at}]", one) for at, one in enumerate(value)]
    return [] if value is None else [("", value)]


def _check_reference(path: tuple[str, str], reference: Any, kind: str, ids: dict[str, str]) -> None:
    id_ = reference.get(_REF) if isinstance(reference, dict) else None
    if isinstance(id_, str) and ids.get(id_) == kind:
        return
    where = "".join(path)
    if not isinstance(id_, str):
        raise FeedFault(where, "is no reference", 'write {"$ref": the $id of a component}')
    if id_ not in ids:
        raise FeedFault(
            f"{where}.{_REF}",
            f"{id_!r} names no component of this object",
            f"send the {kind} that it names along",
        )
    raise FeedFault(f"{where}.{_REF}", f"{id_!r} is a {ids[id_]}", f"name one of {kind} here")


def is_moment(text: str) -> bool:
    """Whether a text is a moment of RFC 3339, with or without its offset."""
    if not _MOMENT.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(_FINER.sub(r"\1", text.upper()))
    except ValueError:
        return False
    return True


def _told(message: str) -> FeedFault:
    """What the parser says, told in this trade's words."""
    match = _AT.match(message)
    what = match["what"] if match else message
    path = "$" + ((match["path"] or "") if match else "")
    named = _NAMED.findall(what)
    if "missing required field" in what:
        return FeedFault(f"{path}.{named[0]}", "is missing", "send it; the standard requires it")
    told = what.replace("`", "").replace("Expected ", "must be ").replace(", got ", ", and is ")
    for theirs, ours in (("str", "text"), ("bool", "true or false"), ("array", "a list"),
                         ("object", "an object"), ("int", "a whole number")):  # fmt: skip
        told = re.sub(rf"\b{theirs}\b", ours, told)
    return FeedFault(path, told, "send it as the standard's schema has it")
