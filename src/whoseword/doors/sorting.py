"""Statements of many incidents, sorted by incident into small files on the disk.

However many there are, no more lies in memory than one such file. A line keeps where it stood, so
that whoever reads it later can say what is wrong with it and where.
"""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

import msgspec

from whoseword.doors.lines import Place

MOST_FILES = 256
"""No more are open at once; a process may hold about a thousand."""
_WANTED_BYTES = 2_000_000


class Sorted(NamedTuple):
    """A statement on its way: its line, where it stood, and for what it may be drawn on."""

    place: Place
    line: bytes
    incident: str
    opened: bool
    for_safety: bool
    received: bool = False


class Kept(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A statement as it lies in one of the files."""

    file: str
    number: int
    line: bytes
    opened: bool
    for_safety: bool
    received: bool = False


class Drawers:
    """Files of statements by incident, in a folder that is taken away afterwards."""

    def __init__(self, size: int) -> None:
        """``size`` is about how many bytes there will be."""
        self._folder = TemporaryDirectory(prefix="whoseword-")
        self._count = max(1, min(MOST_FILES, size // _WANTED_BYTES + 1))
        self._open: dict[int, BinaryIO] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Take the files away."""
        for file in self._open.values():
            file.close()
        self._folder.cleanup()

    @property
    def files(self) -> list[Path]:
        """The files that hold something."""
        return [self._path(number) for number in sorted(self._open)]

    def fill(self, lines: Iterable[Sorted]) -> None:
        """Put every line into the file of its incident."""
        encoder = msgspec.msgpack.Encoder()
        for one in lines:
            kept = Kept(
                one.place.file, one.place.line, one.line, one.opened, one.for_safety, one.received
            )
            content = encoder.encode(kept)
            file = self._file_of(one.incident)
            file.write(len(content).to_bytes(4, "big"))
            file.write(content)
        for file in self._open.values():
            file.close()

    def _file_of(self, incident: str) -> BinaryIO:
        number = int.from_bytes(sha256(incident.encode()).digest()[:4], "big") % self._count
        if number not in self._open:
            self._open[number] = self._path(number).open("wb")
        return self._open[number]

    def _path(self, number: int) -> Path:
        return Path(self._folder.name) / f"{number:03}"


def kept_in(path: Path) -> list[Kept]:
    """What lies in one of the files, in the order in which it was put there."""
    decoder = msgspec.msgpack.Decoder(Kept)
    found: list[Kept] = []
    with path.open("rb") as file:
        while size := file.read(4):
            found.append(decoder.decode(file.read(int.from_bytes(size, "big"))))
    return found
