"""docs/story.md is executed: each command is run, and each line shown is what it prints.

Line breaks are left aside, since a terminal's width makes them, and so are the roots of books,
which rest on random salts.
"""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from whoseword.doors.cli import build
from whoseword.wiring import Homes, examples

CHECKOUT = Path(__file__).parents[2]
STORY = (CHECKOUT / "docs" / "story.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```\n(.*?)\n```$", re.DOTALL | re.MULTILINE)
ROOT = re.compile(r"\b[0-9a-f]{64}\b")


def words_of(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(ROOT.sub("ROOT", text).split())


def arguments_of(line: str, home: Path) -> Iterator[str]:
    """The arguments of a command line, patterns of file names expanded."""
    program, *given = shlex.split(line)
    assert program == "whoseword"
    for word in given:
        if word == "told":
            yield str(home)
        elif "*" in word:
            yield from (str(path) for path in sorted(CHECKOUT.glob(word)))
        else:
            yield str(CHECKOUT / word) if word.startswith("examples/") else word


def test_the_story_shows_what_the_program_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "92")
    program = build(Homes(), examples())
    printed, shown = "", 0
    for block in BLOCK.findall(STORY):
        if block.startswith("whoseword "):
            printed = ""
            for line in block.splitlines():
                ran = CliRunner().invoke(program, list(arguments_of(line, tmp_path / "home")))
                assert ran.exit_code == 0, (line, ran.output)
                printed = words_of(ran.output)
        else:
            for paragraph in re.split(r"\n\n|\n…\n", block):
                assert words_of(paragraph) in printed
                shown += 1
    assert shown > 15
