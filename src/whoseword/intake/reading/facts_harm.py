"""Rules for harm: attacked, threatened, injured, died, cause of death, shots."""

from typing import TYPE_CHECKING, Final

from whoseword.intake.reading.facts import Clause, Finding, Rule, found
from whoseword.intake.reading.grammar import after, child, members
from whoseword.intake.reading.lexicon import (
    COUNTS,
    FIREARMS,
    GUNFIRE,
    PERSONS,
    POSSIBLE_NOUNS,
    REPORTED_NOUNS,
    WEAPONS,
)
from whoseword.intake.reading.naming import common_name
from whoseword.words import Hedge

if TYPE_CHECKING:
    from spacy.tokens import Token

_ASSAULTS: Final = frozenset({"assault", "attack", "stabbing", "beating"})
_TORSO: Final = frozenset(
    {"hip", "chest", "back", "neck", "abdomen", "stomach", "shoulder", "torso"}
)
_PLACES: Final = frozenset(
    {"apartment", "apartments", "court", "road", "street", "avenue", "drive", "lane", "building",
     "station", "park", "school", "store", "house", "home", "plaza", "center", "motel", "hotel"}
)  # fmt: skip
_BODY: Final = frozenset({"hand", "arm", "leg", "head", "face", "finger", "foot"})


def means_of(clause: Clause) -> str | None:
    """The instrument that the clause names with "with"."""
    tool = after(clause.verb, "with")
    return common_name(tool) if tool is not None and tool.lower_ in WEAPONS else None


def attacked(clause: Clause) -> list[Finding]:
    """Somebody set upon somebody; what the cut or blow did is not told by it."""
    victim = clause.undergoer
    if victim is None:
        return []
    if clause.passive and clause.lemma in ("hit", "strike") and _by_a_shot(clause):
        return found(clause, "injured", who=clause.each(victim), means="gunshot")
    if victim.lower_ in _BODY:
        by = after(clause.verb, "on")
        return found(
            clause,
            "injured",
            who=clause.whom(clause.subject),
            means=_plain(by) if by is not None else None,
        )
    if not _is_person(clause, victim):
        return []
    return found(
        clause,
        "attacked",
        whom=clause.each(victim),
        by=clause.whom(clause.doer) if clause.doer is not None else None,
        means=means_of(clause),
    )


def _by_a_shot(clause: Clause) -> bool:
    """ "Was hit once, in the hip", "struck by the first round": what hit him was no hand."""
    doer, part = clause.doer, after(clause.verb, "in")
    rounds = doer is not None and doer.lemma_.lower() in (
        "round",
        "bullet",
        "shot",
        "one",
        "gunfire",
    )
    limb = doer is None and part is not None and part.lower_ in _BODY | _TORSO
    return rounds or limb


def threatened(clause: Clause) -> list[Finding]:
    """Somebody threatened somebody."""
    if clause.undergoer is None or not _is_person(clause, clause.undergoer):
        return []
    by = clause.whom(clause.doer) if clause.doer is not None else None
    return found(clause, "threatened", whom=clause.each(clause.undergoer), by=by)


def injured(clause: Clause) -> list[Finding]:
    """Somebody was hurt."""
    victim = clause.undergoer
    if victim is None or not _is_person(clause, victim):
        return []
    by = clause.whom(clause.doer) if clause.doer is not None else None
    return found(clause, "injured", who=clause.each(victim), by=by, means=means_of(clause))


def shot(clause: Clause) -> list[Finding]:
    """Somebody was shot; with "and killed" the next verb tells the death."""
    victim = clause.undergoer
    if victim is None or not _is_person(clause, victim):
        following = child(clause.verb, "conj")
        if following is not None and following.lemma_.lower() == "kill":
            return []
        return [] if victim is not None else _discharged(clause, None)
    by = clause.whom(clause.doer) if clause.doer is not None else None
    return found(clause, "injured", who=clause.each(victim), by=by, means="gunshot")


def killed(clause: Clause) -> list[Finding]:
    """Somebody was killed, by the doer where a person or agency is named."""
    victim = clause.undergoer
    if victim is None or not _is_person(clause, victim):
        return []
    doer = clause.doer
    gun = doer is not None and doer.lower_ in GUNFIRE
    shooting = clause.verb.dep_ == "conj" and clause.verb.head.lemma_.lower() == "shoot"
    by = clause.whom(doer) if doer is not None and not gun else None
    if by is not None and by.name is None and not by.candidates and doer is not None:
        by = None
    means = "gunfire" if gun else "gunshot" if shooting else means_of(clause)
    return found(clause, "cause_of_death", who=clause.each(victim), by=by, means=means)


def died(clause: Clause) -> list[Finding]:
    """Somebody died; "of a wound" tells the cause, "how he died" asks for it."""
    if clause.subject is None:
        return []
    who = clause.each(clause.subject)
    cause = after(clause.verb, "of", "from")
    if cause is not None:
        doer = _firer(clause, cause)
        return found(clause, "cause_of_death", who=who, means=_plain(cause), by=doer)
    asked = any(one.lower_ in ("how", "why") for one in clause.verb.children)
    return found(clause, "cause_of_death" if asked else "died", who=who)


def led_to_deaths(clause: Clause) -> list[Finding]:
    """ "…, leading to the deaths of A and B": by a person who acted, a cause of death."""
    outcome = after(clause.verb, "to", "in") or clause.undergoer
    if outcome is None or outcome.lemma_.lower() != "death":
        return []
    dead = after(outcome, "of")
    if dead is None:
        return []
    actor = clause.entity(clause.subject)
    if actor is not None and (actor.is_person or actor.is_agency):
        by = clause.whom(clause.subject)
        return found(clause, "cause_of_death", who=clause.each(dead), by=by)
    return found(clause, "died", who=clause.each(dead))


def fired(clause: Clause) -> list[Finding]:
    """Somebody fired a weapon, or shots were fired."""
    target = clause.undergoer
    if target is not None and target.lemma_.lower() not in FIREARMS and target.lower_ != "fire":
        return []
    if clause.lemma == "open" and (target is None or target.lower_ != "fire"):
        return []
    return _discharged(clause, target)


def _is_place(noun: "Token | None") -> bool:
    """Whether shots "at" it were fired there: "at the Elm Court Apartments"."""
    return noun is not None and noun.text.casefold() in _PLACES


def _discharged(clause: Clause, shots: "Token | None") -> list[Finding]:
    at = after(clause.verb, "at", "toward", "towards")
    target = clause.entity(at)
    if target is None or not (target.is_person or target.is_agency) or _is_place(at):
        at = None
    rounds = child(shots, "nummod") if shots is not None else None
    is_shots = shots is not None and shots.lemma_.lower() in ("shot", "round", "bullet")
    if clause.doer is not None and clause.whom(clause.doer).name is None:
        who = clause.whom(clause.doer)
        if who.none_of:
            return []
        if not who.anyone and not who.candidates and clause.doer.lower_ not in ("who", "he", "she"):
            return [] if not is_shots else found(clause, "discharged_weapon", who=None)
    return found(
        clause,
        "discharged_weapon",
        who=clause.each(clause.doer) if clause.doer is not None else None,
        toward=clause.each(at) if at is not None else None,
        rounds=COUNTS.get(rounds.lower_, rounds.text) if rounds is not None and is_shots else None,
    )


def nominal(noun: "Token", clause: Clause) -> list[Finding]:
    """What a noun alone states, as the object of a report: "a possible assault", "gunfire"."""
    lemma = noun.lemma_.lower()
    hedge = hedge_of_noun(noun)
    if lemma in _ASSAULTS:
        victim, doer = after(noun, "on", "of", "against"), after(noun, "by")
        whom = clause.whom(victim) if victim is not None else None
        by = clause.whom(doer) if doer is not None else None
        made = found(clause, "attacked", whom=whom, by=by)
    elif noun.lower_ in GUNFIRE:
        made = found(clause, "discharged_weapon", who=None)
    elif lemma == "death":
        dead = after(noun, "of")
        made = found(clause, "died", who=clause.each(dead)) if dead is not None else []
    elif lemma == "arrest":
        held = after(noun, "of")
        made = found(clause, "arrested", who=clause.whom(held) if held is not None else None)
    else:
        made = _seen_so(noun, clause)
    return [
        Finding(one.kind, one.slots, one.candidates, one.happened, hedge or one.hedge)
        for one in made
    ]


def _seen_so(noun: "Token", clause: Clause) -> list[Finding]:
    """ "a man in handcuffs", "a woman with a knife": somebody and a state, without a verb."""
    if not _is_person(clause, noun):
        return []
    held = after(noun, "with") or after(clause.verb, "with")
    state = after(noun, "in") or after(clause.verb, "in")
    if state is not None and state.lemma_.lower() in ("handcuff", "cuff"):
        return found(clause, "handcuffed", who=clause.each(noun))
    if held is not None and held.lemma_.lower() in WEAPONS:
        return found(clause, "armed", who=clause.each(noun), weapon=common_name(held))
    return []


def hedge_of_noun(noun: "Token") -> Hedge | None:
    """The hedge that an adjective lays on a noun: possible, alleged."""
    for one in noun.lefts:
        if one.lower_ in POSSIBLE_NOUNS:
            return Hedge.POSSIBLE
        if one.lower_ in REPORTED_NOUNS:
            return Hedge.REPORTED
    return None


def _firer(clause: Clause, cause: "Token") -> "str | None":
    """ "…of a gunshot wound from a round that A fired": A, where the words say so."""
    for word in cause.subtree:
        if word.dep_ == "relcl" and word.lemma_.lower() in ("fire", "shoot"):
            doer = next((one for one in word.children if one.dep_ == "nsubj"), None)
            return clause.whom(doer).name if doer is not None else None
    return None


def _plain(noun: "Token") -> str:
    words = [one for one in noun.lefts if one.dep_ in ("compound", "amod")]
    return " ".join([*(one.lower_ for one in words), noun.lower_])


def _is_person(clause: Clause, word: "Token") -> bool:
    entity = clause.entity(word)
    if entity is not None:
        return entity.is_person or entity.is_agency
    if word.lower_ in ("it", "its", "this", "that", "what", "which"):
        return False
    ref = clause.whom(word)
    if ref.none_of and word.lemma_.lower() in PERSONS:
        # "No officers were injured": of none of them, and nobody in particular.
        return True
    return (
        bool(ref.candidates)
        or ref.anyone
        or word.pos_ == "PRON"
        or any(_is_person(clause, one) for one in members(word)[1:])
    )


RULES: dict[str, Rule] = {
    **dict.fromkeys(
        ("attack", "assault", "stab", "push", "punch", "hit", "beat", "strike", "slash", "cut",
         "kick", "shove", "choke", "ambush"),
        attacked,
    ),
    "threaten": threatened,
    **dict.fromkeys(("injure", "wound", "hurt", "harm"), injured),
    "shoot": shot,
    "kill": killed,
    "die": died,
    **dict.fromkeys(("lead", "result", "cause"), led_to_deaths),
    **dict.fromkeys(("fire", "discharge", "open"), fired),
}  # fmt: skip
