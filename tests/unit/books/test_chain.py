"""No two things that differ have the same bytes."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoseword.books.chain import Header, commitment_of, entry_bytes, genesis_of, link_of

MOMENT = st.integers(-(2**63), 2**63 - 1)
HEADER = st.tuples(
    st.binary(max_size=9),
    st.integers(0, 2**64 - 1),
    st.binary(max_size=9),
    st.binary(max_size=9),
    MOMENT,
    MOMENT,
    st.integers(0, 1),
    st.binary(min_size=32, max_size=32),
)


@given(HEADER, HEADER)
def test_entries_that_differ_have_other_bytes(first: Header, second: Header) -> None:
    assert (entry_bytes(first) == entry_bytes(second)) == (first == second)


@given(st.binary(max_size=40), st.binary(max_size=40), st.integers(0, 40))
def test_a_byte_moved_from_salt_to_body_changes_the_commitment(
    salt: bytes, body: bytes, cut: int
) -> None:
    joined = salt + body
    other = joined[:cut], joined[cut:]
    assert (commitment_of(salt, body) == commitment_of(*other)) == (other == (salt, body))


def test_no_hash_passes_for_one_of_another_kind() -> None:
    one = b"x" * 32
    assert len({commitment_of(one, one), link_of(one, one), genesis_of(one)}) == 3


def test_no_two_books_begin_alike() -> None:
    assert genesis_of(b"county/incident") != genesis_of(b"county/incidents")


@pytest.mark.parametrize(
    "changed",
    [
        {1: -1},
        {1: "0"},
        {4: 1.5},
        {5: None},
        {6: 256},
        {4: 2**63},
        {0: "county/incident"},
        {7: None},
    ],
)
def test_what_no_entry_can_hold_is_refused(changed: dict[int, object]) -> None:
    header: list[object] = [b"county/incident", 0, b"id", b"harrow-lane", 0, 0, 0, b"x" * 32]
    for place, value in changed.items():
        header[place] = value
    with pytest.raises((struct.error, TypeError)):
        entry_bytes(tuple(header))  # type: ignore[arg-type]
