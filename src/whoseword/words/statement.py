"""The statement: one speaker's word on one matter.

Everything that Whose Word keeps is one of these (design, "Two ideas carry everything"). The shape
is the contract's, section 1; these are values only, checked as they are read by ``decoding``.
"""

from datetime import datetime
from typing import Annotated, Any

import msgspec

from whoseword.words.kinds import AnyFact
from whoseword.words.vocabulary import Basis, Hedge, SpeakerKind, Stance

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_PART = r"[a-z0-9_]+(?:-[a-z0-9_]+)*"
BOOK = rf"{_PART}/{_PART}(?:/{_PART})?"
_UUID7 = r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"

Incident = Annotated[str, msgspec.Meta(pattern=rf"^{SLUG}$(?!\n)", max_length=200)]
BookName = Annotated[str, msgspec.Meta(pattern=rf"^{BOOK}$(?!\n)", max_length=300)]
StatementId = Annotated[str, msgspec.Meta(pattern=rf"^{_UUID7}$(?!\n)")]
Reference = Annotated[str, msgspec.Meta(pattern=rf"^{_UUID7}(?:#[0-9]+)?$(?!\n)")]
Word = Annotated[str, msgspec.Meta(pattern=r"\S")]
Digest = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]
Offset = Annotated[int, msgspec.Meta(ge=0)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Speaker(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """Whose word it is. ``interest`` is true where the speaker's own side is under review."""

    name: Word
    kind: SpeakerKind
    party: Word | None = None
    interest: bool = False


class Relay(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """One through whom the word came; a statement with a relay is hearsay."""

    name: Word
    kind: SpeakerKind


class Occasion(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """Where it was said: briefing, interview, report, radio, call, letter, hearing, …"""

    kind: Word
    sworn: bool = False
    compelled: bool = False
    held_by: Word | None = None


class Source(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True, omit_defaults=True):
    """Where the words stand: a span of a document, a message of a feed, or a person's entry.

    ``document`` is the SHA-256 of the document's bytes, ``start`` and ``end`` a half-open span of
    characters in the text kept for it, ``quote`` that text; ``page`` counts from 1, ``box`` is
    left, top, right, bottom in points, ``seconds`` a span of a recording. ``unchecked`` is set
    where this home does not hold the document.
    """

    document: Digest | None = None
    start: Offset | None = None
    end: Offset | None = None
    quote: str | None = None
    page: Annotated[int, msgspec.Meta(ge=1)] | None = None
    box: tuple[float, float, float, float] | None = None
    seconds: tuple[float, float] | None = None
    unchecked: bool = False
    feed: Word | None = None
    message: Word | None = None
    entered_by: Word | None = None


class Statement(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True, kw_only=True):
    """One speaker's word on one matter, as the contract's section 1 tells each key."""

    id: StatementId | None = None
    incident: Incident
    book: BookName
    speaker: Speaker
    via: tuple[Relay, ...] = ()
    said: Word | None = None
    occasion: Occasion | None = None
    recorded: Moment | None = None
    backfilled: bool = False
    appended: Moment | None = None
    stance: Stance
    hedge: Hedge = Hedge.PLAIN
    basis: Basis = Basis.UNSTATED
    fact: AnyFact
    source: Source
    replaces: Reference | None = None
    signed_by: Word | None = None
    reviewed: bool = True
    extra: dict[str, Any] = {}

    @property
    def custodian(self) -> str:
        """Who keeps the book."""
        return self.book.split("/", 1)[0]

    @property
    def handling(self) -> str:
        """The class of handling of the book."""
        return self.book.split("/")[1]
