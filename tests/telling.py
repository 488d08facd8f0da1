"""Statements for tests, told in a line: ``told("armed", who="woman", by=CHIEF)``.

Invented people only. Ids count up, and each statement is recorded a minute after the one before.
"""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from whoseword.access import parse_reader
from whoseword.account import Account, MatterView, account
from whoseword.books import Removed
from whoseword.words import Statement, statement_from

START = datetime(2031, 3, 6, 15, 0, tzinfo=UTC)
LATER = datetime(2032, 1, 1, tzinfo=UTC)
CHIEF = {"name": "police chief", "kind": "official", "party": "harrow-police"}
SERGEANT = {"name": "police sergeant", "kind": "official", "party": "harrow-police"}
TENANT = {"name": "tenant across the hall", "kind": "witness"}
DRIVER = {"name": "delivery driver", "kind": "witness"}
PAPER = {"name": "Harrow Courier", "kind": "narrator"}
EXAMINER = {"name": "medical examiner", "kind": "official", "party": "medical-examiner"}
PROSECUTOR = {"name": "prosecutor", "kind": "official", "party": "ames-county-prosecutor"}
_numbers = count(1)


def uuid7(number: int) -> str:
    """A fixed UUIDv7 with this number in it."""
    return f"01950000-0000-7000-8000-{number:012x}"


def told(
    kind: str, *, by: dict[str, Any] = CHIEF, on: str | None = None, **parts: Any
) -> Statement:
    """One statement. Slots and statement keys are told apart by name; ``on`` is a document.

    ``by`` is the speaker; a slot of that name, or any other slot, can be given in ``slots``.
    """
    keys = {
        "stance", "hedge", "basis", "via", "said", "occasion", "replaces", "reviewed", "book",
        "incident", "recorded", "id", "signed_by", "source",
    }  # fmt: skip
    number = next(_numbers)
    value: dict[str, Any] = {
        "id": uuid7(number),
        "incident": "harrow-lane",
        "book": "county/incident",
        "speaker": by,
        "stance": "affirms",
        "recorded": (START + timedelta(minutes=number)).isoformat(),
        "source": {"entered_by": "analyst"},
    }
    if on is not None:
        digest = f"{int.from_bytes(on.encode()[:8], 'big'):064x}"
        value["source"] = {"document": digest, "start": 0, "end": len(on), "quote": on}
    value |= {key: part for key, part in parts.items() if key in keys}
    slots = parts.pop("slots", {})
    value["fact"] = {"kind": kind} | slots
    value["fact"] |= {key: part for key, part in parts.items() if key not in keys}
    return statement_from(value)


def saw(kind: str, *, by: dict[str, Any] = TENANT, **parts: Any) -> Statement:
    """One statement at first hand."""
    return told(kind, by=by, **({"basis": "saw"} | parts))


def account_of(*statements: Statement, as_of: datetime = LATER) -> Account:
    """The account of these statements for the home's owner."""
    return account(
        statements, incident="harrow-lane", as_of=as_of, reader=parse_reader("oversight@home")
    )


def matter(view: Account, label: str) -> MatterView:
    """The one matter of that label."""
    found = [one for one in view.matters if one.matter == label]
    assert len(found) == 1, [one.matter for one in view.matters]
    return found[0]


def standing(label: str, *statements: Statement) -> str:
    """Where a matter stands on these statements."""
    return matter(account_of(*statements), label).standing


def removed(state: str = "sealed", ground: str = "Circuit Court 12, No. 44") -> Removed:
    """The marker of a statement that is out of sight."""
    return Removed(
        statement=uuid7(900),
        book="county/incident",
        incident="harrow-lane",
        recorded="2031-03-06T15:00:00Z",
        state=state,
        by=("Clerk Ames",),
        ground=ground,
        act=uuid7(901),
    )
