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

from whoseword.contacts import Brief
from whoseword.response.drawing import Scene, recorded, scene_at
from whoseword.response.gate import advise_on, cited
from whoseword.response.provisions import Ground, Terms
from whoseword.response.rosters import words_in
from whoseword.response.shapes import Advice, Done, Drawn, Moment, Reason, Replay
from whoseword.words import AFFIRMING, Hedge, kind_of
from whoseword.words.aftermath import Cleared, Held
from whoseword.words.kinds import keys_of
from whoseword.words.names import slug
from whoseword.words.scene import (
    Armed,
    Arrived,
    Called,
    Classified,
    Deescalated,
    Detained,
    DischargedWeapon,
    Engaged,
    Handcuffed,
    Located,
    Moved,
    Staged,
)
from whoseword.words.times import moment_text

BriefAt = Callable[[str, datetime], Brief | None]
"""The brief of a place at a moment, for the reader of the replay."""

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

    ``brief_at`` is asked for the ``located`` place of the call, once one is known; without it no
    moment has a brief.
    """
    told = Drawn(tuple(told.opened), tuple(told.for_safety))
    scene = scene_at(told, incident, at, zone)
    shown = {recorded(one.statement) for one in scene.known}
    hidden = {recorded(one) for one in scene.hidden if isinstance(one.fact, Armed)} - shown
    moments: list[Moment] = []
    for moment in sorted(shown | hidden):
        then = scene_at(told, incident, moment, zone)
        view = advise_on(then, incident, moment, terms)
        if moment in shown or _begins_a_hold(view, terms, moment.astimezone(zone)):
            place = place_of_call(then) if brief_at else None
            moments.append(
                Moment(
                    at=view.at,
                    statements=_recorded_at(then, moment),
                    done=_done_at(then, moment),
                    advice=view.advice,
                    tasks=view.tasks,
                    brief=brief_at(place, moment) if brief_at and place is not None else None,
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


def place_of_call(scene: Scene) -> str | None:
    """Where the call is, by the latest word that affirms it, a plain one before others.

    A call is what is told as one (``called``, ``classified``) or bears the name of one.
    """
    calls = {
        one.statement.fact.call
        for one in scene.known
        if isinstance(one.statement.fact, Called | Classified)
    }
    found: list[tuple[bool, int, str]] = []
    for one in scene.known:
        fact = one.statement.fact
        if not isinstance(fact, Located) or one.statement.stance not in AFFIRMING:
            continue
        if one.replaced_by is not None or fact.what is None:
            continue
        if fact.what in calls or slug(fact.what).split("-")[0] == "call":
            plain = one.statement.hedge is Hedge.PLAIN
            found.extend((plain, one.place, place) for place in sorted(words_in(fact.place))[:1])
    return max(found)[2] if found else None


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
