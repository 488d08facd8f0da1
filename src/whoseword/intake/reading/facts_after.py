"""Rules for what is done with words, things and records once it is over: asked, handed over, found.

They are tried last. Each names only what the clause's own words name: what was secured, not where
it is kept; that somebody was asked, not that they answered.
"""

from typing import TYPE_CHECKING, Final

from whoseword.intake.reading.facts import Clause, Finding, Rule, SlotFilling, found
from whoseword.intake.reading.facts_agencies import phrase
from whoseword.intake.reading.facts_police import place_name
from whoseword.intake.reading.grammar import after, child
from whoseword.intake.reading.lexicon import PERSONS, RECORDS, RESPONDERS, WEAPONS
from whoseword.intake.reading.naming import common_name
from whoseword.words import Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

_PAPERS: Final = RECORDS | frozenset(
    {"camera", "card", "copy", "evidence", "file", "information", "phone", "photo", "photograph",
     "result", "statement", "tape"}
)  # fmt: skip
_INQUIRY: Final = frozenset(
    {"case", "inquiry", "investigation", "probe", "reconstruction", "review"}
)
_ANSWERS: Final = frozenset({"answer", "reply", "response"})
_ASKED_FOR: Final = frozenset({"call", "inquiry", "letter", "request", "question"})
_CALLS: Final = frozenset({"call", "check", "report", "request", "scene", "address", "disturbance"})
_FOUND_OF: Final = frozenset({"cause", "manner", "origin"})
_BODY: Final = frozenset(
    {"abdomen", "arm", "back", "chest", "face", "foot", "hand", "head", "hip", "leg", "neck",
     "shoulder", "stomach", "thigh", "torso"}
)  # fmt: skip
_ROUNDS: Final = frozenset({"bullet", "round", "shot", "gunfire"})
_THINGS: Final = frozenset(
    {"alcohol", "ambulance", "body", "bus", "car", "cruiser", "engine", "generator", "gun",
     "knife", "phone", "pistol", "rifle", "sedan", "truck", "unit", "van", "vehicle", "weapon"}
)  # fmt: skip
_SIGNS: Final = frozenset({"yell", "shout", "scream", "pace", "rant", "sob"})
_PLACES: Final = ("in", "inside", "at", "on", "outside", "near", "under", "behind", "beside")
_BY_THE_BOOK: Final = frozenset({"policy", "protocol", "procedure", "training", "law", "book"})


def handed_over(clause: Clause) -> list[Finding]:
    """ "All records have been delivered to the prosecutor", "will share the result with you"."""
    item = clause.undergoer
    if item is None or item.lemma_.lower() not in _PAPERS:
        return []
    to = after(clause.verb, "to", "with") or child(clause.verb, "dative")
    if to is None or to == item:
        return []
    by = clause.whom(clause.doer) if clause.doer is not None else None
    return found(clause, "disclosed", item=phrase(item), to=clause.whom(to), by=by)


def collected(clause: Clause) -> list[Finding]:
    """ "The chain was recovered", "the recording has been secured"."""
    item = clause.undergoer
    if item is None or clause.is_somebody(item) or item.pos_ not in ("NOUN", "PROPN"):
        return []
    if item.lemma_.lower() not in _PAPERS | WEAPONS | _THINGS:
        return []
    by = clause.whom(clause.doer) if clause.doer is not None else None
    return found(clause, "collected", item=phrase(item), by=by)


def responded(clause: Clause) -> list[Finding]:
    """ "Deputies responded to a request for a welfare check", "officers will be sent"; a reply."""
    unit = clause.undergoer if clause.passive else clause.subject
    if unit is None:
        return []
    to = after(clause.verb, "to")
    entity = clause.entity(unit)
    responds = unit.lemma_.lower() in RESPONDERS or (entity is not None and entity.is_agency)
    if clause.lemma == "send":
        responds = responds and clause.passive
        return found(clause, "dispatched", unit=clause.whom(unit)) if responds else []
    if to is None or not responds:
        return _replied(clause, to)
    if to.lemma_.lower() in _CALLS and not any(one.lower_ in ("my", "your") for one in to.lefts):
        return found(clause, "dispatched", unit=clause.whom(unit))
    return _replied(clause, to)


def _replied(clause: Clause, to: "Token | None") -> list[Finding]:
    if to is None or clause.subject is None or to.lemma_.lower() not in _ASKED_FOR:
        return []
    by = clause.whom(clause.subject)
    whom = child(to, "poss") or after(to, "from", "of")
    about = after(to, "for", "about", "concerning", "regarding")
    return found(
        clause,
        "replied",
        by=by.name or (clause.speaker.party if clause.speaker else None),
        to=clause.whom(whom) if whom is not None else None,
        about=phrase(about),
    )


def no_reply_to(clause: Clause) -> list[Finding]:
    """ "She had received no answer": nobody replied to her."""
    thing = clause.undergoer
    if thing is None or thing.lemma_.lower() not in _ANSWERS or clause.subject is None:
        return []
    by = after(thing, "from") or after(clause.verb, "from")
    return found(
        clause,
        "replied",
        by=clause.whom(by) if by is not None else None,
        to=clause.whom(clause.subject),
    )


def took_over(clause: Clause) -> list[Finding]:
    """ "Have assumed responsibility for the investigation", "is being done by the patrol"."""
    thing = clause.undergoer
    if thing is None:
        return []
    of = after(thing, "for", "of")
    inquiry = thing if thing.lemma_.lower() in _INQUIRY else of
    if inquiry is None or inquiry.lemma_.lower() not in _INQUIRY or clause.doer is None:
        return []
    entity = clause.entity(clause.doer)
    if entity is None or not entity.is_agency:
        return []
    matter = next((one.lower_ for one in inquiry.lefts if one.dep_ == "compound"), None)
    return found(clause, "investigates", agency=entity.name, matter=matter)


def ordered(clause: Clause) -> list[Finding]:
    """ "Ordered him to drop it", "asked for the video", "has been asked to investigate"."""
    passive = clause.passive
    of = clause.undergoer
    aim = child(clause.verb, "xcomp", "ccomp", "advcl")
    wanted = after(clause.verb, "for")
    if clause.lemma not in ("ask", "request") and (of is None or aim is None):
        return []
    if passive and clause.lemma == "request" and of is not None and not clause.is_somebody(of):
        from_whom = after(clause.verb, "from", "of")
        asked = clause.whom(from_whom) if from_whom is not None else None
        return found(clause, "requested", by=_by(clause), of=asked, about=phrase(of))
    if aim is None and wanted is None and of is None:
        return []
    if of is not None and not (clause.is_somebody(of) or of.pos_ == "PRON"):
        return []
    about = _words(aim) if aim is not None else phrase(wanted)
    whom = clause.whom(of) if of is not None else None
    return found(clause, "requested", by=_by(clause), of=whom, about=about)


def commanded(clause: Clause) -> list[Finding]:
    """ "Gave repeated commands to drop the hammer"."""
    thing = clause.undergoer
    if thing is None or thing.lemma_.lower() not in ("command", "order", "instruction", "warning"):
        return handed_over(clause)
    aim = child(thing, "acl", "relcl") or child(clause.verb, "xcomp", "advcl")
    if aim is None:
        return []
    return found(clause, "requested", by=_by(clause), of=None, about=_words(aim))


def warned(clause: Clause) -> list[Finding]:
    """ "He'd warned the officers about it", "nobody came to tell them": who was told."""
    whom = clause.undergoer
    if whom is None or clause.passive or not (clause.is_somebody(whom) or whom.pos_ == "PRON"):
        return []
    by = clause.whom(clause.subject) if clause.subject is not None else None
    return found(clause, "notified", agency=clause.whom(whom), by=by)


def concluded(clause: Clause) -> list[Finding]:
    """ "Has not determined the manner of death", "found no sign of an accelerant"."""
    thing, doer = clause.undergoer, clause.doer
    if thing is None or clause.verb.tag_ == "VBG":
        return []
    by = clause.whom(doer) if doer is not None else None
    if thing.lemma_.lower() in _FOUND_OF:
        of = after(thing, "of")
        matter = f"{thing.lower_} of {common_name(of)}" if of is not None else thing.lower_
        return found(clause, "found", by=by, matter=matter)
    of = after(thing, "of", "that")
    if thing.lemma_.lower() in ("sign", "evidence", "trace", "indication") and of is not None:
        return found(clause, "found", by=by, matter=None, finding=phrase(of))
    return []


def struck(clause: Clause) -> list[Finding]:
    """ "Was hit once, in the hip", "was struck by a round": hurt by what was fired."""
    if not clause.passive or clause.undergoer is None or not clause.is_somebody(clause.undergoer):
        return []
    where = after(clause.verb, "in")
    by_round = clause.doer is not None and clause.doer.lemma_.lower() in _ROUNDS
    if not by_round and (where is None or where.lemma_.lower() not in _BODY):
        return []
    who = clause.each(clause.undergoer)
    return found(clause, "injured", who=who, means="gunshot" if by_round else None)


def thrown(clause: Clause) -> list[Finding]:
    """ "Threw a wrench at him", "swung it at Officer 2"."""
    whom = after(clause.verb, "at")
    if whom is None or not (clause.is_somebody(whom) or whom.pos_ == "PRON"):
        return []
    if clause.undergoer is None or clause.passive:
        return []
    means = None if clause.undergoer.pos_ == "PRON" else common_name(clause.undergoer)
    by = clause.whom(clause.subject) if clause.subject is not None else None
    return found(clause, "attacked", whom=clause.whom(whom), by=by, means=means)


def is_beside(clause: Clause) -> list[Finding]:
    """ "Was within policy", "is in evidence", "the car was behind the sedan", "was negative for"."""
    subject = clause.subject
    if subject is None:
        return []
    rule = after(clause.verb, "within", "by")
    if rule is not None and rule.lemma_.lower() in _BY_THE_BOOK:
        return found(clause, "conformed", who=common_name(subject), to=rule.lower_)
    where = after(clause.verb, *_PLACES) or after(subject, *_PLACES)
    if where is None or where.ent_type_ in ("DATE", "TIME"):
        return []
    if where.lower_ == "arrest":
        return found(clause, "arrested", who=clause.each(subject))
    if where.lower_ == "evidence":
        return found(clause, "collected", item=phrase(subject))
    if where.lower_ == "custody":
        return found(clause, "detained", who=clause.each(subject))
    if subject.lemma_.lower() in _THINGS:
        return found(clause, "located", what=phrase(subject), place=place_name(where))
    return []


def acts_out(clause: Clause) -> list[Finding]:
    """ "The man was shouting and throwing tools": what is told of a state of mind, as it is told."""
    subject = clause.subject
    if subject is None or clause.verb.tag_ != "VBG" or clause.lemma not in _SIGNS:
        return []
    entity = clause.entity(subject)
    if entity is None or not entity.is_person or subject.lemma_.lower() in RESPONDERS:
        return []
    return found(clause, "in_crisis", who=clause.each(subject), sign=clause.verb.lower_)


def stayed(clause: Clause) -> list[Finding]:
    """ "Spent the night in a laundromat", "was living in the apartment"."""
    subject = clause.subject
    where = after(clause.verb, *_PLACES)
    entity = clause.entity(subject)
    if subject is None or where is None or where.ent_type_ in ("DATE", "TIME"):
        return []
    person = subject.lemma_.lower() in PERSONS or (entity is not None and entity.is_person)
    if not person:
        return []
    return found(clause, "present", who=clause.each(subject), place=place_name(where))


def by_the_book(clause: Clause) -> list[Finding]:
    """ "The lockdown went by the book"."""
    rule = after(clause.verb, "by", "according")
    if clause.subject is None or rule is None or rule.lower_ != "book":
        return []
    return found(clause, "conformed", who=common_name(clause.subject), to="book")


def pronounced(clause: Clause) -> list[Finding]:
    """ "Was pronounced dead at 4:16"."""
    state = child(clause.verb, "oprd", "acomp", "attr", "xcomp")
    who = clause.undergoer
    if state is None or state.lower_ not in ("dead", "deceased") or who is None:
        return []
    return found(clause, "died", who=clause.each(who))


def posted(clause: Clause) -> list[Finding]:
    """ "The video was posted on Sunday"."""
    item = clause.undergoer
    if item is None or item.lemma_.lower() not in _PAPERS:
        return []
    return found(clause, "published", item=phrase(item), by=_by(clause))


def asked_of_all(clause: Clause) -> list[Finding]:
    """An order or a request in the imperative is its speaker's own act: "Call 911"."""
    if clause.speaker is None:
        return []
    by = clause.speaker.party or clause.speaker.name
    made = found(clause, "requested", by=by, of=None, about=_words(clause.verb))
    return [Finding(one.kind, one.slots, one.candidates, stance=Stance.DOES) for one in made]


def _by(clause: Clause) -> SlotFilling:
    return clause.whom(clause.doer) if clause.doer is not None else None


def _words(head: "Token") -> str | None:
    told = [one for one in head.subtree if not (one.i < head.i and one.lower_ in ("to", "please"))]
    while told and told[-1].is_punct:
        told.pop()
    words = " ".join("".join(one.text_with_ws for one in told).split())
    return words or None


RULES: dict[str, Rule] = {
    **dict.fromkeys(
        ("provide", "deliver", "send", "hand", "turn", "forward", "submit", "share", "transmit"),
        handed_over,
    ),
    "send": lambda clause: handed_over(clause) or responded(clause),
    "give": commanded,
    "issue": commanded,
    "shout": lambda clause: commanded(clause) or acts_out(clause),
    **dict.fromkeys(("recover", "collect", "seize", "secure", "preserve", "retain"), collected),
    "respond": responded,
    **dict.fromkeys(("get", "receive", "have"), no_reply_to),
    **dict.fromkeys(("assume", "take", "do", "review", "handle", "conduct"), took_over),
    **dict.fromkeys(("ask", "request", "order", "command", "instruct", "direct"), ordered),
    **dict.fromkeys(("warn", "alert", "inform"), warned),
    **dict.fromkeys(("determine", "rule", "certify", "establish", "find"), concluded),
    **dict.fromkeys(("hit", "strike"), struck),
    **dict.fromkeys(("throw", "swing"), thrown),
    "be": is_beside,
    **dict.fromkeys(("yell", "scream", "pace", "rant", "sob"), acts_out),
    **dict.fromkeys(("spend", "live", "wait"), stayed),
    "go": by_the_book,
    **dict.fromkeys(("pronounce", "declare"), pronounced),
    "post": posted,
}
