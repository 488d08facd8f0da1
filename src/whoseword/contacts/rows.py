"""The rows of a brief: prior contacts and cautions, each one statement of history.

Nothing is weighed, counted or ranked by danger (law 7). A call is not an offence, "no answer"
stays "no answer" (law 5), and every row keeps its hedge, its speaker and its date (law 1).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from typing import NamedTuple

from whoseword.account.phrases import happened_words
from whoseword.account.values import shown_value
from whoseword.contacts.addresses import NEAREST_FIRST, UNIT, Address, place_match, read_address
from whoseword.contacts.contested import Denials, Told, denials_in, place_of
from whoseword.contacts.doors import incident_match
from whoseword.contacts.mentions import mentions_in, names_in
from whoseword.contacts.opened import Incident, is_plain, live_of, words_of
from whoseword.contacts.persons import Mention, Person, is_theirs, reasons_for
from whoseword.contacts.retention import dated, expiry
from whoseword.contacts.shapes import PersonMatch, Row, Terms
from whoseword.words.times import moment_text

_CONTACTS = ("contact", "prior_calls")
_CAUTIONS = ("armed", "threatened", "attacked")
_NEVER = datetime.min.replace(tzinfo=UTC)


class Sought(NamedTuple):
    """What is asked, as it was read, and the moment and terms of the answer."""

    address: Address
    persons: tuple[Person, ...]
    at: datetime
    zone: tzinfo
    terms: Terms


class Found(NamedTuple):
    """A row and what its place in the lists rests on.

    ``of_another`` holds where it names somebody, and nobody who was asked for.
    """

    row: Row
    dated: datetime
    recorded: datetime
    of_another: bool

    @property
    def is_the_persons(self) -> bool:
        """Whether it is history of a person who was asked for, on two identifiers."""
        match = self.row.person_match
        return match is not None and is_theirs(match.reasons)

    @property
    def is_the_households(self) -> bool:
        """Whether it is history of somebody else behind this very door."""
        return self.row.place_match == UNIT and self.of_another


class Rows(NamedTuple):
    """Prior contacts and cautions, each in the order in which they are shown."""

    contacts: list[Found]
    cautions: list[Found]


def rows_of(incidents: Sequence[Incident], sought: Sought) -> Rows:
    """Every row that concerns the address or the persons and has not expired."""
    denials = denials_in(incidents, sought.zone)
    contacts: list[Found] = []
    cautions: list[Found] = []
    for incident in incidents:
        contacts += _contacts(incident, denials, sought)
        cautions += _cautions(incident, denials, sought)
    return Rows(sorted(contacts, key=_order), sorted(cautions, key=_order))


def in_order_of_record(found: Iterable[Found]) -> tuple[str, ...]:
    """The ids of rows by when they were recorded, then id."""
    ordered = sorted(found, key=lambda one: (one.recorded, one.row.statement))
    return tuple(one.row.statement for one in ordered)


def _contacts(incident: Incident, denials: Denials, sought: Sought) -> Iterator[Found]:
    names = names_in(incident, denials)
    for matter, take in live_of(incident, *_CONTACTS):
        told = Told(incident, matter, take)
        match = place_match(sought.address, read_address(place_of(matter) or ""))
        found = _found(told, match, mentions_in(told, names), denials, sought)
        if found and (match or found.row.person_match):
            yield found


def _cautions(incident: Incident, denials: Denials, sought: Sought) -> Iterator[Found]:
    """Hazards at the door; what those who were sent there carried is none of the door's."""
    match = incident_match(sought.address, incident, denials)
    if match is None:
        return
    names = names_in(incident, denials)
    crew = {
        member
        for _, take in live_of(incident, "dispatched")
        if is_plain(take)
        for member in words_of(take.value.get("members"), incident.names)
    }
    for matter, take in live_of(incident, *_CAUTIONS):
        told = Told(incident, matter, take)
        if matter.kind == "armed" and matter.keys[0] in crew:
            continue
        found = _found(told, match, mentions_in(told, names), denials, sought)
        if found:
            yield found


def _found(
    told: Told,
    match: str | None,
    mentions: Sequence[Mention],
    denials: Denials,
    sought: Sought,
) -> Found | None:
    """The row of a statement; None where it has expired."""
    matter, take, statement = told.matter, told.take, told.take.statement
    counted_from = dated(take, sought.zone) or _NEVER
    expires = expiry(matter.kind, counted_from, sought.terms.keeps)
    if expires is not None and expires <= sought.at.astimezone(sought.zone).date():
        return None
    contested = denials.of(told)
    if not is_plain(take) or contested:
        mentions = [one._replace(sure=False) for one in mentions]
    person = _person_match(sought.persons, mentions)
    value = shown_value(take.value)
    recorded = statement.recorded or _NEVER
    row = Row(
        statement=take.id,
        agency=matter.keys[0] if matter.kind == "contact" else statement.custodian,
        kind=matter.kind,
        matter=matter.label,
        when=happened_words(take.happened) or None,
        recorded=moment_text(recorded),
        outcome=value.pop("outcome", None),
        value=value,
        stance=take.stance.value,
        hedge=take.hedge.value,
        said_by=statement.speaker.name,
        via=tuple(one.name for one in statement.via),
        reviewed=statement.reviewed,
        place_match=match,
        person_match=person,
        expires=expires.isoformat() if expires else None,
        contested_by=contested,
    )
    of_another = person is None and any(one.person.is_named for one in mentions)
    return Found(row, counted_from, recorded, of_another)


def _person_match(persons: Sequence[Person], mentions: Sequence[Mention]) -> PersonMatch | None:
    """Who of those asked for it may be about: first the one on whom two identifiers agree."""
    matches = [
        PersonMatch(person.name, reasons)
        for person in persons
        for mention in mentions
        if (reasons := reasons_for(person, mention))
    ]
    return next((one for one in matches if is_theirs(one.reasons)), matches[0] if matches else None)


def _order(found: Found) -> tuple[int, float, str]:
    """By how near it is, then most recent first, then id."""
    match = found.row.place_match
    nearness = NEAREST_FIRST.index(match) if match else len(NEAREST_FIRST)
    return nearness, -found.dated.timestamp(), found.row.statement
