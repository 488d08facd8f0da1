"""A logging service over HTTP: the addresses, parameters and statuses of STA-010.3 (version 1.2).

The door holds no rule: it finds out who asks, hands on what was sent, and writes what came of it. The
service's own statuses (434, 438, 454, 460 to 467) are told with the reason in words. Everything but
the versions wants a token. The addresses stand at the root and under the standard's own base path.
"""

import asyncio
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import parse_qsl

import msgspec
from litestar import Litestar, Request, Response, get, post
from litestar.exceptions import HTTPException

from whoseword import __version__
from whoseword.access import Reader
from whoseword.doors.logevents import (
    NOT_ALLOWED,
    TOO_BIG,
    NotTaken,
    Service,
    answer,
    list_written,
    one_event,
    take,
)
from whoseword.doors.logger_settings import Holder, holder_of
from whoseword.intake.logevents import MAX_EVENT, encoded, served
from whoseword.words import WhoseWordError

BASE: Final = "/Logging/v1"
_WHO: Final = "send the token that you were given: Authorization: Bearer TOKEN"
_JSON: Final = "application/json"

Asking = Request[Any, Any, Any]


def _paths(of: str) -> list[str]:
    return [f"/{of}", f"{BASE}/{of}"]


def application(service: Service) -> Litestar:
    """The application of a service."""

    async def answered(request: Asking, of: str) -> Response[bytes]:
        reader = _reader(service, request)
        given = parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True)
        found = await asyncio.to_thread(answer, service, of, given, reader)
        if of == "LogEvents":
            return _told(200, list_written(found))
        return _told(200, msgspec.json.encode(found))

    @post(_paths("LogEvents"))
    async def log_event(request: Asking) -> Response[bytes]:
        sender = _holder(service, request)
        body = await _body(request)
        return _told(201, msgspec.json.encode(await asyncio.to_thread(take, service, body, sender)))

    @get([f"{path}/{{id_:str}}" for path in _paths("LogEvents")])
    async def retrieve(request: Asking, id_: str) -> Response[bytes]:
        reader = _reader(service, request)
        return _told(200, encoded(await asyncio.to_thread(one_event, service, id_, reader)))

    @get([*_paths("Versions"), "/Logging/Versions"], sync_to_thread=False)
    def versions() -> Response[bytes]:
        unsigned = service.settings.unsigned == "take"
        told = served.versions(f"whoseword {__version__}", unsigned=unsigned)
        return _told(200, msgspec.json.encode(told))

    return Litestar(
        [log_event, retrieve, versions, *(_getter(of, answered) for of in served.PARAMETERS)],
        exception_handlers={
            NotTaken: _not_taken,
            served.Refused: _refused,
            WhoseWordError: _failed,
            HTTPException: _http,
            Exception: _broken,
        },
        openapi_config=None,
        request_max_body_size=None,
        logging_config=None,
    )


def _getter(of: str, answered: Callable[[Asking, str], Any]) -> Any:
    @get(_paths(of), name=of)
    async def asked(request: Asking) -> Response[bytes]:
        found: Response[bytes] = await answered(request, of)
        return found

    return asked


def _holder(service: Service, request: Asking) -> Holder:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    holder = holder_of(service.settings, token.strip()) if scheme.lower() == "bearer" else None
    if holder is None:
        raise HTTPException(_WHO, status_code=401, headers={"WWW-Authenticate": "Bearer"})
    return holder


def _reader(service: Service, request: Asking) -> Reader:
    holder = _holder(service, request)
    if holder.reader is None:
        raise NotTaken(NOT_ALLOWED, f"{holder.name} may not read here; ask who runs the service")
    return holder.reader


async def _body(request: Asking) -> bytes:
    """What was sent, as far as an event may be long."""
    told = request.headers.get("content-length", "")
    found = bytearray()
    if not (told.isdecimal() and int(told) > MAX_EVENT):
        async for part in request.stream():
            found += part
            if len(found) > MAX_EVENT:
                break
        else:
            return bytes(found)
    raise NotTaken(TOO_BIG, f"$: is longer than {MAX_EVENT:,} bytes; send less in one event")


def _told(status: int, content: bytes, headers: dict[str, str] | None = None) -> Response[bytes]:
    return Response(content, status_code=status, media_type=_JSON, headers=headers)


def _error(status: int, words: str, headers: dict[str, str] | None = None) -> Response[bytes]:
    return _told(status, msgspec.json.encode({"status": status, "error": words}), headers)


def _not_taken(_request: Asking, error: NotTaken) -> Response[bytes]:
    return _error(error.status, str(error))


def _refused(_request: Asking, error: served.Refused) -> Response[bytes]:
    return _error(error.status, str(error))


def _failed(_request: Asking, error: WhoseWordError) -> Response[bytes]:
    """The home cannot answer now: whoever sent an event keeps it, and sends it again."""
    return _error(503, f"{error}; nothing was taken, send it again")


def _http(_request: Asking, error: HTTPException) -> Response[bytes]:
    return _error(error.status_code, error.detail, dict(error.headers or {}))


def _broken(_request: Asking, _fault: Exception) -> Response[bytes]:
    """What nobody foresaw: told without its words, which may be a statement's."""
    return _error(500, "this program is at fault; nothing was taken, tell who runs the service")
