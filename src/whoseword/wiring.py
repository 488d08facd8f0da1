"""The one file that knows everyone: which store, which clock, which randomness, which doors."""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from platformdirs import user_data_path

from whoseword.access import DEFAULT_OWNER, Reader, Rulebook, parse_reader, read_rules
from whoseword.books import Ledger, LedgerReadOnly
from whoseword.books.protocol import Store, View
from whoseword.books.restoring import Progress, SealNote
from whoseword.doors.cli import build
from whoseword.doors.desk import Desk, adopted_in
from whoseword.doors.errors import DeskError
from whoseword.doors.homes import Backup
from whoseword.doors.sealing import finish
from whoseword.doors.second_reader import SecondReader, endpoint_of
from whoseword.stores.folder import HomeFolder, read_seals
from whoseword.stores.sqlite import SqliteStore
from whoseword.stores.sqlite.backup import BackupFile, restore_home, write_backup
from whoseword.words import Statement, WordFault

DATABASE = "WHOSEWORD_DATABASE"
RULES = "WHOSEWORD_RULES"


class Homes:
    """Homes on this machine: a folder each, with the ledger in it or on PostgreSQL."""

    @contextmanager
    def open(self, home: Path | None, clock: Callable[[], datetime]) -> Iterator[Desk]:
        """The home in a folder, made at first use; the user's own data folder where None."""
        store = _store(home)
        try:
            law = rules_of(store)
        except BaseException:
            store.close()
            raise

        def refused(statement: Statement, owner: str | None) -> WordFault | None:
            return law.on(clock().date()).refused(statement, _reader(owner or DEFAULT_OWNER))

        with Ledger(store, clock, secrets.token_bytes, refused) as ledger:
            desk = Desk(ledger, clock, secrets.token_bytes, self.folder(home), law)
            # A seal that was broken off is finished before anybody is shown anything.
            with suppress(LedgerReadOnly):
                finish(desk)
            yield desk

    def folder(self, home: Path | None) -> HomeFolder:
        """The folder of a home, whether or not its ledger can be opened."""
        return HomeFolder(_place(home))

    def second_reader(self) -> SecondReader:
        """What reads a second time, at the endpoint that this machine's environment names."""
        from whoseword.doors.second_asked import reader_at

        return reader_at(endpoint_of(os.environ))

    def rules_folder(self) -> Path:
        """The folder of the rules that homes on this machine are opened by."""
        return rules_folder()

    def read_seals(self, file: Path) -> list[SealNote]:
        """A register of seals that somebody kept elsewhere."""
        return read_seals(file)

    def write_backup(
        self, view: View, target: Path, check: Callable[[Backup], None], progress: Progress
    ) -> None:
        """Write one moment of a home into a file, once the check has let it pass."""
        write_backup(view, target, check, progress)

    def read_backup(self, path: Path) -> BackupFile:
        """A backup in a file."""
        return BackupFile(path)

    def restore(
        self,
        home: Path | None,
        look: Callable[[Backup | None], None],
        fill: Callable[[Store], None],
        replace: bool,
    ) -> None:
        """Show the ledger that is there, let ``fill`` fill an empty store, and make it the ledger."""
        if not os.environ.get(DATABASE):
            restore_home(_place(home), look, fill, replace)
            return
        # A database takes a backup only while it is empty: there is nothing to look at.
        look(None)
        store = _store(home)
        try:
            fill(store)
        finally:
            store.close()


@lru_cache
def _reader(name: str) -> Reader:
    return parse_reader(name)


def _place(home: Path | None) -> Path:
    return home or user_data_path("whoseword")


def _store(home: Path | None) -> Store:
    database = os.environ.get(DATABASE)
    if not database:
        return SqliteStore(_place(home))
    if not database.startswith(("postgresql://", "postgres://")):
        raise DeskError(
            f"{DATABASE} is set, and is no address of a PostgreSQL database; "
            "write postgresql://USER@HOST/DATABASE, or unset it"
        )
    from whoseword.stores.postgres import PostgresStore

    return PostgresStore(database)


def rules_of(store: Store) -> Rulebook:
    """The rules that hold in the home of a store: those of the folder, and what it has adopted."""
    with store.view() as view:
        adopted = tuple(sorted(one.file for one in adopted_in(view)))
    return Rulebook(read_rules(rules_folder(), adopted))


def rules_folder() -> Path:
    """The folder of rules: the one named in the environment, or the program's own."""
    named = os.environ.get(RULES)
    return Path(named) if named else _beside("rules")


def examples() -> Path:
    """The incidents that the program comes with."""
    return _beside("examples")


def _beside(name: str) -> Path:
    """A folder that the program comes with: beside the package, or in the checkout."""
    package = Path(__file__).parent
    packed = package / name
    return packed if packed.is_dir() else package.parents[1] / name


def main() -> None:
    """Run the command line."""
    build(Homes(), examples())(prog_name="whoseword")
