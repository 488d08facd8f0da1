"""Rows of files as statements, for whoever asks about a door or a person.

A row is its agency's record of one contact, and has the standing of such a statement: it can be
denied, replaced by its id ``ID#ROW``, and expires by the same rules. Which rows concern a question is
asked first, so that no more become statements than are needed; an index may answer that in the place
of the walk over all rows (``Candidates``), and the answer stays the same.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from whoseword.contacts.addresses import place_match, read_address
from whoseword.contacts.filed import FiledContact
from whoseword.contacts.persons import Mention, read_person, reasons_for
from whoseword.contacts.shapes import Asked
from whoseword.words import Speaker, Statement
from whoseword.words.aftermath import Imported
from whoseword.words.scene import Contact


class ReadableRow(NamedTuple):
    """A row that a reader may open: its id, the statement that lists it, and what it tells."""

    id: str
    listing: Statement
    contact: FiledContact


class Candidates(Protocol):
    """Which rows of what a reader opens may concern a question; more is allowed, fewer is not.

    ``listings`` are the statements that list rows and are open to the reader at the moment asked:
    no row of any other is looked at, so that none can change an answer (law 3).
    """

    def __call__(self, listings: Sequence[Statement], asked: Asked) -> Iterator[ReadableRow]:
        """The rows."""


def concerns(contact: FiledContact, asked: Asked) -> bool:
    """Whether a row may concern the address or a person who is asked for."""
    if contact.place and place_match(read_address(asked.address), read_address(contact.place)):
        return True
    persons = [read_person(person) for person in asked.persons]
    mentions = [Mention(read_person(about), sure=True) for about in _about(contact)]
    return any(reasons_for(person, told) for person in persons for told in mentions)


def statement_of(row: ReadableRow) -> Statement | None:
    """A row as the statement of its agency's record; None where it tells of no import."""
    listing, contact = row.listing, row.contact
    if not isinstance(listing.fact, Imported):
        return None
    fact = Contact(
        agency=contact.agency,
        place=contact.place,
        outcome=contact.outcome,
        about=_about(contact) or None,
        happened=contact.when,
    )
    return Statement(
        id=row.id,
        incident=listing.incident,
        book=listing.book,
        speaker=Speaker(listing.speaker.name, listing.speaker.kind, listing.speaker.party),
        stance=listing.stance,
        basis=listing.basis,
        fact=fact,
        source=listing.source,
        recorded=listing.recorded,
        appended=listing.appended,
        signed_by=listing.signed_by,
        reviewed=False,
    )


def _about(contact: FiledContact) -> tuple[str, ...]:
    """Those whom a row names, as "NAME, DOB"; a telephone says nobody's name."""
    return tuple(
        f"{one.name}, {one.born}" if one.born else one.name for one in contact.persons if one.name
    )
