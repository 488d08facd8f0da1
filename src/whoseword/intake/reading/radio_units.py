"""What units do, as a log has it: on the way, there, waiting, told to hold or to go in.

An order in a log is an act of whoever gives it: "HOLD", "NOBODY APPROACH", "OK TO COME IN". What a
dispatcher writes of units ("3D11 DISP") is an act of the desk.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from whoseword.intake.reading.facts import Finding, found
from whoseword.intake.reading.facts_police import place_name
from whoseword.intake.reading.findings import other
from whoseword.intake.reading.lexicon import AGENCY_HEADS
from whoseword.intake.reading.naming import slug
from whoseword.intake.reading.telegram import Telegram, denied_if, done, is_person
from whoseword.words import ANYONE, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

_ENGAGING: Final = frozenset({"approach", "enter", "engage", "contact"})
_GOING_IN: Final = _ENGAGING | {
    "go",
    "goes",
    "going",
    "come",
    "move",
    "fire",
    "shoot",
    "touch",
    "send",
}
_HOSPITALS: Final = frozenset({"hospital", "hosp", "memorial", "er", "general", "gen", "center"})
_CLEARS: Final = re.compile(
    r"(?!.*\b(?:almost|nearly|will|be|can|could|may|might|should|would|to be|s?he|they|it|who|was|were|already)\b)(?:[\w'-]+ ){1,3}"
    r"(?:is |are )?(?:cleared to|clear to|ok to|okay to|go ahead(?: and)?) "
    r"(?:come|go|move|approach|enter|engage|contact|talk|speak|patient|pt|scene|the)"
    r"(?: (?:in|inside|to|with|scene|the|house|residence|apartment|room|building|door|patient|male"
    r"|female|him|her|them|subject))*(?: until \S+)?"
)
_CALLED_OUT: Final = AGENCY_HEADS | {
    "coroner", "examiner", "ems", "crisis", "sheriff", "team", "unit", "medics", "police", "fire",
    "supervisor", "supv", "chief", "cps", "investigators",
}  # fmt: skip
_SENT: Final = frozenset({"dispatched", "disp", "backup", "dsp"})
_ON_THE_WAY: Final = frozenset({"en route", "enroute", "responding"})
_NO_ANSWER: Final = re.compile(
    r"(?:no (?:answer|response|reply|ans)|unanswered|went to (?:voicemail|vm)|rang (?:out|through))\b"
)
_TRIED: Final = re.compile(
    r"\b(?:knocked|called|callback|call back|phoned|rang|tried|landline|at the door)\b"
)
_OUT: Final = re.compile(r"(?:is|are|we're|were|'re) \d+ (?:min(?:s|utes)? )?out\b")
_COMMANDS: Final = frozenset(
    {"disregard", "use", "stage", "stand", "respond", "go", "keep", "stay", "secure", "bring", "send",
     "clear", "set", "start", "switch", "meet", "advise", "block", "copy", "copied", "cancel"}
)  # fmt: skip
_ADDRESSED: Final = frozenset({"units", "unit", "all", "everybody", "everyone", "please"})


def of_units(telegram: Telegram) -> list[Finding]:
    """What the words state of a unit's way and doings; the first pattern that fits."""
    for pattern in (_ordered, _no_answer, _under_way, _there, _sent, _waiting, _of_notice):
        made = pattern(telegram)
        if made:
            return made
    return []


def of_a_place(telegram: Telegram) -> list[Finding]:
    """ "AMB 21 AT HOSP": where a unit is."""
    body, told = telegram.words, telegram.told
    at = next((n for n, one in enumerate(told) if one in ("at", "in") and n), None)
    if at is None or at + 1 >= len(body) or not any(map(str.isdigit, told[at - 1])):
        return []
    unit = _sign(telegram, body[:at])
    return found(telegram.clause, "located", what=unit, place=place_name(body[at + 1]))


def _under_way(telegram: Telegram) -> list[Finding]:
    """ "TALKING TO FEMALE", "CARRYING INFANT TO MEDICS": the speaker's own act."""
    body, told = telegram.words, telegram.told
    people = [one for one in body[1:] if is_person(one)]
    clause, doer = telegram.clause, telegram.speaker.name
    speaking = told[0] in ("talking", "speaking", "engaging") or told[:2] == ["out", "with"]
    if speaking and people:
        return found(clause, "engaged", who=doer, whom=clause.whom(people[0]))
    if told[0] in ("carrying", "moving") and people:
        to = place_name(people[1]) if len(people) > 1 else None
        return found(clause, "moved", who=clause.whom(people[0]), by=doer, to=to)
    if told[0] in ("transporting", "transported") or (told[0] == "to" and telegram.is_a_units):
        who = clause.whom(people[0]) if people else None
        towards = next((n for n, one in enumerate(told) if one == "to"), None)
        place = _after(telegram, towards) if towards is not None else None
        by = doer if told[0] != "transported" or telegram.is_a_units else None
        return found(clause, "moved", who=who, by=by, to=place)
    return []


def _there(telegram: Telegram) -> list[Finding]:
    """A unit that is there, and one that will be."""
    body, told, clause = telegram.words, telegram.told, telegram.clause
    if told[0] == "eta" or told[-2:-1] == ["eta"]:
        unit = telegram.speaker.name if telegram.is_a_units else None
        made = found(clause, "arrived", unit=unit)
        is_open = bool({"unknown", "unk"} & set(told))
        return [
            replace(one, stance=Stance.DOES_NOT_KNOW if is_open else Stance.EXPECTS) for one in made
        ]
    if telegram.is_denied:
        return []
    on = next(
        (n for n, one in enumerate(told[:-1]) if one == "on" and told[n + 1] == "scene"), None
    )
    here = on if on is not None else next(
        (n for n, one in enumerate(told) if one in ("arrived", "os", "onscene")), None
    )  # fmt: skip
    if here is None:
        return []
    if here == 0 and not telegram.is_a_units:
        return []
    unit = _sign(telegram, body[:here]) if here else telegram.speaker.name
    place = _after(telegram, told.index("at", here)) if "at" in told[here:-1] else "scene"
    return found(clause, "arrived", unit=unit, place=place)


def _sent(telegram: Telegram) -> list[Finding]:
    body, told, clause = telegram.words, telegram.told, telegram.clause
    at = next((n for n, one in enumerate(told) if one in _SENT), None)
    if at:
        crew = [clause.whom(one) for one in body[at + 1 :] if told[at + 1 : at + 2] == ["with"]]
        names = list(dict.fromkeys(one.name for one in crew if one.name))
        members = {"members": [*names]} if names else {}
        signs = _signs(telegram, body[:at])
        made = [one for unit in signs for one in found(clause, "dispatched", unit=unit, **members)]
        return denied_if(telegram, made) if telegram.is_denied else done(made)
    going = next((n for n, one in enumerate(told) if one in _ON_THE_WAY), None)
    if going is not None and not telegram.is_denied and (going or telegram.is_a_units):
        unit = _sign(telegram, body[:going]) if going else telegram.speaker.name
        if set(told[going:]) & _HOSPITALS:
            return found(clause, "moved", who=None, by=unit)
        return [one for each in _signs(telegram, body[:going]) or [unit] for one in found(clause, "dispatched", unit=each)]  # fmt: skip
    if _OUT.search(telegram.line):
        ours = told[0] in ("we", "we're") and telegram.is_a_units
        unit = telegram.speaker.name if ours else slug(body[0].text)
        return found(clause, "dispatched", unit=unit)
    return []


def _waiting(telegram: Telegram) -> list[Finding]:
    """ "C3 STAGED AT DEPOT", "HOLDING AT LOT FOR PD", "AIR 1 ON STANDBY"."""
    told, clause = telegram.told, telegram.clause
    at = next(
        (n for n, one in enumerate(told) if one in ("staged", "staging", "standby", "holding")),
        None,
    )
    if at is None or telegram.is_denied:
        return []
    if told[at] == "holding" and not (telegram.is_a_units and told[at + 1 : at + 2] == ["at"]):
        return []
    before = telegram.words[: at - 1 if told[at] == "standby" else at]
    if before and is_person(before[0]):
        unit = clause.whom(before[0])
        return found(clause, "staged", unit=unit, place=_after(telegram, at + 1, last=True))
    if not before and not telegram.is_a_units:
        return []
    unit_name = _sign(telegram, before) if before else telegram.speaker.name
    where = told.index("at", at) if "at" in told[at:-1] else None
    place = _after(telegram, where) if where is not None else None
    return found(clause, "staged", unit=unit_name, place=place)


def _no_answer(telegram: Telegram) -> list[Finding]:
    """ "KNOCKED, NO ANS", "ON C/B NO ANSWER": somebody was tried, and did not answer."""
    alone = _NO_ANSWER.fullmatch(telegram.line) is not None
    if not alone and not (_NO_ANSWER.search(telegram.line) and _TRIED.search(telegram.line)):
        return []
    told = telegram.told
    at = told.index("at") if "at" in told[:-1] else None
    place = _after(telegram, at) if at is not None else None
    agency = telegram.speaker.party or telegram.speaker.name
    made = found(telegram.clause, "contact", agency=agency, place=place, outcome="no_answer")
    return [replace(one, stance=Stance.AFFIRMS) for one in made]


def _of_notice(telegram: Telegram) -> list[Finding]:
    body, told, clause = telegram.words, telegram.told, telegram.clause
    at = next((n for n, one in enumerate(told) if one in ("notified", "paged", "called")), None)
    ends = at is not None and (at == len(told) - 1 or told[at + 1] == "by")
    if at and ends and not telegram.is_denied:
        ahead = told[at - 2 : at] in (["will", "be"], ["to", "be"])
        last = at - 2 if ahead else at
        if last < 1:
            return []
        before = body[last - 1]
        named = " ".join(one.text for one in body[:last])
        if told[at] != "called" or set(told[:at]) & _CALLED_OUT:
            agency = "medical-examiner" if named.lower() == "me" else None
            agency = agency or clause.whom(before).name or slug(named)
            by = slug(" ".join(one.text for one in body[at + 2 :])) or None
            made = found(clause, "notified", agency=agency, **({"by": by} if by else {}))
            return [replace(one, stance=Stance.EXPECTS) for one in made] if ahead else made
        return found(clause, "called", caller=telegram.person())
    if told[0] in ("notify", "page") and len(body) >= 2:
        return done(found(clause, "notified", agency=slug(" ".join(o.text for o in body[1:]))))
    return []


def _ordered(telegram: Telegram) -> list[Finding]:
    """A hold or a clearance: words that make it so, once a person has signed them."""
    body, told, clause = telegram.words, telegram.told, telegram.clause
    if told[0] == "hold" and len(body) > 1:
        held = next((one for one in body[1:] if is_person(one)), None)
        who = clause.whom(held) if held is not None else slug(body[1].text)
        return done(found(clause, "held", who=who))
    if "cleared" in told and _ENGAGING & set(told) and is_person(body[0]) and _is_plain(telegram):
        at = told.index("until") + 1 if "until" in told[:-1] else None
        until = body[at].text if at is not None else None
        return done(found(clause, "cleared", who=clause.whom(body[0]), for_="engage", until=until))
    held_back = _held_back(telegram)
    if held_back:
        return held_back
    allowed = _let_in(telegram)
    if allowed:
        return allowed
    asked = next(
        (n for n in range(1, len(told)) if told[n] == "asked" and told[n - 1] in ("was", "were")), 0
    )
    if asked > 1 and is_person(body[asked - 2]) and not telegram.is_denied:
        of, matter = clause.whom(body[asked - 2]), slug(" ".join(o.text for o in body[asked + 1 :]))
        return done(found(clause, "requested", by=None, of=of, about=matter or None))
    if ("req" in told or "requested" in told) and not telegram.is_denied:
        at = told.index("requested" if "requested" in told else "req")
        by = None
        if "by" in told[at:] and at + 2 < len(body):
            by = clause.whom(body[told.index("by", at) + 1])
        what = body[:at] if at else body[1:]
        about = slug(" ".join(one.text for one in what)) or None
        return done(found(clause, "requested", by=by, about=about))
    return _told_to(telegram)


def _is_plain(telegram: Telegram) -> bool:
    """Whether the words are a clearance and nothing else: nothing denies, delays, limits, asks for
    or conditions it. Words that are not known here are no clearance."""
    return not telegram.is_denied and bool(_CLEARS.fullmatch(telegram.line))


def _held_back(telegram: Telegram) -> list[Finding]:
    """ "NO ONE GOES IN", "NOBODY APPROACH UNTIL …", "DON'T APPROACH", "PLS DON'T ENGAGE"."""
    told, clause = telegram.told, telegram.clause
    first = told[1:] if told[0] == "please" else told
    nobody = first[:1] == ["nobody"] or first[:2] in (
        ["no", "one"],
        ["no", "units"],
        ["no", "unit"],
    )
    verb = next((one for one in first[1:4] if one in _GOING_IN), None)
    if nobody and verb:
        return done(found(clause, "held", who=ANYONE if first[0] == "nobody" else None))
    dont = first[:1] in (["don't"], ["dont"], ["don’t"]) or first[:2] in (
        ["do", "not"],
        ["do", "n't"],
    )
    not_to = next((n for n, one in enumerate(told[:-2]) if told[n : n + 2] == ["not", "to"]), None)
    if not_to is not None and told[not_to + 2] in _GOING_IN:
        who_named = _sign(telegram, telegram.words[:not_to]) if not_to else None
        return done(found(clause, "held", who=who_named, for_=told[not_to + 2]))
    if dont and verb:
        sent = (
            next((one for one in telegram.words if is_person(one)), None)
            if verb == "send"
            else None
        )
        who = clause.whom(sent) if sent is not None else None
        return done(found(clause, "held", who=who, for_=verb))
    return []


def _let_in(telegram: Telegram) -> list[Finding]:
    """ "MED6 OK TO COME IN", "M12 CLEARED TO PT", "P31 GO AHEAD": somebody may, on somebody's word."""
    body, told, clause = telegram.words, telegram.told, telegram.clause
    at = next(
        (n for n, one in enumerate(told[:-1]) if (one, told[n + 1]) in
         (("ok", "to"), ("okay", "to"), ("cleared", "to"), ("clear", "to"), ("go", "ahead"))),
        None,
    )  # fmt: skip
    if at is None or not _is_plain(telegram):
        return []
    who = _sign(telegram, body[:at]) if at else None
    purpose = slug(" ".join(one.text for one in body[at + 2 : at + 6])) or "go-ahead"
    return done(found(clause, "cleared", who=who, for_=purpose))


def _told_to(telegram: Telegram) -> list[Finding]:
    """ "ALL UNITS STAGE AT FOURTH", "DISREGARD CR2": a command, in the mouth of a unit or a desk."""
    body, told, clause = telegram.words, telegram.told, telegram.clause
    start = next((n for n, one in enumerate(told) if one not in _ADDRESSED), len(told))
    if start >= len(told) or told[start] not in _COMMANDS:
        return []
    addressed = start > 0
    if told[start : start + 2] == ["clear", "of"]:
        return []
    if told[start] == "stage":
        unit = slug(" ".join(one.text for one in body[:start])) if addressed else None
        where = told.index("at") if "at" in told[:-1] else None
        place = _after(telegram, where) if where is not None else None
        return done(found(clause, "staged", unit=unit or None, place=place))
    if told[start] in ("copy", "copied"):
        return found(clause, "replied", by=telegram.speaker.name) if len(told) == 1 else []
    anybodys = told[start] in ("cancel", "disregard")
    if (addressed or telegram.is_a_units or anybodys) and len(told) > start + 1:
        return done([other(telegram.written)])
    return []


def _after(telegram: Telegram, at: int | None, *, last: bool = False) -> str | None:
    """The place that the words after `at` name: "COUNTY GENERAL", "4TH AND PELL"."""
    if at is None or at + 1 >= len(telegram.words):
        return None
    if last:
        return place_name(telegram.words[-1])
    run: list[str] = []
    for word in telegram.words[at + 1 :]:
        if word.lower_ in ("for", "with", "until", "per", "by", "from", "w"):
            break
        if word.lower_ not in ("the", "a", "an"):
            run.append(word.text)
    return slug(" ".join(run[:5])) or None


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
