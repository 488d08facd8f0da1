"""Commands on what the public may read: publish a release, read the record."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from whoseword.access import Reader
from whoseword.doors.cli.program import Session, moment_of, reader_of, reading_as
from whoseword.doors.cli.proofs import read_text
from whoseword.doors.cli.words_given import Slug, Words
from whoseword.doors.desk import Desk
from whoseword.doors.files import write_whole
from whoseword.doors.plain_words import counted, moment_line
from whoseword.doors.terminal.lines import clean
from whoseword.record.reading import Record, RecordLine
from whoseword.words.times import parse_moment

if TYPE_CHECKING:
    from whoseword.doors.publishing import Prospect

_BLANK = "[a line was taken down]"


@click.command(short_help="Publish a release: what is known, on whose word, under your name.")
@click.argument("incident", type=Slug())
@click.option(
    "--as", "names", multiple=True, metavar="NAME", type=Words(),
    help="Who publishes; twice where a rule asks for two people.",
)  # fmt: skip
@click.option(
    "--line", "picked", multiple=True, metavar="MATTER",
    help="A matter to tell, as `account` names it. [default: every line that may go out]",
)  # fmt: skip
@click.option("--dry-run", "dry", is_flag=True, help="Show what would go out, and what is held back and why; publish nothing.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the record, and what was held back, as JSON.")  # fmt: skip
@click.pass_obj
def publish(session: Session, /, incident: str, **given: Any) -> None:
    """Publish the next release of an incident.

    \b
      whoseword publish elm-street --dry-run
      whoseword publish elm-street --as "Ann Lee" --line "armed(who=woman)"

    Each line keeps its standing and who says so; what nobody knows is told as not known. It draws on
    what an information officer of this home's agency opens, and only on statements that a person
    reviewed one by one. What the rules on releases hold back (rules/house/release.toml) is told to
    you with its rule, and leaves no trace in what the public reads.

    A release is added to those before: a line goes on until a correction or a take-down ends it. A
    line that says something else now is corrected in the open, picked or not. Earlier releases stay
    readable for good.
    """
    from whoseword.doors.publishing import prospect
    from whoseword.doors.publishing import publish as publish_at

    if given["dry"] == bool(given["names"]):
        raise click.UsageError("say --as NAME to publish, or --dry-run to look first")
    with session.open() as desk:
        if given["dry"]:
            coming = prospect(desk, incident, given["picked"])
            _show_prospect(coming, as_json=given["as_json"])
            return
        done = publish_at(desk, incident, given["names"], given["picked"])
    if given["as_json"]:
        told = msgspec.to_builtins(done.record) | _held_back(done.coming)
        click.echo(msgspec.json.encode(told, order="sorted"))
        return
    head = done.release.head
    click.echo(
        f"Release {head.version} of {incident} is published by {' and '.join(head.released_by)}: "
        f"{counted(len(head.lines), 'line')}, {counted(len(head.corrections), 'correction')}."
    )
    for line in _held_lines(done.coming):
        click.echo(line)


def _held_back(coming: "Prospect") -> dict[str, Any]:
    return {
        "held_back": [
            {"matter": one.line.matter, "does": one.rule.does.value, "rule": one.rule.id,
             "why": one.rule.tells, "citation": one.rule.citation}
            for one in coming.held
        ],
        "waiting": [
            {"matter": one.matter, "statements": one.statements} for one in coming.waiting
        ],
        "two_people": sorted({one.line.matter for one in coming.two_people}),
    }  # fmt: skip


def _show_prospect(coming: "Prospect", *, as_json: bool) -> None:
    if as_json:
        lines = [
            {"matter": one.matter, "text": one.text, "standing": one.standing,
             "who_says": one.who_says, "section": one.section.value}
            for one in coming.fresh
        ]  # fmt: skip
        told = {"lines": lines} | _held_back(coming)
        click.echo(msgspec.json.encode(told, order="sorted"))
        return
    click.echo(f"Would go out anew: {counted(len(coming.fresh), 'line')}.")
    two = {one.line.matter: one.rule.id for one in coming.two_people}
    for one in coming.fresh:
        asks = f"  [two people: {two[one.matter]}]" if one.matter in two else ""
        click.echo(f"  {clean(one.matter)}{asks}")
        click.echo(f"    {clean(one.text)}")
    for line in _held_lines(coming):
        click.echo(line)
    click.echo("Nothing was published.")


def _held_lines(coming: "Prospect") -> Iterator[str]:
    """What was held back, for whoever publishes and nobody else."""
    if coming.held:
        yield f"Held back by rules: {counted(len(coming.held), 'line')}."
    for held in coming.held:
        yield f"  {clean(held.line.matter)}"
        yield f"    {held.rule.tells} ({held.rule.id}, {held.rule.citation})"
    if coming.waiting:
        yield (
            f"Waiting for a review: {counted(len(coming.waiting), 'matter')} on which a word bears "
            "that nobody looked at one by one."
        )
    for waiting in coming.waiting:
        yield f"  {clean(waiting.matter)}"


@click.command(
    "record", short_help="What the public may read: the latest release, with corrections."
)
@click.argument("incident", type=Slug())
@click.option("--as-of", metavar="TIME", help="As it was then, inclusive. [default: now]")
@click.option("--release", "version", type=click.IntRange(min=1), metavar="N", help="One release. [default: the latest]")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the contract's JSON.")
@click.option(
    "--prove", "target", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Write the release with its proof, for `whoseword-verify`.",
)  # fmt: skip
@click.option(
    "--since", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="CHECKPOINT",
    help="With --prove: show that the book begins as this checkpoint has it.",
)  # fmt: skip
@reading_as
@click.pass_obj
def record_of(session: Session, /, incident: str, **given: Any) -> None:
    """What the public may read of an incident: the latest release, as it was published.

    It draws on public books alone. Each line tells who says so and how well it is known; a
    correction tells what was said, what is said now, and why. A line that was taken down since is
    blank. The proof names the public book's size and root, which `verify --expect` holds it to.

    --prove writes all of it into one file that anybody can check without this program and without a
    network: `python whoseword_verify.py FILE --key KEY` (`whoseword keys` prints the key).
    """
    from whoseword.doors.publishing import record

    if given["since"] and not given["target"]:
        raise click.UsageError("--since goes with --prove FILE")
    with session.open() as desk:
        reader = reader_of(desk, given["reader"], given["purpose"])
        as_of = moment_of(desk, given["as_of"], "--as-of") if given["as_of"] else None
        if given["target"]:
            _prove(desk, incident, reader, as_of, given)
            return
        found = record(desk, incident, reader, as_of, given["version"])
    if given["as_json"]:
        click.echo(msgspec.json.encode(found, order="sorted"))
        return
    for line in record_lines(found):
        click.echo(line)


def _prove(
    desk: Desk, incident: str, reader: Reader, as_of: datetime | None, given: dict[str, Any]
) -> None:
    from whoseword.doors.proved_releases import proved_release

    since = read_text(given["since"]) if given["since"] else None
    proved = proved_release(desk, incident, reader, as_of, given["version"], since)
    write_whole(given["target"], proved)
    click.echo(f"Wrote {given['target']}.")


def record_lines(found: Record) -> Iterator[str]:
    """The record in lines, for people."""
    if found.published is None or found.proof is None:
        yield f"Nothing has been published on {found.incident}."
    else:
        when = moment_line(parse_moment(found.published))
        yield f"{found.incident}, release {found.version}, published {when}"
        yield f"by {' and '.join(map(clean, found.released_by))} for {found.by}."
    yield from _section("What is known, and on whose word", found.lines)
    yield from _section("What is not known", found.not_known)
    if found.withheld:
        yield "\nWhat is withheld"
    for one in found.withheld:
        yield f"  {clean(one.what or 'something')}: {clean(str(one.reason or 'no reason given'))}"
        yield f"    by {clean(one.by or 'nobody named')}, {clean(str(one.authority or 'no authority named'))}; review {clean(str(one.review or 'not set'))}"
    if found.corrections:
        yield "\nCorrections"
    for amended in found.corrections:
        yield f"  Release {amended.of_version} said: {clean(amended.was or _BLANK)}"
        yield f"    Now: {clean(amended.now or 'nothing is said of it any more')}"
        yield f"    Why: {clean(amended.why)}."
    if found.proof is not None:
        yield f"\nProof: {found.proof.book}, the first {found.proof.size:,} of its entries, root {found.proof.root}"


@click.command(
    "take-down", short_help="Blank a published line that endangers somebody, everywhere at once."
)
@click.argument("incident", type=Slug())
@click.option("--line", required=True, metavar="ID", help="The line's statement, as `record --json` tells it.")  # fmt: skip
@click.option(
    "--as", "names", required=True, multiple=True, metavar="NAME", type=Words(),
    help="Who decides so; two people, so say it twice.",
)  # fmt: skip
@click.option("--reason", required=True, metavar="TEXT", type=Words(), help="Why, in words that the public may read.")  # fmt: skip
@click.pass_obj
def take_down(session: Session, /, incident: str, line: str, **given: Any) -> None:
    """Blank a line in every release that carries it, and every other line on its matter.

    The words go out of everybody's sight at once; the record says that a line was taken down, chain
    and proofs hold, and `quarantine --release` puts it back. Files that were made of a release before
    still carry it: tell whoever has them.
    """
    from whoseword.doors.publishing import take_down as take_down_at

    with session.open() as desk:
        receipts = take_down_at(desk, incident, line, given["names"], given["reason"])
    click.echo(f"Taken down, in every release: {counted(len(receipts), 'line')}.")
    for one in receipts:
        click.echo(f"  by {one.id} in {one.book}, entry {one.seq}")


@click.command(short_help="Write the public files of an incident: pages, paper, feed, table, data.")
@click.argument("incident", type=Slug(), required=False)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, metavar="FOLDER", help="Where they go.")  # fmt: skip
@click.option("--as-of", metavar="TIME", help="As it was then, inclusive. [default: now]")
@click.option(
    "--from", "data", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="SITE.json",
    help="In place of INCIDENT: make the files again of a site's data; needs no home.",
)  # fmt: skip
@click.pass_obj
def site(session: Session, /, incident: str | None, out: Path, **given: Any) -> None:
    """Write every release of an incident as files that work from a file share or any web server.

    \b
      whoseword site elm-street --out public/elm-street

    A page and a PDF for each release (PDF/UA-1), a feed (Atom), a table of every line (CSV), all of it
    as data (site.json), and the proof of each release. No script runs and nothing is fetched. Files of
    the same name are written anew: after a correction or a take-down, run it again.

    With --from anybody can make the same files of site.json, and compare them byte for byte.
    """
    from whoseword.doors import sites
    from whoseword.doors.terminal.progress import told_progress

    if (incident is None) == (given["data"] is None):
        raise click.UsageError("name an INCIDENT, or --from SITE.json to make its files again")
    progress = told_progress("laying out")
    if given["data"] is not None:
        files = sites.made_again(given["data"].read_bytes(), progress)
        sites.write_site(None, out, (), files)
    else:
        assert incident is not None
        with session.open() as desk:
            as_of = moment_of(desk, given["as_of"], "--as-of") if given["as_of"] else None
            reader = Reader("public", "public", "public")
            told = sites.records(desk, incident, reader, as_of)
            files = sites.site_of(told, progress)
            files |= sites.proofs_of(desk, told, reader, as_of)
            sites.write_site(desk, out, told, files)
    click.echo(f"Wrote {counted(len(files), 'file')} into {out}.")


def _section(title: str, lines: Sequence[RecordLine]) -> Iterator[str]:
    if lines:
        yield f"\n{title}"
    for one in lines:
        yield f"  {clean(one.text or _BLANK)}"
        for beside in one.disputes:
            yield f"    Disputed by {clean(beside.by)}: {clean(beside.text)}"


COMMANDS = (publish, record_of, take_down, site)
