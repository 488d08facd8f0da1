"""When it was said to have happened, in the words that were said.

"Thursday afternoon" stays these words; only a whole calendar date becomes EDTF. "When they
arrived" is an anchor, so that "armed at arrival" and "armed after arrival" can be told apart.
"""

import re
from typing import TYPE_CHECKING, Final

from whoseword.intake.reading.grammar import child, is_clause
from whoseword.intake.reading.lexicon import MONTHS, TIME_NOUNS
from whoseword.words import Happened

if TYPE_CHECKING:
    from spacy.tokens import Token

_DATE: Final = re.compile(rf"(?i)\b({'|'.join(MONTHS)}) (\d{{1,2}}), ?(\d{{4}})\b")
_NUMERIC_DATE: Final = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_CLOCK: Final = re.compile(r"\d{1,2}(?::\d\d)? ?[ap]\.?m\.?|\d{1,2}:\d\d|midnight|noon", re.I)
_ARRIVING: Final = frozenset({"arrive", "reach", "enter", "come"})
_ANCHORING: Final = {
    "when": "at",
    "as": "at",
    "once": "at",
    "before": "before",
    "until": "before",
    "after": "after",
}
_TIME_PREPOSITIONS: Final = frozenset({"on", "at", "in", "around", "during", "about"})


def edtf_date(words: str) -> str | None:
    """The calendar date that stands whole in `words`, as EDTF."""
    found = _DATE.search(words)
    if found:
        month = MONTHS.index(found.group(1).lower()) + 1
        return f"{found.group(3)}-{month:02d}-{int(found.group(2)):02d}"
    numeric = _NUMERIC_DATE.search(words)
    if numeric and 1 <= int(numeric.group(1)) <= 12 and 1 <= int(numeric.group(2)) <= 31:
        return f"{numeric.group(3)}-{int(numeric.group(1)):02d}-{int(numeric.group(2)):02d}"
    return None


def time_words(verb: "Token") -> str | None:
    """The words that tell when, on this verb or on its object: "Thursday afternoon"."""
    places = [verb, *(one for one in verb.children if one.dep_ in ("dobj", "attr", "acomp"))]
    for holder in places:
        for one in holder.children:
            words = _time_phrase(one)
            if words:
                return words
    return None


def happened_of(verb: "Token") -> str | Happened | None:
    """When the clause says that it happened: EDTF, an anchor, or words."""
    words = time_words(verb)
    if words:
        return edtf_date(words) or Happened(words=words)
    states = [one for one in verb.children if one.dep_ in ("ccomp", "oprd", "xcomp")]
    states += [one for thing in verb.children if thing.dep_ == "dobj" for one in thing.children]
    above = [verb.head] if verb.dep_ in ("conj", "ccomp", "acl") else []
    for clause in [verb, *above, *states]:
        for one in clause.children:
            anchor = _anchor(one)
            if anchor:
                return anchor
    return None


def _time_phrase(word: "Token") -> str | None:
    if word.dep_ == "npadvmod" and _is_time(word):
        return _text(word)
    if word.dep_ == "prep" and word.lower_ in _TIME_PREPOSITIONS:
        noun = child(word, "pobj")
        if noun is not None and _is_time(noun):
            return _text(noun)
    if word.dep_ == "advmod" and word.lower_ in ("earlier", "yesterday", "today", "later"):
        inner = child(word, "prep")
        noun = child(inner, "pobj") if inner is not None else None
        if noun is None and word.i + 1 < len(word.doc):
            following = word.doc[word.i + 1]
            noun = child(following, "pobj") if following.dep_ == "prep" else None
            inner = following
        if noun is not None and inner is not None and _is_time(noun):
            return f"{word.text} {inner.text} {_text(noun, with_article=True)}"
        return word.text if word.lower_ != "later" else None
    return None


def _is_time(noun: "Token") -> bool:
    if noun.lower_ in TIME_NOUNS or _CLOCK.search(noun.text):
        return True
    return noun.ent_type_ in ("DATE", "TIME") and (
        any(one.lower_ in TIME_NOUNS or _CLOCK.search(one.text) for one in noun.subtree)
    )


def _text(noun: "Token", *, with_article: bool = False) -> str:
    words = [one for one in noun.subtree if one.i <= noun.i or one.ent_type_ in ("DATE", "TIME")]
    following = noun.nbor(1) if noun.i + 1 < len(noun.doc) else None
    if following is not None and following.lower_ in ("a.m.", "p.m.", "am", "pm"):
        return f"{noun.text} {following.text}"
    words = [one for one in words if not any(up.dep_ == "relcl" for up in one.ancestors)]
    while words and words[0].lower_ in ("the", "a", "an") and not with_article:
        words.pop(0)
    first, last = (words[0].i, words[-1].i) if words else (noun.i, noun.i)
    return noun.doc[first : last + 1].text.strip(" ,.") if last else noun.text


def _anchor(clause: "Token") -> Happened | None:
    if clause.dep_ not in ("advcl", "pcomp") or not is_clause(clause):
        return None
    lemma = clause.lemma_.lower()
    if lemma not in _ARRIVING or (lemma == "come" and child(clause, "advmod", "prep") is None):
        return None
    mark = next(
        (one for one in clause.children if one.lower_ in _ANCHORING and one.i < clause.i), None
    )
    if mark is None:
        return None
    relation = _ANCHORING[mark.lower_]
    return Happened(**{relation: "arrival"})
