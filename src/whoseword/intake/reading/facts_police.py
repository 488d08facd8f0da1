"""Rules for what responders do: custody, approach, arrival, clearance, leave, conduct."""

from typing import TYPE_CHECKING, Final

from whoseword.intake.reading.facts import Clause, Finding, Rule, found
from whoseword.intake.reading.grammar import after, child, is_nobody, prepositions_of
from whoseword.intake.reading.naming import common_name, proper_run, slug, text_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_INQUIRING: Final = frozenset({"detective", "investigator"})
_ENGAGING: Final = frozenset({"approach", "engage", "enter", "contact", "talk", "speak"})
_CALMING: Final = frozenset(
    {"calm", "defuse", "deescalate", "de", "escalate", "negotiate", "soothe"}
)
_RULEBOOK: Final = frozenset(
    {"policy", "training", "protocol", "protocols", "procedure", "procedures", "policies", "law"}
)


def place_name(noun: "Token | None") -> str | None:
    """A place as a slug: `apartment`, `scene`, `alder-court`."""
    if noun is None or noun.pos_ == "PRON" or noun.lemma_.lower() in ("way", "time", "point"):
        return None
    if noun.pos_ in ("PROPN", "NUM") or noun.text[:1].isupper():
        run = proper_run(noun)
        before = run[0].nbor(-1) if run and run[0].i > 0 else None
        # A street without its number is another place, and no cover of an address would find it.
        if before is not None and before.text.isdigit() and before.dep_ == "nummod":
            run = [before, *run]
        return slug(text_of(run)) or None
    return common_name(noun)


def handcuffs(clause: Clause) -> list[Finding]:
    """ "in handcuffs", of the subject that went or the person who was taken."""
    # The parser often hangs "in handcuffs" on the object: "leave the flat in handcuffs".
    holders = [clause.verb, *(one for one in clause.verb.children if one.dep_ == "dobj")]
    inside = any(
        prep.lower_ == "in"
        and any(one.lemma_.lower() in ("handcuff", "cuff") for one in prep.children)
        for holder in holders
        for prep in prepositions_of(holder)
    )
    if clause.lemma in ("handcuff", "cuff") and clause.undergoer is not None:
        place = after(clause.verb, "at", "outside", "in", "inside")
        who = clause.each(clause.undergoer)
        return found(clause, "handcuffed", who=who, place=place_name(place))
    if not inside:
        return []
    who_word = clause.undergoer if clause.passive else clause.subject
    if not clause.passive and clause.lemma in ("lead", "take", "put", "place", "remove"):
        who_word = clause.undergoer or clause.subject
    return found(clause, "handcuffed", who=clause.each(who_word)) if who_word is not None else []


def arrested(clause: Clause) -> list[Finding]:
    """Somebody was arrested."""
    place = place_name(after(clause.verb, "at", "in"))
    if clause.undergoer is None:
        return []
    return found(clause, "arrested", who=clause.each(clause.undergoer), place=place)


def detained(clause: Clause) -> list[Finding]:
    """Somebody was detained."""
    if clause.undergoer is None:
        return []
    place = place_name(after(clause.verb, "at", "in"))
    return found(clause, "detained", who=clause.each(clause.undergoer), place=place)


def made(clause: Clause) -> list[Finding]:
    """Acts told by a noun: arrests made, a call made, efforts made to calm it."""
    act = clause.undergoer if clause.lemma != "take" else clause.subject
    if act is None:
        return []
    if act.lemma_.lower() == "arrest" and (clause.lemma != "take" or _takes_place(clause)):
        place = place_name(after(clause.verb, "at") or after(act, "at"))
        return found(clause, "arrested", who="anyone" if clause.negated else None, place=place)
    if act.lemma_.lower() in ("effort", "attempt"):
        return _efforts(clause, act)
    return []


def taken(clause: Clause) -> list[Finding]:
    """ "taken into custody", "taken to a hospital", "took a knife"; "took place"."""
    if _takes_place(clause):
        return made(clause)
    what = clause.undergoer
    custody = after(clause.verb, "into")
    if what is None:
        return []
    if custody is not None and custody.lower_ == "custody":
        return found(clause, "detained", who=clause.each(what))
    if not clause.passive and what.lemma_.lower() in ("knife", "gun", "weapon", "pistol"):
        who = clause.each(clause.subject)
        return found(clause, "armed", who=who, weapon=common_name(what))
    return moved(clause)


def moved(clause: Clause) -> list[Finding]:
    """Somebody was carried or brought elsewhere."""
    who, to = clause.undergoer, after(clause.verb, "to")
    entity = clause.entity(who)
    if who is None or (entity is not None and not entity.is_person):
        return []
    away = to or after(clause.verb, "out", "from", "away", "outside")
    if away is None or (entity is None and not clause.whom(who).candidates):
        return []
    by = clause.whom(clause.doer) if clause.doer is not None else None
    return found(clause, "moved", who=clause.each(who), by=by, to=place_name(to))


def engaged(clause: Clause) -> list[Finding]:
    """One approached or spoke with another."""
    whom = clause.undergoer or after(clause.verb, "to", "with")
    if whom is None or clause.subject is None or not clause.is_somebody(whom):
        return []
    if clause.subject.lemma_.lower() in _INQUIRING and clause.lemma in ("talk", "speak"):
        by = clause.whom(clause.subject)
        return found(clause, "interviewed", who=clause.each(whom), by=by)
    return found(clause, "engaged", who=clause.each(clause.subject), whom=clause.whom(whom))


def calmed(clause: Clause) -> list[Finding]:
    """Somebody tried to calm it."""
    if clause.lemma in ("try", "attempt", "seek", "work", "help"):
        aim = child(clause.verb, "xcomp", "advcl")
        if aim is None or aim.lemma_.lower() not in _CALMING:
            return []
    if clause.subject is None or not clause.is_somebody(clause.subject):
        return []
    return found(clause, "deescalated", who=clause.each(clause.subject))


def _efforts(clause: Clause, act: "Token") -> list[Finding]:
    aims = [one for holder in (act, clause.verb) for one in holder.children]
    if not any(one.lemma_.lower() in _CALMING for one in aims):
        return []
    who = clause.whom(clause.doer) if clause.doer is not None else None
    return found(clause, "deescalated", who=who)


def arrived(clause: Clause) -> list[Finding]:
    """A unit, an officer or the police arrived."""
    entity = clause.entity(clause.subject)
    if clause.subject is None or entity is None or not (entity.is_person or entity.is_agency):
        return []
    if clause.lemma == "reach":
        place = object_of_reach(clause)
        return (
            found(clause, "arrived", unit=clause.whom(clause.subject), place=place) if place else []
        )
    place = place_name(after(clause.verb, "at", "on", "in"))
    return found(clause, "arrived", unit=clause.each(clause.subject), place=_not_time(place))


def object_of_reach(clause: Clause) -> str | None:
    """Where "reached" led."""
    return place_name(child(clause.verb, "dobj"))


def dispatched(clause: Clause) -> list[Finding]:
    """A unit was sent, with its members."""
    unit = clause.undergoer if clause.undergoer is not None else clause.subject
    if unit is None:
        return []
    crew = after(clause.verb, "with")
    names = clause.each(crew) if crew is not None else None
    return found(clause, "dispatched", unit=clause.whom(unit), members=names)


def staged(clause: Clause) -> list[Finding]:
    """A unit waits at a distance."""
    if clause.subject is None:
        return []
    place = place_name(after(clause.verb, "at", "near", "outside"))
    return found(clause, "staged", unit=clause.whom(clause.subject), place=place)


def cleared(clause: Clause) -> list[Finding]:
    """A clearance to approach, as its giver's words; only a person's signature makes it one."""
    who = clause.undergoer if clause.undergoer is not None else clause.subject
    aim = child(clause.verb, "xcomp", "advcl", "ccomp")
    if who is None or aim is None or aim.lemma_.lower() not in _ENGAGING:
        return []
    return found(clause, "cleared", who=clause.whom(who), for_="engage")


def held(clause: Clause) -> list[Finding]:
    """An order to hold a responder back."""
    who = clause.undergoer
    entity = clause.entity(who)
    if who is None or entity is None or entity.kind is None or entity.kind.value != "responder":
        return []
    if clause.subject is not None and not clause.passive:
        return []
    return found(clause, "held", who=clause.whom(who))


def on_leave(clause: Clause) -> list[Finding]:
    """Somebody was placed, or is, on leave."""
    leave = after(clause.verb, "on")
    if leave is None and any(
        one.dep_ == "prt" and one.lower_ == "on" for one in clause.verb.children
    ):
        leave = child(clause.verb, "dobj")
    if leave is None or leave.lemma_.lower() != "leave":
        return []
    who = clause.undergoer if clause.lemma != "be" else clause.subject
    if who is None:
        return []
    sort = [one.lower_ for one in leave.lefts if one.dep_ in ("amod", "compound")]
    return found(clause, "placed_on_leave", who=clause.each(who), leave=" ".join(sort) or None)


def conformed(clause: Clause) -> list[Finding]:
    """Conduct kept to a rule: of whose conduct, if the words say so."""
    rule = after(clause.verb, "to", "with") or (
        clause.undergoer if clause.lemma in ("follow", "violate") else None
    )
    if rule is None or clause.subject is None:
        return []
    words = {rule.lower_, *(one.lower_ for one in rule.children)}
    if clause.lemma in ("follow", "violate") and not words & _RULEBOOK:
        return []
    actor = child(clause.subject, "poss") or after(clause.subject, "of") or clause.subject
    ref = clause.whom(actor)
    if is_nobody(actor):
        return []
    return found(clause, "conformed", who=ref, to=_rule_words(rule))


def _rule_words(rule: "Token") -> str:
    words = [one.lower_ for one in rule.lefts if one.dep_ in ("amod", "compound")]
    return " ".join([*words, rule.lower_])


def _takes_place(clause: Clause) -> bool:
    thing = child(clause.verb, "dobj")
    return clause.lemma == "take" and thing is not None and thing.lower_ == "place"


def _not_time(place: str | None) -> str | None:
    return None if place is None or any(char.isdigit() for char in place[:1]) else place


RULES: dict[str, Rule] = {
    "arrest": arrested,
    "detain": detained,
    "make": made,
    "take": taken,
    **dict.fromkeys(("carry", "transport", "move", "rush", "airlift", "bring", "remove"), moved),
    **dict.fromkeys(("engage", "approach", "talk", "speak"), engaged),
    **dict.fromkeys(("try", "attempt", "seek", "calm", "defuse", "deescalate"), calmed),
    **dict.fromkeys(("arrive", "reach"), arrived),
    "dispatch": dispatched,
    # The lemmatizer takes "staged" for a form of "stag".
    **dict.fromkeys(("stage", "stag"), staged),
    "clear": cleared,
    "hold": held,
    **dict.fromkeys(("place", "put"), on_leave),
    **dict.fromkeys(("conform", "comply", "follow"), conformed),
}
