"""One machine at a time: a SQLite file in write-ahead mode is shared through memory.

Processes of one machine see one another's log through shared memory; two machines on one network
folder do not, and would write over each other without noticing (sqlite.org/wal.html, "All
processes using a database must be on the same host computer"). So whoever opens a home holds a
shared lock on a small file that names the machine; where it names another, and somebody holds it,
the home is refused. Two containers of one running kernel share memory and count as one machine.
"""

import fcntl
import os
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from whoseword.books.errors import LedgerBusy, LedgerElsewhere, LedgerReadOnly

FILE_NAME = "ledger.host"
_BOOT = Path("/proc/sys/kernel/random/boot_id")
_PATIENCE_SECONDS = 2.0
_PAUSE_SECONDS = 0.02


def this_host() -> str:
    """The running kernel, in which processes share memory; the machine's name before it."""
    try:
        kernel = _BOOT.read_text(encoding="ascii").strip()
    except OSError:
        kernel = platform.node()
    return f"{platform.node()} {kernel}"


class HostLock:
    """That this machine uses the home, for as long as it is held; shared within the machine.

    Raises ``LedgerElsewhere``. Where the folder may not be written there is nothing to hold:
    nobody writes there.
    """

    def __init__(self, home: Path, host: str) -> None:
        self._descriptor: int | None = None
        try:
            descriptor = os.open(home / FILE_NAME, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return
        try:
            self._take(descriptor, home, host)
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor = descriptor

    def _take(self, descriptor: int, home: Path, host: str) -> None:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_SH)
            except OSError:
                # A file system without locks, on which nothing here can tell machines apart.
                return
            named = os.pread(descriptor, 1000, 0).decode(errors="replace")
            if _kernel(named) == _kernel(host):
                return
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise LedgerElsewhere(
                        f"the home {home} is in use on {named.split(' ')[0] or 'another machine'}; "
                        "a home of this kind serves one machine at a time: stop Whose Word there, "
                        "or keep the books on PostgreSQL (WHOSEWORD_DATABASE)"
                    ) from None
            else:
                os.ftruncate(descriptor, 0)
                os.pwrite(descriptor, host.encode(), 0)
                os.fsync(descriptor)
                continue
            time.sleep(_PAUSE_SECONDS)

    def release(self) -> None:
        """Let another machine have it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


@contextmanager
def alone_in(home: Path) -> Iterator[None]:
    """Nobody else has the home open while the block lasts. Raises ``LedgerBusy``."""
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(home / FILE_NAME, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise LedgerReadOnly(
            f"{home} may not be written ({error.strerror}); choose a folder you may write in"
        ) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LedgerBusy(
                f"another process has the home {home} open; stop it, and try again"
            ) from None
        yield
    finally:
        os.close(descriptor)


def _kernel(host: str) -> str:
    return host.rpartition(" ")[2]
