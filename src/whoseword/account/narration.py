"""Where a narrator says more than the sources it quotes.

A document's own voice is a speaker like any other (design, law 1); where it is surer than whom
it quotes on the same matter, or tells more, the account says so. A narrator who turns "handcuffed"
into "arrested" outruns its source too, so sources on what a matter implies are heard with it.
"""

from collections.abc import Mapping, Sequence

from whoseword.account.phrases import take_words
from whoseword.account.positions import Take, Takes, ids_of
from whoseword.account.shapes import Narrated
from whoseword.account.values import value_within
from whoseword.words import IMPLIES, Hedge, Matter, Stance

_SURENESS = {Hedge.PLAIN: 1, Hedge.POSSIBLE: 0, Hedge.REPORTED: 0}
_TOLD = {Stance.AFFIRMS, Stance.DOES, Stance.DENIES}


def narration_of(takes: Takes) -> list[Narrated]:
    """Each narrator's telling that no source quoted in its document bears out."""
    found = []
    for matter, its in takes.items():
        for take in its:
            if not take.narrates or take.implied_by is not None or take.replaced_by is not None:
                continue
            quoted = _quoted(takes, matter, take.statement.source.document)
            if take.stance not in _TOLD or not quoted:
                continue
            if not any(_bears_out(source, take, matter) for source in quoted):
                found.append(_narrated(matter, take, [source for source, _ in quoted]))
    return sorted(found, key=lambda one: (one.matter, one.narrator, one.says, one.statements))


_Quoted = list[tuple[Take, Matter]]


def _quoted(
    takes: Mapping[Matter, Sequence[Take]], matter: Matter, document: str | None
) -> _Quoted:
    """What the document's sources say on the matter; if nothing, on what the matter implies."""
    if document is None:
        return []
    on_it = _by_sources(takes, matter, document)
    if on_it or matter.kind not in IMPLIES:
        return on_it
    return _by_sources(takes, Matter(IMPLIES[matter.kind], matter.keys), document)


def _by_sources(takes: Mapping[Matter, Sequence[Take]], matter: Matter, document: str) -> _Quoted:
    return [
        (take, matter)
        for take in takes.get(matter, ())
        if not take.narrates
        and take.replaced_by is None
        and take.statement.source.document == document
    ]


def _bears_out(quoted: tuple[Take, Matter], take: Take, matter: Matter) -> bool:
    source, on = quoted
    if on != matter:
        return False
    if take.affirms:
        return (
            source.affirms
            and _SURENESS[source.hedge] >= _SURENESS[take.hedge]
            and value_within(take.normal, source.normal)
            and take.happened in (None, source.happened)
        )
    return source.denies and value_within(source.normal, take.normal)


def _narrated(matter: Matter, take: Take, quoted: Sequence[Take]) -> Narrated:
    lines = dict.fromkeys(
        f"{source.statement.speaker.name}: {take_words(source)}" for source in quoted
    )
    return Narrated(
        matter.label,
        take.statement.speaker.name,
        take_words(take),
        "; ".join(lines),
        ids_of((take, *quoted)),
    )
