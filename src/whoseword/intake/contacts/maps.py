"""The map of an agency's file of contacts; its parts for files and times are those of ``cad.maps``."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from whoseword.contacts.filed import MOST_PERSONS, Outcome
from whoseword.intake.cad.maps import (
    File,
    MapFault,
    Timing,
    can_be_read,
    guessed_at,
    is_told_line_by_line,
)
from whoseword.words import SpeakerKind, WordFault
from whoseword.words.statement import SLUG, Word
from whoseword.words.times import parse_zone

_EXAMPLE: Final = "see the example, examples/contacts/map.toml"


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the map; a key that nobody knows is an error."""


class Columns(_Table, frozen=True):
    """The column in which each thing stands; ``time`` is when the contact was."""

    agency: Word | None = None
    row: Word | None = None
    place: Word | None = None
    time: Word | None = None
    kind: Word | None = None
    outcome: Word | None = None
    note: Word | None = None
    review: Word | None = None
    expires: Word | None = None


class PersonColumns(_Table, frozen=True):
    """The columns in which a person stands."""

    name: Word | None = None
    born: Word | None = None
    phone: Word | None = None


class Days(_Table, frozen=True):
    """How days are written (birth, review, expiry): formats of ``strptime``, years of four digits."""

    formats: tuple[Word, ...] = ("%Y-%m-%d",)


class ContactMap(_Table, frozen=True, kw_only=True):
    """The whole map. ``record`` is how the file is called, as whose word its rows are shown."""

    agency: Word
    record: Word
    incident: str = "contacts"
    file: File = File()
    columns: Columns
    persons: dict[str, PersonColumns] = {}
    outcomes: dict[str, Outcome] = {}
    time: Timing = Timing()
    days: Days = Days()

    @property
    def speaker_kind(self) -> SpeakerKind:
        """A file is a record and nobody's mouth."""
        return SpeakerKind.RECORD

    def columns_used(self) -> list[str]:
        """Every column that the map names, once."""
        tables = (self.columns, *self.persons.values())
        named = (getattr(one, name) for one in tables for name in one.__struct_fields__)
        return list(dict.fromkeys(name for name in named if name is not None))


def read_contact_map(file: Path) -> ContactMap:
    """The map in a file. Raises ``MapFault`` with everything that is wrong with it."""
    try:
        tables = tomllib.loads(file.read_text("utf-8-sig"))
    except OSError as error:
        raise MapFault(f"{file} cannot be read ({error.strerror}); check it") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MapFault(f"{file}: it is no TOML ({error}); mend it there") from error
    try:
        found = msgspec.convert(tables, ContactMap)
    except msgspec.ValidationError as error:
        told = str(error).replace("`", "").replace("Object contains ", "")
        raise MapFault(f"{file}: {told}; {_EXAMPLE}") from None
    faults = list(_faults(found))
    if faults:
        raise MapFault("\n".join(f"{file}: {fault}" for fault in faults))
    return found


def _faults(one: ContactMap) -> Iterator[str]:
    """What contradicts itself, or leaves something to be guessed."""
    if not re.fullmatch(SLUG, one.incident):
        yield f'incident: {one.incident!r} is no name; write e.g. "contacts"'
    if not is_told_line_by_line(one.file.encoding):
        yield f'file.encoding: {one.file.encoding!r} cannot be read line by line; write "utf-8"'
    if one.columns.place is None and not any(who.name for who in one.persons.values()):
        yield "columns.place: is missing, and no person has a name; say where or with whom it was"
    if one.columns.outcome is not None and not one.outcomes:
        yield (
            "outcomes: is missing; say which of answered, no_answer, not_completed, referred and "
            "reported each word of the outcome's column is"
        )
    if len(one.persons) > MOST_PERSONS:
        yield f"persons: a row tells of {MOST_PERSONS} at most; leave the others out"
    if one.time.zone is not None:
        try:
            parse_zone(one.time.zone)
        except WordFault as fault:
            yield f"time.{fault}"
    forms = [("time.formats", form) for form in one.time.formats]
    forms += [("days.formats", form) for form in one.days.formats]
    for key, form in forms:
        guess = guessed_at(form)
        if guess is not None:
            yield f"{key}: {form!r} {guess}, and no part of a time is guessed at"
        elif not can_be_read(form):
            yield f"{key}: {form!r} cannot be read; write it as strptime of Python takes it"
        elif key == "days.formats" and ("%y" in form or re.search("%[HIMSfpz]", form)):
            yield f'{key}: {form!r} is no day with a year of four digits; write e.g. "%m/%d/%Y"'
