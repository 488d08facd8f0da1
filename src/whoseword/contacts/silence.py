"""What was not checked: partners of whom nothing is open to the reader, and who did not answer.

"Not asked" and "no answer" are two answers, and neither is "no concern" (law 5). An agency of which
this reader may open nothing reads like one that was never asked: what a reader may not open does
not exist for them (law 3).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from whoseword.account.authority import party_of
from whoseword.account.awaiting import awaiting_of
from whoseword.contacts.addresses import Address
from whoseword.contacts.doors import concerns, is_about
from whoseword.contacts.opened import Incident, words_of
from whoseword.contacts.shapes import NotChecked
from whoseword.words import Stance
from whoseword.words.names import slug

NO_ANSWER = "asked, and did not answer"
NOTHING_OPEN = "not asked, or nothing of it on this door is open to this reader"


class _Silence(NamedTuple):
    """An agency that owes an answer, and whether what it owes is history of the building."""

    agency: str
    of_the_building: bool


def not_checked(
    incidents: Sequence[Incident], asked: Address, partners: Iterable[str], at: datetime
) -> tuple[NotChecked, ...]:
    """The agencies of which this brief holds nothing, and those that kept silent on the building.

    A request on another matter counts only against a partner of whom nothing is open: one who
    owes a newspaper a video has still told what it knows of a door.
    """
    shown = {slug(partner): partner for partner in sorted(partners)}
    near = [incident for incident in incidents if is_about(asked, incident)]
    # What it told of another door says nothing of this one.
    open_of = {slug(one.statement.custodian) for incident in near for one in incident.known}
    rows = {agency: NOTHING_OPEN for agency in shown if agency not in open_of}
    for incident in near:
        for one in _silences(incident, asked, at):
            if one.of_the_building or one.agency in rows:
                rows[one.agency] = NO_ANSWER
    found = [NotChecked(shown.get(agency, agency), why) for agency, why in rows.items()]
    return tuple(sorted(found, key=lambda one: (one.agency, one.why)))


def _silences(incident: Incident, asked: Address, at: datetime) -> Iterator[_Silence]:
    """The agencies that were asked and owe an answer; a person's silence is not an agency's."""
    said = {one.id: one.statement for one in incident.known}
    for row in awaiting_of(incident.takes, incident.names, at):
        statement = said[row.statement]
        if statement.stance is not Stance.NO_REPLY:
            about = getattr(statement.fact, "about", None)
            topics = words_of(about, incident.names)
            yield _Silence(slug(row.of), any(concerns(asked, topic) for topic in topics))
        elif party := party_of(statement.speaker):
            yield _Silence(slug(incident.names.get(party, party)), True)
