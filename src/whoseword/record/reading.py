"""The record: what the public may read of an incident, as it was published.

A pure function of the statements of public books up to a moment: the latest release by then, as it was
published, save lines that were taken down since. So whatever is recorded later changes no byte of an
earlier record (law 4), and nothing that stands in another book changes any (law 3).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from whoseword.books import Removed
from whoseword.record.lines import Section
from whoseword.record.releases import (
    TAKEN_DOWN,
    Amended,
    PublicLine,
    disputes_in,
    lines_in,
    releases_in,
)
from whoseword.words import AFFIRMING, Statement
from whoseword.words.aftermath import Other, Withheld


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody whom a line concerns put beside it, under their own name."""

    by: str
    text: str
    statement: str


class RecordLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line as the public reads it; ``statement`` is its statement in the public book.

    ``disputes`` are what stands beside it in this release.
    """

    text: str | None
    standing: str
    who_says: tuple[str, ...]
    statement: str
    disputes: tuple[Dispute, ...] = ()


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """What was said in a version, what is said now, and why; None where it was taken down or ended."""

    of_version: int
    was: str | None
    now: str | None
    why: str


class WithheldLine(msgspec.Struct, frozen=True, kw_only=True):
    """What is said to be withheld, by whom, why, by which authority, until which review."""

    what: str | None
    by: str | None
    reason: Any
    authority: Any
    review: Any
    statement: str


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """The public book as it stood when the release was whole: its size and root, in hexadecimal."""

    book: str
    size: int
    root: str


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What the public may read: the latest release by then, save lines that were taken down since."""

    incident: str
    version: int
    published: str | None
    lines: tuple[RecordLine, ...]
    not_known: tuple[RecordLine, ...]
    withheld: tuple[WithheldLine, ...]
    corrections: tuple[Correction, ...]
    proof: Proof | None
    by: str
    released_by: tuple[str, ...]


def record_of(
    statements: Sequence[Statement],
    removed: Iterable[Removed],
    incident: str,
    agency: str,
    version: int | None = None,
) -> Record:
    """The record of an incident from the statements of public books up to a moment.

    The latest release, or the one of ``version``; version 0 without lines where there is none.
    """
    found = [
        one
        for one in releases_in(statements, incident, agency)
        if version is None or one.head.version == version
    ]
    if not found:
        return Record(
            incident=incident, version=0, published=None, lines=(), not_known=(),
            withheld=_withheld(statements, incident), corrections=(), proof=None, by=agency,
            released_by=(),
        )  # fmt: skip
    told, head = found[-1]
    known = lines_in(statements, incident, agency)
    gone = {one.statement for one in removed if one.book == told.book}
    # As it was published: what was said to be withheld or disputed later is no part of it.
    by_then = [one for one in statements if str(one.recorded) <= str(told.recorded)]
    beside = _beside(by_then, incident, head.disputes)
    lines = [_shown(id_, known, gone, beside) for id_ in head.lines]
    sections = {id_: known[id_][1].section for id_ in head.lines if id_ in known}
    unknown = Section.NOT_KNOWN.value
    return Record(
        incident=incident,
        version=head.version,
        published=_moment(told.recorded),
        lines=tuple(one for one in lines if sections.get(one.statement) != unknown),
        not_known=tuple(one for one in lines if sections.get(one.statement) == unknown),
        withheld=_withheld(by_then, incident),
        corrections=tuple(_correction(one, known) for one in head.corrections),
        proof=None,
        by=agency,
        released_by=head.released_by,
    )


def _beside(
    statements: Iterable[Statement], incident: str, ids: Collection[str]
) -> dict[str, tuple[Dispute, ...]]:
    """The disputes of a release, by their line."""
    return {
        line: tuple(
            Dispute(by=one.speaker.name, text=one.fact.text or "", statement=str(one.id))
            for one in its
            if str(one.id) in ids and isinstance(one.fact, Other)
        )
        for line, its in disputes_in(statements, incident).items()
    }


def _shown(
    id_: str,
    known: Mapping[str, tuple[Statement, PublicLine]],
    gone: Collection[str],
    beside: Mapping[str, tuple[Dispute, ...]],
) -> RecordLine:
    """A line as it was published; blank where it was taken down, so that nobody misses a number."""
    if id_ in gone or id_ not in known:
        return RecordLine(text=None, standing=TAKEN_DOWN, who_says=(), statement=id_)
    line = known[id_][1]
    return RecordLine(
        text=line.text,
        standing=line.standing,
        who_says=line.who_says,
        statement=id_,
        disputes=beside.get(id_, ()),
    )


def _correction(one: Amended, known: Mapping[str, tuple[Statement, PublicLine]]) -> Correction:
    def text(id_: str | None) -> str | None:
        return known[id_][1].text if id_ is not None and id_ in known else None

    return Correction(of_version=one.of_version, was=text(one.was), now=text(one.now), why=one.why)


def _withheld(statements: Iterable[Statement], incident: str) -> tuple[WithheldLine, ...]:
    """What somebody said in public to be withheld."""
    told = [one for one in statements if one.incident == incident]
    replaced = {one.replaces for one in told}
    found = []
    for one in told:
        fact = one.fact
        stands = one.stance in AFFIRMING and str(one.id) not in replaced
        if isinstance(fact, Withheld) and stands:
            found.append(
                WithheldLine(
                    what=fact.item, by=fact.by, reason=fact.reason, authority=fact.authority,
                    review=fact.review, statement=str(one.id),
                )
            )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.what or "", one.statement)))


def _moment(recorded: datetime | None) -> str | None:
    return recorded.isoformat().replace("+00:00", "Z") if recorded is not None else None
