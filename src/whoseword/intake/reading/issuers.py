"""Which agency issued what one reads: its letterhead, a field that names it, or its own words.

Agencies write their names in a few places and a few ways: as a line by itself, in capitals or not,
beside what the paper is ("Elm Falls PD - Official Statement"), after "News from the", in a field
("Agency: Elm County 911"). A headline is none of these: it tells what happened, with a verb or a
preposition in it.
"""

import re
from collections.abc import Sequence
from typing import Final

from whoseword.intake.reading.lexicon import NAMED_AGENCY, TITLES

LETTERHEAD_ENDS: Final = NAMED_AGENCY | frozenset(
    {"Ambulance", "Board", "Center", "Centre", "Clinic", "College", "Communications",
     "Corrections", "Comm", "Comms", "Ctr", "Dispatch", "District", "Ems", "Fd", "Guard", "Hotline", "Helpline", "Jail", "Line", "Marshal", "Ministry",
     "Prison", "Radio", "Rangers", "Rescue", "School", "Schools", "Services", "Team",
     "University"}
)  # fmt: skip
_OUTLETS: Final = frozenset(
    {"Advocate", "Argus", "Beacon", "Chronicle", "Courier", "Enterprise", "Free-Press", "Gazette",
     "Globe", "Herald", "Independent", "Journal", "Ledger", "Mirror", "News", "Observer", "Post",
     "Press", "Record", "Reporter", "Sentinel", "Standard", "Star", "Sun", "Telegraph", "Times",
     "Tribune"}
)  # fmt: skip
_SMALL: Final = frozenset({"of", "the", "and", "for", "&"})
_SPLIT: Final = re.compile(r" +(?:--|[-–—|]) +|\s{3,}(?=INC|CASE|EVENT|RUN|CALL|CLOSED|PRINTED)")
_FIELD: Final = re.compile(
    r"(?i)^(?:agency|department|issued by|released by|reporting agency|office)\s*:\s*(?P<name>\S.*)$"
)
_FIELD_WITHIN: Final = re.compile(
    r"(?i)\b(?:agency|department|center)\s*:\s*(?P<name>[A-Z][\w'’./& -]*?)(?=\s{2,}|$)"
)
_OFFICE_FIELD: Final = re.compile(r"(?i)^from\s*:\s*(?P<name>\S.*)$")
_SPOKEN_FOR: Final = re.compile(
    r"(?i)^(?:news|statement|joint statement|message|update|notice|bulletin)(?: release)? "
    r"(?:from|of|by) (?:the )?(?P<name>.+)$"
)
_RUN: Final = re.compile(
    r"(?:[A-Z][\w'’.-]*|of|and|&)(?:[ \n](?:[A-Z][\w'’.-]*|of|and|&|911)){1,7}"
)
_TOWN: Final = re.compile(r"^(?i:city|town|village|county) (?i:of) (?P<name>[A-Z][\w' -]{2,30})$")
_OF_NO_PLACE: Final = frozenset(
    {"Fire", "Police", "Public", "Sheriff's", "Sheriff’s", "Office", "Department"}
)


def letterhead(line: str) -> str:
    """What stands before a dash or a bar: the name, without what the paper is."""
    return _SPLIT.split(line)[0]


def is_agency_line(line: str) -> bool:
    """Whether a line is the name of an agency, and nothing else but what the paper is."""
    if len(line) > 90 or line.endswith((".", ":", "?", "!")):
        return False
    name = letterhead(line)
    if ":" in name or not name or name[0].isdigit():
        return False
    written = re.split(r"[\s,/]+", name)
    words = [word.strip("'’()").title().replace("'S", "'s").replace("’S", "’s") for word in written]
    if not words or len(words) > 9:
        return False
    if any(word != word.upper() and word.islower() and word not in _SMALL for word in written):
        return False
    if any(word in {"At", "In", "On", "By", "After", "Near", "To", "During"} for word in words):
        return False
    if words[-1] in LETTERHEAD_ENDS or words[-1] == "911":
        return True
    if "Of" in words[1:3] and set(words[:2]) & NAMED_AGENCY:
        return True
    # "National Weather Service Elm Falls"; not "Sheriff Ada Brook".
    titled = words[0].lower() in TITLES or any(word.lower() in TITLES for word in words[:-2])
    return not titled and bool(set(words[1:-1]) & NAMED_AGENCY)


def agency_at(head: Sequence[str]) -> str | None:
    """The agency that the first lines name; of one without a place, with the city's above it."""
    for line in head:
        field = _FIELD.match(line)
        if field and is_agency_line(field["name"]):
            return field["name"]
    found = next((line for line in head if is_agency_line(line)), None)
    if found is None:
        told = (match for line in head if (match := _SPOKEN_FOR.match(line)))
        found = next((run for one in told if (run := named_in(one["name"]))), None)
    if found is None or found.split()[0].title() not in _OF_NO_PLACE:
        return found
    town = next((match for line in head if (match := _TOWN.match(line))), None)
    if town is None:
        return found
    # "County of Orle" over "Office of Emergency Services" is one name.
    before = town.group() if " of " in found.lower() else town["name"]
    return f"{before} {found}"


def logged_by(lines: Sequence[str]) -> str | None:
    """The agency of a log: in a field among others at its head, or in the line that closes it."""
    for line in lines[:6]:
        field = _FIELD_WITHIN.search(line)
        if field and is_agency_line(field["name"]):
            return field["name"]
    return next((line for line in lines[-2:] if is_agency_line(letterhead(line))), None)


def named_in(text: str) -> str | None:
    """The first agency that running words name in full: "the Elm County Sheriff's Office"."""
    for match in _RUN.finditer(text):
        words = match.group().split()
        while words and words[0].lower() in _SMALL:
            words.pop(0)
        # The run may go on past the name: "Elm Falls Police Department Chief Brook".
        for last in range(len(words), 1, -1):
            if words[last - 1].strip(".,'’") in LETTERHEAD_ENDS | {"911"}:
                name = " ".join(words[:last])
                if last > 1 and words[0].lower().rstrip(".") not in TITLES - {"police"}:
                    return name.split(" and ")[0] if _both_agencies(name) else name
    return None


def sender_in(head: Sequence[str]) -> str | None:
    """The agency in a "From:" line, where it is one."""
    for line in head:
        field = _OFFICE_FIELD.match(line)
        if field and is_agency_line(field["name"]):
            return field["name"]
    return None


def masthead(head: Sequence[str]) -> str | None:
    """The name of an outlet, where the first line is that and nothing else."""
    first = head[0].strip() if head else ""
    words = re.findall(r"[\w'’-]+", first.removeprefix("By "))
    is_name = 1 < len(words) <= 6 and first[-1:] not in ".?!:;,"
    titled = all(word[:1].isupper() or word.lower() in _SMALL for word in words)
    return first.removeprefix("By the ") if is_name and titled and words[-1] in _OUTLETS else None


def _both_agencies(name: str) -> bool:
    parts = name.split(" and ")
    return len(parts) == 2 and all(part.split()[-1] in LETTERHEAD_ENDS for part in parts if part)
