"""What a machine read in a document, on a terminal: every sentence, and what it states or why not."""

from collections import Counter
from collections.abc import Mapping

from rich.console import Console

from whoseword.account.phrases import question
from whoseword.account.values import shown_value
from whoseword.doors.plain_words import answer_line, counted
from whoseword.doors.terminal.accounts import who_line
from whoseword.doors.terminal.lines import QUIET, Lines, clean
from whoseword.intake import Draft, KeptDocument, Reading, SentenceReading
from whoseword.words import matter_of
from whoseword.words.kinds import values_of


def print_drafts(document: KeptDocument, reading: Reading, console: Console) -> None:
    """Print every sentence of a document with its drafts or, where it has none, the reason."""
    lines = Lines(console)
    drafts = {one.draft: one for one in reading.drafts}
    lines.gap()
    lines.line(f"{clean(document.name)}, {document.media_type}", style="bold", hang=2)
    lines.line(f"sha256 {document.sha256}", style=QUIET, hang=2)
    for sentence in reading.sentences:
        _sentence(lines, document, sentence, drafts)
    lines.gap()
    lines.line(_sum(reading))
    if document.pages_without_text:
        pages = ", ".join(str(page) for page in document.pages_without_text)
        lines.line(f"Not read, for they hold no text: page {pages}.")


def _sentence(
    lines: Lines, document: KeptDocument, sentence: SentenceReading, drafts: Mapping[str, Draft]
) -> None:
    start, end = sentence.span
    lines.gap()
    lines.line(f'{start}-{end} "{clean(document.text[start:end])}"', hang=2)
    if sentence.why is not None:
        lines.line(f"states nothing: {sentence.why.value}", 2, QUIET, hang=2)
    for name in sentence.drafts:
        _draft(lines, drafts[name])


def _draft(lines: Lines, draft: Draft) -> None:
    one = draft.statement
    matter = matter_of(one.fact)
    asked = question(matter)
    value = shown_value(values_of(one.fact))
    answer = answer_line(asked, one.stance, one.hedge, value, one.fact.happened)
    lines.line(f"[{draft.draft}] {clean(who_line(one))}", 2, hang=2)
    lines.line(f"{clean(asked)} {clean(answer)}", 4, "bold", hang=2)
    lines.line(clean(matter.label), 4, QUIET, hang=2)
    if one.source.quote is not None:
        lines.line(f'"{clean(one.source.quote)}"', 4, hang=2)


def _sum(reading: Reading) -> str:
    """How many sentences state something, and why the others do not."""
    silent = Counter(one.why.value for one in reading.sentences if one.why is not None)
    told = (
        f"{counted(len(reading.sentences), 'sentence')}: {counted(len(reading.drafts), 'draft')} "
        f"from {sum(bool(one.drafts) for one in reading.sentences)} of them"
    )
    if not silent:
        return f"{told}."
    reasons = ", ".join(f"{why} {number}" for why, number in sorted(silent.items()))
    return f"{told}; {silent.total()} state nothing ({reasons})."
