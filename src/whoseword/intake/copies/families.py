"""Which documents carry the same words, and which of them had the words first.

Runs of five words are looked up in an index of all documents; two that share a fifth of the shorter
one's are of one family. A run that very many documents carry is a footer or a form, and tells
nothing unless such runs are most of a document: then all of them carry one story. Each document is
held against the first and the last few that have a run, so that ten thousand stay a matter of seconds
(Broder 1997 on shingles; Schleimer, Wilkerson and Aiken 2003 on fingerprints).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from whoseword.intake.copies.corrections import corrections_in
from whoseword.intake.copies.drifts import drifts_between
from whoseword.intake.copies.papers import place_in, shingles_of
from whoseword.intake.copies.shapes import Family, Member, Origin, Paper, Place, Why

_LEAST_SHARED: Final = 12
_LEAST_SHARE: Final = 0.2
_HELD_AGAINST: Final = 6
_MOST_HOLDERS: Final = 400
_A_FORM: Final = 0.5
_MOSTLY: Final = 0.5
_MORE_THAN_A_FOOTER: Final = 40
_LEAST_FOR_A_FORM: Final = 8
_WIRE: Final = re.compile(
    r"^[A-Z][A-Za-z .,'’-]{1,40}\((?P<named>[A-Z][A-Za-z .]{1,30})\)\s*[-–—]{1,2}"
)
_NAMED: Final = r"\s+(?i:the )?(?P<named>[A-Z][\w'’.&-]*(?: [A-Z][\w'’.&-]*){0,5})"
# Whose the whole story is. What a story only has from somebody is said of a sentence of it.
_OF_THE_STORY: Final = re.compile(
    r"(?i:\b(?:first reported by|was first reported in|originally published (?:by|in)"
    rf"|this (?:story|article) (?:was produced|is provided) by)){_NAMED}"
)
_OF_A_SENTENCE: Final = re.compile(
    r"(?i:\b(?:as reported by|according to (?:a )?(?:report|story|article|release|statement"
    rf"|news release) (?:by|from|in|of))){_NAMED}"
)
_LEAST_CREDITS: Final = 2
_A_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d(?:T\S+)?$")


class _Credit(NamedTuple):
    """That a paper says from whom words are: a wire, whom it has the story from, or a source."""

    named: str
    place: Place
    is_wire: bool
    of_story: bool


def families_of(papers: Sequence[Paper]) -> tuple[Family, ...]:
    """The families of two and more, largest first; the order of the papers changes nothing."""
    ordered = sorted(papers, key=lambda one: (one.name, one.sha256))
    runs = [frozenset(shingles_of(one)) for one in ordered]
    shared = _shared(runs)
    groups: dict[int, list[int]] = defaultdict(list)
    for at, root in enumerate(_roots(len(ordered), shared)):
        groups[root].append(at)
    shares = _shares(shared, runs)
    found = [
        _family([ordered[at] for at in its], [shares[at] for at in its], [runs[at] for at in its])
        for its in groups.values()
        if len(its) > 1
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.members), one.members[0].name)))


def _shared(runs: Sequence[frozenset[int]]) -> Mapping[tuple[int, int], int]:
    """How many runs of words two papers share, for pairs that share enough."""
    holders: dict[int, list[int]] = defaultdict(list)
    for at, its in enumerate(runs):
        for run in its:
            holders[run].append(at)
    most = min(len(runs) * _A_FORM if len(runs) >= _LEAST_FOR_A_FORM else len(runs), _MOST_HOLDERS)
    counts: Counter[tuple[int, int]] = Counter()
    forms: set[int] = set()
    for run, its_holders in holders.items():
        if len(its_holders) > most:
            forms.add(run)
        else:
            counts.update(_near(its_holders))
    # What most documents carry is a footer or a form, unless it is most of what they hold.
    one_story = [at for at, its in enumerate(runs) if len(its & forms) >= _MOSTLY * len(its) > 0]
    for one, other in _near(one_story):
        together = len(runs[one] & runs[other])
        mostly = together >= _MOSTLY * min(len(runs[one]), len(runs[other]))
        if mostly and together >= _MORE_THAN_A_FOOTER:
            counts[one, other] = together
    return {
        (one, other): count
        for (one, other), count in counts.items()
        if count >= _LEAST_SHARED and count >= _LEAST_SHARE * min(len(runs[one]), len(runs[other]))
    }


def _near(holders: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Each of the holders with the first and the last few before it."""
    for number, at in enumerate(holders[1:], start=1):
        before = holders[:number]
        for one in {*before[:_HELD_AGAINST], *before[-_HELD_AGAINST:]}:
            yield one, at


def _roots(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """For each paper the first of those that it is joined with, directly or not."""
    roots = list(range(count))

    def root(at: int) -> int:
        while roots[at] != at:
            roots[at] = roots[roots[at]]
            at = roots[at]
        return at

    for one, other in pairs:
        first, second = sorted((root(one), root(other)))
        roots[second] = first
    return [root(at) for at in range(count)]


def _shares(
    shared: Mapping[tuple[int, int], int], runs: Sequence[frozenset[int]]
) -> Sequence[float]:
    """For each paper, the largest share of its runs of words that another of its family has too."""
    most = [0] * len(runs)
    for (one, other), count in shared.items():
        most[one], most[other] = max(most[one], count), max(most[other], count)
    return [count / max(1, len(its)) for count, its in zip(most, runs, strict=True)]


def _family(
    papers: Sequence[Paper], shares: Sequence[float], runs: Sequence[frozenset[int]]
) -> Family:
    origin = _origin(papers)
    source = next((one for one in papers if one.sha256 == origin.document), None)
    # Without an origin nobody is the measure of the others; the first by name only stands for them.
    against = source or papers[0]
    members = [
        Member(
            document=one.sha256,
            name=one.name,
            voice=one.voice,
            dated=one.dated,
            shares=round(share, 3),
            drifts=drifts_between(against, one, is_first=source is not None)
            if one is not against
            else (),
        )
        for one, share in zip(papers, shares, strict=True)
    ]
    return Family(
        origin=origin,
        members=tuple(sorted(members, key=lambda one: (one.document != origin.document, one.name))),
        corrections=corrections_in(papers, runs),
    )


def _origin(papers: Sequence[Paper]) -> Origin:
    """Where a family has its words from: first what an agency issued, then whom its members credit."""
    issued = [one for one in papers if one.issued]
    if len(issued) == 1:
        return Origin(why=Why.ISSUED, document=issued[0].sha256, named=issued[0].voice)
    credited = _credited(papers)
    if credited is not None:
        return credited
    # A month or a year is no day, and of two papers of one day neither is known to be first.
    days = sorted(
        (one.dated[:10], one.sha256)
        for one in papers
        if _A_DAY.match(one.dated or "") and one.dated
    )
    if len(days) == len(papers) and days[0][0] != days[1][0]:
        first = next(one for one in papers if one.sha256 == days[0][1])
        return Origin(why=Why.EARLIEST, document=first.sha256, named=first.voice)
    return Origin(why=Why.NOT_KNOWN)


def _credited(papers: Sequence[Paper]) -> Origin | None:
    """Whom the members of a family credit, if all who credit anybody credit the same.

    A wire's dateline is enough; else it takes two, or the one other of a family of two. A source that
    is named for a sentence has the whole story only where its own paper is in the family.
    """
    given = [found for one in papers if (found := _credit(one)) is not None]
    if not given:
        return None
    held = {
        one.named: next(
            (
                paper.sha256
                for paper in papers
                if paper.sha256 != one.place.document and _is_called(paper, one.named)
            ),
            None,
        )
        for one in given
    }
    telling = [one for one in given if one.of_story or held[one.named]]
    if len({held[one.named] or _plain(one.named) for one in telling}) != 1:
        return None
    first = telling[0]
    enough = len(telling) >= _LEAST_CREDITS or any(one.is_wire for one in telling)
    document = held[first.named]
    if not enough and not (document and len(papers) == _LEAST_CREDITS):
        return None
    voices = {paper.sha256: paper.voice for paper in papers}
    return Origin(
        why=Why.CREDITED,
        document=document,
        named=voices[document] if document else first.named,
        shown_by=first.place,
    )


def _credit(paper: Paper) -> _Credit | None:
    """Whom a paper credits, and where: with the story if it does so at all, else with a sentence."""
    found: _Credit | None = None
    for start, end in paper.sentences:
        words = paper.text[start:end]
        wire = _WIRE.match(words)
        story = wire or _OF_THE_STORY.search(words)
        match = story or (None if found else _OF_A_SENTENCE.search(words))
        if match is not None:
            last = start + match.end() - match.group().endswith(".")
            place = place_in(paper, (start + match.start(), last))
            found = _Credit(match["named"].strip(" ."), place, bool(wire), bool(story))
            if found.of_story:
                return found
    return found


def _is_called(paper: Paper, name: str) -> bool:
    told, voice = _plain(name), _plain(paper.voice)
    return bool(told) and (told == voice or f" {told} " in f" {voice} ")


def _plain(name: str) -> str:
    return " ".join(word for word in re.findall(r"\w+", name.lower()) if word not in ("the", "s"))
