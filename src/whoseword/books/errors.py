"""The errors of the books, drawn once.

Every message says what happened, where, and what to do next; nothing is half written.

::

    WhoseWordError              (words.errors)
    └── BookError               the books could not do what was asked
        ├── BatchRefused        statements that cannot stand; nothing of the batch was appended
        ├── BundleFault         what another home sent cannot be taken; nothing of it was
        ├── KeyFault            a key that cannot be used, or may not be as it lies there
        ├── LedgerBusy          another process held the lock for too long
        ├── LedgerClosed        the ledger was closed before the batch was on disk
        ├── LedgerDamaged       what is stored is not what was written
        ├── LedgerElsewhere     another machine uses the home
        ├── LedgerFull          no room left on the disk
        ├── LedgerReadOnly      the file or its folder may not be written
        ├── LedgerUnreachable   the database does not answer, or went away
        │   └── OutcomeUnknown  it went away in mid-commit, and may or may not have committed
        ├── ListingRefused      rows that cannot be listed; none of them was
        ├── MigrationFailed     a step of the structure failed; nothing was changed
        ├── NotALedger          the file is something else, or of a later version
        ├── NoteFault           a note or checkpoint that is malformed, or signed by nobody known
        ├── ProofFault          a proof that does not lead where it should
        ├── RemovalRefused      what cannot be sealed, quarantined or put back; nothing was done
        └── RestoreRefused      a backup that must not be put in the place of what is here
"""

from collections.abc import Sequence

from whoseword.words.errors import WhoseWordError, WordFault


class BookError(WhoseWordError):
    """The books could not do what was asked."""


class BundleFault(BookError):
    """What another home sent cannot be taken, or cannot be sent; the message says why."""


class BatchRefused(BookError):
    """Statements that cannot stand; nothing of their batch was appended.

    ``faults`` pairs the index of a statement in the batch, counted from 0, with what is wrong
    with it, in the batch's order; it holds at most the first 20.
    """

    def __init__(self, faults: Sequence[tuple[int, WordFault]]) -> None:
        self.faults = tuple(faults)
        lines = [f"statement {index + 1}: {fault}" for index, fault in self.faults]
        super().__init__("\n".join(["nothing was appended", *lines]))


class KeyFault(BookError):
    """A key that cannot be used, or may not be as it lies there; no private key is ever told."""


class LedgerBusy(BookError):
    """Another process held the lock for too long; nothing was written, so simply try again."""


class LedgerClosed(BookError):
    """The ledger was closed before the batch was on disk; nothing of it was appended."""


class LedgerDamaged(BookError):
    """What is stored is not what was written; ``whoseword verify`` says where."""


class LedgerElsewhere(BookError):
    """Another machine uses the home, and a file cannot serve two."""


class LedgerFull(BookError):
    """No room left on the disk; nothing was written."""


class LedgerReadOnly(BookError):
    """The file or its folder may not be written."""


class LedgerUnreachable(BookError):
    """The database does not answer, or went away; what was not receipted was not written."""


class OutcomeUnknown(LedgerUnreachable):
    """The database went away in mid-commit: what was written may stand, and is to be asked for.

    A batch of known ids that is said again is receipted again and enters no second time.
    """


class ListingRefused(BookError):
    """Rows of a file that cannot be listed as asked; none of them was."""


class MigrationFailed(BookError):
    """A step of the structure failed; nothing was changed."""


class NotALedger(BookError):
    """The file is something else, or was made by a later version of the program."""


class NoteFault(BookError):
    """A note or a checkpoint that says nothing: malformed, or signed by nobody that is known."""


class ProofFault(BookError):
    """A proof that does not lead where it should; whoever relies on it relies on nothing."""


class RemovalRefused(BookError):
    """What cannot be sealed, quarantined or put back; nothing was done."""


class RestoreRefused(BookError):
    """A backup that must not be put in the place of what is here; nothing was changed."""
