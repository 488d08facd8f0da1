"""Where another system subscribes: a websocket, and single incidents over HTTP, on one port.

Whoever asks shows the token first; without it the answer is the same for every path. An incident
that the reader may not open and one that does not exist are answered alike (law 3). Beyond this
machine it is served over TLS alone.
"""

import hmac
import json
import ssl
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from http import HTTPStatus
from typing import Final, NamedTuple
from urllib.parse import unquote

from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve
from websockets.typing import Subprotocol

from whoseword.doors.conveying import Board, Conversation, Offered
from whoseword.doors.quiet_log import quiet_log
from whoseword.intake.conveyance import SUBPROTOCOL
from whoseword.words import WhoseWordError

SUBSCRIBE: Final = "/IncidentData/ent"
RETRIEVE: Final = "/IncidentData/v1/incidents/"
LARGEST_REQUEST: Final = 65_536
"""Bytes of a message of a subscriber: as many as the standard has every notifier take."""
MOST_LINES: Final = 32
_MEDIA: Final = "application/emergency.eido+json"


class Serving(NamedTuple):
    """Where it is served, to whoever holds the token, and how often the home is looked at."""

    host: str
    port: int
    token: str
    every: float
    tls: ssl.SSLContext | None = None

    def __repr__(self) -> str:
        """Where it is, without the token."""
        return f"Serving({self.host}:{self.port})"


@contextmanager
def conveying(offered: Offered, serving: Serving, tell: Callable[[str], None]) -> Iterator[str]:
    """Serve for the length of a block; the address to subscribe at. Raises ``OSError``."""
    board = Board(offered, time.monotonic)
    board.look()
    service = _Service(board, serving, tell)
    with serve(
        service.talk,
        serving.host,
        serving.port,
        ssl=serving.tls,
        process_request=service.answer,
        select_subprotocol=_subprotocol,
        compression=None,
        max_size=LARGEST_REQUEST,
        logger=quiet_log("conveying"),
        server_header=None,
    ) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        scheme = "wss" if serving.tls is not None else "ws"
        host, port = server.socket.getsockname()[:2]
        place = f"[{host}]" if ":" in host else host
        try:
            yield f"{scheme}://{place}:{port}{SUBSCRIBE}"
        finally:
            service.stopped.set()
            server.shutdown()
            thread.join()


def _subprotocol(
    _connection: ServerConnection, offered: Sequence[Subprotocol]
) -> Subprotocol | None:
    """The standard's, where it is asked for; a client that asks for none is served too."""
    return Subprotocol(SUBPROTOCOL) if SUBPROTOCOL in offered else None


class _Service:
    """What answers requests and talks over lines."""

    def __init__(self, board: Board, serving: Serving, tell: Callable[[str], None]) -> None:
        self._board = board
        self._serving = serving
        self._tell = tell
        self._lines = threading.BoundedSemaphore(MOST_LINES)
        self.stopped = threading.Event()

    def answer(self, _connection: ServerConnection, request: Request) -> Response | None:
        """The answer to a request; None lets a websocket be opened."""
        given = request.headers.get_all("Authorization")
        expected = f"Bearer {self._serving.token}"
        shown = given[0].encode(errors="replace") if len(given) == 1 else b""
        if not hmac.compare_digest(shown, expected.encode()):
            return _told(HTTPStatus.UNAUTHORIZED, "give the token you were given", bearer=True)
        path = request.path.partition("?")[0]
        if path == SUBSCRIBE:
            return None
        if not path.startswith(RETRIEVE):
            return _told(HTTPStatus.NOT_FOUND, "nothing is here")
        self._board.look()
        incident = self._board.named(unquote(path.removeprefix(RETRIEVE)))
        raw = self._board.object_of(incident) if incident is not None else None
        if raw is None:
            return _told(HTTPStatus.NOT_FOUND, "no such incident")
        return _response(HTTPStatus.OK, raw, _MEDIA)

    def talk(self, connection: ServerConnection) -> None:
        """One line, until either side ends it."""
        if not self._lines.acquire(blocking=False):
            connection.close(1013, "too many lines")
            return
        try:
            with suppress(ConnectionClosed):
                self._talk(connection)
        except WhoseWordError as error:
            self._tell(f"a line is given up: {error}")
            connection.close(1011, "try again later")
        finally:
            self._lines.release()

    def _talk(self, connection: ServerConnection) -> None:
        said = Conversation(self._board, lambda: str(uuid.uuid4()), self._tell)
        # Who asks for one incident is told of it, also of one that came in just now.
        self._board.look()
        look_at = time.monotonic() + self._serving.every
        while not self.stopped.is_set() and not said.ended:
            try:
                content = connection.recv(timeout=min(self._serving.every, 1.0), decode=False)
            except TimeoutError:
                content = None
            now = time.monotonic()
            if content is not None:
                for answer in said.hear(bytes(content), now):
                    connection.send(answer, text=True)
            if now >= look_at:
                self._board.look()
                look_at = now + self._serving.every
            for message in said.due(now):
                connection.send(message, text=True)


def _told(status: HTTPStatus, words: str, *, bearer: bool = False) -> Response:
    response = _response(status, json.dumps({"error": words}).encode(), "application/json")
    if bearer:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _response(status: HTTPStatus, body: bytes, media: str) -> Response:
    headers = Headers(
        {
            "Content-Type": media,
            "Content-Length": str(len(body)),
            "Cache-Control": "no-store",
            "Connection": "close",
        }
    )
    return Response(status.value, status.phrase, headers, body)
