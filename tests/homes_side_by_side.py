"""Homes built side by side, so that what is closed is all that tells them apart.

Both come out of one template, in folders whose names are of one length, with randomness that
depends on nothing and a clock that moves alike; ``Home.gives`` is everything that a command gives.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, Self

import click
import pytest
from click.testing import CliRunner

from bookkeeping import Clock
from pairs_of_homes import DOCUMENTS, DOOR, START, Pair, Step
from strategies import INCIDENT
from whoseword import wiring
from whoseword.access import Reader, parse_reader
from whoseword.books import Asked, BatchRefused
from whoseword.books.errors import RemovalRefused
from whoseword.contacts import Asked as AskedOf
from whoseword.doors import briefs, proofs, reviews, sealing
from whoseword.doors.cli import build
from whoseword.doors.desk import OWNER, Desk
from whoseword.doors.taking_in import document_row
from whoseword.words import statement_from


def constant(size: int) -> bytes:
    """Bytes that depend on nothing."""
    return b"\x5a" * size


class _Now:
    """The clock of whoever opened a home last."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock

    def __call__(self) -> datetime:
        return self.clock()


class Kept(wiring.Homes):
    """Homes that stay open between commands, which is most of what a command costs."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._desks: dict[Path | None, tuple[Desk, _Now]] = {}

    @contextmanager
    def open(self, home: Path | None, clock: Callable[[], datetime]) -> Iterator[Desk]:
        if home not in self._desks:
            now = _Now(clock)
            self._desks[home] = self._stack.enter_context(super().open(home, now)), now
        desk, now = self._desks[home]
        now.clock = clock
        yield desk

    def close(self) -> None:
        """Close every home."""
        self._desks.clear()
        self._stack.close()


class Outcome(NamedTuple):
    """Everything that a command gave."""

    code: int
    printed: bytes
    complained: bytes
    written: Mapping[str, bytes]


class Home(NamedTuple):
    """A home with its program, and what was answered to whoever filled its open books."""

    folder: Path
    program: click.Group
    homes: wiring.Homes
    database: str | None
    receipts: list[object]

    @property
    def path(self) -> Path:
        """Where its ledger and keys are."""
        return self.folder / "home"

    @property
    def out(self) -> Path:
        """Where its commands write files."""
        return self.folder / "out"

    @contextmanager
    def desk(self, clock: Callable[[], datetime]) -> Iterator[Desk]:
        """The home, open."""
        with pytest.MonkeyPatch.context() as patch:
            if self.database:
                patch.setenv(wiring.DATABASE, self.database)
            with self.homes.open(self.path, clock) as desk:
                yield desk

    def gives(self, command: Sequence[str], now: datetime, typed: str = "") -> Outcome:
        """What a command gives: exit code, both streams, and every file that it wrote.

        ``typed`` is what somebody types into it.
        """
        self.out.mkdir(exist_ok=True)
        ran = CliRunner().invoke(
            self.program,
            ["--home", str(self.path), "--now", now.isoformat(), *command],
            input=typed,
            env={wiring.DATABASE: self.database, "COLUMNS": "100"},
            catch_exceptions=False,
        )
        written = {path.name: path.read_bytes() for path in sorted(self.out.iterdir())}
        shutil.rmtree(self.out)
        own = str(self.folder).encode()
        streams = (one.replace(own, b"FOLDER") for one in (ran.stdout_bytes, ran.stderr_bytes))
        return Outcome(ran.exit_code, *streams, written)


class Site:
    """Where pairs of homes are built, in a folder: ``url`` gives a database for each, if any."""

    def __init__(
        self, folder: Path, homes: wiring.Homes, url: Callable[[], str] | None = None
    ) -> None:
        self.folder = folder
        self.homes = homes
        self.program = build(homes, wiring.examples())
        self._url = url
        self._template = folder / "template"
        with wiring.Homes().open(self._template, Clock(START)) as desk:
            _furnish(desk)
        self._asked = shutil.copytree(self._template, folder / "asked")
        self._kept = Kept()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._kept.close()

    def opens(self, owner: Reader, reader: Reader, books: Sequence[str]) -> set[str]:
        """Those of the books that a reader opens in the home of an owner."""
        with self._kept.open(self._asked, Clock(START)) as desk:
            with desk.ledger.store.writer() as writer:
                writer.set_setting(OWNER, owner.name)
            return {book for book in books if desk.opens(reader, book)}

    @contextmanager
    def homes_of(self, pair: Pair) -> Iterator[tuple[Home, Home]]:
        """Both homes, filled; closed afterwards."""
        try:
            yield self._home(pair, 0), self._home(pair, 1)
        finally:
            if isinstance(self.homes, Kept):
                self.homes.close()

    def _home(self, pair: Pair, side: int) -> Home:
        folder = self.folder / "ab"[side]
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        url = self._url() if self._url else None
        home = Home(folder, self.program, self.homes, url, [])
        if url is None:
            shutil.copytree(self._template, home.path)
        clock = Clock(START)
        with home.desk(clock) as desk:
            if url is not None:
                _furnish(desk)
            desk.found(parse_reader(pair.owner), "UTC")
            for step in pair.steps(side):
                clock.now = START + timedelta(minutes=step.at)
                answer = _happens(desk, step)
                if step in pair.seen:
                    home.receipts.append(answer)
        return home


def _furnish(desk: Desk) -> None:
    """What every home has before it is somebody's: a key, and documents that may be quoted."""
    desk.signer()
    with desk.ledger.store.writer() as writer:
        for kept in DOCUMENTS:
            digest = sha256(kept.text.encode()).hexdigest()
            writer.keep_document(document_row(kept), INCIDENT, digest)


def _happens(desk: Desk, step: Step) -> object:
    line = step.line
    with suppress(RemovalRefused):
        if step.what == "read":
            _others_read(desk)
        elif step.what == "checkpoint":
            proofs.checkpoints(desk, [line["book"]])
        elif step.what == "quarantine":
            desk.ledger.quarantine(
                Asked(line["book"], line["id"], ("A. Lee", "B. Roe"), "misfiled")
            )
        elif step.what == "seal":
            sealing.seal(desk, Asked(line["book"], line["id"], ("clerk",), "No. 44"))
        else:
            return _said(desk, line, step.what == "backfill")
    return None


def _others_read(desk: Desk) -> None:
    """Somebody is given views of their own, one of them of their own door, and breaks the glass."""
    other = parse_reader("supervisor@county")
    briefs.note_member(desk, briefs.Member(other.name, "Sam Roe", (DOOR,)))
    briefs.make_brief(desk, AskedOf(DOOR, ()), other, None, "Sam Roe")
    desk.account(INCIDENT, other, None)
    reviews.break_glass(desk, reviews.Override(other, INCIDENT, "Sam Roe", "a child is inside", 4))


def _said(desk: Desk, line: dict[str, Any], backfill: bool) -> object:
    try:
        return desk.ledger.append([statement_from(line)], backfill=backfill)
    except BatchRefused as refused:
        return str(refused)
