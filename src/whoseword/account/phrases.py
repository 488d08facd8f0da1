"""Plain words for matters and positions, for people; nothing reads them back."""

from collections.abc import Mapping
from functools import cache
from string import Formatter

from whoseword.account.positions import Take
from whoseword.account.values import shown_value
from whoseword.words import ANYONE, Happened, Hedge, Matter, Stance
from whoseword.words.kinds import key_slots

_QUESTIONS: dict[str, str] = {
    "called": "What was {call} about, and who made it?",
    "classified": "How was {call} classified?",
    "located": "Where was {what}?",
    "present": "Was {who} there?",
    "counted": "How many were there: {what}?",
    "named": "What is the name of {who}?",
    "aged": "How old was {who}?",
    "related": "How is {who} related to {whom}?",
    "same": "Is {who} the same as {whom}?",
    "in_crisis": "Was {who} in crisis?",
    "armed": "Was {who} armed?",
    "threatened": "Was {whom} threatened?",
    "attacked": "Was {whom} attacked?",
    "injured": "Was {who} hurt, and by whom?",
    "died": "Did {who} die?",
    "cause_of_death": "Who or what caused the death of {who}?",
    "prior_calls": "Were there earlier calls to {place}?",
    "contact": "Did {agency} have contact at {place}, and how did it come out?",
    "dispatched": "Was {unit} sent?",
    "arrived": "Did {unit} arrive?",
    "staged": "Did {unit} wait at a distance?",
    "engaged": "Did {who} engage {whom}?",
    "deescalated": "Did {who} try to calm it?",
    "discharged_weapon": "Did {who} fire?",
    "detained": "Was {who} detained?",
    "handcuffed": "Was {who} handcuffed?",
    "arrested": "Was {who} arrested?",
    "moved": "Was {who} taken elsewhere?",
    "conformed": "Did {who} keep to the rules?",
    "placed_on_leave": "Was {who} placed on leave?",
    "investigates": "Does {agency} investigate?",
    "visited": "Did {agency} visit?",
    "met": "Did {agency} meet {whom}?",
    "notified": "Was {agency} told by {by}?",
    "collected": "Was {item} collected?",
    "interviewed": "Was {who} interviewed by {by}?",
    "found": "What did {by} find on {matter}?",
    "cleared": "Was {who} cleared to {for}?",
    "held": "Was {who} held back from {for}?",
    "requested": "Did {by} ask {of}?",
    "replied": "Did {by} reply to {to}?",
    "disclosed": "Was {item} disclosed to {to}?",
    "published": "Did {by} publish {item}?",
    "withheld": "Does {by} withhold {item}?",
    "waived": "Was {rule} waived for {for}?",
    "sealed": "Was {item} sealed?",
    "quarantined": "Is {item} in quarantine?",
    "assigned": "Was {reader} assigned to the incident?",
    "broke_glass": "Did {reader} open the incident without being assigned?",
    "read_reviewed": "Was the reading {item} reviewed?",
    "imported": "Was {batch} imported?",
    "other": "Is it so: {text}?",
}

_UNTOLD = {"who": "somebody", "whom": "somebody", "agency": "an agency", "place": "a place"}

_STANCES = {
    Stance.AFFIRMS: "yes",
    Stance.DENIES: "no",
    Stance.CANNOT_SAY: "cannot say",
    Stance.DOES_NOT_KNOW: "does not know",
    Stance.DECLINES: "declines to say",
    Stance.NO_REPLY: "no reply",
    Stance.BELIEVES: "believes so",
    Stance.EXPECTS: "expects so",
    Stance.DOES: "ordered or done in words",
}

_HEDGES = {Hedge.PLAIN: "", Hedge.POSSIBLE: "possibly ", Hedge.REPORTED: "reportedly "}


@cache
def _parts(kind: str) -> tuple[tuple[str, str, int], ...]:
    """A kind's question in parts: the words, then a key slot's name and place (or none)."""
    slots = key_slots(kind)
    return tuple(
        (words, slot or "", slots.index(slot) if slot else -1)
        for words, slot, _, _ in Formatter().parse(_QUESTIONS[kind])
    )


def question(matter: Matter) -> str:
    """The matter as a question: "Was the woman armed?"."""
    told = ""
    for words, slot, place in _parts(matter.kind):
        told += words
        if slot:
            told += _named(slot, matter.keys[place])
    return told


def _named(slot: str, value: str | None) -> str:
    if value is None:
        return _UNTOLD.get(slot, "something")
    if value == ANYONE or slot not in ("who", "whom"):
        return value
    is_role = value.replace(" ", "").isalpha() and value.islower() and value.isascii()
    return f"the {value}" if is_role else value


def happened_words(happened: str | Happened | None) -> str:
    """When, as it was said; empty where it was not."""
    if happened is None or isinstance(happened, str):
        return happened or ""
    if happened.anchor:
        return " ".join(happened.anchor)
    return happened.words or ""


def value_words(value: Mapping[str, str | bool | list[str]]) -> str:
    """The stated slots in a row: "weapon knife; place stairs"."""
    told = []
    for slot, given in value.items():
        words = given if isinstance(given, str) else _told(given)
        told.append(f"{slot} {words}")
    return "; ".join(told)


def _told(given: bool | list[str]) -> str:
    if isinstance(given, list):
        return ", ".join(given)
    return "yes" if given else "no"


def position_words(
    stance: Stance,
    hedge: Hedge,
    value: Mapping[str, str | bool | list[str]],
    happened: str | Happened | None,
) -> str:
    """A position in plain words: "possibly yes (weapon knife), at arrival"."""
    words = f"{_HEDGES[hedge]}{_STANCES[stance]}"
    if value:
        words += f" ({value_words(value)})"
    when = happened_words(happened)
    return f"{words}, {when}" if when else words


def take_words(take: Take) -> str:
    """What one statement says on a matter, in plain words."""
    return position_words(take.stance, take.hedge, shown_value(take.value), take.happened)
