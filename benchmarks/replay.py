"""How long replays of many incidents take under two sets of rules, and whether memory grows.

The aim: 10,000 incidents under two rule sets, with progress, on every core, in memory that stays
flat. The command is run as anybody runs it, on folders of 1,000 and 10,000 incidents of some 35
statements each; its time with one worker and with two gives the ratio that the cores bring, and the
largest resident memory of any of its processes, and of all together, is read from /proc every
twentieth of a second. The peer is decoding the same lines and nothing else, in the same run.

Run: ``python benchmarks/replay.py``
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from whoseword.wiring import rules_folder
from whoseword.words import decode_statement

START = datetime(2031, 3, 1, tzinfo=UTC)
SIZES = (1_000, 10_000)
STATEMENTS = 35
_DISPATCH = {"name": "County 911", "kind": "agency"}
_SERGEANT = {"name": "Sergeant Amsel", "kind": "official", "party": "harrow-police"}
_OFFICER = {"name": "officer-1", "kind": "responder", "party": "harrow-police"}
_CALLER = {"name": "caller", "kind": "witness"}
_NEIGHBOUR = {"name": "neighbour", "kind": "witness"}


class Run(NamedTuple):
    """One run of the command: seconds, the largest process and all of them together in MiB."""

    seconds: float
    largest: float
    together: float
    table: bytes


def incident(number: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    """A call: a crew is sent, some are cleared, some weapons told, and much else said."""
    begins = START + timedelta(seconds=chance.randrange(31 * 86_400))
    told: list[tuple[int, dict[str, Any], str, dict[str, Any]]] = [
        (0, _CALLER, "does_not_know", {"kind": "armed", "who": "man"}),
        (30, _DISPATCH, "does", _sent()),
        (31, _DISPATCH, "affirms", _clinician()),
    ]
    if chance.random() < 0.6:
        clears = {"kind": "cleared", "who": "clinician", "for": "engage"}
        told.append((chance.randint(60, 900), _SERGEANT, "does", clears))
    if chance.random() < 0.5:
        weapon = {"kind": "armed", "who": "man", "weapon": "knife"}
        told.append((chance.randint(0, 1_500), _OFFICER, "affirms", weapon))
    if chance.random() < 0.4:
        told.append((chance.randint(300, 1_800), _OFFICER, "affirms", _engaged()))
    while len(told) < STATEMENTS:
        place = chance.choice(("kitchen", "hall", "porch", "yard"))
        fact = {"kind": "located", "what": chance.choice(("man", "woman", "child")), "place": place}
        told.append(
            (chance.randint(0, 3_600), chance.choice((_NEIGHBOUR, _OFFICER)), "affirms", fact)
        )
    for place, (after, speaker, stance, fact) in enumerate(told):
        yield {
            "id": f"01950000-0000-7000-8{place:03x}-{number:012x}",
            "incident": f"call-{number:05}",
            "book": "county-911/response/calls",
            "speaker": speaker,
            "stance": stance,
            "fact": fact,
            "source": {"entered_by": "dispatcher"},
            "recorded": (begins + timedelta(seconds=after)).isoformat(),
        }


def _sent() -> dict[str, Any]:
    return {"kind": "dispatched", "unit": "C3", "members": ["officer-1", "clinician"]}


def _clinician() -> dict[str, Any]:
    return {"kind": "related", "who": "clinician", "whom": "C3", "relation": "clinician"}


def _engaged() -> dict[str, Any]:
    return {"kind": "engaged", "who": "clinician", "whom": "man"}


def written(folder: Path, size: int) -> Path:
    """A folder of so many incidents, a thousand a file, whose lines are mixed."""
    calls = folder / f"calls-{size}"
    calls.mkdir()
    chance = random.Random(size)
    for first in range(0, size, 1_000):
        lines = [
            json.dumps(one)
            for number in range(first, min(first + 1_000, size))
            for one in incident(number, chance)
        ]
        chance.shuffle(lines)
        (calls / f"{first:05}.jsonl").write_text("\n".join(lines) + "\n")
    return calls


def other_rules(folder: Path) -> Path:
    """The rules with clocks that may be five minutes off."""
    rules = folder / "rules"
    shutil.copytree(rules_folder(), rules)
    response = rules / "house" / "response.toml"
    response.write_text(response.read_text().replace("clocks_off_s = 0", "clocks_off_s = 300"))
    return rules


def run(calls: Path, rules: Path, home: Path, jobs: int) -> Run:
    """Run the command; its time and its memory."""
    command = [
        *(sys.executable, "-m", "whoseword", "--home", str(home), "replays", str(calls)),
        *("--beside", str(rules), "--json", "--jobs", str(jobs)),
    ]
    begun = time.perf_counter()
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(command, stdout=told, stderr=subprocess.DEVNULL)
        largest = together = 0.0
        while process.poll() is None:
            its = [_resident(pid) for pid in _family(process.pid)]
            largest, together = max(largest, *its, 0.0), max(together, sum(its))
            time.sleep(0.05)
        seconds = time.perf_counter() - begun
        if process.returncode:
            raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
        told.seek(0)
        return Run(seconds, largest, together, told.read())


def _family(pid: int) -> list[int]:
    try:
        threads = Path(f"/proc/{pid}/task").iterdir()
        children = [int(one) for path in threads for one in (path / "children").read_text().split()]
    except OSError:
        return []
    return [pid, *(one for child in children for one in _family(child))]


def _resident(pid: int) -> float:
    """Resident memory in MiB, of one that is gone by now none."""
    try:
        return (
            int(Path(f"/proc/{pid}/statm").read_text().split()[1])
            * os.sysconf("SC_PAGESIZE")
            / 2**20
        )
    except OSError:
        return 0.0


def decoding(calls: Path) -> float:
    """The seconds that decoding the same lines takes, and nothing else."""
    begun = time.perf_counter()
    for path in sorted(calls.iterdir()):
        with path.open("rb") as stream:
            for line in stream:
                decode_statement(line)
    return time.perf_counter() - begun


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rules = other_rules(folder)
        for size in SIZES:
            calls = written(folder, size)
            alone = decoding(calls)
            one, two = (run(calls, rules, folder / "home", jobs) for jobs in (1, 2))
            if one.table != two.table:
                raise SystemExit("the table differs with the number of workers")
            print(
                f"{size:>6,} incidents, {size * STATEMENTS:,} statements, two rule sets: one worker "
                f"{one.seconds:.1f} s, two {two.seconds:.1f} s ({one.seconds / two.seconds:.2f} "
                f"times as fast); {one.seconds / alone:.1f} times decoding alone ({alone:.1f} s)"
            )
            print(
                f"        largest process {two.largest:.0f} MiB, all together {two.together:.0f} MiB "
                f"(one worker: {one.largest:.0f})"
            )


if __name__ == "__main__":
    main()
