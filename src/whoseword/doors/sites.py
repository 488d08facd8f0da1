"""The public files of an incident: pages, paper, feed, table and data, which work from a file share.

They are made of the records alone, and the records stand among them (``site.json``): whoever holds the
files can make every one of them again, byte for byte, and compare. The proofs are the home's own, since
only it can sign; they are written beside.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec

from whoseword.access import Reader
from whoseword.doors.desk import Desk
from whoseword.doors.errors import DeskError
from whoseword.doors.files import write_whole
from whoseword.doors.in_sight import Shown
from whoseword.doors.page import pdf_of
from whoseword.doors.page.released import release_page
from whoseword.doors.proved_releases import proved_release
from whoseword.doors.publishing import book_of, record
from whoseword.record.feed import feed, table
from whoseword.record.reading import Record

DATA: Final = "site.json"
Progress = Callable[[int, int], None]


def records(desk: Desk, incident: str, reader: Reader, as_of: datetime | None) -> list[Record]:
    """Every release by then, the first of them first. Raises ``DeskError`` where there is none."""
    latest = record(desk, incident, reader, as_of)
    if latest.version == 0:
        raise DeskError(f"nothing has been published on {incident}; `whoseword publish` does")
    earlier = [record(desk, incident, reader, as_of, one) for one in range(1, latest.version)]
    return [*earlier, latest]


def site_of(told: Sequence[Record], progress: Progress) -> dict[str, bytes]:
    """The files by their names, made of the records alone."""
    versions = [one.version for one in told]
    files = {
        DATA: msgspec.json.format(msgspec.json.encode(list(told), order="sorted"), indent=1)
        + b"\n",
        "feed.xml": feed(told),
        "lines.csv": table(told),
        "index.html": release_page(told[-1], versions).encode(),
    }
    for done, one in enumerate(told, start=1):
        name = f"release-{one.version}"
        files[f"{name}.html"] = release_page(one, versions).encode()
        files[f"{name}.pdf"] = pdf_of(release_page(one, versions, on_paper=True))
        progress(done, len(told))
    return files


def made_again(content: bytes, progress: Progress) -> dict[str, bytes]:
    """The files that the records of a site make. Raises ``DeskError`` where they are none."""
    try:
        told = msgspec.json.decode(content, type=list[Record])
    except msgspec.MsgspecError as error:
        raise DeskError(
            f"the file is no {DATA} of a site ({error}); take the one beside the pages"
        ) from None
    if not told:
        raise DeskError(f"the {DATA} holds no release, so there is nothing to make")
    return site_of(told, progress)


def proofs_of(
    desk: Desk, told: Sequence[Record], reader: Reader, as_of: datetime | None
) -> dict[str, bytes]:
    """The proof of each release, by its file's name."""
    return {
        f"release-{one.version}.release": proved_release(
            desk, one.incident, reader, as_of, one.version, None
        )
        for one in told
    }


def write_site(
    desk: Desk | None, folder: Path, told: Sequence[Record], files: Mapping[str, bytes]
) -> None:
    """Write the files, each whole or not at all; of a home's own, each is registered (law 9)."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        target = folder / name
        if desk is not None:
            _register(desk, target, told, content)
        write_whole(target, content)


def _register(desk: Desk, target: Path, told: Sequence[Record], content: bytes) -> None:
    incident = told[-1].incident
    public = desk.ledger.statements([book_of(desk)], incident=incident)
    stem = target.name.partition(".")[0]
    version = stem.rpartition("-")[2] if "-" in stem else str(told[-1].version)
    desk.note_copy(
        target, f"release {version}", incident, sha256(content).hexdigest(), Shown(public, {})
    )
