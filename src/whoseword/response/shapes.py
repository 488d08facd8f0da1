"""What is asked of the gate and what it answers, as the contract's section 5 writes it in JSON."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from whoseword.contacts import Brief
from whoseword.words import Statement

HOLD, MAY_ENGAGE, NOT_APPLICABLE = "hold", "may_engage", "not_applicable"


class Note(NamedTuple):
    """Words that a feed brought and nobody has looked at; whether a word for a weapon is in them."""

    words: str
    may_tell_of_weapon: bool


Notes = Mapping[tuple[str, str | None], Note]
"""Such words by the book and the id of their statement."""
NO_NOTES: Notes = MappingProxyType({})


class Drawn(NamedTuple):
    """The statements of an incident that advice draws on.

    ``opened`` are those of the books that the reader opens. ``for_safety`` are those of the public,
    response and incident books of the home, whoever opens them: for weapons, and for nothing else.
    ``notes`` are the words among what is opened that nobody has looked at. ``received`` are those,
    by book and id, that another home sent: they can hold somebody, and make nobody a member whose
    weapon is passed over.
    """

    opened: Iterable[Statement]
    for_safety: Iterable[Statement] = ()
    notes: Notes = NO_NOTES
    received: frozenset[tuple[str, str | None]] = frozenset()

    @property
    def kept(self) -> "Drawn":
        """The same, to be gone through more than once."""
        return self._replace(opened=tuple(self.opened), for_safety=tuple(self.for_safety))


class Reason(msgspec.Struct, frozen=True, gc=False):
    """A statement and the rule that makes a reason of it.

    ``statement`` is null where nobody has said anything yet, and where the reader does not open
    what was said.
    """

    statement: str | None
    rule: str


class Clearance(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """The words on which somebody may engage: whose, when said, how old, and until when.

    ``words`` are those of a document, null where it was entered without one.
    """

    statement: str
    by: str
    party: str | None
    said: str | None
    recorded: str
    until: str | None
    words: str | None
    age_s: int
    reviewed: bool


class Unread(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Words that came by a feed, that the giver of a clearance had not seen and nobody has read.

    ``may_tell_of_weapon`` says that a word for one is in them: a machine's reading, and no more.
    """

    statement: str
    by: str
    said: str | None
    recorded: str
    words: str
    may_tell_of_weapon: bool


class Advised(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """The advice for one member of a dispatched unit, and why.

    ``unread`` stands beside "may engage" and changes nothing of it.
    """

    who: str
    advice: str
    since: str
    because: tuple[Reason, ...]
    cleared_by: str | None = None
    unused_clearance_s: int = 0
    clearance: Clearance | None = None
    unread: tuple[Unread, ...] = ()


class Answered(msgspec.Struct, frozen=True, gc=False):
    """What was told of a question that a rule asks; "not told" is never "no" (law 5).

    ``answer`` is ``affirmed``, ``denied``, ``not_known`` or ``not_told``.
    """

    factor: str
    answer: str
    statements: tuple[str, ...]


class Task(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, kw_only=True):
    """Something to be done or watched beside the gate, on which rule and which statements.

    ``immediate`` and ``excluded`` are ``yes``, ``no`` or ``unknown``, as the factors are answered;
    ``starts``, ``ends`` and ``state`` (``running`` or ``over``) are a timer's.
    """

    task: str
    rule: str
    what: str
    statements: tuple[str, ...]
    factors: tuple[Answered, ...] = ()
    immediate: str | None = None
    excluded: str | None = None
    profile: str | None = None
    starts: str | None = None
    ends: str | None = None
    state: str | None = None


class Cited(msgspec.Struct, frozen=True, gc=False):
    """Where a rule that is named stands written, and how far its text was read."""

    rule: str
    does: str
    authority: str
    citation: str
    text_year: str
    confidence: str
    verified_by: str


class Advice(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Hold or may engage, for each member of a dispatched unit, as of a moment."""

    incident: str
    at: str
    rules: str
    advice: tuple[Advised, ...]
    tasks: tuple[Task, ...] = ()
    cited: tuple[Cited, ...] = ()


class Done(msgspec.Struct, frozen=True, gc=False):
    """What somebody is told to have done: no surer than it was said."""

    statement: str
    kind: str
    who: str | None
    stance: str
    hedge: str


class Moment(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A moment at which something was recorded: what, and what would have been advised then.

    ``statements`` are the new ids; none where the hold that begins then rests on something hidden.
    ``done`` are those of them that tell what was done. ``brief`` is that of the call's own place,
    null before one is known; ``other_briefs`` are those of other places that are told of it.
    """

    at: str
    statements: tuple[str, ...]
    done: tuple[Done, ...]
    advice: tuple[Advised, ...]
    tasks: tuple[Task, ...]
    brief: Brief | None
    other_briefs: tuple[Brief, ...] = ()


class Replay(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What was knowable and would have been advised, moment by moment."""

    incident: str
    rules: str
    moments: tuple[Moment, ...]
    cited: tuple[Cited, ...]


class Beside(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One recorded moment under two sets of rules: the advice of each, and for whom it differs."""

    at: str
    statements: tuple[str, ...]
    done: tuple[Done, ...]
    advice: tuple[tuple[Advised, ...], tuple[Advised, ...]]
    differs: tuple[str, ...]


class SideBySide(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A replay under two sets of rules, by their hashes: what each would have advised."""

    incident: str
    rules: tuple[str, str]
    moments: tuple[Beside, ...]
    cited: tuple[tuple[Cited, ...], tuple[Cited, ...]]
