"""What is to be done or watched beside the gate: a task each, on a rule and on statements.

A child adds a child-safety task and never lowers the caution: nothing here reaches the gate. Tasks
rest on what the reader opens. A rule's questions are answered by statements: "not told" is never
"no", and somebody who could not say has not denied (law 5). Nothing is scored (law 7).
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache

from msgspec.structs import replace

from whoseword.account.known import Known
from whoseword.account.values import normal_word
from whoseword.response.drawing import Scene, recorded, time_in
from whoseword.response.provisions import AdviceRule, Factor, Ground, InForce, Sign
from whoseword.response.rosters import words_in
from whoseword.response.shapes import Answered, Task
from whoseword.words import AFFIRMING, NON_ANSWERS, Stance, kind_of
from whoseword.words.fact import SlotValue
from whoseword.words.kinds import keys_of, values_of
from whoseword.words.scene import Aged
from whoseword.words.times import moment_text

AFFIRMED, DENIED, NOT_KNOWN, NOT_TOLD = "affirmed", "denied", "not_known", "not_told"
_SAYS_SO = AFFIRMING | {Stance.BELIEVES, Stance.EXPECTS}
_ANSWERS: tuple[tuple[str, frozenset[Stance]], ...] = (
    (AFFIRMED, _SAYS_SO),
    (DENIED, frozenset({Stance.DENIES})),
    (NOT_KNOWN, NON_ANSWERS),
)
_BESIDE = (Ground.CHILD, Ground.RANK, Ground.TIMER, Ground.SCREENING, Ground.QUESTIONS)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_UNDER_ONE = re.compile(r"\b(?:days?|weeks?|months?)\b")


def tasks_of(scene: Scene, at: datetime, law: InForce) -> tuple[Task, ...]:
    """The tasks as of a moment, by what they are, then by rule."""
    known = [one for one in scene.known if one.replaced_by is None]
    found = [
        task
        for ground in _BESIDE
        for rule in law.by_ground.get(ground, ())
        if (task := _task(rule, known, at, scene.zone)) is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.task, one.rule)))


def _task(rule: AdviceRule, known: Sequence[Known], at: datetime, zone: tzinfo) -> Task | None:
    """The task of a rule, if what it waits for was told; by a rule that waits for nothing, always."""
    told = [one for one in known if one.statement.stance in _SAYS_SO and _is_any(one, rule.when)]
    if not (told if rule.when else known):
        return None
    answers = tuple(_answered(factor, known) for factor in rule.factors)
    ids = tuple(one.id for one in told)
    task = Task(
        task=rule.ground.value,
        rule=rule.id,
        what=rule.does,
        statements=ids,
        factors=answers,
        profile=rule.profile or None,
    )
    match rule.ground:
        case Ground.RANK:
            return replace(task, immediate=_any_of(answers))
        case Ground.SCREENING:
            return replace(task, excluded=_any_of(answers))
        case Ground.TIMER:
            return _timed(task, min(_when(one, zone) for one in told), rule.hours or 0, at)
        case _:
            return task


def _timed(task: Task, starts: datetime, hours: int, at: datetime) -> Task:
    ends = starts + timedelta(hours=hours)
    return replace(
        task,
        starts=moment_text(starts),
        ends=moment_text(ends),
        state="running" if at < ends else "over",
    )


def _when(one: Known, zone: tzinfo) -> datetime:
    """When it happened, where that was told as a time of day, else when it was recorded."""
    happened = one.statement.fact.happened
    told = time_in(happened, zone) if isinstance(happened, str) else None
    return told or recorded(one.statement)


def _answered(factor: Factor, known: Iterable[Known]) -> Answered:
    """What is told of a question; one who affirms is enough, for caution is never averaged."""
    on_it = [one for one in known if _is_any(one, factor.signs)]
    for answer, stances in _ANSWERS:
        its = tuple(one.id for one in on_it if one.statement.stance in stances)
        if its:
            return Answered(factor.name, answer, its)
    return Answered(factor.name, NOT_TOLD, ())


def _any_of(answers: Sequence[Answered]) -> str:
    """Yes where one is affirmed, no where every one is denied, else unknown."""
    if any(one.answer == AFFIRMED for one in answers):
        return "yes"
    return "no" if all(one.answer == DENIED for one in answers) else "unknown"


def _is_any(one: Known, signs: Iterable[Sign]) -> bool:
    return any(_is(one, sign) for sign in signs)


def _is(one: Known, sign: Sign) -> bool:
    fact = one.statement.fact
    if kind_of(fact) not in sign.kinds:
        return False
    if not sign.words and not sign.under_age:
        return True
    if sign.under_age and isinstance(fact, Aged) and is_under(fact.age, sign.under_age):
        return True
    if not sign.words:
        return False
    words = [key for key in keys_of(fact) if key is not None]
    words += [word for value in values_of(fact).values() for word in words_in(value)]
    return any(_pattern(sign.words).search(text.casefold()) for text in words)


@lru_cache(maxsize=1_024)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words, whole; a name such as ``child-1`` holds the word ``child``."""
    told = (r"\s+".join(map(re.escape, word.casefold().split())) for word in words)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(told)})(?![^\W_])")


def is_under(age: SlotValue | None, years: int) -> bool:
    """Whether an age, as it was said, can be of fewer years: "9", "four", "a few months"."""
    for word in words_in(age):
        if _UNDER_ONE.search(word.casefold()):
            return True
        number = _NUMBER.search(normal_word(word))
        if number and float(number[0]) < years:
            return True
    return False
