"""A line to a database that can be cut: a proxy on loopback, of the test's own.

It passes bytes on until it is told to cut: before a COMMIT reaches the server, or after the server
has committed and before its answer reaches the client. Then it drops that connection, and takes new
ones unless it is told that the database stays away.
"""

import socket
import threading
from contextlib import suppress
from pathlib import Path
from typing import Literal

Cut = Literal["before", "after"]
_COMMIT = b"COMMIT\x00"


class Line:
    """Passes a port of this machine on to a server's socket. Use it as a context."""

    def __init__(self, server: Path) -> None:
        self._server = str(server / ".s.PGSQL.5432")
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self._cut: Cut | None = None
        self._stays_away = False
        self.cuts = 0
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._take, daemon=True).start()

    def cut_next_commit(self, when: Cut, *, stay_away: bool = False) -> None:
        """Break the connection at the next COMMIT; take no other afterwards if told so."""
        self._stays_away = stay_away
        self._cut = when

    def cut_all(self) -> None:
        """Break every connection that there is, whatever it does."""
        for side in list(self._open):
            self._drop(side)

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_: object) -> None:
        self._drop(self._listening)
        self.cut_all()

    def _take(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(self._server)
                self._open |= {client, server}
                for source, target, asks in ((client, server, True), (server, client, False)):
                    threading.Thread(
                        target=self._pass_on, args=(source, target, asks), daemon=True
                    ).start()

    def _pass_on(self, source: socket.socket, target: socket.socket, asks: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if asks and self._cut is not None and _COMMIT in data:
                    when, self._cut = self._cut, None
                    self._break_off(when, source, target, data)
                    return
                target.sendall(data)
        self._drop(source)
        self._drop(target)

    def _break_off(
        self, when: Cut, client: socket.socket, server: socket.socket, data: bytes
    ) -> None:
        if self._stays_away:
            self._drop(self._listening)
        if when == "before":
            self._drop(server)
        else:
            # The other direction would pass the answer on; without a client it has nobody to.
            self._drop(client)
            server.sendall(data)
            server.shutdown(socket.SHUT_WR)
        self._drop(client)
        self.cuts += 1

    def _drop(self, side: socket.socket) -> None:
        self._open.discard(side)
        with suppress(OSError):
            side.shutdown(socket.SHUT_RDWR)
        side.close()
