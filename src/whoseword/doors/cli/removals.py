"""Commands that take words out of sight: seal, quarantine; and who had read them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import click
import msgspec

from whoseword.books import Asked, Plan, Read
from whoseword.doors import sealing
from whoseword.doors.cli.program import Session, moment_of, reader_of, reading_as
from whoseword.doors.cli.words_given import BookName, Slug
from whoseword.doors.desk import Desk
from whoseword.doors.disclosing import recipients
from whoseword.doors.plain_words import counted
from whoseword.doors.proofs import row_of
from whoseword.doors.publishing import lines_on
from whoseword.doors.receiving import received_alone, seal_received
from whoseword.words import WhoseWordError
from whoseword.words.times import parse_moment


@click.command(short_help="Destroy a statement's words under a court order.")
@click.argument("statement", metavar="ID")
@click.option("--book", required=True, type=BookName(), help="The book in which it stands.")
@click.option(
    "--order", required=True, metavar="TEXT", help="The court order: court, number, date."
)
@click.option("--as", "name", required=True, metavar="NAME", help="Who carries the order out.")
@click.option("--dry-run", is_flag=True, help="Show what would be destroyed; destroy nothing.")
@click.pass_obj
def seal(session: Session, /, statement: str, **given: Any) -> None:
    """Destroy a statement's words under a court order; chain and proofs still hold.

    Its body and salt, the sentence that it quotes in the kept document (and the original file),
    drafts, and pages that this program wrote are destroyed for good; so is every copy: statements
    that quote the same place, in whatever book. The entry stays, every view shows the same marker
    at every moment, and the seal is itself a statement. Look first: --dry-run.
    """
    asked = Asked(given["book"], statement, (given["name"],), given["order"])
    with session.open() as desk:
        if received_alone(desk, asked):
            _seal_received(desk, asked, given["dry_run"])
            return
        if given["dry_run"]:
            _print_plan(desk.ledger.plan_seal(asked), "would be")
            click.echo("Nothing was destroyed.")
            return
        given_to = recipients(desk, asked.book, asked.id)
        published = lines_on(desk, asked.book, asked.id)
        done = sealing.seal(desk, asked)
    _print_plan(done.done.plan, "was")
    for receipt in done.done.receipts:
        click.echo(f"sealed by {receipt.id} in {receipt.book}, entry {receipt.seq}")
    _list("destroyed, as this program had written it", done.destroyed)
    _list("left for you to destroy, for it was changed since it was written", done.left)
    _list("left for you to destroy, for these backups were made before", done.backups)
    _list("left for you to look at, for the words stand there", done.found)
    _list(
        "left for you to decide, for a release tells of the same matter (take-down INCIDENT --line ID)",
        published,
    )
    _list(
        "given to others, whom a notice has to reach (withdraw ID --to READER --out FILE)", given_to
    )
    if done.unfinished:
        raise WhoseWordError(f"the seal stands, but is not finished: {done.unfinished}")


def _seal_received(desk: Desk, asked: Asked, dry_run: bool) -> None:
    """Seal what another home sent; its custodian's own book is not ours to write to."""
    if dry_run:
        click.echo(f"{asked.id} of {asked.book} would be destroyed as it was received here.")
        click.echo("Nothing was destroyed.")
        return
    receipt, destroyed, left = seal_received(desk, asked)
    click.echo(
        f"{asked.id} of {asked.book}, as it was received here, was sealed by {receipt.id} in "
        f"{receipt.book}; its words are destroyed in the books. Tell its custodian."
    )
    _list("destroyed, as this program had written it", destroyed)
    _list("left for you to destroy", left)


def _print_plan(plan: Plan, verb: str) -> None:
    if plan.already is not None:
        marker = plan.already
        click.echo(
            f"{marker.statement} in {marker.book} was sealed already, by {', '.join(marker.by)} "
            f"under {marker.ground}."
        )
        return
    first, *others = plan.rows
    click.echo(f"{first.entry.id} in {first.entry.book} {verb} sealed.")
    for row in others:
        click.echo(f"{row.entry.id} in {row.entry.book} {verb} sealed with it: the same words.")
    for document, spans in plan.places.items():
        places = ", ".join(f"{start}-{end}" for start, end in spans)
        click.echo(
            f"{plan.name or document}: characters {places} of the kept text "
            f"{verb} made unreadable, and the kept file {verb} destroyed."
        )
    if plan.drafts:
        click.echo(f"{counted(len(plan.drafts), 'draft')} {verb} dropped, of the same words.")
    _list(
        "the same words stand here too, in somebody else's statement or document; look at them",
        [f"{one.what} in {one.where}" for one in plan.still],
    )


def _list(title: str, lines: Sequence[str]) -> None:
    if lines:
        click.echo(f"{title[0].upper()}{title[1:]}:")
    for line in lines:
        click.echo(f"  {line}")


@click.command(short_help="Take a misfiled statement out of everybody's sight, or put it back.")
@click.argument("statement", metavar="ID")
@click.option("--book", required=True, type=BookName(), help="The book in which it stands.")
@click.option(
    "--as", "names", required=True, multiple=True, metavar="NAME",
    help="Who decides so; two people, so say it twice.",
)  # fmt: skip
@click.option("--reason", required=True, metavar="TEXT", help="Why.")
@click.option("--lift", is_flag=True, help="End the quarantine: put the statement back.")
@click.option("--json", "as_json", is_flag=True, help="Print the receipt and the readers as JSON.")
@click.pass_obj
def quarantine(session: Session, /, statement: str, **given: Any) -> None:
    """Take a misfiled statement out of everybody's sight at once, pending a decision.

    Nothing is destroyed: the decision is either to put it back (--lift) or to seal it. Prints
    everybody who was shown the statement, and the pages that show it, for its custodian.
    """
    asked = Asked(given["book"], statement, given["names"], given["reason"])
    with session.open() as desk:
        given_to = [] if given["lift"] else recipients(desk, given["book"], statement)
        if given["lift"]:
            receipt = desk.ledger.put_back(asked)
            readers: list[Read] = []
            pages: list[str] = []
        else:
            receipt, every = sealing.quarantine(desk, asked)
            # Its custodian learns who read it, and nothing of other books that were read with it.
            readers = [one.only(lambda book: book == asked.book) for one in every]
            pages = sealing.written_pages(desk, row_of(desk, given["book"], statement))
    if given["as_json"]:
        value = {"receipt": receipt, "readers": readers, "pages": pages}
        click.echo(msgspec.json.encode(value, order="sorted"))
        return
    done = "is read again by those who open the book" if given["lift"] else "is out of sight"
    click.echo(f"{statement} in {given['book']} {done}, by {receipt.id}, entry {receipt.seq}.")
    if not given["lift"]:
        click.echo(f"It was shown {counted(len(readers), 'time')} before:")
        _print_reads(readers)
        _list("pages that were written meanwhile and may show it", pages)
        _list(
            "given to others, whom a notice has to reach (withdraw ID --to READER --out FILE)",
            given_to,
        )


@click.command(short_help="Who read what, when, for which purpose.")
@click.option("--statement", metavar="ID", help="Only reads in which this statement was shown.")
@click.option("--book", type=BookName(), help="The book in which the statement stands.")
@click.option("--by", "who", metavar="ROLE@AGENCY", help="Only what this reader read.")
@click.option("--incident", type=Slug(), help="Only reads of this incident.")
@click.option("--since", metavar="TIME", help="Only from then on.")
@click.option("--json", "as_json", is_flag=True, help="Print one read a line.")
@reading_as
@click.pass_obj
def reads(session: Session, /, **given: Any) -> None:
    """Who read what, when, for which purpose: every view that anybody was given.

    For the home's owner and for auditors; the owner is told of no book that they do not open. With --statement and --book, everybody who was shown
    that statement.
    """
    if bool(given["statement"]) != bool(given["book"]):
        raise click.UsageError("give --statement and --book together")
    with session.open() as desk:
        reader = reader_of(desk, given["reader"], given["purpose"])
        if not desk.law.reads_log(reader, desk.owner).allowed:
            raise WhoseWordError(
                f"{reader.name} may not read the log of reads; the home's owner and auditors may"
            )
        if given["statement"] and not desk.opens(reader, given["book"]):
            raise WhoseWordError(f"{given['book']} is no book that {reader.name} opens here")
        if given["statement"]:
            found = sealing.readers(desk, given["book"], given["statement"])
        else:
            found = sealing.reads(desk)
        if reader.role != AUDITOR:
            found = [one.only(lambda book: desk.opens(reader, book)) for one in found]
        since = moment_of(desk, given["since"], "--since") if given["since"] else None
    found = [one for one in found if _is_wanted(one, given, since)]
    if given["as_json"]:
        for one in found:
            click.echo(msgspec.json.encode(one, order="sorted"))
        return
    _print_reads(found)
    click.echo(f"{counted(len(found), 'read')}.")


def _is_wanted(read: Read, given: dict[str, Any], since: datetime | None) -> bool:
    return (
        given["who"] in (None, read.reader)
        and given["incident"] in (None, read.incident)
        and (since is None or parse_moment(read.at) >= since)
    )


def _print_reads(found: Sequence[Read]) -> None:
    for one in found:
        click.echo(
            f"  {one.at}  {one.reader} ({one.purpose})  {one.view} {one.incident} as of {one.as_of}"
        )


AUDITOR = "auditor"
"""Whom the log of reads is opened to as it stands; others are told of books that they open."""

COMMANDS = (seal, quarantine, reads)
