"""A test that nobody ran must not look like one that passed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

CONFTEST = Path(__file__).parents[2] / "conftest.py"

FILES = {
    "test_marked.py": "@pytest.mark.skip(reason='no browser')\ndef test_page(): ...\n",
    "test_within.py": "def test_page(): pytest.skip('no browser')\n",
    "test_whole_file.py": "pytest.importorskip('browser_of_nobody')\n\ndef test_page(): ...\n",
    "test_expected.py": "@pytest.mark.xfail\ndef test_page(): assert False\n",
    "test_passing.py": "def test_page(): ...\n",
}


def outcomes(folder: Path, *, ci: str) -> dict[str, int]:
    """Run the files above in a folder of their own, and return how many had which outcome."""
    shutil.copy(CONFTEST, folder / "conftest.py")
    for name, test in FILES.items():
        (folder / name).write_text(f"import pytest\n\n{test}", "utf-8")
    options = ["-q", "-p", "no:cacheprovider", "--continue-on-collection-errors"]
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(folder)],
        cwd=folder,
        env={**os.environ, "CI": ci},
        capture_output=True,
        check=False,
        text=True,
    )
    closing = ran.stdout.splitlines()[-1]
    return {outcome: int(count) for count, outcome in re.findall(r"(\d+) ([a-z]+)", closing)}


def test_in_ci_a_skip_fails_and_an_expected_failure_does_not(tmp_path: Path) -> None:
    assert outcomes(tmp_path, ci="true") == {"failed": 1, "errors": 2, "xfailed": 1, "passed": 1}


def test_at_a_desk_a_skip_is_a_skip(tmp_path: Path) -> None:
    assert outcomes(tmp_path, ci="") == {"skipped": 3, "xfailed": 1, "passed": 1}
