"""What a feed sent that cannot be taken: kept whole in the home, with the reason, for a person.

A malformed object must stop no feed, and must not be lost either: it may be the one that tells of
a knife. Each thing lies once, as it came, under the digest of its bytes, beside a file that says
when it came, from where, what is wrong and at which place. They are words that stand in no book; a
seal looks through them as through every file of the home (law 9).
"""

import os
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec

from whoseword.doors.errors import DeskError
from whoseword.doors.files import write_whole
from whoseword.intake.eido import FeedFault

FOLDER: Final = "set-aside"
MOST: Final = 10_000
"""How many things a home sets aside before somebody has to look through them."""
MOST_BYTES: Final = 1024 * 1024 * 1024
_NAME: Final = 32


class Reason(msgspec.Struct, frozen=True):
    """Why something was set aside: when, who sent it, in which transaction, and its fault."""

    when: str
    feed: str
    transaction: str | None
    path: str
    problem: str
    remedy: str


class SetAside:
    """The folder of a home for what a feed sent and no book takes."""

    def __init__(self, home: Path, most: int = MOST, most_bytes: int = MOST_BYTES) -> None:
        self.folder = home / FOLDER
        self._most = (most, most_bytes)
        self._held: tuple[int, int] | None = None

    def keep(self, content: bytes, reason: Reason) -> Path:
        """Keep something whole, on the disk when this returns; what lies there already stays.

        Raises ``DeskError`` where too much lies there, ``WhoseWordError`` where nothing can be
        written.
        """
        digest = sha256(content).hexdigest()[:_NAME]
        target = self.folder / f"{digest}.json"
        if target.exists():
            return target
        count, size = self._make_room(len(content))
        # The reason first: a thing without one would never be given one.
        told = msgspec.json.format(msgspec.json.encode(reason), indent=2) + b"\n"
        for file, written in ((target.with_suffix(".reason"), told), (target, content)):
            write_whole(file, written)
            file.chmod(0o600)
            _sync(file)
        _sync(self.folder)
        self._held = (count + 1, size + len(content))
        return target

    def _make_room(self, more: int) -> tuple[int, int]:
        """How many things lie there already, and their bytes, where another has room."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self._held is None:
                sizes = [file.stat().st_size for file in self.folder.glob("*.json")]
                self._held = (len(sizes), sum(sizes))
        except OSError as error:
            raise DeskError(
                f"{self.folder} cannot be used ({error.strerror}); see to it, and follow again"
            ) from None
        count, size = self._held
        most, most_bytes = self._most
        if count >= most or size + more > most_bytes:
            raise DeskError(
                f"{count:,} things lie in {self.folder} that no book takes; look through them with "
                "who sends them, move them away, and follow again"
            )
        return count, size


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def reason_of(fault: FeedFault, when: str, feed: str, transaction: str | None) -> Reason:
    """Why something with a fault is set aside."""
    return Reason(when, feed, transaction, fault.path, fault.problem, fault.remedy)
