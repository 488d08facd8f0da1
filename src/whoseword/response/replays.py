"""Replay: what was knowable at each recorded moment, and which advice the rules would have given.

It tells what was known, said and advised, and how long clearances stood unused; never what would
have happened. Each moment is a pure function of what was recorded by then (law 4), and is exactly
what ``advise`` answers for it.

Moments are those of what the reader opens. A weapon that they do not open adds one only where a
hold begins by it, and then without any id; so a replay shows of it what ``advise`` shows (law 3).
"""

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo

import msgspec

from whoseword.contacts import Brief, CallBrief
from whoseword.response.drawing import Scene, recorded, scene_at
from whoseword.response.gate import advise_on, cited
from whoseword.response.provisions import Ground, Terms
from whoseword.response.shapes import Advice, Done, Drawn, Moment, Reason, Replay
from whoseword.words import AFFIRMING, kind_of
from whoseword.words.aftermath import Cleared, Held
from whoseword.words.kinds import keys_of
from whoseword.words.scene import (
    Armed,
    Arrived,
    Deescalated,
    Detained,
    DischargedWeapon,
    Engaged,
    Handcuffed,
    Moved,
    Staged,
)
from whoseword.words.times import moment_text

BriefAt = Callable[[datetime], CallBrief]
"""The brief for the call at a moment, for the reader of the replay."""

_DEEDS = (
    *(Arrived, Staged, Held, Cleared, Engaged, Deescalated, Detained, Handcuffed, Moved),
    DischargedWeapon,
)

_sorted_json = msgspec.json.Encoder(order="sorted")


def replay(
    told: Drawn,
    *,
    incident: str,
    at: datetime,
    terms: Terms,
    brief_at: BriefAt | None = None,
    zone: tzinfo = UTC,
) -> Replay:
    """The moments of an incident up to one (inclusive), in order.

    ``brief_at`` is asked at each of them; without it no moment has a brief.
    """
    told = told.kept
    scene = scene_at(told, incident, at, zone)
    shown = {recorded(one.statement) for one in scene.known}
    hidden = {recorded(one) for one in scene.hidden if isinstance(one.fact, Armed)} - shown
    moments: list[Moment] = []
    for moment in sorted(shown | hidden):
        then = scene_at(told, incident, moment, zone)
        view = advise_on(then, incident, moment, terms)
        if moment in shown or _begins_a_hold(view, terms, moment.astimezone(zone)):
            brief, *others = _briefs(brief_at(moment)) if brief_at else (None,)
            moments.append(
                Moment(
                    at=view.at,
                    statements=_recorded_at(then, moment),
                    done=_done_at(then, moment),
                    advice=view.advice,
                    tasks=view.tasks,
                    brief=brief,
                    other_briefs=tuple(one for one in others if one is not None),
                )
            )
    named = {reason.rule for one in moments for row in one.advice for reason in row.because}
    named |= {task.rule for one in moments for task in one.tasks}
    return Replay(
        incident=incident, rules=terms.rules, moments=tuple(moments), cited=cited(named, terms)
    )


def replay_json(view: Replay) -> bytes:
    """The contract's JSON, keys sorted."""
    return _sorted_json.encode(view)


def _briefs(view: CallBrief) -> list[Brief | None]:
    """The brief of the call's own place first, null before one is known; then those of others."""
    own = {one.place for one in view.places if one.instead is None}
    briefs = list(view.briefs) if view.places else []
    first = next((one for one in briefs if one.place.asked in own), None)
    return [first, *(one for one in briefs if one is not first)]


def _recorded_at(scene: Scene, moment: datetime) -> tuple[str, ...]:
    return tuple(one.id for one in scene.known if recorded(one.statement) == moment)


def _done_at(scene: Scene, moment: datetime) -> tuple[Done, ...]:
    """What was told then of what was done; what is denied, believed or planned was not."""
    return tuple(
        Done(
            statement=one.id,
            kind=kind_of(one.statement.fact),
            who=next(iter(keys_of(one.statement.fact)), None),
            stance=one.statement.stance.value,
            hedge=one.statement.hedge.value,
        )
        for one in scene.known
        if recorded(one.statement) == moment
        and one.statement.stance in AFFIRMING
        and isinstance(one.statement.fact, _DEEDS)
    )


def _begins_a_hold(view: Advice, terms: Terms, moment: datetime) -> bool:
    """Whether somebody's hold begins at the moment, by a weapon that the reader does not open."""
    alone = (Reason(None, terms.on(moment.date()).named(Ground.WEAPON)),)
    return any(
        row.since == moment_text(moment) and tuple(row.because) == alone for row in view.advice
    )
