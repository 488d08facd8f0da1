"""A file of channels says where reminders go; what is wrong in it is told before anything is sent."""

from pathlib import Path

import pytest

from letter_boxes import SECRET
from whoseword.doors.channels import Channel, ChannelFault, Email, Stdout, Webhook, read_channels

DESK = """
[[channel]]
name = "desk"
kind = "stdout"
"""
MAIL = """
[[channel]]
name = "mail"
kind = "email"
owner = "harrow-police"
host = "mail.county.example"
port = 587
from = "duties@county.example"
to = ["chief@harrow.example", "clerk@harrow.example"]
security = "starttls"
user = "duties"
password_env = "MAIL_PASSWORD"
"""
HOOK = """
[[channel]]
name = "case-system"
kind = "webhook"
profile = "missouri"
url = "https://cases.county.example/in?from=whoseword"
secret_env = "HOOK_SECRET"
"""
ENVIRONMENT = {"MAIL_PASSWORD": "correct horse", "HOOK_SECRET": SECRET}


def read(tmp_path: Path, text: str, **environment: str) -> tuple[Channel, ...]:
    file = tmp_path / "channels.toml"
    file.write_text(text, "utf-8")
    return read_channels(file, ENVIRONMENT | environment)


def test_each_kind_is_read_with_its_secret(tmp_path: Path) -> None:
    desk, mail, hook = read(tmp_path, DESK + MAIL + HOOK)
    assert desk == Channel(Stdout(name="desk"))
    assert isinstance(mail.to, Email)
    assert (mail.to.from_, mail.to.owner) == ("duties@county.example", "harrow-police")
    assert mail.secret == b"correct horse"
    assert isinstance(hook.to, Webhook)
    assert len(hook.secret) == 24
    assert "correct horse" not in f"{mail} {mail!r}"


@pytest.mark.parametrize(
    ("text", "old", "new", "told"),
    [
        (DESK, '"stdout"', '"fax"', "channel desk: kind: 'fax' is none; write one of stdout, email"),
        (DESK, '"desk"', '"Front Desk"', "channel Front Desk: name: it is none; name it like"),
        (DESK, 'name = "desk"\n', "", "channel 1: name: it is none"),
        (DESK, 'kind = "stdout"\n', 'kind = "stdout"\nurl = "x"\n', "channel desk: url: object"),
        (MAIL, "port = 587\n", "", "channel mail: port: object missing required field"),
        (MAIL, "port = 587", 'port = "587"', "channel mail: port: expected `int`, got `str`"),
        (MAIL, "port = 587", "port = 70000", "channel mail: port: 70000 is none; write a number"),
        (MAIL, '"starttls"', '"none"', "security: mail to mail.county.example would go in the clear"),
        (MAIL, '"starttls"', '"ssl"', "channel mail: security: invalid enum value"),
        (MAIL, '"mail.county.example"', '"mail county"', "host: 'mail county' is no host"),
        (MAIL, 'user = "duties"\n', "", "user: a user and a password go together; write both"),
        (MAIL, "MAIL_PASSWORD", "NOT_SET", "password_env: the environment has no NOT_SET; set it"),
        (MAIL, "to = [", "to = [] #", "channel mail: to: it is empty; name at least one address"),
        (MAIL, "chief@harrow.example", "chief", "channel mail: to: 'chief' is no address"),
        (MAIL, "chief@", "chief@a.b\\nBcc: all@", "channel mail: to: 'chief@a.b"),
        (MAIL, "duties@county", "Duties <duties@county", "channel mail: from: 'Duties"),
        (HOOK, "https://cases", "http://cases", "url: reminders to cases.county.example would go"),
        (HOOK, "https://cases", "ftp://cases", "channel case-system: url: 'ftp://cases"),
        (HOOK, "https://cases", "https://me:pw@cases", "url: it holds a user, a fragment"),
        (HOOK, "?from", "\\r\\nHost: x?from", "channel case-system: url: "),
        (HOOK, ".example/", ".example:99999/", "channel case-system: url: "),
        (HOOK, "HOOK_SECRET", "MAIL_PASSWORD", "MAIL_PASSWORD holds no secret of Standard Webhooks"),
        (DESK, "", DESK, "channel desk: name: another channel has it"),
        (DESK, "[[channel]]", "[channel]", "it holds channel; write a table [[channel]]"),
        (DESK, "[[channel]]", "[[canal]]", "it holds canal; write a table [[channel]]"),
        (DESK, "[[channel]]", "[[channel", "it is no TOML ("),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(
    tmp_path: Path, text: str, old: str, new: str, told: str
) -> None:
    with pytest.raises(ChannelFault) as fault:
        read(tmp_path, text.replace(old, new, 1) if old else text + new)
    assert str(fault.value).startswith(f"{tmp_path}/channels.toml: ")
    assert told in str(fault.value)
    assert "correct horse" not in str(fault.value)


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ChannelFault) as fault:
        read(tmp_path, MAIL.replace("587", "0") + HOOK.replace("https", "http"))
    assert [line.split(": ")[1] for line in str(fault.value).splitlines()] == [
        "channel mail",
        "channel case-system",
    ]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.8.8"])
def test_this_machine_is_reached_in_the_clear(tmp_path: Path, host: str) -> None:
    mail = MAIL.replace("mail.county.example", host).replace("starttls", "none")
    url = f"http://{f'[{host}]' if ':' in host else host}:8080"
    assert len(read(tmp_path, mail + HOOK.replace("https://cases.county.example", url))) == 2


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ChannelFault, match="cannot be read"):
        read_channels(tmp_path / "none.toml", {})
