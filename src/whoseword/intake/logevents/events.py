"""A log event: what an element of NG9-1-1 says that it saw, did, sent or received.

The event is read strictly where it says who, when and of what, and leniently elsewhere (``kinds``).
Whatever is wrong is told with its path; nothing of a malformed event is taken.
"""

from collections.abc import Callable
from typing import Any, Final, NamedTuple

import msgspec

from whoseword.intake.eido import FeedFault
from whoseword.intake.logevents.kinds import KINDS, OF_A_CALL, flaw_of
from whoseword.intake.logevents.names import (
    is_address,
    is_agent,
    is_call_id_sip,
    is_domain,
    is_id,
    moment_of,
)
from whoseword.words import WordFault, parse_json

Raw = dict[str, Any]


class LogEvent(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True, kw_only=True):
    """What every log event says, in the order in which it is written; a kind's own fields beside."""

    client_assigned_identifier: str | None = None
    log_event_type: str
    timestamp: str
    element_id: str
    agency_id: str
    agency_agent_id: str | None = None
    agency_position_id: str | None = None
    call_id: str | None = None
    incident_id: str | None = None
    call_id_sip: str | None = None
    ip_address_port: str | None = None
    extension: Raw | str | None = None


class Message(LogEvent, frozen=True, rename="camel", omit_defaults=True, kw_only=True):
    """That words came in or went out."""

    text: str
    direction: str


class EidoSeen(LogEvent, frozen=True, rename="camel", omit_defaults=True, kw_only=True):
    """That an incident's object came in or went out."""

    direction: str


class CallStart(LogEvent, frozen=True, rename="camel", omit_defaults=True, kw_only=True):
    """That a call began at the agency that logs it."""

    direction: str
    standard_primary_call_type: str | None = None
    standard_secondary_call_type: str | None = None
    local_call_type: str | None = None


class CallState(LogEvent, frozen=True, rename="camel", omit_defaults=True, kw_only=True):
    """That a call of the agency that logs it is in another state."""

    state: str
    direction: str


class Read(NamedTuple):
    """An event that holds: what all events say, and the whole as it was sent."""

    event: LogEvent
    raw: Raw


class _Rule(NamedTuple):
    holds: Callable[[str], bool]
    problem: str
    remedy: str


def _domain(name: str) -> _Rule:
    return _Rule(is_domain, "is no domain", f"give {name} as psap.dunmore.example")


def _urn(kind: str) -> _Rule:
    return _Rule(
        lambda text: is_id(kind, text),
        f"is no id urn:emergency:uid:{kind}:UNIQUE:DOMAIN with 10 to 36 characters that are unique",
        "give it as it was assigned",
    )


_RULES: Final[dict[str, _Rule]] = {
    "timestamp": _Rule(
        lambda text: moment_of(text) is not None,
        "is no time with its offset",
        "write it as 2031-05-02T19:03:00-05:00 (RFC 3339)",
    ),
    "elementId": _domain("the element"),
    "agencyId": _domain("the agency"),
    "agencyAgentId": _Rule(is_agent, "is no agent", "write it as agent@psap.dunmore.example"),
    "callId": _urn("callid"),
    "incidentId": _urn("incidentid"),
    "callIdSip": _Rule(is_call_id_sip, "is no Call-ID of SIP", "write it as RFC 3261 has it"),
    "ipAddressPort": _Rule(is_address, "is no address with a port", "write it as 192.0.2.7:5061"),
}
_COMMON: Final = tuple(one.encode_name for one in msgspec.structs.fields(LogEvent))
_NEEDED: Final = ("logEventType", "timestamp", "elementId", "agencyId")


def read_event(content: bytes) -> Read:
    """The event in JSON. Raises ``FeedFault`` with the path of the fault."""
    try:
        raw = parse_json(content)
    except WordFault as fault:
        path = "$" if fault.field == "line" else f"$.{fault.field}"
        raise FeedFault(path, fault.problem, fault.remedy) from None
    return check_event(raw)


def check_event(raw: Raw) -> Read:
    """The event, if it holds. Raises ``FeedFault`` with the path of the fault."""
    for name in _NEEDED:
        if name not in raw:
            raise FeedFault(f"$.{name}", "is missing", "every log event says it")
    for name in _COMMON:
        if name in raw and raw[name] is None:
            raise FeedFault(f"$.{name}", "is null", "leave it out where there is nothing to say")
    kind = raw["logEventType"]
    if not isinstance(kind, str) or kind not in KINDS:
        raise FeedFault(
            "$.logEventType", f"{kind!r:.60} is no kind of log event", "use one of STA-010.3"
        )
    try:
        event = msgspec.convert(raw, LogEvent)
    except msgspec.ValidationError as error:
        raise _told(str(error)) from None
    for name, rule in _RULES.items():
        if name in raw and not rule.holds(raw[name]):
            raise FeedFault(f"$.{name}", f"{raw[name]!r:.80} {rule.problem}", rule.remedy)
    _check_own(kind, raw)
    return Read(event, raw)


def _told(message: str) -> FeedFault:
    what, _, path = message.partition(" - at `")
    told = what.replace("`", "").replace("Expected ", "must be ").replace(", got ", ", and is ")
    told = told.replace("object", "an object").replace("str", "text").replace(" | ", " or ")
    return FeedFault(path.rstrip("`") or "$", told, "see STA-010.3")


def _check_own(kind: str, raw: Raw) -> None:
    """Check the fields of a kind: those that it needs, and those that have words of their own."""
    if kind in OF_A_CALL and "callId" not in raw:
        raise FeedFault("$.callId", f"is missing, and {kind} is of a call", "say of which call")
    for field in KINDS[kind]:
        if field.name not in raw:
            if field.needed:
                raise FeedFault(f"$.{field.name}", "is missing", f"{kind} says it")
            continue
        flaw = flaw_of(kind, field.name, raw[field.name])
        if flaw is not None:
            raise FeedFault(f"$.{field.name}", *flaw)


def written(event: LogEvent) -> bytes:
    """An event of our own as the bytes that are signed."""
    return msgspec.json.encode(event)
