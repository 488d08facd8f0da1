"""What an object adds to what a book holds of its incident.

An object is its incident's present state, so each one repeats most of the one before. A part is new
where it says something else than the same part of the same component said last, up to its time; it
then replaces that statement, if its speaker may (``words.rules.may_correct``), so that a status that
went on is no conflict. An object that arrives late adds what it says and replaces nothing that was
said after it. Silence takes nothing back: a component that is no longer sent is not denied.
"""

import re
from collections.abc import Sequence
from typing import Final

from whoseword.intake.eido.cards import birth_in
from whoseword.intake.eido.checking import Checked
from whoseword.intake.eido.marks import (
    Destination,
    Known,
    Mark,
    Part,
    label,
    mark_of,
    says_of,
    statement_of,
)
from whoseword.intake.eido.noted import OF
from whoseword.intake.eido.telling import parts_of
from whoseword.words import Statement
from whoseword.words.aftermath import Other
from whoseword.words.rules import may_correct
from whoseword.words.scene import Classified, Located, Named

_WEAPONS: Final = re.compile(
    r"(?<![^\W_])(?:arm(?:ed|s)|weapons?|kni(?:fe|ves)|blades?|machetes?|axes?|swords?|guns?|handguns?"
    r"|pistols?|rifles?|shotguns?|firearms?|revolvers?|shots?|shooting|stabb(?:ed|ing)|explosives?"
    r"|bombs?|hammers?|bats?)(?![^\W_])"
)
_OF_WEAPONS: Final = frozenset({"WEAPON", "SHOOT", "ACTSHOOT", "STABBING", "NCRASLTWF", "BOMB"})
_URI: Final = re.compile(r"[a-z]+:")


def message_of(checked: Checked) -> str:
    """The id of the message that an object is: its incident's id and when it was made."""
    eido = checked.eido
    return f"{eido.id}@{eido.last_update_time_stamp}"


def incident_of(checked: Checked) -> str:
    """A name for the incident of an object where nobody gave one: ``incident-3fa9c1d2``."""
    return label("incident", checked.eido.id)


def arriving(checked: Checked, to: Destination, known: Known) -> list[Statement]:
    """The statements that an object adds, in its order; ``known`` knows them from then on."""
    found: list[Statement] = []
    for part in parts_of(checked):
        statement = _new(part, to, known)
        if statement is not None:
            known.add(statement)
            found.append(statement)
    return found


def _new(part: Part, to: Destination, known: Known) -> Statement | None:
    if known.holds(str(part.mark.rest.get(OF))):
        # Our own word comes back by a peer's object.
        return None
    before = known.before(part)
    if before is not None and says_of(*before) == part.says:
        return None
    statement = statement_of(part, to)
    if known.holds(str(statement.id)):
        return None
    if before is not None and _may_replace(part, before, known):
        return statement_of(part, to, str(before[0].id))
    return statement


def _may_replace(part: Part, before: tuple[Statement, Mark], known: Known) -> bool:
    earlier, mark = before
    return (
        not part.mark.derived
        and known.is_latest(earlier, mark)
        and may_correct(part.speaker, earlier.speaker)
    )


def added_calls(statements: Sequence[Statement]) -> list[Statement]:
    """Those among new statements that tell of a call for the first time."""
    return [
        one
        for one in statements
        if (mark := mark_of(one)) is not None and mark.part == "call" and one.replaces is None
    ]


def may_tell_of_weapons(statements: Sequence[Statement]) -> list[Statement]:
    """Notes and types among new statements that somebody should look at for a weapon.

    Nothing is made of them: a machine's reading is a draft (law 6), so no ``armed`` follows, and a
    clearance that was given stands until somebody says what they tell.
    """
    found = []
    for one in statements:
        mark, fact = mark_of(one), one.fact
        if isinstance(fact, Classified):
            told = fact.type in _OF_WEAPONS
        else:
            is_note = mark is not None and mark.part in ("note", "newer", "alarm", "disposition")
            told = is_note and isinstance(fact, Other) and bool(_WEAPONS.search(_words(fact, mark)))
        if told:
            found.append(one)
    return found


def _words(fact: Other, mark: Mark | None) -> str:
    more = mark.rest.get("it", "") if mark is not None else ""
    return f"{fact.text} {more}".casefold()


def places_and_people(statements: Sequence[Statement]) -> tuple[list[str], tuple[str, ...]]:
    """The addresses of an incident and its people ("NAME" or "NAME, DOB") in new statements."""
    places: dict[str, None] = {}
    births: dict[str, str] = {}
    names: dict[str, str] = {}
    for one in statements:
        mark, fact = mark_of(one), one.fact
        if mark is None:
            continue
        if isinstance(fact, Located) and (fact.what or "").startswith("call-"):
            places.update({text: None for text in [str(fact.place)] if not _URI.match(text)})
        elif mark.kind == "personComponent" and isinstance(fact, Named):
            names[mark.id] = str(fact.name)
        elif mark.kind == "personComponent" and mark.part == "roles":
            births[mark.id] = birth_in(mark.rest.get("ncPersonComponent") or {})
    people = tuple(
        f"{name}, {births[id_]}" if births.get(id_) else name for id_, name in names.items()
    )
    return list(places), people
