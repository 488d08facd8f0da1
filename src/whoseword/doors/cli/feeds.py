"""Commands at the border to other systems: take in what they send, send an incident out."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
import msgspec
from rich.console import Console

from whoseword.books import BatchRefused
from whoseword.contacts import brief_json
from whoseword.doors.cli.program import Session, moment_of, reader_of, reading_as, tell_of_clock
from whoseword.doors.cli.words_given import BookName, DomainName, Slug, Words
from whoseword.doors.terminal.lines import clean
from whoseword.words import Statement, WhoseWordError
from whoseword.words.aftermath import Other
from whoseword.words.kinds import values_of

if TYPE_CHECKING:
    from whoseword.doors.feeds import TakenIn

_FORMATS = click.Choice(["eido"])
_TAKEN_IN = click.Choice(["eido", "contacts"])


@click.command(
    "import", short_help="Take in what a call center sends (EIDO), or files of contacts."
)
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, allow_dash=True, dir_okay=False))  # fmt: skip
@click.option("--format", "form", type=_TAKEN_IN, required=True, help="What the files hold.")
@click.option("--book", type=BookName(), required=True, help="The book that takes it in.")
@click.option(
    "--incident", type=Slug(),
    help="The incident's name here; the same each time. [default: made of the id that it has there]",
)  # fmt: skip
@click.option("--feed", type=Words(), help="Through whom it came. [default: who made the object]")
@click.option(
    "--map", "map_file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="MAP.toml", help="contacts: which column is what; see examples/contacts/map.toml.",
)  # fmt: skip
@click.option("--dry-run", "dry", is_flag=True, help="contacts: look at every row, take in none.")
@click.option(
    "--leave-out", "left_out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="contacts: take the rest, and write the rows that cannot be taken to FILE.",
)  # fmt: skip
@click.option("--as", "signed_by", type=Words(), help="contacts: who answers for entering them.")
@click.option("--no-brief", is_flag=True, help="Do not draw up the brief of a new call.")
@click.option("--json", "as_json", is_flag=True, help="Print receipts and briefs as JSON.")
@reading_as
@click.pass_obj
def import_objects(session: Session, /, files: Sequence[str], **given: Any) -> None:
    """Take in objects that another system sends, all or nothing; - is standard input.

    \b
      whoseword import --format eido call.json --book dunmore-911/response/calls

    eido is the Emergency Incident Data Object of NG9-1-1 (NENA-STA-021.1b), one a file or one a
    line. Each thing that it says becomes a statement with its speaker: the caller's word is the
    caller's, relayed by the call-taker; a note is its author's; a sensor's is a machine's. A later
    object of the same incident adds only what is new, and the same one nothing. What stands in a
    note is kept as it was written: no program reads a weapon out of it, or a clearance.

    contacts are an agency's prior contacts, a row each (CSV, Parquet), read by a MAP:

    \b
      whoseword import --format contacts may.csv --map map.toml --book dunmore-clinic/response/contacts

    A file is one statement with the root of its rows, each of them ID#ROW. A row that cannot be read
    is told with its line, and nothing is taken (--leave-out takes the rest). Broken off, it goes on.

    A malformed object is refused with the path of its fault, and nothing of any file is taken. On
    a new call the brief for its door and people is drawn up, of the books that the reader opens.
    """
    if given.pop("form") == "contacts":
        from whoseword.doors.cli.contacts import import_contacts

        import_contacts(session, files, given)
        return
    from whoseword.doors.feeds import Into, briefs_of, read_objects, take_in
    from whoseword.doors.terminal.briefs import print_brief
    from whoseword.intake.eido import may_tell_of_weapons

    objects, faults = read_objects(_contents(files))
    if faults:
        _refuse(faults)
    into = Into(given["book"], given["incident"], given["feed"])
    with session.open() as desk:
        tell_of_clock(desk)
        reader = reader_of(desk, given["reader"], given["purpose"])
        try:
            taken = take_in(desk, objects, into)
        except BatchRefused as refused:
            _refuse([str(fault) for _, fault in refused.faults])
        calls, briefs = (0, []) if given["no_brief"] else briefs_of(desk, taken, reader)
    look_at = may_tell_of_weapons(taken.statements)
    if given["as_json"]:
        told = {
            "objects": len(objects),
            "look_at": [one.id for one in look_at],
            "receipts": taken.receipts,
            "briefs": [msgspec.Raw(brief_json(one)) for one in briefs],
        }
        click.echo(msgspec.json.encode(told, order="sorted"))
        return
    _print_taken(taken, len(objects), into.book)
    if calls and not briefs:
        click.echo(f"{calls:,} new calls; ask `whoseword brief` for the doors that matter.")
    for brief in briefs:
        print_brief(brief, Console(highlight=False))


def _print_taken(taken: "TakenIn", objects: int, book: str) -> None:
    """What an import added, and the notes that somebody has to read."""
    from whoseword.intake.eido import may_tell_of_weapons

    look_at = may_tell_of_weapons(taken.statements)
    incidents = sorted({one.incident for one in taken.statements})
    new = f"{len(taken.receipts):,} new statement{'' if len(taken.receipts) == 1 else 's'}"
    where = f" of {', '.join(incidents[:3])}{' and others' if len(incidents) > 3 else ''}"
    click.echo(f"{objects:,} read; {new}{where if incidents else ''} in {book}.")
    for one in look_at:
        click.echo(f"LOOK: may tell of a weapon, and nobody has read it: {_told_by(one)}")
    if look_at:
        click.echo("Until somebody says so (`whoseword say`), a clearance that was given stands.")


def _told_by(one: Statement) -> str:
    """A note or a type in a line, with who told it and the statement's id."""
    values = ", ".join(str(value) for value in values_of(one.fact).values())
    words = one.fact.text if isinstance(one.fact, Other) else f"classified as {values}"
    return f"{clean(str(words))} ({clean(one.speaker.name)}; {one.id})"


def _contents(files: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    for file in files:
        if file == "-":
            yield "standard input", sys.stdin.buffer.read()
            continue
        try:
            yield file, Path(file).read_bytes()
        except OSError as error:
            raise WhoseWordError(f"{file} cannot be read ({error.strerror}); check it") from None


def _refuse(faults: Sequence[str]) -> NoReturn:
    for fault in faults:
        click.echo(fault, err=True)
    click.echo("Nothing was imported.", err=True)
    raise click.exceptions.Exit(1)


@click.command("export", short_help="Send an incident out (EIDO), as a reader may open it.")
@click.argument("incident", type=Slug())
@click.option("--format", "form", type=_FORMATS, required=True, help="What to write.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Write it there. [default: standard output]",
)  # fmt: skip
@click.option("--as-of", metavar="TIME", help="As it was then, inclusive. [default: now]")
@click.option(
    "--domain", type=DomainName(),
    help="The agency's, as its peers know it. [default: its name under .invalid]",
)  # fmt: skip
@click.option("--no-advice", is_flag=True, help="Leave out what this program advises.")
@reading_as
@click.pass_obj
def export_incident(session: Session, /, incident: str, **given: Any) -> None:
    """Write an incident for another system, of the books that the reader opens.

    \b
      whoseword export marlow-street --format eido --domain psap.dunmore.example --out call.json

    eido is an object of NENA-STA-021.1b: the present state, without history. What came by a feed
    goes out as it came. Of what stands here otherwise, only what is affirmed plainly and disputed by
    nobody fills a field; a weapon, and whatever is doubted or hearsay, goes into a note that says
    who says so, through whom and how surely. Advice goes out in a note signed by the program.
    """
    from whoseword.doors.feeds import Sending, sent_out, write_object

    with session.open() as desk:
        reader = reader_of(desk, given["reader"], given["purpose"])
        as_of = moment_of(desk, given["as_of"], "--as-of") if given["as_of"] else None
        asked = Sending(incident, as_of, given["domain"], with_advice=not given["no_advice"])
        written = sent_out(desk, asked, reader)
        if given["out"]:
            write_object(desk, given["out"], incident, written)
            click.echo(f"Wrote {given['out']}.")
            return
    click.echo(written[0], nl=False)


COMMANDS = (import_objects, export_incident)
