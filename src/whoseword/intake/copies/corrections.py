"""Corrections, clarifications, retractions and updates, as outlets and agencies word them.

A notice is tied to the version that it is about only where that version is held: the same voice, the
most of the same words, and no such notice of its own. Otherwise it says so and ties nothing.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from whoseword.intake.copies.drifts import drifts_between
from whoseword.intake.copies.papers import place_in
from whoseword.intake.copies.shapes import Corrects, Notice, NoticeKind, Paper

_A_PAPER: Final = (
    r"(?:story|article|post|(?:news |press |media )?release|report|headline|caption|column|page)"
)
_THIS: Final = (
    rf"(?:(?:this|our) {_A_PAPER}"
    rf"|(?:an?|the|our) (?:earlier|previous|original|first) (?:{_A_PAPER}|version(?: of (?:this|our|the)"
    rf" {_A_PAPER})?))"
)
_AT_ITS_HEAD: Final = (
    # "Correction:", "Correction (May 6, 2031):", "Correction to an earlier story:", "CORRECTION".
    rf"(?: to (?:[^:]{{0,40}} )?{_A_PAPER}| on [^:]{{0,30}}\d[^:]{{0,12}}| appended[^:]{{0,40}}"
    r"|,? \(?[^:)]{0,20}\d[^:)]{0,12}\)?)?\s*(?:[:—–]|-\s|\.?$)"
)
_MONTH: Final = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
_DAY: Final = rf"(?:{_MONTH} \d|\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b)"

_NOTICES: Final = (
    (NoticeKind.RETRACTION, re.compile(
        rf"(?i)^(?:editor['’]s note: )?{_THIS}\b[^.]{{0,40}}? (?:has been|is|was) "
        r"(?:retracted|withdrawn)\b"
        rf"|^(?:retraction|retracted){_AT_ITS_HEAD}"
        rf"|^(?:we|the [\w' ]{{1,40}}) (?:hereby )?(?:retracts?|withdraws?) "
        rf"(?:{_THIS}|(?:the|its|that) (?:story|article|post|(?:news |press |media )release))\b")),
    (NoticeKind.CORRECTION, re.compile(
        rf"(?i)^corrections?(?: and clarifications?)?{_AT_ITS_HEAD}|^corrected{_AT_ITS_HEAD}"
        r"|^(?:editor['’]s note: )?(?:an|the) (?:earlier|previous|original) version of this\b.{0,60}"
        r"\b(?:misstated|misidentified|incorrectly|wrongly|mistakenly|said|reported|gave)\b"
        rf"|^{_THIS} (?:has been|was) corrected\b"
        r"|^because of an? (?:editing|reporting) error\b"
        r"|^we (?:said|reported) .{3,120}[,;—–-] ?that was wrong")),
    (NoticeKind.CLARIFICATION, re.compile(
        rf"(?i)^clarifications?{_AT_ITS_HEAD}|^{_THIS} (?:has been|was) clarified\b")),
    (NoticeKind.UPDATE, re.compile(
        r"(?i)^updates?(?: ?#? ?\d{1,2})?(?: ?\([^)]*\))?\s*(?:[:—–]|-\s)"
        rf"|^\[?(?:last )?updated(?::| on| at)? ?{_DAY}|^\[?updated\]?\s*[:—–]"
        rf"|\b(?:this|our) {_A_PAPER} (?:has been|was|is being|will be) (?:\w+ly )?updated\b"
        r"|^this is a (?:developing|breaking)(?: news)? (?:story|news|situation|event)\b")),
)  # fmt: skip


def notices_in(paper: Paper) -> tuple[Notice, ...]:
    """What a paper says of being a correction, a retraction or an update; in the text's order."""
    found = []
    for span in paper.sentences:
        words = paper.text[span[0] : span[1]].strip()
        kind = next((kind for kind, pattern in _NOTICES if pattern.search(words)), None)
        if kind is not None:
            found.append(Notice(kind=kind, place=place_in(paper, span)))
    return tuple(found)


def corrections_in(papers: Sequence[Paper], runs: Sequence[frozenset[int]]) -> tuple[Corrects, ...]:
    """Each paper of a family that has a notice, with the earlier version that it is about.

    `runs` are the runs of words of each paper. Of several notices of a paper its first is given.
    """
    noticed = [notices_in(one) for one in papers]
    without: dict[str, list[tuple[Paper, frozenset[int]]]] = defaultdict(list)
    for one, its, notices in zip(papers, runs, noticed, strict=True):
        if not notices:
            without[one.voice].append((one, its))
    found: list[Corrects] = []
    for one, its, notices in zip(papers, runs, noticed, strict=True):
        for notice in notices[:1]:
            earlier = _earlier(one, its, without[one.voice])
            found.append(
                Corrects(
                    notice=notice,
                    earlier=earlier.sha256 if earlier is not None else None,
                    changes=drifts_between(earlier, one) if earlier is not None else (),
                )
            )
    return tuple(sorted(found, key=lambda one: (one.notice.kind.value, one.notice.place.document)))


def _earlier(
    paper: Paper, runs: frozenset[int], others: Sequence[tuple[Paper, frozenset[int]]]
) -> Paper | None:
    """Of versions by the same voice without a notice, the one that shares most, and is not later."""
    shared = [
        (len(runs & theirs), one)
        for one, theirs in others
        if not (one.dated and paper.dated and one.dated > paper.dated)
    ]
    held = [(count, one) for count, one in shared if count]
    return min(held, key=lambda pair: (-pair[0], pair[1].sha256))[1] if held else None
