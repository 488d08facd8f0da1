"""What a few words of a log state, as kinds of fact: "C3 ON SCENE", "MALE W/ HAMMER", "NO INJ".

They are matched as words in order. What is ordered, asked or sent is an act of whoever says it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from whoseword.intake.reading.discourse import Discourse
from whoseword.intake.reading.entities import Entity, Referent
from whoseword.intake.reading.facts import Clause, Finding, found
from whoseword.intake.reading.facts_police import place_name
from whoseword.intake.reading.grammar import child
from whoseword.intake.reading.lexicon import AGENCY_HEADS, PERSONS, WEAPONS
from whoseword.intake.reading.naming import slug
from whoseword.words import ANYONE, Hedge, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

_NO: Final = frozenset({"no", "not", "never", "negative", "n't"})
_ENGAGING: Final = frozenset({"approach", "enter", "engage", "contact"})
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
        "cutting",
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
    ]
)
_HOSPITALS: Final = frozenset({"hospital", "hosp", "memorial", "er", "general", "gen", "center"})
_CALLED_OUT: Final = AGENCY_HEADS | {
    "coroner", "examiner", "ems", "crisis", "sheriff", "team", "unit", "medics", "police", "fire",
    "supervisor", "supv", "chief", "cps", "investigators",
}  # fmt: skip
_PLACES: Final = frozenset({"inside", "in", "at", "on", "outside"})


@dataclass(frozen=True, slots=True)
class Telegram:
    """Some words of a log without their stops, and who says them."""

    words: "Sequence[Token]"
    discourse: Discourse
    speaker: Entity

    @property
    def told(self) -> list[str]:
        """The words as they are written out, in lower case."""
        return [one.lower_ for one in self.words]

    @property
    def clause(self) -> Clause:
        """For the rules of slots: the words under their first."""
        return Clause(self.words[0], None, self.is_denied, self.discourse, self.speaker)

    @property
    def is_denied(self) -> bool:
        """Whether one of the words denies."""
        return bool(_NO & set(self.told))

    def person(self) -> Referent | None:
        """Whom the first of the words names, if that is somebody."""
        for word in self.words[:4]:
            if is_person(word):
                return self.clause.whom(word)
        return None


def stated(telegram: Telegram) -> list[Finding]:
    """What the words state; the first pattern that fits."""
    for pattern in _PATTERNS:
        made = pattern(telegram)
        if made:
            return made
    return []


def is_person(word: "Token") -> bool:
    """Whether a word names somebody: a role, or a role with a number."""
    return word.lower_ in PERSONS or child(word, "nummod") is not None


def _done(made: Sequence[Finding]) -> list[Finding]:
    return [replace(one, stance=Stance.DOES) for one in made]


def _denied_if(telegram: Telegram, made: Sequence[Finding]) -> list[Finding]:
    if not telegram.is_denied:
        return list(made)
    return [replace(one, stance=Stance.DENIES) for one in made]


def _under_way(telegram: Telegram) -> list[Finding]:
    """ "TALKING TO FEMALE", "CARRYING INFANT TO MEDICS": the speaker's own act."""
    body, told = telegram.words, telegram.told
    people = [one for one in body[1:] if is_person(one)]
    if not people:
        return []
    clause, doer = telegram.clause, telegram.speaker.name
    if told[0] in ("talking", "speaking", "engaging"):
        return found(clause, "engaged", who=doer, whom=clause.whom(people[0]))
    if told[0] in ("carrying", "moving", "transporting"):
        to = place_name(people[1]) if len(people) > 1 else None
        return found(clause, "moved", who=clause.whom(people[0]), by=doer, to=to)
    return []


def _of_a_unit(telegram: Telegram) -> list[Finding]:
    body, told, clause = telegram.words, telegram.told, telegram.clause
    if ("on" in told[1:-1] and told[-1] == "scene") or (told[-1] == "arrived" and len(told) > 1):
        last = len(told) - 2 if told[-1] == "scene" else len(told) - 1
        return found(clause, "arrived", unit=_sign(telegram, body[:last]), place="scene")
    if told[0] == "eta" or told[-2:-1] == ["eta"]:
        return [replace(one, stance=Stance.EXPECTS) for one in found(clause, "arrived", unit=None)]
    at = next((n for n, one in enumerate(told) if one in ("dispatched", "disp", "backup")), None)
    if at:
        crew = [clause.whom(one) for one in body[at + 1 :] if told[at + 1 : at + 2] == ["with"]]
        names = list(dict.fromkeys(one.name for one in crew if one.name))
        members = {"members": [*names]} if names else {}
        signs = _signs(telegram, body[:at])
        return _done([one for unit in signs for one in found(clause, "dispatched", unit=unit, **members)])  # fmt: skip
    if "en route" in told:
        going = told.index("en route")
        if set(told[going:]) & _HOSPITALS:
            return found(clause, "moved", who=None, by=_sign(telegram, body[:going]))
        return found(clause, "dispatched", unit=_sign(telegram, body[:going]))
    if told[0] == "responding":
        return found(clause, "dispatched", unit=telegram.speaker.name)
    if told[1:2] == ["staged"] and is_person(body[0]):
        return found(clause, "staged", unit=clause.whom(body[0]), place=place_name(body[-1]))
    return []


def _of_notice(telegram: Telegram) -> list[Finding]:
    body, told, clause = telegram.words, telegram.told, telegram.clause
    if told[-1] in ("notified", "paged", "called") and len(body) >= 2:
        before = body[-2]
        if told[-1] != "called" or set(told[:-1]) & _CALLED_OUT:
            agency = clause.whom(before).name or slug(" ".join(one.text for one in body[:-1]))
            return found(clause, "notified", agency=agency)
        return found(clause, "called", caller=telegram.person())
    if told[0] in ("notify", "page") and len(body) >= 2:
        return _done(found(clause, "notified", agency=slug(" ".join(o.text for o in body[1:]))))
    return []


def _ordered(telegram: Telegram) -> list[Finding]:
    """A hold or a clearance: words that make it so, once a person has signed them."""
    body, told, clause = telegram.words, telegram.told, telegram.clause
    if told[0] == "hold" and len(body) > 1:
        held = next((one for one in body[1:] if is_person(one)), None)
        who = clause.whom(held) if held is not None else slug(body[1].text)
        return _done(found(clause, "held", who=who))
    if "cleared" in told and _ENGAGING & set(told) and is_person(body[0]):
        at = told.index("until") + 1 if "until" in told[:-1] else None
        until = body[at].text if at is not None else None
        return _done(found(clause, "cleared", who=clause.whom(body[0]), for_="engage", until=until))
    if "goes" in told and "in" in told and "no" in told[:1]:
        return _done(found(clause, "held", who=None))
    if "req" in told or "requested" in told:
        at = told.index("requested" if "requested" in told else "req")
        by = None
        if "by" in told[at:] and at + 2 < len(body):
            by = clause.whom(body[told.index("by", at) + 1])
        what = body[:at] if at else body[1:]
        about = slug(" ".join(one.text for one in what)) or None
        return _done(found(clause, "requested", by=by, about=about))
    return []


def _of_a_weapon(telegram: Telegram) -> list[Finding]:
    body, told, clause = telegram.words, telegram.told, telegram.clause
    if "shots" in told and ("fired" in told or "heard" in told):
        made = found(clause, "discharged_weapon", who=ANYONE if telegram.is_denied else None)
        return _denied_if(telegram, made)
    weapon = next((one for one in told if one.rstrip("s") in WEAPONS), None)
    if weapon is None:
        return []
    if told[-1] == "secured":
        return found(clause, "collected", item=weapon)
    who = telegram.person()
    name = None if weapon.rstrip("s") == "weapon" else weapon.rstrip("s")
    if {"unknown", "unk"} & set(told) or (telegram.is_denied and told[-1] in ("seen", "observed")):
        made = found(clause, "armed", who=who, weapon=name)
        return [replace(one, stance=Stance.DOES_NOT_KNOW) for one in made]
    if telegram.is_denied:
        made = found(clause, "armed", who=who or ANYONE, weapon=name)
        return [replace(one, stance=Stance.DENIES) for one in made]
    has = {"has", "with", "holding", "armed", "w"} & set(told)
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
    made = _denied_if(telegram, found(telegram.clause, "attacked", whom=None))
    hedge = Hedge.POSSIBLE if "possible" in told else None
    return [replace(one, hedge=hedge) for one in made]


def _of_custody(telegram: Telegram) -> list[Finding]:
    told, clause = telegram.told, telegram.clause
    if told in (["no", "arrest"], ["no", "arrests"]):
        return _denied_if(telegram, found(clause, "arrested", who=ANYONE))
    if told[-2:] == ["in", "custody"] or told[-1] == "detained":
        return _denied_if(telegram, found(clause, "detained", who=telegram.person()))
    return []


def _of_a_person(telegram: Telegram) -> list[Finding]:
    body, told, clause = telegram.words, telegram.told, telegram.clause
    who = telegram.person()
    if told[-1] in ("deceased", "dead", "doa") or told[:3] == ["time", "of", "death"]:
        return _denied_if(telegram, found(clause, "died", who=who))
    if "threatened" in told and who is not None:
        return found(clause, "threatened", whom=None, by=who)
    if _CRISIS & set(told):
        sign = next(one for one in told if one in _CRISIS)
        return found(clause, "in_crisis", who=who, sign=sign)
    lies = told[-1] == "down" and told[-2:-1] in (["one"], ["officer"], ["man"], ["woman"])
    if lies or (_HARM & set(told)):
        return _denied_if(telegram, found(clause, "injured", who=who))
    if who is not None and told[1:2] and told[1] in _PLACES and len(body) <= 5:
        return _denied_if(telegram, found(clause, "present", who=who, place=place_name(body[-1])))
    return []


def _of_a_place(telegram: Telegram) -> list[Finding]:
    body, told = telegram.words, telegram.told
    at = next((n for n, one in enumerate(told) if one in ("at", "in") and n), None)
    if at is None or at + 1 >= len(body) or not any(map(str.isdigit, told[at - 1])):
        return []
    unit = _sign(telegram, body[:at])
    return found(telegram.clause, "located", what=unit, place=place_name(body[at + 1]))


def _sign(telegram: Telegram, words: "Sequence[Token]") -> str | None:
    """The name of the unit that the words end with."""
    signs = _signs(telegram, words)
    return signs[-1] if signs else telegram.speaker.name if telegram.speaker.kind else None


def _signs(telegram: Telegram, words: "Sequence[Token]") -> list[str | None]:
    """Each unit that the words name: "3D11 3D14", "BRANLEY PD 6"."""
    signs: list[str | None] = []
    run: list[str] = []
    for word in words:
        run.append(word.text)
        if any(map(str.isdigit, word.text)):
            named = telegram.clause.whom(word).name if len(run) < 3 else None
            signs.append(named or slug(" ".join(run)))
            run = []
    if run and not signs:
        last = telegram.clause.whom(words[-1]).name
        signs.append(last or slug(" ".join(run)))
    return signs


Pattern = Callable[[Telegram], list[Finding]]
_PATTERNS: Final[tuple[Pattern, ...]] = (
    _under_way,
    _of_a_unit,
    _of_notice,
    _ordered,
    _of_a_weapon,
    _of_an_attack,
    _of_custody,
    _of_a_person,
    _of_a_place,
)
