"""What a person without a name is called as a speaker: in the document's own words for them.

"Woman-2" tells a reader nothing. "Woman who lives upstairs" is what the document says, and keeps
her apart from another woman as the document does.
"""

from typing import TYPE_CHECKING, Final

from whoseword.intake.reading.grammar import child
from whoseword.intake.reading.lexicon import REPORTING, TELLING

if TYPE_CHECKING:
    from spacy.tokens import Token

_BEFORE: Final = frozenset({"compound", "amod", "nummod", "nmod", "quantmod"})
_OPEN_ENDS: Final = frozenset({"ADP", "SCONJ", "CCONJ", "DET", "PART"})
_MOST_WORDS: Final = 9


def _tells_apart(clause: "Token") -> bool:
    """Whether a clause says which one is meant, and does not only go on to what was said."""
    if clause.dep_ == "acl":
        return clause.tag_ == "VBG"
    says = clause.lemma_.lower() in REPORTING | TELLING
    opens = any(one.lower_ in ("who", "that", "whose") for one in clause.subtree)
    return clause.dep_ == "relcl" and opens and not says and child(clause, "mark") is None


def described(word: "Token") -> str:
    """The noun with the words before it and, if they are few, those that tell it from others."""
    before = [one for one in word.lefts if one.dep_ in _BEFORE]
    first = min([word.i, *(one.left_edge.i for one in before)])
    after = [
        one
        for one in word.rights
        if (one.dep_ == "prep" and one.lower_ != "to") or _tells_apart(one)
    ]
    last = word.i
    for one in after:
        beside = one.left_edge.i == last + 1
        if not beside or one.right_edge.i - first >= _MOST_WORDS:
            break
        last = one.right_edge.i
    told = list(word.doc[first : last + 1])
    while told and (told[0].is_punct or told[0].text == '"'):
        told.pop(0)
    while told and (told[-1].is_punct or told[-1].pos_ in _OPEN_ENDS):
        told.pop()
    if any(one.text in (",", ";", '"') for one in told):
        told = list(word.doc[first : word.i + 1])
    return " ".join("".join(one.text_with_ws for one in told).split())
