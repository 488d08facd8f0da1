"""How a clause stands to those around it, where the parse alone does not tell."""

from typing import TYPE_CHECKING, Final

from whoseword.intake.reading.grammar import (
    SUBJECTS,
    after,
    child,
    is_clause,
    is_passive,
    subject_of,
)
from whoseword.intake.reading.lexicon import NEGATIVES, NOBODY, TIME_NOUNS
from whoseword.intake.reading.speakers import can_speak

if TYPE_CHECKING:
    from spacy.tokens import Token

_POINTERS: Final = frozenset(
    {"information", "aspect", "matter", "claim", "question", "allegation", "issue", "point", "it",
     "that", "this", "detail", "details", "report"}
)  # fmt: skip
_NOT_SO: Final = frozenset(
    {"if", "unless", "until", "till", "before", "whether", "lest", "than", "like", "without",
     "instead", "rather", "from", "provided", "except", "besides"}
)  # fmt: skip
_TIMES: Final = frozenset({"when", "once", "after", "as", "while", "whenever"})
_BIDDING: Final = frozenset({"tell", "order", "instruct", "direct", "command"})
SUPPOSING: Final = frozenset({"let", "suppose", "assume", "imagine", "consider", "say", "picture"})
ASKING: Final = frozenset({"ask", "question", "press", "query"})


def asked_of(verb: "Token") -> "Token | None":
    """What is asked for, by whoever asks: a clause, or a thing; not "asked about"."""
    if verb.lemma_.lower() in _BIDDING and not is_passive(verb):
        bid = child(verb, "xcomp", "ccomp")
        told_to = bid is not None and any(one.tag_ == "TO" for one in bid.children)
        return bid if told_to and child(verb, "dobj", "dative", "nsubj") is not None else None
    if verb.lemma_.lower() not in ("ask", "request", "urge", "encourage"):
        return None
    if is_passive(verb):
        # "Residents are asked to …": whoever says so asks them.
        asks_now = any(
            one.dep_ == "auxpass" and one.tag_ in ("VBP", "VBZ") for one in verb.children
        )
        wanted = child(verb, "xcomp")
        return wanted if asks_now and child(verb, "agent") is None else None
    if verb.lemma_.lower() == "encourage":
        return None
    inner = child(verb, "ccomp", "xcomp")
    if inner is not None and is_clause(inner):
        return inner
    thing = child(verb, "dobj")
    return thing if verb.lemma_.lower() == "request" else None


def subject_in_preposition(verb: "Token") -> "Token | None":
    """In "after a 911 call reported …", the call, which the parser hung on "after"."""
    before = verb.nbor(-1) if verb.i > 0 else None
    if before is not None and before.dep_ == "pobj" and before.head.lower_ in ("after", "since"):
        return before
    return None


def points_back(word: "Token") -> bool:
    """ "that information", "this aspect": a pointer, not a matter of its own."""
    if word.pos_ == "PRON" and word.dep_ in ("dobj", "dative", "pobj"):
        return True
    if is_clause(word) or (word.lemma_.lower() not in _POINTERS and word.lower_ not in _POINTERS):
        return False
    det = child(word, "det")
    return word.pos_ == "PRON" or (
        det is not None and det.lower_ in ("this", "that", "these", "those")
    )


def span_head(verb: "Token", subject: "Token | None") -> "Token":
    """Where a clause's words hang: a participle's on its noun, "A was seen" on itself."""
    if verb.dep_ == "acl" and subject == verb.head:
        return verb.head
    if verb.lemma_.lower() == "kill" and verb.dep_ == "conj" and verb.head.lemma_ == "shoot":
        return verb.head
    return verb


def concedes(clause: "Token") -> bool:
    """Whether a clause opens with "although" or its like: it is said of the whole sentence."""
    opening = [one.lower_ for one in clause.children if one.dep_ == "mark"]
    return bool({"although", "though", "while", "whereas"} & set(opening))


def differs_in_form(one: "Token", verb: "Token") -> bool:
    """Whether a verb without a subject of its own is in a plain past and `verb` is not."""
    return subject_of(one) is None and one.tag_ == "VBD" and verb.tag_ != "VBD"


def clause_of(word: "Token") -> "Token":
    """The nearest clause above a word."""
    for up in word.ancestors:
        if is_clause(up):
            return up
    return word


def is_imperative(verb: "Token") -> bool:
    """Whether the sentence asks or orders: "Please do not share videos"."""
    if verb.tag_ != "VB" or verb.dep_ != "ROOT" or subject_of(verb) is not None:
        return False
    return all(one.lower_ in ("do", "don't") for one in verb.children if one.dep_ == "aux")


def bids_suppose(verb: "Token") -> bool:
    """ "Suppose he was armed", "let's assume": what follows is told by nobody."""
    bids = verb.tag_ in ("VB", "VBP") and subject_of(verb) is None
    return bids and verb.lemma_.lower() in SUPPOSING and child(verb, "aux", "neg") is None


def asks_for(verb: "Token") -> bool:
    """Whether a clause in the imperative asks for something; a heading does not, nor does who asks
    one to suppose something."""
    ends = verb.doc[-1].text in (".", "!", '"', "'")
    return is_imperative(verb) and ends and verb.lemma_.lower() not in SUPPOSING


def only_tells(verb: "Token", subject: "Token | None") -> bool:
    """ "A said on Monday": an act of telling whose words stand elsewhere is no statement."""
    if verb.lemma_.lower() != "say" or subject is None or not can_speak(subject):
        return False
    return all(
        one.dep_ in ("nsubj", "aux", "advmod", "punct", "npadvmod", "cc")
        or (one.dep_ == "prep" and any(noun.lower_ in TIME_NOUNS for noun in one.subtree))
        for one in verb.children
    )


def negates_outside(inner: "Token") -> bool:
    """Whether a "no" or "not" of the sentence stands outside this clause."""
    inside = {one.i for one in inner.subtree}
    words = NEGATIVES | NOBODY | {"no"}
    return any(one.lower_ in words and one.i not in inside for one in inner.doc)


def is_within(above: "Token", word: "Token", quoted: tuple[int, int]) -> bool:
    """Whether the word above another stands in the same quotation."""
    return above != word and quoted[0] <= above.i <= quoted[1]


def gives_reason(clause: "Token") -> bool:
    """Whether a subordinate clause opens with "because" or its like."""
    return any(one.dep_ == "mark" and one.lower_ in ("because", "since") for one in clause.children)


def question_before(verb: "Token") -> "Token | None":
    """What was asked, in "asked whether …, A said that he could not say"."""
    holders = [verb, *(one for one in verb.ancestors)]
    for holder in holders:
        for one in holder.children:
            if one.dep_ != "advcl" or one.lemma_.lower() not in ASKING:
                continue
            inner = child(one, "ccomp", "xcomp", "advcl")
            about = after(one, "about", "on", "regarding")
            return inner if inner is not None else about
    return None


def subordinate(word: "Token", subject: "Token | None") -> list[tuple["Token", "Token | None"]]:
    """Clauses that `word` brings in and that are said to be so, each with its subject.

    An adverbial clause shares the subject; the clause of "after a 911 call that reported …" has
    the call.
    """
    inner = word if word.dep_ == "advcl" else child(word, "pcomp") if word.dep_ == "prep" else None
    if inner is not None and is_clause(inner):
        return [(inner, subject)] if is_asserted(inner) else []
    if word.dep_ != "prep":
        return []
    calls = [one for one in word.subtree if one.dep_ == "relcl" and is_clause(one)]
    return [(one, one.head) for one in calls if one.head.lemma_.lower() == "call"]


def is_asserted(clause: "Token") -> bool:
    """Whether a subordinate clause is itself said to be so; "if", "until", "before" are not, nor
    is what something was done for: "came to tell them", nor what is yet to come: "once he is out"."""
    if any(one.tag_ == "TO" for one in clause.children):
        return False
    opens = opening_word(clause)
    denied = any(one.dep_ == "neg" for one in clause.head.head.children)
    if opens == "as" and clause.dep_ == "pcomp" and denied:
        # "Should not be read as saying that …".
        return False
    if clause.dep_ == "pcomp" and any(one.lower_ in _NOT_SO for one in clause.head.children):
        return False
    if opens in _NOT_SO or (opens == "of" and clause.head.head.lower_ in _NOT_SO):
        return False
    return not (_is_inverted(clause) or (opens in _TIMES and _is_to_come(clause)))


def _is_inverted(clause: "Token") -> bool:
    """ "Had he not fled", "were it so", "should he run": a condition without an "if"."""
    subject = child(clause, "nsubj", "nsubjpass")
    helping = child(clause, "aux", "auxpass")
    if subject is None or helping is None or opening_word(clause) is not None:
        return False
    return helping.lower_ in ("had", "were", "should") and helping.i < subject.i


def _is_to_come(clause: "Token") -> bool:
    """Whether a clause of time tells of what is to come: its own verb in the present, the main
    one in the future or an order."""
    main = clause.head
    ahead = main.tag_ == "MD" or any(
        one.tag_ == "MD" and one.dep_ == "aux" for one in main.children
    )
    asks = main.tag_ == "VB" and child(main, *SUBJECTS) is None
    helping = [one for one in clause.children if one.dep_ in ("aux", "auxpass")]
    tense = helping[0].tag_ if helping else clause.tag_
    return (ahead or asks) and tense in ("VBP", "VBZ", "VB", "MD")


def opening_word(clause: "Token") -> str | None:
    """The word that subordinates a clause: "if", "after", "until"."""
    for one in clause.children:
        opens = one.dep_ == "mark" or one.pos_ in ("SCONJ", "ADP") or one.lower_ in _TIMES
        if one.dep_ in ("mark", "advmod") and one.i < clause.i and opens:
            return str(one.lower_)
    return str(clause.head.lower_) if clause.dep_ == "pcomp" else None
