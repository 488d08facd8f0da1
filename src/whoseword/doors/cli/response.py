"""Commands on the response: hold or may engage, and what was knowable moment by moment."""

from typing import Any

import click
from rich.console import Console

from whoseword.doors.cli.program import Session, moment_of, reader_of, reading_as
from whoseword.doors.cli.words_given import Slug


@click.command("advise", short_help="Hold or may engage, for each unarmed responder.")
@click.argument("incident", type=Slug())
@click.option("--at", metavar="TIME", help="As it was then, inclusive. [default: now]")
@click.option("--json", "as_json", is_flag=True, help="Print the contract's JSON.")
@reading_as
@click.pass_obj
def advise_on(session: Session, /, incident: str, **given: Any) -> None:
    """Hold or may engage, for each unarmed responder, on whose word and by which rule.

    Hold while a weapon is affirmed, believed, possible or unknown; may engage only on a named
    person's clearance that had seen every weapon statement. No silence, no timer and no machine
    clears anybody. A hold may rest on a statement that the reader cannot open; then the rule alone
    is shown.
    """
    from whoseword.doors.advising import advice_at
    from whoseword.doors.terminal.advice import print_advice
    from whoseword.response import advise_json

    with session.open() as desk:
        reader = reader_of(desk, given["reader"], given["purpose"])
        at = moment_of(desk, given["at"], "--at") if given["at"] else None
        view = advice_at(desk, incident, reader, at)
    if given["as_json"]:
        click.echo(advise_json(view))
    else:
        print_advice(view, Console(highlight=False))


@click.command("replay", short_help="What was knowable, and advised, at each recorded moment.")
@click.argument("incident", type=Slug())
@click.option("--json", "as_json", is_flag=True, help="Print the contract's JSON.")
@reading_as
@click.pass_obj
def replay_of(session: Session, /, incident: str, **given: Any) -> None:
    """What was knowable to a reader, and what was advised, at each recorded moment.

    The same statements give the same replay; it never says what would have happened.
    """
    from whoseword.doors.advising import replayed
    from whoseword.doors.terminal.advice import print_replay
    from whoseword.response import replay_json

    with session.open() as desk:
        reader = reader_of(desk, given["reader"], given["purpose"])
        view = replayed(desk, incident, reader)
    if given["as_json"]:
        click.echo(replay_json(view))
    else:
        print_replay(view, Console(highlight=False))


COMMANDS = (advise_on, replay_of)
