"""What every store owes to rows that one statement lists."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from itertools import count
from typing import NamedTuple

import pytest

from telling import uuid7
from whoseword.books import Asked, Ledger
from whoseword.books.errors import LedgerDamaged, ListingRefused, RemovalRefused
from whoseword.books.listed import ListedRow, check_row, prove_row, row_id
from whoseword.books.listed_kept import ListedRemoval
from whoseword.books.protocol import Store
from whoseword.books.removings import Removing
from whoseword.books.verify import verify
from whoseword.words import Speaker, SpeakerKind, Stance, Statement
from whoseword.words.aftermath import Imported
from whoseword.words.statement import Source

BOOK = "harrow-clinic/response/contacts"
BATCH = uuid7(1)
BODIES = [b'{"agency":"harrow-clinic","line":%d}' % line for line in range(5)]


class Books(NamedTuple):
    ledger: Ledger
    store: Store


@pytest.fixture
def books(store: Store) -> Books:
    drawn = count(1)

    def entropy(size: int) -> bytes:
        return sha256(str(next(drawn)).encode()).digest()[:size]

    return Books(Ledger(store, lambda: datetime(2031, 3, 6, tzinfo=UTC), entropy), store)


def listing(book: str = BOOK) -> Statement:
    return Statement(
        id=BATCH,
        incident="contacts",
        book=book,
        speaker=Speaker("Harrow Clinic contacts", SpeakerKind.RECORD, "harrow-clinic"),
        stance=Stance.AFFIRMS,
        fact=Imported(batch="march"),
        source=Source(entered_by="A. Keeper"),
    )


def taken_in(books: Books) -> None:
    books.ledger.list_rows(BOOK, BATCH, 0, BODIES[:3])
    books.ledger.list_rows(BOOK, BATCH, 3, BODIES[3:])
    books.ledger.finish_listing(listing())


def asked(row: int, *by: str) -> Asked:
    return Asked(BOOK, f"{BATCH}#{row}", by or ("J. Clerk",), "Order 31-CV-7")


def faults(books: Books) -> list[str]:
    return [fault.what for fault in verify(books.store).faults]


def test_rows_are_kept_part_by_part_and_listed_by_one_statement(books: Books) -> None:
    taken_in(books)
    with books.store.view() as view:
        rows = list(view.listed(BOOK, BATCH))
        assert [row.body for row in rows] == BODIES
        assert len({row.salt for row in rows}) == len(BODIES)
        assert list(view.listed(BOOK, BATCH, 3)) == rows[3:]
        commitments = list(view.listed_commitments(BOOK, BATCH))
    (told,) = books.ledger.statements([BOOK])
    assert isinstance(told.fact, Imported)
    assert told.fact.rows == "5"
    for place, row in enumerate(rows):
        named = row_id(f"{BATCH}#{place}")
        assert named is not None
        proof = prove_row(named, commitments)
        check_row(proof, row.salt, row.body)
        assert proof.root.hex() == told.fact.root
    assert faults(books) == []


def test_the_same_is_said_once_and_nothing_is_added_to_it(books: Books) -> None:
    taken_in(books)
    assert books.ledger.finish_listing(listing()) == books.ledger.finish_listing(listing())
    with pytest.raises(ListingRefused, match="nothing is added"):
        books.ledger.list_rows(BOOK, BATCH, 5, [b"{}"])
    with pytest.raises(ListingRefused, match="its rows stay"):
        books.ledger.drop_listing(BOOK, BATCH)
    assert len(books.ledger.statements([BOOK])) == 1


def test_an_import_that_broke_off_is_nobodys_word_and_no_fault(books: Books) -> None:
    books.ledger.list_rows(BOOK, BATCH, 0, BODIES[:3])
    assert books.ledger.statements() == []
    assert faults(books) == []
    with pytest.raises(ListingRefused, match="somebody else"):
        books.ledger.list_rows(BOOK, BATCH, 1, BODIES[1:])
    books.ledger.drop_listing(BOOK, BATCH)
    with books.store.view() as view:
        assert list(view.listed(BOOK, BATCH)) == []
    taken_in(books)
    assert faults(books) == []


def test_a_seal_destroys_one_row_and_every_proof_still_holds(books: Books) -> None:
    taken_in(books)
    done = books.ledger.seal(asked(2))
    assert [receipt.book for receipt in done.receipts] == [BOOK]
    with books.store.view() as view:
        row = view.listed_row(BOOK, BATCH, 2)
        other = view.listed_row(BOOK, BATCH, 1)
        commitments = list(view.listed_commitments(BOOK, BATCH))
    assert row == ListedRow(2, commitments[2], None, None)
    assert other is not None
    for place in (1, 2):
        named = row_id(f"{BATCH}#{place}")
        assert named is not None
        check_row(prove_row(named, commitments), *((other.salt, other.body) if place == 1 else ()))
    assert faults(books) == []
    already = books.ledger.plan_seal(asked(2)).already
    assert already is not None
    assert (already.statement, already.ground) == (f"{BATCH}#2", "Order 31-CV-7")


def test_a_quarantined_row_is_put_back_or_sealed(books: Books) -> None:
    taken_in(books)
    books.ledger.quarantine(asked(1, "A. One", "B. Two"))
    with pytest.raises(RemovalRefused, match="already"):
        books.ledger.quarantine(asked(1, "A. One", "B. Two"))
    books.ledger.put_back(asked(1, "A. One", "B. Two"))
    books.ledger.quarantine(asked(1, "A. One", "B. Two"))
    books.ledger.seal(asked(1))
    with pytest.raises(RemovalRefused, match="cannot be put back"):
        books.ledger.put_back(asked(1, "A. One", "B. Two"))
    assert faults(books) == []


def test_a_row_that_is_not_there_is_not_removed(books: Books) -> None:
    taken_in(books)
    with pytest.raises(RemovalRefused, match="no row"):
        books.ledger.seal(asked(5))


@contextmanager
def refused(store: Store, match: str) -> Iterator[Callable[..., object]]:
    with pytest.raises(LedgerDamaged, match=match), store.writer() as writer:
        yield lambda rows: writer.list_rows(BOOK, BATCH, rows)


def test_the_store_itself_refuses_what_the_ledger_would(books: Books) -> None:
    taken_in(books)
    with refused(books.store, "nothing is added") as add:
        add([ListedRow(5, b"1" * 32, b"2" * 32, b"{}")])
    with pytest.raises(LedgerDamaged, match="never removed"), books.store.writer() as writer:
        writer.drop_listed(BOOK, BATCH)
    with pytest.raises(LedgerDamaged, match="no row is listed"), books.store.writer() as writer:
        writer.remove_listed(ListedRemoval(BOOK, BATCH, 9, Removing.SEALED, 0))


def test_a_seal_that_no_statement_says_is_a_fault(books: Books) -> None:
    taken_in(books)
    with books.store.writer() as writer:
        writer.remove_listed(ListedRemoval(BOOK, BATCH, 3, Removing.SEALED, 0))
    assert faults(books) == [f"row {BATCH}#3 is noted as sealed, and no statement says so"]


def test_rows_that_are_not_what_the_statement_states_are_a_fault(books: Books) -> None:
    with books.store.writer() as writer:
        row = ListedRow(0, b"1" * 32, b"2" * 32, b"{}")
        writer.list_rows(BOOK, BATCH, [row])
    books.ledger.finish_listing(listing())
    assert faults(books) == [f"row {BATCH}#0: its words are not those that were taken in"]
