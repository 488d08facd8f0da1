"""The law of one day: what the rules in force decide, and by which of them.

Everything goes through ``Law.decide``: Cedar over the policies that are in force, parsed once. What
no rule permits is refused, one rule that forbids is stronger than all that permit, and a rule that
cannot be evaluated refuses. A book is decided by its class, its topic and whose it is, never by
what stands in it, so one decision serves every book of a kind.
"""

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from whoseword.access.readers import Reader
from whoseword.access.rules import Effect, Rule, RuleSet
from whoseword.words import Statement, WordFault
from whoseword.words.kinds import kind_of
from whoseword.words.rules import check_book
from whoseword.words.vocabulary import Stance

if TYPE_CHECKING:
    from cedarpy import Entities, PolicySet

_DECISIONS_KEPT = 8192

ACTS = frozenset(
    {
        *("cleared", "held", "disclosed", "sealed", "quarantined", "placed_on_leave"),
        *("published", "withheld", "waived", "assigned", "broke_glass", "read_reviewed"),
    }
)
"""The kinds of fact that somebody must be entitled to make so; the schema's ``Act``."""


class Decision(NamedTuple):
    """Whether something may be done, and the ids of the rules that made it so.

    Refused without a rule, nothing permits it.
    """

    allowed: bool
    rules: tuple[str, ...]


class Disclosing(NamedTuple):
    """A disclosure as the rules see it: to which role, of which book, under which rule.

    ``rule`` is empty where none was named; ``has_end`` is whether it says when it ends.
    """

    role: str
    purpose: str
    book: str
    rule: str
    by_custodian: bool
    has_end: bool


class Asking(NamedTuple):
    """One question to the rules; ``context`` as sorted pairs, so that it can be remembered."""

    principal: tuple[str, str]
    action: str
    resource: tuple[str, str]
    context: tuple[tuple[str, str | bool], ...]


class Law:
    """The rules of a set that are in force on one day."""

    def __init__(self, rules: RuleSet, day: date) -> None:
        self.rules = rules
        self.in_force = tuple(rule for rule in rules.rules if rule.in_force(day))
        self.asks_for_assignment = any(
            rule.is_on("open") and '"assigned"' in json.dumps(rule.policy["conditions"])
            for rule in self.in_force
        )
        """Whether a rule looks at who is assigned to an incident."""
        self._decide = lru_cache(_DECISIONS_KEPT)(self._decided)
        self._parsed: dict[str, tuple[PolicySet, Entities]] = {}

    def opens(
        self, reader: Reader, book: str, owner: Reader, *, assigned: bool = False
    ) -> Decision:
        """Whether a reader opens a book of that name in the home of that owner.

        What is no name of a book, and what the home may not keep, is opened by nobody.
        """
        named = _named(book)
        if named is None:
            return Decision(False, ())
        custodian, handling, topic = named
        context: dict[str, str | bool] = {
            "purpose": reader.purpose,
            "topic": topic,
            "own_agency": custodian == reader.agency,
            "owner": (reader.role, reader.agency) == (owner.role, owner.agency),
            "home": owner.role,
            "assigned": assigned,
        }
        decision = self.decide(("Role", reader.role), "open", ("Class", handling), context)
        kept = self._keeps(owner, handling) if decision.allowed else decision
        return decision if kept.allowed else kept

    def keeps(self, owner: Reader, book: str) -> Decision:
        """Whether the home of that owner may hold the book at all."""
        named = _named(book)
        return Decision(False, ()) if named is None else self._keeps(owner, named[1])

    def _keeps(self, owner: Reader, handling: str) -> Decision:
        return self.decide(("Role", owner.role), "keep", ("Class", handling), {})

    def discloses(self, asked: Disclosing) -> Decision:
        """Whether a single statement of a book may be given to a reader of that role."""
        named = _named(asked.book)
        if named is None:
            return Decision(False, ())
        context: dict[str, str | bool] = {
            "purpose": asked.purpose,
            "topic": named[2],
            "rule": asked.rule,
            "by_custodian": asked.by_custodian,
            "has_end": asked.has_end,
        }
        return self.decide(("Role", asked.role), "disclose", ("Class", named[1]), context)

    def reads_log(self, reader: Reader, owner: Reader) -> Decision:
        """Whether a reader may read the log of reads."""
        is_owner = (reader.role, reader.agency) == (owner.role, owner.agency)
        context: dict[str, str | bool] = {"purpose": reader.purpose, "owner": is_owner}
        return self.decide(("Role", reader.role), "read_log", ("Log", "reads"), context)

    def refused(self, statement: Statement, owner: Reader) -> WordFault | None:
        """Why the home of that owner does not take a statement; None where it does."""
        named = _named(statement.book)
        if named is not None and not self._keeps(owner, named[1]).allowed:
            return WordFault(
                "book",
                f"a {owner.role}'s home takes nothing of class {statement.handling}",
                "leave it with its custodian; `whoseword may` tells the rule",
            )
        return self.act_fault(statement)

    def act_fault(self, statement: Statement) -> WordFault | None:
        """Why the speaker may not do what the statement does; None where it does nothing, or may."""
        kind = kind_of(statement.fact)
        if statement.stance is not Stance.DOES or kind not in ACTS:
            return None
        speaker = statement.speaker.kind.value
        decision = self.decide(("Speaker", speaker), "say", ("Act", kind), {})
        if decision.allowed:
            return None
        may = [rule for rule in self.in_force if _is_about_act(rule, kind)]
        who = "; ".join(f"{rule.who} ({rule.id})" for rule in may) or "nobody"
        return WordFault(
            "speaker.kind",
            f"a speaker of kind {speaker} does not make it so by words that somebody is "
            f"{kind.replace('_', ' ')}",
            f"this may: {who}; what the speaker tells of it has stance affirms",
        )

    def decide(
        self,
        principal: tuple[str, str],
        action: str,
        resource: tuple[str, str],
        context: Mapping[str, str | bool],
    ) -> Decision:
        """What the rules decide, and by which of them. Deny by default; the strictest wins."""
        return self._decide(Asking(principal, action, resource, tuple(sorted(context.items()))))

    def forget(self) -> None:
        """Forget what was decided, not what was parsed; for whoever measures."""
        self._decide.cache_clear()

    def _decided(self, asking: Asking) -> Decision:
        from cedarpy import Decision as Answer
        from cedarpy import is_authorized

        policies, entities = self._about(asking.action)
        answer = is_authorized(
            {
                "principal": _entity(asking.principal),
                "action": _entity(("Action", asking.action)),
                "resource": _entity(asking.resource),
                "context": dict(asking.context),
            },
            policies,
            entities,
        )
        diagnostics = answer.diagnostics
        if diagnostics.errors:
            # A prohibition that cannot be evaluated does not count for Cedar; here it refuses.
            return Decision(False, ())
        return Decision(answer.decision is Answer.Allow, tuple(sorted(diagnostics.reasons)))

    def _about(self, action: str) -> "tuple[PolicySet, Entities]":
        """The policies that can decide on an action, under the ids of their rules."""
        if action not in self._parsed:
            from cedarpy import Entities, PolicySet

            policies = {
                rule.id: rule.policy
                for rule in self.in_force
                if rule.applies and rule.is_on(action)
            }
            whole = {"templates": {}, "staticPolicies": policies, "templateLinks": []}
            self._parsed[action] = (
                PolicySet.from_json_str(json.dumps(whole)),
                Entities.from_json_str("[]"),
            )
        return self._parsed[action]


class Rulebook:
    """The rules of a home, day by day."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self._laws: dict[tuple[str, ...], Law] = {}

    def on(self, day: date) -> Law:
        """The law of a day; days on which the same rules are in force share what was decided."""
        in_force = tuple(rule.id for rule in self.rules.rules if rule.in_force(day))
        if in_force not in self._laws:
            self._laws[in_force] = Law(self.rules, day)
        return self._laws[in_force]


def _named(book: str) -> tuple[str, str, str] | None:
    """Custodian, class and topic of a book; None where that is no name of one."""
    try:
        check_book(book)
    except WordFault:
        return None
    custodian, handling, topic = (*book.split("/"), "")[:3]
    return custodian, handling, _topic(topic)


def _topic(name: str) -> str:
    """A topic as the rules know it: whoever misspells one does not open it."""
    folded = name.replace("-", "_").replace("_", "")
    for known in ("part_2", "juvenile", "peer_support"):
        if folded.startswith(known.replace("_", "")):
            return known
    return name


def _entity(named: tuple[str, str]) -> dict[str, str]:
    return {"type": named[0], "id": named[1]}


def _is_about_act(rule: Rule, kind: str) -> bool:
    told = rule.policy["resource"].get("entity", {})
    return rule.effect is Effect.PERMIT and told.get("type") == "Act" and told.get("id") == kind
