"""What changed in the account between two moments, because of which statements.

And which earlier outputs now need a correction: what was published on a matter before, where the
matter has changed since.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from whoseword.account.shapes import Account, MatterView
from whoseword.words import Matter, Statement, kind_of, matter_of, parse_matter
from whoseword.words.aftermath import Published
from whoseword.words.vocabulary import AFFIRMING

RELEASE = "x_release"
"""The key under which the head of a release lists its lines (``record.releases``)."""
_ACTS_FROM_AFAR = {"same", "related", "discharged_weapon"}


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
    known = {(one.book, one.id) for one in before.statements.values()}
    new = {key: one for key, one in after.statements.items() if (one.book, one.id) not in known}
    old = {view.matter: view for view in before.matters}
    now = {view.matter: view for view in after.matters}
    changed = tuple(
        Changed(
            label,
            old[label].standing if label in old else None,
            now[label].standing if label in now else None,
            _because(old.get(label), now.get(label), now, new),
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
        (
            msgspec.structs.replace(position, statements=(), replaced_by=None),
            position.replaced_by is None,
        )
        for position in view.positions
    ]
    return view.standing, view.origins, positions


def _because(
    old: MatterView | None,
    now: MatterView | None,
    views: Mapping[str, MatterView],
    new: Mapping[str, Statement],
) -> tuple[str, ...]:
    """The new statements that made the difference, by when they were recorded, then id.

    Those on the matter, its findings and corrections; where the matter has gained or lost older
    ones, or none of these is new, those that act from afar: joins of names, whose side a body is
    on, and the matters that stand in one circle of anchors with it; failing these, all that is new.
    """
    touching = _statements_of(now) | _statements_of(old)
    because = [key for key in new if key in touching]
    moved = old is not None and now is not None and _older(old, new) != _older(now, new)
    if because and not moved:
        return tuple(because)
    notes = (*(now.notes if now else ()), *(old.notes if old else ()))
    circle = {note.with_ for note in notes if note.kind == "order"}
    afar = {key for label in circle if label in views for key in _statements_of(views[label])}
    acting = [
        key
        for key, one in new.items()
        if key in touching or key in afar or kind_of(one.fact) in _ACTS_FROM_AFAR
    ]
    return tuple(acting or new)


def _statements_of(view: MatterView | None) -> set[str]:
    if view is None:
        return set()
    found = set(view.because.statements)
    for position in view.positions:
        found.update(position.statements)
        if position.replaced_by:
            found.add(position.replaced_by)
    return found


def _older(view: MatterView, new: Mapping[str, Statement]) -> set[str]:
    return {key for position in view.positions for key in position.statements} - new.keys()


def _corrections(before: Account, changed: Iterable[str]) -> list[Correction]:
    """What was published before on a matter that changed: each release that carries it, by its number."""
    labels = set(changed)
    carried = _carried(before.statements.values())
    found = []
    for key, one in before.statements.items():
        fact = one.fact
        if not isinstance(fact, Published) or one.stance not in AFFIRMING or fact.item is None:
            continue
        item: Matter | None = parse_matter(fact.item)
        if item is not None and item.label in labels:
            releases = carried.get(str(one.id)) or [matter_of(fact).label]
            found += [Correction(output, item.label, key) for output in releases]
    return sorted(found, key=lambda one: (one.output, one.matter, one.statement))


def _carried(statements: Iterable[Statement]) -> dict[str, list[str]]:
    """The releases in which each published line stands, as "release 1", by the line's id."""
    found: dict[str, list[str]] = {}
    for one in statements:
        head = one.extra.get(RELEASE)
        if isinstance(head, dict) and isinstance(head.get("lines"), list):
            for id_ in head["lines"]:
                found.setdefault(str(id_), []).append(f"release {head.get('version')}")
    return found


def difference_json(view: Difference) -> bytes:
    """The contract's JSON, keys sorted."""
    return msgspec.json.encode(view, order="sorted")
