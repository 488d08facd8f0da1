"""Who may be whom: what the documents leave open, put to a person as questions.

No program says that two mentions are one (law 6). It can say where a person must: a name that two
documents use, a word that could mean several people of its own document, and two names of two
documents of which one says more than the other.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from itertools import combinations
from typing import Final

import msgspec

from whoseword.account.joins import joined_names
from whoseword.account.known import Known, known_at
from whoseword.intake.drafts import Draft
from whoseword.intake.signing import SharedName, entity_names, fresh_names, shared_names
from whoseword.words import Stance, Statement
from whoseword.words.scene import Same

_MOST_WORDS: Final = 8


class Open(Enum):
    """What of a draft could be one of several."""

    MENTION = "mention"
    SPEAKER = "speaker"


CANDIDATES: Final = {"x_candidates": Open.MENTION, "x_speaker_candidates": Open.SPEAKER}
"""The keys of a draft under which those several stand."""


class Unclear(msgspec.Struct, frozen=True, kw_only=True):
    """A draft whose words could mean several, or be the words of several.

    Of a mention it names nobody; of its speaker it names one of them, `speaker`, all the same.
    """

    draft: str
    quote: str
    of: Open
    candidates: tuple[str, ...]
    speaker: str


class Alike(msgspec.Struct, frozen=True, order=True, kw_only=True):
    """Two names of two documents, of which one holds all the words of the other.

    `name` stands in a draft, so that `sign --join name=other` can be said of it; `together` is true
    where `other` stands in drafts alone, and both have to be signed at once.
    """

    name: str
    other: str
    stands_in: tuple[str, ...]
    together: bool


class Identities(msgspec.Struct, frozen=True, kw_only=True):
    """All that is to be asked of who is who, each list sorted or in the order of the drafts.

    `fresh` is a free name for each shared one that can be renamed at once; where two waiting
    documents share it there is none, since a rename would change it in both.
    """

    shared: tuple[SharedName, ...]
    fresh: dict[str, str]
    unclear: tuple[Unclear, ...]
    alike: tuple[Alike, ...]


def identities_of(
    drafts: Sequence[Draft], standing: Iterable[Statement], documents: Mapping[str, str]
) -> Identities:
    """What a person must be asked of the names in these drafts; nothing that was answered.

    `standing` are the incident's statements so far; `documents` gives file names by digest.
    """
    drafted = [one.statement for one in drafts]
    standing = tuple(standing)
    shared = shared_names(drafted, standing, documents)
    return Identities(
        shared=shared,
        fresh=fresh_names(shared, drafted, standing),
        unclear=tuple(_unclear(drafts)),
        alike=tuple(sorted(_alike(drafted, standing, documents))),
    )


def _unclear(drafts: Sequence[Draft]) -> Iterator[Unclear]:
    for draft in drafts:
        statement = draft.statement
        for key, of in CANDIDATES.items():
            given = statement.extra.get(key)
            listed = given if isinstance(given, list | tuple) else ()
            names = {one for one in listed if isinstance(one, str)}
            if len(names) > 1:
                yield Unclear(
                    draft=draft.draft,
                    quote=statement.source.quote or "",
                    of=of,
                    candidates=tuple(sorted(names)),
                    speaker=statement.speaker.name,
                )


def _alike(
    drafted: Sequence[Statement], standing: Sequence[Statement], documents: Mapping[str, str]
) -> Iterator[Alike]:
    """Pairs of names, never of one document alone: there its own words keep them apart."""
    places: dict[str, set[str]] = defaultdict(set)
    for statement in (*standing, *drafted):
        document = statement.source.document
        for name in entity_names(statement.fact) if document is not None else ():
            places[name].add(documents.get(document or "", document or ""))
    waiting = {name for one in drafted for name in entity_names(one.fact)}
    signed = {name for one in standing for name in entity_names(one.fact)}
    answers = _Answers(standing)
    for pair in _within(sorted(places)):
        if not waiting.intersection(pair) or places[pair[0]] & places[pair[1]]:
            continue
        if answers.has(*pair):
            continue
        # What is joined to another name has to stand in a draft.
        name, other = pair if pair[0] in waiting else pair[::-1]
        yield Alike(
            name=name,
            other=other,
            stands_in=tuple(sorted(places[name] | places[other])),
            together=other not in signed,
        )


def _within(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of names with one last word, of which one has all the words of the other and more.

    The words of each are looked up in every choice of fewer, so that it takes the time of the names
    and not of their pairs.
    """
    by_words: dict[str, dict[frozenset[str], list[str]]] = defaultdict(dict)
    for name in names:
        words = _words(name)
        by_words[words[-1]].setdefault(frozenset(words), []).append(name)
    for head, its in by_words.items():
        for long, longer in its.items():
            for short in _fewer(long, head) if len(long) <= _MOST_WORDS else its:
                for other in its.get(short, ()) if short < long else ():
                    for one in longer:
                        yield (one, other) if one < other else (other, one)


def _fewer(words: frozenset[str], head: str) -> Iterator[frozenset[str]]:
    """Every choice of fewer of these words that holds the head."""
    others = sorted(words - {head})
    for count in range(len(others)):
        for some in combinations(others, count):
            yield frozenset((head, *some))


class _Answers:
    """Which names a person has said to be one, or not to be one, in the books."""

    def __init__(self, standing: Sequence[Statement]) -> None:
        moments = [one.recorded for one in standing if one.recorded is not None]
        known: list[Known] = []
        if moments:
            known = known_at(standing, standing[0].incident, max(moments))
        self._names = joined_names(known)
        self._parted = {
            frozenset((one.statement.fact.who, one.statement.fact.whom))
            for one in known
            if isinstance(one.statement.fact, Same)
            and one.statement.stance is Stance.DENIES
            and one.replaced_by is None
        }

    def has(self, one: str, other: str) -> bool:
        """Whether it is answered whether these two are one."""
        joined = self._names.get(one, one) == self._names.get(other, other)
        return joined or frozenset((one, other)) in self._parted


def _words(name: str) -> list[str]:
    """The words of a name, without the number that tells it from another of its document."""
    words = [word for word in name.split("-") if word and not word.isdigit()]
    return words or [name]
