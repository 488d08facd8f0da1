"""Every view that a reader can be given, and what differs between two homes (law 3).

A command is one line below. In it stand ``{names}`` of what is asked for (``asking``); who reads
is added.
"""

import json
import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from dispatch_export import MAP, export_of, row
from eido_objects import an_object
from homes_side_by_side import Home, Outcome
from pairs_of_homes import DOOR, OTHER, OWN, PERSON, START, Pair
from strategies import INCIDENT, SPEAKERS
from telling import uuid7
from whoseword.access import parse_reader
from whoseword.books import verify
from whoseword.books.checkpoints import checkpoint_of, checkpoint_text
from whoseword.books.notes import sign_note
from whoseword.books.verify import Checked

RELEASE = """HARROW POLICE DEPARTMENT
NEWS RELEASE

The woman was armed with a knife. The child died. The police chief said Officer 1 fired. Nobody was
arrested. It is not known who harmed the child. The driver saw the woman in handcuffs.
"""

GIVEN = (
    "account {incident} --json",
    "account {incident}",
    "account {incident} --brief",
    "account {incident} --html {out}/page.html",
    "account {incident} --json --as-of {early}",
    "account {incident} --json --as-of {middle}",
    "account {incident} --as-of {middle}",
    "account {incident} --brief --as-of {late}",
    "account {incident} --html {out}/page.html --as-of {middle}",
    "account {other} --json",
    "account {other}",
    "account nobody-spoke-of-it --json",
    "diff {incident} --from {early} --to {late} --json",
    "diff {incident} --from {middle} --to {late} --json",
    "diff {incident} --from {middle} --to {late}",
    "export {incident} --format eido --no-advice",
    "export {incident} --format eido --no-advice --as-of {middle}",
    "export {incident} --format eido --no-advice --out {out}/incident.json",
    "export {incident} --format logevents",
    "export {incident} --format logevents --as-of {middle}",
    "export {incident} --format logevents --out {out}/history.json",
    "export {incident} --format jsonl",
    "export {incident} --format prov --as-of {middle}",
    "export {incident} --format uof",
    "export {incident} --format ics",
    "record {incident}",
    "record {incident} --json --as-of {middle}",
    "requests {incident}",
    "requests {incident} --json --as-of {middle}",
    "corrections {incident}",
    "corrections {incident} --json",
    "verify --json",
    "verify",
    "verify --json --book {open}",
    "verify --book {empty}",
    "verify --json --expect {expected}",
    "verify --expect {expected} --checkpoint {open_note}",
    "checkpoint --book {open}",
    "checkpoint --out {out}/notes",
    "verify --json",
    "prove {id} --book {open}",
    "prove {id} --book {open} --out {out}/proof",
    "prove --book {open} --from 1",
    "brief --address {door}",
    "brief --address {door} --person {person} --json",
    "brief --address {door} --json --at {middle}",
    "brief --incident {incident}",
    "brief --incident {incident} --json --at {middle}",
    "may {reader} --purpose {purpose} --book {open}",
    "may {reader} --purpose {purpose} --book {closed} --json",
    "may {reader} --purpose {purpose} --book {absent}",
    "drafts --incident {incident}",
    "keys",
    "reads",
    "reads --statement {id} --book {open}",
    "reads --json",
    "reads --statement {id} --book {open} --json",
    "reviews",
    "reviews --json",
    "duties {incident} --json",
    "duties {incident} --as-of {middle}",
    "copies --incident {incident}",
    "copies --incident {incident} --json",
    "check {lines}/release.txt --incident {incident} --json",
    "check {lines}/release.txt --incident {incident}",
    "check {lines}/release.txt --incident {incident} --as-of {middle} --html {out}/check.html",
    "watch --check",
    "watch {incident} --check --json",
    "watch --once --json",
    "watch --undelivered",
)
"""What a reader may get. Whether the log of reads is theirs depends on who they are.

An export's advice may rest on a weapon that its reader does not open (law 3, its one exception), as
``advise`` does, and so is left out here.
"""

REFUSED = (
    "verify --book {closed}",
    "verify --book {absent} --json",
    "verify --expect {closed_root}",
    "verify --json --expect {wrong_root}",
    "verify --checkpoint {closed_note}",
    "verify --json --checkpoint {spoilt_note}",
    "checkpoint --book {closed}",
    "checkpoint --book {absent}",
    "checkpoint --book {empty}",
    "prove {id} --book {closed}",
    "prove {closed_id} --book {closed}",
    "prove {closed_id} --book {absent}",
    "prove {closed_id} --book {open}",
    "prove {missing} --book {open}",
    "prove --book {closed} --from 0",
    "prove --book {open} --from 1000",
    "reads --statement {closed_id} --book {closed}",
    "reads --statement {closed_id} --book {open}",
    "reads --statement {missing} --book {absent}",
    "say {lines}/clashes.jsonl",
    "say {lines}/corrects_what_is_missing.jsonl",
    "say {lines}/corrects_what_is_closed.jsonl",
)
"""What is refused, whoever asks and whatever stands where it is closed."""

SAID = (
    "say {lines}/new.jsonl",
    "say {lines}/again.jsonl --json",
    "say {lines}/takes_a_closed_id.jsonl",
    "import --format eido {lines}/call.jsonl --book {open} --incident {incident}",
    "import --format eido {lines}/call.jsonl --book {open} --incident {incident} --json",
    "cad {lines}/export.csv --map {lines}/map.toml --book {open} --incident {incident} --brief --json",
    "call {incident} --as Clerk --book {open}",
    "account {incident} --json",
)
"""What is answered to somebody who writes an open book."""

TYPED = {"call": f"{DOOR}\na fight\nman: a knife\nno\na man\n\nyes\nsay\n"}
"""What is typed into a command that asks."""

MISWRITTEN = (
    "verify --book county/secret",
    "prove {id} --book {closed}/a/b",
    "account {incident} --as-of never",
    "diff {incident} --from {late} --to {early}",
)
"""What is no command."""

COMMANDS = (*MISWRITTEN, *REFUSED, *GIVEN, *SAID)
THE_LOG_AS_IT_STANDS = ("reads --json", "reads --statement {id} --book {open} --json")
"""Opened to auditors as it stands, with the books that others opened; so asked by them only where
nobody else has read."""
CORRECTS_ACROSS_TOPICS = ("say {lines}/corrects_what_is_closed.jsonl",)
"""Asked only where no closed book has the custodian and class of an open one."""
NOT_AS_READER = ("say", "may", "drafts", "keys")
ASKED_OF_A_PAIR = 10
"""How many of the commands are asked of one pair, each time others: a pair costs what is asked."""


class Difference(NamedTuple):
    """A command that gave one thing here and another there."""

    command: str
    here: object
    there: object


class Asking(NamedTuple):
    """Who asks for what, when: the same of both homes."""

    reading_as: tuple[str, ...]
    names: dict[str, str]
    now: datetime
    commands: tuple[str, ...]


def differences(here: Home, there: Home, reader: Asking) -> list[Difference]:
    """Every answer in which two homes differ for a reader, and for whoever filled open books."""
    receipts = zip(here.receipts, there.receipts, strict=True)
    found = [Difference("append", one, other) for one, other in receipts if one != other]
    for command in reader.commands:
        one, other = (given(home, command, reader) for home in (here, there))
        if one != other:
            found.append(Difference(command, one, other))
    return found


def given(home: Home, command: str, reader: Asking) -> Outcome:
    """What a home gives a reader for a command."""
    names = reader.names | {"out": str(home.out)}
    words = [part.format_map(names) for part in command.split()]
    return home.gives(
        [*words, *(() if words[0] in NOT_AS_READER else reader.reading_as)],
        reader.now,
        TYPED.get(words[0], ""),
    )


def _standing(home: Home) -> dict[str, set[str]]:
    """The books that stand in a home, each with its ids."""
    with home.desk(lambda: START) as desk, desk.ledger.store.view() as view:
        return {
            head.book: {row.entry.id for row in view.rows(head.book, None, None)}
            for head in view.heads()
        }


def asking(pair: Pair, here: Home, there: Home) -> Asking:
    """What the reader of a pair asks of both homes.

    What is closed and stands in one of them alone comes before what stands in both.
    """
    both = _standing(here), _standing(there)
    hidden = [{book: ids for book, ids in one.items() if book in pair.closed} for one in both]
    shown = set[str]().union(*(both[0].get(book, ()) for book in pair.opened))
    apart = {*shown, *(step.line["id"] for step in pair.granted)}
    ids = [set[str]().union(*one.values()) - apart for one in hidden]
    names = {
        "open": pair.seen[0].line["book"],
        "empty": pair.empty,
        "closed": _odd(set(hidden[0]), set(hidden[1])) or pair.closed[0],
        "absent": pair.absent,
        "id": uuid7(1),
        "closed_id": _odd(*ids) or uuid7(OWN),
        "missing": uuid7(999),
        "reader": pair.reader.name,
        "purpose": pair.reader.purpose,
        "door": DOOR,
        "person": PERSON,
        "incident": INCIDENT,
        "other": OTHER,
        "lines": str(here.folder.parent / "lines"),
        **_moments(pair),
    }
    names |= _signed(names, here, there)
    _write(Path(names["lines"]), _lines(pair, names))
    return Asking(_reading_as(pair), names, START + timedelta(days=2), _commands(pair))


def _odd(one: set[str], other: set[str]) -> str | None:
    """The first of what only one has, else of what both have."""
    return next(iter([*sorted(one ^ other), *sorted(one & other)]), None)


def _moments(pair: Pair) -> dict[str, str]:
    last = pair.seen[-1].at
    minutes = {"early": (-40, 0, 1)[pair.seed % 3], "middle": last // 20 * 10, "late": last + 20}
    return {name: (START + timedelta(minutes=at)).isoformat() for name, at in minutes.items()}


def _reading_as(pair: Pair) -> tuple[str, ...]:
    """The options that name the reader; left out at some pairs where it is the owner anyway."""
    if pair.reader == parse_reader(pair.owner) and pair.seed % 3:
        return ()
    return ("--reader", pair.reader.name, "--purpose", pair.reader.purpose)


def _commands(pair: Pair) -> tuple[str, ...]:
    left_out = [
        *(THE_LOG_AS_IT_STANDS if pair.others_read and pair.reader.role == "auditor" else ()),
        *(CORRECTS_ACROSS_TOPICS if pair.share_custody else ()),
    ]
    asked = [command for command in COMMANDS if command not in left_out]
    places = sorted(random.Random(pair.seed).sample(range(len(asked)), ASKED_OF_A_PAIR))
    return tuple(asked[place] for place in places)


def _signed(names: dict[str, str], here: Home, there: Home) -> dict[str, str]:
    """Roots and checkpoints of an open and of a closed book, as somebody may have been given them."""
    books = names["open"], names["closed"]
    found: dict[str, Checked] = {}
    for home in (there, here):
        with home.desk(lambda: START) as desk:
            found |= {one.book: one for one in verify(desk.ledger.store, books).books}
    shown, hidden = (found.get(book) or Checked(book, 1, 64 * "5") for book in books)
    with here.desk(lambda: START) as desk:
        notes = {
            name: sign_note(
                checkpoint_text(
                    checkpoint_of(desk.home_id(), one.book, one.size, bytes.fromhex(one.root))
                ),
                desk.signer(),
            )
            for name, one in (("open_note", shown), ("closed_note", hidden))
        }
    notes["spoilt_note"] = notes["closed_note"].replace(hidden.book, f"{hidden.book}/a", 1)
    folder = Path(names["lines"])
    _write(folder, notes)
    return {name: str(folder / name) for name in notes} | {
        "expected": f"{shown.book}:{shown.size}:{shown.root}",
        "closed_root": f"{hidden.book}:{hidden.size}:{hidden.root}",
        "wrong_root": f"{shown.book}:{shown.size}:{64 * '0'}",
    }


def _lines(pair: Pair, names: dict[str, str]) -> dict[str, str]:
    """What somebody says who writes an open book, and knows an id of a closed one."""
    first = pair.seen[0].line
    closed = names["closed_id"]
    speaker = next(
        (
            step.line["speaker"]
            for step in (*pair.hidden[0], *pair.hidden[1])
            if step.line["id"] == closed
        ),
        SPEAKERS[0],
    )
    new = first | {"speaker": speaker, "stance": "denies"}
    lines = {
        "new.jsonl": {key: part for key, part in new.items() if key != "id"},
        "again.jsonl": first,
        "clashes.jsonl": new,
        "takes_a_closed_id.jsonl": new | {"id": closed},
        "corrects_what_is_closed.jsonl": new | {"id": uuid7(900), "replaces": closed},
        "corrects_what_is_missing.jsonl": new | {"id": uuid7(901), "replaces": names["missing"]},
    }
    told = {name: f"{json.dumps(line)}\n" for name, line in lines.items()}
    row_of_a_call = row("14:15:40", note="SHOUTING", place=DOOR, type="DOM2", weapon="U")
    return told | {
        "call.jsonl": json.dumps(an_object()),
        "export.csv": export_of(row_of_a_call).decode(),
        "map.toml": MAP,
        "release.txt": RELEASE,
    }


def _write(folder: Path, texts: dict[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
