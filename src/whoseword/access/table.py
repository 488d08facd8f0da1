"""The table of who opens what, drawn from the rules themselves (docs/who-may-open.md).

A cell tells what the rules decide for a role, a purpose and a class, and which rule did so; a test
holds the page to it, so that no rule changes without the page.
"""

from collections.abc import Iterator
from datetime import date

from whoseword.access.law import Disclosing, Law
from whoseword.access.readers import PURPOSES, Reader
from whoseword.access.rules import Effect, Retention, Rule, RuleSet
from whoseword.words import BookClass

_ELSEWHERE = Reader("oversight", "elsewhere", "inquiry")
_TOPICS = ("health/part_2", "criminal_justice/juvenile", "response/peer_support")


def drawn(rules: RuleSet, day: date) -> str:
    """The page, in Markdown: whole books, topics, disclosures, acts, and every rule."""
    law = Law(rules, day)
    return "\n".join(
        [
            *_section("Whole books", _opening(law, [one.value for one in BookClass])),
            *_section("Books of a topic that has rules of its own", _opening(law, _TOPICS)),
            *_section("Single statements, by their custodian's disclosure", _disclosing(law)),
            *_section("Every rule", _rules(rules)),
        ]
    )


def _section(title: str, lines: Iterator[str]) -> list[str]:
    return [f"## {title}", "", *lines, ""]


def _opening(law: Law, classes: list[str] | tuple[str, ...]) -> Iterator[str]:
    yield f"| role | purpose | {' | '.join(f'`{one}`' for one in classes)} |"
    yield f"| --- | --- | {' | '.join('---' for _ in classes)} |"
    for role, purposes in PURPOSES.items():
        for purpose in purposes:
            cells = [_cell(law, Reader(role, "own", purpose), one) for one in classes]
            yield f"| `{role}` | `{purpose}` | {' | '.join(cells)} |"


def _cell(law: Law, reader: Reader, handling: str) -> str:
    """What a reader opens of any agency, and what of the own; with the rules that decide."""
    anyone = law.opens(reader, f"other/{handling}", _ELSEWHERE)
    own = law.opens(reader, f"{reader.agency}/{handling}", _ELSEWHERE)
    by_any, by_own = ", ".join(anyone.rules), ", ".join(own.rules)
    if anyone.allowed and own.allowed:
        return f"yes ({by_any})"
    if own.allowed:
        return f"own agency ({by_own})"
    return f"no ({by_any})" if by_any else "no"


def _disclosing(law: Law) -> Iterator[str]:
    handlings = [*(one.value for one in BookClass), *_TOPICS]
    yield f"| to | {' | '.join(f'`{one}`' for one in handlings)} |"
    yield f"| --- | {' | '.join('---' for _ in handlings)} |"
    for role in PURPOSES:
        cells = [_named(law, role, one) for one in handlings]
        yield f"| `{role}` | {' | '.join(cells)} |"


def _named(law: Law, role: str, handling: str) -> str:
    """The rules under which a statement of a class may be disclosed to a role.

    In brackets where the rule must be named by whoever discloses.
    """
    found: dict[str, bool] = {}
    for rule in ["", *(one.id for one in law.in_force if one.effect is Effect.PERMIT)]:
        for purpose in PURPOSES[role]:
            decision = law.discloses(
                Disclosing(role, purpose, f"own/{handling}", rule, by_custodian=True, has_end=True)
            )
            if decision.allowed:
                for one in decision.rules:
                    found.setdefault(one, rule == "")
    return ", ".join(one if plain else f"[{one}]" for one, plain in found.items()) or "no"


def _rules(rules: RuleSet) -> Iterator[str]:
    yield "| rule | does | citation | text of | read as | who | to whom | for | conditions | how long | in force |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    for rule in rules.rules:
        does = rule.effect.value if rule.applies else f"{rule.effect.value}, not applied"
        yield f"| {' | '.join(_told(rule, does))} |"
    for kept in rules.retention:
        does = f"shows {', '.join(kept.kinds)} for {kept.years} years"
        yield f"| {' | '.join(_told(kept, does))} |"


def _told(rule: Rule | Retention, does: str) -> tuple[str, ...]:
    return (
        f"`{rule.id}`",
        does,
        rule.citation,
        rule.text_year,
        rule.confidence.value,
        rule.who,
        rule.to_whom,
        rule.purpose,
        rule.conditions,
        rule.duration,
        f"{rule.in_force_from} to {rule.in_force_to}",
    )
