"""An OpenAI-compatible server on this machine, whose answers a test writes."""

import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple


class Asked(NamedTuple):
    """A request that was made: its path, its headers in small letters, its body."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def text(self) -> str:
        """The part of the document that was sent."""
        return str(self.body["messages"][1]["content"])


class Reply(NamedTuple):
    """What the server answers; ``drip`` is how long it waits before each letter, in seconds."""

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    drip: float = 0.0


class Model:
    """A model as a test has it: `answers` makes each reply; `asked` lists the requests."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.answers: Callable[[Asked], Reply] = lambda _: says([])
        self.url = ""


def says(statements: list[dict[str, Any]] | Any) -> Reply:
    """A reply that carries statements, in the form of a chat completion."""
    content = json.dumps({"statements": statements})
    message = {"role": "assistant", "content": content}
    return Reply(body=json.dumps({"choices": [{"index": 0, "message": message}]}).encode())


def statement(quote: str, **parts: Any) -> dict[str, Any]:
    """A statement as a model returns it; `parts` replace its keys."""
    told: dict[str, Any] = {
        "quote": quote,
        "before": "",
        "speaker": None,
        "speaker_kind": "narrator",
        "speaker_words": None,
        "cue": None,
        "via": [],
        "stance": "affirms",
        "hedge": "plain",
        "basis": "unstated",
        "kind": "other",
        "slots": [],
    }
    return told | parts


@contextmanager
def model(context: ssl.SSLContext | None = None) -> Iterator[Model]:
    """A server on loopback, for the length of a block; over TLS where a context is given."""
    held = Model()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.path, headers, json.loads(self.rfile.read(length)))
            held.asked.append(asked)
            reply = held.answers(asked)
            self.send_response(reply.status)
            for name, value in reply.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            # Who hangs up on a slow server is in the right.
            with suppress(OSError):
                for letter in reply.body if reply.drip else ():
                    time.sleep(reply.drip)
                    self.wfile.write(bytes([letter]))
                self.wfile.write(b"" if reply.drip else reply.body)

        def log_message(self, *_: Any) -> None:
            """Say nothing on the test's standard error."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    scheme = "http"
    if context is not None:
        scheme = "https"
        server.socket = context.wrap_socket(server.socket, server_side=True)
    held.url = f"{scheme}://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()
