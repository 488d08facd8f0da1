"""A verifier that this project did not write agrees: Go's libraries for transparency logs (x/mod/sumdb).

They come from Debian (golang-go, golang-golang-x-mod-dev), without any network; ``tests/others/sumdb.go``
only hands our files to them.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agencies import LATER, NOON, agency

SOURCE = Path(__file__).parents[2] / "others" / "sumdb.go"
LIBRARIES = Path("/usr/share/gocode")
CHIEF = {"name": "police chief", "kind": "official", "party": "harrow-police"}
PUBLIC = "harrow-police/public/record"
Checks = Callable[[dict[str, Any]], subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def checks(tmp_path_factory: pytest.TempPathFactory) -> Checks:
    """Go's answer to a release; the program is built once."""
    go = shutil.which("go")
    if go is None or not LIBRARIES.exists():
        pytest.skip("Go and its x/mod are not here; `make system` installs them from Debian")
    folder = tmp_path_factory.mktemp("go")
    program = folder / "sumdb"
    home = {"HOME": str(folder), "GOCACHE": str(folder / "cache"), "GOPATH": str(LIBRARIES)}
    built = subprocess.run(
        [go, "build", "-o", program, SOURCE], capture_output=True, text=True, check=False,
        env={"PATH": os.environ["PATH"], "GO111MODULE": "off", "GOFLAGS": "-mod=mod", **home},
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    return lambda told: subprocess.run(
        [program], input=json.dumps(told), capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The key and the second of two releases, with how the book grew since a checkpoint."""
    home = agency(tmp_path_factory.mktemp("harrow"), "harrow-police", "information_officer")
    people = ("--as", "Ann Lee", "--as", "Bo Reyes")
    for number in range(9):
        home.says(
            book="harrow-police/incident/matters", speaker=CHIEF,
            fact={"kind": "armed", "who": f"person {number}", "weapon": "knife"},
        )  # fmt: skip
    home.do("publish", "elm", *people, "--line", "armed(who=person 3)", now=NOON)
    kept = home.home / "kept"
    kept.write_text(home.do("checkpoint", "--book", PUBLIC, now=NOON), "utf-8")
    home.do("publish", "elm", *people, now=LATER)
    out = home.home / "release"
    home.do("record", "elm", "--prove", out, "--since", kept, now=LATER)
    key = next(line for line in home.do("keys").splitlines() if line.startswith("whoseword/"))
    return {"key": key, "release": json.loads(out.read_bytes())}


def test_go_agrees_on_signature_entries_and_growth(checks: Checks, told: dict[str, Any]) -> None:
    done = checks(told)
    assert done.returncode == 0, done.stdout
    lines = done.stdout.splitlines()
    assert lines[0].startswith("signed: whoseword/")
    assert sum(line.startswith("stands: ") for line in lines) == len(told["release"]["entries"])
    assert lines[-1] == "begins: with the 2 entries before"


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("the signature", lambda release: release.update(checkpoint=release["checkpoint"].replace("record\n", "recorD\n", 1))),
        ("an entry", lambda release: release["entries"][0]["path"].reverse()),
        ("an entry", lambda release: release["entries"][1].update(entry=release["entries"][2]["entry"])),
        ("the growth", lambda release: release["growth"]["path"].pop()),
    ],
)  # fmt: skip
def test_go_refuses_what_was_changed(
    checks: Checks, told: dict[str, Any], what: str, change: Callable[[dict[str, Any]], None]
) -> None:
    spoilt = json.loads(json.dumps(told))
    change(spoilt["release"])
    done = checks(spoilt)
    assert done.returncode == 1
    assert f"does not hold: {what}" in done.stdout
