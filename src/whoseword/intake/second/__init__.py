"""A second reader: a language model that is asked, and of whose answer only what can be found counts.

It is off unless somebody asks for it. What it returns becomes drafts like any others, but each quote
must stand in the document word for word, each name in its words, each kind and slot in the contract;
the rest is kept apart as "unlocated", with the reason, and can never be signed. A machine clears
nobody, finds nothing, joins no two names (law 6), and a text cannot change that: whatever it tells
the model to do, all that comes back is checked alike.
"""

from whoseword.intake.second.asking import PROMPT_VERSION, Stretch, request_of, stretches_of
from whoseword.intake.second.locating import SecondReading, located, with_extra
from whoseword.intake.second.shapes import (
    CAUTIONS,
    OTHER_READING,
    READER,
    Unlocated,
    WhyUnlocated,
    decode_unlocated,
    encode_unlocated,
    is_unlocated,
    unlocated_name,
)

__all__ = [
    "CAUTIONS",
    "OTHER_READING",
    "PROMPT_VERSION",
    "READER",
    "SecondReading",
    "Stretch",
    "Unlocated",
    "WhyUnlocated",
    "decode_unlocated",
    "encode_unlocated",
    "is_unlocated",
    "located",
    "request_of",
    "stretches_of",
    "unlocated_name",
    "with_extra",
]
