"""A home moves from any store to any other, and what a seal destroyed is written over."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bookkeeping import store_at
from received_rows import THEIRS, bundle, received, sealed
from reminded import READER, claim
from stored_rows import DOCUMENT, TEXT_SHA256, entries_of, head, row
from telling import uuid7
from whoseword.books.errors import LedgerDamaged
from whoseword.books.exchanged import RuleSetKept
from whoseword.books.listed import ListedRow
from whoseword.books.listed_kept import ListedRemoval
from whoseword.books.protocol import Blank, Copy, Draft, Removal, Store
from whoseword.books.removings import Removing
from whoseword.books.tables import OVERWRITE, TABLES

BATCH = uuid7(70_000)
STORES = ("postgres", "sqlite")


def lived_in(store: Store) -> None:
    """Let everything happen once, so that every table holds a row."""
    entries_of(store)
    drafts = [Draft(draft=n, incident="a", document="1", json=b"{}") for n in ("b", "a")]
    with store.writer() as writer:
        writer.list_rows("county/incident", BATCH, [ListedRow(0, b"1" * 32, b"2" * 32, b"{}")])
        writer.list_rows("county/incident", BATCH, [ListedRow(1, b"3" * 32, b"4" * 32, b"{}")])
        writer.remove_listed(ListedRemoval("county/incident", BATCH, 1, Removing.SEALED, 2))
        writer.keep_document(DOCUMENT, "harrow-lane", TEXT_SHA256)
        writer.keep_drafts(drafts)
        writer.note_read(0, b"{}", b"1" * 32)
        writer.note_copy(Copy("/a", "page", "harrow-lane", "1" * 64, 5))
        writer.set_setting("zone", "America/Chicago")
        writer.set_setting("owner", "oversight@county")
        writer.remove(Removal("county/incident", 1, Removing.SEALED, 2))
        writer.blank(Blank(DOCUMENT.sha256, 6, 7, "0", "county/incident", 1), "Zeile ▇\n")
        writer.receive(bundle(), [received(4), received(2), received(3)])
        writer.seal_received(THEIRS, 3, uuid7(60_000))
        writer.note_rule_set(RuleSetKept("2" * 64, 7, b"{}"))
        writer.claim(claim())
        writer.note_told(claim(told=9))


def tables_of(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.view() as view:
        return {name: list(view.table(name)) for name in TABLES}


@pytest.mark.parametrize("there", STORES)
@pytest.mark.parametrize("here", STORES)
def test_a_home_moves_from_any_store_to_any_other(
    opened: Callable[[str], Store], here: str, there: str
) -> None:
    old, new = opened(here), opened(there)
    lived_in(old)
    moved = tables_of(old)
    assert all(moved.values())
    with new.writer() as writer:
        for name in TABLES:
            writer.load(name, moved[name])
    assert tables_of(new) == moved
    # Life goes on: what the store numbers itself is numbered on.
    for store in (old, new):
        with store.writer() as writer:
            later = row("county/incident", 3)
            writer.append([later], [head("county/incident", 4)])
            writer.keep_drafts([Draft(draft="c", incident="a", document="1", json=b"{}")])
            writer.note_copy(Copy("/b", "page", "", "", 6))
            late = [received(1, of=bundle(1)), sealed(received(0, of=bundle(1)), uuid7(60_001))]
            writer.receive(bundle(1), late)
            writer.seal_received(THEIRS, 4, uuid7(60_002))
            writer.note_rule_set(RuleSetKept("3" * 64, 8, b"{}"))
            assert not writer.claim(claim()), "what was claimed before is claimed in the new home"
            assert writer.claim(claim("2" * 64))
            writer.note_told(claim("2" * 64, told=10))
    with old.view() as before, new.view() as after:
        assert list(after.rows("county/incident", None, None)) == list(
            before.rows("county/incident", None, None)
        )
        assert after.drafts("a") == before.drafts("a")
        assert after.copies() == before.copies()
        assert list(after.received(THEIRS, None, None)) == list(before.received(THEIRS, None, None))
        assert after.claims(READER) == before.claims(READER)
        assert after.bundles() == before.bundles() == [bundle(), bundle(1)]
        assert [one.sha256[0] for one in after.rule_sets()] == ["2", "3"]


@pytest.mark.parametrize("there", STORES)
def test_a_move_that_breaks_off_leaves_nothing(opened: Callable[[str], Store], there: str) -> None:
    old, new = opened("sqlite"), opened(there)
    entries_of(old, 3000)
    rows = tables_of(old)["entries"]
    with pytest.raises(LedgerDamaged), new.writer() as writer:
        writer.load("entries", [*rows, rows[0]])
    assert tables_of(new)["entries"] == []


def test_overwriting_is_done_when_it_is_done(store: Store) -> None:
    lived_in(store)
    before = tables_of(store)
    store.overwrite()
    with store.view() as view:
        assert view.setting(OVERWRITE) == ""
    after = tables_of(store)
    assert {name: rows for name, rows in after.items() if name != "settings"} == {
        name: rows for name, rows in before.items() if name != "settings"
    }


def test_overwriting_that_is_due_is_done_at_the_next_opening(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    for home in (tmp_path / "home", request.getfixturevalue("schema_url")):
        store = store_at(home)
        with store.writer() as writer:
            writer.set_setting(OVERWRITE, "due")
        store.close()
        store = store_at(home)
        with store.view() as view:
            assert view.setting(OVERWRITE) == ""
        store.close()
