"""Commands that read: the account, what changed in it, and the brief."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from whoseword.account import Account, account_json, difference, difference_json
from whoseword.contacts import Asked, Brief, CallBrief, brief_json
from whoseword.doors.briefs import make_brief
from whoseword.doors.call_briefs import make_call_brief
from whoseword.doors.cli.program import Session, moment_of, reader_of, reading_as
from whoseword.doors.cli.words_given import Slug
from whoseword.doors.desk import Desk
from whoseword.doors.files import write_whole
from whoseword.doors.in_sight import Shown
from whoseword.doors.page import account_page, text_of
from whoseword.doors.terminal import print_account, print_difference
from whoseword.doors.terminal.briefs import print_brief
from whoseword.doors.terminal.call_briefs import print_call_brief


@click.command(short_help="What is known, by whom, as of a moment.")
@click.argument("incident", type=Slug())
@click.option("--as-of", metavar="TIME", help="What was known then, inclusive. [default: now]")
@click.option("--brief", is_flag=True, help="One line a matter where there is nothing to weigh.")
@click.option("--json", "as_json", is_flag=True, help="Print the contract's JSON.")
@click.option(
    "--html", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Write one self-contained page.",
)  # fmt: skip
@reading_as
@click.pass_obj
def account(session: Session, /, incident: str, **given: Any) -> None:
    """What is known of an incident, by whom, what conflicts, and what nobody could say.

    As of any moment; of the books that the reader opens. With --html every line of the page opens
    its exact words in the document.
    """
    if given["as_json"] and given["html"]:
        raise click.UsageError("choose --json or --html FILE, not both")
    with session.open() as desk:
        reader = reader_of(desk, given["reader"], given["purpose"])
        as_of = moment_of(desk, given["as_of"], "--as-of") if given["as_of"] else None
        view = desk.account(incident, reader, as_of)
        if given["as_json"]:
            click.echo(account_json(view))
        elif given["html"]:
            write_page(desk, view, given["html"])
            click.echo(f"Wrote {given['html']}.")
        else:
            names = {one.sha256: one.name for one in desk.quoted(view)}
            print_account(view, Console(highlight=False), names, brief=given["brief"])


def write_page(desk: Desk, view: Account, target: Path) -> None:
    """Write the account's page whole or not at all."""
    documents = {one.sha256: text_of(one) for one in desk.quoted(view)}
    page = account_page(view, documents).encode()
    shown = Shown(view.statements.values(), {key: one.text for key, one in documents.items()})
    desk.note_copy(target, "page", view.incident, sha256(page).hexdigest(), shown)
    write_whole(target, page)


@click.command(short_help="What changed between two moments.")
@click.argument("incident", type=Slug())
@click.option("--from", "start", required=True, metavar="TIME", help="The earlier moment.")
@click.option("--to", "end", required=True, metavar="TIME", help="The later moment.")
@click.option("--json", "as_json", is_flag=True, help="Print the contract's JSON.")
@reading_as
@click.pass_obj
def diff(session: Session, /, incident: str, **given: Any) -> None:
    """What changed in the account between two moments, because of which statements."""
    with session.open() as desk:
        reader = reader_of(desk, given["reader"], given["purpose"])
        start = moment_of(desk, given["start"], "--from")
        end = moment_of(desk, given["end"], "--to")
        if end < start:
            raise click.BadParameter("is before --from", param_hint="--to")
        before = desk.account(incident, reader, start, "diff")
        after = desk.account(incident, reader, end, "diff")
    view = difference(before, after)
    if given["as_json"]:
        click.echo(difference_json(view))
    else:
        print_difference(view, Console(highlight=False), after)


@click.command("brief", short_help="What agencies already know of a door and its people.")
@click.option("--address", metavar="A", help="The address, as it was given.")
@click.option(
    "--incident", type=Slug(),
    help="In place of it: the places and people that this incident's statements tell.",
)  # fmt: skip
@click.option(
    "--person", "persons", multiple=True, metavar="NAME[, DOB]",
    help="Who is said to be there; a birth date as 1990-02-03.",
)  # fmt: skip
@click.option("--at", metavar="TIME", help="What was known then, inclusive. [default: now]")
@click.option("--as", "name", metavar="NAME", help="Who is looking.")
@click.option("--json", "as_json", is_flag=True, help="Print the contract's JSON.")
@reading_as
@click.pass_obj
def brief_of(session: Session, /, address: str | None, persons: tuple[str, ...], **given: Any) -> None:  # fmt: skip
    """What agencies already know of a door and its people: dated, sourced, and expiring.

    \b
      whoseword brief --address "12 Elm Street Apt 3" --person "Ana Ruiz, 1990-04-02"
      whoseword brief --incident elm-street

    Of the books that the reader opens, and with what was not checked. No record is never "safe",
    and no answer is never "no concern".

    With --incident the question is made of what its statements tell, and is no surer than they are:
    where the place is disputed, each place has a brief; a point without words is no address to look
    under; and whom a name and a day of birth do not both tell for sure is "possible, ask".
    """
    incident: str | None = given["incident"]
    if (address is None) == (incident is None) or (incident is not None and persons):
        raise click.UsageError(
            "say --address A, with --person where somebody is named; or --incident I, whose statements "
            "tell both"
        )
    with session.open() as desk:
        reader = reader_of(desk, given["reader"], given["purpose"])
        at = moment_of(desk, given["at"], "--at") if given["at"] else None
        view: Brief | CallBrief
        if incident is not None:
            view = make_call_brief(desk, incident, reader, at, given["name"])
        else:
            asked = Asked(address or "", persons)
            view = make_brief(desk, asked, reader, at, given["name"])
    if given["as_json"]:
        click.echo(brief_json(view))
    elif isinstance(view, CallBrief):
        print_call_brief(view, Console(highlight=False))
    else:
        print_brief(view, Console(highlight=False))


COMMANDS = (account, diff, brief_of)
