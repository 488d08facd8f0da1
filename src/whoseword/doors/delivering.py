"""How a reminder is handed over: printed, mailed, or posted to a program, once.

A channel is reached first (``ready``) and only then is a reminder claimed and sent, so that a server
that is away costs no reminder. What was refused after that is not sent again: whether the other side
kept it nobody here can know, and a person is told.

Mail is RFC 5322 with ``Auto-Submitted`` (RFC 3834), so that no out-of-office answers it. A webhook
is signed by Standard Webhooks 1.0.0 (standardwebhooks.com): HMAC-SHA256 over id, time and body.
"""

import hmac
import smtplib
import ssl
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import NamedTuple, Protocol, assert_never
from urllib.parse import urlsplit

import msgspec

from whoseword.doors.channels import Channel, Email, Stdout, Webhook
from whoseword.duties import Reminder, subject_of, text_of
from whoseword.words import WhoseWordError

PATIENCE = 20.0
"""Seconds for a server to answer; a reminder that waits longer keeps the others waiting."""
_LONGEST_LINE = 998
"""By RFC 5322, 2.1.1."""
_ACCEPTED = range(200, 300)
_REDIRECTS = range(300, 400)
_json = msgspec.json.Encoder(order="sorted")


class NotDelivered(WhoseWordError):
    """A reminder was not taken, or nobody can tell whether it was."""


class NotReached(NotDelivered):
    """A channel is not there; nothing was sent."""


class Message(NamedTuple):
    """A reminder on its way: its key, of which home, and the moment of sending."""

    key: str
    home: str
    at: datetime
    reminder: Reminder


class Line(Protocol):
    """One channel, for one round of reminders."""

    def ready(self) -> None:
        """See that it can be sent. Raises ``NotReached``."""

    def send(self, message: Message) -> None:
        """Send it, once. Raises ``NotDelivered``."""

    def close(self) -> None:
        """Let the connection go."""


def json_of(message: Message) -> bytes:
    """A reminder for a program: its key, why, as of when, and what."""
    return _json.encode(
        {
            "id": message.key,
            "type": f"duty.{message.reminder.event}",
            "timestamp": message.reminder.as_of,
            "data": message.reminder,
            "text": text_of(message.reminder),
        }
    )


def line_to(channel: Channel, write: Callable[[str], None], as_json: bool) -> Line:
    """The line to a channel; ``write`` prints as it is given, as JSON where asked for."""
    match channel.to:
        case Stdout():
            return _Printing(channel.to, write, as_json)
        case Email():
            return _Mailing(channel.to, channel.secret.decode())
        case Webhook():
            return _Posting(channel.to, channel.secret)
        case _ as never:  # pragma: no cover
            assert_never(never)


class _Printing:
    """To standard output."""

    def __init__(self, to: Stdout, write: Callable[[str], None], as_json: bool) -> None:
        self._to = to
        self._write = write
        self._as_json = as_json

    def ready(self) -> None:
        # What a closed pipe did not take is tried again by this, and refused again.
        try:
            self._write("")
        except OSError as error:
            raise NotReached(
                f"channel {self._to.name}: standard output is closed ({error.strerror}); nothing "
                "was told; start the watch anew"
            ) from error

    def send(self, message: Message) -> None:
        text = json_of(message).decode() if self._as_json else text_of(message.reminder)
        try:
            self._write(f"{text}\n")
        except OSError as error:
            raise NotDelivered(
                f"channel {self._to.name}: standard output was closed ({error.strerror}); it is "
                "not told again; see where it goes"
            ) from error

    def close(self) -> None:
        pass


class _Mailing:
    """To letter-boxes; one message a connection, so that none waits on another's fate."""

    def __init__(self, to: Email, password: str) -> None:
        self._to = to
        self._password = password
        self._server: smtplib.SMTP | None = None

    def ready(self) -> None:
        # Somebody else may have claimed what the last connection was for.
        self.close()
        try:
            self._server = self._connected()
        except (OSError, smtplib.SMTPException) as error:
            raise NotReached(
                f"channel {self._to.name}: the mail server {self._to.host}:{self._to.port} cannot "
                f"be used ({_told(error)}); nothing was sent; check the server, the user and the "
                "password"
            ) from error

    def _connected(self) -> smtplib.SMTP:
        to, context = self._to, ssl.create_default_context()
        if to.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                to.host, to.port, timeout=PATIENCE, context=context
            )
        else:
            server = smtplib.SMTP(to.host, to.port, timeout=PATIENCE)
        try:
            if to.security == "starttls":
                server.starttls(context=context)
            if to.user is not None:
                server.login(to.user, self._password)
            server.ehlo_or_helo_if_needed()
        except BaseException:
            server.close()
            raise
        return server

    def send(self, message: Message) -> None:
        assert self._server is not None, "ready comes before send"
        try:
            refused = self._server.send_message(
                mail_of(message, self._to), self._to.from_, list(self._to.to)
            )
        except (OSError, smtplib.SMTPException) as error:
            raise NotDelivered(
                f"channel {self._to.name}: {self._to.host} did not take the mail "
                f"({_told(error)}); it is not sent again; see to it, and mend the channel"
            ) from error
        finally:
            self.close()
        if refused:
            raise NotDelivered(
                f"channel {self._to.name}: {self._to.host} refused {', '.join(sorted(refused))} "
                "and took it for the others; it is not sent again; see to these, and mend the "
                "addresses"
            )

    def close(self) -> None:
        if self._server is not None:
            # What the server said of the message counts; how it takes its leave does not.
            with suppress(OSError, smtplib.SMTPException):
                self._server.quit()
            self._server.close()
            self._server = None


def mail_of(message: Message, to: Email) -> EmailMessage:
    """The mail that tells a reminder; the same reminder has the same ``Message-ID`` for good."""
    # A header is one line, whatever a rule or an owner is called; the library would begin a long
    # one with an empty line, so one that needs no encoding is not folded.
    subject = " ".join(subject_of(message.reminder).split())
    policy = SMTP.clone(max_line_length=_LONGEST_LINE) if subject.isascii() else SMTP
    mail = EmailMessage(policy)
    mail["From"] = to.from_
    mail["To"] = ", ".join(to.to)
    mail["Subject"] = subject
    mail["Date"] = format_datetime(message.at)
    domain = to.from_.rpartition("@")[2]
    mail["Message-ID"] = f"<{message.key}.{message.home}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text_of(message.reminder))
    return mail


class _Posting:
    """To a program, by POST; redirects are not followed: the URL says who is meant."""

    def __init__(self, to: Webhook, secret: bytes) -> None:
        self._to = to
        self._secret = secret
        self._url = urlsplit(to.url)
        self._connection: HTTPConnection | None = None

    def ready(self) -> None:
        self.close()
        host, port = self._url.hostname or "", self._url.port
        if self._url.scheme == "https":
            context = ssl.create_default_context()
            self._connection = HTTPSConnection(host, port, timeout=PATIENCE, context=context)
        else:
            self._connection = HTTPConnection(host, port, timeout=PATIENCE)
        try:
            self._connection.connect()
        except OSError as error:
            raise NotReached(
                f"channel {self._to.name}: {self._url.netloc} cannot be reached "
                f"({_told(error)}); nothing was sent; check the URL and the server"
            ) from error

    def send(self, message: Message) -> None:
        assert self._connection is not None, "ready comes before send"
        body = json_of(message)
        path = f"{self._url.path or '/'}{f'?{self._url.query}' if self._url.query else ''}"
        headers = {"Content-Type": "application/json", "User-Agent": "whoseword"}
        headers |= signed(message.key, message.at, body, self._secret)
        try:
            self._connection.request("POST", path, body, headers)
            status = self._connection.getresponse().status
        except (OSError, HTTPException) as error:
            raise NotDelivered(
                f"channel {self._to.name}: {self._url.netloc} did not answer ({_told(error)}); it "
                "is not sent again; ask there whether it came"
            ) from error
        finally:
            self.close()
        if status not in _ACCEPTED:
            why = "a redirect, which is not followed" if status in _REDIRECTS else "a refusal"
            raise NotDelivered(
                f"channel {self._to.name}: {self._url.netloc} answered {status}, {why}; it is not "
                "sent again; see to it, and mend the URL or the program there"
            )

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def signed(key: str, at: datetime, body: bytes, secret: bytes) -> dict[str, str]:
    """The headers by which a receiver knows who sent a body, and when."""
    moment = str(int(at.timestamp()))
    code = hmac.new(secret, b".".join((key.encode(), moment.encode(), body)), sha256).digest()
    return {
        "webhook-id": key,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{b64encode(code).decode()}",
    }


def _told(error: Exception) -> str:
    """What a server or the system says, on one line."""
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        words = said.decode(errors="replace") if isinstance(said, bytes) else said
        return " ".join(f"{error.smtp_code} {words}".split())
    return " ".join(str(error).split()) or type(error).__name__
