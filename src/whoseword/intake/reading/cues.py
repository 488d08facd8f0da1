"""The words that make something somebody's word: reporting, belief, perception, non-answers.

A non-answer is looked for first: "did not confirm whether" must never be read as "confirmed".
"""

from typing import TYPE_CHECKING, Final

from whoseword.intake.reading.clauses import bids_suppose
from whoseword.intake.reading.cue import Cue
from whoseword.intake.reading.grammar import (
    after,
    agent_of,
    auxiliaries,
    child,
    is_clause,
    is_passive,
    is_quoted,
    modals,
    prepositions_of,
)
from whoseword.intake.reading.lexicon import (
    BELIEVING,
    DENYING,
    EXPECTING,
    FINDING,
    FUTURE_MODALS,
    PERCEIVING,
    PERSONS,
    RAISING,
    RECORDS,
    REPORTING,
    SHOWING,
    TELLING,
    TIME_NOUNS,
)
from whoseword.intake.reading.negation import is_negated, only_denies_saying
from whoseword.intake.reading.non_answers import non_answer
from whoseword.words import Basis, Hedge, Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_OBJECT_TAKING: Final = frozenset(
    {"report", "describe", "confirm", "recount", "recall", "mention", "announce", "reveal", "claim",
     "allege", "acknowledge", "detail", "deny", "dispute", "reject", "advise", "predict"}
)  # fmt: skip
_NO_WORDS: Final = frozenset({"story", "prayer", "goodbye", "hello", "joke", "lie", "truth"})
_MOMENTS: Final = frozenset({"moment", "scene", "time", "discovery", "instance", "day", "night"})


def cue_of(verb: "Token", *, speaker_is_record: bool = False) -> Cue | None:
    """What `verb` attributes, or None where it only tells."""
    lemma = verb.lemma_.lower()
    for rule in (non_answer, _raising, _told_by, _passive_report):
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
    taken_for = child(verb, "xcomp")
    if bids_suppose(verb) or (
        # "A boy believed to be four spent the night there": the boy believes nothing.
        lemma in BELIEVING
        and taken_for is not None
        and taken_for.lemma_ == "be"
        and any(one.tag_ == "TO" for one in taken_for.children)
    ):
        return None
    if lemma in PERCEIVING or lemma in BELIEVING or lemma in EXPECTING:
        return _in_mind(lemma, words, told, negated=negated)
    if speaker_is_record and lemma in SHOWING:
        stance = Stance.DOES_NOT_KNOW if negated else Stance.AFFIRMS
        return Cue(words, told, stance, basis=None if negated else Basis.RECORD)
    if lemma in TELLING or lemma in REPORTING or lemma in ("call", "label", "term"):
        return _telling(verb, lemma, words, told)
    return _finding(verb, lemma, words, told)


def _in_mind(
    lemma: str, words: tuple["Token", ...], told: tuple["Token", ...], *, negated: bool
) -> Cue | None:
    """What somebody perceived, believes or expects."""
    if lemma in PERCEIVING:
        if negated:
            return Cue(words, told, Stance.DOES_NOT_KNOW)
        return Cue(words, told, basis=Basis(PERCEIVING[lemma]))
    if lemma in BELIEVING:
        if lemma == "doubt" or negated:
            return Cue(words, told, Stance.BELIEVES, Hedge.POSSIBLE, Basis.INFERRED, denies=True)
        return Cue(words, told, Stance.BELIEVES, basis=Basis.INFERRED)
    return None if negated else Cue(words, told, Stance.EXPECTS)


def _telling(
    verb: "Token", lemma: str, words: tuple["Token", ...], told: tuple["Token", ...]
) -> Cue | None:
    if is_negated(verb):
        ought = modals(verb) & {"should", "must"}
        plain = ought or only_denies_saying(verb)
        return None if plain else Cue(words, told, Stance.CANNOT_SAY)
    if _asks_whether(told[0]) and not is_quoted(told[0]):
        # "Will say whether the officer fired": it tells no side of what it asks.
        return None
    hedge = Hedge.POSSIBLE if lemma in ("suggest", "estimate") else None
    return Cue(words, told, hedge=hedge, addressee=addressee_of(verb))


def _finding(
    verb: "Token", lemma: str, words: tuple["Token", ...], told: tuple["Token", ...]
) -> Cue | None:
    if lemma == "rule" and any(one.lower_ == "out" for one in verb.children):
        # "Ruled out that he was shot" denies it, and not ruled out, it is open.
        if is_negated(verb):
            return Cue(words, told, Stance.DOES_NOT_KNOW)
        return Cue(words, told, basis=Basis.CONCLUDED, denies=True)
    bare = child(told[0], "mark", "aux", "auxpass") is None
    armed = bare and (told[0].lower_ == "armed" or not is_clause(told[0]))
    if lemma not in FINDING or armed:
        return None
    if _asks_whether(told[0]) or modals(verb) & FUTURE_MODALS:
        # "Will rule whether he was shot", "has not decided whether": nothing was found yet.
        return None
    if is_negated(verb) and lemma != "find":
        # "Never determined that he was armed" is no finding that he was not.
        able = modals(verb) & {"could", "can", "ca", "cannot"}
        stance = Stance.CANNOT_SAY if able else Stance.DOES_NOT_KNOW
        finder = child(verb, "nsubj")
        thing = finder is not None and finder.lemma_.lower() in RECORDS | {"evidence", "review"}
        return Cue(words, told, stance, new_speaker=not thing)
    return Cue(words, told, basis=Basis.CONCLUDED, denies=is_negated(verb))


def _asks_whether(content: "Token") -> bool:
    return any(one.dep_ == "mark" and one.lower_ in ("whether", "if") for one in content.children)


def contents_of(verb: "Token", lemma: str) -> list["Token"]:
    """The heads of what a verb of speech or thought says, or an empty list."""
    clauses = [
        one
        for one in verb.children
        if one.dep_ in ("ccomp", "parataxis")
        and (is_clause(one) or one.pos_ in ("ADJ", "NOUN"))
        and not (one.i < verb.i and any(part.text == ";" for part in verb.doc[one.i : verb.i]))
    ]
    if clauses:
        return clauses[-1:] if lemma not in REPORTING else clauses
    strayed = _strayed_clause(verb) if lemma in TELLING | REPORTING else None
    if strayed is not None:
        return [strayed]
    for one in verb.children:
        if one.dep_ == "xcomp" and is_clause(one):
            # "Offered to", "warned them to": what is to be done is not said to be so.
            told_to = any(part.dep_ == "aux" and part.lower_ == "to" for part in one.children)
            if lemma in TELLING | FINDING or (told_to and lemma not in EXPECTING | {"claim"}):
                continue
            return [one]
    thing = child(verb, "dobj")
    points = thing is not None and thing.lower_ in ("it", "that", "this") and lemma not in DENYING
    if points and lemma in REPORTING:
        return []
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
    return _bare_words(verb, lemma)


def _strayed_clause(verb: "Token") -> "Token | None":
    """What is told, where the parser hung it on a noun: "told them through the door that …"."""
    nouns = [child(prep, "pobj") for prep in prepositions_of(verb)]
    for noun in (*nouns, child(verb, "dobj") if verb.lemma_.lower() in TELLING else None):
        clause = child(noun, "relcl", "acl") if noun is not None else None
        mark = child(clause, "mark") if clause is not None else None
        if clause is not None and mark is not None and mark.lower_ == "that":
            return clause
    return None


def _bare_words(verb: "Token", lemma: str) -> list["Token"]:
    """Words that are no clause: "says no", "told her fifteen minutes", "complained of screaming"."""
    if lemma == "complain":
        about = after(verb, "about", "of")
        return [about] if about is not None else []
    if lemma not in ("say", "tell") or is_negated(verb):
        return []
    answer = next((one for one in verb.children if one.lower_ in ("yes", "no", "okay")), None)
    thing = child(verb, "dobj")
    if answer is not None and answer.i > verb.i:
        return [answer]
    if thing is None or thing.i < verb.i or thing.pos_ not in ("NOUN", "NUM", "ADJ"):
        return []
    told = lemma == "tell" and (thing.lemma_.lower() in PERSONS or thing.ent_type_ == "PERSON")
    return [] if told or thing.lower_ in TIME_NOUNS or thing.lemma_ in _NO_WORDS else [thing]


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


def _told_by(verb: "Token", lemma: str) -> Cue | None:
    """ "I was told by A that", "heard from A that": A's word, which the subject passes on."""
    inner = child(verb, "ccomp") or (child(verb, "dobj") if lemma == "hear" else None)
    if inner is None or is_negated(verb):
        return None
    teller = agent_of(verb) if is_passive(verb) and lemma in TELLING else None
    if lemma in ("hear", "learn") and not is_passive(verb):
        teller = after(verb, "from")
    if teller is None or (is_clause(inner) and teller.i > inner.i):
        return None
    if not is_clause(inner) and teller.lemma_.lower() not in PERSONS:
        return None
    told = child(verb, "nsubjpass", "nsubj")
    return Cue(tuple(auxiliaries(verb)), (inner,), speakers=(teller,), addressee=told)


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
        words = tuple(auxiliaries(verb))
        return Cue(words, (inner,), Stance.BELIEVES, basis=Basis.INFERRED, new_speaker=False)
    if lemma in EXPECTING:
        return Cue(tuple(auxiliaries(verb)), (inner,), Stance.EXPECTS, new_speaker=False)
    if lemma in REPORTING:
        return Cue(tuple(auxiliaries(verb)), (inner,), hedge=Hedge.REPORTED, new_speaker=False)
    return None
