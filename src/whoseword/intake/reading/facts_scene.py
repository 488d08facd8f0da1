"""Rules for what witnesses and officers tell in plain words: weapons in hand, who was where, harm.

They are tried where no other rule fits. A rule reads what the clause's own words hold and nothing
that they would imply: a hammer that is put down was in a hand, and is told to be in none now.
"""

from typing import TYPE_CHECKING, Final

from whoseword.intake.reading.facts import Clause, Finding, Rule, found
from whoseword.intake.reading.facts_police import place_name
from whoseword.intake.reading.grammar import after, child, is_nobody
from whoseword.intake.reading.lexicon import GUNFIRE, PERSONS, RESPONDERS, WEAPONS
from whoseword.intake.reading.naming import common_name
from whoseword.words import ANYONE, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

_WOUNDS: Final = frozenset(
    {"bruise", "wound", "injury", "cut", "laceration", "fracture", "burn", "bleeding", "gash"}
)
_SIGNS: Final = frozenset(
    {"suicidal", "scared", "terrified", "upset", "hysterical", "agitated", "delusional", "manic",
     "frightened", "distraught", "psychotic", "incoherent"}
)  # fmt: skip
_PIECES: Final = frozenset({"length", "piece", "set", "pair", "kind"})
_VOICES: Final = frozenset({"voice", "voices"})
_STUNS: Final = frozenset({"taser", "canister", "canisters"})
_HERE: Final = frozenset({"here", "there", "back", "in", "by", "over", "running", "out", "home"})
_WHERE: Final = ("in", "inside", "at", "on", "outside", "near", "under", "behind", "beside")
_CAUSE: Final = frozenset({"cause", "manner"})


def exists(clause: Clause) -> list[Finding]:
    """ "There were no shots", "there was no other weapon", "there was nobody inside"."""
    thing = clause.subject
    if thing is None:
        return []
    if child(clause.verb, "expl") is None:
        return _is_what(clause, thing)
    if thing.lower_ in GUNFIRE:
        return found(clause, "discharged_weapon", who=ANYONE if clause.negated else None)
    if thing.lemma_.lower() in WEAPONS:
        # "No other weapon" denies none that was told of before.
        others = {one.lower_ for one in thing.lefts} & {"other", "more", "further", "additional"}
        where = after(clause.verb, *_WHERE) or after(thing, *_WHERE)
        if where is not None and not clause.negated and where.ent_type_ not in ("DATE", "TIME"):
            # A knife on the floor is in nobody's hand.
            return found(clause, "located", what=thing.lower_, place=place_name(where))
        return [] if others and clause.negated else _armed_with(clause, None, thing)
    if thing.lemma_.lower() in _WOUNDS:
        who = after(thing, "to", "on")
        return found(clause, "injured", who=clause.whom(who) if who is not None else None)
    held = after(thing, "with")
    if held is not None and held.lemma_.lower() in WEAPONS and not clause.negated:
        return _armed_with(clause, thing, held)
    if is_nobody(thing) or thing.lemma_.lower() in PERSONS:
        return _present(clause, thing)
    return []


def _is_what(clause: Clause, subject: "Token") -> list[Finding]:
    """ "The cause of death is …", "she was scared", "it was a pellet gun"."""
    told = child(clause.verb, "acomp", "attr")
    if subject.lemma_.lower() in _CAUSE and after(subject, "of") is not None:
        of = after(subject, "of")
        if of is None or of.lemma_.lower() != "death" or subject.lemma_.lower() != "cause":
            return []
        who = after(of, "of")
        means = common_name(told) if told is not None else None
        whom = clause.whom(who) if who is not None else None
        return found(clause, "cause_of_death", who=whom, means=means)
    if told is None:
        return []
    if told.lower_ in _SIGNS:
        return found(clause, "in_crisis", who=clause.each(subject), sign=told.lower_)
    if told.lemma_.lower() in WEAPONS and subject.lower_ in ("it", "weapon", "that"):
        return _armed_with(clause, None, told)
    return []


def handles(clause: Clause) -> list[Finding]:
    """ "picked up a chain", "raised a hammer", "put the knife down", "came with a hammer"."""
    subject, thing = clause.subject, clause.undergoer
    if subject is None or clause.passive:
        return []
    part = after(thing, "of") if thing is not None else None
    if thing is not None and part is not None and thing.lemma_.lower() in _PIECES:
        thing = part
    if thing is not None and thing.lemma_.lower() in WEAPONS:
        made = _armed_with(clause, subject, thing)
        beside = {one.lower_ for one in clause.verb.children}
        laid = clause.lemma in ("drop", "lower", "throw") or beside & {"down", "away"}
        # Who put a knife down had one, and has none: neither is all that the words tell.
        return [] if laid and clause.lemma not in ("pick", "grab") else made
    with_ = after(clause.verb, "with")
    if with_ is not None and with_.lemma_.lower() in WEAPONS and not clause.negated:
        return _armed_with(clause, subject, with_)
    raised = next((one for one in clause.verb.children if one.dep_ == "advcl"), None)
    held = child(raised, "nsubj") if raised is not None and raised.tag_ == "VBN" else None
    if held is not None and held.lemma_.lower() in WEAPONS and not clause.negated:
        # "Came at the deputy with a hammer raised".
        return _armed_with(clause, subject, held)
    return []


def has(clause: Clause) -> list[Finding]:
    """ "She had a bruise on her arm"."""
    thing, subject = clause.undergoer, clause.subject
    if thing is None or subject is None or clause.passive:
        return []
    if thing.lemma_.lower() in _WOUNDS:
        return found(clause, "injured", who=clause.each(subject), means=common_name(thing))
    return []


def uses(clause: Clause) -> list[Finding]:
    """ "deployed a Taser", "used a Taser on him"."""
    thing = clause.undergoer
    if thing is None or thing.lemma_.lower() not in _STUNS | {"taser"}:
        return []
    at = after(clause.verb, "on", "at", "against")
    return found(
        clause,
        "discharged_weapon",
        who=clause.each(clause.doer) if clause.doer is not None else None,
        toward=clause.each(at) if at is not None else None,
    )


def shows(clause: Clause) -> list[Finding]:
    """ "another student had shown him a handgun"."""
    thing = clause.undergoer
    if thing is None or clause.subject is None or thing.lemma_.lower() not in WEAPONS:
        return []
    entity = clause.entity(clause.subject)
    if entity is None or not entity.is_person:
        return []
    return _armed_with(clause, clause.subject, thing)


def comes(clause: Clause) -> list[Finding]:
    """ "Deputies got here at 5:20", "the lifeguard came running", "medics reached him"."""
    subject = clause.subject
    if subject is None or clause.negated:
        return []
    made = handles(clause)
    if made:
        return made
    beside = {one.lower_ for one in clause.verb.children if one.dep_ in ("advmod", "prt", "xcomp")}
    words = beside | {one.lower_ for one in clause.verb.children if one.dep_ == "advcl"}
    entity = clause.entity(subject)
    responds = subject.lemma_.lower() in RESPONDERS or (entity is not None and entity.is_agency)
    if responds and (words & _HERE):
        return found(clause, "arrived", unit=clause.each(subject))
    hour = after(clause.verb, "by", "around", "about")
    came_by = hour is not None and any(one.lower_ == "by" for one in clause.verb.children)
    if responds and came_by:
        return found(clause, "arrived", unit=clause.each(subject))
    return []


def led_away(clause: Clause) -> list[Finding]:
    """ "was walked to the office", "has been placed with a relative", "picked up by a car"."""
    who = clause.undergoer
    if who is None or who.lemma_.lower() in WEAPONS:
        return []
    entity = clause.entity(who)
    if entity is None or not entity.is_person:
        return []
    to = after(clause.verb, "to", "with", "from", "out", "by", "into")
    if to is None:
        return []
    by = clause.whom(clause.doer) if clause.doer is not None else None
    return found(
        clause, "moved", who=clause.each(who), by=by, to=place_name(after(clause.verb, "to"))
    )


def suffers(clause: Clause) -> list[Finding]:
    """ "He was crying", "her son is hearing voices", "he had not slept"."""
    subject = clause.subject
    if subject is None:
        return []
    if clause.lemma == "hear":
        heard = clause.undergoer
        if heard is None or heard.lower_ not in _VOICES:
            return []
        return found(clause, "in_crisis", who=clause.each(subject), sign="hearing voices")
    if clause.lemma == "sleep":
        lasts = any(one.lemma_.lower() in ("day", "night", "hour") for one in clause.verb.subtree)
        if not clause.negated or not lasts:
            return []
        made = found(clause, "in_crisis", who=clause.each(subject), sign="no sleep")
        return [Finding(o.kind, o.slots, o.candidates, stance=Stance.AFFIRMS) for o in made]
    return found(clause, "in_crisis", who=clause.each(subject), sign=clause.verb.lower_)


def cuffed(clause: Clause) -> list[Finding]:
    """ "He was handcuffed", however the word is taken apart."""
    who = clause.undergoer if clause.undergoer is not None else clause.subject
    return found(clause, "handcuffed", who=clause.each(who)) if who is not None else []


def stays(clause: Clause) -> list[Finding]:
    """ "hid in a cooler", "was last seen in the dining room", "was found alone in a laundromat"."""
    who = clause.undergoer if clause.passive else clause.subject
    if who is None:
        return []
    entity = clause.entity(who)
    if entity is None or not entity.is_person:
        return []
    where = after(clause.verb, *_WHERE)
    if where is None or where.ent_type_ in ("DATE", "TIME"):
        return []
    return found(clause, "present", who=clause.each(who), place=place_name(where))


def reaches_out(clause: Clause) -> list[Finding]:
    """ "flagged down two officers", "has reached out to the family"."""
    words = {one.lower_ for one in clause.verb.children}
    whom = clause.undergoer if clause.lemma == "flag" else after(clause.verb, "to")
    if whom is None or clause.subject is None or not words & {"down", "out"}:
        return []
    return found(clause, "notified", agency=clause.whom(whom), by=clause.whom(clause.subject))


def _present(clause: Clause, who: "Token") -> list[Finding]:
    where = after(clause.verb, *_WHERE) or after(who, *_WHERE)
    inside = {"inside", "there", "outside"} & {
        o.lower_ for o in clause.verb.children if o.dep_ != "expl"
    }
    if where is None and not inside:
        return []
    place = place_name(where) if where is not None else None
    return found(clause, "present", who=clause.whom(who), place=place)


def _armed_with(clause: Clause, who: "Token | None", weapon: "Token") -> list[Finding]:
    bare = weapon.lower_ in ("weapon", "weapons")
    whom = clause.each(who) if who is not None else ANYONE if clause.negated else None
    return found(clause, "armed", who=whom, weapon=None if bare else common_name(weapon))


RULES: dict[str, Rule] = {
    "be": exists,
    **dict.fromkeys(
        ("pick", "raise", "swing", "grab", "pull", "draw", "put", "drop", "lower", "throw",
         "advance", "run", "step", "keep", "clutch", "lift", "stand"),
        handles,
    ),
    "have": has,
    **dict.fromkeys(("deploy", "use", "discharge"), uses),
    "show": shows,
    **dict.fromkeys(("come", "get"), comes),
    **dict.fromkeys(("escort", "place", "bring", "take"), led_away),
    "walk": lambda clause: led_away(clause) or handles(clause),
    **dict.fromkeys(("cry", "scream", "hear", "sleep", "hallucinate"), suffers),
    **dict.fromkeys(("handcuff", "handcuffe", "cuff"), cuffed),
    **dict.fromkeys(("hide", "see", "find", "encounter", "locate", "remain", "stay"), stays),
    "flag": reaches_out,
    "reach": lambda clause: reaches_out(clause) or comes(clause),
}  # fmt: skip
