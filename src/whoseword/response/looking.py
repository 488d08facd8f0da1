"""At what clearances are looked at, and what can end one."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from whoseword.response.drawing import Scene
from whoseword.response.provisions import AdviceRule, Ground
from whoseword.response.rosters import Roster, names_at
from whoseword.response.weapons import Weapon


class Bar(NamedTuple):
    """What ended a clearance, and from when; ``by`` is the statement as shown, None if hidden.

    ``rule`` is the id of a rule of its own; None for the one on the ground.
    """

    since: datetime
    ground: Ground
    by: str | None
    rule: str | None = None


class Looking(NamedTuple):
    """At what clearances are looked at: the scene up to a moment, its rosters and its weapons.

    ``clocks_off`` is by how much the clock of whoever gives a clearance may be off. ``screenings``
    are the rules by which a screening stands as clearance, and none where none does.
    """

    scene: Scene
    at: datetime
    rosters: Sequence[Roster]
    weapons: Sequence[Weapon]
    clocks_off: timedelta
    screenings: Sequence[AdviceRule] = ()

    @property
    def names(self) -> Mapping[str, str]:
        """Which names are one."""
        return names_at(self.rosters)
