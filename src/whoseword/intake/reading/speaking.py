"""Whose a quotation is that was set aside, from the parse of the sentence around it.

A verb of saying right beside the marks, with its subject, comes first: what else a long sentence
holds misleads the parser. Then the clause that the walk found it in; then any verb beside the
marks, for there are more ways to say something than any list holds.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from whoseword.intake.drafts import Span
from whoseword.intake.reading.beside import said_by
from whoseword.intake.reading.frames import Frame
from whoseword.intake.reading.lexicon import QUOTING
from whoseword.intake.reading.negation import is_negated
from whoseword.intake.reading.speakers import can_speak

if TYPE_CHECKING:
    from spacy.tokens import Token

    from whoseword.intake.reading.interpretation import Walk

_NEAR: Final = 14
_IN_NAMES: Final = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "PART"})
_SUBJECTS: Final = ("nsubj", "nsubjpass")
_NO_SPEECH: Final = frozenset({"be", "have", "do", "use", "call", "name", "title", "entitle"})


def speaking(walk: "Walk", frame: Frame, aside: Span) -> Frame | None:
    """The frame of whoever says what was set aside, or None where nothing tells."""
    near = _beside(walk, aside)
    found = walk.spoken.get(aside)
    for verb, subject in near:
        if verb.lemma_.lower() in QUOTING and not is_negated(verb):
            said = said_by(walk, frame, verb, subject)
            # "She heard a man say" gives the same man by two ways; the walk knows of her as well.
            nested = found is not None and found.entity.name == said.entity.name
            return found if nested and found is not None and found.via else said
    if found is not None and found.cue is not None:
        return found
    placed = _by_place(walk, aside)
    if placed is not None:
        return said_by(walk, frame, *placed)
    for verb, subject in near:
        if can_speak(subject) and verb.lemma_.lower() not in _NO_SPEECH and not is_negated(verb):
            return said_by(walk, frame, verb, subject)
    return None


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


def _by_place(walk: "Walk", aside: Span) -> "tuple[Token, Token] | None":
    """A verb of saying right after the marks, or after the noun that follows them, whatever the
    parser makes of the two: "…," opined the paper's editor; "…," Bozell answers."""
    doc, starts = walk.parsed.doc, walk.parsed.starts
    inside = [one.i for one in doc if one.i < len(starts) and starts[one.i] == aside[0]]
    words = [one for one in doc[inside[-1] + 1 :] if not one.is_punct] if inside else []
    if not words:
        return None
    noun = _nouns(words)
    if noun and len(noun) < len(words) and _tells(words[len(noun)]):
        return words[len(noun)], noun[-1]
    if len(noun) > 1 and noun[-1].tag_ == "NNS" and _tells(noun[-1]) and _names(noun[-2]):
        return noun[-1], noun[-2]
    after = _nouns(words[1:])
    if _tells(words[0]) and words[0].tag_ in ("VBD", "VBZ", "VBP") and after:
        return words[0], after[-1]
    return None


def _nouns(words: "Sequence[Token]") -> "list[Token]":
    """The noun phrase that opens a row of words, up to its head; empty where none does."""
    found: list[Token] = []
    for one in words:
        if one.pos_ not in _IN_NAMES or (found and one.i != found[-1].i + 1):
            break
        found.append(one)
    while found and not _names(found[-1]) and found[-1].tag_ != "NNS":
        found.pop()
    return found


def _names(word: "Token") -> bool:
    return word.pos_ in ("NOUN", "PROPN", "PRON")


def _tells(word: "Token") -> bool:
    return word.lemma_.lower() in QUOTING and not is_negated(word)


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
    # "A source, who was not allowed to speak, said": the clause is the source's own.
    its = {one.i for aside in subject.children if aside.dep_ == "relcl" for one in aside.subtree}
    return any(one.dep_ in _SUBJECTS and one != subject and one.i not in its for one in words)
