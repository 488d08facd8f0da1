"""Verify: recompute every hash of the books from the bytes that are stored.

Whoever doubts the books runs this on a copy of the file. Nothing that lies there is trusted to be
of its type or even to be readable; whatever is wrong is told as a fault with its book and its
place, never raised.

A body that is gone is sound where a statement of its book seals it (``accounted``), and a kept
text is held to the digest that the last seal left it with.

What is found: a byte altered in a body, a salt, an entry, a kept document or its text; entries
swapped, removed, put in between or forged over others; a body without its entry and an entry
without its body; a book shorter than its head says, which is what a clumsy cut of its last entries
leaves; pages that cannot be read; guards of the database that were taken away. What was received
of other homes' books is held to its entries (``verify_received``).

A document is held to the digests of its register; what the chains hold of it is what is quoted.

What cannot be found from the file alone: a tail cut off together with its bodies and its head, a
book rewritten from some point on with every later hash made anew, and an old copy of the whole
file put in the place of the new one. Each is a consistent earlier or other history. An earlier
size and root, kept elsewhere and given as ``Expected``, finds all three (RFC 6962, 2.1.2: a later
tree holds the earlier one as its prefix, or it is another tree). The log of reads has no such
root yet: that its end was cut off is not found.
"""

import struct
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import NamedTuple

import msgspec

from whoseword.books.accounted import Act, Removals
from whoseword.books.chain import commitment_of, entry_bytes, genesis_of, link_of
from whoseword.books.copies import BLOCK
from whoseword.books.errors import BookError
from whoseword.books.protocol import Evidence, Evidenced, StoredRow
from whoseword.books.reads import NO_READ, read_link
from whoseword.books.tree import Tree
from whoseword.books.verify_listed import Listings
from whoseword.books.verify_received import faults_in_received


class Fault(msgspec.Struct, frozen=True, order=True):
    """One thing that is wrong: in which book, at which seq, and what.

    ``book`` and ``seq`` are None for what lies outside of the books, or has no place in them.
    """

    book: str | None
    seq: int | None
    what: str


class Expected(NamedTuple):
    """An earlier size and root (32 bytes in hexadecimal) of a book, as ``verify`` printed it."""

    book: str
    size: int
    root: str


class Checked(msgspec.Struct, frozen=True):
    """A book as it was found: its size and its root in hexadecimal."""

    book: str
    size: int
    root: str


class Verdict(msgspec.Struct, frozen=True):
    """What verify found; ``ok`` where there is no fault."""

    ok: bool
    books: list[Checked]
    faults: list[Fault]


def verify(
    store: Evidenced,
    books: Collection[str] | None = None,
    expected: Sequence[Expected] = (),
) -> Verdict:
    """Check every chain (or those of ``books``) from its stored bytes.

    With ``books``, nothing is looked at, and nothing told, but what stands in them and the
    documents that they quote. Raises nothing for what lies in the file.
    """
    found: list[Checked] = []
    faults: list[Fault] = []
    chains: dict[str, Removals] = {}
    with ThreadPoolExecutor(max_workers=1) as beside:
        # The store looks through its own pages without holding up the hashing.
        flaws = beside.submit(_flaws, store) if books is None else None
        try:
            with store.evidence() as evidence:
                documents = _Documents(evidence)
                names = evidence.names()
                for book in names if books is None else sorted(set(names) & set(books)):
                    chain = _Chain(book, documents, [one for one in expected if one.book == book])
                    chain.check(evidence)
                    chains[book] = chain.removals
                    faults.extend(chain.faults)
                    found.append(Checked(book, chain.tree.size, chain.tree.root.hex()))
                for document in evidence.kept() if books is None else ():
                    documents.text_of(document)
                    faults.extend(documents.unaccounted(document, chains))
                faults.extend(Fault(None, None, what) for what in documents.faults.values())
                faults.extend(_reads(evidence) if books is None else ())
                faults.extend(Fault(*place) for place in faults_in_received(evidence, books))
        except BookError as error:
            faults.append(Fault(None, None, str(error)))
        asked = [one for one in expected if books is None or one.book in books]
        faults.extend(_absent(asked, {each.book for each in found}))
        if flaws is not None:
            faults.extend(fault for fault in flaws.result() if fault not in faults)
    return Verdict(not faults, found, faults)


def _flaws(store: Evidenced) -> list[Fault]:
    faults = []
    try:
        with store.evidence() as evidence:
            for flaw in evidence.flaws():
                faults.append(Fault(None, None, flaw))  # noqa: PERF401  what came before an error stays
    except BookError as error:
        faults.append(Fault(None, None, str(error)))
    return faults


def _reads(evidence: Evidence) -> Iterator[Fault]:
    """The log of reads, link by link."""
    before: bytes = NO_READ
    for place, (number, entry, link) in enumerate(evidence.stored_reads()):
        sound = isinstance(entry, bytes) and number == place
        if not sound or link != read_link(before, entry if isinstance(entry, bytes) else b""):
            yield Fault(None, None, f"entry {place} of the log of reads is not what was logged")
        before = link if isinstance(link, bytes) else b""


def unreadable(error: BookError) -> Verdict:
    """The verdict on a home that could not even be opened."""
    return Verdict(False, [], [Fault(None, None, str(error))])


def _absent(expected: Sequence[Expected], present: Collection[str]) -> Iterator[Fault]:
    for book, size, _ in expected:
        if size and book not in present:
            yield Fault(book, None, f"had {size:,} entries and is not here")


class _Span(msgspec.Struct, gc=False):
    document: str | None = None
    start: int = 0
    end: int = 0
    quote: str | None = None
    unchecked: bool = False


class _About(msgspec.Struct, gc=False):
    kind: str
    item: str | None = None
    root: str | None = None
    rows: str | None = None


class _Stated(msgspec.Struct, gc=False):
    """What a body must say in agreement with its entry; the rest is the statement's own."""

    id: str
    book: str
    incident: str
    source: _Span
    stance: str
    fact: _About
    x_removal: str = ""
    x_left: dict[str, str] = {}
    x_row_removal: str = ""
    x_listed: bool = False


_stated = msgspec.json.Decoder(_Stated).decode


class _Documents:
    """The kept documents, each checked once against its digests."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._sound: dict[str, bool] = {}
        self._last: tuple[str, str | None] = ("", None)
        self.faults: dict[str, str] = {}

    def text_of(self, name: str) -> str | None:
        """The text kept for a document; None where none is kept that could be quoted."""
        # Statements stand document by document, so the last text is nearly always the next.
        if self._last[0] != name:
            self._last = (name, self._read(name))
        return self._last[1]

    def _read(self, name: str) -> str | None:
        stored = self._evidence.stored_document(name)
        if stored is None:
            self.faults[f"{name} contents"] = f"the words of document {name} are gone"
            return None
        original, text, digest = stored
        blanks = self._evidence.stored_blanks(name)
        if blanks:
            # A seal destroyed the original, and left the text with a digest of its own.
            digest = blanks[-1][2]
            if isinstance(text, bytes) and not _are_blank(blanks, text):
                self.faults[f"{name} blanks"] = f"what was sealed of document {name} is readable"
            if original != b"":
                self.faults[f"{name} bytes"] = (
                    f"the bytes of document {name} were sealed, and are here"
                )
        elif not isinstance(original, bytes) or sha256(original).hexdigest() != name:
            self.faults[f"{name} bytes"] = f"the bytes of document {name} are not its own"
        if not isinstance(text, bytes) or not isinstance(digest, bytes):
            self.faults[f"{name} text"] = f"the text of document {name} is no text"
            return None
        if sha256(text).hexdigest().encode() != digest:
            self.faults[f"{name} text"] = f"the text of document {name} is not the one first kept"
        return text.decode(errors="replace")

    def unaccounted(self, name: str, chains: Mapping[str, Removals]) -> Iterator[Fault]:
        """What was made unreadable in a document without a seal, or left otherwise than it was."""
        blanks = self._evidence.stored_blanks(name)
        for _, _, digest, book, seq in blanks[-1:]:
            removals = chains.get(_plain(book))
            left = removals.left_by(seq).get(name) if removals is not None else None
            if left is None or left != _plain(digest):
                what = f"the text of document {name} is not as the seal in {_plain(book)} left it"
                yield Fault(None, None, what)


def _are_blank(blanks: Sequence[tuple[object, ...]], text: bytes) -> bool:
    """Whether every span that was sealed holds blocks alone."""
    kept = text.decode(errors="replace")
    for first, past, *_ in blanks:
        if not isinstance(first, int) or not isinstance(past, int):
            return False
        if set(kept[first:past]) - {BLOCK, "\n"}:
            return False
    return True


def _plain(stored: object) -> str:
    return stored.decode(errors="replace") if isinstance(stored, bytes) else str(stored)


class _Chain:
    """One book, walked from its first entry to its last."""

    def __init__(self, book: str, documents: _Documents, expected: Sequence[Expected]) -> None:
        self.faults: list[Fault] = []
        self.removals = Removals(())
        self._listings = Listings(book)
        self.tree = Tree()
        self._book = book
        self._name = book.encode()
        self._documents = documents
        self._roots: dict[int, str] = {}
        self._expected = expected
        self._link: bytes | None = genesis_of(self._name)
        self._recorded: int | None = None
        self._next = 0
        self._bodies = 0

    def check(self, evidence: Evidence) -> None:
        """Walk the book, then hold it against its head, its bodies and what is expected of it."""
        try:
            self.removals = Removals(evidence.stored_removals(self._book))
            self._walk(evidence.stored(self._book))
            for seq, what in self.removals.faults():
                self._fault(seq, what)
            self._hold_to_head(evidence.stored_head(self._book))
            if evidence.bodies(self._book) != self._bodies:
                for seq in evidence.bodies_without_entry(self._book):
                    self._fault(seq, "a body is there, but no entry")
            for seq, what in self._listings.faults(evidence):
                self._fault(seq, what)
        except BookError as error:
            self._fault(self._next, str(error))
        for _, size, root in self._expected:
            if self._roots.get(size, "") != root.lower():
                had = f"had {size:,} entries with the root {root}"
                now = self._roots.get(size)
                self._fault(None, f"{had}; " + ("fewer are here" if now is None else f"now {now}"))

    def _fault(self, seq: object, what: str) -> None:
        self.faults.append(Fault(self._book, seq if isinstance(seq, int) else None, what))

    def _walk(self, rows: Iterator[StoredRow]) -> None:
        wanted = {size for _, size, _ in self._expected}
        if 0 in wanted:
            self._roots[0] = self.tree.root.hex()
        for row in rows:
            self._check(row)
            if self.tree.size in wanted:
                self._roots[self.tree.size] = self.tree.root.hex()

    def _check(self, row: StoredRow) -> None:
        seq, id_, incident, recorded, _, backfilled, commitment, link, salt, body = row
        if seq != self._next:
            self._hold_to_place(seq)
        try:
            entry = entry_bytes((self._name, *row[:7]))  # type: ignore[arg-type]
        except (struct.error, TypeError) as error:
            self._fault(seq, f"the entry holds what no entry can hold ({error})")
            entry = repr(row[:7]).encode()
        if self._link is not None and link != link_of(self._link, entry):
            self._fault(seq, "the entry does not follow from the one before it, as its link says")
        self.tree.append(entry)
        self._next += 1
        if isinstance(link, bytes):
            self._link = link
        if not backfilled and isinstance(recorded, int):
            if self._recorded is not None and recorded < self._recorded:
                self._fault(seq, "it was recorded before the one before it")
            self._recorded = recorded
        self.removals.saw_entry(seq, id_)
        self._bodies += body is not None
        sealed = seq in self.removals.sealed
        if sealed and body is not None:
            self._fault(seq, "it was sealed, and its body is here")
        elif body is None:
            if not sealed:
                self._fault(seq, "its body is gone")
        elif not isinstance(body, bytes) or not isinstance(salt, bytes):
            self._fault(seq, "its body is no bytes")
        elif commitment_of(salt, body) != commitment:
            self._fault(seq, "its body or salt is not what the entry commits to")
        else:
            self._hold_to_entry(seq, body, id_, incident)

    def _hold_to_place(self, seq: object) -> None:
        if not isinstance(seq, int) or seq < self._next:
            self._fault(seq, f"it stands where entry {self._next} should")
            return
        last = seq - 1
        gone = "is missing" if last == self._next else f"to {last}: entries are missing"
        self._fault(self._next, gone)
        self._next = seq
        self._link = None

    def _hold_to_entry(self, seq: object, body: bytes, id_: object, incident: object) -> None:
        try:
            stated = _stated(body)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            self._fault(seq, f"its body is no statement ({error})")
            return
        said = (stated.id.encode(), stated.incident.encode(), stated.book)
        if said != (id_, incident, self._book):
            self._fault(seq, "its body names another id, incident or book than the entry")
        fact = stated.fact
        act = Act(fact.kind, stated.stance, fact.item, stated.x_removal, stated.x_left)
        self.removals.saw_act(seq, act)
        if stated.x_row_removal:
            self._listings.saw_act(seq, stated.x_row_removal, act)
        if stated.x_listed:
            self._listings.saw_listing(seq, stated.id, (fact.rows, fact.root))
        source = stated.source
        if source.document is None or source.unchecked:
            return
        text = self._documents.text_of(source.document)
        if text is None:
            self._fault(seq, f"it quotes document {source.document}, which is no longer kept")
        elif text[source.start : source.end] != source.quote:
            self._fault(seq, f"its quote is not what stands in document {source.document}")

    def _hold_to_head(self, head: tuple[object, object] | None) -> None:
        if head is None:
            self._fault(None, "nothing says where the book ends")
            return
        size, link = head
        if size != self._next:
            self._fault(self._next, f"the book ends here, but it had {size} entries")
        elif link != self._link:
            self._fault(self._next - 1, "it is not the entry that the book ended with")
