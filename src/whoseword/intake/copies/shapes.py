"""Papers, the families that they form, and what changed between them. Spans are of the kept text."""

from enum import Enum

import msgspec

from whoseword.intake.form import Span


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """A document as it is held against others: its own voice, its date, its sentences.

    `issued` is true for an agency's own paper (a release, a log, a letter in its name); `dated` is EDTF,
    and null where its date is told otherwise or not at all.
    """

    sha256: str
    name: str
    text: str
    voice: str
    issued: bool
    dated: str | None
    sentences: tuple[Span, ...]


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a document, and where they stand in it."""

    document: str
    start: int
    end: int
    quote: str


class Why(Enum):
    """What tells that a paper is the origin of the others."""

    CREDITED = "another names it as its source"
    ISSUED = "it is an agency's own paper, and its words stand in the others"
    EARLIEST = "of all that are dated it is dated first, and all are dated"
    NOT_KNOWN = "nothing tells which was first"


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Where the words of a family come from. `document` is null where it is not held or not known;
    `named` is whom a copy credits; `shown_by` are the words that tell it."""

    why: Why
    document: str | None = None
    named: str | None = None
    shown_by: Place | None = None


class Change(Enum):
    """How two papers differ, the gravest first.

    Where one of them is known to have had the words first the change has a direction; where nothing
    tells it, "only one of them" is all that can be said (law 1).
    """

    ATTRIBUTION_DROPPED = "whose word it is was left out"
    ATTRIBUTION_IN_ONE = "only one of them tells whose word it is"
    HEDGE_DROPPED = "what was possible or reported is told plainly"
    HEDGE_IN_ONE = "only one of them tells it as possible, reported or open"
    NEGATION = "a negation or a denial differs"
    SPEAKER = "another is said to have said it"
    NUMBER = "a number differs"
    NAME = "a name differs"
    QUOTATION = "words within a quotation differ"
    HEDGE_ADDED = "what was plain is told as possible or reported"


class Drift(msgspec.Struct, frozen=True, kw_only=True):
    """One difference between two sentences that tell the same: what it is, and both of them.

    `there` is the paper that the other is held against: the origin, the earlier version, or, where
    neither is known, merely the first by name. `words` are those that differ: there, here.
    """

    change: Change
    there: Place
    here: Place
    words: tuple[str, str]


class NoticeKind(Enum):
    """What a document says of an earlier version of itself, or of a story."""

    CORRECTION = "correction"
    CLARIFICATION = "clarification"
    RETRACTION = "retraction"
    UPDATE = "update"


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """The words in which a document says that it corrects, withdraws or updates something."""

    kind: NoticeKind
    place: Place


class Corrects(msgspec.Struct, frozen=True, kw_only=True):
    """A document with a notice, and the earlier version, by the same voice, that it is about.

    `earlier` is null where no such version is held; `changes` are what then differs.
    """

    notice: Notice
    earlier: str | None
    changes: tuple[Drift, ...]


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A document of a family: which, whose word it is, its date, and what drifted in it.

    `shares` is the share of its runs of five words that another member, the nearest one, has too;
    `drifts` are held against the origin, or, where none is held, against the first by name.
    """

    document: str
    name: str
    voice: str
    dated: str | None
    shares: float
    drifts: tuple[Drift, ...]


class Family(msgspec.Struct, frozen=True, kw_only=True):
    """Documents that carry the same words, where they come from, and what was corrected."""

    origin: Origin
    members: tuple[Member, ...]
    corrections: tuple[Corrects, ...]
