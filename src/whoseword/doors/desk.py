"""The desk behind every door: one home, its owner, its clock, and what a reader may take away.

Every view starts here with the books that its reader opens; nothing else is read from the store
for it, so what a reader may not open can change no byte of what that reader gets (law 3).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from typing import NamedTuple

import msgspec

from whoseword.access import DEFAULT_OWNER, Law, Reader, Rulebook, parse_reader
from whoseword.account import Account, account, rules_hash
from whoseword.books import Copy, Document, Ledger, LedgerReadOnly, Read, Told
from whoseword.books.bodies import statement_in
from whoseword.books.copies import blanked, places_of
from whoseword.books.ids import Entropy
from whoseword.books.notes import Signer, verifier_of, verifier_text
from whoseword.books.protocol import Head, Removing, View
from whoseword.books.reads import log_read
from whoseword.books.removed import out_of_sight
from whoseword.doors.homes import Folder, Keys
from whoseword.words import Statement, WhoseWordError
from whoseword.words.times import microseconds, moment_from, moment_text, parse_zone

OWNER = "owner"
ZONE = "zone"
HOME_ID = "home"
VERIFIER = "verifier"
ADOPTED = "adopted"
_HOME_ID_BYTES = 8
_CLOCK_PATIENCE = 1_000_000
"""Microseconds by which a clock may be behind without a word."""


class DeskError(WhoseWordError):
    """What was asked of a home cannot be done."""


class Shown(NamedTuple):
    """What a file shows: statements, and the texts of documents by their digests."""

    statements: Collection[Statement]
    texts: Mapping[str, str]


class Desk(NamedTuple):
    """A home that is open: its ledger, its clock, its randomness, its folder and its rules."""

    ledger: Ledger
    clock: Callable[[], datetime]
    entropy: Entropy
    folder: Folder
    rules: Rulebook

    @property
    def law(self) -> Law:
        """The rules that are in force today."""
        return self.rules.on(self.clock().date())

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
            law = self.law
            refused = [
                head.book for head in writer.heads() if not law.keeps(owner, head.book).allowed
            ]
            if refused:
                raise DeskError(
                    f"{owner.name} may not keep {', '.join(refused)}; make another home"
                )
            writer.set_setting(OWNER, owner.name)
            writer.set_setting(ZONE, zone)
        # The first key is made with the home, so that its first checkpoint can already be trusted.
        self.signer()

    def signer(self) -> Signer:
        """The key with which this home signs; made where the home never had one.

        The store knows which key it is, so that a folder without it (another machine, a home put
        back from its backup alone) does not begin to sign with a stranger's in silence. Raises
        ``DeskError``.
        """
        keys, known = self.keys(), self._setting(VERIFIER)
        if known and known not in {verifier_text(one) for one in keys.verifiers()}:
            raise DeskError(
                f"the key of this home is not in {self.folder.path}: put its checkpoint.key, "
                "checkpoint.pub and checkpoint.rotations there; if they are lost, "
                "`whoseword keys --anew` begins with a key that outsiders have to be told of"
            )
        signer = keys.signer(self.entropy)
        self._signs_with(signer)
        return signer

    def sign_anew(self) -> Signer:
        """Begin with a new key, for those of the home are lost; none may be in its folder."""
        signer = self.keys().signer(self.entropy)
        self._signs_with(signer)
        return signer

    def rotate(self) -> str:
        """Put a new key in the place of the one in use; the note that says so."""
        self.signer()
        note = self.keys().rotate(self.entropy, self.clock())
        self._signs_with(self.keys().signer(self.entropy))
        return note

    def _signs_with(self, signer: Signer) -> None:
        text = verifier_text(verifier_of(signer))
        if self._setting(VERIFIER) != text:
            with self.ledger.store.writer() as writer:
                writer.set_setting(VERIFIER, text)

    def keys(self) -> Keys:
        """The keys with which this home signs its checkpoints."""
        return self.folder.keys(self.home_id())

    def earlier_keys(self) -> Keys | None:
        """The keys of this home as far as it ever had any; makes nothing, and so writes nothing."""
        known = self._setting(HOME_ID)
        return self.folder.keys(known) if known else None

    def clock_behind(self) -> tuple[datetime, datetime] | None:
        """What the clock reads and the latest recorded moment, where the clock is behind it.

        A home's ``recorded`` never decreases; a clock that was set back is its operator's to mend.
        """
        with self.ledger.store.view() as view:
            latest = view.latest()
        now = self.clock()
        if latest is None or microseconds(now) + _CLOCK_PATIENCE >= latest:
            return None
        return now, moment_from(latest)

    def home_id(self) -> str:
        """The id of this home, 16 hexadecimal digits; given to it at its first need."""
        known = self._setting(HOME_ID)
        if known:
            return known
        with self.ledger.store.writer() as writer:
            known = writer.setting(HOME_ID) or self.entropy(_HOME_ID_BYTES).hex()
            writer.set_setting(HOME_ID, known)
        return known

    def books(self, reader: Reader) -> list[str]:
        """The books that a reader opens, by name."""
        with self.ledger.store.view() as view:
            return [head.book for head in self._opened(view, reader)]

    def _opened(self, view: View, reader: Reader) -> list[Head]:
        owner = parse_reader(view.setting(OWNER) or DEFAULT_OWNER)
        law = self.law
        return [head for head in view.heads() if law.opens(reader, head.book, owner).allowed]

    def opens(self, reader: Reader, book: str) -> bool:
        """Whether a reader opens a book of that name, whether or not it stands here."""
        return self.law.opens(reader, book, self.owner).allowed

    def traces(self, reader: Reader) -> list[str]:
        """The books that a reader opens of which anything at all lies in the store."""
        with self.ledger.store.evidence() as evidence:
            names = evidence.names()
        return [book for book in names if self.opens(reader, book)]

    def read(
        self, view: str, incident: str, reader: Reader, as_of: datetime | None = None
    ) -> tuple[datetime, Told]:
        """What a reader may open of an incident, up to a moment (now if none is named).

        The read is logged, under the name of the view it is for, before anything is given. The
        moment is taken in the writer's turn: whatever was recorded earlier is on the disk by then.
        Where nothing may be written nothing is logged: whoever holds such a file needs no desk.
        """
        try:
            with self.ledger.store.writer() as writer:
                now = self.clock()
                moment = as_of or now
                opened = self._opened(writer, reader)
                log_read(
                    writer,
                    Read(
                        at=moment_text(now),
                        reader=reader.name,
                        purpose=reader.purpose,
                        view=view,
                        incident=incident,
                        as_of=moment_text(moment),
                        books=tuple(head.book for head in opened),
                        sizes=tuple(head.size for head in opened),
                    ),
                )
        except LedgerReadOnly:
            moment = as_of or self.clock()
            with self.ledger.store.view() as home:
                opened = self._opened(home, reader)
        books = [head.book for head in opened]
        return moment, self.ledger.told(books, incident=incident, until=moment)

    def account(
        self, incident: str, reader: Reader, as_of: datetime | None, view: str = "account"
    ) -> Account:
        """The account of an incident for a reader; as of now where no moment is named.

        ``view`` is the name under which the read is logged.
        """
        moment, told = self.read(view, incident, reader, as_of)
        found = account(
            told.statements,
            incident=incident,
            as_of=moment,
            reader=reader,
            zone=self.zone,
            removed=told.removed,
        )
        return msgspec.structs.replace(found, rules=rules_hash(self.rules.rules.sha256))

    def quoted(self, view: Account) -> list[Document]:
        """The kept documents whose words the account's statements quote, by digest.

        For the home's owner alone: one open statement may quote a document whose other words
        stand in books that a reader may not open. What a quarantined statement quotes is blanked.
        """
        if view.reader != self.owner.name:
            return []
        digests = {one.source.document for one in view.statements.values()}
        with self.ledger.store.view() as home:
            found = [home.document(digest) for digest in sorted(d for d in digests if d)]
            hidden = _quarantined_spans(home)
        return [_without(document, hidden) for document in found if document is not None]

    def note_copy(
        self, path: Path, kind: str, incident: str, digest: str, shown: Shown | None = None
    ) -> None:
        """Register a file that is about to be written and will carry words (law 9).

        ``digest`` is the hex SHA-256 of what is written; ``incident`` is empty for all. Raises
        ``DeskError`` where something ``shown`` went out of sight meanwhile. A home that may not be written cannot seal either, and so needs no register.
        """
        copy = Copy(
            path=str(path.absolute()),
            kind=kind,
            incident=incident,
            sha256=digest,
            written=microseconds(self.clock()),
        )
        try:
            with self.ledger.store.writer() as writer:
                if shown is not None:
                    _refuse_what_went(writer, shown)
                writer.note_copy(copy)
        except LedgerReadOnly:
            return


def adopted_in(view: View) -> tuple[str, ...]:
    """The optional files of rules that a home has adopted, by name."""
    return tuple(msgspec.json.decode(view.setting(ADOPTED) or "[]", type=list[str]))


def _refuse_what_went(home: View, shown: Shown) -> None:
    ids = {(one.book, one.id) for one in shown.statements}
    for book in {book for book, _ in ids}:
        for seq in out_of_sight(home.removals(book)):
            row = home.row_at(book, seq)
            if row is not None and (book, row.entry.id) in ids:
                raise DeskError(
                    f"a statement of {book} went out of sight while the page was made; make it anew"
                )
    for digest, text in shown.texts.items():
        if text != text_in_sight(home, digest):
            raise DeskError(
                "words of a document went out of sight while the file was made; make it anew"
            )


def text_in_sight(home: View, digest: str) -> str | None:
    """The kept text of a document, without what was sealed in it or quarantined."""
    text = home.text_of(digest)
    for start, end in quarantined_in(home, digest):
        text = blanked(text or "", start, end)
    return text


def quarantined_in(home: View, digest: str) -> list[tuple[int, int]]:
    """The spans of a document that statements in quarantine quote."""
    return [(start, end) for of, start, end in _quarantined_spans(home) if of == digest]


def _quarantined_spans(home: View) -> list[tuple[str, int, int]]:
    """The document and span that each statement in quarantine quotes, in whatever book it is."""
    spans = []
    for head in home.heads():
        for removal in out_of_sight(home.removals(head.book)).values():
            row = home.row_at(removal.book, removal.seq)
            if removal.what is not Removing.QUARANTINED or row is None:
                continue
            statement = statement_in(row)
            document = statement.source.document
            if document is not None:
                spans += [(document, *span) for span in places_of(home, statement)]
    return spans


def _without(document: Document, hidden: Sequence[tuple[str, int, int]]) -> Document:
    text = document.text
    for digest, start, end in hidden:
        if digest == document.sha256:
            text = blanked(text, start, end)
    return document if text == document.text else msgspec.structs.replace(document, text=text)
