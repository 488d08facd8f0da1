"""Files that the program writes for people: whole, or not at all.

A half-written page would carry words that no register knows, and a full disk would leave one.
"""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Protocol

from whoseword.words import WhoseWordError


class Writes(Protocol):
    """What bytes can be written to."""

    def write(self, content: bytes, /) -> int:
        """Write some bytes; how many were."""


def write_whole(target: Path, content: bytes | BinaryIO) -> None:
    """Write a file in one step; what lay there before stays where it cannot be written.

    ``content`` is its bytes, or a stream that is read to its end.

    Raises ``WhoseWordError``.
    """
    part: Path | None = None
    try:
        if target.exists() and not target.is_file():
            # A pipe or a device is written to, and never replaced.
            with target.open("wb") as stream:
                _write(stream, content)
            return
        with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as file:
            part = Path(file.name)
            _write(file, content)
        part.chmod(0o666 & ~_mask())
        part.replace(target)
    except OSError as error:
        if part is not None:
            with suppress(FileNotFoundError):
                part.unlink()
        raise WhoseWordError(
            f"{target} cannot be written ({error.strerror}); name a file in a folder of yours, on "
            "a disk with room"
        ) from error


def _write(stream: Writes, content: bytes | BinaryIO) -> None:
    if isinstance(content, bytes):
        stream.write(content)
    else:
        shutil.copyfileobj(content, stream)


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
