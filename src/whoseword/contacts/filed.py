"""A prior contact as a row of an agency's file tells it.

It is what somebody wrote down, and nothing more: the place as written, the outcome in one of the
contract's five words or none, people as they stand there. No answer stays no answer (law 5), and
nothing here weighs, counts or ranks (law 7). The bytes are those that the row's commitment covers:
what the file did not say is left out of them, so that no default can be taken for a word.
"""

from enum import StrEnum
from typing import Final

import msgspec

MOST_PERSONS: Final = 8


class Outcome(StrEnum):
    """What came of a contact; a row that states none has none of these."""

    ANSWERED = "answered"
    NO_ANSWER = "no_answer"
    NOT_COMPLETED = "not_completed"
    REFERRED = "referred"
    REPORTED = "reported"


class FiledPerson(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Somebody whom a row names: the name as written, the day of birth, the telephone as written."""

    name: str | None = None
    born: str | None = None
    phone: str | None = None


class FiledContact(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """One row. None is what it does not state.

    ``when`` is EDTF, ``when_written`` the words where no date could be made of them. ``review`` and
    ``expires`` are days that the agency itself set. ``row`` is the agency's own id of the row, and ``line``
    the line of the file at which a person finds it.
    """

    agency: str
    line: int
    place: str | None = None
    when: str | None = None
    when_written: str | None = None
    kind: str | None = None
    outcome: Outcome | None = None
    persons: tuple[FiledPerson, ...] = ()
    note: str | None = None
    review: str | None = None
    expires: str | None = None
    row: str | None = None


def contact_bytes(contact: FiledContact) -> bytes:
    """The bytes of a row as they are kept and committed to: JSON with sorted keys."""
    return msgspec.json.encode(contact, order="sorted")


def contact_in(body: bytes) -> FiledContact:
    """The row in its bytes. Raises ``msgspec.ValidationError`` for bytes that are none."""
    return msgspec.json.decode(body, type=FiledContact)
