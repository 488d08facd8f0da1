"""A replay under two sets of rules, side by side: what each would have advised, and where they part.

The statements are the same, and so is what the reader opens of them. It tells how the rules differ
in what they say, never what would have happened if others had been in force.
"""

from datetime import UTC, datetime, tzinfo
from typing import NamedTuple

import msgspec

from whoseword.response.gate import advise
from whoseword.response.provisions import Terms
from whoseword.response.replays import replay
from whoseword.response.shapes import Advised, Beside, Drawn, Moment, Replay, SideBySide

_sorted_json = msgspec.json.Encoder(order="sorted")


class _Asked(NamedTuple):
    """What is replayed; the zone is the home's."""

    told: Drawn
    incident: str
    zone: tzinfo


def side_by_side(
    told: Drawn, *, incident: str, at: datetime, terms: tuple[Terms, Terms], zone: tzinfo = UTC
) -> SideBySide:
    """The moments of an incident up to one (inclusive), each with the advice of both sets.

    A moment at which only one set begins a hold by something hidden stands for both.
    """
    told = told.kept
    asked = _Asked(told, incident, zone)
    one, other = (replay(told, incident=incident, at=at, terms=its, zone=zone) for its in terms)
    by_moment = {
        datetime.fromisoformat(moment.at): moment for moment in (*other.moments, *one.moments)
    }
    return SideBySide(
        incident=incident,
        rules=(one.rules, other.rules),
        moments=tuple(
            _beside(moment, _at(one, moment, asked, terms[0]), _at(other, moment, asked, terms[1]))
            for _, moment in sorted(by_moment.items())
        ),
        cited=(one.cited, other.cited),
    )


def side_by_side_json(view: SideBySide) -> bytes:
    """As JSON, keys sorted."""
    return _sorted_json.encode(view)


def _at(view: Replay, moment: Moment, asked: _Asked, terms: Terms) -> tuple[Advised, ...]:
    """The advice of one set at a moment, be it one of its own or not."""
    for own in view.moments:
        if own.at == moment.at:
            return own.advice
    when = datetime.fromisoformat(moment.at)
    return advise(asked.told, incident=asked.incident, at=when, terms=terms, zone=asked.zone).advice


def _beside(moment: Moment, one: tuple[Advised, ...], other: tuple[Advised, ...]) -> Beside:
    """Both advices on a moment; the members are the same, for they do not hang on rules."""
    return Beside(
        at=moment.at,
        statements=moment.statements,
        done=moment.done,
        advice=(one, other),
        differs=tuple(
            mine.who
            for mine, its in zip(one, other, strict=True)
            if (mine.advice, mine.since, mine.unused_clearance_s)
            != (its.advice, its.since, its.unused_clearance_s)
        ),
    )
