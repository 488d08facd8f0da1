"""Which history somebody denies.

History is contestable (law 7), so a denial of the same matter that stands is shown beside it. A
contact is one matter however its address was written, and in whichever incident it is denied.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import tzinfo
from typing import NamedTuple

from whoseword.account.conflicts import first_conflict
from whoseword.account.positions import Take, voiced
from whoseword.contacts.addresses import read_address
from whoseword.contacts.opened import Incident
from whoseword.words import Matter
from whoseword.words.names import slug


class Told(NamedTuple):
    """One statement's word on one matter of one incident."""

    incident: Incident
    matter: Matter
    take: Take


class Denials(NamedTuple):
    """Every denial that stands, by what it denies; ``zone`` reads dates without an offset."""

    by_matter: Mapping[Hashable, Sequence[Take]]
    zone: tzinfo

    def of(self, told: Told) -> tuple[str, ...]:
        """The denials that cannot hold together with what was told, by when they were recorded."""
        its = {
            take.id: take
            for take in self.by_matter.get(_what(told.incident, told.matter), ())
            if first_conflict(told.matter, [told.take], [take], self.zone)
        }
        return tuple(sorted(its, key=lambda key: (str(its[key].statement.recorded), key)))


def denials_in(incidents: Iterable[Incident], zone: tzinfo) -> Denials:
    """The denials of every incident that were not replaced."""
    found: dict[Hashable, list[Take]] = defaultdict(list)
    for incident in incidents:
        for matter, takes in incident.takes.items():
            for take in voiced(takes):
                if take.denies and take.replaced_by is None:
                    found[_what(incident, matter)].append(take)
    return Denials(found, zone)


def place_of(matter: Matter) -> str | None:
    """The place that a prior contact or earlier calls were at."""
    return matter.keys[-1] if matter.kind in ("contact", "prior_calls") else None


def _what(incident: Incident, matter: Matter) -> Hashable:
    """What is denied or affirmed: for history of a place the place as read, else the matter."""
    place = place_of(matter)
    address = read_address(place) if place else None
    if address is None or not address.street:
        return incident.slug, matter
    agency = matter.keys[0] if matter.kind == "contact" else None
    return matter.kind, agency and slug(agency), address
