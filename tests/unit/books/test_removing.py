"""What a seal destroys and leaves, and what quarantine takes out of sight and puts back."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bookkeeping import BOOK, Clock, again, ledger_in, said
from received_rows import THEIRS, bundle, received
from telling import CHIEF, SERGEANT, TENANT, uuid7
from whoseword.books import (
    Asked,
    BatchRefused,
    Document,
    Draft,
    Expected,
    Ledger,
    RemovalRefused,
    verify,
)
from whoseword.books.copies import BLOCK
from whoseword.books.removings import Removing
from whoseword.words import Statement

TEXT = (
    "The chief spoke on Friday. Rosa Lind, a tenant, said that the boy on the stairs held a knife. "
    "She also said that two shots were fired.\n\nThe boy on the\nstairs held a knife, she said again."
)
DIGEST = sha256(TEXT.encode()).hexdigest()
HELD = "the boy on the stairs held a knife"
ORDER = "Circuit Court 12, No. 44"
QUOTING = {"document": "0" * 64, "start": 0, "end": 23}


def quoted(words: str, number: int, **parts: Any) -> Statement:
    """A statement that quotes the document."""
    start = TEXT.index(words)
    source = {"document": DIGEST, "start": start, "end": start + len(words), "quote": words}
    return said("knife", **({"by": TENANT} | parts), id=uuid7(number), source=source)


def keep(ledger: Ledger, *drafts: Draft) -> None:
    document = Document(
        sha256=DIGEST, name="story.txt", media_type="text/plain", bytes=TEXT.encode(), text=TEXT
    )
    with ledger.store.writer() as writer:
        writer.keep_document(document, "harrow-lane", DIGEST)
        writer.keep_drafts(drafts)


def draft(name: str, quoting: tuple[int, int], cue: tuple[int, int] | None = None) -> Draft:
    span = f'"cue":{list(cue)},' if cue else ""
    json = f'{{"draft":"{name}",{span}"source":{{"start":{quoting[0]},"end":{quoting[1]}}}}}'
    return Draft(draft=name, incident="mill-road", document=DIGEST, json=json.encode())


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with ledger_in(tmp_path / "home", Clock()) as opened:
        yield opened


def seal(ledger: Ledger, number: int, book: str = BOOK) -> None:
    ledger.seal(Asked(book, uuid7(number), ("clerk",), ORDER))


def two(
    number: int, *, by: tuple[str, ...] = ("Ana Ruiz", "Bo Lee"), why: str = "misfiled"
) -> Asked:
    return Asked(BOOK, uuid7(number), by, why)


def test_a_seal_leaves_the_entry_and_says_so_in_the_same_book(ledger: Ledger) -> None:
    ledger.append([said("knife", id=uuid7(1)), said("gun", id=uuid7(2))])
    before = verify(ledger.store).books[0]
    seal(ledger, 1)
    told = ledger.told()
    (marker,) = told.removed
    assert (marker.statement, marker.state) == (uuid7(1), "sealed")
    assert (marker.by, marker.ground) == (("clerk",), ORDER)
    act = next(one for one in told.statements if one.id == marker.act)
    assert (act.book, act.stance.value, act.signed_by) == (BOOK, "does", "clerk")
    assert [one.id for one in told.statements] == [uuid7(2), marker.act]
    with ledger.store.view() as view:
        row = view.row(BOOK, uuid7(1))
        assert row is not None
        assert (row.entry.seq, row.salt, row.body) == (0, None, None)
    verdict = verify(ledger.store, None, [Expected(before.book, before.size, before.root)])
    assert (verdict.faults, verdict.books[0].size) == ([], 3)


def test_what_was_sealed_does_not_come_back(ledger: Ledger) -> None:
    statement = said("knife", id=uuid7(1))
    ledger.append([statement])
    seal(ledger, 1)
    with pytest.raises(BatchRefused, match="was sealed"):
        ledger.append([again(statement)])
    with pytest.raises(BatchRefused, match="names no earlier statement"):
        ledger.append([said("none", replaces=uuid7(1))])
    assert len(ledger.told().removed) == 1


def test_a_seal_is_asked_for_twice_and_done_once(ledger: Ledger) -> None:
    ledger.append([said("knife", id=uuid7(1))])
    seal(ledger, 1)
    done = ledger.seal(Asked(BOOK, uuid7(1), ("another clerk",), "another order"))
    assert done.receipts == ()
    assert done.plan.already is not None
    assert done.plan.already.ground == ORDER
    assert verify(ledger.store).books[0].size == 2


def test_the_sentence_goes_but_not_what_others_quote_of_the_document(ledger: Ledger) -> None:
    keep(ledger)
    ledger.append([quoted(HELD, 1), quoted("two shots were fired", 2)])
    seal(ledger, 1)
    with ledger.store.view() as view:
        text = view.text_of(DIGEST)
        document = view.document(DIGEST)
    assert text is not None
    assert len(text) == len(TEXT)
    assert "Rosa Lind" not in text
    assert "knife" not in text
    assert "stairs" not in text
    assert text.startswith("The chief spoke on Friday. " + BLOCK)
    assert "She also said that two shots were fired." in text
    assert document is not None
    assert document.bytes == b""
    assert verify(ledger.store).ok


def test_words_of_another_statement_in_the_sealed_sentence_stay(ledger: Ledger) -> None:
    keep(ledger)
    ledger.append([quoted("the boy on the stairs", 1), quoted("held a knife", 2, by=SERGEANT)])
    seal(ledger, 1)
    with ledger.store.view() as view:
        text = view.text_of(DIGEST)
    assert text is not None
    start = TEXT.index("held a knife")
    assert text[start : start + 12] == "held a knife"
    assert "the boy" not in text
    assert verify(ledger.store).ok


def test_every_statement_that_quotes_the_same_words_is_a_copy(ledger: Ledger) -> None:
    keep(ledger)
    ledger.append(
        [
            quoted(HELD, 1),
            quoted("held a knife", 2),
            quoted("two shots were fired", 3),
            quoted(HELD, 4, book="water/inquiry"),
        ]
    )
    seal(ledger, 1)
    told = ledger.told()
    assert {(one.book, one.statement) for one in told.removed} == {
        (BOOK, uuid7(1)),
        (BOOK, uuid7(2)),
        ("water/inquiry", uuid7(4)),
    }
    acts = {one.id: one for one in told.statements}
    assert all(acts[one.act].book == one.book for one in told.removed)


def test_a_copy_in_another_book_says_nothing_of_the_order_nor_for_its_custodian(
    ledger: Ledger,
) -> None:
    keep(ledger)
    ledger.append([quoted(HELD, 1), quoted(HELD, 4, book="water/public")])
    seal(ledger, 1)
    (named, copy) = ledger.told().removed
    assert (named.book, named.by, named.ground) == (BOOK, ("clerk",), ORDER)
    assert (copy.book, copy.by) == ("water/public", ("keeper of the home",))
    assert copy.ground == "an order that is kept elsewhere"
    (act,) = ledger.statements(["water/public"])
    assert (act.speaker.party, act.signed_by) == (None, "keeper of the home")
    assert "clerk" not in str(act)
    assert ORDER not in str(act)


def test_what_another_speaker_says_at_another_place_is_no_copy(ledger: Ledger) -> None:
    keep(ledger)
    again = "The boy on the\nstairs held a knife"
    ledger.append([quoted(HELD, 1), quoted(again, 2, by=CHIEF), quoted("She also said", 3)])
    seal(ledger, 1)
    told = ledger.told()
    assert [one.statement for one in told.removed] == [uuid7(1)]
    with ledger.store.view() as view:
        text = view.text_of(DIGEST)
    assert text is not None
    assert again in text
    assert HELD not in text
    assert verify(ledger.store).ok


def test_the_same_speaker_with_the_same_words_at_another_place_is_a_copy(ledger: Ledger) -> None:
    keep(ledger)
    ledger.append([quoted(HELD, 1), quoted("The boy on the\nstairs held a knife", 2)])
    seal(ledger, 1)
    assert len(ledger.told().removed) == 2
    with ledger.store.view() as view:
        assert "stairs" not in (view.text_of(DIGEST) or "")


def test_nobody_says_an_act_but_the_ledger(ledger: Ledger) -> None:
    ledger.append([said("knife", id=uuid7(1))])
    forged = msgspec.structs.replace(said("gun"), extra={"x_removal": "sealed"})
    with pytest.raises(BatchRefused, match="written by the ledger alone"):
        ledger.append([forged])


def test_the_same_statement_in_another_book_is_a_copy(ledger: Ledger) -> None:
    ledger.append([said("knife", id=uuid7(1)), said("knife", id=uuid7(1), book="water/inquiry")])
    ledger.append([said("gun", id=uuid7(1), book="county/public")])
    seal(ledger, 1)
    assert {one.book for one in ledger.told().removed} == {BOOK, "water/inquiry"}


def test_drafts_of_the_sealed_sentence_go_in_whatever_incident(ledger: Ledger) -> None:
    start = TEXT.index("Rosa")
    keep(
        ledger,
        draft("within", (start, start + 60)),
        draft("again", (TEXT.index("The boy"), len(TEXT))),
        draft("before", (0, 26)),
        draft("named", (0, 26), cue=(start, start + 9)),
    )
    ledger.append([quoted(HELD, 1)])
    seal(ledger, 1)
    with ledger.store.view() as view:
        assert [one.draft for one in view.drafts_on(DIGEST)] == ["before"]


def test_the_same_words_elsewhere_are_told_and_left(ledger: Ledger) -> None:
    ledger.append(
        [
            said("knife", id=uuid7(1), source={"feed": "cad", "message": "1"}),
            said("knife", id=uuid7(2), slots={"weapon": "a knife from the drawer"}),
        ]
    )
    keep(ledger)
    other = {"document": "0" * 64, "start": 0, "end": len(HELD), "quote": HELD}
    ledger.append([said("knife", id=uuid7(3), source=other)])
    plan = ledger.plan_seal(Asked(BOOK, uuid7(3), ("clerk",), ORDER))
    assert [row.entry.id for row in plan.rows] == [uuid7(3)]
    assert [one.what for one in plan.still] == ["document story.txt"]
    assert ledger.told().removed == []


def test_the_same_words_in_what_another_home_sent_are_told_and_left(ledger: Ledger) -> None:
    words = "a knife from the drawer"
    theirs = [received(0, weapon="gun"), received(1, weapon=words)]
    ledger.append([said("knife", id=uuid7(1), source={**QUOTING, "quote": words})])
    with ledger.store.writer() as writer:
        writer.receive(bundle(sender="records@shore-water"), theirs)
    done = ledger.seal(Asked(BOOK, uuid7(1), ("clerk",), ORDER))
    (still,) = done.plan.still
    assert still.what == f"received statement {theirs[1].id}"
    assert still.where == f"{THEIRS}, from records@shore-water"
    with ledger.store.view() as view:
        assert list(view.received(THEIRS, None, None)) == theirs
        assert list(view.rows_holding(words.encode())) == []


def test_a_second_seal_of_a_document_blanks_the_rest(ledger: Ledger) -> None:
    keep(ledger)
    ledger.append([quoted(HELD, 1), quoted("two shots were fired", 2)])
    seal(ledger, 1)
    seal(ledger, 2)
    with ledger.store.view() as view:
        text = view.text_of(DIGEST)
    assert text is not None
    assert "shots" not in text
    assert "knife" not in text
    assert verify(ledger.store).ok
    with pytest.raises(BatchRefused, match=BLOCK):
        ledger.append([quoted("two shots were fired", 9)])


def test_an_act_is_never_sealed_nor_quarantined(ledger: Ledger) -> None:
    ledger.append([said("knife", id=uuid7(1))])
    seal(ledger, 1)
    (marker,) = ledger.told().removed
    for act in (ledger.seal, ledger.quarantine, ledger.put_back):
        with pytest.raises(RemovalRefused, match="itself an act"):
            act(Asked(BOOK, marker.act, ("Ana Ruiz", "Bo Lee"), "again"))


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (Asked(BOOK, uuid7(9), ("clerk",), ORDER), "no statement"),
        (Asked("water/incident", uuid7(1), ("clerk",), ORDER), "no statement"),
        (Asked(BOOK, uuid7(1), ("clerk",), " "), "may not be empty"),
        (Asked(BOOK, uuid7(1), (" ",), ORDER), "may not be empty"),
    ],
)
def test_a_seal_without_statement_order_or_name_is_refused(
    ledger: Ledger, asked: Asked, told: str
) -> None:
    ledger.append([said("knife", id=uuid7(1))])
    with pytest.raises(RemovalRefused, match=told):
        ledger.seal(asked)
    assert verify(ledger.store).books[0].size == 1


class TestQuarantine:
    def test_it_takes_out_of_sight_and_puts_back(self, ledger: Ledger) -> None:
        ledger.append([said("knife", id=uuid7(1))])
        ledger.quarantine(two(1))
        told = ledger.told()
        (marker,) = told.removed
        assert (marker.state, marker.by) == ("quarantined", ("Ana Ruiz", "Bo Lee"))
        assert uuid7(1) not in {one.id for one in told.statements}
        ledger.put_back(two(1, why="it was right"))
        told = ledger.told()
        assert told.removed == []
        assert told.statements[0].id == uuid7(1)
        assert told.statements[2].replaces == marker.act
        assert verify(ledger.store).ok

    def test_nothing_is_destroyed(self, ledger: Ledger) -> None:
        keep(ledger)
        ledger.append([quoted(HELD, 1)])
        ledger.quarantine(two(1))
        with ledger.store.view() as view:
            row = view.row(BOOK, uuid7(1))
            assert row is not None
            assert row.body is not None
            assert view.text_of(DIGEST) == TEXT

    @pytest.mark.parametrize("by", [("Ana Ruiz",), ("Ana Ruiz", " ana  ruiz "), ("Ana Ruiz", "")])
    def test_two_people_are_two(self, ledger: Ledger, by: tuple[str, ...]) -> None:
        ledger.append([said("knife", id=uuid7(1))])
        with pytest.raises(RemovalRefused, match=r"two people|may not be empty"):
            ledger.quarantine(two(1, by=by))
        assert ledger.told().removed == []

    def test_it_is_not_begun_twice_nor_ended_where_there_is_none(self, ledger: Ledger) -> None:
        ledger.append([said("knife", id=uuid7(1))])
        with pytest.raises(RemovalRefused, match="in no quarantine"):
            ledger.put_back(two(1))
        ledger.quarantine(two(1))
        with pytest.raises(RemovalRefused, match="quarantined already"):
            ledger.quarantine(two(1))
        seal(ledger, 1)
        with pytest.raises(RemovalRefused, match="sealed, and cannot be put back"):
            ledger.put_back(two(1))

    def test_what_is_in_quarantine_is_not_corrected(self, ledger: Ledger) -> None:
        ledger.append([said("knife", id=uuid7(1))])
        ledger.quarantine(two(1))
        with pytest.raises(BatchRefused, match="names no earlier statement"):
            ledger.append([said("none", replaces=uuid7(1))])

    def test_the_decision_may_be_a_seal(self, ledger: Ledger) -> None:
        ledger.append([said("knife", id=uuid7(1))])
        ledger.quarantine(two(1))
        seal(ledger, 1)
        assert [one.state for one in ledger.told().removed] == ["sealed"]
        with ledger.store.view() as view:
            done = [one.what for one in view.removals(BOOK)]
        assert done == [Removing.QUARANTINED, Removing.SEALED]
        assert verify(ledger.store).ok
