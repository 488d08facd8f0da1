"""Who speaks, once a cue is found: the speaker's frame, with relays and with those who were told."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from whoseword.intake.reading.cue import Cue
from whoseword.intake.reading.entities import SHE_OR_HE, Entity
from whoseword.intake.reading.findings import Drafting
from whoseword.intake.reading.frames import Frame
from whoseword.intake.reading.grammar import child
from whoseword.intake.reading.lexicon import RECORDS, RESPONDERS
from whoseword.intake.reading.parsing import Parsed
from whoseword.intake.reading.speakers import Voice, can_speak, is_press, speaker_span, voice_of
from whoseword.words import Basis, SpeakerKind, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

_FOR_A_SIDE: Final = (SpeakerKind.OFFICIAL, SpeakerKind.AGENCY, SpeakerKind.RESPONDER)
_OWN_SIDE: Final = frozenset(
    {"investigator", "detective", "officer", "deputy", "police", "official", "authority", "agent"}
)
_REQUESTS: Final = frozenset({"inquiry", "request", "question", "message", "call", "email"})
_AUTHORITIES: Final = frozenset({"coroner", "examiner", "prosecutor", "court", "judge", "jury"})


class Attribution:
    """Speakers of one sentence; `last` is whoever was found to speak last."""

    def __init__(self, drafting: Drafting, parsed: Parsed, own: Frame) -> None:
        self.drafting = drafting
        self.discourse = drafting.discourse
        self.parsed = parsed
        self.own = own
        self.last: Entity | None = None

    def according(self, frame: Frame) -> Frame:
        """ "According to A, …", wherever it stands in the sentence."""
        for one in self.parsed.doc:
            per = one.lower_ == "per" and one.dep_ == "prep" and one.i == 0
            if one.lower_ != "according" and not per:
                continue
            to = child(one, "prep")
            source = child(to, "pobj") if to is not None else child(one, "pobj")
            if source is not None and source.pos_ in ("NOUN", "PROPN", "PRON"):
                words = [one, to] if to is not None else [one]
                voice = self._voice(source, frame)
                self.last = voice.entity
                inner = frame.spoken_by(voice, None, speaker_span(self.parsed, source))
                record = Basis.RECORD if source.lemma_.lower() in RECORDS else Basis.UNSTATED
                return replace(inner, cue=self.parsed.span_of(words), basis=record)
        return frame

    def found_or_concluded(self, cue: Cue, frame: Frame, subject: "Token | None") -> Cue:
        """An authority's "found" is a finding; anybody else's only tells what was met with."""
        entity = None
        if subject is not None:
            entity = self.discourse.entity(self.discourse.referent(subject, frame.entity).name)
        name = (entity.party or entity.name) if entity is not None else ""
        last = subject.lemma_.lower() if subject is not None else ""
        if last in _AUTHORITIES or any(name.endswith(one) for one in _AUTHORITIES):
            return cue
        return replace(cue, basis=None, new_speaker=False)

    def source(self, cue: Cue, verb: "Token", subject: "Token | None") -> "Token | None":
        """The word that names the speaker, or None for whoever has the word already."""
        if cue.stance is Stance.NO_REPLY and (subject is None or not can_speak(subject)):
            return self._asked(verb)
        if subject is not None and (can_speak(subject) or subject.head == verb):
            return subject
        return None

    def frame_of(self, word: "Token | None", cue: Cue, frame: Frame) -> Frame:
        """The frame that the cue opens for the speaker `word` names; the same one's without."""
        if word is None:
            return frame
        if self._is_own_side(word, cue, frame):
            return frame
        voice = self._voice(word, frame)
        if frame.own or self.last is None:
            # Who passes another's words on goes on speaking after them.
            self.last = voice.entity
        if not frame.own and voice.entity.name == frame.entity.name:
            return frame
        told = None
        if cue.addressee is not None and not is_press(cue.addressee):
            told = self._told(cue.addressee, frame, voice.entity)
        if frame.own and voice.entity.name == frame.entity.name:
            return replace(frame, speaker_span=speaker_span(self.parsed, word))
        return frame.spoken_by(voice, told, speaker_span(self.parsed, word))

    def _is_own_side(self, word: "Token", cue: Cue, frame: Frame) -> bool:
        """ "Investigators do not know", a chief says: what the own side thinks or cannot tell is
        the word of whoever speaks for it, and no hearsay."""
        if frame.own or frame.entity.kind not in _FOR_A_SIDE:
            return False
        inward = cue.is_non_answer or cue.stance is Stance.BELIEVES
        many = word.tag_ in ("NNS", "NNPS") or word.lower_ == "police"
        counted = child(word, "nummod", "relcl", "amod", "compound", "poss") is not None
        return inward and many and not counted and word.lemma_.lower() in _OWN_SIDE

    def _voice(self, word: "Token", frame: Frame) -> Voice:
        """The speaker; a pronoun that could be several is whoever spoke last, if that may be."""
        last = self.last or self.drafting.last_speaker
        # Who spoke last goes on speaking, as long as the pronoun allows.
        goes_on = frame.own and last is not None and last.is_person and word.lower_ in SHE_OR_HE
        # A document's author says "I" of themselves.
        others = last is not None and last.name != frame.entity.name
        if goes_on and others and last is not None and self.discourse.fits(last, word.lower_):
            return Voice(last)
        return voice_of(word, self.discourse, frame.entity)

    def _told(self, word: "Token", frame: Frame, teller: Entity) -> Entity | None:
        if not can_speak(word):
            return None
        told = voice_of(word, self.discourse, frame.entity).entity
        if word.lower_ in SHE_OR_HE and told.name == teller.name:
            # "The manager had told her": it is not herself whom she told.
            other = self.discourse.likeliest(word, teller).entity
            told = other if other is not None else told
        if told.plural and frame.entity.kind in _FOR_A_SIDE:
            # What was told to the officers of whoever speaks for them came to the speaker's side.
            ours = told.head.removesuffix("s") in _OWN_SIDE | RESPONDERS
            if ours or told.head == "police":
                return None
        is_own = told.name in (self.own.entity.name, self.own.entity.party)
        return None if is_own or told.name.startswith("unnamed") else told

    def _asked(self, verb: "Token") -> "Token | None":
        """Of whom something was asked: "inquiries made to A", "no response from A"."""
        for one in self.parsed.doc:
            if one.lower_ not in ("to", "from", "of") or one.dep_ not in ("prep", "dative"):
                continue
            above = {up.lemma_.lower() for up in one.ancestors if up != verb}
            asked = child(one, "pobj")
            wanted = _REQUESTS if one.lower_ != "from" else {"response", "reply", "comment"}
            if asked is not None and above & wanted and can_speak(asked):
                return asked
        return None
