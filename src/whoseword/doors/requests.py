"""Requests for records at the desk: taken down when they come, answered under a name, never forgotten."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec

from whoseword.access import Reader
from whoseword.books import Receipt
from whoseword.doors.desk import Desk
from whoseword.doors.errors import DeskError
from whoseword.record.requests import (
    ANSWER,
    REQUEST,
    Answered,
    Asked,
    Moment,
    Outcome,
    RequestRule,
    Row,
    read_request_rules,
    requests_of,
    rule_on,
)
from whoseword.words import Basis, Source, Speaker, SpeakerKind, Stance, Statement
from whoseword.words.aftermath import Replied, Requested
from whoseword.words.times import moment_text

_TOPIC: Final = "incident/requests"


def _book(desk: Desk) -> str:
    return f"{desk.owner.agency}/{_TOPIC}"


def _rules(desk: Desk) -> tuple[RequestRule, ...]:
    return read_request_rules(desk.rules.rules.files)


def list_requests(desk: Desk, incident: str, reader: Reader, as_of: datetime | None) -> list[Row]:
    """Every request on an incident, the oldest first, as of a moment."""
    moment, told = desk.read("requests", incident, reader, as_of)
    own = [one for one in told.statements if one.book == _book(desk)]
    return requests_of(own, desk.owner.agency, _rules(desk), Moment(moment, desk.zone))


def take_request(
    desk: Desk, incident: str, by: str, about: str, name: str, received: datetime | None
) -> Row:
    """Take down a request; it was received now if not said otherwise. Raises ``DeskError``."""
    now = desk.clock()
    came = received or now
    if came > now:
        raise DeskError(f"it is said to be received at {moment_text(came)}, which has not come yet")
    rows = list_requests(desk, incident, desk.owner, None)
    number = max((one.number for one in rows), default=0) + 1
    asked = Asked(number=number, received=moment_text(came))
    desk.ledger.append(
        [
            Statement(
                incident=incident,
                book=_book(desk),
                speaker=Speaker(name, SpeakerKind.OFFICIAL, desk.owner.agency),
                stance=Stance.AFFIRMS,
                basis=Basis.RECORD,
                fact=Requested(by=by, of=desk.owner.agency, about=about),
                source=Source(entered_by=name),
                signed_by=name,
                extra={REQUEST: msgspec.to_builtins(asked)},
            )
        ]
    )
    return _numbered(list_requests(desk, incident, desk.owner, None), number, incident)


def _numbered(rows: Sequence[Row], number: int, incident: str) -> Row:
    for one in rows:
        if one.number == number:
            return one
    raise DeskError(
        f"{incident} has no request {number}; `whoseword requests {incident}` lists them"
    )


def answer(desk: Desk, incident: str, name: str, answered: Answered) -> list[Receipt]:
    """Answer a request. Raises ``DeskError`` where the answer lacks what the rule asks of it."""
    row = _numbered(list_requests(desk, incident, desk.owner, None), answered.number, incident)
    outcome = Outcome(answered.outcome)
    received = datetime.fromisoformat(row.received).astimezone(desk.zone).date()
    rule = rule_on(_rules(desk), received)
    missing = [need for need in rule.needs(outcome) if not getattr(answered, need)]
    if missing:
        options = " and ".join(f"--{need}" for need in missing)
        raise DeskError(
            f"an answer that is {outcome.value} tells {', '.join(missing)} ({rule.id}, "
            f"{rule.citation}); say {options}"
        )
    return desk.ledger.append(
        [
            Statement(
                incident=incident,
                book=_book(desk),
                speaker=Speaker(name, SpeakerKind.OFFICIAL, desk.owner.agency),
                stance=Stance.DOES,
                basis=Basis.TOOK_PART,
                fact=Replied(by=desk.owner.agency, to=row.by, about=row.about),
                source=Source(entered_by=name),
                signed_by=name,
                extra={ANSWER: msgspec.to_builtins(answered)},
            )
        ]
    )
