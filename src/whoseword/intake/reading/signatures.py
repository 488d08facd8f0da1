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
_NAME_IN_FIELD: Final = r"(?P<name>[A-Z][\w.'’-]*(?:[ ][A-Z0-9][\w.'’-]*){0,4}|#\d+)"
_FIELD: Final = re.compile(
    r"(?P<role>(?i:reporting (?:officer|deputy|ofcr?|dep)|report(?:ed)? by|prepared by|submitted by|written by|completed by"
    r"|author|clinician|counselor|investigator|reviewer|reviewed by|officer|deputy|trooper|detective"
    r"|medic|paramedic|r/o|writer|by|from))"
    rf"\s*:\s*{_NAME_IN_FIELD}(?:,[ ]*(?P<office>[A-Z][^,;:\n]{{3,50}}))?"
)
_TAKER: Final = re.compile(
    r"(?P<role>(?i:call-?taker|answered by|(?:call )?taken by|received by|call handled by|operator))"
    r"\s*:\s*(?P<name>[A-Z][\w .'’-]{1,40}?)(?=\s{2,}|\s*[(,;]|\s*$)"
)
_LETTERS: Final = re.compile(
    r"^(?P<name>(?:[A-Z][\w.'’-]*\s+){1,3}[A-Z][\w'’-]+),? (?:LCSW|LMSW|MSW|LPC|LMFT|LMHC|RN|MD|DO|PhD"
    r"|PsyD|NP|BSN|EMT|EMT-P|LICSW)\b[\w., -]*$"
)
_NEEDS_A_FIRST_PERSON: Final = (
    "author", "report", "review", "officer", "deputy", "trooper", "detective", "medic", "paramedic", "writer",
    "by", "from",
)  # fmt: skip
_AT_WORK: Final = re.compile(
    r"(?i)\b(?:officer|deputy|clinician|counselor|medic|investigator|detective|trooper)\b"
)
_FIRST_PERSON: Final = re.compile(
    r"\b(?:I|my|My|me|R/O|[Ww]riter|[Uu]ndersigned|[Aa]ffiant|[Tt]his (?:officer|deputy|clinician))\b"
)
_FIRST_PLURAL: Final = re.compile(r"\b(?:we|our|us|We|Our)\b")
_QUOTED: Final = re.compile(r"[\"“][^\"”“]*[\"”]")
_LONGEST_BLOCK: Final = 4
_LONGEST_LINE: Final = 9
_LONGEST_NAME: Final = 6


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
    taker = _call_taker(head, text)
    if taker is not None:
        return taker
    for line in head:
        for match in _FIELD.finditer(line):
            role = match["role"].lower()
            if role.startswith(_NEEDS_A_FIRST_PERSON) and not speaks_of_itself(text):
                continue
            name = match["name"].strip(" .")
            name = f"officer {name}" if name.startswith("#") else name
            name = name.title() if name == name.upper() else name
            office = match["office"] if is_agency_line(match["office"] or "") else None
            return Author(name, office, bool(_AT_WORK.search(f"{role} {name}")))
    return _signed_with_letters(text)


def _call_taker(head: Sequence[str], text: str) -> Author | None:
    """Whoever took a call and tells of it as "I": by name, by role, or by a desk's number."""
    for line in head:
        match = _TAKER.search(line)
        if match is not None and speaks_of_itself(text):
            name = match["name"].strip(" .")
            unnamed = any(map(str.isdigit, name)) or len(name.split()) < 2
            role = "call-taker" if not match["role"].lower().endswith("operator") else "operator"
            return Author(f"{role}, {name}" if unnamed else name, None, at_work=True)
    return None


def _signed_with_letters(text: str) -> Author | None:
    """ "L. Brook, LCSW" as a note's last line, where the note speaks of its writer."""
    last = text.rstrip().rpartition("\n")[2].strip()
    match = _LETTERS.match(last)
    if match is None or not speaks_of_itself(text):
        return None
    return Author(match["name"], None, at_work=True)


def signed_name(lines: Sequence[str]) -> str | None:
    """The name that is a message's last line, with or without an office after it."""
    ends = [line.strip() for line in lines if line.strip()][-2:]
    # "R. Brook, Inv. Sgt." may have been cut after an abbreviation.
    for last in (ends[-1] if ends else "", " ".join(ends)):
        if _NAME.match(last) and len(last.split()) <= _LONGEST_NAME:
            return last.split(",")[0]
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
