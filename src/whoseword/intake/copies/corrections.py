"""Corrections, clarifications, retractions and updates, as outlets and agencies word them.

A notice is tied to the version that it is about only where that version is held: the same voice, the
most of the same words, and no such notice of its own. Otherwise it says so and ties nothing.
"""

import re
from collections.abc import Sequence
from typing import Final

from whoseword.intake.copies.drifts import drifts_between
from whoseword.intake.copies.papers import place_in, shingles_of
from whoseword.intake.copies.shapes import Corrects, Notice, NoticeKind, Paper

_NOTICES: Final = (
    (NoticeKind.RETRACTION, re.compile(
        r"(?i)^(?:editor['’]s note: )?.{0,60}\b(?:has been|is|was) (?:retracted|withdrawn)\b"
        r"|^(?:retraction|retracted)\b|^(?:we|the \w+) (?:retracts?|withdraws?) ")),
    (NoticeKind.CORRECTION, re.compile(
        r"(?i)^corrections?\b|^(?:an|the) (?:earlier|previous|original) version of this\b.{0,60}"
        r"\b(?:misstated|misidentified|incorrectly|wrongly|mistakenly|said|reported|gave)\b"
        r"|^this (?:story|article|release|post|report) (?:has been|was) corrected\b"
        r"|^because of an? (?:editing|reporting) error\b|^we (?:said|reported) .{3,120}that was wrong")),
    (NoticeKind.CLARIFICATION, re.compile(
        r"(?i)^clarifications?\b|^this (?:story|article|release) (?:has been|was) clarified\b")),
    (NoticeKind.UPDATE, re.compile(
        r"(?i)^updates?\b ?[:#(\d—-]|^\[?updated\b|^this (?:story|article|post|release) (?:has been|was) updated\b"
        r"|^this is a (?:developing|breaking)\b|\bwill be updated\b|^last updated\b")),
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


def corrections_in(papers: Sequence[Paper]) -> tuple[Corrects, ...]:
    """Each paper of a family that has a notice, with the earlier version that it is about."""
    noticed = {one.sha256: notices_in(one) for one in papers}
    found: list[Corrects] = []
    for one in papers:
        for notice in noticed[one.sha256][:1]:
            earlier = _earlier(
                one, papers, set(noticed) - {key for key in noticed if not noticed[key]}
            )
            found.append(
                Corrects(
                    notice=notice,
                    earlier=earlier.sha256 if earlier is not None else None,
                    changes=drifts_between(earlier, one) if earlier is not None else (),
                )
            )
    return tuple(sorted(found, key=lambda one: (one.notice.kind.value, one.notice.place.document)))


def _earlier(paper: Paper, papers: Sequence[Paper], noticed: set[str]) -> Paper | None:
    """The version of a paper by the same voice that shares most with it and has no notice."""
    own = frozenset(shingles_of(paper))
    others = [
        one
        for one in papers
        if one.sha256 not in noticed
        and one.voice == paper.voice
        and not (one.dated and paper.dated and one.dated > paper.dated)
    ]
    ranked = sorted(others, key=lambda one: (-len(own & frozenset(shingles_of(one))), one.sha256))
    return ranked[0] if ranked else None
