"""The brief for a call on a terminal: where it is told to be, whom it names, then each door's brief.

What the question rests on stands first, because an answer is no surer: a place that is disputed,
possible or a point, and people of whom no day of birth is told.
"""

from collections.abc import Sequence

from rich.console import Console

from whoseword.contacts import CallBrief, PlaceTold
from whoseword.doors.faces import short_ids
from whoseword.doors.terminal.briefs import print_brief
from whoseword.doors.terminal.lines import Lines, clean

_TOLD = {
    "plain": "",
    "reported": "only reported",
    "possible": "only possible",
    "believed": "only believed",
}


def print_call_brief(view: CallBrief, console: Console) -> None:
    """Print the brief for a call."""
    lines = Lines(console)
    named = [id_ for place in view.places for id_ in place.statements]
    ids = short_ids(named + [id_ for one in view.people for id_ in one.statements])
    lines.line(f"{clean(view.incident)}: prior contact at the door", style="bold", hang=2)
    if not view.places:
        lines.line("Where: nobody tells a place that this reader opens. Ask for the address.")
    for place in view.places:
        told = "; ".join(filter(None, _words(place)))
        lines.line(
            f"Where: {_line(place.place, told, [ids[one] for one in place.statements])}", hang=2
        )
    doors = sum(bool(one.read_as) for one in view.places)
    if doors > 1:
        lines.line("Several places are told; each has its own brief below.", style="bold")
    if doors > len(view.briefs):
        more = f"{doors - len(view.briefs)} more of them have none"
        lines.line(f"{more}: ask `whoseword brief --address` for one that matters.")
    if not view.people:
        lines.line("Who: nobody is named, so nobody was looked up by name.")
    for one in view.people:
        age = f"said to be {one.age}" if one.age else ""
        why = "; ".join(filter(None, (age, one.why)))
        lines.line(f"Who: {_line(one.asked, why, [ids[id_] for id_ in one.statements])}", hang=2)
    for brief in view.briefs:
        lines.gap()
        print_brief(brief, console)


def _line(words: str, told: str, ids: Sequence[str]) -> str:
    """Words as they were told, what must be known of them, and on which statements they rest."""
    return f"{clean(words)}{f' ({clean(told)})' if told else ''} [{', '.join(ids)}]"


def _words(place: PlaceTold) -> tuple[str, ...]:
    """What must be known of a place before its brief is read."""
    return (
        f"not the call's own place: {place.instead}" if place.instead else "",
        _TOLD[place.told],
        "DISPUTED: another place is told too, or it is denied" if place.disputed else "",
        "" if place.read_as else "no address to look under; ask for one",
    )
