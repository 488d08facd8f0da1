"""What the doors need of homes and of their folders; ``wiring`` says how they are had."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from whoseword.books.ids import Entropy
from whoseword.books.notes import Signer, Verifier
from whoseword.books.protocol import Evidence, Store, View
from whoseword.books.restoring import Progress, SealNote

if TYPE_CHECKING:
    from whoseword.doors.desk import Desk
    from whoseword.doors.second_reader import SecondReader


class Keys(Protocol):
    """The keys with which a home signs its checkpoints, and those that it has handed out."""

    def signer(self, entropy: Entropy) -> Signer:
        """The key in use, made where there is none."""

    def verifiers(self) -> tuple[Verifier, ...]:
        """Who may have signed for the home: the key in use, then earlier ones."""

    def rotate(self, entropy: Entropy, now: datetime) -> str:
        """Put a new key in the place of the one in use; the note that says so."""

    def hand_out(self, notes: str) -> None:
        """Write down signed checkpoints before anybody is given them."""

    def handed_out(self) -> str:
        """Every checkpoint that was handed out, as signed notes."""


class Folder(Protocol):
    """The folder of a home beside its ledger."""

    @property
    def path(self) -> Path:
        """Where it lies."""

    def keys(self, home_id: str) -> Keys:
        """The keys of the home of that id."""

    def seals(self) -> list[SealNote]:
        """What was ever sealed in this home."""

    def note_seals(self, notes: Sequence[SealNote]) -> None:
        """Add to the register of seals."""

    def home_id(self) -> str | None:
        """Of which home the key files here are; None where there are none."""

    def identity(self, make: Callable[[], str]) -> str:
        """The age identity to which others encrypt for this home; ``make`` makes it once."""

    def set_aside_checkpoints(self, still: str, moment: str) -> Path | None:
        """Keep what was handed out under another name, and begin anew with what still holds."""

    def destroy(self, path: Path, digest: str) -> bool:
        """Destroy a file that is still what this program wrote; False where it is not."""

    def holding(self, words: Sequence[bytes], but: Sequence[Path]) -> list[Path]:
        """The files of the folder in which any of these bytes stand, other than ``but``."""


class Backup(Protocol):
    """A backup that can be read and checked."""

    def view(self) -> AbstractContextManager[View]:
        """Its one moment."""

    def evidence(self) -> AbstractContextManager[Evidence]:
        """As it lies in the file."""


class Homes(Protocol):
    """Where homes are, and how they are opened, backed up and put back."""

    def open(
        self, home: Path | None, clock: Callable[[], datetime]
    ) -> "AbstractContextManager[Desk]":
        """The home in a folder (the user's own where None), open for the length of a block."""

    def folder(self, home: Path | None) -> Folder:
        """The folder of a home, whether or not its ledger can be opened."""

    def second_reader(self) -> "SecondReader":
        """What reads a second time, if it is asked to; raises ``SecondReaderFailed`` where none is named."""

    def rules_folder(self) -> Path:
        """The folder of the rules that homes on this machine are opened by."""

    def read_seals(self, file: Path) -> list[SealNote]:
        """A register of seals that somebody kept elsewhere."""

    def write_backup(
        self, view: View, target: Path, check: Callable[[Backup], None], progress: Progress
    ) -> None:
        """Write one moment of a home into a file, once the check has let it pass."""

    def read_backup(self, path: Path) -> Backup:
        """A backup in a file."""

    def restore(
        self,
        home: Path | None,
        look: Callable[[Backup | None], None],
        fill: Callable[[Store], None],
        replace: bool,
    ) -> None:
        """Show the ledger that is there, let ``fill`` fill an empty store, and make it the ledger.

        Nobody else has the home open meanwhile. Raises what either raises, and then nothing is
        changed.
        """
