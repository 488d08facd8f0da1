"""How many EIDOs a second are taken in: read, checked, told in statements, and kept on the disk.

Invented objects of about 14 KB: a call, two people, three places, a unit, notes, XML inside. Of each
incident a first object, which gives 37 statements, and seven later ones, each with a note or a state
more: an object is sent whole at every change. The peer, in the same run, is `jsonschema`
on the same objects, with the JSON Schema that our own shapes give: it checks their structure alone,
no reference, no code word, no XML. Told are objects a second of processor time; of what is kept, which
waits for the disk, also a second by the clock.

Run: ``python benchmarks/eido.py``
"""

import json
import secrets
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from jsonschema import Draft202012Validator

from whoseword.books import Ledger
from whoseword.intake.eido import Checked, Destination, Known, arriving, message_of, read_eido
from whoseword.intake.eido.shapes import Eido
from whoseword.stores.sqlite import SqliteStore

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from eido_objects import INCIDENT, OFFICER, an_object, encoded, later, note

INCIDENTS = 60
LATER = 7


def objects() -> list[bytes]:
    """The objects of each incident, as they are sent."""
    found = []
    for at in range(INCIDENTS):
        told = json.loads(
            encoded(an_object()).replace(INCIDENT.encode(), f"{INCIDENT}-{at}".encode())
        )
        found.append(encoded(told))
        for nth in range(LATER):
            told = later(told, note(f"later{nth}", f"quiet now, {at}", OFFICER))
            found.append(encoded(told))
    return found


def seconds(work: Callable[[], Any]) -> float:
    """How many seconds of one core some work takes: whoever else runs here does not count."""
    start = time.process_time()
    work()
    return time.process_time() - start


def take_in(content: list[bytes], keep: Callable[[list[Any]], object]) -> int:
    """Take objects in one by one, as a feed brings them; how many statements they gave."""
    known: dict[str, Known] = {}
    count = 0
    for one in content:
        checked: Checked = read_eido(one)
        incident = f"incident-{checked.eido.id.rpartition('-')[2]}"
        to = Destination(incident, "dunmore-911/response/calls", "idx", message_of(checked))
        new = arriving(checked, to, known.setdefault(incident, Known([])))
        count += len(new)
        keep(new)
    return count


def main() -> None:
    content = objects()
    size = sum(map(len, content)) / len(content) / 1024
    validator = Draft202012Validator(msgspec.json.schema(Eido))
    peer = seconds(lambda: [validator.validate(json.loads(one)) for one in content])
    read = seconds(lambda: [read_eido(one) for one in content])
    told = seconds(lambda: take_in(content, lambda _new: None))
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore(Path(folder))
        with Ledger(store, lambda: datetime.now(UTC), secrets.token_bytes) as ledger:
            count = 0

            def one_by_one() -> None:
                nonlocal count
                count = take_in(content, ledger.append)

            start = time.perf_counter()
            apart = seconds(one_by_one)
            by_the_clock = time.perf_counter() - start
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore(Path(folder))
        with Ledger(store, lambda: datetime.now(UTC), secrets.token_bytes) as ledger:

            def at_once() -> None:
                every: list[Any] = []
                take_in(content, every.extend)
                ledger.append(every)

            together = seconds(at_once)
    print(f"{len(content):,} objects of {size:.1f} KiB, {count:,} statements")
    for name, took in (("read and checked", read), ("told in statements", told),
                       ("kept on the disk, in one commit", together),
                       ("kept on the disk, one commit an object", apart),
                       ("peer: jsonschema, structure alone", peer)):  # fmt: skip
        print(f"  {name}: {len(content) / took:,.0f} a second, {peer / took:.2f} times the peer")
    print(f"  one commit an object, by the clock: {len(content) / by_the_clock:,.0f} a second")


if __name__ == "__main__":
    main()
