"""The brief at the desk: what a reader may open of every incident, and what was not checked.

Who looks themselves up, or their own household, is not refused, because the call may be real; it
is put before the custodian as an open item (``doors.reviews``).
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from whoseword.access import Reader
from whoseword.account import rules_hash
from whoseword.books.protocol import View
from whoseword.contacts import Asked, Brief, Terms, brief, place_match, read_address
from whoseword.doors.confidential import cover_of
from whoseword.doors.desk import Desk
from whoseword.doors.listed_rows import rows_as_statements
from whoseword.doors.partners import partners
from whoseword.doors.settings import keep, kept_in
from whoseword.words.names import slug

STAFF = "staff"
"""The setting in which a home keeps whose look-ups are put before the custodian."""
_NEAR = ("unit", "building")


class Member(msgspec.Struct, frozen=True):
    """Somebody who reads here, by name, with the addresses of their household."""

    reader: str
    name: str
    addresses: tuple[str, ...]


def members(view: View) -> list[Member]:
    """Those who read here and whose own look-ups are reviewed."""
    return kept_in(view, STAFF, Member)


def note_member(desk: Desk, member: Member) -> None:
    """Note somebody who reads here; said again, it takes the place of what was noted before."""
    with desk.ledger.store.writer() as writer:
        others = [
            one for one in members(writer) if (one.reader, one.name) != (member.reader, member.name)
        ]
        keep(writer, STAFF, [*others, member])


def make_brief(
    desk: Desk, asked: Asked, reader: Reader, at: datetime | None, name: str | None
) -> Brief:
    """What agencies already know of a door and of people; ``name`` is who is looking, if told."""
    with desk.ledger.store.view() as view:
        own = own_lookup(members(view), asked, reader, name)
    moment, told = desk.read("brief", None, reader, at, own)
    terms = terms_at(desk, moment)
    rows = rows_as_statements(desk, told.statements, asked, moment)
    found = brief(
        [*told.statements, *rows], asked, at=moment, reader=reader, terms=terms, zone=desk.zone
    )
    with desk.ledger.store.view() as view:
        cover = cover_of(view)
    if not cover:
        return found
    # True places are compared, so that one substitute never makes one door of two; the words of
    # the question are the reader's own.
    return msgspec.structs.replace(
        found, contacts=cover.value(found.contacts), cautions=cover.value(found.cautions)
    )


def terms_at(desk: Desk, moment: datetime, agencies: tuple[str, ...] | None = None) -> Terms:
    """What the home's rules say of a brief at a moment; its partners are read if not given."""
    law = desk.rules.on(moment.date())
    if agencies is None:
        with desk.ledger.store.view() as view:
            agencies = tuple(partners(view))
    return Terms(
        rules=rules_hash(law.rules.sha256), keeps=law.rules.keeps(moment.date()), partners=agencies
    )


def own_lookup(known: Sequence[Member], asked: Asked, reader: Reader, name: str | None) -> str:
    """Why a look-up must be reviewed; empty where it need not be."""
    of_role = [member for member in known if member.reader == reader.name]
    # Who says that they look comes first; a name under --as never switches a review off.
    for member in sorted(of_role, key=lambda one: slug(one.name) != slug(name or "")):
        words = set(slug(member.name).split("-"))
        if any(words <= set(slug(person).split("-")) for person in asked.persons):
            return f"{member.name} looked up themselves"
        place = read_address(asked.address)
        if any(place_match(place, read_address(one)) in _NEAR for one in member.addresses):
            return f"{member.name} looked up their own household"
    return ""
