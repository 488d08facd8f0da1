"""Where a narrator says more than the sources it quotes.

A document's own voice is a speaker like any other (design, law 1); where it is surer than whom
it quotes on the same matter, or tells more, the account says so. A narrator who turns "handcuffed"
into "arrested" outruns its source too, so sources on what a matter implies are heard with it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from typing import NamedTuple

from whoseword.account.phrases import take_words
from whoseword.account.positions import Take, Takes, ids_of
from whoseword.account.shapes import Narrated
from whoseword.account.values import Normal, NormalValue, value_within
from whoseword.words import IMPLIES, Happened, Hedge, Matter, Stance
from whoseword.words.times import edtf_span

_TOLD = {Stance.AFFIRMS, Stance.DOES, Stance.DENIES}


class _Quoted(NamedTuple):
    """What a document quotes somebody as saying, and the matter on which it is heard."""

    take: Take
    on: Matter


def narration_of(takes: Takes, zone: tzinfo) -> list[Narrated]:
    """Each narrator's telling that no source quoted in its document bears out.

    A source that was corrected later is what the document quotes all the same.
    """
    found = []
    for matter, its in takes.items():
        for take in its:
            if not take.narrates or take.implied_by is not None or take.replaced_by is not None:
                continue
            quoted = _quoted(takes, matter, take) if take.stance in _TOLD else []
            if quoted and not _borne_out(take, [one for one in quoted if one.on == matter], zone):
                found.append(_narrated(matter, take, quoted))
    return sorted(found, key=lambda one: (one.matter, one.narrator, one.says, one.statements))


def _quoted(takes: Takes, matter: Matter, take: Take) -> list[_Quoted]:
    """What the document's sources say on the matter.

    If nothing, what they say on the matter that it implies or, of a denial, is implied by.
    """
    document = take.statement.source.document
    if document is None:
        return []
    nearby = [IMPLIES.get(matter.kind)] if take.affirms else [
        kind for kind, implied in IMPLIES.items() if implied == matter.kind
    ]  # fmt: skip
    return _by_sources(takes, matter, document) or [
        one
        for kind in nearby
        if kind is not None
        for one in _by_sources(takes, Matter(kind, matter.keys), document)
    ]


def _by_sources(
    takes: Mapping[Matter, Sequence[Take]], matter: Matter, document: str
) -> list[_Quoted]:
    return [
        _Quoted(take, matter)
        for take in takes.get(matter, ())
        if not take.narrates and take.statement.source.document == document
    ]


def _borne_out(take: Take, quoted: Sequence[_Quoted], zone: tzinfo) -> bool:
    """Whether the sources, together, say at least as much, as surely, of as narrow a time."""
    bearing = [
        source
        for source, _ in quoted
        if source.affirms == take.affirms
        and source.denies == take.denies
        and (source.hedge is Hedge.PLAIN or take.hedge is not Hedge.PLAIN)
        and _as_narrow(source.happened, take.happened, zone)
    ]
    if take.denies:
        return any(value_within(source.normal, take.normal) for source in bearing)
    return bool(bearing) and value_within(take.normal, _together(bearing))


def _as_narrow(source: str | Happened | None, told: str | Happened | None, zone: tzinfo) -> bool:
    if told is None or told == source:
        return True
    if not isinstance(told, str) or not isinstance(source, str):
        return False
    inner, outer = edtf_span(source, zone), edtf_span(told, zone)
    return inner is not None and outer is not None and inner.within(outer)


def _together(takes: Iterable[Take]) -> NormalValue:
    """Everything that several sources state, slot by slot."""
    found: dict[str, Normal] = defaultdict(frozenset)
    for take in takes:
        for slot, members in take.normal:
            found[slot] |= members
    return tuple(found.items())


def _narrated(matter: Matter, take: Take, quoted: Sequence[_Quoted]) -> Narrated:
    lines = dict.fromkeys(_source_words(one, matter) for one in quoted)
    return Narrated(
        matter.label,
        take.statement.speaker.name,
        take_words(take),
        "; ".join(lines),
        ids_of([take, *(source for source, _ in quoted)]),
    )


def _source_words(quoted: _Quoted, matter: Matter) -> str:
    """Who says what; on which matter, where it is not the narrator's."""
    take, on = quoted
    said_on = take.implied_by or on.label
    words = f"{take.statement.speaker.name}: {take_words(take)}"
    return words if said_on == matter.label else f"{words}, on {said_on}"
