"""Whose word it is where only a pronoun stands before the verb of saying.

A fact about "her" stays open where two women could be meant. A speaker is told apart by more than
gender: who speaks in running text goes on speaking, and who was the subject of a clause lately is
likelier than who was only mentioned in one (Grosz, Joshi and Weinstein 1995 on centering). Who else
could be meant is listed beside the speaker, so that a person can decide otherwise; where two are
equally likely, nobody is named.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

from whoseword.intake.reading.entities import SHE_OR_HE, THEY, Entity
from whoseword.intake.reading.lexicon import RECORDS
from whoseword.intake.reading.pronouns import can_mean

_SENTENCES_BACK: Final = 4
_THINGS_BACK: Final = 2
IT: Final = frozenset({"it", "its"})


class Likely(NamedTuple):
    """The likeliest speaker, and all who could be meant, by name."""

    entity: Entity | None
    candidates: tuple[str, ...]


def likeliest(
    entities: Iterable[Entity], pronoun: str, here: tuple[int, int], but: Iterable[str | None]
) -> Likely:
    """Who speaks as the `pronoun` that stands `here`, by sentence and word; not those in `but`."""
    others = set(but)
    ranked = sorted(
        (
            (_last(one.subjects, here), last, one.name, one)
            for one in entities
            if one.name not in others
            and (last := _last(one.seen, here)) is not None
            and _can_speak_as(one, pronoun, here[0], here[0] - last[0])
        ),
        key=lambda ranks: (ranks[0] or (-1, -1), *ranks[1:3]),
        reverse=True,
    )
    names = tuple(sorted(name for _, _, name, _ in ranked))
    if not ranked or (len(ranked) > 1 and ranked[0][0] is None):
        # Where nobody was the subject of anything, there is nothing to tell two apart by.
        return Likely(None, names)
    return Likely(ranked[0][3], names if len(names) > 1 else ())


def _last(places: Iterable[tuple[int, int]], here: tuple[int, int]) -> tuple[int, int] | None:
    return max((one for one in places if one < here), default=None)


def _can_speak_as(one: Entity, pronoun: str, sentence: int, back: int) -> bool:
    if pronoun in IT:
        return back <= _THINGS_BACK and (one.is_agency or one.head in RECORDS)
    if pronoun not in SHE_OR_HE | THEY or back > _SENTENCES_BACK:
        return False
    return can_mean(one, pronoun, sentence)
