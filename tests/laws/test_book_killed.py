"""Law 2, when the power goes: whatever was receipted stands, and nothing stands by half.

``kill -9`` at random moments of programs that append: small batches in a loop, one large batch,
and several programs at once on one home.
"""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bookkeeping import ledger_in, verdict_on

SAYING = Path(__file__).with_name("saying.py")
LARGE = 10_000
SMALL_KILLS, LARGE_KILLS = 40, 10


def start(home: Path, speaker: str, many: int, out: Path) -> subprocess.Popen[bytes]:
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


def standing(home: Path) -> tuple[set[tuple[str, ...]], dict[str, int]]:
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


def test_what_was_receipted_survives_a_loop_of_small_appends(tmp_path: Path) -> None:
    home, receipts = tmp_path / "home", set()
    chance = random.Random(20310306)
    for kill in range(SMALL_KILLS):
        out = tmp_path / f"receipts-{kill}"
        program = start(home, f"caller {kill}", 1 + kill % 4, out)
        time.sleep(chance.uniform(0, 0.12))
        program.kill()
        program.wait()
        receipts |= printed(out)
        assert verdict_on(home).faults == []
    stands, counts = standing(home)
    assert receipts <= stands
    assert len(receipts) > SMALL_KILLS
    assert all(counts.get(f"caller {kill}", 0) % (1 + kill % 4) == 0 for kill in range(SMALL_KILLS))


def test_one_large_append_stands_whole_or_not_at_all(tmp_path: Path) -> None:
    started = time.monotonic()
    program = start(tmp_path / "measured", "caller", LARGE, tmp_path / "measured-receipts")
    while not printed(tmp_path / "measured-receipts"):
        time.sleep(0.02)
    program.kill()
    program.wait()
    seconds = time.monotonic() - started
    chance = random.Random(20310307)
    for kill in range(LARGE_KILLS):
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
def test_several_programs_append_at_once(tmp_path: Path, many: int) -> None:
    home = tmp_path / "home"
    outs = [tmp_path / f"receipts-{one}" for one in range(4)]
    programs = [start(home, f"caller {one}", many, out) for one, out in enumerate(outs)]
    time.sleep(1.0)
    for program in programs:
        program.kill()
        program.wait()
    receipts = [printed(out) for out in outs]
    stands, counts = standing(home)
    assert all(receipts)
    assert set().union(*receipts) <= stands
    assert verdict_on(home).faults == []
    assert all(count % many == 0 for count in counts.values())
