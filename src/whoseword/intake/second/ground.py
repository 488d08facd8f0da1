"""What a returned statement is held against: the document, and the first reader's reading of it.

The first reader tells where sentences are, in whose own voice each part of a document speaks, and
who its speakers are. So both readers mean the same person by the same words, and a message in a
thread is its sender's word and not that of whoever wrote first.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from whoseword.intake.documents import KeptDocument
from whoseword.intake.drafts import Draft, SentenceReading, Silence, Span
from whoseword.intake.second.placing import Region
from whoseword.words import Occasion, Speaker

_WORD: Final = re.compile(r"[^\W_]+")
_ARTICLE: Final = re.compile(r"(?i)^(?:the|an?)\s+")
_PRONOUNS: Final = frozenset(
    {"i", "me", "my", "we", "us", "our", "you", "he", "him", "his", "she", "her", "hers", "it",
     "its", "they", "them", "their", "who", "one", "someone", "somebody", "anyone", "nobody"}
)  # fmt: skip
_SET_ASIDE: Final = frozenset({Silence.SEALED, Silence.SURROUNDINGS, Silence.QUOTED_AGAIN})


class Voice(msgspec.Struct, frozen=True):
    """In whose name a part of a document speaks where it quotes nobody, and when and where."""

    span: Span
    speaker: Speaker
    said: str | None = None
    occasion: Occasion | None = None
    is_record: bool = False


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """On what answers are held.

    `document` is as it stands in sight, `sent` its text as it left the machine, of the same length:
    confidential addresses in it are unreadable. `first` are the first reader's drafts, `sentences`
    its account of every sentence, `hidden` the spans that are out of sight.
    """

    document: KeptDocument
    sent: str
    first: tuple[Draft, ...]
    sentences: tuple[SentenceReading, ...]
    voices: tuple[Voice, ...]
    hidden: Sequence[Span]
    incident: str
    book: str

    def region(self, stretch: Span) -> Region:
        """A stretch, as words are looked for in it."""
        asides = (one.span for one in self.sentences if one.why in _SET_ASIDE)
        near = (one for one in asides if one[0] < stretch[1] and stretch[0] < one[1])
        return Region(self.sent, stretch, tuple(near))

    def sentence_at(self, span: Span) -> SentenceReading | None:
        """The one sentence in which a span stands whole; None where it runs over several."""
        starts = [one.span[0] for one in self.sentences]
        at = bisect_right(starts, span[0]) - 1
        found = self.sentences[at] if at >= 0 else None
        return found if found is not None and span[1] <= found.span[1] else None

    def voice_at(self, span: Span) -> Voice | None:
        """In whose own voice the document speaks there."""
        within = (one for one in self.voices if one.span[0] <= span[0] < one.span[1])
        return next(within, None)


class Known(msgspec.Struct, frozen=True):
    """What a document's words and the first reader's drafts let a reader name."""

    words: frozenset[str]
    speakers: Mapping[str, Speaker]


def known_in(ground: Ground) -> Known:
    """The words of a document, and its speakers by their names and by the words that name them."""
    speakers: dict[str, Speaker] = {}
    for draft in ground.first:
        speaker = draft.statement.speaker
        speakers.setdefault(plain_name(speaker.name).casefold(), speaker)
        if draft.speaker_span is not None:
            words = ground.document.text[slice(*draft.speaker_span)]
            if not is_pronoun(words):
                speakers.setdefault(plain_name(words).casefold(), speaker)
    return Known(frozenset(words_of(ground.sent)), speakers)


def words_of(text: str) -> list[str]:
    """The words of a text or of a name, in small letters."""
    return _WORD.findall(text.casefold())


def all_in(name: str, words: frozenset[str]) -> bool:
    """Whether every word of a name is among others, in singular or plural."""
    return all(
        one in words or f"{one}s" in words or (one.endswith("s") and one[:-1] in words)
        for one in words_of(name)
    )


def plain_name(words: str) -> str:
    """A name as a statement holds it: on one line, without an article."""
    return _ARTICLE.sub("", " ".join(words.split()))


def is_pronoun(words: str) -> bool:
    """Whether words name nobody by themselves."""
    return words.strip().casefold() in _PRONOUNS
