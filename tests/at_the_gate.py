"""Advice for tests, asked in a line: ``advised(*crew(), cleared("14:03"), at="14:05")``.

One invented call of one invented day: times are those of its clock.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any

from house import WITH_OPTIONAL
from telling import told
from whoseword.response import Advice, Advised, Drawn, Terms, advise, read_advice_rules
from whoseword.words import Statement

INCIDENT = "harrow-lane"
CALLS = "county-911/response/calls"
RADIO = "harrow-police/response/radio"
CLOSED = "harrow-police/incident/notes"
DISPATCH = {"name": "County 911", "kind": "agency"}
SYSTEM = {"name": "dispatch system", "kind": "automaton"}
SERGEANT = {"name": "Sergeant Amsel", "kind": "official", "party": "harrow-police"}
OFFICER = {"name": "officer-1", "kind": "responder", "party": "harrow-police"}
CALLER = {"name": "caller", "kind": "witness"}
TERMS = Terms("0f" * 32, read_advice_rules(WITH_OPTIONAL.files))


def clock(text: str) -> datetime:
    """A time of the clock on the day of the call."""
    return datetime.fromisoformat(f"2031-03-06T{text}").replace(tzinfo=UTC)


def at(text: str, kind: str, /, **parts: Any) -> Statement:
    """A statement that was recorded at that time; a dispatcher's in a response book."""
    given = {"by": DISPATCH, "book": CALLS, "recorded": clock(text).isoformat()}
    return told(kind, **(given | parts))


def crew(text: str = "14:01", who: str = "clinician", unit: str = "C3") -> list[Statement]:
    """A unit is sent, with an officer and somebody who is unarmed."""
    return [
        at(text, "dispatched", unit=unit, members=["officer-1", who], stance="does"),
        at(text, "related", who=who, whom=unit, relation="clinician"),
    ]


def unknown(text: str = "14:00") -> Statement:
    """The caller does not know whether anybody is armed."""
    return at(text, "armed", by=CALLER, stance="does_not_know")


def cleared(text: str, who: str | None = "clinician", **parts: Any) -> Statement:
    """The sergeant clears somebody to engage."""
    given = {"by": SERGEANT, "book": RADIO, "stance": "does"}
    slots = {"who": who, "for": "engage"} | parts.pop("slots", {})
    return at(text, "cleared", slots=slots, **(given | parts))


def knife(text: str, who: str | None = "woman", **parts: Any) -> Statement:
    """An officer says that the woman has a knife."""
    return at(
        text, "armed", **({"by": OFFICER, "book": RADIO, "who": who, "weapon": "knife"} | parts)
    )


def view_at(
    *statements: Statement,
    at: str = "23:59",
    hidden: Sequence[Statement] = (),
    terms: Terms = TERMS,
    zone: tzinfo = UTC,
) -> Advice:
    """The advice on what a reader opens, and on what stands in books that they do not."""
    return advise(
        Drawn(statements, (*statements, *hidden)),
        incident=INCIDENT,
        at=clock(at),
        terms=terms,
        zone=zone,
    )


def row(view: Advice, who: str = "clinician") -> Advised:
    """The one row of somebody."""
    [found] = [one for one in view.advice if one.who == who]
    return found


def advised(*statements: Statement, who: str = "clinician", **asked: Any) -> Advised:
    """The advice for somebody, the clinician if nobody is named."""
    return row(view_at(*statements, **asked), who)


def verdict(*statements: Statement, **asked: Any) -> str:
    """Hold or may engage."""
    return advised(*statements, **asked).advice


def reasons(one: Advised) -> list[tuple[str, str | None]]:
    """Each reason as its rule and its statement."""
    return [(reason.rule, reason.statement) for reason in one.because]
