"""A draft is read as any document is, held against what its reader opens, and not kept.

Checking adds nothing to the home but the log's entry of the read: the draft is no source.
"""

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from whoseword.access import Reader
from whoseword.account import Account
from whoseword.account.joins import joined_names
from whoseword.account.known import known_at
from whoseword.doors.desk import Desk
from whoseword.doors.given_files import original_of
from whoseword.intake import Draft, KeptDocument, Silence, keep_document
from whoseword.record import Checked, Claim, DraftSentence, Ledger, check
from whoseword.words import Speaker, SpeakerKind
from whoseword.words.times import parse_moment

_NOT_READ = frozenset({None, Silence.NO_STATEMENT})


def check_draft(
    desk: Desk, path: Path, incident: str, reader: Reader, as_of: datetime | None
) -> tuple[Checked, Account, KeptDocument]:
    """Each sentence of a draft against the ledger, the account that it rests on, and the draft.

    Raises ``UnreadableDocument`` where no text can be had of the file.
    """
    document = keep_document(original_of(path), path.name)
    view = desk.account(incident, reader, as_of, "check")
    names = joined_names(known_at(view.statements.values(), incident, parse_moment(view.as_of)))
    ledger = Ledger(view, names, desk.zone)
    return check(sentences_of(document, incident), document.sha256, ledger), view, document


def sentences_of(document: KeptDocument, incident: str) -> list[DraftSentence]:
    """The sentences of a draft with what they claim, as the reader of documents finds it."""
    # The model takes a second to load, and no other command here needs it.
    from whoseword.intake.reading.whole import read_document, stretches

    reading = read_document(document, incident, "draft/public")
    drafts: dict[str, Draft] = {one.draft: one for one in reading.drafts}
    authors = {voice.speaker for _, voice in stretches(document)}
    return [
        DraftSentence(
            one.span,
            document.text[slice(*one.span)],
            tuple(_claim(drafts[name], authors) for name in one.drafts),
            bool(one.drafts) or one.why in _NOT_READ,
        )
        for one in reading.sentences
    ]


def _claim(draft: Draft, authors: Collection[Speaker]) -> Claim:
    """A claim is the draft's own where nobody but its author is said to say it."""
    speaker = draft.statement.speaker
    return Claim(draft.statement, speaker in authors or speaker.kind is SpeakerKind.NARRATOR)
