"""The gold set as values: each document with what people found in it, and how a reader does on it.

A third of the documents is held back: nothing is ever tuned on them, so only their figures say
how a reader does on what it has not seen.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec

from whoseword.intake.documents import KeptDocument
from whoseword.intake.drafts import Reader
from whoseword.intake.evaluation.figures import Tally, compared, tally_of, total
from whoseword.intake.evaluation.told import Annotation

PASSES: Final = ("first", "second", "agreed")
GENRES: Final = {
    "news": "news story",
    "release": "press release",
    "briefing": "briefing transcript",
    "interview": "interview transcript",
    "dispatch": "dispatch narrative",
    "call": "call summary",
    "letter": "letter",
    "email": "e-mail thread",
    "report": "report of an officer or a clinician",
    "weather": "text that tells of no incident",
}
_INCIDENT: Final = "gold-set"
_BOOK: Final = "evaluation/incident"


class GoldDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A document, whether it is held back, and what each pass of annotation found in it."""

    name: str
    document: KeptDocument
    held_back: bool
    passes: Mapping[str, Annotation]

    @property
    def genre(self) -> str:
        """The first part of its name."""
        return self.name.split("-", 1)[0]


class Scored(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader made of one document, counted."""

    name: str
    genre: str
    held_back: bool
    against: str
    tally: Tally


def scored(
    documents: Sequence[GoldDocument],
    reader: Reader,
    against: str | None,
    progress: Callable[[], None],
) -> tuple[Scored, ...]:
    """What a reader makes of the documents that were annotated, one after the other.

    Held against the pass that is named, else against what the two agreed on and, where they have
    not met yet, against the first. `progress` is called after each document.
    """
    found = []
    for one in documents:
        which = against or ("agreed" if "agreed" in one.passes else "first")
        gold = one.passes.get(which)
        if gold is not None:
            tally = tally_of(one.document, gold, reader(one.document, _INCIDENT, _BOOK))
            found.append(
                Scored(
                    name=one.name,
                    genre=one.genre,
                    held_back=one.held_back,
                    against=which,
                    tally=tally,
                )
            )
        progress()
    return tuple(found)


def agreement(documents: Sequence[GoldDocument]) -> Tally:
    """The second pass held against the first, over the documents that have both."""
    return total(
        compared(one.passes["first"].statements, one.passes["second"].statements)
        for one in documents
        if {"first", "second"} <= set(one.passes)
    )


def by(scores: Sequence[Scored], what: str) -> dict[str, Tally]:
    """The counts by `genre` or `name`, in the order of the genres or of the names."""
    groups: dict[str, list[Tally]] = {}
    for one in scores:
        groups.setdefault(one.genre if what == "genre" else one.name, []).append(one.tally)
    order = {genre: place for place, genre in enumerate(GENRES)}
    names = sorted(groups, key=lambda name: (order.get(name, len(order)), name))
    return {name: total(groups[name]) for name in names}
