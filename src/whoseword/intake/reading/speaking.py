"""Whose a quotation is that was set aside, from the parse of the sentence around it.

A verb of saying right beside the marks, with its subject, comes first: what else a long sentence
holds misleads the parser. Then the clause that the walk found it in; then any verb beside the
marks, for there are more ways to say something than any list holds.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from whoseword.intake.drafts import Span
from whoseword.intake.reading.cue import Cue
from whoseword.intake.reading.frames import Frame
from whoseword.intake.reading.grammar import auxiliaries
from whoseword.intake.reading.lexicon import REPORTING, TELLING
from whoseword.intake.reading.negation import is_negated
from whoseword.intake.reading.speakers import can_speak

if TYPE_CHECKING:
    from spacy.tokens import Token

    from whoseword.intake.reading.interpretation import Walk

_NEAR: Final = 14
_SUBJECTS: Final = ("nsubj", "nsubjpass")
_QUOTING: Final = REPORTING | TELLING
_NO_SPEECH: Final = frozenset({"be", "have", "do", "use", "call", "name", "title", "entitle"})


def speaking(walk: "Walk", frame: Frame, aside: Span) -> Frame | None:
    """The frame of whoever says what was set aside, or None where nothing tells."""
    near = _beside(walk, aside)
    found = walk.spoken.get(aside)
    for verb, subject in near:
        if verb.lemma_.lower() in _QUOTING and not is_negated(verb):
            said = _said_by(walk, frame, verb, subject)
            # "She heard a man say" gives the same man by two ways; the walk knows of her as well.
            nested = found is not None and found.entity.name == said.entity.name
            return found if nested and found is not None and found.via else said
    if found is not None and found.cue is not None:
        return found
    for verb, subject in near:
        if can_speak(subject) and verb.lemma_.lower() not in _NO_SPEECH and not is_negated(verb):
            return _said_by(walk, frame, verb, subject)
    return None


def _said_by(walk: "Walk", frame: Frame, verb: "Token", subject: "Token") -> Frame:
    cue = Cue(tuple(auxiliaries(verb)), ())
    return walk.attribution.frame_of(subject, cue, frame).under(cue, walk.parsed.span_of(cue.words))


def _beside(walk: "Walk", aside: Span) -> "list[tuple[Token, Token]]":
    """Verbs with a subject right after or before what was set aside: after first, then nearest."""
    doc, starts = walk.parsed.doc, walk.parsed.starts
    inside = [one.i for one in doc if one.i < len(starts) and starts[one.i] == aside[0]]
    if not inside:
        return []
    first, last = inside[0], inside[-1]
    found = []
    for verb in doc:
        after = verb.i > last
        distance = verb.i - last if after else first - verb.i
        if verb.pos_ != "VERB" or not 0 < distance <= _NEAR:
            continue
        subject = _subject_of(verb)
        edges = (last + 1, verb.i) if after else (verb.i + 1, first)
        if subject is None or first <= subject.i <= last:
            continue
        if not _is_interrupted(list(doc[slice(*edges)]), subject):
            found.append((not after, distance, verb, subject))
    return [(verb, subject) for _, _, verb, subject in sorted(found, key=lambda one: one[:2])]


def _subject_of(verb: "Token") -> "Token | None":
    """A verb's subject; of "…, saying", that of the verb it hangs on."""
    own = next((one for one in verb.children if one.dep_ in _SUBJECTS), None)
    if own is None and verb.tag_ == "VBG" and verb.dep_ in ("advcl", "conj"):
        return next((one for one in verb.head.children if one.dep_ in _SUBJECTS), None)
    return own


def _is_interrupted(words: "Sequence[Token]", subject: "Token") -> bool:
    """Whether another sentence, or another subject, stands between the verb and the marks."""
    if any(one.text in (".", "?", "!", ";") for one in words):
        return True
    return any(one.dep_ in _SUBJECTS and one != subject for one in words)
