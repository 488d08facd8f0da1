"""The command on what is owed after deadly force."""

from pathlib import Path
from typing import Any

import click
from rich.console import Console

from whoseword.doors.cli.program import Session, moment_of, reader_of, reading_as
from whoseword.doors.cli.words_given import Slug
from whoseword.doors.files import write_whole

_PROFILE = "missouri"


@click.command("duties", short_help="What is owed after deadly force, by whom, by when.")
@click.argument("incident", type=Slug())
@click.option("--as-of", metavar="TIME", help="As it stood then, inclusive. [default: now]")
@click.option("--profile", default=_PROFILE, show_default=True, metavar="NAME", help="Whose law.")
@click.option("--json", "as_json", is_flag=True, help="Print the contract's JSON.")
@click.option(
    "--calendar", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Write what is still owed as an iCalendar feed.",
)  # fmt: skip
@click.option("--owner", metavar="NAME", help="Only what this owner owes.")
@reading_as
@click.pass_obj
def duties_of(session: Session, /, incident: str, **given: Any) -> None:
    """What is owed after deadly force: by whom, by when, on what evidence, by which text.

    Open, reported done, done, overdue and waived are five different things. A duty is judged by the
    rules in force at its trigger; where a text says "immediately", no number of hours is invented.
    """
    # Holidays and calendars take a while to load, and only this command needs them.
    from whoseword.doors.owing import owed
    from whoseword.doors.terminal.duties import print_duties
    from whoseword.doors.terminal.lines import clean
    from whoseword.duties import duties_json, feed, theirs

    if given["as_json"] and given["calendar"]:
        raise click.UsageError("choose --json or --calendar FILE, not both")
    with session.open() as desk:
        reader = reader_of(desk, given["reader"], given["purpose"])
        as_of = moment_of(desk, given["as_of"], "--as-of") if given["as_of"] else None
        whole = owed(desk, incident, reader, as_of, given["profile"])
    view = theirs(whole, given["owner"])
    if given["as_json"]:
        click.echo(duties_json(view))
    elif given["calendar"]:
        write_whole(given["calendar"], feed(view, given["owner"]))
        click.echo(f"Wrote {given['calendar']}.")
    elif whole.duties and not view.duties:
        owners = ", ".join(sorted({clean(one.owner) for one in whole.duties}))
        click.echo(f"Nothing here is owed by {given['owner']!r}. Something is owed by: {owners}.")
    else:
        print_duties(view, Console(highlight=False))


COMMANDS = (duties_of,)
