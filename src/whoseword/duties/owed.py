"""What is owed after deadly force: a pure function of statements up to a moment, and of rules.

Whose duty, on what trigger, by when, on what evidence, by which text. What a reader may not open is
never handed in and changes no byte (law 3), nor does what is recorded later (law 4). A duty is
judged by the rules in force at its trigger, whichever stand in the files today.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

import msgspec

from whoseword.access.rules import in_force
from whoseword.account.known import known_at
from whoseword.account.positions import Take
from whoseword.duties.clocks import Start, due_of, in_whole_seconds, start_of
from whoseword.duties.conflicts import CONFLICT, conflicts_of
from whoseword.duties.conformity import conformity_of
from whoseword.duties.evidence import Proof, details_of, proof_of
from whoseword.duties.owners import Owner, outside_agencies, owners_of
from whoseword.duties.roles import Bound, fits, slot_words
from whoseword.duties.rule import DeadlineKind, DutyRule, Per, Trigger
from whoseword.duties.scene import Scene, live_plain, scene_of
from whoseword.duties.shapes import Alarm, Duties, Duty, State, Terms
from whoseword.duties.waivers import waiver_of
from whoseword.words import Matter, Statement
from whoseword.words.times import moment_text

_sorted_json = msgspec.json.Encoder(order="sorted")


class _Hit(NamedTuple):
    """A statement that a rule's trigger fits, and whom the duty then concerns.

    ``bound`` holds where the trigger has a slot for whom it concerns; ``first`` is the statement
    that this one corrects, or its own, by which the duty stays the same one.
    """

    rule: DutyRule
    take: Take
    for_: str | None
    bound: bool
    start: Start
    told_of: tuple[str, ...]
    first: str


class _Owed(NamedTuple):
    """A duty on its way to be judged.

    ``awaited`` holds where it is only foreseen; ``apart`` are what tells it from another duty of
    the same rule and trigger.
    """

    hit: _Hit
    for_: str | None
    owner: Owner
    awaited: bool
    apart: tuple[str, ...]


class _Moment(NamedTuple):
    """The scene, the moment and the terms by which duties are judged.

    ``conflicts`` are the alarms on every outside agency that investigates.
    """

    scene: Scene
    conflicts: tuple[Alarm, ...]
    incident: str
    as_of: datetime
    terms: Terms


def duties(
    statements: Iterable[Statement],
    *,
    incident: str,
    as_of: datetime,
    rules: Sequence[DutyRule],
    terms: Terms,
) -> Duties:
    """What is owed as of a moment (inclusive), by the rules of a profile.

    ``statements`` are those of the public, response, incident and inquiry books that the reader
    may open; of other incidents or later moments they are left out here. ``rules`` hold every
    version of a rule, whenever it was in force.
    """
    known = known_at(statements, incident, as_of)
    scene = scene_of(known)
    conflicts = tuple(conflicts_of(outside_agencies(scene), scene))
    at = _Moment(scene, conflicts, incident, as_of, terms)
    versions: dict[str, list[DutyRule]] = defaultdict(list)
    for rule in rules:
        versions[rule.id].append(rule)
    rows = [_duty(owed, at) for name in sorted(versions) for owed in _owed(versions[name], at)]
    return Duties(
        incident=incident,
        as_of=moment_text(as_of),
        profile=terms.profile,
        rules=terms.rules,
        zone=str(terms.zone),
        involved=scene.involved,
        undecided=scene.undecided,
        duties=tuple(sorted(rows, key=_order)),
        conformed=conformity_of(scene, rules),
    )


def duties_json(view: Duties) -> bytes:
    """The contract's JSON, keys sorted."""
    return _sorted_json.encode(view)


def _order(row: Duty) -> tuple[str, ...]:
    return row.rule, row.what, row.owner, row.for_ or "", row.trigger


def _owed(versions: Sequence[DutyRule], at: _Moment) -> Iterator[_Owed]:
    """The duties of one rule, whichever of its versions was in force at each trigger."""
    hits = _hits([(rule, one) for rule in versions for one in rule.trigger], at)
    foreseen = _hits([(rule, one) for rule in versions for one in rule.foreseen], at)
    by_person = _by_person([one for one in hits if one.bound])
    expected = _by_person(foreseen)
    general = [one for one in hits if not one.bound]
    if general and expected:
        for for_ in expected:
            by_person.setdefault(for_, general)
    elif general:
        by_person[None] = general
    for for_, its in by_person.items():
        before = expected.get(for_, ())[:1] if its is general else ()
        apart = tuple(one.first for one in before)
        yield from _each(its, for_, False, apart, at.scene)
    for for_, its in expected.items():
        if for_ not in by_person:
            yield from _each(its, for_, True, (), at.scene)


def _each(
    hits: Sequence[_Hit], for_: str | None, awaited: bool, apart: tuple[str, ...], scene: Scene
) -> Iterator[_Owed]:
    """The duty of everybody who owes it."""
    owners = owners_of(hits[0].rule.owner, for_, scene)
    for owner in owners:
        own = (*apart, owner.name) if len(owners) > 1 else apart
        yield _Owed(_nearest(hits, owner, scene), for_, owner, awaited, own)


def _hits(patterns: Iterable[tuple[DutyRule, Trigger]], at: _Moment) -> list[_Hit]:
    """Every statement that fits one of these and whose rule was in force then, in their order."""
    found = [
        hit
        for rule, pattern in patterns
        if at.scene.force or not pattern.after_force
        for matter, take in live_plain(at.scene.takes, *pattern.kinds, stances=pattern.stances)
        if fits(pattern.slots, matter, take, Bound(at.scene))
        for hit in _hits_of(rule, pattern, matter, take, at)
    ]
    return sorted(found, key=lambda one: (one.take.place, one.for_ or ""))


def _hits_of(
    rule: DutyRule, pattern: Trigger, matter: Matter, take: Take, at: _Moment
) -> Iterator[_Hit]:
    told = at.scene.told_first(take, matter.kind)
    start = start_of(told, at.terms.zone)
    if not start.told:
        # What is told without its time was perhaps acted on when somebody else had told of it.
        first = (start_of([one], at.terms.zone) for one in at.scene.words_on(matter))
        start = start._replace(earliest=min(one.earliest for one in (start, *first)))
    if not in_force(rule.in_force_from, rule.in_force_to, start.day):
        return
    told_of = tuple(key for key in matter.keys if key is not None)
    if pattern.for_ is None:
        yield _Hit(rule, take, None, False, start, told_of, told[0].id)
        return
    for word in slot_words(pattern.for_, matter, take, at.scene.names) or (None,):
        yield _Hit(rule, take, word, True, start, told_of, told[0].id)


def _by_person(hits: Iterable[_Hit]) -> dict[str | None, list[_Hit]]:
    """The statements by whom they concern; of nobody named only where somebody else is not."""
    found: dict[str | None, list[_Hit]] = defaultdict(list)
    for one in hits:
        found[one.for_].append(one)
    if len(found) > 1:
        found.pop(None, None)
    return dict(found)


def _nearest(hits: Sequence[_Hit], owner: Owner, scene: Scene) -> _Hit:
    """The first statement; where several agencies owe it, the first on one's own people."""
    if len(scene.involved) > 1:
        for one in hits:
            employers = {name for who in one.told_of for name in scene.employers.get(who, ())}
            if employers & set(owner.sides):
                return one
    return hits[0]


def _duty(owed: _Owed, at: _Moment) -> Duty:
    hit, rule, scene = owed.hit, owed.hit.rule, at.scene
    proof = proof_of(rule, Bound(scene, owed.for_, owed.owner.sides), hit.start, at.terms.zone)
    conflicts = at.conflicts if CONFLICT in rule.alarms else ()
    alarms = (*conflicts, *proof.alarms)
    waived = waiver_of(rule.id, owed.for_, owed.owner, scene)
    due = None if owed.awaited else _due(rule, hit.start, proof, at)
    state = _state(proof, alarms, waived is not None, due is not None and at.as_of > due, rule)
    rests_on = [hit.take, *(take for _, take in proof.takes), *((waived[0],) if waived else ())]
    return Duty(
        rule=rule.id,
        what=rule.what,
        owner=owed.owner.name,
        for_=owed.for_,
        trigger=hit.take.id,
        due=moment_text(due) if due else None,
        kind=rule.deadline.kind.value,
        state=state.value,
        evidence=_ids(take for _, take in proof.takes),
        alarms=alarms,
        citation=rule.citation,
        confidence=rule.confidence.value,
        authority=rule.authority.value,
        text_year=rule.text_year,
        verified_by=rule.verified_by,
        jurisdiction=rule.jurisdiction,
        clause=rule.clause,
        note=rule.note,
        since=moment_text(hit.start.moment),
        elapsed_s=_elapsed(owed, proof, state, at),
        awaits=rule.awaits if owed.awaited else None,
        waiver=waived[1] if waived else None,
        not_reviewed=_ids(take for take in rests_on if not take.statement.reviewed),
        uid=_uid(owed, at.incident),
        details=details_of(proof, scene.names),
        late=state in (State.DONE, State.REPORTED_DONE) and _is_late(rule, proof, due),
    )


def _ids(takes: Iterable[Take]) -> tuple[str, ...]:
    placed = {take.place: take.id for take in takes}
    return tuple(placed[place] for place in sorted(placed))


def _due(rule: DutyRule, start: Start, proof: Proof, at: _Moment) -> datetime | None:
    weekly = rule.deadline.per is Per.WEEK
    last = proof.last if weekly and proof.done else None
    return due_of(rule.deadline, start, at.terms.zone, rule.holidays, last)


def _state(
    proof: Proof, alarms: Sequence[Alarm], waived: bool, late: bool, rule: DutyRule
) -> State:
    """The first of the five that holds; what somebody says is done is never done by that.

    What is owed every week is done until the week is over.
    """
    again = late and rule.deadline.per is Per.WEEK
    if proof.done and not alarms and not again:
        return State.DONE
    if waived:
        return State.WAIVED
    if proof.reported and not alarms and not again:
        return State.REPORTED_DONE
    return State.OVERDUE if late else State.OPEN


def _is_late(rule: DutyRule, proof: Proof, due: datetime | None) -> bool:
    """Whether it was done after it was due; what recurs is due again and is not late by that."""
    if rule.deadline.kind is DeadlineKind.RECURRING or due is None or proof.complete is None:
        return False
    return proof.complete > due


def _elapsed(owed: _Owed, proof: Proof, state: State, at: _Moment) -> int | None:
    """For "immediately": how long it took or, while nothing says that it is done, has taken."""
    if owed.awaited or owed.hit.rule.deadline.kind is not DeadlineKind.IMMEDIATE:
        return None
    over = proof.first if state in (State.DONE, State.REPORTED_DONE) else None
    return in_whole_seconds(owed.hit.start.moment, over or at.as_of)


def _uid(owed: _Owed, incident: str) -> str:
    """The same for the same rule and trigger, whatever else becomes known; it names nobody."""
    parts = (incident, owed.hit.rule.id, owed.hit.first, *owed.apart)
    return sha256("\n".join(parts).encode()).hexdigest()[:32]
