"""A file without what is withheld, at the desk: no reason, no file; and it is searched before it is given.

Each redaction is a ``withheld`` statement of a named person in the agency's own incident book: item,
reason, authority, decider, review date. The words that went are in no statement.
"""

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

from whoseword.books import Receipt
from whoseword.doors.desk import Desk
from whoseword.doors.errors import DeskError
from whoseword.doors.files import write_whole
from whoseword.doors.page.paper import pdf_of_pictures
from whoseword.doors.page.rendering import environment
from whoseword.intake.form import Box
from whoseword.intake.redaction import (
    Page,
    Wanted,
    places_of_words,
    redacted_document,
    redacted_pages,
    wanted,
)
from whoseword.words import Source, Speaker, SpeakerKind, Stance, Statement
from whoseword.words.aftermath import Withheld

_PDF: Final = b"%PDF"
_ZIP: Final = b"PK"


class Ground(NamedTuple):
    """On what ground something is withheld: why, by which authority, who decides, until which review."""

    reason: str
    authority: str
    name: str
    review: str | None


class Redacting(NamedTuple):
    """What is asked: the file, what goes of it, and on what ground."""

    file: Path
    passages: Sequence[str]
    boxes: Sequence[tuple[int, Box]]
    ground: Ground


class Redacted(NamedTuple):
    """A file that was made: its bytes, how many places went, and the digest of the original."""

    content: bytes
    removed: int
    original: str


def redact(asked: Redacting) -> Redacted:
    """The file without what goes. Raises ``NotRedacted`` or ``DeskError``; then nothing is made."""
    original = asked.file.read_bytes()
    gone = wanted(asked.passages)
    name = asked.file.name
    if original.startswith(_PDF):
        pages = redacted_pages(original, name, gone, asked.boxes)
        content, removed = _pdf(pages), sum(one.removed for one in pages)
    elif original.startswith(_ZIP) and not asked.boxes:
        content, removed = redacted_document(original, name, gone)
    else:
        raise DeskError(
            f"{name} is no PDF and no Word document (.docx, which has no boxes); print it to a PDF"
        )
    _check(content, gone, name)
    return Redacted(content, removed, sha256(original).hexdigest())


def _check(content: bytes, gone: Wanted, name: str) -> None:
    """Refuse what still holds the words anywhere, whatever the parts that made it were meant to do."""
    left = places_of_words(content, gone)
    if left:
        raise DeskError(
            f"the new file would still hold words that are to go, in {', '.join(left[:3])}; nothing "
            f"was written of {name}"
        )


def _pdf(pages: Sequence[Page]) -> bytes:
    page = (
        environment()
        .get_template("redacted.html.j2")
        .render(
            title="A document without what is withheld",
            pages=[one._asdict() | {"picture": b64encode(one.picture).decode()} for one in pages],
        )
    )
    return pdf_of_pictures(page)


def keep(desk: Desk, incident: str, asked: Redacting, made: Redacted, out: Path) -> list[Receipt]:
    """Say what is withheld, and write the file, in this order: no file without its statement."""
    ground, agency = asked.ground, desk.owner.agency
    places = "1 place" if made.removed == 1 else f"{made.removed} places"
    statement = Statement(
        incident=incident,
        book=f"{agency}/incident/redactions",
        speaker=Speaker(ground.name, SpeakerKind.OFFICIAL, agency),
        stance=Stance.DOES,
        fact=Withheld(
            item=f"{places} of document {made.original}",
            by=agency,
            reason=ground.reason,
            authority=ground.authority,
            review=ground.review,
        ),
        source=Source(entered_by=ground.name),
        signed_by=ground.name,
    )
    receipts = desk.ledger.append([statement])
    write_whole(out, made.content)
    return receipts
