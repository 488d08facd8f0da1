"""Where reminders go, as a file of channels says it (TOML 1.0).

A file is copied, mailed and kept in version control, so no secret stands in one: it names the
environment variable that holds it. What is wrong is told as FILE: CHANNEL: FIELD, with what to do,
before anything is sent anywhere. Nothing leaves a machine in the clear: without encryption only
this machine itself is reached.
"""

import binascii
import re
import tomllib
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping
from email.errors import HeaderParseError
from email.headerregistry import Address
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar
from urllib.parse import urlsplit

import msgspec

from whoseword.words import WhoseWordError

_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_KINDS = ("stdout", "email", "webhook")
_WHSEC = "whsec_"
_SECRET_BYTES = range(24, 65)
"""How long a secret is, by Standard Webhooks."""
_LONGEST_ADDRESS = 254


class ChannelFault(WhoseWordError):
    """A file of channels cannot be used as it is: where, what is wrong, what to do."""


class Stdout(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Standard output."""

    name: str = "stdout"
    kind: str = "stdout"
    owner: str | None = None
    profile: str | None = None


class Email(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Letter-boxes, by way of a mail server (RFC 5321)."""

    name: str
    kind: str
    owner: str | None = None
    profile: str | None = None
    host: str
    port: int
    from_: str = msgspec.field(name="from")
    to: tuple[str, ...]
    security: Literal["starttls", "tls", "none"]
    user: str | None = None
    password_env: str | None = None


class Webhook(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A program that takes signed messages (Standard Webhooks 1.0.0)."""

    name: str
    kind: str
    owner: str | None = None
    profile: str | None = None
    url: str
    secret_env: str


class Channel(NamedTuple):
    """Where reminders go, with the secret that it takes; ``repr`` does not tell it."""

    to: Stdout | Email | Webhook
    secret: bytes = b""

    def __repr__(self) -> str:
        """The channel without its secret."""
        return f"Channel({self.to!r})"


Table = TypeVar("Table", Stdout, Email, Webhook)

STANDARD_OUTPUT = (Channel(Stdout()),)
"""Where reminders go that were told no other way."""


class _Wrong(WhoseWordError):
    """What is wrong with a field, and what to do."""

    def __init__(self, field: str, problem: str, remedy: str) -> None:
        super().__init__(f"{field}: {problem}; {remedy}")


def read_channels(file: Path, environment: Mapping[str, str]) -> tuple[Channel, ...]:
    """The channels of a file, with their secrets. Raises ``ChannelFault`` with every fault."""
    try:
        tables = tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise ChannelFault(f"{file} cannot be read ({error.strerror}); check it") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ChannelFault(f"{file}: it is no TOML ({error}); mend it there") from error
    rows = tables.get("channel")
    if set(tables) != {"channel"} or not isinstance(rows, list) or not rows:
        raise ChannelFault(
            f"{file}: it holds {', '.join(sorted(tables)) or 'nothing'}; "
            "write a table [[channel]] for each channel, and nothing else"
        )
    faults: list[str] = []
    found = list(_channels(file, rows, environment, faults))
    if faults:
        raise ChannelFault("\n".join(faults))
    return tuple(found)


def _channels(
    file: Path, rows: Iterable[Any], environment: Mapping[str, str], faults: list[str]
) -> Iterator[Channel]:
    names: set[str] = set()
    for number, row in enumerate(rows, start=1):
        name = row.get("name") if isinstance(row, dict) else None
        where = f"{file}: channel {name if isinstance(name, str) else number}"
        try:
            yield _channel(row, names, environment)
        except _Wrong as wrong:
            faults.append(f"{where}: {wrong}")


def _channel(row: object, names: set[str], environment: Mapping[str, str]) -> Channel:
    if not isinstance(row, dict):
        raise _Wrong("channel", "it is no table", "write it as [[channel]]")
    name, kind = row.get("name"), row.get("kind")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise _Wrong("name", "it is none", 'name it like "duty-desk", in small letters')
    if name in names:
        raise _Wrong("name", "another channel has it", "give each a name of its own")
    names.add(name)
    match kind:
        case "stdout":
            return Channel(_shaped(row, Stdout))
        case "email":
            return _email(_shaped(row, Email), environment)
        case "webhook":
            return _webhook(_shaped(row, Webhook), environment)
        case _:
            raise _Wrong("kind", f"{kind!r} is none", f"write one of {', '.join(_KINDS)}")


def _shaped(row: dict[str, Any], kind: type[Table]) -> Table:
    try:
        return msgspec.convert(row, type=kind)
    except msgspec.ValidationError as error:
        said, _, path = str(error).partition(" - at `$.")
        missing = re.fullmatch(r"Object (?:missing required|contains unknown) field `(.*)`", said)
        field = missing[1] if missing else path.rstrip("`") or "channel"
        raise _Wrong(field, said[0].lower() + said[1:], "see the README, under `watch`") from None


def _email(to: Email, environment: Mapping[str, str]) -> Channel:
    if not re.fullmatch(r"[A-Za-z0-9.:\-]+", to.host):
        raise _Wrong("host", f"{to.host!r} is no host", "name the mail server")
    _check_port(to.port)
    _check_address("from", to.from_)
    for one in to.to:
        _check_address("to", one)
    if not to.to:
        raise _Wrong("to", "it is empty", "name at least one address")
    if to.security == "none" and not is_this_machine(to.host):
        raise _Wrong(
            "security",
            f"mail to {to.host} would go in the clear",
            'write "starttls" or "tls"; "none" is for a server on this machine',
        )
    if (to.user is None) != (to.password_env is None):
        raise _Wrong(
            "user" if to.user is None else "password_env",
            "a user and a password go together",
            "write both, or neither",
        )
    if to.password_env is None:
        return Channel(to)
    return Channel(to, _secret("password_env", to.password_env, environment).encode())


def _check_port(port: int | None) -> None:
    if port is not None and not 1 <= port <= 65_535:
        raise _Wrong("port", f"{port} is none", "write a number from 1 to 65535")


def _check_address(field: str, address: str) -> None:
    """An address of ASCII in one piece, so that no header can be made of it."""
    plain = address.isascii() and address.isprintable() and " " not in address
    try:
        whole = Address(addr_spec=address) if plain else None
    except (HeaderParseError, ValueError, IndexError):
        whole = None
    if whole is None or not whole.username or not whole.domain or len(address) > _LONGEST_ADDRESS:
        raise _Wrong(field, f"{address!r} is no address", "write it like desk@county.example")


def _webhook(to: Webhook, environment: Mapping[str, str]) -> Channel:
    try:
        url = urlsplit(to.url)
        host, port = url.hostname, url.port
    except ValueError:
        host, port, url = None, None, urlsplit("")
    if not host or url.scheme not in ("https", "http") or not to.url.isascii() or " " in to.url:
        raise _Wrong("url", f"{to.url!r} is none", "write it like https://desk.example/reminders")
    _check_port(port)
    if not to.url.isprintable() or url.fragment or url.username is not None:
        raise _Wrong(
            "url",
            "it holds a user, a fragment or a control character",
            "leave these out; the signature tells who sends",
        )
    if url.scheme == "http" and not is_this_machine(host):
        raise _Wrong(
            "url",
            f"reminders to {host} would go in the clear",
            "write https; http is for this machine",
        )
    text = _secret("secret_env", to.secret_env, environment)
    try:
        secret = b64decode(text.removeprefix(_WHSEC), validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if not text.startswith(_WHSEC) or len(secret) not in _SECRET_BYTES:
        raise _Wrong(
            "secret_env",
            f"{to.secret_env} holds no secret of Standard Webhooks",
            'set it to "whsec_" and the base64 of 24 to 64 random bytes',
        )
    return Channel(to, secret)


def _secret(field: str, variable: str, environment: Mapping[str, str]) -> str:
    found = environment.get(variable)
    if not found:
        raise _Wrong(field, f"the environment has no {variable}", "set it where `watch` is started")
    return found


def is_this_machine(host: str) -> bool:
    """Whether a host is this machine by its name alone; nothing is looked up."""
    try:
        return host.casefold() == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
