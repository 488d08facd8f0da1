"""Law 3: what a reader may not open changes no byte of what that reader gets.

Pairs of homes are drawn that differ only in closed books (``pairs_of_homes``), and everything that
the program gives one reader is compared: both streams, the exit code, every file
(``reader_views``). This is noninterference (Goguen and Meseguer, Security Policies and Security
Models, 1982), tried rather than proved; so programs that leak one thing are tried as well
(``leaking``). What another law makes it tell stands in ``test_what_law_3_costs``, and is
left out here.
"""

import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from at_the_desk import PROGRAM
from bookkeeping import Clock, store_at
from homes_side_by_side import Home, Kept, Site, constant
from leaking import LEAKS, Leak
from pairs_of_homes import GRANTED, OTHER, START, Pair, pair_numbered, pair_of
from postgres import Server
from reader_views import (
    COMMANDS,
    MISWRITTEN,
    REFUSED,
    Difference,
    asking,
    differences,
    given,
)
from strategies import INCIDENT
from telling import uuid7
from whoseword import wiring
from whoseword.books.protocol import Row
from whoseword.doors.conveying import Board, Conversation, Offered

PAIRS, FULL_LENGTH = 300, 10_000
WITH_LEAK, ON_POSTGRESQL, AS_WIRED, LOOKED_AT, CONVEYED = 40, 20, 8, 60, 60
MEMORY = Path("/dev/shm")  # noqa: S108  homes that nobody keeps cost the disk nothing
SAY_WHO_READS = {"assign", "break-glass", "staff"}
"""What names a reader and shows nothing."""
NUMBERS = st.integers(0, 2**24 - 1)
TOLD = st.lists(NUMBERS, max_size=6)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory, where there is such a thing."""
    path = Path(tempfile.mkdtemp(dir=MEMORY)) if MEMORY.is_dir() else tmp_path
    yield path
    shutil.rmtree(path)


@pytest.fixture(autouse=True)
def nothing_random(monkeypatch: pytest.MonkeyPatch) -> None:
    """Salts, ids and keys are the same bytes in every home, and rules are read once."""
    rules = wiring.rules_of
    read: list[object] = []

    def once(store: object) -> object:
        if not read:
            read.append(rules(store))
        return read[0]

    monkeypatch.setattr(wiring, "secrets", SimpleNamespace(token_bytes=constant))
    monkeypatch.setattr(wiring, "rules_of", once)


@pytest.fixture
def site(folder: Path) -> Iterator[Site]:
    """Where homes are built that stay open between commands."""
    with Site(folder, Kept()) as made:
        yield made


def differences_in(site: Site, pair: Pair) -> list[Difference]:
    """What a pair's reader is told otherwise in one of its homes than in the other."""
    with site.homes_of(pair) as (here, there):
        return differences(here, there, asking(pair, here, there))


def test_what_a_reader_may_not_open_changes_no_byte(
    site: Site, pytestconfig: pytest.Config
) -> None:
    @settings(max_examples=FULL_LENGTH if pytestconfig.getoption("--laws") else PAIRS)
    @drawn(seed=NUMBERS, seen=TOLD, here=TOLD, there=TOLD)
    def holds(seed: int, seen: list[int], here: list[int], there: list[int]) -> None:
        found = differences_in(site, pair_of(seed, seen, here, there, site.opens))
        assert not found, found[0]

    holds()


def test_nor_on_postgresql(folder: Path, postgres: Server) -> None:
    with Site(folder, Kept(), lambda: postgres.url(postgres.new_schema())) as site:
        for number in range(ON_POSTGRESQL):
            assert differences_in(site, pair_numbered(number, site.opens)) == []


def test_nor_where_every_command_opens_the_home_anew(folder: Path) -> None:
    with Site(folder, wiring.Homes()) as site:
        for number in range(AS_WIRED):
            assert differences_in(site, pair_numbered(number, site.opens)) == []


# --- The comparison sees what it should


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.__name__)
def test_a_program_that_leaks_one_thing_is_found(
    site: Site, leak: Leak, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(WITH_LEAK):
        pair = pair_numbered(number, site.opens)
        with monkeypatch.context() as patch:
            leak(patch)
            found = differences_in(site, pair)
        if found:
            assert differences_in(site, pair) == []
            return
    pytest.fail(f"{leak.__name__} was not found in {WITH_LEAK} pairs")


def rows_in(home: Home) -> dict[str, list[Row]]:
    """Every row of a home, by book."""
    with home.desk(Clock()) as desk, desk.ledger.store.view() as view:
        return {head.book: list(view.rows(head.book, None, None)) for head in view.heads()}


def test_the_homes_of_a_pair_differ_in_closed_books_alone(site: Site) -> None:
    seen: Counter[str] = Counter()
    for number in range(LOOKED_AT):
        pair = pair_numbered(number, site.opens)
        with site.homes_of(pair) as (here, there):
            one, other = rows_in(here), rows_in(there)
        access = f"{pair.owner.partition('@')[2]}/inquiry/access"
        assert {*one, *other} <= {*pair.opened, *pair.closed, access}
        assert [one.get(book) for book in pair.opened] == [other.get(book) for book in pair.opened]
        seen.update(what_meets(pair, one, other))
    assert seen["they differ"] > LOOKED_AT * 3 // 4
    assert {name: many for name, many in seen.items() if many < LOOKED_AT // 10} == {}


def what_meets(pair: Pair, *both: dict[str, list[Row]]) -> dict[str, int]:
    """Whether a pair has what could leak."""
    hidden = [{book: rows for book, rows in one.items() if book in pair.closed} for one in both]
    closed = [row for one in hidden for rows in one.values() for row in rows]
    opened = [row for book in pair.opened for row in both[0].get(book, [])]
    words = b"".join(row.body or b"" for row in closed)
    ids, moments = (
        [{getattr(row.entry, name) for row in rows} for rows in (opened, closed)]
        for name in ("id", "appended")
    )
    meets = {
        "they differ": hidden[0] != hidden[1],
        "several open statements": len(opened) > 2,
        "a shared id": ids[0] & ids[1],
        "a shared moment": moments[0] & moments[1],
        "closed before open": closed and min(moments[1]) < min(moments[0]),
        "a closed backfill": any(row.entry.backfilled for row in closed),
        "a closed correction": b'"replaces":"' in words,
        "a closed removal": b'"x_removal"' in words,
        "a grant": pair.granted,
        "others read": pair.others_read,
        "the owner reads": pair.reader.name == pair.owner,
    }
    return {name: int(bool(is_so)) for name, is_so in meets.items()}


def test_every_command_does_what_it_is_listed_for(site: Site) -> None:
    codes: dict[str, set[int]] = {command: set() for command in COMMANDS}
    granted = 0
    for number in range(LOOKED_AT // 3):
        pair = pair_numbered(number, site.opens)
        with site.homes_of(pair) as (here, there):
            asked = asking(pair, here, there)
            granted += uuid7(GRANTED).encode() in given(here, COMMANDS[-1], asked).printed
            for command in COMMANDS:
                codes[command].add(given(here, command, asked).code)
    assert {command for command, its in codes.items() if 2 in its} == set(MISWRITTEN)
    assert {command for command, its in codes.items() if its == {1}} == set(REFUSED)
    assert granted > 0


SAFETY_COMES_FIRST = {"advise", "replay", "replays"}
"""The one exception: a hold may rest on a weapon that its reader cannot open. What it shows, and that
it shows nothing else, is tried in tests/unit/doors/test_advise.py and tests/unit/response."""


OVER_A_LINE = {"convey", "feed"}
"""What speaks over a network: what ``convey`` sends is compared below; ``feed`` is ``import``, whose
objects come by a line (tests/unit/doors/test_following.py)."""


def conveyed(home: Home, pair: Pair) -> list[object]:
    """All that another system gets that subscribes as the pair's reader, and asks for single ones."""
    now = START + timedelta(days=2)
    offered = Offered(pair.reader, lambda: home.desk(lambda: now), None, timedelta(days=999))
    board = Board(offered, lambda: 0.0)
    board.look()
    numbers = iter(range(1_000))
    said = Conversation(board, lambda: f"n{next(numbers)}", lambda _words: None)
    asked = {"requestId": "r", "requestType": "EIDO", "requestSubType": "new"}
    got: list[object] = said.hear(json.dumps({"subscribe": asked}).encode(), 0.0)
    while events := said.due(0.0):
        got += events
        for one in map(json.loads, events):
            answer = {"transactionId": one["event"]["transactionId"], "statusCode": 200}
            said.hear(json.dumps({"eventResponse": answer}).encode(), 0.0)
    ids = [json.loads(board.object_of(name) or b"{}").get("$id") for name in (INCIDENT, OTHER)]
    return [*got, ids, [board.named(str(one)) for one in ids]]


def test_what_is_conveyed_to_another_system_is_the_same(site: Site) -> None:
    carried = 0
    for number in range(CONVEYED):
        pair = pair_numbered(number, site.opens)
        with site.homes_of(pair) as (here, there):
            one, other = conveyed(here, pair), conveyed(there, pair)
        assert one == other
        carried += b'"notification"' in b"".join(part for part in one if isinstance(part, bytes))
    assert carried > CONVEYED // 2


def test_every_command_that_takes_a_reader_is_asked() -> None:
    takes_a_reader = {
        name
        for name, command in PROGRAM.commands.items()
        if "reader" in {parameter.name for parameter in command.params}
    }
    assert takes_a_reader - SAY_WHO_READS - SAFETY_COMES_FIRST - OVER_A_LINE <= {
        command.split()[0] for command in COMMANDS
    }


def test_the_search_for_disclosures_walks_no_other_statement(folder: Path) -> None:
    """How long a view takes would tell how much stands in closed books (benchmarks/timing.py)."""
    with closing(store_at(folder / "home")) as store, store.view() as view:
        sql = view._queries.rows_on_reading.sql
        plan = [row[3] for row in view._connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert [line for line in plan if line.startswith("SCAN")] == [
        "SCAN b USING INDEX bodies_on_reading"
    ]
