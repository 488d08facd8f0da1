"""Rules of advice as files: ``[[advice]]`` tables that a lawyer or a supervisor can read and try.

Each tells where it stands written and how far its text was read, what it does in one plain line,
and at least one example. A file may hold other tables beside them.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import msgspec

from whoseword.access import RulesFault
from whoseword.access.rules import OPEN_END, OPTIONAL
from whoseword.response.examples import faults_of_examples
from whoseword.response.provisions import GATE, MISSOURI, AdviceRule, Ground, Terms
from whoseword.words import FACTS

_NEEDS: dict[Ground, tuple[str, ...]] = {
    Ground.CHILD: ("when",),
    Ground.RANK: ("when", "factors"),
    Ground.TIMER: ("when", "hours"),
    Ground.SCREENING: ("profile", "factors"),
    Ground.QUESTIONS: ("when", "factors"),
}
"""What a rule must tell beside what every rule tells."""


class _Advices(msgspec.Struct, frozen=True):
    advice: tuple[AdviceRule, ...] = ()


def read_advice_rules(files: Mapping[str, str]) -> tuple[AdviceRule, ...]:
    """The rules of advice in files of rules (text by name), by id; other files are passed over.

    Raises ``RulesFault`` with everything that is wrong with their shape. The examples are not run.
    """
    found: dict[str, AdviceRule] = {}
    faults: list[str] = []
    for name in sorted(files):
        if not name.endswith(".toml"):
            continue
        try:
            rules = _rules_in(files[name])
        except msgspec.MsgspecError as error:
            faults.append(f"{name}: {_unreadable(error)}")
            continue
        faults += [f"{name}: {fault}" for rule in rules for fault in _faults_in(rule)]
        for rule in rules:
            if rule.id in found:
                faults.append(f"{name}: {rule.id}: stands twice; give it an id of its own")
            found[rule.id] = rule
    faults += _missing(found.values()) if not faults else []
    if faults:
        raise RulesFault("\n".join(faults))
    return tuple(found[id_] for id_ in sorted(found))


def read_terms(files: Mapping[str, str], rules: str) -> Terms:
    """What the files of a set of rules say of advice; ``rules`` is the hash by which views name it.

    The services whose rules hold are those whose optional file is in the set. Raises ``RulesFault``.
    """
    advice = read_advice_rules(files)
    taken_up = {
        rule.profile
        for name, text in files.items()
        if name.startswith(f"{OPTIONAL}/") and name.endswith(".toml")
        for rule in _rules_in(text)
        if rule.profile
    }
    return Terms(rules, advice, (MISSOURI, *sorted(taken_up)))


def faults_of(text: str) -> list[str]:
    """Everything that is wrong with the rules of advice in a file: ``RULE: what; what to do``.

    Its examples are run.
    """
    try:
        rules = _rules_in(text)
    except msgspec.MsgspecError as error:
        return [_unreadable(error)]
    ids = [rule.id for rule in rules]
    faults = [
        f"{id_}: stands twice; give it an id of its own"
        for id_ in sorted(set(ids))
        if ids.count(id_) > 1
    ]
    faults += [fault for rule in rules for fault in _faults_in(rule)]
    return faults or list(faults_of_examples(rules))


def _rules_in(text: str) -> tuple[AdviceRule, ...]:
    return msgspec.toml.decode(text, type=_Advices).advice


def _unreadable(error: msgspec.MsgspecError) -> str:
    return f"is no list of [[advice]] ({error}); correct it"


def _missing(rules: Iterable[AdviceRule]) -> list[str]:
    """The grounds of the gate on which no rule stands that is in force on every day."""
    held = {rule.ground for rule in rules if rule.has_no_end}
    return [
        f"no rule without an end is of the ground {ground.value}; without one no advice is given"
        for ground in GATE
        if ground not in held
    ]


def _faults_in(rule: AdviceRule) -> Iterator[str]:
    for name in ("in_force_from", "in_force_to"):
        day = getattr(rule, name)
        if day != OPEN_END and not _is_day(day):
            yield f"{rule.id}: {name} is no day; write 2024-08-28, or .. where it is open"
    signs = (*rule.when, *(sign for factor in rule.factors for sign in factor.signs))
    unknown = sorted({kind for sign in signs for kind in sign.kinds if kind not in FACTS})
    if unknown:
        yield f"{rule.id}: {', '.join(unknown)} is no kind of fact; the glossary lists them"
    if rule.clears and rule.ground is not Ground.SCREENING:
        yield f"{rule.id}: clears; only a rule of the ground {Ground.SCREENING.value} tells that"
    for name in _NEEDS.get(rule.ground, ()):
        if not getattr(rule, name):
            yield f"{rule.id}: has no {name}; a rule of the ground {rule.ground.value} tells it"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
