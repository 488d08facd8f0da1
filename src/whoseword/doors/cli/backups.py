"""Commands that keep the books from being lost: backup and restore."""

import secrets
import sys
from pathlib import Path
from typing import Any

import click

from whoseword.doors import backups
from whoseword.doors.call_forms import CallForms
from whoseword.doors.cli.program import Session
from whoseword.doors.cli.proofs import notes_in, verifiers_of
from whoseword.doors.plain_words import counted


def _progress(table: str, rows: int) -> None:
    """Tell on standard error how far it is; a pipe is spared."""
    if sys.stderr.isatty():
        click.echo(f"\r{table}: {rows:,} rows ", nl=False, err=True)


@click.command(short_help="Write the whole home into one file, while others go on.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def backup(session: Session, /, file: Path) -> None:
    """Write the whole home into one file, while others go on writing.

    The file is checked, against every checkpoint that was handed out too, before it takes its
    name: a backup that does not hold never costs the one before it. It holds the words of every
    book: keep it as you keep the home. The signing key (checkpoint.key, checkpoint.pub and
    checkpoint.rotations), the key that opens what partners send (exchange.key) and the register of
    seals (seals.register) lie beside the ledger and are
    not in it; keep copies of them elsewhere. Forms of calls that are not said yet (`call --left`)
    stand in no book, so they are not in it either: say or drop them first.
    """
    with session.open() as desk:
        verdict = backups.back_up(desk, session.homes, file, _progress)
        unsaid = CallForms(desk).unsaid
    entries = sum(book.size for book in verdict.books)
    click.echo(
        f"Wrote {file}: {counted(entries, 'statement')} in "
        f"{counted(len(verdict.books), 'book')}; every chain holds."
    )
    if unsaid:
        click.echo(
            f"Not in it: {counted(unsaid, 'form')} of calls, whose answers stand in no book yet. "
            "See:  whoseword call --left"
        )


@click.command(short_help="Put a backup back.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--checkpoint", "notes", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE", help="A checkpoint that was handed out; the backup may not be older.",
)  # fmt: skip
@click.option("--key", "keys", multiple=True, metavar="KEY", help="A verifier key for it, beside the home's own.")  # fmt: skip
@click.option(
    "--seals", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help="The register of seals of the home that was lost (seals.register).",
)  # fmt: skip
@click.option(
    "--older", is_flag=True, help="Go back, although more is known than the backup holds."
)
@click.option("--replace", is_flag=True, help="Take the place of the ledger that is in the home.")
@click.pass_obj
def restore(session: Session, /, file: Path, **given: Any) -> None:
    """Put a backup back into an empty home, or (--replace) in the place of the ledger there.

    It is checked first, and held to every checkpoint that this home handed out or that you bring;
    one that is older is refused unless you say --older. What was sealed since it was made is
    sealed again before anybody can read it.
    """
    asked = backups.Asked(
        home=session.home,
        checkpoints=notes_in(given["notes"]) if given["notes"] else "",
        verifiers=verifiers_of(given["keys"]),
        seals=tuple(session.homes.read_seals(given["seals"])) if given["seals"] else (),
        older=given["older"],
        replace=given["replace"],
    )
    at = backups.Moment(session.clock(), secrets.token_bytes)
    done = backups.restore(session.homes, file, asked, at, _progress)
    entries = sum(book.size for book in done.verdict.books)
    click.echo(
        f"Restored {counted(entries, 'statement')} in "
        f"{counted(len(done.verdict.books), 'book')}; every chain holds."
    )
    for note in done.sealed:
        click.echo(f"Sealed again: {note.id} in {note.book}, under {note.ground}.")
    for one in done.older:
        click.echo(
            f"Gone back: {one.book} had {one.size:,} entries {one.where}, and now has "
            f"{one.holds:,}. Tell those who hold a later checkpoint."
        )
    if done.aside:
        click.echo(f"The checkpoints that no longer hold are kept in {done.aside}.")


COMMANDS = (backup, restore)
