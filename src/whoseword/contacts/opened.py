"""What a reader's books tell of every incident at a moment.

Entities and corrections belong to one incident, so each is taken by itself, as the account takes
it; only the ids of statements are told apart across all of them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from whoseword.account.joins import joined_names
from whoseword.account.known import Known, known_at
from whoseword.account.positions import Take, Takes, takes_of, voiced
from whoseword.account.voices import voices_of
from whoseword.words import AFFIRMING, Hedge, Matter, Stance, Statement
from whoseword.words.fact import SlotValue
from whoseword.words.matters import renamed


class Incident(NamedTuple):
    """One incident as of the moment: its statements, its joined names, every take by its matter."""

    slug: str
    known: Sequence[Known]
    names: Mapping[str, str]
    takes: Takes


def incidents_at(statements: Iterable[Statement], at: datetime) -> list[Incident]:
    """Every incident as it was recorded by then, in the order of their names."""
    by_incident: dict[str, list[Statement]] = defaultdict(list)
    for one in statements:
        if one.recorded is not None and one.recorded <= at:
            by_incident[one.incident].append(one)
    seen = Counter(one.id for several in by_incident.values() for one in several)
    return [_incident(slug, by_incident[slug], seen, at) for slug in sorted(by_incident)]


def _incident(
    slug: str, statements: Sequence[Statement], seen: Mapping[str | None, int], at: datetime
) -> Incident:
    known = [
        msgspec.structs.replace(one, id=f"{one.statement.book}:{one.statement.id}")
        if seen[one.statement.id] > 1
        else one
        for one in known_at(statements, slug, at)
    ]
    names = joined_names(known)
    voices = voices_of((one.statement.speaker for one in known), names)
    return Incident(slug, known, names, takes_of(known, voices, names))


def is_plain(take: Take) -> bool:
    """Whether it is affirmed without reserve."""
    return take.stance in AFFIRMING and take.hedge is Hedge.PLAIN


def words_of(value: SlotValue | None, names: Mapping[str, str]) -> tuple[str, ...]:
    """The words of a slot under joined names; empty where it holds none."""
    words = value if isinstance(value, tuple) else (value,)
    return tuple(renamed(word, names) for word in words if isinstance(word, str))


def live_of(incident: Incident, *kinds: str) -> Iterator[tuple[Matter, Take]]:
    """What is affirmed or believed of these kinds of fact, and was not replaced.

    A narrator has no voice on what its document quotes somebody on, as in the account.
    """
    for matter, takes in incident.takes.items():
        for take in voiced(takes) if matter.kind in kinds else ():
            says_so = take.affirms or take.stance is Stance.BELIEVES
            if says_so and take.replaced_by is None and take.implied_by is None:
                yield matter, take
