"""The demo: an invented incident, from its six documents to its account.

It does what a newcomer would do by hand (read, sign, account) in a home of its own, and changes
no statement of it when it is run again.
"""

import shutil
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import click
from rich.console import Console

from whoseword.doors.cli.documents import (
    default_book,
    document_names,
    drafts_of,
    sign_drafts,
    waiting_drafts,
)
from whoseword.doors.cli.program import Session
from whoseword.doors.cli.views import write_page
from whoseword.doors.desk import Desk
from whoseword.doors.taking_in import read_into
from whoseword.doors.terminal import print_account
from whoseword.intake import Draft, KeptDocument, Signing, keep_document
from whoseword.intake.signing import entity_names
from whoseword.words import WhoseWordError

INCIDENT = "alder-court-2024"
EXAMPLE = "alder-court"
ANALYST = "demo analyst"
HOME = Path("whoseword-demo")


@click.command(short_help="An invented incident, from its documents to its account.")
@click.pass_obj
def demo(session: Session, /) -> None:
    """Read an invented incident's documents, sign them as the demo analyst, show the account.

    Everything lands in the folder whoseword-demo (or --home DIR); remove it to begin anew.
    """
    home = session.home or HOME
    page = home / f"{INCIDENT}.html"
    console = Console(highlight=False)
    with session.open(home) as desk:
        if _is_told(desk):
            click.echo(f"{home} holds the demo already; this is its account.\n")
        else:
            _tell(desk, session.examples / EXAMPLE)
        view = desk.account(INCIDENT, desk.owner, None)
        names = {one.sha256: one.name for one in desk.quoted(view)}
        print_account(view, console, names, brief=True)
        write_page(desk, view, page)
    _next(home, page, session.examples)


def _is_told(desk: Desk) -> bool:
    return bool(desk.read("demo", INCIDENT, desk.owner)[1].statements)


def _tell(desk: Desk, example: Path) -> None:
    files = sorted((example / "documents").iterdir())
    click.echo(f"Reading {len(files)} documents about an invented incident, {INCIDENT}:")
    documents = [keep_document(file.read_bytes(), file.name) for file in files]
    readings = read_into(desk, documents, INCIDENT)
    for document, reading in readings:
        silent = sum(1 for sentence in reading.sentences if not sentence.drafts)
        click.echo(
            f"  {document.name}: {len(reading.sentences)} sentences, {len(reading.drafts)} drafts, "
            f"{silent} sentences that state nothing"
        )
    judged = _judgements(example / "names.txt")
    signed = 0
    for document, _ in readings:
        chosen = drafts_of(waiting_drafts(desk, INCIDENT), document.sha256)
        signed += len(sign_drafts(desk, chosen, _signing(desk, document, chosen, judged)))
    click.echo(
        f"Signed all {signed} statements as the {ANALYST}, in bulk: "
        "each is marked as not reviewed.\n"
    )


class _Judged(NamedTuple):
    """What the demo's analyst says of names: renames by document, and names that are the same."""

    renames: dict[str, dict[str, str]]
    same: set[str]


def _judgements(file: Path) -> _Judged:
    """``rename DOCUMENT A=B`` and ``join A=A``, a line each."""
    judged = _Judged(defaultdict(dict), set())
    for line in file.read_text(encoding="utf-8").splitlines():
        verb, _, rest = line.partition(" ")
        document, _, pair = rest.rpartition(" ")
        name, _, other = pair.partition("=")
        if verb == "rename":
            judged.renames[document][name] = other
        elif verb == "join":
            judged.same.add(name)
        elif line and not line.startswith("#"):
            raise WhoseWordError(
                f"{file}: {line!r} is neither `rename DOCUMENT A=B` nor `join A=A`"
            )
    return judged


def _signing(
    desk: Desk, document: KeptDocument, chosen: Sequence[Draft], judged: _Judged
) -> Signing:
    renames = judged.renames[document.name]
    named = {name for draft in chosen for name in entity_names(draft.statement.fact)}
    named = {renames.get(name, name) for name in named}
    return Signing(
        signer=ANALYST,
        agency=desk.owner.agency,
        incident=INCIDENT,
        book=default_book(desk),
        all=True,
        joins={name: name for name in sorted(named & judged.same)},
        renames=renames,
        documents=document_names(desk, INCIDENT),
    )


def _next(home: Path, page: Path, examples: Path) -> None:
    program = _program()
    told = examples / EXAMPLE / "statements.jsonl"
    shown = told.relative_to(Path.cwd()) if told.is_relative_to(Path.cwd()) else told
    click.echo(
        f"""
Three things to try next:

1. Open {page} in a browser. Every line opens its exact words in the document.

2. The same incident as a careful person told it, from the first call to the last
   correction, and what changed when the prosecutor's letter came:
     {program} --home whoseword-told say --backfill {shown}
     {program} --home whoseword-told account {INCIDENT}
     {program} --home whoseword-told diff {INCIDENT} --from 2024-11-11 --to 2024-11-13

3. A document of your own (text, HTML, PDF, Word):
     {program} --home {home} read YOUR-FILE --incident my-incident
     {program} --home {home} sign --incident my-incident --as "YOUR NAME" --all
     {program} --home {home} account my-incident"""
    )


def _program() -> str:
    """How this program is called from here."""
    called = Path(sys.argv[0])
    found = shutil.which("whoseword")
    if found and called.exists() and Path(found).resolve() == called.resolve():
        return "whoseword"
    here = Path.cwd()
    return str(called.relative_to(here)) if called.is_relative_to(here) else str(called)


COMMANDS = (demo,)
