"""Replays side by side, and tables over many, on a terminal and as CSV.

Every screen says that it tells what rules advise and never what would have happened. A table counts
clearances and names nobody who gave them.
"""

import csv
from collections.abc import Sequence
from datetime import datetime
from io import StringIO

from rich.console import Console

from whoseword.doors.plain_words import counted, moment_line
from whoseword.doors.terminal.lines import QUIET, Lines, clean
from whoseword.doors.terminal.times import duration
from whoseword.response import Advised, Beside, Shift, SideBySide, Table

_VERDICTS = {"hold": "HOLD", "may_engage": "MAY ENGAGE", "not_applicable": "no advice"}
_NOTE = "It tells what the rules advised, never what would have happened."


def print_beside(view: SideBySide, console: Console) -> None:
    """Print where two sets of rules part, and for how long clearances stood unused under each."""
    lines = Lines(console)
    lines.line(f"{clean(view.incident)}: two sets of rules, side by side", style="bold", hang=2)
    lines.line(_NOTE)
    lines.line(f"A is rule set {view.rules[0][:12]}, B is {view.rules[1][:12]}.", style=QUIET)
    parted = [moment for moment in view.moments if moment.differs]
    lines.gap()
    moments = counted(len(view.moments), "moment")
    if not parted:
        lines.line(f"They advise the same at every one of {moments}.")
    else:
        lines.line(f"They part at {len(parted)} of {moments}.")
    for moment in parted:
        _parted(lines, moment)
    if view.moments:
        _unused(lines, view.moments[-1])


def _parted(lines: Lines, moment: Beside) -> None:
    lines.gap()
    lines.line(moment_line(datetime.fromisoformat(moment.at)), style="bold")
    for who in moment.differs:
        for name, rows in zip("AB", moment.advice, strict=True):
            row = _row(rows, who)
            since = moment_line(datetime.fromisoformat(row.since))
            by = f", on the word of {clean(row.cleared_by)}" if row.cleared_by else ""
            told = f"{name}: {_VERDICTS[row.advice]} since {since}{by}"
            lines.line(f"{clean(who)}  {told}", 2, hang=2)


def _unused(lines: Lines, last: Beside) -> None:
    lines.heading("Clearances that stood unused")
    for one, other in zip(*last.advice, strict=True):
        if one.advice in ("hold", "may_engage"):
            told = [duration(row.unused_clearance_s) or "none" for row in (one, other)]
            lines.line(f"{clean(one.who)}: A {told[0]}, B {told[1]}", hang=2)


def _row(rows: Sequence[Advised], who: str) -> Advised:
    return next(row for row in rows if row.who == who)


def print_table(table: Table, console: Console) -> None:
    """Print the sums by shift, of each set of rules."""
    lines = Lines(console)
    replayed = counted(table.replayed, "incident")
    lines.line(f"{replayed} replayed, days of {clean(table.zone)}", style="bold", hang=2)
    lines.line(_NOTE)
    if table.without:
        told = counted(table.without, "incident")
        lines.line(f"In {told} nobody is told to be an unarmed responder.", hang=2)
    for place, rules in enumerate(table.rules):
        lines.gap()
        name = f"{'AB'[place]}: rule set" if len(table.rules) > 1 else "Rule set"
        lines.line(f"{name} {rules[:12]}", style="bold")
        for shift in table.shifts:
            if shift.responders:
                _shift(lines, shift, place)
            else:
                lines.line(f"{shift.shift}: nobody", 2, QUIET)
    if len(table.rules) > 1:
        differ = sum(shift.differ for shift in table.shifts)
        lines.gap()
        lines.line(f"They come out otherwise for {counted(differ, 'responder')}.")


def _shift(lines: Lines, shift: Shift, place: int) -> None:
    its = shift.counted[place]
    lines.line(
        f"{shift.shift}: {counted(shift.responders, 'responder')} in "
        f"{counted(shift.incidents, 'incident')}: {its.cleared} cleared, {its.never_cleared} never "
        f"cleared, {its.held} held at the end, {shift.engaged} engaged",
        2,
        hang=2,
    )
    if its.unused_s:
        lines.line(
            f"clearances stood unused for {duration(its.unused_s)} in all, "
            f"{duration(its.median_unused_s) or 'no time'} in the middle, "
            f"{duration(its.longest_unused_s)} at the longest",
            4,
            hang=2,
        )


def csv_of(table: Table) -> bytes:
    """The rows as CSV (RFC 4180), the columns of a second set of rules with ``_b`` behind them."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    outcome = ("cleared", "held", "unused_s")
    ends = ("", "_b")[: len(table.rules)]
    writer.writerow(
        (
            "incident",
            "who",
            "dispatched",
            "shift",
            "engaged",
            *(f"{c}{e}" for e in ends for c in outcome),
        )
    )
    for row in table.rows:
        told = [getattr(one, column) for one in row.outcomes for column in outcome]
        texts = (_plain(row.incident), _plain(row.who), row.dispatched, row.shift)
        writer.writerow((*texts, *(_word(one) for one in (row.engaged, *told))))
    return text.getvalue().encode()


def _word(value: bool | int) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _plain(text: str) -> str:
    """A name that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
