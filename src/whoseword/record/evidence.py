"""What the ledger holds on the matter of a claim, each source by itself, and how it stands to it.

Slots are compared, never sentences (contract, section 2). A claim may say less than a source
("a knife" where the source says "a kitchen knife"); where it says more, no source bears the more.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo
from typing import NamedTuple

from whoseword.account import MatterView, Position
from whoseword.account.values import normal_value
from whoseword.record.names import how_many, meant_by, words_in
from whoseword.record.shapes import Ledger
from whoseword.words import (
    AFFIRMING,
    ANYONE,
    Happened,
    Hedge,
    Stance,
    Statement,
    kind_of,
    matter_of,
)
from whoseword.words.kinds import holds_many, value_slots, values_of
from whoseword.words.matters import Matter, parse_matter, rename
from whoseword.words.times import Span, edtf_span

Value = Mapping[str, frozenset[str]]


class Source(NamedTuple):
    """One statement's word on one matter, as the account counts it.

    ``heard`` is false for a document's own voice beside the sources that it quotes.
    """

    id: str
    statement: Statement
    position: Position
    value: Value
    heard: bool

    @property
    def affirms(self) -> bool:
        """Whether it says that it is so."""
        return self.position.stance in _AFFIRMING

    @property
    def denies(self) -> bool:
        """Whether it says that it is not so."""
        return self.position.stance == Stance.DENIES.value

    @property
    def stands(self) -> bool:
        """Whether it was not replaced."""
        return self.position.replaced_by is None

    @property
    def is_plain(self) -> bool:
        """Whether it is said without doubt."""
        return self.position.hedge == Hedge.PLAIN.value


_AFFIRMING = frozenset(one.value for one in AFFIRMING)


class OnMatter(NamedTuple):
    """A matter of the ledger and its sources; ``value`` is the claim's, in the ledger's words."""

    view: MatterView
    sources: tuple[Source, ...]
    value: Value
    happened: str | Happened | None


def matters_meant(statement: Statement, ledger: Ledger) -> list[OnMatter]:
    """The matters of the ledger that a claim can be on: one for each whom its words can mean.

    What is claimed of anyone is claimed on every matter of the kind, and what the ledger denies of
    anyone is said of each.
    """
    wanted = rename(matter_of(statement.fact), ledger.names)
    found = []
    text = statement.source.quote or ""
    by_matter = _of_kind(wanted.kind, ledger)
    known = [_keys_at(by_matter, slot) for slot in range(len(wanted.keys))]
    meant = [
        None if key in (None, ANYONE) else meant_by(key, known[slot], ledger.account, text)
        for slot, key in enumerate(wanted.keys)
    ]
    for matter, view in by_matter.items():
        fits = all(
            names is None or key in names or key == ANYONE
            for names, key in zip(meant, matter.keys, strict=True)
        )
        if fits:
            sources = tuple(_sources(matter, view, ledger))
            value = _in_its_words(statement, sources, ledger)
            found.append(OnMatter(view, sources, value, statement.fact.happened))
    if wanted.is_general:
        return found
    exact = [one for one in found if one.view.matter == wanted.label]
    return exact if exact and how_many(wanted.keys[0] or "", text) == 1 else found


def on_kind(kind: str, ledger: Ledger) -> list[tuple[Matter, MatterView]]:
    """Every matter of a kind."""
    return list(_of_kind(kind, ledger).items())


def _of_kind(kind: str, ledger: Ledger) -> dict[Matter, MatterView]:
    found = {}
    for view in ledger.account.matters:
        matter = parse_matter(view.matter)
        if matter is not None and matter.kind == kind:
            found[matter] = view
    return found


def _keys_at(matters: Mapping[Matter, MatterView], slot: int) -> set[str]:
    return {key for matter in matters if (key := matter.keys[slot]) is not None}


def _sources(matter: Matter, view: MatterView, ledger: Ledger) -> Iterator[Source]:
    slots = value_slots(matter.kind)
    for position in view.positions:
        for name in position.statements:
            statement: Statement = ledger.account.statements[name]
            given = {key: one for key, one in values_of(statement.fact).items() if key in slots}
            yield Source(
                name, statement, position, dict(normal_value(given, ledger.names)),
                bool(position.origins),
            )  # fmt: skip


def _in_its_words(statement: Statement, sources: Sequence[Source], ledger: Ledger) -> Value:
    """The claim's value with each name that the sources have otherwise in the sources' form."""
    given = values_of(statement.fact)
    if kind_of(statement.fact) == "called":
        # "Officers were called" tells of no call to one office and not to another.
        given.pop("to", None)
    value = dict(normal_value(given, ledger.names))
    for slot, members in value.items():
        known = {word for one in sources for word in one.value.get(slot, ())}
        value[slot] = frozenset(
            _named_as(word, known, ledger) if slot in _NAMES else word for word in members
        )
    return value


_NAMES = frozenset({"by", "toward", "whom", "members", "to", "caller", "about", "custody"})
"""Value slots that hold names of people and agencies."""


def _named_as(word: str, known: set[str], ledger: Ledger) -> str:
    meant = meant_by(word, known, ledger.account)
    return meant[0] if len(meant) == 1 else word


def covers(claim: Value, source: Value) -> bool:
    """Whether a source states everything that a claim states, in at least as much detail."""
    return all(
        slot in source and all(any(_within(word, one) for one in source[slot]) for word in members)
        for slot, members in claim.items()
    )


def clashes(kind: str, claim: Value, source: Value) -> bool:
    """Whether both cannot be so: other values of a slot that has a single true one."""
    return any(
        not any(
            _within(word, one) or _within(one, word) for word in members for one in source[slot]
        )
        for slot, members in claim.items()
        if slot in source and not holds_many(kind, slot)
    )


def denial_hits(denied: Value, claim: Value) -> bool:
    """Whether a denial is of what the claim states; one with a value denies that value only."""
    return all(
        slot in claim and any(_within(one, word) for word in claim[slot] for one in members)
        for slot, members in denied.items()
    )


def _within(less: str, more: str) -> bool:
    """Whether the words of one stand among the words of the other."""
    if less == more:
        return True
    few, many = set(words_in(less)), set(words_in(more))
    return bool(few) and few <= many


def at_one_time(one: str | Happened | None, other: str | Happened | None, zone: tzinfo) -> bool:
    """Whether two times can be one (contract, section 2, "Time"); untold is compatible with any."""
    if one is None or other is None:
        return True
    mine, theirs = _anchor(one), _anchor(other)
    if mine and theirs:
        return mine == theirs
    if isinstance(one, str) and isinstance(other, str):
        first, second = edtf_span(one, zone), edtf_span(other, zone)
        return first is None or second is None or _overlap(first, second)
    return True


def _anchor(happened: str | Happened) -> tuple[str, str] | None:
    return happened.anchor if isinstance(happened, Happened) else None


def _overlap(one: Span, other: Span) -> bool:
    return not (_ends_before(one, other) or _ends_before(other, one))


def _ends_before(one: Span, other: Span) -> bool:
    return one.latest is not None and other.earliest is not None and one.latest < other.earliest
