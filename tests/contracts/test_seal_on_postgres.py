"""After a seal on PostgreSQL the words are in no dump, and views show the marker alone."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from at_the_desk import whoseword
from postgres import KEEPER, PASSWORD, Server

NAME = "Zebulon Quartermaine"
STORY = f"The chief said that {NAME} had a knife. A neighbor heard two shots."
BOOK = ("--book", "county/incident")


def dump(server: Server, schema: str) -> bytes:
    """What ``pg_dump`` writes of a schema, bytes of columns as text."""
    done = subprocess.run(
        [
            *(server._program("pg_dump")[0], "--host", server.folder, "--username", KEEPER),
            *("--schema", schema, server.name),
        ],
        env={"PATH": os.defpath, "PGPASSWORD": PASSWORD},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def holds(dumped: bytes, words: str) -> bool:
    """Whether words stand in a dump, as they are or as the hexadecimal digits of a column."""
    return words.encode() in dumped or words.encode().hex().encode() in dumped


def account(home: Path, *options: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(whoseword(home, "account", "elm", "--json", *options).output)
    return found


@pytest.fixture
def postgres(postgres: Server) -> Server:
    """A database of the test's own: whoever looks at any table of one keeps its dead rows."""
    return postgres.alone()


@pytest.fixture
def home(tmp_path: Path, schema_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WHOSEWORD_DATABASE", schema_url)
    home, story = tmp_path / "home", tmp_path / "story.txt"
    story.write_text(STORY, "utf-8")
    for command in (
        ("init", "--owner", "oversight@county"),
        ("read", str(story), "--incident", "elm"),
        ("sign", "--incident", "elm", "--as", "Ana Lyst", "--all"),
        ("read", str(story), "--incident", "elm"),
        ("account", "elm", "--html", str(tmp_path / "page.html")),
    ):
        done = whoseword(home, *command, now="2031-03-03T12:00:00Z")
        assert done.exit_code == 0, done.output
    story.unlink()
    return home


def test_the_words_are_in_no_dump_no_file_and_no_backup(
    home: Path, tmp_path: Path, postgres: Server, schema: str
) -> None:
    assert holds(dump(postgres, schema), NAME)
    before = account(home, "--as-of", "2031-03-04")
    (target,) = [key for key, one in before["statements"].items() if NAME in one["source"]["quote"]]
    done = whoseword(
        home,
        "seal",
        target,
        *BOOK,
        "--order",
        "No. 44",
        "--as",
        "Clerk",
        now="2031-03-07T12:00:00Z",
    )
    assert done.exit_code == 0, done.output
    dumped = dump(postgres, schema)
    assert holds(dumped, target)
    assert not holds(dumped, NAME)
    assert not holds(dumped, "had a knife")
    whoseword(home, "backup", str(tmp_path / "after.whoseword"))
    whoseword(home, "account", "elm", "--html", str(tmp_path / "after.html"))
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {"after.whoseword", "after.html", "seals.register"} <= {path.name for path in files}
    assert [path for path in files if NAME.encode() in path.read_bytes()] == []
    after = account(home, "--as-of", "2031-03-04")
    assert [one["statement"] for one in after["removed"]] == [target]
    assert before["statements"].keys() - after["statements"].keys() == {target}
    assert whoseword(home, "verify", "--all").exit_code == 0
