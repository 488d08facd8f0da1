"""Backup and restore at the desk: what is written is checked, and what is put back is held to
everything that is known of the books.

Known are the checkpoints that the home handed out, those that the person brings, and what still
stands in the home. A backup that holds less is refused unless the person says to go back.
"""

from collections.abc import Sequence
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from typing import NamedTuple

from whoseword.books import Verdict
from whoseword.books.ids import Entropy
from whoseword.books.notes import Verifier
from whoseword.books.protocol import Store, View
from whoseword.books.restoring import (
    Known,
    Older,
    Progress,
    SealAgain,
    SealNote,
    fill,
    older_than,
    refuse_faults,
    refuse_older,
)
from whoseword.books.verify import Expected, verify
from whoseword.doors.desk import HOME_ID, Desk
from whoseword.doors.homes import Backup, Homes
from whoseword.doors.proofs import expectations, handed_out
from whoseword.doors.sealing import BACKUP
from whoseword.words import WhoseWordError
from whoseword.words.times import microseconds, moment_text


def back_up(desk: Desk, homes: Homes, target: Path, progress: Progress) -> Verdict:
    """Write a backup of this moment and register it; what its own check found.

    It is held to every checkpoint that was handed out. Raises ``RestoreRefused`` where it does not
    hold, and then whatever lay there before is still there.
    """
    keys = desk.earlier_keys()
    expected = [one.expected for one in handed_out(keys)] if keys else []
    verdicts: list[Verdict] = []

    def check(backup: Backup) -> None:
        verdicts.append(verify(backup, None, expected))
        refuse_faults(verdicts[-1])

    with desk.ledger.store.view() as view:
        homes.write_backup(view, target, check, progress)
    with target.open("rb") as file:
        desk.note_copy(target, BACKUP, "", file_digest(file, "sha256").hexdigest())
    return verdicts[-1]


class Asked(NamedTuple):
    """How a backup is to be put back.

    ``checkpoints`` is a text of signed notes that the person brings, ``verifiers`` keys for them
    beside the home's own, ``seals`` what was sealed elsewhere since; ``older`` allows going back,
    ``replace`` takes the place of the ledger that is there.
    """

    home: Path | None
    checkpoints: str = ""
    verifiers: tuple[Verifier, ...] = ()
    seals: tuple[SealNote, ...] = ()
    older: bool = False
    replace: bool = False


class Restored(NamedTuple):
    """What was put back: the books as checked, what was sealed again, in what it is older.

    ``aside`` is where the checkpoints that no longer hold are kept.
    """

    verdict: Verdict
    sealed: tuple[SealNote, ...]
    older: tuple[Older, ...]
    aside: Path | None


def restore(
    homes: Homes, source: Path, asked: Asked, now: datetime, entropy: Entropy, progress: Progress
) -> Restored:
    """Put a backup back. Raises ``RestoreRefused``, and then nothing was changed."""
    backup = homes.read_backup(source)
    folder = homes.folder(asked.home)
    with backup.view() as view:
        sizes = {head.book: head.size for head in view.heads()}
        home_id = view.setting(HOME_ID)
    known = [
        Known("in this home", Expected(head.book, head.size, ""))
        for head in homes.heads(asked.home)
    ]
    if home_id is not None:
        keys = folder.keys(home_id)
        known += handed_out(keys)
        known += _brought(asked, keys.verifiers())
    elif asked.checkpoints:
        raise WhoseWordError(
            "the backup is of a home that never handed out a checkpoint; leave --checkpoint out"
        )
    older = older_than(sizes, known)
    if not asked.older:
        refuse_older(older)
    fitting = [
        one.expected
        for one in known
        if one.expected.root and one.expected.size <= sizes.get(one.expected.book, 0)
    ]
    refuse_faults(verify(backup, None, fitting))
    notes = sorted({*folder.seals(), *asked.seals})
    again = SealAgain(notes, microseconds(now), entropy)
    with backup.view() as view:
        verdict, sealed = _put_back(homes, view, asked, again, progress)
    folder.note_seals(notes)
    aside = folder.set_aside_checkpoints(moment_text(now)) if older else None
    return Restored(verdict, tuple(sealed), tuple(older), aside)


def _brought(asked: Asked, own: Sequence[Verifier]) -> list[Known]:
    return [
        Known("in the checkpoint you gave", expected)
        for expected in expectations(asked.checkpoints, (*own, *asked.verifiers))
    ]


def _put_back(
    homes: Homes, view: View, asked: Asked, again: SealAgain, progress: Progress
) -> tuple[Verdict, list[SealNote]]:
    done: list[tuple[Verdict, list[SealNote]]] = []

    def into(store: Store) -> None:
        sealed = fill(store, view, again, progress)
        verdict = verify(store)
        refuse_faults(verdict)
        done.append((verdict, sealed))

    homes.restore(asked.home, into, asked.replace)
    return done[-1]
