"""Commands between agencies: cards, partners, disclose, withdraw, receive."""

import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import click
import msgspec

from whoseword.doors import disclosing, partners, receiving
from whoseword.doors.cli.program import Session, moment_of, reader_given
from whoseword.doors.cli.proofs import read_text
from whoseword.doors.cli.words_given import BookName
from whoseword.doors.desk import Desk
from whoseword.doors.disclosing import Asked, Handed
from whoseword.doors.files import write_whole
from whoseword.doors.in_sight import Shown
from whoseword.doors.plain_words import counted
from whoseword.words import WhoseWordError

_OUT = click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Write the bundle for the reader's own home there.",
)  # fmt: skip
_BOOK = click.option("--book", type=BookName(), help="The book of the ids. [default: the agency's own]")  # fmt: skip
_TO = click.option("--to", "to", required=True, metavar="ROLE@AGENCY", help="The reader.")
_PURPOSE = click.option("--purpose", metavar="PURPOSE", help="For what. [default: the role's first]")  # fmt: skip
_AS = click.option("--as", "name", required=True, metavar="NAME", help="Who answers for it.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")


@click.command(short_help="Print the card by which other homes know this one.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write it there.")  # fmt: skip
@click.pass_obj
def card(session: Session, /, out: Path | None) -> None:
    """Print the card of this home: its agency, its verifier key, and where to encrypt to.

    Nothing in it is secret. Whoever takes it compares the fingerprint with you by a way that you
    both trust, such as a telephone call.
    """
    with session.open() as desk:
        note = partners.card(desk)
    if out is None:
        click.echo(note, nl=False)
    else:
        write_whole(out, note.encode())
        click.echo(f"Wrote {out}.")
    click.echo(f"Fingerprint: {partners.fingerprint(note)}", err=True)


@click.command(short_help="Take another home's card, or list the partners.")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))  # fmt: skip
@click.option("--as", "name", metavar="NAME", help="Who compared the fingerprint.")
@click.option(
    "--replace", is_flag=True, help="Their earlier keys were lost or stolen: trust these alone."
)
@click.option(
    "--rotated", is_flag=True, help="They changed keys: what the earlier ones signed still holds."
)
@click.pass_obj
def partner(session: Session, /, file: Path | None, name: str | None, **given: bool) -> None:
    """Take the card of another agency's home, so that each can send to the other.

    Compare the fingerprint with them first; the name under --as answers for that. Without FILE,
    list the partners.
    """
    if file is None:
        with session.open() as desk, desk.ledger.store.view() as view:
            known = partners.partners(view)
        for one in known.values():
            click.echo(f"{one.agency}: taken by {one.taken_by}, {one.taken}")
            click.echo(f"  {one.verifiers[0]}\n  {one.recipient}")
        click.echo(f"{counted(len(known), 'partner')}.")
        return
    if not (name or "").strip():
        raise click.UsageError("say who compared the fingerprint: --as NAME")
    note = read_text(file)
    with session.open() as desk:
        taken = partners.take_card(desk, note, (name or "").strip(), **given)
    click.echo(f"{taken.agency} is a partner; fingerprint {partners.fingerprint(note)}.")


@click.command(short_help="Give single statements of the own books to a named reader.")
@click.argument("items", metavar="ID...", nargs=-1, required=True)
@_BOOK
@_TO
@_PURPOSE
@click.option("--until", required=True, metavar="TIME", help="When it ends.")
@click.option("--rule", default="", metavar="RULE", help="The rule that is invoked, e.g. IS-07.")
@_AS
@_OUT
@_JSON
@click.pass_obj
def disclose(session: Session, /, items: Sequence[str], **given: Any) -> None:
    """Give statements of the own agency's books to a reader, for a purpose, until a time.

    An ID may be BOOK:ID. The disclosure is itself a statement. With --out the statements are
    written as a bundle for the reader's own home: signed, with proofs, encrypted to it (take its
    card first: `whoseword partner`). Some rules open nothing unless they are named with --rule,
    because whoever names them answers for their conditions; `whoseword may` and
    docs/who-may-open.md tell which.
    """
    with session.open() as desk:
        until = moment_of(desk, given["until"], "--until")
        asked = _asked(items, given)._replace(until=until, rule=given["rule"])
        handed = disclosing.disclose(desk, asked, send=given["out"] is not None)
        _hand_over(desk, handed, given["out"])
    _tell(handed, given, f"disclosed to {given['to']}")


@click.command(short_help="Take a disclosure back.")
@click.argument("items", metavar="ID...", nargs=-1, required=True)
@_BOOK
@_TO
@_PURPOSE
@_AS
@_OUT
@_JSON
@click.pass_obj
def withdraw(session: Session, /, items: Sequence[str], **given: Any) -> None:
    """Take back what was disclosed to a reader: from now on it opens nothing.

    Where a bundle was sent, send this one after it (--out): once the other home has received it,
    the statements are closed there too, and what was sealed here meanwhile is destroyed there.
    """
    with session.open() as desk:
        handed = disclosing.withdraw(desk, _asked(items, given), send=given["out"] is not None)
        _hand_over(desk, handed, given["out"])
    _tell(handed, given, f"taken back from {given['to']}")


def _asked(items: Sequence[str], given: dict[str, Any]) -> Asked:
    """What is asked, once everything that could fail after the act stands was looked at."""
    name = given["name"].strip()
    if not name or len(name.splitlines()) > 1:
        raise click.BadParameter("is no name in one line; give your name", param_hint="--as")
    out = given["out"]
    if out is not None and not os.access(out.absolute().parent, os.W_OK):
        raise WhoseWordError(f"{out} cannot be written; name a file in a folder of yours")
    reader = reader_given(given["to"], given["purpose"], "--to")
    return Asked(tuple(dict.fromkeys(items)), given["book"], reader, name)


def _hand_over(desk: Desk, handed: Handed, out: Path | None) -> None:
    """Write the bundle, registered as a file that carries words, so that a seal reaches it."""
    if out is None or handed.content is None:
        return
    digest = sha256(handed.content).hexdigest()
    incidents = sorted({one.incident for one in handed.statements})
    for incident in incidents or [""]:
        desk.note_copy(out, "bundle", incident, digest, Shown(handed.statements, {}))
    write_whole(out, handed.content)


def _tell(handed: Handed, given: dict[str, Any], done: str) -> None:
    if given["as_json"]:
        value = {"receipts": handed.receipts, "terms": handed.note, "bundle": str(given["out"] or "") or None}  # fmt: skip
        click.echo(msgspec.json.encode(value, order="sorted"))
        return
    for receipt in handed.receipts:
        click.echo(f"{done}, by {receipt.id} in {receipt.book}, entry {receipt.seq}")
    if handed.note is not None:
        click.echo(f"Wrote {given['out']}. Keep its terms, which prove what was sent:\n")
        click.echo(handed.note, nl=False)


@click.command(short_help="Take in what another home sent.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_JSON
@click.pass_obj
def receive(session: Session, /, file: Path, as_json: bool) -> None:
    """Take in a bundle that another home sent, once every signature and proof of it holds.

    Its statements stand as a read-only book of their custodian, open to the reader whom the
    custodian named, for the purpose and until the end that it named. Nothing of a bundle that does
    not hold is taken.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise WhoseWordError(f"{file} cannot be read ({error.strerror}); check it") from None
    with session.open() as desk:
        taken = receiving.receive(desk, content)
    if as_json:
        value = {"terms": taken.terms, "statements": taken.statements, "sealed": taken.sealed, "again": taken.again}  # fmt: skip
        click.echo(msgspec.json.encode(value, order="sorted"))
        return
    before = "was received before: " if taken.again else ""
    click.echo(f"{before}{counted(taken.statements, 'statement')} {receiving.told(taken.terms)}.")
    for one in taken.sealed:
        click.echo(f"{one} was sealed by its custodian, and its words were destroyed here.")


COMMANDS = (card, partner, disclose, withdraw, receive)
"""In the order in which one uses them."""
