"""The words that make something somebody's word: reporting, belief, perception, non-answers.

A non-answer is looked for first: "did not confirm whether" must never be read as "confirmed".
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from whoseword.intake.reading.grammar import (
    after,
    agent_of,
    auxiliaries,
    child,
    is_clause,
    is_negated,
    is_passive,
    is_quoted,
    members,
    modals,
)
from whoseword.intake.reading.lexicon import (
    ANSWERING,
    BELIEVING,
    DELIVERING,
    DENYING,
    EXPECTING,
    FINDING,
    INFORMATION,
    PERCEIVING,
    RAISING,
    RECORDS,
    REPLYING,
    REPORTING,
    SHOWING,
    TELLING,
    TIME_NOUNS,
    WITHHOLDING,
)
from whoseword.words import Basis, Hedge, Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ABLE: Final = frozenset({"able", "unable"})
_TO_BE_LEARNT: Final = frozenset({"determine", "see", "know", "establish", "answer", "learn"})
_UNKNOWN: Final = frozenset({"unclear", "unknown", "uncertain", "unsure", "clear", "known", "sure"})
_OBJECT_TAKING: Final = frozenset(
    {"report", "describe", "confirm", "recount", "recall", "mention", "announce", "reveal", "claim",
     "allege", "acknowledge", "detail", "deny", "dispute", "reject", "advise", "predict"}
)  # fmt: skip
_MOMENTS: Final = frozenset({"moment", "scene", "time", "discovery", "instance", "day", "night"})


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that attribute: their stance, and the heads of what is said.

    `quoted` are the first and last word of a quotation that no clause heads. `speakers` are those named by "by", where the cue is passive. `contents` is empty where the matter is not worded beside the cue. `new_speaker` is false for
    turns that leave the word with whoever had it ("appears to", "was said to").
    """

    words: tuple["Token", ...]
    contents: tuple["Token", ...]
    stance: Stance = Stance.AFFIRMS
    hedge: Hedge | None = None
    basis: Basis | None = None
    new_speaker: bool = True
    addressee: "Token | None" = None
    speakers: tuple["Token", ...] = ()
    quoted: tuple[int, int] | None = None
    denies: bool = field(default=False)

    @property
    def is_non_answer(self) -> bool:
        """Whether it leaves the question open."""
        return self.stance in (
            Stance.CANNOT_SAY,
            Stance.DOES_NOT_KNOW,
            Stance.DECLINES,
            Stance.NO_REPLY,
        )


def cue_of(verb: "Token", *, speaker_is_record: bool = False) -> Cue | None:
    """What `verb` attributes, or None where it only tells."""
    lemma = verb.lemma_.lower()
    for rule in (_non_answer, _raising, _passive_report):
        cue = rule(verb, lemma)
        if cue is not None:
            return cue
    contents = contents_of(verb, lemma)
    shown = child(verb, "dobj")
    if not contents and speaker_is_record and lemma in ("show", "capture") and shown is not None:
        contents = [shown]
    if is_passive(verb):
        return None
    if not contents:
        quoted = quotation_beside(verb) if lemma in REPORTING | TELLING else None
        return Cue(tuple(auxiliaries(verb)), (), quoted=quoted) if quoted is not None else None
    return _speech(verb, lemma, contents, speaker_is_record=speaker_is_record)


def _speech(
    verb: "Token", lemma: str, contents: list["Token"], *, speaker_is_record: bool
) -> Cue | None:
    words, told = tuple(auxiliaries(verb)), tuple(contents)
    negated = is_negated(verb)
    if lemma in DENYING or lemma == "dispute":
        if negated:
            plain = lemma == "dispute"
            return Cue(words, told, Stance.AFFIRMS if plain else Stance.CANNOT_SAY)
        return Cue(words, told, denies=True)
    if lemma in PERCEIVING:
        if negated:
            return Cue(words, told, Stance.DOES_NOT_KNOW)
        return Cue(words, told, basis=Basis(PERCEIVING[lemma]))
    if lemma in BELIEVING:
        if lemma == "doubt" or negated:
            return Cue(words, told, Stance.BELIEVES, Hedge.POSSIBLE, Basis.INFERRED, denies=True)
        return Cue(words, told, Stance.BELIEVES, basis=Basis.INFERRED)
    if lemma in EXPECTING:
        return None if negated else Cue(words, told, Stance.EXPECTS)
    if speaker_is_record and lemma in SHOWING:
        stance = Stance.DOES_NOT_KNOW if negated else Stance.AFFIRMS
        return Cue(words, told, stance, basis=None if negated else Basis.RECORD)
    if lemma in TELLING or lemma in REPORTING or lemma in ("call", "label", "term"):
        if negated:
            return Cue(words, told, Stance.CANNOT_SAY)
        hedge = Hedge.POSSIBLE if lemma in ("suggest", "estimate") else None
        return Cue(words, told, hedge=hedge, addressee=addressee_of(verb))
    bare = child(told[0], "mark", "aux", "auxpass") is None
    armed = bare and (told[0].lower_ == "armed" or not is_clause(told[0]))
    if lemma in FINDING and not armed:
        return Cue(words, told, basis=Basis.CONCLUDED)
    return None


def contents_of(verb: "Token", lemma: str) -> list["Token"]:
    """The heads of what a verb of speech or thought says, or an empty list."""
    clauses = [
        one
        for one in verb.children
        if one.dep_ in ("ccomp", "parataxis") and (is_clause(one) or one.pos_ in ("ADJ", "NOUN"))
    ]
    if clauses:
        return clauses[-1:] if lemma not in REPORTING else clauses
    for one in verb.children:
        if one.dep_ == "xcomp" and is_clause(one):
            # "Offered to", "warned them to": what is to be done is not said to be so.
            told_to = any(part.dep_ == "aux" and part.lower_ == "to" for part in one.children)
            if lemma in TELLING | FINDING or (told_to and lemma not in EXPECTING | {"claim"}):
                continue
            return [one]
    thing = child(verb, "dobj")
    if thing is not None and lemma in _OBJECT_TAKING | PERCEIVING.keys():
        if thing.lemma_.lower() in RECORDS and lemma in PERCEIVING:
            return []
        seen_doing = next((one for one in thing.children if one.dep_ == "acl"), None)
        if lemma in PERCEIVING and seen_doing is not None and is_clause(seen_doing):
            return [seen_doing]
        if thing.lemma_.lower() in _MOMENTS:
            inner = next(
                (one for one in thing.children if one.dep_ in ("relcl", "acl", "advcl")), None
            )
            return [inner] if inner is not None and is_clause(inner) else [thing]
        return [thing] if thing.ent_type_ not in ("DATE", "TIME") else []
    if thing is not None and lemma in ("call", "label", "term") and child(verb, "oprd") is not None:
        return [thing] if any(one.text == '"' for one in verb.subtree) else []
    return []


def quotation_beside(verb: "Token") -> tuple[int, int] | None:
    """The first and last word between quotation marks beside a verb of speech.

    A mark without its partner opens at the sentence's start or closes at its end.
    """
    doc = verb.doc
    if is_quoted(verb):
        return None
    marks = [one.i for one in doc if one.text == '"']
    if len(marks) == 1:
        opens = marks[0] < verb.i and doc[: marks[0]].text.strip() == ""
        marks = [marks[0], len(doc)] if opens or marks[0] > verb.i else [-1, marks[0]]
    for first, last in zip(marks[::2], marks[1::2], strict=False):
        if not first < verb.i < last and last - first > 1:
            return first + 1, last - 1
    return None


def direct_speech(words: "Doc") -> tuple["Token", tuple[int, int]] | None:
    """A verb of speech outside a quotation whose words do not hang on it, and the quotation.

    Looked for because long quotations mislead the parser: the verb has its subject outside the
    marks and stands right before or after them.
    """
    marks = [one.i for one in words if one.text == '"']
    root = next((one for one in words if one.head == one), None)
    for first, last in zip(marks[::2], marks[1::2], strict=False):
        before = words[first - 1] if first > 0 else None
        opens = before is None or before.text in (",", ":") or before.lemma_.lower() in REPORTING
        # A few words quoted within a clause ("won 'every debate'") are that clause's own.
        if last - first < 4 or not opens:
            continue
        for verb in words:
            near = -12 <= verb.i - first < 0 or 0 < verb.i - last <= 12
            if not near or verb.lemma_.lower() not in REPORTING or verb.pos_ != "VERB":
                continue
            subject = next((one for one in verb.children if one.dep_ == "nsubj"), None)
            if subject is None or is_quoted(subject) or is_quoted(verb) or is_negated(verb):
                continue
            if verb != root or not any(first < one.i < last for one in verb.children):
                return verb, (first + 1, last - 1)
    return None


def addressee_of(verb: "Token") -> "Token | None":
    """Who was told, where the verb says so and it is not the verb's own content."""
    if verb.lemma_.lower() in TELLING:
        told = child(verb, "dobj", "dative")
        if told is not None and told.lower_ not in TIME_NOUNS:
            return told
    return after(verb, "to") if verb.lemma_.lower() in REPORTING else None


def _raising(verb: "Token", lemma: str) -> Cue | None:
    """ "appears to have been …": what follows is possible, and still the same one's word."""
    inner = child(verb, "xcomp", "ccomp")
    if lemma not in RAISING or inner is None or is_negated(verb):
        return None
    return Cue((verb,), (inner,), hedge=Hedge.POSSIBLE, new_speaker=False)


def _passive_report(verb: "Token", lemma: str) -> Cue | None:
    """ "was said to", "is believed to", "it was reported that"; with "by", an ordinary report."""
    if not is_passive(verb) or agent_of(verb) is not None or is_negated(verb):
        return None
    inner = child(verb, "xcomp", "ccomp")
    if inner is None:
        return None
    if lemma in TELLING and child(verb, "ccomp") is not None:
        return Cue(tuple(auxiliaries(verb)), (inner,), basis=Basis.WAS_TOLD)
    if lemma in BELIEVING:
        return Cue(tuple(auxiliaries(verb)), (inner,), hedge=Hedge.POSSIBLE, new_speaker=False)
    if lemma in EXPECTING:
        return Cue(tuple(auxiliaries(verb)), (inner,), Stance.EXPECTS, new_speaker=False)
    if lemma in REPORTING:
        return Cue(tuple(auxiliaries(verb)), (inner,), hedge=Hedge.REPORTED, new_speaker=False)
    return None


# --- non-answers -------------------------------------------------------------------------------


def _non_answer(verb: "Token", lemma: str) -> Cue | None:
    for rule in (_unable, _declined, _unanswered, _not_known, _not_provided_by, _not_said):
        cue = rule(verb, lemma)
        if cue is not None:
            return cue
    return None


def _unable(verb: "Token", lemma: str) -> Cue | None:
    """ "was unable to provide that information", "was not able to say"."""
    state = child(verb, "acomp")
    if lemma != "be" or state is None or state.lower_ not in _ABLE:
        return None
    act = child(state, "xcomp")
    if act is None or act.lemma_.lower() not in ANSWERING:
        return None
    if (state.lower_ == "unable") == is_negated(verb):
        return None
    words = (*auxiliaries(verb), state, act)
    return Cue(words, _matter(act), Stance.CANNOT_SAY)


def _declined(verb: "Token", lemma: str) -> Cue | None:
    """ "declined to comment", "refused to say", "had no comment", "would not give"."""
    if lemma in ("decline", "refuse"):
        act = child(verb, "xcomp")
        if act is not None and act.lemma_.lower() in ANSWERING:
            return Cue((*auxiliaries(verb), act), _matter(act), Stance.DECLINES)
        thing = child(verb, "dobj")
        if thing is not None and thing.lower_ in ("comment", "interview"):
            return Cue((*auxiliaries(verb), thing), _matter(verb, but=thing), Stance.DECLINES)
        return None
    if lemma == "have" and is_negated(verb):
        thing = child(verb, "dobj")
        if thing is None:
            return None
        if thing.lower_ == "comment":
            return Cue((*auxiliaries(verb), *_left(thing), thing), _matter(thing), Stance.DECLINES)
        if thing.lower_ in ("idea", "information", "knowledge", "number", "details"):
            words = (*auxiliaries(verb), *_left(thing), thing)
            return Cue(words, _matter(thing) or (thing,), Stance.DOES_NOT_KNOW)
    if lemma in ("confirm", "deny") and any(one.lower_ == "neither" for one in verb.children):
        denying = child(verb, "conj")
        asked = _matter(verb) or (_matter(denying) if denying is not None else ())
        return Cue((*auxiliaries(verb), *([denying] if denying else [])), asked, Stance.DECLINES)
    return None


def _unanswered(verb: "Token", lemma: str) -> Cue | None:
    """ "did not respond to", "there was no response", "could not be reached"."""
    if not is_negated(verb):
        return None
    if (
        lemma in REPLYING
        and not modals(verb)
        and (lemma != "answer" or child(verb, "dobj") is None)
    ):
        if lemma == "return" and _word(child(verb, "dobj")) not in ("call", "message", "request"):
            return None
        asked = after(verb, "to")
        about = after(asked, "about", "regarding", "on") if asked is not None else None
        return Cue(tuple(auxiliaries(verb)), (about,) if about is not None else (), Stance.NO_REPLY)
    if lemma == "reach" and is_passive(verb) and modals(verb) & {"could"}:
        return Cue(tuple(auxiliaries(verb)), (), Stance.NO_REPLY)
    thing = child(verb, "attr", "nsubj", "dobj", "nsubjpass")
    is_there = child(verb, "expl") is not None or lemma in ("receive", "come")
    if thing is not None and thing.lemma_.lower() in ("response", "reply") and is_there:
        if lemma == "receive" and not is_passive(verb):
            return None
        words = (verb, *_left(thing), thing)
        return Cue(words, _matter(thing), Stance.NO_REPLY)
    return None


def _not_known(verb: "Token", lemma: str) -> Cue | None:
    """ "did not know whether", "it was not clear who", "is unknown"."""
    if lemma == "know" and is_negated(verb) and not is_passive(verb):
        return Cue(tuple(auxiliaries(verb)), _matter(verb), Stance.DOES_NOT_KNOW)
    if lemma == "know" and is_negated(verb):
        return Cue(tuple(auxiliaries(verb)), _matter(verb), Stance.DOES_NOT_KNOW, new_speaker=False)
    open_still = child(verb, "xcomp")
    if lemma == "remain" and open_still is not None and open_still.lemma_.lower() in _TO_BE_LEARNT:
        words = (*auxiliaries(verb), *auxiliaries(open_still))
        return Cue(words, _matter(open_still), Stance.DOES_NOT_KNOW, new_speaker=False)
    state = child(verb, "acomp", "attr")
    if lemma not in ("be", "remain") or state is None or state.lower_ not in _UNKNOWN:
        return None
    negative = state.lower_.startswith("un")
    if negative == is_negated(verb):
        return None
    matter = _matter(verb, but=state) or _matter(state)
    personal = state.lower_ in ("unsure", "sure", "uncertain")
    return Cue((*auxiliaries(verb), state), matter, Stance.DOES_NOT_KNOW, new_speaker=personal)


def _not_provided_by(verb: "Token", lemma: str) -> Cue | None:
    """ "details were not provided by A or B": A and B declined."""
    if lemma not in WITHHOLDING or not is_passive(verb) or not is_negated(verb):
        return None
    by, thing = agent_of(verb), child(verb, "nsubjpass")
    if by is None or thing is None:
        return None
    return Cue(tuple(auxiliaries(verb)), (thing,), Stance.DECLINES, speakers=tuple(members(by)))


def _not_said(verb: "Token", lemma: str) -> Cue | None:
    """ "could not say", "would not say", "did not confirm", "did not give details"."""
    if lemma not in ANSWERING or not is_negated(verb) or is_passive(verb):
        return None
    thing = child(verb, "dobj")
    speaks = lemma not in DELIVERING or (thing is not None and thing.lemma_.lower() in INFORMATION)
    asks = next((one for one in verb.children if one.dep_ == "ccomp"), None)
    if not speaks and asks is None:
        return None
    may = modals(verb)
    if may & {"would", "will", "wo", "'ll", "'d"} or lemma in ("comment", "discuss", "elaborate"):
        stance = Stance.DECLINES
    elif may & {"could", "can", "ca", "cannot"} or lemma not in DELIVERING:
        stance = Stance.CANNOT_SAY
    else:
        stance = Stance.DECLINES
    return Cue(tuple(auxiliaries(verb)), _matter(verb), stance)


def _matter(holder: "Token", but: "Token | None" = None) -> tuple["Token", ...]:
    """What a non-answer is about, where it is worded: a clause, else what "about" or "on" tells."""
    for one in holder.children:
        if one.dep_ in ("ccomp", "advcl", "csubj") and is_clause(one) and one.i > holder.i:
            return (one,)
    about = after(holder, "about", "on", "regarding", "of")
    if about is not None:
        return (about,)
    for one in holder.children:
        if one.dep_ in ("dobj", "nsubjpass") and one != but and one.i != holder.i:
            if one.lemma_.lower() in ("comment", "answer", "reply"):
                continue
            inner = after(one, "about", "on", "regarding")
            return (inner if inner is not None and one.lemma_.lower() != "detail" else one,)
    return ()


def _left(noun: "Token") -> list["Token"]:
    return [one for one in noun.lefts if one.dep_ in ("det", "amod")]


def _word(token: "Token | None") -> str | None:
    return token.lemma_.lower() if token is not None else None
