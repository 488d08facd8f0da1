"""The second reader as the environment names it: where it is, which model, and with which key.

Off unless ``WHOSEWORD_READER_URL`` names an endpoint and ``read`` is told to ask it: by that the
text of documents leaves this machine. Nothing leaves it in the clear: without TLS only this machine
itself is reached. The key comes from the environment, goes to that host alone and is written
nowhere; nor is what an address holds beside host and path, for some addresses hold a key.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import SplitResult, urlsplit

from whoseword.doors.channels import is_this_machine
from whoseword.words import WhoseWordError

URL: Final = "WHOSEWORD_READER_URL"
MODEL: Final = "WHOSEWORD_READER_MODEL"
KEY: Final = "WHOSEWORD_READER_KEY"
_PATH: Final = "/chat/completions"
_LONGEST_MODEL: Final = 200
_PORTS: Final = range(1, 65_536)


class SecondReaderFailed(WhoseWordError):
    """The second reader gave nothing that can be used: what happened, where, and what to do.

    ``for_all`` holds where it would be so of any document, so that no other is sent.
    """

    def __init__(self, problem: str, remedy: str, *, for_all: bool = False) -> None:
        super().__init__(f"{problem}; {remedy}")
        self.for_all = for_all


class Endpoint(NamedTuple):
    """An OpenAI-compatible endpoint; `repr` does not tell the key."""

    url: SplitResult
    model: str
    key: str = ""

    def __repr__(self) -> str:
        """The endpoint without its key, and without the query of its address."""
        return f"Endpoint({self.address}, {self.model})"

    @property
    def address(self) -> str:
        """Where it is, for people: scheme, host, port and path alone."""
        return f"{self.url.scheme}://{self.url.netloc}{self.url.path}"

    @property
    def is_here(self) -> bool:
        """Whether it is this machine, by its name alone."""
        return is_this_machine(self.url.hostname or "")


class SecondReader(NamedTuple):
    """What reads a second time: its name, where it is, and the way to ask it.

    ``ask`` takes the body of a request and gives the JSON that is returned; it raises
    ``SecondReaderFailed``.
    """

    model: str
    address: str
    is_here: bool
    ask: Callable[[bytes], dict[str, Any]]


def endpoint_of(environment: Mapping[str, str]) -> Endpoint:
    """The endpoint that the environment names. Raises ``SecondReaderFailed``."""
    given, model, key = (environment.get(name, "").strip() for name in (URL, MODEL, KEY))
    if not given:
        raise SecondReaderFailed(
            f"{URL} is not set, so there is no second reader",
            "set it to the address of an OpenAI-compatible endpoint, e.g. http://127.0.0.1:8080/v1",
        )
    url = _address(given)
    if len(model) > _LONGEST_MODEL or not model.isprintable():
        raise SecondReaderFailed(f"{MODEL} names no model", "set it to one that the endpoint has")
    if not re.fullmatch(r"[!-~]*", key):
        raise SecondReaderFailed(f"{KEY} holds what no key can", "set it anew, without white space")
    if not url.path.endswith(_PATH):
        url = url._replace(path=f"{url.path.rstrip('/')}{_PATH}")
    return Endpoint(url, model or "default", key)


def _address(given: str) -> SplitResult:
    # The address itself is not repeated: some hold a key.
    try:
        url = urlsplit(given)
        host, port = url.hostname, url.port
    except ValueError:
        url, host, port = urlsplit(""), None, None
    plain = given.isascii() and given.isprintable() and " " not in given
    named = host and url.scheme in ("https", "http") and plain
    if not named or url.username is not None or url.fragment or (port or 1) not in _PORTS:
        raise SecondReaderFailed(
            f"{URL} is no address of an endpoint",
            "write https://HOST/v1, without name or password",
        )
    if url.scheme == "http" and not is_this_machine(host or ""):
        raise SecondReaderFailed(
            f"{URL} is not encrypted and leads away from this machine", "write https://"
        )
    return url
