"""How matters stand to each other.

"No arrest" and "in handcuffs" can both be so: denying what implies does not deny what is implied.
Where that is easily misread, both matters carry a note.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo

from whoseword.account.conflicts import first_conflict
from whoseword.account.positions import Take, Takes, keys_cover, voiced
from whoseword.account.shapes import Note
from whoseword.words import IMPLIES, Matter, Standing, kind_of

_CYCLE = "told before and after each other by their anchors: the order cannot be so"
_DENIED_OF_ANYONE = "it is denied of anyone, and affirmed here"
_FAMILY: dict[str, tuple[str, ...]] = {
    kind: tuple(
        other for other in (root, *IMPLIES) if other != kind and IMPLIES.get(other, other) == root
    )
    for kind, root in IMPLIES.items()
}
"""Of each kind that implies another: what it implies, and what implies that too."""

_Notes = dict[Matter, set[Note]]
_ByKind = Mapping[str, Sequence[Matter]]


def notes_of(
    takes: Takes,
    standings: Mapping[Matter, Standing],
    circular: Mapping[Matter, set[Matter]],
    zone: tzinfo,
) -> dict[Matter, tuple[Note, ...]]:
    """The notes of each matter, sorted; ``circular`` are the matters told in a circle."""
    notes: _Notes = defaultdict(set)
    by_kind: dict[str, list[Matter]] = defaultdict(list)
    for matter in takes:
        by_kind[matter.kind].append(matter)
    for denied in takes:
        if denied.kind in IMPLIES and any(_denies_itself(one, denied) for one in takes[denied]):
            _note_compatible(notes, denied, takes, by_kind)
    for general in takes:
        if general.is_general:
            _note_conflicts(notes, general, standings, takes, by_kind, zone)
    for matter, others in circular.items():
        notes[matter].update(Note("order", other.label, _CYCLE) for other in others)
    return {
        matter: tuple(sorted(its, key=lambda note: (note.kind, note.with_, note.why)))
        for matter, its in notes.items()
    }


def _denies_itself(take: Take, matter: Matter) -> bool:
    """Whether the statement denies this kind in words, not by denying what it implies."""
    said = take.denies and kind_of(take.statement.fact) == matter.kind
    return said and take.replaced_by is None


def _affirmed(takes: Sequence[Take]) -> list[Take]:
    return [take for take in voiced(takes) if take.affirms and take.replaced_by is None]


def _note_compatible(notes: _Notes, denied: Matter, takes: Takes, by_kind: _ByKind) -> None:
    """Where a denial stands beside the affirmation of what it does not deny."""
    if not any(_denies_itself(take, denied) for take in voiced(takes[denied])):
        return
    for other in _alike(denied, by_kind):
        if _affirmed(takes.get(other, ())):
            why = f"that {denied.kind} is denied does not deny {other.kind}: both can be so"
            notes[other].add(Note("compatible", denied.label, why))
            notes[denied].add(Note("compatible", other.label, why))


def _alike(denied: Matter, by_kind: _ByKind) -> Iterator[Matter]:
    """The matters of the other kinds of its family that are about the same, or about anyone."""
    for kind in _FAMILY[denied.kind]:
        if denied.is_general:
            yield from (one for one in by_kind.get(kind, ()) if keys_cover(denied.keys, one.keys))
        else:
            yield Matter(kind, denied.keys)


def _note_conflicts(
    notes: _Notes,
    general: Matter,
    standings: Mapping[Matter, Standing],
    takes: Takes,
    by_kind: _ByKind,
    zone: tzinfo,
) -> None:
    """Where what is denied of anyone is affirmed of somebody."""
    for matter in by_kind[general.kind]:
        if standings[matter] is not Standing.DISPUTED:
            continue
        carried = [
            take
            for take in voiced(takes[matter])
            if take.general and take.implied_by == general.label and take.replaced_by is None
        ]
        if carried and first_conflict(matter, _affirmed(takes[matter]), carried, zone):
            notes[matter].add(Note("conflict", general.label, _DENIED_OF_ANYONE))
            notes[general].add(Note("conflict", matter.label, _DENIED_OF_ANYONE))
