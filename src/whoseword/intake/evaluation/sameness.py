"""When two names mean one, and two slots say one thing, inside one document.

Names are compared as words: in lower case, without articles, titles and possessive endings, in
the singular, "Co" and "Dept" written out. A name is one with another if the words left are equal, or if both are of one kind
and have the same head noun, which is the last word before "of", "in", "who" and the like, and for
an agency the last that is not "office", "department" and the like. Two agencies whose other words
contradict each other ("state police", "harbor police") are two. All narrators of a document are
one.
"""

import re
from collections.abc import Sequence
from typing import Final

from whoseword.intake.evaluation.told import Told
from whoseword.words import Relay, Speaker, SpeakerKind

_WORD: Final = re.compile(r"[^\W_]+")
_POSSESSIVE: Final = re.compile(r"['’]s\b|(?<=s)['’](?=\s|$)")
_LEFT_OUT: Final = frozenset({"a", "an", "the", "his", "her", "its", "their", "our", "my", "your"})
_TITLES: Final = frozenset({
    "chief", "sheriff", "undersheriff", "deputy", "lt", "lieutenant", "sgt", "sergeant", "capt",
    "captain", "det", "detective", "dr", "mr", "mrs", "ms", "officer", "ofc", "agent", "special",
    "supt", "superintendent", "director", "prosecutor", "judge", "mayor", "interim", "acting",
    "police", "md", "do", "phd", "psyd", "lcsw", "lmsw", "msw", "lpc", "lmft", "rn", "np", "esq",
})  # fmt: skip
_ENDS: Final = frozenset({
    "of", "in", "at", "on", "from", "who", "that", "with", "near", "across", "behind", "to", "for",
})  # fmt: skip
_GENERIC: Final = frozenset({
    "office", "department", "division", "agency", "authority", "service", "bureau",
    "center", "centre", "company", "headquarters", "communication", "dispatch",
})  # fmt: skip
_WRITTEN_OUT: Final = {"co": "county", "dept": "department", "ofc": "officer", "supv": "supervisor"}
_OF_AGENCIES: Final = frozenset({SpeakerKind.AGENCY, SpeakerKind.RECORD, SpeakerKind.AUTOMATON})


def same_speaker(one: Speaker | Relay, other: Speaker | Relay) -> bool:
    """Whether two names of one document mean the same speaker."""
    if one.kind is SpeakerKind.NARRATOR or other.kind is SpeakerKind.NARRATOR:
        return one.kind is other.kind
    first, second = _without_titles(one), _without_titles(other)
    if first == second:
        return True
    if one.kind is not other.kind or _head(one) != _head(other):
        return False
    return one.kind not in _OF_AGENCIES or set(first) <= set(second) or set(second) <= set(first)


def same_chain(one: Sequence[Relay], other: Sequence[Relay]) -> bool:
    """Whether two chains have as many relays, the same in the same order."""
    return len(one) == len(other) and all(map(same_speaker, one, other))


def slots_alike(one: Told, other: Told) -> int:
    """How many values of slots the two have in common, each counted once.

    Two values are alike if they share at least half of their words, or their last word.
    """
    left = [(name, value) for name, values in other.slots for value in values]
    alike = 0
    for name, values in one.slots:
        for value in values:
            found = next((had for had in left if had[0] == name and _alike(value, had[1])), None)
            if found is not None:
                left.remove(found)
                alike += 1
    return alike


def slot_count(one: Told) -> int:
    """How many values its slots hold."""
    return sum(len(values) for _, values in one.slots)


def jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of the words of two spans that both hold."""
    return len(one & other) / len(one | other) if one or other else 0.0


def _alike(one: str, other: str) -> bool:
    first, second = _words(one), _words(other)
    if not first or not second:
        return first == second
    shared, every = len(set(first) & set(second)), len(set(first) | set(second))
    return 2 * shared >= every or first[-1] == second[-1]


def _words(name: str) -> tuple[str, ...]:
    plain = _POSSESSIVE.sub("", name.lower())
    words = (_WRITTEN_OUT.get(word, word) for word in _WORD.findall(plain))
    return tuple(_singular(word) for word in words if word not in _LEFT_OUT)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] not in "su" else word


def _without_titles(speaker: Speaker | Relay) -> tuple[str, ...]:
    """The words of a person's name but for titles, unless it is made of nothing else."""
    words = _words(speaker.name)
    if speaker.kind in _OF_AGENCIES:
        return words
    return tuple(word for word in words if word not in _TITLES) or words


def _head(speaker: Speaker | Relay) -> str:
    words = _words(speaker.name)
    end = next((place for place, word in enumerate(words) if place and word in _ENDS), len(words))
    heads = list(words[:end])
    while len(heads) > 1 and speaker.kind in _OF_AGENCIES and heads[-1] in _GENERIC:
        heads.pop()
    return heads[-1] if heads else ""
