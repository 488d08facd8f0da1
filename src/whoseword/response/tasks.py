"""What is to be done or watched beside the gate: a task each, on a rule and on statements.

A child adds a child-safety task and never lowers the caution: nothing here reaches the gate. Tasks
rest on what the reader opens. A rule's questions are answered by statements: "not told" is never
"no", and somebody who could not say has not denied (law 5). That one who was sent is unarmed, or is
there, answers no question about the people at the door. Nothing is scored (law 7).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, tzinfo

from msgspec.structs import replace

from whoseword.account.known import Known
from whoseword.response.drawing import Scene, recorded, time_in
from whoseword.response.provisions import AdviceRule, Factor, Ground, InForce
from whoseword.response.rosters import Roster
from whoseword.response.shapes import Answered, Task
from whoseword.response.signs import SAYS_SO, is_any, of_the_door
from whoseword.words import NON_ANSWERS, Stance
from whoseword.words.times import moment_text

AFFIRMED, DENIED, NOT_KNOWN, NOT_TOLD = "affirmed", "denied", "not_known", "not_told"
_ANSWERS: tuple[tuple[str, frozenset[Stance]], ...] = (
    (AFFIRMED, SAYS_SO),
    (DENIED, frozenset({Stance.DENIES})),
    (NOT_KNOWN, NON_ANSWERS),
)
_BESIDE = (Ground.CHILD, Ground.RANK, Ground.TIMER, Ground.SCREENING, Ground.QUESTIONS)


def tasks_of(
    scene: Scene, at: datetime, law: InForce, rosters: Sequence[Roster]
) -> tuple[Task, ...]:
    """The tasks as of a moment, by what they are, then by rule."""
    known = of_the_door([one for one in scene.known if one.replaced_by is None], rosters)
    found = [
        task
        for ground in _BESIDE
        for rule in law.by_ground.get(ground, ())
        if (task := _task(rule, known, at, scene.zone)) is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.task, one.rule)))


def _task(rule: AdviceRule, known: Sequence[Known], at: datetime, zone: tzinfo) -> Task | None:
    """The task of a rule, if what it waits for was told; by a rule that waits for nothing, always."""
    told = [one for one in known if one.statement.stance in SAYS_SO and is_any(one, rule.when)]
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
    on_it = [one for one in known if is_any(one, factor.signs)]
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
