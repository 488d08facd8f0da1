"""The examples of a rule, run: a few statements, a moment, the state and the due that follow.

They are how somebody who writes no program sees what a rule does, and how ``rules check`` knows
that it still does it.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from whoseword.duties.owed import duties
from whoseword.duties.rule import NOT_OWED, DutyRule, Example, Said
from whoseword.duties.shapes import Duty, State, Terms
from whoseword.words import Statement, WordFault, statement_from
from whoseword.words.times import moment_text, parse_zone

INCIDENT = "example"
_STATES = (*(state.value for state in State), NOT_OWED)


def example_faults(rule: DutyRule, versions: Sequence[DutyRule]) -> Iterator[str]:
    """What does not come out as the rule's examples say, each with what came out instead."""
    for example in rule.example:
        told = f"example {example.tells!r}"
        if example.state not in _STATES:
            yield f"{told}: {example.state!r} is no state; use one of {', '.join(_STATES)}"
            continue
        try:
            found = _found(rule, versions, example)
        except WordFault as fault:
            yield f"{told}: {fault}"
            continue
        yield from (f"{told}: {one}" for one in _differences(example, found))


def _found(rule: DutyRule, versions: Sequence[DutyRule], example: Example) -> list[Duty]:
    said = [_statement(place, one) for place, one in enumerate(example.statements)]
    terms = Terms(rule.profiles[0], "", parse_zone(example.zone))
    view = duties(said, incident=INCIDENT, as_of=example.at, rules=versions, terms=terms)
    return [one for one in view.duties if example.for_ in (None, one.for_)]


def _differences(example: Example, found: Sequence[Duty]) -> Iterator[str]:
    if not found and example.state != NOT_OWED:
        yield "the rule asks for nothing here; look at its trigger and at its days in force"
    for duty in found:
        if duty.state != example.state:
            yield f"state is {duty.state}, not {example.state}; correct the rule or the example"
        if duty.due != _text(example.due) and example.state != NOT_OWED:
            due, asked = duty.due or "not set", _text(example.due) or "not set"
            yield f"due is {due}, not {asked}; correct the rule or the example"


def _text(moment: datetime | None) -> str | None:
    return moment_text(moment) if moment else None


def _statement(place: int, said: Said) -> Statement:
    """The statement of an example, entered by nobody in particular. Raises ``WordFault``."""
    told = [part.strip() for part in said.by.split(",")]
    if len(told) not in (2, 3):
        raise WordFault(
            "by", f"{said.by!r} is no speaker", 'write "NAME, KIND" or "NAME, KIND, PARTY"'
        )
    speaker: dict[str, Any] = dict(zip(("name", "kind", "party"), told, strict=False))
    return statement_from(
        {
            "id": f"00000000-0000-7000-8000-{place:012x}",
            "incident": INCIDENT,
            "book": "example/incident",
            "speaker": speaker,
            "stance": said.stance.value,
            "basis": said.basis.value,
            "hedge": said.hedge.value,
            "fact": said.fact,
            "recorded": moment_text(said.recorded),
            "source": {"entered_by": INCIDENT},
        }
    )
