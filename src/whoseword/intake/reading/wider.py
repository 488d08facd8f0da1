"""Wider patterns, asked for and not given unasked: what people want, call for, judge and fear.

General news attributes by far more words than those of saying ("criticized the plan", "called for a
review", "wants the video released"). What stands in them is seldom a fact of an incident, and is
told less surely; so they are read only with ``more``, as matters in their own words, in the stance
that claims least: a wish or a plan is expected, a demand is an act, a judgement is a belief.
"""

from typing import TYPE_CHECKING, Final

from whoseword.intake.reading.cue import Cue
from whoseword.intake.reading.grammar import (
    auxiliaries,
    child,
    is_clause,
    is_negated,
    is_passive,
    prepositions_of,
)
from whoseword.words import Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

_WANTING: Final = frozenset(
    [
        "want",
        "plan",
        "vow",
        "promise",
        "pledge",
        "offer",
        "agree",
        "refuse",
        "decline",
        "seek",
        "intend",
        "hope",
        "threaten",
        "decide",
        "prefer",
        "aim",
        "expect",
        "propose",
        "choose",
        "prepare",
        "wish",
        "resolve",
        "commit",
    ]
)
_DEMANDING: Final = frozenset(
    [
        "urge",
        "demand",
        "ask",
        "request",
        "implore",
        "beg",
        "press",
        "push",
        "encourage",
        "recommend",
        "order",
        "direct",
        "require",
        "challenge",
        "invite",
        "instruct",
        "appeal",
        "call",
    ]
)
_THINKING: Final = frozenset(
    [
        "fear",
        "worry",
        "realize",
        "understand",
        "imagine",
        "guess",
        "figure",
        "learn",
        "discover",
        "know",
        "feel",
        "hope",
        "dream",
        "pray",
        "see",
        "consider",
        "view",
        "regard",
        "rate",
        "judge",
        "conclude",
        "find",
        "determine",
        "predict",
        "forecast",
        "assume",
        "worry",
        "recognize",
        "accept",
        "remain",
        "decide",
        "appreciate",
        "complain",
        "lament",
        "quip",
        "joke",
        "tweet",
        "post",
    ]
)
_JUDGING: Final = frozenset(
    [
        "attack",
        "criticize",
        "blast",
        "condemn",
        "praise",
        "support",
        "oppose",
        "endorse",
        "back",
        "defend",
        "question",
        "cite",
        "reject",
        "blame",
        "accuse",
        "describe",
        "dismiss",
        "hail",
        "slam",
        "denounce",
        "mock",
        "compare",
        "liken",
        "discuss",
        "address",
        "outline",
        "detail",
        "highlight",
        "stress",
        "tout",
        "decry",
        "applaud",
        "welcome",
        "protest",
        "characterize",
        "portray",
        "decry",
        "ridicule",
        "favor",
        "embrace",
        "admire",
        "doubt",
        "deride",
        "bash",
        "rip",
        "label",
        "brand",
        "call",
        "acknowledge",
        "deny",
        "quote",
        "echo",
        "note",
        "mention",
        "announce",
        "reveal",
        "disclose",
        "promise",
        "offer",
        "propose",
        "urge",
        "demand",
        "predict",
        "cheer",
        "celebrate",
        "thank",
        "credit",
        "fault",
        "warn",
        "rebuke",
        "chide",
        "lambaste",
        "promote",
        "pitch",
        "pledge",
        "challenge",
        "dispute",
    ]
)
_PREPOSITIONS: Final = {
    "call": ("for", "on"),
    "push": ("for",),
    "argue": ("for", "against"),
    "warn": ("of", "about", "against"),
    "complain": ("about", "of"),
    "speak": ("of", "about", "out"),
    "talk": ("about", "of"),
    "point": ("to", "out"),
    "refer": ("to",),
    "object": ("to",),
    "agree": ("to", "with", "on"),
    "insist": ("on",),
    "vote": ("for", "against"),
    "hint": ("at",),
    "allude": ("to",),
    "react": ("to",),
    "respond": ("to",),
    "brag": ("about",),
    "boast": ("about", "of"),
    "joke": ("about",),
    "worry": ("about",),
    "think": ("of", "about"),
    "know": ("of", "about"),
    "believe": ("in",),
    "hope": ("for",),
    "plead": ("for",),
    "campaign": ("for", "against"),
    "rail": ("against", "at"),
    "testify": ("about",),
    "ask": ("for", "about"),
    "care": ("about",),
    "appeal": ("to", "for"),
}
_PARTED: Final = ("as", "of", "for", "to", "with")


def wider_cue(verb: "Token", *, speaker_is_record: bool = False) -> Cue | None:
    """What a verb attributes in a wider sense, or None."""
    lemma = verb.lemma_.lower()
    if is_passive(verb):
        return None
    contents = _contents(verb, lemma, speaker_is_record=speaker_is_record)
    if contents is None:
        return None
    if is_negated(verb):
        return Cue(tuple(auxiliaries(verb)), (contents,), Stance.CANNOT_SAY)
    return Cue(tuple(auxiliaries(verb)), (contents,), _stance(lemma))


def _stance(lemma: str) -> Stance:
    if lemma in _DEMANDING:
        return Stance.DOES
    return Stance.EXPECTS if lemma in _WANTING else Stance.BELIEVES


def _contents(verb: "Token", lemma: str, *, speaker_is_record: bool) -> "Token | None":
    clause = child(verb, "ccomp")
    wish = child(verb, "xcomp")
    if clause is not None and is_clause(clause):
        if lemma in _WANTING | _DEMANDING | _THINKING | _JUDGING or speaker_is_record:
            return clause
        return clause if child(clause, "mark") is not None else None
    if wish is not None and is_clause(wish) and lemma in _WANTING | _DEMANDING | _THINKING:
        return wish
    for prep in prepositions_of(verb):
        noun = child(prep, "pobj", "pcomp")
        if noun is not None and prep.lower_ in _PREPOSITIONS.get(lemma, ()):
            return noun
    thing = child(verb, "dobj")
    takes = lemma in _JUDGING | _DEMANDING | {"want", "seek", "predict", "expect", "fear", "view"}
    if thing is not None and thing.pos_ != "PRON" and (takes or speaker_is_record):
        return thing
    return None
