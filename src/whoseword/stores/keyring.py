"""The keys of a home: the files that its checkpoints are signed with, and what was handed out.

Whoever reads ``checkpoint.key`` can sign in the home's name, so it is its owner's alone and refused
where it is not. A key is never overwritten; it is rotated, and the old and the new key both sign
that the one takes the place of the other. What was handed out is on the disk before anybody has it,
for the home must never sign what does not follow from it (c2sp.org/tlog-checkpoint).

==========================  =======================================================================
``checkpoint.key``          the private key, one line (``books.notes``)
``checkpoint.pub``          its verifier key, and below it those of earlier keys; # begins a comment
``checkpoint.rotations``    a signed note for each rotation, with empty lines between
``checkpoint.key.next``     there only while a rotation is under way
``checkpoints.handed-out``  every signed checkpoint that left the home, with empty lines between
==========================  =======================================================================

A cut of power may come between any two steps. A rotation has happened once its note stands in
``checkpoint.rotations``; whoever comes next takes the steps that are left, or takes back those
before. Who writes holds a lock on the home's folder, which a killed process loses.
"""

import errno
import fcntl
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from whoseword.books.checkpoints import key_name, split_notes
from whoseword.books.errors import KeyFault, NoteFault
from whoseword.books.ids import Entropy
from whoseword.books.notes import (
    ENTROPY_BYTES,
    SIGNED_BY,
    Signer,
    Verifier,
    open_note,
    parse_signer,
    parse_verifier,
    sign_note,
    signer_text,
    verifier_of,
    verifier_text,
)
from whoseword.words.times import moment_text

KEY_FILE = "checkpoint.key"
NEXT_KEY_FILE = "checkpoint.key.next"
VERIFIERS_FILE = "checkpoint.pub"
ROTATIONS_FILE = "checkpoint.rotations"
HANDED_OUT_FILE = "checkpoints.handed-out"

_ABOVE_VERIFIERS = "# Who signs the checkpoints of this home: the key in use, then earlier ones.\n"
_NEW = "The key "
_OLD = "takes the place of "
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class Keyring:
    """The keys in the folder of a home, whose id (16 hexadecimal digits) is in their name."""

    def __init__(self, home: Path, home_id: str) -> None:
        self._home = home
        self._name = key_name(home_id)

    def signer(self, entropy: Entropy) -> Signer:
        """The key in use, made of fresh entropy where the home has none. Raises ``KeyFault``."""
        with self._alone() as folder:
            self._finish_rotation(folder)
            return self._in_use(folder) or self._make(folder, entropy)

    def verifiers(self) -> tuple[Verifier, ...]:
        """Who may have signed for the home: the key in use, then earlier ones; none before a key.

        Writes nothing. Raises ``KeyFault``.
        """
        with self._told():
            listed = self._listed()
            held = None if listed else self._held(KEY_FILE)
        return (verifier_of(held),) if held else listed

    def rotate(self, entropy: Entropy, now: datetime) -> str:
        """Put a new key in the place of the one in use; the note, signed by both, that says so.

        Earlier verifiers stay listed, for what they signed stays signed. Raises ``KeyFault``.
        """
        with self._alone() as folder:
            self._finish_rotation(folder)
            old = self._in_use(folder)
            if old is None:
                raise KeyFault(
                    f"{self._home} has no key that could be rotated; the first one is made when "
                    "the home is, or with its first checkpoint"
                )
            new = Signer(self._name, entropy(ENTROPY_BYTES))
            if verifier_of(new) in self.verifiers():
                raise KeyFault("the new key is one that was used before; give it fresh entropy")
            note = sign_note(_rotation_text(verifier_of(old), verifier_of(new), now), old, new)
            self._replace(folder, NEXT_KEY_FILE, f"{signer_text(new)}\n")
            told = self.rotations()
            self._replace(folder, ROTATIONS_FILE, f"{told}\n{note}" if told else note)
            self._finish_rotation(folder)
        return note

    def rotations(self) -> str:
        """The signed notes that tell which key took the place of which, in order."""
        with self._told():
            return self._text(ROTATIONS_FILE) or ""

    def hand_out(self, notes: str) -> None:
        """Write down signed checkpoints, before anybody is given them; on the disk on return.

        One that stands there already is not written twice. Raises ``NoteFault`` where the text is
        no signed notes, and ``KeyFault`` where they cannot be written.
        """
        given = split_notes(notes)
        with self._alone() as folder:
            stands = self._bytes(HANDED_OUT_FILE)
            whole = _whole_notes(stands or b"")
            standing = set(self._split(_decoded(whole, HANDED_OUT_FILE), HANDED_OUT_FILE))
            fresh = [note for note in dict.fromkeys(given) if note not in standing]
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW
            file = os.open(self._home / HANDED_OUT_FILE, flags, 0o600)
            try:
                if stands and len(whole) < len(stands):
                    # What a crash cut off in the middle was never handed out.
                    os.ftruncate(file, len(whole))
                _write(file, "\n".join([""] * bool(whole and fresh) + fresh).encode())
                os.fsync(file)
            finally:
                os.close(file)
            if stands is None:
                os.fsync(folder)

    def handed_out(self) -> str:
        """Every signed checkpoint that was handed out, with empty lines between, in order."""
        with self._told():
            return _decoded(_whole_notes(self._bytes(HANDED_OUT_FILE) or b""), HANDED_OUT_FILE)

    def _make(self, folder: int, entropy: Entropy) -> Signer:
        """The first key, never in the place of another; its verifier is listed after it."""
        signer = Signer(self._name, entropy(ENTROPY_BYTES))
        made = self._write_aside(KEY_FILE, f"{signer_text(signer)}\n")
        os.link(made, self._home / KEY_FILE)
        made.unlink()
        os.fsync(folder)
        self._list(folder, [verifier_of(signer)])
        return signer

    def _in_use(self, folder: int) -> Signer | None:
        """The key in use, once every file agrees that it is; None where there never was one."""
        held, listed = self._held(KEY_FILE), self._listed()
        rotated = self._rotated()
        if held is None:
            if listed or rotated:
                raise KeyFault(
                    f"{self._home / KEY_FILE} is gone, though {VERIFIERS_FILE} or {ROTATIONS_FILE} "
                    "names a key; restore it from a backup. If it is lost for good, move both of "
                    "these files aside, and tell everybody who holds a verifier key that a new one "
                    "takes its place"
                )
            return None
        verifier = verifier_of(held)
        if verifier != (*listed, verifier)[0] or (rotated and verifier != rotated[-1][0]):
            raise KeyFault(
                f"the key in {self._home / KEY_FILE} is not the one that {VERIFIERS_FILE} names "
                f"first and {ROTATIONS_FILE} names last; restore the three from one backup"
            )
        if not listed:
            # A crash came after the key and before its verifier, or the list was lost.
            self._list(folder, [verifier, *(old for _, old in reversed(rotated))])
        return held

    def _finish_rotation(self, folder: int) -> None:
        """Take the last steps of a rotation that was announced; drop one that was not."""
        for name in (KEY_FILE, NEXT_KEY_FILE):
            _aside(self._home / name).unlink(missing_ok=True)
        coming = self._held(NEXT_KEY_FILE)
        if coming is None:
            return
        verifier = verifier_of(coming)
        if [new for new, _ in self._rotated()[-1:]] == [verifier]:
            self._list(folder, [verifier])
            (self._home / NEXT_KEY_FILE).replace(self._home / KEY_FILE)
        else:
            (self._home / NEXT_KEY_FILE).unlink()
        os.fsync(folder)

    def _rotated(self) -> list[tuple[Verifier, Verifier]]:
        """The new and the old verifier of each rotation, in order; both signed it."""
        found = []
        for note in self._split(self.rotations(), ROTATIONS_FILE):
            new_line, old_line, *_ = note.split("\n")
            try:
                new = parse_verifier(new_line.removeprefix(_NEW))
                old = parse_verifier(old_line.removeprefix(_OLD))
                if set(open_note(note, [new, old]).signed_by) != {new, old}:
                    raise NoteFault(
                        f"the old and the new key did not both sign that {verifier_text(new)} takes "
                        "its place; restore the file from a backup"
                    )
            except (KeyFault, NoteFault) as fault:
                raise KeyFault(f"{self._home / ROTATIONS_FILE}: {fault}") from fault
            found.append((new, old))
        return found

    def _split(self, text: str, name: str) -> list[str]:
        try:
            return split_notes(text)
        except NoteFault as fault:
            raise KeyFault(f"{self._home / name}: {fault}") from fault

    def _list(self, folder: int, verifiers: Sequence[Verifier]) -> None:
        """Name verifiers first; earlier ones, and comments, stay."""
        text = self._text(VERIFIERS_FILE) or _ABOVE_VERIFIERS
        first = [verifier_text(each) for each in verifiers]
        lines = [each for each in text.removesuffix("\n").split("\n") if each not in first]
        keys = [at for at, each in enumerate(lines) if each and not each.startswith("#")]
        at = keys[0] if keys else len(lines)
        self._replace(folder, VERIFIERS_FILE, "\n".join([*lines[:at], *first, *lines[at:], ""]))

    def _listed(self) -> tuple[Verifier, ...]:
        """The verifiers that are named, in their order; each once."""
        found: dict[Verifier, None] = {}
        for number, line in enumerate((self._text(VERIFIERS_FILE) or "").split("\n"), 1):
            if line and not line.startswith("#"):
                try:
                    found[parse_verifier(line)] = None
                except KeyFault as fault:
                    raise KeyFault(f"{self._home / VERIFIERS_FILE}:{number}: {fault}") from fault
        return tuple(found)

    def _held(self, name: str) -> Signer | None:
        """A private key as it lies there, where it is its owner's alone; None where it is not."""
        path = self._home / name
        content = self._bytes(name, private=True)
        if content is None:
            return None
        try:
            signer = parse_signer(content.decode(errors="replace").removesuffix("\n"))
        except KeyFault as fault:
            raise KeyFault(f"{path}: {fault}") from None
        if signer.name != self._name:
            raise KeyFault(
                f"{path} holds a key of {signer.name}, and this home is {self._name}; restore the "
                "home's own key from a backup"
            )
        return signer

    def _text(self, name: str) -> str | None:
        content = self._bytes(name)
        return None if content is None else _decoded(content, name)

    def _bytes(self, name: str, *, private: bool = False) -> bytes | None:
        """What a file holds; None where it is not there."""
        path = self._home / name
        try:
            file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        except FileNotFoundError:
            return None
        with os.fdopen(file, "rb") as content:
            mode = stat.S_IMODE(os.fstat(file).st_mode)
            if private and mode & _OTHERS:
                raise KeyFault(
                    f"others may use {path} (its mode is {mode:04o}), and whoever reads it can "
                    f"sign in the home's name; run chmod 600 {path}, and rotate the key if "
                    "somebody may have read it"
                )
            return content.read()

    def _replace(self, folder: int, name: str, content: str) -> None:
        """Put a whole file in the place of the one before, on the disk on return."""
        self._write_aside(name, content).replace(self._home / name)
        os.fsync(folder)

    def _write_aside(self, name: str, content: str) -> Path:
        """A synced file beside the one that it is to become."""
        path = _aside(self._home / name)
        # What a crash left here may be another name of the key itself: never write into it.
        path.unlink(missing_ok=True)
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            _write(file, content.encode())
            os.fsync(file)
        finally:
            os.close(file)
        return path

    @contextmanager
    def _alone(self) -> Iterator[int]:
        """Be the only one who writes keys in this home, which is made if it is not there.

        Gives the open folder: a synced file in an unsynced folder can be lost.
        """
        with self._told():
            if not self._home.exists():
                self._home.mkdir(mode=0o700, parents=True, exist_ok=True)
                _sync_folder(self._home.parent)
            folder = os.open(self._home, os.O_RDONLY | os.O_DIRECTORY)
            try:
                fcntl.flock(folder, fcntl.LOCK_EX)
                yield folder
            finally:
                os.close(folder)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what the disk refuses inside the block into an error of the books."""
        try:
            yield
        except OSError as error:
            if error.errno == errno.ELOOP:
                raise KeyFault(
                    f"{error.filename} is a link to another file; put the file itself there"
                ) from error
            raise KeyFault(
                f"{error.filename or self._home} cannot be read or written ({error.strerror}); "
                "see that the home is yours, and that its disk has room"
            ) from error


def _aside(path: Path) -> Path:
    return path.with_name(f"{path.name}.new")


def _rotation_text(old: Verifier, new: Verifier, now: datetime) -> str:
    """What both keys sign. No checkpoint reads so: its second line would be a number."""
    return f"{_NEW}{verifier_text(new)}\n{_OLD}{verifier_text(old)}\nat {moment_text(now)}\n"


def _whole_notes(content: bytes) -> bytes:
    """What stands before a note that was cut off: up to the last whole signature line."""
    end = content.rfind(b"\n") + 1
    while end:
        begin = content.rfind(b"\n", 0, end - 1) + 1
        if content.startswith(SIGNED_BY.encode(), begin):
            break
        end = begin
    return content[:end]


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise KeyFault(f"{name} is no text ({error}); restore it from a backup") from None


def _write(file: int, content: bytes) -> None:
    while content:
        content = content[os.write(file, content) :]


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
