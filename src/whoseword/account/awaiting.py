"""Who was asked and has not answered, and for how many whole days.

Opened by ``no_reply`` or an unanswered ``requested``; ended by that agency's own word on the
matter, or its reply. Silence is told as silence (law 5): no answer is never "no concern".
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from whoseword.account.authority import is_side, party_of
from whoseword.account.positions import Take, Takes
from whoseword.account.shapes import Awaited
from whoseword.account.topics import findings_on, topics_of
from whoseword.words import Hedge, Speaker, Stance, parse_matter
from whoseword.words.names import slug


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


def awaiting_of(takes: Takes, names: Mapping[str, str], as_of: datetime) -> list[Awaited]:
    """The open requests and silences, by whom and about what.

    ``days`` are whole days from the statement's ``recorded`` to ``as_of``, never to the clock.
    """
    asked = list(_asked(takes, names))
    if not asked:
        return []
    spoken = _spoken(takes, {topic for one in asked for topic in one.about}, names)
    answers = _answers(takes, names)
    awaited = []
    for one in asked:
        answered = (
            _answers_it(one, spoken.get(topic, {}))
            or _answers_it(one, answers.get((topic, None), {}))
            or _answers_it(one, answers.get(("", one.by), {}))
            or (not topic and _answers_it(one, answers.get((None, one.by), {})))
            for topic in one.about or ("",)
        )
        if not all(answered):
            recorded = one.take.statement.recorded
            days = (as_of - recorded).days if recorded else 0
            awaited.append(Awaited(one.shown, ", ".join(one.about), one.take.id, days))
    return sorted(awaited, key=lambda one: (one.of, one.about, one.statement))


def _answers_it(asked: _Asked, spoken: Mapping[_Party, int]) -> bool:
    """Whether the agency is among those who spoke, and spoke later."""
    return any(
        place > asked.take.place and party.is_one_with(asked.party)
        for party, place in spoken.items()
    )


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


def _spoken(
    takes: Takes, labels: set[str], names: Mapping[str, str]
) -> dict[str, dict[_Party, int]]:
    """Who spoke for themselves on each of these matters, findings included, and where last."""
    findings = findings_on(takes, names)
    spoken: dict[str, dict[_Party, int]] = {}
    for label in labels:
        last = spoken.setdefault(label, {})
        matter = parse_matter(label)
        on_it = takes.get(matter, ()) if matter else ()
        for take in (*on_it, *findings.get(label, ())):
            own = take.implied_by is None and not take.statement.via
            if own and take.stance is not Stance.NO_REPLY:
                _last(last, _own(take.statement.speaker, names), take)
    return spoken


def _last(spoken: dict[_Party, int], party: _Party, take: Take) -> None:
    spoken[party] = max(take.place, spoken.get(party, take.place))


def _answers(
    takes: Takes, names: Mapping[str, str]
) -> dict[tuple[str | None, str | None], dict[_Party, int]]:
    """Who replied, and where last: by topic and to nobody, or by nothing and to whom.

    A reply that does not say on what it is, under an empty topic, answers whatever its receiver
    asked; one that does, under no topic, a request that does not say on what it is.
    """
    found: dict[tuple[str | None, str | None], dict[_Party, int]] = defaultdict(dict)
    for matter, its in takes.items():
        by, to = matter.keys if matter.kind == "replied" else (None, None)
        if by is None:
            continue
        party = _Party(slug(by), True)
        for take in its:
            if not take.affirms or take.replaced_by is not None or take.hedge is not Hedge.PLAIN:
                continue
            topics = topics_of(take.value, names)
            for topic in topics:
                _last(found[topic, None], party, take)
            if to is not None:
                _last(found[None if topics else "", to], party, take)
    return found
