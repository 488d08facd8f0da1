"""A proof holds for the entry, the place and the book that it was made of, and for nothing else."""

import re
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree, verify_inclusion

from whoseword.books.errors import BookError, ProofFault
from whoseword.books.proofs import (
    check_consistency,
    check_inclusion,
    consistency_path,
    inclusion_path,
    root_by_inclusion,
    root_of,
)
from whoseword.books.tree import EMPTY_ROOT, Tree, leaf_hash, node_hash

LARGEST = 40
ENTRIES = [f"entry {number}".encode() for number in range(LARGEST)]
LEAVES = [leaf_hash(entry) for entry in ENTRIES]
ROOTS = [root_of(LEAVES[:size]) for size in range(LARGEST + 1)]
PLACES = [(size, index) for size in range(1, LARGEST + 1) for index in range(size)]
GROWTHS = [(earlier, later) for later in range(LARGEST + 1) for earlier in range(later + 1)]

many_leaves = st.lists(st.binary(max_size=8).map(leaf_hash), min_size=1, max_size=200)


def altered(path: list[bytes]) -> list[list[bytes]]:
    """The path with each byte of each hash changed in turn."""
    return [
        [*path[:at], hash_[:byte] + bytes([hash_[byte] ^ 1]) + hash_[byte + 1 :], *path[at + 1 :]]
        for at, hash_ in enumerate(path)
        for byte in range(len(hash_))
    ]


def bent(path: list[bytes]) -> list[list[bytes]]:
    """The path shorter, longer and in another order."""
    stranger = sha256(b"stranger").digest()
    shorter = [path[:at] + path[at + 1 :] for at in range(len(path))]
    longer = [[*path[:at], stranger, *path[at:]] for at in range(len(path) + 1)]
    doubled = [[*path[: at + 1], *path[at:]] for at in range(len(path))]
    turned = [
        [*path[:at], later, earlier, *path[at + 2 :]]
        for at, (earlier, later) in enumerate(pairwise(path))
    ]
    return [one for one in shorter + longer + doubled + turned if one != path]


def path_as_the_rfc_says(leaves: list[bytes], index: int) -> list[bytes]:
    """RFC 6962, section 2.1.1, as it is written there."""
    if len(leaves) == 1:
        return []
    split = 1 << (len(leaves) - 1).bit_length() - 1
    if index < split:
        return [*path_as_the_rfc_says(leaves[:split], index), root_of(leaves[split:])]
    return [*path_as_the_rfc_says(leaves[split:], index - split), root_of(leaves[:split])]


def growth_as_the_rfc_says(leaves: list[bytes], earlier: int, known: bool = True) -> list[bytes]:
    """RFC 6962, section 2.1.2, as it is written there."""
    if earlier == len(leaves):
        return [] if known else [root_of(leaves)]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    if earlier <= split:
        return [
            *growth_as_the_rfc_says(leaves[:split], earlier, known),
            root_of(leaves[split:]),
        ]
    return [
        *growth_as_the_rfc_says(leaves[split:], earlier - split, False),
        root_of(leaves[:split]),
    ]


def test_a_book_has_the_root_that_pymerkle_and_the_growing_tree_give_it() -> None:
    growing, theirs = Tree(), InmemoryTree(algorithm="sha256")
    assert ROOTS[0] == EMPTY_ROOT == sha256(b"").digest()
    for size, entry in enumerate(ENTRIES, 1):
        growing.append(entry)
        theirs.append_entry(entry)
        assert ROOTS[size] == growing.root == theirs.get_root()


def test_every_entry_is_proved_to_stand_where_it_stands() -> None:
    theirs = InmemoryTree(algorithm="sha256")
    for entry in ENTRIES:
        theirs.append_entry(entry)
    for size, index in PLACES:
        path = inclusion_path(LEAVES[:size], index)
        by_pymerkle = theirs.prove_inclusion(index + 1, size)
        assert by_pymerkle.path == [LEAVES[index], *path]
        assert path == path_as_the_rfc_says(LEAVES[:size], index)
        verify_inclusion(LEAVES[index], ROOTS[size], by_pymerkle, index + 1, size)
        assert root_by_inclusion(LEAVES[index], index, size, path) == ROOTS[size]
        check_inclusion(LEAVES[index], index, size, path, ROOTS[size])


def test_every_later_book_is_proved_to_begin_with_every_earlier_one() -> None:
    theirs = InmemoryTree(algorithm="sha256")
    for entry in ENTRIES:
        theirs.append_entry(entry)
    for earlier, later in GROWTHS:
        path = consistency_path(LEAVES[:later], earlier)
        check_consistency(earlier, ROOTS[earlier], later, ROOTS[later], path)
        if earlier:
            assert path == growth_as_the_rfc_says(LEAVES[:later], earlier)
            theirs.prove_consistency(earlier, later).verify(ROOTS[earlier], ROOTS[later])


def test_no_byte_of_an_inclusion_proof_can_be_changed() -> None:
    for size, index in PLACES:
        path = inclusion_path(LEAVES[:size], index)
        for other in altered(path) + bent(path):
            with pytest.raises(ProofFault):
                check_inclusion(LEAVES[index], index, size, other, ROOTS[size])
        for [leaf] in altered([LEAVES[index]]):
            with pytest.raises(ProofFault, match=re.escape(ROOTS[size].hex())):
                check_inclusion(leaf, index, size, path, ROOTS[size])
        for [root] in altered([ROOTS[size]]):
            with pytest.raises(ProofFault, match=root.hex()):
                check_inclusion(LEAVES[index], index, size, path, root)


def test_an_entry_is_proved_at_no_other_place_and_in_no_other_book() -> None:
    for size, index in PLACES:
        path = inclusion_path(LEAVES[:size], index)
        for other in range(LARGEST + 2):
            if other != index:
                with pytest.raises(ProofFault):
                    check_inclusion(LEAVES[index], other, size, path, ROOTS[size])
            if other not in (size, LARGEST + 1):
                with pytest.raises(ProofFault):
                    check_inclusion(LEAVES[index], index, other, path, ROOTS[other])


def test_no_byte_of_a_consistency_proof_can_be_changed() -> None:
    for earlier, later in GROWTHS:
        path = consistency_path(LEAVES[:later], earlier)
        for other in altered(path) + bent(path):
            with pytest.raises(ProofFault):
                check_consistency(earlier, ROOTS[earlier], later, ROOTS[later], other)
        for [root] in altered([ROOTS[earlier]]):
            with pytest.raises(ProofFault):
                check_consistency(earlier, root, later, ROOTS[later], path)
        # An empty book says nothing of what may come after it.
        for [root] in altered([ROOTS[later]]) if earlier else ():
            with pytest.raises(ProofFault):
                check_consistency(earlier, ROOTS[earlier], later, root, path)


def test_a_proof_of_growth_holds_between_no_other_books() -> None:
    for earlier, later in GROWTHS:
        if earlier == 0:
            continue
        path = consistency_path(LEAVES[:later], earlier)
        for other in range(1, LARGEST + 1):
            if other != earlier:
                with pytest.raises(ProofFault):
                    check_consistency(other, ROOTS[other], later, ROOTS[later], path)
            if other != later:
                with pytest.raises(ProofFault):
                    check_consistency(earlier, ROOTS[earlier], other, ROOTS[other], path)


def test_a_book_with_one_old_entry_rewritten_cannot_be_shown_to_have_grown() -> None:
    """The keeper who rewrites makes the best proof that can be made of the rewritten book."""
    for earlier, later in GROWTHS:
        for rewritten in range(earlier):
            forged = [*LEAVES[:rewritten], leaf_hash(b"rewritten"), *LEAVES[rewritten + 1 : later]]
            with pytest.raises(ProofFault):
                check_consistency(
                    earlier,
                    ROOTS[earlier],
                    later,
                    root_of(forged),
                    consistency_path(forged, earlier),
                )


def test_a_node_does_not_pass_for_an_entry() -> None:
    """Two hashes side by side, given out as the bytes of an entry, are one level too high."""
    pair = LEAVES[0] + LEAVES[1]
    path = inclusion_path(LEAVES[:4], 0)[1:]
    assert node_hash(node_hash(LEAVES[0], LEAVES[1]), path[0]) == ROOTS[4]
    for size in (2, 3, 4):
        with pytest.raises(ProofFault):
            check_inclusion(leaf_hash(pair), 0, size, path, ROOTS[4])


def test_a_size_proves_something_only_with_the_root_that_was_signed_with_it() -> None:
    """Trees of three and of four share the path of their first entry; their roots differ."""
    path = inclusion_path(LEAVES[:3], 0)
    assert root_by_inclusion(LEAVES[0], 0, 4, path) == ROOTS[3] != ROOTS[4]
    with pytest.raises(ProofFault):
        check_inclusion(LEAVES[0], 0, 4, path, ROOTS[4])


@given(many_leaves, st.data())
def test_whatever_the_entries_are_the_proofs_hold_and_no_others_do(
    leaves: list[bytes], data: st.DataObject
) -> None:
    size = len(leaves)
    index = data.draw(st.integers(0, size - 1))
    earlier = data.draw(st.integers(1, size))
    inclusion, growth = inclusion_path(leaves, index), consistency_path(leaves, earlier)
    root, earlier_root = root_of(leaves), root_of(leaves[:earlier])
    check_inclusion(leaves[index], index, size, inclusion, root)
    check_consistency(earlier, earlier_root, size, root, growth)
    some = st.lists(st.sampled_from([*inclusion, *growth, *leaves, root, earlier_root]), max_size=9)
    path = data.draw(some)
    if path != inclusion:
        with pytest.raises(ProofFault):
            check_inclusion(leaves[index], index, size, path, root)
    if path != growth:
        with pytest.raises(ProofFault):
            check_consistency(earlier, earlier_root, size, root, path)


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (lambda: inclusion_path(LEAVES[:3], 3), "there is no entry 3 among 3 entries"),
        (lambda: inclusion_path([], 0), "there is no entry 0 among 0 entries"),
        (lambda: inclusion_path(LEAVES, -1), "there is no entry -1"),
        (lambda: consistency_path(LEAVES[:3], 4), "3 entries cannot be shown to follow from 4"),
        (lambda: consistency_path(LEAVES[:3], -1), "cannot be shown to follow from -1"),
        (lambda: root_by_inclusion(LEAVES[0], 0, 0, []), "no entry 0 stands in a book of 0"),
        (lambda: root_by_inclusion(LEAVES[0], 7, 7, []), "no entry 7 stands in a book of 7"),
        (lambda: root_by_inclusion(LEAVES[0], 0, 2, []), "the proof has 0 hashes"),
        (lambda: root_by_inclusion(LEAVES[0], 0, 1, [LEAVES[1]]), "the proof has 1 hashes"),
        (lambda: root_by_inclusion(b"short", 0, 1, []), "a hash of 5 bytes"),
        (lambda: root_by_inclusion(LEAVES[0], 0, 2, [b"short"]), "a hash of 5 bytes"),
        (
            lambda: check_consistency(2, ROOTS[2], 1, ROOTS[1], []),
            "a book of 1 entries cannot follow from one of 2",
        ),
        (lambda: check_consistency(1, ROOTS[1], 2, ROOTS[2], []), "the proof has 0 hashes"),
        (lambda: check_consistency(3, ROOTS[3], 4, ROOTS[4], []), "the proof has 0 hashes"),
        (
            lambda: check_consistency(2, ROOTS[2], 2, ROOTS[2], [LEAVES[0]]),
            "the proof has 1 hashes",
        ),
        (lambda: check_consistency(0, ROOTS[0], 2, ROOTS[2], [LEAVES[0]]), "has 1 hashes"),
        (lambda: check_consistency(0, ROOTS[1], 2, ROOTS[2], []), "the root of 0 entries is e3b0"),
        (lambda: check_consistency(0, ROOTS[0], 0, ROOTS[1], []), "the root of 0 entries is e3b0"),
        (lambda: check_consistency(2, ROOTS[2], 2, ROOTS[1], []), "the root of 2 entries is"),
        (lambda: check_consistency(0, ROOTS[0], 1, b"", []), "a hash of 0 bytes"),
    ],
)
def test_what_cannot_be_proved_is_told(act: object, told: str) -> None:
    with pytest.raises(BookError, match=re.escape(told)) as raised:
        act()  # type: ignore[operator]
    assert isinstance(raised.value, ProofFault)
