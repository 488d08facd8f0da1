"""A release with its proof in one file, for whoever checks it without this program.

The file holds a signed checkpoint of the public book, and of the release's head and of each line the
entry, its path to the checkpoint's root (RFC 6962) and its words with their salt. All of it is public.
``whoseword_verify.py`` reads it with nothing but Python's standard library; docs/decisions/0030 tells
the form. A line that was taken down goes as its bare entry: the proof holds, and its words are gone.
"""

import json
from base64 import b64encode
from datetime import datetime
from typing import Any, Final

from whoseword.access import Reader
from whoseword.books.checkpoints import open_checkpoint, split_notes
from whoseword.books.protocol import Row
from whoseword.books.proving import prove_entry, prove_growth
from whoseword.books.removed import out_of_sight
from whoseword.doors.desk import Desk
from whoseword.doors.errors import DeskError
from whoseword.doors.proofs import checkpoints, row_of
from whoseword.doors.publishing import book_of, record
from whoseword.record.releases import releases_in

FORMAT: Final = "whoseword/release/1"


def proved_release(
    desk: Desk,
    incident: str,
    reader: Reader,
    as_of: datetime | None,
    version: int | None,
    since: str | None,
) -> bytes:
    """A release as it was published, with its proof; ``since`` is a checkpoint of the book.

    Raises ``DeskError`` where nothing was published, or the book grew meanwhile.
    """
    found = record(desk, incident, reader, as_of, version)
    if found.proof is None:
        raise DeskError(f"nothing has been published on {incident}, so nothing can be proved")
    book = book_of(desk)
    told = desk.ledger.statements([book], incident=incident)
    released = next(
        one
        for one in releases_in(told, incident, desk.owner.agency)
        if one.head.version == found.version
    )
    ids = [str(released.statement.id), *released.head.lines]
    ids += [one.was for one in released.head.corrections if one.was not in ids]
    ids += released.head.disputes
    note = checkpoints(desk, [book])
    size = open_checkpoint(note, desk.keys().verifiers()).size
    made = {
        "format": FORMAT,
        "checkpoint": note,
        "entries": [_entry(desk, row_of(desk, book, id_), size) for id_ in ids],
        "growth": None if since is None else _growth(desk, book, since, size),
    }
    text = json.dumps(made, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode() + b"\n"


def _entry(desk: Desk, row: Row, size: int) -> dict[str, Any]:
    place = prove_entry(desk.ledger.store, row)
    if place.size != size:
        raise DeskError(f"{row.entry.book} grew while the proof was made; ask for it again")
    with desk.ledger.store.view() as view:
        hidden = row.entry.seq in out_of_sight(view.removals(row.entry.book))
    shown = not hidden and row.body is not None and row.salt is not None
    return {
        "entry": b64encode(place.entry).decode(),
        "path": [b64encode(one).decode() for one in place.path],
        "body": b64encode(row.body or b"").decode() if shown else None,
        "salt": b64encode(row.salt or b"").decode() if shown else None,
    }


def _growth(desk: Desk, book: str, since: str, size: int) -> dict[str, Any]:
    """How the book grew from the checkpoint of it in a text."""
    known = desk.keys().verifiers()
    found = [one for one in split_notes(since) if open_checkpoint(one, known).book == book]
    if not found:
        raise DeskError(f"no checkpoint of {book} stands in the file that --since names")
    earlier = open_checkpoint(found[-1], known)
    growth = prove_growth(desk.ledger.store, book, earlier.size)
    if growth.later[0] != size:
        raise DeskError(f"{book} grew while the proof was made; ask for it again")
    if growth.earlier[1] != earlier.root:
        raise DeskError(
            f"{book} does not begin as that checkpoint has it; run `whoseword verify --checkpoint`"
        )
    return {"earlier": found[-1], "path": [b64encode(one).decode() for one in growth.path]}
