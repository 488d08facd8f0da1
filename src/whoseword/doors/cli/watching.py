"""Commands on who may read an incident, and on reads that somebody must review."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import click
import msgspec

from whoseword.doors import briefs, confidential, reviews
from whoseword.doors.cli.program import Session, moment_of, reader_given, reader_of, reading_as
from whoseword.doors.cli.words_given import Slug
from whoseword.doors.opening import LONGEST_OVERRIDE
from whoseword.doors.plain_words import counted
from whoseword.doors.reviews import Override

_AS = click.option("--as", "name", required=True, metavar="NAME", help="Who does so.")


@click.command(short_help="Assign a reader to an incident.")
@click.argument("reader", metavar="READER")
@click.option("--incident", required=True, type=Slug(), help="The incident.")
@click.option("--until", metavar="TIME", help="When it ends. [default: when it is replaced]")
@_AS
@click.pass_obj
def assign(session: Session, /, reader: str, **given: Any) -> None:
    """Assign READER (ROLE@AGENCY) to an incident.

    It matters where this home has adopted the rules of need to know (`whoseword rules adopt
    assignment`): there, who is not assigned opens no more than is public.
    """
    who = reader_given(reader, None, "READER")
    with session.open() as desk:
        until = moment_of(desk, given["until"], "--until") if given["until"] else None
        receipt = reviews.assign(desk, who, given["incident"], given["name"], until)
    click.echo(f"{who.name} is assigned to {given['incident']}, by {receipt.id} in {receipt.book}.")


@click.command("break-glass", short_help="Open an incident to a reader who is not assigned to it.")
@click.argument("incident", type=Slug())
@click.option("--reader", required=True, metavar="ROLE@AGENCY", help="Who reads.")
@click.option("--reason", required=True, metavar="TEXT", help="Why, in words of your own.")
@click.option(
    "--hours", type=click.IntRange(1, LONGEST_OVERRIDE // timedelta(hours=1)), default=12, show_default=True,
    help="For how long.",
)  # fmt: skip
@_AS
@click.pass_obj
def break_glass(session: Session, /, incident: str, **given: Any) -> None:
    """Open an incident at once to a reader who is not assigned to it.

    It opens what the reader's role opens and nothing that the law closes. The reason is kept, the
    custodians whose books it opens are told, and it stays an open review until somebody else signs
    it (`whoseword reviews`).
    """
    reader = reader_given(given["reader"], None, "--reader")
    reason, name = given["reason"].strip(), given["name"].strip()
    if not reason or not name:
        raise click.UsageError("give a reason and a name")
    asked = Override(reader, incident, name, reason, given["hours"])
    with session.open() as desk:
        receipt, until = reviews.break_glass(desk, asked)
    click.echo(f"{incident} is open to {reader.name} until {until}, by {receipt.id}.")
    click.echo("The custodians are told, and somebody else must sign the review.")


@click.command("reviews", short_help="The reads that somebody must review.")
@click.option("--json", "as_json", is_flag=True, help="Print one item a line.")
@reading_as
@click.pass_obj
def open_reviews(session: Session, /, **given: Any) -> None:
    """List broken glass and look-ups of oneself that nobody has reviewed.

    The home's owner and auditors see all; a custodian's own readers see what opened their books.
    """
    with session.open() as desk:
        reader = reader_of(desk, given["reader"], given["purpose"])
        found = reviews.open_reviews(desk, reader)
    if given["as_json"]:
        for one in found:
            click.echo(msgspec.json.encode(one, order="sorted"))
        return
    for one in found:
        what = f" opened {one.incident}" if one.incident else ""
        click.echo(f"{one.id}  {one.at}  {one.reader}{what}: {one.why} ({one.by})")
        if one.custodians:
            click.echo(f"  books of {', '.join(one.custodians)}")
    click.echo(f"{counted(len(found), 'open review')}.")


@click.command(short_help="Sign the review of a read.")
@click.argument("item", metavar="ITEM")
@click.option("--finding", required=True, metavar="TEXT", help="What the review found.")
@_AS
@click.pass_obj
def review(session: Session, /, item: str, finding: str, name: str) -> None:
    """Sign the review of an open ITEM; nobody reviews what they did themselves."""
    with session.open() as desk:
        receipt = reviews.review(desk, item, name.strip(), finding.strip())
    click.echo(f"{item} is reviewed, by {receipt.id} in {receipt.book}.")


@click.command(short_help="Whose look-ups of themselves are put before the custodian.")
@click.argument("reader", metavar="[READER]", required=False)
@click.option("--name", metavar="NAME", help="Who reads as READER.")
@click.option("--address", "addresses", multiple=True, metavar="A", help="Where they live.")
@click.pass_obj
def staff(
    session: Session, /, reader: str | None, name: str | None, addresses: Sequence[str]
) -> None:
    """Note who reads as READER, so that a brief on themselves or their household is reviewed.

    Without READER, list whom this home knows, without their addresses.
    """
    with session.open() as desk:
        if reader is None:
            with desk.ledger.store.view() as view:
                known = briefs.members(view)
            for one in known:
                click.echo(f"{one.reader}: {one.name}")
            click.echo(f"{counted(len(known), 'person')} noted.".replace("persons", "people"))
            return
        if not (name or "").strip():
            raise click.UsageError("say who reads so: --name NAME")
        who = reader_given(reader, None, "READER")
        briefs.note_member(desk, briefs.Member(who.name, (name or "").strip(), tuple(addresses)))
    click.echo(f"{name} is noted as {who.name}.")


@click.command("confidential", short_help="Cover an address in every view.")
@click.option("--place", "forms", multiple=True, metavar="A", help="The address, in a form in which it is written.")  # fmt: skip
@click.option("--substitute", metavar="S", help="The address that stands in its place.")
@click.option("--authority", metavar="TEXT", help="The program and its notice.")
@click.option("--lift", is_flag=True, help="End the covering of the address in --place.")
@click.option("--as", "name", metavar="NAME", help="Who enters it.")
@click.pass_obj
def confidential_address(session: Session, /, **given: Any) -> None:
    """Cover a confidential address: the substitute stands in its place in every view.

    Spelling, capitals and the word for a unit make no difference, and neither does where it stands:
    text, quotations, names of files. Nobody is shown it here again, and no view of whomever shows
    it. Without --place, list the substitutes.
    """
    with session.open() as desk:
        if given["lift"]:
            if len(given["forms"]) != 1 or not given["name"]:
                raise click.UsageError("to lift, give one --place and --as")
            confidential.lift_confidential(desk, given["forms"][0], given["name"])
            click.echo("The address is shown as it stands from now on.")
            return
        if not given["forms"]:
            with desk.ledger.store.view() as view:
                known = confidential.addresses_in(view)
            for one in known:
                ended = f"; lifted by {one.lifted_by}, {one.lifted}" if one.lifted else ""
                click.echo(
                    f"{one.substitute}: {one.authority}; by {one.entered_by}, {one.entered}{ended}"
                )
            click.echo(
                f"{counted(len(known), 'confidential address')}.".replace("addresss", "addresses")
            )
            return
        if not (given["substitute"] and given["authority"] and given["name"]):
            raise click.UsageError("give --place, --substitute, --authority and --as together")
        confidential.keep_confidential(
            desk, given["forms"], given["substitute"], given["authority"], given["name"]
        )
    click.echo(f"{given['substitute']} stands in its place from now on, in every view.")


COMMANDS = (assign, break_glass, open_reviews, review, staff, confidential_address)
