"""What a machine read in a document, on a terminal: every sentence, and what it states or why not."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from rich.console import Console

from whoseword.account.phrases import question
from whoseword.account.values import shown_value
from whoseword.doors.plain_words import answer_line, counted
from whoseword.doors.source_words import clock_line, reader_lines, seen_line
from whoseword.doors.terminal.accounts import who_line
from whoseword.doors.terminal.lines import QUIET, Lines, clean
from whoseword.intake import Draft, Form, KeptDocument, Reading, SentenceReading
from whoseword.words import Statement, matter_of
from whoseword.words.kinds import values_of


def print_drafts(document: KeptDocument, reading: Reading, console: Console) -> None:
    """Print every sentence of a document with its drafts or, where it has none, the reason."""
    lines = Lines(console)
    drafts = {one.draft: one for one in reading.drafts}
    lines.gap()
    lines.line(f"{clean(document.name)}, {document.media_type}", style="bold", hang=2)
    lines.line(f"sha256 {document.sha256}", style=QUIET, hang=2)
    for told in form_lines(document.form):
        lines.line(clean(told), hang=2)
    for sentence in reading.sentences:
        _sentence(lines, document, sentence, drafts)
    lines.gap()
    lines.line(_sum(reading))
    if document.pages_without_text:
        lines.line(f"Not read, for they hold no text: {_pages(document.pages_without_text)}.")


def print_more_drafts(drafts: Sequence[Draft], console: Console) -> None:
    """Print what a second reader found beside the first."""
    lines = Lines(console)
    if drafts:
        lines.gap()
        lines.line("Found by the second reader alone:", style="bold")
    for draft in drafts:
        _draft(lines, draft)


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
    for told in (*place_lines(one), *reader_lines(one.extra)):
        lines.line(clean(told), 4, QUIET, hang=2)


def form_lines(form: Form) -> Iterator[str]:
    """What a document's format tells of it as a whole."""
    if form.scan is not None:
        yield f"read by machine from an image ({form.scan.engine}): {_pages(form.scan.pages)}"
    if form.imprint is not None:
        told = {
            "title": form.imprint.title,
            "author": form.imprint.author,
            "outlet": form.imprint.outlet,
            "date": form.imprint.date,
        }
        for name, stated in told.items():
            if stated is not None:
                yield f"{name} as the page states it: {stated}"


def place_lines(statement: Statement) -> Iterator[str]:
    """Where a statement's words stand on a page or in a recording, and how surely it was read."""
    source = statement.source
    if source.page is not None:
        yield f"page {source.page}"
    if source.seconds is not None:
        yield "from {:.1f} to {:.1f} seconds of the recording".format(*source.seconds)
    for told in (seen_line(statement.extra), clock_line(statement.extra)):
        if told:
            yield told


def _pages(numbers: Sequence[int]) -> str:
    return ", ".join(f"page {number}" for number in numbers)


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
