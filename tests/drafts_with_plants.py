"""Drafts with planted overstatements (`gold/checks`), and how a check fares on them."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

GOLD = Path(__file__).parents[1] / "gold" / "checks"
WORDS_A_PAGE = 300
PLANTED = {
    "surer": "surer_than_sources",
    "contradicted": "contradicted",
    "absent": "not_in_ledger",
}


class Sentence(NamedTuple):
    """A sentence of a draft; ``plant`` is what was planted in it, None where nothing was."""

    text: str
    plant: str | None


class Drafted(NamedTuple):
    """One draft: its incident, the moment that it is held to (None for now), its parts."""

    incident: str
    as_of: str | None
    title: str
    letterhead: tuple[str, ...]
    sentences: tuple[Sentence, ...]

    @property
    def body(self) -> str:
        """Its sentences as they stand in a row."""
        return " ".join(one.text for one in self.sentences)

    @property
    def text(self) -> str:
        """The whole text."""
        return "\n".join((*self.letterhead, *(("",) if self.letterhead else ()), self.body, ""))

    def spans(self) -> Iterator[tuple[tuple[int, int], Sentence]]:
        """Each sentence with its half-open span of characters in the text."""
        at = self.text.index(self.body)
        for one in self.sentences:
            yield (at, at + len(one.text)), one
            at += len(one.text) + 1


def drafts_in(path: Path) -> list[Drafted]:
    """The drafts of a file; the README beside it tells its form. Raises ValueError with the line."""
    found: list[Drafted] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        mark, _, rest = line.partition(" ")
        if mark == "##":
            incident, as_of, title = (part.strip() for part in rest.split("|"))
            found.append(Drafted(incident, None if as_of == "-" else as_of, title, (), ()))
        elif mark == ">" and found:
            found[-1] = found[-1]._replace(letterhead=(*found[-1].letterhead, rest))
        elif mark == "=" and found:
            found[-1] = _with(found[-1], Sentence(rest, None))
        elif mark == "!" and found:
            plant, _, words = rest.partition(" | ")
            if plant not in PLANTED or not words:
                raise ValueError(f"{path.name}:{number}: no such plant: {plant}")
            found[-1] = _with(found[-1], Sentence(words, plant))
        elif line.strip():
            raise ValueError(f"{path.name}:{number}: no draft's line: {line}")
    return found


def _with(draft: Drafted, sentence: Sentence) -> Drafted:
    return draft._replace(sentences=(*draft.sentences, sentence))


class Score(NamedTuple):
    """How a check fared: sentences with plants, those told, with the planted verdict; false alarms.

    ``missed`` and ``false`` hold the sentences themselves.
    """

    planted: int
    as_planted: int
    missed: tuple[str, ...]
    fine: int
    false: tuple[str, ...]
    pages: float

    @property
    def recall(self) -> float:
        """The share of plants that are told as anything but borne out."""
        return 1 - len(self.missed) / self.planted

    @property
    def false_a_page(self) -> float:
        """Fine sentences told as something else, a page of 300 words."""
        return len(self.false) / self.pages


def scored(told: Iterator[tuple[Drafted, dict[tuple[int, int], str]]]) -> Score:
    """The score of drafts, each with the verdicts by span that a check gave."""
    planted = as_planted = fine = words = 0
    missed: list[str] = []
    false: list[str] = []
    for draft, verdicts in told:
        words += len(draft.body.split())
        for (start, end), one in draft.spans():
            over = {
                verdict
                for (first, past), verdict in verdicts.items()
                if first < end and start < past and verdict != "borne_out"
            }
            if one.plant is None:
                fine += 1
                false += [one.text] if over else []
            else:
                planted += 1
                as_planted += PLANTED[one.plant] in over
                missed += [] if over else [one.text]
    return Score(planted, as_planted, tuple(missed), fine, tuple(false), words / WORDS_A_PAGE)
