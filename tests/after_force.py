"""What is owed after a shooting, for tests: one incident, and the duties that it raises.

Invented people only. An officer of Harrow fires on Thursday, 6 March 2031, at 2:21 p.m. in
Missouri; a woman and a child are dead.
"""

import io
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from rich.console import Console

from telling import CHIEF, told
from whoseword.doors.terminal.duties import print_duties
from whoseword.duties import Duties, Duty, DutyRule, Terms, duties, read_duty_rules
from whoseword.words import Statement
from whoseword.words.times import parse_zone

FOLDER = Path(__file__).parents[1] / "rules"
MISSOURI = parse_zone("America/Chicago")
NOON = datetime(2031, 3, 7, 18, 0, tzinfo=UTC)
OFFICER = {"name": "officer-1", "kind": "responder", "party": "harrow-police"}
HARROW = {"name": "Harrow Police", "kind": "agency", "party": "harrow-police"}
TEAM = {"name": "Regional team", "kind": "agency", "party": "regional-team"}
MEDIC = {"name": "medic-6", "kind": "responder", "party": "county-medics"}
HOSPITAL = {"name": "Harrow Hospital", "kind": "agency", "party": "harrow-hospital"}
DIVISION = {"name": "Children's Division", "kind": "agency"}
SISTER = {"name": "sister", "kind": "relative"}
RULE = {
    "jurisdiction": "missouri",
    "profiles": ["test"],
    "authority": "policy",
    "citation": "clause 1 of a policy made for tests",
    "source": "none",
    "text_year": "2031",
    "verified_by": "nobody",
    "confidence": "paraphrase",
    "in_force_from": "..",
    "in_force_to": "..",
    "owner": "@involved",
    "what": "Write a report",
    "deadline": {"kind": "on_event"},
    "completed_by": ["order", "recipient"],
    "trigger": [{"kinds": ["discharged_weapon"], "slots": {"who": "@fired"}}],
    "evidence": [
        {"kinds": ["notified"], "slots": {"agency": "review-board"}, "recipient": "agency"}
    ],
    "example": [],
}


def at(text: str) -> str:
    """A moment of March 2031, in UTC: "6 20:21"."""
    day, clock = text.split()
    return f"2031-03-{int(day):02}T{clock}:00Z"


def shooting(**parts: Any) -> list[Statement]:
    """The officer fired, whose officer that is, and who died."""
    fired = {"happened": "2031-03-06T14:21-06:00"} | parts
    return [
        told("discharged_weapon", by=OFFICER, who="officer-1", recorded=at("6 20:24"), **fired),
        employed("officer-1", recorded=at("6 20:25")),
        told("died", by=MEDIC, who="woman", recorded=at("6 20:41")),
        told("died", by=HOSPITAL, who="child", recorded=at("6 21:12")),
        told("aged", by=HOSPITAL, who="child", age="4", recorded=at("6 21:12")),
    ]


def employed(who: str, agency: str = "harrow-police", **parts: Any) -> Statement:
    """Somebody works for an agency."""
    return told("related", who=who, whom=agency, relation="employed_by", **({"by": HARROW} | parts))


def order(kind: str, *, by: dict[str, Any] = CHIEF, **parts: Any) -> Statement:
    """An order of record."""
    return told(kind, by=by, stance="does", basis="record", **parts)


def notified(
    agency: str, by: dict[str, Any], told_by: str = "harrow-police", **parts: Any
) -> Statement:
    """An agency was told by another, on the word of ``by``."""
    return told("notified", by=by, slots={"agency": agency, "by": told_by}, **parts)


@cache
def rules_of(profile: str) -> tuple[DutyRule, ...]:
    """The rules of a profile, as they are shipped."""
    files = {str(path): path.read_text("utf-8") for path in FOLDER.rglob("*.toml")}
    return read_duty_rules(files, profile)


def owed(
    *said: Statement, as_of: datetime = NOON, profile: str = "missouri", **given: Any
) -> Duties:
    """What is owed; ``rules`` and ``zone`` may be given."""
    terms = Terms(profile, "0" * 64, given.get("zone", MISSOURI))
    rules = given.get("rules", rules_of(profile))
    return duties(said, incident="harrow-lane", as_of=as_of, rules=rules, terms=terms)


def printed(view: Duties, width: int = 40) -> str:
    """What a terminal of that width shows."""
    stream = io.StringIO()
    print_duties(view, Console(file=stream, width=width, highlight=False))
    return stream.getvalue()


def of(view: Duties, rule: str, for_: str | None = None) -> Duty:
    """The one duty of that rule, for that person."""
    found = [one for one in view.duties if one.rule == rule and for_ in (None, one.for_)]
    assert len(found) == 1, [(one.rule, one.for_, one.owner) for one in view.duties]
    return found[0]
