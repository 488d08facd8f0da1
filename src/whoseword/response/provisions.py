"""What a rule of advice is: where it stands written, and what it is the ground of.

The gate itself stands in code, for no file of rules may loosen it (law 6); a rule tells on which
ground it holds or lets engage, so that every reason can be looked up (law 8). What a rule asks
beside the gate, words to look for and hours to count, stands in the rule.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Annotated, Any, NamedTuple

import msgspec

from whoseword.access import Confidence, RulesFault
from whoseword.access.rules import OPEN_END, in_force

Text = Annotated[str, msgspec.Meta(pattern=r"\S")]


class Ground(Enum):
    """What a rule is the ground of: seven of the gate, then what is to be done beside it."""

    UNKNOWN = "unknown"
    WEAPON = "weapon"
    CLEARANCE = "clearance"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    ORDERED = "ordered"
    MEMBER = "member"
    CHILD = "child"
    RANK = "rank"
    TIMER = "timer"
    SCREENING = "screening"
    QUESTIONS = "questions"


GATE = (
    *(Ground.UNKNOWN, Ground.WEAPON, Ground.CLEARANCE, Ground.ENDED),
    *(Ground.WITHDRAWN, Ground.ORDERED, Ground.MEMBER),
)
"""The grounds that no set of rules may lack."""


MISSOURI = "missouri"
"""The profile of a home that names no other."""


class Authority(Enum):
    """What stands behind a rule."""

    STATUTE = "statute"
    REGULATION = "regulation"
    CASE = "case"
    POLICY = "policy"
    GUIDANCE = "guidance"


class Sign(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Statements of some kinds of fact, in whose slots one of these words stands, if any is named.

    ``under_age`` takes an ``aged`` of fewer years for one of the words.
    """

    kinds: tuple[str, ...]
    words: tuple[Text, ...] = ()
    under_age: int = 0


class Factor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question that a rule asks, and the statements that answer it."""

    name: Text
    signs: tuple[Sign, ...]


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A few statements and the advice that the rule makes of them, as ``examples`` reads them."""

    title: Text
    at: Text
    told: tuple[dict[str, Any], ...]
    expect: dict[str, str] = {}
    unused_s: dict[str, int] = {}
    rules: tuple[str, ...] = ()


class AdviceRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One rule of advice; ``does`` says in one plain line what it does.

    ``verified_by`` is who has read its text. ``encodes`` are the rows of the list of rules
    (rules/README.md) that it stands for, ``profile`` the law or the service whose rule it is, empty
    where it is everybody's.
    ``clocks_off_s`` is by how much the clock of whoever gives a clearance may be off. ``clears`` is
    whether a screening that somebody signed stands as clearance for a team without police.
    """

    id: Text
    ground: Ground
    authority: Authority
    citation: Text
    text_year: Text
    verified_by: Text
    confidence: Confidence
    who: Text
    to_whom: Text
    purpose: Text
    conditions: Text
    duration: Text
    in_force_from: str
    in_force_to: str
    does: Text
    example: Annotated[tuple[Example, ...], msgspec.Meta(min_length=1)]
    encodes: tuple[str, ...] = ()
    profile: str = ""
    when: tuple[Sign, ...] = ()
    factors: tuple[Factor, ...] = ()
    hours: Annotated[int, msgspec.Meta(ge=1)] | None = None
    clocks_off_s: Annotated[int, msgspec.Meta(ge=0)] = 0
    clears: bool = False

    @property
    def has_no_end(self) -> bool:
        """Whether it is in force on every day."""
        return self.in_force_from == self.in_force_to == OPEN_END

    def in_force(self, day: date) -> bool:
        """Whether the rule holds on a day."""
        return self.has_no_end or in_force(self.in_force_from, self.in_force_to, day)


class Terms(NamedTuple):
    """What a home's rules say of advice.

    ``rules`` is the hash of the rule set. ``profiles`` are the laws and the services whose rules hold
    here, so that no place's rule is ever told as another's: of a home, Missouri's, and the services
    whose optional file it has adopted.
    """

    rules: str
    advice: tuple[AdviceRule, ...]
    profiles: tuple[str, ...] = (MISSOURI,)

    def on(self, day: date) -> "InForce":
        """The rules of a day, by ground and in the order of their ids.

        A permission whose text nobody has read permits nothing.
        """
        by_ground: dict[Ground, list[AdviceRule]] = {}
        for rule in sorted(self.advice, key=lambda one: one.id):
            unread = rule.confidence is Confidence.UNVERIFIED and rule.ground is Ground.CLEARANCE
            taken_up = not rule.profile or rule.profile in self.profiles
            if rule.in_force(day) and taken_up and not unread:
                by_ground.setdefault(rule.ground, []).append(rule)
        return InForce(by_ground)


class InForce(NamedTuple):
    """The rules of a day by their ground."""

    by_ground: Mapping[Ground, list[AdviceRule]]

    def named(self, ground: Ground) -> str:
        """The id of the rule on a ground of the gate.

        Raises ``RulesFault`` where there is none: no advice is given without its rule.
        """
        found = self.by_ground.get(ground)
        if not found:
            raise RulesFault(
                f"no rule in force is of the ground {ground.value}, so no advice is given; "
                "add one to a file of [[advice]]"
            )
        return found[0].id

    @property
    def screenings(self) -> Sequence[AdviceRule]:
        """The screenings that hold here: none where no rule lets one stand as clearance.

        One that nobody has read lets nothing stand, and still excludes.
        """
        found = self.by_ground.get(Ground.SCREENING, [])
        read = [one for one in found if one.confidence is not Confidence.UNVERIFIED]
        return found if any(one.clears for one in read) else ()

    @property
    def clearing(self) -> AdviceRule | None:
        """The rule by which a clearance clears; None, and so hold, where there is none."""
        return next(iter(self.by_ground.get(Ground.CLEARANCE, ())), None)
