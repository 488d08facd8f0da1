"""Small questions put to a noun phrase: its article, what sets it apart, whether it is a name."""

from typing import TYPE_CHECKING, Final

from whoseword.intake.reading.grammar import LABELLED, after, child, conjuncts
from whoseword.intake.reading.lexicon import NAMED_AGENCY, PERSONS
from whoseword.intake.reading.naming import common_name, is_agency, slug
from whoseword.intake.reading.negation import is_negated

if TYPE_CHECKING:
    from spacy.tokens import Token

INDEFINITE: Final = frozenset({"a", "an", "another", "some"})
_APART: Final = frozenset({"other", "another", "second", "third", "fourth", "fifth", "first"})


def determiner(noun: "Token") -> str | None:
    """The article or the like before a noun; a possessor counts as "the"."""
    for one in noun.lefts:
        if one.dep_ in ("det", "poss") and one.i < noun.i:
            return one.lower_ if one.dep_ == "det" else "the"
    return None


def quoted(word: "Token") -> bool:
    """Whether a word stands between quotation marks."""
    return sum(1 for one in word.doc[: word.i] if one.text == '"') % 2 == 1


def is_labelled_person(word: "Token") -> bool:
    """ "W-1": a witness by the number that a report gives them."""
    return LABELLED.fullmatch(word.text) is not None


def is_denied(noun: "Token") -> bool:
    """Whether the noun is the object of a negated verb: "did not cut an officer" brings up none."""
    return noun.dep_ in ("dobj", "attr") and is_negated(noun.head)


def apart(noun: "Token") -> str | None:
    """The word that sets one apart from the others: "other", "third"."""
    for one in noun.lefts:
        if one.lower_ in _APART and one.dep_ == "amod":
            return one.lower_
    return None


def is_counted(noun: "Token") -> bool:
    """Whether a number stands before the noun: "two officers"."""
    return any(one.dep_ == "nummod" and one.i < noun.i for one in noun.lefts)


def is_coordinated(noun: "Token") -> bool:
    """Whether the noun is told together with others, as the parser has it or hides it."""
    if noun.dep_ == "conj" or child(noun, "conj") is not None or is_accompanied(noun):
        return True
    relative = child(noun, "relcl")
    return relative is not None and any(one.pos_ == "NOUN" for one in conjuncts(relative))


def is_accompanied(noun: "Token") -> bool:
    """ "A, along with B": for A and for B."""
    if noun.dep_ == "pobj" and noun.head.lower_ == "with" and noun.head.head.lower_ == "along":
        return True
    return any(one.lower_ == "along" and one.dep_ == "prep" for one in noun.children)


def is_inside_a_name(word: "Token") -> bool:
    """Whether a word is only part of a longer name or phrase."""
    if word.dep_ == "poss" and word.text in NAMED_AGENCY and is_agency(word.head):
        return True
    if word.dep_ in ("compound", "nmod", "npadvmod", "nummod", "quantmod"):
        return not (word.head.lower_ in ("present", "inside") and word.i == word.head.i - 1)
    return word.pos_ == "NUM" and not any(map(str.isdigit, word.text))


def agree(one: set[str], other: set[str]) -> bool:
    """Whether the words before two nouns could belong to one: "manager" and "flat manager"."""
    return {part for part in one if not part.isdigit()} <= other or {
        part for part in other if not part.isdigit()
    } <= one


def is_told_apart(noun: "Token") -> bool:
    """Whether words after the noun tell it from others: "the officer who …", "the woman on …".

    Not "the mother of the child": whose somebody is stands for itself.
    """
    if determiner(noun) not in ("the", "that"):
        return False
    for one in noun.rights:
        beside = noun.doc[one.left_edge.i - 1].text == "," if one.left_edge.i > 0 else False
        if beside:
            continue
        if one.dep_ == "relcl" or (one.dep_ == "prep" and one.lower_ in ("on", "in", "at")):
            return noun.lemma_.lower() in PERSONS
    return False


def last_of_name(name: "Token") -> "Token":
    """The last word of a name of which the parser took the title, or the first word, for all."""
    doc = name.doc
    while name.i + 1 < len(doc) and doc[name.i + 1].pos_ == "PROPN":
        name = doc[name.i + 1]
    return name


def owner_of(word: "Token") -> str | None:
    """Whose somebody is: "the child's mother", "the mother of the child"."""
    owner = child(word, "poss") or after(word, "of")
    if owner is None or owner.pos_ == "PRON":
        return None
    return common_name(owner) if owner.pos_ != "PROPN" else slug(owner.text)
