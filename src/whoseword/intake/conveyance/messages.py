"""The messages of EIDO conveyance (NENA-STA-024 1.0.1), and how each is written.

Two who speak over one websocket: the subscriber asks (``subscribe``, ``unsubscribe``) and
acknowledges; the notifier answers, sends (``event``) and may end a subscription (``terminate``).
A message is a JSON object with one member, named for its kind. The names of fields, which of them
are required and which status each kind may carry follow the standard's published interface; the
models are the project's own.
"""

from typing import Any, Final, NamedTuple

import msgspec

SUBPROTOCOL: Final = "emergency-ent1.0"
"""The websocket subprotocol by which a client of the standard asks, as one in use names it."""

OK: Final = 200
BAD_REQUEST: Final = 400
NOT_FOUND: Final = 404
TOO_LARGE: Final = 413
NO_SUBSCRIPTION: Final = 481
NOT_IMPLEMENTED: Final = 501
UNAVAILABLE: Final = 503


class Reference(NamedTuple):
    """An object that was not sent, but where to fetch it."""

    url: str


class _Fields(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """What every message has in common: names in the standard's spelling, nothing empty."""


class Subscribe(_Fields, frozen=True, kw_only=True):
    """Ask for objects; with a ``subscription_id``, for a longer time of a subscription."""

    request_id: str
    request_type: str | None = None
    request_sub_type: str | None = None
    request_accepts: str | None = None
    qual_filter: str | None = None
    min_rate: int | None = None
    max_rate: int | None = None
    subscription_id: str | None = None
    incident_id: str | None = None
    expires: int | None = None


class SubscribeResponse(_Fields, frozen=True, kw_only=True):
    """What became of a ``Subscribe``."""

    request_id: str
    status_code: int
    status_text: str
    subscription_id: str | None = None
    min_rate: int | None = None
    max_rate: int | None = None
    expires: int | None = None
    qual_filter_eval_period: int | None = None


class Unsubscribe(_Fields, frozen=True, kw_only=True):
    """Ask for no more objects."""

    request_id: str
    subscription_id: str


class UnsubscribeResponse(_Fields, frozen=True, kw_only=True):
    """What became of an ``Unsubscribe``."""

    request_id: str
    subscription_id: str
    status_code: int
    status_text: str


class NotImplementedResponse(_Fields, frozen=True, kw_only=True):
    """The notifier does not know what it was asked."""

    request_id: str
    status_code: int = NOT_IMPLEMENTED
    status_text: str = "Not implemented"


class Event(_Fields, frozen=True, kw_only=True):
    """Objects, each as its bytes or as where to fetch it; none where only a sign of life is due."""

    subscription_id: str
    transaction_id: str
    notification: tuple[bytes | Reference, ...] = ()


class EventResponse(_Fields, frozen=True, kw_only=True):
    """The acknowledgement of an ``Event``."""

    transaction_id: str
    status_code: int
    status_text: str


class Terminate(_Fields, frozen=True, kw_only=True):
    """The notifier ends a subscription."""

    request_id: str
    subscription_id: str


class TerminateResponse(_Fields, frozen=True, kw_only=True):
    """The acknowledgement of a ``Terminate``."""

    request_id: str
    subscription_id: str
    status_code: int
    status_text: str


Message = (
    Subscribe
    | SubscribeResponse
    | Unsubscribe
    | UnsubscribeResponse
    | NotImplementedResponse
    | Event
    | EventResponse
    | Terminate
    | TerminateResponse
)

KINDS: Final[dict[str, type[Any]]] = {
    "subscribe": Subscribe,
    "subscribeResponse": SubscribeResponse,
    "unsubscribe": Unsubscribe,
    "unsubscribeResponse": UnsubscribeResponse,
    "response": NotImplementedResponse,
    "event": Event,
    "eventResponse": EventResponse,
    "terminate": Terminate,
    "terminateResponse": TerminateResponse,
}
_NAMES: Final = {kind: name for name, kind in KINDS.items()}

STATUSES: Final[dict[type[Any], frozenset[int]]] = {
    SubscribeResponse: frozenset({200, 400, 403, 404, 406, 413, 481, 500, 503}),
    UnsubscribeResponse: frozenset({200, 400, 413, 481, 500, 503}),
    NotImplementedResponse: frozenset({NOT_IMPLEMENTED}),
    EventResponse: frozenset({200, 400, 404, 413, 481, 500, 501, 503}),
    TerminateResponse: frozenset({200, 400, 481, 500, 501, 503}),
}
_SUB_TYPES: Final = ("single", "new", "resource")
_LONGEST_TEXT: Final = 300
"""Characters of a status text: a line that a person reads in a log."""


def written(message: Message) -> bytes:
    """A message as it is sent. Raises ``ValueError`` where the standard has no such message."""
    _hold(message)
    if isinstance(message, Event):
        told: dict[str, Any] = {
            "subscriptionId": message.subscription_id,
            "transactionId": message.transaction_id,
        }
        if message.notification:
            told["notification"] = [_object(one) for one in message.notification]
        return msgspec.json.encode({"event": told})
    fields = msgspec.to_builtins(message)
    if isinstance(message, NotImplementedResponse):
        # The constants of this message are fields of the standard all the same.
        fields |= {"statusCode": message.status_code, "statusText": message.status_text}
    if len(fields.get("statusText", "")) > _LONGEST_TEXT:
        fields["statusText"] = f"{fields['statusText'][: _LONGEST_TEXT - 1]}…"
    return msgspec.json.encode({_NAMES[type(message)]: fields})


def _object(one: bytes | Reference) -> msgspec.Raw:
    if isinstance(one, Reference):
        raise ValueError("the standard's event carries objects, not where they are")
    return msgspec.Raw(one)


def _hold(message: Message) -> None:
    allowed = STATUSES.get(type(message))
    status = getattr(message, "status_code", None)
    if allowed is not None and status not in allowed:
        raise ValueError(f"{status} is no status of {_NAMES[type(message)]}")
    if not isinstance(message, Subscribe):
        return
    if message.subscription_id is None:
        if message.request_type != "EIDO" or message.request_sub_type not in _SUB_TYPES:
            raise ValueError("a new subscription is to EIDO: single, new or resource")
        if (message.request_sub_type == "single") != (message.incident_id is not None):
            raise ValueError("an incident is named where one is followed, and only there")
    if message.qual_filter is not None and message.incident_id is not None:
        raise ValueError("a filter does not stand beside an incident")
