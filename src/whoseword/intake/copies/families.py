"""Which documents carry the same words, and which of them had the words first.

Runs of five words are looked up in an index of all documents; two that share a fifth of the shorter
one's are of one family. A run that very many documents carry is a footer or a form, and tells
nothing unless such runs are most of a document: then all of them carry one story. Each document is
held against the first and the last few that have a run, so that ten thousand stay a matter of seconds (Broder 1997 on shingles; Schleimer, Wilkerson
and Aiken 2003 on fingerprints).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

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
_CREDIT: Final = re.compile(
    r"(?i:\b(?:first reported by|as reported by|was first reported in|according to (?:a )?"
    r"(?:report|story|article|release|statement|news release) (?:by|from|in|of)|originally published by"
    r"|this story was produced by|courtesy of))\s+(?i:the )?(?P<named>[A-Z][\w'’.&-]*(?: [A-Z][\w'’.&-]*){0,5})"
)


def families_of(papers: Sequence[Paper]) -> tuple[Family, ...]:
    """The families of two and more, largest first; the order of the papers changes nothing."""
    ordered = sorted(papers, key=lambda one: (one.name, one.sha256))
    runs = [frozenset(shingles_of(one)) for one in ordered]
    shared = _shared(runs)
    groups: dict[int, list[int]] = defaultdict(list)
    for at, root in enumerate(_roots(len(ordered), shared)):
        groups[root].append(at)
    found = [
        _family([ordered[at] for at in group], _shares(group, shared, runs))
        for group in groups.values()
        if len(group) > 1
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
    group: Sequence[int], shared: Mapping[tuple[int, int], int], runs: Sequence[frozenset[int]]
) -> list[float]:
    """For each of a group, the largest share of its words that another of it has too."""
    return [
        max(
            (shared.get((min(at, other), max(at, other)), 0) / max(1, len(runs[at])))
            for other in group
            if other != at
        )
        for at in group
    ]


def _family(papers: Sequence[Paper], shares: Sequence[float]) -> Family:
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
            drifts=drifts_between(against, one) if one is not against else (),
        )
        for one, share in zip(papers, shares, strict=True)
    ]
    return Family(
        origin=origin,
        members=tuple(sorted(members, key=lambda one: (one.document != origin.document, one.name))),
        corrections=corrections_in(papers),
    )


def _origin(papers: Sequence[Paper]) -> Origin:
    credited = [found for one in papers if (found := _credit(one)) is not None]
    named = Counter(_plain(name) for name, _ in credited)
    for name, place in credited:
        for one in papers:
            if one.sha256 != place.document and _is_called(one, name):
                return Origin(
                    why=Why.CREDITED, document=one.sha256, named=one.voice, shown_by=place
                )
    if credited and len(named) == 1:
        # All who credit anybody credit the same, whose own paper is not here.
        return Origin(why=Why.CREDITED, named=credited[0][0], shown_by=credited[0][1])
    issued = [one for one in papers if one.issued]
    if len(issued) == 1 and len(papers) > 1:
        return Origin(why=Why.ISSUED, document=issued[0].sha256, named=issued[0].voice)
    dates = sorted((one.dated, one.sha256) for one in papers if one.dated)
    if len(dates) == len(papers) and dates[0][0] != dates[1][0]:
        first = next(one for one in papers if one.sha256 == dates[0][1])
        return Origin(why=Why.EARLIEST, document=first.sha256, named=first.voice)
    return Origin(why=Why.NOT_KNOWN)


def _credit(paper: Paper) -> tuple[str, Place] | None:
    """Whom a paper credits with its words, and where it does."""
    for start, end in paper.sentences:
        words = paper.text[start:end]
        match = _WIRE.match(words) or _CREDIT.search(words)
        if match is not None:
            last = start + match.end() - match.group().endswith(".")
            return match["named"].strip(" ."), place_in(paper, (start + match.start(), last))
    return None


def _is_called(paper: Paper, name: str) -> bool:
    told, voice = _plain(name), _plain(paper.voice)
    return bool(told) and (told == voice or f" {told} " in f" {voice} ")


def _plain(name: str) -> str:
    return " ".join(word for word in re.findall(r"\w+", name.lower()) if word not in ("the", "s"))
