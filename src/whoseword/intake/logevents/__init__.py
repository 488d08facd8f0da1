"""Log events of NG9-1-1 (NENA-STA-010.3, Logging Service): read, kept, told, signed, served.

``open_event`` and ``read_event`` check an event; ``statement_of`` makes it a statement of a book;
``events_of`` tells an incident's history; ``served`` answers what is asked of a logging service.
"""

from whoseword.intake.logevents.arriving import (
    MARK,
    Into,
    Kept,
    all_kept,
    incident_of,
    kept_in,
    log_id,
    statement_of,
)
from whoseword.intake.logevents.certificates import anchors_in
from whoseword.intake.logevents.events import LogEvent, Read, check_event, read_event
from whoseword.intake.logevents.names import is_domain
from whoseword.intake.logevents.signing import (
    MAX_EVENT,
    How,
    Jws,
    Known,
    NotSigned,
    NotThatAlgorithm,
    Opened,
    Trust,
    encoded,
    key_id,
    open_event,
    payload_of,
    signed,
)
from whoseword.intake.logevents.telling import Logged, Logger, events_of

__all__ = [
    "MARK",
    "MAX_EVENT",
    "How",
    "Into",
    "Jws",
    "Kept",
    "Known",
    "LogEvent",
    "Logged",
    "Logger",
    "NotSigned",
    "NotThatAlgorithm",
    "Opened",
    "Read",
    "Trust",
    "all_kept",
    "anchors_in",
    "check_event",
    "encoded",
    "events_of",
    "incident_of",
    "is_domain",
    "kept_in",
    "key_id",
    "log_id",
    "open_event",
    "payload_of",
    "read_event",
    "signed",
    "statement_of",
]
