"""Hold or may engage: for each unarmed responder, on whose word, and why.

A pure function of statements up to a moment (contract, section 5, ``advise``). Unknown is hold: no
silence, no timer, no denial and no machine ever clears, and a clearance never outruns a weapon
statement that its giver had not seen (law 6). The rule after which it is made is a city's own
(Rohnert Park, SOP-SSD-23: unarmed people stage at any sign of a weapon until a supervisor or the
police on the scene deem it safe, with name, time and words); the rules cite it.

What a reader does not open can only ever make "hold" of "may engage" (law 3, its one exception).
Everything that is shown is a function of what the reader opens and of the moments at which the
advice is hold, which they are shown anyway: ``since`` is when the hold began, be it by something
hidden, and ``unused_clearance_s`` stops there. Where what the reader opens makes it a hold already,
a hidden weapon shows in nothing at all; where it does not, one reason stands with the rule alone,
however many hidden weapons there are. Of several clearances that stand by what the reader opens all
are shown, though a hidden weapon may have ended some.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import NamedTuple

import msgspec

from whoseword.response.clearances import Given, clearances_of
from whoseword.response.drawing import Scene, recorded, scene_at
from whoseword.response.engagements import engagements_of
from whoseword.response.looking import Looking
from whoseword.response.provisions import Ground, InForce, Terms
from whoseword.response.rosters import Member, members_of, names_at, rosters_of, words_in
from whoseword.response.shapes import (
    HOLD,
    MAY_ENGAGE,
    NOT_APPLICABLE,
    Advice,
    Advised,
    Cited,
    Clearance,
    Drawn,
    Reason,
)
from whoseword.response.tasks import tasks_of
from whoseword.response.unread import unread_since
from whoseword.response.weapons import Weapon, weapons_of
from whoseword.words import NON_ANSWERS
from whoseword.words.scene import Armed, Dispatched
from whoseword.words.times import moment_text, parse_moment

_sorted_json = msgspec.json.Encoder(order="sorted")


class _Stretch(NamedTuple):
    """A time in which some clearance stood; ``said`` is when the first of its words were."""

    start: datetime
    end: datetime | None
    said: datetime


class _Judging(NamedTuple):
    """What the gate looks at, for every member alike."""

    looking: Looking
    law: InForce

    @property
    def scene(self) -> Scene:
        return self.looking.scene

    @property
    def at(self) -> datetime:
        return self.looking.at

    @property
    def weapons(self) -> Sequence[Weapon]:
        return self.looking.weapons


def advise(told: Drawn, *, incident: str, at: datetime, terms: Terms, zone: tzinfo = UTC) -> Advice:
    """The advice on an incident as of a moment (inclusive), in the order of the names.

    ``zone`` is the home's: it reads dates without an offset, and days begin in it. Reasons stand
    in the order in which their statements were recorded, then by id; those without one come last.
    Raises ``RulesFault`` where the terms lack a rule of the gate.
    """
    return advise_on(scene_at(told, incident, at, zone), incident, at, terms)


def advise_on(scene: Scene, incident: str, at: datetime, terms: Terms) -> Advice:
    """The advice on what is known of an incident at a moment."""
    law = terms.on(at.astimezone(scene.zone).date())
    rosters = rosters_of(scene)
    members = members_of(scene, names_at(rosters), at)
    clearing = law.clearing
    off = timedelta(seconds=clearing.clocks_off_s if clearing else 0)
    looking = Looking(scene, at, rosters, weapons_of(scene, rosters), off, law.screenings)
    given = clearances_of(looking, members) if clearing else {}
    judging = _Judging(looking, law)
    rows = tuple(_advised(one, given.get(one.who, ()), judging) for one in members)
    tasks = tasks_of(scene, at, law, rosters)
    named = {reason.rule for row in rows for reason in row.because}
    named |= {task.rule for task in tasks}
    return Advice(
        incident=incident,
        at=moment_text(at),
        rules=terms.rules,
        advice=rows,
        tasks=tasks,
        cited=cited(named, terms),
    )


def cited(named: Collection[str], terms: Terms) -> tuple[Cited, ...]:
    """Where each rule that is named stands written, by id."""
    return tuple(
        Cited(
            rule=one.id,
            does=one.does,
            authority=one.authority.value,
            citation=one.citation,
            text_year=one.text_year,
            confidence=one.confidence.value,
            verified_by=one.verified_by,
        )
        for one in sorted(terms.advice, key=lambda rule: rule.id)
        if one.id in named
    )


def advise_json(view: Advice) -> bytes:
    """The contract's JSON, keys sorted."""
    return _sorted_json.encode(view)


def advise_now(
    told: Drawn, *, incident: str, clock: datetime, terms: Terms, zone: tzinfo = UTC
) -> Advice:
    """The advice now, and never before what is already here, hidden weapons among it.

    A moment that only a hidden weapon tells is named where a hold begins at it, and nowhere else:
    there the reader is shown it anyway.
    """
    judged = now_at(told, clock)
    view = advise(told, incident=incident, at=judged, terms=terms, zone=zone)
    opened = now_at(Drawn(told.opened, ()), clock)
    named = max([opened, *(parse_moment(row.since) for row in view.advice)])
    if named == judged:
        return view
    return advise(told, incident=incident, at=named, terms=terms, zone=zone)


def now_at(told: Drawn, clock: datetime) -> datetime:
    """The moment to ask for where none is named: now, and never before what is already here.

    A clock that is behind would leave out a weapon that stands before its reader. Only what the
    reader opens, and weapons, can move it.
    """
    opened = [one.recorded for one in told.opened if one.recorded is not None]
    weapons = [
        one.recorded
        for one in told.for_safety
        if one.recorded is not None and isinstance(one.fact, Armed)
    ]
    return max([clock, *opened, *weapons])


def _advised(member: Member, given: Sequence[Given], judging: _Judging) -> Advised:
    dispatched = _first_sent(member, judging)
    law, at = judging.law, judging.at
    if not member.unarmed:
        return Advised(
            who=member.who,
            advice=NOT_APPLICABLE,
            since=moment_text(dispatched),
            because=(Reason(member.dispatch.id, law.named(Ground.MEMBER)),),
        )
    stretches = _stretches(given)
    standing = [one for one in given if not one.bars]
    last = stretches[-1] if stretches else None
    unused = _unused(stretches, member.who, judging)
    if last is not None and last.end is None:
        latest = max(standing, key=lambda one: (one.said, one.start, one.known.place))
        return Advised(
            who=member.who,
            advice=MAY_ENGAGE,
            since=moment_text(max(last.start, dispatched)),
            because=tuple(reason for one in standing for reason in _grounds(one, law)),
            cleared_by=latest.known.statement.speaker.name,
            unused_clearance_s=unused,
            clearance=_clearance(latest, at),
            unread=unread_since(standing, judging.looking),
        )
    began = dispatched if last is None or last.end is None else max(last.end, dispatched)
    return Advised(
        who=member.who,
        advice=HOLD,
        since=moment_text(began),
        because=(
            (Reason(None, law.named(Ground.WEAPON)),) if standing else _reasons(given, judging)
        ),
        unused_clearance_s=unused,
    )


def _first_sent(member: Member, judging: _Judging) -> datetime:
    """When somebody was first told as sent: a correction of that starts no hold anew."""
    names, one = judging.looking.names, member.dispatch
    before = {known.replaced_by: known for known in judging.scene.known if known.replaced_by}
    while (earlier := before.get(one.id)) is not None:
        fact = earlier.statement.fact
        sent = words_in(fact.members) if isinstance(fact, Dispatched) else ()
        if member.who not in {names.get(who, who) for who in sent}:
            break
        one = earlier
    return recorded(one.statement)


def _grounds(given: Given, law: InForce) -> Iterator[Reason]:
    """Why a clearance clears: by the rule on clearances, and by those that let a screening be one."""
    for rule in (law.named(Ground.CLEARANCE), *given.screenings):
        yield Reason(given.known.id, rule)


def _stretches(given: Iterable[Given]) -> list[_Stretch]:
    """The times in which a clearance stood, in order, those that touch as one."""
    found: list[_Stretch] = []
    for one in given:
        if one.end is not None and one.end <= one.start:
            continue
        before = found[-1] if found else None
        if before is None or (before.end is not None and before.end < one.start):
            found.append(_Stretch(one.start, one.end, one.said))
        elif before.end is not None and (one.end is None or one.end > before.end):
            found[-1] = before._replace(end=one.end)
    return found


def _unused(stretches: Sequence[_Stretch], who: str, judging: _Judging) -> int:
    """For how many seconds clearances stood in all, each until it was used.

    It is used by an ``engaged`` of the responder.
    """
    engaged = engagements_of(who, judging.scene, judging.looking.names)
    total = timedelta()
    for one in stretches:
        end = judging.at if one.end is None else one.end
        used = [told for told in engaged if one.said <= told < end]
        total += max(min(used, default=end) - one.start, timedelta())
    return int(total.total_seconds())


def _reasons(given: Sequence[Given], judging: _Judging) -> tuple[Reason, ...]:
    """Why it is hold, by what the reader opens: what ended the latest clearance, if there was one.

    Else every weapon that was told; else what was said of not knowing; else the rule alone.
    """
    law, places = judging.law, {one.id: one.place for one in judging.scene.known}
    if given:
        latest = given[-1]
        found = {
            (places.get(bar.by or "", -1), bar.by, bar.rule or law.named(bar.ground))
            for bar in latest.bars
        }
    else:
        found = {
            (places.get(one.id, -1), one.id, law.named(Ground.WEAPON))
            for one in judging.weapons
            if one.id is not None
        } or {
            (one.place, one.id, law.named(Ground.UNKNOWN))
            for one in judging.scene.known
            if isinstance(one.statement.fact, Armed)
            and one.statement.stance in NON_ANSWERS
            and one.replaced_by is None
        }
    reasons = tuple(Reason(by, rule) for _, by, rule in sorted(found, key=_in_order))
    return reasons or (Reason(None, law.named(Ground.UNKNOWN)),)


def _in_order(found: tuple[int, str | None, str]) -> tuple[int, str]:
    return found[0], found[2]


def _clearance(given: Given, at: datetime) -> Clearance:
    statement = given.known.statement
    until: object = getattr(statement.fact, "until", None)
    return Clearance(
        statement=given.known.id,
        by=statement.speaker.name,
        party=statement.speaker.party,
        said=statement.said,
        recorded=moment_text(recorded(statement)),
        until=until if isinstance(until, str) else None,
        words=statement.source.quote,
        age_s=int((at - recorded(statement)).total_seconds()),
        reviewed=statement.reviewed,
    )
