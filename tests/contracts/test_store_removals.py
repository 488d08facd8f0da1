"""What every store owes a seal: what is removed and blanked, found and logged."""

from hashlib import sha256

import msgspec
import pytest

from stored_rows import DOCUMENT, TEXT_SHA256, entries_of, head, row
from whoseword.books.errors import LedgerDamaged
from whoseword.books.protocol import Blank, Copy, Document, Draft, Removal, Row, Store
from whoseword.books.removings import Removing


def test_what_was_removed_is_told_in_the_order_done(store: Store) -> None:
    entries_of(store)
    done = [
        Removal("county/incident", 1, Removing.QUARANTINED, 0),
        Removal("county/incident", 1, Removing.RETURNED, 2),
    ]
    for removal in done:
        with store.writer() as writer:
            writer.remove(removal)
            assert writer.removals("county/incident")[-1] == removal
    with store.view() as view:
        assert view.removals("county/incident") == done
        assert view.removals("county/public") == []
        assert [one.body for one in view.rows("county/incident", None, None)].count(None) == 0
    with store.evidence() as evidence:
        assert evidence.stored_removals("county/incident") == [
            (1, b"quarantined", 0),
            (1, b"returned", 2),
        ]


def test_a_seal_destroys_the_body_and_its_salt(store: Store) -> None:
    rows = entries_of(store)
    with store.writer() as writer:
        writer.remove(Removal("county/incident", 1, Removing.SEALED, 2))
    with store.view() as view:
        found = list(view.rows("county/incident", None, None))
        assert found == [rows[0], Row(rows[1].entry, None, None), rows[2]]
        assert view.row("county/incident", rows[1].entry.id) == found[1]
        assert list(view.rows_holding(rows[1].body or b"")) == []
    with store.evidence() as evidence:
        assert evidence.bodies("county/incident") == 2
        assert [stored[9] for stored in evidence.stored("county/incident")].count(None) == 1
        assert list(evidence.flaws()) == []


@pytest.mark.parametrize("what", list(Removing))
def test_what_was_sealed_is_not_removed_again(store: Store, what: Removing) -> None:
    entries_of(store)
    with store.writer() as writer:
        writer.remove(Removal("county/incident", 1, Removing.SEALED, 2))
    with pytest.raises(LedgerDamaged, match="stands there already"), store.writer() as writer:
        writer.remove(Removal("county/incident", 1, what, 0))


def test_what_was_sealed_does_not_come_back(store: Store) -> None:
    rows = entries_of(store)
    with store.view() as view:
        bodies = list(view.table("bodies"))
    with store.writer() as writer:
        writer.remove(Removal("county/incident", 1, Removing.SEALED, 2))
    with pytest.raises(LedgerDamaged, match="does not come back"), store.writer() as writer:
        writer.load("bodies", bodies[1:2])
    with store.view() as view:
        assert view.row("county/incident", rows[1].entry.id) == Row(rows[1].entry, None, None)


@pytest.mark.parametrize("removal", [(1, 9), (9, 1)])
def test_only_what_stands_is_removed_and_by_an_act_that_stands(
    store: Store, removal: tuple[int, int]
) -> None:
    entries_of(store)
    with pytest.raises(LedgerDamaged), store.writer() as writer:
        writer.remove(Removal("county/incident", removal[0], Removing.QUARANTINED, removal[1]))
    with store.view() as view:
        assert view.removals("county/incident") == []


@pytest.mark.parametrize("words", ["Zeile ä", "𝄞", "100% of 'it' \\ _"])
def test_words_are_found_wherever_they_are_held(store: Store, words: str) -> None:
    rows = [
        Row(row("county/incident", seq).entry, b"s" * 32, body.encode())
        for seq, body in enumerate(["", words, f"before {words} after", words[:-1]])
    ]
    holding = Document(
        sha256="1" * 64, name="a", media_type="text/plain", bytes=b"", text=f"a{words}"
    )
    other = Document(sha256="2" * 64, name="b", media_type="text/plain", bytes=b"", text=words[1:])
    with store.writer() as writer:
        writer.append(rows, [head("county/incident", 4)])
        for document in (other, holding):
            writer.keep_document(document, "harrow-lane", "0")
    with store.view() as view:
        found = sorted(view.rows_holding(words.encode()), key=lambda one: one.entry.seq)
        assert found == rows[1:3]
        assert view.documents_holding(words) == [holding.sha256]


def test_a_blank_takes_the_place_of_what_was_kept(store: Store) -> None:
    entries_of(store)
    blanked = "Zeile ▇\nline 𝄞\n"
    digest = sha256(blanked.encode()).hexdigest()
    blank = Blank(DOCUMENT.sha256, 6, 7, digest, "county/incident", 1)
    with store.writer() as writer:
        writer.keep_document(DOCUMENT, "harrow-lane", TEXT_SHA256)
    with pytest.raises(LedgerDamaged, match="under a seal only"), store.writer() as writer:
        writer.blank(blank, blanked)
    with store.writer() as writer:
        writer.remove(Removal("county/incident", 1, Removing.SEALED, 2))
        writer.blank(blank, blanked)
    with store.view() as view:
        assert view.blanks(DOCUMENT.sha256) == [blank]
        assert view.blanks("0") == []
        assert view.document(DOCUMENT.sha256) == msgspec.structs.replace(
            DOCUMENT, bytes=b"", text=blanked
        )
        assert view.text_of(DOCUMENT.sha256) == blanked
        assert view.documents_holding("ä") == []
    with store.evidence() as evidence:
        assert evidence.stored_blanks(DOCUMENT.sha256) == [
            (6, 7, digest.encode(), b"county/incident", 1)
        ]
        assert evidence.stored_document(DOCUMENT.sha256) == (
            b"",
            blanked.encode(),
            TEXT_SHA256.encode(),
        )


def test_drafts_of_a_document_are_found_whatever_their_incident(store: Store) -> None:
    drafts = [
        Draft(draft=f"d{n}", incident=incident, document=document, json=b"{}")
        for n, (incident, document) in enumerate([("b", "1"), ("a", "1"), ("a", "2")])
    ]
    with store.writer() as writer:
        writer.keep_drafts(drafts)
    with store.view() as view:
        assert view.drafts_on("1") == drafts[:2]
        assert view.drafts_on("3") == []


def test_reads_are_logged_in_order_and_once(store: Store) -> None:
    with store.view() as view:
        assert (list(view.reads()), view.last_read()) == ([], None)
    for number in range(3):
        with store.writer() as writer:
            writer.note_read(number, b"{%d}" % number, bytes([number]) * 32)
    with pytest.raises(LedgerDamaged, match="logged there already"), store.writer() as writer:
        writer.note_read(2, b"other", b"2" * 32)
    with store.view() as view:
        assert list(view.reads()) == [(b"{%d}" % n, bytes([n]) * 32) for n in range(3)]
        assert view.last_read() == (3, b"\x02" * 32)
    with store.evidence() as evidence:
        assert [stored[0] for stored in evidence.stored_reads()] == [0, 1, 2]


def test_copies_are_registered_in_order(store: Store) -> None:
    copies = [
        Copy("/b/ä.html", "page", "harrow-lane", "1" * 64, 5),
        Copy("/a", "backup", "", "", 4),
    ]
    for copy in copies:
        with store.writer() as writer:
            writer.note_copy(copy)
    with store.view() as view:
        assert view.copies() == copies
