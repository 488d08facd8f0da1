"""What carried a claim that was corrected since: each file of a release, until it is put right.

A correction in a later release reaches nobody who holds the earlier one on paper. So every file that was
made of a release is listed from the moment at which a later release corrects a line of it, until the same
file is written anew, somebody says under their name that whoever had it was told, or somebody waives it
with a reason. Nothing leaves the list in silence.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Final, NamedTuple

import msgspec

from whoseword.record.releases import Released
from whoseword.words import AFFIRMING, SpeakerKind, Statement
from whoseword.words.aftermath import Published, Waived
from whoseword.words.times import microseconds

RULE: Final = "correction"
"""The rule that a waiver names."""
_TOLD: Final = "correction of "


class State(Enum):
    """How a file stands that carries a claim which was corrected."""

    OPEN = "open"
    REWRITTEN = "rewritten"
    TOLD = "told"
    WAIVED = "waived"


class Output(NamedTuple):
    """A file that was made of a release: where, of which version, and when (microseconds since 1970)."""

    path: str
    version: int
    written: int


class ToCorrect(msgspec.Struct, frozen=True, kw_only=True):
    """A file that carries what a later release corrects; ``lines`` are the ids of those lines."""

    output: str
    of_version: int
    corrected_in: int
    lines: tuple[str, ...]
    state: str
    by: str | None = None
    reason: str | None = None


def item_of(path: str, version: int) -> str:
    """How a file is called in the statements that settle it."""
    return f"release {version} at {path}"


def told_item(path: str, version: int) -> str:
    """What somebody publishes who told those that had a file."""
    return f"{_TOLD}{item_of(path, version)}"


def to_correct(
    releases: Sequence[Released], outputs: Iterable[Output], said: Sequence[Statement]
) -> list[ToCorrect]:
    """Every file that carries a corrected line, by its path and version; those settled among them.

    ``said`` are the statements by which people settled some. Of a path that was written several
    times the versions that it carried are listed each, and a later writing puts the earlier right.
    """
    latest: dict[str, int] = {}
    carried: dict[tuple[str, int], int] = {}
    for one in outputs:
        latest[one.path] = max(latest.get(one.path, 0), one.written)
        key = one.path, one.version
        carried[key] = max(carried.get(key, 0), one.written)
    settled = _settled(said)
    found = []
    for (path, version), written in sorted(carried.items()):
        for released in releases:
            lines = _corrected(released, version, releases)
            if lines and _moment(released) > written:
                anew = latest[path] > _moment(released)
                found.append(_row(path, version, released, lines, (anew, settled)))
    return found


def _corrected(released: Released, version: int, releases: Sequence[Released]) -> tuple[str, ...]:
    """The lines of a version that a later release corrects."""
    if released.head.version <= version:
        return ()
    of = next((one.head for one in releases if one.head.version == version), None)
    carried = set(of.lines) if of is not None else set()
    return tuple(sorted(one.was for one in released.head.corrections if one.was in carried))


def _moment(released: Released) -> int:
    recorded = released.statement.recorded
    return microseconds(recorded) if recorded is not None else 0


def _settled(said: Sequence[Statement]) -> Mapping[str, tuple[State, str, str | None]]:
    """What named people said of files, by the item that they named; the last word holds."""
    found: dict[str, tuple[State, str, str | None]] = {}
    replaced = {one.replaces for one in said}
    for one in said:
        fact, person = one.fact, one.speaker
        if one.stance not in AFFIRMING or str(one.id) in replaced:
            continue
        if person.kind is not SpeakerKind.OFFICIAL:
            continue
        if isinstance(fact, Waived) and fact.rule == RULE and fact.for_ and fact.reason:
            found[fact.for_] = (State.WAIVED, person.name, str(fact.reason))
        elif isinstance(fact, Published) and (fact.item or "").startswith(_TOLD):
            found[str(fact.item).removeprefix(_TOLD)] = (State.TOLD, person.name, None)
    return found


def _row(
    path: str,
    version: int,
    released: Released,
    lines: tuple[str, ...],
    known: tuple[bool, Mapping[str, tuple[State, str, str | None]]],
) -> ToCorrect:
    anew, settled = known
    state, by, reason = State.OPEN, None, None
    if (said := settled.get(item_of(path, version))) is not None:
        state, by, reason = said
    elif anew:
        state = State.REWRITTEN
    return ToCorrect(
        output=path,
        of_version=version,
        corrected_in=released.head.version,
        lines=lines,
        state=state.value,
        by=by,
        reason=reason,
    )
