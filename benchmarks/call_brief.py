"""How long the brief for a call takes, by how much other agencies have written.

Invented contacts, one an incident, in homes of growing size; the call is one object of a call center.
The look-up reads every statement that the reader opens, so it grows with the home: what is told is the
time a statement, and how it grows. The peer, in the same run, is reading and decoding the same
statements and nothing else, which no look-up without an index can do without.

Run: ``python benchmarks/call_brief.py``
"""

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from whoseword.access import parse_reader
from whoseword.doors.call_briefs import make_call_brief
from whoseword.doors.desk import Desk
from whoseword.doors.feeds import Arrived, Into, take_in
from whoseword.intake.eido import read_eido
from whoseword.wiring import Homes
from whoseword.words import Statement, statement_from

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from eido_objects import an_object, encoded

SIZES = (1_000, 4_000, 16_000)
AT = datetime(2031, 5, 2, 19, tzinfo=UTC)
READER = parse_reader("dispatcher@dunmore-911")
STREETS = ("Marlow", "Elm", "Oak", "Mill", "Alder")


def contacts(start: int, end: int) -> list[Statement]:
    """Prior contacts at doors of a small town."""
    drawn = random.Random(start)
    found = []
    for number in range(start, end):
        door = f"{drawn.randrange(1, 900)} {drawn.choice(STREETS)} Street Apt {number % 30}"
        fact = {
            "kind": "contact", "agency": "dunmore-crisis", "place": f"{door}, Dunmore MO",
            "outcome": "no_answer", "about": f"Ana Ruiz-{number}, 1990-01-0{1 + number % 9}",
        }  # fmt: skip
        value = {
            "incident": f"visit-{number}",
            "book": "dunmore-crisis/response/visits",
            "speaker": {"name": "crisis team", "kind": "agency", "party": "dunmore-crisis"},
            "stance": "affirms",
            "fact": fact,
            "source": {"entered_by": "clerk"},
        }
        found.append(statement_from(value))
    return found


def seconds(work: Callable[[], Any]) -> float:
    """How many seconds of one core some work takes, the best of three."""
    best = []
    for _ in range(3):
        start = time.process_time()
        work()
        best.append(time.process_time() - start)
    return min(best)


def measured(desk: Desk, size: int) -> dict[str, float]:
    """The brief and its peer in a home of that size."""
    brief = seconds(lambda: make_call_brief(desk, "elm", READER))
    peer = seconds(lambda: desk.ledger.statements(desk.books(READER)))
    return {"brief_s": round(brief, 3), "us_a_statement": round(brief / size * 1e6, 1),
            "reading_alone_s": round(peer, 3), "ratio": round(brief / peer, 1)}  # fmt: skip


def main() -> None:
    moment = AT
    with (
        tempfile.TemporaryDirectory() as folder,
        Homes().open(Path(folder), lambda: moment) as desk,
    ):
        checked = read_eido(encoded(an_object()))
        take_in(desk, [Arrived("call", checked)], Into("dunmore-911/response/calls", "elm"))
        told, before = {}, 0
        for size in SIZES:
            moment += timedelta(minutes=1)
            desk.ledger.append(contacts(before, size))
            told[f"{size:,} contacts"] = measured(desk, size)
            before = size
    sys.stdout.write(msgspec.json.format(json.dumps(told), indent=2) + "\n")


if __name__ == "__main__":
    main()
