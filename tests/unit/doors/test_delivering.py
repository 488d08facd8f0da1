"""A reminder reaches a real mail server and a real webhook on this machine, or says why not."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from aiosmtpd.smtp import AuthResult
from standardwebhooks import Webhook as Judge
from standardwebhooks import WebhookVerificationError

from after_force import owed, shooting
from certificates import serving_tls
from letter_boxes import SECRET, Hook, Mailbox, free_port, mailbox, webhook
from whoseword.doors.channels import Channel, Email, Webhook
from whoseword.doors.delivering import Message, NotDelivered, NotReached, line_to
from whoseword.duties import Reminder, reminders

KEY = "ab" * 32


def reminder(**parts: Any) -> Reminder:
    return msgspec.structs.replace(reminders(owed(*shooting()))[0], **parts)


def message(at: datetime | None = None, **parts: Any) -> Message:
    return Message(
        KEY, "0123456789abcdef", at or datetime(2031, 3, 7, 18, tzinfo=UTC), reminder(**parts)
    )


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mailbox() as found:
        yield found


@pytest.fixture
def hook() -> Iterator[Hook]:
    with webhook() as found:
        yield found


def mail_to(port: int, **parts: Any) -> Channel:
    whole: dict[str, Any] = {
        "name": "mail", "kind": "email", "host": "127.0.0.1", "port": port,
        "from_": "duties@county.example", "security": "none",
        "to": ("chief@harrow.example", "clerk@harrow.example"),
    }  # fmt: skip
    return Channel(Email(**(whole | parts)), b"secret")


def hook_at(url: str) -> Channel:
    to = Webhook(name="cases", kind="webhook", url=url, secret_env="HOOK")  # noqa: S106  a name
    return Channel(to, Judge(SECRET)._whsecret)


def deliver(channel: Channel, one: Message) -> None:
    line = line_to(channel, lambda _: None, False)
    line.ready()
    line.send(one)
    line.close()


def test_a_mail_arrives_with_its_headers(box: Mailbox) -> None:
    deliver(mail_to(box.port), message())
    [mail] = box.taken
    assert mail["Subject"].startswith("Owed: UNVERIFIED DF-06: ")
    assert mail["Message-ID"] == f"<{KEY}.0123456789abcdef@county.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"] == "Fri, 07 Mar 2031 18:00:00 +0000"
    assert mail.get_content_type() == "text/plain"
    assert "Owed by harrow-police: open." in mail.get_content()
    assert box.recipients == [["chief@harrow.example", "clerk@harrow.example"]]


def test_no_header_can_be_made_of_words(box: Mailbox) -> None:
    evil = "Report\r\nBcc: all@press.example\r\n\r\nto ﬂeet Straße"
    deliver(mail_to(box.port), message(what=evil, owner="x\nTo: you@press.example"))
    [mail] = box.taken
    assert set(mail.keys()) >= {"From", "To", "Subject"}
    assert "Bcc" not in mail
    assert "press.example" not in str(mail["To"])
    assert "Bcc: all@press.example" in mail["Subject"]
    assert box.recipients == [["chief@harrow.example", "clerk@harrow.example"]]


def test_a_dot_or_a_foreign_letter_loses_nothing(box: Mailbox) -> None:
    deliver(mail_to(box.port), message(note=".\n. Straße ▇"))
    assert "\n.\n. Straße ▇\n" in box.taken[0].get_content().replace("\r\n", "\n")


@pytest.mark.parametrize("stage", ["on_mail", "on_data"])
def test_a_refused_mail_says_so(box: Mailbox, stage: str) -> None:
    setattr(box, stage, lambda: "554 not today")
    with pytest.raises(
        NotDelivered, match=r"mail: 127.0.0.1 did not take the mail \(554 not today"
    ):
        deliver(mail_to(box.port), message())


def test_a_refused_address_is_named_and_the_others_get_it(box: Mailbox) -> None:
    box.refused = {"clerk@harrow.example"}
    with pytest.raises(
        NotDelivered, match=r"refused clerk@harrow.example and took it for the others"
    ):
        deliver(mail_to(box.port), message())
    assert box.recipients == [["chief@harrow.example"]]


def test_a_mail_server_that_is_away_was_sent_nothing() -> None:
    with pytest.raises(NotReached, match=r"cannot be used \(.*refused.*\); nothing was sent"):
        deliver(mail_to(free_port()), message())


@pytest.fixture
def sealed_box(tmp_path: Path) -> Iterator[tuple[Mailbox, Path]]:
    """A mail server that asks for STARTTLS, a user and a password."""
    context, file = serving_tls(tmp_path)

    def authenticator(
        _server: Any, _session: Any, _envelope: Any, _how: str, given: Any
    ) -> AuthResult:
        return AuthResult(
            success=(given.login, given.password) == (b"duties", b"secret"), handled=False
        )

    options = {"tls_context": context, "require_starttls": True, "auth_required": True}
    with mailbox(authenticator=authenticator, **options) as found:
        yield found, file


def test_starttls_and_a_password(
    sealed_box: tuple[Mailbox, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    box, file = sealed_box
    channel = mail_to(box.port, security="starttls", user="duties", password_env="MAIL")  # noqa: S106  a name
    with pytest.raises(NotReached, match=r"CERTIFICATE_VERIFY_FAILED"):
        deliver(channel, message())
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    deliver(channel, message())
    assert len(box.taken) == 1
    with pytest.raises(NotReached, match=r"535") as failure:
        deliver(channel._replace(secret=b"another password"), message())
    assert "another password" not in str(failure.value)


def test_tls_from_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context, file = serving_tls(tmp_path)
    with mailbox(ssl_context=context) as box:
        with pytest.raises(NotReached, match=r"CERTIFICATE_VERIFY_FAILED"):
            deliver(mail_to(box.port, security="tls"), message())
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        deliver(mail_to(box.port, security="tls"), message())
        assert len(box.taken) == 1


def test_a_webhook_over_tls_is_posted_to_only_where_its_certificate_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, file = serving_tls(tmp_path)
    with webhook(context) as hook:
        with pytest.raises(NotReached, match=r"CERTIFICATE_VERIFY_FAILED"):
            deliver(hook_at(hook.url), message())
        assert hook.posts == []
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        deliver(hook_at(hook.url), message())
        assert [post.path for post in hook.posts] == ["/reminders?desk=1"]


def test_a_webhook_is_signed_as_standard_webhooks_has_it(hook: Hook) -> None:
    """Judged by the library of those who wrote the specification."""
    deliver(hook_at(hook.url), message(datetime.now(UTC)))
    [post] = hook.posts
    assert post.path == "/reminders?desk=1"
    assert post.headers["content-type"] == "application/json"
    assert post.headers["webhook-id"] == KEY
    told = Judge(SECRET).verify(post.body, post.headers)
    assert (told["type"], told["data"]["rule"]) == ("duty.owed", "DF-06")
    assert told["timestamp"] == "2031-03-07T18:00:00Z"
    assert "for" not in told["data"]
    assert (
        post.body
        == json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    )
    with pytest.raises(WebhookVerificationError):
        Judge(SECRET).verify(post.body + b" ", post.headers)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (lambda: 500, r"answered 500, a refusal; it is not sent again"),
        (lambda: 302, r"answered 302, a redirect, which is not followed"),
        (lambda: 1 // 0, r"did not answer \(.+\); it is not sent again"),
    ],
)
def test_any_other_answer_is_a_failure_that_says_so(
    hook: Hook, answer: Callable[[], int], told: str, capfd: pytest.CaptureFixture[str]
) -> None:
    hook.answer = answer
    with pytest.raises(NotDelivered, match=told):
        deliver(hook_at(hook.url), message())
    assert len(hook.posts) == 1
    capfd.readouterr()


def test_a_webhook_that_is_away_was_sent_nothing() -> None:
    with pytest.raises(NotReached, match=r"cannot be reached \(.+\); nothing was sent"):
        deliver(hook_at(f"http://127.0.0.1:{free_port()}/"), message())
