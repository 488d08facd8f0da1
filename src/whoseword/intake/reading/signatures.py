"""Who wrote a document: the name under it, or in a field at its head.

A letter is its signatory's word, and a report that of the officer who made it, not the agency's on
whose paper it stands.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from whoseword.intake.reading.issuers import is_agency_line

CLOSING: Final = re.compile(
    r"(?i)^(?:sincerely|respectfully|yours (?:truly|sincerely|faithfully)|kind regards|best regards"
    r"|regards|very truly yours|with best wishes)\b.{0,25}$"
)
OFFICE: Final = re.compile(
    r"(?i)\b(?:administrator|attorney|captain|chief|clerk|commissioner|coordinator|coroner|counsel"
    r"|deputy|director|examiner|lieutenant|manager|mayor|officer|president|principal|prosecutor"
    r"|secretary|sergeant|sheriff|superintendent|supervisor)\b"
)
_NAME: Final = re.compile(r"^(?:[A-Z][\w.'’-]*\s+){1,3}[A-Z][\w'’-]+(?:, [A-Z][\w., ]*)?$")
_NAME_IN_FIELD: Final = r"(?P<name>[A-Z][\w.'’-]*(?:\s+[A-Z0-9][\w.'’-]*){0,4})"
_FIELD: Final = re.compile(
    r"(?P<role>(?i:reporting (?:officer|deputy)|prepared by|submitted by|written by|completed by"
    r"|author|clinician|counselor|investigator|reviewer|reviewed by|officer|deputy|trooper|detective"
    r"|medic|paramedic|r/o|writer|by|from))"
    rf"\s*:\s*{_NAME_IN_FIELD}(?:,[ ]*(?P<office>[A-Z][^,;:\n]{{3,50}}))?"
)
_NEEDS_A_FIRST_PERSON: Final = (
    "author", "review", "officer", "deputy", "trooper", "detective", "medic", "paramedic", "writer",
    "by", "from",
)  # fmt: skip
_AT_WORK: Final = re.compile(
    r"(?i)\b(?:officer|deputy|clinician|counselor|medic|investigator|detective|trooper)\b"
)
_FIRST_PERSON: Final = re.compile(r"\b(?:I|my|My|me)\b")
_FIRST_PLURAL: Final = re.compile(r"\b(?:we|our|us|We|Our)\b")
_QUOTED: Final = re.compile(r"[\"“][^\"”“]*[\"”]")
_LONGEST_BLOCK: Final = 4
_LONGEST_LINE: Final = 9


class Author(NamedTuple):
    """A name as it is signed, the office under it, and whether they are at work on a scene."""

    name: str
    office: str | None
    at_work: bool = False


def signatory(text: str) -> Author | None:
    """Whoever signed: the name under the closing or, without one, that stands last by itself."""
    lines = [line.strip() for line in text.rstrip().split("\n")]
    at = next((number for number, line in enumerate(lines) if CLOSING.match(line)), None)
    if at is not None:
        below = [line for line in lines[at + 1 :] if line][:_LONGEST_BLOCK]
    else:
        below = _last_block(lines)
    name = next((line for line in below if _NAME.match(line)), None)
    if name is None:
        return None
    office = next((line for line in below if line != name and OFFICE.search(line)), None)
    if at is None and office is None:
        return None
    return Author(name.split(",")[0], office)


def reporter(head: Sequence[str], text: str) -> Author | None:
    """Whoever a field at the head names as having written what follows."""
    for line in head:
        for match in _FIELD.finditer(line):
            role = match["role"].lower()
            if role.startswith(_NEEDS_A_FIRST_PERSON) and not speaks_of_itself(text):
                continue
            name = match["name"].strip(" .")
            name = name.title() if name == name.upper() else name
            office = match["office"] if is_agency_line(match["office"] or "") else None
            return Author(name, office, bool(_AT_WORK.search(f"{role} {name}")))
    return None


def speaks_of_itself(text: str) -> bool:
    """Whether it says "I" where it quotes nobody."""
    return bool(_FIRST_PERSON.search(_QUOTED.sub(" ", text)))


def speaks_for_many(text: str) -> bool:
    """Whether it says "we" where it quotes nobody."""
    return bool(_FIRST_PLURAL.search(_QUOTED.sub(" ", text)))


def _last_block(lines: Sequence[str]) -> list[str]:
    block = list(_from_the_end(lines))
    return block[::-1] if len(block) <= _LONGEST_BLOCK else []


def _from_the_end(lines: Sequence[str]) -> Iterator[str]:
    for line in reversed(lines):
        words = line.split()
        ended = line.endswith((".", "!", "?", ":", '"', "”")) and not re.search(r"\b[A-Z]\.$", line)
        if not words or len(words) > _LONGEST_LINE or ended:
            return
        yield line
