"""The program, run in the test's own process against a home in a folder of its own."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from whoseword.doors.cli import build
from whoseword.wiring import Homes, examples
from whoseword.words import Statement, statement_value

PROGRAM = build(Homes(), examples())


def whoseword(
    home: Path, *arguments: str, now: str | None = None, given: str | bytes = ""
) -> Result:
    """Run a command; what it printed, and its exit code."""
    clock = ["--now", now] if now else []
    return CliRunner().invoke(
        PROGRAM, ["--home", str(home), *clock, *arguments], input=given, catch_exceptions=False
    )


def read_one_by_one(home: Path, incident: str, *files: Path) -> None:
    """Each in this very process: several at once would be read by others, which take a second."""
    for file in files:
        done = whoseword(home, "read", str(file), "--incident", incident)
        assert done.exit_code == 0, done.output


def lines_of(statements: Iterable[Statement], *without: str) -> str:
    """Statements as JSON Lines, as somebody would write them; without some keys."""
    written = []
    for statement in statements:
        value = statement_value(statement)
        for key in ("backfilled", "appended", *without):
            value.pop(key, None)
        written.append(json.dumps(value, ensure_ascii=False))
    return "".join(f"{line}\n" for line in written)


def statement(**parts: Any) -> dict[str, Any]:
    """A statement as JSON, whole; ``parts`` replace its keys."""
    value: dict[str, Any] = {
        "incident": "harrow-lane",
        "book": "county/incident",
        "speaker": {"name": "police chief", "kind": "official", "party": "harrow-police"},
        "stance": "affirms",
        "fact": {"kind": "armed", "who": "woman", "weapon": "knife"},
        "source": {"entered_by": "analyst"},
    }
    value.update(parts)
    return {key: part for key, part in value.items() if part is not ...}
