"""What is shown when a call has come in, by whichever door: the brief for its door and people.

The words are said and stand before anything is drawn up, so a brief that cannot be drawn up is told
and takes nothing back.
"""

from collections.abc import Sequence
from typing import NamedTuple

import click
from rich.console import Console

from whoseword.access import Reader
from whoseword.contacts import CallBrief, brief_json
from whoseword.doors.call_briefs import MOST_CALLS, calls_come_in, make_call_brief
from whoseword.doors.desk import Desk
from whoseword.doors.plain_words import counted
from whoseword.doors.terminal.call_briefs import print_call_brief
from whoseword.words import Statement, WhoseWordError

ASK = "whoseword brief --incident INCIDENT"


class CallsIn(NamedTuple):
    """The incidents of which a new call, door or name was just told, and their briefs."""

    incidents: Sequence[str] = ()
    briefs: Sequence[CallBrief] = ()


def come_in(desk: Desk, said: Sequence[Statement], reader: Reader) -> CallsIn:
    """The briefs for the calls of which statements tell that were just said.

    None is drawn up where more came than anybody answers at once.
    """
    return drawn_up(desk, calls_come_in(desk, said, reader), reader)


def drawn_up(desk: Desk, incidents: Sequence[str], reader: Reader) -> CallsIn:
    """The briefs for the calls of incidents, unless these are too many."""
    try:
        few = incidents if len(incidents) <= MOST_CALLS else ()
        return CallsIn(incidents, [make_call_brief(desk, one, reader) for one in few])
    except WhoseWordError as error:
        click.echo(
            f"whoseword: all of it is said and stands; no brief could be drawn up ({error}). "
            f"Ask for it: {ASK}",
            err=True,
        )
        return CallsIn()


def show(calls: CallsIn, *, as_json: bool = False, err: bool = False) -> None:
    """Print the briefs, as JSON an object a line; ``err`` puts what is for people beside that."""
    if calls.incidents and not calls.briefs:
        told = f"{counted(len(calls.incidents), 'call')} came in; no brief was drawn up. Ask: {ASK}"
        click.echo(told, err=as_json)
    for one in calls.briefs:
        if as_json:
            click.echo(brief_json(one))
        if not as_json or err:
            print_call_brief(one, Console(highlight=False, stderr=err))
