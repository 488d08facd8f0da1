"""What differs between two sentences that tell the same, where it matters to whoever relies on it.

Sentences are paired by the words that they share. Other words for the same are no drift: only what
makes a sentence surer than its source, turns it round, or changes a number, a name or what stands
between quotation marks is listed, each with both sentences.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from whoseword.intake.copies.papers import WORD, place_in, words_of
from whoseword.intake.copies.shapes import Change, Drift, Paper
from whoseword.intake.form import Span
from whoseword.intake.reading.lexicon import HEDGES_POSSIBLE, HEDGES_REPORTED

_LEAST_ALIKE: Final = 0.4
_LEAST_WORDS: Final = 4
_LEAST_TELLING: Final = 3
_LEAST_WITHIN: Final = 0.75
_COMMON: Final = frozenset(
    {"a", "an", "and", "as", "at", "be", "been", "by", "for", "from", "had", "has", "have", "he",
     "her", "his", "in", "is", "it", "of", "on", "said", "she", "that", "the", "they", "to", "was",
     "were", "who", "with"}
)  # fmt: skip
_NEGATIVE: Final = frozenset(
    {"not", "no", "never", "nobody", "none", "nothing", "neither", "nor", "without", "cannot"}
)
_HEDGE: Final = (
    HEDGES_POSSIBLE
    | HEDGES_REPORTED
    | frozenset({"may", "might", "could", "appears", "appeared", "seems", "seemed", "believed",
                 "suspected", "alleged", "possible", "possibly", "unclear", "unconfirmed"})
)  # fmt: skip
_OPEN: Final = re.compile(
    r"(?i)\b(?:could|can|would|did) not (?:say|confirm|tell|know|determine)\b|\bdo(?:es)? not know\b"
    r"|\bnot (?:been )?(?:confirmed|verified)\b|\bno (?:immediate )?(?:comment|response)\b"
)
_SAID: Final = re.compile(
    r"(?i)\baccording to\b|\b(?:said|says|told|stated|reported|added|wrote|confirmed|alleged"
    r"|testified|claimed)\b"
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
    words: frozenset[str]


def drifts_between(origin: Paper, copy: Paper) -> tuple[Drift, ...]:
    """What differs in the copy, the gravest first, then as it stands in the copy."""
    sources = _sentences(origin)
    found: list[Drift] = []
    for its in _sentences(copy):
        source = _nearest(its, sources)
        if source is None or words_of(source.text) == words_of(its.text):
            continue
        for change, words in _changes(source.text, its.text):
            found.append(
                Drift(
                    change=change,
                    origin=place_in(origin, source.span),
                    copy=place_in(copy, its.span),
                    words=words,
                )
            )
    return tuple(sorted(found, key=lambda one: (_ORDER[one.change], one.copy.start)))


def _sentences(paper: Paper) -> list[_Sentence]:
    found = []
    for start, end in paper.sentences:
        text = paper.text[start:end]
        words = words_of(text)
        if len(words) >= _LEAST_WORDS:
            found.append(_Sentence((start, end), text, frozenset(words)))
    return found


def _nearest(one: _Sentence, others: Sequence[_Sentence]) -> _Sentence | None:
    """The sentence that shares most words; None where none shares enough, or two share as many."""
    ranked = sorted(
        ((_alike(one, it), it) for it in others), key=lambda pair: (-pair[0], pair[1].span)
    )
    if not ranked or ranked[0][0] <= 0:
        return None
    if len(ranked) > 1 and ranked[0][0] == ranked[1][0]:
        return None
    return ranked[0][1]


def _alike(one: _Sentence, other: _Sentence) -> float:
    """How alike two sentences are, 0 where they are not; one may leave out what the other has."""
    shared = one.words & other.words
    either = len(shared) / len(one.words | other.words)
    telling = [shared - _COMMON, one.words - _COMMON, other.words - _COMMON]
    within = len(telling[0]) / max(1, min(len(telling[1]), len(telling[2])))
    is_within = len(telling[0]) >= _LEAST_TELLING and within >= _LEAST_WITHIN
    return either + within if either >= _LEAST_ALIKE or is_within else 0.0


def _changes(before: str, after: str) -> Iterator[tuple[Change, tuple[str, str]]]:
    old, new = words_of(before), words_of(after)
    was_open, is_open = _OPEN.search(before), _OPEN.search(after)
    hedged, hedges = _hedges(old), _hedges(new)
    if _SAID.search(before) and not _SAID.search(after):
        yield Change.ATTRIBUTION_DROPPED, (_first(_SAID, before), "")
    if (hedged and not hedges) or (was_open and not is_open):
        told = was_open.group() if was_open and not is_open else " ".join(hedged)
        yield Change.HEDGE_DROPPED, (told, "")
    elif hedges and not hedged and not was_open:
        yield Change.HEDGE_ADDED, ("", " ".join(hedges))
    if bool(was_open) == bool(is_open) and _negations(old) % 2 != _negations(new) % 2:
        yield Change.NEGATION, (_negative(old), _negative(new))
    one, other = _numbers(old), _numbers(new)
    if one and other and set(one) != set(other):
        gone, come = set(one) - set(other), set(other) - set(one)
        if gone and come:
            yield Change.NUMBER, (" ".join(sorted(gone)), " ".join(sorted(come)))
    first, second = _names(before), _names(after)
    gone_names, new_names = first - set(WORD.findall(after)), second - set(WORD.findall(before))
    if gone_names and new_names:
        yield Change.NAME, (" ".join(sorted(gone_names)), " ".join(sorted(new_names)))
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


def _hedges(words: Sequence[str]) -> list[str]:
    return [one for one in words if one in _HEDGE]


def _is_negative(word: str) -> bool:
    return word in _NEGATIVE or word.endswith("n't")


def _negations(words: Sequence[str]) -> int:
    return sum(map(_is_negative, words))


def _negative(words: Sequence[str]) -> str:
    return " ".join(filter(_is_negative, words))


def _numbers(words: Sequence[str]) -> list[str]:
    told = [_NUMBERS.get(one, one) for one in words]
    return [one for one in told if one.isdigit()]


def _names(text: str) -> set[str]:
    found = {word for name in _NAME.findall(text) for word in name.split()}
    return found - _DAYS


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match.group() if match else ""
