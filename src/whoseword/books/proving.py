"""Proofs from the books: that an entry stands in a book, and that a book has only grown.

The leaves are made of what is stored, so a proof of books that were tampered with leads to a root
that no earlier checkpoint knows (RFC 6962, 2.1.1 and 2.1.2).
"""

from typing import NamedTuple

from whoseword.books.chain import entry_bytes
from whoseword.books.errors import ProofFault
from whoseword.books.proofs import consistency_path, inclusion_path, root_of
from whoseword.books.protocol import Evidenced, Row
from whoseword.books.tree import leaf_hash


class Place(NamedTuple):
    """That an entry stands ``at`` a place (from 0) of a book of this size and root (32 bytes)."""

    at: int
    entry: bytes
    path: tuple[bytes, ...]
    size: int
    root: bytes


class Growth(NamedTuple):
    """That a book of the earlier size and root is the beginning of the later one."""

    earlier: tuple[int, bytes]
    later: tuple[int, bytes]
    path: tuple[bytes, ...]


def prove_entry(books: Evidenced, row: Row) -> Place:
    """That the entry of a row stands in its book as it is now."""
    entry = row.entry
    leaves = _leaves(books, entry.book)
    header = (
        entry.book.encode(),
        entry.seq,
        entry.id.encode(),
        entry.incident.encode(),
        entry.recorded,
        entry.appended,
        int(entry.backfilled),
        entry.commitment,
    )
    path = tuple(inclusion_path(leaves, entry.seq))
    return Place(entry.seq, entry_bytes(header), path, len(leaves), root_of(leaves))


def prove_growth(books: Evidenced, book: str, earlier_size: int) -> Growth:
    """That a book, as it is now, begins with its first ``earlier_size`` entries.

    Raises ``ProofFault`` where it never had so many.
    """
    leaves = _leaves(books, book)
    if earlier_size > len(leaves):
        raise ProofFault(
            f"{book} has {len(leaves):,} entries, and nothing can be proved of {earlier_size:,}; "
            "name an earlier size"
        )
    return Growth(
        (earlier_size, root_of(leaves[:earlier_size])),
        (len(leaves), root_of(leaves)),
        tuple(consistency_path(leaves, earlier_size)),
    )


def root_at(books: Evidenced, book: str, size: int) -> bytes:
    """The root (32 bytes) of a book's first ``size`` entries, as they are stored."""
    return root_of(_leaves(books, book)[:size])


def _leaves(books: Evidenced, book: str) -> list[bytes]:
    name = book.encode()
    with books.evidence() as evidence:
        return [
            leaf_hash(entry_bytes((name, *row[:7])))  # type: ignore[arg-type]
            for row in evidence.stored(book)
        ]
