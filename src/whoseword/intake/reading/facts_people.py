"""Rules for what people are and have: armed, aged, related, named, dead, present."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from whoseword.intake.reading.facts import Clause, Finding, Rule, found
from whoseword.intake.reading.facts_agencies import called
from whoseword.intake.reading.facts_police import on_leave, place_name
from whoseword.intake.reading.grammar import after, child, subject_of
from whoseword.intake.reading.lexicon import COUNTS, RELATIVES, WEAPONS
from whoseword.intake.reading.naming import common_name
from whoseword.words import Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

_AGE: Final = re.compile(
    r"\b((?:just |about |only |nearly )?(?:an? )?[\w-]+ (?:years?|months?|weeks?|days?)) old\b"
)
_AGE_BESIDE: Final = re.compile(rf"\s*[—–,(-]+\s*({_AGE.pattern})")
_WHEREABOUTS: Final = frozenset({"in", "inside", "at", "on", "outside", "near"})
_PARENTS: Final = frozenset({"mother", "father", "parent"})
_DEAD: Final = frozenset({"dead", "deceased"})
_UNITS: Final = frozenset({"unit", "crew", "team", "patrol"})


def is_something(clause: Clause) -> list[Finding]:
    """ "A was armed with B", "A was the mother of B", "A is dead", "A was inside"."""
    verb, subject = clause.verb, clause.subject
    if subject is None:
        return []
    told = child(verb, "acomp", "attr", "oprd")
    for rule in (_not_first_time, _unarmed, _armed_state, on_leave_of, _dead, _age, _kin, _part_of):
        made = rule(clause, told)
        if made:
            return made
    return _whereabouts(clause)


def _not_first_time(clause: Clause, told: "Token | None") -> list[Finding]:
    """ "This was not the first time police had been called": they had been before."""
    if told is None or told.lower_ != "time" or not clause.negated:
        return []
    if not any(one.lower_ == "first" for one in told.lefts):
        return []
    inner = child(told, "relcl", "acl", "ccomp")
    if inner is None:
        return []
    before = Clause(inner, subject_of(inner), False, clause.discourse, clause.speaker)
    made = called(before)
    return [replace(one, stance=Stance.AFFIRMS) for one in made if one.kind == "prior_calls"]


def on_leave_of(clause: Clause, told: "Token | None") -> list[Finding]:
    """ "A is on leave"; a state told by another word ("dead") is none."""
    return on_leave(clause) if told is None or told.lower_ == "on" else []


def armed(clause: Clause) -> list[Finding]:
    """ "was armed with a knife": the passive participle."""
    if clause.undergoer is None:
        return []
    weapon = after(clause.verb, "with")
    return found(clause, "armed", who=clause.each(clause.undergoer), weapon=_weapon(weapon))


def has_something(clause: Clause) -> list[Finding]:
    """ "A has a knife", "A is holding a knife"."""
    thing = clause.undergoer
    if thing is None or clause.subject is None or thing.lemma_.lower() not in WEAPONS:
        return []
    weapon = _weapon(thing)
    return found(clause, "armed", who=clause.each(clause.subject), weapon=weapon)


def found_with(clause: Clause) -> list[Finding]:
    """ "found the woman armed with a knife", "found no weapon on him"."""
    verb = clause.verb
    near = [verb, *(one for one in verb.children if one.dep_ == "dobj")]
    for state in verb.subtree:
        if state.head not in near or child(state, "mark") is not None:
            continue
        if state.lower_ == "armed" and state.dep_ in ("oprd", "acl", "ccomp", "amod", "xcomp"):
            holder = child(state, "nsubj", "nsubjpass") or child(verb, "dobj") or state.head
            if holder.pos_ in ("NOUN", "PROPN", "PRON"):
                weapon = _weapon(after(state, "with"))
                return found(clause, "armed", who=clause.each(holder), weapon=weapon)
    thing = clause.undergoer
    if thing is not None and thing.lemma_.lower() in WEAPONS:
        on = after(verb, "on") or after(thing, "on")
        if on is not None:
            return found(clause, "armed", who=clause.each(on), weapon=_weapon(thing))
    return []


def cited_calls(clause: Clause) -> list[Finding]:
    """ "It listed two earlier police calls at A"."""
    calls = clause.undergoer
    if calls is None or calls.lemma_.lower() != "call":
        return []
    if not any(one.lower_ in ("earlier", "prior", "previous", "past") for one in calls.lefts):
        return []
    number = child(calls, "nummod")
    place = after(calls, "at", "to") or after(clause.verb, "at", "to")
    count = COUNTS.get(number.lower_, number.text) if number is not None else None
    return found(clause, "prior_calls", place=place_name(place), count=count)


def named(clause: Clause) -> list[Finding]:
    """ "A was identified as B"."""
    name = after(clause.verb, "as")
    if name is None or clause.undergoer is None or name.pos_ != "PROPN":
        return []
    words = [one for one in name.lefts if one.dep_ == "compound"]
    whole = " ".join(one.text for one in [*words, name])
    return found(clause, "named", who=clause.whom(clause.undergoer), name=whole)


def employed(clause: Clause) -> list[Finding]:
    """ "A was employed by B"."""
    by = clause.doer if clause.passive else None
    if by is None or clause.subject is None:
        return []
    return found(
        clause,
        "related",
        who=clause.each(clause.subject),
        whom=clause.whom(by),
        relation="employed_by",
    )


def _weapon(noun: "Token | None") -> str | None:
    if noun is None or noun.lower_ in ("weapon", "weapons"):
        return None
    return common_name(noun)


def _armed_state(clause: Clause, told: "Token | None") -> list[Finding]:
    if told is None or told.lower_ != "armed":
        return []
    weapon = _weapon(after(told, "with") or after(clause.verb, "with"))
    return found(clause, "armed", who=clause.each(clause.subject), weapon=weapon)


def _unarmed(clause: Clause, told: "Token | None") -> list[Finding]:
    if told is None or told.lower_ != "unarmed":
        return []
    made = found(clause, "armed", who=clause.each(clause.subject))
    stance = Stance.AFFIRMS if clause.negated else Stance.DENIES
    return [Finding(one.kind, one.slots, one.candidates, stance=stance) for one in made]


def _dead(clause: Clause, told: "Token | None") -> list[Finding]:
    if told is None or told.lower_ not in _DEAD:
        return []
    return found(clause, "died", who=clause.each(clause.subject))


def _age(clause: Clause, told: "Token | None") -> list[Finding]:
    words = clause.verb.doc[clause.verb.i :].text
    match = _AGE.search(words)
    if told is None or match is None or told.lower_ != "old":
        return []
    return found(clause, "aged", who=clause.each(clause.subject), age=match.group(1))


def _kin(clause: Clause, told: "Token | None") -> list[Finding]:
    if told is None or told.lemma_.lower() not in RELATIVES - {"family", "relative"}:
        return []
    whom = after(told, "of") or child(told, "poss")
    if whom is None:
        return []
    relation = "parent_of" if told.lemma_.lower() in _PARENTS else f"{told.lemma_.lower()}_of"
    return found(
        clause,
        "related",
        who=clause.each(clause.subject),
        whom=clause.whom(whom),
        relation=relation,
    )


def _part_of(clause: Clause, told: "Token | None") -> list[Finding]:
    if told is None or told.lower_ not in ("part", "member"):
        return []
    unit = after(told, "of")
    if unit is None or unit.lemma_.lower() not in _UNITS:
        return []
    return found(
        clause,
        "related",
        who=clause.each(clause.subject),
        whom=clause.whom(unit),
        relation="member_of",
    )


def _whereabouts(clause: Clause) -> list[Finding]:
    entity = clause.entity(clause.subject)
    if clause.subject is None or entity is None or not entity.is_person:
        return []
    inside = next(
        (
            one
            for one in clause.verb.children
            if one.lower_ in ("inside", "outside", "there", "home")
        ),
        None,
    )
    where = after(clause.verb, *_WHEREABOUTS)
    if where is not None and (
        where.lower_ in ("handcuffs", "leave", "charge", "custody")
        or where.ent_type_ in ("DATE", "TIME")
    ):
        return []
    if where is None and inside is None:
        return []
    place = place_name(where) if where is not None else None
    kind = "present"
    return found(clause, kind, who=clause.each(clause.subject), place=place)


def sat(clause: Clause) -> list[Finding]:
    """ "A was sitting on the curb": somebody was there."""
    return _whereabouts(clause)


def age_beside(noun: "Token", following: str, clause: Clause) -> list[Finding]:
    """ "the baby (just a few months old)": an age set beside a noun, by dash, comma or bracket.

    `following` is the text right after the noun.
    """
    match = _AGE_BESIDE.match(following)
    return found(clause, "aged", who=clause.whom(noun), age=match.group(2)) if match else []


RULES: dict[str, Rule] = {
    "be": is_something,
    "arm": armed,
    **dict.fromkeys(("have", "hold", "carry", "wield", "brandish", "grab"), has_something),
    "find": found_with,
    **dict.fromkeys(("list", "show", "record"), cited_calls),
    **dict.fromkeys(("identify",), named),
    "employ": employed,
    **dict.fromkeys(("sit", "stand", "cry", "lie"), sat),
}
