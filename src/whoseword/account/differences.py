"""What changed in the account between two moments, because of which statements.

And which earlier outputs now need a correction: what was published on a matter before, where the
matter has changed since.
"""

from collections.abc import Iterable
from typing import Any

import msgspec

from whoseword.account.shapes import Account, MatterView
from whoseword.words import Matter, Statement, matter_of, parse_matter
from whoseword.words.aftermath import Published
from whoseword.words.vocabulary import AFFIRMING


class Changed(msgspec.Struct, frozen=True):
    """A matter whose standing or positions changed; null where it did not stand."""

    matter: str
    before: str | None
    after: str | None
    because: tuple[str, ...]


class Correction(msgspec.Struct, frozen=True):
    """An earlier output that now says more, or other, than is known."""

    output: str
    matter: str
    statement: str


class Difference(msgspec.Struct, frozen=True, rename={"from_": "from"}):
    """The difference of two accounts of one incident."""

    from_: str
    to: str
    changed: tuple[Changed, ...]
    corrections: tuple[Correction, ...]


def difference(before: Account, after: Account) -> Difference:
    """What changed from one account to a later one of the same incident and reader."""
    new = {key: one for key, one in after.statements.items() if key not in before.statements}
    old = {view.matter: view for view in before.matters}
    now = {view.matter: view for view in after.matters}
    changed = tuple(
        Changed(
            label,
            old[label].standing if label in old else None,
            now[label].standing if label in now else None,
            _because(old.get(label), now.get(label), new),
        )
        for label in sorted(old.keys() | now.keys())
        if _told(old.get(label)) != _told(now.get(label))
    )
    labels = {one.matter for one in changed}
    return Difference(before.as_of, after.as_of, changed, tuple(_corrections(before, labels)))


def _told(view: MatterView | None) -> Any:
    """What a matter says, without the ids: who stands where, and for what."""
    if view is None:
        return None
    positions = [
        msgspec.to_builtins(msgspec.structs.replace(position, statements=()))
        for position in view.positions
    ]
    return view.standing, view.origins, positions


def _because(
    old: MatterView | None, now: MatterView | None, new: dict[str, Statement]
) -> tuple[str, ...]:
    """The new statements on the matter, its findings and corrections; else the new joins."""
    touching: dict[str, None] = {}
    for view in (now, old):
        if view is None:
            continue
        for position in view.positions:
            touching.update(dict.fromkeys(position.statements))
            if position.replaced_by:
                touching[position.replaced_by] = None
        touching.update(dict.fromkeys(view.because.statements))
    because = [key for key in new if key in touching]
    if not because:
        because = [key for key, one in new.items() if matter_of(one.fact).kind == "same"]
    return tuple(because)


def _corrections(before: Account, changed: Iterable[str]) -> list[Correction]:
    labels = set(changed)
    found = []
    for key, one in before.statements.items():
        fact = one.fact
        if not isinstance(fact, Published) or one.stance not in AFFIRMING or fact.item is None:
            continue
        item: Matter | None = parse_matter(fact.item)
        if item is not None and item.label in labels:
            found.append(Correction(matter_of(fact).label, item.label, key))
    return sorted(found, key=lambda one: (one.output, one.matter, one.statement))


def difference_json(view: Difference) -> bytes:
    """The contract's JSON, keys sorted."""
    return msgspec.json.encode(view, order="sorted")
