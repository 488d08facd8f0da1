"""Backup and restore at the desk: what is written is checked, and what is put back is held to
everything that is known of the books.

Known are the checkpoints that the home handed out, those that the person brings, and what still
stands in the home. A backup that holds less is refused unless the person says to go back.
"""

from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from typing import NamedTuple

from whoseword.books import BookError, RestoreRefused, Verdict
from whoseword.books.checkpoints import open_checkpoint, split_notes
from whoseword.books.claimed import UNKNOWN_UNTIL
from whoseword.books.exchanged import Received
from whoseword.books.ids import Entropy
from whoseword.books.notes import Verifier
from whoseword.books.protocol import Store, View
from whoseword.books.removings import Removing
from whoseword.books.restoring import (
    Again,
    Known,
    Older,
    Progress,
    SealNote,
    fill,
    notes_of,
    older_than,
    refuse_faults,
    refuse_older,
    sealed_received,
    unplaced,
)
from whoseword.books.verify import Expected, verify
from whoseword.doors.briefs import STAFF
from whoseword.doors.confidential import CONFIDENTIAL
from whoseword.doors.desk import ADOPTED, HOME_ID, OWNER, ZONE, Desk
from whoseword.doors.errors import DeskError
from whoseword.doors.homes import Backup, Folder, Homes, Keys
from whoseword.doors.partners import PARTNERS
from whoseword.doors.proofs import expectations, handed_out
from whoseword.doors.sealing import BACKUP
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

    # Registered before it is there, so that a seal that comes meanwhile names it.
    desk.note_copy(target, BACKUP, "", "")
    with desk.ledger.store.view() as view:
        sealed = _sealed_in(view)
        homes.write_backup(view, target, check, progress)
    with desk.ledger.store.view() as view:
        if _sealed_in(view) != sealed:
            target.unlink()
            raise DeskError(
                f"a statement was sealed while the backup was made, and {target} was destroyed; "
                "make it anew"
            )
    with target.open("rb") as file:
        desk.note_copy(target, BACKUP, "", file_digest(file, "sha256").hexdigest())
    return verdicts[-1]


def _sealed_in(view: View) -> tuple[list[SealNote], list[tuple[object, ...]]]:
    """Everything that is sealed, in the home's own books and in what was received."""
    return notes_of(view, Removing.SEALED), list(view.table("received_seals"))


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


class Moment(NamedTuple):
    """When it is done, and the randomness for what is written then."""

    now: datetime
    entropy: Entropy


def restore(homes: Homes, source: Path, asked: Asked, at: Moment, progress: Progress) -> Restored:
    """Put a backup back. Raises ``RestoreRefused``, and then nothing was changed."""
    restoring = _Restoring(homes.read_backup(source), homes.folder(asked.home), asked, at)
    homes.restore(
        asked.home,
        restoring.look,
        lambda store: restoring.fill(store, progress),
        asked.replace,
    )
    return restoring.end()


_EXCHANGED = {
    "bundles": slice(1, 2),
    "received": slice(2, 4),
    "received_seals": slice(1, 3),
    "received_bodies": slice(1, 3),
    "rule_sets": slice(1, 2),
}
"""What came from other homes, in the order in which it is put back, and by what a row is known."""

_CLAIMED = {"reminders": slice(1, 3), "reminders_told": slice(1, 3)}
"""Which reminders were claimed and told, in the same way."""

_KEPT = (OWNER, ZONE, ADOPTED, CONFIDENTIAL, PARTNERS, STAFF, UNKNOWN_UNTIL)
"""The settings of the home that is here which a backup does not undo."""


class _Here(NamedTuple):
    """What the home still holds: its id, its books, what was sealed, and later rows to keep.

    ``claims`` are the later ones on reminders, None where nobody can tell them.
    """

    home_id: str | None = None
    books: tuple[Known, ...] = ()
    seals: tuple[SealNote, ...] = ()
    quarantines: tuple[SealNote, ...] = ()
    later: tuple[tuple[str, list[tuple[object, ...]]], ...] = ()
    received: tuple[Received, ...] = ()
    settings: tuple[tuple[str, str], ...] = ()
    claims: list[tuple[str, list[tuple[object, ...]]]] | None = None


class _Restoring:
    """One restore: look at what is here and at the backup, fill the new store, tell what changed."""

    def __init__(self, backup: Backup, folder: Folder, asked: Asked, at: Moment) -> None:
        self._backup = backup
        self._folder = folder
        self._asked = asked
        self._at = at
        self._home_id: str | None = None
        self._sizes: dict[str, int] = {}
        self._here = _Here()
        self._older: list[Older] = []
        self._verdict = Verdict(True, [], [])
        self._sealed: list[SealNote] = []
        self._without: frozenset[str] = frozenset()

    def look(self, present: Backup | None) -> None:
        """Refuse what must not be put in the place of what is here."""
        with self._backup.view() as view:
            self._sizes = {head.book: head.size for head in view.heads()}
            self._home_id = view.setting(HOME_ID)
            self._here = _here(present, view)
        expected = self._here.home_id or self._folder.home_id()
        if self._home_id is not None and expected not in (None, self._home_id):
            raise RestoreRefused(
                "the backup is of another home; restore it into a folder of its own with --home DIR"
            )
        self._home_id = self._home_id or expected
        known = [*self._here.books, *self._handed_out()]
        self._older = older_than(self._sizes, known)
        if not self._asked.older:
            refuse_older(self._older)
        fitting = [
            one.expected
            for one in known
            if one.expected.root and one.expected.size <= self._sizes.get(one.expected.book, 0)
        ]
        refuse_faults(verify(self._backup, None, fitting))
        with self._backup.view() as view:
            self._without = unplaced(view, self._notes())

    def _handed_out(self) -> list[Known]:
        if self._home_id is None:
            if self._asked.checkpoints:
                raise RestoreRefused(
                    "the backup is of a home that never handed out a checkpoint; leave "
                    "--checkpoint out"
                )
            return []
        keys = self._folder.keys(self._home_id)
        brought = expectations(self._asked.checkpoints, (*keys.verifiers(), *self._asked.verifiers))
        return [*handed_out(keys), *(Known("in the checkpoint you gave", one) for one in brought)]

    def fill(self, store: Store, progress: Progress) -> None:
        """Put everything into an empty store, and check it there."""
        again = Again(
            seals=self._notes(),
            quarantines=self._here.quarantines,
            later=[*self._here.later, *(self._here.claims or ())],
            settings=dict(self._here.settings)
            | ({HOME_ID: self._home_id} if self._home_id is not None else {})
            | ({UNKNOWN_UNTIL: moment_text(self._at.now)} if self._here.claims is None else {}),
            without=self._without,
            now=microseconds(self._at.now),
            entropy=self._at.entropy,
            received=self._here.received,
        )
        with self._backup.view() as view:
            self._sealed = fill(store, view, again, progress)
        self._verdict = verify(store)
        refuse_faults(self._verdict)

    def _notes(self) -> list[SealNote]:
        notes = (*self._asked.seals, *self._here.seals, *self._folder.seals())
        return sorted({note.entry: note for note in notes}.values())

    def end(self) -> Restored:
        """Put the folder in order with what the home now holds."""
        self._folder.note_seals(self._notes())
        aside = None
        if self._older and self._home_id is not None:
            still = self._still(self._folder.keys(self._home_id))
            aside = self._folder.set_aside_checkpoints(still, moment_text(self._at.now))
        return Restored(self._verdict, tuple(self._sealed), tuple(self._older), aside)

    def _still(self, keys: Keys) -> str:
        """The handed-out checkpoints that the restored books still bear out."""
        notes = split_notes(keys.handed_out())
        opened = [(note, open_checkpoint(note, keys.verifiers())) for note in notes]
        return "\n".join(
            note for note, said in opened if said.size <= self._sizes.get(said.book, 0)
        )


def _here(present: Backup | None, backup: View) -> _Here:
    """What the ledger that is here still tells; nothing where it cannot be read."""
    if present is None:
        return _Here()
    try:
        found = verify(present)
        broken = {fault.book for fault in found.faults}
        with present.view() as view:
            return _Here(
                view.setting(HOME_ID),
                tuple(
                    Known(
                        "in this home",
                        Expected(one.book, one.size, "" if one.book in broken else one.root),
                    )
                    for one in found.books
                ),
                tuple(notes_of(view, Removing.SEALED)),
                tuple(notes_of(view, Removing.QUARANTINED)),
                (
                    ("reads", _later_reads(view, backup)),
                    ("copies", _later_copies(view, backup)),
                    *(_later_of(_EXCHANGED, present, backup) or ()),
                ),
                _received_here(present),
                tuple((name, value) for name in _KEPT if (value := view.setting(name)) is not None),
                _later_of(_CLAIMED, present, backup),
            )
    except BookError:
        # A ledger that cannot be read is what a restore is for.
        return _Here()


def _received_here(present: Backup) -> tuple[Received, ...]:
    """What other homes sent and was sealed here; a ledger of an earlier structure has no such."""
    try:
        with present.view() as view:
            return tuple(sealed_received(view))
    except BookError:
        return ()


def _later_reads(here: View, backup: View) -> list[tuple[object, ...]]:
    """The reads logged since the backup was made, which a restore is not to forget."""
    size, link = backup.last_read() or (0, None)
    rows = list(here.table("reads"))
    grew = size == 0 or (len(rows) >= size and rows[size - 1][2] == link)
    return rows[size:] if grew else []


def _later_rows(here: View, backup: View, name: str, of: slice) -> list[tuple[object, ...]]:
    """The rows of a table since the backup was made: a withdrawal must not be forgotten.

    Rows are told apart by what they hold, and numbered after those of the backup.
    """
    kept = list(backup.table(name))
    known = {tuple(row[of]) for row in kept}
    if name == "received_seals":
        # What stands in the backup is sealed again, with its words; see ``books.restoring``.
        known |= {tuple(row[2:4]) for row in backup.table("received")}
    last = max((int(str(row[0])) for row in kept), default=0)
    fresh = [row for row in here.table(name) if tuple(row[of]) not in known]
    return [(number, *row[1:]) for number, row in enumerate(fresh, start=last + 1)]


def _later_of(
    tables: dict[str, slice], present: Backup, backup: View
) -> list[tuple[str, list[tuple[object, ...]]]] | None:
    """The later rows of all of these; None where the ledger that is here has no such tables."""
    try:
        with present.view() as here:
            return [(name, _later_rows(here, backup, name, of)) for name, of in tables.items()]
    except BookError:
        return None


def _later_copies(here: View, backup: View) -> list[tuple[object, ...]]:
    """The files registered since the backup was made, which a later seal has to reach."""
    return list(here.table("copies"))[len(backup.copies()) :]
