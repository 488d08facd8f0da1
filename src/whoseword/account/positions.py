"""What each statement says on each matter: its own words, and what they imply.

A take is one statement's word on one matter. Affirming what implies affirms what is implied;
denying what is implied denies what implies it; denying something of ``anyone`` denies it in each
matter of that kind that stands. Replaced takes stay and are marked.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from whoseword.account.known import Known
from whoseword.account.values import NormalValue, normal_value
from whoseword.account.voices import NARRATORS
from whoseword.words import (
    ANYONE,
    FIRST_HAND,
    IMPLIES,
    Happened,
    Hedge,
    Matter,
    Speaker,
    Stance,
    Statement,
)
from whoseword.words.fact import SlotValue
from whoseword.words.kinds import value_slots, values_of
from whoseword.words.matters import matter_of, parse_matter, rename

_IMPLIED_BY: dict[str, tuple[str, ...]] = {
    implied: tuple(kind for kind, its in IMPLIES.items() if its == implied)
    for implied in IMPLIES.values()
}

_IMPLYING = frozenset({*IMPLIES, *_IMPLIED_BY})


class Take(msgspec.Struct, frozen=True, gc=False):
    """One statement's word on one matter.

    ``place`` is the statement's in the order of what is known, ``normal`` and ``anchor`` are its
    value and its anchor as they are compared; ``first_hand`` holds where no relay stands between
    and the basis (or an act) bears it, ``narrates`` where it is a document's own voice.
    ``general`` marks what comes from a denial of anyone.
    """

    statement: Statement
    id: str
    place: int
    voice: str
    stance: Stance
    hedge: Hedge
    affirms: bool
    denies: bool
    first_hand: bool
    narrates: bool
    value: Mapping[str, SlotValue]
    normal: NormalValue
    happened: str | Happened | None
    anchor: tuple[str, str] | None
    implied_by: str | None
    replaced_by: str | None
    general: bool = False

    @property
    def sure(self) -> bool:
        """Whether it is plain and first-hand, as two voices need to be that agree."""
        return self.first_hand and self.hedge is Hedge.PLAIN


Takes = dict[Matter, list[Take]]


def takes_of(
    known: Sequence[Known], voices: Mapping[Speaker, str], names: Mapping[str, str]
) -> Takes:
    """Every take by its matter, in the order of the statements, under joined names."""
    takes: Takes = defaultdict(list)
    under: dict[Matter, Matter] = {}
    for one in known:
        statement = one.statement
        take = _take(one, voices[statement.speaker], names)
        matter = matter_of(statement.fact)
        if names:
            told = matter
            matter = under.get(told) or under.setdefault(told, rename(told, names))
        takes[matter].append(take)
        if matter.kind in _IMPLYING:
            for implied, carried in _implied(matter, take):
                takes[implied].append(carried)
    _spread_general_denials(takes)
    return dict(takes)


def _take(one: Known, voice: str, names: Mapping[str, str]) -> Take:
    statement = one.statement
    stance, happened = statement.stance, statement.fact.happened
    does = stance is Stance.DOES
    value = values_of(statement.fact)
    return Take(
        statement,
        one.id,
        one.place,
        voice,
        stance,
        statement.hedge,
        does or stance is Stance.AFFIRMS,
        stance is Stance.DENIES,
        not statement.via and (does or statement.basis in FIRST_HAND),
        voice == NARRATORS,
        value,
        normal_value(value, names) if value else (),
        happened,
        _anchor(happened, names),
        None,
        one.replaced_by,
    )


def _anchor(happened: str | Happened | None, names: Mapping[str, str]) -> tuple[str, str] | None:
    if not isinstance(happened, Happened) or happened.anchor is None:
        return None
    relation, text = happened.anchor
    matter = parse_matter(text)
    words = rename(matter, names).label if matter else " ".join(text.casefold().split())
    return relation, words


def _implied(matter: Matter, take: Take) -> list[tuple[Matter, Take]]:
    kinds: tuple[str, ...] = ()
    if take.affirms and matter.kind in IMPLIES:
        kinds = (IMPLIES[matter.kind],)
    elif take.denies:
        kinds = _IMPLIED_BY.get(matter.kind, ())
    return [
        (
            Matter(kind, matter.keys),
            msgspec.structs.replace(
                take,
                value={slot: take.value[slot] for slot in value_slots(kind) if slot in take.value},
                normal=tuple(pair for pair in take.normal if pair[0] in value_slots(kind)),
                implied_by=matter.label,
            ),
        )
        for kind in kinds
    ]


def _spread_general_denials(takes: Takes) -> None:
    """Deny in each matter of the kind what is denied of ``anyone``."""
    by_kind: dict[str, list[Matter]] = defaultdict(list)
    general = [matter for matter in takes if matter.is_general]
    if not general:
        return
    for matter in takes:
        by_kind[matter.kind].append(matter)
    carried = {
        denial: [
            msgspec.structs.replace(take, implied_by=denial.label, general=True)
            for take in takes[denial]
            if take.denies
        ]
        for denial in general
    }
    for denial, denying in carried.items():
        for matter in by_kind[denial.kind] if denying else ():
            if matter != denial and keys_cover(denial.keys, matter.keys):
                takes[matter].extend(denying)


def keys_cover(general: Sequence[str | None], keys: Sequence[str | None]) -> bool:
    """Whether key slots are the same, ``anyone`` standing for each."""
    return all(mine in (ANYONE, theirs) for mine, theirs in zip(general, keys, strict=True))


def voiced(takes: Sequence[Take]) -> Sequence[Take]:
    """The takes that have a voice.

    A narrator has one only on a matter on which its document quotes nobody.
    """
    for take in takes:
        if take.narrates:
            break
    else:
        return takes
    quoting = {take.statement.source.document for take in takes if not take.narrates} - {None}
    return [
        take for take in takes if not take.narrates or take.statement.source.document not in quoting
    ]


def ids_of(takes: Sequence[Take]) -> tuple[str, ...]:
    """The statements behind some takes, by when they were recorded, then id."""
    if len(takes) == 1:
        return (takes[0].id,)
    placed = {take.place: take.id for take in takes}
    return tuple(placed[place] for place in sorted(placed))
