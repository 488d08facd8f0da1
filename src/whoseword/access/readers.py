"""Who may open which book, for which purpose.

A reader is a role at an agency with a purpose; a book is opened by its class. What a reader may
not open does not exist for that reader: the books are chosen before a view is computed, and no
view ever sees another statement (law 3). The table is the contract's (section 3), in code until
rules as data take its place. Deny by default.
"""

import re
from typing import NamedTuple

from whoseword.words import BookClass, WordFault
from whoseword.words.rules import check_book

_READER = re.compile(r"(?P<role>[a-z]+(?:_[a-z]+)*)@(?P<agency>[a-z0-9_]+(?:-[a-z0-9_]+)*)")

_RESPONSE = frozenset({BookClass.PUBLIC, BookClass.RESPONSE})
_INCIDENT = _RESPONSE | {BookClass.INCIDENT}
_INQUIRY = _INCIDENT | {BookClass.INQUIRY}
_JUSTICE = frozenset({BookClass.CRIMINAL_JUSTICE})

OPENS: dict[str, dict[str, frozenset[BookClass]]] = {
    "public": {"public": frozenset({BookClass.PUBLIC})},
    "dispatcher": {"response": _RESPONSE | _JUSTICE},
    "officer": {"response": _RESPONSE | _JUSTICE},
    "clinician": {"response": _RESPONSE},
    "supervisor": {"response": _INCIDENT | _JUSTICE},
    "investigator": {"inquiry": _INQUIRY | _JUSTICE},
    "prosecutor": {"inquiry": _INQUIRY | _JUSTICE},
    "oversight": {"inquiry": _INQUIRY, "review": _INQUIRY | {BookClass.PERSONNEL}},
    "information_officer": {"disclosure": _INCIDENT},
    "child_welfare": {"child_safety": _RESPONSE},
    "records": {"disclosure": _INQUIRY},
    "auditor": {"audit": frozenset({BookClass.PUBLIC})},
}
"""Role, purpose, and the classes that they open. A role's first purpose is its default."""

OPENS_OF_OWN_AGENCY: dict[str, frozenset[BookClass]] = {
    "clinician": frozenset({BookClass.HEALTH}),
    "child_welfare": frozenset({BookClass.CHILD_WELFARE}),
}
"""The classes that a role opens where the custodian is the reader's own agency."""

DEFAULT_OWNER = "oversight@home"


class Reader(NamedTuple):
    """A role at an agency, with the purpose for which it reads."""

    role: str
    agency: str
    purpose: str

    @property
    def name(self) -> str:
        """The reader as written: ``role@agency``."""
        return f"{self.role}@{self.agency}"


def parse_reader(text: str, purpose: str | None = None) -> Reader:
    """The reader ``ROLE@AGENCY``, with the role's first purpose where none is named.

    Raises ``WordFault`` for an unknown role, a malformed agency, or a purpose that the role does
    not have.
    """
    match = _READER.fullmatch(text)
    if not match:
        raise WordFault("reader", f"{text!r} is no reader", "write ROLE@AGENCY: oversight@county")
    purposes = OPENS.get(match["role"])
    if purposes is None:
        raise WordFault("reader", f"{match['role']!r} is no role", f"use one of {', '.join(OPENS)}")
    chosen = next(iter(purposes)) if purpose is None else purpose
    if chosen not in purposes:
        raise WordFault(
            "purpose",
            f"{match['role']} does not read for {chosen!r}",
            f"use {' or '.join(purposes)}",
        )
    return Reader(match["role"], match["agency"], chosen)


def may_open(reader: Reader, book: str, owner: Reader) -> bool:
    """Whether the reader opens the book in the home of that owner.

    The home's owner also opens every book of their own agency, but in a prosecutor's home nobody
    opens class ``personnel``: compelled statements stay walled off (Garrity v. New Jersey, 1967).
    What is no name of a book is opened by nobody.
    """
    try:
        check_book(book)
    except WordFault:
        return False
    if not may_keep(owner, book):
        return False
    custodian, handling = book.split("/")[:2]
    book_class = BookClass(handling)
    if book_class in OPENS[reader.role][reader.purpose]:
        return True
    own = custodian == reader.agency
    if own and book_class in OPENS_OF_OWN_AGENCY.get(reader.role, frozenset()):
        return True
    is_owner = (reader.role, reader.agency) == (owner.role, owner.agency)
    return is_owner and own


def may_keep(owner: Reader, book: str) -> bool:
    """Whether a home of that owner may hold the book at all."""
    return not (owner.role == "prosecutor" and book.split("/")[1] == BookClass.PERSONNEL.value)
