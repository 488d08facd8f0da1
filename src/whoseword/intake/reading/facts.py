"""From a clause to the contract's kinds of fact; what fits none is left to be `other`.

A rule looks at one verb and fills the slots that the clause itself names. A slot that the words
leave out stays null, and one that could mean several people is null with its candidates.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from whoseword.intake.reading.discourse import Discourse
from whoseword.intake.reading.entities import Entity, Referent
from whoseword.intake.reading.grammar import agent_of, is_passive, members, object_of
from whoseword.words import Basis, Happened, Hedge, Stance
from whoseword.words.fact import SlotValue
from whoseword.words.kinds import ANYONE, key_slots

if TYPE_CHECKING:
    from spacy.tokens import Token

SlotFilling = Referent | list[Referent] | str | list[str] | bool | None


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact that a clause states; `candidates` are those whom an ambiguous slot could mean.

    A hedge, basis or stance of its own goes before that of the clause. `anyone` is true where the
    words ask about or deny it of nobody in particular.
    """

    kind: str
    slots: Mapping[str, SlotValue | None]
    candidates: tuple[str, ...] = ()
    happened: str | Happened | None = None
    hedge: Hedge | None = None
    basis: Basis | None = None
    stance: Stance | None = None
    anyone: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb with its subject, in a document's discourse, as said by `speaker`."""

    verb: "Token"
    subject: "Token | None"
    negated: bool
    discourse: Discourse
    speaker: Entity | None

    @property
    def lemma(self) -> str:
        """The verb's dictionary form, in lower case."""
        return self.verb.lemma_.lower()

    @property
    def passive(self) -> bool:
        """Whether the subject undergoes what is told."""
        return is_passive(self.verb)

    @property
    def undergoer(self) -> "Token | None":
        """To whom it is done."""
        return self.subject if self.passive else object_of(self.verb)

    @property
    def doer(self) -> "Token | None":
        """By whom it is done, where the clause says so."""
        return agent_of(self.verb) if self.passive else self.subject

    def whom(self, word: "Token | None") -> Referent:
        """Whom one word means."""
        return self.discourse.referent(word, self.speaker) if word is not None else Referent(None)

    def each(self, word: "Token | None") -> list[Referent]:
        """Whom each member of a coordinated phrase means."""
        return [self.whom(one) for one in members(word)] if word is not None else [Referent(None)]

    def entity(self, word: "Token | None") -> Entity | None:
        """What is known of whom a word means."""
        return self.discourse.entity(self.whom(word).name)

    def is_somebody(self, word: "Token") -> bool:
        """Whether a word means a person or an agency, if not which."""
        referent = self.whom(word)
        known = [self.discourse.entity(name) for name in (referent.name, *referent.candidates)]
        return any(one is not None and (one.is_person or one.is_agency) for one in known)


Rule = Callable[[Clause], list[Finding]]


def found(clause: Clause, kind: str, **slots: SlotFilling) -> list[Finding]:
    """Findings of `kind`: one for each member of a list over a key slot.

    "Anyone" stands only in what is denied; elsewhere it is nobody in particular. `for_` is `for`.
    """
    keys = key_slots(kind)
    filled: dict[str, list[SlotValue | None]] = {}
    candidates: list[str] = []
    for name, filling in slots.items():
        slot = name.rstrip("_")
        refs = filling if isinstance(filling, list) else [filling]
        candidates += [one for ref in refs if isinstance(ref, Referent) for one in ref.candidates]
        values = [_value(ref, clause) for ref in refs]
        if slot not in keys and len(values) > 1:
            named = tuple(one for one in values if isinstance(one, str))
            values = [named or None]
        filled[slot] = values
    told = [ref for one in slots.values() for ref in (one if isinstance(one, list) else [one])]
    anyone = any(isinstance(ref, Referent) and ref.anyone for ref in told)
    combined = [dict(zip(filled, one, strict=True)) for one in product(*filled.values())]
    names = tuple(dict.fromkeys(candidates))
    return [Finding(kind, one, names, anyone=anyone) for one in combined]


def _value(filling: Referent | str | bool | None, clause: Clause) -> SlotValue | None:
    if isinstance(filling, Referent):
        return ANYONE if filling.anyone and clause.negated else filling.name
    return filling


@cache
def _rules() -> tuple[Mapping[str, Rule], ...]:
    """The tables of rules, in the order in which they are tried."""
    from whoseword.intake.reading import (
        facts_after,
        facts_agencies,
        facts_harm,
        facts_people,
        facts_plain,
        facts_police,
        facts_scene,
    )

    first = facts_harm, facts_police, facts_agencies, facts_people
    tables = *first, facts_scene, facts_after, facts_plain
    return tuple(one.RULES for one in tables)


def facts_of(clause: Clause) -> list[Finding]:
    """What the clause states, as kinds of the contract; empty where none fits."""
    from whoseword.intake.reading.facts_police import handcuffs

    made = handcuffs(clause)
    for table in _rules():
        if made:
            break
        rule = table.get(clause.lemma)
        made = rule(clause) if rule is not None else []
    return made
