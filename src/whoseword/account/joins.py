"""Which names are one: judgements that somebody made, and may withdraw.

Different names are one only through ``same(who, whom)``, affirmed plainly by a person, undisputed
and not replaced (contract, section 2, "Entities"). A belief joins nothing, hearsay joins nothing,
a program's or an unreviewed reading joins nothing.
"""

from collections.abc import Iterable, Sequence

from whoseword.account.known import Known
from whoseword.words import AFFIRMING, ANYONE, Hedge, SpeakerKind, Stance, Statement
from whoseword.words.scene import Same

_PERSONS = {
    SpeakerKind.OFFICIAL,
    SpeakerKind.WITNESS,
    SpeakerKind.INVOLVED,
    SpeakerKind.RELATIVE,
    SpeakerKind.RESPONDER,
}
_NamePair = tuple[str, str]


def joined_names(known: Iterable[Known]) -> dict[str, str]:
    """Each joined name and the name under which it stands.

    Of a group that holds a denied pair none is joined: where a is said to be b and b to be c, and
    a not to be c, nobody knows which join is the wrong one.
    """
    asserted: list[_NamePair] = []
    denied: set[_NamePair] = set()
    for one in known:
        statement, fact = one.statement, one.statement.fact
        if not isinstance(fact, Same) or one.replaced_by is not None:
            continue
        if fact.who is None or fact.whom is None:
            continue
        if statement.stance is Stance.DENIES:
            denied |= {(fact.who, fact.whom), (fact.whom, fact.who)}
        elif fact.who != fact.whom and _joins(statement):
            asserted.append((fact.who, fact.whom))
    return _under_one_name([pair for pair in asserted if not _denied(pair, denied)], denied)


def _denied(pair: _NamePair, denied: set[_NamePair]) -> bool:
    return any(other in denied for other in (pair, *((ANYONE, name) for name in (*pair, ANYONE))))


def _joins(statement: Statement) -> bool:
    return (
        statement.stance in AFFIRMING
        and statement.hedge is Hedge.PLAIN
        and not statement.via
        and statement.reviewed
        and statement.speaker.kind in _PERSONS
    )


def _under_one_name(asserted: Sequence[_NamePair], denied: set[_NamePair]) -> dict[str, str]:
    """Every name of a group under the ``whom`` that is nobody's ``who``; the least, of several."""
    group_of = _groups(asserted)
    parted = {
        id(group_of[who])
        for who, whom in denied
        if who != whom and who in group_of and group_of[who] is group_of.get(whom)
    }
    told_as_another = {who for who, _ in asserted}
    names: dict[str, str] = {}
    for group in {id(group): group for group in group_of.values()}.values():
        if id(group) not in parted:
            root = min(group - told_as_another or group)
            names.update({name: root for name in group if name != root})
    return names


def _groups(pairs: Sequence[_NamePair]) -> dict[str, set[str]]:
    """Each name's group; the smaller of two groups goes into the larger."""
    group_of: dict[str, set[str]] = {}
    for who, whom in pairs:
        small, large = sorted(
            (group_of.setdefault(who, {who}), group_of.setdefault(whom, {whom})), key=len
        )
        if small is not large:
            large |= small
            group_of.update(dict.fromkeys(small, large))
    return group_of
