"""What every store owes a reminder: claimed by one, whoever else asks, and kept for good."""

import threading
from pathlib import Path

import pytest

from bookkeeping import store_at
from reminded import READER, claim
from whoseword.books.errors import LedgerDamaged
from whoseword.books.protocol import Store


def test_a_reminder_is_claimed_once_for_each_channel(store: Store) -> None:
    with store.writer() as writer:
        assert writer.claim(claim())
        assert not writer.claim(claim())
        assert writer.claim(claim(channel="post"))
        assert writer.claim(claim("2" * 64))
    with store.writer() as writer:
        assert not writer.claim(claim(claimed=99))
    with store.view() as view:
        assert view.claims(READER) == [claim(), claim(channel="post"), claim("2" * 64)]


def test_what_was_told_is_told_of_that_channel_alone_and_stays_so(store: Store) -> None:
    with store.writer() as writer:
        for channel in ("mail", "post", "desk"):
            writer.claim(claim(channel=channel))
        writer.note_told(claim(told=9))
        writer.note_told(claim(told=10))
        writer.note_told(claim(channel="desk", told=11, seen_by="Ana Ruiz"))
    with store.view() as view:
        assert view.claims(READER) == [
            claim(told=9),
            claim(channel="post"),
            claim(channel="desk", told=11, seen_by="Ana Ruiz"),
        ]


def test_nobody_tells_what_nobody_claimed(store: Store) -> None:
    with pytest.raises(LedgerDamaged), store.writer() as writer:
        writer.note_told(claim(told=9))


def test_a_reader_is_told_of_no_other_readers_claims(store: Store) -> None:
    with store.writer() as writer:
        writer.claim(claim(reader="public@county for public"))
    with store.view() as view:
        assert view.claims(READER) == []


def test_a_claim_that_was_broken_off_is_no_claim(store: Store) -> None:
    def break_off() -> None:
        with store.writer() as writer:
            writer.claim(claim())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_off()
    with store.writer() as writer:
        assert writer.claim(claim())


@pytest.mark.parametrize("kind", ["postgres", "sqlite"])
def test_of_many_who_claim_at_once_one_wins(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    home = tmp_path if kind == "sqlite" else request.getfixturevalue("schema_url")
    stores = [store_at(home) for _ in range(4)]
    together = threading.Barrier(len(stores), timeout=30)
    won: list[str] = []

    def claim_all(store: Store) -> None:
        together.wait()
        for number in range(20):
            with store.writer() as writer:
                if writer.claim(claim(f"{number:064}")):
                    won.append(f"{number:064}")

    threads = [threading.Thread(target=claim_all, args=(one,)) for one in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    for store in stores:
        store.close()
    assert sorted(won) == [f"{number:064}" for number in range(20)]
