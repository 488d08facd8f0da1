"""The command that holds a draft against the ledger before it is published."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from whoseword.doors.checking import check_draft
from whoseword.doors.cli.program import Session, moment_of, reader_of, reading_as
from whoseword.doors.cli.words_given import Slug
from whoseword.doors.files import write_whole
from whoseword.doors.in_sight import Shown
from whoseword.doors.page import check_page
from whoseword.doors.terminal.checks import print_check, tally
from whoseword.record import check_json


@click.command("check", short_help="Hold a draft text against the ledger before it goes out.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--incident", required=True, type=Slug(), help="The incident that it is about.")
@click.option("--as-of", metavar="TIME", help="What was known then, inclusive. [default: now]")
@click.option("--json", "as_json", is_flag=True, help="Print the contract's JSON.")
@click.option(
    "--html", type=click.Path(dir_okay=False, path_type=Path), metavar="PAGE",
    help="Write one self-contained page with the sentences underlined.",
)  # fmt: skip
@reading_as
@click.pass_obj
def check(session: Session, /, file: Path, incident: str, **given: Any) -> None:
    """Hold a draft (a press statement, an article, a post) against the ledger.

    Each sentence that claims something is told with its verdict: contradicted; surer than its
    sources (they said less, or only they say so and the draft does not tell it); not in the ledger;
    borne out. With the statements that it rests on.

    The draft is not kept, and nothing enters a book. A machine reads it, so what it passes over is
    not checked: a person decides what goes out.
    """
    if given["as_json"] and given["html"]:
        raise click.UsageError("choose --json or --html PAGE, not both")
    with session.open() as desk:
        reader = reader_of(desk, given["reader"], given["purpose"])
        as_of = moment_of(desk, given["as_of"], "--as-of") if given["as_of"] else None
        checked, account, draft = check_draft(desk, file, incident, reader, as_of)
        if given["html"]:
            page = check_page(checked, account, file.name, draft.text, tally(checked)).encode()
            shown = Shown(account.statements.values(), {})
            desk.note_copy(given["html"], "page", incident, sha256(page).hexdigest(), shown)
            write_whole(given["html"], page)
            click.echo(f"Wrote {given['html']}. {tally(checked)}")
            return
    if given["as_json"]:
        click.echo(check_json(checked))
        return
    print_check(checked, account, Console(highlight=False), file.name)


COMMANDS = (check,)
