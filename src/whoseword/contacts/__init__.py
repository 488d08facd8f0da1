"""What agencies already know of a door and its people: addresses, persons, the brief."""

from whoseword.contacts.addresses import Address, place_match, read_address
from whoseword.contacts.briefs import (
    PROMPTS,
    Call,
    brief,
    brief_json,
    call_brief,
    told_of_call,
)
from whoseword.contacts.confidential import Confidential, Cover
from whoseword.contacts.shapes import (
    Asked,
    Brief,
    CallBrief,
    NotChecked,
    PersonMatch,
    PersonTold,
    PlaceRead,
    PlaceTold,
    Row,
    Terms,
)

__all__ = [
    "PROMPTS",
    "Address",
    "Asked",
    "Brief",
    "Call",
    "CallBrief",
    "Confidential",
    "Cover",
    "NotChecked",
    "PersonMatch",
    "PersonTold",
    "PlaceRead",
    "PlaceTold",
    "Row",
    "Terms",
    "brief",
    "brief_json",
    "call_brief",
    "place_match",
    "read_address",
    "told_of_call",
]
