"""How a second reader is asked over HTTP: once, patiently, and no further than it was told.

A server that is busy (429) or ill (5xx) is asked again after a pause, a few times. A redirect is
not followed: the address says who was meant to get the document. One answer may take so long and be
so large, whatever the server does; a server that sends a letter a minute is cut off too. What
nobody can use is told as what happened, where, and what to do.
"""

import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any, Final, NamedTuple

import msgspec

from whoseword.doors.second_reader import (
    KEY,
    MODEL,
    URL,
    Endpoint,
    SecondReader,
    SecondReaderFailed,
)
from whoseword.intake.second.answers import AnswerFault, answer_in

PATIENCE = 300.0
"""Seconds for a whole answer; a large model on a small machine takes minutes for a stretch."""
TO_CONNECT = 20.0
PAUSES: tuple[float, ...] = (2.0, 8.0, 30.0)
"""Seconds before it is asked again; after the last it is given up."""
LONGEST_PAUSE = 60.0
"""However long a server asks to be left alone."""
LARGEST_ANSWER = 4 * 1024 * 1024
"""Bytes of an answer: hundreds of times what a stretch gives."""
_ACCEPTED: Final = range(200, 300)
_REDIRECTS: Final = range(300, 400)
_BUSY: Final = frozenset({408, 409, 429, 500, 502, 503, 504, 529})
_REFUSED: Final = frozenset({401, 403})
_LONGEST_TOLD: Final = 200
_SHORTEST_KEY: Final = 8
"""Shorter ones ("none") are no secret, and stand in any text."""


class _Answer(NamedTuple):
    status: int
    retry_after: str | None
    location: str | None
    body: bytes


class _Error(msgspec.Struct):
    message: str = ""


class _Refusal(msgspec.Struct):
    error: _Error | None = None


def reader_at(endpoint: Endpoint) -> SecondReader:
    """The second reader behind an endpoint."""

    def ask(body: bytes) -> dict[str, Any]:
        return _ask(endpoint, body)

    return SecondReader(endpoint.model, endpoint.address, endpoint.is_here, ask)


def _ask(endpoint: Endpoint, body: bytes) -> dict[str, Any]:
    """What is returned for a request. Raises ``SecondReaderFailed``."""
    answer = _post(endpoint, body)
    for pause in PAUSES:
        if answer.status not in _BUSY:
            break
        time.sleep(_pause(pause, answer.retry_after))
        answer = _post(endpoint, body)
    if answer.status not in _ACCEPTED:
        raise _not_taken(endpoint, answer)
    try:
        returned = answer_in(answer.body)
    except AnswerFault as fault:
        raise SecondReaderFailed(
            f"the second reader at {endpoint.address} answered {fault.problem}", fault.remedy
        ) from None
    if _tells_key(json.dumps(returned, ensure_ascii=False), endpoint):
        raise SecondReaderFailed(
            f"the second reader at {endpoint.address} returned the key; nothing of it is kept",
            "do not use this server, and get another key",
            for_all=True,
        )
    return returned


def _post(endpoint: Endpoint, body: bytes) -> _Answer:
    """One request and its answer, whatever it is. Raises ``SecondReaderFailed`` where there is none."""
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json",
        "Accept-Encoding": "identity",
        "User-Agent": "whoseword",
    }
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    url = endpoint.url
    path = f"{url.path}{f'?{url.query}' if url.query else ''}"
    connection = _connected(endpoint)
    try:
        with _cut_off_in_time(connection) as late:
            try:
                connection.request("POST", path, body, headers)
                answer = _read(endpoint, connection.getresponse())
            except (OSError, HTTPException) as error:
                if late.is_set() or isinstance(error, TimeoutError):
                    raise _too_late(endpoint) from None
                raise SecondReaderFailed(
                    f"the second reader at {endpoint.address} broke off ({_told(error)})",
                    "check the server, and read again",
                ) from None
            # A body that was cut off looks like one that is whole.
            if late.is_set():
                raise _too_late(endpoint)
            return answer
    finally:
        connection.close()


def _too_late(endpoint: Endpoint) -> SecondReaderFailed:
    return SecondReaderFailed(
        f"the second reader at {endpoint.address} did not answer within {PATIENCE:g} seconds",
        "try again later, or use a faster model",
    )


def _connected(endpoint: Endpoint) -> HTTPConnection:
    host, port = endpoint.url.hostname or "", endpoint.url.port
    if endpoint.url.scheme == "https":
        context = ssl.create_default_context()
        connection: HTTPConnection = HTTPSConnection(
            host, port, timeout=TO_CONNECT, context=context
        )
    else:
        connection = HTTPConnection(host, port, timeout=TO_CONNECT)
    try:
        connection.connect()
    except OSError as error:
        connection.close()
        raise SecondReaderFailed(
            f"the second reader at {endpoint.address} cannot be reached ({_told(error)}); nothing "
            "was sent",
            f"check {URL} and the server",
            for_all=True,
        ) from None
    connection.sock.settimeout(PATIENCE)
    return connection


@contextmanager
def _cut_off_in_time(connection: HTTPConnection) -> Iterator[threading.Event]:
    """Cut a connection that takes too long, however slowly it goes on; the event tells that."""
    late = threading.Event()
    sock = connection.sock

    def cut() -> None:
        late.set()
        try:
            # Under TLS too: it is the connection that ends, not the talk over it.
            socket.socket.shutdown(sock, socket.SHUT_RDWR)
        except OSError:
            return

    timer = threading.Timer(PATIENCE, cut)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()


def _read(endpoint: Endpoint, response: HTTPResponse) -> _Answer:
    body = response.read(LARGEST_ANSWER + 1)
    if len(body) > LARGEST_ANSWER:
        raise SecondReaderFailed(
            f"the second reader at {endpoint.address} answered with more than "
            f"{LARGEST_ANSWER >> 20} MiB, and no more is read",
            "use another model or server",
        )
    return _Answer(
        response.status,
        response.getheader("Retry-After"),
        response.getheader("Location"),
        body,
    )


def _pause(pause: float, asked: str | None) -> float:
    """How long to wait: as long as the server asks, within reason."""
    wished = float(asked) if asked is not None and asked.isascii() and asked.isdecimal() else 0.0
    return min(max(pause, wished), LONGEST_PAUSE)


def _not_taken(endpoint: Endpoint, answer: _Answer) -> SecondReaderFailed:
    """What a status that is no success means, and what to do."""
    where, status = f"the second reader at {endpoint.address}", answer.status
    if status in _REDIRECTS:
        return SecondReaderFailed(
            f"{where} answered {status}, a redirect, which is not followed",
            f"if the reader moved, set {URL} to where it is now",
            for_all=True,
        )
    if status in _REFUSED:
        # What a server says of a key may hold part of it.
        problem = "refused the key" if endpoint.key else "asks for a key"
        return SecondReaderFailed(
            f"{where} {problem} ({status})", f"set {KEY} to a valid one", for_all=True
        )
    if status in _BUSY:
        return SecondReaderFailed(
            f"{where} answered {status} {len(PAUSES) + 1} times",
            "try again later",
            for_all=status == 429,
        )
    told = _without_key(_refusal(answer.body), endpoint)
    if status == 404:
        return SecondReaderFailed(
            f"{where} has no such page or model (404{told})",
            f"check {URL} and {MODEL}",
            for_all=True,
        )
    return SecondReaderFailed(
        f"{where} refused the request ({status}{told})",
        "use a server and a model that honour response_format json_schema",
    )


def _refusal(body: bytes) -> str:
    """What a server says was wrong, on one line; empty where it says nothing in the usual form."""
    try:
        error = msgspec.json.decode(body, type=_Refusal).error
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return ""
    said = " ".join((error.message if error else "").split())
    plain = "".join(one if one.isprintable() else "?" for one in said)
    return f": {plain[:_LONGEST_TOLD]}" if plain else ""


def _tells_key(words: str, endpoint: Endpoint) -> bool:
    """Whether words hold the key, as it stands or as JSON writes it."""
    forms = (endpoint.key, json.dumps(endpoint.key)[1:-1])
    return len(endpoint.key) >= _SHORTEST_KEY and any(form in words for form in forms)


def _without_key(words: str, endpoint: Endpoint) -> str:
    return " (what it said holds the key)" if _tells_key(words, endpoint) else words


def _told(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
