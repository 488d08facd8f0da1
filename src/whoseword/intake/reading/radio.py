"""Log entries in capitals, cut into the things that they say, each in the mouth of who says it.

Radio English leaves out the verb "to be" and strings reports together ("AMB 21 ADV CLEAR OF HOSP,
RESPONDING"), so an entry is read as words in order and not as clauses: who is named before a verb
of saying speaks until somebody else does, a report within a report is hearsay, and what the
dispatcher does ("CORONER NOTIFIED") is the log's own word. A row that a unit signs is the unit's.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from whoseword.intake.reading.entities import Entity, kind_of_role
from whoseword.intake.reading.facts import Finding
from whoseword.intake.reading.findings import other
from whoseword.intake.reading.frames import Frame
from whoseword.intake.reading.lexicon import PERSONS
from whoseword.intake.reading.naming import slug
from whoseword.intake.reading.radio_cues import ASKING, SAYING, How, Turn, turn_in
from whoseword.intake.reading.radio_facts import stated
from whoseword.intake.reading.radio_speakers import CALLERS, SMALL, caller_of, named_by
from whoseword.intake.reading.rows import desks_in
from whoseword.intake.reading.speakers import UNNAMED, Voice
from whoseword.intake.reading.telegram import Telegram, is_person
from whoseword.words import NON_ANSWERS, Basis, Hedge, SpeakerKind, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

    from whoseword.intake.reading.interpretation import Walk

_STOPS: Final = frozenset({",", ";", ".", "/", "!"})
_DONE_BY_THE_LOG: Final = frozenset(
    {"given", "notified", "paged", "dispatched", "disp", "called", "sent", "assigned"}
)
_DENYING: Final = frozenset(
    {"no", "not", "never", "negative", "without", "nothing", "none", "nobody", "cannot", "denies",
     "denied", "unable", "unfounded", "neither", "nor", "didnt", "doesnt", "dont", "cant", "wont", "isnt",
     "wasnt", "hasnt", "havent", "arent", "werent"}
)  # fmt: skip
_REFUSING: Final = frozenset({"refuses", "refused", "declines", "declined"})
_CHANNELS: Final = frozenset({"text", "radio", "note", "notes", "narr", "remarks", "comment"})
_SILENT: Final = re.compile(r"no (?:reply|response|answer)")
_UNSURE: Final = frozenset(
    {"possible", "possibly", "maybe", "appears", "appeared", "may", "might", "likely", "probably",
     "believed", "apparent", "apparently", "vs", "or"}
)  # fmt: skip
_BEGINS_ANEW: Final = SAYING | {"will", "has", "is"}
_ANSWERS: Final = {
    "unknown": Stance.DOES_NOT_KNOW, "unk": Stance.DOES_NOT_KNOW, "no": Stance.DENIES,
    "none": Stance.DENIES, "negative": Stance.DENIES, "neg": Stance.DENIES,
    "yes": Stance.AFFIRMS, "refused": Stance.DECLINES, "declined": Stance.DECLINES,
}  # fmt: skip
_TURNS: Final = {
    How.ASKS: (Stance.DOES, Basis.UNSTATED),
    How.ORDERS: (Stance.DOES, Basis.UNSTATED),
    How.BELIEVES: (Stance.BELIEVES, Basis.INFERRED),
    How.DOUBTS: (Stance.DENIES, Basis.INFERRED),
    How.SEES: (Stance.AFFIRMS, Basis.SAW),
    How.HEARS: (Stance.AFFIRMS, Basis.HEARD),
    How.SHOWS: (Stance.AFFIRMS, Basis.RECORD),
    How.WAS_TOLD: (Stance.AFFIRMS, Basis.WAS_TOLD),
    How.DENIES: (Stance.DENIES, Basis.UNSTATED),
    How.DECLINES: (Stance.DECLINES, Basis.UNSTATED),
    How.DOES_NOT_KNOW: (Stance.DOES_NOT_KNOW, Basis.UNSTATED),
    How.CANNOT_SAY: (Stance.CANNOT_SAY, Basis.UNSTATED),
}
_SAID_ON: Final = frozenset({How.SAYS, How.TELLS, How.HEARD_FROM, How.WAS_TOLD, How.BELIEVES})


def read_telegram(walk: "Walk", frame: Frame) -> bool:
    """Read a log entry that says things without a verb; whether it was one."""
    sentence = walk.parsed.sentence
    text = walk.drafting.document.text
    told = text[sentence.body : sentence.end]
    words = list(walk.parsed.doc)
    if sentence.stamp is None or told != told.upper():
        return False
    is_units = sentence.label is not None
    own = walk.own if walk.own.own or is_units else _of_the_log(walk, frame)
    if words[0].text in desks_in(text):
        words = words[1:]
    elif len(words) > 2 and words[1].text == ":" and any(map(str.isdigit, words[0].text)):
        # "U12: ON SCENE": what a unit says of itself is its word.
        frame = _spoken_by(named_by(words[:1], walk, own), frame, own, is_within=False)
        words = words[2:]
    words = _without_desk(words)
    while words and (words[0].is_punct or words[0].text in desks_in(text)):
        words = words[1:]
    if not words:
        return False
    _Entry(walk, own).read(words, frame)
    return walk.found > 0


def _of_the_log(walk: "Walk", frame: Frame) -> Frame:
    """The log's own frame, where an entry goes on in the mouth of who spoke before."""
    issuer = walk.drafting.issuer or frame.entity
    return replace(frame, entity=issuer, own=True, basis=Basis.RECORD)


def _without_desk(words: "list[Token]") -> "list[Token]":
    """The words of an entry without who typed it, "(OPER 22)", or over what it came, "TEXT:"."""
    if words and words[0].text == "(":
        closes = next((at for at, one in enumerate(words[:6]) if one.text == ")"), None)
        return words[closes + 1 :] if closes is not None else words
    over = len(words) > 2 and words[1].text == ":" and words[0].lower_ in _CHANNELS
    return words[2:] if over else words


class _Entry:
    """One entry of a log, while it is read.

    ``own`` is in whose mouth it opens: the log's, or the unit's that signs the row.
    """

    def __init__(self, walk: "Walk", own: Frame) -> None:
        self.walk, self.own = walk, own
        self.drafting, self.parsed = walk.drafting, walk.parsed

    def read(self, words: "Sequence[Token]", frame: Frame) -> None:
        """Read its stretches one after the other."""
        here, before = frame, None
        self._introduced(words)
        for segment in _segments(words):
            if segment[0].lower_ in SAYING | ASKING and here.own and before is not None:
                here = _spoken_by(before, here, self.own, is_within=False)
            here = self._stretch(segment, here)
            before = self._entity(segment[:1]) if is_person(segment[0]) else None
            self._brought_up(segment)

    def _introduced(self, words: "Sequence[Token]") -> None:
        """ "CALLER IS JANITOR": by what a caller is called from here on."""
        for at, word in enumerate(words[:-2]):
            if word.lower_ in CALLERS and words[at + 1].lower_ == "is":
                rest = [one for one in words[at + 2 : at + 6] if one.lower_ not in SMALL]
                head = next((n for n, one in enumerate(rest) if one.lower_ in PERSONS), None)
                if head is not None and all(one.is_alpha for one in rest[: head + 1]):
                    caller = caller_of(self.walk, word.text)
                    caller.display = " ".join(one.lower_ for one in rest[: head + 1])
                    caller.kind = kind_of_role(rest[head].lower_) or caller.kind
                return

    def _stretch(self, segment: "Sequence[Token]", frame: Frame) -> Frame:
        """Read one stretch; whose word the next one is, if it names nobody."""
        prompt = next((at for at, one in enumerate(segment) if one.text == "?" and at), None)
        if prompt is not None and prompt + 1 < len(segment):
            self._answered(segment, prompt, frame)
            return frame
        turn = turn_in(segment)
        per = next((at for at, one in enumerate(segment) if one.lower_ == "per" and at), None)
        if turn is None and per is not None and per + 1 < len(segment):
            source = self._entity(segment[per + 1 :])
            spoken = _spoken_by(source, frame, self.own, is_within=not frame.own)
            self._keep(segment[:per], spoken)
            return spoken if frame.own else frame
        asked = self._topic() if _SILENT.fullmatch(" ".join(o.lower_ for o in segment)) else None
        if turn is None and asked is not None:
            # "CALLER WAS ASKED IF ARMED. NO REPLY": silence is the caller's, and no denial.
            silent = _spoken_by(asked, frame, self.own, is_within=self.own.cue is not None)
            self._words(segment, replace(silent, stance=Stance.NO_REPLY))
            return frame
        if turn is None:
            is_done = segment[-1].lower_ in _DONE_BY_THE_LOG and not _is_denied(segment)
            kinds = self._keep(segment, self.own if is_done else frame)
            if "called" in kinds and frame.own and not self.parsed.sentence.label:
                # What follows "X CALLED" is what X says, until somebody else does.
                at = next(n for n, one in enumerate(segment) if one.lower_ in ("called", "calling"))
                return _spoken_by(self._entity(segment[:at]), frame, self.own, is_within=False)
            return frame
        inner = self._speaks(turn, frame)
        self.walk.attribution.last = inner.entity
        if turn.body:
            self._say(turn, inner)
        elif turn.how in (How.DECLINES, How.DOES_NOT_KNOW, How.CANNOT_SAY):
            self._keep(turn.cue, _turned(inner, turn.how))
        return inner

    def _answered(self, segment: "Sequence[Token]", prompt: int, frame: Frame) -> None:
        """ "WEAPONS? UNKNOWN", "INJURIES? NONE": the answer is about what the prompt asks."""
        answer = segment[prompt + 1 :]
        stance = _ANSWERS.get(answer[0].lower_) if len(answer) <= 2 else None
        if stance is None:
            self._stretch(answer, frame)
            return
        span = self.parsed.span(segment[0].i, answer[-1].i)
        asked = Telegram(segment[:prompt], self.walk.discourse, frame.entity)
        words = self.walk.spans.text(self.parsed.span(segment[0].i, segment[prompt - 1].i))
        answered = replace(frame, stance=stance)
        for finding in stated(asked) or [other(words)]:
            self.drafting.add(replace(finding, stance=None), answered, self.parsed, span)
            self.walk.found += 1

    def _speaks(self, turn: Turn, frame: Frame) -> Frame:
        """The frame of whoever speaks in a turn; where none is named, of whom was told last."""
        cue = self.parsed.span_of(turn.cue)
        if turn.how is How.HEARD_FROM and turn.beside:
            hears = self._named_or_last(turn.subject, frame, cue)
            told = _spoken_by(self._entity(turn.beside), hears, self.own, is_within=True)
            return replace(told, cue=cue)
        inner = self._named_or_last(turn.subject, frame, cue)
        if turn.how is How.TELLS and turn.beside:
            hearer = self._entity(turn.beside, frame)
            if hearer.name not in (inner.entity.name, UNNAMED):
                within = not frame.own and frame.entity.name != hearer.name
                relay = _spoken_by(hearer, frame, self.own, is_within=within)
                told = _spoken_by(inner.entity, relay, self.own, is_within=True)
                return replace(told, cue=cue, speaker_span=inner.speaker_span)
        return inner

    def _named_or_last(
        self,
        subject: "Sequence[Token]",
        frame: Frame,
        cue: tuple[int, int] | None,
    ) -> Frame:
        if not subject:
            topic = self._topic() if frame.entity.name == self.own.entity.name else None
            spoken = frame if topic is None else _spoken_by(topic, frame, self.own, is_within=True)
            return replace(spoken, cue=cue)
        entity = self._entity(subject, frame)
        of_a_unit = frame.entity.kind is SpeakerKind.RESPONDER and not entity.is_agency
        other = of_a_unit and entity.kind is not SpeakerKind.RESPONDER
        within = not frame.own and (frame.cue is not None or other)
        inner = _spoken_by(entity, frame, self.own, is_within=within)
        named = self.parsed.span(subject[0].i, subject[-1].i)
        return replace(inner, cue=cue, speaker_span=named)

    def _say(self, turn: Turn, inner: Frame) -> None:
        """What comes after a verb of saying, asking, ordering, believing or seeing."""
        turned = _turned(inner, turn.how)
        if turn.how is How.ASKS:
            self._keep(turn.body, turned, asked_by=inner.entity)
        elif turn.how in _SAID_ON:
            self._stretch(turn.body, replace(turned, own=False))
        else:
            self._keep(turn.body, turned)

    def _words(self, segment: "Sequence[Token]", frame: Frame) -> None:
        span = self.parsed.span(segment[0].i, segment[-1].i)
        self.drafting.add(other(self.walk.spans.text(span)), frame, self.parsed, span)
        self.walk.found += 1

    def _brought_up(self, segment: "Sequence[Token]") -> None:
        """Remember whom a stretch tells of: "REFUSES NAME" in the next is that one's."""
        person = next((one for one in segment if one.lower_ in PERSONS), None)
        if person is not None:
            passage = self.parsed.sentence.passage
            self.drafting.topic = passage, self._entity([person])

    def _topic(self) -> Entity | None:
        passage, entity = self.drafting.topic or (-1, None)
        return entity if passage == self.parsed.sentence.passage else None

    def _entity(self, named: "Sequence[Token]", frame: Frame | None = None) -> Entity:
        return named_by(named, self.walk, frame or self.own)

    def _keep(
        self, segment: "Sequence[Token]", frame: Frame, asked_by: Entity | None = None
    ) -> tuple[str, ...]:
        """Draft what a stretch of words states; what fits no kind in its own words. Its kinds."""
        words = [one for one in segment if one.text not in "()\"'“”"]
        if not words:
            return ()
        span = self.parsed.span(words[0].i, words[-1].i)
        if asked_by is not None:
            by = asked_by.name if not asked_by.name.startswith("unnamed") else None
            slots = {"by": by, "of": None, "about": slug(" ".join(o.text for o in words)) or None}
            self.drafting.add(Finding("requested", slots), frame, self.parsed, span)
            self.walk.found += 1
            return ("requested",)
        written = self.walk.spans.text(span)
        made = stated(Telegram(words, self.walk.discourse, frame.entity, written))
        turned = _stance(words)
        if _is_conditional(words) and not frame.is_non_answer:
            # "CLEARED TO ENTER IF PD PRESENT" clears nobody yet.
            made = [replace(other(written), stance=Stance.EXPECTS, hedge=Hedge.POSSIBLE)]
        if not made:
            made = [replace(other(written), stance=turned)]
        hedge = _hedge(words)
        left_open = turned if turned in NON_ANSWERS else None
        for finding in made:
            # "UNK IF HE IS ON MEDS" tells of no crisis, whatever pattern its words fit.
            if finding.kind == "cleared" and not _may_clear(frame, finding):
                finding = replace(other(written), stance=None)
            stance = _stance_within(frame, finding.stance or left_open)
            perceives = finding.kind == "other" and frame.basis in (Basis.SAW, Basis.HEARD)
            if perceives and stance is Stance.DENIES and not _is_denied(words[:1]):
                # "SAW SEDAN, NO LIGHTS" is what was seen.
                stance = frame.stance
            told = replace(finding, stance=None, hedge=finding.hedge or hedge)
            self.drafting.add(told, replace(frame, stance=stance), self.parsed, span)
            self.walk.found += 1
        return tuple(one.kind for one in made)


def _may_clear(frame: Frame, finding: Finding) -> bool:
    """Whether words can be a clearance where they stand: said plainly by somebody at work, of
    somebody named. What was heard, believed, shown or told on is none (law 6)."""
    plain = frame.stance is Stance.AFFIRMS and frame.basis in (Basis.UNSTATED, Basis.RECORD)
    at_work = frame.own or frame.entity.kind in (SpeakerKind.RESPONDER, SpeakerKind.OFFICIAL)
    return plain and at_work and not frame.via and finding.slots.get("who") is not None


def _stance_within(frame: Frame, told: Stance | None) -> Stance:
    """The stance of words within a frame: what is left open, or believed, is not made surer."""
    if frame.stance in NON_ANSWERS or told is None:
        return frame.stance
    if frame.stance is Stance.DOES:
        return Stance.DOES
    if frame.stance is Stance.DENIES:
        # "DENIES NO WEAPONS" is written of what is denied, and means it.
        return Stance.DENIES if told in (Stance.AFFIRMS, Stance.DENIES, Stance.DOES) else told
    return Stance.BELIEVES if frame.stance is Stance.BELIEVES and told is Stance.AFFIRMS else told


def _turned(frame: Frame, how: How) -> Frame:
    if how not in _TURNS:
        return frame
    stance, basis = _TURNS[how]
    hedge = Hedge.POSSIBLE if how is How.DOUBTS else frame.hedge
    return replace(frame, stance=stance, basis=basis, hedge=hedge)


def _spoken_by(entity: Entity, frame: Frame, own: Frame, *, is_within: bool) -> Frame:
    """The frame of who speaks: within somebody's report it is hearsay, beside it it is not."""
    inner = (frame if is_within else own).spoken_by(Voice(entity), None, None)
    return replace(inner, said=frame.said or own.said, stance=Stance.AFFIRMS)


def _stance(words: "Sequence[Token]") -> Stance | None:
    told = {one.lower_ for one in words}
    denied = _is_denied(words)
    if told & {"unknown", "unsure"} or (told & {"know", "see", "hear", "tell"} and denied):
        return Stance.DOES_NOT_KNOW
    if "say" in told and denied:
        return Stance.CANNOT_SAY
    if words[0].lower_ in _REFUSING:
        return Stance.DECLINES
    if _is_denied(words):
        return Stance.DENIES
    ahead = told & {"will", "eta", "i'll", "we'll"} or {"to", "follow"} <= told
    return Stance.EXPECTS if ahead else None


def _is_denied(words: "Sequence[Token]") -> bool:
    return any(one.lower_ in _DENYING or one.lower_.endswith(("n't", "n’t")) for one in words)


def _is_conditional(words: "Sequence[Token]") -> bool:
    told = [one.lower_ for one in words]
    hung_up = {"before", "without"} & set(told)
    asks = "asked" in told
    return bool(set(told) & {"if", "when", "once", "unless", "provided"}) and not (hung_up or asks)


def _hedge(words: "Sequence[Token]") -> Hedge | None:
    told = {one.lower_ for one in words}
    return Hedge.POSSIBLE if told & _UNSURE else None


def _segments(words: "Sequence[Token]") -> "Iterator[Sequence[Token]]":
    """The words between stops, and before an "and" that begins another report."""
    first = depth = 0
    for at, word in enumerate(words):
        depth += (word.text == "(") - (word.text == ")")
        if depth > 0:
            continue
        following = words[at + 1].lower_ if at + 1 < len(words) else ""
        parts = word.lower_ == "but" or (word.lower_ == "and" and following in _BEGINS_ANEW)
        if word.text == "," and at + 1 < len(words) and _is_a_sign(words[first:at]) and _is_a_sign(words[at + 1 : at + 2]):  # fmt: skip
            continue
        if word.text in _STOPS or set(word.text) <= {"/", "-"} or parts:
            if at > first:
                yield words[first:at]
            first = at + 1
    if first < len(words):
        yield words[first:]


def _is_a_sign(words: "Sequence[Token]") -> bool:
    """Whether words are a unit's call sign and nothing else: of "E3, M12 ENRT" both go."""
    return len(words) == 1 and any(map(str.isdigit, words[0].text)) and words[0].text.isalnum() and not words[0].text.isdigit()  # fmt: skip
