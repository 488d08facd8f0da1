"""The one file that knows everyone: which store, which clock, which randomness, which doors."""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from platformdirs import user_data_path

from whoseword.books import Ledger
from whoseword.doors.cli import build
from whoseword.doors.desk import Desk, DeskError
from whoseword.stores.sqlite import SqliteStore


@contextmanager
def open_home(home: Path | None, clock: Callable[[], datetime]) -> Iterator[Desk]:
    """The home in a folder, made at first use; the user's own data folder where None."""
    if os.environ.get("WHOSEWORD_DATABASE"):
        raise DeskError(
            "WHOSEWORD_DATABASE is set, and this version keeps its books in SQLite only; "
            "unset it, and say where with --home DIR"
        )
    store = SqliteStore(home or user_data_path("whoseword"))
    with Ledger(store, clock, secrets.token_bytes) as ledger:
        yield Desk(ledger, clock)


def examples() -> Path:
    """The incidents that the program comes with: beside the package, or in the checkout."""
    package = Path(__file__).parent
    packed = package / "examples"
    return packed if packed.is_dir() else package.parents[1] / "examples"


def main() -> None:
    """Run the command line."""
    build(open_home, examples())(prog_name="whoseword")
