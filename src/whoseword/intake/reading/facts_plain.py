"""Rules for how people tell things in everyday words: "he broke his wrist", "I drove her home".

They are tried after all others. Each reads one verb with what stands beside it, and names no more
than that: who was carried, not why; who was rung up, not what was said.
"""

from typing import TYPE_CHECKING, Final

from whoseword.intake.reading.entities import PRONOUNS
from whoseword.intake.reading.facts import Clause, Finding, Rule, found
from whoseword.intake.reading.facts_agencies import phrase
from whoseword.intake.reading.facts_police import place_name
from whoseword.intake.reading.grammar import after, child, is_nobody
from whoseword.intake.reading.lexicon import PERSONS, RESPONDERS, WEAPONS
from whoseword.intake.reading.naming import common_name
from whoseword.words import Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

_BODY: Final = frozenset(
    {"ankle", "arm", "back", "bone", "chest", "collarbone", "elbow", "face", "finger", "foot", "hand",
     "head", "hip", "jaw", "knee", "leg", "neck", "nose", "rib", "shoulder", "skull", "spine",
     "stomach", "tooth", "wrist"}
)  # fmt: skip
_BROKEN: Final = frozenset({"broken", "fractured", "cracked", "dislocated", "sprained", "bruised"})
_WOUNDS: Final = frozenset(
    {"concussion", "fracture", "injury", "trauma", "wound", "bruise", "laceration", "burn", "cut"}
)
_UNITS: Final = frozenset(
    {"engine", "unit", "medic", "ambulance", "ladder", "truck", "squad", "rescue", "crew", "team",
     "helicopter", "officer", "deputy", "patrol"}
)  # fmt: skip
_WHERE: Final = ("in", "inside", "at", "on", "outside", "near", "under", "behind", "beside", "by")
_TIMES: Final = frozenset({"DATE", "TIME"})
_KIN: Final = frozenset({"ex", "boyfriend", "girlfriend", "roommate", "cousin", "fiance", "fiancee",
                         "stepfather", "stepmother", "partner", "tenant", "landlord", "client"})  # fmt: skip
_SCENES: Final = frozenset(
    {"scene", "landing", "residence", "house", "home", "apartment", "motel", "hotel", "block", "area",
     "address", "building", "bridge", "station", "store", "school", "park", "dock", "pier", "road",
     "street", "lane", "avenue", "shelter", "hospital"}
)  # fmt: skip


def carried(clause: Clause) -> list[Finding]:
    """ "I drove her home", "he was dropped off", "a nanny hid the children in a stockroom"."""
    who = clause.undergoer
    if who is None or not _is_person(clause, who):
        return []
    words = {one.lower_ for one in clause.verb.children if one.dep_ in ("prt", "advmod")}
    where = after(clause.verb, "to", "into", "from") or after(clause.verb, "in", "at")
    needs = clause.lemma in ("pick", "drop", "take", "have", "hide", "let")
    ways = {"up", "off", "out", "in", "away", "home", "down", "inside", "outside"}
    nowhere = where is None or where.ent_type_ in _TIMES
    if nowhere and (needs or clause.lemma == "walk") and not words & ways:
        return []
    if clause.lemma == "take" and where is not None and where.lower_ == "ground":
        return []
    to = place_name(after(clause.verb, "to", "into"))
    by = clause.whom(clause.doer) if clause.doer is not None else None
    return found(clause, "moved", who=clause.each(who), by=by, to=to)


def came_upon(clause: Clause) -> list[Finding]:
    """ "He found two men down near the carousel", "she passed a man on the road"."""
    who = clause.undergoer
    if who is None or not _is_person(clause, who):
        return []
    where = after(clause.verb, *_WHERE) or after(who, *_WHERE)
    if where is None or where.ent_type_ in _TIMES:
        return []
    return found(clause, "present", who=clause.each(who), place=place_name(where))


def hurt_oneself(clause: Clause) -> list[Finding]:
    """ "A deputy broke a wrist", "his neck hurt", "she had two broken ribs"."""
    thing, subject = clause.undergoer, clause.subject
    if thing is None and subject is not None and subject.lemma_.lower() in _BODY:
        owner = child(subject, "poss")
        return found(clause, "injured", who=clause.whom(owner)) if owner is not None else []
    if thing is None or subject is None or clause.passive:
        return []
    means = " ".join([*(one.lower_ for one in thing.lefts if one.dep_ == "amod"), thing.lower_])
    if clause.lemma in ("have", "suffer", "sustain", "receive", "get"):
        broken = any(one.lower_ in _BROKEN for one in thing.lefts)
        if not (thing.lemma_.lower() in _WOUNDS or (broken and thing.lemma_.lower() in _BODY)):
            return []
        return found(clause, "injured", who=clause.each(subject), means=means)
    if thing.lemma_.lower() not in _BODY:
        return []
    owner = child(thing, "poss")
    others = owner is not None and owner.lower_ not in ("his", "her", "their", "my")
    if others or not _is_person(clause, subject):
        return []
    return found(clause, "injured", who=clause.each(subject), means=means)


def rang(clause: Clause) -> list[Finding]:
    """ "He called me", "I phoned the non-emergency line", "Fire was called by me"."""
    whom, doer = clause.undergoer, clause.doer
    if whom is None or doer is None or child(clause.verb, "oprd", "ccomp", "xcomp") is not None:
        return []
    number = whom.lemma_.lower() in ("line", "number", "hotline", "911", "dispatch", "fire")
    if not (number or _is_person(clause, whom) or clause.is_somebody(whom)):
        return []
    to = phrase(whom) if number else clause.whom(whom)
    return found(clause, "called", call=None, caller=clause.whom(doer), to=to)


def on_the_way(clause: Clause) -> list[Finding]:
    """ "Engine 2 was on the way", "an ambulance was en route", "no unit had been assigned"."""
    unit = clause.undergoer if clause.passive else clause.subject
    if unit is None or not _is_a_unit(clause, unit):
        return []
    if clause.lemma in ("assign", "tone", "send", "dispatch"):
        return found(clause, "dispatched", unit=clause.whom(unit)) if clause.passive else []
    way = after(clause.verb, "on")
    going = way is not None and way.lower_ == "way"
    route = any(one.lower_ in ("route", "enroute") for one in clause.verb.subtree)
    return found(clause, "dispatched", unit=clause.whom(unit)) if going or route else []


def came_to(clause: Clause) -> list[Finding]:
    """ "Officers responded to the ferry landing", "medics got to him": they were there."""
    unit = clause.subject
    if unit is None or clause.passive or not (_is_a_unit(clause, unit) or _speaks(clause, unit)):
        return []
    to = after(clause.verb, "to") or (clause.undergoer if clause.lemma == "reach" else None)
    if to is None:
        there = any(one.lower_ in ("there", "here") for one in clause.verb.children)
        arrives = there and clause.lemma in ("get", "come")
        return found(clause, "arrived", unit=clause.whom(unit)) if arrives else []
    place = to.ent_type_ in ("FAC", "GPE", "LOC", "ORG") or to.lemma_.lower() in _SCENES
    if not place and not (clause.lemma != "respond" and _is_person(clause, to)):
        return []
    at = place_name(to) if place else None
    return found(clause, "arrived", unit=clause.whom(unit), place=at)


def went_for(clause: Clause) -> list[Finding]:
    """ "She lunged at him", "the man came at the deputy", "she charged an officer"."""
    subject = clause.subject
    whom = after(clause.verb, "at", "toward", "towards")
    if whom is None and clause.lemma in ("charge", "rush", "tackle"):
        whom = clause.undergoer
    if clause.lemma in ("take", "bring", "knock", "throw", "force"):
        to = after(clause.verb, "to")
        down = to is not None and to.lower_ in ("ground", "floor", "pavement")
        whom = clause.undergoer if down else None
    if whom is None or subject is None or clause.passive or not _is_person(clause, whom):
        return []
    return found(clause, "attacked", whom=clause.each(whom), by=clause.whom(subject))


def aimed(clause: Clause) -> list[Finding]:
    """ "The man pointed the flare gun at one officer"."""
    thing, whom = clause.undergoer, after(clause.verb, "at")
    armed = thing is not None and (thing.lemma_.lower() in WEAPONS or thing.lower_ == "it")
    if not armed or whom is None or clause.subject is None or not _is_person(clause, whom):
        return []
    return found(clause, "threatened", whom=clause.each(whom), by=clause.whom(clause.subject))


def no_answer(clause: Clause) -> list[Finding]:
    """ "Nobody came to the door": the agency that knocked got no answer."""
    door = after(clause.verb, "to")
    if clause.subject is None or not is_nobody(clause.subject) or door is None:
        return came_to(clause)
    if door.lower_ not in ("door", "phone", "telephone"):
        return []
    made = found(clause, "contact", agency=None, place=None, outcome="no_answer")
    return [Finding(one.kind, one.slots, one.candidates, stance=Stance.AFFIRMS) for one in made]


def is_ones(clause: Clause) -> list[Finding]:
    """ "That is her ex", "his hands were empty", "Engine 2 was on the way"."""
    subject, told = clause.subject, child(clause.verb, "acomp", "attr")
    if subject is None:
        return []
    if subject.lower_ == "hands" and told is not None and told.lower_ == "empty":
        owner = child(subject, "poss")
        made = found(clause, "armed", who=clause.whom(owner) if owner is not None else None)
        stance = Stance.AFFIRMS if clause.negated else Stance.DENIES
        return [Finding(one.kind, one.slots, one.candidates, stance=stance) for one in made]
    owner = child(told, "poss") if told is not None else None
    if told is not None and owner is not None and told.lemma_.lower() in _KIN:
        who = clause.each(subject) if subject.lower_ not in ("that", "it", "this") else None
        whom = clause.whom(owner)
        return found(clause, "related", who=who, whom=whom, relation=told.lemma_.lower())
    return on_the_way(clause)


def works_for(clause: Clause) -> list[Finding]:
    """ "Caller works for a paving crew", "I represent the estate"."""
    subject = clause.subject
    whom = clause.undergoer if clause.lemma == "represent" else after(clause.verb, "for")
    if subject is None or whom is None or whom.ent_type_ in _TIMES or clause.passive:
        return []
    relation = "counsel" if clause.lemma == "represent" else "employed_by"
    named = clause.whom(whom).name or phrase(whom)
    return found(clause, "related", who=clause.each(subject), whom=named, relation=relation)


def begged(clause: Clause) -> list[Finding]:
    """ "She had begged for a doctor", "I yelled for my wife to call", "asked for permission"."""
    about = after(clause.verb, "for")
    if about is None or clause.doer is None or clause.passive or about.lower_ == "help":
        return []
    return found(
        clause, "requested", by=clause.whom(clause.doer), of=None, about=common_name(about)
    )


def looks_into(clause: Clause) -> list[Finding]:
    """ "An outside firm will examine the lockdown", "the district is reviewing why …"."""
    subject = clause.subject
    entity = clause.entity(subject)
    into = after(clause.verb, "into", "at")
    if subject is None or clause.passive or (clause.lemma == "look" and into is None):
        return []
    agency = entity is not None and entity.is_agency
    if not agency and subject.lemma_.lower() not in ("firm", "general", "board", "team", "panel"):
        return []
    matter = phrase(into if into is not None else clause.undergoer)
    return found(clause, "investigates", agency=clause.whom(subject).name, matter=matter)


def gathered(clause: Clause) -> list[Finding]:
    """ "Our techs picked up nine casings", "investigators recovered a metal spoon"."""
    item = clause.undergoer
    if item is None or item.pos_ not in ("NOUN", "PROPN") or _is_person(clause, item):
        return carried(clause)
    up = any(one.lower_ == "up" for one in clause.verb.children)
    doer = clause.doer
    at_work = doer is not None and (
        doer.lemma_.lower() in RESPONDERS | {"tech", "investigator", "detective"}
    )
    if (clause.lemma == "pick" and not (up and at_work)) or (not clause.passive and not at_work):
        return []
    by = clause.whom(doer) if doer is not None else None
    return found(clause, "collected", item=phrase(item), by=by)


def _is_person(clause: Clause, word: "Token") -> bool:
    entity = clause.entity(word)
    if entity is not None and (entity.is_person or entity.plural):
        return entity.is_person
    if word.lemma_.lower() in PERSONS:
        return True
    return word.lower_ in PRONOUNS - {"it", "its"}


def _speaks(clause: Clause, word: "Token") -> bool:
    """Whether "I" or "we" is the word of somebody at work on the scene."""
    speaker = clause.speaker
    if word.lower_ not in ("i", "we") or speaker is None or speaker.kind is None:
        return False
    return speaker.kind.value in ("responder", "official")


def _is_a_unit(clause: Clause, word: "Token") -> bool:
    entity = clause.entity(word)
    if word.lemma_.lower() in RESPONDERS | _UNITS:
        return True
    return entity is not None and (entity.is_agency or entity.head in _UNITS)


RULES: dict[str, Rule] = {
    **dict.fromkeys(
        ("carry", "drive", "bring", "drop", "hide", "evacuate", "transport", "rush", "fly", "walk"),
        carried,
    ),
    "take": lambda clause: went_for(clause) or carried(clause),
    **dict.fromkeys(("pick", "recover", "seize", "collect", "book"), gathered),
    **dict.fromkeys(("find", "see", "encounter", "locate", "spot", "pass"), came_upon),
    **dict.fromkeys(
        ("break", "twist", "sprain", "fracture", "hurt", "injure", "have", "suffer", "sustain"),
        hurt_oneself,
    ),
    **dict.fromkeys(("call", "phone", "ring"), rang),
    **dict.fromkeys(("assign", "tone"), on_the_way),
    **dict.fromkeys(("respond", "reach", "get"), came_to),
    "come": lambda clause: no_answer(clause) or went_for(clause),
    **dict.fromkeys(("lunge", "charge", "rush", "swing", "tackle", "knock"), went_for),
    **dict.fromkeys(("point", "aim"), aimed),
    "be": is_ones,
    **dict.fromkeys(("work", "represent"), works_for),
    **dict.fromkeys(("beg", "plead", "yell", "holler", "ask"), begged),
    **dict.fromkeys(("review", "examine", "look"), looks_into),
}
