"""A brief for tests, asked in a line: ``brief_of(contact(), persons=["Ana Ruiz"])``.

Invented people and places only.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any

from telling import LATER, told
from whoseword.access import parse_reader
from whoseword.contacts import Asked, Brief, Row, Terms, brief
from whoseword.words import Statement

DOOR = "14 Harrow Lane Apt 3"
NEIGHBOUR = "14 Harrow Lane Apt 4"
HOUSE = "14 Harrow Lane"
ANA = "Ana Ruiz, 1990-04-02"
DIVISION = {"name": "Children's Division", "kind": "agency", "party": "childrens-division"}
OFFICER = {"name": "officer-1", "kind": "responder", "party": "harrow-police"}
READER = parse_reader("officer@harrow-police")
RULES = "0f" * 32


def contact(place: str | None = DOOR, **parts: Any) -> Statement:
    """A knock by the children's division, by its own word."""
    given = {"by": DIVISION, "agency": "childrens-division", "outcome": "no_answer"}
    return told("contact", place=place, **(given | parts))


def located(place: str = DOOR, **parts: Any) -> Statement:
    """Where the call of an incident is."""
    return told("located", what="call-1", place=place, **parts)


def armed(**parts: Any) -> Statement:
    """The woman had a knife, an officer says."""
    return told("armed", **({"who": "woman", "weapon": "knife", "by": OFFICER} | parts))


def brief_of(
    *statements: Statement,
    address: str = DOOR,
    persons: Iterable[str] = (),
    at: datetime = LATER,
    partners: Sequence[str] = (),
    keeps: Mapping[str, int] | None = None,
    zone: tzinfo = UTC,
) -> Brief:
    """The brief of these statements for an officer."""
    return brief(
        statements,
        Asked(address, tuple(persons)),
        at=at,
        reader=READER,
        terms=Terms(RULES, keeps or {}, tuple(partners)),
        zone=zone,
    )


def only(rows: Sequence[Row]) -> Row:
    """The one row there is."""
    assert len(rows) == 1, [row.matter for row in rows]
    return rows[0]
