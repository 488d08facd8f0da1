"""Files that the program writes for people: whole, or not at all.

A half-written page would carry words that no register knows, and a full disk would leave one.
"""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from whoseword.words import WhoseWordError


def write_whole(target: Path, content: bytes) -> None:
    """Write a file in one step; what lay there before stays where it cannot be written.

    Raises ``WhoseWordError``.
    """
    part: Path | None = None
    try:
        if target.exists() and not target.is_file():
            # A pipe or a device is written to, and never replaced.
            target.write_bytes(content)
            return
        with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as file:
            part = Path(file.name)
            file.write(content)
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


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
