"""Releases: statements of a public book, each version readable for good, corrections in the open.

A release is a batch of statements in the publisher's public book. Each line is a statement of its own,
``published(item=MATTER, by=AGENCY)``, so that it can be proved alone, and blanked alone in every
version at once. The head, ``published(item=release N, by=AGENCY)``, lists the lines by their ids and
says what it corrects. A line that says the same as before is the same statement; one that says
something else is a new one, and the release says which it replaces and why. Nothing is left out in
silence: a line goes on from version to version until a correction or a take-down ends it.

No public word holds an id, a name or a count of what stands in a closed book (law 3): what is public
is written here and refers to nothing but itself.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Final, NamedTuple

import msgspec

from whoseword.account.differences import RELEASE
from whoseword.books.ids import Entropy, new_ids
from whoseword.record.lines import Line
from whoseword.words import (
    AFFIRMING,
    Basis,
    Source,
    Speaker,
    SpeakerKind,
    Stance,
    Standing,
    Statement,
)
from whoseword.words.aftermath import Published

LINE: Final = "x_line"
DISPUTE: Final = "x_dispute"
TAKEN_DOWN: Final = "taken_down"
_HEAD: Final = "release "


class PublicLine(msgspec.Struct, frozen=True, kw_only=True):
    """What a line's statement carries: the words as they are shown, and where they stand."""

    text: str
    standing: str
    who_says: tuple[str, ...]
    section: str


class Amended(msgspec.Struct, frozen=True, kw_only=True):
    """A correction as a head carries it: which version said what, what is said now, and why.

    ``was`` and ``now`` are ids of lines, so that a line that is taken down is gone from here too;
    ``now`` is None where nothing is said any more.
    """

    of_version: int
    was: str
    now: str | None
    why: str


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What a release's head carries: its number, the ids of its lines, its corrections and disputes.

    ``disputes`` are the ids of the statements that somebody whom a line concerns put beside it.
    """

    version: int
    lines: tuple[str, ...]
    corrections: tuple[Amended, ...] = ()
    released_by: tuple[str, ...] = ()
    disputes: tuple[str, ...] = ()


class Released(NamedTuple):
    """A release as it was published: the head's statement, and what the head carries."""

    statement: Statement
    head: Head


class Publisher(NamedTuple):
    """Who publishes: the agency, the named people, and the incident and book that it is for."""

    agency: str
    names: tuple[str, ...]
    incident: str
    book: str


class Release(NamedTuple):
    """A release to be appended: all of its new statements, the head last; and what it holds."""

    statements: tuple[Statement, ...]
    head: Head


def releases_in(statements: Iterable[Statement], incident: str, agency: str) -> list[Released]:
    """The releases of an agency on an incident, by version."""
    found = []
    for one in statements:
        told = one.extra.get(RELEASE)
        if one.incident != incident or told is None or not _is_published(one, agency):
            continue
        try:
            found.append(Released(one, msgspec.convert(told, Head)))
        except msgspec.ValidationError:
            continue
    return sorted(found, key=lambda one: (one.head.version, str(one.statement.recorded)))


def lines_in(
    statements: Iterable[Statement], incident: str, agency: str
) -> dict[str, tuple[Statement, PublicLine]]:
    """The lines of an agency's releases on an incident, by the ids of their statements."""
    found = {}
    for one in statements:
        told = one.extra.get(LINE)
        if one.incident != incident or told is None or not _is_published(one, agency):
            continue
        try:
            found[str(one.id)] = (one, msgspec.convert(told, PublicLine))
        except msgspec.ValidationError:
            continue
    return found


def _is_published(one: Statement, agency: str) -> bool:
    fact = one.fact
    return isinstance(fact, Published) and fact.by == agency and one.stance in AFFIRMING


def disputes_in(statements: Iterable[Statement], incident: str) -> dict[str, list[Statement]]:
    """What somebody put beside the lines of an incident, by the line's id, in the order of saying."""
    found: dict[str, list[Statement]] = {}
    told = sorted(statements, key=lambda one: (str(one.recorded), str(one.id)))
    replaced = {one.replaces for one in told}
    for one in told:
        line = one.extra.get(DISPUTE)
        if one.incident == incident and isinstance(line, str) and str(one.id) not in replaced:
            found.setdefault(line, []).append(one)
    return found


class Possible(NamedTuple):
    """What a release can hold: the lines that may go out, and those that somebody picked.

    ``waiting`` are matters on which an unreviewed word bears.
    """

    lines: Sequence[Line]
    picked: Collection[str]
    waiting: Collection[str]


def lines_to_publish(
    possible: Possible, before: Sequence[Statement], publisher: Publisher
) -> list[Line]:
    """The lines that the next release would say anew: picked and not said so yet, or corrected."""
    known = lines_in(before, publisher.incident, publisher.agency)
    standing = _standing(known, before, publisher)
    return [
        one
        for one in possible.lines
        if (one.matter in possible.picked or one.matter in standing)
        and not (one.matter in standing and _same(one, known[standing[one.matter]][1]))
    ]


def _standing(
    known: Mapping[str, tuple[Statement, PublicLine]],
    before: Sequence[Statement],
    publisher: Publisher,
) -> dict[str, str]:
    """The lines of the latest release that are still there: their ids, by their matter."""
    earlier = releases_in(before, publisher.incident, publisher.agency)
    ids = earlier[-1].head.lines if earlier else ()
    return {_matter(known[id_][0]): id_ for id_ in ids if id_ in known}


def release_of(
    possible: Possible,
    before: Sequence[Statement],
    publisher: Publisher,
    entropy: Entropy,
    now_at: int,
) -> Release:
    """The next release: what was picked, what goes on from the last one, and what it corrects.

    ``before`` are the public statements that stand. A published line whose matter now says something
    else is corrected whether or not it was picked; one whose matter can no longer be told is said to
    be withdrawn, and one on which an unreviewed word bears goes on until somebody has read it.
    ``now_at`` is the moment, in microseconds since 1970. The head's id is made of its number, so
    that a book holds one release of each.
    """
    known = lines_in(before, publisher.incident, publisher.agency)
    earlier = releases_in(before, publisher.incident, publisher.agency)
    latest = earlier[-1].head if earlier else Head(version=0, lines=())
    standing = _standing(known, before, publisher)
    whole = {one.matter: one for one in possible.lines}
    fresh = lines_to_publish(possible, before, publisher)
    ids = dict(
        zip((one.matter for one in fresh), new_ids(len(fresh), now_at, entropy), strict=True)
    )
    added: list[Statement] = []
    kept: list[str] = []
    corrections: list[Amended] = []
    for matter in sorted({*standing, *ids}):
        now, was = whole.get(matter), standing.get(matter)
        if (
            was is not None
            and matter not in ids
            and (now is not None or matter in possible.waiting)
        ):
            kept.append(was)
            continue
        new = None
        if now is not None:
            new = ids[matter]
            added.append(_line_statement(now, new, publisher))
            kept.append(new)
        if was is not None:
            why = _why(known[was][1], now)
            corrections.append(Amended(of_version=latest.version, was=was, now=new, why=why))
    disputes = disputes_in(before, publisher.incident)
    head = Head(
        version=latest.version + 1,
        lines=tuple(kept),
        corrections=tuple(corrections),
        released_by=publisher.names,
        disputes=tuple(str(one.id) for id_ in kept for one in disputes.get(id_, ())),
    )
    statement = _statement(f"{_HEAD}{head.version}", _head_id(publisher, head.version), publisher)
    told = msgspec.structs.replace(statement, extra={RELEASE: msgspec.to_builtins(head)})
    return Release((*added, told), head)


def _head_id(publisher: Publisher, version: int) -> str:
    told = f"{publisher.book}\n{publisher.incident}\n{publisher.agency}\n{version}"
    digest = sha256(told.encode()).digest()
    return new_ids(1, 0, lambda size: digest[:size])[0]


def _matter(one: Statement) -> str:
    assert isinstance(one.fact, Published)
    return one.fact.item or ""


def _same(line: Line, public: PublicLine) -> bool:
    return line.says_the_same(public.text, public.standing, public.who_says)


def _why(was: PublicLine, now: Line | None) -> str:
    """Why a line is corrected, in words; by the standings alone, which are public."""
    if now is None:
        return "what it rested on no longer stands, or may no longer be told"
    if now.standing == was.standing:
        return "more was said, or somebody who said it says something else now"
    reasons = {
        Standing.FOUND.value: "a party with authority has made a finding",
        Standing.DISPUTED.value: "it is disputed now",
        Standing.AGREED.value: "independent voices who know at first hand agree on it now",
        Standing.DENIED.value: "it is denied now, and nobody affirms it any more",
        Standing.NOT_KNOWN.value: "those who said so no longer do, and it is not known",
    }
    return reasons.get(now.standing, "how well it is known has changed")


def _line_statement(line: Line, id_: str, publisher: Publisher) -> Statement:
    public = PublicLine(
        text=line.text,
        standing=line.standing,
        who_says=line.who_says,
        section=line.section.value,
    )
    made = _statement(line.matter, id_, publisher)
    return msgspec.structs.replace(made, extra={LINE: msgspec.to_builtins(public)})


def _statement(item: str, id_: str, publisher: Publisher) -> Statement:
    name = publisher.names[0]
    return Statement(
        id=id_,
        incident=publisher.incident,
        book=publisher.book,
        speaker=Speaker(name, SpeakerKind.OFFICIAL, publisher.agency),
        stance=Stance.DOES,
        basis=Basis.TOOK_PART,
        fact=Published(item=item, by=publisher.agency),
        source=Source(entered_by=name),
        signed_by=name,
        reviewed=True,
    )
