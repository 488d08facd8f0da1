"""The desk behind every door: one home, its owner, its clock, and what a reader may take away.

Every view starts here with the books that its reader opens; nothing else is read from the store
for it, so what a reader may not open can change no byte of what that reader gets (law 3).
"""

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from typing import NamedTuple

from whoseword.access import DEFAULT_OWNER, Reader, may_keep, may_open, parse_reader
from whoseword.account import Account, account
from whoseword.books import Document, Ledger
from whoseword.books.verify import Expected, Verdict, verify
from whoseword.words import Statement, WhoseWordError
from whoseword.words.times import parse_zone

OWNER = "owner"
ZONE = "zone"


class DeskError(WhoseWordError):
    """What was asked of a home cannot be done."""


class Desk(NamedTuple):
    """A home that is open: its ledger and its clock."""

    ledger: Ledger
    clock: Callable[[], datetime]

    @property
    def owner(self) -> Reader:
        """Whose home it is."""
        return parse_reader(self._setting(OWNER) or DEFAULT_OWNER)

    @property
    def zone(self) -> tzinfo:
        """The zone in which dates without an offset are read."""
        return parse_zone(self._setting(ZONE) or "UTC")

    def _setting(self, name: str) -> str | None:
        with self.ledger.store.view() as view:
            return view.setting(name)

    def found(self, owner: Reader, zone: str) -> None:
        """Say whose home it is, and its zone; said again, it must be the same.

        Raises ``DeskError`` where the home is another's, or holds what its owner may not keep.
        """
        with self.ledger.store.writer() as writer:
            for name, value in ((OWNER, owner.name), (ZONE, zone)):
                stands = writer.setting(name)
                if stands not in (None, value):
                    raise DeskError(
                        f"this home already has the {name} {stands}; "
                        "make another with --home DIR, since a view of the past rests on it"
                    )
            refused = [head.book for head in writer.heads() if not may_keep(owner, head.book)]
            if refused:
                raise DeskError(
                    f"{owner.name} may not keep {', '.join(refused)}; make another home"
                )
            writer.set_setting(OWNER, owner.name)
            writer.set_setting(ZONE, zone)

    def books(self, reader: Reader) -> list[str]:
        """The books that a reader opens, by name."""
        owner = self.owner
        with self.ledger.store.view() as view:
            return [head.book for head in view.heads() if may_open(reader, head.book, owner)]

    def opens(self, reader: Reader, book: str) -> bool:
        """Whether a reader opens a book of that name, whether or not it stands here."""
        return may_open(reader, book, self.owner)

    def traces(self, reader: Reader) -> list[str]:
        """The books that a reader opens of which anything at all lies in the store."""
        with self.ledger.store.evidence() as evidence:
            names = evidence.names()
        return [book for book in names if self.opens(reader, book)]

    def statements(self, incident: str, reader: Reader, until: datetime) -> list[Statement]:
        """What a reader may open of an incident, up to a moment."""
        return self.ledger.statements(self.books(reader), incident=incident, until=until)

    def account(self, incident: str, reader: Reader, as_of: datetime | None) -> Account:
        """The account of an incident for a reader; as of now where no moment is named."""
        moment = as_of or self.ledger.moment()
        known = self.statements(incident, reader, moment)
        return account(known, incident=incident, as_of=moment, reader=reader, zone=self.zone)

    def quoted(self, view: Account) -> list[Document]:
        """The kept documents whose words the account's statements quote, by digest.

        For the home's owner alone: one open statement may quote a document whose other words
        stand in books that a reader may not open.
        """
        if view.reader != self.owner.name:
            return []
        digests = {one.source.document for one in view.statements.values()}
        with self.ledger.store.view() as home:
            found = [home.document(digest) for digest in sorted(d for d in digests if d)]
        return [document for document in found if document is not None]

    def verify(
        self, books: Sequence[str] | None, expected: Sequence[tuple[str, int, str]]
    ) -> Verdict:
        """Recompute every chain of these books; of all the home holds where none is named."""
        return verify(self.ledger.store, books, [Expected(*one) for one in expected])
