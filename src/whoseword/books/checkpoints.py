"""Checkpoints: what a home says of a book at one moment, signed (c2sp.org/tlog-checkpoint).

A checkpoint that was handed out binds whoever keeps the book: every later state of it must begin
with those entries. A proof carries one entry's path to a checkpoint, so that it can be checked far
from the book (c2sp.org/tlog-proof). Both are plain text, to be sent, printed and kept.

The key belongs to the home and the origin to the book. A note counts for a book only where the key
of the book's own home signed it; that somebody known signed it is not enough.
"""

import re
from collections.abc import Sequence

import msgspec

from whoseword.books.chain import HASH_BYTES
from whoseword.books.errors import KeyFault, NoteFault
from whoseword.books.notes import SIGNED_BY, Verifier, from_base64, open_note, to_base64
from whoseword.books.proofs import check_inclusion
from whoseword.books.tree import leaf_hash
from whoseword.words.errors import WordFault
from whoseword.words.rules import check_book

PROOF_HEAD = "c2sp.org/tlog-proof@v1"
_HOME_ID = re.compile("[0-9a-f]{16}")
_ORIGIN = re.compile(r"(whoseword/[0-9a-f]{16})/([^\n]+)")
_NUMBER = re.compile("0|[1-9][0-9]{0,18}")
_LARGEST = 2**63 - 1
"""What other verifiers can count to."""
_AS_HANDED_OUT = "take it as it was handed out, every byte unchanged"


class Checkpoint(msgspec.Struct, frozen=True):
    """A book's size and root (32 bytes) at one moment, and the origin that names home and book."""

    origin: str
    book: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        key, book = _parts(self.origin)
        if book != self.book:
            raise NoteFault(f"{self.origin} is an origin of {book}, not of {self.book} ({key})")
        if len(self.root) != HASH_BYTES or not 0 <= self.size <= _LARGEST:
            raise NoteFault(
                f"a size of {self.size} and a root of {len(self.root)} bytes are no book"
            )


class Proof(msgspec.Struct, frozen=True):
    """That an entry stands at ``index``: its path, and the signed checkpoint that it leads to.

    ``extra`` is whatever whoever wrote the proof put beside it; nothing signs it.
    """

    index: int
    path: tuple[bytes, ...]
    checkpoint: str
    extra: bytes = b""


def key_name(home_id: str) -> str:
    """What the key of a home is called; a home's id is 16 hexadecimal digits, in lower case."""
    if not _HOME_ID.fullmatch(home_id):
        raise KeyFault(f"{home_id!r} is no id of a home, which has 16 digits 0-9 and a-f")
    return f"whoseword/{home_id}"


def checkpoint_of(home_id: str, book: str, size: int, root: bytes) -> Checkpoint:
    """What a home says of a book."""
    return Checkpoint(f"{key_name(home_id)}/{book}", book, size, root)


def checkpoint_text(checkpoint: Checkpoint) -> str:
    """The text that is signed: origin, size and root, a line each."""
    return f"{checkpoint.origin}\n{checkpoint.size}\n{to_base64(checkpoint.root)}\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """The checkpoint that a text states, whoever signed it. Raises ``NoteFault``.

    Further lines are passed over, as C2SP has it: others may come to add some.
    """
    lines = text.removesuffix("\n").split("\n")
    if len(lines) < 3 or not text.endswith("\n") or not all(lines):
        raise NoteFault(
            "the text is no checkpoint, which is an origin, a size and a root, a line each, and no "
            f"empty line; {_AS_HANDED_OUT}"
        )
    root = from_base64(lines[2])
    if root is None or len(root) != HASH_BYTES:
        raise NoteFault(f"line 3, {lines[2]!r}, is no root of 32 bytes; {_AS_HANDED_OUT}")
    return Checkpoint(lines[0], _parts(lines[0])[1], _number(lines[1], "line 2", "size"), root)


def open_checkpoint(note: str, known: Sequence[Verifier]) -> Checkpoint:
    """The checkpoint in a note that the key of the book's own home signed.

    Raises ``NoteFault`` for any other note, whoever signed it.
    """
    opened = open_note(note, known)
    checkpoint = parse_checkpoint(opened.text)
    key, _ = _parts(checkpoint.origin)
    if key not in opened.names:
        raise NoteFault(
            f"the checkpoint of {checkpoint.origin} was signed by {', '.join(opened.names)}, not "
            f"by {key}; only the home that keeps a book can speak for it"
        )
    return checkpoint


def split_notes(text: str) -> list[str]:
    """The signed notes of a text that holds several, with an empty line between them.

    Nothing is checked but where each note ends, which is with its signature lines. Raises
    ``NoteFault`` where the last one does not end.
    """
    notes: list[str] = []
    lines: list[str] = []
    begins, signed = 1, False
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line:
            begins = begins if lines else number
            signed = line.startswith(SIGNED_BY) and (signed or lines[-1:] == [""])
            lines.append(line)
        elif signed:
            notes.append("\n".join([*lines, ""]))
            lines, signed = [], False
        elif lines:
            lines.append("")
    if lines:
        raise NoteFault(
            f"what begins in line {begins} is no signed note: no empty line and signature end it; "
            f"{_AS_HANDED_OUT}"
        )
    return notes


def proof_text(proof: Proof) -> str:
    """A proof as a text that stands alone (``.tlog-proof``)."""
    lines = [PROOF_HEAD]
    if proof.extra:
        lines.append(f"extra {to_base64(proof.extra)}")
    lines.append(f"index {proof.index}")
    lines.extend(map(to_base64, proof.path))
    return "\n".join([*lines, "", proof.checkpoint])


def parse_proof(text: str) -> Proof:
    """A proof from its text; ``check_proof`` says whether it holds. Raises ``NoteFault``."""
    stated, _, checkpoint = text.partition("\n\n")
    head, *lines = stated.split("\n")
    if head != PROOF_HEAD or not checkpoint:
        raise NoteFault(
            f"the text is no proof, which begins with {PROOF_HEAD} and ends with a checkpoint "
            f"under an empty line; {_AS_HANDED_OUT}"
        )
    extra: bytes | None = b""
    if lines and lines[0].startswith("extra "):
        extra = from_base64(lines.pop(0).removeprefix("extra "))
    if extra is None or not lines or not lines[0].startswith("index "):
        raise NoteFault(f"the proof does not say at which index the entry stands; {_AS_HANDED_OUT}")
    index = _number(lines[0].removeprefix("index "), "the proof", "index")
    path = [from_base64(line) for line in lines[1:]]
    hashes = tuple(hash_ for hash_ in path if hash_ is not None and len(hash_) == HASH_BYTES)
    if len(hashes) != len(path):
        raise NoteFault(f"a line under the index is no hash of 32 bytes; {_AS_HANDED_OUT}")
    return Proof(index, hashes, checkpoint, extra)


def check_proof(proof: Proof, entry: bytes, known: Sequence[Verifier]) -> Checkpoint:
    """The checkpoint by which the bytes of an entry stand in its book.

    Raises ``NoteFault`` where nobody known signed it, ``ProofFault`` where they do not stand there.
    """
    checkpoint = open_checkpoint(proof.checkpoint, known)
    leaf = leaf_hash(entry)
    check_inclusion(leaf, proof.index, checkpoint.size, proof.path, checkpoint.root)
    return checkpoint


def _parts(origin: str) -> tuple[str, str]:
    """The name of the home's key and of the book in an origin. Raises ``NoteFault``."""
    match = _ORIGIN.fullmatch(origin)
    if match is None:
        raise NoteFault(
            f"{origin!r} is no origin of a book, which is whoseword/HOMEID/BOOK; only checkpoints "
            "of books can be read here"
        )
    try:
        check_book(match[2])
    except WordFault as fault:
        raise NoteFault(f"{origin!r} is no origin of a book: {fault.problem}") from None
    return match[1], match[2]


def _number(text: str, where: str, what: str) -> int:
    """A number as C2SP writes it: in decimal, and 0 first only where it is all."""
    if not _NUMBER.fullmatch(text) or int(text) > _LARGEST:
        raise NoteFault(f"{where} states no {what} ({text!r}); {_AS_HANDED_OUT}")
    return int(text)
