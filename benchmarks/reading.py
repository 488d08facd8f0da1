"""How well the reader finds who said what, and how fast, on annotated news articles.

Usage: python benchmarks/reading.py FOLDER [--most N]

FOLDER holds articles as NAME.txt with brat stand-off in NAME.ann: text spans Source, Cue and
Content, joined by events Attribution, as in PolNeAR (Newell et al. 2018). Nothing of such a corpus
belongs to this project; the rules were tuned on a development part only.

Scored are the reader's drafts that have a cue and name a source; what a document says in its own
voice attributes nothing. Drafts under one cue are one attribution, whose content is the union of
their spans (of the whole quotation, where they stand in one and the cue outside), of what the same
speaker's quotation says in the next sentences, and of what they say that others say. Of tellings
within tellings ("she said that he denied it") the outermost counts: PolNeAR annotates no other (of its
21,496 attributions none has its cue within another's content). The figure with every inner telling
counted, as if it were made up, is printed beside it. An attribution is right if the Jaccard index of content word tokens is at least .5 and the sources share a token
(where the gold has no source, the draft must have none); one draft to one gold, best first. Direct
is recall on gold attributions with a source whose content opens with a quotation mark.

The peer is textacy's direct quotations (0.13, paragraph by paragraph, which is kinder to it), with
the same scorer, model and run. It is no part of this project's environment, for it would bring
scikit-learn and scipy: where it is not installed, that is said. To measure it too, put it into a
folder of its own (pip install --no-deps --target FOLDER textacy==0.13.0 cachetools cytoolz toolz
floret jellyfish joblib cloudpickle networkx pyphen scipy scikit-learn threadpoolctl narwhals) and
name that in PYTHONPATH.
"""

import argparse
import re
import time
from dataclasses import dataclass
from pathlib import Path

from whoseword.intake import Draft, Reading, keep_document
from whoseword.intake.drafts import Telling
from whoseword.intake.reading import read_document
from whoseword.intake.reading.quotations import spoken_in
from whoseword.words import SpeakerKind

Key = tuple[tuple[int, int], tuple[int, int]]
"""The places of a cue and of the words that name who speaks."""

_WORD = re.compile(r"\w+")
_RELATIVE = re.compile(r"\b(who|which|that)(?:\s+(?:also|\w+ly|had|has|have|then|once))?\s+\Z")


@dataclass(frozen=True)
class Attribution:
    """Source, cue and content as sets of places of word tokens."""

    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]
    is_direct: bool = False


def places(text: str, spans: list[tuple[int, int]]) -> frozenset[int]:
    return frozenset(
        start + match.start() for start, end in spans for match in _WORD.finditer(text[start:end])
    )


def gold_of(text: str, annotation: str) -> list[Attribution]:
    spans: dict[str, list[tuple[int, int]]] = {}
    kinds: dict[str, str] = {}
    found: list[Attribution] = []
    for line in annotation.splitlines():
        fields = line.split("\t")
        if re.fullmatch(r"T\d+", fields[0]) and len(fields) > 1:
            kind, _, ranges = fields[1].partition(" ")
            kinds[fields[0]] = kind
            pairs = [one.split() for one in ranges.split(";")]
            spans[fields[0]] = [(int(start), int(end)) for start, end in pairs]
    for line in annotation.splitlines():
        fields = line.split("\t")
        if len(fields) < 2 or not fields[1].startswith("Attribution"):
            continue
        roles: dict[str, list[tuple[int, int]]] = {"Source": [], "Cue": [], "Content": []}
        for argument in fields[1].split()[1:]:
            role, _, name = argument.partition(":")
            if kinds.get(name) in roles:
                roles[kinds[name]] += spans[name]
            elif role in roles:
                roles[role] += spans.get(name, [])
        content = places(text, roles["Content"])
        if content:
            first = min(start for start, _ in roles["Content"])
            direct = bool(roles["Source"]) and text[first : first + 1] in "\"“'‘"
            source, cue = places(text, roles["Source"]), places(text, roles["Cue"])
            found.append(Attribution(source, cue, content, direct))
    return found


def read_of(text: str, reading: Reading, *, inner: bool = False) -> list[Attribution]:
    """Drafts grouped by cue; a quotation's other sentences join the cue of the nearest one.

    What somebody says that another says is what they say, the other's name and cue and all; with
    ``inner`` the other's telling is an attribution too.
    """
    grouped: dict[Key, list[tuple[int, int]]] = {}
    last: Key | None = None
    speaker: str | None = None
    for draft in reading.drafts:
        span = draft.statement.source.start or 0, draft.statement.source.end or 0
        narrated = draft.statement.speaker.kind is SpeakerKind.NARRATOR
        said_by = (draft.statement.via or (draft.statement.speaker,))[-1].name
        told = [] if narrated else told_by(text, draft)
        told = told if inner else told[-1:]
        for key, within in told:
            grouped.setdefault(key, []).append(within)
        if told:
            last, speaker = told[-1][0], said_by
        elif narrated:
            last = None
        elif last is not None and said_by == speaker:
            grouped[last].append(span)
    return [
        Attribution(
            places(text, [named, *relative_before(text, named, cue)]),
            places(text, [cue]),
            places(text, [whole_quotation(text, span, cue) for span in spans]),
        )
        for (cue, named), spans in grouped.items()
    ]


def told_by(text: str, draft: Draft) -> list[tuple[Key, tuple[int, int]]]:
    """Each cue with a name by which a draft is told, from the speaker outwards, and what it tells.

    What somebody says that they themselves think or cannot say is told by the outer cue alone.
    """
    within = draft.statement.source.start or 0, draft.statement.source.end or 0
    found: list[tuple[Key, tuple[int, int]]] = []
    tellings = [Telling(cue=draft.cue, speaker_span=draft.speaker_span), *draft.around]
    outwards = [one.speaker_span for one in tellings[1:]]
    for one, outer in zip(tellings, [*outwards, None], strict=True):
        cue, named = one.cue, one.speaker_span
        themselves = named is not None and named == outer
        if cue and named and not themselves and text[slice(*named)].lower() not in ("i", "we"):
            found.append(((cue, named), within))
        parts = [part for part in (within, cue, None if themselves else named) if part]
        within = min(part[0] for part in parts), max(part[1] for part in parts)
    return found


def relative_before(
    text: str, named: tuple[int, int], cue: tuple[int, int]
) -> list[tuple[int, int]]:
    """The "who" between a name and its cue, which PolNeAR takes for the source of "A, who says"."""
    match = _RELATIVE.search(text, named[1], cue[0]) if named[1] < cue[0] else None
    return [match.span(1)] if match else []


def whole_quotation(text: str, span: tuple[int, int], cue: tuple[int, int]) -> tuple[int, int]:
    """The quotation of its paragraph in which a span stands, if its cue stands outside of it."""
    first = text.rfind("\n", 0, span[0]) + 1
    end = text.find("\n", span[1])
    for one in spoken_in(text, first, end if end >= 0 else len(text)):
        start, stop = one.inner
        if start <= span[0] and span[1] <= stop and not start <= cue[0] < stop:
            return start, stop
    return span


def peer_of(text: str) -> list[Attribution] | None:
    """What textacy finds in each paragraph; None where it is not installed."""
    try:
        from textacy.extract import direct_quotations
    except ImportError:
        return None
    from whoseword.intake.reading.parsing import language, straightened

    found: list[Attribution] = []
    for match in re.finditer(r"[^\n]+", text):
        try:
            quotations = list(direct_quotations(language()(straightened(match.group()))))
        except ValueError:  # It gives up where marks do not pair.
            continue
        for one in quotations:
            at = match.start()
            words = [
                [(at + w.idx, at + w.idx + len(w)) for w in part] for part in (one.speaker, one.cue)
            ]
            content = [(at + one.content.start_char, at + one.content.end_char)]
            found.append(
                Attribution(places(text, words[0]), places(text, words[1]), places(text, content))
            )
    return found


def matched(gold: list[Attribution], ours: list[Attribution]) -> dict[int, int]:
    """Which gold each of ours is right about, best content first."""
    pairs = []
    for here, one in enumerate(ours):
        for there, other in enumerate(gold):
            overlap = len(one.content & other.content) / len(one.content | other.content or {0})
            sources = bool(one.source & other.source) if other.source else not one.source
            if overlap >= 0.5 and sources:
                pairs.append((overlap, here, there))
    found: dict[int, int] = {}
    for _, here, there in sorted(pairs, reverse=True):
        if here not in found and there not in found.values():
            found[here] = there
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", help="articles with their annotations")
    parser.add_argument("--most", type=int, default=None, help="read only the first N articles")
    parser.add_argument("--show", action="store_true", help="print what was missed and made up")
    parser.add_argument("--more", action="store_true", help="read the wider patterns too")
    asked = parser.parse_args()
    if asked.folder is None:
        print("Not measured: name the folder of annotated articles, which is not ours to pass on.")
        return
    read_document(keep_document(b"The model is loaded once.", "warm.txt"), "bench", "a/incident")
    ours_told, inner_told, theirs_told = Tally(), Tally(), Tally()
    words, spent, has_peer = 0, 0.0, False
    for path in sorted(asked.folder.glob("*.txt"))[: asked.most]:
        document = keep_document(path.read_bytes(), path.name)
        gold = gold_of(document.text, path.with_suffix(".ann").read_text(encoding="utf-8"))
        start = time.process_time()
        reading = read_document(document, "bench", "a/incident", more=asked.more)
        spent += time.process_time() - start
        ours = read_of(document.text, reading)
        ours_told.add(gold, ours)
        inner_told.add(gold, read_of(document.text, reading, inner=True))
        theirs = peer_of(document.text)
        if theirs is not None:
            has_peer = True
            theirs_told.add(gold, theirs)
        words += len(_WORD.findall(document.text))
        if asked.show:
            show(document.text, gold, ours, matched(gold, ours))
    print(f"whoseword{' --more' if asked.more else ''}: {ours_told}")
    print(f"  with inner tellings: {inner_told}")
    print(f"textacy: {theirs_told if has_peer else 'not installed, not measured'}")
    print(f"{words:,} words, {words / max(spent, 1e-9):,.0f} words per CPU second")


@dataclass
class Tally:
    """Counts over articles, and the figures made of them."""

    right: int = 0
    drafted: int = 0
    wanted: int = 0
    direct: int = 0
    direct_right: int = 0

    def add(self, gold: list[Attribution], ours: list[Attribution]) -> None:
        found = matched(gold, ours)
        self.right += len(found)
        self.drafted += len(ours)
        self.wanted += len(gold)
        self.direct += sum(one.is_direct for one in gold)
        self.direct_right += sum(gold[there].is_direct for there in found.values())

    def __str__(self) -> str:
        precision, recall = self.right / max(self.drafted, 1), self.right / max(self.wanted, 1)
        both = 2 * precision * recall / max(precision + recall, 1e-9)
        return (
            f"attribution P {precision:.3f}  R {recall:.3f}  F1 {both:.3f}, direct quotations "
            f"{self.direct_right / max(self.direct, 1):.3f} "
            f"({self.right} right of {self.drafted}, {self.wanted} in the gold)"
        )


def show(
    text: str, gold: list[Attribution], ours: list[Attribution], found: dict[int, int]
) -> None:
    def told(one: Attribution) -> str:
        return " | ".join(
            text[min(group) : max(group) + 15].replace("\n", " ") if group else "-"
            for group in (one.source, one.cue, one.content)
        )

    for there, one in enumerate(gold):
        if there not in found.values():
            print("MISSED ", told(one))
    for here, one in enumerate(ours):
        if here not in found:
            print("MADE UP", told(one))


if __name__ == "__main__":
    main()
