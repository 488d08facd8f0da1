"""Forms of calls that are not said yet, kept in the home's folder: a file each, its owner's alone.

They hold words that stand in no book, so they do not lie in the ledger. What was said goes out of them,
written over, so that it lies in the books alone, where a seal reaches it (law 9); and a form goes once
all of it is said. Every answer is on the disk before the next question is asked.
"""

import fcntl
import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Final

import msgspec

from whoseword.books import BatchRefused, Receipt
from whoseword.doors.desk import Desk
from whoseword.intake.calling import Form, by_entry, call_id, decode_form, encode_form
from whoseword.words import SpeakerKind, Statement, WhoseWordError
from whoseword.words.scene import Called
from whoseword.words.times import moment_text

FOLDER: Final = "calls"
_KEY_BYTES: Final = 16


class CallForms:
    """The forms of a home."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._folder = desk.folder.path / FOLDER

    def left(self) -> tuple[list[Form], list[str]]:
        """The forms that are kept, by incident; and what is wrong with those that cannot be read."""
        files = sorted(self._folder.glob("*.json")) if self._folder.is_dir() else []
        found, faults = list[Form](), list[str]()
        for file in files:
            try:
                found.append(_read(file))
            except WhoseWordError as fault:
                faults.append(str(fault))
        return found, faults

    @property
    def unsaid(self) -> int:
        """How many forms hold answers that stand in no book, or cannot be read."""
        found, faults = self.left()
        return sum(one.is_unsaid or not one.opened for one in found) + len(faults)

    def has(self, incident: str) -> bool:
        """Whether anything is kept for an incident, be it readable or not."""
        return self._file(incident).exists()

    def get(self, incident: str) -> Form | None:
        """The form that is kept for an incident, with the caller's name as the book has it."""
        file = self._file(incident)
        form = _read(file) if file.exists() else None
        if form is None or form.caller or not form.opened:
            return form
        book = self._desk.ledger.statements([form.book], incident=incident)
        made = next((one for one in book if str(one.id) == call_id(form)), None)
        caller = made.fact.caller if made is not None and isinstance(made.fact, Called) else None
        if caller is None:
            raise WhoseWordError(
                f"what was said of this call in {form.book} was taken out of sight, so nobody can "
                f"go on in that caller's name: whoseword call {incident} --drop, and begin anew"
            )
        return msgspec.structs.replace(form, caller=caller)

    def free_name(self, book: str) -> str:
        """A name for the incident of a call that begins now, which no other call of a book has."""

        def is_taken(incident: str) -> bool:
            with self._desk.ledger.store.view() as view:
                stands = next(iter(view.rows(book, incident, None)), None) is not None
            return stands or self.has(incident)

        return _free(incident_at(self._desk.clock()), is_taken)

    def keep(self, form: Form) -> None:
        """Put a form on the disk, in the place of what was kept of it."""
        # Once the call was said, who called stands in the book, where a seal reaches it (law 9).
        content = encode_form(msgspec.structs.replace(form, caller="") if form.opened else form)
        file = self._file(form.incident)
        part = file.with_suffix(".part")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            with _wiped(file):
                part.replace(file)
            self._sync()
        except OSError as error:
            raise WhoseWordError(
                f"{file} cannot be written ({error.strerror}), so the last answer is not kept; "
                "give yourself room and permission there, and give the same command again"
            ) from error

    def drop(self, incident: str) -> None:
        """Take a form away, its words written over first."""
        file = self._file(incident)
        with suppress(FileNotFoundError):
            with file.open("r+b") as stream:
                stream.write(bytes(file.stat().st_size))
                stream.flush()
                os.fsync(stream.fileno())
            file.unlink()
            self._sync()

    def say(self, form: Form) -> tuple[Form, list[Receipt]]:
        """Say what waits of a form; what it was before stays kept until all stands.

        Raises what the ledger raises; then the form is as it was.
        """
        waiting = by_entry(form, self.said(form))
        statements = [one for its in waiting.values() for one in its]
        if not statements:
            return form, []
        self.keep(msgspec.structs.replace(form, saying=True))
        try:
            receipts = self._desk.ledger.append(statements)
        except BatchRefused:
            self.keep(form)
            raise
        told = {n: [str(one.id) for one in its] for n, its in waiting.items()}
        withdrawn = {n for n, its in waiting.items() if n >= 0 and not form.entries[n].words}
        said = form.all_said({n: ids for n, ids in told.items() if n not in withdrawn})
        self.keep(said)
        return said, receipts

    def said(self, form: Form) -> dict[str, Statement]:
        """What was said of a form and is in sight, by id."""
        ids = {id_ for one in form.entries for id_ in one.ids}
        if not ids:
            return {}
        book = self._desk.ledger.statements([form.book], incident=form.incident)
        return {str(one.id): one for one in book if one.id in ids}

    @contextmanager
    def alone(self, incident: str) -> Iterator[None]:
        """Hold a form for the length of a block. Raises ``WhoseWordError`` where another has it."""
        lock = self._file(incident).with_suffix(".lock")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise WhoseWordError(
                f"{lock} cannot be made ({error.strerror}); give yourself room and permission there"
            ) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            raise WhoseWordError(
                f"the form of {incident} is open in another window; go on there, or close it"
            ) from None
        try:
            yield
        finally:
            with suppress(FileNotFoundError):
                lock.unlink()
            os.close(descriptor)

    def _file(self, incident: str) -> Path:
        return self._folder / f"{incident}.json"

    def _sync(self) -> None:
        descriptor = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def people_of(desk: Desk, incident: str, but: Collection[str] = ()) -> frozenset[str]:
    """Whom an incident's statements name, but for those with the ids ``but``; the read is logged."""
    _, told = desk.read("call", incident, desk.owner)
    people = (getattr(one.fact, "who", None) for one in told.statements if one.id not in but)
    return frozenset(name for name in people if name is not None)


def new_form(
    desk: Desk, incident: str, book: str, taker: str, caller: tuple[str, SpeakerKind]
) -> Form:
    """A form for a call that begins now.

    A caller is called as the call-taker calls them, whoever else is: who calls twice is one voice,
    and two whom nobody tells apart count once until a person does (contract, section 5).
    """
    begun = desk.clock()
    return Form(
        key=desk.entropy(_KEY_BYTES).hex(),
        incident=incident,
        book=book,
        agency=desk.owner.agency,
        call=_free(incident_at(begun), calls_of(desk, incident, book).__contains__),
        caller=caller[0],
        caller_kind=caller[1],
        taker=taker,
        begun=moment_text(begun.replace(microsecond=0)),
    )


def calls_of(desk: Desk, incident: str, book: str) -> frozenset[str]:
    """The names of the calls of an incident that stand in a book."""
    facts = (one.fact for one in desk.ledger.statements([book], incident=incident))
    return frozenset(fact.call for fact in facts if isinstance(fact, Called) and fact.call)


def _free(name: str, is_taken: Callable[[str], bool]) -> str:
    """The name, with the first number behind it that makes it nobody else's."""
    names = (f"{name}-{number}" if number > 1 else name for number in count(1))
    return next(one for one in names if not is_taken(one))


def incident_at(moment: datetime) -> str:
    """A name for the incident of a call that begins now."""
    return f"call-{moment:%Y%m%d-%H%M%S}"


@contextmanager
def _wiped(file: Path) -> Iterator[None]:
    """Write over what a file held, once another has taken its place."""
    try:
        stream = file.open("r+b")
    except FileNotFoundError:
        yield
        return
    with stream:
        size = file.stat().st_size
        yield
        stream.write(bytes(size))
        stream.flush()
        os.fsync(stream.fileno())


def _read(file: Path) -> Form:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise WhoseWordError(f"{file} cannot be read ({error.strerror}); check it") from error
    return decode_form(content, str(file))
