"""Documents are taken in: read into drafts on every core, and kept with them, or not at all.

A document and its drafts are kept in one step, in the order of the files, whatever the number of
workers; so a batch can be stopped at any moment, and what was read stays. Which version of the
reader read a document is kept with it, and by that a batch goes on where it stopped.

The text that was first kept for a document is the one that its statements are counted in. A later
version of this program may extract another text from the same bytes; what stands here is then read
as it stands, without what a format tells of places in it.
"""

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec

from whoseword import books
from whoseword.books.copies import draft_is_within
from whoseword.books.protocol import View, Writer
from whoseword.doors.desk import Desk
from whoseword.doors.given_files import original_of
from whoseword.doors.in_sight import quarantined_in, text_in_sight
from whoseword.doors.settings import keep, kept_in
from whoseword.doors.workers import Bounds, Lost, in_order, interrupt_later
from whoseword.intake import (
    Form,
    KeptDocument,
    Reading,
    Recording,
    Span,
    UnreadableDocument,
    decode_draft,
    encode_draft,
    keep_document,
    reader_version,
    with_recording,
    without_sealed,
)
from whoseword.intake.limits import (
    MEMORY_FOR_A_DOCUMENT,
    MIB,
    SECONDS_FOR_A_DOCUMENT,
)
from whoseword.intake.media_types import CAPTIONS
from whoseword.intake.second import OTHER_READING, READER, is_unlocated, with_extra

_AT_ONCE: Final = 64
_HEAVIEST_AT_ONCE: Final = 16 * MIB
_SECONDS_AT_ONCE: Final = 2.0


class Standing(NamedTuple):
    """What stands of a document already: its text in sight, its pages, the spans out of sight."""

    text: str
    pages: tuple[int, ...]
    sealed: tuple[Span, ...]


class Task(NamedTuple):
    """A file to be read; `sha256` is the digest of what it held when it was listed."""

    path: Path
    sha256: str
    size: int
    incident: str
    book: str
    standing: Standing | None
    recording: Recording | None = None
    more: bool = False
    whole: bool = False


class Fault(NamedTuple):
    """That a document was not read: where it lies, what is wrong, what to do."""

    path: Path
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}; {self.remedy}"


class Taken(NamedTuple):
    """A document that was read, its reading, and what was stated of the recording that it is of."""

    document: KeptDocument
    reading: Reading
    recording: Recording | None = None


class Batch(NamedTuple):
    """What is to be read, for which incident, on how many cores; `again`, whatever was read.

    `recording` is what was stated of the recording of the one transcript that is to be read. With
    `more` wider patterns are read too.
    """

    files: Sequence[Path]
    incident: str
    jobs: int
    again: bool = False
    recording: Recording | None = None
    more: bool = False
    second: str | None = None

    @property
    def version(self) -> str:
        """What reads, so that what it has read already is known."""
        return f"{reader_version()} more" if self.more else reader_version()


def take_in(
    desk: Desk,
    batch: Batch,
    tell: Callable[[Taken | Fault | None], None],
    then: Callable[[Taken], None] = lambda _: None,
) -> None:
    """Read a batch and keep what was read; `tell` hears of each file, None where it stands read.

    What `tell` hears of a document is true: it is kept by then. `then` is done of each that is
    kept, takes its time, and can be stopped.
    """
    keeper = _Keeper(desk, batch.incident, batch.version)
    try:
        with closing(_outcomes(desk, batch)) as outcomes:
            for outcome in outcomes:
                with interrupt_later():
                    kept = keeper.after(outcome)
                    for one in kept:
                        tell(one)
                _hand_on(kept, then)
    finally:
        # Whoever stops a batch keeps what was read until then.
        with interrupt_later():
            rest = keeper.keep()
            for one in rest:
                tell(one)
    _hand_on(rest, then)


def _hand_on(kept: Iterable[Taken | Fault | None], then: Callable[[Taken], None]) -> None:
    for one in kept:
        if isinstance(one, Taken):
            then(one)


def _outcomes(desk: Desk, batch: Batch) -> Generator[Taken | Fault | None, None, None]:
    """What became of each file, in their order; the bytes of a document are read once more."""
    tasks = _tasks(desk, batch)
    if batch.jobs == 1 or len(batch.files) == 1:
        for entry in tasks:
            yield _with_bytes(entry, read_one(entry)) if isinstance(entry, Task) else entry
        return
    # What needs no reader waits in line with what does, so that the order stays the files'.
    listed: dict[int, Task] = {}
    waiting: list[Task | Fault | None] = []

    def given() -> Iterator[tuple[Task, int]]:
        for entry in tasks:
            waiting.append(entry)
            if isinstance(entry, Task):
                listed[len(listed)] = entry
                yield entry, entry.size

    bounds = Bounds(MEMORY_FOR_A_DOCUMENT, SECONDS_FOR_A_DOCUMENT)
    for result in in_order(read_one, given(), batch.jobs, bounds):
        while not isinstance(entry := waiting.pop(0), Task):
            yield entry
        if isinstance(result, Lost):
            yield Fault(entry.path, result.problem, result.remedy)
        else:
            yield _with_bytes(entry, result)
    yield from (entry for entry in waiting if not isinstance(entry, Task))


def _tasks(desk: Desk, batch: Batch) -> Iterator[Task | Fault | None]:
    """Each file as a task, as a fault, or as read already."""
    book = f"{desk.owner.agency}/incident"
    for path in batch.files:
        try:
            original = original_of(path)
        except UnreadableDocument as fault:
            yield Fault(path, fault.problem, fault.remedy)
            continue
        digest, size = sha256(original).hexdigest(), len(original)
        del original
        with desk.ledger.store.view() as view:
            if not batch.again and _is_read(view, batch, digest):
                yield None
                continue
            standing = _standing(view, digest)
            recording = batch.recording or next(
                iter(kept_in(view, _recording_of(digest), Recording)), None
            )
        yield Task(path, digest, size, batch.incident, book, standing, recording, batch.more,
                   batch.second is not None)  # fmt: skip


def _is_read(view: View, batch: Batch, digest: str) -> bool:
    """Whether what is to read a document has read it already."""
    if view.setting(_mark(batch.incident, digest)) != batch.version:
        return False
    return batch.second in (None, view.setting(second_mark(batch.incident, digest)))


def _recording_of(digest: str) -> str:
    """The setting under which it is kept what was stated of a transcript's recording."""
    return f"recording {digest}"


def _mark(incident: str, digest: str) -> str:
    """The setting under which the version of the reader is kept that read a document."""
    return f"read {incident} {digest}"


def second_mark(incident: str, digest: str) -> str:
    """The setting under which it is kept what read a document a second time."""
    return f"read again {incident} {digest}"


def read_one(task: Task) -> Taken | Fault:
    """Read a file; what a worker does."""
    # The language model takes a second to load, and only reading needs it.
    from whoseword.intake.reading import read_document

    try:
        document = keep_document(original_of(task.path), task.path.name)
    except UnreadableDocument as fault:
        return Fault(task.path, fault.problem, fault.remedy)
    if document.sha256 != task.sha256:
        return Fault(task.path, "it changed while it was read", "read it again")
    standing = task.standing
    document = _as_it_stands(document, standing)
    reading = read_document(document, task.incident, task.book, more=task.more)
    if standing is not None and standing.sealed:
        reading = without_sealed(reading, standing.sealed)
    if task.recording is not None:
        if document.media_type not in CAPTIONS:
            return Fault(
                task.path,
                "it is no transcript, so no recording belongs to it",
                "leave out what you state of a recording, or name a .vtt or .srt",
            )
        reading = with_recording(reading, task.recording)
    # What a format tells is in the drafts by now; places of words would only be carried about.
    form = msgspec.structs.replace(document.form, words=(), cues=())
    form = document.form if task.whole else form
    kept = msgspec.structs.replace(document, bytes=b"", form=form)
    return Taken(kept, reading, task.recording)


def _as_it_stands(document: KeptDocument, standing: Standing | None) -> KeptDocument:
    if standing is None or standing.text == document.text:
        return document
    return msgspec.structs.replace(document, text=standing.text, pages=standing.pages, form=Form())


def _with_bytes(task: Task, outcome: Taken | Fault) -> Taken | Fault:
    """A document with its original's bytes, if they are still those that were read."""
    if isinstance(outcome, Fault):
        return outcome
    try:
        original = original_of(task.path)
    except UnreadableDocument as fault:
        return Fault(task.path, fault.problem, fault.remedy)
    if sha256(original).hexdigest() != task.sha256:
        return Fault(task.path, "it changed while it was read", "read it again")
    return outcome._replace(document=msgspec.structs.replace(outcome.document, bytes=original))


class _Keeper:
    """Documents and their drafts on their way into the home, some at a time."""

    def __init__(self, desk: Desk, incident: str, version: str) -> None:
        self._desk, self._incident = desk, incident
        self._version = version
        self._waiting: list[Taken] = []
        self._since = time.monotonic()

    def after(self, outcome: Taken | Fault | None) -> list[Taken | Fault | None]:
        """What is settled once `outcome` is: it waits until enough does, or a while has passed."""
        if not isinstance(outcome, Taken):
            return [*self.keep(), outcome]
        self._waiting.append(outcome)
        weight = sum(len(one.document.bytes) for one in self._waiting)
        late = time.monotonic() - self._since > _SECONDS_AT_ONCE
        enough = late or weight > _HEAVIEST_AT_ONCE or len(self._waiting) >= _AT_ONCE
        return [*self.keep()] if enough else []

    def keep(self) -> list[Taken]:
        """Keep all that waits, in one step."""
        kept, self._waiting, self._since = self._waiting, [], time.monotonic()
        if kept:
            with self._desk.ledger.store.writer() as writer:
                for one in kept:
                    _keep(writer, one, self._incident)
                    mark = _mark(self._incident, one.document.sha256)
                    writer.set_setting(mark, self._version)
        return kept


def _keep(writer: Writer, taken: Taken, incident: str) -> None:
    """Keep a document and the drafts of this reading, in the place of those of an earlier one."""
    document, reading, recording = taken
    if recording is not None:
        keep(writer, _recording_of(document.sha256), [recording])
    text_digest = sha256(document.text.encode()).hexdigest()
    writer.keep_document(document_row(document), incident, text_digest)
    # A seal may have come while the document was read.
    sealed = out_of_sight_in(writer, document.sha256)
    before = [one for one in writer.drafts_on(document.sha256) if one.incident == incident]
    noted = _noted(before)
    drafts = [
        books.Draft(
            draft=draft.draft,
            incident=incident,
            document=document.sha256,
            json=encode_draft(with_extra(draft, noted.get(draft.draft, {}))),
        )
        for draft in reading.drafts
    ]
    names = {draft.draft for draft in drafts}
    # What a second reader found is its own, and is read anew by it alone.
    gone = [one for one in before if one.draft not in names and not of_second_reader(one)]
    writer.drop_drafts([one.draft for one in gone])
    writer.keep_drafts([one for one in drafts if not draft_is_within(one.json, sealed)])


def _noted(before: Iterable[books.Draft]) -> dict[str, dict[str, Any]]:
    """What stands on drafts of a second reader's word, which holds as long as that one's drafts."""
    extras = {row.draft: decode_draft(row.json).statement.extra
              for row in before if not is_unlocated(row.draft)}  # fmt: skip
    return {
        draft: {OTHER_READING: extra[OTHER_READING]}
        for draft, extra in extras.items()
        if OTHER_READING in extra
    }


def of_second_reader(row: books.Draft) -> bool:
    """Whether what lies among the drafts of a home came from a second reader."""
    return is_unlocated(row.draft) or READER in decode_draft(row.json).statement.extra


def read_into(
    desk: Desk, documents: Sequence[KeptDocument], incident: str
) -> list[tuple[KeptDocument, Reading]]:
    """Keep documents and their drafts in the home, all of them or none."""
    from whoseword.intake.reading import read_document

    book = f"{desk.owner.agency}/incident"
    readings = []
    for document in documents:
        with desk.ledger.store.view() as view:
            standing = _standing(view, document.sha256)
        document = _as_it_stands(document, standing)
        reading = read_document(document, incident, book)
        if standing is not None and standing.sealed:
            reading = without_sealed(reading, standing.sealed)
        readings.append((document, reading))
    with desk.ledger.store.writer() as writer:
        for document, reading in readings:
            _keep(writer, Taken(document, reading), incident)
    return readings


def _standing(view: View, digest: str) -> Standing | None:
    """What stands of a document in this home."""
    kept = view.document(digest)
    if kept is None:
        return None
    sealed = tuple(out_of_sight_in(view, digest))
    text = text_in_sight(view, digest) if sealed else kept.text
    return Standing(text or "", kept.pages, sealed)


def out_of_sight_in(view: View, digest: str) -> list[Span]:
    """The spans of a document that were sealed, or that statements in quarantine quote."""
    sealed = [(blank.start, blank.end) for blank in view.blanks(digest)]
    return sealed + quarantined_in(view, digest)


def document_row(document: KeptDocument) -> books.Document:
    """A document as the store keeps it."""
    return books.Document(
        sha256=document.sha256,
        name=document.name,
        media_type=document.media_type,
        bytes=document.bytes,
        text=document.text,
        pages=document.pages,
    )
