"""What the statements on a matter add up to: the contract's table, first row that holds.

Every standing carries its reasons: the row, and the statements that make it so (law 8).
"""

from collections.abc import Sequence
from datetime import tzinfo
from typing import NamedTuple

from whoseword.account.conflicts import first_agreement, first_conflict
from whoseword.account.positions import Take, ids_of, voiced
from whoseword.account.voices import NARRATORS
from whoseword.words import NON_ANSWERS, Matter, Stance, Standing


class Judged(NamedTuple):
    """The standing of a matter, the number of voices behind it, and the statements."""

    standing: Standing
    origins: int
    because: tuple[str, ...]


def voices_of(takes: Sequence[Take]) -> int:
    """How many voices these are; narrators are one at most, and never make two of one."""
    if len(takes) < 2:
        return len(takes)
    voices = {take.voice for take in takes}
    return len(voices - {NARRATORS}) or len(voices)


def judge(
    matter: Matter,
    takes: Sequence[Take],
    found: Sequence[Take],
    zone: tzinfo,
    circular: bool = False,
) -> Judged:
    """The standing of a matter from every take on it and the findings that count.

    ``found`` holds the takes of findings on this matter by a party with authority; ``circular``
    says that its anchors put it both before and after another matter.
    """
    active: list[Take] = []
    affirmed: list[Take] = []
    denied: list[Take] = []
    withdrawn: list[Take] = []
    for take in voiced(takes):
        if take.replaced_by is None:
            active.append(take)
            if take.affirms:
                affirmed.append(take)
            elif take.denies:
                denied.append(take)
        elif take.affirms:
            withdrawn.append(take)
    origins = voices_of(affirmed or denied)
    if withdrawn and not affirmed:
        return Judged(Standing.SUPERSEDED, origins, _replacing(withdrawn))
    if found:
        return Judged(Standing.FOUND, origins, ids_of(found))
    contested = len(affirmed) + len(denied) > 1
    if contested and (pair := first_conflict(matter, affirmed, denied, zone)):
        return Judged(Standing.DISPUTED, origins, ids_of(pair))
    if circular and affirmed:
        return Judged(Standing.DISPUTED, origins, ids_of(affirmed))
    if affirmed:
        return _affirmed(matter, affirmed, origins, zone)
    return _not_affirmed(takes, active, origins)


def _affirmed(matter: Matter, affirmed: Sequence[Take], origins: int, zone: tzinfo) -> Judged:
    if origins > 1 and (pair := first_agreement(matter, affirmed, zone)):
        return Judged(Standing.AGREED, origins, ids_of(pair))
    standing = Standing.SAID_BY_SEVERAL if origins > 1 else Standing.SAID_BY_ONE
    return Judged(standing, origins, ids_of(affirmed))


_BELOW: tuple[tuple[Standing, frozenset[Stance]], ...] = (
    (Standing.DENIED, frozenset({Stance.DENIES})),
    (Standing.BELIEVED, frozenset({Stance.BELIEVES})),
    (Standing.EXPECTED, frozenset({Stance.EXPECTS})),
    (Standing.NOT_KNOWN, NON_ANSWERS - {Stance.NO_REPLY}),
    (Standing.NO_REPLY, frozenset({Stance.NO_REPLY})),
)


def _not_affirmed(takes: Sequence[Take], active: Sequence[Take], origins: int) -> Judged:
    for standing, stances in _BELOW:
        speaking = [take for take in active if take.stance in stances]
        if speaking:
            return Judged(standing, origins, ids_of(speaking))
    # Never affirmed, and everything said was taken back without a new word: no row of the
    # table names it; "superseded" says the least that is true.
    return Judged(Standing.SUPERSEDED, origins, _replacing(takes))


def _replacing(takes: Sequence[Take]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(take.replaced_by for take in takes if take.replaced_by))
