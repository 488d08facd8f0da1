"""The map of an agency's export: which column is what, by which clock, in which words.

A TOML file that a person writes and can be asked about. Every key is checked; a map that names what
the file has not, or states what contradicts itself, is refused before a row is read.
"""

import codecs
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec

from whoseword.intake.cad.statuses import CODES
from whoseword.words import SpeakerKind, Stance, WhoseWordError, WordFault
from whoseword.words.rules import check_book
from whoseword.words.statement import SLUG, Word
from whoseword.words.times import parse_zone

DEFAULT_FORMATS: Final = (
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y-%m-%d %H:%M:%S%z",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
)
RELATIONS: Final = ("officer", "clinician", "medic", "advocate", "interpreter", "social_worker")
ANSWERED: Final = ("armed", "injured", "in_crisis")
_AUTHORS: Final = (SpeakerKind.OFFICIAL, SpeakerKind.RESPONDER, SpeakerKind.AUTOMATON)
_RECORDS: Final = (SpeakerKind.AGENCY, SpeakerKind.RECORD, SpeakerKind.AUTOMATON)
_ASCII: Final = bytes(range(128))
_OFFSET: Final = re.compile(r"Z|[+-](?:0\d|1[0-4]):?[0-5]\d")

Seconds = Annotated[float, msgspec.Meta(ge=-86_400, le=86_400)]
Unsure = Annotated[float, msgspec.Meta(ge=0, le=86_400)]


class MapFault(WhoseWordError):
    """A map that cannot be used: in which file, which key, what is wrong, what to do."""


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the map; a key that nobody knows is an error, or a typing slip would be silent."""


class Columns(_Table, frozen=True):
    """The name of the column in which each thing stands; None where the export has none.

    ``time`` is when it happened by the row's clock, ``entered`` when the row was typed, where that
    is another; ``offset`` the row's own offset from UTC; ``row`` an id of the row; ``clock`` tells
    by which of the map's ``clocks`` the row is timed; ``received`` when the call was received.
    """

    incident: Word
    time: Word | None = None
    date: Word | None = None
    entered: Word | None = None
    offset: Word | None = None
    clock: Word | None = None
    row: Word | None = None
    unit: Word | None = None
    status: Word | None = None
    note: Word | None = None
    author: Word | None = None
    address: Word | None = None
    type: Word | None = None
    priority: Word | None = None
    caller: Word | None = None
    received: Word | None = None

    def named(self) -> dict[str, str]:
        """Each thing that has a column, with the column's name."""
        return {
            name: column
            for name in self.__struct_fields__
            if (column := getattr(self, name)) is not None
        }


class File(_Table, frozen=True):
    """How the file is written. Without a header its columns are ``column 1``, ``column 2``, …"""

    encoding: str = "utf-8"
    delimiter: Annotated[str, msgspec.Meta(min_length=1, max_length=1)] = ","
    header: bool = True


class Timing(_Table, frozen=True):
    """How times are written: formats of ``strptime``, an IANA zone, what a two-digit year means.

    ``offsets`` tells what the words of the offset column mean (``CST = "-06:00"``).
    """

    formats: tuple[Word, ...] = DEFAULT_FORMATS
    zone: str | None = None
    century: Annotated[int, msgspec.Meta(ge=1900, le=2100, multiple_of=100)] | None = None
    offsets: dict[str, str] = {}


class Clock(_Table, frozen=True):
    """What somebody states of a clock: what must be added to it, and by how much that may be wrong.

    Both in seconds; None is what nobody stated.
    """

    offset_s: Seconds | None = None
    uncertainty_s: Unsure | None = None


class Author(_Table, frozen=True):
    """Who an entry of the author's column is."""

    name: Word
    kind: SpeakerKind = SpeakerKind.OFFICIAL
    party: Word | None = None


class Unit(_Table, frozen=True):
    """Who rides in a unit, each with what they are to it, and whose it is."""

    members: dict[str, str] = {}
    party: Word | None = None


class Answers(_Table, frozen=True):
    """A column in which a question's answer stands, and which of its words mean what.

    An empty cell is a question that nobody asked, and so is a word in none of the lists. ``repeated``
    is that the export writes a call's answer on each of its rows, so that it is none of theirs.
    """

    column: Word
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    repeated: bool = False

    def stance_of(self, word: str) -> Stance | None:
        """How whoever answered stands to it; None where nobody was asked."""
        for words, stance in (
            (self.yes, Stance.AFFIRMS),
            (self.no, Stance.DENIES),
            (self.unknown, Stance.DOES_NOT_KNOW),
        ):
            if word and word in words:
                return stance
        return None


class CadMap(_Table, frozen=True, kw_only=True):
    """The whole map. ``incidents`` makes the incident's name of its number, at ``{incident}``."""

    feed: Word
    agency: Word
    record: Word
    kind: SpeakerKind = SpeakerKind.AGENCY
    book: str | None = None
    incidents: str = "{incident}"
    file: File = File()
    columns: Columns
    time: Timing = Timing()
    clock: Clock = Clock()
    clocks: dict[str, Clock] = {}
    statuses: dict[str, str | tuple[str, ...]] = {}
    times: dict[str, str] = {}
    types: dict[str, str] = {}
    abbreviations: dict[str, str] = {}
    authors: dict[str, Author] = {}
    units: dict[str, Unit] = {}
    answers: dict[str, Answers] = {}

    def columns_used(self) -> list[str]:
        """Every column that the map names, once."""
        names = [*self.columns.named().values(), *self.times.values()]
        return list(dict.fromkeys([*names, *(one.column for one in self.answers.values())]))

    def codes_of(self, status: str) -> tuple[str, ...]:
        """The common codes of an agency's status word; none where nobody placed it."""
        codes = self.statuses.get(status, status if status in CODES else ())
        return (codes,) if isinstance(codes, str) else codes


def read_map(file: Path) -> CadMap:
    """The map in a file. Raises ``MapFault`` with everything that is wrong with it."""
    try:
        text = file.read_text("utf-8-sig")
        tables = tomllib.loads(text)
    except OSError as error:
        raise MapFault(f"{file} cannot be read ({error.strerror}); check it") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MapFault(f"{file}: it is no TOML ({error}); mend it there") from error
    try:
        found = msgspec.convert(tables, CadMap)
    except msgspec.ValidationError as error:
        raise MapFault(f"{file}: {_plainly(str(error))}") from None
    faults = list(_faults(found))
    if faults:
        raise MapFault("\n".join(f"{file}: {fault}" for fault in faults))
    return found


def _plainly(error: str) -> str:
    """A fault of shape in this trade's words."""
    what, _, place = error.partition(" - at `$")
    path = place.rstrip("`").lstrip(".")
    quoted = re.findall(r"`([^`]*)`", what)
    if "unknown field" in what:
        known = ", ".join(_keys_at(path))
        return f"{path + '.' if path else ''}{quoted[0]}: is no key here; use one of {known}"
    if "missing required field" in what:
        where = f"{path}.{quoted[0]}" if path else quoted[0]
        return f"{where}: is missing; {_NEEDED.get(where, 'say what it is')}"
    told = what.replace("`", "").replace("Expected ", "must be ").replace(", got ", ", and is ")
    return f"{path or 'the map'}: {told}; see the example, examples/cad/map.toml"


_NEEDED: Final = {
    "feed": 'name the feed, e.g. feed = "harrow-911/cad"',
    "agency": 'say whose record it is, e.g. agency = "harrow-911"',
    "record": 'say how the record is called, e.g. record = "Harrow 911 CAD record"',
    "columns": "write a table [columns] that says which column is what",
    "columns.incident": "say in which column the incident's number stands",
}
_TABLES: Final[Mapping[str, type[_Table]]] = {
    "": CadMap, "columns": Columns, "file": File, "time": Timing, "clock": Clock,
    "clocks[...]": Clock, "authors[...]": Author, "units[...]": Unit, "answers[...]": Answers,
}  # fmt: skip


def _keys_at(path: str) -> tuple[str, ...]:
    return _TABLES.get(path, CadMap).__struct_fields__


def _faults(one: CadMap) -> Iterator[str]:
    """What a map's shape does not show: words that mean nothing, what contradicts itself."""
    if one.kind not in _RECORDS:
        yield f"kind: a record is {_listed(_RECORDS)}, not {one.kind.value}; use one of them"
    if one.book is not None:
        yield from _told(lambda: check_book(one.book or ""))
    name = one.incidents.replace("{incident}", "1")
    if "{incident}" not in one.incidents or not re.fullmatch(SLUG, name):
        yield f'incidents: {one.incidents!r} makes no name; write e.g. "harrow-{{incident}}"'
    if not is_told_line_by_line(one.file.encoding):
        yield (
            f"file.encoding: {one.file.encoding!r} cannot be read line by line; "
            'save the file as UTF-8 and write "utf-8" (a mark at its beginning does no harm), or '
            "name another, e.g. cp1252"
        )
    yield from _time_faults(one)
    yield from _word_faults(one)
    yield from _table_faults(one)


def is_told_line_by_line(encoding: str) -> bool:
    """Whether every letter of ASCII, and a line's end, is the byte that it is in ASCII."""
    try:
        codecs.lookup(encoding)
        return bytes(range(128)).decode(encoding, "surrogateescape").encode(encoding) == _ASCII
    except (LookupError, UnicodeError):
        return False


def _time_faults(one: CadMap) -> Iterator[str]:
    if one.columns.time is None and one.columns.entered is None and not one.times:
        yield "columns.time: is missing; say in which column the row's time stands"
    if one.columns.date is not None and one.columns.time is None:
        yield "columns.date: goes with columns.time, to whose words it is put; name that too"
    if one.time.zone is not None:
        yield from (f"time.{fault}" for fault in _told(lambda: parse_zone(one.time.zone or "")))
    for number, text in enumerate(one.time.formats):
        guess = guessed_at(text)
        if guess is not None:
            yield (
                f"time.formats[{number}]: {text!r} {guess}, and no part of a time is guessed at. "
                'Write e.g. "%m/%d/%Y %H:%M:%S", and name the date\'s column where it has its own'
            )
        elif not can_be_read(text):
            yield (
                f"time.formats[{number}]: {text!r} cannot be read; write it as strptime of Python "
                'takes it, e.g. "%m/%d/%Y %H:%M:%S"'
            )
    for word, offset in one.time.offsets.items():
        if not _OFFSET.fullmatch(offset):
            yield f'time.offsets.{word}: {offset!r} is no offset; write "-06:00"'
    if one.clocks and one.columns.clock is None:
        yield "columns.clock: is missing; say in which column it stands whose clock it was"


def guessed_at(form: str) -> str | None:
    """What a format leaves to be guessed, as the end of a sentence; None where it names a whole time.

    What ``strptime`` fills in by itself (the year 1900, January, a minute of nought), leaves unused
    (``%p`` beside ``%H``) or takes from the machine (its language, its zone's names) is a guess.
    """
    has = set(re.findall(r"%(.)", form.replace("%%", "")))
    if of_machine := sorted(has & set("ZcxX")):
        return f"takes %{of_machine[0]} from the machine that reads it"
    if not has & {"Y", "y"}:
        return "names no year"
    if not has & {"j"} and not (has & {"d"} and has & {"m", "b", "B"}):
        return "names no day"
    if "I" in has and "p" not in has:
        return "does not tell morning from evening (%p)"
    if "p" in has and ("I" not in has or "H" in has):
        return "needs %I, and no %H, where it has %p"
    if bool(has & {"H", "I"}) != ("M" in has):
        return "names an hour and no minute, or a minute and no hour"
    if ("S" in has and "M" not in has) or ("f" in has and "S" not in has):
        return "names a second and not what it is a second of"
    return None


def can_be_read(form: str) -> bool:
    """Whether a format reads what it writes."""
    try:
        told = datetime(2031, 3, 16, 14, 5, 9, tzinfo=UTC).strftime(form)
        datetime.strptime(told, form)  # noqa: DTZ007 - tried for its form alone
    except (ValueError, re.error):
        return False
    return True


def _word_faults(one: CadMap) -> Iterator[str]:
    for status, codes in one.statuses.items():
        for code in (codes,) if isinstance(codes, str) else codes:
            if code not in CODES:
                yield f"statuses.{status}: {code!r} is no common code; {_near(code)}"
    for code in one.times:
        if code not in CODES:
            yield f"times.{code}: it is no common code; {_near(code)}"
    if one.columns.status is not None and one.columns.unit is None:
        yield "columns.unit: is missing; say in which column it stands whose status it is"
    if one.times and one.columns.unit is None:
        yield "columns.unit: is missing; say in which column it stands whose times they are"


def _table_faults(one: CadMap) -> Iterator[str]:
    yield from _empty_keys(one)
    for name, author in one.authors.items():
        if author.kind not in _AUTHORS:
            yield f"authors.{name}.kind: an author is {_listed(_AUTHORS)}; use one of them"
    for name, unit in one.units.items():
        for member, relation in unit.members.items():
            if relation not in RELATIONS:
                known = ", ".join(RELATIONS)
                yield f"units.{name}.members.{member}: {relation!r} is none of {known}; use one"
    for kind, answers in one.answers.items():
        if kind not in ANSWERED:
            yield f"answers.{kind}: only {', '.join(ANSWERED)} are asked here; use one of them"
        lists = (*answers.yes, *answers.no, *answers.unknown)
        for word in sorted({word for word in lists if lists.count(word) > 1}):
            yield f"answers.{kind}: {word!r} cannot mean two things; keep it in one list"
        if "" in lists:
            yield f"answers.{kind}: an empty cell is a question not asked; leave it out"


def _empty_keys(one: CadMap) -> Iterator[str]:
    """A key of nothing, or of space alone: no cell is that word, for an empty one says nothing."""
    tables: dict[str, Mapping[str, Any]] = {
        name: getattr(one, name)
        for name in ("clocks", "statuses", "times", "types", "abbreviations", "authors", "units")
    }
    tables |= {"answers": one.answers, "time.offsets": one.time.offsets}
    tables |= {f"units.{name}.members": unit.members for name, unit in one.units.items()}
    for table, keys in tables.items():
        for key in keys:
            if key != key.strip() or not key:
                what = "has space around it" if key.strip() else "is empty"
                yield f'{table}."{key}": the key {what}, and no cell is read so; write the word alone'


def _told(check: Any) -> Iterator[str]:
    try:
        check()
    except WordFault as fault:
        yield str(fault)


def _near(code: str) -> str:
    """What to do about a word that is no code: the code that is spelt like it, or all of them."""
    plain = re.sub(r"[\W_]", "", code).casefold()
    like = [one for one in sorted(CODES) if one.replace("_", "").casefold() == plain]
    if like:
        return f"write {like[0]!r}"
    return f"use one of {', '.join(sorted(CODES))}, or leave the word out and it stays as written"


def _listed(kinds: tuple[SpeakerKind, ...]) -> str:
    return ", ".join(kind.value for kind in kinds)
