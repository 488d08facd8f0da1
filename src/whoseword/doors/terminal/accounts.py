"""An account on a terminal: plain lines that a tired analyst can read, page and pipe.

The same words come out of a pipe as on a screen; nothing is told by colour alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from rich.console import Console

from whoseword.account import Account, MatterView, Position
from whoseword.account.shapes import Question
from whoseword.doors.faces import (
    Group,
    consequence,
    findings_of,
    groups_of,
    is_non_answer,
    positions_in_order,
    same_words,
    short_ids,
)
from whoseword.doors.plain_words import (
    NOT_REVIEWED,
    answer_title,
    basis_line,
    chain_line,
    counted,
    days_line,
    finding_line,
    moment_line,
    position_line,
    removed_line,
    said_line,
    speaker_line,
    title_of,
    value_line,
    voices_line,
)
from whoseword.doors.terminal.lines import CHECK, QUIET, Lines, clean
from whoseword.words import Basis, Standing, Statement


class _Page(NamedTuple):
    """An account on its way to the console."""

    view: Account
    lines: Lines
    ids: Mapping[str, str]
    questions: Mapping[str, str]
    names: Mapping[str, str]
    brief: bool


_ONE_LINE = {Standing.SAID_BY_ONE, Standing.DENIED, Standing.BELIEVED, Standing.EXPECTED}
_RESTS_ON_SOME = {Standing.SUPERSEDED, Standing.FOUND, Standing.DISPUTED, Standing.AGREED}


def print_account(
    view: Account,
    console: Console,
    names: Mapping[str, str] | None = None,
    *,
    brief: bool = False,
) -> None:
    """Print an account; ``names`` are the file names of documents by digest.

    ``brief`` gives one line to a matter on which there is one position and nothing to weigh.
    """
    page = _Page(
        view,
        Lines(console),
        short_ids(view.statements),
        {one.matter: one.question for one in view.matters},
        names or {},
        brief,
    )
    groups = groups_of(view)
    _summary(page, groups)
    if not view.statements:
        _removed(page)
        page.lines.gap()
        page.lines.line(
            "No statement about it was recorded by then in the books that this reader opens. "
            + CHECK
        )
        return
    for group in groups:
        _group(page, group)
    _questions(page)
    _awaiting(page)
    _withheld(page)
    _removed(page)
    _narration(page)
    _closing(page)


def _summary(page: _Page, groups: Iterable[Group]) -> None:
    view, lines = page.view, page.lines
    lines.line(f"{view.incident}: what is known, and how well", style="bold")
    as_of = moment_line(datetime.fromisoformat(view.as_of))
    lines.line(f"As of {as_of}, for {view.reader}, purpose {view.purpose}.")
    unreviewed = sum(not one.reviewed for one in view.statements.values())
    computed = f"Computed from {counted(len(view.statements), 'statement')}"
    if unreviewed:
        computed += f", {unreviewed} {NOT_REVIEWED}"
    lines.line(f"{computed}; rule set {view.rules[:12]}.")
    standings = ", ".join(f"{len(group.matters)} {group.title.lower()}" for group in groups)
    lines.line(f"Matters: {standings or 'none'}.")
    is_open = sum(one.status == "open" for one in view.questions)
    lines.line(
        f"Open questions: {is_open}. Answers awaited: {len(view.awaiting)}. "
        f"Withheld: {len(view.withheld)}. Narration beyond its sources: {len(view.narration)}."
    )


def _group(page: _Page, group: Group) -> None:
    page.lines.heading(f"{group.title} ({len(group.matters)})")
    page.lines.line(group.meaning, style=QUIET)
    themed = len(group.matters) > 8
    for theme in group.themes:
        if themed:
            page.lines.gap()
            page.lines.line(f"- {theme.title} -", style=QUIET)
        for matter in theme.matters:
            if page.brief and _is_one_line(page, matter):
                _one_line(page, matter)
            else:
                _matter(page, matter)


def _is_one_line(page: _Page, matter: MatterView) -> bool:
    """Whether there is one position and nothing to weigh; hearsay is shown with its chain."""
    single = len(matter.positions) == 1 and not matter.positions[0].implied_by
    if not single or matter.notes or Standing(matter.standing) not in _ONE_LINE:
        return False
    return not any(page.view.statements[key].via for key in matter.positions[0].statements)


def _one_line(page: _Page, matter: MatterView) -> None:
    """A matter with one position: the question, the answer, who says so."""
    position = matter.positions[0]
    line = clean(position_line(matter.question, position))
    flag = "" if position.reviewed else " [not reviewed]"
    told = f"{clean(matter.question)} {line} -- {_voices(page, position)}{flag}"
    page.lines.line(f"* {told} [{_ids(page, position.statements)}]", 2, hang=2)


def _matter(page: _Page, matter: MatterView) -> None:
    lines = page.lines
    lines.gap()
    lines.line(clean(matter.question), style="bold", hang=2)
    told = title_of(Standing(matter.standing))
    if voices := voices_line(matter):
        told += f", {voices}"
    if Standing(matter.standing) in _RESTS_ON_SOME and matter.because.statements:
        told += f"; rests on {_ids(page, matter.because.statements)}"
    lines.line(f"{told}. {clean(matter.matter)}", 2, QUIET, hang=2)
    for key in findings_of(matter):
        lines.line(f"* Finding: {clean(finding_line(page.view.statements[key]))}", 2, hang=2)
        _statement(page, [key], None)
    for position in positions_in_order(matter):
        _position(page, matter, position)
    for note in matter.notes:
        other = page.questions.get(note.with_, note.with_)
        lines.line(f'! {note.kind} with "{clean(other)}": {clean(note.why)}', 2, hang=2)


def _position(page: _Page, matter: MatterView, position: Position) -> None:
    lines = page.lines
    line = clean(position_line(matter.question, position))
    flag = "" if position.reviewed else " [not reviewed]"
    told = f"{line} -- {_voices(page, position)}{flag}"
    if position.replaced_by:
        lines.line(f"x REPLACED by {page.ids[position.replaced_by]}: {told}", 2, hang=2)
    else:
        lines.line(f"* {told}", 2, hang=2)
    if position.implied_by:
        other = clean(page.questions.get(position.implied_by, position.implied_by))
        lines.line(f'implied by "{other}" {_ids(page, position.statements)}', 4, hang=2)
        return
    for keys in same_words(position.statements, page.view.statements):
        _statement(page, keys, position)


def _voices(page: _Page, position: Position) -> str:
    """Who takes a position, whose own side is under review, and whether one is at first hand."""
    if not position.origins:
        return "no voice counted: a document's own voice, beside its sources"
    speakers = [page.view.statements[key].speaker for key in position.statements]
    interested = {one.name for one in speakers if one.interest}
    voices = "; ".join(
        f"{clean(one)} (own side under review)" if one in interested else clean(one)
        for one in position.origins
    )
    if len(position.origins) > 1:
        voices = f"{counted(len(position.origins), 'voice')}: {voices}"
    if is_non_answer(position):
        return voices
    return f"{voices}, {'at first hand' if position.first_hand else 'not at first hand'}"


def _statement(page: _Page, keys: Sequence[str], position: Position | None) -> None:
    """The words behind a line, of one statement or of several; whose, where and when.

    What the line of their position already says is not said again.
    """
    one = page.view.statements[keys[0]]
    place = clean(place_line(one, page.names))
    said = f", said {clean(said_line(one.said))}" if one.said else ""
    words = f'"{clean(one.source.quote)}" ' if one.source.quote is not None else ""
    page.lines.line(f"{words}{place}{said} [{_ids(page, keys)}]", 4, hang=2)
    if position is None or _adds(one, position):
        flag = "" if one.reviewed or (position and not position.reviewed) else " [not reviewed]"
        page.lines.line(clean(who_line(one)) + flag, 6, QUIET, hang=2)


def _adds(one: Statement, position: Position) -> bool:
    """Whether who said it, and how, tells more than the line of the position."""
    is_only_voice = position.origins == (one.speaker.name,)
    return bool(one.via) or not is_only_voice or one.basis is not Basis.UNSTATED


def who_line(one: Statement) -> str:
    """Whose word a statement is, through whom it came, and how they know."""
    chain = chain_line(one.via)
    told = f"{one.speaker.name} ({speaker_line(one.speaker)})"
    return f"{told}{', ' + chain if chain else ''}; {basis_line(one)}"


def place_line(one: Statement, names: Mapping[str, str]) -> str:
    """Where a statement's words stand: the document and its span, the feed, or who entered it."""
    source = one.source
    if source.feed is not None:
        return f"feed {source.feed}, message {source.message}"
    if source.document is None:
        return f"entered by {source.entered_by}"
    name = names.get(source.document, f"document {source.document[:12]}")
    page = f", page {source.page}" if source.page else ""
    place = f"{name}:{source.start}-{source.end}{page}"
    return f"{place} (unchecked: the document was not held)" if source.unchecked else place


def _id(page: _Page, key: str) -> str:
    return f"[{page.ids[key]}]"


def _ids(page: _Page, keys: Iterable[str]) -> str:
    return ", ".join(page.ids[key] for key in keys)


def _questions(page: _Page) -> None:
    known = sorted(page.view.questions, key=lambda one: consequence(one.matter))
    for status, title in (("open", "Open questions"), ("answered", "Answered since")):
        its = [one for one in known if one.status == status]
        if its or status == "open":
            page.lines.heading(f"{title} ({len(its)})")
        for one in its:
            _question(page, one)


def _question(page: _Page, one: Question) -> None:
    lines = page.lines
    lines.gap()
    lines.line(clean(page.questions.get(one.matter, one.matter)), style="bold", hang=2)
    for asked in one.asked_of:
        told = f"{clean(asked.speaker)}: {answer_title(asked.answer)} {_id(page, asked.statement)}"
        if asked.replaced_by:
            told += f" (replaced by {page.ids[asked.replaced_by]})"
        lines.line(f"asked: {told}", 2, hang=2)
    if one.not_asked:
        lines.line(f"not asked: {', '.join(one.not_asked)}", 2, hang=2)


def _awaiting(page: _Page) -> None:
    page.lines.heading(f"Who owes an answer ({len(page.view.awaiting)})")
    for row in page.view.awaiting:
        about = clean(page.questions.get(row.about, row.about)) or "not said about what"
        words = f"* {clean(row.of)}, for {days_line(row.days)}: {about} {_id(page, row.statement)}"
        page.lines.line(words, 2, hang=2)


def _withheld(page: _Page) -> None:
    page.lines.heading(f"What is withheld ({len(page.view.withheld)})")
    for row in page.view.withheld:
        by = row.by or "nobody named"
        page.lines.line(f"* {clean(row.what or 'something not named')}, by {clean(by)}", 2, hang=2)
        told = "; ".join(
            f"{name}: {clean(value_line(value)) or 'none given'}"
            for name, value in (
                ("reason", row.reason),
                ("authority", row.authority),
                ("review", row.review),
                *((("ask", row.ask),) if row.ask else ()),
            )
        )
        page.lines.line(f"{told} {_id(page, row.statement)}", 4, hang=2)


def _removed(page: _Page) -> None:
    """What stands in the place of statements that were sealed or put into quarantine."""
    if not page.view.removed:
        return
    page.lines.heading(f"What is out of sight ({len(page.view.removed)})")
    for one in page.view.removed:
        recorded = moment_line(datetime.fromisoformat(one.recorded))
        page.lines.line(f"* a statement of {one.book}, recorded {recorded}", 2, hang=2)
        page.lines.line(clean(removed_line(one)), 4, hang=2)
        page.lines.line(f"statement {one.statement}; act {one.act}", 4, QUIET, hang=2)


def _narration(page: _Page) -> None:
    page.lines.heading(f"Where narration outruns its sources ({len(page.view.narration)})")
    for row in page.view.narration:
        page.lines.gap()
        other = page.questions.get(row.matter, row.matter)
        page.lines.line(clean(other), style="bold", hang=2)
        page.lines.line(f"{clean(row.narrator)} says: {clean(row.says)}", 2, hang=2)
        page.lines.line(f"its sources say: {clean(row.sources_say)}", 2, hang=2)
        for key in row.statements:
            _statement(page, [key], None)


def _closing(page: _Page) -> None:
    page.lines.gap()
    page.lines.line(
        "FILE:100-120 are characters 100 to 120 of its text; in brackets stands the end of a "
        "statement's id. The whole statements: "
        f"whoseword account {page.view.incident} --json; a page in which every line opens its "
        f"words: whoseword account {page.view.incident} --html FILE",
        style=QUIET,
    )
