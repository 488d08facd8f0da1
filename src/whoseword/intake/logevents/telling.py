"""An incident's history as log events: every statement that a reader opens, as it was recorded.

An object of EIDO is the present state and leaves history to the logging service. The events that this
program can state of its own knowledge are few, for an event says "I saw this", and this program saw
no call and moved no media. What it saw is that somebody's word came in. So a statement goes out as
one event of one of these kinds, which all carry the statement whole in ``extension``, with speaker,
relays, hedge, basis and both times:

======================  ===============================================================================
``EidoLogEvent``        a statement that came in by an object of EIDO; the object itself is not kept as
                        it came, so none is enclosed
``CallStartLogEvent``,  the call component of such an object, where it is the very agency in whose name
``CallStateChange…``    the log is written that says so: then it is that agency's own call
``MessageLogEvent``     any other statement; its words tell who says it, through whom and how surely
======================  ===============================================================================

An event that another element sent goes out as it came, under that element's signature.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple

import msgspec

from whoseword.books.notes import Signer
from whoseword.intake.eido.marks import MARK as EIDO
from whoseword.intake.eido.marks import Mark, component_id, mark_of, moment_as_sent
from whoseword.intake.eido.noted import in_words
from whoseword.intake.logevents.arriving import in_order, kept_in, log_id
from whoseword.intake.logevents.events import (
    CallStart,
    CallState,
    EidoSeen,
    LogEvent,
    Message,
    check_event,
    written,
)
from whoseword.intake.logevents.kinds import flaw_of
from whoseword.intake.logevents.names import is_id, moment_of
from whoseword.intake.logevents.signing import Jws, signed
from whoseword.words import Statement, statement_value
from whoseword.words.scene import Called

EXTENSION: Final = "whoseword"
VERSION: Final = 1
_CALLS: Final = "callComponent"


class Logger(NamedTuple):
    """In whose name the log is written: the agency's domain, and the home's key."""

    domain: str
    signer: Signer


class Logged(NamedTuple):
    """An event as it goes out."""

    id: str
    jws: Jws


def events_of(
    statements: Iterable[Statement],
    incident: str,
    logger: Logger,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> list[Logged]:
    """The events of an incident, from the statements that a reader opens, in their order."""
    ordered = in_order(statements)
    telling = _Telling(ordered, incident, logger)
    found: dict[str, Logged] = {}
    for done, one in enumerate(ordered, start=1):
        logged = telling.logged(one)
        found.setdefault(logged.id, logged)
        progress(done, len(ordered))
    return list(found.values())


class _Telling:
    def __init__(self, statements: Sequence[Statement], incident: str, logger: Logger) -> None:
        self._logger = logger
        self._incident = component_id("incidentid", incident, logger.domain)
        self._directions = {
            mark.id: mark.rest.get("direction")
            for one in statements
            if (mark := mark_of(one)) is not None and (mark.kind, mark.part) == (_CALLS, "call")
        }

    def logged(self, one: Statement) -> Logged:
        """The event of a statement."""
        kept = kept_in(one)
        if kept is not None:
            return Logged(kept.id, kept.jws)
        event = written(self._event(one))
        check_event(msgspec.json.decode(event))
        told = signed(event, self._logger.signer)
        return Logged(log_id(told, self._logger.domain), told)

    def _event(self, one: Statement) -> LogEvent:
        mark = mark_of(one)
        if mark is None:
            return Message(
                **self._common(one, None),
                log_event_type="MessageLogEvent",
                text=in_words(one),
                direction="incoming",
            )
        own = self._own_call(one, mark) if mark.agency == self._logger.domain else None
        return own or EidoSeen(
            **self._common(one, mark), log_event_type="EidoLogEvent", direction="incoming"
        )

    def _common(self, one: Statement, mark: Mark | None) -> dict[str, Any]:
        domain = self._logger.domain
        assert one.recorded is not None
        its_own = (one.source.message or "").rpartition("@")[0] if EIDO in one.extra else ""
        of_call = mark is not None and mark.kind == _CALLS and is_id("callid", mark.id)
        return {
            "client_assigned_identifier": f"{one.book}:{one.id}",
            "timestamp": moment_as_sent(one.recorded),
            "element_id": domain,
            "agency_id": domain,
            "agency_agent_id": f"whoseword@{domain}",
            "call_id": mark.id if mark is not None and of_call else None,
            "incident_id": its_own if is_id("incidentid", its_own) else self._incident,
            "extension": {EXTENSION: {"version": VERSION, "statement": statement_value(one)}},
        }

    def _own_call(self, one: Statement, mark: Mark) -> LogEvent | None:
        """The start or a new state of a call of the agency's own; None where the fields say less."""
        direction = self._directions.get(mark.id)
        common = self._common(one, mark)
        if mark.kind != _CALLS or direction not in ("incoming", "outgoing") or mark.derived:
            return None
        if common["call_id"] is None:
            return None
        if mark.part == "state" and "callStateRegistryText" in mark.rest:
            state = str(mark.rest["callStateRegistryText"])
            common["timestamp"] = one.said if moment_of(one.said or "") else common["timestamp"]
            return CallState(
                **common, log_event_type="CallStateChangeLogEvent", state=state, direction=direction
            )
        started = one.fact.happened if isinstance(one.fact, Called) else None
        begins = mark.part == "call" and one.replaces is None
        if not begins or not isinstance(started, str) or moment_of(started) is None:
            return None
        common["timestamp"] = started
        return CallStart(
            **common,
            log_event_type="CallStartLogEvent",
            direction=direction,
            standard_primary_call_type=_word(mark, "standardPrimaryCallType"),
            standard_secondary_call_type=_word(mark, "standardSecondaryCallType"),
            local_call_type=mark.rest.get("localCallType"),
        )


def _word(mark: Mark, name: str) -> str | None:
    value = mark.rest.get(name)
    return (
        value if value is not None and flaw_of("CallStartLogEvent", name, value) is None else None
    )
