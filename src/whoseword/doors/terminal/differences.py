"""What changed between two moments, on a terminal."""

from datetime import datetime

from rich.console import Console

from whoseword.account import Account, Difference
from whoseword.account.phrases import question
from whoseword.doors.faces import consequence, short_ids
from whoseword.doors.plain_words import counted, moment_line, title_of
from whoseword.doors.terminal.accounts import who_line
from whoseword.doors.terminal.lines import QUIET, Lines, clean
from whoseword.words import Standing, parse_matter


def print_difference(diff: Difference, console: Console, after: Account | None = None) -> None:
    """Print what changed; with the later account the statements behind each change are told."""
    lines = Lines(console)
    start, end = (moment_line(datetime.fromisoformat(one)) for one in (diff.from_, diff.to))
    lines.line(f"What changed from {start} to {end}", style="bold", hang=2)
    lines.line(
        f"{counted(len(diff.changed), 'matter')} changed; earlier outputs that now need a "
        f"correction: {len(diff.corrections)}."
    )
    known = after.statements if after else {}
    named = [key for one in diff.changed for key in one.because]
    ids = short_ids([*known, *named, *(one.statement for one in diff.corrections)])
    for change in sorted(diff.changed, key=lambda one: consequence(one.matter)):
        lines.gap()
        lines.line(_question_of(change.matter), style="bold", hang=2)
        before, now = _standing(change.before), _standing(change.after)
        told = f"{before}, and still, told otherwise" if before == now else f"{before} -> {now}"
        lines.line(told, 2, hang=2)
        lines.line(clean(change.matter), 2, QUIET, hang=2)
        for key in change.because:
            one = known.get(key)
            quote = f': "{clean(one.source.quote)}"' if one and one.source.quote else ""
            who = f" {clean(who_line(one))}{quote}" if one else ""
            lines.line(f"because of [{ids[key]}]{who}", 4, hang=2)
    if diff.corrections:
        lines.heading("Now needs a correction")
    for correction in diff.corrections:
        words = f"* {clean(correction.output)}: {_question_of(correction.matter)}"
        lines.line(f"{words} [{ids[correction.statement]}]", 2, hang=2)


def _standing(value: str | None) -> str:
    return title_of(Standing(value)) if value else "Nothing"


def _question_of(label: str) -> str:
    matter = parse_matter(label)
    return clean(question(matter) if matter else label)
