"""A speaker set into the middle of what they say: "Acts of protest, the mayor said, are …".

The parser takes such an insertion for the clause that the rest hangs on, or for nothing at all; so
it is taken out first and parsed by itself, and the rest is read as one sentence in that mouth.
"""

import re
from typing import Final, NamedTuple

from whoseword.intake.drafts import Span
from whoseword.intake.reading.layout import Sentence

_VERBS: Final = (
    "said|says|told [a-z]+|added|adds|noted|notes|argued|argues|explained|explains|continued"
    "|concluded|acknowledged|insisted|insists|recalled|wrote|writes|warned|warns|stated|states"
    "|reported|reports|testified|claimed|claims|conceded|observed|suggested|announced|believes"
)
_INSERTED: Final = re.compile(
    r",\s+(?P<words>(?P<who>(?:[A-Z][\w.'’-]*|[a-z]+)(?:\s+[\w.'’-]+){0,5}?)\s+"
    rf"(?:later\s+|also\s+)?(?:{_VERBS})(?:\s+(?:on\s+)?[A-Z][a-z]+day)?),\s+"
)
# "…, the family's attorney, Lena Ortiz, said": who it is stands between commas too.
_BY_OFFICE: Final = re.compile(
    r",\s+(?P<words>(?P<who>(?:the|a|an|his|her|their|its)\s+[\w.'’-]+(?:\s+[\w.'’-]+){0,6},\s+"
    r"[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){1,3}),\s+"
    rf"(?:later\s+|also\s+)?(?:{_VERBS})(?:\s+(?:on\s+)?[A-Z][a-z]+day)?)(?:,\s+|(?=\.?\s*\Z))"
)
_NO_SUBJECT: Final = frozenset(
    [
        "and",
        "as",
        "because",
        "but",
        "for",
        "if",
        "since",
        "so",
        "that",
        "though",
        "what",
        "when",
        "which",
        "while",
        "who",
        "whom",
        "although",
        "after",
        "before",
        "or",
        "where",
        "whose",
        "whether",
    ]
)


class Insertion(NamedTuple):
    """The words of an insertion, and the parts of its sentence before and after it."""

    words: Span
    before: Span
    after: Span


def inserted_in(text: str, sentence: Sentence) -> Insertion | None:
    """The speaker and verb that stand between commas in a sentence, if some do."""
    by_office = _BY_OFFICE.finditer(text[: sentence.end], sentence.body)
    for match in (*by_office, *_INSERTED.finditer(text, sentence.body, sentence.end)):
        if match["who"].split()[0].lower() in _NO_SUBJECT or match.start() == sentence.body:
            continue
        return Insertion(
            match.span("words"), (sentence.body, match.start()), (match.end(), sentence.end)
        )
    return None
