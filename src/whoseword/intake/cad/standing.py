"""What an export says beside what earlier exports of the same feed have said of a call.

A later export is held to the same rules as later rows of one file. Two numbers never make one incident
of two calls (law 6), and another value of the same field of the same call is the record's correction
where it is told to be later than all that the feed had said of the call; else both stand.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec.structs import replace

from whoseword.intake.cad.identities import statement_id
from whoseword.intake.cad.maps import CadMap
from whoseword.intake.cad.saying import span_of
from whoseword.intake.cad.telling import Context, Saying, incident_of
from whoseword.words import Statement
from whoseword.words.kinds import kind_of, values_of

_CORRECTED = ("called", "classified", "located", "named")
"""Answers are not among them: a later \"no\" beside a weapon is disputed, and takes none away (law 6)."""


def numbers_of(incident: str, stands: Iterable[Statement], context: Context) -> frozenset[str]:
    """The numbers under which the map's feed has told of an incident already."""
    feed = context.cad.feed
    told = (one.source.message for one in stands if one.source.feed == feed)
    found = {_number_in(message, incident, context) for message in set(told) if message}
    return frozenset(number for number in found if number is not None)


def _number_in(message: str, incident: str, context: Context) -> str | None:
    """The number before a row's own id, each of which may hold a stroke; the longest that fits."""
    parts = message.split("/")
    for end in range(len(parts) - 1, 0, -1):
        number = "/".join(parts[:end])
        if incident_of(number, context) == incident:
            return number
    return None


def corrected(sayings: Sequence[Saying], stands: Sequence[Statement], cad: CadMap) -> list[Saying]:
    """What is said of one incident, each naming what it corrects of what stands in sight there."""
    ours = [one for one in stands if one.source.feed == cad.feed]
    ids = {one.id for one in ours}
    anew: dict[str, str] = {}
    found: list[Saying] = []
    for saying in sayings:
        made = saying.statement
        if made.replaces in anew:
            made = replace(made, replaces=anew[made.replaces])
        elif not saying.of_row and (made.replaces is None or {made.id, made.replaces} & ids):
            before = _corrects(made, ours, cad)
            if before is not None and made.id in ids:
                # The record came back to a value that it had: that is said once more, as a new one.
                again = statement_id(cad.feed, "again", str(made.id), str(before.id))
                anew[str(made.id)] = again
                made = replace(made, id=again, replaces=before.id)
            elif before is not None:
                made = replace(made, replaces=before.id)
        found.append(replace(saying, statement=made))
    return found


def _corrects(made: Statement, ours: Sequence[Statement], cad: CadMap) -> Statement | None:
    """The one statement that stands of the same field with another value, and is surely earlier."""
    field = _field(made)
    its = [one for one in ours if field is not None and _field(one) == field]
    gone = {one.replaces for one in its}
    current = [one for one in its if one.id not in gone]
    if len(current) != 1 or _value(current[0]) == _value(made) or made.recorded is None:
        return None
    begins = span_of(made.said)
    number = str(field[2]).removeprefix("caller of ") if field else ""
    ends = [
        span_of(one.said)
        for one in ours
        if one.speaker.name != f"map of {cad.feed}" and _is_of(one, number)
    ]
    if begins is None or None in ends:
        return None
    return current[0] if all(end[1] < begins[0] for end in ends if end) else None


def _field(one: Statement) -> tuple[Any, ...] | None:
    """Which field of which call a statement tells of; None where it is not one that rows repeat."""
    kind = kind_of(one.fact)
    if kind not in _CORRECTED:
        return None
    key: Any = getattr(one.fact, {"named": "who", "located": "what"}.get(kind, "call"), None)
    return one.speaker, kind, key


def _value(one: Statement) -> tuple[Any, ...]:
    return one.stance, values_of(one.fact), one.fact.happened if _is_call(one) else None


def _is_call(one: Statement) -> bool:
    return kind_of(one.fact) == "called"


def _is_of(one: Statement, number: str) -> bool:
    return (one.source.message or "").startswith(f"{number}/")
