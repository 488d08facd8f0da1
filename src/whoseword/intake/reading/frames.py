"""Frames: in whose mouth, how surely and on what ground a clause stands.

The document's own voice is the outermost frame. Each cue opens another inside it; who spoke in
the outer one becomes a relay of the inner one (conventions, "via").
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from whoseword.intake.drafts import Span, Telling
from whoseword.intake.reading.clauses import bids_suppose, is_imperative, opening_word
from whoseword.intake.reading.cue import Cue
from whoseword.intake.reading.entities import Entity
from whoseword.intake.reading.grammar import child, modals
from whoseword.intake.reading.lexicon import (
    FUTURE_MODALS,
    HEDGES_POSSIBLE,
    HEDGES_REPORTED,
    NEGATIVES,
    NOBODY,
    POSSIBLE_MODALS,
)
from whoseword.intake.reading.speakers import Voice, speaker_of
from whoseword.words import NON_ANSWERS, Basis, Hedge, Occasion, Relay, SpeakerKind, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token


_NOT_KNOWN: Final = re.compile(
    r"(?:no |well )*(?:not to my knowledge|not that (?:i|we) (?:\w+ )?(?:know|saw|heard|remember|recall)"
    r"|not that (?:i|we) ?(?:['’]?m|am|are|['’]re) aware"
    r"|(?:i )?(?:have )?no idea|(?:i )?do n['’]?o?t know|dunno|who knows|your guess)\b"
)
_NO_COMMENT: Final = re.compile(r"no (?:further )?comment\b")
_REPORT = Relay("unnamed report", SpeakerKind.UNNAMED)


@dataclass(frozen=True, slots=True)
class Frame:
    """The circumstances in which a clause is said."""

    entity: Entity
    own: bool
    via: tuple[Relay, ...] = ()
    stance: Stance = Stance.AFFIRMS
    hedge: Hedge = Hedge.PLAIN
    basis: Basis = Basis.UNSTATED
    denies: bool = False
    cue: Span | None = None
    speaker_span: Span | None = None
    said: str | None = None
    occasion: Occasion | None = None
    candidates: tuple[str, ...] = ()
    around: tuple[Telling, ...] = ()

    @property
    def is_non_answer(self) -> bool:
        """Whether what stands in it is left open."""
        return self.stance in NON_ANSWERS

    def under(self, cue: Cue, words: Span | None) -> "Frame":
        """The same speaker, as the cue turns it."""
        turns = words if cue.new_speaker or self.cue is None else self.cue
        return replace(
            self,
            around=self.around if self.cue in (None, turns) else self._tellings(),
            stance=cue.stance if cue.stance is not Stance.AFFIRMS else self.stance,
            hedge=firmer(self.hedge, cue.hedge),
            basis=cue.basis or (Basis.UNSTATED if cue.is_non_answer else self.basis),
            denies=self.denies != cue.denies,
            cue=turns,
        )

    def _tellings(self) -> tuple[Telling, ...]:
        """This telling, and those around it."""
        if self.cue is None and self.speaker_span is None:
            return self.around
        return (Telling(cue=self.cue, speaker_span=self.speaker_span), *self.around)

    def through_a_report(self) -> "Frame":
        """The same, heard through somebody whom the document does not name."""
        return replace(self, via=(_REPORT, *self.via))

    def spoken_by(self, voice: Voice, told: Entity | None, span: Span | None) -> "Frame":
        """Another speaker inside this frame: who spoke here, and who was told, are relays."""
        relays: list[Relay] = []
        for entity in (told, None if self.own else self.entity):
            if entity is not None and entity.name != voice.entity.name:
                relay = Relay(speaker_of(entity).name, speaker_of(entity).kind)
                if relay not in relays and relay not in self.via:
                    relays.append(relay)
        return replace(
            self,
            entity=voice.entity,
            own=False,
            via=(*relays, *self.via),
            basis=Basis.UNSTATED,
            speaker_span=span,
            said=self.said if not self.own else None,
            occasion=self.occasion if not self.own else None,
            candidates=voice.candidates,
            cue=None,
            around=self.around if self.own else self._tellings(),
        )


def is_reportedly(verb: "Token") -> bool:
    """Whether an adverb says that others, not named, report it: "reportedly mentioned"."""
    return any(one.lower_ in HEDGES_REPORTED for one in verb.children)


def firmer(one: Hedge, other: Hedge | None) -> Hedge:
    """Of two hedges the one that claims least: possible before reported before plain."""
    order = (Hedge.PLAIN, Hedge.REPORTED, Hedge.POSSIBLE)
    return max(one, other or Hedge.PLAIN, key=order.index)


def hedge_of(verb: "Token", is_non_answer: bool = False) -> Hedge:
    """The hedge that modals, adverbs and an "if" lay on a clause; "could not say" has none."""
    hedge = Hedge.PLAIN
    if not is_non_answer and modals(verb) & POSSIBLE_MODALS - {"can", "must", "should"}:
        hedge = Hedge.POSSIBLE
    states = [one for one in verb.children if one.dep_ in ("acomp", "attr")]
    beside = [one for state in states for one in state.children if one.dep_ == "advmod"]
    for one in (*verb.children, *beside):
        if one.lower_ in HEDGES_POSSIBLE:
            hedge = Hedge.POSSIBLE
        elif one.lower_ in HEDGES_REPORTED:
            hedge = firmer(hedge, Hedge.REPORTED)
        elif one.dep_ == "advcl" and opening_word(one) in ("if", "unless"):
            hedge = Hedge.POSSIBLE
    return hedge


def is_future(verb: "Token") -> bool:
    """Whether a clause tells what is to come: "will", "would", "is going to"."""
    helping = {one.lower_: one for one in verb.children if one.dep_ == "aux"}
    had = "'d" in helping and verb.tag_ in ("VBN", "VBD")
    rather = any(one.lower_ == "rather" for one in verb.children)
    # "He'd put it down", "it would have been four": told of what was, and not of what is to come.
    if modals(verb) & FUTURE_MODALS and not had and not rather and "have" not in helping:
        return True
    if verb.lemma_.lower() in ("plan", "schedule") and verb.tag_ in ("VBN", "VBD", "VBZ", "VBP"):
        return True
    return verb.lemma_ == "go" and verb.tag_ == "VBG" and child(verb, "xcomp") is not None


def is_unreal(verb: "Token") -> bool:
    """Whether a clause tells what ought to be, would have been or almost was: it is not so."""
    if any(one.dep_ == "advmod" and one.lower_ in ("almost", "nearly") for one in verb.children):
        return True
    helping = {one.lower_ for one in verb.children if one.dep_ == "aux"}
    perfect = bool({"have", "'ve"} & helping)
    if helping & {"should", "ought", "must"} and not (perfect and "must" in helping):
        return True
    acts = verb.lemma_.lower() not in ("be", "have")
    return perfect and acts and bool(helping & {"would", "could", "should", "ought", "'d"})


def is_supposed(verb: "Token") -> bool:
    """ "Suppose he was armed", "let's assume", and all that hangs on it."""
    return any(bids_suppose(one) for one in (verb, *verb.ancestors))


def opens_conditionally(verb: "Token") -> bool:
    """Whether "if" or "unless" opens the clause itself: nothing in it is told as so."""
    return any(one.dep_ == "mark" and one.lower_ in ("if", "unless") for one in verb.children)


def is_opinion(verb: "Token") -> bool:
    """Whether a clause is told as one's own view: "in my opinion"."""
    for one in verb.children:
        view = child(one, "pobj") if one.dep_ == "prep" and one.lower_ in ("in", "to") else None
        if view is not None and view.lemma_.lower() in ("view", "opinion", "judgment", "mind"):
            owner = child(view, "poss")
            return owner is not None and owner.lower_ in ("my", "our")
    return False


def fragment_frame(words: "Iterable[Token]", frame: Frame) -> Frame:
    """The frame of words without a verb: "Not by me" denies."""
    words = [one for one in words if not one.is_punct]
    told = " ".join(one.lower_ for one in words)
    if _NOT_KNOWN.match(told):
        return replace(frame, stance=Stance.DOES_NOT_KNOW)
    if _NO_COMMENT.match(told):
        return replace(frame, stance=Stance.DECLINES)
    first = words[0] if words else None
    denies = first is not None and first.lower_ in NEGATIVES | NOBODY | {"no"}
    return replace(frame, stance=Stance.DENIES) if denies and not frame.is_non_answer else frame


def turned_by(verb: "Token", frame: Frame, *, negated: bool) -> Frame:
    """The frame as the clause's own negation, tense and modals turn it."""
    stance, hedge = frame.stance, firmer(frame.hedge, hedge_of(verb))
    if stance is Stance.AFFIRMS and is_imperative(verb):
        stance = Stance.DOES
    elif stance is Stance.AFFIRMS:
        if is_supposed(verb):
            stance, hedge = Stance.EXPECTS, Hedge.POSSIBLE
        elif negated != frame.denies:
            stance = Stance.DENIES
        elif is_future(verb):
            stance = Stance.EXPECTS
        elif opens_conditionally(verb) or (is_unreal(verb) and child(verb, "aux") is not None):
            stance, hedge = Stance.EXPECTS, Hedge.POSSIBLE
        elif is_opinion(verb):
            return replace(frame, stance=Stance.BELIEVES, hedge=hedge, basis=Basis.INFERRED)
        if negated and frame.denies:
            stance = Stance.DENIES
    elif stance is Stance.BELIEVES and frame.denies:
        stance, hedge = Stance.DENIES, Hedge.POSSIBLE
    elif stance is Stance.EXPECTS and negated:
        stance = Stance.DENIES
    return replace(frame, stance=stance, hedge=hedge)
