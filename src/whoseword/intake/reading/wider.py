"""Wider patterns, asked for and not given unasked: what people want, call for, judge and fear.

General news attributes by far more words than those of saying ("criticized the plan", "called for a
review", "his insistence that"). What stands in them is seldom a fact of an incident, and is told less
surely; so they are read only with ``more``, after all else, and only where nothing was read before,
as matters in their own words, in the stance that claims least: a wish or a plan is expected, a demand
is an act, a judgement is a belief.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from whoseword.intake.drafts import Span
from whoseword.intake.reading.cue import Cue
from whoseword.intake.reading.frames import Frame
from whoseword.intake.reading.grammar import (
    agent_of,
    auxiliaries,
    child,
    is_clause,
    is_nobody,
    is_passive,
    modals,
    prepositions_of,
)
from whoseword.intake.reading.lexicon import REPORTING, SHOWING, TELLING
from whoseword.intake.reading.negation import is_negated
from whoseword.intake.reading.salience import IT
from whoseword.intake.reading.wider_words import (
    CLAUSE,
    NOUN,
    SOMEBODY_TO_DO,
    STATE,
    THING,
    THING_AFTER,
    TO_DO,
)
from whoseword.words import Basis, Stance, kind_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from whoseword.intake.reading.interpretation import Walk

_DEMANDING: Final = frozenset(
    {"urge", "demand", "ask", "order", "call", "encourage", "press", "challenge", "request", "push",
     "recommend", "mandate"}
)  # fmt: skip
_WANTING: Final = TO_DO | {"hope", "predict", "promise", "pledge", "vow", "proposal"}
_MOST_UP: Final = 5
_NO_SOURCES: Final = IT | {"that", "this", "what", "which", "there", "these", "those", "who"}
_OF_WHOM: Final = ("by", "of", "from", "among")


def read_wider(walk: "Walk", frame: Frame) -> None:
    """Draft what the wider patterns attribute and no draft of this sentence has a cue for."""
    if not frame.own and walk.found == 0:
        return
    taken = [
        one.cue
        for one in walk.drafting.drafts
        if one.cue is not None
        and one.sentence == (walk.parsed.sentence.start, walk.parsed.sentence.end)
    ]
    for source, cue in _attributions(walk.parsed.doc):
        words = walk.parsed.span_of(cue.words)
        if words is None or any(_overlap(words, one) for one in taken):
            continue
        inner = walk.attribution.frame_of(source, cue, frame)
        if inner is frame:
            continue
        inner = replace(inner.under(cue, words), basis=cue.basis or inner.basis)
        taken.append(words)
        walk.contents(cue.words[-1], cue, inner)
        _without_the_telling(walk, frame, words)


def _without_the_telling(walk: "Walk", frame: Frame, cue: Span) -> None:
    """No second statement for the act of telling: "The mayor criticized the search" is the mayor's."""
    name = frame.entity.display
    walk.drafting.drafts[:] = [
        one
        for one in walk.drafting.drafts
        if not (
            one.cue is None
            and one.statement.speaker.name == name
            and kind_of(one.statement.fact) == "other"
            and (one.statement.source.start or 0) <= cue[0] < (one.statement.source.end or 0)
        )
    ]


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _attributions(doc: "Doc") -> "Iterator[tuple[Token, Cue]]":
    for word in doc:
        if word.pos_ == "NOUN" and word.lemma_.lower() in NOUN:
            source, cue = _of_noun(word), _noun_cue(word)
        elif is_clause(word):
            source, cue = _of_verb(word), _verb_cue(word)
        else:
            continue
        if source is not None and cue is not None and source.i not in [one.i for one in cue.words]:
            yield source, cue


def _of_verb(verb: "Token", up: int = 0) -> "Token | None":
    """Whose word a verb is: its subject, or that of the verb or noun on which it hangs."""
    if is_passive(verb):
        return agent_of(verb)
    own = next((one for one in verb.children if one.dep_ == "nsubj"), None)
    if own is not None and own.lower_ in ("who", "that", "which") and verb.dep_ == "relcl":
        return verb.head
    if own is not None:
        return None if own.lower_ in _NO_SOURCES or is_nobody(own) else own
    if up > _MOST_UP:
        return None
    if verb.dep_ == "acl" and verb.tag_ == "VBG":
        return verb.head
    hangs = verb.dep_ in ("conj", "xcomp") or (verb.dep_ == "advcl" and verb.tag_ == "VBG")
    return _of_verb(verb.head, up + 1) if hangs and is_clause(verb.head) else None


def _of_noun(noun: "Token") -> "Token | None":
    """Whose a noun is: "his claim", "a call by the mayor", "he made the claim"."""
    owner = child(noun, "poss")
    if owner is not None:
        return None if owner.lower_ in _NO_SOURCES else owner
    for prep in noun.children:
        of = child(prep, "pobj") if prep.dep_ == "prep" and prep.lower_ in _OF_WHOM else None
        if of is not None and prep.lower_ == "by":
            return of
    return _of_verb(noun.head) if noun.dep_ == "dobj" and is_clause(noun.head) else None


def _verb_cue(verb: "Token") -> Cue | None:
    lemma = verb.lemma_.lower()
    if lemma == "be":
        return _state_cue(verb)
    content = _content(verb, lemma)
    if content is None or modals(verb):
        # "Might seek", "would oppose": told of what could be, and nobody's word yet.
        return None
    return _cue([*auxiliaries(verb)], content, lemma, negated=is_negated(verb))


def _content(verb: "Token", lemma: str) -> "Token | None":
    clause, wish, thing = child(verb, "ccomp"), child(verb, "xcomp"), child(verb, "dobj")
    if clause is not None and lemma in CLAUSE and is_clause(clause):
        return clause
    if wish is not None and is_clause(wish):
        if thing is not None and lemma in SOMEBODY_TO_DO:
            return wish
        return wish if thing is None and lemma in TO_DO else None
    for prep in prepositions_of(verb):
        noun = child(prep, "pobj", "pcomp")
        if noun is not None and prep.lower_ in THING_AFTER.get(lemma, ()):
            return noun
    usable = thing is not None and thing.pos_ != "PRON" and thing.ent_type_ not in ("DATE", "TIME")
    return thing if usable and lemma in THING else None


def _state_cue(verb: "Token") -> Cue | None:
    state = child(verb, "acomp", "attr")
    if state is None or state.lemma_.lower() not in STATE:
        return None
    inner = child(state, "ccomp", "xcomp") or child(verb, "ccomp")
    prep = next((one for one in state.children if one.dep_ == "prep"), None)
    content = inner if inner is not None else child(prep, "pobj", "pcomp") if prep else None
    if content is None or (content == inner and not is_clause(content)):
        return None
    return _cue([*auxiliaries(verb), state], content, state.lemma_, negated=is_negated(verb))


def _noun_cue(noun: "Token") -> Cue | None:
    clause = next(
        (one for one in noun.children if one.dep_ in ("acl", "ccomp") and is_clause(one)), None
    )
    if clause is not None and clause.i > noun.i and clause.tag_ != "VBN":
        return _cue([noun], clause, noun.lemma_.lower(), negated=False)
    for prep in noun.children:
        about = child(prep, "pobj", "pcomp") if prep.dep_ == "prep" else None
        if about is not None and prep.lower_ in ("about", "for", "of"):
            return _cue([noun], about, noun.lemma_.lower(), negated=False)
    return None


def _cue(words: "list[Token]", content: "Token", lemma: str, *, negated: bool) -> Cue:
    says = lemma in REPORTING | TELLING | SHOWING and is_clause(content)
    if negated:
        return Cue(tuple(words), (content,), Stance.CANNOT_SAY)
    if says:
        return Cue(tuple(words), (content,))
    if lemma in _DEMANDING:
        return Cue(tuple(words), (content,), Stance.DOES)
    if lemma in _WANTING:
        return Cue(tuple(words), (content,), Stance.EXPECTS)
    return Cue(tuple(words), (content,), Stance.BELIEVES, basis=Basis.INFERRED)
