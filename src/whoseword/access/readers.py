"""Readers: a role at an agency, with the purpose for which it reads.

What a reader opens is decided by rules (``access.law``). Which roles there are, and for which
purposes each reads, is the contract's (section 3).
"""

import re
from typing import NamedTuple

from whoseword.words import WordFault

_READER = re.compile(r"(?P<role>[a-z]+(?:_[a-z]+)*)@(?P<agency>[a-z0-9_]+(?:-[a-z0-9_]+)*)")

PURPOSES: dict[str, tuple[str, ...]] = {
    "public": ("public",),
    "dispatcher": ("response",),
    "officer": ("response",),
    "clinician": ("response",),
    "supervisor": ("response",),
    "investigator": ("inquiry",),
    "prosecutor": ("inquiry",),
    "oversight": ("inquiry", "review"),
    "information_officer": ("disclosure",),
    "child_welfare": ("child_safety",),
    "records": ("disclosure",),
    "auditor": ("audit",),
}
"""Each role, and the purposes for which it reads; the first is its default."""

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
    purposes = PURPOSES.get(match["role"])
    if purposes is None:
        raise WordFault(
            "reader", f"{match['role']!r} is no role", f"use one of {', '.join(PURPOSES)}"
        )
    chosen = purposes[0] if purpose is None else purpose
    if chosen not in purposes:
        raise WordFault(
            "purpose",
            f"{match['role']} does not read for {chosen!r}",
            f"use {' or '.join(purposes)}",
        )
    return Reader(match["role"], match["agency"], chosen)
