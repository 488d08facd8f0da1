"""The shape of a rule on what is owed, as a ``[[duty]]`` table of a TOML file writes it.

Everything that decides is data that a lawyer can read: what starts a duty, whose it is, what it
is, by when, what completes it and on whose word, where it stands written and how far that text was
read. Each rule carries examples, so that whoever wrote it can see what it does.

A slot of a pattern holds a word, or a list of which one is enough. A word that begins with ``@`` is
a role, found in the statements themselves (``roles``); one that begins with ``~`` may stand anywhere
in the slot; every other is a name, under which a longer one is found too: ``coroner`` finds
``ames-county-coroner``.
"""

from enum import Enum
from typing import Annotated, Any

import msgspec

from whoseword.access import Confidence
from whoseword.words import Basis, Hedge, Stance
from whoseword.words.statement import Moment

ALL = "all"
"""The profile of the rules that are marked for all."""
NOT_OWED = "none"
"""What an example expects where the rule asks for nothing."""

Text = Annotated[str, msgspec.Meta(pattern=r"\S")]
Slots = dict[str, str | tuple[str, ...]]
"""Without a pattern: msgspec 0.22 corrupts memory where a constrained text stands in a union inside
a dict."""
_ASSERTED = (Stance.AFFIRMS, Stance.DOES)


class Authority(Enum):
    """What kind of text a rule rests on."""

    STATUTE = "statute"
    REGULATION = "regulation"
    CASE = "case"
    POLICY = "policy"
    GUIDANCE = "guidance"


class DeadlineKind(Enum):
    """How a deadline is told.

    ``immediate``, ``on_event`` and ``local_policy`` have no number, and none is invented for them.
    """

    IMMEDIATE = "immediate"
    HOURS = "hours"
    BUSINESS_DAYS = "business_days"
    CALENDAR_DAYS = "calendar_days"
    RECURRING = "recurring"
    ON_EVENT = "on_event"
    LOCAL_POLICY = "local_policy"


COUNTED = frozenset({DeadlineKind.HOURS, DeadlineKind.BUSINESS_DAYS, DeadlineKind.CALENDAR_DAYS})
"""The kinds of deadline that have an amount."""


class Per(Enum):
    """How often what recurs is owed."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class CompletedBy(Enum):
    """Whose word completes a duty; everybody else's makes it reported done."""

    ORDER = "order"
    RECIPIENT = "recipient"


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of the file; a key that it does not know is a fault."""


class Deadline(_Table, frozen=True, kw_only=True):
    """By when: so many hours or days after the trigger (or ``before`` it), or once in a while."""

    kind: DeadlineKind
    amount: Annotated[int, msgspec.Meta(ge=1)] | None = None
    before: bool = False
    per: Per | None = None


class Trigger(_Table, frozen=True, kw_only=True):
    """Statements that start a duty, or make it foreseeable.

    ``for`` is the slot that names whom the duty concerns; without it, it concerns the incident as
    a whole. ``after_force`` asks that somebody of an agency fired.
    """

    kinds: tuple[Text, ...]
    stances: tuple[Stance, ...] = _ASSERTED
    slots: Slots = {}
    for_: Text | None = msgspec.field(name="for", default=None)
    after_force: bool = False


class Evidence(_Table, frozen=True, kw_only=True):
    """Statements that complete a duty, or a part of it.

    Several of one ``part`` are ways to complete that part; every part must be completed.
    ``recipient`` is the slot that names who received it, and whose own word is evidence.
    """

    kinds: tuple[Text, ...]
    slots: Slots = {}
    recipient: Text | None = None
    part: str = ""


class Said(_Table, frozen=True, kw_only=True):
    """A statement of an example. ``by`` is "NAME, KIND" or "NAME, KIND, PARTY"."""

    recorded: Moment
    by: Text
    fact: dict[str, Any]
    stance: Stance = Stance.AFFIRMS
    basis: Basis = Basis.UNSTATED
    hedge: Hedge = Hedge.PLAIN


class Example(_Table, frozen=True, kw_only=True):
    """Some statements, a moment, and what the rule then asks; ``due`` left out is no moment."""

    tells: Text
    at: Moment
    statements: tuple[Said, ...]
    state: Text
    due: Moment | None = None
    for_: Text | None = msgspec.field(name="for", default=None)
    zone: Text = "UTC"


class DutyRule(_Table, frozen=True, kw_only=True):
    """One rule on what is owed.

    ``in_force_from`` and ``in_force_to`` are inclusive days (ISO 8601), or ``..`` where open or not
    known. ``foreseen`` shows a duty before the event that starts its clock. ``holidays`` is the
    state whose holidays are no business days, as a postal code. ``clause`` is the agency's own
    clause id, ``note`` what counsel should know.
    """

    id: Text
    jurisdiction: Text
    profiles: tuple[Text, ...]
    authority: Authority
    citation: Text
    source: Text
    text_year: Text
    verified_by: Text
    confidence: Confidence
    in_force_from: Text
    in_force_to: Text
    owner: Text
    what: Text
    deadline: Deadline
    trigger: tuple[Trigger, ...]
    evidence: tuple[Evidence, ...]
    completed_by: tuple[CompletedBy, ...]
    example: tuple[Example, ...]
    foreseen: tuple[Trigger, ...] = ()
    awaits: str = ""
    alarms: tuple[Text, ...] = ()
    holidays: str | None = None
    clause: str | None = None
    note: str = ""
