"""A brief on a terminal: short lines for a telephone, at a door, in a minute.

What was not checked is always shown, and the prompts stand last. "No answer" and "unknown" are
told in words; neither is ever told as "no concern" (law 5).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from rich.console import Console

from whoseword.account.phrases import question
from whoseword.contacts import Brief, Row
from whoseword.doors.faces import short_ids
from whoseword.doors.plain_words import (
    NOT_REVIEWED,
    answer_line,
    counted,
    moment_line,
    time_line,
    value_line,
)
from whoseword.doors.terminal.lines import QUIET, Lines, clean
from whoseword.words import Hedge, Stance, parse_matter
from whoseword.words.times import is_edtf

_NEAR: dict[str | None, str] = {
    "unit": "At this unit",
    "building": "In this building; another unit, or no unit told",
    "street": "On this street; which house is not known",
    None: "At another place; brought here by a name",
}
_OUTCOMES = {
    "answered": "answered",
    "no_answer": "no answer, which tells nothing of who was inside",
    "not_completed": "not completed",
    "referred": "referred",
    "reported": "reported",
}
_HEDGES = {Hedge.PLAIN: "", Hedge.POSSIBLE: "possibly ", Hedge.REPORTED: "reportedly "}


class _Page(NamedTuple):
    """A brief on its way to the console."""

    view: Brief
    lines: Lines
    ids: Mapping[str, str]


def print_brief(view: Brief, console: Console) -> None:
    """Print a brief."""
    rows = (*view.cautions, *view.contacts)
    named = [key for row in rows for key in (row.statement, *row.contested_by)]
    page = _Page(view, Lines(console), short_ids(named))
    _summary(page)
    _rows(page, "Cautions", view.cautions, "no caution is open to this reader")
    _rows(page, "Prior contacts", view.contacts, "no contact is open to this reader")
    _people(page)
    _not_checked(page)
    page.lines.heading("In every case")
    for prompt in view.prompts:
        page.lines.line(f"* {prompt}", hang=2)


def _summary(page: _Page) -> None:
    view, lines = page.view, page.lines
    asked = clean(view.place.asked) or "No address"
    lines.line(f"{asked}: what agencies already know", style="bold", hang=2)
    lines.line(f"Read as {clean(view.place.read_as) or 'no address'}.")
    if view.place.unit is None:
        lines.line("Unit unknown: nothing below is told of one unit.")
    as_of = moment_line(datetime.fromisoformat(view.as_of))
    lines.line(f"As of {as_of}, for {view.reader}, purpose {view.purpose}.")
    lines.line(f"Rule set {clean(view.rules[:12])}.", style=QUIET)


def _rows(page: _Page, title: str, rows: Sequence[Row], none: str) -> None:
    page.lines.heading(f"{title} ({len(rows)})")
    if not rows:
        page.lines.line(f"Unknown: {none}. That is not the same as none.")
    near: str | None = ""
    for row in rows:
        if row.place_match != near:
            near = row.place_match
            page.lines.line(f"- {_NEAR[near]} -", style=QUIET)
        _row(page, row)


def _row(page: _Page, row: Row) -> None:
    lines = page.lines
    flag = "" if row.reviewed else f" [{NOT_REVIEWED}]"
    lines.line(f"* {clean(_what(row))}{flag}", hang=2)
    lines.line(f"{clean(_who(row))} [{page.ids[row.statement]}]", 2, hang=2)
    if row.person_match:
        reasons = ", ".join(row.person_match.reasons)
        lines.line(f"person: {clean(row.person_match.name)} ({reasons})", 2, hang=2)
    if row.contested_by:
        lines.line(f"! contested: denied in {_ids(page, row.contested_by)}", 2, hang=2)


def _what(row: Row) -> str:
    """What a row tells, with its hedge and its date."""
    if row.kind == "contact":
        reserve = "believed: " if row.stance == Stance.BELIEVES.value else ""
        outcome = value_line(row.outcome)
        told = _OUTCOMES.get(outcome, outcome) or "outcome unknown"
        by = row.agency or "an agency not named"
        words = f"{reserve}{_HEDGES[Hedge(row.hedge)]}contact by {by}: {told}"
        about = value_line(row.value.get("about"))
        return f"{_when(row)}: {words}; about: {about}" if about else f"{_when(row)}: {words}"
    matter = parse_matter(row.matter)
    asked = question(matter) if matter else row.matter
    answer = answer_line(asked, Stance(row.stance), Hedge(row.hedge), row.value, None)
    return f"{_when(row)}: {asked} {answer}"


def _when(row: Row) -> str:
    """When it is said to have happened; else that nobody said so, and when it was recorded."""
    if row.when is None:
        recorded = moment_line(datetime.fromisoformat(row.recorded)).split(",")[0]
        return f"date unknown, recorded {recorded}"
    return time_line(row.when) if is_edtf(row.when) else f"“{row.when}” as said"


def _who(row: Row) -> str:
    """On whose word, through whom, in whose keeping, and until when it is shown."""
    told = f"said by {row.said_by}"
    if row.via:
        told += f", as told by {', then '.join(row.via)}"
    if row.kind != "contact":
        told += f"; kept by {row.agency}"
    return f"{told}; shown until {time_line(row.expires)}" if row.expires else told


def _people(page: _Page) -> None:
    """Three lists apart: of this unit, of the person, of others in the household."""
    view = page.view
    page.lines.heading("Whose history it is")
    for title, ids, unknown in (
        ("This unit's", view.unit, "nothing is told of this very unit"),
        ("The person's", view.person, "no name and date of birth both agree"),
        ("Others' in the household, not the person's", view.household, "nobody else is named"),
    ):
        told = f"{counted(len(ids), 'statement')}, {_ids(page, ids)}" if ids else unknown
        page.lines.line(f"{title}: {told}", hang=2)


def _not_checked(page: _Page) -> None:
    page.lines.heading(f"Not checked ({len(page.view.not_checked)})")
    for one in page.view.not_checked:
        page.lines.line(f"* {clean(one.agency)}: {one.why}", hang=2)
    if not page.view.not_checked:
        page.lines.line("No agency stands here; what nobody wrote down is not known either.")


def _ids(page: _Page, keys: Iterable[str]) -> str:
    return ", ".join(page.ids[key] for key in keys)
