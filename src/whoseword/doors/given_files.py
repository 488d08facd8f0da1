"""Files that people give to be read: which they are, and their bytes, as far as they may be read."""

from collections.abc import Iterable
from pathlib import Path

from whoseword.intake import UnreadableDocument
from whoseword.intake.limits import refuse_too_large


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The files named, and those in the folders named, in order; hidden ones are left out."""
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        found += sorted(
            one
            for one in path.rglob("*")
            if one.is_file() and not any(part[0] == "." for part in one.relative_to(path).parts)
        )
    return list(dict.fromkeys(found))


def original_of(path: Path) -> bytes:
    """A file's bytes, refused by its size before they are read. Raises UnreadableDocument."""
    try:
        with path.open("rb") as stream:
            head = stream.read(1024)
            refuse_too_large(path.stat().st_size, head, path.name)
            return head + stream.read()
    except OSError as error:
        raise UnreadableDocument(
            str(path), f"it cannot be opened ({error.strerror})", "check it"
        ) from None
