"""What a contact card (jCard, RFC 7095) and NIEM's person and vehicle tell in words.

Both are deep; what a statement can say of them is a name, an age, a look. All of it is kept as it
came, so that nothing is lost where this program reads only a part.
"""

import json
import re
from typing import Any, Final, NamedTuple

_PROGRAMS: Final = frozenset({"application", "device"})
"""Kinds of card that belong to no person: RFC 6473 (application), RFC 6869 (device)."""
_UNSOUND: Final = re.compile("[\x00\ud800-\udfff]")
_UNITS: Final = {"ANN": "", "MON": " months", "WEE": " weeks", "DAY": " days"}


class Card(NamedTuple):
    """A contact card: the name on it, its roles and titles in one line, whether it is a program's."""

    name: str | None = None
    role: str | None = None
    is_program: bool = False


def read_card(text: str | None) -> Card:
    """What a jCard tells; an empty card where the text is none."""
    try:
        card = json.loads(text or "null")
    except (ValueError, RecursionError):
        return Card()
    if not (isinstance(card, list) and len(card) == 2 and isinstance(card[1], list)):
        return Card()
    told: dict[str, list[str]] = {}
    for one in card[1]:
        for value in one[3:] if isinstance(one, list) else ():
            # JSON within JSON can spell what the outer one was refused for.
            words = _UNSOUND.sub("", value).strip() if isinstance(value, str) else ""
            if words:
                told.setdefault(str(one[0]).lower(), []).append(words)
    names = told.get("fn") or told.get("org") or [""]
    roles = dict.fromkeys([*told.get("role", ()), *told.get("title", ())])
    kinds = told.get("kind") or [""]
    return Card(names[0] or None, ", ".join(roles) or None, kinds[0].lower() in _PROGRAMS)


def program_card(name: str) -> str:
    """The jCard of a program (RFC 7095, KIND of RFC 6473)."""
    return json.dumps(
        ["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", name],
                   ["kind", {}, "text", "application"]]],
    )  # fmt: skip


def name_card(name: str) -> str:
    """The jCard of somebody of whom a name is known."""
    return json.dumps(["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", name]]])


def words_of(value: Any) -> str:
    """The text of a NIEM value: a text, ``{"value": …}``, or a list of them, of which the first."""
    if isinstance(value, list):
        return words_of(value[0]) if value else ""
    if isinstance(value, dict):
        return words_of(value.get("value"))
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return f"{value:g}"
    return " ".join(str(value).split())


def name_in(person: dict[str, Any]) -> str:
    """The full name of an ``ncPersonType``; empty where none is told."""
    names = person.get("name")
    name = names[0] if isinstance(names, list) and names else names
    if not isinstance(name, dict):
        return words_of(name)
    parts = ("personGivenName", "personMiddleName", "personSurName")
    return words_of(name.get("personFullName")) or " ".join(
        part for part in (words_of(name.get(one)) for one in parts) if part
    )


def age_in(person: dict[str, Any]) -> str:
    """The age that an ``ncPersonType`` tells, in years where no unit is named; else empty."""
    measures = person.get("ageMeasure")
    measure = measures[0] if isinstance(measures, list) and measures else measures
    if isinstance(measure, dict):
        number = words_of(measure.get("integerValue")) or words_of(measure.get("decimalValue"))
        unit = words_of(measure.get("timeUnitCode")) or "ANN"
        if number:
            return f"{number}{_UNITS.get(unit, f' {unit}')}"
    return words_of(person.get("ageDescription"))


def birth_in(person: dict[str, Any]) -> str:
    """The birth date that an ``ncPersonType`` tells; empty where none is."""
    dates = person.get("birthDate")
    date = dates[0] if isinstance(dates, list) and dates else dates
    return words_of(date.get("date")) if isinstance(date, dict) else words_of(date)


def person_named(name: str) -> dict[str, Any]:
    """An ``ncPersonType`` of which the full name is known."""
    return {"name": [{"personFullName": [{"value": name}]}]}


def age_of(age: str) -> dict[str, Any]:
    """The part of an ``ncPersonType`` that tells an age, as it was said."""
    return {"ageDescription": [{"value": age}]}


def look_of(vehicle: dict[str, Any]) -> str:
    """A vehicle's look in a line: colour, year, make, model, style, plate."""
    fields = ("conveyanceColorPrimary", "colorDescription", "modelYearDate", "makeName",
              "modelName", "style", "description")  # fmt: skip
    told = [words_of(vehicle.get(one)) for one in fields]
    plates = vehicle.get("identification")
    told += [
        words_of(plate.get("identificationId") or plate.get("id"))
        for plate in (plates if isinstance(plates, list) else [plates])
        if isinstance(plate, dict)
    ]
    return " ".join(one for one in told if one)
