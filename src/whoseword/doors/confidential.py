"""Confidential addresses of a home: entered by its operator, covered in every view (RSMo 589.669).

They stand in the home's settings and in no book: a book has readers, and nobody reads these.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from whoseword.books import Document
from whoseword.books.protocol import View
from whoseword.contacts import Confidential, Cover
from whoseword.doors.errors import DeskError
from whoseword.doors.settings import keep, kept_in
from whoseword.words.times import moment_text

if TYPE_CHECKING:
    from whoseword.doors.desk import Desk

CONFIDENTIAL = "confidential"
"""The setting in which a home keeps them."""


def addresses_in(view: View) -> list[Confidential]:
    """The confidential addresses of a home."""
    return kept_in(view, CONFIDENTIAL, Confidential)


def cover_of(view: View) -> Cover:
    """What covers them."""
    return Cover(addresses_in(view))


def covered(document: Document, cover: Cover) -> Document:
    """A kept document as it may be shown: its name covered, the words in its text unreadable."""
    return msgspec.structs.replace(
        document, name=cover.text(document.name), text=cover.blocked(document.text)
    )


def keep_confidential(
    desk: "Desk", forms: Sequence[str], substitute: str, authority: str, name: str
) -> None:
    """Cover an address from now on, in every view of every moment. Raises ``DeskError``."""
    if any(not any(char.isalnum() for char in form) for form in forms):
        raise DeskError("an address has letters or digits; write it as people do")
    fresh = Confidential(tuple(forms), substitute, authority, name, moment_text(desk.clock()))
    if Cover([fresh]).holds(substitute):
        raise DeskError("the substitute holds the address that it is to cover; give another")
    with desk.ledger.store.writer() as writer:
        known = addresses_in(writer)
        if any(one.substitute == substitute and not one.lifted for one in known):
            raise DeskError(
                f"{substitute!r} stands for another address already, and two people would become "
                "one; add something that tells them apart, such as a number of the program"
            )
        keep(writer, CONFIDENTIAL, [*known, fresh])


def lift_confidential(desk: "Desk", form: str, name: str) -> None:
    """End the covering of one address, on somebody's word; who did so is kept.

    Raises ``DeskError`` where no address of that form is covered.
    """
    with desk.ledger.store.writer() as writer:
        known = addresses_in(writer)
        if not any(Cover([one]).holds(form) for one in known):
            raise DeskError("no such address is covered here; write it as it was entered")
        now = moment_text(desk.clock())
        kept = [
            msgspec.structs.replace(one, lifted_by=name, lifted=now)
            if Cover([one]).holds(form)
            else one
            for one in known
        ]
        keep(writer, CONFIDENTIAL, kept)
