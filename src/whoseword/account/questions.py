"""What is open, who said that they cannot say, and which party with authority was not asked.

A question stays open until its matter is agreed or found; a denial or one voice does not close it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from whoseword.account.authority import authorities, is_party, party_of
from whoseword.account.positions import Take, Takes
from whoseword.account.shapes import Asked, Question
from whoseword.account.topics import findings_on, topics_of
from whoseword.words import NON_ANSWERS, Matter, Standing
from whoseword.words.names import slug

_CLOSED = {Standing.AGREED, Standing.FOUND}


def questions_of(
    takes: Takes, standings: Mapping[Matter, Standing], names: Mapping[str, str]
) -> list[Question]:
    """Each matter on which somebody could not say, did not know, declined or kept silent."""
    requested = _requested(takes, names)
    findings = findings_on(takes, names)
    questions = []
    for matter, its in takes.items():
        silent = [take for take in its if take.stance in NON_ANSWERS]
        if not silent:
            continue
        asked = sorted(
            (
                Asked(take.statement.speaker.name, take.stance.value, take.id, take.replaced_by)
                for take in silent
            ),
            key=lambda one: (one.speaker, one.answer, one.statement),
        )
        label = matter.label
        told = {party_of(take.statement.speaker) for take in (*its, *findings.get(label, ()))}
        told.update(requested.get(label, ()))
        status = "answered" if standings[matter] in _CLOSED else "open"
        questions.append(Question(label, status, tuple(asked), _not_asked(matter.kind, told)))
    return sorted(questions, key=lambda one: one.matter)


def _not_asked(kind: str, told: Collection[str | None]) -> tuple[str, ...]:
    """The parties with authority over a kind that are none of those told of."""
    parties = authorities(kind)
    return tuple(
        party for party in parties if not any(name and is_party(name, party) for name in told)
    )


def _requested(takes: Takes, names: Mapping[str, str]) -> dict[str, set[str]]:
    """Whom somebody has asked about each matter, as slugs."""
    found: dict[str, set[str]] = defaultdict(set)
    for of, take in _requests(takes):
        for topic in topics_of(take.value, names):
            found[topic].add(slug(of))
    return found


def _requests(takes: Takes) -> Iterator[tuple[str, Take]]:
    for matter, its in takes.items():
        if matter.kind == "requested" and matter.keys[1] is not None:
            for take in its:
                if take.affirms and take.replaced_by is None:
                    yield matter.keys[1], take
