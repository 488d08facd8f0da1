"""Hold or may engage on a terminal: first the word, then on whose word, since when and why.

Read in a car, on a telephone, in a hurry. The advice stands in capitals and in words, never by
colour alone; "not told" is told and is never "no" (law 5), and a rule that nobody has read says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from rich.console import Console

from whoseword.doors.faces import short_ids
from whoseword.doors.plain_words import NOT_REVIEWED, counted, moment_line, said_line
from whoseword.doors.terminal.lines import CHECK, QUIET, Lines, clean
from whoseword.doors.terminal.times import duration
from whoseword.doors.terminal.unread import unread_lines
from whoseword.response import (
    Advice,
    Advised,
    Cited,
    Clearance,
    Done,
    Moment,
    Reason,
    Replay,
    Task,
)

_VERDICTS = {"hold": "HOLD", "may_engage": "MAY ENGAGE"}
_ANSWERS = {
    "affirmed": "yes, somebody says",
    "denied": "no, somebody says",
    "not_known": "asked, not known",
    "not_told": "NOT TOLD",
}
_TASKS = {
    "child": "Child",
    "rank": "Rank of the call",
    "timer": "Timer",
    "screening": "Screening",
    "questions": "Questions",
}
_UNREAD = {
    "unverified": "UNVERIFIED, nobody has read its text",
}


class _Page(NamedTuple):
    """Advice on its way to the console; ``rules`` are those that it names."""

    lines: Lines
    ids: Mapping[str, str]
    rules: Mapping[str, Cited]


def print_advice(view: Advice, console: Console) -> None:
    """Print the advice on an incident."""
    page = _page(console, view.advice, view.tasks, view.cited)
    at = datetime.fromisoformat(view.at)
    page.lines.line(f"{clean(view.incident)}: hold or may engage", style="bold", hang=2)
    page.lines.line(f"As of {moment_line(at)}.")
    page.lines.line(f"Rule set {clean(view.rules[:12])}.", style=QUIET)
    unarmed, others = _apart(view.advice)
    for row in unarmed:
        _row(page, row, at)
    _nobody(page, unarmed, others)
    _tasks(page, view.tasks)
    _rules(page)


def print_replay(view: Replay, console: Console) -> None:
    """Print a replay: what was recorded at each moment, and what was advised then."""
    rows = [row for moment in view.moments for row in moment.advice]
    tasks = [task for moment in view.moments for task in moment.tasks]
    page = _page(console, rows, tasks, view.cited)
    said = {id_ for moment in view.moments for id_ in moment.statements}
    page = page._replace(ids=short_ids([*page.ids, *sorted(said)]))
    lines = page.lines
    lines.line(f"{clean(view.incident)}: what was known and advised, when", style="bold", hang=2)
    lines.line("It tells what was advised, never what would have happened.")
    lines.line(f"Rule set {clean(view.rules[:12])}.", style=QUIET)
    if not view.moments:
        lines.gap()
        lines.line(f"Nothing was recorded that this reader opens. {CHECK}")
    before: Moment | None = None
    for moment in view.moments:
        _moment(page, moment, before)
        before = moment
    if before is not None:
        _unused_in_all(page, before)
    _rules(page)


def _page(
    console: Console, rows: Iterable[Advised], tasks: Iterable[Task], cited: Iterable[Cited]
) -> _Page:
    named = {reason.statement: None for row in rows for reason in row.because if reason.statement}
    named.update({one.statement: None for row in rows for one in row.unread})
    for task in tasks:
        named.update(dict.fromkeys(task.statements))
        named.update({key: None for factor in task.factors for key in factor.statements})
    return _Page(Lines(console), short_ids(list(named)), {one.rule: one for one in cited})


def _apart(rows: Sequence[Advised]) -> tuple[list[Advised], list[Advised]]:
    """The unarmed responders, then the other members of the units."""
    unarmed = [row for row in rows if row.advice in _VERDICTS]
    return unarmed, [row for row in rows if row.advice not in _VERDICTS]


def _row(page: _Page, row: Advised, at: datetime) -> None:
    lines = page.lines
    since = datetime.fromisoformat(row.since)
    lines.gap()
    lines.line(f"{_VERDICTS[row.advice]}: {clean(row.who)}", style="bold", hang=2)
    lines.line(f"since {moment_line(since)} ({duration(_seconds(since, at))})", 2, hang=2)
    if row.clearance is not None:
        _clearance(page, row.clearance)
    _unread_notes(page, row)
    _reasons(page, row.because, 2)
    if row.unused_clearance_s:
        unused = duration(row.unused_clearance_s)
        lines.line(f"A clearance stood unused for {unused}, in all.", 2, hang=2)


def _clearance(page: _Page, given: Clearance) -> None:
    """On whose word, how old, and until when."""
    by = clean(given.by) + (f" ({clean(given.party)})" if given.party else "")
    words = f": “{clean(given.words)}”" if given.words else ""
    flag = "" if given.reviewed else f" [{NOT_REVIEWED}]"
    page.lines.line(f"on the word of {by}{words}{flag}", 2, hang=2)
    told = f"recorded {moment_line(datetime.fromisoformat(given.recorded))}"
    if given.said:
        told = f"said {clean(said_line(given.said))}; {told}"
    page.lines.line(f"{told}; {duration(given.age_s)} old", 2, hang=2)
    if given.until:
        page.lines.line(f"until {clean(said_line(given.until))}", 2, hang=2)


def _unread_notes(page: _Page, row: Advised) -> None:
    """What came since a clearance and nobody has read, before anything else that is told of it."""
    for order, (line, must) in enumerate(unread_lines(row.unread, page.ids)):
        page.lines.line(line, 4 if order else 2, "bold" if must else "", hang=2)


def _reasons(page: _Page, because: Sequence[Reason], indent: int) -> None:
    """What each rule says, once, with its statements; without one, nothing that may be shown."""
    by_rule: dict[str, list[str]] = {}
    for reason in because:
        its = by_rule.setdefault(reason.rule, [])
        its.extend(page.ids[one] for one in (reason.statement,) if one)
    for rule, ids in by_rule.items():
        does = clean(page.rules[rule].does) if rule in page.rules else ""
        where = f"[{', '.join(ids)}]" if ids else "[no statement to show]"
        told = f"{does} {where} {clean(rule)}{_unread(page, rule)}".strip()
        page.lines.line(f"* {told}", indent, hang=2)


def _nobody(page: _Page, unarmed: Sequence[Advised], others: Sequence[Advised]) -> None:
    lines = page.lines
    if not unarmed:
        lines.gap()
        lines.line("Nobody here is told to be an unarmed responder. That clears nobody.")
        if not others:
            lines.line(CHECK)
    if others:
        names = ", ".join(clean(row.who) for row in others)
        rule = others[0].because[0].rule
        lines.gap()
        lines.line(f"No advice for the other members: {names} ({clean(rule)}).", hang=2)


def _tasks(page: _Page, tasks: Sequence[Task]) -> None:
    if tasks:
        page.lines.heading(f"Beside it ({len(tasks)})")
    for task in tasks:
        _task(page, task)


def _task(page: _Page, task: Task) -> None:
    lines = page.lines
    profile = f", {clean(task.profile)}" if task.profile else ""
    kind = f"{_TASKS.get(task.task, clean(task.task))} ({clean(task.rule)}{profile})"
    lines.line(f"* {kind}{_unread(page, task.rule)}: {clean(task.what)}", hang=2)
    if task.statements:
        lines.line(f"on {_ids(page, task.statements)}", 2, QUIET, hang=2)
    if task.starts and task.ends:
        start, end = (moment_line(datetime.fromisoformat(one)) for one in (task.starts, task.ends))
        lines.line(f"from {start} to {end}: {task.state}", 2, hang=2)
    for title, answer in (("at once", task.immediate), ("excluded", task.excluded)):
        if answer is not None:
            lines.line(f"{title}: {answer.upper()}", 2, hang=2)
    for factor in task.factors:
        ids = f" [{_ids(page, factor.statements)}]" if factor.statements else ""
        answer = _ANSWERS.get(factor.answer, clean(factor.answer))
        lines.line(f"- {clean(factor.factor)}: {answer}{ids}", 2, hang=2)


def _rules(page: _Page) -> None:
    if page.rules:
        page.lines.heading(f"Rules ({len(page.rules)})")
    for one in page.rules.values():
        words = _UNREAD.get(one.confidence, clean(one.verified_by))
        text = f"{clean(one.citation)} ({clean(one.authority)}; text of {clean(one.text_year)}"
        page.lines.line(f"{clean(one.rule)}  {text}; {words})", style=QUIET, hang=2)


def _moment(page: _Page, moment: Moment, before: Moment | None) -> None:
    lines = page.lines
    lines.gap()
    lines.line(moment_line(datetime.fromisoformat(moment.at)), style="bold")
    if moment.statements:
        recorded = counted(len(moment.statements), "statement")
        lines.line(f"{recorded}: {_ids(page, moment.statements)}", 2, QUIET, hang=2)
    else:
        lines.line("a hold begins that rests on nothing that this reader opens", 2, hang=2)
    for one in moment.done:
        lines.line(f"done: {_deed(one)} [{page.ids[one.statement]}]", 2, hang=2)
    earlier = {row.who: row.advice for row in before.advice} if before else {}
    had = {row.who: row.unread for row in before.advice} if before else {}
    for row in _apart(moment.advice)[0]:
        verdict = f"{_VERDICTS[row.advice]}: {clean(row.who)}"
        if earlier.get(row.who) == row.advice:
            lines.line(f"{verdict}, as before", 2, QUIET, hang=2)
            if row.unread != had.get(row.who):
                _unread_notes(page, row)
            continue
        by = f", on the word of {clean(row.cleared_by)}" if row.cleared_by else ""
        lines.line(f"{verdict}{by}", 2, "bold", hang=2)
        _reasons(page, row.because, 4)
        _unread_notes(page, row)
    places = _places(moment)
    if places and (before is None or places != _places(before)):
        lines.line(f"where: {clean('; or '.join(places))}", 2, hang=2)


def _places(moment: Moment) -> list[str]:
    """Where the call is told to be, its own place first; "no address" where that is a point."""
    briefs = [one for one in (moment.brief, *moment.other_briefs) if one is not None]
    return [one.place.asked + ("" if one.place.read_as else " (no address)") for one in briefs]


def _deed(one: Done) -> str:
    """What was told of what was done, no surer than it was said."""
    hedge = "" if one.hedge == "plain" else f" ({one.hedge})"
    return f"{one.kind.replace('_', ' ')}, {clean(one.who or 'somebody')}{hedge}"


def _unused_in_all(page: _Page, last: Moment) -> None:
    page.lines.heading("Clearances that stood unused")
    unarmed = _apart(last.advice)[0]
    for row in unarmed:
        unused = duration(row.unused_clearance_s) if row.unused_clearance_s else "none"
        page.lines.line(f"{clean(row.who)}: {unused}", hang=2)
    if not unarmed:
        page.lines.line("Nobody here is told to be an unarmed responder.")


def _unread(page: _Page, rule: str) -> str:
    cited = page.rules.get(rule)
    return " UNVERIFIED" if cited is not None and cited.confidence == "unverified" else ""


def _ids(page: _Page, keys: Iterable[str]) -> str:
    return ", ".join(page.ids[key] for key in keys)


def _seconds(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds())
