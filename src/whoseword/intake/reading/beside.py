"""What is read beside a clause: a quotation, a request that is its speaker's act, a relative clause."""

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from whoseword.intake.reading.clauses import asked_of, clause_of, concedes, is_within
from whoseword.intake.reading.cue import Cue
from whoseword.intake.reading.facts import Clause, Finding
from whoseword.intake.reading.facts_people import age_beside
from whoseword.intake.reading.findings import other
from whoseword.intake.reading.frames import Frame, is_unreal
from whoseword.intake.reading.grammar import (
    auxiliaries,
    child,
    content_span,
    is_clause,
    is_passive,
    modals,
)
from whoseword.intake.reading.lexicon import PERCEIVING, REPORTING, TELLING
from whoseword.intake.reading.negation import is_negated
from whoseword.intake.reading.speakers import can_speak
from whoseword.words import Basis, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

    from whoseword.intake.reading.interpretation import Walk


_VERSIONS: Final = frozenset(
    {"version", "account", "claim", "story", "allegation", "theory", "rumor", "scenario", "narrative"}
)  # fmt: skip
"""What somebody tells: what it holds is not told by whoever mentions it."""


def read_request(walk: "Walk", verb: "Token", frame: Frame, subject: "Token | None") -> bool:
    """ "A asked what they had eaten": a request is its speaker's own act, and is quoted."""
    matter = asked_of(verb) if not is_negated(verb) else None
    anonymous = matter is not None and any(
        one.lemma_.lower() in ("name", "identify", "quote") for one in matter.subtree
    )
    if modals(verb) or is_unreal(verb) or anonymous:
        # "We will ask the court to order it" is a plan, and not yet a request.
        matter = None
    passive = is_passive(verb)
    if matter is None or subject is None or not (passive or can_speak(subject)):
        return False
    cue = Cue(tuple(auxiliaries(verb)), ())
    inner = frame
    if not passive:
        inner = walk.attribution.frame_of(subject, cue, frame)
        inner = inner.under(cue, walk.parsed.span_of(cue.words))
    span = content_span(walk.parsed, matter, [], keep_mark=True)
    if span is None:
        return False
    whom = subject if passive else child(verb, "dobj", "dative")
    asked = walk.discourse.referent(whom, frame.entity).name if whom not in (None, matter) else None
    slots = {
        "by": inner.entity.name,
        "of": asked,
        "about": " ".join(walk.spans.text(span).split()),
    }
    made = Finding("requested", slots, stance=Stance.DOES, basis=Basis.TOOK_PART)
    walk.add(made, inner, span)
    for one in verb.children:
        if one.dep_ == "conj" and is_clause(one):
            walk.clause(one, frame, subject)
    return True


def said_by(walk: "Walk", frame: Frame, verb: "Token", subject: "Token") -> Frame:
    """The frame of who says a quotation: within "she says she heard", it is passed on by her."""
    path = [verb, *verb.ancestors]
    for below, up in reversed([*pairwise(path)]):
        teller = child(up, "nsubj") if below.dep_ == "ccomp" else None
        tells = up.lemma_.lower() in REPORTING | TELLING | PERCEIVING.keys()
        if tells and teller is not None and can_speak(teller) and not is_negated(up):
            frame = _in_the_mouth_of(walk, frame, up, teller)
    return _in_the_mouth_of(walk, frame, verb, subject)


def _in_the_mouth_of(walk: "Walk", frame: Frame, verb: "Token", subject: "Token") -> Frame:
    cue = Cue(tuple(auxiliaries(verb)), ())
    inner = walk.attribution.frame_of(subject, cue, frame)
    return inner.under(cue, walk.parsed.span_of(cue.words))


def read_quotation(walk: "Walk", verb: "Token", quoted: tuple[int, int], frame: Frame) -> bool:
    """Read what stands between the marks as the word of the verb's subject."""
    subject = next(one for one in verb.children if one.dep_ == "nsubj")
    if not can_speak(subject):
        return False
    inner = said_by(walk, frame, verb, subject)
    inside = walk.parsed.doc[quoted[0] : quoted[1] + 1]
    for head in inside:
        if is_clause(head) and not is_within(head.head, head, quoted):
            walk.clause(head, inner, specific=True)
    if not walk.found:
        span = walk.spans.trimmed(*quoted)
        if span is not None:
            walk.add(other(walk.spans.text(span)), inner, span)
    return True


def read_relatives(
    walk: "Walk", verb: "Token", frame: Frame, without: tuple["Token", ...]
) -> list["Token"]:
    """Non-restrictive relative clauses and ages in apposition: facts of their own."""
    taken: list[Token] = []
    outside = {word.i for one in without for word in one.subtree}
    for one in verb.subtree:
        if one.i in outside or (clause_of(one) != verb and one.dep_ != "relcl"):
            continue
        if one.pos_ in ("NOUN", "PROPN"):
            clause = Clause(verb, one, False, walk.discourse, frame.entity)
            end = walk.parsed.ends[one.i]
            following = walk.drafting.document.text[end : walk.parsed.sentence.end]
            for finding in age_beside(one, following, clause):
                age = str(finding.slots["age"])
                last = end + following.index(age) + len(age) + len(" old")
                walk.add(finding, frame, (walk.parsed.starts[one.left_edge.i], last))
        conceded = one.dep_ == "relcl" and next(
            (up for up in one.children if up.dep_ == "advcl" and concedes(up)), None
        )
        if conceded and walk.clause(conceded, frame, specific=True):
            taken.append(conceded)
        inner = child(one, "relcl") if one.pos_ in ("NOUN", "PROPN") else None
        if inner is None or frame.stance is not Stance.AFFIRMS or one.lemma_.lower() in _VERSIONS:
            continue
        first = min(word.i for word in inner.subtree)
        aside = first > 0 and walk.parsed.doc[first - 1].text == ","
        # "I spoke with a neighbor who stated that …": it is the neighbor who says it.
        says = inner.lemma_.lower() in REPORTING | TELLING and child(inner, "ccomp") is not None
        if (aside or (says and can_speak(one))) and walk.clause(inner, frame):
            taken.append(inner)
    return taken
