"""Questions put to a parsed sentence: who does what, to whom, and is it denied.

Dependency labels are those of the ClearNLP scheme that spaCy's English models use.
"""

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Final

from whoseword.intake.drafts import Span
from whoseword.intake.reading.lexicon import ANY_PERSON, NOBODY, POSTPOSED
from whoseword.intake.reading.parsing import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

LABELLED: Final = re.compile(r"(?:W|V|S|RP|WIT)[-#]\d{1,2}")
"""A witness, victim or subject by the number that a report gives them."""
SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
OBJECTS: Final = frozenset({"dobj", "obj", "attr", "oprd"})
_EDGE_TAGS: Final = frozenset({",", ".", ":", "``", "''", "-LRB-", "-RRB-", "CC", "_SP", "HYPH"})
_SUBORDINATORS: Final = frozenset({"that", "when", "while", "as", "because", "since", "although",
                                   "though", "after", "once"})  # fmt: skip
_WHOEVER: Final = frozenset({"person", "people", "individual", "individuals", "one"})
_RELATIVE: Final = frozenset({"who", "which", "that", "whom"})


def child(word: "Token", *labels: str) -> "Token | None":
    """The first child of `word` under one of these labels."""
    return next((one for one in word.children if one.dep_ in labels), None)


def is_clause(word: "Token") -> bool:
    """Whether a word heads a clause: a verb, or an auxiliary that helps no other verb."""
    return word.pos_ == "VERB" or (word.pos_ == "AUX" and word.dep_ not in ("aux", "auxpass"))


def subject_of(verb: "Token") -> "Token | None":
    """The verb's own subject; for a relative clause what it describes; for "there is", the thing.

    A bare participle that describes a noun ("an officer carrying …") has that noun as subject.
    """
    found = child(verb, *SUBJECTS)
    several = [one for one in verb.children if one.dep_ == "nsubj"]
    if len(several) > 1 and any(one.text == '"' for one in verb.doc):
        # '"A fire," said the clerk': what is quoted is not who says it.
        outside = [one for one in several if is_quoted(one) == is_quoted(verb)]
        found = outside[-1] if outside else found
    if len(several) > 1 and any(one.text == ":" for one in verb.doc[several[0].i : several[-1].i]):
        # "One more thing, and I only heard it: a dispatcher told …".
        found = several[-1]
    if found is not None and found.lower_ in _RELATIVE and verb.dep_ == "relcl":
        return _antecedent(verb.head) if found.lower_ == "who" else verb.head
    if found is None and verb.dep_ in ("acl",) and verb.tag_ == "VBG":
        return verb.head
    if found is None and child(verb, "expl") is not None:
        return child(verb, "attr", "dobj")
    if found is None and verb.i > 0 and LABELLED.fullmatch(verb.nbor(-1).text):
        # The parser takes "W-1" for no noun.
        return verb.nbor(-1)
    if found is None and verb.dep_ == "ROOT" and verb.tag_ in ("VBZ", "VBD"):
        # A finite verb after a compound noun is sometimes parsed as the last noun of it.
        before = [one for one in verb.lefts if one.dep_ == "compound" and one.i == verb.i - 1]
        return before[0] if before else None
    return found


def is_quoted(word: "Token") -> bool:
    """Whether a word stands between quotation marks; a mark that only closes opens the sentence."""
    marks = [one.i for one in word.doc if one.text == '"']
    before = sum(1 for at in marks if at < word.i)
    opens = len(marks) % 2 == 0 or word.doc[0].text == '"'
    return (before % 2 == 1) == opens if marks else False


def _antecedent(noun: "Token") -> "Token":
    """In "the department in Elm Falls, who …", not the town."""
    if noun.dep_ == "pobj" and noun.pos_ == "PROPN" and noun.head.lower_ in ("in", "of"):
        return noun.head.head
    if is_set_aside(noun) and noun.dep_ in ("appos", "conj", "npadvmod"):
        # "It was the wife, not the son, who …".
        return noun.head
    return noun


def is_set_aside(noun: "Token") -> bool:
    """Whether "not" stands right before a noun phrase: "not the son"."""
    first = noun.left_edge
    own = any(one.lower_ == "not" and one.i < noun.i for one in noun.children)
    return own or (first.i > 0 and first.nbor(-1).lower_ == "not")


def object_of(verb: "Token") -> "Token | None":
    """The direct object; for an object relative clause ("whom he carried") what it describes."""
    found = child(verb, "dobj", "obj")
    if verb.dep_ == "relcl" and (found is None or found.lower_ in _RELATIVE):
        subject = child(verb, *SUBJECTS)
        if found is not None or (subject is not None and subject.lower_ not in _RELATIVE):
            return verb.head if child(verb, "nsubjpass") is None else None
    return found


def is_passive(verb: "Token") -> bool:
    """Whether the subject undergoes what the verb tells."""
    if child(verb, "nsubjpass", "auxpass") is not None:
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and child(verb, "nsubj", "aux", "dobj") is None:
        # "Was detained and taken to the center".
        return is_passive(verb.head)
    bare = verb.tag_ == "VBN" and child(verb, "aux", "dobj") is None
    return bare and verb.dep_ in ("acl", "relcl", "ccomp", "oprd", "advcl")


def agent_of(verb: "Token") -> "Token | None":
    """Who did it, in a passive: the object of "by"."""
    by = child(verb, "agent") or next(
        (one for one in verb.children if one.dep_ == "prep" and one.lower_ == "by"), None
    )
    return child(by, "pobj") if by is not None else None


def after(word: "Token", *prepositions: str) -> "Token | None":
    """The noun after one of these prepositions, as it hangs on `word`, or on its object."""
    for prep in prepositions_of(word):
        if prep.lower_ in prepositions:
            noun = child(prep, "pobj", "pcomp")
            inner = child(prep, "prep")
            if noun is None and inner is not None:
                noun = child(inner, "pobj")
            if noun is not None:
                return noun
    return None


def prepositions_of(word: "Token") -> Iterator["Token"]:
    """The prepositions and particles that hang on `word`, in order."""
    for one in word.children:
        if one.dep_ in ("prep", "dative", "agent", "prt") or (
            one.dep_ == "advmod" and one.pos_ == "ADP"
        ):
            yield one


def _is_missed(word: "Token") -> bool:
    """Whether a word is a verb that the parser took for an adjective: "a knife attacked officers"."""
    return word.dep_ == "amod" and word.tag_ in ("VBD", "VBN") and word.nbor(-1).pos_ == "NOUN"


def conjuncts(word: "Token") -> list["Token"]:
    """What is coordinated with `word` after it, through the whole chain."""
    found: list[Token] = []
    nearest = child(word, "conj")
    while nearest is not None:
        found.append(nearest)
        nearest = child(nearest, "conj")
    return found


def members(noun: "Token") -> list["Token"]:
    """A coordinated noun phrase's heads ("a woman and a child"), "along with" included.

    After "both A and B" the parser often hangs B elsewhere; then it is found by position.
    """
    heads = [noun_head(noun), *(noun_head(one) for one in conjuncts(noun) if one.pos_ != "VERB")]
    # "a woman, a man and a baby": the parser takes the second for an apposition to the first.
    beside = child(noun, "appos")
    if beside is not None and child(beside, "cc") is not None and child(beside, "det") is not None:
        heads += [noun_head(one) for one in (beside, *conjuncts(beside))]
    # "the officer who fired and two others": the parser coordinates "fired" with "others".
    relative = child(noun, "relcl")
    if relative is not None:
        heads += [noun_head(one) for one in conjuncts(relative) if one.pos_ in ("NOUN", "PROPN")]
    # Or it makes both of them subjects of the verb; where a verb stands between, it missed that
    # verb, and what the second did is not the first's: "a man with a knife ran, and B fired".
    more = [one for one in noun.head.children if one.dep_ == "nsubj" and one.i > noun.i]
    if noun.dep_ == "nsubj" and more and not any(one.text == '"' for one in noun.doc):
        apart = any(_is_missed(one) for one in noun.doc[noun.i + 1 : more[-1].i])
        heads = [*([] if apart else heads), *(noun_head(one) for one in more)]
    for prep in noun.children:
        if prep.lower_ in ("along", "with", "including") and prep.dep_ == "prep":
            inner = child(prep, "prep") or prep
            with_whom = child(inner, "pobj")
            if prep.lower_ == "along" and with_whom is not None:
                heads.extend(members(with_whom))
    if len(heads) == 1:
        stray = _stray_conjunct(noun)
        if stray is not None:
            heads.append(stray)
    kept = [one for one in heads if not is_set_aside(one)]
    return list(dict.fromkeys(kept or heads))


def _stray_conjunct(noun: "Token") -> "Token | None":
    """The noun of "and the N" right after `noun`, where the parser hung it on something else."""
    doc = noun.doc
    at = noun.i + 1
    if at + 2 >= len(doc) or doc[at].lower_ != "and" or doc[at + 1].pos_ != "DET":
        return None
    at += 2
    while at < len(doc) and doc[at].pos_ in ("ADJ", "NUM"):
        at += 1
    if at >= len(doc) or doc[at].pos_ not in ("NOUN", "PROPN"):
        return None
    head = doc[at]
    follows = next((one for one in doc[at + 1 : at + 4] if one.dep_ in SUBJECTS), None)
    if head.dep_ in SUBJECTS or follows is not None:
        return None
    return noun_head(head.head if head.dep_ == "compound" else head)


def noun_head(noun: "Token") -> "Token":
    """The noun itself where the parser took a postposed word ("the child present") for it."""
    if noun.lower_ in POSTPOSED:
        inner = [one for one in noun.children if one.dep_ == "compound" and one.i == noun.i - 1]
        if inner:
            return inner[0]
    return noun


def is_nobody(noun: "Token") -> bool:
    """Whether a noun stands for anyone at all: "nobody", "anyone", "no person"."""
    if any(one.lower_ == "else" for one in noun.children):
        return False
    return noun.lower_ in ANY_PERSON or (
        noun.lower_ in _WHOEVER
        and any(det.lower_ in ("no", "any") and det.dep_ == "det" for det in noun.children)
        and not any(one.dep_ in ("amod", "relcl", "acl") for one in noun.children)
    )


def is_none_of(noun: "Token") -> bool:
    """Whether a noun stands for none of some: "no other officer", "nobody else"."""
    if is_nobody(noun):
        return False
    none = any(det.lower_ in ("no", "neither") and det.dep_ == "det" for det in noun.children)
    return none or noun.lower_ in NOBODY - {"nothing"}


def modals(verb: "Token") -> set[str]:
    """The modal auxiliaries of a verb, in lower case."""
    return {one.lower_ for one in verb.children if one.dep_ == "aux" and one.tag_ == "MD"}


def auxiliaries(verb: "Token") -> list["Token"]:
    """The verb with its auxiliaries, negation and particle: the words of a cue."""
    kept = ("aux", "auxpass", "neg", "prt")
    near = [one for one in verb.children if one.dep_ in kept and abs(one.i - verb.i) <= 5]
    return [*near, verb]


def content_span(
    parsed: Parsed, head: "Token", without: Collection["Token"], *, keep_mark: bool = False
) -> Span | None:
    """The characters of what `head` heads, without the parts given, edges trimmed.

    Trimmed are conjunctions, "that", punctuation and quote marks; "whether" stays if `keep_mark`.
    """
    out = {one.i for part in without for one in part.subtree}
    words = [one for one in head.subtree if one.i not in out]
    while words and _is_edge(words[0], head, keep_mark=keep_mark):
        words.pop(0)
    if words and head.dep_ == "relcl" and words[0].lower_ in ("who", "which", "that"):
        words = words[1:] if words[0].dep_ in SUBJECTS and words[0].head == head else words
    while words and _is_edge(words[-1], head, keep_mark=False):
        words.pop()
    if not words:
        return None
    first, last = words[0].i, words[-1].i
    # A quotation within what is said keeps both its marks.
    inside = [one for one in head.doc[first : last + 1] if one.text == '"']
    if len(inside) % 2 and last + 1 < len(head.doc) and head.doc[last + 1].text == '"':
        last += 1
    elif len(inside) % 2 and first > 0 and head.doc[first - 1].text == '"':
        first -= 1
    return parsed.span(first, last)


def _is_edge(word: "Token", head: "Token", *, keep_mark: bool) -> bool:
    if word.tag_ in _EDGE_TAGS or word.is_space or word.text in ('"', "'", "—", "-", "--"):
        return True
    if word.head == head and word.lower_ in _SUBORDINATORS and word.dep_ in ("mark", "advmod"):
        return True
    if word.lower_ == "that" and (word.dep_ == "mark" or head.dep_ == "ccomp"):
        # The parser takes the "that" of "told him that he left" for an object of "left".
        return word.dep_ in ("mark", "dobj") and word.head == head
    if word.dep_ == "mark" and word.lower_ in ("whether", "if"):
        return not keep_mark
    return word.lower_ in ("but", "and", "however", "though") and word.dep_ in ("cc", "advmod")
