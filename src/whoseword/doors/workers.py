"""Work on every core, each piece in a process that may be lost without the others.

Documents come from strangers, and parsers are written in C: one that crashes, never ends or eats
the memory must cost its own document and nothing else. `concurrent.futures` breaks a whole pool
where one worker dies and cannot stop one that runs, so each worker here has a pipe of its own, a
limit of memory and a limit of time, and another takes its place.

Results come in the order of the tasks, whatever the number of workers. What is begun and not yet
handed on is bounded in number and in weight, so memory does not grow with the tasks.
"""

import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any, Final, Generic, NamedTuple, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

_MOST_WAITING: Final = 256
_HEAVIEST_WAITING: Final = 64 * 1024 * 1024
_GRACE: Final = 5.0
# A fresh process for each worker: a copy of this one would carry its open ledger along.
_CONTEXT: Final = get_context("spawn")


class Lost(NamedTuple):
    """That a task gave no result, and why: what happened, and what to do."""

    problem: str
    remedy: str


class Bounds(NamedTuple):
    """What one task may take: bytes of memory, seconds."""

    memory: int
    seconds: float


class _Worker(Generic[Task]):
    """One process, and the task that it works on."""

    def __init__(self, work: Callable[[Task], Any], memory: int) -> None:
        self.pipe, theirs = _CONTEXT.Pipe()
        self.process = _CONTEXT.Process(target=_serve, args=(theirs, work, memory), daemon=True)
        # Who stops the program stops the parent, which ends its workers: a worker never hears of
        # it, not even while it starts, since it inherits what its parent does not listen to.
        heard = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            self.process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, heard)
        theirs.close()
        self.number: int | None = None
        self.until = 0.0

    def give(self, number: int, task: Task, seconds: float) -> None:
        self.number, self.until = number, time.monotonic() + seconds
        with suppress(BrokenPipeError):
            self.pipe.send(task)

    def take(self) -> Any:
        """What became of its task."""
        try:
            return self.pipe.recv()
        except (EOFError, OSError):
            self.process.join(_GRACE)
            code = self.process.exitcode
            return Lost(
                f"the program that read it ended by itself ({_ending(code)})",
                "open it, save it anew, and read that",
            )

    def end(self) -> None:
        self.pipe.close()
        self.process.terminate()
        self.process.join(_GRACE)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.process.close()


def in_order(
    work: Callable[[Task], Result],
    tasks: Iterable[tuple[Task, int]],
    jobs: int,
    bounds: Bounds,
) -> Iterator[Result | Lost]:
    """The result of each task, in the order of the tasks; each comes with its weight in bytes.

    `work` is a function of a module, since each worker is a fresh process.
    """
    pool = _Pool(work, jobs, bounds)
    weights: dict[int, int] = {}
    done: dict[int, Any] = {}
    source = enumerate(tasks)
    handed_on = 0
    more = True
    try:
        while more or weights:
            while more and pool.has_room and _is_light(weights):
                number, (task, weight) = next(source, (-1, (None, 0)))
                more = number >= 0
                if more:
                    weights[number] = weight
                    pool.give(number, task)
            done.update(pool.finished())
            while handed_on in done:
                del weights[handed_on]
                yield done.pop(handed_on)
                handed_on += 1
    finally:
        pool.end()


def _is_light(weights: dict[int, int]) -> bool:
    waiting = len(weights)
    return not waiting or (waiting < _MOST_WAITING and sum(weights.values()) < _HEAVIEST_WAITING)


class _Pool:
    """Workers that are made as they are needed, and made anew where one is lost."""

    def __init__(self, work: Callable[[Any], Any], jobs: int, bounds: Bounds) -> None:
        self._work, self._jobs, self._bounds = work, jobs, bounds
        self._workers: list[_Worker[Any]] = []

    @property
    def has_room(self) -> bool:
        return len(self._workers) < self._jobs or any(one.number is None for one in self._workers)

    def give(self, number: int, task: Any) -> None:
        free = next((one for one in self._workers if one.number is None), None)
        if free is None:
            free = _Worker(self._work, self._bounds.memory)
            self._workers.append(free)
        free.give(number, task, self._bounds.seconds)

    def finished(self) -> Iterator[tuple[int, Any]]:
        """What is done by now; it waits until something is, or a worker's time has run out."""
        busy = {one.pipe: one for one in self._workers if one.number is not None}
        if not busy:
            return
        left = min(one.until for one in busy.values()) - time.monotonic()
        ready = wait(list(busy), timeout=max(left, 0))
        for pipe in ready:
            assert isinstance(pipe, Connection)
            worker = busy[pipe]
            number, worker.number = worker.number, None
            assert number is not None
            result = worker.take()
            if isinstance(result, Lost):
                self._replace(worker)
            yield number, result
        for worker in busy.values():
            if worker.number is not None and worker.until <= time.monotonic():
                number, worker.number = worker.number, None
                self._replace(worker)
                yield (
                    number,
                    Lost(
                        f"it took longer than {self._bounds.seconds / 60:.0f} minutes to read",
                        "cut it into parts and read those",
                    ),
                )

    def _replace(self, worker: _Worker[Any]) -> None:
        worker.end()
        self._workers.remove(worker)

    def end(self) -> None:
        for worker in self._workers:
            worker.end()
        self._workers.clear()


@contextmanager
def interrupt_later() -> Iterator[None]:
    """Let a step be finished before Ctrl-C stops the program: what is kept is also told as kept."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if came:
            signal.raise_signal(signal.SIGINT)


def _serve(pipe: Connection, work: Callable[[Any], Any], memory: int) -> None:
    """What a worker does: one task after another, until its pipe is shut."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return
        try:
            result = work(task)
        except MemoryError:
            result = Lost(
                f"it takes more than {memory >> 20} MiB of memory to read",
                "cut it into parts and read those",
            )
        except Exception as fault:  # noqa: BLE001  one document's misfortune is not the others'
            told = f"{type(fault).__name__}: {fault}"[:200]
            result = Lost(f"the reader failed on it ({told})", "leave it out, and report it")
        pipe.send(result)


def _ending(code: int | None) -> str:
    if code is None:
        return "without a word"
    return f"signal {-code}" if code < 0 else f"exit {code}"
