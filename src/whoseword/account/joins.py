"""Which names are one: judgements that somebody made, and may withdraw.

Different names are one only through ``same(who, whom)``, affirmed plainly by a person, undisputed
and not replaced (contract, section 2, "Entities"). A belief joins nothing, hearsay joins nothing,
a program's or an unreviewed reading joins nothing.
"""

from collections.abc import Iterable, Mapping

from whoseword.words import AFFIRMING, ANYONE, Hedge, SpeakerKind, Stance, Statement
from whoseword.words.scene import Same

_PERSONS = {
    SpeakerKind.OFFICIAL,
    SpeakerKind.WITNESS,
    SpeakerKind.INVOLVED,
    SpeakerKind.RELATIVE,
    SpeakerKind.RESPONDER,
}


def joined_names(
    statements: Iterable[Statement], replaced: Mapping[tuple[str, str], str]
) -> dict[str, str]:
    """Each joined name and the name under which it stands."""
    asserted: list[tuple[str, str]] = []
    denied: set[frozenset[str]] = set()
    for statement in statements:
        fact = statement.fact
        if not isinstance(fact, Same) or (statement.book, statement.id) in replaced:
            continue
        if fact.who is None or fact.whom is None or fact.who == fact.whom:
            continue
        if statement.stance is Stance.DENIES:
            denied.add(frozenset((fact.who, fact.whom)))
        elif _joins(statement):
            asserted.append((fact.who, fact.whom))
    general = {name for pair in denied if ANYONE in pair for name in pair - {ANYONE}}
    kept = [
        pair
        for pair in asserted
        if frozenset(pair) not in denied and not general.intersection(pair)
    ]
    return _under_one_name(kept)


def _joins(statement: Statement) -> bool:
    return (
        statement.stance in AFFIRMING
        and statement.hedge is Hedge.PLAIN
        and not statement.via
        and statement.reviewed
        and statement.speaker.kind in _PERSONS
    )


def _under_one_name(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Every name of a group under the ``whom`` that is nobody's ``who``; the least, of several."""
    groups: dict[str, set[str]] = {}
    for who, whom in pairs:
        group = groups.get(who, {who}) | groups.get(whom, {whom})
        for name in group:
            groups[name] = group
    told_as_another = {who for who, _ in pairs}
    names: dict[str, str] = {}
    for name, group in groups.items():
        root = min(group - told_as_another or group)
        if name != root:
            names[name] = root
    return names
