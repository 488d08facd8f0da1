"""Commands on drafts: list what waits, sign it into a book, or drop it."""

from collections.abc import Sequence
from typing import Any

import click
import msgspec

from whoseword.books import Receipt
from whoseword.books.copies import draft_is_within
from whoseword.doors.cli.program import Session, tell_of_clock
from whoseword.doors.cli.words_given import BookName, Slug
from whoseword.doors.confidential import cover_of
from whoseword.doors.desk import Desk
from whoseword.doors.second_readings import pile, sent_of
from whoseword.doors.taking_in import out_of_sight_in
from whoseword.doors.terminal.lines import clean
from whoseword.doors.terminal.queues import (
    Said,
    conflicts_told,
    encoded_in_queue,
    names_told,
    queue_told,
)
from whoseword.intake import Draft, Signing, decode_draft, encode_draft
from whoseword.intake import (
    sign as signed_statements,
)
from whoseword.intake.identities import identities_of
from whoseword.intake.queue import Standing, conflicts_of, queue_of
from whoseword.intake.second import decode_unlocated, encode_unlocated, is_unlocated
from whoseword.words import Stance, Statement, WhoseWordError, kind_of

Pair = tuple[str, str]


class Naming(click.ParamType[Pair]):
    """Two names, A=B."""

    name = "A=B"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Pair:
        """The two names."""
        if isinstance(value, tuple):
            return value
        first, equals, second = value.partition("=")
        if not (equals and first.strip() and second.strip()):
            self.fail(f"{value!r} is not A=B", param, ctx)
        return first.strip(), second.strip()


def default_book(desk: Desk) -> str:
    """The book that drafts go to where none is named."""
    return f"{desk.owner.agency}/incident"


@click.command(short_help="List the drafts that wait, what is disputed first.")
@click.option("--incident", required=True, type=Slug(), help="The incident.")
@click.option("--conflicts", "what", flag_value="conflicts", help="Only what cannot all be so.")
@click.option("--names", "what", flag_value="names", help="Only who may be whom.")
@click.option(
    "--unlocated", "what", flag_value="unlocated",
    help="Only what a second reader returned that is no draft, and why.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON: one draft a line.")
@click.pass_obj
def drafts(session: Session, /, incident: str, what: str | None, as_json: bool) -> None:
    """List the drafts that nobody has signed or dropped.

    First come those that touch a disputed or an unanswered matter, with what they meet there:
    another draft, or a statement that stands in a book. They are compared as if each were signed
    as it stands, and as if a name that two documents use meant the same; whether it does, only a
    person can say (`--names`), and nothing is joined by it.
    """
    with session.open() as desk:
        if what == "unlocated":
            _tell_unlocated(desk, incident, as_json=as_json)
            return
        waiting = drafts_in_sight(desk, waiting_drafts(desk, incident))
        moment, told = desk.read("drafts", incident, desk.owner)
        if what == "names":
            names = identities_of(waiting, told.statements, names_in_sight(desk, incident))
            click.echo(msgspec.json.encode(names, order="sorted") if as_json else names_told(names))
            return
        standing = Standing(
            statements=told.statements,
            incident=incident,
            as_of=moment,
            reader=desk.owner,
            zone=desk.zone,
        )
    if what == "conflicts":
        conflicts = conflicts_of(waiting, standing)
        found = {"incident": incident, "conflicts": conflicts}
        if as_json:
            click.echo(msgspec.json.encode(found, order="sorted"))
            return
        # An id that stands in two books is shown with its book.
        named = {
            name: one for one in told.statements for name in (one.id or "", f"{one.book}:{one.id}")
        }
        said = Said({one.draft: one for one in waiting}, named)
        click.echo(conflicts_told(conflicts, said))
        return
    queue = queue_of(waiting, standing)
    if as_json:
        for one in queue:
            click.echo(encoded_in_queue(one))
        return
    click.echo(queue_told(queue))


def _tell_unlocated(desk: Desk, incident: str, *, as_json: bool) -> None:
    names = names_in_sight(desk, incident)
    with desk.ledger.store.view() as view:
        found = [decode_unlocated(line) for _, line in pile(view, incident)]
        sent = {digest: sent_of(view, digest) for digest in names}
    if as_json:
        for one in found:
            click.echo(encode_unlocated(one))
        return
    for one in found:
        click.echo(f"{clean(names.get(one.document, one.document))}: {one.why.value}")
        click.echo(f"  {clean(one.reader)} returned: {clean(one.returned)}")
    click.echo(f"{len(found)} returned by a second reader and not found; none can be signed.")
    for digest, times in sent.items():
        for time in (one for one in times if one.incident == incident):
            click.echo(
                f"Sent: {clean(names[digest])}, {time.characters:,} characters, to "
                f"{clean(time.to)} ({clean(time.model)}) at {time.at}"
            )


def waiting_drafts(desk: Desk, incident: str) -> list[Draft]:
    """The drafts of an incident that nobody has signed or dropped."""
    with desk.ledger.store.view() as view:
        rows = view.drafts(incident)
    return [decode_draft(row.json) for row in rows if not is_unlocated(row.draft)]


def drafts_in_sight(desk: Desk, waiting: Sequence[Draft]) -> list[Draft]:
    """Drafts as they may be shown: confidential addresses covered, and none whose words are in
    quarantine. What is signed is the draft as it was read."""
    with desk.ledger.store.view() as view:
        cover = cover_of(view)
        hidden = {
            digest: out_of_sight_in(view, digest)
            for digest in {one.statement.source.document or "" for one in waiting}
        }
    return [
        msgspec.structs.replace(one, statement=cover.statement(one.statement)) if cover else one
        for one in waiting
        if not draft_is_within(encode_draft(one), hidden[one.statement.source.document or ""])
    ]


def names_in_sight(desk: Desk, incident: str) -> dict[str, str]:
    """The file names of the incident's documents, with confidential addresses covered."""
    with desk.ledger.store.view() as view:
        cover = cover_of(view)
    return {digest: cover.text(name) for digest, name in document_names(desk, incident).items()}


def drafts_of(waiting: Sequence[Draft], document: str) -> list[Draft]:
    """The drafts that were read in the document of that digest."""
    return [draft for draft in waiting if draft.statement.source.document == document]


def _of_document(desk: Desk, incident: str, waiting: Sequence[Draft], name: str) -> list[Draft]:
    """The drafts of the document of that file name. Raises ``WhoseWordError`` for none or two."""
    names = document_names(desk, incident)
    found = [digest for digest, its in names.items() if name == its or digest.startswith(name)]
    if len(found) != 1:
        known = ", ".join(f"{its} ({digest[:12]})" for digest, its in names.items()) or "none"
        raise WhoseWordError(
            f"{name} names {len(found)} documents of this incident; give one of: {known}"
        )
    return drafts_of(waiting, found[0])


def _chosen(waiting: Sequence[Draft], names: Sequence[str], every: bool) -> list[Draft]:
    if every == bool(names):
        raise click.UsageError("name the drafts, or say --all")
    if every:
        return list(waiting)
    by_name = {draft.draft: draft for draft in waiting}
    unknown = [name for name in names if name not in by_name]
    if unknown:
        raise WhoseWordError(
            f"no draft {', '.join(unknown)} waits in this incident; list them with "
            "`whoseword drafts --incident …`"
        )
    return [by_name[name] for name in dict.fromkeys(names)]


@click.command(short_help="Take drafts into a book, under your name.")
@click.argument("names", nargs=-1, metavar="[DRAFT]...")
@click.option("--incident", required=True, type=Slug(), help="The incident.")
@click.option("--as", "signer", required=True, metavar="NAME", help="Who takes responsibility.")
@click.option("--book", type=BookName(), help="[default: the owner's AGENCY/incident]")
@click.option("--all", "every", is_flag=True, help="All of them, marked as not reviewed.")
@click.option("--document", metavar="FILE", help="Only the drafts of this document.")
@click.option(
    "--join", "joins", type=Naming(), multiple=True,
    help="A in these drafts is B, who stands already (A=A where the name is the same).",
)  # fmt: skip
@click.option("--rename", "renames", type=Naming(), multiple=True, help="Call A of these drafts B.")
@click.pass_obj
def sign(session: Session, /, names: Sequence[str], **given: Any) -> None:
    """Take drafts into a book, under your name.

    A draft that you name counts as reviewed by you; --all marks each as not reviewed, and what is
    not reviewed is never published, and a clearance so signed clears nobody. Where a name stands in another document too, you are asked
    whether it is the same person or thing (--join) or another (--rename).
    """
    if not given["signer"].strip():
        raise click.BadParameter("is empty; give your name", param_hint="--as")
    with session.open() as desk:
        waiting = waiting_drafts(desk, given["incident"])
        if given["document"]:
            waiting = _of_document(desk, given["incident"], waiting, given["document"])
        chosen = _chosen(waiting, names, given["every"])
        if not chosen:
            raise WhoseWordError("no draft waits in this incident; read a document first")
        tell_of_clock(desk)
        receipts = sign_drafts(
            desk,
            chosen,
            Signing(
                signer=given["signer"].strip(),
                agency=desk.owner.agency,
                incident=given["incident"],
                book=given["book"] or default_book(desk),
                all=given["every"],
                joins=dict(given["joins"]),
                renames=dict(given["renames"]),
                documents=document_names(desk, given["incident"]),
            ),
        )
    marked = ", marked as not reviewed" if given["every"] else ""
    click.echo(f"{len(receipts)} statements signed by {given['signer'].strip()}{marked}.")
    if given["every"] and any(is_clearance(draft.statement) for draft in chosen):
        click.echo(
            "Clearances among them are entered as told and clear nobody: who gave one says it, or "
            "somebody signs that draft by its name."
        )


def sign_drafts(desk: Desk, chosen: Sequence[Draft], signing: Signing) -> list[Receipt]:
    """Append drafts under a person's name, then let the drafts go.

    An act that its speaker may not do is taken as told: affirmed, and not done. So is a clearance
    that nobody looked at: no machine clears anybody, and a person clears by name (law 6).
    """
    _refuse_hidden(desk, chosen)
    _, told = desk.read("sign", signing.incident, desk.owner)
    signed = [
        msgspec.structs.replace(one, stance=Stance.AFFIRMS)
        if desk.law.act_fault(one) or (signing.all and is_clearance(one))
        else one
        for one in signed_statements(chosen, told.statements, signing)
    ]
    receipts = desk.ledger.append(signed)
    with desk.ledger.store.writer() as writer:
        writer.drop_drafts([draft.draft for draft in chosen])
    return receipts


def is_clearance(statement: Statement) -> bool:
    """Whether a statement is the act of clearing somebody."""
    return kind_of(statement.fact) == "cleared" and statement.stance is Stance.DOES


def _refuse_hidden(desk: Desk, chosen: Sequence[Draft]) -> None:
    """What two people took out of sight does not come back on one name."""
    with desk.ledger.store.view() as view:
        hidden = [
            draft.draft
            for draft in chosen
            if draft_is_within(
                encode_draft(draft), out_of_sight_in(view, draft.statement.source.document or "")
            )
        ]
    if hidden:
        raise WhoseWordError(
            f"{', '.join(hidden)}: the words were sealed, or are in quarantine; leave these drafts "
            "out, or drop them"
        )


def document_names(desk: Desk, incident: str) -> dict[str, str]:
    """The file names of the incident's documents, by their digests."""
    with desk.ledger.store.view() as view:
        found = [view.document(digest) for digest in view.documents(incident)]
    return {document.sha256: document.name for document in found if document is not None}


@click.command(short_help="Drop drafts that nobody should sign.")
@click.argument("names", nargs=-1, metavar="[DRAFT]...")
@click.option("--incident", required=True, type=Slug(), help="The incident.")
@click.option("--all", "every", is_flag=True, help="All of them.")
@click.option(
    "--unlocated", is_flag=True, help="All that a second reader returned and is no draft."
)
@click.pass_obj
def drop(
    session: Session, /, names: Sequence[str], incident: str, every: bool, unlocated: bool
) -> None:
    """Drop drafts that nobody should sign; the documents stay."""
    if unlocated:
        if every or names:
            raise click.UsageError("--unlocated drops no draft; name drafts without it")
        _drop_unlocated(session, incident)
        return
    with session.open() as desk:
        chosen = _chosen(waiting_drafts(desk, incident), names, every)
        with desk.ledger.store.writer() as writer:
            writer.drop_drafts([draft.draft for draft in chosen])
    click.echo(f"{len(chosen)} drafts dropped.")


def _drop_unlocated(session: Session, incident: str) -> None:
    with session.open() as desk, desk.ledger.store.writer() as writer:
        gone = [row.draft for row in writer.drafts(incident) if is_unlocated(row.draft)]
        writer.drop_drafts(gone)
    click.echo(f"{len(gone)} dropped that were no drafts.")


COMMANDS = (drafts, sign, drop)
