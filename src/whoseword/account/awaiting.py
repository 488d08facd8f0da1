"""Who was asked and has not answered, and for how many whole days.

Opened by ``no_reply`` or an unanswered ``requested``; ended by that agency's own word on the
matter, or its reply. Silence is told as silence (law 5): no answer is never "no concern".
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from whoseword.account.authority import is_side, party_of
from whoseword.account.positions import Take, Takes
from whoseword.account.shapes import Awaited
from whoseword.account.topics import findings_on, topics_of
from whoseword.account.voices import slug
from whoseword.words import Hedge, Speaker, Stance


class _Party(NamedTuple):
    """Who is asked or speaks, as a slug; only agencies go by shorter and longer names."""

    name: str
    is_agency: bool

    def is_one_with(self, other: "_Party") -> bool:
        may_be_longer = self.is_agency and other.is_agency
        return self.name == other.name or (may_be_longer and is_side(self.name, other.name))


class _Asked(NamedTuple):
    """Who owes an answer, on what, to whom, and the statement that opened it."""

    shown: str
    party: _Party
    about: tuple[str, ...]
    by: str | None
    take: Take


class _Reply(NamedTuple):
    """An agency's reply: by whom, to whom, on what, and where it stands in the order."""

    by: _Party
    to: str | None
    about: tuple[str, ...]
    place: int


def awaiting_of(takes: Takes, names: Mapping[str, str], as_of: datetime) -> list[Awaited]:
    """The open requests and silences, by whom and about what.

    ``days`` are whole days from the statement's ``recorded`` to ``as_of``, never to the clock.
    """
    asked = list(_asked(takes, names))
    if not asked:
        return []
    words = _words_on(takes, {topic for one in asked for topic in one.about}, names)
    replies = list(_replies(takes, names))
    awaited = []
    for one in asked:
        answered = {
            topic
            for topic in one.about
            for place, party in words.get(topic, ())
            if place > one.take.place and party.is_one_with(one.party)
        }
        for reply in replies:
            if reply.place > one.take.place and reply.by.is_one_with(one.party):
                answered |= _answered(reply, one)
        if any(topic not in answered for topic in one.about or ("",)):
            recorded = one.take.statement.recorded
            days = (as_of - recorded).days if recorded else 0
            awaited.append(Awaited(one.shown, ", ".join(one.about), one.take.id, days))
    return sorted(awaited, key=lambda one: (one.of, one.about, one.statement))


def _answered(reply: _Reply, asked: _Asked) -> set[str]:
    """What a reply answers: what both are about or, where one does not say, all if it is to them.

    An empty string stands for a request that does not say what it is about.
    """
    if reply.about and asked.about:
        return set(reply.about).intersection(asked.about)
    to_who_asked = asked.by is not None and reply.to == asked.by
    return set(asked.about or ("",)) if to_who_asked else set()


def _asked(takes: Takes, names: Mapping[str, str]) -> Iterator[_Asked]:
    for matter, its in takes.items():
        for take in its:
            if take.replaced_by is not None:
                continue
            if take.stance is Stance.NO_REPLY:
                speaker = take.statement.speaker
                yield _Asked(speaker.name, _own(speaker, names), (matter.label,), None, take)
            elif matter.kind == "requested" and take.affirms and take.hedge is Hedge.PLAIN:
                by, of = matter.keys
                if of is not None:
                    yield _Asked(of, _Party(slug(of), True), topics_of(take.value, names), by, take)


def _own(speaker: Speaker, names: Mapping[str, str]) -> _Party:
    party = speaker.party
    if party is not None:
        return _Party(slug(names.get(party, party)), True)
    name = names.get(speaker.name, speaker.name)
    return _Party(slug(name), party_of(speaker) is not None)


def _words_on(
    takes: Takes, labels: set[str], names: Mapping[str, str]
) -> dict[str, list[tuple[int, _Party]]]:
    """Who spoke for themselves on each of these matters, findings included, and at which place."""
    findings = findings_on(takes, names)
    on = {matter.label: its for matter, its in takes.items() if matter.label in labels}
    return {
        label: [
            (take.place, _own(take.statement.speaker, names))
            for take in (*on.get(label, ()), *findings.get(label, ()))
            if take.stance is not Stance.NO_REPLY
            and take.implied_by is None
            and not take.statement.via
        ]
        for label in labels
    }


def _replies(takes: Takes, names: Mapping[str, str]) -> Iterator[_Reply]:
    for matter, its in takes.items():
        by, to = matter.keys if matter.kind == "replied" else (None, None)
        if by is None:
            continue
        for take in its:
            if take.affirms and take.replaced_by is None and take.hedge is Hedge.PLAIN:
                about = topics_of(take.value, names)
                yield _Reply(_Party(slug(by), True), to, about, take.place)
