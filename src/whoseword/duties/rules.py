"""Reading rules on duties from TOML, and telling everything that is wrong with a file of them.

A file may hold other tables beside ``[[duty]]``; they are other readers' business. A rule that asks
for what no statement can say, or that has no example, is a fault, found before anybody relies on
it. The same id may stand for several versions of a rule, as long as no day has two.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import combinations

import msgspec

from whoseword.access import RulesFault
from whoseword.access.rules import OPEN_END
from whoseword.duties.clocks import is_state
from whoseword.duties.conflicts import CONFLICT
from whoseword.duties.examples import example_faults
from whoseword.duties.owners import OWNER_ROLES
from whoseword.duties.roles import ROLES
from whoseword.duties.rule import ALL, COUNTED, DeadlineKind, DutyRule, Evidence, Slots, Trigger
from whoseword.words import FACTS
from whoseword.words.kinds import key_slots, value_slots


class _Duties(msgspec.Struct, frozen=True):
    duty: tuple[DutyRule, ...] = ()


def read_duty_rules(files: Mapping[str, str], profile: str) -> tuple[DutyRule, ...]:
    """The rules of a profile and those marked for all, every version of each.

    ``files`` are texts by name; what is no TOML is left aside. Raises ``RulesFault`` where a file
    cannot be used, or no rule is of that profile. Examples are run by ``faults_of`` alone.
    """
    rules = every_duty_rule(files)
    chosen = tuple(one for one in rules if profile in one.profiles or ALL in one.profiles)
    faults = list(_twice(chosen))
    profiles = sorted({name for one in rules for name in one.profiles} - {ALL})
    if not faults and profile not in profiles:
        faults.append(
            f"no rule on duties is of the profile {profile!r}; name one of: "
            f"{', '.join(profiles) or 'none is there'}"
        )
    if faults:
        raise RulesFault("\n".join(faults))
    return chosen


def every_duty_rule(files: Mapping[str, str]) -> tuple[DutyRule, ...]:
    """The rules of every profile, every version of each. Raises ``RulesFault`` as above."""
    rules: list[DutyRule] = []
    faults: list[str] = []
    for name in sorted(files):
        if name.endswith(".toml"):
            faults += [f"{name}: {fault}" for fault in _written_faults(files[name])]
            rules += [] if faults else _rules_in(files[name])
    if faults:
        raise RulesFault("\n".join(faults))
    return tuple(rules)


def faults_of(text: str) -> list[str]:
    """Everything that is wrong with one file of rules: ``RULE: what; what to do``.

    The examples are run, each rule's with every version of that rule in the file.
    """
    faults = list(_written_faults(text))
    if faults:
        return faults
    rules = _rules_in(text)
    for rule in rules:
        versions = [
            one for one in rules if one.id == rule.id and set(one.profiles) & set(rule.profiles)
        ]
        faults += [f"{rule.id}: {fault}" for fault in example_faults(rule, versions)]
    return faults


@lru_cache(maxsize=256)
def _rules_in(text: str) -> tuple[DutyRule, ...]:
    return msgspec.toml.decode(text, type=_Duties).duty


def _written_faults(text: str) -> Iterator[str]:
    """What is wrong with the rules as they are written; nothing is run."""
    try:
        rules = _rules_in(text)
    except msgspec.MsgspecError as error:
        yield f"is no list of [[duty]] ({error}); correct it"
        return
    for rule in rules:
        yield from (f"{rule.id}: {fault}" for fault in _rule_faults(rule))
    yield from _twice(rules)


def _twice(rules: Sequence[DutyRule]) -> Iterator[str]:
    for one, other in combinations(rules, 2):
        if one.id == other.id and set(one.profiles) & set(other.profiles) and _overlap(one, other):
            yield f"{one.id}: two versions are in force on one day; let one end before the other"


def _overlap(one: DutyRule, other: DutyRule) -> bool:
    def begins_by_the_end(first: DutyRule, second: DutyRule) -> bool:
        ends = (first.in_force_from, second.in_force_to)
        return OPEN_END in ends or ends[0] <= ends[1]

    return begins_by_the_end(one, other) and begins_by_the_end(other, one)


def _rule_faults(rule: DutyRule) -> Iterator[str]:
    for name in ("in_force_from", "in_force_to"):
        if getattr(rule, name) != OPEN_END and not _is_day(getattr(rule, name)):
            yield f"{name} is no day; write 2024-08-28, or .. where it is open"
    for name in ("profiles", "trigger", "evidence", "completed_by", "example"):
        if not getattr(rule, name):
            yield f"has no {name}; every rule has at least one"
    if rule.owner.startswith("@") and rule.owner not in OWNER_ROLES:
        yield f"owner {rule.owner} is no role; use {', '.join(OWNER_ROLES)}, or name a party"
    if bool(rule.foreseen) != bool(rule.awaits):
        yield "foreseen and awaits go together; say for which event it waits"
    if set(rule.alarms) - {CONFLICT}:
        yield f"alarms may hold {CONFLICT!r} only"
    if rule.holidays is not None and not is_state(rule.holidays):
        yield f"holidays {rule.holidays!r} is no state; write a postal code such as MO"
    yield from _deadline_faults(rule)
    for pattern in (*rule.trigger, *rule.foreseen):
        yield from _slot_faults(pattern, pattern.for_)
    for one in rule.evidence:
        yield from _slot_faults(one, one.recipient)


def _deadline_faults(rule: DutyRule) -> Iterator[str]:
    deadline = rule.deadline
    counted = deadline.kind in COUNTED
    if counted != (deadline.amount is not None):
        asks = "needs an amount" if counted else "has no amount, and none is invented"
        yield f"deadline {deadline.kind.value} {asks}"
    if (deadline.kind is DeadlineKind.RECURRING) != (deadline.per is not None):
        yield "deadline: per goes with recurring, and recurring needs it"
    if deadline.before and not counted:
        yield "deadline: before goes with hours or days"


def _slot_faults(pattern: Trigger | Evidence, named: str | None) -> Iterator[str]:
    unknown = [kind for kind in pattern.kinds if kind not in FACTS]
    if unknown or not pattern.kinds:
        yield f"{', '.join(unknown) or 'an empty list'} is no kind of fact; the glossary lists them"
        return
    for kind in pattern.kinds:
        slots = (*key_slots(kind), *value_slots(kind))
        for name in (*pattern.slots, *((named,) if named else ())):
            if name not in slots:
                yield f"{name} is no slot of {kind}; use {', '.join(slots)}"
    yield from (f"{word} is no role; use {', '.join(ROLES)}" for word in _unknown(pattern.slots))


def _unknown(slots: Slots) -> list[str]:
    words = [
        word for asked in slots.values() for word in ((asked,) if isinstance(asked, str) else asked)
    ]
    return [word for word in words if word.startswith("@") and word not in ROLES]


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
