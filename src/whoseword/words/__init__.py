"""What can be said: statements, stances, kinds of fact, and the two times.

The first package of the house; it imports none of the others.
"""

from whoseword.words.decoding import (
    decode_body,
    decode_statement,
    encode_body,
    encode_statement,
    parse_json,
    statement_from,
    statement_value,
)
from whoseword.words.errors import WhoseWordError, WordFault
from whoseword.words.fact import Fact
from whoseword.words.kinds import ANYONE, FACTS, IMPLIES, kind_of, make_fact
from whoseword.words.matters import Matter, matter_of, parse_matter
from whoseword.words.statement import Occasion, Relay, Source, Speaker, Statement
from whoseword.words.times import Happened
from whoseword.words.vocabulary import (
    AFFIRMING,
    FIRST_HAND,
    NON_ANSWERS,
    Basis,
    BookClass,
    Hedge,
    SpeakerKind,
    Stance,
    Standing,
)

__all__ = [
    "AFFIRMING",
    "ANYONE",
    "FACTS",
    "FIRST_HAND",
    "IMPLIES",
    "NON_ANSWERS",
    "Basis",
    "BookClass",
    "Fact",
    "Happened",
    "Hedge",
    "Matter",
    "Occasion",
    "Relay",
    "Source",
    "Speaker",
    "SpeakerKind",
    "Stance",
    "Standing",
    "Statement",
    "WhoseWordError",
    "WordFault",
    "decode_body",
    "decode_statement",
    "encode_body",
    "encode_statement",
    "kind_of",
    "make_fact",
    "matter_of",
    "parse_json",
    "parse_matter",
    "statement_from",
    "statement_value",
]
