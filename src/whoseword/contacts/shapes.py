"""What a brief is asked and what it answers, as the contract's section 5 writes it in JSON."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from whoseword.account.shapes import Shown


class Asked(NamedTuple):
    """An address as it was asked, and persons as "NAME" or "NAME, DOB" (``YYYY-MM-DD``)."""

    address: str
    persons: tuple[str, ...] = ()


class Terms(NamedTuple):
    """What a home's rules say of a brief.

    ``keeps`` are whole years by kind of fact; a kind that is not in it is kept without end.
    ``partners`` are the agencies with which this home exchanges, ``rules`` is the hash of the
    rule set that says so.
    """

    rules: str
    keeps: Mapping[str, int]
    partners: tuple[str, ...] = ()


class PlaceRead(msgspec.Struct, frozen=True, gc=False):
    """The address as asked and as it was read; ``unit`` is null where none is known."""

    asked: str
    read_as: str
    unit: str | None


class PersonMatch(msgspec.Struct, frozen=True, gc=False):
    """A person who was asked for and may be meant, and why; never a number (law 7)."""

    name: str
    reasons: tuple[str, ...]


class Row(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, kw_only=True):
    """One statement of history: whose, of when, on whose word, how near, and until when it shows.

    ``agency`` is the one that had the contact, else the one that keeps the book. ``when`` is as it
    was said, null where nobody said it; ``place_match`` is null where only the person brings the
    row here; ``said_by`` is the head of the chain, ``via`` the relays. ``contested_by`` are the
    denials of the same matter that stand, left out where none does.
    """

    statement: str
    agency: str | None
    kind: str
    matter: str
    when: str | None
    recorded: str
    outcome: Any
    value: Shown
    stance: str
    hedge: str
    said_by: str
    via: tuple[str, ...]
    reviewed: bool
    place_match: str | None
    person_match: PersonMatch | None
    expires: str | None
    contested_by: tuple[str, ...] = ()


class NotChecked(msgspec.Struct, frozen=True, gc=False):
    """An agency of which nothing was read, or which did not answer."""

    agency: str
    why: str


class Brief(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What agencies already know of a door and its people, as of a moment.

    ``unit``, ``person`` and ``household`` are statement ids, three lists that are never merged.
    """

    as_of: str
    reader: str
    purpose: str
    rules: str
    place: PlaceRead
    unit: tuple[str, ...]
    person: tuple[str, ...]
    household: tuple[str, ...]
    contacts: tuple[Row, ...]
    cautions: tuple[Row, ...]
    prompts: tuple[str, ...]
    not_checked: tuple[NotChecked, ...]


class PlaceTold(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A place that a call is told to be at.

    ``told`` is ``plain``, ``reported``, ``possible`` or ``believed``; it is ``disputed`` where another
    place is told that rules it out, or where somebody denies it. ``instead`` says of what else it is
    the place, null where it is the call's own. ``read_as`` is empty where there is no address to look
    under.
    """

    place: str
    read_as: str
    told: str
    disputed: bool
    instead: str | None
    statements: tuple[str, ...]


class PersonTold(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Somebody whom a call names, and how they are looked up.

    ``asked`` is the name, with the day of birth where both are sure; ``why`` tells why it is not.
    ``age`` is as it was said, and no identifier.
    """

    who: str
    name: str
    asked: str
    age: str | None
    why: str | None
    statements: tuple[str, ...]


class CallBrief(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What agencies already know of the doors and people of a call, a brief for each door.

    ``briefs`` stand in the order of ``places``; where no place has an address to look under there
    is one, of the people alone.
    """

    incident: str
    as_of: str
    reader: str
    purpose: str
    places: tuple[PlaceTold, ...]
    people: tuple[PersonTold, ...]
    briefs: tuple[Brief, ...]
