"""Whether a clause is denied, wherever its negation stands.

A denial reaches further than its own verb: over what is coordinated with it ("had not shot, beaten or
handcuffed"), from its subject ("no officer shot or kicked"), from before the clause ("at no time
did"), and through "nor". What it reaches must never come out as affirmed, so where a coordination
could be read either way, it is read as denied.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from whoseword.intake.reading.grammar import (
    SUBJECTS,
    child,
    conjuncts,
    is_nobody,
    is_none_of,
    prepositions_of,
)
from whoseword.intake.reading.lexicon import NEGATIVES, NOBODY

if TYPE_CHECKING:
    from spacy.tokens import Token

_BARE: Final = frozenset({"VB", "VBN", "VBG"})
_NO_TIME: Final = frozenset(
    {"time", "way", "point", "circumstance", "circumstances", "event", "account", "case", "instance",
     "moment", "means", "stage"}
)  # fmt: skip
_EXCEPT: Final = frozenset({"except", "besides", "but", "excepting", "save"})
_LIMITING: Final = frozenset({"only", "fewer", "few", "less", "hardly", "barely"})
_STATES: Final = frozenset({"acomp", "attr", "oprd"})


def is_negated(verb: "Token") -> bool:
    """Whether the clause is denied: "not", "never", "no one …", "no arrests …", "neither", "nor"."""
    return _is_denied_itself(verb) or _shares_a_denial(verb)


def denied_by_whom(verb: "Token") -> bool:
    """Whether it is the subject that denies: "no witness said", "neither of them told"."""
    return any(
        one.dep_ in SUBJECTS and (one.lower_ in NOBODY or _has_no(one)) for one in verb.children
    )


def only_denies_saying(verb: "Token") -> bool:
    """ "They never told him to stop", "no witness said so": that it was said is denied, and nothing
    is left open."""
    never = any(one.lower_ == "never" for one in verb.children)
    bids = child(verb, "xcomp")
    inner = child(verb, "ccomp") if bids is None else bids
    told_to = inner is not None and any(one.tag_ == "TO" for one in inner.children)
    return never or told_to or denied_by_whom(verb)


def denies_in_part(verb: "Token", subject: "Token | None") -> bool:
    """Whether only how, where, whom or all but some is denied, and not that it was: "not seriously
    hurt", "did not die at the scene", "nobody but the driver", "did not stab only her"."""
    words = list(verb.subtree)
    if any(one.lower_ in _EXCEPT for one in words):
        return True
    if subject is not None and any(one.lower_ in _EXCEPT for one in subject.subtree):
        return True
    if verb.lemma_.lower() == "die" and any(
        one.lower_ in ("at", "in") for one in prepositions_of(verb)
    ):
        return True
    if any(one.lower_ in ("only", "just") and one.i > verb.i for one in words):
        return True
    first = min(
        (one.i for one in verb.children if one.dep_ in ("neg", "aux", "auxpass")), default=verb.i
    )
    between = verb.doc[first : verb.i]
    return any(one.lower_.endswith("ly") and one.pos_ == "ADV" for one in between)


def is_limited(subject: "Token | None") -> bool:
    """ "Only one of three officers", "fewer than three", "not every witness": not what they are of."""
    if subject is None:
        return False
    words = {one.lower_ for one in subject.subtree if one.i <= subject.i}
    return bool(words & _LIMITING) or ("not" in words and bool(words & {"every", "all"}))


def is_no_source(subject: "Token") -> bool:
    """Whether nobody in particular would speak: "no witness", "few of them", a pointing "that"."""
    if subject.lower_ in ("that", "this", "these", "those"):
        return True
    return is_nobody(subject) or is_none_of(subject) or is_limited(subject)


def waits_until(verb: "Token") -> bool:
    """ "Did not fire until he raised it": it was so, and then."""
    return any(one.lower_ in ("until", "till") for one in verb.subtree if one.i > verb.i)


def tells_another(verb: "Token") -> bool:
    """ "Not by police but by her husband": one thing is denied, and another is told."""
    return any(one.lower_ == "but" and one.dep_ == "cc" for one in verb.subtree if one.i > verb.i)


def is_failing(verb: "Token") -> bool:
    """ "Was unable to find him", "was negative for opioids": so it was not, without a "not"."""
    state = child(verb, "acomp")
    if state is not None and state.lower_ == "unable" and child(state, "xcomp") is not None:
        return True
    near = (*state.children, *verb.children) if state is not None else ()
    return (
        state is not None
        and state.lower_ == "negative"
        and any(one.lower_ == "for" for one in near)
    )


def _is_denied_itself(verb: "Token") -> bool:
    for one in verb.children:
        # "Both were hurt, neither seriously" comes after what it takes back a part of.
        late = one.lower_ in ("neither", "nor") and one.i > verb.i
        if (one.dep_ == "neg" or one.lower_ in NEGATIVES) and not late:
            return True
        if one.lower_ == "longer" and any(part.lower_ == "no" for part in one.children):
            return True
        if one.dep_ in (*SUBJECTS, "dobj", "attr", "npadvmod", "advmod") and (
            one.lower_ in NOBODY
            or (_has_no(one) and (one.i < verb.i or one.dep_ in ("dobj", "attr")))
            or (one.dep_ == "advmod" and one.lower_ in ("no", "nowhere"))
        ):
            return True
        if one.dep_ in _STATES and any(part.lower_ == "neither" for part in one.children):
            return True
    aux = [one for one in verb.children if one.dep_ in ("aux", "auxpass")]
    if any(one.dep_ == "neg" for verb in aux for one in verb.children):
        return True
    return _nor_before(verb) or _at_no_time(verb)


def _nor_before(verb: "Token") -> bool:
    """ ", nor did they knock": the word hangs on the clause before."""
    first = verb.left_edge.i
    return verb.dep_ == "conj" and first > 0 and verb.doc[first - 1].lower_ == "nor"


def _at_no_time(verb: "Token") -> bool:
    for prep in prepositions_of(verb):
        noun = child(prep, "pobj")
        named = noun is not None and prep.i < verb.i and noun.lemma_.lower() in _NO_TIME
        if noun is not None and named and any(one.lower_ == "no" for one in noun.children):
            return True
    return False


def _shares_a_denial(verb: "Token") -> bool:
    """Whether a coordinated verb without a subject of its own stands under another's denial."""
    if child(verb, *SUBJECTS, "expl") is not None:
        return False
    helped = child(verb, "aux", "auxpass") is not None
    if _is_listed(verb) and not helped:
        return is_negated(verb.head)
    if verb.dep_ != "conj":
        return False
    holder = verb
    while holder.dep_ == "conj":
        holder = holder.head
    over = [holder, *([holder.head] if holder.dep_ in _STATES else [])]
    joins = _joins(holder, verb)
    if helped:
        # "No trooper fired or was hurt"; "was not hurt and was taken home" is two things.
        return joins in ("or", "nor") and any(denied_by_whom(one) for one in over)
    if joins in ("or", "nor"):
        return any(is_negated(one) for one in over)
    if joins not in ("and", ""):
        return False
    if any(denied_by_whom(one) for one in over):
        return True
    same = verb.tag_ == holder.tag_ and verb.tag_ in _BARE
    return same and any(one.dep_ == "neg" for up in over for one in _under(up))


def _is_listed(verb: "Token") -> bool:
    """ "Was not armed, injured or arrested": the parser takes the second for a clause beside."""
    listed = verb.dep_ == "advcl" and verb.tag_ == "VBN" == verb.head.tag_ and verb.i > verb.head.i
    return (
        listed
        and child(verb, "mark", "advmod") is None
        and any(one.dep_ == "cc" and one.lower_ in ("or", "nor") for one in verb.children)
    )


def _joins(holder: "Token", verb: "Token") -> str:
    """The conjunction before the last of a row of coordinated words, or right before this one."""
    words = [one for up in (holder, *conjuncts(holder)) for one in up.children if one.dep_ == "cc"]
    before = [one for one in words if one.i < verb.i]
    after = [one for one in words if one.i > verb.i]
    near = max(before, key=lambda one: one.i, default=None) or min(
        after, key=lambda one: one.i, default=None
    )
    return near.lower_ if near is not None else ""


def _under(verb: "Token") -> Iterator["Token"]:
    """The words beside a verb, and beside its auxiliaries."""
    for one in verb.children:
        yield one
        if one.dep_ in ("aux", "auxpass"):
            yield from one.children


def _has_no(noun: "Token") -> bool:
    """Whether "no" stands before a noun or an adjective of it, or "not one": "no earlier warning"."""
    near = [one for one in noun.children if one.i < noun.i]
    near += [deep for one in near if one.dep_ in ("amod", "nummod") for deep in one.children]
    if any(one.lower_ in ("no", "neither") for one in near):
        return True
    return any(one.lower_ == "not" for one in near) and any(
        one.lower_ in ("one", "single") for one in (noun, *near)
    )
