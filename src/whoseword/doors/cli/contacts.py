"""Files of contacts at the command line: looked at first, then taken in, a file a statement."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import click
import msgspec

from whoseword.doors.cli.program import Session, tell_of_clock
from whoseword.doors.contact_files import ContactFile, contact_file, rows_in, take_in
from whoseword.doors.desk import Desk
from whoseword.doors.files import write_whole
from whoseword.doors.plain_words import counted
from whoseword.doors.terminal.lines import clean
from whoseword.intake.cad import Refused
from whoseword.intake.contacts import read_contact_map
from whoseword.words import WhoseWordError

FAULTS_TOLD: Final = 20


class RowsRefused(WhoseWordError):
    """Rows of a file that cannot be taken; nothing of it was."""


def import_contacts(session: Session, files: Sequence[str], given: dict[str, Any]) -> None:
    """Take in files of contacts. Raises ``RowsRefused``, or what the ledger raises."""
    left_out: Path | None = given["left_out"]
    if given["map_file"] is None or "-" in files:
        raise click.UsageError(
            "contacts are read from files, by a map: --map MAP.toml (examples/contacts/map.toml)"
        )
    if left_out is not None and (left_out.exists() or left_out.is_symlink()):
        raise click.UsageError(f"{left_out} is there already; name a new file")
    told = read_contact_map(given["map_file"])
    with session.open() as desk:
        asked = [contact_file(desk, Path(file), told, given["book"]) for file in files]
        good, refused = _looked_at(asked)
        for fault in refused[:FAULTS_TOLD]:
            click.echo(clean(str(fault)), err=True)
        if len(refused) > FAULTS_TOLD:
            click.echo(f"and {len(refused) - FAULTS_TOLD:,} more", err=True)
        if given["dry"]:
            click.echo(f"{counted(good, 'row')} would be taken in, {len(refused):,} not; nothing was.")  # fmt: skip
            if refused:
                raise RowsRefused("mend the rows above, or give --leave-out FILE")
            return
        if refused and left_out is None:
            raise RowsRefused(
                f"{counted(len(refused), 'row')} cannot be taken, so nothing was; mend them, or give "
                "--leave-out FILE, which takes the rest"
            )
        tell_of_clock(desk)
        if refused and left_out is not None:
            _write_left_out(desk, left_out, refused)
        _take_in(desk, asked, given)


def _looked_at(files: Sequence[ContactFile]) -> tuple[int, list[Refused]]:
    """How many rows can be taken, and those that cannot."""
    good, refused = 0, []
    for file in files:
        for row in rows_in(file):
            if isinstance(row, Refused):
                refused.append(row)
            else:
                good += 1
    return good, refused


def _take_in(desk: Desk, files: Sequence[ContactFile], given: dict[str, Any]) -> None:
    for file in files:
        done = take_in(desk, file, given["signed_by"], lambda kept: click.echo(f"{kept:,} rows kept", err=True))  # fmt: skip
        if given["as_json"]:
            told = {"receipt": done.receipt, "rows": done.rows, "stood": done.stood}
            click.echo(msgspec.json.encode(told, order="sorted"))
        elif done.stood:
            click.echo(f"{file.path} stands already as {done.receipt.id}; nothing was said twice.")
        else:
            click.echo(f"{file.path}: {counted(done.rows, 'row')} in {file.book}, listed by {done.receipt.id}.")  # fmt: skip


def _write_left_out(desk: Desk, target: Path, refused: Sequence[Refused]) -> None:
    """Write the rows out as they stand, each under its place and reason."""
    content = b"".join(
        f"# {fault}\n".encode() + fault.raw.rstrip(b"\n") + b"\n" for fault in refused
    )
    desk.note_copy(target, "rows left out", "", sha256(content).hexdigest())
    write_whole(target, content)
