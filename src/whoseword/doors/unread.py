"""What a feed brought that somebody should read, and who may engage without its having been read."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from whoseword.access import Reader
from whoseword.doors.advising import advice_at
from whoseword.doors.call_briefs import MOST_CALLS
from whoseword.doors.desk import Desk
from whoseword.intake.unread import Words, words_to_read
from whoseword.response import MAY_ENGAGE
from whoseword.words import Statement


class EngagesUnread(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Somebody who may engage on the word of one who had not seen what has just come in."""

    incident: str
    who: str
    cleared_by: str | None
    unread: tuple[str, ...]


class LookAt(NamedTuple):
    """Statements that may tell of a weapon and that nobody has read; who may engage without it.

    ``not_asked`` are incidents with such words of which nobody was looked up, because they are many.
    """

    statements: Sequence[tuple[Statement, Words]]
    rows: Sequence[EngagesUnread]
    not_asked: Sequence[str] = ()


def to_look_at(desk: Desk, said: Iterable[Statement], reader: Reader) -> LookAt:
    """What among statements that were just said may tell of a weapon, and whom a clearance frees.

    Beyond so many incidents nobody is looked up: ``advise`` tells it of each.
    """
    found = [
        (one, words) for one in said if (words := words_to_read(one)) and words.may_tell_of_weapon
    ]
    incidents = list(dict.fromkeys(one.incident for one, _ in found))
    ids = {one.id for one, _ in found}
    rows = []
    few = incidents if len(incidents) <= MOST_CALLS else []
    for incident in few:
        for row in advice_at(desk, incident, reader, None).advice:
            its = (one.statement for one in row.unread)
            new = tuple(one for one in its if one.rpartition(":")[2] in ids)
            if row.advice == MAY_ENGAGE and new:
                rows.append(
                    EngagesUnread(
                        incident=incident, who=row.who, cleared_by=row.cleared_by, unread=new
                    )
                )
    return LookAt(found, rows, incidents if not few else ())
