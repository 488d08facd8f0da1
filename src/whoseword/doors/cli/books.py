"""Commands on the books: make a home, append statements, check the chains, print the shape."""

import json
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

import click
import msgspec

from whoseword.access import parse_reader
from whoseword.books import BatchRefused, BookError, LedgerBusy, Receipt
from whoseword.books.verify import Expected, Verdict, unreadable
from whoseword.doors.cli.program import Session, reader_of, reading_as, tell_of_clock
from whoseword.doors.cli.proofs import notes_in, verifiers_of
from whoseword.doors.cli.words_given import BookName, ExpectedRoot, ZoneName, asked
from whoseword.doors.desk import Desk
from whoseword.doors.lines import Place, read_statements
from whoseword.doors.proofs import Notes, verified
from whoseword.words import WhoseWordError, WordFault
from whoseword.words.schema import statement_schema


@click.command(short_help="Make a home and say whose it is.")
@click.option("--owner", required=True, metavar="ROLE@AGENCY", help="Whose home it is.")
@click.option(
    "--zone", type=ZoneName(), default="UTC", show_default=True,
    help="The IANA zone of dates without an offset.",
)  # fmt: skip
@click.pass_obj
def init(session: Session, /, owner: str, zone: str) -> None:
    """Make a home and say whose it is.

    The owner is the reader of every view that names no other, and opens every book of their own
    agency: --owner oversight@ames-county --zone America/Chicago
    """
    try:
        reader = parse_reader(owner)
    except WordFault as fault:
        raise asked(fault, "--owner") from None
    with session.open() as desk:
        desk.found(reader, zone)
        click.echo(f"{desk.ledger.store.place} is the home of {reader.name}, zone {zone}.")


@click.command(short_help="Append statements from JSON Lines.")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, allow_dash=True, dir_okay=False))  # fmt: skip
@click.option(
    "--backfill", is_flag=True,
    help="Take `recorded` from each line: it was learnt then, and is entered only now.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print receipts and nothing else.")
@click.pass_obj
def say(session: Session, /, files: Sequence[str], backfill: bool, as_json: bool) -> None:
    """Append statements from JSON Lines, all or nothing; - is standard input.

    Prints a receipt a statement, {id, book, seq, hash}, once all are on the disk. What one line
    holds: `whoseword schema`.
    """
    with ExitStack() as stack:
        streams = [(_name(file), _stream(stack, file)) for file in files]
        read = read_statements(streams)
    if read.faults:
        _refuse(read.faults)
    with session.open() as desk:
        if not backfill:
            tell_of_clock(desk)
        try:
            receipts = desk.ledger.append(read.statements, backfill=backfill)
        except BatchRefused as refused:
            _refuse([(read.places[index], fault) for index, fault in refused.faults])
    _print_receipts(receipts)
    if not as_json:
        books = len({receipt.book for receipt in receipts})
        click.echo(f"{_count(len(receipts), 'statement')} in {_count(books, 'book')}.", err=True)


def _name(file: str) -> str:
    return "standard input" if file == "-" else file


def _stream(stack: ExitStack, file: str) -> BinaryIO:
    if file == "-":
        return sys.stdin.buffer
    try:
        return stack.enter_context(open(file, "rb"))  # noqa: PTH123 - click gives a path as text
    except OSError as error:
        raise WhoseWordError(f"{file} cannot be read ({error.strerror}); check it") from None


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _refuse(faults: Sequence[tuple[Place, WordFault]]) -> NoReturn:
    for place, fault in faults:
        click.echo(f"{place}: {fault}", err=True)
    click.echo("Nothing was appended.", err=True)
    raise click.exceptions.Exit(1)


def _print_receipts(receipts: Sequence[Receipt]) -> None:
    lines = [msgspec.json.encode(receipt, order="sorted").decode() for receipt in receipts]
    if lines:
        click.echo("\n".join(lines))


def _verdict(desk: Desk, given: dict[str, Any]) -> Verdict:
    """What verify finds in the books that were asked for and that the reader opens."""
    reader = reader_of(desk, given["reader"], given["purpose"])
    notes = Notes("\n".join(notes_in(file) for file in given["notes"]), verifiers_of(given["keys"]))
    named = [one[0] for one in given["expected"]] + notes.books()
    named += [given["book"]] if given["book"] else []
    closed = [book for book in named if not (given["every"] or desk.opens(reader, book))]
    if closed:
        raise WhoseWordError(f"{closed[0]} is no book that {reader.name} opens here")
    standing = None if given["every"] else desk.traces(reader)
    if given["book"] is not None:
        standing = [given["book"]]
    return verified(desk, standing, [Expected(*one) for one in given["expected"]], notes)


def _closing(report: Verdict) -> str:
    if not report.ok:
        return "The books do not hold." if report.books else "What was given does not hold."
    if not report.books:
        return "No book stands here that this reader opens; is --home the one that you meant?"
    return "Every chain holds."


@click.command(short_help="Recompute every chain; name each fault.")
@click.option("--book", type=BookName(), help="One book only.")
@click.option(
    "--expect", "expected", type=ExpectedRoot(), multiple=True,
    help="An earlier size and root that must still be the beginning of the book.",
)  # fmt: skip
@click.option(
    "--checkpoint", "notes", multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help="Signed checkpoints that must still be the beginning of their books.",
)  # fmt: skip
@click.option(
    "--key", "keys", multiple=True, metavar="KEY",
    help="A verifier key for them, beside the home's own.",
)  # fmt: skip
@click.option("--all", "every", is_flag=True, help="Every book of the home, for its operator.")
@click.option("--json", "as_json", is_flag=True, help="Print the contract's JSON.")
@reading_as
@click.pass_obj
def verify(session: Session, /, **given: Any) -> None:
    """Recompute every chain the reader opens, and name book and entry of each fault.

    Exit 1 on a fault. The books are held to every checkpoint that this home handed out, to those
    in --checkpoint FILE, and to each --expect BOOK:SIZE:ROOT, as an earlier --json printed it.
    """
    try:
        with session.open() as desk:
            report = _verdict(desk, given)
    except LedgerBusy:
        raise
    except BookError as error:
        # A file that cannot even be opened is a fault of the books like any other.
        report = unreadable(error)
    if given["as_json"]:
        click.echo(msgspec.json.encode(report, order="sorted"))
    else:
        for book in report.books:
            click.echo(f"{book.book}: size {book.size:,}, root {book.root}")
        for fault in report.faults:
            place = " ".join(str(one) for one in (fault.book, fault.seq) if one is not None)
            click.echo(f"FAULT{' ' + place if place else ''}: {fault.what}")
        click.echo(_closing(report))
    if not report.ok:
        raise click.exceptions.Exit(1)


@click.command(short_help="The JSON Schema of a statement.")
def schema() -> None:
    """Print the JSON Schema of a statement's shape.

    One object a line of JSON Lines; `x-slot` tells each slot's role, and the discriminator of
    `fact` is `kind`.
    """
    click.echo(json.dumps(statement_schema(), indent=2, ensure_ascii=False))


COMMANDS = (init, say, verify, schema)
