"""Ids are UUIDs of version 7, in the order of their statements."""

import secrets
import uuid

from hypothesis import given
from hypothesis import strategies as st

from whoseword.books.ids import new_ids

NOW = 1_930_564_800_123_456


@given(st.integers(0, 300), st.integers(0, 4_000_000_000_000_000))
def test_they_are_version_7_of_the_moment_and_rise(count: int, now: int) -> None:
    ids = new_ids(count, now, secrets.token_bytes)
    assert len(ids) == len(set(ids)) == count
    assert ids == sorted(ids)
    for one in ids:
        read = uuid.UUID(one)
        assert (str(read), read.version, read.variant) == (one, 7, uuid.RFC_4122)
        assert read.int >> 80 == now // 1000


def test_the_most_that_randomness_can_give_does_not_reach_the_next_moment() -> None:
    ids = new_ids(10_000, NOW, lambda size: b"\xff" * size)
    assert {uuid.UUID(one).int >> 80 for one in ids} == {NOW // 1000}
    assert ids == sorted(ids)


def test_two_batches_of_one_moment_share_no_id() -> None:
    first, second = (set(new_ids(100, NOW, secrets.token_bytes)) for _ in range(2))
    assert not first & second
