"""What every store owes another agency's statements: kept as they came, and gone when sealed."""

from hashlib import sha256

import pytest

from received_rows import HOUR, THEIRS, bundle, received, sealed
from telling import uuid7
from whoseword.books.errors import LedgerDamaged
from whoseword.books.exchanged import RuleSetKept
from whoseword.books.protocol import Store
from whoseword.books.tables import OVERWRITE

ACT = uuid7(60_000)


def test_what_was_received_comes_back_as_it_came(store: Store) -> None:
    rows = [received(seq) for seq in (4, 0, 7)]
    with store.writer() as writer:
        writer.receive(bundle(), rows)
        assert writer.received_at(THEIRS, 4) == rows[0]
    with store.view() as view:
        assert view.bundles() == [bundle()]
        assert list(view.received(THEIRS, None, None)) == [rows[1], rows[0], rows[2]]
        assert view.received_row(THEIRS, rows[2].id) == rows[2]
        assert view.received_at(THEIRS, 7) == rows[2]
        assert view.received_row("county/incident", rows[2].id) is None
        assert view.received_at(THEIRS, 5) is None


def test_a_bundle_of_many_comes_back_whole(store: Store) -> None:
    rows = [received(seq) for seq in range(2500)]
    with store.writer() as writer:
        writer.receive(bundle(), rows)
    with store.view() as view:
        assert list(view.received(THEIRS, None, None)) == rows


def test_bundles_are_told_in_the_order_received(store: Store) -> None:
    came = [bundle(2), bundle(0, "ä@shore"), bundle(1)]
    for one in came:
        with store.writer() as writer:
            writer.receive(one, [])
    with store.view() as view:
        assert view.bundles() == came


def test_received_books_are_sorted_by_code_point_and_are_no_books_of_this_home(
    store: Store,
) -> None:
    books = ["b/public", "a_b/public", "a-b/public", "Z/public", "ä/public", "a/public"]
    with store.writer() as writer:
        writer.receive(bundle(), [received(0)._replace(book=book) for book in books])
    with store.view() as view:
        assert view.received_books() == sorted(books)
        assert view.heads() == []
        assert view.latest() is None
    with store.evidence() as evidence:
        assert evidence.names() == []
        assert evidence.received_names() == sorted(books)


def test_what_was_received_is_picked_by_incident_and_moment(store: Store) -> None:
    early, late = bundle(0), bundle(1)
    rows = [
        received(seq, incident=("mill-road", "harrow-lane")[seq % 2], of=(early, late)[seq > 3])
        for seq in range(6)
    ]
    with store.writer() as writer:
        writer.receive(late, rows[4:])
        writer.receive(early, rows[:4])
    with store.view() as view:
        assert list(view.received(THEIRS, "mill-road", None)) == rows[::2]
        assert list(view.received(THEIRS, None, early.received)) == rows[:4]
        assert list(view.received(THEIRS, "harrow-lane", late.received - 1)) == [rows[1], rows[3]]
        assert list(view.received("county/incident", None, None)) == []


def test_what_is_received_again_stays_as_it_first_came(store: Store) -> None:
    rows = [received(seq) for seq in range(3)]
    again = [received(seq, of=bundle(1)) for seq in range(5)]
    with store.writer() as writer:
        writer.receive(bundle(), rows)
    with store.writer() as writer:
        writer.receive(bundle(1), [*again, again[4]])
        writer.receive(bundle(1), again)
    with store.view() as view:
        assert list(view.received(THEIRS, None, None)) == [*rows, *again[3:]]
        assert view.bundles() == [bundle(), bundle(1)]


@pytest.mark.parametrize("other", ["entry", "id"])
def test_another_entry_in_the_place_of_a_received_one_is_refused(store: Store, other: str) -> None:
    first = received(3)
    changed = {"entry": received(3, weapon="gun"), "id": received(3)._replace(seq=4)}[other]
    with store.writer() as writer:
        writer.receive(bundle(), [first])
    with pytest.raises(LedgerDamaged, match="stands there already"), store.writer() as writer:
        writer.receive(bundle(1), [received(8, of=bundle(1)), changed])
    with store.view() as view:
        assert list(view.received(THEIRS, None, None)) == [first]
        assert view.bundles() == [bundle()]


def test_nothing_is_received_but_in_a_bundle(store: Store) -> None:
    with pytest.raises(LedgerDamaged), store.writer() as writer:
        writer.receive(bundle(1), [received(0, of=bundle(2))])


def test_a_seal_destroys_the_words_and_leaves_the_entry(store: Store) -> None:
    rows = [received(seq) for seq in range(3)]
    with store.writer() as writer:
        writer.receive(bundle(), rows)
        writer.seal_received(THEIRS, 1, ACT)
    gone = sealed(rows[1], ACT)
    with store.view() as view:
        assert list(view.received(THEIRS, None, None)) == [rows[0], gone, rows[2]]
        assert view.received_row(THEIRS, rows[1].id) == gone
        assert list(view.received_holding((rows[1].body or b"")[:60])) == []
        assert view.setting(OVERWRITE) == "due"
    store.overwrite()
    with store.view() as view:
        assert view.setting(OVERWRITE) == ""
        assert view.received_at(THEIRS, 1) == gone


def test_what_was_sealed_does_not_come_back(store: Store) -> None:
    row = received(1)
    with store.writer() as writer:
        writer.receive(bundle(), [row])
    with store.view() as view:
        bodies = list(view.table("received_bodies"))
    with store.writer() as writer:
        writer.seal_received(THEIRS, 1, ACT)
    with store.writer() as writer:
        writer.receive(bundle(1), [row])
    with pytest.raises(LedgerDamaged, match="does not come back"), store.writer() as writer:
        writer.load("received_bodies", bodies)
    with store.view() as view:
        assert view.received_at(THEIRS, 1) == sealed(row, ACT)


def test_what_comes_sealed_enters_without_words(store: Store) -> None:
    """Even where somebody forgot to leave them out."""
    rows = [sealed(received(0), ACT), received(1)._replace(sealed_by=ACT)]
    with store.writer() as writer:
        writer.receive(bundle(), rows)
    with store.view() as view:
        assert list(view.received(THEIRS, None, None)) == [rows[0], sealed(rows[1], ACT)]
        assert list(view.table("received_bodies")) == []


def test_a_received_statement_is_sealed_once_and_only_where_one_stands(store: Store) -> None:
    with store.writer() as writer:
        writer.receive(bundle(), [received(1)])
        writer.seal_received(THEIRS, 1, ACT)
    with pytest.raises(LedgerDamaged, match="sealed once"), store.writer() as writer:
        writer.seal_received(THEIRS, 1, uuid7(60_001))
    with pytest.raises(LedgerDamaged), store.writer() as writer:
        writer.seal_received(THEIRS, 2, ACT)
    with store.view() as view:
        assert [row.sealed_by for row in view.received(THEIRS, None, None)] == [ACT]


@pytest.mark.parametrize("words", ["Zeile ä", "𝄞", "100% of 'it' _"])
def test_received_words_are_found_wherever_they_are_held(store: Store, words: str) -> None:
    rows = [received(0, weapon=f"a {words[1:]} b"), received(1, weapon=f"a {words} b")]
    with store.writer() as writer:
        writer.receive(bundle(), rows)
    with store.view() as view:
        assert list(view.received_holding(words.encode())) == rows[1:]
        assert list(view.rows_holding(words.encode())) == []


def test_rule_sets_are_kept_once_and_in_order(store: Store) -> None:
    kept = [
        RuleSetKept(sha256(files).hexdigest(), HOUR * number, files)
        for number, files in enumerate([b'{"b":"1"}', b'{"a":"\xc3\xa4"}'])
    ]
    for one in (*kept, kept[0]._replace(recorded=9)):
        with store.writer() as writer:
            writer.note_rule_set(one)
    with store.view() as view:
        assert view.rule_sets() == kept


def test_evidence_tells_received_rows_as_they_lie_there(store: Store) -> None:
    rows = [received(0), received(1)]
    with store.writer() as writer:
        writer.receive(bundle(), rows)
        writer.seal_received(THEIRS, 1, ACT)
    with store.evidence() as evidence:
        one = bundle().sha256.encode()
        assert list(evidence.stored_received(THEIRS)) == [
            (0, rows[0].id.encode(), b"harrow-lane", rows[0].entry, *rows[0][7:9], None, one),
            (1, rows[1].id.encode(), b"harrow-lane", rows[1].entry, None, None, ACT.encode(), one),
        ]
        assert list(evidence.stored_received("county/incident")) == []
        assert list(evidence.received_astray(THEIRS)) == []
        assert list(evidence.flaws()) == []
