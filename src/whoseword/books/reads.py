"""The log of reads: who read what, when, for which purpose; a chain of its own.

A view is a pure function of the books that its reader opens, up to a moment; so one entry a view
is enough to tell, later, everybody who was shown a statement (habit 12 of the house: a read is
logged where it is authorised). It is on the disk before the answer goes out.

The link of an entry covers the one before it, as in a book (docs/decisions/0002): domain, then
fields with their lengths before them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from struct import Struct

import msgspec

from whoseword.books.errors import LedgerDamaged
from whoseword.books.protocol import Removal, Row, View, Writer
from whoseword.books.removed import out_of_sight
from whoseword.words.times import microseconds, parse_moment

READ_DOMAIN = b"whoseword/read/1\n"
NO_READ = sha256(READ_DOMAIN).digest()
"""The link before the first entry."""

_length = Struct(">Q").pack


class Read(msgspec.Struct, frozen=True):
    """One view that somebody was given.

    ``view`` is its name (``account``), ``incident`` what it was of, ``as_of`` up to which moment,
    ``books`` those that the reader opened for it, and ``sizes`` how many entries each had: what a
    reader was shown is told by these, for a clock can be set. ``granted`` are the statements,
    BOOK:ID, that were opened one by one. ``rules`` are the ids of the rules that opened all of
    this, sorted, ``by`` those that opened each book and then each granted statement, in their
    order, ``rule_set`` the hash of the set that they stand in. Moments are RFC 3339 UTC.
    ``incident`` is empty where the view was of no single one. ``review`` is why somebody must
    review this read, empty where nobody need.
    """

    at: str
    reader: str
    purpose: str
    view: str
    incident: str
    as_of: str
    books: tuple[str, ...]
    sizes: tuple[int, ...]
    granted: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    by: tuple[tuple[str, ...], ...] = ()
    rule_set: str = ""
    review: str = ""

    def only(self, opens: Callable[[str], bool]) -> "Read":
        """What of the read may be told to somebody who opens these books and no others."""
        books = [
            (book, size) for book, size in zip(self.books, self.sizes, strict=True) if opens(book)
        ]
        granted = [one for one in self.granted if opens(one.rpartition(":")[0])]
        named = [*self.books, *(one.rpartition(":")[0] for one in self.granted)]
        by = [rules for book, rules in zip(named, self.by, strict=False) if opens(book)]
        return msgspec.structs.replace(
            self,
            books=tuple(book for book, _ in books),
            sizes=tuple(size for _, size in books),
            granted=tuple(granted),
            rules=tuple(sorted({rule for its in by for rule in its})),
            by=tuple(by),
        )


_encode = msgspec.json.Encoder(order="sorted").encode
_decode = msgspec.json.Decoder(Read).decode


def read_link(before: bytes, entry: bytes) -> bytes:
    """The link of an entry of the log, from the one before it."""
    return sha256(
        b"".join((READ_DOMAIN, _length(len(before)), before, _length(len(entry)), entry))
    ).digest()


def log_read(writer: Writer, read: Read) -> None:
    """Add a read to the log, inside the writer's transaction."""
    number, before = writer.last_read() or (0, NO_READ)
    entry = _encode(read)
    writer.note_read(number, entry, read_link(before, entry))


def logged(view: View) -> Iterator[Read]:
    """Every read, in the order in which the answers were given. Raises ``LedgerDamaged``."""
    for number, (entry, _) in enumerate(view.reads()):
        try:
            yield _decode(entry)
        except msgspec.MsgspecError as error:
            raise LedgerDamaged(
                f"entry {number} of the log of reads is no read; run verify"
            ) from error


def readers_of(reads: Iterable[Read], row: Row, removals: Sequence[Removal]) -> list[Read]:
    """The reads in which the statement of a row was shown.

    Those of its incident in which its book was opened when it stood there, or which it was granted
    for, up to a moment by which it was recorded, and while it was not out of sight. ``removals``
    are those of its book.
    """
    entry = row.entry
    own = [removal for removal in removals if removal.seq == entry.seq]
    found = []
    for read in reads:
        size = dict(zip(read.books, read.sizes, strict=True)).get(entry.book, 0)
        if f"{entry.book}:{entry.id}" in read.granted:
            # A grant is of what stood and was in sight when it was read.
            found.append(read)
            continue
        hidden = out_of_sight(removal for removal in own if removal.act_seq < size)
        shown = read.incident in ("", entry.incident) and entry.seq < size and not hidden
        if shown and _when(read.as_of) >= entry.recorded:
            found.append(read)
    return found


def _when(moment: str) -> int:
    return microseconds(parse_moment(moment))
