"""The shapes of the account, as the contract's section 5 writes them in JSON."""

from typing import Any

import msgspec

from whoseword.books import Removed

Shown = dict[str, str | bool | list[str]]


class Position(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, kw_only=True):
    """One stance, value, hedge and time on a matter, and who takes it.

    ``implied_by`` is the matter whose statements imply it, ``replaced_by`` the correction.
    """

    stance: str
    value: Shown
    hedge: str
    happened: Any
    origins: tuple[str, ...]
    statements: tuple[str, ...]
    first_hand: bool
    reviewed: bool
    implied_by: str | None = None
    replaced_by: str | None = None


class Note(msgspec.Struct, frozen=True, gc=False, rename={"with_": "with"}):
    """How a matter stands to another: ``compatible``, ``conflict`` or ``order``."""

    kind: str
    with_: str
    why: str


class Because(msgspec.Struct, frozen=True, gc=False):
    """Why a matter has its standing: the row of the table, and the statements (law 8)."""

    rule: str
    statements: tuple[str, ...]


class MatterView(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One matter and where it stands."""

    matter: str
    question: str
    standing: str
    origins: int
    positions: tuple[Position, ...]
    notes: tuple[Note, ...]
    because: Because


class Asked(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One who was asked, and the non-answer."""

    speaker: str
    answer: str
    statement: str
    replaced_by: str | None = None


class Question(msgspec.Struct, frozen=True, gc=False):
    """A matter that somebody left open; ``status`` is ``open`` or ``answered``."""

    matter: str
    status: str
    asked_of: tuple[Asked, ...]
    not_asked: tuple[str, ...]


class Awaited(msgspec.Struct, frozen=True, gc=False):
    """One who owes an answer; ``days`` are whole days up to the account's moment."""

    of: str
    about: str
    statement: str
    days: int


class WithheldView(msgspec.Struct, frozen=True, gc=False):
    """What was withheld, by whom and on what ground; ``ask`` is whom to ask for it."""

    what: str | None
    by: str | None
    reason: Any
    authority: Any
    review: Any
    statement: str
    ask: Any = None


class Narrated(msgspec.Struct, frozen=True, gc=False):
    """Where a narrator says more than the sources that its document quotes."""

    matter: str
    narrator: str
    says: str
    sources_say: str
    statements: tuple[str, ...]


class Account(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What the statements that a reader may open add up to, as of a moment.

    ``statements`` holds each whole statement by its id as shown, ``removed`` what stands in the
    place of those that were sealed or put into quarantine, whenever that was done.
    """

    incident: str
    as_of: str
    reader: str
    purpose: str
    rules: str
    matters: tuple[MatterView, ...]
    questions: tuple[Question, ...]
    awaiting: tuple[Awaited, ...]
    withheld: tuple[WithheldView, ...]
    narration: tuple[Narrated, ...]
    removed: tuple[Removed, ...]
    statements: dict[str, Any]
