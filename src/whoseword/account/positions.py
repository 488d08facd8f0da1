"""What each statement says on each matter: its own words, and what they imply.

A take is one statement's word on one matter. Affirming what implies affirms what is implied;
denying what is implied denies what implies it; denying something of ``anyone`` denies it in each
matter of that kind that stands. Replaced takes stay and are marked.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from whoseword.account.values import NormalValue, normal_value
from whoseword.words import AFFIRMING, ANYONE, IMPLIES, Happened, Hedge, Matter, Stance, Statement
from whoseword.words.fact import SlotValue
from whoseword.words.kinds import value_slots, values_of
from whoseword.words.matters import matter_of, rename

NARRATORS = "\x00narrators"
"""The one voice of all narrators: they are not independent of each other."""

_NEVER = datetime.min.replace(tzinfo=UTC)

_IMPLIED_BY: dict[str, tuple[str, ...]] = {
    implied: tuple(kind for kind, its in IMPLIES.items() if its == implied)
    for implied in IMPLIES.values()
}


class Take(NamedTuple):
    """One statement's word on one matter; ``general`` where it comes from a denial of anyone."""

    statement: Statement
    id: str
    voice: str
    stance: Stance
    hedge: Hedge
    value: Mapping[str, SlotValue]
    normal: NormalValue
    happened: str | Happened | None
    implied_by: str | None
    replaced_by: str | None
    general: bool = False

    @property
    def affirms(self) -> bool:
        """Whether it says that it is so."""
        return self.stance in AFFIRMING

    @property
    def denies(self) -> bool:
        """Whether it says that it is not so."""
        return self.stance is Stance.DENIES

    @property
    def narrates(self) -> bool:
        """Whether it is a document's own voice."""
        return self.voice == NARRATORS


Takes = dict[Matter, list[Take]]


def takes_of(
    statements: Sequence[Statement],
    ids: Mapping[tuple[str, str], str],
    replaced: Mapping[tuple[str, str], str],
    names: Mapping[str, str],
    voices: Mapping[tuple[str, str], str],
) -> Takes:
    """Every take by its matter, in the order of the statements.

    ``ids``, ``replaced`` and ``voices`` are by book and id: the id as shown, the id as shown of
    the correction, and the voice.
    """
    takes: Takes = defaultdict(list)
    for statement in statements:
        key = (statement.book, statement.id or "")
        fact = statement.fact
        value = values_of(fact)
        take = Take(
            statement,
            ids[key],
            voices[key],
            statement.stance,
            statement.hedge,
            value,
            normal_value(value, names) if value else (),
            fact.happened,
            None,
            replaced.get(key),
        )
        matter = matter_of(fact)
        if names and matter.kind != "same":
            matter = rename(matter, names)
        takes[matter].append(take)
        for implied, carried in _implied(matter, take):
            takes[implied].append(carried)
    _spread_general_denials(takes)
    return dict(takes)


def _implied(matter: Matter, take: Take) -> Iterable[tuple[Matter, Take]]:
    if take.affirms and matter.kind in IMPLIES:
        kinds: tuple[str, ...] = (IMPLIES[matter.kind],)
    elif take.denies and matter.kind in _IMPLIED_BY:
        kinds = _IMPLIED_BY[matter.kind]
    else:
        return
    for kind in kinds:
        slots = value_slots(kind)
        yield (
            Matter(kind, matter.keys),
            take._replace(
                value={slot: given for slot, given in take.value.items() if slot in slots},
                normal=tuple(pair for pair in take.normal if pair[0] in slots),
                implied_by=matter.label,
            ),
        )


def _spread_general_denials(takes: Takes) -> None:
    """Deny in each matter of the kind what is denied of ``anyone``."""
    general = [matter for matter in takes if matter.is_general]
    if not general:
        return
    by_kind: dict[str, list[Matter]] = defaultdict(list)
    for matter in takes:
        if not matter.is_general:
            by_kind[matter.kind].append(matter)
    for denial in general:
        carried = [
            take._replace(implied_by=denial.label, general=True)
            for take in takes[denial]
            if take.denies
        ]
        for matter in by_kind[denial.kind]:
            if covers(denial, matter):
                takes[matter].extend(carried)


def covers(general: Matter, matter: Matter) -> bool:
    """Whether what is said of anyone is said of this matter too."""
    return general.kind == matter.kind and keys_cover(general.keys, matter.keys)


def keys_cover(general: Sequence[str | None], keys: Sequence[str | None]) -> bool:
    """Whether key slots are the same, ``anyone`` standing for each."""
    return all(mine in (ANYONE, theirs) for mine, theirs in zip(general, keys, strict=True))


def quoting_documents(takes: Iterable[Take]) -> set[str]:
    """The documents that quote somebody on a matter."""
    return {
        take.statement.source.document
        for take in takes
        if not take.narrates and take.statement.source.document is not None
    }


def voiced(takes: Iterable[Take]) -> list[Take]:
    """The takes that have a voice.

    A narrator has one only on a matter on which its document quotes nobody.
    """
    known = list(takes)
    quoting = quoting_documents(known) if any(take.narrates for take in known) else set()
    return [
        take for take in known if not take.narrates or take.statement.source.document not in quoting
    ]


def ids_of(takes: Iterable[Take]) -> tuple[str, ...]:
    """The statements behind some takes, by when they were recorded, then id."""
    dated = {take.id: (take.statement.recorded or _NEVER, take.id) for take in takes}
    return tuple(sorted(dated, key=dated.__getitem__))
