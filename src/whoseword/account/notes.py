"""How matters stand to each other.

"No arrest" and "in handcuffs" can both be so: denying what implies does not deny what is implied.
Where that is easily misread, both matters carry a note.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from whoseword.account.positions import Take, Takes, keys_cover, voiced
from whoseword.account.shapes import Note
from whoseword.words import IMPLIES, Matter, Standing, kind_of

_CYCLE = "told before and after each other by their anchors: the order cannot be so"


def notes_of(
    takes: Takes,
    standings: Mapping[Matter, Standing],
    circular: Mapping[Matter, set[Matter]],
) -> dict[Matter, tuple[Note, ...]]:
    """The notes of each matter, sorted; ``circular`` are the matters told in a circle."""
    notes: dict[Matter, set[Note]] = defaultdict(set)
    affirmed = _affirmed_by_root(takes)
    for matter, its in takes.items():
        if matter.kind in IMPLIES and any(_denies_itself(take, matter) for take in voiced(its)):
            for other in affirmed.get(IMPLIES[matter.kind], ()):
                if other.kind != matter.kind and keys_cover(matter.keys, other.keys):
                    _note_compatible(notes, denied=matter, affirmed=other)
    for general in takes:
        if general.is_general:
            _note_conflicts(notes, general, standings, takes)
    for matter, others in circular.items():
        notes[matter].update(Note("order", other.label, _CYCLE) for other in others)
    return {
        matter: tuple(sorted(its, key=lambda note: (note.kind, note.with_, note.why)))
        for matter, its in notes.items()
    }


def _denies_itself(take: Take, matter: Matter) -> bool:
    """Whether the statement denies this kind in words, not by denying what it implies."""
    said = kind_of(take.statement.fact)
    return take.denies and take.replaced_by is None and said == matter.kind


def _affirmed_by_root(takes: Takes) -> dict[str, list[Matter]]:
    """The matters that a voice affirms, by the kind that they imply or are."""
    roots = set(IMPLIES.values())
    found: dict[str, list[Matter]] = defaultdict(list)
    for matter, its in takes.items():
        root = IMPLIES.get(matter.kind, matter.kind)
        if root in roots and _is_affirmed(its):
            found[root].append(matter)
    return found


def _is_affirmed(takes: Iterable[Take]) -> bool:
    return any(take.affirms and take.replaced_by is None for take in voiced(takes))


def _note_compatible(notes: dict[Matter, set[Note]], *, denied: Matter, affirmed: Matter) -> None:
    why = f"that {denied.kind} is denied does not deny {affirmed.kind}: both can be so"
    notes[affirmed].add(Note("compatible", denied.label, why))
    notes[denied].add(Note("compatible", affirmed.label, why))


def _note_conflicts(
    notes: dict[Matter, set[Note]],
    general: Matter,
    standings: Mapping[Matter, Standing],
    takes: Takes,
) -> None:
    """Where what is denied of anyone is affirmed of somebody."""
    for matter, standing in standings.items():
        if standing is Standing.DISPUTED and any(
            take.general and take.implied_by == general.label for take in takes[matter]
        ):
            why = "it is denied of anyone, and affirmed here"
            notes[matter].add(Note("conflict", general.label, why))
            notes[general].add(Note("conflict", matter.label, why))
