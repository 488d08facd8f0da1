"""What a person should look at first among the drafts that wait.

A draft is worth most where it meets something: another's word that cannot hold beside it, or a
question that nobody has answered. So the drafts are held, as if they were signed as they stand,
against each other and against what stands in the books; those that touch a disputed or an
unanswered matter come first, each with what it meets. Nothing is decided by it: it says what would
be, if equal names of two documents mean the same, and only a person can say that they do.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from enum import Enum
from itertools import islice
from typing import Any, Final, NamedTuple

import msgspec

from whoseword.access.readers import Reader
from whoseword.account import Account, MatterView, Position, account
from whoseword.account.opposing import Opposed, opposed_in
from whoseword.intake.drafts import Draft
from whoseword.words import NON_ANSWERS, Statement

_MARK: Final = "draft:"
_MOST_MET: Final = 12
_OPEN: Final = frozenset(one.value for one in NON_ANSWERS)


class First(Enum):
    """Why a draft is looked at before others, the most urgent first."""

    DISPUTED = "disputed"
    UNANSWERED = "unanswered"
    AWAITED = "awaited"


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A draft in the queue: why it comes first, on which matter, and what it meets there.

    `meets` are the ids of statements and the short ids of drafts, the first twelve at most: on what
    is disputed those that cannot hold beside the draft; on what nobody answered those that leave it
    open, of a draft that speaks to it, and those that speak to it, of one that leaves it open. It
    is empty where an answer is awaited, and where `why` is None.
    """

    draft: Draft
    why: First | None = None
    matter: str | None = None
    question: str | None = None
    meets: tuple[str, ...] = ()


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One position of a conflict, with the drafts and the statements that take it.

    `implied_by` is the matter of which they speak, where this one only follows from it.
    """

    stance: str
    value: Any
    hedge: str
    happened: Any
    implied_by: str | None
    drafts: tuple[str, ...]
    statements: tuple[str, ...]


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """A matter on which drafts, or drafts and statements, cannot all be right.

    `sides` are the positions that cannot hold beside another of them; what holds beside all is none.
    """

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
    supposed = _supposed(drafts, standing)
    found = (
        _conflict(matter, supposed.opposed[matter.matter])
        for matter in supposed.account.matters
        if matter.matter in supposed.opposed
    )
    return tuple(one for one in found if any(side.drafts for side in one.sides))


class _Supposed(NamedTuple):
    """The account as it would be, and which positions of its disputed matters oppose which."""

    account: Account
    opposed: Mapping[str, Opposed]


def _supposed(drafts: Sequence[Draft], standing: Standing) -> _Supposed:
    """The account as it would be, were every draft signed as it stands."""
    statements = [*standing.statements, *(_as_signed(one, standing) for one in drafts)]
    view = account(
        statements,
        incident=standing.incident,
        as_of=standing.as_of,
        reader=standing.reader,
        zone=standing.zone,
    )
    return _Supposed(view, opposed_in(view, statements, standing.as_of, standing.zone))


def _as_signed(draft: Draft, standing: Standing) -> Statement:
    return msgspec.structs.replace(
        draft.statement,
        id=f"{_MARK}{draft.draft}",
        incident=standing.incident,
        recorded=standing.as_of,
    )


_Reason = tuple[First, str, str, tuple[str, ...]]


def _reasons(supposed: _Supposed) -> Mapping[str, _Reason]:
    """Why each draft comes first, by its id; the most urgent reason of several."""
    view, found = supposed.account, dict[str, _Reason]()
    matters = {one.matter: one for one in view.matters}
    for label, opposed in supposed.opposed.items():
        matter = matters[label]
        for side, against in zip(matter.positions, opposed, strict=True):
            meets = _first_of(matter.positions[at] for at in against)
            for one in side.statements if against else ():
                _give(found, one, (First.DISPUTED, label, matter.question, meets))
    for question in view.questions:
        asked = matters.get(question.matter)
        if question.status == "open" and asked is not None:
            _give_unanswered(found, asked)
    for awaited in view.awaiting:
        of = matters.get(awaited.about)
        about = of.question if of is not None else awaited.about
        _give(found, awaited.statement, (First.AWAITED, awaited.about, about, ()))
    return found


def _give_unanswered(found: dict[str, _Reason], matter: MatterView) -> None:
    """To each draft on an open matter, those of the other sort: who answers it, or who left it."""
    standing = [one for one in matter.positions if one.replaced_by is None]
    leaving = _first_of(one for one in standing if one.stance in _OPEN)
    speaking = _first_of(one for one in standing if one.stance not in _OPEN)
    for side in matter.positions:
        meets = speaking if side.stance in _OPEN else leaving
        for one in side.statements:
            _give(found, one, (First.UNANSWERED, matter.matter, matter.question, meets))


def _first_of(positions: Iterable[Position]) -> tuple[str, ...]:
    """The first few ids of some positions: a person looks at no hundred at once."""
    return _told(islice(_names(positions), _MOST_MET))


def _names(positions: Iterable[Position]) -> Iterator[str]:
    for one in positions:
        yield from one.statements


def _give(found: dict[str, _Reason], name: str, reason: _Reason) -> None:
    if name.startswith(_MARK):
        found.setdefault(name, reason)


def _waiting(draft: Draft, reason: _Reason | None) -> Waiting:
    if reason is None:
        return Waiting(draft=draft)
    why, matter, question, meets = reason
    return Waiting(draft=draft, why=why, matter=matter, question=question, meets=meets)


def _conflict(matter: MatterView, opposed: Opposed) -> Conflict:
    sides = [
        Side(
            stance=one.stance,
            value=one.value,
            hedge=one.hedge,
            happened=one.happened,
            implied_by=one.implied_by,
            drafts=_told(name for name in one.statements if name.startswith(_MARK)),
            statements=_told(name for name in one.statements if not name.startswith(_MARK)),
        )
        for one, against in zip(matter.positions, opposed, strict=True)
        if against
    ]
    return Conflict(matter=matter.matter, question=matter.question, sides=tuple(sides))


def _told(names: Iterable[str]) -> tuple[str, ...]:
    """Ids as a person gives them, sorted; a draft's is its short id."""
    return tuple(sorted(name.removeprefix(_MARK) for name in names))
