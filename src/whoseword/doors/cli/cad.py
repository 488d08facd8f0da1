"""The command that takes in an export of a dispatch system."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any, Final, NamedTuple

import click
import msgspec
from msgspec.structs import replace

from whoseword.books import BatchRefused
from whoseword.doors.cad import LeftOut, Sorting, Spool, say, told_by_call
from whoseword.doors.cli.calls_in import come_in, show
from whoseword.doors.cli.program import Session, reader_of, reading_as, tell_of_clock
from whoseword.doors.cli.words_given import BookName, Slug
from whoseword.doors.desk import Desk
from whoseword.doors.plain_words import counted
from whoseword.doors.sorting import Drawers
from whoseword.doors.terminal.cad import Tally, saying_line, told_lines
from whoseword.doors.terminal.lines import clean
from whoseword.doors.terminal.progress import told_progress
from whoseword.intake.cad import CadMap, Context, Refused, Saying, Told, read_map
from whoseword.words import Statement, WhoseWordError, encode_statement
from whoseword.words.scene import Called, Located, Named
from whoseword.words.times import parse_zone

FAULTS_TOLD: Final = 20


class RowsRefused(WhoseWordError):
    """Rows of an export that cannot be taken; nothing was said of any."""


class Export(NamedTuple):
    """What is asked of an export: its files, its map, and how it is told.

    ``left_out`` is where rows that cannot be taken are written; None where none may be left out.
    ``brief`` is whether the briefs for its calls are drawn up, and ``reader`` for whom.
    """

    files: tuple[Path, ...]
    cad: CadMap
    book: str | None
    incident: str | None
    signed_by: str | None
    left_out: Path | None
    dry: bool
    as_json: bool
    brief: bool = False
    reader: str | None = None
    purpose: str | None = None


@click.command("cad", short_help="Take in a dispatch system's export (CSV), by a map.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...",
                type=click.Path(exists=True, dir_okay=False, path_type=Path))  # fmt: skip
@click.option(
    "--map", "map_file", required=True, metavar="MAP.toml",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Which column is what: see examples/cad/map.toml.",
)  # fmt: skip
@click.option("--book", type=BookName(), help="The book. [default: the map's]")
@click.option("--incident", type=Slug(), help="One incident for all of it. [default: one a number]")
@click.option("--as", "signed_by", metavar="NAME", help="Who answers for entering it.")
@click.option("--dry-run", "dry", is_flag=True, help="Show what would be said, and say nothing.")
@click.option(
    "--leave-out", "left_out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Take the rest, and write the rows that cannot be taken to FILE.",
)  # fmt: skip
@click.option("--brief", is_flag=True, help="Draw up the briefs for the calls: they come in now.")
@click.option("--json", "as_json", is_flag=True, help="Print receipts; with --dry-run, statements.")
@reading_as
@click.pass_obj
def cad(session: Session, /, files: tuple[Path, ...], **given: Any) -> None:
    """Take in an export of a dispatch system (CAD), row by row, as statements.

    Each row is the word of whom it names as author, else the record's. The MAP says which column is
    what, how times are written and in which zone, how far the clock is off, and what the agency's
    own words and abbreviations mean; what it does not say is not guessed at. Begin with --dry-run:

    \b
      whoseword cad march.csv --map map.toml --dry-run
      whoseword cad march.csv --map map.toml --leave-out mend-these.csv

    Each statement keeps the time as it is written, as the row's own clock means it, and after the
    offset that the map states. It is entered as learnt when the record had it (a backfill), so that
    `replay` and `replays` show what was knowable when. A time that can be read in two ways stays the
    words that stand there, and is entered as learnt now.

    Rows may stand in any order, and the same file said again says nothing twice. A unit that is
    "clear" clears nobody, and a note is its author's words: nothing is read out of it here.

    An export tells of calls that are over, so no brief is drawn up for them. A system that hands
    each call over as it comes in adds --brief.
    """
    take_export(session, files, given)


def take_export(session: Session, files: tuple[Path, ...], given: dict[str, Any]) -> None:
    """Take in an export as the command line asks; the one way for both commands that do."""
    left_out: Path | None = given["left_out"]
    if left_out is not None and (left_out.exists() or left_out.is_symlink()):
        raise click.UsageError(
            f"{left_out} is there already, and rows left out are written over nothing; name a new file"
        )
    options = {name: value for name, value in given.items() if name != "map_file"}
    take_in(session, Export(files, read_map(given["map_file"]), **options))


def take_in(session: Session, export: Export) -> None:
    """Take in an export. Raises ``RowsRefused``, or what the ledger raises."""
    wanted = export.left_out is not None and not export.dry
    with session.open() as desk, LeftOut(export.cad.file, wanted=wanted) as left:
        reader = reader_of(desk, export.reader, export.purpose)
        context = _context(desk, export)
        telling = _Telling(export, context.now)
        sorting = Sorting(export.files, context, telling.refuse, left, told_progress("read"))
        with Drawers(sorting.size) as drawers, Spool() as spool:
            drawers.fill(sorting)
            for call, told in told_by_call(desk, drawers, context, told_progress("checked")):
                telling.tell(call, told)
                if not export.dry:
                    spool.add(told.sayings)
                for row, problem, remedy in told.refused:
                    left.add_row(row.file, row.cells)
                    telling.refuse(Refused(row.file, row.line, row.line, problem, remedy, b""))
            if telling.refused and not wanted and not export.dry:
                raise RowsRefused(telling.refusal())
            if not export.dry:
                tell_of_clock(desk)
                _say(desk, spool, export.cad, telling)
        if export.left_out is not None and telling.refused and wanted:
            left.write(desk, export.left_out)
        telling.sum_up(sorting.rows)
        if export.brief:
            show(come_in(desk, telling.doors, reader), as_json=export.as_json)
    if telling.refused and export.dry:
        raise RowsRefused(telling.refusal())


def _context(desk: Desk, export: Export) -> Context:
    book = export.book or export.cad.book
    if book is None:
        raise click.UsageError('name the book: --book harrow-911/response/calls, or book = "…" in the map')  # fmt: skip
    zone: tzinfo = parse_zone(export.cad.time.zone) if export.cad.time.zone else desk.zone
    return Context(export.cad, book, zone, desk.clock(), export.incident, export.signed_by or None)


def _say(desk: Desk, spool: Spool, cad: CadMap, telling: "_Telling") -> None:
    try:
        for outcome in say(desk, spool, cad, told_progress("said")):
            telling.said += len(outcome.receipts)
            telling.stood += outcome.stood
            telling.differ(outcome.otherwise)
            telling.hear(outcome.said)
            telling.receipts(outcome.receipts)
    except BatchRefused as refused:
        told = "\n".join(str(fault) for _, fault in refused.faults)
        raise WhoseWordError(f"{told}\n{telling.so_far()}") from None
    except KeyboardInterrupt:
        raise WhoseWordError(f"stopped: {telling.so_far()}") from None


class _Telling:
    """What is told of an export as it goes, and counted for the end."""

    def __init__(self, export: Export, now: datetime) -> None:
        self._export, self._now = export, now
        self._tally = Tally()
        self._first: list[Refused] = []
        self.refused = self.said = self.stood = self.otherwise = 0
        self.doors: list[Statement] = []

    def hear(self, said: Sequence[Statement]) -> None:
        """Hear what was said now; of a call's door and people it is kept where briefs are wanted."""
        if self._export.brief:
            self.doors += [one for one in said if isinstance(one.fact, Called | Located | Named)]

    def refuse(self, one: Refused) -> None:
        """Hear of a row that cannot be taken; told at once in a dry run, else the first ones."""
        self.refused += 1
        if self._export.dry:
            click.echo(clean(str(one)), err=True)
        elif len(self._first) < FAULTS_TOLD:
            self._first.append(one)

    def tell(self, call: str, told: Told) -> None:
        """Hear what a call's rows say; a dry run shows it."""
        self._tally.add(told)
        if not self._export.dry:
            return
        if self._export.as_json:
            for one in told.sayings:
                # What cannot be placed in time would be learnt now.
                now = one.statement.recorded or self._now
                click.echo(encode_statement(replace(one.statement, recorded=now)))
        else:
            for line in told_lines(call, told):
                click.echo(line)

    def receipts(self, receipts: Sequence[msgspec.Struct]) -> None:
        """Print the receipts of what was said."""
        if self._export.as_json:
            for one in receipts:
                click.echo(msgspec.json.encode(one, order="sorted"))

    def differ(self, ones: Sequence[Saying]) -> None:
        """Tell of what stands in the book otherwise than this map tells it; it stays."""
        for one in ones[: max(0, FAULTS_TOLD - self.otherwise)]:
            line = f"{one.file}:{one.line}: stands as it was said before; now it would be"
            click.echo(clean(f"{line}: {saying_line(one)}"), err=True)
        self.otherwise += len(ones)

    def refusal(self) -> str:
        """Which rows cannot be taken."""
        told = [clean(str(one)) for one in self._first]
        more = self.refused - len(told)
        told += [f"and {more:,} more"] if more and told else []
        cannot = f"{counted(self.refused, 'row')} cannot be taken"
        if self._export.dry:
            return f"{cannot}; mend them, or take the rest with --leave-out FILE"
        todo = "nothing was said. Mend them, or take the rest with --leave-out FILE"
        return "\n".join([f"{cannot}:", *told, todo])

    def so_far(self) -> str:
        """What stands of a run that ended early."""
        return (
            f"{counted(self.said, 'statement')} of it were said and stand; give the same command "
            "to go on, and nothing is said twice"
        )

    def sum_up(self, rows: int) -> None:
        """The last lines, on standard error where the output is for a program."""
        said = " would be said" if self._export.dry else f", {self.said:,} of them said now"
        if self.stood:
            stand = f", {self.stood:,} stood already"
            said += stand
        lines = list(self._tally.lines(rows, said))
        if self.otherwise:
            lines.append(
                f"{counted(self.otherwise, 'statement')} stand otherwise than this file and map tell them. "
                "They stay; to correct one, say a statement that replaces it."
            )
        if self.refused and self._export.left_out is not None and not self._export.dry:
            lines.append(
                f"{counted(self.refused, 'row')} left out, written to {self._export.left_out}; "
                "mend them there and give that file to the same command."
            )
        for line in lines:
            click.echo(line, err=self._export.as_json)


COMMANDS = (cad,)
