"""The command that writes an incident in the forms that others read."""

from pathlib import Path
from typing import Any

import click

from whoseword.doors.cli.program import Session, moment_of, reader_of, reading_as
from whoseword.doors.cli.words_given import DomainName, Slug

_FORMS = click.Choice(["eido", "logevents", "uof", "prov", "ics", "jsonl", "pdf"])
_OF_SENDING = {"domain": "--domain", "no_advice": "--no-advice"}
_SENT = {"eido": ("domain", "no_advice"), "logevents": ("domain",)}
"""The options that a form takes beside those that every form takes."""


@click.command(
    "export", short_help="Write an incident in a form that others read, as a reader may open it."
)
@click.argument("incident", type=Slug())
@click.option("--format", "form", type=_FORMS, required=True, help="What to write.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Write it there. [default: standard output]",
)  # fmt: skip
@click.option("--as-of", metavar="TIME", help="As it was then, inclusive. [default: now]")
@click.option(
    "--domain", type=DomainName(),
    help="eido, logevents: the agency's, as its peers know it. [default: its name under .invalid]",
)  # fmt: skip
@click.option("--no-advice", is_flag=True, help="eido: leave out what this program advises.")
@click.option(
    "--profile",
    metavar="NAME",
    help="ics: whose law. [default: missouri]",
)
@reading_as
@click.pass_obj
def export_incident(session: Session, /, incident: str, form: str, **given: Any) -> None:
    """Write an incident for another system, of the books that the reader opens.

    \b
      whoseword export marlow-street --format eido --domain psap.dunmore.example --out call.json
      whoseword export marlow-street --format jsonl --out marlow-street.jsonl

    eido is an object of NENA-STA-021.1b: the present state, without history. What came by a feed
    goes out as it came. Of what stands here otherwise, only what is affirmed plainly and disputed by
    nobody fills a field; a weapon, and whatever is doubted or hearsay, goes into a note that says
    who says so, through whom and how surely. Advice goes out in a note signed by the program.

    logevents is the history that an object leaves out: every statement, in the order in which it was
    recorded, as log events of NENA-STA-010.3 in the list that a logging service gives, each signed
    with the key of this home. The same statements, --domain and key give the same bytes. Advice is
    no statement, and is not in it.

    jsonl is every statement whole, one a line, as `say --backfill` takes it.

    prov is the evidence graph (W3C PROV, as PROV-JSON): which word is whose, through whom, from
    which paper, entered by whom, corrected by what.

    uof is what the FBI's use-of-force collection asks, as far as statements tell it plainly, with no
    officer's identity; what is disputed, not known or never told says so. Where nothing tells of such
    force it holds a zero report for a person to judge and sign.

    pdf is the account on paper, tagged for screen readers (PDF/UA-1). It needs Pango from Debian.

    ics is what is still owed after deadly force, as a calendar (as `duties --calendar`).
    """
    wrong = [
        option
        for name, option in _OF_SENDING.items()
        if given[name] and name not in _SENT.get(form, ())
    ]
    wrong += ["--profile"] if given["profile"] and form != "ics" else []
    if wrong:
        raise click.UsageError(f"{' and '.join(wrong)} cannot be said with --format {form}")
    # Holidays, calendars and log events take a while to load, and no other command needs them all.
    from whoseword.doors.exporting import Export, Form, exported, write_exported
    from whoseword.doors.feeds import Sending
    from whoseword.doors.terminal.progress import told_progress

    with session.open() as desk:
        reader = reader_of(desk, given["reader"], given["purpose"])
        as_of = moment_of(desk, given["as_of"], "--as-of") if given["as_of"] else None
        sending = Sending(incident, as_of, given["domain"], with_advice=not given["no_advice"])
        asked = Export(sending, reader, given["profile"] or "missouri")
        made = exported(desk, Form(form), asked, told_progress("signing"))
        if given["out"]:
            write_exported(desk, given["out"], Form(form), incident, made)
            click.echo(f"Wrote {given['out']}.")
            return
    click.echo(made.content, nl=False)


COMMANDS = (export_incident,)
