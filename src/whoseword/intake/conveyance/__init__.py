"""Conveyance: how objects of incidents are asked for and sent between systems (NENA-STA-024 1.0.1).

A subscriber asks over a websocket, a notifier sends; each event is acknowledged by its transaction.
``read_message`` reads leniently what came, ``written`` writes strictly what goes out.
"""

from whoseword.intake.conveyance.messages import (
    BAD_REQUEST,
    NO_SUBSCRIPTION,
    NOT_FOUND,
    OK,
    SUBPROTOCOL,
    TOO_LARGE,
    UNAVAILABLE,
    Event,
    EventResponse,
    Message,
    NotImplementedResponse,
    Reference,
    Subscribe,
    SubscribeResponse,
    Terminate,
    TerminateResponse,
    Unsubscribe,
    UnsubscribeResponse,
    written,
)
from whoseword.intake.conveyance.reading import MessageFault, read_message

__all__ = [
    "BAD_REQUEST",
    "NOT_FOUND",
    "NO_SUBSCRIPTION",
    "OK",
    "SUBPROTOCOL",
    "TOO_LARGE",
    "UNAVAILABLE",
    "Event",
    "EventResponse",
    "Message",
    "MessageFault",
    "NotImplementedResponse",
    "Reference",
    "Subscribe",
    "SubscribeResponse",
    "Terminate",
    "TerminateResponse",
    "Unsubscribe",
    "UnsubscribeResponse",
    "read_message",
    "written",
]
