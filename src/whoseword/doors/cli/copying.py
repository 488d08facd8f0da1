"""The command that holds an incident's documents against each other."""

from typing import Any

import click
import msgspec

from whoseword.doors.cli.program import Session, reader_of, reading_as
from whoseword.doors.cli.words_given import Slug
from whoseword.doors.copying import copies_of
from whoseword.doors.terminal.copies import families_told


@click.command(short_help="Which documents carry the same words, and what drifted.")
@click.option("--incident", required=True, type=Slug(), help="The incident.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@reading_as
@click.pass_obj
def copies(session: Session, /, incident: str, **given: Any) -> None:
    """Which of an incident's documents carry the same words, from where they have them, and what
    drifted on the way.

    Listed are an attribution or a hedge that was dropped, a negation, a speaker, a number, a name
    or a quotation that differs, each with both sentences; then corrections, retractions and
    updates, with the version that they are about where it is held. They are known from lists of
    words: what is not listed may differ too. Where nothing tells which document was first, that is
    said. Nothing is merged: a copy is no second voice, and no less a document.
    """
    with session.open() as desk:
        reader = reader_of(desk, given["reader"], given["purpose"])
        families = copies_of(desk, incident, reader)
    if given["as_json"]:
        click.echo(
            msgspec.json.encode({"incident": incident, "families": families}, order="sorted")
        )
        return
    click.echo(families_told(families))


COMMANDS = (copies,)
"""The command, for the program."""
