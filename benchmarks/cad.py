"""How long an export of a dispatch system takes, and what memory it needs, at ten times the size.

The peer is ``csv.DictReader`` of the standard library, which reads the same file in the same run and
makes nothing of it: a ratio of 20 says that telling, checking and saying a row costs as much as
reading it twenty times. Rows stand in no order, and a tenth of them twice.

    python benchmarks/cad.py [CALLS]
"""

import csv
import json
import random
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

MAP = Path(__file__).parents[1] / "examples" / "cad" / "map.toml"
COLUMNS = (
    *("EventNo", "Seq", "Time", "TZ", "Console", "Unit", "Status", "Remarks", "Operator"),
    *("Location", "Nature", "Pri", "Received", "Caller", "Weapon"),
)
STEPS = (
    ("", "", "RP ADV SHOUTING, NEG OTHER CALLS", "T07", "U"),
    ("C3", "DISP", "", "D12", ""),
    ("L1", "DISP", "", "D12", ""),
    ("C3", "ENRT", "", "", ""),
    ("L1", "ONSC", "", "L1", ""),
    ("C3", "ONSC", "", "C3", ""),
    ("", "", "RP CALLS BACK: POSS KNIFE ON TABLE", "T07", "Y"),
    ("C3", "TRAN", "", "", ""),
    ("C3", "CLR", "", "D12", ""),
    ("L1", "CLR", "", "D12", ""),
)
ONE = """
import sys
from whoseword.wiring import main
sys.argv = ["whoseword", *sys.argv[1:]]
try:
    main()
except SystemExit as done:
    code = done.code
with open("/proc/self/status") as status:
    print(next(line.split()[1] for line in status if line.startswith("VmHWM")), file=sys.stderr)
sys.exit(code)
"""


def export(target: Path, calls: int) -> int:
    """Write so many calls of a month; how many rows there are."""
    chance = random.Random(1)
    start = datetime(2031, 3, 1)  # noqa: DTZ001 - a wall clock
    rows = []
    for call in range(calls):
        begun = start + timedelta(seconds=chance.randrange(30 * 86_400))
        address = f"{chance.randrange(1, 999)} Sallow Street"
        for seq, (unit, status, note, by, weapon) in enumerate(STEPS):
            at = begun + timedelta(minutes=3 * seq)
            row = (
                f"31-{call:06}", str(seq), f"{at:%m/%d/%Y %H:%M:%S}", "", "", unit, status, note,
                by, address, "DOM2", "2", f"{begun:%m/%d/%Y %H:%M:%S}", "neighbor", weapon,
            )  # fmt: skip
            rows += [row] * (2 if seq == 5 else 1)
    chance.shuffle(rows)
    with target.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    return len(rows)


def run(home: Path, *arguments: str) -> tuple[float, int, str]:
    """Run the program by itself: seconds, the most memory in MiB, and what it printed."""
    command = [sys.executable, "-c", ONE, "--home", str(home), "--now", "2031-12-01T00:00:00Z"]
    begun = time.perf_counter()
    with (home.parent / "printed").open("w+") as out:
        ran = subprocess.run(
            [*command, *arguments], stdout=out, stderr=subprocess.PIPE, text=True, check=False
        )
        seconds = time.perf_counter() - begun
        if ran.returncode:
            sys.exit(ran.stderr)
        out.seek(0)
        return seconds, int(ran.stderr.split()[-1]) // 1024, out.readline()


def read_only(file: Path) -> float:
    """What the peer takes."""
    begun = time.perf_counter()
    with file.open(newline="") as stream:
        sum(1 for _ in csv.DictReader(stream))
    return time.perf_counter() - begun


def main() -> None:
    """Measure both sizes."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    for calls in (most // 10, most):
        with tempfile.TemporaryDirectory() as folder:
            file, home = Path(folder) / "export.csv", Path(folder) / "home"
            rows = export(file, calls)
            peer = read_only(file)
            given = ("cad", str(file), "--map", str(MAP))
            dry, its, _ = run(home, *given, "--dry-run", "--json")
            said, mib, told = run(home, *given)
            again, _, _ = run(home, *given)
            table, _, shown = run(home, "replays", "--month", "2031-03", "--json")
            replayed = json.loads(shown)["replayed"]
        print(
            f"{calls:,} calls, {rows:,} rows, {told.strip()}\n"
            f"  said in {said:.1f} s ({rows / said:,.0f} rows a second, {said / peer:.0f} times "
            f"the peer's {peer:.2f} s), {mib} MiB at most\n"
            f"  shown in {dry:.1f} s, {its} MiB; said again in {again:.1f} s, nothing twice\n"
            f"  the month replayed in {table:.1f} s: {replayed:,} incidents"
        )


if __name__ == "__main__":
    main()
