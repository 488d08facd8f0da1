"""A system on this machine that sends objects of incidents, as NENA-STA-024 1.0.1 has it, and fails.

A real websocket server, and HTTP on the same port. It sends what was not acknowledged again after
each new subscription, in its order, with the same transaction. What it does wrong a test says:
when it drops a connection and how, which bytes it sends in the place of a message, whether it asks
for a token.
"""

import itertools
import json
import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from typing import Any

from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve

from whoseword.doors.quiet_log import quiet_log

Json = dict[str, Any]

MID_OBJECT, BEFORE_ACK, AFTER_SENT = "mid-object", "before ack", "after sent"
"""How a line is dropped: with half a message out; with an answer read and forgotten; with all out."""


class Outgoing:
    """A message that waits to be acknowledged."""

    def __init__(self, transaction: str, raw: bytes) -> None:
        self.transaction = transaction
        self.raw = raw
        self.answers: list[Json] = []


class ConveyingPeer:
    """A notifier as a test has it.

    ``forgets`` is a peer that never sends again what it sent once, as the standard lets it be.
    ``drops`` says for which message, by its place in ``queue``, which line is dropped how, once
    each. ``pages`` are what it answers to GET, by path; ``asked`` what was asked, with its headers.
    """

    def __init__(self) -> None:
        self.queue: list[Outgoing] = []
        self.raw: list[bytes] = []
        self.drops: dict[int, str] = {}
        self.pages: dict[str, tuple[int, bytes]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.subscribed: list[Json] = []
        self.heard: list[Json] = []
        self.statuses: list[int] = []
        self.expires: int | None = None
        self.token = ""
        self.redirect = ""
        self.forgets = False
        self.window = 1_000_000
        self.end_when_done = False
        self.connections = 0
        self.url = ""
        self._ids = itertools.count(1)

    def add(self, *objects: bytes | Json | str) -> None:
        """Queue an event that carries objects: their JSON, their bytes, or URLs."""
        told = [one if isinstance(one, bytes) else json.dumps(one).encode() for one in objects]
        transaction = f"t{next(self._ids)}@127.0.0.1"
        head = json.dumps({"subscriptionId": "SUB", "transactionId": transaction})[:-1].encode()
        notification = b', "notification": [' + b", ".join(told) + b"]" if told else b""
        raw = b'{"event": ' + head + notification + b"}}"
        self.queue.append(Outgoing(transaction, raw))

    @property
    def done(self) -> bool:
        """Whether everything was answered."""
        return all(one.answers for one in self.queue)

    def codes(self) -> list[int]:
        """The first answer to each event, by its status."""
        return [one.answers[0]["statusCode"] for one in self.queue]

    def look(self, connection: ServerConnection, request: Request) -> Response | None:
        """What is answered over HTTP; None lets a websocket be."""
        headers = {name.lower(): value for name, value in request.headers.raw_items()}
        self.asked.append((request.path, headers))
        if self.token and headers.get("authorization") != f"Bearer {self.token}":
            return connection.respond(HTTPStatus.UNAUTHORIZED, "no\n")
        if "upgrade" in headers:
            if self.redirect:
                moved = connection.respond(HTTPStatus.FOUND, "there\n")
                moved.headers["Location"] = self.redirect
                return moved
            return None
        status, body = self.pages.get(request.path, (404, b""))
        lines = Headers({"Content-Length": str(len(body)), "Connection": "close"})
        if status in (301, 302):
            lines["Location"] = body.decode()
        return Response(status, HTTPStatus(status).phrase, lines, body)

    def serve(self, connection: ServerConnection) -> None:
        """One connection, until it is dropped by either side."""
        self.connections += 1
        with suppress(ConnectionClosed, OSError, StopIteration):
            _Session(self, connection).run()


class _Session:
    def __init__(self, peer: ConveyingPeer, connection: ServerConnection) -> None:
        self.peer = peer
        self.connection = connection
        self.sent: dict[str, int] = {}
        self.subscription = f"sub-{peer.connections}"

    def run(self) -> None:
        peer = self.peer
        while not self.hear(None):
            pass
        for one in peer.raw:
            self.connection.send(one, text=not one.startswith(b"\x00"))
        for at, one in enumerate(peer.queue):
            if one.answers:
                continue
            self.emit(at, one)
            while self.open_ones() >= peer.window:
                self.hear(None)
            while self.hear(0):
                pass
        while not peer.done:
            self.hear(None)
        if peer.end_when_done:
            self.connection.send(json.dumps({"terminate": {
                "requestId": "end1", "subscriptionId": self.subscription}}))  # fmt: skip
        while True:
            self.hear(None)

    def open_ones(self) -> int:
        return sum(1 for at in self.sent.values() if not self.peer.queue[at].answers)

    def emit(self, at: int, one: Outgoing) -> None:
        how = self.peer.drops.get(at)
        raw = one.raw.replace(b'"SUB"', json.dumps(self.subscription).encode(), 1)
        self.sent[one.transaction] = at
        if how == MID_OBJECT:
            del self.peer.drops[at]
            # A frame begun and never ended: its header tells of more bytes than will come.
            head = b"\x81\x7e" + struct.pack("!H", len(raw)) if len(raw) < 65_536 else b""
            self.connection.socket.sendall(head + raw[: len(raw) // 2])
            self.cut()
        self.connection.send(raw, text=True)
        if how == AFTER_SENT:
            del self.peer.drops[at]
            self.cut()

    def cut(self) -> None:
        if self.peer.forgets:
            for at in self.sent.values():
                self.peer.queue[at].answers.append({"statusCode": 0})
        with suppress(OSError):
            self.connection.socket.shutdown(socket.SHUT_RDWR)
        raise StopIteration

    def hear(self, timeout: float | None) -> bool:
        """Take one message, if one comes in time; True for one, or for a new subscription."""
        try:
            told = json.loads(self.connection.recv(timeout=timeout))
        except TimeoutError:
            return False
        self.peer.heard.append(told)
        match told:
            case {"subscribe": asked}:
                self.answer_subscription(asked)
            case {"unsubscribe": asked}:
                self.connection.send(json.dumps({"unsubscribeResponse": asked | {
                    "statusCode": 200, "statusText": "OK"}}))  # fmt: skip
            case {"eventResponse": answer}:
                self.answered(answer)
        return True

    def answer_subscription(self, asked: Json) -> None:
        peer = self.peer
        peer.subscribed.append(asked)
        status = peer.statuses.pop(0) if peer.statuses else 200
        told = {"requestId": asked["requestId"], "statusCode": status, "statusText": "so"}
        if status == 200:
            told["subscriptionId"] = asked.get("subscriptionId", self.subscription)
            if peer.expires is not None:
                told["expires"] = peer.expires
        self.connection.send(json.dumps({"subscribeResponse": told}))

    def answered(self, answer: Json) -> None:
        at = self.sent.get(answer["transactionId"])
        if at is None:
            return
        if self.peer.drops.get(at) == BEFORE_ACK:
            # The answer came; this side fell over before it noted it.
            del self.peer.drops[at]
            self.cut()
        self.peer.queue[at].answers.append(answer)


@contextmanager
def conveying_peer(context: ssl.SSLContext | None = None) -> Iterator[ConveyingPeer]:
    """A peer on loopback, for the length of a block; over TLS where a context is given."""
    peer = ConveyingPeer()
    with serve(
        peer.serve, "127.0.0.1", 0, ssl=context, process_request=peer.look,
        compression=None, close_timeout=0.2, max_queue=None, logger=quiet_log("a test's peer"),
    ) as server:  # fmt: skip
        port = server.socket.getsockname()[1]
        peer.url = f"{'wss' if context else 'ws'}://127.0.0.1:{port}/IncidentData/ent"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield peer
        server.shutdown()
    thread.join()


def http_url(peer: ConveyingPeer, path: str) -> str:
    """The address of a page of a peer."""
    return peer.url.replace("ws", "http", 1).replace("/IncidentData/ent", path)
