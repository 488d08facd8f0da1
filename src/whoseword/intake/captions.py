"""The transcript of a recording (WebVTT, W3C 2019; SubRip): who said what, in which seconds.

Cues cut sentences where a screen is full, so the kept text runs the words of one speaker together,
on a line that begins with the speaker's name as the transcript gives it; the seconds of each cue
are kept beside it. Speakers are told by voice tags (`<v Ada Brook>`) or by names in capitals before
a colon; in a transcript with voice tags a cue without one is of nobody named. A line that only
rolls up from the cue before is read once.
"""

import html
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from whoseword.intake.extracted import Extracted
from whoseword.intake.form import Aside, Cue, Form, Span
from whoseword.intake.media_types import SRT, VTT
from whoseword.intake.silences import Silence
from whoseword.intake.unreadable import UnreadableDocument

_CLOCK: Final = r"(?:(\d{1,4}):)?([0-5]?\d):([0-5]?\d)[.,](\d{1,3})"
_TIMES: Final = re.compile(rf"^\s*{_CLOCK}\s*-->\s*{_CLOCK}(?:\s.*)?$")
_VOICE: Final = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>")
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|<[\d:.]{4,16}>|\{\\[^{}]{1,20}\}")
_NAMED: Final = re.compile(
    r"^(?:>>\s*|-\s*)?(?P<name>[A-Z][A-Z0-9.'’&-]*(?: [A-Z0-9][A-Z0-9.'’&-]*){0,4}"
    r"|[A-Z][a-z'’-]+ [A-Z][a-z'’-]+|Q|A):\s+(?=\S)"
)
_CHANGE: Final = re.compile(r"^(?:>>|-)\s+")
_ROLLED: Final = 0.2


class _Said(NamedTuple):
    """Words of one voice in one cue; `changes` where another voice begins, named or not."""

    words: str
    seconds: tuple[float, float]
    name: str | None
    changes: bool


def text_of_captions(text: str, name: str) -> Extracted:
    """The words of a transcript. Raises UnreadableDocument where it has no cue, or a false one."""
    is_vtt = text.removeprefix("\ufeff").startswith("WEBVTT")
    notes, cues = _blocks(text, name)
    if not cues:
        raise UnreadableDocument(
            name,
            "it has no cue (a line such as 00:00:01.000 --> 00:00:04.000)",
            "check that it is a transcript, or name it .txt",
        )
    weaver = _Weaver()
    for note in notes:
        weaver.set_aside(note)
    has_voices = any(_VOICE.search(payload) for _, payload in cues)
    for said in _without_rolls(_voices(cues, has_voices=has_voices)):
        weaver.add(said)
    return weaver.extracted(VTT if is_vtt else SRT)


def _blocks(text: str, name: str) -> tuple[list[str], list[tuple[tuple[float, float], str]]]:
    """What the head and the notes say, and each cue's seconds with its lines."""
    notes: list[str] = []
    cues: list[tuple[tuple[float, float], str]] = []
    lines = text.removeprefix("\ufeff").split("\n")
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        past = at
        while past < len(lines) and lines[past].strip():
            past += 1
        block = lines[at:past]
        first = next((n for n, line in enumerate(block) if "-->" in line), None)
        if first is None:
            told = " ".join(line.strip() for line in block)
            is_style = told.startswith(("STYLE", "REGION", "WEBVTT")) or told.isdecimal()
            words = told.removeprefix("WEBVTT").strip(" -") if told[:6] == "WEBVTT" else told
            notes += [words] if words and not (is_style and words == told) else []
        else:
            cues.append(
                (_seconds(block[first], at + first + 1, name), "\n".join(block[first + 1 :]))
            )
        at = past
    return notes, cues


def _seconds(line: str, number: int, name: str) -> tuple[float, float]:
    match = _TIMES.match(line)
    if match is None:
        raise UnreadableDocument(
            name, f"line {number} gives no times of a cue", "write 00:00:01.000 --> 00:00:04.000"
        )
    start, end = (_clock(match.groups()[first : first + 4]) for first in (0, 4))
    if end < start:
        raise UnreadableDocument(
            name, f"the cue at line {number} ends before it begins", "correct its times"
        )
    return start, end


def _clock(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = parts
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return round(whole + int((fraction or "0").ljust(3, "0")) / 1000, 3)


def _voices(cues: list[tuple[tuple[float, float], str]], *, has_voices: bool) -> Iterator[_Said]:
    """The words of each cue by voice."""
    for seconds, payload in cues:
        pieces = _VOICE.split(payload)
        if pieces[0].strip():
            yield from _lines(pieces[0], seconds, None, changes=has_voices)
        for voice, words in zip(pieces[1::2], pieces[2::2], strict=True):
            yield from _lines(words, seconds, _plain(voice) or None, changes=True)


def _lines(
    payload: str, seconds: tuple[float, float], voice: str | None, *, changes: bool
) -> Iterator[_Said]:
    for line in payload.split("\n"):
        words = _plain(line)
        if not words:
            continue
        named = _NAMED.match(words) if voice is None else None
        if named is not None:
            yield _Said(words[named.end() :], seconds, named["name"], True)
        elif voice is None and _CHANGE.match(words):
            yield _Said(_CHANGE.sub("", words), seconds, None, True)
        else:
            yield _Said(words, seconds, voice, changes)
        changes = changes and voice is not None


def _plain(words: str) -> str:
    """Words without tags, entities decoded, white space as one space."""
    return " ".join(html.unescape(_TAG.sub("", words)).replace("\x00", "").split())


def _without_rolls(said: Iterator[_Said]) -> Iterator[_Said]:
    before: _Said | None = None
    for one in said:
        rolls = (
            before is not None
            and one.words == before.words
            and one.seconds != before.seconds
            and one.seconds[0] - before.seconds[1] <= _ROLLED
            and len(one.words.split()) > 1
        )
        if not rolls:
            yield one
        before = one


class _Weaver:
    """The text as it grows: a line for each turn of a speaker."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._name: str | None = None
        self._begun = False
        self._cues: list[Cue] = []
        self._labels: list[Span] = []
        self._asides: list[Aside] = []

    def set_aside(self, note: str) -> None:
        """A line that nobody said."""
        words = _plain(note)
        if words:
            start = self._length
            self._write(f"{words}\n")
            self._asides.append(Aside(start, self._length, Silence.LABEL))

    def add(self, said: _Said) -> None:
        """Words that go on with the turn before, or begin a new one."""
        begins = not self._begun or (
            said.changes and not (said.name is not None and said.name == self._name)
        )
        if begins and self._begun:
            self._write("\n")
        elif self._begun:
            self._write(" ")
        if begins:
            self._name, self._begun = said.name, True
            if said.name is not None:
                start = self._length
                self._write(said.name)
                self._labels.append((start, self._length))
                self._write(": ")
        start = self._length
        self._write(said.words)
        self._cues.append(Cue(start, self._length, said.seconds))

    def extracted(self, media_type: str) -> Extracted:
        """The whole, with what is known of its spans."""
        self._write("\n")
        form = Form(cues=tuple(self._cues), labels=tuple(self._labels), asides=tuple(self._asides))
        return Extracted(text="".join(self._pieces), media_type=media_type, form=form)

    def _write(self, words: str) -> None:
        self._pieces.append(words)
        self._length += len(words)
