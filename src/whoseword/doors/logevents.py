"""Log events at the desk: taken in one by one, served as a reader may open them, sent out as a file.

An event is on the disk before its sender is told its id, and the same event sent again is told the
same id and kept once: whoever is not answered sends it again. What is served is a view like any other:
only from books that the reader opens, and each read is logged.
"""

from collections.abc import Callable
from typing import Any, Final, NamedTuple, assert_never

import msgspec

from whoseword.access import Reader
from whoseword.books import BatchRefused
from whoseword.doors.desk import Desk
from whoseword.doors.feeds import Sending
from whoseword.doors.logger_settings import Holder, Settings
from whoseword.intake.eido import FeedFault
from whoseword.intake.logevents import (
    MAX_EVENT,
    How,
    Into,
    Jws,
    Kept,
    LogEvent,
    Logger,
    NotSigned,
    NotThatAlgorithm,
    Opened,
    Trust,
    all_kept,
    encoded,
    events_of,
    incident_of,
    log_id,
    open_event,
    read_event,
    served,
    statement_of,
)
from whoseword.words import Statement, WhoseWordError, WordFault, parse_json

NOT_ALLOWED, NOT_BELIEVED, NOT_THAT_ALGORITHM = 403, 434, 438
UNSPECIFIED, MALFORMED, TOO_BIG = 454, 460, 461
VIEW: Final = "logevents"
"""The name under which the log of reads has what a logging service gives."""


class NotTaken(WhoseWordError):
    """An event is not taken; ``status`` is the one by which the service tells it."""

    def __init__(self, status: int, problem: str) -> None:
        super().__init__(problem)
        self.status = status


class Service(NamedTuple):
    """A logging service: an open home, what it was told, and whom it believes."""

    desk: Desk
    settings: Settings
    trust: Trust


def take(service: Service, body: bytes, sender: Holder) -> str:
    """Keep an event; its id, once it is on the disk. Raises ``NotTaken``."""
    if not sender.sends:
        raise NotTaken(NOT_ALLOWED, f"{sender.name} may not send here; ask who runs the service")
    one = _signed_in(body)
    opened = _opened(service, one)
    try:
        read = read_event(opened.payload)
    except FeedFault as fault:
        raise NotTaken(MALFORMED, str(fault)) from None
    _check_who(opened, read.event, sender)
    into = Into(service.settings.book, service.settings.domain)
    statement = statement_of(read, one, into)
    try:
        service.desk.ledger.append([statement])
    except BatchRefused as refused:
        if not _was_sealed(service.desk, statement):
            told = "; ".join(str(fault) for _, fault in refused.faults)
            raise NotTaken(UNSPECIFIED, f"the home does not keep it: {told}") from None
    return log_id(one, into.domain)


def _signed_in(body: bytes) -> Jws:
    if len(body) > MAX_EVENT:
        raise NotTaken(TOO_BIG, f"$: is longer than {MAX_EVENT:,} bytes; send less in one event")
    try:
        return msgspec.convert(parse_json(body), Jws)
    except WordFault as fault:
        path = "$" if fault.field == "line" else f"$.{fault.field}"
        raise NotTaken(MALFORMED, f"{path}: {fault.problem}; {fault.remedy}") from None
    except msgspec.ValidationError as error:
        what, _, path = str(error).replace("`", "").partition(" - at ")
        raise NotTaken(
            MALFORMED,
            f"{path or '$'}: {what}; send a JWS in its flattened form: payload, protected, signature",
        ) from None


def _opened(service: Service, one: Jws) -> Opened:
    try:
        return open_event(one, service.trust, service.desk.clock())
    except NotThatAlgorithm as fault:
        raise NotTaken(NOT_THAT_ALGORITHM, str(fault)) from None
    except NotSigned as fault:
        raise NotTaken(NOT_BELIEVED, str(fault)) from None


def _check_who(opened: Opened, event: LogEvent, sender: Holder) -> None:
    """Check that who signed may speak for whom the event names, and that the sender may send it."""
    if sender.agencies and event.agency_id not in sender.agencies:
        raise NotTaken(NOT_ALLOWED, f"$.agencyId: {sender.name} may not send for {event.agency_id}")
    match opened.how:
        case How.KEY:
            _check_domains(opened, event)
        case How.CERTIFICATE:
            if not _is_named(event, opened):
                raise NotTaken(
                    NOT_BELIEVED,
                    f"$.elementId: the certificate of {opened.by or 'nobody'} names neither "
                    f"{event.element_id} nor an agent of its domain; sign with the element's own or "
                    "the agent's",
                )
            _check_agency(opened, event, sender)
        case How.NOBODY:
            return
        case _:
            assert_never(opened.how)


def _check_agency(opened: Opened, event: LogEvent, sender: Holder) -> None:
    """Check that a certified element speaks for its own agency, or for one that its sender has.

    An element of one agency must not write into the log as another's.
    """
    own = tuple(one.rpartition("@")[2].lower() for one in opened.names)
    told = event.agency_id.lower()
    if told in own or any(one.endswith(f".{told}") for one in own):
        return
    if event.agency_id not in sender.agencies:
        raise NotTaken(
            NOT_BELIEVED,
            f"$.agencyId: the certificate of {opened.by or 'nobody'} is none of "
            f"{event.agency_id}'s; let the settings list it among the sender's agencies",
        )


def _is_named(event: LogEvent, opened: Opened) -> bool:
    """Whether a certificate names the element, or an agent within whose domain it lies."""
    agent = event.agency_agent_id
    of_agent = agent is not None and agent in opened.names
    within = of_agent and _within(event.element_id, (str(agent).rpartition("@")[2].lower(),))
    return event.element_id in opened.names or within


def _check_domains(opened: Opened, event: LogEvent) -> None:
    for name, domain in (("elementId", event.element_id), ("agencyId", event.agency_id)):
        if not _within(domain, opened.domains):
            raise NotTaken(
                NOT_BELIEVED,
                f"$.{name}: {opened.by} does not speak for {domain}; let the key's domains say so",
            )


def _within(domain: str, those: tuple[str, ...]) -> bool:
    lower = domain.lower()
    return any(lower == one or lower.endswith(f".{one}") for one in those)


def _was_sealed(desk: Desk, statement: Statement) -> bool:
    """Whether the event stood here and was sealed: it is told its id, and does not come back."""
    with desk.ledger.store.view() as view:
        row = view.row(statement.book, str(statement.id))
    return row is not None and row.body is None


def answer(service: Service, of: str, given: list[tuple[str, str]], reader: Reader) -> Any:
    """What a reader is given who asks; of ``served.PARAMETERS``. Raises ``served.Refused``."""
    asked = served.read_question(of, given)
    kept = kept_for(service.desk, reader, asked.incident)
    tellers: dict[str, Callable[[served.Asked, list[Kept]], Any]] = {
        "LogEvents": served.log_events,
        "LogEventIds": served.ids,
        "CallIds": served.calls,
        "IncidentIds": served.incidents,
        "AgencyIds": served.agencies,
        "Conversations": served.conversation,
    }
    return tellers[of](asked, kept)


def one_event(service: Service, id_: str, reader: Reader) -> Jws:
    """One event. Raises ``served.Refused``."""
    return served.log_event(id_, kept_for(service.desk, reader))


def kept_for(desk: Desk, reader: Reader, incident_id: str | None = None) -> list[Kept]:
    """The events that a reader may open; of one incident alone where its id is given."""
    incident = incident_of(incident_id) if incident_id is not None else None
    _, told = desk.read(VIEW, incident, reader)
    return all_kept(told.statements)


def log_sent_out(
    desk: Desk, asked: Sending, reader: Reader, progress: Callable[[int, int], None]
) -> tuple[bytes, list[Statement]]:
    """An incident's history as signed events, of what a reader opens; and the statements it shows."""
    _, told = desk.read("export", asked.incident, reader, asked.as_of)
    domain = asked.domain or f"{desk.owner.agency.replace('_', '-')}.invalid"
    logged = events_of(told.statements, asked.incident, Logger(domain, desk.signer()), progress)
    containers = [served.Container(one.id, one.jws) for one in logged]
    return list_written(served.page(served.Asked(limit=len(logged)), LIST, containers)), (
        told.statements
    )


LIST: Final = "logEventContainers"


def list_written(page: dict[str, Any]) -> bytes:
    """A list of events as JSON, an event a line, always in the same bytes."""
    lines = b",\n".join(
        b'{"logEventId":' + msgspec.json.encode(one.log_event_id) + b',"logEvent":'
        + encoded(one.log_event) + b"}"
        for one in page[LIST]
    )  # fmt: skip
    head = f'{{"count":{page["count"]},"totalCount":{page["totalCount"]},"{LIST}":[\n'.encode()
    return head + lines + b"\n]}\n"
