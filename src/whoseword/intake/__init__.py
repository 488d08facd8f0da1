"""How the world speaks to the ledger: documents are kept, and read into drafts.

Nothing here enters a book. A machine's reading is a draft until a named person signs it.
"""

from whoseword.intake.documents import KeptDocument, keep_document
from whoseword.intake.unreadable import UnreadableDocument

__all__ = ["KeptDocument", "UnreadableDocument", "keep_document"]
