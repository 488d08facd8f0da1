"""A program that appends and prints receipts, to be killed: HOME SPEAKER MANY.

HOME is a folder, or the URL of a PostgreSQL schema. It appends batches of MANY statements, one after the other, until it is stopped; each receipt is
printed when the ledger gave it, and a line is written whole or not at all.
"""

import os
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from bookkeeping import store_at
from telling import told
from whoseword.books import Ledger

HOME, SPEAKER, MANY = sys.argv[1], sys.argv[2], int(sys.argv[3])


def main() -> None:
    """Append until killed."""
    witness = {"name": SPEAKER, "kind": "witness"}
    home = HOME if "://" in HOME else Path(HOME)
    with Ledger(store_at(home), lambda: datetime.now(UTC), os.urandom) as ledger:
        os.write(1, b"ready\n")
        for number in count():
            batch = [
                told("armed", who="woman", weapon=f"{number}-{one}", by=witness, id=None,
                     recorded=None, book=f"county/incident/calls-{one % 3}")
                for one in range(MANY)
            ]  # fmt: skip
            receipts = ledger.append(batch)
            lines = "".join(f"{one.id} {one.book} {one.seq} {one.hash}\n" for one in receipts)
            os.write(1, lines.encode())


if __name__ == "__main__":
    main()
