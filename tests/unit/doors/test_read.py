"""A folder is read on every core, stopped and gone on with; one bad document spoils no other."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from at_the_desk import whoseword
from whoseword.doors.workers import Bounds, Lost, in_order, interrupt_later
from whoseword.stores.sqlite import SqliteStore

NAMES = ("Ansa", "Bero", "Cael", "Dorn", "Elka", "Fenn", "Gorm", "Hild")


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "case"
    (made / "more").mkdir(parents=True)
    for number, name in enumerate(NAMES):
        where = made / "more" if number % 2 else made
        (where / f"{number}.txt").write_text(
            f"Sheriff {name} said on Monday that a deputy fired {number + 2} times. "
            "She could not say who hurt the boy.\n"
        )
    return made


def drafts(home: Path) -> list[dict]:
    done = whoseword(home, "drafts", "--incident", "elm", "--json")
    assert done.exit_code == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_drafts_are_the_same_whatever_the_number_of_workers(tmp_path, folder):
    found = []
    for jobs in ("1", "2"):
        home = tmp_path / jobs
        done = whoseword(home, "read", str(folder), "--incident", "elm", "--jobs", jobs, "--json")
        assert done.exit_code == 0, done.stderr
        found.append((done.stdout, drafts(home)))
    assert found[0] == found[1]
    assert len(found[0][1]) >= 2 * len(NAMES)


def test_what_this_reader_read_is_not_read_again(tmp_path, folder):
    first = whoseword(tmp_path, "read", str(folder), "--incident", "elm")
    assert "8 documents read." in first.stdout
    (folder / "new.txt").write_text("Chief Ivo said that nobody was arrested.\n")
    second = whoseword(tmp_path, "read", str(folder), "--incident", "elm")
    assert "1 document read, 8 read already." in second.stdout
    other = whoseword(tmp_path, "read", str(folder), "--incident", "oak")
    assert "9 documents read." in other.stdout
    again = whoseword(tmp_path, "read", str(folder), "--incident", "oak", "--again")
    assert "9 documents read." in again.stdout


def test_a_document_that_another_reader_read_is_read_anew_and_its_old_drafts_go(
    tmp_path, folder, monkeypatch
):
    whoseword(tmp_path, "read", str(folder / "0.txt"), "--incident", "elm")
    before = drafts(tmp_path)
    with SqliteStore(tmp_path).writer() as writer:
        found = writer.drafts("elm")[0]
        writer.keep_drafts([type(found)(draft="0" * 12, incident="elm", document=found.document,
                                        json=found.json)])  # fmt: skip
    monkeypatch.setattr("whoseword.doors.taking_in.reader_version", lambda: "another")
    done = whoseword(tmp_path, "read", str(folder), "--incident", "elm", "--jobs", "1")
    assert "8 documents read." in done.stdout
    mine = [one for one in drafts(tmp_path) if one["source"]["document"] == found.document]
    assert _told(mine) == _told(before)


def _told(listed):
    """Drafts without their place in the queue, which other documents' drafts change."""
    bare = [{key: part for key, part in one.items() if key != "x_first"} for one in listed]
    return sorted(bare, key=lambda one: one["draft"])


def test_one_bad_document_of_each_sort_spoils_no_other(tmp_path, folder):
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)))
    (folder / "wrong.txt").write_bytes("Никто не был арестован.".encode("koi8-r") * 4)
    (folder / "bomb.html").write_bytes(b"<html>" + b"<div>" * 50_000)
    (folder / "film.mp4").write_bytes(b"\x00\x00\x00\x18ftyp")
    with (folder / "huge.log").open("wb") as huge:
        huge.truncate(200 * 1024 * 1024)
    done = whoseword(tmp_path, "read", str(folder), "--incident", "elm", "--jobs", "2")
    assert done.exit_code == 1
    told = done.stderr.splitlines()
    assert told[0] == "whoseword: 6 documents could not be read; 8 others read:"
    assert [Path(line.partition(": ")[0]).name for line in told[1:]] == [
        "binary.txt", "bomb.html", "empty.txt", "film.mp4", "huge.log", "wrong.txt",
    ]  # fmt: skip
    assert all("; " in line for line in told[1:])
    assert {one["source"]["document"] for one in drafts(tmp_path)}
    assert "8 documents read." in done.stdout


def test_a_batch_that_is_stopped_keeps_what_it_read_and_goes_on(tmp_path, folder):
    for number in range(120):
        (folder / f"x{number}.txt").write_text(f"Chief Ivo said that {number} people fled. " * 40)
    command = [
        sys.executable, "-m", "whoseword", "--home", str(tmp_path / "home"),
        "read", str(folder), "--incident", "elm", "--jobs", "2",
    ]  # fmt: skip
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert running.stdout is not None
    # The first line comes when the first documents are kept.
    assert running.stdout.readline()
    running.send_signal(signal.SIGINT)
    _, stderr = running.communicate(timeout=60)
    assert running.returncode == 1
    assert "read and kept; give the same command to go on" in stderr
    assert "Traceback" not in stderr
    kept = int(stderr.split("stopped: ")[1].split()[0])
    assert 0 < kept < 128
    done = whoseword(tmp_path / "home", "read", str(folder), "--incident", "elm", "--jobs", "2")
    assert f"{128 - kept} documents read, {kept} read already." in done.stdout
    whole = whoseword(tmp_path / "whole", "read", str(folder), "--incident", "elm", "--jobs", "2")
    assert whole.exit_code == 0
    assert drafts(tmp_path / "home") == drafts(tmp_path / "whole")


def test_wider_patterns_are_read_where_they_are_asked_for(tmp_path):
    (tmp_path / "story.txt").write_text("The mayor criticized the search. The chief said it ended.")
    read = ("read", str(tmp_path / "story.txt"), "--incident", "elm", "--json")

    def spoken(*asked):
        done = whoseword(tmp_path / "home", *read, *asked)
        return [json.loads(line)["speaker"]["name"] for line in done.stdout.splitlines()]

    assert "mayor" not in spoken()
    assert spoken("--more")[0] == "mayor"
    assert "mayor" not in spoken()


def test_ctrl_c_stops_after_a_step_and_not_within_it():
    done = []

    def step() -> None:
        with interrupt_later():
            signal.raise_signal(signal.SIGINT)
            done.append("told")

    with pytest.raises(KeyboardInterrupt):
        step()
    assert done == ["told"]


def _misbehaves(task: str) -> str:
    if task == "dies":
        os.kill(os.getpid(), signal.SIGSEGV)
    if task == "hangs":
        time.sleep(60)
    if task == "eats":
        bytearray(8 << 30)
    if task == "fails":
        raise ValueError("no such thing")
    return task.upper()


def test_a_worker_that_dies_hangs_eats_or_fails_costs_its_own_task_alone():
    tasks = ["a", "dies", "b", "hangs", "c", "eats", "d", "fails", "e"]
    found = list(in_order(_misbehaves, [(one, 1) for one in tasks], 2, Bounds(4 << 30, 3)))
    assert [one for one in found if isinstance(one, str)] == ["A", "B", "C", "D", "E"]
    lost = [one.problem for one in found if isinstance(one, Lost)]
    assert "ended by itself (signal 11)" in lost[0]
    assert "took longer than" in lost[1]
    assert "more than 4096 MiB of memory" in lost[2]
    assert "ValueError: no such thing" in lost[3]


VTT = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Ada Brook>A deputy fired two times.
"""


def test_what_is_stated_of_a_recording_stays_with_its_transcript(tmp_path):
    (tmp_path / "camera.vtt").write_text(VTT)
    (tmp_path / "camera.mp4").write_bytes(b"\x00\x01" * 1000)
    told = (
        "--recording", str(tmp_path / "camera.mp4"), "--recording-started",
        "2031-03-03T14:00:00-06:00", "--clock-offset", "12", "--uncertainty", "2",
    )  # fmt: skip
    read = ("read", str(tmp_path / "camera.vtt"), "--incident", "elm")
    done = whoseword(tmp_path, *read, *told)
    assert done.exit_code == 0, done.stderr
    assert "clock off by +12 s, uncertain by 2 s" in done.stdout
    assert "from 1.0 to 4.0 seconds of the recording" in done.stdout
    first = drafts(tmp_path)
    assert first[0]["said"] == "2031-03-03T20:00:11Z/2031-03-03T20:00:18Z"
    assert first[0]["source"]["seconds"] == [1.0, 4.0]
    assert first[0]["x_clock"]["name"] == "camera.mp4"
    # Read again without a word of it, the transcript keeps what was stated.
    assert whoseword(tmp_path, *read).exit_code == 0
    assert drafts(tmp_path) == first
    signed = whoseword(tmp_path, "sign", "--incident", "elm", "--as", "R. Moss", "--all")
    assert signed.exit_code == 0, signed.stderr
    page = tmp_path / "page.html"
    assert whoseword(tmp_path, "account", "elm", "--html", str(page)).exit_code == 0
    assert "clock off by +12 s, uncertain by 2 s" in page.read_text()


def test_a_recording_is_stated_of_one_transcript_only(tmp_path, folder):
    clock = ("--clock-offset", "12")
    both = whoseword(tmp_path, "read", str(folder), "--incident", "elm", *clock)
    assert both.exit_code == 2
    none = whoseword(tmp_path, "read", str(folder / "0.txt"), "--incident", "elm", *clock)
    assert none.exit_code == 1
    assert "it is no transcript" in none.stderr
    assert drafts(tmp_path) == []
