"""A clearance that a log tells of: no machine clears anybody, and a person does by name (law 6)."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.at_the_desk import whoseword

LOG = """FENN COUNTY 911 - EVENT LOG

1801 UNIT 4 ON SCENE.
1802 UNIT 4 ADV QUIET.
1803 SGT ORR ADV CLINICIAN CLEARED TO ENTER.
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    log = tmp_path / "log.txt"
    log.write_text(LOG)
    home = tmp_path / "home"
    done = whoseword(home, "read", str(log), "--incident", "mill-road")
    assert done.exit_code == 0, done.output
    return home


def cleared(home: Path) -> dict[str, Any]:
    done = whoseword(home, "account", "mill-road", "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.output)["statements"].values()
    [one] = [one for one in told if one["fact"]["kind"] == "cleared"]
    found: dict[str, Any] = one
    return found


def test_signed_in_bulk_it_is_told_and_clears_nobody(home: Path) -> None:
    done = whoseword(home, "sign", "--incident", "mill-road", "--as", "Ana", "--all")
    assert done.exit_code == 0, done.output
    assert "clear nobody" in done.output
    assert cleared(home)["stance"] == "affirms"


def test_signed_by_its_name_it_is_the_act_that_it_tells(home: Path) -> None:
    waiting = whoseword(home, "drafts", "--incident", "mill-road", "--json").output
    drafts = [json.loads(line) for line in waiting.splitlines()]
    [name] = [one["draft"] for one in drafts if one["fact"]["kind"] == "cleared"]
    done = whoseword(home, "sign", name, "--incident", "mill-road", "--as", "Ana")
    assert (done.exit_code, "clear nobody" in done.output) == (0, False)
    assert cleared(home)["stance"] == "does"
