"""The examples that stand beside each rule: a few statements, and the advice that must follow.

They are written so that whoever answers for a rule can write one, and are run by ``rules check``.
Every key of a statement may stand in one; what is left out is a dispatcher's word in a response
book, affirmed. Times of the clock are those of one invented day; ``id`` may be any word, and
``having_seen`` and ``replaces`` name it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from whoseword.access import Confidence
from whoseword.response.gate import advise
from whoseword.response.provisions import GATE, AdviceRule, Example, Ground, Terms
from whoseword.response.shapes import Advice, Drawn
from whoseword.words import Statement, WordFault, statement_from
from whoseword.words.times import parse_moment

INCIDENT = "example"
_DAY = "2031-03-06"
_CLOCK = re.compile(r"\d\d:\d\d(?::\d\d)?")
_DISPATCHER = {"name": "Dispatch", "kind": "agency"}
_NOT_THERE = 0


def faults_of_examples(rules: Iterable[AdviceRule]) -> Iterator[str]:
    """Every example that does not come out as its rule says: ``RULE: EXAMPLE: what``."""
    given = tuple(rules)
    for rule in given:
        for example in rule.example:
            where = f"{rule.id}: {example.title}"
            try:
                told, at = _statements(example), parse_moment(_moment(example.at))
            except (WordFault, KeyError, TypeError, ValueError) as error:
                yield f"{where}: cannot be read ({error!s}); correct it"
                continue
            view = advise(
                Drawn(told, told), incident=INCIDENT, at=at, terms=_terms(given, rule, at)
            )
            yield from (f"{where}: {fault}" for fault in _differences(example, view))


def _terms(rules: tuple[AdviceRule, ...], tried: AdviceRule, at: datetime) -> Terms:
    """The rules of the file, the one that is tried among them, with something on each ground."""
    held = {one.ground for one in rules if one.in_force(at.date())}
    stand_ins = tuple(_stand_in(tried, ground) for ground in GATE if ground not in held)
    return Terms("", (*rules, *stand_ins), (tried.profile,))


def _stand_in(rule: AdviceRule, ground: Ground) -> AdviceRule:
    """A rule of the gate for a file that has none on that ground."""
    return msgspec.structs.replace(
        rule,
        id=f"a rule of the ground {ground.value}",
        ground=ground,
        confidence=Confidence.PARAPHRASE,
        in_force_from="..",
        in_force_to="..",
        profile="",
    )


def _statements(example: Example) -> list[Statement]:
    """The statements of an example; each may be named by a word of its own as its ``id``."""
    ids = {one["id"]: order for order, one in enumerate(example.told, 1) if "id" in one}
    return [_statement(order, one, ids) for order, one in enumerate(example.told, 1)]


def _statement(order: int, given: Mapping[str, Any], ids: Mapping[str, int]) -> Statement:
    value: dict[str, Any] = {
        "book": "county-911/response/calls",
        "speaker": _DISPATCHER,
        "stance": "affirms",
        "source": {"entered_by": "dispatcher"},
        **given,
        "incident": INCIDENT,
        "id": _id(order),
        "recorded": _moment(given["at"]),
    }
    fact = value["fact"] = dict(given["fact"])
    del value["at"]
    for part, name in ((value, "said"), (fact, "until")):
        if name in part:
            part[name] = _moment(part[name])
    for part, name in ((value, "replaces"), (fact, "having_seen")):
        if name in part:
            part[name] = _id(ids.get(part[name], _NOT_THERE))
    return statement_from(value)


def _id(number: int) -> str:
    return f"01950000-0000-7000-8000-{number:012x}"


def _moment(text: str) -> str:
    """A time of the clock on the day of the example; anything else as it stands."""
    if not _CLOCK.fullmatch(text):
        return text
    return datetime.fromisoformat(f"{_DAY}T{text}").replace(tzinfo=UTC).isoformat()


def _differences(example: Example, view: Advice) -> Iterator[str]:
    rows = {one.who: one for one in view.advice}
    for who, wanted in example.expect.items():
        given = rows[who].advice if who in rows else "no advice"
        if given != wanted:
            yield f"{who} gets {given} where {wanted} is expected"
    for who, seconds in example.unused_s.items():
        unused = rows[who].unused_clearance_s if who in rows else 0
        if unused != seconds:
            yield f"{who} has {unused} seconds of unused clearance where {seconds} are expected"
    named = {one.rule for row in view.advice for one in row.because}
    named |= {one.rule for one in view.tasks}
    for rule in example.rules:
        if rule not in named:
            yield f"{rule} is not named; {', '.join(sorted(named)) or 'none'} is"
