"""Whether the time of an answer tells that something stands in a book that its reader may not open.

Law 3 is of bytes; this looks at the clock. Two homes are asked the same 2,000 times, in turn and
each time in another order: one holds many statements of the incident in a closed book. Against it
stands first its own twin, to tell what the machine makes of nothing; then a home of the same size
to the byte, with as many statements of another incident in another closed book; then a home without
any of them. Asked are ``desk.account`` and a command that is refused because its book is closed.
Told are Cohen's d, and the difference of the medians with the interval in which 95 of 100 bootstrap
samples of the pairs lie (Efron 1979). Homes lie in memory where they can, so that the disk does not
drown what there is to see. It gates nothing.

Run: ``python benchmarks/timing.py``
"""

import gc
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean, median, variance
from time import perf_counter_ns

from click.testing import CliRunner

from whoseword.access import parse_reader
from whoseword.doors.cli import build
from whoseword.doors.desk import Desk
from whoseword.wiring import Homes, examples
from whoseword.words import Statement, statement_from

NOW = datetime(2031, 3, 6, tzinfo=UTC)
INCIDENT, OTHER = "harrow-lane", "quarry-road"
OPEN, CLOSED, CLOSED_TOO = "county/incident", "county-911/health", "county-912/health"
READER = parse_reader("supervisor@harrow-police")
PAIRS, WARM_UP, SAMPLES = 2_000, 100, 1_000
SEEN, HIDDEN = 40, 2_000
MEMORY = Path("/dev/shm")  # noqa: S108  homes that nobody keeps

Request = Callable[[Desk], object]


class _Kept(Homes):
    """The homes of a machine, where one is open already: what is timed is the answer."""

    desk: Desk

    @contextmanager
    def open(self, _home: Path | None, _clock: object) -> Iterator[Desk]:
        yield self.desk


_HOMES = _Kept()
_PROGRAM = build(_HOMES, examples())


def _statements(count: int, book: str, incident: str, first: int) -> list[Statement]:
    return [
        statement_from(
            {
                "id": f"01950000-0000-7000-8000-{first + number:012x}",
                "incident": incident,
                "book": book,
                "speaker": {"name": f"witness {number % 7}", "kind": "witness"},
                "stance": "affirms",
                "basis": "saw",
                "source": {"entered_by": "analyst"},
                "fact": {"kind": "present", "who": f"person-{number % 9}", "place": "hall"},
            }
        )
        for number in range(count)
    ]


def _home(stack: ExitStack, folder: Path, book: str | None, incident: str) -> Desk:
    """A home with what the reader sees, and with something in a closed book, if one is named."""
    desk = stack.enter_context(Homes().open(folder, lambda: NOW))
    desk.found(parse_reader("oversight@county"), "UTC")
    desk.ledger.append(_statements(SEEN, OPEN, INCIDENT, 0))
    if book is not None:
        desk.ledger.append(_statements(HIDDEN, book, incident, SEEN))
    return desk


def _account(desk: Desk) -> object:
    return desk.account(INCIDENT, READER, None)


def _refused(desk: Desk) -> object:
    _HOMES.desk = desk
    command = ["verify", "--book", CLOSED, "--reader", READER.name]
    answer = CliRunner().invoke(_PROGRAM, command)
    assert answer.exit_code == 1, answer.output
    return answer


def _paired(request: Request, homes: tuple[Desk, Desk]) -> list[tuple[float, float]]:
    """Microseconds of each request to both homes, whichever was asked first."""
    chance = random.Random(20310306)
    found = []
    gc.collect()
    for number in range(PAIRS + WARM_UP):
        took = [0.0, 0.0]
        for which in chance.sample((0, 1), 2):
            start = perf_counter_ns()
            request(homes[which])
            took[which] = (perf_counter_ns() - start) / 1000
        if number >= WARM_UP:
            found.append((took[0], took[1]))
    return found


def _cohens_d(pairs: list[tuple[float, float]]) -> float:
    one, other = zip(*pairs, strict=True)
    spread = ((variance(one) + variance(other)) / 2) ** 0.5
    return float((fmean(one) - fmean(other)) / spread)


def _medians_apart(pairs: list[tuple[float, float]]) -> float:
    one, other = zip(*pairs, strict=True)
    return float(median(one) - median(other))


def _interval(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    chance = random.Random(20310307)
    apart = sorted(_medians_apart(chance.choices(pairs, k=len(pairs))) for _ in range(SAMPLES))
    return apart[SAMPLES // 40], apart[-SAMPLES // 40 - 1]


def _report(name: str, request: Request, homes: tuple[Desk, Desk]) -> None:
    pairs = _paired(request, homes)
    low, high = _interval(pairs)
    tells = "tells nothing" if low <= 0 <= high else "TELLS"
    print(
        f"  {name:<22} {median(other for _, other in pairs):>9.0f} us {_cohens_d(pairs):>+8.3f} "
        f"{_medians_apart(pairs):>+10.1f} us [{low:+.1f}, {high:+.1f}]  {tells}"
    )


def main() -> None:
    """Print what the clock tells."""
    with (
        tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder,
        ExitStack() as stack,
    ):
        root = Path(folder)
        told = _home(stack, root / "a", CLOSED, INCIDENT)
        same_size = _home(stack, root / "b", CLOSED_TOO, OTHER)
        nothing = _home(stack, root / "c", None, INCIDENT)
        twin = _home(stack, root / "d", CLOSED, INCIDENT)
        assert not told.opens(READER, CLOSED)
        assert not told.opens(READER, CLOSED_TOO)
        assert told.opens(READER, OPEN)
        print(f"{HIDDEN:,} hidden statements, {SEEN} open ones, {PAIRS:,} pairs of requests")
        for against, other in (
            ("its twin", twin),
            ("a home of the same size", same_size),
            ("a home without them", nothing),
        ):
            print(f"against {against}")
            print(f"  {'request':<22} {'median':>12} {'d':>8} {'medians apart':>13} [95 %]")
            _report("account", _account, (told, other))
            _report("closed book, refused", _refused, (told, other))


if __name__ == "__main__":
    main()
