"""What agencies already know of a door and its people: addresses, persons, the brief."""

from whoseword.contacts.addresses import Address, place_match, read_address
from whoseword.contacts.briefs import PROMPTS, brief, brief_json
from whoseword.contacts.confidential import Confidential, Cover
from whoseword.contacts.shapes import Asked, Brief, NotChecked, PersonMatch, PlaceRead, Row, Terms

__all__ = [
    "PROMPTS",
    "Address",
    "Asked",
    "Brief",
    "Confidential",
    "Cover",
    "NotChecked",
    "PersonMatch",
    "PlaceRead",
    "Row",
    "Terms",
    "brief",
    "brief_json",
    "place_match",
    "read_address",
]
