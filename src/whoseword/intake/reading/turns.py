"""Who takes a turn in a transcript, however its typist writes that.

Beside "NAME: words" there are "Name - words", "DR. NAME. words", "Q. words" and "A  words", and labels
after a time ("[00:00:12] INV: words"). A way of writing counts only where it is kept up: one label
that comes back, and three turns. What a short label stands for is told at the head: "INV =
Investigator Brook", "counsel for the clinic (K)", "STATEMENT OF A NEIGHBOR".
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from whoseword.intake.form import Span
from whoseword.intake.reading.lexicon import OFFICIALS

_NAME: Final = r"[A-Z][\w.'’]*(?: (?:[A-Z0-9][\w.'’]*|of|the)){0,4}"
_WAYS: Final = (
    re.compile(rf"(?P<label>Q|A|{_NAME}) [-–—] (?=\S)"),
    re.compile(r"(?P<label>Q|A|(?:[A-Z][A-Z'’-]*\.? )?[A-Z][A-Z'’-]+)\.\s+(?=\S)"),
    re.compile(r"(?P<label>[A-Z][A-Z0-9]{0,4})[ \t]{2,}(?=\S)"),
    re.compile(
        r"\[?\(?\d{1,2}:\d\d(?::\d\d)?\)?\]?\s*[-–]?\s+(?P<label>[A-Z][\w.'’]*(?: [A-Z0-9][\w.'’]*){0,3}):\s+(?=\S)"
    ),
)
_LEAST_TURNS: Final = 3
_OF_WHOM: Final = re.compile(
    r"(?im)^[^\n]{0,30}\b(?:statement|interview|deposition|testimony|availability|examination) "
    r"(?:of|with) (?P<name>[^\n,;(]{3,50})"
)
_HEAD: Final = 1_200


def turns_in(text: str, lines: Sequence[Span]) -> dict[int, Span]:
    """The label of each turn, by where its line begins; empty where no such way is kept up."""
    for way in _WAYS:
        found: dict[int, Span] = {}
        for start, end in lines:
            start += len(text[start:end]) - len(text[start:end].lstrip())
            match = way.match(text, start, end)
            if match is not None:
                found[start] = match.span("label")
        times = Counter(text[slice(*label)] for label in found.values())
        kept_up = {label for label, count in times.items() if count > 1}
        # What stands once is a turn too, beside others that come back; a lone one is a heading.
        if len(found) >= _LEAST_TURNS and kept_up and _is_spoken(text, lines):
            return found
    return {}


@lru_cache(maxsize=16)
def labels_of(text: str) -> tuple[Span, ...]:
    """The labels of a text whose turns are written in one of these ways."""
    lines = [match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", text)]
    return tuple(turns_in(text, lines).values())


def _is_spoken(text: str, lines: Sequence[Span]) -> bool:
    """Whether the lines are sentences as people speak them, and not a log's capitals."""
    small = sum(any(map(str.islower, text[start:end])) for start, end in lines)
    return 2 * small >= len(lines)


@lru_cache(maxsize=256)
def meant_by(text: str, label: str) -> str | None:
    """Who a short label is, from the head of the document; None where nothing tells."""
    head = text[:_HEAD]
    if " " in label:
        return _in_full(head, label)
    if len(label) > 5 or label != label.upper():
        return None
    for found in _legends(head, re.escape(label)):
        return " ".join(found.split()).strip(" ,;.")
    if label == "A":
        told = _OF_WHOM.search(head)
        return " ".join(told["name"].split()) if told else None
    return None


def _in_full(head: str, label: str) -> str | None:
    """The name that a label shortens: "DR. ILSE BROOK, CORONER" of "DR. BROOK"."""
    title, surname = label.split(maxsplit=1)[0].rstrip("."), re.escape(label.rsplit(maxsplit=1)[-1])
    found = re.search(
        rf"(?i)\b{re.escape(title)}\.?\s+(?:[A-Z][\w.'’-]*\s+){{1,3}}{surname}\b(?:,\s+(?P<office>\w+))?",
        head,
    )
    if found is None or "\n" in found.group():
        return None
    office = found["office"] or ""
    name = found.group() if office.lower() in OFFICIALS else found.group().split(",")[0]
    return " ".join(name.split())


def _legends(head: str, label: str) -> Iterator[str]:
    for match in re.finditer(
        rf"\b{label}\s*=\s*(?P<name>[^\n=;]{{2,60}}?)(?=\s{{2,}}|\s*[;\n]|,? [A-Z0-9]{{1,5}}\s*=|$)",
        head,
    ):
        yield match["name"]
    for match in re.finditer(rf"(?P<name>[^;:()\n]{{3,60}}?)\s*\({label}\)", head):
        yield match["name"]
