"""Who somebody without a name is: what the document calls them, and what it told of them.

"Woman-2" tells a reader nothing. "Woman who lives upstairs" is what the document says, and keeps
her apart from another woman as the document does.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Final

from whoseword.intake.reading.entities import Entity
from whoseword.intake.reading.grammar import after, child
from whoseword.intake.reading.lexicon import RECALLED, REPORTING, TELLING
from whoseword.intake.reading.naming import common_name
from whoseword.intake.reading.noun_phrases import agree, owner_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_BEFORE: Final = frozenset({"compound", "amod", "nummod", "nmod", "quantmod"})
_OPEN_ENDS: Final = frozenset({"ADP", "SCONJ", "CCONJ", "DET", "PART"})
_MOST_WORDS: Final = 9


def told_apart(word: "Token", taken: Collection[str]) -> str | None:
    """The description of somebody, unless somebody else is called so already."""
    found = described(word)
    return found if found and found not in taken else None


def by_deed(
    word: "Token", head: str, told_of: Callable[[str], set[str]], known: Mapping[str, Entity]
) -> Entity | None:
    """ "The officer who fired", "the woman on the curb": the one of whom that was told."""
    told: set[str] = set()
    clause = child(word, "relcl")
    if clause is not None:
        for kind in RECALLED.get(clause.lemma_.lower(), ()):
            told |= told_of(kind)
    place = after(clause if clause is not None else word, "on", "in", "at", "outside")
    if place is not None:
        told |= told_of(f"present.{common_name(place)}")
    fits = [known[name] for name in sorted(told) if name in known]
    fits = [entity for entity in fits if entity.head == head]
    return fits[0] if len(fits) == 1 else None


def fitting(word: "Token", head: str, base: str, known: Iterable[Entity]) -> list[Entity]:
    """Those of one head noun whom a definite noun phrase can mean, by what stands before it."""
    modifiers, owner = set(base.split("-")) - {head}, owner_of(word)
    return [
        entity
        for entity in known
        if entity.head == head
        and agree(modifiers, set(entity.name.split("-")) - {head})
        and (owner is None or entity.owner in (None, owner))
    ]


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
    while told and (told[0].is_punct or told[0].text == '"' or told[0].lower_ == "one"):
        told.pop(0)
    while told and (told[-1].is_punct or told[-1].pos_ in _OPEN_ENDS):
        told.pop()
    if any(one.text in (",", ";", '"') for one in told):
        told = list(word.doc[first : word.i + 1])
    return " ".join("".join(one.text_with_ws for one in told).split())
