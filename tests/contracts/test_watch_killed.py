"""At most once, on each store: whoever is killed, and however many watch."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from after_force import shooting
from at_the_desk import lines_of
from letter_boxes import Mailbox, mailbox

THEN = "2031-03-06T21:20:00Z"
OWED = 12
"""How many reminders a shooting gives at that moment."""


class Watched(NamedTuple):
    """A home on one of the stores, and the mail server that its reminders go to."""

    environment: dict[str, str]
    box: Mailbox

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "whoseword", "--now", THEN, *arguments],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, given: str = "") -> str:
        """What a command printed, on both streams."""
        started = self.start(*arguments)
        printed, complained = started.communicate(given, timeout=60)
        assert started.returncode == 0, complained
        return printed + complained

    def ids(self) -> list[str]:
        return [str(one["Message-ID"]) for one in self.box.taken]


@pytest.fixture(params=["postgres", "sqlite"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Watched]:
    with mailbox() as box:
        file = tmp_path / "channels.toml"
        file.write_text(
            '[[channel]]\nname = "mail"\nkind = "email"\nhost = "127.0.0.1"\n'
            f'port = {box.port}\nfrom = "duties@county.example"\n'
            'to = ["chief@harrow.example"]\nsecurity = "none"\n',
            "utf-8",
        )
        environment = os.environ | {
            "WHOSEWORD_HOME": str(tmp_path / "home"),
            "WHOSEWORD_CHANNELS": str(file),
        }
        if request.param == "postgres":
            environment["WHOSEWORD_DATABASE"] = request.getfixturevalue("schema_url")
        watched = Watched(environment, box)
        watched.run("init", "--owner", "oversight@county", "--zone", "America/Chicago")
        watched.run("say", "-", given=lines_of(shooting(), "recorded"))
        yield watched


@pytest.mark.parametrize(
    ("stage", "came"),
    [("on_mail", 0), ("on_data", 1)],
    ids=["between its claim and its sending", "after it was sent and before that was noted"],
)
def test_what_was_claimed_by_whoever_was_killed_is_never_sent_again(
    home: Watched, stage: str, came: int
) -> None:
    started = home.start("watch", "--every", "1")

    def kill() -> None:
        os.kill(started.pid, signal.SIGKILL)
        started.wait()

    setattr(home.box, stage, kill)
    started.communicate(timeout=60)
    assert started.returncode == -signal.SIGKILL
    assert len(home.box.taken) == came
    setattr(home.box, stage, lambda: None)

    again = home.run("watch", "--once")
    assert "1 reminder claimed and never noted as told" in again
    assert "mail: harrow-lane, DF-06 owed" in again
    assert len(set(home.ids())) == len(home.ids()) == OWED - 1 + came
    home.run("watch", "--once")
    assert len(home.ids()) == OWED - 1 + came
    assert "mail: harrow-lane, DF-06 owed" in home.run("watch", "--undelivered")


def test_two_who_watch_at_once_send_each_once(home: Watched) -> None:
    started = [home.start("watch", "--once") for _ in range(3)]
    for one in started:
        _, complained = one.communicate(timeout=60)
        assert one.returncode == 0, complained
    assert len(set(home.ids())) == len(home.ids()) == OWED
    assert "0 reminders" in home.run("watch", "--undelivered")


def test_what_was_sent_stays_sent_when_the_watch_is_killed_later(home: Watched) -> None:
    got: list[Callable[[], None]] = []
    started = home.start("watch", "--every", "1")

    def count() -> None:
        got.append(count)
        if len(got) == OWED // 2:
            os.kill(started.pid, signal.SIGKILL)
            started.wait()

    home.box.on_mail = count
    started.communicate(timeout=60)
    home.box.on_mail = lambda: None
    home.run("watch", "--once")
    assert len(set(home.ids())) == len(home.ids()) == OWED - 1
