"""What advice draws on: statements of three classes of books, as they were known at a moment.

Weapons are drawn from every public, response and incident book of a home, the rest from those of
them that the reader opens (contract, section 3): the one place where safety comes before secrecy.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from typing import NamedTuple

from whoseword.account.known import Known, known_at
from whoseword.response.shapes import NO_NOTES, Drawn, Notes
from whoseword.words import BookClass, Statement
from whoseword.words.rules import may_correct
from whoseword.words.times import edtf_span, moment_from

CLASSES = frozenset({one.value for one in (BookClass.PUBLIC, BookClass.RESPONSE)}) | {
    BookClass.INCIDENT.value
}
NEVER = datetime.min.replace(tzinfo=UTC)
Key = tuple[datetime, str, str]
"""The order of statements: by ``recorded``, then id, then book."""


class Scene(NamedTuple):
    """An incident at a moment: what the reader opens of it, in order, and what is hidden.

    ``gone`` is from when each replaced statement was replaced, by its place; ``notes`` are words that
    nobody has looked at; ``received`` is what another home sent, by book and id.
    """

    known: Sequence[Known]
    hidden: Sequence[Statement]
    gone: dict[int, datetime]
    zone: tzinfo
    notes: Notes = NO_NOTES
    received: frozenset[tuple[str, str | None]] = frozenset()

    def is_received(self, one: Known) -> bool:
        """Whether another home sent it."""
        return (one.statement.book, one.statement.id) in self.received

    def stands(self, one: Known, at: datetime) -> bool:
        """Whether it was said by then, and not replaced."""
        return recorded(one.statement) <= at and not (
            one.replaced_by is not None and self.gone.get(one.place, at) <= at
        )


def scene_at(told: Drawn, incident: str, at: datetime, zone: tzinfo) -> Scene:
    """What was known of an incident at a moment (inclusive), under the ids that a reader sees."""
    opened = known_at(told.opened, incident, at)
    known = [one for one in opened if one.statement.handling in CLASSES]
    named = {(one.statement.book, one.statement.id) for one in opened}
    hidden = {
        key_of(one): one
        for one in told.for_safety
        if one.incident == incident
        and one.recorded is not None
        and one.recorded <= at
        and (one.book, one.id) not in named
        and one.handling in CLASSES
    }
    told_hidden = [hidden[key] for key in sorted(hidden)]
    return Scene(known, told_hidden, _gone(known), zone, told.notes, told.received)


def key_of(statement: Statement) -> Key:
    """A statement's place in the order."""
    return recorded(statement), statement.id or "", statement.book


def recorded(statement: Statement) -> datetime:
    """When this home learnt it."""
    return statement.recorded or NEVER


def time_in(text: str | None, zone: tzinfo) -> datetime | None:
    """The first moment of what is a time of day; None for a day, a year, or words."""
    if text is None or "T" not in text:
        return None
    span = edtf_span(text, zone)
    if span is None:
        return None
    return NEVER if span.earliest is None else moment_near(span.earliest)


def moment_near(count: int) -> datetime:
    """The moment so many microseconds after 1970; the nearest that a datetime can hold."""
    try:
        return moment_from(count)
    except OverflowError:  # EDTF reaches beyond the years that a datetime can hold
        return NEVER if count < 0 else datetime.max.replace(tzinfo=UTC)


def _gone(known: Sequence[Known]) -> dict[int, datetime]:
    """From when each replaced statement was replaced: by the first of its corrections."""
    found: dict[int, datetime] = {}
    for one in known:
        if one.statement.replaces is None:
            continue
        for target in known:
            if target.statement.id == one.statement.replaces and _corrects(one, target):
                since = max(recorded(one.statement), recorded(target.statement))
                found[target.place] = min(since, found.get(target.place, since))
    return found


def _corrects(one: Known, earlier: Known) -> bool:
    mine, its = one.statement, earlier.statement
    same_book = (mine.custodian, mine.handling) == (its.custodian, its.handling)
    return one is not earlier and same_book and may_correct(mine.speaker, its.speaker)
