"""Law 10: the same statements give the same view, to the byte, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner, Result

from at_the_desk import PROGRAM
from bookkeeping import store_at
from postgres import Server
from told_examples import EXAMPLES, NAMES, OWNERS, documents_of, statements_of
from whoseword.books import Document

NOW = "2031-03-06T12:00:00Z"


class Home(NamedTuple):
    """A home of one example, with its folder and, on PostgreSQL, its database."""

    folder: Path
    database: str | None

    def run(self, *arguments: object) -> Result:
        """What a command prints here."""
        ran = CliRunner().invoke(
            PROGRAM,
            ["--home", str(self.folder), "--now", NOW, *map(str, arguments)],
            env={"WHOSEWORD_DATABASE": self.database, "COLUMNS": "100"},
            catch_exceptions=False,
        )
        assert ran.exit_code == 0, ran.output
        return ran


def told(home: Home, name: str) -> Home:
    """The home with an example in it: its documents kept and its statements said."""
    home.run("init", "--owner", OWNERS[name], "--zone", "America/Chicago")
    incident = statements_of(name)[0].incident
    with closing(store_at(home.database or home.folder)) as store, store.writer() as writer:
        for kept in documents_of(name).values():
            document = Document(
                sha256=kept.sha256,
                name=kept.name,
                media_type=kept.media_type,
                bytes=kept.bytes,
                text=kept.text,
                pages=tuple(kept.pages),
            )
            writer.keep_document(document, incident, sha256(kept.text.encode()).hexdigest())
    home.run("say", "--backfill", EXAMPLES / name / "statements.jsonl")
    return home


@pytest.fixture(scope="module", params=NAMES)
def homes(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, postgres: Server
) -> Iterator[tuple[str, Home, Home]]:
    """The name of an example, and its two homes."""
    name: str = request.param
    folder = tmp_path_factory.mktemp(name)
    here = Home(folder / "sqlite", None)
    there = Home(folder / "postgres", postgres.url(postgres.new_schema()))
    return name, told(here, name), told(there, name)


def moments_of(name: str) -> list[str]:
    """The first, a middle and the last moment at which something was recorded."""
    recorded = sorted({one.recorded.isoformat() for one in statements_of(name) if one.recorded})
    return [recorded[0], recorded[len(recorded) // 2], recorded[-1]]


@pytest.mark.parametrize("reader", ["owner", "officer@wexmoor-police", "public@home"])
def test_every_view_is_the_same_bytes(
    homes: tuple[str, Home, Home], reader: str, tmp_path: Path
) -> None:
    name, here, there = homes
    incident = statements_of(name)[0].incident
    reader = OWNERS[name] if reader == "owner" else reader
    as_reader = ("--reader", reader)
    first, middle, last = moments_of(name)
    page = tmp_path / "page.html"
    seen = 0
    for asked in [
        ("account", incident, "--json", "--as-of", first),
        ("account", incident, "--json", "--as-of", middle),
        ("account", incident, "--as-of", middle),
        ("account", incident, "--json"),
        ("account", incident),
        ("account", incident, "--brief"),
        ("account", incident, "--html", page),
        ("diff", incident, "--from", first, "--to", last, "--json"),
        ("diff", incident, "--from", middle, "--to", last),
    ]:
        views = []
        for home in (here, there):
            printed = home.run(*asked, *as_reader).stdout_bytes
            views.append((printed, page.read_bytes() if page.exists() else b""))
            page.unlink(missing_ok=True)
        assert views[0] == views[1], asked
        seen += len(views[0][0]) + len(views[0][1])
    assert seen > 5000


def test_what_was_read_is_logged_the_same(homes: tuple[str, Home, Home]) -> None:
    _, here, there = homes
    assert here.run("reads", "--json").stdout_bytes == there.run("reads", "--json").stdout_bytes
