"""Laws 2 and 9 as a state machine: append, seal, quarantine, backup, restore, and power that goes.

The home is on one side, lists on the other. After each step every chain holds, what was receipted
stands at its place, and what was sealed is in no file of the home.
"""

import copy
import os
import shutil
import tempfile
from pathlib import Path
from secrets import token_bytes
from typing import ClassVar, NamedTuple

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bookkeeping import Clock, said
from house import BOOK_OF_RULES
from postgres import Server
from telling import uuid7
from whoseword.access import parse_reader
from whoseword.books import Asked, Ledger, RemovalRefused, RestoreRefused
from whoseword.books.protocol import Store
from whoseword.books.verify import verify
from whoseword.doors import backups, proofs, sealing
from whoseword.doors.desk import Desk
from whoseword.stores.folder import HomeFolder
from whoseword.stores.postgres import PostgresStore
from whoseword.stores.sqlite import SqliteStore
from whoseword.wiring import Homes

BOOKS = ["county/incident", "county/public", "water/inquiry"]
TWO = ("Ana Ruiz", "Bo Lee")
STANDS, SEALED, QUARANTINED, ACT = "stands", "sealed", "quarantined", "act"

books = st.sampled_from(BOOKS)


class Cut(Exception):
    """The power goes."""


class Made(NamedTuple):
    """A backup, what the books held when it was made, and how much each had."""

    path: Path
    model: dict[str, list[tuple[str, str]]]


class HomeMachine(RuleBasedStateMachine):
    """A desk on one side; on the other, for each book, what became of each entry."""

    stood = Bundle("stood")
    made = Bundle("made")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.home = self.folder / "home-0"
        self.clock = Clock()
        self.model: dict[str, list[tuple[str, str]]] = {}
        self.sealed: dict[tuple[str, str], str] = {}
        self.handed: list[tuple[str, list[str]]] = []
        self.numbers = iter(range(1, 10_000))
        self.desk = self.opened()
        self.desk.found(parse_reader("oversight@county"), "UTC")

    def opened(self) -> Desk:
        ledger = Ledger(self.store(), self.clock, token_bytes)
        return Desk(ledger, self.clock, token_bytes, HomeFolder(self.home), BOOK_OF_RULES)

    def store(self) -> Store:
        return SqliteStore(self.home)

    def make_way(self) -> None:
        """Where a backup is to be put back there is room for it, or leave to take the place."""

    def stay(self) -> None:
        """The backup was refused, and nothing has changed."""

    def teardown(self) -> None:
        self.desk.ledger.close()
        shutil.rmtree(self.folder)

    def act(self) -> str:
        """What an act is called here, since its id is the ledger's."""
        return f"act {next(self.numbers)}"

    def named(self, model: dict[str, list[tuple[str, str]]]) -> list[tuple[str, list[str]]]:
        """Each book and what its entries are called, in order."""
        return [(book, [name for name, _ in entries]) for book, entries in model.items()]

    def place(self, id_: str) -> tuple[str, int] | None:
        for book, entries in self.model.items():
            for seq, (stands, _) in enumerate(entries):
                if stands == id_:
                    return book, seq
        return None

    def became(self, book: str, seq: int, state: str) -> None:
        """An entry's new state, and the act that stands at the end of the book."""
        self.model[book][seq] = (self.model[book][seq][0], state)
        self.model[book].append((self.act(), ACT))
        if state == SEALED:
            with self.desk.ledger.store.view() as view:
                row = view.row_at(book, seq)
            assert row is not None
            self.sealed[book, row.entry.link.hex()] = self.model[book][seq][0]

    @initialize(target=stood)
    def begin(self) -> str:
        return self.something_is_said("county/incident")

    @rule(target=stood, book=books)
    def one_is_said(self, book: str) -> str:
        return self.something_is_said(book)

    def something_is_said(self, book: str) -> str:
        id_ = uuid7(next(self.numbers))
        statement = said(f"words of {id_}", id=id_, book=book)
        (receipt,) = self.desk.ledger.append([statement])
        entries = self.model.setdefault(book, [])
        assert receipt.seq == len(entries)
        entries.append((id_, STANDS))
        return id_

    @rule(id_=stood)
    def one_is_sealed(self, id_: str) -> None:
        place = self.place(id_)
        if place is None:
            return
        book, seq = place
        sealing.seal(self.desk, Asked(book, id_, ("clerk",), "No. 44"))
        if self.model[book][seq][1] != SEALED:
            self.became(book, seq, SEALED)

    @rule(id_=stood)
    def the_power_goes_in_a_seal(self, id_: str) -> None:
        """After the commit, before anything is written over or registered."""
        place = self.place(id_)
        if place is None or self.model[place[0]][place[1]][1] == SEALED:
            return
        book, seq = place

        def cut() -> None:
            raise Cut

        self.desk.ledger.store.overwrite = cut  # type: ignore[method-assign]
        with pytest.raises(Cut):
            sealing.seal(self.desk, Asked(book, id_, ("clerk",), "No. 44"))
        self.became(book, seq, SEALED)
        self.the_power_goes()
        # Whoever carries the order out asks again, as the broken-off command tells nobody it is done.
        sealing.seal(self.desk, Asked(book, id_, ("clerk",), "No. 44"))

    @rule(id_=stood)
    def one_goes_into_quarantine(self, id_: str) -> None:
        place = self.place(id_)
        if place is None:
            return
        book, seq = place
        asked = Asked(book, id_, TWO, "misfiled")
        if self.model[book][seq][1] != STANDS:
            with pytest.raises(RemovalRefused):
                self.desk.ledger.quarantine(asked)
            return
        sealing.quarantine(self.desk, asked)
        self.became(book, seq, QUARANTINED)

    @rule(id_=stood)
    def one_is_put_back(self, id_: str) -> None:
        place = self.place(id_)
        if place is None:
            return
        book, seq = place
        asked = Asked(book, id_, TWO, "it was right")
        if self.model[book][seq][1] != QUARANTINED:
            with pytest.raises(RemovalRefused):
                self.desk.ledger.put_back(asked)
            return
        self.desk.ledger.put_back(asked)
        self.became(book, seq, STANDS)

    @rule()
    def a_checkpoint_is_handed_out(self) -> None:
        proofs.checkpoints(self.desk, list(self.model))
        self.handed += self.named(self.model)

    @rule(target=made)
    def a_backup_is_made(self) -> Made:
        path = self.folder / f"backup-{next(self.numbers)}"
        backups.back_up(self.desk, Homes(), path, lambda *_: None)
        return Made(path, copy.deepcopy(self.model))

    @precondition(lambda self: self.model)
    @rule(backup=consumes(made), older=st.booleans())
    def a_backup_is_put_back(self, backup: Made, older: bool) -> None:
        self.desk.ledger.close()
        asked = backups.Asked(self.home, older=older, replace=True)
        known = [*self.handed, *self.named(self.model)]
        then = dict(self.named(backup.model))
        is_older = any(len(then.get(book, ())) < len(names) for book, names in known)
        is_other = any(
            len(names) <= len(then.get(book, ())) and then[book][: len(names)] != names
            for book, names in known
        )
        self.make_way()
        arguments = (Homes(), backup.path, asked, backups.Moment(self.clock(), token_bytes))
        if is_other or (is_older and not older):
            with pytest.raises(RestoreRefused):
                backups.restore(*arguments, lambda *_: None)
            self.stay()
            self.desk = self.opened()
            return
        hidden = self.hidden()
        restored = backups.restore(*arguments, lambda *_: None)
        self.desk = self.opened()
        self.model = copy.deepcopy(backup.model)
        self.handed = [
            (book, names) for book, names in self.handed if len(names) <= len(then.get(book, ()))
        ]
        for note in restored.sealed:
            assert self.sealed[note.book, note.link] == note.id
            self.model[note.book][note.seq] = (note.id, SEALED)
            self.model[note.book].append((self.act(), ACT))
        for book, seq, id_ in hidden:
            # What was out of sight when the backup was put back does not come back into it.
            if self.model.get(book, [])[seq : seq + 1] == [(id_, STANDS)]:
                self.became(book, seq, QUARANTINED)

    def hidden(self) -> list[tuple[str, int, str]]:
        """What is in quarantine in the ledger whose place a backup takes."""
        return [
            (book, seq, id_)
            for book, entries in self.model.items()
            for seq, (id_, state) in enumerate(entries)
            if state == QUARANTINED
        ]

    @rule()
    def the_power_goes(self) -> None:
        """What lies on the disk at this moment is all that is left."""
        after = self.folder / f"home-{next(self.numbers)}"
        after.mkdir(mode=0o700)
        for path in self.home.iterdir():
            if path.is_file() and not path.name.endswith("-shm"):
                shutil.copy2(path, after / path.name)
        self.desk.ledger.close()
        shutil.rmtree(self.home)
        self.home = after
        self.desk = self.opened()

    @rule()
    def the_home_is_closed_and_opened(self) -> None:
        self.desk.ledger.close()
        self.desk = self.opened()

    @rule(hours=st.integers(-3, 3))
    def the_clock_jumps(self, hours: int) -> None:
        self.clock.move(hours=hours)

    @invariant()
    def every_chain_holds(self) -> None:
        assert proofs.verified(self.desk, None, [], proofs.Notes("", ())).faults == []
        assert verify(self.desk.ledger.store).ok

    @invariant()
    def the_books_hold_what_was_receipted(self) -> None:
        told = self.desk.ledger.told()
        stands = {(one.book, one.id) for one in told.statements}
        for book, entries in self.model.items():
            with self.desk.ledger.store.view() as view:
                rows = list(view.rows(book, None, None))
            assert len(rows) == len(entries)
            for row, (id_, state) in zip(rows, entries, strict=True):
                assert state == ACT or id_ == row.entry.id
                assert ((book, row.entry.id) in stands) == (state in (STANDS, ACT))
        removed = {(one.book, one.statement, one.state) for one in told.removed}
        assert removed == {
            (book, id_, state)
            for book, entries in self.model.items()
            for id_, state in entries
            if state in (SEALED, QUARANTINED)
        }

    @invariant()
    def what_was_sealed_is_in_no_file_of_the_home(self) -> None:
        gone = [f"words of {id_}".encode() for id_ in self.sealed.values()]
        for path in self.home.rglob("*"):
            if path.is_file() and gone:
                content = path.read_bytes()
                assert not any(words in content for words in gone), path


class PostgresHomeMachine(HomeMachine):
    """The same on PostgreSQL: a schema takes the place of the file."""

    server: ClassVar[Server]

    def __init__(self) -> None:
        self.left = ""
        self.url = self.server.url(self.server.new_schema())
        super().__init__()

    def store(self) -> Store:
        return PostgresStore(self.url)

    def make_way(self) -> None:
        """A backup goes into an empty schema; what stood in the old one is known by checkpoints."""
        desk = self.opened()
        proofs.checkpoints(desk, list(self.model))
        desk.ledger.close()
        self.handed += self.named(self.model)
        self.left, self.url = self.url, self.server.url(self.server.new_schema())
        os.environ["WHOSEWORD_DATABASE"] = self.url

    def hidden(self) -> list[tuple[str, int, str]]:
        """An empty schema knows of no quarantine."""
        return []

    def stay(self) -> None:
        """What was refused changed nothing."""
        self.url = self.left

    def the_power_goes(self) -> None:
        """Every connection is cut at once, and nobody says goodbye."""
        self.server.cut(self.url)
        self.desk.ledger.close()
        self.desk = self.opened()


BUSY = [HealthCheck.too_slow]
"""Homes lie on a disk, and a disk may be busy."""


def test_a_home_in_a_file_is_what_its_model_is() -> None:
    run_state_machine_as_test(
        HomeMachine,
        settings=settings(
            max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=BUSY
        ),
    )


def test_a_home_on_postgresql_is_what_its_model_is(
    postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Put back when the test ends, whatever the machine made of it.
    monkeypatch.setenv("WHOSEWORD_DATABASE", "")
    monkeypatch.setattr(PostgresHomeMachine, "server", postgres, raising=False)
    run_state_machine_as_test(
        PostgresHomeMachine,
        settings=settings(
            max_examples=6, stateful_step_count=15, deadline=None, suppress_health_check=BUSY
        ),
    )
