"""Which files still carry what a later release corrected, and who settled which.

The files are those that the home registered when it wrote them; the words by which people settle one
stand in the agency's own incident book, since a path is nobody else's business.
"""

import re
from typing import Final

from whoseword.access import Reader
from whoseword.books import Receipt
from whoseword.doors.desk import Desk
from whoseword.doors.errors import DeskError
from whoseword.doors.publishing import book_of
from whoseword.record.releases import releases_in
from whoseword.record.to_correct import (
    RULE,
    Output,
    State,
    ToCorrect,
    item_of,
    to_correct,
    told_item,
)
from whoseword.words import Source, Speaker, SpeakerKind, Stance, Statement
from whoseword.words.aftermath import Published, Waived

_OF_RELEASE: Final = re.compile(r"release (\d+)")


def _book(desk: Desk) -> str:
    return f"{desk.owner.agency}/incident/corrections"


def list_to_correct(desk: Desk, incident: str, reader: Reader) -> list[ToCorrect]:
    """Every file that carries a line which was corrected since, settled or not."""
    _, told = desk.read("corrections", incident, reader)
    public = [one for one in told.statements if one.book == book_of(desk)]
    said = [one for one in told.statements if one.book == _book(desk)]
    with desk.ledger.store.view() as view:
        outputs = [
            Output(one.path, int(match[1]), one.written)
            for one in view.copies()
            if one.incident == incident and (match := _OF_RELEASE.fullmatch(one.kind))
        ]
    return to_correct(releases_in(public, incident, desk.owner.agency), outputs, said)


def settle(
    desk: Desk, incident: str, path: str, name: str, waived_for: str | None
) -> list[Receipt]:
    """Say that whoever had a file was told, or waive it with a reason, for each open row of it.

    Raises ``DeskError`` where nothing of that file is open.
    """
    rows = [
        one
        for one in list_to_correct(desk, incident, desk.owner)
        if one.output == path and one.state == State.OPEN.value
    ]
    if not rows:
        raise DeskError(
            f"{path} carries nothing of {incident} that is still to correct; `whoseword corrections "
            f"{incident}` lists what does"
        )
    versions = sorted({one.of_version for one in rows})
    facts = [
        Waived(rule=RULE, for_=item_of(path, version), by=name, reason=waived_for)
        if waived_for is not None
        else Published(item=told_item(path, version), by=desk.owner.agency)
        for version in versions
    ]
    return desk.ledger.append(
        [
            Statement(
                incident=incident,
                book=_book(desk),
                speaker=Speaker(name, SpeakerKind.OFFICIAL, desk.owner.agency),
                stance=Stance.DOES,
                fact=fact,
                source=Source(entered_by=name),
                signed_by=name,
            )
            for fact in facts
        ]
    )
