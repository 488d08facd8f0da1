"""How the world speaks to the ledger: documents are kept, and read into drafts.

Nothing here enters a book. A machine's reading is a draft until a named person signs it.
"""

from whoseword.intake.documents import KeptDocument, keep_document
from whoseword.intake.drafts import (
    Draft,
    Reader,
    Reading,
    SentenceReading,
    Silence,
    Span,
    decode_draft,
    draft_value,
    encode_draft,
    sentence_value,
    without_sealed,
)
from whoseword.intake.form import Form
from whoseword.intake.recordings import Recording, sha256_of, with_recording
from whoseword.intake.signing import NamesToSettle, Signing, UnknownName, sign
from whoseword.intake.unreadable import UnreadableDocument
from whoseword.intake.version import reader_version

__all__ = [
    "Draft",
    "Form",
    "KeptDocument",
    "NamesToSettle",
    "Reader",
    "Reading",
    "Recording",
    "SentenceReading",
    "Signing",
    "Silence",
    "Span",
    "UnknownName",
    "UnreadableDocument",
    "decode_draft",
    "draft_value",
    "encode_draft",
    "keep_document",
    "reader_version",
    "sentence_value",
    "sha256_of",
    "sign",
    "with_recording",
    "without_sealed",
]
