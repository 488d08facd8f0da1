"""Law 2 as a state machine: whatever is asked of a ledger, it holds what a plain list would hold.

Appends, the same again, the same id with other words, corrections, backfills, documents that come
late, a clock that jumps, a home closed and opened again; after each step the books are verified
and every size and root ever seen is still a prefix.
"""

import shutil
import tempfile
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
)

from bookkeeping import NOON, Clock, again, ledger_in, said
from telling import CHIEF, SERGEANT, TENANT, uuid7
from whoseword.books import BatchRefused, Document, Expected, Ledger, Receipt, verify
from whoseword.words import Statement

BOOKS = ["county/incident", "county/incident/calls", "county/public", "water/incident"]
SPEAKERS = {"chief": CHIEF, "sergeant": SERGEANT, "tenant": TENANT}
TEXT = "She had a knife, the chief said."
DIGEST = sha256(TEXT.encode()).hexdigest()
SOURCES = {
    "entered": {"entered_by": "analyst"},
    "quoted": {"document": DIGEST, "start": 8, "end": 15, "quote": "a knife"},
    "misquoted": {"document": DIGEST, "start": 7, "end": 14, "quote": "a knife"},
}

books = st.sampled_from(BOOKS)
speakers = st.sampled_from(sorted(SPEAKERS))
weapons = st.sampled_from(["knife", "gun", "letter opener"])
sources = st.sampled_from(sorted(SOURCES))


class LedgerMachine(RuleBasedStateMachine):
    """The ledger on one side, a dictionary on the other."""

    stood = Bundle("stood")

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp())
        self.clock = Clock()
        self.ledger = self.opened()
        self.model: dict[str, list[tuple[Receipt, Statement]]] = {}
        self.latest = NOON - timedelta(days=1)
        self.seen: list[Expected] = []
        self.held = False
        self.ids = iter(range(1, 10_000))

    def opened(self) -> Ledger:
        return ledger_in(self.home, self.clock)

    def teardown(self) -> None:
        self.ledger.close()
        shutil.rmtree(self.home)

    def stands(self, receipts: list[Receipt], given: list[Statement], recorded: datetime) -> None:
        for receipt, statement in zip(receipts, given, strict=True):
            held = self.model.setdefault(receipt.book, [])
            assert (receipt.book, receipt.seq) == (statement.book, len(held))
            assert receipt.id == statement.id
            held.append((receipt, again(statement, recorded=recorded)))

    def append(self, given: list[Statement]) -> list[Receipt]:
        receipts = self.ledger.append(given)
        if given:  # A batch of nothing is recorded at no moment.
            self.latest = max(self.latest, self.clock.now)
        self.stands(receipts, given, self.latest)
        return receipts

    def fresh(
        self, book: str, speaker: str, weapon: str, source: str, **parts: object
    ) -> Statement:
        return said(
            weapon,
            by=SPEAKERS[speaker],
            book=book,
            id=uuid7(next(self.ids)),
            source=SOURCES[source],
            **parts,
        )

    @initialize(target=stood)
    def begin(self) -> Statement:
        first = self.fresh(BOOKS[0], "chief", "knife", "entered")
        self.append([first])
        return first

    @rule(target=stood, book=books, speaker=speakers, weapon=weapons, source=sources)
    def one_is_said(self, book: str, speaker: str, weapon: str, source: str) -> object:
        statement = self.fresh(book, speaker, weapon, source)
        if source == "misquoted" and self.held:
            with pytest.raises(BatchRefused):
                self.ledger.append([statement])
            return multiple()
        self.append([statement])
        return statement

    @rule(places=st.lists(st.tuples(books, speakers, weapons), max_size=5))
    def many_are_said_over_several_books(self, places: list[tuple[str, str, str]]) -> None:
        self.append([self.fresh(*place, "entered") for place in places])

    @rule(earlier=stood)
    def the_same_is_said_again(self, earlier: Statement) -> None:
        (receipt,) = self.ledger.append([earlier])
        assert receipt in [one for one, _ in self.model[earlier.book]]

    @rule(earlier=stood, weapon=weapons, book=books)
    def the_same_id_is_said_with_other_words(
        self, earlier: Statement, weapon: str, book: str
    ) -> None:
        other = said(f"other {weapon}", id=earlier.id, book=earlier.book)
        with pytest.raises(BatchRefused):
            self.ledger.append([self.fresh(book, "chief", weapon, "entered"), other])

    @rule(target=stood, earlier=stood, speaker=speakers, weapon=weapons, book=books)
    def one_is_corrected(self, earlier: Statement, speaker: str, weapon: str, book: str) -> object:
        correction = self.fresh(book, speaker, weapon, "entered", replaces=earlier.id)
        same_class = book.split("/")[:2] == earlier.book.split("/")[:2]
        same_voice = (speaker == "tenant") == (earlier.speaker.name == TENANT["name"])
        if same_class and same_voice:
            self.append([correction])
            return correction
        with pytest.raises(BatchRefused):
            self.ledger.append([correction])
        return multiple()

    @rule(book=books, weapon=weapons, days=st.integers(0, 90))
    def one_is_backfilled(self, book: str, weapon: str, days: int) -> None:
        recorded = self.clock.now - timedelta(days=days)
        statement = self.fresh(book, "tenant", weapon, "entered", recorded=recorded.isoformat())
        self.stands(self.ledger.append([statement], backfill=True), [statement], recorded)

    @rule()
    def a_document_is_kept(self) -> None:
        document = Document(
            sha256=DIGEST,
            name="release.txt",
            media_type="text/plain",
            bytes=TEXT.encode(),
            text=TEXT,
        )
        with self.ledger.store.writer() as writer:
            writer.keep_document(document, "harrow-lane", DIGEST)
        self.held = True

    @rule(seconds=st.integers(-3600, 3600))
    def the_clock_jumps(self, seconds: int) -> None:
        self.clock.move(seconds=seconds)

    @rule()
    def the_home_is_closed_and_opened(self) -> None:
        self.ledger.close()
        self.ledger = self.opened()

    @rule(earlier=consumes(stood))
    def nothing_is_forgotten(self, earlier: Statement) -> None:
        assert earlier.id in {one.id for one in self.ledger.statements([earlier.book])}

    @invariant()
    def the_books_hold_what_was_said(self) -> None:
        expected = [
            again(statement, recorded=statement.recorded)
            for book in sorted(self.model)
            for _, statement in self.model[book]
        ]
        found = [
            again(statement, recorded=statement.recorded, source=expected[at].source)
            for at, statement in enumerate(self.ledger.statements())
        ]
        assert found == expected

    @invariant()
    def every_earlier_root_is_a_prefix(self) -> None:
        verdict = verify(self.ledger.store, None, self.seen[-6:])
        assert verdict.faults == []
        self.seen += [Expected(*(one.book, one.size, one.root)) for one in verdict.books]


TestLedgerMachine = LedgerMachine.TestCase
TestLedgerMachine.settings = settings(
    max_examples=20,
    stateful_step_count=25,
    deadline=None,
    # Homes lie on a disk, and a disk may be busy.
    suppress_health_check=[HealthCheck.too_slow],
)
