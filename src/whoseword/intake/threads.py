"""Who wrote which line of a thread of messages: the sender, or somebody whom the sender quotes.

A reply carries the messages that it answers, marked with ">", under "On … wrote:", or below a head
of their own. Quoted words are their writer's and not the sender's, and words that the thread holds
as a message are read there and not again where they are quoted. RFC 3676 (quote marks, signatures)
and what the common programs write; nothing is told of a quotation that names nobody.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from whoseword.intake.form import Aside, Part
from whoseword.intake.silences import Silence

_MARKS: Final = re.compile(r"^(?:>[ ]?)+")
_HEAD: Final = re.compile(
    r"^\*?(?P<field>From|Sent|Date|To|Cc|Bcc|Subject|Reply-To|Attachments?):\*?(?:\s+(?P<value>.*))?$"
)
_DATE_FIELDS: Final = ("Date", "Sent")
_RULE: Final = re.compile(
    r"(?i)^(?:[-_]{3,}\s*(?:(?:original|forwarded) (?:message|e-?mail)|forwarded by .{2,80})?\s*[-_]*"
    r"|begin forwarded message:)$"
)
_WROTE: Final = re.compile(
    r"^(?:On (?P<date>.{6,90}?)[,:]?\s+)?(?P<author>[^\s<>,:][^<>:]{0,60}?(?:\s*<[^<>\s]+@[^<>\s]+>)?)"
    r"\s+wrote(?: on (?P<when>[^:<>]{3,40}))?:$"
)
# The name of a sender follows the date without a comma: "2031 at 10:02 AM Ada Brook".
_DATE_IN_WROTE: Final = re.compile(
    r"^(?P<date>.*?\b\d{4}(?:,?\s+(?:at\s+)?\d{1,2}:\d\d(?::\d\d)?(?:\s*[AaPp]\.?[Mm]\.?)?)?)"
    r"(?:\s+[+-]\d{4})?,?\s+(?P<author>\S.*)$"
)
# "The chief wrote:" may be anybody's sentence; with an address, a year or a clock it is not.
_IS_SURE: Final = re.compile(r"<\S+@\S+>|^On .*(?:\b\d{4}\b|\d:\d\d)")
_LONGEST_WROTE: Final = 240
_SENT_FROM: Final = re.compile(r"^(?:Sent|Get Outlook) (?:from|for) (?:my )?[\w ]{2,40}$")
_SIGNATURE: Final = "-- "
_LEAST_QUOTED: Final = 12
_LEAST_HEAD: Final = 2
_LEAST_MESSAGES: Final = 2


class Line(msgspec.Struct, frozen=True):
    """A line of a message without its marks of quotation, and how many stood before it."""

    words: str
    depth: int = 0
    marks: str = ""


class Author(msgspec.Struct, frozen=True):
    """Whom a head or an attribution names, and when they wrote, both as they stand there."""

    name: str | None = None
    said: str | None = None


class Told(msgspec.Struct, frozen=True):
    """A line, whose words it holds, and why it is none of the text, if it is none.

    `quoted` is true where the sender of the message quotes somebody; `message` counts the
    messages of the thread.
    """

    line: Line
    author: Author
    message: int
    quoted: bool
    why: Silence | None = None


def lines_of(body: str, *, flowed: bool = False) -> list[Line]:
    """The lines of a message's body; wrapped ones are joined where it says that it was wrapped."""
    lines: list[Line] = []
    open_line = False
    for raw in body.split("\n"):
        marks = _MARKS.match(raw)
        found = marks.group() if marks else ""
        line = Line(raw[len(found) :], found.count(">"), found)
        if flowed:
            # A space that a program put before words which look like marks (RFC 3676, 4.4).
            line = msgspec.structs.replace(line, words=line.words.removeprefix(" "))
        if flowed and open_line and lines[-1].depth == line.depth:
            line = msgspec.structs.replace(line, words=lines.pop().words + line.words)
        lines.append(line)
        open_line = line.words.endswith(" ") and line.words != _SIGNATURE
    return lines


def told_lines(lines: Sequence[Line], sender: Author, message: int) -> list[Told]:
    """Each line with its author: the sender's own, or of whom it is quoted from."""
    authors = {0: sender}
    found: list[Told] = []
    signed_at: int | None = None
    at = 0
    while at < len(lines):
        line = lines[at]
        depth = line.depth
        if found and depth < found[-1].line.depth:
            authors = {level: one for level, one in authors.items() if level <= depth}
        if signed_at is not None and depth != signed_at:
            signed_at = None
        length, author = _opening(lines, at)
        if author is not None:
            below = next((one for one in lines[at + length :] if one.words.strip()), None)
            deeper = below is not None and below.depth > depth
            authors[depth + 1 if deeper else depth] = author
            signed_at = None
        elif line.words == _SIGNATURE or _SENT_FROM.match(line.words.strip()):
            signed_at = depth
        if length:
            who = authors.get(depth, Author())
            found += [
                Told(one, who, message, depth > 0, Silence.LABEL) for one in lines[at : at + length]
            ]
            at += length
            continue
        who = authors.get(depth, Author())
        why = Silence.SIGNATURE if signed_at is not None else None
        if not line.words.strip() and line.marks.strip():
            why = Silence.LABEL
        found.append(Told(line, who, message, who is not sender, why))
        at += 1
    return found


def _opening(lines: Sequence[Line], at: int) -> tuple[int, Author | None]:
    """How many lines from `at` on open a quoted message, and whom they name as its writer."""
    depth = lines[at].depth
    run = [one.words.strip() for one in lines[at : at + 14]]
    same = next((n for n, one in enumerate(lines[at : at + 14]) if one.depth != depth), len(run))
    run = run[:same]
    skipped = 0
    while skipped < len(run) and (not run[skipped] or _RULE.match(run[skipped])):
        if not run[skipped] and skipped == 0:
            break
        skipped += 1
    fields = _head(run[skipped:])
    if fields and ("From" in fields[1] or skipped) and len(fields[1]) > (0 if skipped else 1):
        said = next((fields[1][one] for one in _DATE_FIELDS if one in fields[1]), None)
        return skipped + fields[0], Author(fields[1].get("From"), said)
    for count in (1, 2, 3):
        told = " ".join(run[:count])
        if not all(run[:count]) or len(told) > _LONGEST_WROTE:
            break
        wrote = _WROTE.match(told) if told.endswith(":") else None
        if wrote is not None and count == 1 and wrote["when"]:
            return count, Author(wrote["author"].strip(" ,"), wrote["when"].strip())
        if wrote is not None and (count == 1 or told.startswith("On ")):
            below = next((one for one in lines[at + count :] if one.words.strip()), None)
            if _IS_SURE.search(told) or (below is not None and below.depth > depth):
                return count, _writer(wrote)
    return 0, None


def _scattered_head(lines: Sequence[Line], first: int) -> tuple[int, Author | None]:
    """A head whose fields have empty lines between them: how many lines it takes, and its sender."""
    fields: dict[str, str] = {}
    last = first
    for at, line in enumerate(lines[first : first + 12], first):
        match = _HEAD.match(line.words.strip())
        if match is not None:
            fields.setdefault(match["field"], (match["value"] or "").strip())
            last = at + 1
        elif line.words.strip():
            break
    if len(fields) < _LEAST_HEAD or not fields.get("From"):
        return 0, None
    said = next((fields[one] for one in _DATE_FIELDS if one in fields), None)
    return last - first, Author(fields["From"], said)


def _head(run: Sequence[str]) -> tuple[int, dict[str, str]] | None:
    """The fields of a head of a message that begins here, and how many lines they take."""
    fields: dict[str, str] = {}
    taken = 0
    for line in run:
        match = _HEAD.match(line)
        if match is None:
            break
        fields.setdefault(match["field"], (match["value"] or "").strip())
        taken += 1
    return (taken, fields) if taken else None


def _writer(wrote: re.Match[str]) -> Author:
    date, author = wrote["date"], wrote["author"]
    whole = f"{date} {author}" if date else author
    parted = _DATE_IN_WROTE.match(whole)
    if parted is not None:
        return Author(parted["author"].strip(" ,"), parted["date"].strip())
    return Author(author.strip(" ,"), date.strip() if date else None)


def without_repeats(told: Sequence[Told]) -> list[Told]:
    """The same lines; what is quoted of a message that stands in the thread is set aside.

    Compared are whole quotations, as words alone, with the thread's messages and with what was
    quoted before.
    """
    own: dict[int, list[str]] = {}
    for one in told:
        if not one.quoted and one.why is None:
            own.setdefault(one.message, []).append(one.line.words)
    originals = [_plain(words) for words in own.values()]
    owners = {one.message: _who(one.author) for one in told if not one.quoted}
    seen: set[tuple[str, str]] = set()
    found: list[Told] = []
    for run in _runs(told):
        first = run[0]
        words = _plain(one.line.words for one in run if one.why is None)
        if not (first.quoted and words):
            found += run
            continue
        who = _who(first.author)
        again = (who, words) in seen or any(
            words in original
            and (who == owners[message] or (not who and len(words) >= _LEAST_QUOTED))
            for message, original in zip(own, originals, strict=True)
            if message != first.message
        )
        seen.add((who, words))
        found += [
            msgspec.structs.replace(one, why=one.why or Silence.QUOTED_AGAIN) if again else one
            for one in run
        ]
    return found


def _runs(told: Iterable[Told]) -> Iterator[list[Told]]:
    """Lines that follow each other and are of one writer, at one depth, of one message."""
    run: list[Told] = []
    for one in told:
        if run and (one.author, one.message, one.line.depth) != (
            run[-1].author,
            run[-1].message,
            run[-1].line.depth,
        ):
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _plain(lines: Iterable[str]) -> str:
    return " ".join(re.findall(r"\w+", " ".join(lines).lower()))


def _who(author: Author) -> str:
    """A writer's name for comparing: without the address, in one order."""
    name = re.sub(r"<[^<>]*>", "", author.name or "").strip(" \"'") or (author.name or "")
    return " ".join(sorted(re.findall(r"\w+", name.lower())))


class Thread(msgspec.Struct, frozen=True):
    """A thread as kept text, with its parts and what is set aside in it."""

    text: str
    parts: tuple[Part, ...]
    asides: tuple[Aside, ...]


def woven(told: Sequence[Told], *, with_marks: bool) -> Thread:
    """The lines as one text; `with_marks`, each with the marks of quotation that stood there."""
    text: list[str] = []
    parts: list[Part] = []
    asides: list[Aside] = []
    at = 0
    for one in told:
        marks = one.line.marks if with_marks else ""
        words = f"{marks}{one.line.words}\n"
        past = at + len(words)
        if words.strip() and one.why is not None:
            joins = asides and asides[-1].why is one.why and asides[-1].end == at
            start = asides.pop().start if joins else at
            asides.append(Aside(start, past, one.why))
        elif words.strip():
            last = parts[-1] if parts else None
            if last is not None and last.author == one.author.name and last.said == one.author.said:
                parts.pop()
                parts.append(msgspec.structs.replace(last, end=past))
            else:
                parts.append(Part(at, past, one.author.name, one.author.said))
        text.append(words)
        at = past
    return Thread("".join(text), tuple(parts), tuple(asides))


def thread_in(text: str) -> Thread | None:
    """The parts of a plain text that is a message with its head; None where it is none."""
    lines = lines_of(text)
    first = next((at for at, one in enumerate(lines) if one.words.strip()), 0)
    length, author = _opening(lines, first)
    if author is None:
        length, author = _scattered_head(lines, first)
    turns = sum(_WROTE.match(one.words.strip()) is not None for one in lines)
    is_head = length >= _LEAST_HEAD or (length == 1 and turns >= _LEAST_MESSAGES)
    if author is None or author.name is None or not is_head:
        return None
    told = [Told(one, author, 0, False, Silence.LABEL) for one in lines[: first + length]]
    told += told_lines(lines[first + length :], author, 0)
    return woven(without_repeats(told), with_marks=True)
