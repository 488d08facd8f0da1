"""The command that takes in what other systems send."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
import msgspec

from whoseword.books import BatchRefused
from whoseword.contacts import CallBrief, brief_json
from whoseword.doors.cli.program import Session, reader_of, reading_as, tell_of_clock
from whoseword.doors.cli.words_given import BookName, Slug, Words
from whoseword.doors.terminal.unread import look_lines
from whoseword.words import WhoseWordError

if TYPE_CHECKING:
    from whoseword.doors.feeds import Arrived, Into, TakenIn

_TAKEN = click.Choice(["eido", "cad", "contacts"])
_BY_MAP = {"map_file": "--map", "signed_by": "--as", "left_out": "--leave-out", "dry": "--dry-run"}


@click.command(
    "import", short_help="Take in what other systems send (EIDO) or export (CAD, contacts)."
)
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, allow_dash=True, dir_okay=False))  # fmt: skip
@click.option("--format", "form", type=_TAKEN, required=True, help="What the files hold.")
@click.option("--book", type=BookName(), required=True, help="The book that takes it in.")
@click.option(
    "--incident", type=Slug(),
    help="The incident's name here; the same each time. [default: made of the id that it has there]",
)  # fmt: skip
@click.option("--feed", type=Words(), help="eido: through whom it came. [default: who made the object]")  # fmt: skip
@click.option(
    "--map", "map_file", metavar="MAP.toml",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="cad, contacts: which column is what.",
)  # fmt: skip
@click.option(
    "--as", "signed_by", metavar="NAME", help="cad, contacts: who answers for entering it."
)
@click.option("--dry-run", "dry", is_flag=True, help="cad, contacts: show what would be taken in, and take in nothing.")  # fmt: skip
@click.option(
    "--leave-out", "left_out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="cad, contacts: take the rest, and write the rows that cannot be taken to FILE.",
)  # fmt: skip
@click.option(
    "--brief/--no-brief", default=None,
    help="Draw up the brief for a new call's door and people. [default: for eido]",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print receipts and briefs as JSON.")
@reading_as
@click.pass_obj
def import_objects(session: Session, /, files: Sequence[str], form: str, **given: Any) -> None:
    """Take in what another system sends.

    \b
      whoseword import --format eido call.json --book dunmore-911/response/calls
      whoseword import --format cad march.csv --book harrow-911/response/calls --map map.toml

    eido is the Emergency Incident Data Object of NG9-1-1 (NENA-STA-021.1b), one a file or one a
    line; - is standard input. It is taken all or nothing. Each thing that it says becomes a statement with its speaker: the caller's word is the
    caller's, relayed by the call-taker; a note is its author's; a sensor's is a machine's. A later
    object of the same incident adds only what is new, and the same one nothing. What stands in a
    note is kept as it was written: no program reads a weapon out of it, or a clearance. A malformed
    object is refused with the path of its fault, and nothing of any file is taken.

    cad is what `whoseword cad` takes, in the same way: see `whoseword cad --help`.

    contacts are an agency's prior contacts, a row each (CSV, Parquet), read by a MAP
    (examples/contacts/map.toml). A file is one statement with the root of its rows, each of them
    ID#ROW. A row that cannot be read is told with its line, and nothing is taken (--leave-out takes
    the rest). Broken off, the same command goes on.

    When a call comes in, the brief for its door and people is drawn up, of the books that the
    reader opens; and again when another door or name is told of it.
    """
    wrong = [option for name, option in _BY_MAP.items() if given[name] and form == "eido"]
    wrong += ["--feed"] if given["feed"] and form != "eido" else []
    if wrong:
        raise click.UsageError(f"{' and '.join(wrong)} cannot be said with --format {form}")
    match form:
        case "eido":
            _import_eido(session, files, given)
        case "cad":
            _import_cad(session, files, given)
        case _:
            from whoseword.doors.cli.contacts import import_contacts

            import_contacts(session, files, given)


def _import_cad(session: Session, files: Sequence[str], given: dict[str, Any]) -> None:
    """The same as the command ``cad``."""
    from whoseword.doors.cli.cad import take_export

    if "-" in files:
        raise click.UsageError("--format cad reads files and no standard input; name a file")
    if given["map_file"] is None:
        raise click.UsageError(
            "--format cad needs --map MAP.toml, which tells which column is what; begin with a copy "
            "of examples/cad/map.toml and --dry-run"
        )
    options = {name: value for name, value in given.items() if name != "feed"}
    options["brief"] = bool(given["brief"])
    take_export(session, tuple(map(Path, files)), options)


def _import_eido(session: Session, files: Sequence[str], given: dict[str, Any]) -> None:
    from whoseword.doors.cli.calls_in import CallsIn, come_in, show
    from whoseword.doors.feeds import Into, read_objects, take_in
    from whoseword.doors.unread import to_look_at

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
        look = to_look_at(desk, taken.statements, reader)
        if not given["as_json"]:
            # What stands, and what must be looked at, waits for no brief.
            click.echo(_receipt_line(objects, taken, into))
            for line in look_lines(look):
                click.echo(line)
        wanted = given["brief"] is not False
        calls = come_in(desk, taken.statements, reader) if wanted else CallsIn()
    if not given["as_json"]:
        show(calls)
        return
    told = {
        "objects": len(objects),
        "look_at": [one.id for one, _ in look.statements],
        "cleared_before": look.rows,
        "receipts": taken.receipts,
        "calls": [_without_briefs(one) for one in calls.briefs],
        "briefs": [msgspec.Raw(brief_json(one)) for call in calls.briefs for one in call.briefs],
    }
    click.echo(msgspec.json.encode(told, order="sorted"))


def _receipt_line(objects: Sequence["Arrived"], taken: "TakenIn", into: "Into") -> str:
    incidents = sorted({one.incident for one in taken.statements})
    new = f"{len(taken.receipts):,} new statement{'' if len(taken.receipts) == 1 else 's'}"
    where = f" of {', '.join(incidents[:3])}{' and others' if len(incidents) > 3 else ''}"
    return f"{len(objects):,} read; {new}{where if incidents else ''} in {into.book}."


def _without_briefs(call: CallBrief) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(call)
    del told["briefs"]
    return told


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


COMMANDS = (import_objects,)
