"""What holds for every test: the same examples on every run of CI, and no test left out in silence.

A skip says that a tool is missing. On a developer's machine that is a nuisance, in CI it is a
promise that nobody checked; so with ``CI=true`` a skip, of a test or of a whole file, has failed.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from postgres import Server

IN_CI = os.environ.get("CI") == "true"

hypothesis.settings.register_profile("desk", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("ci" if IN_CI else "desk")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the laws be tried at full length."""
    parser.addoption("--laws", action="store_true", help="try the laws of the books at full length")


def pytest_configure() -> None:
    """Take away the settings that a developer's own shell has for the program."""
    for name in [name for name in os.environ if name.startswith("WHOSEWORD_")]:
        del os.environ[name]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test that skipped itself in CI; an expected failure is no skip."""
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {report.longreprtext}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Fail a file of tests that skipped itself as a whole in CI."""
    report = yield
    if IN_CI and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {report.longreprtext}"
    return report


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The PostgreSQL server of this run, which its workers share."""
    from postgres import shared_server

    folder = tmp_path_factory.getbasetemp()
    with shared_server(folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) as server:
        yield server


@pytest.fixture
def schema(postgres: Server) -> str:
    """An empty schema of the test's own."""
    return postgres.new_schema()


@pytest.fixture
def schema_url(postgres: Server, schema: str) -> str:
    """Where that schema is, for the keeper of its books."""
    return postgres.url(schema)
