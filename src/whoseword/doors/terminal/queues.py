"""The drafts that wait, on a terminal: what is disputed first, and what is to be asked of names."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, assert_never

from whoseword.doors.plain_words import answer_line, counted
from whoseword.doors.source_words import reader_lines
from whoseword.doors.terminal.lines import clean
from whoseword.intake import Draft
from whoseword.intake.drafts import draft_value
from whoseword.intake.identities import Identities, Open, Unclear
from whoseword.intake.queue import Conflict, First, Side, Waiting
from whoseword.words import Hedge, Stance, Statement

_TITLES = {
    First.DISPUTED: "These touch what is disputed:",
    First.UNANSWERED: "These touch what nobody has answered yet:",
    First.AWAITED: "These await an answer:",
}


def encoded_in_queue(one: Waiting) -> bytes:
    """A draft as `drafts --json` prints it: with why it comes first, or null."""
    value = draft_value(one.draft)
    value["x_first"] = one.why and {
        "why": one.why.value,
        "matter": one.matter,
        "meets": list(one.meets),
    }
    return json.dumps(value, sort_keys=True, ensure_ascii=False).encode()


def queue_told(queue: Sequence[Waiting]) -> str:
    """The whole queue, each reason under its title."""
    lines: list[str] = []
    title: str | None = ""
    for one in queue:
        heading = _TITLES[one.why] if one.why else "The others:" if title else None
        if heading is not None and heading != title:
            lines += ["", heading] if lines else [heading]
            title = heading
        lines.append(_line(one.draft))
        if one.why is not None:
            meets = f"  meets {', '.join(one.meets)}" if one.meets else ""
            lines.append(f"              {clean(one.question or one.matter or '')}{meets}")
    disputed = any(one.why is First.DISPUTED for one in queue)
    waits = "waits" if len(queue) == 1 else "wait"
    told = f"{counted(len(queue), 'draft')} {waits} for a person's name"
    lines.append(f"{told}; --conflicts lists what cannot all be so." if disputed else f"{told}.")
    return "\n".join(lines)


def _line(draft: Draft) -> str:
    statement = draft.statement
    told = f"{draft.draft}  {clean(statement.speaker.name)}: {clean(statement.source.quote or '')}"
    return told + "".join(f"  [{clean(one)}]" for one in reader_lines(statement.extra))


class Said(NamedTuple):
    """Whose words the names in a conflict are: drafts by their short ids, statements by theirs."""

    drafts: Mapping[str, Draft]
    statements: Mapping[str, Statement]


def conflicts_told(conflicts: Sequence[Conflict], said: Said) -> str:
    """Each matter that cannot be all that is said of it, with who says what, and where.

    What was quoted once is named alone after that: one denial of anyone stands in many matters.
    """
    lines: list[str] = []
    told: set[str] = set()
    for conflict in conflicts:
        lines += [clean(conflict.question), f"  {clean(conflict.matter)}"]
        for side in conflict.sides:
            lines += _side(conflict, side, said, told)
        lines.append("")
    lines.append(f"{counted(len(conflicts), 'conflict')}, if equal names mean the same (--names).")
    return "\n".join(lines)


def _side(conflict: Conflict, side: Side, said: Said, told: set[str]) -> Iterator[str]:
    answer = answer_line(
        conflict.question, Stance(side.stance), Hedge(side.hedge), side.value, side.happened
    )
    follows = f", as follows from {side.implied_by}" if side.implied_by else ""
    yield f"  {clean(answer)}{clean(follows)}"
    for name in (*side.drafts, *side.statements):
        if name in told:
            yield f"    {name}  (quoted above)"
        elif name in side.drafts:
            source = said.drafts[name].statement.source
            page = f", page {source.page}" if source.page is not None else ""
            yield f"    {_line(said.drafts[name])}{page}"
        else:
            yield f"    {_statement_line(name, said.statements.get(name))}  (in a book)"
        told.add(name)


def _statement_line(name: str, statement: Statement | None) -> str:
    if statement is None:
        return name
    # What was entered by hand quotes nothing; its answer stands in the line above.
    quote = f": {clean(statement.source.quote)}" if statement.source.quote else ""
    return f"{name}  {clean(statement.speaker.name)}{quote}"


def names_told(names: Identities) -> str:
    """The questions of who is who, each with the words that answer it."""
    lines: list[str] = []
    for shared in names.shared:
        name, fresh = clean(shared.name), names.fresh.get(shared.name)
        another = (
            f"with --rename {name}={clean(fresh)}"
            if fresh
            else "sign one of these documents first, then the other"
        )
        lines += [
            f"Is {name} the same in {clean(', '.join(shared.stands_in))}?",
            f"  if so, sign with --join {name}={name}; if not, {another}",
        ]
    for alike in names.alike:
        one, other = clean(alike.name), clean(alike.other)
        both = "the drafts of both at once " if alike.together else ""
        lines += [
            f"Is {one} who is called {other} elsewhere ({clean(', '.join(alike.stands_in))})?",
            f"  if so, sign {both}with --join {one}={other}; if not, there is nothing to do",
        ]
    for unclear in names.unclear:
        lines += _unclear(unclear)
    total = len(names.shared) + len(names.alike) + len(names.unclear)
    lines.append(f"{counted(total, 'question')} of who is who; nothing is joined until you say so.")
    return "\n".join(lines)


def _unclear(unclear: Unclear) -> Iterator[str]:
    quote, candidates = clean(unclear.quote), clean(", ".join(unclear.candidates))
    match unclear.of:
        case Open.MENTION:
            yield f'Whom does "{quote}" mean: {candidates}?'
            yield f"  draft {unclear.draft} leaves it open"
        case Open.SPEAKER:
            yield f'Whose words are "{quote}": {candidates}?'
            yield f"  draft {unclear.draft} gives them to {clean(unclear.speaker)}"
        case _:
            assert_never(unclear.of)
