"""Rows that one statement lists: a file of a million contacts is one entry, and each row is proved.

A statement for each row would make a book of millions of entries that nobody said one by one. So
whoever brings a file says one thing, "I took in this file, so many rows, with this root"
(``imported``), and the rows lie beside it, each with an id of its own, ``ID#ROW``.

A row is committed to through a salt of its own, as the body of an entry is (``chain``): a court can
have one row destroyed with its salt, and the root, the statement and the proof of every other row
still hold (law 9). The leaf of a row names the batch and the row's place, so that no row can be
moved to another import. The tree is that of RFC 6962, 2.1. docs/decisions/0023-contacts-in-files
spells the bytes out for those who do not read Python.
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from struct import Struct
from typing import Final, NamedTuple

from whoseword.books.chain import HASH_BYTES
from whoseword.books.errors import ProofFault
from whoseword.books.proofs import check_inclusion, inclusion_path
from whoseword.books.tree import Tree, leaf_hash

COMMITMENT_DOMAIN: Final = b"whoseword/row-commitment/1\n"
ROW_DOMAIN: Final = b"whoseword/row/1\n"
MARK: Final = "#"
MOST_ROWS: Final = 2**40
"""More rows than any file has; a number beyond it is no row's."""

_length = Struct(">Q").pack
_row_and_length = Struct(">QQQ").pack


class RowId(NamedTuple):
    """Which row is meant: the statement that lists it, and its place there, counted from 0."""

    statement: str
    row: int

    def __str__(self) -> str:
        return f"{self.statement}{MARK}{self.row}"


class ListedRow(NamedTuple):
    """A row as it is kept: its place, its commitment, and its salt and bytes.

    Both are None where a seal destroyed them.
    """

    row: int
    commitment: bytes
    salt: bytes | None
    body: bytes | None


class RowProof(NamedTuple):
    """That a row stands at its place among the rows of an import, under the root that it states."""

    id: RowId
    rows: int
    root: bytes
    commitment: bytes
    path: tuple[bytes, ...]


def row_id(text: str) -> RowId | None:
    """The row that an id names; None where it is the id of a whole statement, or no id at all.

    A row has one name only: no sign, no nought in front, no digits of another script.
    """
    statement, mark, number = text.rpartition(MARK)
    if not mark or not statement or MARK in statement:
        return None
    if not (number.isascii() and number.isdigit()) or str(int(number[:16])) != number:
        return None
    row = int(number)
    return RowId(statement, row) if row < MOST_ROWS else None


def commitment_of_row(salt: bytes, body: bytes) -> bytes:
    """What the tree holds of a row's bytes: a digest that says nothing without the salt."""
    return sha256(
        b"".join((COMMITMENT_DOMAIN, _length(len(salt)), salt, _length(len(body)), body))
    ).digest()


def row_bytes(id_: RowId, commitment: bytes) -> bytes:
    """The bytes of a row: its leaf in the tree."""
    statement = id_.statement.encode()
    return b"".join(
        (
            ROW_DOMAIN,
            _length(len(statement)),
            statement,
            _row_and_length(8, id_.row, len(commitment)),
            commitment,
        )
    )


def root_of_rows(statement: str, commitments: Iterable[bytes]) -> tuple[int, bytes]:
    """How many rows there are, and the root over them; memory holds a hash for each doubling."""
    tree = Tree()
    for row, commitment in enumerate(commitments):
        tree.append(row_bytes(RowId(statement, row), commitment))
    return tree.size, tree.root


def prove_row(id_: RowId, commitments: Sequence[bytes]) -> RowProof:
    """The proof of one row, from the commitments of all. Raises ``ProofFault`` where it is none."""
    if not 0 <= id_.row < len(commitments):
        raise ProofFault(
            f"{id_.statement} lists {len(commitments):,} rows, counted from 0, and none of them is "
            f"{id_.row}; name one of them"
        )
    leaves = [
        leaf_hash(row_bytes(RowId(id_.statement, row), commitment))
        for row, commitment in enumerate(commitments)
    ]
    _, root = root_of_rows(id_.statement, commitments)
    path = tuple(inclusion_path(leaves, id_.row))
    return RowProof(id_, len(commitments), root, commitments[id_.row], path)


def check_row(proof: RowProof, salt: bytes | None = None, body: bytes | None = None) -> None:
    """Raise ``ProofFault`` unless the row stands where the proof says.

    With its salt and bytes, unless they are what was committed to. The root and the number of rows
    are to be those of the ``imported`` statement, whose own proof is the book's (``checkpoints``).
    """
    if len(proof.commitment) != HASH_BYTES:
        raise ProofFault(
            f"a row's commitment has {HASH_BYTES} bytes, and this one {len(proof.commitment)}; "
            "ask for the proof anew"
        )
    if (salt is None) != (body is None):
        raise ProofFault(f"the words of {proof.id} are checked with their salt; give both")
    if salt is not None and body is not None and commitment_of_row(salt, body) != proof.commitment:
        raise ProofFault(
            f"these are not the words that {proof.id} was taken in with; ask for the row anew, and "
            "if they are given again, believe neither"
        )
    leaf = leaf_hash(row_bytes(proof.id, proof.commitment))
    check_inclusion(leaf, proof.id.row, proof.rows, proof.path, proof.root)


class RowFault(NamedTuple):
    """What is wrong with the rows of an import, and at which row; None where it is all of them."""

    row: int | None
    what: str


def faults_of_rows(
    statement: str, stated: tuple[int, bytes], rows: Iterable[ListedRow], sealed: frozenset[int]
) -> Iterator[RowFault]:
    """What is wrong with the rows of an import, against the number and root that it states.

    ``sealed`` are the rows whose words a seal destroyed: they alone may have none.
    """
    tree = Tree()
    for found in rows:
        expected = tree.size
        if found.row != expected:
            yield RowFault(expected, f"row {found.row} stands where row {expected} should")
        yield from _faults_of(found, sealed)
        tree.append(row_bytes(RowId(statement, found.row), found.commitment))
    size, root = stated
    if tree.size != size:
        yield RowFault(None, f"it lists {size:,} rows, and {tree.size:,} are kept")
    elif tree.root != root:
        yield RowFault(None, "its rows do not lead to the root that it states")


def _faults_of(found: ListedRow, sealed: frozenset[int]) -> Iterator[RowFault]:
    if found.salt is None or found.body is None:
        if found.row not in sealed:
            yield RowFault(found.row, "its words are gone, and no seal says so")
    elif found.row in sealed:
        yield RowFault(found.row, "it is sealed, and its words are still kept")
    elif commitment_of_row(found.salt, found.body) != found.commitment:
        yield RowFault(found.row, "its words are not those that were taken in")
