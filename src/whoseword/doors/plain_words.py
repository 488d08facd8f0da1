"""The plain words in which every face of an account tells it.

A position's words never drop its hedge (law 1: no view surer than its sources); a date that was
told in words stays in those words, for nothing here resolves "Thursday" to a calendar day.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from whoseword.account import MatterView, Position
from whoseword.account.values import shown_value
from whoseword.books import Removed
from whoseword.record import Verdict
from whoseword.words import (
    AFFIRMING,
    NON_ANSWERS,
    Happened,
    Hedge,
    Relay,
    Speaker,
    Stance,
    Statement,
)
from whoseword.words.kinds import values_of
from whoseword.words.vocabulary import MEANINGS

NOT_REVIEWED = "not reviewed by a person"

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_DATE_TIME = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d(?::?\d\d)?)?)?"
)
_YES_NO = ("Was ", "Were ", "Is ", "Did ", "Does ")

_ANSWERS: dict[Stance, tuple[str, str]] = {
    Stance.AFFIRMS: ("Yes", "Affirmed"),
    Stance.DENIES: ("No", "Denied"),
    Stance.CANNOT_SAY: ("Cannot say", "Cannot say"),
    Stance.DOES_NOT_KNOW: ("Does not know", "Does not know"),
    Stance.DECLINES: ("Declines to say", "Declines to say"),
    Stance.NO_REPLY: ("No reply", "No reply"),
    Stance.BELIEVES: ("Believes so", "Believed"),
    Stance.EXPECTS: ("Expects so", "Expected"),
    Stance.DOES: ("Done by these words", "Done by these words"),
}
_CLOSED_SLOTS = ("outcome", "relation")
_HEDGED = {Hedge.POSSIBLE: "possibly", Hedge.REPORTED: "reportedly"}


def title_of(word: Enum) -> str:
    """A word of a vocabulary as a title: "Said by one"."""
    return str(word.value).replace("_", " ").capitalize()


def sentence(word: Enum) -> str:
    """What a word of a vocabulary means, as one sentence."""
    meaning = MEANINGS[word]
    return f"{meaning[:1].upper()}{meaning[1:]}."


def position_line(question: str, position: Position) -> str:
    """A position in words: "Possibly yes (weapon: knife), at arrival"."""
    return answer_line(
        question,
        Stance(position.stance),
        Hedge(position.hedge),
        position.value,
        position.happened,
    )


def answer_line(
    question: str,
    stance: Stance,
    hedge: Hedge,
    value: Mapping[str, Any],
    happened: str | Happened | None,
) -> str:
    """What is answered to a question, in words; the hedge always stands in them."""
    words = _answer(stance, hedge, question.startswith(_YES_NO))
    if value:
        words += f" ({'; '.join(_slot_line(slot, given) for slot, given in value.items())})"
    when = happened_line(happened)
    return f"{words}, {when}" if when else words


def _answer(stance: Stance, hedge: Hedge, yes_no: bool) -> str:
    answer = _ANSWERS[stance][0 if yes_no else 1]
    if hedge is Hedge.PLAIN:
        return answer
    lowered = answer[:1].lower() + answer[1:]
    if stance in NON_ANSWERS or stance in AFFIRMING - {Stance.AFFIRMS}:
        return f"{answer} (told as {hedge.value})"
    return f"{_HEDGED[hedge].capitalize()} {lowered}"


def _slot_line(slot: str, given: Any) -> str:
    """A slot and its value; what the contract names by its own words is told in plain ones."""
    words = value_line(given)
    if slot in _CLOSED_SLOTS:
        words = words.replace("_", " ")
    return f"{slot.replace('_', ' ')}: {words}"


def value_line(given: Any) -> str:
    """A slot's value in words; empty where it was not stated."""
    if given is None:
        return ""
    if isinstance(given, bool):
        return "yes" if given else "no"
    if isinstance(given, str):
        return given
    return ", ".join(value_line(member) for member in given)


def answer_title(answer: str) -> str:
    """A stance as an answer: "Declines to say"."""
    return _ANSWERS[Stance(answer)][0]


def finding_line(statement: Statement) -> str:
    """What a finding says of the matter that it is about."""
    value = shown_value(values_of(statement.fact))
    plain = statement.stance in AFFIRMING and statement.hedge is Hedge.PLAIN
    if plain and "finding" in value:
        return value_line(value["finding"])
    return answer_line("", statement.stance, statement.hedge, value, statement.fact.happened)


def happened_line(happened: str | Happened | None) -> str:
    """When it is said to have happened; words stay as they were said, marked as such."""
    if happened is None:
        return ""
    if isinstance(happened, str):
        return time_line(happened)
    if happened.anchor:
        return " ".join(happened.anchor)
    return f"“{happened.words}” as said"


def said_line(said: str) -> str:
    """When it was said: a date in full, or the words used."""
    return time_line(said) if _DATE_TIME.fullmatch(said) else f"“{said}”"


def time_line(text: str) -> str:
    """A plain date or time for people; any other EDTF as it stands."""
    match = _DATE_TIME.fullmatch(text)
    if not match or not 1 <= int(match[2]) <= 12:
        return text
    day = f"{int(match[3])} {_MONTHS[int(match[2]) - 1]} {match[1]}"
    if not match[4]:
        return day
    zone = {None: "", "Z": " UTC", "+00:00": " UTC"}.get(match[5], f" UTC{match[5]}")
    return f"{day}, {match[4]}{zone}"


def moment_line(moment: datetime | None) -> str:
    """A moment for people, in UTC, to the second where it has seconds."""
    if moment is None:
        return "not recorded"
    at = moment.astimezone(UTC)
    clock = f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year}, {clock} UTC"


def removed_line(marker: Removed) -> str:
    """Why a statement is out of sight: "sealed by the clerk, under Circuit Court 12"."""
    ground = "under" if marker.state == "sealed" else "because"
    return f"{marker.state} by {' and '.join(marker.by)}, {ground}: {marker.ground or 'not stated'}"


def speaker_line(speaker: Speaker) -> str:
    """What the speaker is: "official, wexmoor-police; own side under review"."""
    told = speaker.kind.value
    if speaker.party:
        told += f", {speaker.party}"
    return f"{told}; own side under review" if speaker.interest else told


def chain_line(via: Iterable[Relay]) -> str:
    """Through whom the word came, nearest to the speaker first; empty where it was heard direct."""
    relays = [f"{one.name} ({one.kind.value})" for one in via]
    if not relays:
        return ""
    passed_on = f", passed on by {', then '.join(relays[1:])}" if relays[1:] else ""
    return f"as told by {relays[0]}{passed_on}"


def basis_line(statement: Statement) -> str:
    """How the speaker knows."""
    return MEANINGS[statement.basis]


def voices_line(matter: MatterView) -> str:
    """How many voices affirm or, where none does, deny: "2 independent voices affirm"."""
    if matter.origins == 0:
        return ""
    counting = [one for one in matter.positions if one.origins and one.replaced_by is None]
    stances = {Stance(one.stance) for one in counting}
    verb = "affirm" if stances & AFFIRMING else "deny"
    if matter.origins == 1:
        return f"1 voice {'affirms' if verb == 'affirm' else 'denies'}"
    return f"{matter.origins} independent voices {verb}"


def days_line(days: int) -> str:
    """So many whole days."""
    return "1 day" if days == 1 else f"{days} days"


_VERDICTS = {
    Verdict.CONTRADICTED: "Contradicted",
    Verdict.SURER: "Surer than its sources",
    Verdict.NOT_IN_LEDGER: "Not in the ledger",
    Verdict.BORNE_OUT: "Borne out",
}


def verdict_title(verdict: Verdict) -> str:
    """How a sentence of a draft stands to the ledger."""
    return _VERDICTS[verdict]


def counted(number: int, thing: str) -> str:
    """A number of things: "1 statement", "3 statements"."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
