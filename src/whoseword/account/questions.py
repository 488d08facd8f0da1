"""What is open, who said that they cannot say, and which party with authority was not asked.

A question stays open until its matter is agreed or found; a denial or one voice does not close it.
"""

from collections.abc import Iterable, Mapping, Sequence

from whoseword.account.authority import authorities, is_party, party_of, slug
from whoseword.account.positions import Take, Takes
from whoseword.account.shapes import Asked, Question
from whoseword.words import NON_ANSWERS, Matter, Standing
from whoseword.words.matters import renamed

_CLOSED = {Standing.AGREED, Standing.FOUND}


def questions_of(
    takes: Takes,
    standings: Mapping[Matter, Standing],
    found: Mapping[Matter, Sequence[Take]],
    names: Mapping[str, str],
) -> list[Question]:
    """Each matter on which somebody could not say, did not know, declined or kept silent."""
    requests = _requests(takes, names)
    questions = []
    for matter, its in takes.items():
        silent = [take for take in its if take.stance in NON_ANSWERS and take.implied_by is None]
        if not silent:
            continue
        asked = sorted(
            (
                Asked(take.statement.speaker.name, take.stance.value, take.id, take.replaced_by)
                for take in silent
            ),
            key=lambda one: (one.speaker, one.answer, one.statement),
        )
        status = "answered" if standings[matter] in _CLOSED else "open"
        heard = _heard((*its, *found.get(matter, ())))
        asked_of = requests.get(matter.label, ())
        not_asked = [
            party
            for party in authorities(matter.kind)
            if not any(is_party(name, party) for name in (*heard, *asked_of))
        ]
        questions.append(Question(matter.label, status, tuple(asked), tuple(not_asked)))
    return sorted(questions, key=lambda one: one.matter)


def _heard(takes: Iterable[Take]) -> set[str]:
    return {party for take in takes if (party := party_of(take.statement.speaker))}


def _requests(takes: Takes, names: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Whom somebody has asked about each matter."""
    found: dict[str, tuple[str, ...]] = {}
    for matter, its in takes.items():
        if matter.kind != "requested" or matter.keys[1] is None:
            continue
        for take in its:
            about = take.value.get("about")
            if take.affirms and take.replaced_by is None and about is not None:
                for topic in about if isinstance(about, tuple) else (about,):
                    label = renamed(str(topic), names)
                    found[label] = (*found.get(label, ()), slug(matter.keys[1]))
    return found
