"""Who was asked and has not answered, and for how many whole days.

Opened by ``no_reply`` or an unanswered ``requested``; ended by that agency's own word on the
matter, or its reply. Silence is told as silence (law 5): no answer is never "no concern".
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from whoseword.account.authority import is_party, party_of, slug
from whoseword.account.positions import Take, Takes
from whoseword.account.shapes import Awaited
from whoseword.words import Speaker, Stance, Statement
from whoseword.words.fact import SlotValue
from whoseword.words.matters import renamed


class _Asked(NamedTuple):
    """Who owes an answer, on what, to whom, and the statement that opened it."""

    shown: str
    party: str
    about: str | None
    by: str | None
    take: Take


class _Reply(NamedTuple):
    """An agency's reply: by whom, to whom, on what, and where it stands in the order."""

    by: str
    to: str | None
    about: str | None
    place: int


def awaiting_of(
    takes: Takes, statements: Sequence[Statement], names: Mapping[str, str], as_of: datetime
) -> list[Awaited]:
    """The open requests and silences, by whom and about what.

    ``days`` are whole days from the statement's ``recorded`` to ``as_of``, never to the clock.
    """
    places = {(one.book, one.id): place for place, one in enumerate(statements)}
    asked = list(_asked(takes, names))
    words = _words_on(takes, {one.about for one in asked}, places)
    replies = list(_replies(takes, names, places))
    awaited = []
    for one in asked:
        place = places[one.take.statement.book, one.take.statement.id]
        spoken = words.get(one.about, ())
        if any(after > place and _is_one(party, one.party) for after, party in spoken):
            continue
        if any(reply.place > place and _answers(reply, one) for reply in replies):
            continue
        recorded = one.take.statement.recorded
        days = (as_of - recorded).days if recorded else 0
        awaited.append(Awaited(one.shown, one.about or "", one.take.id, days))
    return sorted(awaited, key=lambda one: (one.of, one.about, one.statement))


def _asked(takes: Takes, names: Mapping[str, str]) -> Iterator[_Asked]:
    for matter, its in takes.items():
        for take in its:
            if take.replaced_by is not None or take.implied_by is not None:
                continue
            if take.stance is Stance.NO_REPLY:
                speaker = take.statement.speaker
                yield _Asked(speaker.name, _own(speaker), matter.label, None, take)
            elif matter.kind == "requested" and take.affirms:
                by, of = matter.keys
                if of is None:
                    continue
                yield _Asked(of, slug(of), _topic(take.value.get("about"), names), by, take)


def _own(speaker: Speaker) -> str:
    return party_of(speaker) or slug(speaker.name)


def _topic(about: SlotValue | None, names: Mapping[str, str]) -> str | None:
    if about is None or isinstance(about, bool):
        return None
    words = about if isinstance(about, tuple) else (about,)
    return ", ".join(renamed(word, names) for word in words)


def _words_on(
    takes: Takes, labels: set[str | None], places: Mapping[tuple[str, str | None], int]
) -> dict[str | None, list[tuple[int, str]]]:
    """Who spoke on each of these matters, and where that stands in the order."""
    spoken: dict[str | None, list[tuple[int, str]]] = defaultdict(list)
    for matter, its in takes.items():
        if matter.label in labels:
            for take in its:
                if take.stance is not Stance.NO_REPLY and take.implied_by is None:
                    statement = take.statement
                    place = places[statement.book, statement.id]
                    spoken[matter.label].append((place, _own(statement.speaker)))
    return spoken


def _replies(
    takes: Takes, names: Mapping[str, str], places: Mapping[tuple[str, str | None], int]
) -> Iterator[_Reply]:
    for matter, its in takes.items():
        if matter.kind != "replied":
            continue
        by, to = matter.keys
        if by is None:
            continue
        for take in its:
            if take.affirms and take.replaced_by is None:
                about = _topic(take.value.get("about"), names)
                place = places[take.statement.book, take.statement.id]
                yield _Reply(slug(by), to, about, place)


def _is_one(party: str, asked: str) -> bool:
    return is_party(party, asked) or is_party(asked, party)


def _answers(reply: _Reply, asked: _Asked) -> bool:
    if not _is_one(reply.by, asked.party):
        return False
    return reply.about == asked.about or (
        reply.about is None and asked.by is not None and reply.to == asked.by
    )
