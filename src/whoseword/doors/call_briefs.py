"""The brief for a call at the desk: drawn up when it comes in, and as it would have been at a moment.

Its places and people are those that the reader opens of the incident, so whoever asks gets a question
that they might have asked themselves. True places are compared and covered afterwards: participants
of a program of confidential addresses share one substitute, which must not make their doors one. Whoever finds
their own door or name in a call is put before the custodian (``doors.briefs``).
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Final, TypeVar

import msgspec

from whoseword.access import Reader
from whoseword.contacts import Asked, Call, CallBrief, call_brief, told_of_call
from whoseword.doors.briefs import members, own_lookup, terms_at
from whoseword.doors.confidential import cover_of
from whoseword.doors.desk import Desk
from whoseword.doors.listed_rows import rows_as_statements
from whoseword.doors.partners import partners
from whoseword.intake.eido import births_in
from whoseword.words import Statement
from whoseword.words.scene import Aged, Called, Located, Named

MOST_CALLS: Final = 5
"""For how many calls at once a brief is drawn up: more are no call that has just come in."""
_Value = TypeVar("_Value")


def make_call_brief(
    desk: Desk, incident: str, reader: Reader, at: datetime | None = None, name: str | None = None
) -> CallBrief:
    """What agencies already know of the door and the people that an incident's statements tell.

    ``name`` is who is looking, if told.
    """
    moment, of_all = read_for_call(desk, incident, reader, at, name)
    return brief_of_call(desk, Call(incident), of_all, reader)(moment)


def read_for_call(
    desk: Desk, incident: str, reader: Reader, at: datetime | None, name: str | None = None
) -> tuple[datetime, list[Statement]]:
    """Everything that a brief for a call is drawn from, up to a moment; true places in it.

    Now is never before what the reader opens of the incident: a clock that is behind would leave out
    the call that has just come in.
    """
    with desk.ledger.store.view() as view:
        known = members(view)
    behind = desk.clock_behind() if at is None else None
    moment, told = desk.read("brief", incident, reader, behind[1] if behind else at)
    if behind:
        recorded = (one.recorded for one in told.statements if one.recorded is not None)
        moment = max([behind[0], *recorded])
    asked = _asked(desk, incident, told.statements, moment) if known else ()
    own = next(filter(None, (own_lookup(known, one, reader, name) for one in asked)), "")
    statements = desk.read("brief", None, reader, moment, own)[1].statements
    rows: dict[str | None, Statement] = {}
    for one in _asked(desk, incident, told.statements, moment):
        rows |= {row.id: row for row in rows_as_statements(desk, statements, one, moment)}
    return moment, [*statements, *rows.values()]


def _asked(desk: Desk, incident: str, told: Sequence[Statement], at: datetime) -> Iterator[Asked]:
    """What the brief for a call asks, door by door."""
    call = Call(incident, births_in(told))
    places, people = told_of_call(told, call, at=at, zone=desk.zone)
    names = tuple(one.asked for one in people)
    yield Asked("", names)
    yield from (Asked(one.place) for one in places)


def brief_of_call(
    desk: Desk, call: Call, of_all: Sequence[Statement], reader: Reader
) -> Callable[[datetime], CallBrief]:
    """The brief for a call as of any moment, from what was read for it.

    Nothing in it is the reader's own words, so all of it is covered.
    """
    births = births_in(one for one in of_all if one.incident == call.incident)
    with desk.ledger.store.view() as view:
        cover, agencies = cover_of(view), tuple(partners(view))

    def covered(value: _Value) -> _Value:
        shown: _Value = cover.value(value) if cover else value
        return shown

    def at(moment: datetime) -> CallBrief:
        found = call_brief(
            of_all,
            call._replace(births=births),
            at=moment,
            reader=reader,
            terms=terms_at(desk, moment, agencies),
            zone=desk.zone,
        )
        return msgspec.structs.replace(
            found,
            places=covered(found.places),
            people=covered(found.people),
            briefs=covered(found.briefs),
        )

    return at


def calls_come_in(desk: Desk, said: Sequence[Statement], reader: Reader) -> list[str]:
    """The incidents of which statements that were just said tell a new call, door or name.

    A unit that moves and a note that is added are none of these.
    """
    new = [one.incident for one in said if isinstance(one.fact, Called) and one.replaces is None]
    found = dict.fromkeys(new)
    if len(found) > MOST_CALLS:
        return list(found)
    births = births_in(said)
    news: dict[str, set[str | None]] = {}
    for one in said:
        tells = isinstance(one.fact, Located | Named | Aged) or (one.book, one.id) in births
        if tells and one.incident not in found:
            news.setdefault(one.incident, set()).add(one.id)
    for incident, ids in list(news.items())[:MOST_CALLS]:
        if _tells_of_door(desk, incident, ids, reader):
            found[incident] = None
    return list(found)


def _tells_of_door(desk: Desk, incident: str, ids: set[str | None], reader: Reader) -> bool:
    """Whether any of the statements is one on which the question of a brief rests."""
    behind = desk.clock_behind()
    at, told = desk.look_out(incident, reader, behind[1] if behind else None)
    call = Call(incident, births_in(told.statements))
    places, people = told_of_call(told.statements, call, at=at, zone=desk.zone)
    used = {id_ for place in places for id_ in place.statements}
    used |= {id_ for one in people for id_ in one.statements}
    return any(id_.rpartition(":")[2] in ids for id_ in used)
