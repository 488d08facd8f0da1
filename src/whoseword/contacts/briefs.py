"""The brief: what agencies already know of a door and its people, as of a moment.

A pure function of the statements that a reader may open. What that reader may not open changes no
byte of it (law 3), nor does what is recorded later (law 4). It tells history and never a score
(law 7), and it says what was not looked at: no record is never "safe" (law 5).
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, tzinfo
from typing import NamedTuple

import msgspec

from whoseword.access import Reader
from whoseword.contacts.addresses import UNIT
from whoseword.contacts.calls import NO_BIRTHS, Births, CallTold, address_in, call_told
from whoseword.contacts.contested import denials_in
from whoseword.contacts.opened import Incident, incidents_at
from whoseword.contacts.persons import read_person
from whoseword.contacts.rows import Sought, in_order_of_record, rows_of
from whoseword.contacts.shapes import Asked, Brief, CallBrief, PlaceRead, PlaceTold, Terms
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

MOST_DOORS = 5
"""How many doors of one call are looked under: a feed that tells of more tells of none."""

_sorted_json = msgspec.json.Encoder(order="sorted")


class Call(NamedTuple):
    """Whose door and people are asked for: an incident's, and the days of birth beside its facts.

    ``told_in`` are the classes of books that its place and people are taken from; None for all.
    """

    incident: str
    births: Births = NO_BIRTHS
    told_in: Collection[str] | None = None


class _For(NamedTuple):
    """For whom a brief is, as of when, and on which terms."""

    at: datetime
    reader: Reader
    terms: Terms
    zone: tzinfo


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
    return _brief(incidents_at(statements, at), asked, _For(at, reader, terms, zone))


def call_brief(
    statements: Iterable[Statement],
    call: Call,
    *,
    at: datetime,
    reader: Reader,
    terms: Terms,
    zone: tzinfo = UTC,
) -> CallBrief:
    """The brief for a call: its places and people are those that its own statements tell.

    The arguments are those of ``brief``.
    """
    every = list(statements)
    incidents = incidents_at(every, at)
    whose = _For(at, reader, terms, zone)
    if call.told_in is None:
        its = [one for one in incidents if one.slug == call.incident]
        places, people = _told(its, call, zone)
    else:
        places, people = told_of_call(every, call, at=at, zone=zone)
    asked = tuple(dict.fromkeys(one.asked for one in people))
    return CallBrief(
        incident=call.incident,
        as_of=moment_text(at),
        reader=reader.name,
        purpose=reader.purpose,
        places=places,
        people=people,
        briefs=tuple(
            _brief(incidents, Asked(place, asked), whose) for place in _looked_under(places)
        ),
    )


def told_of_call(
    statements: Iterable[Statement], call: Call, *, at: datetime, zone: tzinfo = UTC
) -> CallTold:
    """Where a call is told to be, and whom it names, as of a moment."""
    own = (one for one in statements if one.incident == call.incident)
    drawn = (one for one in own if call.told_in is None or one.handling in call.told_in)
    return _told(incidents_at(drawn, at), call, zone)


def _told(its: Sequence[Incident], call: Call, zone: tzinfo) -> CallTold:
    if not its:
        return CallTold((), ())
    return call_told(its[0], denials_in(its, zone), call.births)


def _looked_under(places: Sequence[PlaceTold]) -> list[str]:
    """The places that are looked under; what leads to no door is one, where there is no other."""
    doors = [one.place for one in places if one.read_as]
    return doors[:MOST_DOORS] or [one.place for one in places[:1]] or [""]


def _brief(incidents: Sequence[Incident], asked: Asked, whose: _For) -> Brief:
    at, terms = whose.at, whose.terms
    address = address_in(asked.address)
    persons = tuple(read_person(text) for text in asked.persons)
    rows = rows_of(incidents, Sought(address, persons, at, whose.zone, terms))
    found = [*rows.contacts, *rows.cautions]
    return Brief(
        as_of=moment_text(at),
        reader=whose.reader.name,
        purpose=whose.reader.purpose,
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


def brief_json(view: Brief | CallBrief) -> bytes:
    """The contract's JSON, keys sorted."""
    return _sorted_json.encode(view)
