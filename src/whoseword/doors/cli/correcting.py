"""Commands on what still carries a claim that was corrected since."""

from pathlib import Path
from typing import Any

import click
import msgspec

from whoseword.doors.cli.program import Session, reader_of, reading_as
from whoseword.doors.cli.words_given import Slug, Words
from whoseword.doors.plain_words import counted
from whoseword.doors.terminal.lines import clean


@click.command(short_help="Which files still carry what a later release corrected.")
@click.argument("incident", type=Slug())
@click.option("--all", "every", is_flag=True, help="Those that are settled too.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON, the settled ones too.")
@reading_as
@click.pass_obj
def corrections(session: Session, /, incident: str, **given: Any) -> None:
    """Which files that were made of a release still carry what a later release corrected.

    A page, a PDF, a feed, a table: each stays on the list until it is written anew (`site` again), or
    somebody says under their name that whoever had it was told (`corrected`), or waives it.
    """
    from whoseword.doors.correcting import list_to_correct

    with session.open() as desk:
        reader = reader_of(desk, given["reader"], given["purpose"])
        rows = list_to_correct(desk, incident, reader)
    if given["as_json"]:
        click.echo(msgspec.json.encode(rows, order="sorted"))
        return
    shown = rows if given["every"] else [one for one in rows if one.state == "open"]
    click.echo(f"{counted(len(shown), 'file')} to correct." if not given["every"] else f"{counted(len(shown), 'file')}.")  # fmt: skip
    for one in shown:
        click.echo(f"  {clean(one.output)}")
        click.echo(
            f"    carries {counted(len(one.lines), 'line')} of release {one.of_version} that release "
            f"{one.corrected_in} corrects: {one.state}"
            f"{f', by {clean(one.by)}' if one.by else ''}{f' ({clean(one.reason)})' if one.reason else ''}"
        )


@click.command(short_help="Say that whoever had a file was told, or waive it.")
@click.argument("incident", type=Slug())
@click.option("--file", "file", required=True, type=click.Path(path_type=Path), metavar="FILE", help="The file, as `corrections` lists it.")  # fmt: skip
@click.option("--as", "name", required=True, type=Words(), metavar="NAME", help="Who says so.")
@click.option(
    "--waive", "reason", type=Words(), metavar="REASON", help="It is not corrected, and why."
)
@click.pass_obj
def corrected(session: Session, /, incident: str, **given: Any) -> None:
    """Take a file off the list of what is to correct, under your name.

    Without --waive you say that whoever had the file was told of the correction.
    """
    from whoseword.doors.correcting import settle

    path = str(given["file"].absolute())
    with session.open() as desk:
        receipts = settle(desk, incident, path, given["name"], given["reason"])
    click.echo(f"Said by {given['name']}: {counted(len(receipts), 'statement')}.")


COMMANDS = (corrections, corrected)
