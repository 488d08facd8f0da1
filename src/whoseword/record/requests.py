"""Requests for records: when each came, by when it is to be answered, what was answered, and how old it is.

A request and its answer are statements, as everything is; an unanswered one is never "no". The deadline
and what an answer must hold are a rule with its citation (RSMo 610.023: acted on by the end of the third
business day, a delay with its cause, place and earliest time, a denial with the law on demand; 610.024: a
part is given with an explanation of what was taken out).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from enum import Enum
from typing import Annotated, Any, Final, NamedTuple

import msgspec

from whoseword.access import Confidence, RulesFault
from whoseword.access.rules import in_force
from whoseword.duties.clocks import Start, due_of
from whoseword.duties.rule import Deadline, DeadlineKind
from whoseword.words import Statement
from whoseword.words.aftermath import Replied, Requested
from whoseword.words.times import moment_text, parse_zone

REQUEST: Final = "x_request"
ANSWER: Final = "x_answer"
Text = Annotated[str, msgspec.Meta(pattern=r"\S")]


class Outcome(Enum):
    """What an answer does."""

    GIVEN = "given"
    PART = "part"
    DENIED = "denied"
    DELAYED = "delayed"


class State(Enum):
    """How a request stands at a moment."""

    OPEN = "open"
    OVERDUE = "overdue"
    DELAYED = "delayed"
    GIVEN = "given"
    PART = "part"
    DENIED = "denied"


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a request's statement carries: its number and when it was received (RFC 3339)."""

    number: int
    received: str


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """What an answer's statement carries: the request's number, the outcome, and what it must hold."""

    number: int
    outcome: str
    law: str | None = None
    why: str | None = None
    place: str | None = None
    earliest: str | None = None


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A moment at which a request is received, and when it is due."""

    title: Text
    received: datetime
    due: datetime
    zone: str = "UTC"


class RequestRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """By when a request is answered, and what a delay, a denial and a part must tell."""

    id: Text
    citation: Text
    text_year: Text
    confidence: Confidence
    verified_by: Text
    in_force_from: str
    in_force_to: str
    business_days: Annotated[int, msgspec.Meta(ge=1)]
    holidays: str | None = None
    tells: Text
    delay_needs: tuple[str, ...] = ()
    denial_needs: tuple[str, ...] = ()
    part_needs: tuple[str, ...] = ()
    example: Annotated[tuple[Example, ...], msgspec.Meta(min_length=1)]

    def needs(self, outcome: Outcome) -> tuple[str, ...]:
        """What an answer with that outcome must tell."""
        told = {
            Outcome.DELAYED: self.delay_needs,
            Outcome.DENIED: self.denial_needs,
            Outcome.PART: self.part_needs,
        }
        return told.get(outcome, ())

    def due(self, received: datetime, zone: tzinfo) -> datetime | None:
        """The end of the last day on which a request is answered in time."""
        deadline = Deadline(kind=DeadlineKind.BUSINESS_DAYS, amount=self.business_days)
        day = received.astimezone(zone).date()
        start = Start(received, day, earliest=received, to_the_minute=True, told=True)
        return due_of(deadline, start, zone, self.holidays, None)


class _Rules(msgspec.Struct, frozen=True):
    request: tuple[RequestRule, ...] = ()


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A request as it stands at a moment; ``days`` are whole days since it was received."""

    number: int
    by: str | None
    about: Any
    received: str
    due: str | None
    state: str
    days: int
    rule: str
    citation: str
    statement: str
    answers: tuple[str, ...]
    last: Answered | None


class Moment(NamedTuple):
    """The moment as of which requests are told, and the home's zone."""

    at: datetime
    zone: tzinfo


def read_request_rules(files: Mapping[str, str]) -> tuple[RequestRule, ...]:
    """Every rule on requests, by id. Raises ``RulesFault`` with what is wrong with their shape."""
    found: list[RequestRule] = []
    faults: list[str] = []
    for name in sorted(files):
        if name.endswith(".toml"):
            try:
                found += msgspec.toml.decode(files[name], type=_Rules).request
            except msgspec.MsgspecError as error:
                faults.append(f"{name}: is no list of [[request]] ({error}); correct it")
    if faults:
        raise RulesFault("\n".join(faults))
    return tuple(sorted(found, key=lambda one: one.id))


def rule_on(rules: Sequence[RequestRule], day: date) -> RequestRule:
    """The rule that is in force on a day. Raises ``RulesFault`` where there is none, or two."""
    found = [one for one in rules if in_force(one.in_force_from, one.in_force_to, day)]
    if len(found) != 1:
        raise RulesFault(
            f"{len(found)} rules on requests are in force on {day}; leave exactly one in "
            "rules/*/requests.toml"
        )
    return found[0]


def faults_of(text: str) -> list[str]:
    """Everything that is wrong with the rules on requests in a file; their examples are run."""
    try:
        rules = msgspec.toml.decode(text, type=_Rules).request
    except msgspec.MsgspecError as error:
        return [f"is no list of [[request]] ({error}); correct it"]
    return [
        f"{rule.id}: {one.title}: is due {due and moment_text(due)}, and not {moment_text(one.due)}"
        for rule in rules
        for one in rule.example
        if (due := rule.due(one.received, parse_zone(one.zone))) != one.due
    ]


def requests_of(
    statements: Iterable[Statement], agency: str, rules: Sequence[RequestRule], now: Moment
) -> list[Row]:
    """Every request to an agency, the oldest first, as of a moment."""
    told = [one for one in statements if one.recorded is not None and one.recorded <= now.at]
    answers: dict[int, list[tuple[Statement, Answered]]] = {}
    for one in sorted(told, key=lambda one: (str(one.recorded), str(one.id))):
        if isinstance(one.fact, Replied) and one.fact.by == agency and ANSWER in one.extra:
            answered = msgspec.convert(one.extra[ANSWER], Answered)
            answers.setdefault(answered.number, []).append((one, answered))
    rows = [
        _row(one, msgspec.convert(one.extra[REQUEST], Asked), answers, rules, now)
        for one in told
        if isinstance(one.fact, Requested) and one.fact.of == agency and REQUEST in one.extra
    ]
    return sorted(rows, key=lambda row: row.number)


def _row(
    one: Statement,
    asked: Asked,
    answers: Mapping[int, list[tuple[Statement, Answered]]],
    rules: Sequence[RequestRule],
    now: Moment,
) -> Row:
    assert isinstance(one.fact, Requested)
    received = datetime.fromisoformat(asked.received)
    rule = rule_on(rules, received.astimezone(now.zone).date())
    due, its = rule.due(received, now.zone), answers.get(asked.number, [])
    last = its[-1][1] if its else None
    return Row(
        number=asked.number,
        by=one.fact.by,
        about=one.fact.about,
        received=asked.received,
        due=None if due is None else moment_text(due),
        state=_state(last, due, now).value,
        days=max(0, (now.at - received).days),
        rule=rule.id,
        citation=rule.citation,
        statement=str(one.id),
        answers=tuple(str(answer.id) for answer, _ in its),
        last=last,
    )


def _state(last: Answered | None, due: datetime | None, now: Moment) -> State:
    """An answer ends it, but a delay: once its earliest time has come, the request is overdue again."""
    if last is None:
        return State.OVERDUE if due is not None and now.at > due else State.OPEN
    if last.outcome != Outcome.DELAYED.value:
        return State(last.outcome)
    earliest = datetime.fromisoformat(last.earliest) if last.earliest else None
    is_over = earliest is not None and now.at > earliest
    return State.OVERDUE if is_over else State.DELAYED
