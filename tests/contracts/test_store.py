"""What every store owes the books, run on each store that there is: rows, documents, drafts."""

import threading

import pytest

from bookkeeping import NOON
from stored_rows import DOCUMENT, TEXT, TEXT_SHA256, head, row
from whoseword.books.protocol import Document, Draft, Head, Store
from whoseword.words.times import microseconds


def test_rows_come_back_as_they_were_written(store: Store) -> None:
    rows = [row("county/incident", seq) for seq in range(2500)]
    with store.writer() as writer:
        writer.append(rows, [head("county/incident", 2500)])
    with store.view() as view:
        assert list(view.rows("county/incident", None, None)) == rows
        assert view.row("county/incident", "county/incident 7") == rows[7]
        assert view.row("county/incident", "another") is None
        assert view.head("county/incident") == head("county/incident", 2500)
        assert view.head("county/public") is None
        assert view.latest() == microseconds(NOON)


def test_a_view_picks_by_incident_and_moment(store: Store) -> None:
    rows = [
        row("county/incident", seq, incident=("mill-road", "harrow-lane")[seq % 2], minute=seq)
        for seq in range(6)
    ]
    with store.writer() as writer:
        writer.append(rows, [head("county/incident", 6)])
    until = rows[3].entry.recorded
    with store.view() as view:
        assert list(view.rows("county/incident", "mill-road", None)) == rows[::2]
        assert list(view.rows("county/incident", None, until)) == rows[:4]
        assert list(view.rows("county/incident", "harrow-lane", until)) == [rows[1], rows[3]]


def test_books_are_sorted_by_code_point(store: Store) -> None:
    books = ["b/public", "a_b/public", "a-b/public", "a/public/z", "a/public"]
    with store.writer() as writer:
        for book in books:
            writer.append([row(book, 0)], [head(book, 1)])
    with store.view() as view:
        assert [one.book for one in view.heads()] == sorted(books)
    with store.evidence() as evidence:
        assert evidence.names() == sorted(books)


def test_a_block_that_raises_writes_nothing(store: Store) -> None:
    def fail_halfway() -> None:
        with store.writer() as writer:
            writer.append([row("county/incident", 0)], [head("county/incident", 1)])
            writer.set_setting("owner", "oversight@county")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()
    with store.view() as view:
        assert view.heads() == []
        assert view.setting("owner") is None
    with store.writer() as writer:
        writer.append([row("county/incident", 0)], [head("county/incident", 1)])


def test_a_view_stays_at_its_moment_while_others_write(store: Store) -> None:
    with store.view() as view:
        assert view.heads() == []
        with store.writer() as writer:
            writer.append([row("county/incident", 0)], [head("county/incident", 1)])
        assert view.heads() == []
    with store.view() as view:
        assert len(view.heads()) == 1


def test_the_writer_sees_what_it_wrote(store: Store) -> None:
    with store.writer() as writer:
        writer.append([row("county/incident", 0)], [head("county/incident", 1)])
        assert writer.row("county/incident", "county/incident 0") == row("county/incident", 0)


def test_a_head_moves_on(store: Store) -> None:
    for size in (1, 2):
        with store.writer() as writer:
            writer.append([row("county/incident", size - 1)], [head("county/incident", size)])
    with store.view() as view:
        assert view.heads() == [head("county/incident", 2)]


def test_a_document_is_kept_once_and_as_it_was(store: Store) -> None:
    with store.writer() as writer:
        writer.keep_document(DOCUMENT, "harrow-lane", TEXT_SHA256)
        later = Document(
            sha256=DOCUMENT.sha256, name="x", media_type="y", bytes=b"z", text="other words"
        )
        writer.keep_document(later, "mill-road", "0")
        writer.keep_document(later, "mill-road", "0")
    with store.view() as view:
        assert view.document(DOCUMENT.sha256) == DOCUMENT
        assert view.text_of(DOCUMENT.sha256) == TEXT
        assert view.documents("harrow-lane") == view.documents("mill-road") == [DOCUMENT.sha256]
        assert (view.document("0"), view.text_of("0"), view.documents("elm")) == (None, None, [])
    with store.evidence() as evidence:
        assert evidence.kept() == [DOCUMENT.sha256]
        assert evidence.stored_document(DOCUMENT.sha256) == (
            b"original",
            TEXT.encode(),
            TEXT_SHA256.encode(),
        )


def test_drafts_come_and_go(store: Store) -> None:
    drafts = [
        Draft(draft=f"d{n}", incident="harrow-lane", document=DOCUMENT.sha256, json=b"{}")
        for n in (3, 1, 2)
    ]
    other = Draft(draft="o", incident="mill-road", document=DOCUMENT.sha256, json=b"[]")
    with store.writer() as writer:
        writer.keep_drafts([*drafts, other])
    with store.writer() as writer:
        writer.drop_drafts(["d1", "unknown"])
        writer.keep_drafts([Draft(draft="d3", incident="harrow-lane", document="", json=b"{1}")])
    with store.view() as view:
        assert [(one.draft, one.json) for one in view.drafts("harrow-lane")] == [
            ("d3", b"{1}"),
            ("d2", b"{}"),
        ]
        assert view.drafts("mill-road") == [other]


def test_a_setting_is_what_was_told_last(store: Store) -> None:
    for owner in ("oversight@county", "prosecutor@county"):
        with store.writer() as writer:
            writer.set_setting("owner", owner)
    with store.view() as view:
        assert view.setting("owner") == "prosecutor@county"


def test_a_sound_store_has_no_flaws(store: Store) -> None:
    with store.writer() as writer:
        writer.append([row("county/incident", 0)], [head("county/incident", 1)])
    with store.evidence() as evidence:
        assert list(evidence.flaws()) == []
        assert evidence.bodies("county/incident") == 1
        assert list(evidence.bodies_without_entry("county/incident")) == []
        assert evidence.stored_head("county/incident") == head("county/incident", 1)[1:3]
        assert evidence.stored_head("county/public") is None


def test_two_writers_take_turns(store: Store) -> None:
    together = threading.Barrier(4, timeout=30)
    inside: list[int] = []
    most: list[int] = []

    def write(number: int) -> None:
        together.wait()
        for _ in range(5):
            with store.writer() as writer:
                inside.append(number)
                most.append(len(inside))
                seq = (writer.head("county/incident") or Head("", 0, b"", None)).size
                writer.append([row("county/incident", seq)], [head("county/incident", seq + 1)])
                inside.remove(number)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(most) == {1}
    with store.view() as view:
        assert [one.entry.seq for one in view.rows("county/incident", None, None)] == [*range(20)]
