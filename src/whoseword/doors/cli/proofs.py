"""Commands that let others hold the books to their word: checkpoints, proofs, keys."""

import json
from base64 import b64encode
from pathlib import Path
from typing import Any

import click

from whoseword.books.chain import parse_entry
from whoseword.books.checkpoints import check_proof, parse_proof
from whoseword.books.errors import BookError
from whoseword.books.listed import row_id
from whoseword.books.notes import Verifier, parse_verifier, verifier_text
from whoseword.books.proving import prove_growth
from whoseword.doors import proofs
from whoseword.doors.cli.program import Session, reader_of, reading_as
from whoseword.doors.cli.words_given import BookName
from whoseword.doors.desk import Desk
from whoseword.doors.files import write_whole
from whoseword.doors.listed_rows import row_proof_text
from whoseword.words import WhoseWordError
from whoseword.words.times import moment_from, moment_text


@click.command(short_help="Sign what the books are now, for others to keep.")
@click.option("--book", type=BookName(), help="One book only.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write them there.")  # fmt: skip
@reading_as
@click.pass_obj
def checkpoint(session: Session, /, **given: Any) -> None:
    """Sign the size and root of each book that the reader opens, for others to keep.

    Whoever keeps a checkpoint can later hold the books to it with `whoseword verify --checkpoint
    FILE`: what was cut off, rewritten, or rolled back to an older copy is then found. The form is
    C2SP's, which tools of others read too.
    """
    with session.open() as desk:
        reader = reader_of(desk, given["reader"], given["purpose"])
        notes = proofs.checkpoints(desk, _opened(desk, reader.name, given))
    if not notes:
        raise WhoseWordError(
            "no book that this reader opens holds anything yet; say something first"
        )
    if given["out"]:
        write_whole(given["out"], notes.encode())
        click.echo(f"Wrote {given['out']}.")
    else:
        click.echo(notes, nl=False)


def _opened(desk: Desk, name: str, given: dict[str, Any]) -> list[str]:
    """The books that the reader opens, or the one asked for if it is among them."""
    reader = reader_of(desk, given["reader"], given["purpose"])
    opened = desk.books(reader)
    if given["book"] is None:
        return opened
    if given["book"] not in opened:
        raise WhoseWordError(f"{given['book']} is no book that {name} opens here")
    return [given["book"]]


@click.command(short_help="Prove that a statement stands in a book, or that a book only grew.")
@click.argument("statement", metavar="[ID]", required=False)
@click.option("--book", required=True, type=BookName(), help="The book.")
@click.option("--from", "size", type=click.IntRange(min=0), help="Prove growth from this size.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write it there.")  # fmt: skip
@reading_as
@click.pass_obj
def prove(session: Session, /, statement: str | None, **given: Any) -> None:
    """Prove that a statement stands in a book; or, with --from SIZE, that the book only grew.

    A statement's proof is a C2SP tlog-proof: its place, its path, and a fresh signed checkpoint. A
    row of a file (ID#ROW) is proved as JSON: its path to the root that its statement states, and
    that statement's own proof.
    Growth is printed as JSON: both sizes and roots, and the path between them, in base64.
    """
    if (statement is None) == (given["size"] is None):
        raise click.UsageError("name a statement, or give --from SIZE")
    with session.open() as desk:
        reader = reader_of(desk, given["reader"], given["purpose"])
        (book,) = _opened(desk, reader.name, given)
        if statement is not None and (named := row_id(statement)) is not None:
            text = row_proof_text(desk, book, named)
        elif statement is not None:
            text = proofs.entry_proof(desk, proofs.row_of(desk, book, statement))
        else:
            text = _growth(desk, book, given["size"])
    if given["out"]:
        write_whole(given["out"], text.encode())
        click.echo(f"Wrote {given['out']}.")
    else:
        click.echo(text, nl=False)


def _growth(desk: Desk, book: str, size: int) -> str:
    growth = prove_growth(desk.ledger.store, book, size)
    value = {
        "book": book,
        "from": {"size": growth.earlier[0], "root": growth.earlier[1].hex()},
        "to": {"size": growth.later[0], "root": growth.later[1].hex()},
        "path": [b64encode(one).decode() for one in growth.path],
    }
    return f"{json.dumps(value, sort_keys=True)}\n"


@click.command("check-proof", short_help="Check a proof that somebody gave you.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", "keys", multiple=True, required=True, metavar="KEY", help="The home's verifier key, as its keeper gave it to you.")  # fmt: skip
def check_a_proof(file: Path, keys: tuple[str, ...]) -> None:
    """Check a proof of `whoseword prove ID` against a verifier key; needs no home."""
    proof = parse_proof(read_text(file))
    found = check_proof(proof, proof.extra, verifiers_of(keys))
    entry = parse_entry(proof.extra)
    if (entry.book, entry.seq) != (found.book, proof.index):
        raise WhoseWordError(f"{file} proves another entry than its checkpoint and its place say")
    click.echo(
        f"Statement {entry.id} of incident {entry.incident}, recorded "
        f"{moment_text(moment_from(entry.recorded))}, stands at place {proof.index} of "
        f"{found.book}, which had {found.size:,} entries, signed under {found.origin}."
    )


def read_text(file: Path) -> str:
    """A text that somebody gave. Raises ``WhoseWordError`` where it cannot be read."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WhoseWordError(f"{file} cannot be read ({error}); check it") from error


def verifiers_of(keys: tuple[str, ...]) -> tuple[Verifier, ...]:
    """The verifier keys given on the command line."""
    try:
        return tuple(parse_verifier(key) for key in keys)
    except BookError as error:
        raise click.BadParameter(str(error), param_hint="--key") from None


def notes_in(file: Path) -> str:
    """The checkpoints in a file. Raises ``WhoseWordError`` where it holds none."""
    text = read_text(file)
    if not text.strip():
        raise WhoseWordError(f"{file} holds no checkpoint; give a file as `checkpoint` wrote it")
    return text


@click.command(short_help="The keys by which others check this home's word.")
@click.option("--rotate", is_flag=True, help="Put a new key in the place of the one in use.")
@click.option("--anew", is_flag=True, help="Begin with a new key, where the home's are lost.")
@click.pass_obj
def keys(session: Session, /, rotate: bool, anew: bool) -> None:
    """Print the verifier keys of this home: the one in use, then earlier ones.

    Give the first to whoever is to check checkpoints and proofs, by a way that they trust. With
    --rotate a new key is made, and the note that says so, signed by both, is printed.
    """
    if rotate and anew:
        raise click.UsageError("give --rotate or --anew, not both")
    with session.open() as desk:
        if rotate:
            click.echo(desk.rotate(), nl=False)
        elif anew:
            desk.sign_anew()
        else:
            desk.signer()
        for verifier in desk.keys().verifiers():
            click.echo(verifier_text(verifier))


COMMANDS = (checkpoint, prove, check_a_proof, keys)
