"""The errors of the books, drawn once.

Every message says what happened, where, and what to do next; nothing is half written.

::

    WhoseWordError              (words.errors)
    └── BookError               the books could not do what was asked
        ├── BatchRefused        statements that cannot stand; nothing of the batch was appended
        ├── LedgerBusy          another process held the lock for too long
        ├── LedgerClosed        the ledger was closed before the batch was on disk
        ├── LedgerDamaged       what is stored is not what was written
        ├── LedgerFull          no room left on the disk
        ├── LedgerReadOnly      the file or its folder may not be written
        └── NotALedger          the file is something else, or of a later version
"""

from collections.abc import Sequence

from whoseword.words.errors import WhoseWordError, WordFault


class BookError(WhoseWordError):
    """The books could not do what was asked."""


class BatchRefused(BookError):
    """Statements that cannot stand; nothing of their batch was appended.

    ``faults`` pairs the index of a statement in the batch, counted from 0, with what is wrong
    with it, in the batch's order; it holds at most the first 20.
    """

    def __init__(self, faults: Sequence[tuple[int, WordFault]]) -> None:
        self.faults = tuple(faults)
        lines = [f"statement {index + 1}: {fault}" for index, fault in self.faults]
        super().__init__("\n".join(["nothing was appended", *lines]))


class LedgerBusy(BookError):
    """Another process held the lock for too long; nothing was written, so simply try again."""


class LedgerClosed(BookError):
    """The ledger was closed before the batch was on disk; nothing of it was appended."""


class LedgerDamaged(BookError):
    """What is stored is not what was written; ``whoseword verify`` says where."""


class LedgerFull(BookError):
    """No room left on the disk; nothing was written."""


class LedgerReadOnly(BookError):
    """The file or its folder may not be written."""


class NotALedger(BookError):
    """The file is something else, or was made by a later version of the program."""
