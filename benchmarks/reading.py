"""How well the reader finds who said what, and how fast, on annotated news articles.

Usage: python benchmarks/reading.py FOLDER [--most N]

FOLDER holds articles as NAME.txt with brat stand-off in NAME.ann: text spans Source, Cue and
Content, joined by events Attribution, as in PolNeAR (Newell et al. 2018). Nothing of such a corpus
belongs to this project; the rules were tuned on a development part only.

Scored are the reader's drafts that have a cue and name a source; what a document says in its own
voice attributes nothing. Drafts under one cue are one attribution, whose content is the union of
their spans (of the whole quotation, where they stand in one and the cue outside), of what the same
speaker's quotation says in the next sentences, and of what they say that others say. An attribution
is right if the Jaccard index of content word tokens is at least .5 and the sources share a token
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
from whoseword.intake.reading import read_document
from whoseword.intake.reading.quotations import spoken_in
from whoseword.words import SpeakerKind

_WORD = re.compile(r"\w+")


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


def read_of(text: str, reading: Reading) -> list[Attribution]:
    """Drafts grouped by cue; a quotation's other sentences join the cue of the nearest one."""
    grouped: dict[tuple[object, ...], list[tuple[int, int]]] = {}
    last: tuple[object, ...] | None = None
    speaker = None
    waiting: list[tuple[int, int]] = []
    waiting_for = None
    for draft in reading.drafts:
        source = draft.statement.source
        span = (source.start or 0, source.end or 0)
        named = text[slice(*draft.speaker_span)].lower() if draft.speaker_span else None
        narrated = draft.statement.speaker.kind is SpeakerKind.NARRATOR
        own_cue = (draft.cue is not None and not narrated and named is not None) and named not in (
            "i",
            "we",
        )
        relays = draft.statement.via
        nested = own_cue and speaker is not None and relays and relays[0].name == speaker.name
        if nested and last is not None:
            # What somebody says that another says is what they say too, cue and all.
            grouped[last].append(whole_of(draft, span))
        if own_cue and last is not None and is_their_own_thought(text, draft, speaker):
            grouped[last].append(span)
            continue
        if nested and last is not None:
            grouped.setdefault((draft.cue, draft.speaker_span), []).append(span)
            continue
        if own_cue:
            last = (draft.cue, draft.speaker_span)
            if draft.statement.speaker != speaker:
                waiting = [one for one in waiting if waiting_for == draft.statement.speaker]
            speaker = draft.statement.speaker
            grouped.setdefault(last, []).extend(waiting)
            waiting = []
        elif narrated:
            last, waiting = None, []
        if not own_cue and not narrated and (last is None or draft.statement.speaker != speaker):
            waiting, waiting_for = [*waiting, span], draft.statement.speaker
        elif last is not None:
            grouped.setdefault(last, []).append(span)
    return [
        Attribution(
            places(text, [speaker] if speaker else []),
            places(text, [cue]),
            places(text, [whole_quotation(text, span, cue) for span in spans]),
        )
        for (cue, speaker), spans in grouped.items()
    ]


def whole_of(draft: Draft, span: tuple[int, int]) -> tuple[int, int]:
    """From the speaker and cue of a draft to the end of its content."""
    parts = [span, draft.cue or span, draft.speaker_span or span]
    return min(one[0] for one in parts), max(one[1] for one in parts)


def is_their_own_thought(text: str, draft: Draft, speaker: object) -> bool:
    """Whether a cue stands within the speaker's own quotation: "I think"."""
    if draft.cue is None or draft.speaker_span is None or draft.statement.speaker != speaker:
        return False
    around = whole_quotation(text, draft.cue, (-1, -1))
    return around != draft.cue and not around[0] <= draft.speaker_span[0] < around[1]


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
    ours_told, theirs_told = Tally(), Tally()
    words, spent, has_peer = 0, 0.0, False
    for path in sorted(asked.folder.glob("*.txt"))[: asked.most]:
        document = keep_document(path.read_bytes(), path.name)
        gold = gold_of(document.text, path.with_suffix(".ann").read_text(encoding="utf-8"))
        start = time.process_time()
        reading = read_document(document, "bench", "a/incident", more=asked.more)
        spent += time.process_time() - start
        ours = read_of(document.text, reading)
        ours_told.add(gold, ours)
        theirs = peer_of(document.text)
        if theirs is not None:
            has_peer = True
            theirs_told.add(gold, theirs)
        words += len(_WORD.findall(document.text))
        if asked.show:
            show(document.text, gold, ours, matched(gold, ours))
    print(f"whoseword{' --more' if asked.more else ''}: {ours_told}")
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
