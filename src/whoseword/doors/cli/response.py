"""Commands on the response: hold or may engage, and what was knowable moment by moment."""

import os
from datetime import datetime, time, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console

from whoseword.doors.cli.program import Session, moment_of, reader_of, reading_as
from whoseword.doors.cli.words_given import Slug
from whoseword.doors.terminal.progress import told_progress

if TYPE_CHECKING:
    from whoseword.response import Shifts, SideBySide


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
@click.option(
    "--beside", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="FOLDER",
    help="Another folder of rules: what it would have advised stands beside it.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the contract's JSON.")
@reading_as
@click.pass_obj
def replay_of(session: Session, /, incident: str, **given: Any) -> None:
    """What was knowable to a reader, what was advised and what was done, at each recorded moment.

    With --beside the advice of two sets of rules stands side by side, on the same statements. The
    same statements give the same replay; it never says what would have happened.
    """
    from whoseword.doors.advising import beside, replayed, terms_in
    from whoseword.doors.terminal.advice import print_replay
    from whoseword.doors.terminal.replays import print_beside
    from whoseword.response import Replay, replay_json, side_by_side_json

    other = terms_in(given["beside"]) if given["beside"] else None
    with session.open() as desk:
        reader = reader_of(desk, given["reader"], given["purpose"])
        view: Replay | SideBySide = (
            beside(desk, incident, reader, other) if other else replayed(desk, incident, reader)
        )
    console = Console(highlight=False)
    if isinstance(view, Replay):
        if given["as_json"]:
            click.echo(replay_json(view))
        else:
            print_replay(view, console)
    elif given["as_json"]:
        click.echo(side_by_side_json(view))
    else:
        print_beside(view, console)


@click.command(
    "replays", short_help="Many incidents replayed: held, cleared, never cleared, by shift."
)
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))  # fmt: skip
@click.option(
    "--month", metavar="YYYY-MM", help="Only calls to which a unit was sent in that month."
)
@click.option(
    "--beside", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="RULES",
    help="Another folder of rules, to count under both.",
)  # fmt: skip
@click.option("--shifts", metavar="HH:MM,…", default="07:00,15:00,23:00", show_default=True, help="When shifts begin, by the home's clock.")  # fmt: skip
@click.option("--jobs", type=click.IntRange(1, 256), help="How many cores. [default: all]")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, a row for each responder.")
@click.option(
    "--csv", "csv_file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Write the rows as CSV.",
)  # fmt: skip
@reading_as
@click.pass_obj
def replays(session: Session, /, folder: Path | None, **given: Any) -> None:
    """Replay many incidents: those in the JSON Lines of FOLDER, or this home's.

    Cleared: at some recorded moment the advice was "may engage". Never cleared: it never was. Held:
    at the last recorded moment it was "hold". Unused: for how long clearances stood before the
    responder engaged or they ended. It counts clearances and never who gave them, and it never says
    what would have happened.

    \b
      whoseword replays calls/ --month 2031-03
      whoseword replays calls/ --beside rules-for-comment/ --csv march.csv
    """
    from whoseword.doors.advising import terms_in, terms_of
    from whoseword.doors.files import write_whole
    from whoseword.doors.replaying import Asked, OfFolder, OfHome, sort_out, table_over
    from whoseword.doors.terminal.replays import csv_of, print_table
    from whoseword.response import table_json

    if given["as_json"] and given["csv_file"]:
        raise click.UsageError("choose --json or --csv FILE, not both")
    month = _month(given["month"])
    other = (terms_in(given["beside"]),) if given["beside"] else ()
    with session.open() as desk:
        reader = reader_of(desk, given["reader"], given["purpose"])
        shifts = _shifts(given["shifts"], desk.zone)
        source = OfFolder(folder, reader, desk.owner, desk.law) if folder else OfHome(desk, reader)
        asked = Asked((terms_of(desk), *other), shifts, month)
        drawers = sort_out(source)
    with drawers:
        table = table_over(
            drawers, asked, given["jobs"] or os.cpu_count() or 1, told_progress("replayed")
        )
    if given["as_json"]:
        click.echo(table_json(table))
    elif given["csv_file"]:
        write_whole(given["csv_file"], csv_of(table))
        click.echo(f"Wrote {given['csv_file']}.")
    else:
        print_table(table, Console(highlight=False))


def _month(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return f"{datetime.strptime(text, '%Y-%m'):%Y-%m}"  # noqa: DTZ007 - a month has no zone
    except ValueError:
        raise click.UsageError(f"--month: {text!r} is no month; write 2031-03") from None


def _shifts(text: str, zone: tzinfo) -> "Shifts":
    """When shifts begin. Raises ``UsageError`` where that is no list of times of the clock."""
    from whoseword.response import Shifts

    try:
        starts = tuple(sorted({time.fromisoformat(one.strip()) for one in text.split(",")}))
    except ValueError:
        raise click.UsageError(
            f"--shifts: {text!r} is no list of times; write 07:00,19:00"
        ) from None
    return Shifts(starts, zone)


COMMANDS = (advise_on, replay_of, replays)
