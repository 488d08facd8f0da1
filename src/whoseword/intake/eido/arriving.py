"""What an object adds to what a book holds of its incident.

An object is its incident's present state, so each one repeats most of the one before. A part is new
where it says something else than the same part of the same component said last, up to its time; it
then replaces that statement, if its speaker may (``words.rules.may_correct``), so that a status that
went on is no conflict. An object that arrives late adds what it says and replaces nothing that was
said after it. Silence takes nothing back: a component that is no longer sent is not denied.
"""

from collections.abc import Iterable
from typing import Final

import msgspec

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
from whoseword.intake.eido.noted import ids_borne, is_whole, is_word_of
from whoseword.intake.eido.telling import parts_of
from whoseword.words import Hedge, Statement
from whoseword.words.aftermath import Other
from whoseword.words.rules import may_correct

_NOT_KEPT: Final = "a note that is not kept here; it may tell of a weapon: ask its author"


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


def _new(told: Part, to: Destination, known: Known) -> Statement | None:
    part = _without_our_own(told, known)
    if part is None:
        return None
    before = known.before(part)
    if before is not None and says_of(*before) == part.says:
        return None
    statement = statement_of(part, to)
    if known.holds(str(statement.id)) or known.was_gone(part, to):
        return None
    if before is not None and _may_replace(part, before, known):
        return statement_of(part, to, str(before[0].id))
    return statement


def _without_our_own(part: Part, known: Known) -> Part | None:
    """A part without a word of this home's that a peer's note brings back; None where it is no more.

    A note with the id of a sealed word brings it back, and nobody here can compare them any more. If
    it holds other words too, it is told that there was one, and none of it is kept. One with the id
    of a word that stands is left out only where it says the same: a weapon must not hide behind an id.
    """
    ids = ids_borne(part)
    if any(known.is_gone(id_) for id_ in ids):
        if is_whole(part):
            return None
        mark = msgspec.structs.replace(part.mark, rest={})
        return part._replace(mark=mark, fact=Other(text=_NOT_KEPT), hedge=Hedge.PLAIN)
    own = [known.own(id_) for id_ in ids]
    return None if any(one is not None and is_word_of(part, one) for one in own) else part


def _may_replace(part: Part, before: tuple[Statement, Mark], known: Known) -> bool:
    earlier, mark = before
    return (
        not part.mark.derived
        and known.is_latest(earlier, mark)
        and may_correct(part.speaker, earlier.speaker)
    )


def births_in(statements: Iterable[Statement]) -> dict[tuple[str, str | None], str]:
    """The days of birth that marks carry beside the facts, by book and id of the statement."""
    found = {}
    for one in statements:
        mark = mark_of(one)
        if mark is None or mark.kind != "personComponent":
            continue
        birth = birth_in(mark.rest.get("ncPersonComponent") or {})
        if birth:
            found[one.book, one.id] = birth
    return found
