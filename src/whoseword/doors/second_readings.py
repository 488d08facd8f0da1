"""Documents are read a second time, where somebody asked for it: sent, checked, and noted as sent.

What leaves is the text in sight and nothing else: what was sealed or is in quarantine is unreadable
in it, and so are confidential addresses. That a document was sent, when and where to, is kept
before the first word of it leaves. Whatever goes wrong here costs the second reading alone: the
first reader's drafts are kept by then, and stay whatever comes back.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from whoseword import books
from whoseword.books.copies import draft_is_within
from whoseword.books.protocol import View
from whoseword.doors.confidential import cover_of
from whoseword.doors.desk import Desk
from whoseword.doors.in_sight import text_in_sight
from whoseword.doors.second_reader import SecondReader, SecondReaderFailed
from whoseword.doors.settings import keep, kept_in
from whoseword.doors.taking_in import Taken, of_second_reader, out_of_sight_in, second_mark
from whoseword.intake import (
    Draft,
    KeptDocument,
    Reading,
    decode_draft,
    encode_draft,
    with_recording,
)
from whoseword.intake.second import (
    OTHER_READING,
    PROMPT_VERSION,
    SecondReading,
    Stretch,
    encode_unlocated,
    is_unlocated,
    located,
    request_of,
    stretches_of,
    unlocated_name,
    with_extra,
)
from whoseword.intake.second.ground import Ground, Voice
from whoseword.words.times import moment_text


class Sent(msgspec.Struct, frozen=True):
    """That a document's text was sent: when (RFC 3339), where to, to which model, how much of it."""

    at: str
    to: str
    model: str
    incident: str
    characters: int


class Read(NamedTuple):
    """What the second reader added to one document."""

    document: KeptDocument
    drafts: tuple[Draft, ...]
    cautioned: int
    unlocated: int


class SecondReadings:
    """The second reading of documents, one after another; once none can be read, none is sent."""

    def __init__(self, desk: Desk, incident: str, reader: SecondReader) -> None:
        self._desk, self._incident, self._reader = desk, incident, reader
        self._over: SecondReaderFailed | None = None
        self.failures: list[str] = []
        self.unsent = 0

    def __call__(self, taken: Taken) -> Read | None:
        """Read a document that the first reader has read; None where that failed, as is noted."""
        if self._over is not None:
            self.unsent += 1
            return None
        try:
            return self._read(taken)
        except SecondReaderFailed as failed:
            self.failures.append(f"{taken.document.name}: {failed}")
            self._over = failed if failed.for_all else None
            return None

    def _read(self, taken: Taken) -> Read:
        digest = taken.document.sha256
        with self._desk.ledger.store.view() as view:
            ground = self._ground(view, taken)
        spans = [one.span for one in ground.sentences]
        stretches = list(stretches_of(ground.sent, spans))
        self._note(digest, sum(len(one.text) for one in stretches))
        answers: list[tuple[Stretch, object]] = [
            (one, self._reader.ask(request_of(one, self._reader.model))) for one in stretches
        ]
        found = located(ground, answers, self._reader.model)
        found = found._replace(drafts=_placed(taken, found.drafts))
        kept = self._keep(ground, found)
        return Read(taken.document, kept, len(found.cautioned), len(found.unlocated))

    def _ground(self, view: View, taken: Taken) -> Ground:
        """The document as it stands in sight now, with what the first reader found in it."""
        digest = taken.document.sha256
        hidden = tuple(out_of_sight_in(view, digest))
        text = (text_in_sight(view, digest) or "") if hidden else taken.document.text
        return Ground(
            document=msgspec.structs.replace(taken.document, text=text, bytes=b""),
            sent=cover_of(view).blocked(text),
            first=tuple(_first(view, taken, self._incident)),
            sentences=taken.reading.sentences,
            voices=tuple(_voices(taken.document)),
            hidden=hidden,
            incident=self._incident,
            book=f"{self._desk.owner.agency}/incident",
        )

    def _note(self, digest: str, characters: int) -> None:
        now = moment_text(self._desk.clock())
        reader = self._reader
        fresh = Sent(now, reader.address, reader.model, self._incident, characters)
        with self._desk.ledger.store.writer() as writer:
            keep(writer, _sent_of(digest), [*kept_in(writer, _sent_of(digest), Sent), fresh])

    def _keep(self, ground: Ground, found: SecondReading) -> tuple[Draft, ...]:
        """Keep what was found in the place of an earlier second reading; the drafts that are kept."""
        digest = ground.document.sha256
        cautioned = {one.draft: one for one in found.cautioned}
        with self._desk.ledger.store.writer() as writer:
            hidden = out_of_sight_in(writer, digest)
            before = [one for one in writer.drafts_on(digest) if one.incident == self._incident]
            writer.drop_drafts([one.draft for one in before if of_second_reader(one)])
            stand = {one.draft for one in before if not of_second_reader(one)}
            first = [cautioned.get(one.draft, one) for one in ground.first if one.draft in stand]
            rows = [self._row(one.draft, digest, encode_draft(one))
                    for one in (*found.drafts, *first)]  # fmt: skip
            rows = [one for one in rows if not draft_is_within(one.json, hidden)]
            kept = {one.draft for one in rows}
            if not hidden:
                # What a model made of words that went meanwhile is not kept at all.
                rows += [self._row(unlocated_name(one), digest, encode_unlocated(one))
                         for one in found.unlocated]  # fmt: skip
            writer.keep_drafts(rows)
            writer.set_setting(second_mark(self._incident, digest), mark_of(self._reader))
        return tuple(one for one in found.drafts if one.draft in kept)

    def _row(self, name: str, digest: str, line: bytes) -> books.Draft:
        return books.Draft(draft=name, incident=self._incident, document=digest, json=line)


def mark_of(reader: SecondReader) -> str:
    """What reads a second time, so that what it has read already is known."""
    return f"{PROMPT_VERSION} {reader.model}"


def sent_of(view: View, digest: str) -> list[Sent]:
    """When and where to the text of a document was sent."""
    return kept_in(view, _sent_of(digest), Sent)


def _sent_of(digest: str) -> str:
    return f"sent {digest}"


def _first(view: View, taken: Taken, incident: str) -> Iterator[Draft]:
    """What the first reader found, as it waits here; an earlier second reading's word is left out.

    A draft that was signed or dropped meanwhile is still what the first reader read.
    """
    rows = view.drafts_on(taken.document.sha256)
    waiting = {row.draft: row.json for row in rows if row.incident == incident}
    for draft in taken.reading.drafts:
        line = waiting.get(draft.draft)
        kept = decode_draft(line) if line is not None else draft
        yield with_extra(kept, {}, without=(OTHER_READING,))


def _placed(taken: Taken, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """The drafts with what a format and a recording tell of their places, as the first reader's."""
    # What this imports loads a parser, and only reading needs it.
    from whoseword.intake.reading.whole import placed

    form = taken.document.form
    found = Reading(
        document=taken.document.sha256,
        drafts=tuple(placed(one, form) for one in drafts),
        sentences=(),
    )
    return (with_recording(found, taken.recording) if taken.recording else found).drafts


def _voices(document: KeptDocument) -> Iterator[Voice]:
    """In whose own voice each part of a document speaks."""
    # What this imports loads a parser, and only reading needs it.
    from whoseword.intake.reading.genre import Genre
    from whoseword.intake.reading.whole import stretches

    for layout, voice in stretches(document):
        if layout.sentences:
            span = layout.sentences[0].start, layout.sentences[-1].end
            is_record = voice.genre in (Genre.LOG, Genre.RECORD)
            yield Voice(span, voice.speaker, voice.said, voice.occasion, is_record)


def pile(view: View, incident: str) -> Iterator[tuple[str, bytes]]:
    """What a second reader returned for an incident that is no draft, by name; as far as it may
    be shown: where words of its document are out of sight, nobody knows which it holds."""
    for row in view.drafts(incident):
        if is_unlocated(row.draft) and not out_of_sight_in(view, row.document):
            yield row.draft, row.json
