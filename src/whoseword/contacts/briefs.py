"""The brief: what agencies already know of a door and its people, as of a moment.

A pure function of the statements that a reader may open. What that reader may not open changes no
byte of it (law 3), nor does what is recorded later (law 4). It tells history and never a score
(law 7), and it says what was not looked at: no record is never "safe" (law 5).
"""

from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo

import msgspec

from whoseword.access import Reader
from whoseword.contacts.addresses import UNIT, read_address
from whoseword.contacts.opened import incidents_at
from whoseword.contacts.persons import read_person
from whoseword.contacts.rows import Sought, in_order_of_record, rows_of
from whoseword.contacts.shapes import Asked, Brief, PlaceRead, Terms
from whoseword.contacts.silence import not_checked
from whoseword.words import Statement
from whoseword.words.times import moment_text

PROMPTS = (
    "Call the child-welfare duty line for what is not shown here.",
    "Ask for name and date of birth before taking a history for somebody's own.",
    "A call is not an offence, and a caution is history: look at its date and its source.",
    "No record here does not mean safe.",
)
"""The same for every address and every reader, so that they tell nothing of what is held."""

_sorted_json = msgspec.json.Encoder(order="sorted")


def brief(
    statements: Iterable[Statement],
    asked: Asked,
    *,
    at: datetime,
    reader: Reader,
    terms: Terms,
    zone: tzinfo = UTC,
) -> Brief:
    """What these statements tell a reader of an address and of persons, as of a moment (inclusive).

    ``statements`` are those of the books that the reader opens, of every incident, each with
    ``id`` and ``recorded``; later ones are left out here. ``zone`` is the home's: it reads dates
    without an offset, and days end in it.
    """
    incidents = incidents_at(statements, at)
    address = read_address(asked.address)
    persons = tuple(read_person(text) for text in asked.persons)
    rows = rows_of(incidents, Sought(address, persons, at, zone, terms))
    found = [*rows.contacts, *rows.cautions]
    return Brief(
        as_of=moment_text(at),
        reader=reader.name,
        purpose=reader.purpose,
        rules=terms.rules,
        place=PlaceRead(asked.address, address.text, address.unit),
        unit=in_order_of_record(one for one in found if one.row.place_match == UNIT),
        person=in_order_of_record(one for one in found if one.is_the_persons),
        household=in_order_of_record(one for one in found if one.is_the_households),
        contacts=tuple(one.row for one in rows.contacts),
        cautions=tuple(one.row for one in rows.cautions),
        prompts=PROMPTS,
        not_checked=not_checked(incidents, address, terms.partners, at),
    )


def brief_json(view: Brief) -> bytes:
    """The contract's JSON, keys sorted."""
    return _sorted_json.encode(view)
