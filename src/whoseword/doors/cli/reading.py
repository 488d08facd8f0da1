"""The command that takes documents in: files and folders, read into drafts on every core."""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from whoseword.doors.cli.program import Session, moment_of
from whoseword.doors.cli.words_given import Slug
from whoseword.doors.desk import Desk
from whoseword.doors.files import write_whole
from whoseword.doors.given_files import files_in
from whoseword.doors.in_sight import Shown
from whoseword.doors.plain_words import counted
from whoseword.doors.second_reader import SecondReader
from whoseword.doors.second_readings import Read, SecondReadings, mark_of
from whoseword.doors.source_words import recording_line
from whoseword.doors.taking_in import Batch, Fault, Taken, take_in
from whoseword.doors.terminal import print_drafts, print_more_drafts
from whoseword.doors.terminal.lines import clean
from whoseword.intake import Recording, encode_draft, sentence_value, sha256_of
from whoseword.words import WhoseWordError


class SomeUnread(WhoseWordError):
    """Documents of a batch that were not read, or not a second time; the others were, and are kept."""

    def __init__(
        self, faults: Sequence[Fault], files: int, again: SecondReadings | None = None
    ) -> None:
        """`faults` in the order of the `files`."""
        lines = [str(fault) for fault in faults]
        if files > 1:
            read = f"; {counted(files - len(faults), 'other')} read" if files > len(faults) else ""
            lines.insert(0, f"{counted(len(faults), 'document')} could not be read{read}:")
        if again is not None and again.failures:
            lines += again.failures
            unsent = f"{counted(again.unsent, 'more document')} not sent; " if again.unsent else ""
            lines.append(
                f"{unsent}the first reader's drafts are kept, and the same command goes on where "
                "the second reader failed"
            )
        super().__init__("\n".join(lines))


@click.command(short_help="Read documents into drafts.")
@click.argument("paths", nargs=-1, required=True, metavar="FILE|FOLDER...",
                type=click.Path(exists=True, path_type=Path))  # fmt: skip
@click.option("--incident", required=True, type=Slug(), help="The incident they are about.")
@click.option(
    "--sentences", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Write every sentence with its drafts, or why it states nothing.",
)  # fmt: skip
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="[default: every core]")
@click.option("--again", is_flag=True, help="Read anew what this version has read already.")
@click.option(
    "--more", is_flag=True,
    help="Read wishes, demands and judgements too; more of it is wrong.",
)  # fmt: skip
@click.option(
    "--second-reader", "second", is_flag=True,
    help="Ask the model at WHOSEWORD_READER_URL too; the text is sent there.",
)  # fmt: skip
@click.option(
    "--recording", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help="The recording that a transcript is of; its hash is kept.",
)  # fmt: skip
@click.option(
    "--recording-started", "started", metavar="TIME",
    help="When it began by its own clock; only then is it told when words were said.",
)  # fmt: skip
@click.option(
    "--clock-offset", "offset", type=float, metavar="SECONDS",
    help="What must be added to its clock to get the time.",
)  # fmt: skip
@click.option(
    "--uncertainty", type=click.FloatRange(min=0), metavar="SECONDS",
    help="By how much that may be wrong.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one draft a line.")
@click.pass_obj
def read(session: Session, /, paths: Sequence[Path], incident: str, **given: Any) -> None:
    """Read documents into drafts: text, HTML, PDF, Word, e-mail, scans, transcripts.

    A machine's reading is a draft until a person signs it: nothing enters a book here. The
    document's bytes are kept, so that every span can be opened in its text.

    Of a FOLDER everything is read, on every core. It can be stopped (Ctrl-C) and started again:
    what was read is kept, and is not read again by the same version. A document that cannot be
    read is told at the end, with what to do; the others are read.

    With --second-reader the text of what is read goes to an OpenAI-compatible endpoint, which you
    name in WHOSEWORD_READER_URL (and WHOSEWORD_READER_MODEL, WHOSEWORD_READER_KEY); that it was
    sent, when and where to, is kept. What it returns is a draft only if it stands in the document
    word for word; the rest is listed by `drafts --unlocated` and cannot be signed.
    """
    files = files_in(paths)
    if not files:
        raise WhoseWordError(f"{paths[0]} holds no file; name a folder with documents")
    is_folder = any(path.is_dir() for path in paths)
    batch = Batch(
        files=files,
        incident=incident,
        jobs=min(given["jobs"] or os.cpu_count() or 1, len(files)),
        again=given["again"] or not is_folder,
        more=given["more"],
    )
    telling = _Telling(
        as_json=given["as_json"],
        is_folder=is_folder,
        keeps=bool(given["sentences"]),
        has_bar=sys.stderr.isatty() and len(files) > 1 and (is_folder or given["as_json"]),
    )
    reader = session.homes.second_reader() if given["second"] else None
    with session.open() as desk:
        batch = batch._replace(recording=_recording(desk, files, given))
        again = None
        if reader is not None:
            batch = batch._replace(second=mark_of(reader))
            again = SecondReadings(desk, incident, reader)
            _warn(reader, len(files))
        _read_all(desk, batch, telling, again)
        if given["sentences"]:
            _write_sentences(desk, incident, given["sentences"], telling.taken)
    if not given["as_json"]:
        telling.sum_up(batch)
    if telling.faults or (again is not None and again.failures):
        raise SomeUnread(telling.faults, len(files), again)


def _recording(desk: Desk, files: Sequence[Path], given: Mapping[str, Any]) -> Recording | None:
    """What was stated of a recording; None where nothing was. Of one transcript only."""
    names = {"recording": "--recording", "started": "--recording-started"}
    names |= {"offset": "--clock-offset", "uncertainty": "--uncertainty"}
    stated = [option for name, option in names.items() if given[name] is not None]
    if not stated:
        return None
    if len(files) != 1:
        raise click.UsageError(f"{stated[0]} is told of one transcript; name one FILE")
    digest = None
    path: Path | None = given["recording"]
    if path is not None:
        try:
            with path.open("rb") as stream:
                digest = sha256_of(stream)
        except OSError as error:
            raise WhoseWordError(f"{path} cannot be opened ({error.strerror}); check it") from None
    started = given["started"]
    return Recording(
        sha256=digest,
        name=path.name if path else None,
        offset=given["offset"],
        uncertainty=given["uncertainty"],
        started=moment_of(desk, started, "--recording-started") if started else None,
    )


def _read_all(
    desk: Desk, batch: Batch, telling: "_Telling", again: SecondReadings | None = None
) -> None:
    """Read a batch under a progress bar; whoever stops it is told what stands."""
    with click.progressbar(
        length=len(batch.files),
        label="Reading",
        file=sys.stderr,
        hidden=not telling.has_bar,
        show_pos=True,
    ) as bar:

        def tell(outcome: Taken | Fault | None) -> None:
            telling.tell(outcome)
            bar.update(1)

        def then(taken: Taken) -> None:
            found = again(taken) if again is not None else None
            if found is not None:
                telling.tell_again(found)

        try:
            take_in(desk, batch, tell, then)
        except KeyboardInterrupt:
            told = f"stopped: {telling.read + telling.before} of {len(batch.files)} documents are "
            told += "read and kept; give the same command to go on"
            raise WhoseWordError(told) from None


def _warn(reader: SecondReader, files: int) -> None:
    """Tell where documents go before any goes there."""
    away = (
        "on this machine" if reader.is_here
        else "AWAY FROM THIS MACHINE: who runs it reads them, and may keep them"
    )  # fmt: skip
    sent = f"the text of {counted(files, 'document')}"
    click.echo(f"Sending {sent} to {reader.address} ({clean(reader.model)}), {away}.", err=True)


class _Telling:
    """What is told of each document as it is kept, and counted for the end."""

    def __init__(self, *, as_json: bool, is_folder: bool, keeps: bool, has_bar: bool) -> None:
        self._as_json, self._is_folder, self._keeps = as_json, is_folder, keeps
        self.has_bar = has_bar
        self._console = Console(highlight=False)
        self.faults: list[Fault] = []
        self.taken: list[Taken] = []
        self.read = self.before = self.drafts = 0

    def tell(self, outcome: Taken | Fault | None) -> None:
        """Print what a document gave; with `--sentences` its sentences are held till the end."""
        if outcome is None:
            self.before += 1
            return
        if isinstance(outcome, Fault):
            self.faults.append(outcome)
            return
        self.read += 1
        self.drafts += len(outcome.reading.drafts)
        if self._keeps:
            self.taken.append(outcome)
        if self._as_json:
            for draft in outcome.reading.drafts:
                click.echo(encode_draft(draft))
        elif self.has_bar:
            return
        elif self._is_folder:
            sentences = counted(len(outcome.reading.sentences), "sentence")
            drafts = counted(len(outcome.reading.drafts), "draft")
            click.echo(f"{clean(outcome.document.name)}: {sentences}, {drafts}")
        else:
            print_drafts(outcome.document, outcome.reading, self._console)
            if outcome.recording is not None:
                click.echo(f"Of the recording: {clean(recording_line(outcome.recording))}.")

    def tell_again(self, found: Read) -> None:
        """Print what the second reader added, and on standard error how much that was."""
        self.drafts += len(found.drafts)
        if self._as_json:
            for draft in found.drafts:
                click.echo(encode_draft(draft))
        elif not (self._is_folder or self.has_bar):
            print_more_drafts(found.drafts, self._console)
        told = f"{counted(len(found.drafts), 'draft')} more, {found.unlocated} not to be used"
        differs = f", {found.cautioned} read otherwise" if found.cautioned else ""
        click.echo(f"{clean(found.document.name)}: second reader: {told}{differs}", err=True)

    def sum_up(self, batch: Batch) -> None:
        """The last lines: how much was read, and what a person does next."""
        if self._is_folder:
            already = f", {self.before} read already" if self.before else ""
            click.echo(f"{counted(self.read, 'document')} read{already}.")
        if self.read or self.before:
            click.echo(
                "\nNothing is in a book yet. To sign:  whoseword sign --incident "
                f'{batch.incident} --as "YOUR NAME" DRAFT…   (or --all, marked as not reviewed)'
            )


def _write_sentences(desk: Desk, incident: str, target: Path, taken: Sequence[Taken]) -> None:
    lines = [
        json.dumps(sentence_value(one.document, sentence), sort_keys=True, ensure_ascii=False)
        for one in taken
        for sentence in one.reading.sentences
    ]
    content = "".join(f"{line}\n" for line in lines).encode()
    shown = Shown((), {one.document.sha256: one.document.text for one in taken})
    desk.note_copy(target, "sentences", incident, sha256(content).hexdigest(), shown)
    write_whole(target, content)


COMMANDS = (read,)
