"""A test that nobody ran must not look like one that passed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[2] / "conftest.py"

MARKED = "import pytest\n\n@pytest.mark.skip(reason='no browser')\ndef test_page(): ...\n"
WITHIN = "import pytest\n\ndef test_page(): pytest.skip('no browser')\n"
WHOLE_FILE = "import pytest\n\npytest.importorskip('browser_of_nobody')\n\ndef test_page(): ...\n"
EXPECTED = "import pytest\n\n@pytest.mark.xfail\ndef test_page(): assert False\n"


def run(folder: Path, test: str, *, ci: str) -> int:
    """Run one file of tests in a folder of its own, and return pytest's exit code."""
    shutil.copy(CONFTEST, folder / "conftest.py")
    (folder / "test_page.py").write_text(test, "utf-8")
    # Run beside a test that passes, so that the file alone decides.
    (folder / "test_other.py").write_text("def test_other(): ...\n", "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(folder)]
    settings = {**os.environ, "CI": ci}
    return subprocess.run(
        command, cwd=folder, env=settings, capture_output=True, check=False
    ).returncode


@pytest.mark.parametrize("test", [MARKED, WITHIN, WHOLE_FILE], ids=["marked", "within", "file"])
def test_a_skip_fails_in_ci_alone(test: str, tmp_path: Path) -> None:
    assert run(tmp_path, test, ci="true") != 0
    assert run(tmp_path, test, ci="") == 0


def test_an_expected_failure_is_no_skip(tmp_path: Path) -> None:
    assert run(tmp_path, EXPECTED, ci="true") == 0
