"""What differs between two sentences that tell the same, where it matters to whoever relies on it.

Sentences are paired by the words that they share. Other words for the same are no drift: only what
makes a sentence surer than its source, turns it round, gives it to another speaker, or changes a
number, a name or what stands between quotation marks is listed, each with both sentences. Hedges,
denials and verbs of saying are known from lists; what stands in none of them is not seen, and a
number or a name that is merely left out is none.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from whoseword.intake.copies.negations import is_turned, negations_of
from whoseword.intake.copies.papers import WORD, place_in, words_of
from whoseword.intake.copies.shapes import Change, Drift, Paper, Place
from whoseword.intake.form import Span
from whoseword.intake.reading.lexicon import HEDGES_POSSIBLE, HEDGES_REPORTED

_LEAST_ALIKE: Final = 0.4
_LEAST_WORDS: Final = 4
_LEAST_TELLING: Final = 3
_LEAST_WITHIN: Final = 0.75
_MOST_LOOKED_UP: Final = 1_000
_MOST_WEIGHED: Final = 24
_COMMON: Final = frozenset(
    {"a", "an", "and", "as", "at", "be", "been", "by", "for", "from", "had", "has", "have", "he",
     "her", "his", "in", "is", "it", "of", "on", "said", "she", "that", "the", "they", "to", "was",
     "were", "who", "with"}
)  # fmt: skip
_HEDGE: Final = (
    HEDGES_POSSIBLE
    | HEDGES_REPORTED
    | frozenset({"may", "might", "could", "appears", "appeared", "seems", "seemed", "believed",
                 "suspected", "alleged", "possible", "possibly", "unclear", "unconfirmed", "accused",
                 "purported", "supposed", "rumored", "thought"})
)  # fmt: skip
_MONTH_OF_MAY: Final = re.compile(r"(?<![.!?\"“] )(?<!^)\bMay\b|\bM(?:ay|AY)(?=,? \d)")
_OPEN: Final = re.compile(
    r"(?i)\b(?:could|can|would|will|did|does|has|have) ?(?:not|n['’]t) (?:yet )?(?:say|said|confirm(?:ed)?"
    r"|comment(?:ed)?|tell|told|know|determined?)\b|\bdo(?:es)? ?(?:not|n['’]t) know\b"
    r"|\bcannot (?:say|confirm|tell)\b"
    r"|\b(?:declin|refus)(?:ed|es|ing) to (?:say|confirm|comment|tell|answer|discuss)\b"
    r"|\bnot (?:been )?(?:confirmed|verified)\b|\bno (?:immediate )?(?:comment|response)\b"
)
_SAYS: Final = (
    r"(?:said|says|told|stated|states|reported|added|wrote|confirmed|alleged|testified|claimed|claims"
    r"|denied|denies|admitted|admits|insisted|insists|acknowledged|explained)"
)
_SAID: Final = re.compile(rf"(?i)\baccording to\b|\b{_SAYS}\b")
_SAYER: Final = re.compile(
    rf"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir) (?:[a-z'’-]+ ){{0,2}}?([a-z'’-]+) {_SAYS}\b"
    rf"|\b{_SAYS} (?:the|an?|his|her|their) ([a-z'’-]+)[,.]"
    r"|\b[Aa]ccording to (?:the|an?|his|her|their) (?:[a-z'’-]+ ){0,2}?([a-z'’-]+)(?=[,.]|$)"
)
_NUMBERS: Final = {
    word: str(number)
    for number, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
         "eleven", "twelve")
    )
}  # fmt: skip
_NAME: Final = re.compile(r"(?<![.!?\"“] )(?<!^)\b[A-Z][a-z]+(?: [A-Z][a-z]+)*\b")
_QUOTED: Final = re.compile(r"[\"“]([^\"“”]{8,})[\"”]")
_DAYS: Final = frozenset(
    {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
)
_ORDER: Final = {one: rank for rank, one in enumerate(Change)}


class _Sentence(NamedTuple):
    span: Span
    text: str
    in_order: tuple[str, ...]
    words: frozenset[str]
    telling: frozenset[str]


def drifts_between(there: Paper, here: Paper, *, is_first: bool = True) -> tuple[Drift, ...]:
    """What differs `here` from `there`, the gravest first, then as it stands here.

    `is_first` is false where nothing tells that the words stood there first: then no change is told
    in one direction.
    """
    sources = _Sources(there)
    changes = _changes if is_first else _differences
    found: list[Drift] = []
    for its in _sentences(here):
        source = sources.nearest(its)
        if source is None:
            continue
        places: tuple[Place, Place] | None = None
        for change, words in changes(source.text, its.text):
            places = places or (place_in(there, source.span), place_in(here, its.span))
            found.append(Drift(change=change, there=places[0], here=places[1], words=words))
    return tuple(sorted(found, key=lambda one: (_ORDER[one.change], one.here.start)))


def _sentences(paper: Paper) -> Iterator[_Sentence]:
    for start, end in paper.sentences:
        text = paper.text[start:end]
        words = tuple(words_of(text))
        if len(words) >= _LEAST_WORDS:
            its = frozenset(words)
            yield _Sentence((start, end), text, words, its, its - _COMMON)


class _Sources:
    """The sentences of a paper, to be found by their rarest words.

    A sentence is weighed against those alone that share its rarest words, and no more than a set
    number of entries is looked up for it: so the work grows with the sentences and not with the
    pairs of them. One of which every word is common in a long paper may so find no partner.
    """

    def __init__(self, paper: Paper) -> None:
        self.all = list(_sentences(paper))
        self.same = {one.in_order for one in self.all}
        self.holders: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(self.all):
            for word in one.telling or one.words:
                self.holders[word].append(at)

    def nearest(self, one: _Sentence) -> _Sentence | None:
        """The sentence that shares most words; None where one is the same word for word, where none
        shares enough, or where two share as many."""
        if one.in_order in self.same:
            return None
        ranked = sorted(
            ((_alike(one, self.all[at]), at) for at in self._candidates(one)),
            key=lambda pair: (-pair[0], pair[1]),
        )
        if not ranked or ranked[0][0] <= 0:
            return None
        if len(ranked) > 1 and ranked[0][0] == ranked[1][0]:
            return None
        return self.all[ranked[0][1]]

    def _candidates(self, one: _Sentence) -> list[int]:
        lists = sorted(
            (self.holders[word] for word in one.telling or one.words if word in self.holders),
            key=len,
        )
        counts: Counter[int] = Counter()
        looked_up = 0
        for holders in lists:
            looked_up += len(holders)
            if looked_up > _MOST_LOOKED_UP:
                break
            counts.update(holders)
        return [at for at, _ in counts.most_common(_MOST_WEIGHED)]


def _alike(one: _Sentence, other: _Sentence) -> float:
    """How alike two sentences are, 0 where they are not; one may leave out what the other has."""
    shared = len(one.words & other.words)
    either = shared / (len(one.words) + len(other.words) - shared)
    telling = len(one.telling & other.telling)
    within = telling / max(1, min(len(one.telling), len(other.telling)))
    is_within = telling >= _LEAST_TELLING and within >= _LEAST_WITHIN
    return either + within if either >= _LEAST_ALIKE or is_within else 0.0


_Changes = Iterator[tuple[Change, tuple[str, str]]]


def _changes(before: str, after: str) -> _Changes:
    """How the second sentence changed what the first, its source, says."""
    was_open, is_open = _OPEN.search(before), _OPEN.search(after)
    hedged, hedges = _hedges(before), _hedges(after)
    if _SAID.search(before) and not _SAID.search(after):
        yield Change.ATTRIBUTION_DROPPED, (_first(_SAID, before), "")
    if (hedged and not hedges and not is_open) or (was_open and not is_open):
        told = was_open.group() if was_open and not is_open else " ".join(hedged)
        yield Change.HEDGE_DROPPED, (told, "")
    elif hedges and not hedged and not was_open:
        yield Change.HEDGE_ADDED, ("", " ".join(hedges))
    yield from _either_way(before, after)


def _differences(one: str, other: str) -> _Changes:
    """How two sentences differ of which nobody knows which was first."""
    said = _first(_SAID, one), _first(_SAID, other)
    if bool(said[0]) != bool(said[1]):
        yield Change.ATTRIBUTION_IN_ONE, said
    hedged = [_first(_OPEN, text) or " ".join(_hedges(text)) for text in (one, other)]
    if bool(hedged[0]) != bool(hedged[1]) or bool(_OPEN.search(one)) != bool(_OPEN.search(other)):
        yield Change.HEDGE_IN_ONE, (hedged[0], hedged[1])
    yield from _either_way(one, other)


def _either_way(before: str, after: str) -> _Changes:
    """What differs, whichever was first."""
    old, new = words_of(before), words_of(after)
    if bool(_OPEN.search(before)) == bool(_OPEN.search(after)) and is_turned(old, new):
        yield Change.NEGATION, (" ".join(negations_of(old)), " ".join(negations_of(new)))
    sayers = _sayers(before), _sayers(after)
    gone, come = sayers[0] - set(new), sayers[1] - set(old)
    if gone and come:
        yield Change.SPEAKER, (" ".join(sorted(gone)), " ".join(sorted(come)))
    one, other = set(_numbers(old)), set(_numbers(new))
    if one - other and other - one:
        yield Change.NUMBER, (" ".join(sorted(one - other)), " ".join(sorted(other - one)))
    first, second = _names(before), _names(after)
    gone, come = first - set(WORD.findall(after)), second - set(WORD.findall(before))
    if gone and come:
        yield Change.NAME, (" ".join(sorted(gone)), " ".join(sorted(come)))
    yield from _quotations(before, after)


def _quotations(before: str, after: str) -> Iterator[tuple[Change, tuple[str, str]]]:
    """Words between marks that are nearly, but not quite, those of the source."""
    for quoted in _QUOTED.findall(after):
        words = words_of(quoted)
        for source in _QUOTED.findall(before):
            theirs = words_of(source)
            shared = len(set(words) & set(theirs)) / max(1, len(set(words) | set(theirs)))
            within = " ".join(words) in " ".join(theirs)
            if shared >= _LEAST_ALIKE and not within:
                yield Change.QUOTATION, (source, quoted)
                break


def _hedges(text: str) -> list[str]:
    """The words that tell something as possible or reported; the month of May is none."""
    words = words_of(_MONTH_OF_MAY.sub(" ", text))
    told = [one for one in words if one in _HEDGE]
    return [*told, "charged with"] if re.search(r"(?i)\bcharged with\b", text) else told


def _sayers(text: str) -> set[str]:
    """The nouns of those who are said to speak, where they are told by no name."""
    found = (next(filter(None, groups)) for groups in _SAYER.findall(text))
    return {one.replace("’", "'").removesuffix("'s") for one in found}


def _numbers(words: Sequence[str]) -> list[str]:
    told = [_NUMBERS.get(one, one) for one in words]
    return [one for one in told if one.isdigit()]


def _names(text: str) -> set[str]:
    found = {word for name in _NAME.findall(text) for word in name.split()}
    return found - _DAYS


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match.group() if match else ""
