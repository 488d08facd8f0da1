"""What a few words of a log state, as kinds of fact: "C3 ON SCENE", "MALE W/ HAMMER", "NO INJ".

They are matched as words in order. What is ordered, asked or sent is an act of whoever says it.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from whoseword.intake.reading.facts import Finding, found
from whoseword.intake.reading.facts_police import place_name
from whoseword.intake.reading.lexicon import PERSONS, WEAPONS
from whoseword.intake.reading.radio_units import of_a_place, of_units
from whoseword.intake.reading.telegram import NO, Telegram, denied_if, is_person
from whoseword.words import ANYONE, Hedge, Stance

_HARM: Final = frozenset(
    [
        "inj",
        "injury",
        "injuries",
        "injured",
        "gsw",
        "stabbed",
        "bleeding",
        "cut",
        "cuts",
        "wounded",
        "unconscious",
        "lacerations",
    ]
)
_CRISIS: Final = frozenset(
    [
        "suicidal",
        "crying",
        "screaming",
        "voices",
        "hallucinating",
        "psychotic",
        "meds",
        "medication",
        "delusional",
        "slept",
        "sleep",
        "manic",
        "sobbing",
        "hysterical",
    ]
)
_SLEEPLESS: Final = frozenset({"slept", "sleep", "meds", "medication"})
_PLACES: Final = frozenset({"inside", "in", "at", "on", "outside", "near", "behind", "by"})
_NO_PLACES: Final = frozenset({"meds", "medication", "phone", "line", "drugs", "alcohol", "foot"})
_POSED: Final = frozenset(
    {"sitting", "standing", "lying", "laying", "hiding", "down", "seated", "is"}
)
_AGE: Final = re.compile(r"\b(?P<age>\d{1,2}s?)(?: ?(?:yoa|yo|y/o|yrs?|years?)(?: old)?)?$")
_EMPTY_HANDS: Final = re.compile(
    r"\b(?:nothing|no \w+) in (?:his|her|their|either) hands?\b|\bhands? (?:are |is )?empty\b|\bunarmed\b"
)
_PRIOR: Final = re.compile(r"\b(?P<count>\d+|no) (?:prior|previous|prev|priors)\b")
_NAMED: Final = re.compile(
    r"\bname (?:is|was) (?P<name>\w+(?: \w+)?)|\b(?:id'd|identified) as (?P<other>\w+(?: \w+)?)"
)


def stated(telegram: Telegram) -> list[Finding]:
    """What the words state; the first pattern that fits."""
    for pattern in _PATTERNS:
        made = pattern(telegram)
        if made:
            return made
    return []


def _of_a_weapon(telegram: Telegram) -> list[Finding]:
    body, told, clause = telegram.words, telegram.told, telegram.clause
    if "shots" in told and ("fired" in told or "heard" in told):
        made = found(clause, "discharged_weapon", who=ANYONE if telegram.is_denied else None)
        return denied_if(telegram, made)
    who = telegram.person()
    if _EMPTY_HANDS.search(telegram.line):
        return [replace(one, stance=Stance.DENIES) for one in found(clause, "armed", who=who)]
    weapon = next((one for one in told if one.rstrip("s") in WEAPONS), None)
    if weapon is None:
        return []
    if {"advised", "told", "aware", "informed", "notified", "warned"} & set(told):
        # "CLINICIAN NOT ADVISED OF WEAPON" tells of what was said, and nothing of a weapon.
        return []
    if told[-1] == "secured":
        return denied_if(telegram, found(clause, "collected", item=weapon))
    name = None if weapon.rstrip("s") == "weapon" else weapon.rstrip("s")
    unseen = telegram.is_denied and {"seen", "observed", "visible"} & set(told)
    if {"unknown", "unk"} & set(told) or unseen:
        made = found(clause, "armed", who=who, weapon=name)
        return [replace(one, stance=Stance.DOES_NOT_KNOW) for one in made]
    at = next(n for n, one in enumerate(told) if one.rstrip("s") in WEAPONS)
    if telegram.is_denied and not NO & set(told[:at]):
        return []
    if telegram.is_denied:
        made = found(clause, "armed", who=who or ANYONE, weapon=name)
        return [replace(one, stance=Stance.DENIES) for one in made]
    has = {"has", "with", "holding", "armed", "w", "owns", "carrying", "having", "carries"} & set(
        told
    )
    if not has and "is" not in told and len(told) > 2:
        return []
    made = found(clause, "armed", who=who, weapon=name)
    place = next((n for n, one in enumerate(told) if one in _PLACES and n), None)
    if place is not None and who is not None and "with" in told[place:]:
        made = [*found(clause, "present", who=who, place=place_name(body[place + 1])), *made]
    return made


def _of_an_attack(telegram: Telegram) -> list[Finding]:
    told = telegram.told
    if not {"assault", "battery", "assaulted"} & set(told):
        return []
    made = denied_if(telegram, found(telegram.clause, "attacked", whom=None))
    hedge = Hedge.POSSIBLE if "possible" in told else None
    return [replace(one, hedge=hedge) for one in made]


def _of_custody(telegram: Telegram) -> list[Finding]:
    told, clause = telegram.told, telegram.clause
    if told in (["no", "arrest"], ["no", "arrests"]):
        return denied_if(telegram, found(clause, "arrested", who=ANYONE))
    if told[-2:] == ["in", "custody"] or told[-1] == "detained":
        return denied_if(telegram, found(clause, "detained", who=telegram.person()))
    if {"cuffed", "handcuffed"} & set(told):
        return denied_if(telegram, found(clause, "handcuffed", who=telegram.person()))
    return []


def _of_a_death(telegram: Telegram) -> list[Finding]:
    told = telegram.told
    who = telegram.person()
    dead = told[-1] in ("deceased", "doa") or (told[-1] == "dead" and who is not None)
    if dead or "pronounced" in told or told[:3] == ["time", "of", "death"]:
        return denied_if(telegram, found(telegram.clause, "died", who=who))
    return []


def _of_a_person(telegram: Telegram) -> list[Finding]:
    told, clause = telegram.told, telegram.clause
    who = telegram.person()
    if "threatened" in told and who is not None:
        return denied_if(telegram, found(clause, "threatened", whom=None, by=who))
    if _CRISIS & set(told):
        sign = next(one for one in told if one in _CRISIS)
        without = {"off", "no", "not", "without", "stopped", "quit", "refusing", "missed"} & set(
            told
        )
        if sign in ("meds", "medication") and not without:
            return []
        made = found(clause, "in_crisis", who=who, sign=sign)
        # "NO SLEEP" and "NOT TAKING MEDS" tell of a crisis, "NOT CRYING" of none.
        return made if sign in _SLEEPLESS else denied_if(telegram, made)
    if told[0] == "no" and told[1:] in (["victim"], ["victims"], ["patients"]):
        return denied_if(telegram, found(clause, "injured", who=ANYONE))
    lies = told[-1] == "down" and told[-2:-1] in (["one"], ["officer"], ["man"], ["woman"])
    oneself = "cutting" in told and {"himself", "herself", "wrists", "wrist", "arms"} & set(told)
    if lies or oneself or (_HARM & set(told)):
        return denied_if(telegram, found(clause, "injured", who=who))
    return []


def _of_a_name(telegram: Telegram) -> list[Finding]:
    """ "PT'S NAME IS DOM", "LAST NAME" of what somebody does not give."""
    told, clause = telegram.told, telegram.clause
    match = _NAMED.search(telegram.line)
    if match is not None and not telegram.is_denied:
        name = (match["name"] or match["other"]).title()
        return found(clause, "named", who=telegram.person(), name=name)
    if (told[-1] in ("name", "names") and len(told) <= 4) or told[0] == "name":
        return found(clause, "named", who=telegram.person())
    return []


def _of_an_age(telegram: Telegram) -> list[Finding]:
    """ "MALE, 30", "HUSBAND 58", "POSS 50S", "PT'S AGE" of what somebody does not know."""
    told, clause, who = telegram.told, telegram.clause, telegram.person()
    if told[-1] == "age":
        return found(clause, "aged", who=who)
    match = _AGE.search(telegram.line)
    years = (
        "yo" in telegram.line
        or "year" in telegram.line
        or (match is not None and match["age"][-1] == "s")
    )
    if match is None or telegram.is_denied or not (who is not None or years) or len(told) > 5:
        return []
    between = telegram.line[: match.start()].split()
    if between and not ({between[-1]} & PERSONS or between[-1] in ("about", "possible", "is")):
        return []
    return found(clause, "aged", who=who, age=match["age"])


def _of_whereabouts(telegram: Telegram) -> list[Finding]:
    """ "MALE AT THE WINDOW", "FOUND MALE ON FLOOR", "SHE IS NOT AT SCENE"."""
    told, clause = telegram.told, telegram.clause
    first = 1 if told[0] == "found" else 0
    if first >= len(told) or not (is_person(telegram.words[first]) or told[first] in ("he", "she")):
        return []
    at = next((n for n, one in enumerate(told) if n > first and one in _PLACES), None)
    between = set(told[first + 1 : at]) - _POSED - NO if at is not None else {""}
    if at is None or at + 1 >= len(told) or between or told[-1] in _NO_PLACES:
        return []
    stops = [n for n, one in enumerate(told) if n > at and one in ("of", "and", "with", "for")]
    last = (stops[0] if stops else len(told)) - 1
    place = place_name(telegram.words[max(last, at + 1)])
    who = telegram.clause.whom(telegram.words[first])
    return denied_if(telegram, found(clause, "present", who=who, place=place))


def _of_the_past(telegram: Telegram) -> list[Finding]:
    match = _PRIOR.search(telegram.line)
    if match is None or "calls" not in telegram.told:
        return []
    count = "0" if match["count"] == "no" else match["count"]
    return [
        replace(one, stance=Stance.AFFIRMS)
        for one in found(telegram.clause, "prior_calls", count=count)
    ]


def _of_a_call(telegram: Telegram) -> list[Finding]:
    told, clause, who = telegram.told, telegram.clause, telegram.person()
    calls = next((n for n, one in enumerate(told) if one in ("calling", "called")), None)
    if calls is None or who is None or telegram.is_denied or calls > 3 or calls == 0:
        return []
    return found(clause, "called", caller=who)


Pattern = Callable[[Telegram], list[Finding]]
_PATTERNS: Final[tuple[Pattern, ...]] = (
    of_units,
    _of_a_weapon,
    _of_an_attack,
    _of_custody,
    _of_a_death,
    _of_a_person,
    _of_the_past,
    _of_a_name,
    _of_an_age,
    _of_whereabouts,
    of_a_place,
    _of_a_call,
)
