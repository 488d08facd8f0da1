"""The reader: a document in, drafts and an account of every sentence out.

Rules over a dependency parse; no text leaves the machine and nothing is learnt from it. The
order is the document's own: who was brought up before is known when the next sentence is read.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from whoseword.intake.documents import KeptDocument
from whoseword.intake.drafts import Draft, Reading, SentenceReading, Silence, Span
from whoseword.intake.reading.cue import Cue
from whoseword.intake.reading.cues import cue_of
from whoseword.intake.reading.entities import Entity
from whoseword.intake.reading.facts import Finding
from whoseword.intake.reading.findings import Drafting
from whoseword.intake.reading.form_fields import fields_in
from whoseword.intake.reading.frames import Frame
from whoseword.intake.reading.genre import Genre, OwnVoice
from whoseword.intake.reading.grammar import auxiliaries
from whoseword.intake.reading.insertions import Insertion, inserted_in
from whoseword.intake.reading.interpretation import Walk
from whoseword.intake.reading.layout import Layout
from whoseword.intake.reading.naming import slug
from whoseword.intake.reading.openings import NOBODY, labelled, outermost, speaking_on
from whoseword.intake.reading.parsing import Parsed, Words, parse, with_asides, words_of
from whoseword.intake.reading.quotations import (
    STANDS_FOR,
    Chunk,
    Quotation,
    chunks_of,
    home_of,
    is_bare,
    outside_of,
    passages_of,
    pieces_of,
    signed,
)
from whoseword.intake.reading.radio import read_telegram
from whoseword.intake.reading.signatures import CLOSING
from whoseword.intake.reading.silence import asks_in_a_turn, why_silent
from whoseword.intake.reading.speakers import UNNAMED, Voice, can_speak
from whoseword.intake.reading.speaking import speaking
from whoseword.intake.reading.wider import read_wider
from whoseword.words import Basis, SpeakerKind, Stance


def read_stretch(
    document: KeptDocument, layout: Layout, voice: OwnVoice, drafting: Drafting
) -> Reading:
    """Read what `layout` holds of a document, where `voice` speaks; it raises for no text."""
    # What stands around a noun in a log's capitals are other entries' words as often as its own.
    drafting.discourse.describes = not layout.is_log
    stretch = _Stretch(document, layout, voice, drafting)
    units = list(_units(document.text, layout))
    for unit, parsed in zip(units, parse([one.words for one in units]), strict=True):
        stretch.read(unit, parsed)
    return stretch.reading()


class _Unit(NamedTuple):
    """What is parsed as one sentence: of a chunk, or within one of its quotations.

    ``within`` is the quotation, or the insertion whose speaker's words the unit holds: of these two
    the insertion itself comes first. ``begins`` holds for the first of a paragraph.
    """

    words: Words
    chunk: Chunk
    within: Quotation | Insertion | None
    begins: bool


def _units(text: str, layout: Layout) -> Iterator[_Unit]:
    """What is to be parsed, in the order of reading: who speaks comes before what was said."""
    for passage in passages_of(text, layout.sentences):
        whole = layout.is_log or passage[0].label is not None
        chunks = [Chunk([one], ()) for one in passage] if whole else chunks_of(text, passage)
        begins = True
        for chunk in _in_order(text, chunks):
            sentence = home_of(text, chunk)
            if chunk.quotations:
                words = with_asides(text, sentence, outside_of(chunk), STANDS_FOR)
            else:
                inserted = None if whole else inserted_in(text, sentence)
                if inserted is not None:
                    words = words_of(text, sentence, inserted.words)
                    yield _Unit(words, chunk, inserted, begins)
                    parts = [(inserted.before, False), (inserted.after, False)]
                    parts = [one for one in parts if text[slice(*one[0])].strip(" .")]
                    yield _Unit(with_asides(text, sentence, parts, ()), chunk, inserted, False)
                    begins = False
                    continue
                span = (sentence.body, sentence.end)
                words = words_of(text, sentence, span, is_log=layout.is_log)
            yield _Unit(words, chunk, None, begins)
            begins = False
            for one in chunk.quotations:
                for home, span in pieces_of(text, chunk, one):
                    yield _Unit(words_of(text, home, span), chunk, one, False)


def _in_order(text: str, chunks: Sequence[Chunk]) -> list[Chunk]:
    """Quotations that open a paragraph wait for the first chunk that says whose they are."""
    bare = [is_bare(text, one) for one in chunks]
    first = next(
        (at for at, one in enumerate(chunks) if one.quotations and not bare[at]), len(chunks)
    )
    if first == len(chunks):
        return list(chunks)
    opening = next(at for at in range(first + 1) if not bare[at])
    after = (*range(opening, first), *range(first + 1, len(chunks)))
    return [chunks[at] for at in (first, *range(opening), *after)] if opening else list(chunks)


class _Stretch:
    """A stretch of a document while it is read, in one voice."""

    def __init__(
        self, document: KeptDocument, layout: Layout, voice: OwnVoice, drafting: Drafting
    ) -> None:
        self.document, self.layout, self.voice, self.drafting = document, layout, voice, drafting
        self.text, self.issuer = document.text, voice.entity
        drafting.issuer = voice.entity
        self.spoken: dict[Quotation | Insertion, Frame] = {}
        self.in_passage: Frame | None = None
        self.after_closing = False
        self.silences: dict[Span, Silence] = {}

    def read(self, unit: _Unit, parsed: Parsed) -> None:
        """Read one unit; of a chunk with quotations, find out whose they are."""
        if unit.begins:
            self.in_passage = None
        drafting, sentence = self.drafting, parsed.sentence
        words = self.text[sentence.body : sentence.end]
        bare = words.rstrip()[-1:] not in '.!?"”'
        drafting.discourse.begin_sentence(
            parsed.doc, is_headline=bare and not self.layout.is_log and unit.within is None
        )
        if isinstance(unit.within, Insertion) and unit.within not in self.spoken:
            self._insertion(unit.within, parsed)
            return
        if unit.within is not None:
            frame = self._frame_within(unit.within, parsed)
            piece = self.text[parsed.starts[0] : parsed.ends[-1] + 1]
            if piece.rstrip(" \"”’'").endswith("?"):
                self._question(unit, frame, parsed)
                return
            drafting.discourse.direct_speaker = frame.entity.name
            _read_sentence(drafting, parsed, frame, is_log=False, keeps_all=True)
            return
        label = sentence.label
        if label is not None and not self.layout.is_log:
            speaks = labelled(drafting.discourse, self.text[slice(*label)], self.voice, self.text)
            other = self._other_party(speaks.name)
            drafting.discourse.takes_the_word(speaks.name, other)
        if self._fields(parsed):
            return
        silence = self._silence(unit, parsed, words)
        if silence is not None:
            self.silences[sentence.start, sentence.end] = silence
            return
        frame = outermost(self.text, parsed, self.voice, self.issuer, drafting)
        drafting.discourse.direct_speaker = frame.entity.name
        asides = [one.inner for one in unit.chunk.quotations]
        walk = _read_sentence(drafting, parsed, frame, is_log=self.layout.is_log, asides=asides)
        for one in unit.chunk.quotations:
            found = speaking(walk, frame, one.inner) or self._signed(unit.chunk, frame)
            if found is not None:
                self.spoken[one] = self.in_passage = found
            elif not is_bare(self.text, unit.chunk):
                # Somebody says it whom no rule finds: nobody else's word is made of it.
                self.spoken[one] = replace(frame, entity=NOBODY, own=False)

    def _question(self, unit: _Unit, frame: Frame, parsed: Parsed) -> None:
        """ "Who fired?" she asked: her act. Beside other words it is only how she tells of it."""
        within = unit.within
        whole = isinstance(within, Quotation) and len(pieces_of(self.text, unit.chunk, within)) == 1
        if not whole or frame.entity.name == UNNAMED:
            return
        span = parsed.span(0, -1)
        slots = {"by": frame.entity.name, "about": " ".join(self.text[slice(*span)].split())}
        asks = Finding("requested", slots, stance=Stance.DOES, basis=Basis.TOOK_PART)
        self.drafting.add(asks, frame, parsed, span)

    def _other_party(self, name: str) -> str | None:
        """Of two who take turns in a transcript, the other one."""
        turns = Counter(one.label for one in self.layout.sentences if one.label is not None)
        words = Counter(self.text[slice(*label)] for label in turns)
        names = {
            labelled(self.drafting.discourse, label, self.voice, self.text).name
            for label, count in words.items()
            if count > 1
        }
        others = names - {name}
        return others.pop() if name in names and len(others) == 1 else None

    def _signed(self, chunk: Chunk, frame: Frame) -> Frame | None:
        """The frame of whoever stands behind a dash under a quotation."""
        places = signed(self.text, chunk)
        if places is None:
            return None
        name = self.text[slice(*places[1])]
        known = self.drafting.discourse.entity(slug(name))
        entity = known or Entity(slug(name), slug(name).rpartition("-")[2], name, is_person=True)
        return replace(frame.spoken_by(Voice(entity), None, places[1]), cue=places[0])

    def _fields(self, parsed: Parsed) -> bool:
        """Read the fields of a form that answer what a call-taker asks; whether there were any."""
        sentence = parsed.sentence
        if self.voice.genre not in (Genre.RECORD, Genre.LOG) or sentence.stamp is not None:
            return False
        own = outermost(self.text, parsed, self.voice, self.issuer, self.drafting)
        for one in (found := list(fields_in(self.text, sentence.start, sentence.end))):
            caller = Entity("caller", "caller", "caller", kind=SpeakerKind.UNNAMED, is_person=True)
            spoken = own.spoken_by(Voice(caller), None, None) if one.by_the_caller else own
            self.drafting.add(one.finding, replace(spoken, stance=one.stance), parsed, one.span)
        return bool(found)

    def _silence(self, unit: _Unit, parsed: Parsed, words: str) -> Silence | None:
        """Why a sentence states nothing, if it does not."""
        if unit.chunk.quotations:
            return None
        found = why_silent(parsed, words, self.voice.genre, after_closing=self.after_closing)
        if self.voice.genre is Genre.LETTER and CLOSING.match(words.strip()):
            self.after_closing = True
        asks = found is None and asks_in_a_turn(self.text, parsed)
        return Silence.QUESTION if asks else found

    def _insertion(self, one: Insertion, parsed: Parsed) -> None:
        """Find out who speaks in an insertion; where nobody does, the document does."""
        frame = outermost(self.text, parsed, self.voice, self.issuer, self.drafting)
        walk = Walk(self.drafting, parsed, frame)
        root = next((word for word in parsed.doc if word.head == word), None)
        subject = next((w for w in root.children if w.dep_ == "nsubj"), None) if root else None
        if root is None or subject is None or not can_speak(subject):
            self.spoken[one] = frame
            return
        cue = cue_of(root) or Cue(tuple(auxiliaries(root)), ())
        inner = walk.attribution.frame_of(subject, cue, frame)
        self.spoken[one] = inner.under(cue, parsed.span_of(cue.words))

    def _frame_within(self, one: Quotation | Insertion, parsed: Parsed) -> Frame:
        """Whose a quotation is: who is said to say it, or who spoke in this paragraph or the last."""
        frame = self.spoken.get(one) or self.in_passage
        if frame is None:
            own = outermost(self.text, parsed, self.voice, self.issuer, self.drafting)
            said_by = speaking_on(self.drafting, parsed)
            return replace(own, entity=said_by, own=False, said=None, occasion=None)
        if not frame.via:
            # Who passes another's words on goes on speaking after them.
            self.drafting.last_speaker = frame.entity
            self.drafting.last_passage = parsed.sentence.passage
        return frame

    def reading(self) -> Reading:
        """The drafts in the text's order, and an account of every sentence."""
        drafts = sorted(self.drafting.drafts, key=_place)
        sentences = []
        for one in self.layout.sentences:
            span = (one.start, one.end)
            found = tuple(draft.draft for draft in drafts if draft.sentence == span)
            why = None if found else self.silences.get(span, Silence.NO_STATEMENT)
            sentences.append(SentenceReading(span=span, drafts=found, why=why))
        return Reading(
            document=self.document.sha256,
            drafts=tuple(drafts),
            sentences=tuple(sorted(sentences, key=lambda one: one.span)),
        )


def _place(draft: Draft) -> tuple[int, int, int]:
    source = draft.statement.source
    return draft.sentence[0], source.start or 0, source.end or 0


def _read_sentence(
    drafting: Drafting,
    parsed: Parsed,
    frame: Frame,
    *,
    is_log: bool,
    keeps_all: bool = False,
    asides: Sequence[Span] = (),
) -> Walk:
    walk = Walk(drafting, parsed, frame, asides)
    if not (is_log and read_telegram(walk, frame)) and not walk.sentence():
        sentence = parsed.sentence
        stands_alone = keeps_all or sentence.stamp is not None or sentence.label is not None
        walk.whole(frame, stamped=stands_alone)
    # Within a quotation its speaker's own words are theirs, whatever verbs they hold.
    if drafting.more and not is_log and not keeps_all:
        read_wider(walk, frame)
    if keeps_all:
        return walk
    if walk.attribution.last is not None:
        drafting.last_speaker = walk.attribution.last
        drafting.last_passage = parsed.sentence.passage
    elif is_log and frame.own:
        drafting.last_speaker = None
    elif not frame.own and frame.entity.name != UNNAMED:
        drafting.last_speaker = frame.entity
        drafting.last_passage = parsed.sentence.passage
    return walk
