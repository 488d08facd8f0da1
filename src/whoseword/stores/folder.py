"""The home's folder beside the ledger: what was sealed there, and files that carry words.

The register of seals holds no words, only which entries were sealed, under which order and by
whom. It lies outside of the ledger so that a backup made before a seal, put back years later,
does not bring back what the seal destroyed (law 9).
"""

import os
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

import msgspec

from whoseword.books.errors import KeyFault, LedgerDamaged, LedgerReadOnly
from whoseword.books.restoring import SealNote
from whoseword.stores.keyring import HANDED_OUT_FILE, VERIFIERS_FILE, Keyring

SEALS = "seals.register"
IDENTITY = "exchange.key"
_CHUNK = 1 << 20


class HomeFolder:
    """The folder of a home; made with the ledger, or by the first who writes here."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def keys(self, home_id: str) -> Keyring:
        """The keys of the home of that id."""
        return Keyring(self.path, home_id)

    def seals(self) -> list[SealNote]:
        """What was ever sealed in this home. Raises ``LedgerDamaged``."""
        return _seals_in(self.path / SEALS, _whole_lines)

    def note_seals(self, notes: Sequence[SealNote]) -> None:
        """Add to the register of seals what does not stand there. Raises ``LedgerReadOnly``."""
        known = {note.entry for note in self.seals()}
        fresh = [
            msgspec.json.encode(note, order="sorted") for note in notes if note.entry not in known
        ]
        if not fresh:
            return
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(self.path / SEALS, os.O_RDWR | os.O_CREAT, 0o600)
            with os.fdopen(descriptor, "r+b") as file:
                # A line that a cut of power left half written goes; its seal is noted anew.
                content = file.read()
                whole = b"".join(line + b"\n" for line in _whole_lines(content))
                file.seek(0)
                file.truncate()
                file.write(whole)
                file.write(b"".join(line + b"\n" for line in fresh))
                file.flush()
                os.fsync(file.fileno())
            self._sync()
        except OSError as error:
            raise LedgerReadOnly(
                f"{self.path / SEALS} cannot be written ({error.strerror}); the seal stands in the "
                "book; give yourself write permission and seal again, so that it is registered"
            ) from error

    def _sync(self) -> None:
        """Put the folder's own entries on the disk."""
        descriptor = os.open(self.path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def home_id(self) -> str | None:
        """Of which home the key files here are; None where there are none."""
        try:
            listed = (self.path / VERIFIERS_FILE).read_text(encoding="utf-8")
        except OSError:
            return None
        names = [line.partition("+")[0] for line in listed.splitlines() if "+" in line]
        return names[0].rpartition("/")[2] if names else None

    def identity(self, make: Callable[[], str]) -> str:
        """The age identity to which others encrypt for this home; made at its first need.

        One line of ``exchange.key``, its owner's alone. Raises ``KeyFault`` where others may read
        it, ``LedgerReadOnly`` where it cannot be made.
        """
        file = self.path / IDENTITY
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return self._identity(file)
        except OSError as error:
            raise LedgerReadOnly(
                f"{file} cannot be made ({error.strerror}); give yourself write permission"
            ) from error
        with os.fdopen(descriptor, "w", encoding="utf-8") as fresh:
            fresh.write(f"{make()}\n")
            fresh.flush()
            os.fsync(fresh.fileno())
        self._sync()
        return self._identity(file)

    def _identity(self, file: Path) -> str:
        if file.stat().st_mode & 0o077:
            raise KeyFault(
                f"{file} may be read by others, who can then open what was sent to this home; "
                f"chmod 600 {file}"
            )
        return file.read_text(encoding="utf-8").strip()

    def set_aside_checkpoints(self, still: str, moment: str) -> Path | None:
        """Keep what was handed out under another name, and begin anew with what still holds.

        What the others say is no longer so here; whoever holds one can still show it. Where they
        were put; None where there were none.
        """
        file = self.path / HANDED_OUT_FILE
        if not file.exists():
            return None
        name = f"{HANDED_OUT_FILE}.before-{moment.replace(':', '')}"
        taken = len(list(self.path.glob(f"{name}*")))
        aside = file.replace(file.with_name(f"{name}-{taken}" if taken else name))
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as fresh:
            fresh.write(still)
            fresh.flush()
            os.fsync(fresh.fileno())
        self._sync()
        return aside

    def destroy(self, path: Path, digest: str) -> bool:
        """Destroy a file that is still, byte for byte, what this program wrote there.

        False where it is something else by now, or cannot be reached; gone already is destroyed.
        """
        try:
            content = path.read_bytes()
            if sha256(content).hexdigest() != digest:
                return False
            with path.open("r+b") as file:
                file.write(bytes(len(content)))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
        except FileNotFoundError:
            return True
        except OSError:
            return False
        return True

    def holding(self, words: Sequence[bytes], but: Sequence[Path]) -> list[Path]:
        """The files of the folder in which any of these bytes stand, other than ``but``."""
        wanted = [one for one in words if one]
        if not wanted or not self.path.is_dir():
            return []
        files = sorted(path for path in self.path.rglob("*") if path.is_file() and path not in but)
        return [path for path in files if _holds(path, wanted)]


def read_seals(file: Path) -> list[SealNote]:
    """The seals in a register that somebody kept elsewhere.

    Raises ``LedgerDamaged`` where it is no register, is cut off, or holds no seal.
    """
    seals = _seals_in(file, lambda content: content.splitlines())
    if not seals:
        raise LedgerDamaged(
            f"{file} holds no seal; give the seals.register of the home that was lost"
        )
    return seals


def _seals_in(file: Path, lines_of: Callable[[bytes], list[bytes]]) -> list[SealNote]:
    try:
        lines = lines_of(file.read_bytes())
        return [msgspec.json.decode(line, type=SealNote) for line in lines if line.strip()]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise LedgerReadOnly(f"{file} cannot be read ({error.strerror}); check it") from error
    except msgspec.MsgspecError as error:
        raise LedgerDamaged(
            f"{file} is no register of seals ({error}); put back the copy that you keep of it"
        ) from error


def _whole_lines(content: bytes) -> list[bytes]:
    """The lines of a register; one that a cut of power left half written at its end is none."""
    *lines, last = content.split(b"\n")
    try:
        msgspec.json.decode(last, type=SealNote)
    except msgspec.MsgspecError:
        return lines
    return [*lines, last]


def _holds(path: Path, wanted: Sequence[bytes]) -> bool:
    """Whether a file holds any of these bytes; read in pieces that overlap by the longest."""
    overlap = max(len(one) for one in wanted) - 1
    carried = b""
    try:
        with path.open("rb") as file:
            while piece := file.read(_CHUNK):
                piece = carried + piece
                if any(one in piece for one in wanted):
                    return True
                carried = piece[-overlap:] if overlap else b""
    except FileNotFoundError:
        return False
    except OSError:
        # What cannot be read cannot be cleared either: it is listed for people to look at.
        return True
    return False
