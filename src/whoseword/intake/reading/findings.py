"""From a finding in its frame to a draft: the last step, where nothing may be overstated."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, cast

from whoseword.intake.documents import KeptDocument
from whoseword.intake.drafts import Draft, Span, draft_name
from whoseword.intake.reading.discourse import Discourse
from whoseword.intake.reading.entities import Entity
from whoseword.intake.reading.facts import Finding
from whoseword.intake.reading.frames import Frame
from whoseword.intake.reading.negation import is_failing, is_negated
from whoseword.intake.reading.parsing import Parsed
from whoseword.intake.reading.speakers import speaker_of
from whoseword.words import (
    AFFIRMING,
    Basis,
    Hedge,
    Source,
    SpeakerKind,
    Stance,
    Statement,
    make_fact,
)
from whoseword.words.kinds import ANYONE, AnyFact, key_slots

if TYPE_CHECKING:
    from spacy.tokens import Token

_OWN_ACTS: Final = frozenset(
    {"visited", "met", "attacked", "injured", "called", "contact", "notified", "requested",
     "engaged", "deescalated", "discharged_weapon", "interviewed", "moved", "threatened"}
)  # fmt: skip
_POSITIVE: Final = {
    "not": "", "n't": "", "n’t": "", "no": "any", "nobody": "anybody", "none": "any",
    "nothing": "anything", "never": "ever", "neither": "either", "nor": "or", "cannot": "can",
    "unable": "able", "negative": "positive",
}  # fmt: skip


@dataclass(slots=True)
class Drafting:
    """Where a document's drafts are gathered, with what was told lately.

    With ``more`` the wider patterns are read too. ``topic`` is whom a log's row told of last, and
    the passage in which it did; ``issuer`` whoever speaks where nobody is quoted.
    """

    document: KeptDocument
    incident: str
    book: str
    discourse: Discourse
    more: bool = False
    drafts: list[Draft] = field(default_factory=list)
    last_speaker: Entity | None = None
    last_passage: int = -2
    topic: tuple[int, Entity] | None = None
    issuer: Entity | None = None
    lately: list[tuple[int, int, Finding]] = field(default_factory=list)

    def add(self, finding: Finding, frame: Frame, parsed: Parsed, span: Span) -> None:
        """Draft one finding; the same words about the same thing are drafted once."""
        finding, extra = self._settled(finding, frame)
        # What is left open stays open, whatever its words deny by themselves.
        stance = frame.stance if frame.is_non_answer else finding.stance or frame.stance
        basis = self._basis(finding, frame, stance)
        quote = self.document.text[span[0] : span[1]]
        speaker = speaker_of(frame.entity)
        slots = finding.slots
        if frame.entity.kind is None and self._is_involved(frame.entity.name, slots):
            speaker = type(speaker)(speaker.name, SpeakerKind.INVOLVED, speaker.party)
        if frame.candidates:
            extra["x_speaker_candidates"] = list(frame.candidates)
        statement = Statement(
            incident=self.incident,
            book=self.book,
            speaker=speaker,
            via=frame.via,
            said=frame.said,
            occasion=frame.occasion,
            stance=stance,
            hedge=finding.hedge or frame.hedge,
            basis=basis,
            fact=cast(AnyFact, make_fact(finding.kind, dict(slots), finding.happened)),
            source=Source(
                document=self.document.sha256,
                start=span[0],
                end=span[1],
                quote=quote,
                page=self.document.page_at(span[0]),
            ),
            reviewed=False,
            extra=extra,
        )
        name = draft_name(statement)
        if all(one.draft != name for one in self.drafts):
            sentence = (parsed.sentence.start, parsed.sentence.end)
            self.drafts.append(
                Draft(
                    draft=name,
                    statement=statement,
                    sentence=sentence,
                    cue=frame.cue,
                    speaker_span=frame.speaker_span or parsed.sentence.label,
                    around=frame.around,
                )
            )
        self._remember(finding, span)

    def _settled(self, finding: Finding, frame: Frame) -> tuple[Finding, dict[str, Any]]:
        """Whom "anyone" asks about, and of what a dead person's harm is asked."""
        extra: dict[str, Any] = {}
        slots = dict(finding.slots)
        if finding.kind in ("died", "cause_of_death") and slots.get("who") == frame.entity.name:
            # "When he arrived, he was already dead": it is not who speaks that had died.
            slots["who"] = None
        if finding.candidates:
            extra["x_candidates"] = list(finding.candidates)
        if frame.is_non_answer:
            if finding.anyone:
                named = self._told_lately(finding.kind)
                if len(named) == 1:
                    slots["who"] = named.pop()
                    extra["x_said_of"] = ANYONE
            who = slots.get("who")
            if finding.kind == "injured" and isinstance(who, str) and self._is_dead(who):
                return Finding("cause_of_death", slots, finding.candidates), extra
        elif (finding.stance or frame.stance) in AFFIRMING:
            slots = {slot: None if value == ANYONE else value for slot, value in slots.items()}
        happened = finding.happened if not frame.is_non_answer else None
        return (
            Finding(
                finding.kind,
                slots,
                finding.candidates,
                happened,
                finding.hedge,
                finding.basis,
                finding.stance,
            ),
            extra,
        )

    def _is_involved(self, name: str, slots: Mapping[str, object]) -> bool:
        harmed = self.discourse.told_of("attacked") | self.discourse.told_of("injured")
        return name in harmed or name in (slots.get("whom"), slots.get("who"))

    def _told_lately(self, kind: str) -> set[str]:
        """Whom a finding of this kind named in this sentence or the one before."""
        return {
            who
            for sentence, _, finding in self.lately
            if sentence >= self.discourse.sentence - 1 and finding.kind == kind
            if isinstance(who := finding.slots.get("who"), str) and who != ANYONE
        }

    def _is_dead(self, name: str) -> bool:
        return name in self.discourse.told_of("died") | self.discourse.told_of("cause_of_death")

    def _basis(self, finding: Finding, frame: Frame, stance: Stance) -> Basis:
        if frame.is_non_answer or stance is Stance.EXPECTS:
            return Basis.UNSTATED
        if finding.basis is not None or frame.basis is not Basis.UNSTATED:
            return finding.basis or frame.basis
        named = {value for value in finding.slots.values() if isinstance(value, str)}
        own = {frame.entity.name, frame.entity.party} - {None}
        return Basis.TOOK_PART if finding.kind in _OWN_ACTS and named & own else Basis.UNSTATED

    def _remember(self, finding: Finding, span: Span) -> None:
        self.lately.append((self.discourse.sentence, span[0], finding))
        for slot in ("who", "whom"):
            value = finding.slots.get(slot)
            if isinstance(value, str) and slot in key_slots(finding.kind):
                self.discourse.remember(finding.kind, value)
        who, place = finding.slots.get("who"), finding.slots.get("place")
        if finding.kind == "present" and isinstance(who, str) and isinstance(place, str):
            self.discourse.remember(f"present.{place}", who)
        for slot in ("by", "caller"):
            value = finding.slots.get(slot)
            if isinstance(value, str):
                self.discourse.remember(f"{finding.kind}.{slot}", value)

    def last_matter(self) -> Finding | None:
        """The matter last told in the sentence before, without its values."""
        for sentence, _, finding in sorted(self.lately, key=lambda one: one[:2], reverse=True):
            if sentence == self.discourse.sentence - 1 and finding.kind != "other":
                keys = key_slots(finding.kind)
                slots = {slot: value for slot, value in finding.slots.items() if slot in keys}
                return Finding(finding.kind, slots)
        return None


def merged_alternatives(findings: Sequence[Finding]) -> list[Finding]:
    """ "Whether A or B": one matter asked in two ways is asked once, without either's values."""
    merged: dict[tuple[object, ...], Finding] = {}
    for one in findings:
        keys = key_slots(one.kind)
        key = (one.kind, *(one.slots.get(slot) for slot in keys))
        known = merged.get(key)
        if known is not None and known.slots != one.slots:
            slots = {slot: value for slot, value in one.slots.items() if slot in keys}
            one = Finding(one.kind, slots, one.candidates, anyone=one.anyone)
        merged[key] = one
    return list(merged.values())


def other(text: str, hedge: Hedge | None = None) -> Finding:
    """What fits no kind, in its own words."""
    return Finding("other", {"text": re.sub(r"\s+", " ", text).strip()}, hedge=hedge)


def positive_words(parsed: Parsed, text: str, span: Span, verb: "Token") -> str:
    """The words in `span` without the negation of `verb`: what a denial denies."""
    if not is_negated(verb) and not is_failing(verb):
        return text[span[0] : span[1]]
    kept: list[str] = []
    near = {verb.i, *(one.i for one in verb.children)}
    near |= {one.i for up in verb.children for one in up.children if up.i < verb.i}
    near |= {one.i for up in verb.children for one in up.children if one.dep_ == "det"}
    for word in verb.doc:
        start, end = parsed.starts[word.i], parsed.ends[word.i]
        if not (span[0] <= start and end <= span[1]):
            continue
        told = text[start:end]
        if word.i in near and word.lower_ in _POSITIVE:
            told = _POSITIVE[word.lower_]
            following = text[end : parsed.starts[word.i + 1]] if word.i + 1 < len(verb.doc) else ""
            kept.append(told + (following if told else ""))
            continue
        following = text[end : parsed.starts[word.i + 1]] if word.i + 1 < len(verb.doc) else ""
        kept.append(told + following)
    found = re.sub(r"\s+", " ", "".join(kept)).strip()
    return found or text[span[0] : span[1]]
