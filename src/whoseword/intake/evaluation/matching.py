"""Drafts held against what a person found, one to one.

A draft and a statement can be matched if they share at least half of the words of their content:
the Jaccard index of the places of word tokens is .5 or more. Among all such pairs those come
first that agree in most of speaker, stance and kind of fact, then those that share most words,
then those that stand first in the text; each draft and each statement is matched at most once.

A statement is **right** if it is matched, the speaker is the same (`sameness`), the stance is the
same and the kind of fact is the same. Matched alone, it is **placed**; placed and with the same
speaker, it is **attributed**. Hedge, basis, kind, slots and relays are counted over the placed,
each on its own. `said`, `occasion` and when it happened are not compared.

A statement that denies or leaves open is **made sure** if a draft over the same words affirms it:
its own match, or one that is matched to nothing else. An affirmed `withheld` makes nothing sure,
because its kind holds the negative; nor does a `requested`: that somebody was asked claims nothing
of what they were asked.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from whoseword.intake.evaluation.sameness import jaccard, same_speaker
from whoseword.intake.evaluation.told import Told
from whoseword.words import AFFIRMING, NON_ANSWERS, Stance

PLACED: Final = 0.5
NEGATIVE: Final = NON_ANSWERS | {Stance.DENIES}


class Pair(msgspec.Struct, frozen=True):
    """A statement that a person found, and the draft that was matched to it, by their places."""

    gold: int
    draft: int


def matched(gold: Sequence[Told], drafts: Sequence[Told]) -> tuple[Pair, ...]:
    """The pairs of statements and drafts, in the order of the statements."""
    ranked = []
    for here, wanted in enumerate(gold):
        for there, draft in enumerate(drafts):
            overlap = jaccard(wanted.words, draft.words)
            if overlap >= PLACED:
                ranked.append((-agreeing(wanted, draft), -overlap, here, there))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, here, there in sorted(ranked):
        if here not in found and there not in taken:
            found[here] = there
            taken.add(there)
    return tuple(Pair(here, there) for here, there in sorted(found.items()))


def agreeing(one: Told, other: Told) -> int:
    """In how many of speaker, stance and kind of fact two agree; three is right."""
    return (
        same_speaker(one.speaker, other.speaker)
        + (one.stance is other.stance)
        + (one.kind == other.kind)
    )


def made_sure(
    gold: Sequence[Told], drafts: Sequence[Told], pairs: Sequence[Pair]
) -> tuple[frozenset[int], frozenset[int]]:
    """Of what denies or leaves open: which is covered by a draft, and which a draft makes sure."""
    matches = {pair.gold: pair.draft for pair in pairs}
    taken = set(matches.values())
    covered, sure = set(), set()
    for here, wanted in enumerate(gold):
        if wanted.stance not in NEGATIVE:
            continue
        over = [
            there
            for there, draft in enumerate(drafts)
            if jaccard(wanted.words, draft.words) >= PLACED
            and (there == matches.get(here) or there not in taken)
        ]
        if over:
            covered.add(here)
        if any(drafts[there].stance in AFFIRMING for there in over if _claims(drafts[there])):
            sure.add(here)
    return frozenset(covered), frozenset(sure)


def _claims(draft: Told) -> bool:
    return draft.kind not in ("withheld", "requested")
