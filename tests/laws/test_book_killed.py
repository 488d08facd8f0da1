"""Law 2, when the power goes: whatever was receipted stands, and nothing stands by half.

``kill -9`` at random moments of programs that append: small batches in a loop, ``say`` in a loop,
one large batch, and several programs at once on one home. On PostgreSQL it is the clients that are
killed; tests/contracts/test_postgres_faults.py kills the server.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from at_the_desk import lines_of
from bookkeeping import ledger_in, said, verdict_on
from telling import TENANT

SAYING = Path(__file__).with_name("saying.py")
LARGE = 10_000
SMALL_KILLS, SAY_KILLS, LARGE_KILLS = 32, 8, 10
FULL_LENGTH = 200
"""How many kills a law is worth with the option ``--laws``."""


@pytest.fixture(params=["postgres", "sqlite"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """A home on each store: a folder, or the URL of a schema."""
    if request.param == "sqlite":
        return tmp_path / "home"
    url: str = request.getfixturevalue("schema_url")
    return url


@pytest.fixture
def kills(request: pytest.FixtureRequest) -> Callable[[int], int]:
    """How often to kill: some times, or at full length."""
    full = bool(request.config.getoption("--laws"))
    return lambda few: FULL_LENGTH if full else few


def start(home: Path | str, speaker: str, many: int, out: Path) -> subprocess.Popen[bytes]:
    """Start the program and wait until it is about to append."""
    with out.open("wb") as receipts:
        started = subprocess.Popen(
            [sys.executable, SAYING, home, speaker, str(many)],
            stdout=receipts,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])},
        )
    while not out.read_bytes():
        assert started.poll() is None
        time.sleep(0.005)
    return started


def printed(out: Path) -> set[tuple[str, ...]]:
    """The receipts of a program; a last line that was cut off was never read by anybody."""
    *lines, _ = out.read_text("utf-8").split("\n")
    return {tuple(line.split()) for line in lines[1:]}


def standing(home: Path | str) -> tuple[set[tuple[str, ...]], dict[str, int]]:
    """What stands in a home, as receipts, and how many statements each speaker has there."""
    counts: dict[str, int] = {}
    with ledger_in(home) as ledger, ledger.store.view() as view:
        stands = {
            (row.entry.id, row.entry.book, str(row.entry.seq), row.entry.link.hex())
            for head in view.heads()
            for row in view.rows(head.book, None, None)
        }
    with ledger_in(home) as ledger:
        for statement in ledger.statements():
            counts[statement.speaker.name] = counts.get(statement.speaker.name, 0) + 1
    return stands, counts


def test_what_was_receipted_survives_a_loop_of_small_appends(
    home: Path | str, tmp_path: Path, kills: Callable[[int], int]
) -> None:
    receipts: set[tuple[str, ...]] = set()
    chance = random.Random(20310306)
    for kill in range(kills(SMALL_KILLS)):
        out = tmp_path / f"receipts-{kill}"
        program = start(home, f"caller {kill}", 1 + kill % 4, out)
        time.sleep(chance.uniform(0, 0.12))
        program.kill()
        program.wait()
        receipts |= printed(out)
        assert verdict_on(home).faults == []
    stands, counts = standing(home)
    assert receipts <= stands
    assert len(receipts) > kills(SMALL_KILLS)
    assert all(
        counts.get(f"caller {kill}", 0) % (1 + kill % 4) == 0 for kill in range(kills(SMALL_KILLS))
    )


def test_what_say_printed_survives(tmp_path: Path, kills: Callable[[int], int]) -> None:
    home, out = tmp_path / "home", tmp_path / "receipts"
    lines = tmp_path / "statements.jsonl"
    given = [said("knife", by=TENANT), said("none", by=TENANT, stance="denies")]
    lines.write_text(lines_of(given, "id", "recorded"), "utf-8")
    program = "from whoseword.wiring import main; main()"
    loop = f'while :; do "$0" -c "{program}" --home "$1" say "$2" --json >>"$3" || exit; done'
    chance = random.Random(20310308)
    for _ in range(kills(SAY_KILLS)):
        started = subprocess.Popen(
            ["sh", "-c", loop, sys.executable, home, lines, out],
            start_new_session=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        time.sleep(chance.uniform(1, 4))
        os.killpg(started.pid, signal.SIGKILL)
        started.wait()
        # The last line may have been cut off; the next program begins one of its own.
        with out.open("ab") as receipts:
            receipts.write(b"\n")
    receipts_read = set()
    for line in out.read_text("utf-8").splitlines():
        if line.endswith("}"):
            receipt = json.loads(line)
            receipts_read.add(
                (receipt["id"], receipt["book"], str(receipt["seq"]), receipt["hash"])
            )
    stands, counts = standing(home)
    assert verdict_on(home).faults == []
    assert receipts_read
    assert receipts_read <= stands
    assert sum(counts.values()) % len(given) == 0


def test_one_large_append_stands_whole_or_not_at_all(
    tmp_path: Path, kills: Callable[[int], int]
) -> None:
    started = time.monotonic()
    program = start(tmp_path / "measured", "caller", LARGE, tmp_path / "measured-receipts")
    while not printed(tmp_path / "measured-receipts"):
        time.sleep(0.02)
    program.kill()
    program.wait()
    seconds = time.monotonic() - started
    chance = random.Random(20310307)
    for kill in range(kills(LARGE_KILLS)):
        home, out = tmp_path / f"home-{kill}", tmp_path / f"receipts-{kill}"
        program = start(home, "caller", LARGE, out)
        time.sleep(chance.uniform(0, 1.2 * seconds))
        program.kill()
        program.wait()
        stands, counts = standing(home)
        assert verdict_on(home).faults == []
        assert counts.get("caller", 0) % LARGE == 0
        assert printed(out) <= stands


@pytest.mark.parametrize("many", [1, 7])
def test_several_programs_append_at_once(home: Path | str, tmp_path: Path, many: int) -> None:
    outs = [tmp_path / f"receipts-{one}" for one in range(4)]
    programs = [start(home, f"caller {one}", many, out) for one, out in enumerate(outs)]
    time.sleep(1.0)
    # On a busy machine one may have had no turn yet; without a receipt of each nothing is tried.
    patience = time.monotonic() + 60
    while not all(map(printed, outs)) and time.monotonic() < patience:
        time.sleep(0.05)
    for program in programs:
        program.kill()
        program.wait()
    receipts = [printed(out) for out in outs]
    stands, counts = standing(home)
    assert all(receipts)
    assert set().union(*receipts) <= stands
    assert verdict_on(home).faults == []
    assert all(count % many == 0 for count in counts.values())
