"""The desk behind every door: one home, its owner, its clock, and what a reader may take away.

Every view starts here with the books that its reader opens; nothing else is read from the store
for it, so what a reader may not open can change no byte of what that reader gets (law 3).
"""

from collections.abc import Callable
from datetime import datetime, tzinfo
from pathlib import Path
from typing import NamedTuple

import msgspec

from whoseword.access import DEFAULT_OWNER, Law, Reader, Rulebook, parse_reader, read_rules
from whoseword.account import Account, account, rules_hash
from whoseword.books import Copy, Document, Ledger, LedgerReadOnly, Told
from whoseword.books.ids import Entropy
from whoseword.books.notes import Signer, verifier_of, verifier_text
from whoseword.books.protocol import Head, View
from whoseword.doors.confidential import cover_of, covered
from whoseword.doors.errors import DeskError
from whoseword.doors.homes import Folder, Keys
from whoseword.doors.in_sight import Shown, quarantined_spans, refuse_what_went, without
from whoseword.doors.opening import Asker, Looking, Opened, granted_told, log_opened, opened
from whoseword.doors.settings import keep, kept_in
from whoseword.words.times import microseconds, moment_from, moment_text, parse_zone

OWNER = "owner"
ZONE = "zone"
HOME_ID = "home"
VERIFIER = "verifier"
ADOPTED = "adopted"
COVERS_ITSELF = ("brief",)
"""Views that look for places, and cover confidential addresses in what they have found."""
_HOME_ID_BYTES = 8
_CLOCK_PATIENCE = 1_000_000
"""Microseconds by which a clock may be behind without a word."""


class Adopted(msgspec.Struct, frozen=True):
    """That a home adopted an optional file of rules: by whom, and when (RFC 3339).

    ``left_by`` and ``left_at`` are null while it holds.
    """

    file: str
    by: str
    at: str
    left_by: str | None = None
    left_at: str | None = None


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
        return self.rules.on(self.clock().astimezone(self.zone).date())

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
            held = [*(head.book for head in writer.heads()), *writer.received_books()]
            refused = sorted({book for book in held if not law.keeps(owner, book).allowed})
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

    def adopt(self, file: str, folder: Path, name: str) -> None:
        """Adopt an optional file of rules, on somebody's word.

        Raises ``RulesFault`` where there is none of that name.
        """
        with self.ledger.store.writer() as writer:
            if any(one.file == file for one in adopted_in(writer)):
                return
            kept = kept_in(writer, ADOPTED, Adopted)
            kept.append(Adopted(file, name, moment_text(self.clock())))
            read_rules(folder, tuple(one.file for one in kept if one.left_at is None))
            keep(writer, ADOPTED, kept)

    def leave(self, file: str, name: str) -> None:
        """Leave an optional file of rules, on somebody's word; that it held once stays told.

        Raises ``DeskError`` where the home has not adopted it.
        """
        with self.ledger.store.writer() as writer:
            kept = kept_in(writer, ADOPTED, Adopted)
            held = [at for at, one in enumerate(kept) if one.file == file and one.left_at is None]
            if not held:
                raise DeskError(
                    f"this home has not adopted {file}; `whoseword rules adopt` lists what it has"
                )
            left = moment_text(self.clock())
            kept[held[0]] = msgspec.structs.replace(kept[held[0]], left_by=name, left_at=left)
            keep(writer, ADOPTED, kept)

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
        self,
        view: str,
        incident: str | None,
        reader: Reader,
        as_of: datetime | None = None,
        review: str = "",
    ) -> tuple[datetime, Told]:
        """What a reader may open of an incident, or of all, up to a moment (now if none is named).

        The read is logged, under the name of the view it is for, before anything is given. The
        moment is taken in the writer's turn: whatever was recorded earlier is on the disk by then.
        Where nothing may be written nothing is logged: whoever holds such a file needs no desk.
        ``review`` is why somebody must review the read. Confidential addresses are covered.
        """
        try:
            with self.ledger.store.writer() as writer:
                asker = self._asker(writer, reader)
                found = opened(writer, asker, incident)
                log_opened(
                    writer, found, asker, Looking(view, incident, as_of or asker.now, review)
                )
        except LedgerReadOnly:
            with self.ledger.store.view() as home:
                asker = self._asker(home, reader)
                found = opened(home, asker, incident)
        moment = as_of or asker.now
        return moment, self._told(view, incident, found, moment)

    def look_out(
        self, incident: str, reader: Reader, until: datetime | None = None
    ) -> tuple[datetime, Told]:
        """The same, for a program that watches; nothing is logged.

        Nobody may be given anything of it: what is told to somebody is read for that (``read``).
        """
        with self.ledger.store.view() as home:
            asker = self._asker(home, reader)
            found = opened(home, asker, incident)
        moment = until or asker.now
        return moment, self._told("watch", incident, found, moment)

    def _told(self, view: str, incident: str | None, found: Opened, moment: datetime) -> Told:
        """The statements of what is open, up to a moment, with confidential addresses covered."""
        told = self.ledger.told(found.books, incident=incident, until=moment)
        with self.ledger.store.view() as home:
            granted = granted_told(home, found, moment)
            cover = cover_of(home)
        every = Told(told.statements + granted.statements, told.removed + granted.removed)
        if cover and view not in COVERS_ITSELF:
            every = Told(
                [cover.statement(one) for one in every.statements], cover.value(every.removed)
            )
        return every

    def _asker(self, view: View, reader: Reader) -> Asker:
        """A reader, as it asks this home now."""
        owner = parse_reader(view.setting(OWNER) or DEFAULT_OWNER)
        zone = parse_zone(view.setting(ZONE) or "UTC")
        return Asker(reader, owner, self.law, self.clock(), zone)

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
            hidden, cover = quarantined_spans(home), cover_of(home)
        shown = [without(document, hidden) for document in found if document is not None]
        return [covered(document, cover) for document in shown] if cover else shown

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
                    refuse_what_went(writer, shown)
                writer.note_copy(copy)
        except LedgerReadOnly:
            return


def adopted_in(view: View) -> list[Adopted]:
    """The optional files of rules that hold in a home, in the order in which it adopted them."""
    return [one for one in kept_in(view, ADOPTED, Adopted) if one.left_at is None]


def left_in(view: View) -> list[Adopted]:
    """The optional files of rules that a home has left again, in the order of adopting."""
    return [one for one in kept_in(view, ADOPTED, Adopted) if one.left_at is not None]
