"""Reminders of duties: each once, whatever happens, and to nobody more than that reader may see."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from after_force import employed, shooting
from at_the_desk import lines_of, whoseword
from letter_boxes import SECRET, Hook, Mailbox, free_port, mailbox, webhook
from telling import told
from whoseword.access import parse_reader
from whoseword.doors.channels import STANDARD_OUTPUT
from whoseword.doors.delivering import line_to
from whoseword.doors.reminding import Hands, Watch, remind
from whoseword.wiring import Homes
from whoseword.words.times import parse_moment

THEN = "2031-03-06T21:20:00Z"
NEXT_DAY = "2031-03-08T00:00:00Z"


def run(home: Path, *arguments: str, now: str = THEN, given: str = "") -> str:
    done = whoseword(home, *arguments, now=now, given=given)
    assert done.exit_code == 0, done.output
    return done.stdout


SAID = lines_of(shooting(), "recorded")


def founded(home: Path) -> Path:
    run(home, "init", "--owner", "oversight@county", "--zone", "America/Chicago")
    run(home, "say", "-", given=SAID)
    return home


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return founded(tmp_path / "home")


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mailbox() as found:
        yield found


@pytest.fixture
def hook() -> Iterator[Hook]:
    with webhook() as found:
        yield found


def channels(folder: Path, *tables: str) -> str:
    file = folder / "channels.toml"
    file.write_text("\n".join(tables), "utf-8")
    return str(file)


def mail(port: int, name: str = "mail", more: str = "") -> str:
    return (
        f'[[channel]]\nname = "{name}"\nkind = "email"\nhost = "127.0.0.1"\nport = {port}\n'
        f'from = "duties@county.example"\nto = ["chief@harrow.example"]\nsecurity = "none"\n{more}\n'
    )


def hooked(hook: Hook) -> str:
    return (
        f'[[channel]]\nname = "cases"\nkind = "webhook"\nurl = "{hook.url}"\nsecret_env = "HOOK"\n'
    )


DESK = '[[channel]]\nname = "desk"\nkind = "stdout"\n'


def once(home: Path, *arguments: str, now: str = THEN) -> Result:
    return whoseword(home, "watch", "--once", *arguments, now=now)


def reminded(text: str) -> list[str]:
    """The rules that were told."""
    return [
        line.split(": ")[1].split()[-1]
        for line in text.splitlines()
        if line[:5] in ("Owed:", "Due s", "OVERD")
    ]


def reads(home: Path) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in run(home, "reads", "--json").splitlines()]
    return [one for one in found if one["view"] == "watch"]


def test_each_is_told_once_and_again_at_its_next_stage(home: Path) -> None:
    first = once(home)
    assert first.exit_code == 0
    assert first.stdout.startswith("Owed: UNVERIFIED DF-06: Place the officer who fired on leave")
    assert len(reminded(first.stdout)) == 12
    assert once(home).output == ""
    later = once(home, now=NEXT_DAY)
    assert reminded(later.stdout) == ["DF-17", "DF-17-panel"]
    assert later.stdout.count("OVERDUE: ") == 2
    assert once(home, now=NEXT_DAY).output == ""


def test_the_same_home_and_clock_give_the_same_bytes(home: Path, tmp_path: Path) -> None:
    told_here = once(home, "--json").stdout
    assert told_here == once(founded(tmp_path / "other"), "--json").stdout
    rows = [json.loads(line) for line in told_here.splitlines() if line]
    assert len({one["id"] for one in rows}) == len(rows) == 12
    assert rows[0]["type"] == "duty.owed"
    assert "officer-1" not in told_here


def test_only_the_incidents_that_are_named(home: Path) -> None:
    elsewhere = [told("armed", who="man", weapon="knife", incident="mill-road")]
    run(home, "say", "-", given=lines_of(elsewhere, "recorded"))
    assert once(home, "mill-road").stdout == ""
    assert len(reminded(once(home, "harrow-lane").stdout)) == 12


class TestLaw3:
    def test_a_reader_is_told_of_what_they_open_and_nobody_elses_watch_shows(
        self, home: Path
    ) -> None:
        stranger = ("--reader", "public@press")
        assert once(home, *stranger).output == ""
        investigator = ("--reader", "investigator@county")
        before = run(home, "watch", "--check", *investigator)
        once(home)
        assert run(home, "watch", "--check", *investigator) == before
        assert run(home, "watch", "--undelivered", *stranger) == (
            "0 reminders claimed and never noted as told.\n"
        )

    def test_what_was_not_delivered_is_its_own_readers_to_know(
        self, home: Path, box: Mailbox
    ) -> None:
        box.on_data = lambda: "554 no"
        file = channels(home, mail(box.port))
        once(home, "--channels", file)
        assert "1 reminder claimed" in run(home, "watch", "--undelivered")
        assert "0 reminders" in run(
            home, "watch", "--undelivered", "--reader", "investigator@county"
        )
        told_at_start = once(home, "--channels", file, "--reader", "public@press")
        assert told_at_start.output == ""


class TestTheLogOfReads:
    def test_a_watch_that_tells_nobody_anything_is_logged_once(self, home: Path) -> None:
        watch = Watch(parse_reader("oversight@county"), STANDARD_OUTPUT)
        printed: list[str] = []
        hands = Hands(
            lambda one: line_to(one, printed.append, False), printed.append, lambda: False
        )
        for _ in range(5):
            with Homes().open(home, lambda: parse_moment(THEN)) as desk:
                remind(desk, watch, hands)
        assert len(reminded("".join(printed))) == 12
        assert [one["incident"] for one in reads(home)] == ["harrow-lane"]

    def test_a_watch_is_logged_when_it_begins_and_what_it_tells_before_it_does(
        self, home: Path
    ) -> None:
        once(home)
        once(home)
        assert [one["incident"] for one in reads(home)] == ["", "harrow-lane", ""]
        once(home, "harrow-lane", now=NEXT_DAY)
        assert [one["incident"] for one in reads(home)][3:] == ["harrow-lane"] * 2

    def test_a_check_that_shows_something_is_a_read(self, home: Path) -> None:
        run(home, "watch", "--check")
        assert [one["incident"] for one in reads(home)] == ["harrow-lane"]


class TestChannels:
    def test_each_channel_is_told_what_is_its_owners(
        self, home: Path, box: Mailbox, hook: Hook, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HOOK", SECRET)
        police = 'owner = "harrow-police"'
        file = channels(home, mail(box.port, more=police), hooked(hook), DESK)
        done = once(home, "--channels", file)
        assert (done.exit_code, done.stderr) == (0, "")
        assert len(reminded(done.stdout)) == len(hook.posts) == 12
        assert 0 < len(box.taken) < 12
        assert all("Owed by harrow-police" in one.get_content() for one in box.taken)
        assert once(home, "--channels", file).output == ""
        assert len(hook.posts) == 12

    def test_a_channel_that_is_away_loses_nothing_and_stops_no_other(
        self, home: Path, tmp_path: Path
    ) -> None:
        port = free_port()
        file = channels(home, mail(port), DESK)
        done = once(home, "--channels", file)
        assert done.exit_code == 1
        assert len(reminded(done.stdout)) == 12
        assert done.stderr.count("channel mail: the mail server 127.0.0.1") == 1
        assert "nothing was sent; check the server" in done.stderr
        assert "0 reminders" in run(home, "watch", "--undelivered")
        with mailbox(port=port) as box:
            assert once(home, "--channels", file).output == ""
            assert len(box.taken) == 12

    def test_what_was_refused_is_never_sent_again_and_a_person_sees_to_it(
        self, home: Path, box: Mailbox
    ) -> None:
        file = channels(home, mail(box.port))
        box.on_data = lambda: "554 not today"
        refused = once(home, "--channels", file)
        assert refused.exit_code == 1
        assert "did not take the mail (554 not today); it is not sent again" in refused.stderr
        assert len(box.taken) == 1, "a server that refuses one is left in peace for this round"
        box.on_data = lambda: None
        again = once(home, "--channels", file)
        assert again.exit_code == 0
        assert "1 reminder claimed and never noted as told" in again.stderr
        assert len(set(box.subjects())) <= len(box.taken) == 12
        assert len({one["Message-ID"] for one in box.taken}) == 12
        [listed, count] = run(home, "watch", "--undelivered").splitlines()
        assert count.startswith("1 reminder")
        assert "mail: harrow-lane, DF-06 owed; claimed 6 March 2031, 21:20 UTC" in listed
        [row] = run(home, "watch", "--undelivered", "--json").splitlines()
        assert json.loads(row)["claimed"] == THEN
        seen = ("watch", "--seen-to", listed.split()[0], "--as", "Ana Ruiz")
        assert run(home, *seen) == "1 reminder noted as seen to by Ana Ruiz.\n"
        assert whoseword(home, *seen, now=THEN).exit_code == 1
        assert once(home, "--channels", file).output == ""

    def test_a_check_says_what_would_be_told_and_does_nothing(
        self, home: Path, box: Mailbox
    ) -> None:
        file = channels(home, mail(box.port), DESK)
        told_so = run(home, "watch", "--check", "--channels", file)
        assert "mail: harrow-lane: Owed: UNVERIFIED DF-06: Place the officer" in told_so
        assert told_so.endswith("24 reminders would be told, on 2 channels.\n")
        rows = run(home, "watch", "--check", "--json", "--channels", file).splitlines()
        assert {json.loads(one)["channel"] for one in rows} == {"mail", "desk"}
        assert box.taken == []
        assert run(home, "watch", "--check", "--channels", file) == told_so

    def test_a_file_that_is_wrong_sends_nothing_anywhere(self, home: Path) -> None:
        file = channels(home, DESK, mail(0))
        done = once(home, "--channels", file)
        assert (done.exit_code, done.stdout) == (1, "")
        assert done.stderr.startswith(f"whoseword: {file}: channel mail: port: 0 is none; write")


class TestPuttingBack:
    """A home that was lost is put back: nobody knows what it had told since its backup."""

    def test_nothing_that_may_have_been_told_is_told_again(
        self, home: Path, tmp_path: Path
    ) -> None:
        run(home, "backup", str(tmp_path / "backup"))
        once(home)
        other = tmp_path / "other"
        run(other, "restore", str(tmp_path / "backup"))
        done = once(other)
        assert done.stdout == ""
        assert "put back from a backup, and 12 reminders may have been told before" in done.stderr
        assert "12 reminders claimed" in run(other, "watch", "--undelivered")
        later = once(other, now=NEXT_DAY)
        assert reminded(later.stdout) == ["DF-17", "DF-17-panel"]

    def test_a_home_that_is_still_there_knows(self, home: Path, tmp_path: Path) -> None:
        run(home, "backup", str(tmp_path / "backup"))
        once(home)
        run(home, "restore", str(tmp_path / "backup"), "--replace")
        assert once(home).output == ""
        assert "0 reminders" in run(home, "watch", "--undelivered")
        assert reminded(once(home, now=NEXT_DAY).stdout) == ["DF-17", "DF-17-panel"]


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_runs_until_it_is_stopped_and_hears_of_what_is_said_meanwhile(
    home: Path, ending: signal.Signals
) -> None:
    started = subprocess.Popen(
        [sys.executable, "-m", "whoseword", "--home", str(home), "--now", THEN, "watch", "--json",
         "--every", "1"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ),
    )  # fmt: skip
    try:
        assert started.stdout is not None
        first = [started.stdout.readline() for _ in range(12)]
        assert all(line.startswith("{") for line in first)
        second = [told("discharged_weapon", who="deputy-1"), employed("deputy-1", "ames-sheriff")]
        run(home, "say", "-", given=lines_of(second, "recorded"))
        assert json.loads(started.stdout.readline())["data"]["owner"] == "ames-sheriff"
        started.send_signal(ending)
        _, complaints = started.communicate(timeout=60)
        assert (started.returncode, complaints) == (0, "")
    finally:
        started.kill()
        started.wait()


@pytest.mark.parametrize(
    ("arguments", "told_so", "code"),
    [
        (("--once", "--check"), "choose one of --once, --check", 2),
        (("--seen-to", "ab"), "give --seen-to ID and --as NAME together", 2),
        (("--seen-to", "ab", "--as", "Ana"), "'ab' is no reminder that nobody noted as told", 1),
        (("--once", "--profile", "atlantis"), "atlantis", 1),
        (("--every", "0"), "--every", 2),
        (("--once", "--channels", "/none.toml"), "/none.toml cannot be read", 1),
    ],
)
def test_what_is_asked_wrongly_is_told(
    home: Path, arguments: tuple[str, ...], told_so: str, code: int
) -> None:
    done = whoseword(home, "watch", *arguments, now=THEN)
    assert done.exit_code == code
    assert told_so in done.stderr
    assert done.stdout == ""
