"""A checked draft on a terminal: each sentence that needs a look, with its reason and its sources."""

from typing import Final

from rich.console import Console

from whoseword.account import Account
from whoseword.doors.plain_words import chain_line, counted, speaker_line, verdict_title
from whoseword.doors.terminal.lines import CHECK, QUIET, Lines, clean
from whoseword.record import Checked, SentenceChecked, Verdict
from whoseword.words import Statement

_MOST_SOURCES: Final = 6


def print_check(view: Checked, account: Account, console: Console, name: str) -> None:
    """Every sentence that claims something, in the draft's order, the borne out ones briefly."""
    lines = Lines(console)
    lines.line(f"{clean(name)}, held against {view.incident}")
    lines.line(
        f"As of {view.as_of}, as {view.reader} opens it, purpose {view.purpose}.", style=QUIET
    )
    for one in view.sentences:
        lines.gap()
        lines.line(f"{verdict_title(Verdict(one.verdict)).upper()}: {one.why}", hang=2)
        lines.line(f"“{clean(one.text)}”", indent=2, hang=1)
        if one.matter:
            standing = f" ({one.standing.replace('_', ' ')})" if one.standing else ""
            lines.line(f"on {clean(one.matter)}{standing}", indent=2, style=QUIET)
        _sources(one, account, lines)
    lines.gap()
    lines.line(tally(view))
    if not account.statements:
        lines.line(f"Nothing of {view.incident} is open here. {CHECK}")


def tally(view: Checked) -> str:
    """How many sentences stand how, and what the check does not say."""
    if not view.sentences:
        return "No sentence of it claims anything that is checked."
    told = []
    for verdict in Verdict:
        count = sum(1 for one in view.sentences if one.verdict == verdict.value)
        if count:
            told.append(f"{count} {verdict_title(verdict).lower()}")
    return (
        f"{counted(len(view.sentences), 'sentence')}: {', '.join(told)}. A machine read them: what it "
        "passed over is not checked, and a person decides."
    )


def _sources(one: SentenceChecked, account: Account, lines: Lines) -> None:
    for name in one.statements[:_MOST_SOURCES]:
        statement: Statement = account.statements[name]
        words = statement.source.quote
        quote = f": “{clean(words)}”" if words else ""
        speaker = f"{statement.speaker.name} ({speaker_line(statement.speaker)})"
        through = chain_line(statement.via)
        who = f"{speaker}, {through}" if through else speaker
        lines.line(f"- {clean(who)}{quote} [{name[-8:]}]", indent=2, hang=2)
    more = len(one.statements) - _MOST_SOURCES
    if more > 0:
        lines.line(f"and {more} more (--json lists them)", indent=2, style=QUIET)
