"""What a person should look at first among the drafts that wait.

A draft is worth most where it meets something: another's word that cannot hold beside it, or a
question that nobody has answered. So the drafts are held, as if they were signed as they stand,
against each other and against what stands in the books; those that touch a disputed or an
unanswered matter come first, each with what it meets. Nothing is decided by it: it says what would
be, if equal names of two documents mean the same, and only a person can say that they do.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import datetime, tzinfo
from enum import Enum
from itertools import islice
from typing import Any, Final

import msgspec

from whoseword.access.readers import Reader
from whoseword.account import Account, MatterView, account
from whoseword.intake.drafts import Draft
from whoseword.words import AFFIRMING, Stance, Statement

_MARK: Final = "draft:"
_MOST_MET: Final = 12
_SIDES: Final = frozenset({one.value for one in AFFIRMING} | {Stance.DENIES.value, "does"})


class First(Enum):
    """Why a draft is looked at before others, the most urgent first."""

    DISPUTED = "disputed"
    UNANSWERED = "unanswered"
    AWAITED = "awaited"


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A draft in the queue: why it comes first, on which matter, and what it meets there.

    `meets` are the ids of statements and the short ids of drafts that take another side or leave
    the matter open, at most twelve; empty where `why` is None.
    """

    draft: Draft
    why: First | None = None
    matter: str | None = None
    question: str | None = None
    meets: tuple[str, ...] = ()


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One position of a conflict, with the drafts and the statements that take it."""

    stance: str
    value: Any
    hedge: str
    happened: Any
    drafts: tuple[str, ...]
    statements: tuple[str, ...]


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """A matter on which drafts, or drafts and statements, cannot all be right."""

    matter: str
    question: str
    sides: tuple[Side, ...]


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the books that a reader opens, as of a moment, read in a zone."""

    statements: Sequence[Statement]
    incident: str
    as_of: datetime
    reader: Reader
    zone: tzinfo


def queue_of(drafts: Sequence[Draft], standing: Standing) -> tuple[Waiting, ...]:
    """The drafts of an incident, those that touch a disputed or unanswered matter first.

    Within each reason they keep the order in which they were read.
    """
    reasons = _reasons(_supposed(drafts, standing))
    waiting = [_waiting(one, reasons.get(f"{_MARK}{one.draft}")) for one in drafts]
    ranks = {None: len(First)} | {why: rank for rank, why in enumerate(First)}
    return tuple(sorted(waiting, key=lambda one: ranks[one.why]))


def conflicts_of(drafts: Sequence[Draft], standing: Standing) -> tuple[Conflict, ...]:
    """The matters on which these drafts, with what stands, could not all be right."""
    return tuple(
        _conflict(matter)
        for matter in _supposed(drafts, standing).matters
        if matter.standing == First.DISPUTED.value and _has_draft(_ids(matter))
    )


def _supposed(drafts: Sequence[Draft], standing: Standing) -> Account:
    """The account as it would be, were every draft signed as it stands."""
    return account(
        [*standing.statements, *(_as_signed(one, standing) for one in drafts)],
        incident=standing.incident,
        as_of=standing.as_of,
        reader=standing.reader,
        zone=standing.zone,
    )


def _as_signed(draft: Draft, standing: Standing) -> Statement:
    return msgspec.structs.replace(
        draft.statement,
        id=f"{_MARK}{draft.draft}",
        incident=standing.incident,
        recorded=standing.as_of,
    )


_Reason = tuple[First, str, str, tuple[str, ...]]


def _reasons(view: Account) -> Mapping[str, _Reason]:
    """Why each draft comes first, by its id; the most urgent reason of several."""
    questions = {one.matter: one.question for one in view.matters}
    found: dict[str, _Reason] = {}
    for matter in view.matters:
        if matter.standing == First.DISPUTED.value:
            for side in matter.positions:
                others = set(_ids(matter)) - set(side.statements)
                for one in side.statements if side.stance in _SIDES else ():
                    _give(
                        found, one, (First.DISPUTED, matter.matter, matter.question, _told(others))
                    )
    by_matter = {one.matter: one for one in view.matters}
    for question in view.questions:
        matter_view = by_matter.get(question.matter)
        if question.status != "open" or matter_view is None:
            continue
        for one in _ids(matter_view):
            meets = _told(_first_of(matter_view, {one}))
            _give(found, one, (First.UNANSWERED, question.matter, matter_view.question, meets))
    for awaited in view.awaiting:
        about = questions.get(awaited.about, awaited.about)
        _give(found, awaited.statement, (First.AWAITED, awaited.about, about, ()))
    return found


def _first_of(matter: MatterView, but: Container[str]) -> list[str]:
    """The first few ids of a matter's other positions: a person looks at no hundred at once."""
    found = (name for one in matter.positions for name in one.statements if name not in but)
    return list(islice(dict.fromkeys(found), _MOST_MET))


def _give(found: dict[str, _Reason], name: str, reason: _Reason) -> None:
    if name.startswith(_MARK):
        found.setdefault(name, reason)


def _waiting(draft: Draft, reason: _Reason | None) -> Waiting:
    if reason is None:
        return Waiting(draft=draft)
    why, matter, question, meets = reason
    return Waiting(draft=draft, why=why, matter=matter, question=question, meets=meets)


def _conflict(matter: MatterView) -> Conflict:
    sides = [
        Side(
            stance=one.stance,
            value=one.value,
            hedge=one.hedge,
            happened=one.happened,
            drafts=_told(name for name in one.statements if name.startswith(_MARK)),
            statements=_told(name for name in one.statements if not name.startswith(_MARK)),
        )
        for one in matter.positions
        if one.stance in _SIDES and one.replaced_by is None
    ]
    return Conflict(matter=matter.matter, question=matter.question, sides=tuple(sides))


def _ids(matter: MatterView) -> list[str]:
    return [name for one in matter.positions for name in one.statements]


def _has_draft(names: Iterable[str]) -> bool:
    return any(name.startswith(_MARK) for name in names)


def _told(names: Iterable[str]) -> tuple[str, ...]:
    """Ids as a person gives them, sorted; a draft's is its short id."""
    return tuple(sorted(name.removeprefix(_MARK) for name in names))
