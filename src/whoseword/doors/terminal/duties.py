"""What is owed, on a terminal: by owner, overdue first, in short lines for a telephone.

"Immediately" shows how long it has been and no number that nobody gave; what somebody says is done
reads otherwise than what is done, and a rule that nobody has read says so (law 8).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from rich.console import Console

from whoseword.doors.faces import short_ids
from whoseword.doors.plain_words import NOT_REVIEWED, counted, moment_line, time_line
from whoseword.doors.terminal.lines import CHECK, QUIET, Lines, clean
from whoseword.duties import Duties, Duty, State
from whoseword.words import Stance
from whoseword.words.times import parse_zone

_STATES = {
    State.OVERDUE: "OVERDUE",
    State.OPEN: "open",
    State.REPORTED_DONE: "reported done, not shown to be",
    State.WAIVED: "waived",
    State.DONE: "done",
}
"""In the order in which they are told."""
_ORDER = list(_STATES)
_UNDATED = {
    "immediate": "owed immediately; no number is set",
    "on_event": "owed on the event; no number is set",
    "local_policy": "local policy; no number is set",
}
_CONFIDENCE = {
    "text": "its own words were read",
    "paraphrase": "read in paraphrase",
    "unverified": "UNVERIFIED, nobody has read its text",
}
_STANCES = {
    Stance.AFFIRMS: "kept to it",
    Stance.DENIES: "did not keep to it",
    Stance.CANNOT_SAY: "cannot be said to have kept to it",
}


class _Page(NamedTuple):
    """The duties on their way to the console."""

    view: Duties
    lines: Lines
    ids: Mapping[str, str]


def print_duties(view: Duties, console: Console) -> None:
    """Print what is owed."""
    page = _Page(view, Lines(console), short_ids(_ids(view)))
    _summary(page)
    for owner, its in _by_owner(view.duties):
        page.lines.heading(f"{clean(owner)} ({len(its)})")
        for duty in its:
            _duty(page, duty)
    _conduct(page)


def _ids(view: Duties) -> Iterable[str]:
    for duty in view.duties:
        yield from (duty.trigger, *duty.evidence)
        yield from (key for alarm in duty.alarms for key in alarm.statements)
        yield from (duty.waiver.statement,) if duty.waiver else ()
    yield from (row.statement for row in view.conformed)


def _by_owner(duties: Iterable[Duty]) -> list[tuple[str, Sequence[Duty]]]:
    """Each owner and what they owe: overdue first, what is only foreseen last of what is open."""
    found: dict[str, list[Duty]] = defaultdict(list)
    for duty in sorted(duties, key=_rank):
        found[duty.owner].append(duty)
    return sorted(found.items(), key=lambda pair: (_rank(pair[1][0])[0], pair[0]))


def _rank(duty: Duty) -> tuple[int, bool, bool, str, str, str]:
    """By state, alarms first, what is dated before what is not."""
    place = _ORDER.index(State(duty.state))
    return place, duty.awaits is not None, not duty.alarms, duty.due or "~", duty.rule, duty.uid


def _summary(page: _Page) -> None:
    view, lines = page.view, page.lines
    lines.line(f"{clean(view.incident)}: what is owed", style="bold", hang=2)
    as_of = moment_line(datetime.fromisoformat(view.as_of))
    lines.line(f"As of {as_of}, profile {clean(view.profile)}, days of {clean(view.zone)}.")
    involved = " and ".join(view.involved) or "not stated"
    lines.line(f"Agency involved: {clean(involved)}.", hang=2)
    for who in view.undecided:
        lines.line(f"{clean(who)} fired; nobody says for whom. No duty is drawn from it.", hang=2)
    lines.line(f"Rule set {clean(view.rules[:12])}.", style=QUIET)
    told = [
        f"{number} {_STATES[state]}"
        for state in _ORDER
        if (number := sum(duty.state == state.value for duty in view.duties))
    ]
    lines.line(
        f"{'; '.join(told)}." if told else f"Nothing told here owes anybody anything. {CHECK}"
    )


def _duty(page: _Page, duty: Duty) -> None:
    lines, state = page.lines, State(duty.state)
    mark = "!" if state is State.OVERDUE or duty.alarms else "*"
    lines.line(f"{mark} {_STATES[state]}: {clean(duty.what)}", hang=2)
    if duty.for_ is not None:
        lines.line(f"for {clean(duty.for_)}", 2, hang=2)
    lines.line(_when(page, duty), 2, hang=2)
    for alarm in duty.alarms:
        words = {
            "conflict": f"{alarm.who}, of the outside team, belongs or is tied to {alarm.agency}",
            "denied": f"{alarm.who} should have received it and denies it",
        }.get(alarm.kind, alarm.who)
        lines.line(f"! {alarm.kind}: {clean(words)} [{_short(page, alarm.statements)}]", 2, hang=2)
    if duty.waiver is not None:
        waiver = duty.waiver
        words = f"waived by {waiver.by}, because: {waiver.reason}"
        lines.line(f"{clean(words)} [{_short(page, (waiver.statement,))}]", 2, hang=2)
    _grounds(page, duty)


def _grounds(page: _Page, duty: Duty) -> None:
    """On what it rests: the statements, and the text of the rule."""
    lines = page.lines
    evidence = f"evidence: {_short(page, duty.evidence)}" if duty.evidence else "no evidence"
    lines.line(f"{evidence}; trigger: {_short(page, (duty.trigger,))}", 2, hang=2)
    for one in duty.details:
        words = f"{one.slot}: {one.value or 'not stated'}"
        lines.line(f"{clean(words)} [{_short(page, (one.statement,))}]", 4, hang=2)
    if duty.not_reviewed:
        lines.line(f"{NOT_REVIEWED}: {_short(page, duty.not_reviewed)}", 2, hang=2)
    clause = f", clause {duty.clause}" if duty.clause else ""
    text = f"{duty.rule}{clause}: {duty.citation} ({_CONFIDENCE[duty.confidence]})"
    lines.line(clean(text), 2, style=QUIET, hang=2)
    if duty.note:
        lines.line(clean(duty.note), 2, style=QUIET, hang=2)


def _when(page: _Page, duty: Duty) -> str:
    """When it is due or, where no number is set, that none is and how long it has been."""
    if duty.awaits is not None:
        return f"foreseen; its time begins with: {clean(duty.awaits)}"
    if duty.due is not None:
        late = "; done LATE" if duty.late else ""
        return f"due {_due(duty.due, page.view.zone)}{late}"
    told = _UNDATED.get(duty.kind, "its moment cannot be told")
    if duty.elapsed_s is None:
        return told
    over = State(duty.state) in (State.DONE, State.REPORTED_DONE)
    took = _elapsed(duty.elapsed_s)
    return f"{told}; it took {took}" if over else f"{told}; time since: {took}"


def _elapsed(seconds: int) -> str:
    """So long in the two largest units: "21 hours 19 minutes"."""
    span = timedelta(seconds=seconds)
    parts = (
        (span.days, "day"),
        (span.seconds // 3600, "hour"),
        (span.seconds // 60 % 60, "minute"),
        (span.seconds % 60, "second"),
    )
    first = next((place for place, (number, _) in enumerate(parts) if number), len(parts) - 1)
    largest = parts[first : first + 2]
    return " ".join(counted(number, unit) for number, unit in largest if number) or "no time"


def _conduct(page: _Page) -> None:
    """Who is said to have kept to what; where nothing was named, that stands there."""
    if not page.view.conformed:
        return
    page.lines.heading("Said of conduct")
    for row in page.view.conformed:
        told = _STANCES.get(Stance(row.stance), Stance(row.stance).value.replace("_", " "))
        words = f"{row.who or 'somebody'}, says {row.speaker}: {told}; to what: {row.to_what}"
        page.lines.line(f"* {clean(words)} [{_short(page, (row.statement,))}]", hang=2)
        if row.says_to is not None and row.says_to != row.to_what:
            page.lines.line(f"as it was told: “{clean(row.says_to)}”", 2, hang=2)


def _due(text: str, zone: str) -> str:
    """A due moment in the home's zone; the end of a day as the day."""
    local = datetime.fromisoformat(text).astimezone(parse_zone(zone))
    if f"{local:%H:%M:%S}" == "23:59:59":
        return f"by the end of {time_line(local.date().isoformat())}"
    return time_line(local.isoformat(timespec="seconds" if local.second else "minutes"))


def _short(page: _Page, keys: Iterable[str]) -> str:
    return ", ".join(page.ids[key] for key in keys)
