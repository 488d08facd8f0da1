"""That it was said, unaltered: append-only books, one custodian and one class each."""

from whoseword.books.appending import OWNER_IF_UNTOLD, Receipt
from whoseword.books.chain import Entry
from whoseword.books.errors import (
    BatchRefused,
    BookError,
    LedgerBusy,
    LedgerClosed,
    LedgerDamaged,
    LedgerFull,
    LedgerReadOnly,
    NotALedger,
)
from whoseword.books.ledger import Ledger
from whoseword.books.protocol import Document, Draft, Head, Row, Store
from whoseword.books.verify import Checked, Expected, Fault, Verdict, unreadable, verify

__all__ = [
    "OWNER_IF_UNTOLD",
    "BatchRefused",
    "BookError",
    "Checked",
    "Document",
    "Draft",
    "Entry",
    "Expected",
    "Fault",
    "Head",
    "Ledger",
    "LedgerBusy",
    "LedgerClosed",
    "LedgerDamaged",
    "LedgerFull",
    "LedgerReadOnly",
    "NotALedger",
    "Receipt",
    "Row",
    "Store",
    "Verdict",
    "unreadable",
    "verify",
]
