"""How a command that runs on and on is asked to end: Ctrl-C, or the signal of a service manager."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any


@contextmanager
def stopped_by_signals() -> Iterator[threading.Event]:
    """Set once somebody asks the program to end; whoever asks twice does not wait."""
    stopped = threading.Event()
    before: dict[signal.Signals, Any] = {}

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()
        for one, handler in before.items():
            signal.signal(one, handler)

    if threading.current_thread() is threading.main_thread():
        for one in (signal.SIGINT, signal.SIGTERM):
            before[one] = signal.signal(one, stop)
    try:
        yield stopped
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
