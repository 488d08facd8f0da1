"""The reader: a document in, drafts and an account of every sentence out.

Rules over a dependency parse; no text leaves the machine and nothing is learnt from it. The
order is the document's own: who was brought up before is known when the next sentence is read.
"""

from collections.abc import Sequence
from dataclasses import replace

from whoseword.intake.documents import KeptDocument
from whoseword.intake.drafts import Draft, Reading, SentenceReading, Silence
from whoseword.intake.reading.discourse import Discourse
from whoseword.intake.reading.entities import Entity, kind_of_role
from whoseword.intake.reading.findings import Drafting
from whoseword.intake.reading.frames import Frame
from whoseword.intake.reading.genre import Genre, OwnVoice
from whoseword.intake.reading.interpretation import Walk
from whoseword.intake.reading.layout import Layout
from whoseword.intake.reading.lexicon import PERSONS, REPORTING, TITLES
from whoseword.intake.reading.naming import slug
from whoseword.intake.reading.parsing import Parsed, parse, straightened
from whoseword.intake.reading.radio import read_telegram
from whoseword.intake.reading.signatures import CLOSING
from whoseword.intake.reading.silence import why_silent
from whoseword.intake.reading.speakers import UNNAMED
from whoseword.words import Basis, SpeakerKind


def read_stretch(
    document: KeptDocument, layout: Layout, voice: OwnVoice, incident: str, book: str
) -> Reading:
    """Read what `layout` holds of a document, where `voice` speaks; it raises for no text."""
    issuer = voice.entity
    discourse = Discourse(issuer)
    drafting = Drafting(document, incident, book, discourse)
    passes = list(parse(document.text, layout.sentences, is_log=layout.is_log))
    quoted = _open_quotations(document.text, passes)
    sentences: list[SentenceReading] = []
    after_closing = False
    for number in _order(document.text, passes, quoted):
        parsed = passes[number]
        words = document.text[parsed.sentence.body : parsed.sentence.end]
        bare = words.rstrip()[-1:] not in '.!?"”'
        discourse.begin_sentence(parsed.doc, is_headline=bare and not layout.is_log)
        start = len(drafting.drafts)
        silence = why_silent(parsed, words, voice.genre, after_closing=after_closing)
        if voice.genre is Genre.LETTER and CLOSING.match(words.strip()):
            after_closing = True
        if silence is None and not _asks(document.text, parsed):
            frame = _outermost(document.text, parsed, voice, issuer, drafting, quoted[number])
            discourse.direct_speaker = frame.entity.name
            _read_sentence(drafting, parsed, frame, is_log=layout.is_log)
        elif silence is None:
            silence = Silence.QUESTION
        names = [one.draft for one in drafting.drafts[start:]]
        known = [
            one.draft
            for one in drafting.drafts
            if one.sentence == (parsed.sentence.start, parsed.sentence.end)
        ]
        found = tuple(dict.fromkeys([*known, *names]))
        why = None if found else silence or Silence.NO_STATEMENT
        span = (parsed.sentence.start, parsed.sentence.end)
        sentences.append(SentenceReading(span=span, drafts=found, why=why))
    return Reading(
        document=document.sha256,
        drafts=tuple(sorted(drafting.drafts, key=_place)),
        sentences=tuple(sorted(sentences, key=lambda one: one.span)),
    )


def _place(draft: Draft) -> tuple[int, int, int]:
    source = draft.statement.source
    return draft.sentence[0], source.start or 0, source.end or 0


def _read_sentence(drafting: Drafting, parsed: Parsed, frame: Frame, *, is_log: bool) -> None:
    walk = Walk(drafting, parsed, frame)
    if not (is_log and read_telegram(walk, frame)) and not walk.sentence():
        walk.whole(frame, stamped=parsed.sentence.stamp is not None)
    if walk.attribution.last is not None:
        drafting.last_speaker = walk.attribution.last
        drafting.last_passage = parsed.sentence.passage
    elif is_log and frame.own:
        drafting.last_speaker = None
    elif not frame.own and frame.entity.name != UNNAMED:
        drafting.last_speaker = frame.entity
        drafting.last_passage = parsed.sentence.passage


def _outermost(
    text: str,
    parsed: Parsed,
    voice: OwnVoice,
    issuer: Entity,
    drafting: Drafting,
    quoted: bool,
) -> Frame:
    """The frame in which a sentence opens: a label's speaker, a running quotation's, or its own."""
    label, stamp = parsed.sentence.label, parsed.sentence.stamp
    record = voice.genre in (Genre.LOG, Genre.RECORD)
    frame = Frame(
        entity=issuer,
        own=True,
        basis=Basis.RECORD if record else Basis.UNSTATED,
        said=voice.said,
        occasion=voice.occasion,
    )
    if label is not None:
        name = text[label[0] : label[1]]
        entity = _labelled(drafting.discourse, name, voice)
        return replace(frame, entity=entity, own=False, speaker_span=label)
    if quoted:
        said_by = _speaking_on(drafting, parsed)
        return replace(frame, entity=said_by, own=False, said=None, occasion=None)
    if stamp is not None:
        said = text[stamp[0] : stamp[1]].strip("[]")
        goes_on = parsed.sentence.start == parsed.sentence.body
        if goes_on and drafting.last_speaker is not None:
            return replace(
                frame, entity=drafting.last_speaker, own=False, said=said, basis=Basis.UNSTATED
            )
        return replace(frame, said=said)
    return frame


def _speaking_on(drafting: Drafting, parsed: Parsed) -> Entity:
    """Whose running quotation it is: of who spoke in this paragraph or at the end of the last."""
    last, spoke_in = drafting.last_speaker, drafting.last_passage
    if last is not None and parsed.sentence.passage - spoke_in <= 1:
        return last
    return Entity(UNNAMED, UNNAMED, UNNAMED, kind=SpeakerKind.UNNAMED)


def _labelled(discourse: Discourse, label: str, voice: OwnVoice) -> Entity:
    """The speaker of a transcript's label: "CHIEF ADA BROOK" speaks for the agency above it."""
    words = [word.capitalize() for word in label.split()]
    titled = [word for word in words if word.lower().rstrip(".") in TITLES]
    is_role = words[-1].lower() in PERSONS
    name = slug(label) if is_role or (titled and len(words) == 1) else slug(words[-1])
    known = discourse.entity(name)
    role = titled[-1].lower().rstrip(".") if titled else words[-1].lower()
    role = {"lt": "lieutenant", "sgt": "sergeant", "capt": "captain", "det": "detective"}.get(
        role, role
    )
    entity = known or Entity(name, name, " ".join(words))
    entity.is_person = True
    entity.display = " ".join(words) if entity.display == name or known is None else entity.display
    entity.kind = entity.kind or kind_of_role(role) or SpeakerKind.UNNAMED
    if entity.kind is SpeakerKind.OFFICIAL and entity.party is None:
        entity.party = voice.speaker.party
    discourse.entities[name] = entity
    return entity


def _asks(text: str, parsed: Parsed) -> bool:
    """Whether a transcript's line is a reporter's: what a question supposes is nobody's word."""
    label = parsed.sentence.label
    if label is None:
        return False
    name = text[label[0] : label[1]].upper()
    return name == "Q" or name.startswith(("REPORTER", "QUESTION", "INTERVIEWER", "MODERATOR"))


def _order(text: str, passes: Sequence[Parsed], quoted: Sequence[bool]) -> list[int]:
    """The order of reading: a quotation of several sentences waits for the one that says whose."""
    order: list[int] = []
    waiting: list[int] = []
    for number, parsed in enumerate(passes):
        sentence = parsed.sentence
        words = straightened(text[sentence.body : sentence.end]).strip()
        opens = words[:1] == '"' and words.count('"') == 1
        if waiting and sentence.passage != passes[waiting[-1]].sentence.passage:
            order, waiting = [*order, *waiting], []
        if quoted[number] and sentence.label is None and (waiting or opens):
            waiting.append(number)
            continue
        order += [number, *waiting]
        waiting = []
    return [*order, *waiting]


def _open_quotations(text: str, passes: Sequence[Parsed]) -> list[bool]:
    """For each sentence, whether it stands whole within a quotation and has no cue of its own."""
    found: list[bool] = []
    inside = False
    passage = -1
    for parsed in passes:
        if parsed.sentence.passage != passage:
            inside, passage = False, parsed.sentence.passage
        words = text[parsed.sentence.body : parsed.sentence.end].strip()
        opens = words[:1] in '"“'
        marks = words.count('"') + words.count("“") + words.count("”")
        closes = words[-1:] in '"”'
        whole = (opens or inside) and (closes or marks == int(opens))
        cued = any(
            one.lemma_.lower() in REPORTING and one.dep_ == "ROOT" for one in parsed.doc
        ) and not (opens and closes and marks == 2)
        found.append(whole and not (cued and marks > 1))
        if marks % 2:
            inside = not inside
    return found
