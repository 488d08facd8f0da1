"""Servers on this machine that take reminders: a mail server, and a program with a webhook."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, NamedTuple

from aiosmtpd.controller import Controller

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105  a public example
"""The secret in the examples of Standard Webhooks."""


class Mailbox:
    """What a mail server took; ``on_mail`` and ``on_data`` are called before it answers.

    What they return it answers, if anything.
    """

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.users: list[tuple[bytes, bytes]] = []
        self.port = 0
        self.on_mail: Callable[[], str | None] = lambda: None
        self.on_data: Callable[[], str | None] = lambda: None
        self.refused: set[str] = set()

    async def handle_MAIL(  # noqa: N802  aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        answer = self.on_mail()
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return answer or "250 OK"

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        if address in self.refused:
            return "550 no such box"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        self.recipients.append(list(envelope.rcpt_tos))
        return self.on_data() or "250 OK"

    def subjects(self) -> list[str]:
        return [str(one["Subject"]) for one in self.taken]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


@contextmanager
def mailbox(port: int | None = None, **options: Any) -> Iterator[Mailbox]:
    """A mail server on loopback."""
    box = Mailbox()
    box.port = port or free_port()
    controller = Controller(box, hostname="127.0.0.1", port=box.port, **options)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


class Post(NamedTuple):
    path: str
    headers: dict[str, str]
    body: bytes


class Hook:
    """What a webhook was posted; ``answer`` gives the status, and may do worse before."""

    def __init__(self) -> None:
        self.posts: list[Post] = []
        self.answer: Callable[[], int] = lambda: 204
        self.port = 0
        self.scheme = "http"

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/reminders?desk=1"


@contextmanager
def webhook(context: ssl.SSLContext | None = None) -> Iterator[Hook]:
    """A program on loopback that is posted to; over TLS where a context is given."""
    hook = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            hook.posts.append(Post(self.path, headers, body))
            status = hook.answer()
            self.send_response(status)
            if status in range(300, 400):
                self.send_header("Location", f"http://127.0.0.1:{hook.port}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    hook.port = server.server_address[1]
    if context is not None:
        hook.scheme = "https"
        server.socket = context.wrap_socket(server.socket, server_side=True)
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    serving.start()
    try:
        yield hook
    finally:
        server.shutdown()
        server.server_close()
        serving.join()
