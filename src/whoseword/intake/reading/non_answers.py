"""Words that leave a question open: could not say, does not know, would not say, did not reply.

They are looked for before any other cue: "did not confirm whether" must never be read as
"confirmed".
"""

from typing import TYPE_CHECKING, Final

from whoseword.intake.reading.cue import Cue
from whoseword.intake.reading.grammar import (
    after,
    agent_of,
    auxiliaries,
    child,
    is_clause,
    is_passive,
    members,
    modals,
)
from whoseword.intake.reading.lexicon import (
    ANSWERING,
    DELIVERING,
    INFORMATION,
    POSSIBLE_MODALS,
    REPLYING,
    WITHHOLDING,
)
from whoseword.intake.reading.negation import (
    denied_by_whom,
    is_negated,
    only_denies_saying,
)
from whoseword.words import Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

_ABLE: Final = frozenset({"able", "unable"})
_TO_BE_LEARNT: Final = frozenset({"determine", "see", "know", "establish", "answer", "learn"})
_SENT: Final = frozenset({"call", "message", "email", "request", "inquiry"})
_HOLDING_BACK: Final = frozenset({"refrain", "shy", "back", "avoid", "shrink", "hesitate"})
_RULING: Final = frozenset({"rule", "speculate", "name", "characterize", "guess"})
_UNKNOWN: Final = frozenset({"unclear", "unknown", "uncertain", "unsure", "clear", "known", "sure"})


def non_answer(verb: "Token", lemma: str) -> Cue | None:
    """The words by which `verb` leaves something open, or None."""
    for rule in (
        _unable,
        _declined,
        _unanswered,
        _not_known,
        _not_provided_by,
        _not_borne_out,
        _not_looked,
        _would_not,
        _not_said,
        _stopped_short,
    ):
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
        if act is not None and (act.lemma_.lower() == "interview" or lemma == "decline"):
            return Cue(tuple(auxiliaries(verb)), (act,), Stance.DECLINES)
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
    neither = any(one.lower_ == "neither" and one.i < verb.i for one in verb.subtree)
    if lemma in ("confirm", "deny", "admit") and neither:
        denying = child(verb, "conj")
        asked = _matter(verb) or (_matter(denying) if denying is not None else ())
        return Cue((*auxiliaries(verb), *([denying] if denying else [])), asked, Stance.DECLINES)
    return None


def _unanswered(verb: "Token", lemma: str) -> Cue | None:
    """ "did not respond to", "there was no response", "could not be reached"."""
    if not is_negated(verb):
        return None
    sent = _word(child(verb, "nsubjpass"))
    if lemma == "return" and is_passive(verb) and sent in _SENT:
        return Cue(tuple(auxiliaries(verb)), (), Stance.NO_REPLY)
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
    if modals(verb) & POSSIBLE_MODALS - {"could", "can"}:
        # "He may not know his name" is somebody's guess about him, and not his word.
        return None
    recalls = lemma in ("remember", "recall")
    if (lemma == "know" or recalls) and is_negated(verb) and not is_passive(verb):
        # "Nobody knows if she was armed" is the word of whoever says so.
        anybody = not denied_by_whom(verb)
        matter = _matter(verb) or _done(verb)
        return Cue(tuple(auxiliaries(verb)), matter, Stance.DOES_NOT_KNOW, new_speaker=anybody)
    if lemma in ("tell", "inform") and is_passive(verb) and is_negated(verb):
        told = child(verb, "ccomp")
        if told is not None:
            return Cue(tuple(auxiliaries(verb)), (told,), Stance.DOES_NOT_KNOW)
    if lemma == "know" and is_negated(verb):
        return Cue(tuple(auxiliaries(verb)), _matter(verb), Stance.DOES_NOT_KNOW, new_speaker=False)
    open_still = child(verb, "xcomp")
    if lemma == "remain" and open_still is not None and open_still.lemma_.lower() in _TO_BE_LEARNT:
        words = (*auxiliaries(verb), *auxiliaries(open_still))
        return Cue(words, _matter(open_still), Stance.DOES_NOT_KNOW, new_speaker=False)
    state = child(verb, "acomp", "attr")
    if lemma == "be" and state is not None and state.lower_ == "aware" and is_negated(verb):
        return Cue((*auxiliaries(verb), state), _matter(state), Stance.DOES_NOT_KNOW)
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


def _not_borne_out(verb: "Token", lemma: str) -> Cue | None:
    """ "This has not been verified": whoever says so cannot say whether it is so."""
    if lemma not in ("confirm", "verify", "corroborate") or not is_passive(verb):
        return None
    thing = child(verb, "nsubjpass")
    if not is_negated(verb) or thing is None or agent_of(verb) is not None:
        return None
    return Cue(tuple(auxiliaries(verb)), (thing,), Stance.CANNOT_SAY, new_speaker=False)


def _not_looked(verb: "Token", lemma: str) -> Cue | None:
    """ "Had not viewed the recording", "did not look out": who did not look does not know."""
    looks = lemma in ("look", "view", "watch") and not modals(verb)
    if not looks or not is_negated(verb) or is_passive(verb):
        return None
    subject = child(verb, "nsubj")
    if subject is not None and subject.pos_ not in ("PRON", "PROPN", "NOUN"):
        return None
    return Cue(tuple(auxiliaries(verb)), (), Stance.DOES_NOT_KNOW)


def _would_not(verb: "Token", lemma: str) -> Cue | None:
    """ "Would not rule on the cause", "don't want to say", "would rather not say"."""
    may = modals(verb)
    if lemma == "want" and is_negated(verb):
        act = child(verb, "xcomp")
        if act is not None and act.lemma_.lower() in ANSWERING:
            return Cue((*auxiliaries(verb), act), _matter(act), Stance.DECLINES)
    if lemma in _RULING and is_negated(verb) and may & {"would", "will", "wo"}:
        return Cue(tuple(auxiliaries(verb)), _matter(verb), Stance.DECLINES)
    if lemma == "go" and is_negated(verb) and verb.tag_ == "VBG":
        act = child(verb, "xcomp")
        if act is not None and act.lemma_.lower() in ANSWERING | _RULING:
            return Cue((*auxiliaries(verb), act), _matter(act), Stance.DECLINES)
        into = next((one for one in act.children if one.lower_ == "into"), None) if act else None
        if act is not None and into is not None and act.lemma_.lower() in ("get", "go"):
            asked = child(into, "pcomp", "pobj")
            matter = (asked,) if asked is not None else ()
            return Cue((*auxiliaries(verb), act, into), matter, Stance.DECLINES)
    rather = any(one.lower_ == "rather" for one in verb.children)
    if rather and is_negated(verb):
        return Cue(tuple(auxiliaries(verb)), _matter(verb), Stance.DECLINES)
    return None


def _not_said(verb: "Token", lemma: str) -> Cue | None:
    """ "could not say", "would not say", "did not confirm", "did not give details"."""
    if lemma not in ANSWERING or not is_negated(verb) or is_passive(verb):
        return None
    if only_denies_saying(verb) or modals(verb) & {"should", "must"}:
        return None
    thing = child(verb, "dobj")
    speaks = lemma not in DELIVERING or (thing is not None and thing.lemma_.lower() in INFORMATION)
    asks = next((one for one in verb.children if one.dep_ == "ccomp"), None)
    if not speaks and asks is None:
        return None
    may = modals(verb)
    subject = child(verb, "nsubj")
    takes_back = lemma == "say" and subject is not None and subject.lower_ == "i" and not may
    if takes_back and all(one.lower_ not in ("whether", "if") for one in verb.subtree):
        # "I didn't say he jumped": that it was said is denied, and nothing is left open.
        return None
    if may & {"would", "will", "wo", "'ll", "'d"} or lemma in ("comment", "discuss", "elaborate"):
        stance = Stance.DECLINES
    elif may & {"could", "can", "ca", "cannot"} or lemma not in DELIVERING:
        stance = Stance.CANNOT_SAY
    else:
        stance = Stance.DECLINES
    return Cue(tuple(auxiliaries(verb)), _matter(verb), stance)


def _stopped_short(verb: "Token", lemma: str) -> Cue | None:
    """ "stopped short of saying that the officer fired", "refrained from saying so"."""
    short = next((one for one in verb.children if one.lower_ == "short"), None)
    holds_back = lemma in _HOLDING_BACK or (lemma in ("stop", "fall") and short is not None)
    if not holds_back or is_negated(verb):
        return None
    near = [verb, short] if short is not None else [verb, *verb.children]
    between = next(
        (one for up in near for one in up.children if one.lower_ in ("of", "from")), None
    )
    said = child(between, "pcomp") if between is not None else child(verb, "xcomp")
    if said is None or said.lemma_.lower() not in ANSWERING | {"admit", "call"}:
        return None
    words = [one for one in (short, between) if one is not None]
    return Cue((*auxiliaries(verb), *words, said), _matter(said), Stance.CANNOT_SAY)


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


def _done(verb: "Token") -> tuple["Token", ...]:
    """What somebody does not remember doing: "I don't remember firing"."""
    act = child(verb, "xcomp")
    return (act,) if act is not None and is_clause(act) else ()


def _left(noun: "Token") -> list["Token"]:
    return [one for one in noun.lefts if one.dep_ in ("det", "amod")]


def _word(token: "Token | None") -> str | None:
    return token.lemma_.lower() if token is not None else None
