"""That it was said, unaltered: append-only books, one custodian and one class each."""

from whoseword.books.appending import Receipt
from whoseword.books.chain import Entry
from whoseword.books.errors import (
    BatchRefused,
    BookError,
    LedgerBusy,
    LedgerClosed,
    LedgerDamaged,
    LedgerElsewhere,
    LedgerFull,
    LedgerReadOnly,
    LedgerUnreachable,
    MigrationFailed,
    NotALedger,
    OutcomeUnknown,
    RemovalRefused,
    RestoreRefused,
)
from whoseword.books.ledger import Ledger
from whoseword.books.protocol import Copy, Document, Draft, Head, Row, Store
from whoseword.books.reads import Read
from whoseword.books.removed import Removed, Told
from whoseword.books.removing import Asked, Done, Plan
from whoseword.books.verify import Checked, Expected, Fault, Verdict, unreadable, verify

__all__ = [
    "Asked",
    "BatchRefused",
    "BookError",
    "Checked",
    "Copy",
    "Document",
    "Done",
    "Draft",
    "Entry",
    "Expected",
    "Fault",
    "Head",
    "Ledger",
    "LedgerBusy",
    "LedgerClosed",
    "LedgerDamaged",
    "LedgerElsewhere",
    "LedgerFull",
    "LedgerReadOnly",
    "LedgerUnreachable",
    "MigrationFailed",
    "NotALedger",
    "OutcomeUnknown",
    "Plan",
    "Read",
    "Receipt",
    "RemovalRefused",
    "Removed",
    "RestoreRefused",
    "Row",
    "Store",
    "Told",
    "Verdict",
    "unreadable",
    "verify",
]
