"""Clearances, and what ends each of them.

A clearance is ``cleared(who=responder, for=engage)``, done in words, plainly and without relay, by
a named person of kind responder or official: never by a program, a document's own voice or somebody
unnamed (contract, section 5, ``advise``), nor by whom it clears. An entry that nobody looked at and nobody signed is a
machine's reading, and clears nobody (law 6). It stands from when it was recorded until the first of

- a weapon that its giver had not seen; at one instant the weapon wins;
- its ``until``; an end that cannot be read has come;
- its own withdrawal or correction;
- an order to hold the member, the unit or nobody named, recorded when it was said or later. The
  contract does not tell of this one: a supervisor who says "hold" has not said "may engage".

What is said on the occasion of a triage screening clears only where a rule lets it (``screenings``).
Nothing gives back a clearance that has ended; only a later one clears anew.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple

from whoseword.account.known import Known
from whoseword.response.drawing import NEVER, Scene, moment_near, recorded, time_in
from whoseword.response.looking import Bar, Looking
from whoseword.response.provisions import Ground
from whoseword.response.rosters import Member, shown_in
from whoseword.response.screenings import Screening, is_screening, screening_of
from whoseword.response.weapons import had, sights_of
from whoseword.words import AFFIRMING, Hedge, SpeakerKind, Stance, Statement, WordFault
from whoseword.words.aftermath import Cleared, Held
from whoseword.words.times import edtf_span, parse_moment

ENGAGE = "engage"
_MAY_CLEAR = (SpeakerKind.RESPONDER, SpeakerKind.OFFICIAL)


class Given(NamedTuple):
    """A clearance in due form: from when it stands, when it was said, and what has ended it by now.

    ``bars`` rest on what the reader opens, ``hidden`` on what they do not. ``screenings`` are the
    ids of the rules by which a screening stands; none for what needs none.
    """

    known: Known
    start: datetime
    said: datetime
    bars: tuple[Bar, ...]
    hidden: tuple[Bar, ...]
    screenings: tuple[str, ...] = ()

    @property
    def end(self) -> datetime | None:
        """When it ended, if it has: by whatever ended it first."""
        return min((bar.since for bar in (*self.bars, *self.hidden)), default=None)


def clearances_of(looking: Looking, members: Sequence[Member]) -> dict[str, list[Given]]:
    """Every clearance that was ever given to each member, in order, with what has ended it."""
    known, names = looking.scene.known, looking.names
    holds = [one for one in known if _is_hold(one.statement)]
    of: dict[str, list[Given]] = {one.who: [] for one in members}
    units = {one.who: one.units for one in members}
    for one in known:
        if not in_due_form(one.statement):
            continue
        who = _who(one.statement, names)
        if who in of and not _is_own(one.statement, who, names):
            its = {None, who, *units[who]}
            orders = [hold for hold in holds if _who(hold.statement, names) in its]
            screened = screening_of(one, who, looking) if is_screening(one.statement) else None
            if screened is not None or not is_screening(one.statement):
                of[who].append(_given(one, looking, orders, screened))
    return of


def in_due_form(statement: Statement) -> bool:
    """Whether the words clear somebody to engage at all."""
    fact = statement.fact
    return (
        isinstance(fact, Cleared)
        and fact.for_ == ENGAGE
        and statement.stance is Stance.DOES
        and statement.hedge is Hedge.PLAIN
        and not statement.via
        and statement.speaker.kind in _MAY_CLEAR
        and (statement.reviewed or statement.signed_by is not None)
    )


def said_at(statement: Statement, zone: tzinfo) -> datetime:
    """When it was said at the latest: never after it was recorded, whatever a clock says.

    A time to the minute is that minute's first moment; of a day nobody knows the hour.
    """
    known = recorded(statement)
    if (said := time_in(statement.said, zone)) is not None:
        return min(said, known)
    span = edtf_span(statement.said, zone) if statement.said is not None else None
    return known if span is None or span.latest is None else min(moment_near(span.latest), known)


def _given(
    one: Known, looking: Looking, orders: Sequence[Known], screened: Screening | None
) -> Given:
    scene, entered = looking.scene, recorded(one.statement)
    start = screened.start if screened else entered
    said = said_at(one.statement, scene.zone)
    opened, every = sights_of(one, scene, earlier(said, looking.clocks_off))
    bars = [
        Bar(max(start, weapon.acts), Ground.WEAPON, weapon.id)
        for weapon in looking.weapons
        if screened or not had(every if weapon.id is None else opened, weapon, one.statement)
    ]
    shown = [bar for bar in bars if bar.by is not None]
    until = _end_of(one.statement, scene, start)
    if until is not None and until <= looking.at:
        shown.append(Bar(until, Ground.ENDED, one.id))
    if one.replaced_by is not None:
        gone = scene.gone.get(one.place, start)
        shown.append(Bar(max(start, gone), Ground.WITHDRAWN, one.replaced_by))
    shown += [
        Bar(max(start, recorded(order.statement)), Ground.ORDERED, order.id)
        for order in orders
        if recorded(order.statement) >= said
    ]
    shown += screened.bars if screened else ()
    hidden = _as_shown([bar for bar in bars if bar.by is None], one.statement, looking)
    clearing = screened.rules if screened else ()
    return Given(one, start, said, tuple(shown), hidden, clearing)


def _as_shown(bars: Sequence[Bar], clearance: Statement, looking: Looking) -> tuple[Bar, ...]:
    """What is hidden, each from when it was shown as a hold.

    Before anybody was told to be an unarmed responder no advice on them was shown; so when a
    hidden weapon was told before that is not told either (law 3).
    """
    if not bars:
        return ()
    shown = shown_in(looking.scene, looking.rosters)
    found: list[Bar] = []
    for bar in bars:
        then = [one for one in shown if one.since <= bar.since][-1:]
        for one in (*then, *(later for later in shown if later.since > bar.since)):
            if _who(clearance, one.names) in one.unarmed:
                found.append(bar._replace(since=max(bar.since, one.since)))
                break
    return tuple(found)


def earlier(moment: datetime, by: timedelta) -> datetime:
    """A moment so much earlier; the earliest there is, where there is none."""
    return moment - by if moment - NEVER > by else NEVER


def _end_of(statement: Statement, scene: Scene, start: datetime) -> datetime | None:
    """The end that the clearance names; its start where nobody can read when that is."""
    until: object = getattr(statement.fact, "until", None)
    if until is None:
        return None
    texts = until if isinstance(until, tuple) else (str(until),)
    try:
        return max(start, min(parse_moment(one, scene.zone) for one in texts))
    except WordFault:
        return start


def _is_hold(statement: Statement) -> bool:
    fact = statement.fact
    return isinstance(fact, Held) and fact.for_ in (ENGAGE, None) and statement.stance in AFFIRMING


def _is_own(statement: Statement, who: str, names: Mapping[str, str]) -> bool:
    """Whether somebody clears themself, which nobody does."""
    its = {who, *(name for name, one in names.items() if one == who)}
    return statement.speaker.name.casefold() in {name.casefold() for name in its}


def _who(statement: Statement, names: Mapping[str, str]) -> str | None:
    """Who is cleared or held, under joined names."""
    who: str | None = getattr(statement.fact, "who", None)
    return who if who is None else names.get(who, who)
