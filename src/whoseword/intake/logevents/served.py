"""What is asked of a logging service, and the answers (STA-010.3, Logging Service 1.2).

Each question is asked of events that a reader may open, so an answer is a view like any other. A
parameter that the service does not have is refused, never passed over: whoever asks for one call by a
misspelt name would be given all of them. Lists come in pages, of ``limit`` from ``start``, which
counts from 1. A list without a member is an answer; an id that no event has is not found.
"""

import html
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, TypeVar

import msgspec

from whoseword.intake.logevents.arriving import Kept
from whoseword.intake.logevents.kinds import KINDS
from whoseword.intake.logevents.names import is_id, moment_of
from whoseword.intake.logevents.signing import ALGORITHM, UNSIGNED, Jws
from whoseword.words import WhoseWordError

UNSPECIFIED, NO_TEXT, BAD_TIME, ENDS_FIRST, BAD_PLACE = 454, 464, 465, 466, 467
NOT_FOUND: Final = 404
MOST: Final = 1_000
"""How many members a page has at most; the answer's ``totalCount`` tells that there are more."""
_LARGEST: Final = 2**31 - 1
_TEXTS: Final = frozenset({"MessageLogEvent", "NonRtpMediaMessageLogEvent"})

Member = TypeVar("Member")


class Refused(WhoseWordError):
    """A question that cannot be answered; ``status`` is the one that the service tells it by."""

    def __init__(self, status: int, problem: str) -> None:
        super().__init__(problem)
        self.status = status


class Asked(msgspec.Struct, frozen=True):
    """A question, read: what the events must be, and which page is wanted."""

    kind: str | None = None
    call: str | None = None
    incident: str | None = None
    begins: datetime | None = None
    ends: datetime | None = None
    start: int = 1
    limit: int = MOST

    def holds(self, one: Kept) -> bool:
        """Whether an event is among those that are asked for."""
        return (
            self.kind in (None, one.event.log_event_type)
            and self.call in (None, one.event.call_id)
            and self.incident in (None, one.event.incident_id)
            and (self.begins is None or one.at >= self.begins)
            and (self.ends is None or one.at <= self.ends)
        )


_PAGE: Final = frozenset({"limit", "start"})
_SPAN: Final = frozenset({"startTime", "endTime"})
PARAMETERS: Final[dict[str, frozenset[str]]] = {
    "LogEvents": _PAGE | _SPAN | {"logEventType"},
    "LogEventIds": _PAGE | {"callId", "incidentId"},
    "CallIds": _PAGE | _SPAN | {"incidentId", "area"},
    "IncidentIds": _PAGE | _SPAN | {"area"},
    "AgencyIds": _PAGE | {"callId", "incidentId"},
    "Conversations": frozenset({"callId"}),
}


def read_question(of: str, given: Sequence[tuple[str, str]]) -> Asked:
    """A question from the parameters of an address. Raises ``Refused``."""
    told = dict(given)
    for name, _ in given:
        if name not in PARAMETERS[of]:
            raise Refused(
                UNSPECIFIED,
                f"{name} is no parameter of {of}; use {', '.join(sorted(PARAMETERS[of]))}",
            )
    if len(told) != len(given):
        raise Refused(UNSPECIFIED, "a parameter stands twice; give each once")
    if "area" in told:
        raise Refused(
            BAD_PLACE, "area: this service does not place events; ask by time or by incident"
        )
    kind = told.get("logEventType")
    if kind is not None and kind not in KINDS:
        raise Refused(UNSPECIFIED, f"logEventType: {kind!r:.60} is no kind of log event")
    begins, ends = _time(told, "startTime"), _time(told, "endTime")
    if begins is not None and ends is not None and ends < begins:
        raise Refused(ENDS_FIRST, "endTime is before startTime; give a span that has a length")
    return Asked(
        kind=kind,
        call=_id(told, "callId"),
        incident=_id(told, "incidentId"),
        begins=begins,
        ends=ends,
        start=_count(told, "start", 1),
        limit=min(MOST, _count(told, "limit", MOST)),
    )


def _time(told: Mapping[str, str], name: str) -> datetime | None:
    if name not in told:
        return None
    found = moment_of(told[name])
    if found is None:
        raise Refused(
            BAD_TIME,
            f"{name} is no time with its offset; write it as 2031-05-02T19:03:00-05:00, and a + in an "
            "address as %2B",
        )
    return found


def _id(told: Mapping[str, str], name: str) -> str | None:
    if name in told and not is_id(name.lower(), told[name]):
        raise Refused(
            UNSPECIFIED, f"{name}: {told[name]!r:.80} is no urn:emergency:uid:{name.lower()}:…"
        )
    return told.get(name)


def _count(told: Mapping[str, str], name: str, otherwise: int) -> int:
    text = told.get(name)
    if text is None:
        return otherwise
    if not re.fullmatch(r"[0-9]{1,10}", text, re.ASCII) or not 1 <= int(text) <= _LARGEST:
        raise Refused(UNSPECIFIED, f"{name} is no whole number from 1 to {_LARGEST:,}")
    return int(text)


class Container(msgspec.Struct, frozen=True, rename="camel"):
    """An event in a list, with the id that the service gave it."""

    log_event_id: str
    log_event: Jws


def page(asked: Asked, name: str, members: Sequence[Member]) -> dict[str, Any]:
    """A page of a list."""
    shown = members[asked.start - 1 : asked.start - 1 + asked.limit]
    return {"count": len(shown), "totalCount": len(members), name: shown}


def log_events(asked: Asked, kept: Iterable[Kept]) -> dict[str, Any]:
    """The events themselves."""
    found = [Container(one.id, one.jws) for one in kept if asked.holds(one)]
    return page(asked, "logEventContainers", found)


def log_event(id_: str, kept: Iterable[Kept]) -> Jws:
    """One event. Raises ``Refused`` where none has that id."""
    for one in kept:
        if one.id == id_:
            return one.jws
    raise Refused(NOT_FOUND, "no event of that id is here; ask LogEventIds for those that are")


def ids(asked: Asked, kept: Iterable[Kept]) -> dict[str, Any]:
    """The ids of events."""
    return page(asked, "logEventIds", [one.id for one in kept if asked.holds(one)])


def calls(asked: Asked, kept: Iterable[Kept]) -> dict[str, Any]:
    """The calls that events are of."""
    return page(asked, "callIds", _several(asked, kept, lambda one: one.event.call_id))


def incidents(asked: Asked, kept: Iterable[Kept]) -> dict[str, Any]:
    """The incidents that events are of."""
    return page(asked, "incidentIds", _several(asked, kept, lambda one: one.event.incident_id))


def agencies(asked: Asked, kept: Iterable[Kept]) -> dict[str, Any]:
    """The agencies that logged events."""
    return page(asked, "agencyIds", _several(asked, kept, lambda one: one.event.agency_id))


def _several(asked: Asked, kept: Iterable[Kept], of: Callable[[Kept], str | None]) -> list[str]:
    found = {value for one in kept if asked.holds(one) and (value := of(one)) is not None}
    return sorted(found)


def conversation(asked: Asked, kept: Iterable[Kept]) -> str:
    """The texts of a call, in the order of their times, as HTML. Raises ``Refused``."""
    if asked.call is None:
        raise Refused(UNSPECIFIED, "callId is missing; say of which call")
    of_call = sorted((one for one in kept if asked.holds(one)), key=lambda one: (one.at, one.id))
    if not of_call:
        raise Refused(NOT_FOUND, "no event of that call is here")
    lines = [
        f"<li>{html.escape(one.event.timestamp)} {html.escape(_who(one))}: "
        f"{html.escape(str(one.raw['text']))}</li>"
        for one in of_call
        if one.event.log_event_type in _TEXTS
    ]
    if not lines:
        raise Refused(NO_TEXT, "no text of that call is here")
    return f"<!DOCTYPE html>\n<title>Text of a call</title>\n<ol>{''.join(lines)}</ol>\n"


def _who(one: Kept) -> str:
    return f"{one.event.agency_agent_id or one.event.element_id} ({one.raw['direction']})"


def versions(program: str, *, unsigned: bool) -> dict[str, Any]:
    """What the service is, and by which algorithms events must be signed."""
    algorithms = [ALGORITHM, UNSIGNED] if unsigned else [ALGORITHM]
    its = {
        "major": 1,
        "minor": 2,
        "vendor": "whoseword",
        "serviceInfo": {"requiredAlgorithms": algorithms},
    }
    return {"fingerprint": program, "versions": [its]}
