"""The line to a peer that sends objects: a websocket, and single objects over HTTP.

Nothing goes out in the clear: without TLS only this machine itself is reached. Certificates are
checked, redirects are not followed, no proxy is used. A token goes to the feed's own host alone.
What a feed names is fetched only from that host and from those that the user named: a peer cannot
make this machine ask others (server-side request forgery, CWE-918). One answer may be so large and
take so long, whatever the other side does.
"""

import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final, NamedTuple, Protocol
from urllib.parse import SplitResult, quote, urlsplit

import httpx
from websockets.exceptions import (
    ConnectionClosed,
    InvalidStatus,
    WebSocketException,
)
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from whoseword.doors.channels import is_this_machine
from whoseword.doors.quiet_log import quiet_log
from whoseword.intake.conveyance import NOT_FOUND, SUBPROTOCOL, UNAVAILABLE
from whoseword.intake.eido import FeedFault
from whoseword.words import WhoseWordError
from whoseword.words.decoding import MAX_LINE

LARGEST_MESSAGE: Final = 16 * 1024 * 1024
"""Bytes of one message: more is not read, and ends the connection."""
TO_CONNECT: Final = 20.0
TO_FETCH: Final = 20.0
"""Seconds for an object as a whole."""
_PINGS: Final = 20.0
"""Seconds between signs of life, and how long one is waited for."""
_TO_CLOSE: Final = 2.0
_REFUSED: Final = frozenset({401, 403})
_AGAIN: Final = frozenset({408, 425, 429, *range(500, 600)})
_PORTS: Final = {"ws": 80, "wss": 443, "http": 80, "https": 443}
_MEDIA: Final = "application/emergency.eido+json, application/json;q=0.9"


class LineLost(WhoseWordError):
    """A connection ended, or could not be had; another may be had later."""


class PeerRefused(WhoseWordError):
    """A peer does not let us in, or cannot be trusted; asking again changes nothing."""


class NotFetched(NamedTuple):
    """What was to be fetched and was not: its fault, and the status that says so to the peer."""

    fault: FeedFault
    status: int


class Line(Protocol):
    """A connection to a peer: messages out and in, as bytes."""

    def send(self, content: bytes) -> None:
        """Send a message. Raises ``LineLost``."""

    def receive(self, wait: float) -> bytes | None:
        """The next message; None where none comes within so many seconds. Raises ``LineLost``."""


class Peer(NamedTuple):
    """Where objects come from, and how it is reached; ``repr`` does not tell the token.

    ``hosts`` are those that single objects may be fetched from beside the peer's own, each as
    HOST or HOST:PORT; ``retrieval`` is where the peer answers for single incidents, if anywhere.
    """

    url: SplitResult
    token: str = ""
    hosts: tuple[str, ...] = ()
    retrieval: SplitResult | None = None
    tls: ssl.SSLContext | None = None

    def __repr__(self) -> str:
        """The peer without its token, and without the query of its address."""
        return f"Peer({self.address})"

    @property
    def address(self) -> str:
        """Where it is, for people: scheme, host, port and path alone."""
        return f"{self.url.scheme}://{_place(self.url)}{self.url.path}"


def address_of(text: str, schemes: tuple[str, str]) -> SplitResult:
    """An address given by a person, which must be safe to speak to. Raises ``WhoseWordError``.

    ``schemes`` are the one with TLS and the one without, which reaches this machine alone.
    """
    safe, clear = schemes
    try:
        url = urlsplit(text)
        port = url.port
    except ValueError:
        url, port = urlsplit(""), None
    if url.scheme not in schemes or not url.hostname or port == 0:
        raise WhoseWordError(f"this is no address of that kind; write it as {safe}://HOST/PATH")
    if url.username is not None or url.password is not None:
        raise WhoseWordError("it holds a name or a password; leave them out, and give a token")
    if url.fragment:
        raise WhoseWordError("it holds a #; leave out what follows it")
    if url.scheme == clear and not is_this_machine(url.hostname):
        raise WhoseWordError(
            f"{clear}:// sends in the clear, and reaches this machine alone; use {safe}://"
        )
    return url


def trusting(
    authorities: Path | None = None, certificate: Path | None = None, key: Path | None = None
) -> ssl.SSLContext:
    """Whom TLS trusts (the system's, or a file of authorities), and who we are, if a file says.

    The standard asks for certificates on both sides. Raises ``WhoseWordError``.
    """
    try:
        context = ssl.create_default_context(cafile=authorities)
        if certificate is not None:
            # A key with a password would be asked for on a terminal that may not be there.
            context.load_cert_chain(certificate, key, password=lambda: b"")
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", None) or type(error).__name__
        raise WhoseWordError(
            f"the certificates cannot be used ({told}); give PEM files, a key without a password"
        ) from None
    return context


@contextmanager
def line_to(peer: Peer) -> Iterator[Line]:
    """A line to a peer, for the length of a block. Raises ``LineLost`` or ``PeerRefused``."""
    with ExitStack() as stack:
        try:
            opened = stack.enter_context(_connection(peer))
        except InvalidStatus as error:
            raise _not_let_in(peer, error.response.status_code) from None
        except ssl.SSLCertVerificationError as error:
            raise PeerRefused(
                f"the certificate of {peer.address} is not to be trusted "
                f"({error.verify_message}); name the authority of the peer's agency with --ca FILE"
            ) from None
        except (OSError, WebSocketException, EOFError) as error:
            raise LineLost(_told(error)) from None
        except ValueError:
            # What the library raises where it would follow a redirect, and has one socket.
            raise PeerRefused(
                f"{peer.address} sends us elsewhere; ask its people for the address that holds"
            ) from None
        yield _Socket(opened)


def _connection(peer: Peer) -> ClientConnection:
    # On a socket of our own, because the library follows redirects unless it was given one.
    joined = socket.create_connection(_origin(peer.url), timeout=TO_CONNECT)
    joined.settimeout(None)
    return connect(
        peer.url.geturl(),
        sock=joined,
        ssl=peer.tls if peer.url.scheme == "wss" else None,
        subprotocols=[Subprotocol(SUBPROTOCOL)],
        additional_headers=_authorization(peer),
        compression=None,
        proxy=None,
        open_timeout=TO_CONNECT,
        close_timeout=_TO_CLOSE,
        ping_interval=_PINGS,
        ping_timeout=_PINGS,
        max_size=LARGEST_MESSAGE,
        logger=quiet_log("following"),
    )


class _Socket:
    """A websocket as a line."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection

    def send(self, content: bytes) -> None:
        """Send a message."""
        try:
            self._connection.send(content, text=True)
        except (ConnectionClosed, OSError) as error:
            raise LineLost(_told(error)) from None

    def receive(self, wait: float) -> bytes | None:
        """The next message; text that is not UTF-8 is a message too, and somebody's fault."""
        try:
            return bytes(self._connection.recv(timeout=wait, decode=False))
        except TimeoutError:
            return None
        except (ConnectionClosed, OSError) as error:
            raise LineLost(_told(error)) from None


def _told(error: BaseException) -> str:
    """What went wrong, without what the other side wrote: it is a stranger's word."""
    if isinstance(error, ConnectionClosed):
        if error.sent is not None and error.sent.code == 1009:
            return f"a message of more than {LARGEST_MESSAGE:,} bytes"
        code = error.rcvd.code if error.rcvd is not None else None
        return f"closed by the peer, code {code}" if code else "broken off"
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return getattr(error, "strerror", None) or "no websocket there"


def _not_let_in(peer: Peer, status: int) -> WhoseWordError:
    if status in _AGAIN:
        return LineLost(f"it answers with {status}")
    if status in _REFUSED:
        return PeerRefused(
            f"{peer.address} lets us not in ({status}); check the token it was given"
        )
    return PeerRefused(f"{peer.address} is no feed of objects ({status}); check the address")


def _authorization(peer: Peer) -> dict[str, str]:
    return {"Authorization": f"Bearer {peer.token}"} if peer.token else {}


def _place(url: SplitResult) -> str:
    host = url.hostname or ""
    named = f"[{host}]" if ":" in host else host
    return f"{named}:{url.port}" if url.port else named


def _origin(url: SplitResult) -> tuple[str, int]:
    return (url.hostname or "").casefold(), url.port or _PORTS[url.scheme]


def incident_at(peer: Peer, incident: str) -> str | None:
    """Where a peer tells the present state of an incident; None where it names no such service."""
    if peer.retrieval is None:
        return None
    path = f"{peer.retrieval.path.rstrip('/')}/incidents/{quote(incident, safe='')}"
    return peer.retrieval._replace(path=path, query="").geturl()


def fetched(peer: Peer, url: str) -> bytes | NotFetched:
    """The object at a URL that a peer named, or why there is none."""
    try:
        at = _allowed(peer, url)
    except FeedFault as fault:
        return NotFetched(fault, 400)
    headers = {"Accept": _MEDIA, "Accept-Encoding": "identity", "User-Agent": "whoseword"}
    if _origin(at) in {_origin(one) for one in (peer.url, peer.retrieval) if one is not None}:
        headers |= _authorization(peer)
    verify = peer.tls if peer.tls is not None else True
    deadline = time.monotonic() + TO_FETCH
    try:
        with (
            httpx.Client(verify=verify, trust_env=False, timeout=TO_FETCH / 2) as client,
            client.stream("GET", at.geturl(), headers=headers, follow_redirects=False) as answer,
        ):
            return _body(answer, url, deadline)
    except httpx.InvalidURL:
        return NotFetched(FeedFault(url[:200], "is no URL", "send the object itself"), 400)
    except httpx.HTTPError as error:
        return _unfetched(url, f"cannot be fetched ({type(error).__name__})")


def _body(answer: httpx.Response, url: str, deadline: float) -> bytes | NotFetched:
    if answer.status_code != httpx.codes.OK:
        status = NOT_FOUND if answer.status_code in (404, 410) else UNAVAILABLE
        return _unfetched(url, f"is answered with {answer.status_code}", status)
    found = bytearray()
    for piece in answer.iter_raw():
        found += piece
        if len(found) > MAX_LINE:
            return _unfetched(url, f"is more than {MAX_LINE:,} bytes", 413)
        if time.monotonic() > deadline:
            return _unfetched(url, "does not come in time")
    return bytes(found)


def _unfetched(url: str, problem: str, status: int = UNAVAILABLE) -> NotFetched:
    return NotFetched(FeedFault(url[:200], problem, "send the object itself"), status)


def _allowed(peer: Peer, url: str) -> SplitResult:
    """A URL that may be fetched. Raises ``FeedFault``."""
    try:
        at = address_of(url, ("https", "http"))
    except WhoseWordError as error:
        raise FeedFault(url[:200], "is no address to fetch from", str(error)) from None
    host, port = _origin(at)
    own = {_origin(one) for one in (peer.url, peer.retrieval) if one is not None}
    # A host that was named alone is its usual port: what else listens there was not meant.
    named = {host_of(one) for one in peer.hosts}
    if (host, port) not in own | named:
        raise FeedFault(
            url[:200],
            "is on a host that nobody here named",
            "send the object, or have them name the host with --fetch-from",
        )
    return at


def host_of(text: str) -> tuple[str, int]:
    """A host that a person named, HOST or HOST:PORT. Raises ``WhoseWordError``."""
    url = address_of(f"https://{text}", ("https", "http"))
    if url.path or url.query:
        raise WhoseWordError("it is more than a host; write HOST or HOST:PORT")
    return _origin(url)
