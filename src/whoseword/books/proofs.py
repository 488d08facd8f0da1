"""Proofs about a book: that an entry stands in it, and that it only grew.

Whoever holds a signed size and root (``books.checkpoints``) needs no book to check them. An
inclusion path shows that one entry stood at its place, a consistency path that the entries of an
earlier root are the first entries of a later one (RFC 6962, 2.1.1 and 2.1.2). About log2(size)
hashes say it, and none of them tells anything of the other entries.

The checks stand apart from what makes the paths, are written after another text (RFC 9162, 2.1.3.2
and 2.1.4.2), and take every path for a stranger's. A size without the root that was signed with it
proves nothing: trees of several sizes can share a path.
"""

from collections.abc import Iterator, Sequence

from whoseword.books.chain import HASH_BYTES
from whoseword.books.errors import ProofFault
from whoseword.books.tree import EMPTY_ROOT, node_hash

_ASK_ANEW = "ask for the proof anew, and if it fails again, believe neither the proof nor the book"


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes (``tree.leaf_hash``)."""
    root = EMPTY_ROOT
    for level in _levels(leaves):
        root = level[0]
    return root


def inclusion_path(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """What leads from the leaf at ``index``, counted from 0, to the root; nearest first."""
    if not 0 <= index < len(leaves):
        raise ProofFault(
            f"there is no entry {index} among {len(leaves):,} entries; they are counted from 0"
        )
    path: list[bytes] = []
    for level in _levels(leaves):
        path.extend(_neighbour(level, index))
        index >>= 1
    return path


def consistency_path(leaves: Sequence[bytes], earlier_size: int) -> list[bytes]:
    """What shows that the root over the first ``earlier_size`` leaves grew into this one.

    Nothing needs to be shown for the same size, nor for an empty book, which every book begins
    with.
    """
    if not 0 <= earlier_size <= len(leaves):
        raise ProofFault(
            f"{len(leaves):,} entries cannot be shown to follow from {earlier_size:,}; "
            f"name an earlier size"
        )
    if earlier_size in (0, len(leaves)):
        return []
    path: list[bytes] = []
    # The last leaf of the earlier book, and up from it while the subtree that it ends is whole.
    at, whole = earlier_size - 1, True
    for level in _levels(leaves):
        if whole and not at & 1:
            whole = False
            # A whole tree is its own last subtree, and whoever checks holds its root.
            path.extend(level[at : at + 1] if at else ())
        if not whole:
            path.extend(_neighbour(level, at))
        at >>= 1
    return path


def _neighbour(level: Sequence[bytes], at: int) -> Sequence[bytes]:
    """What a node is hashed with; nothing for a last one that rises as it is."""
    return level[at ^ 1 : (at ^ 1) + 1]


def _levels(leaves: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    """The tree from its leaves to its root. A last one without a neighbour rises as it is."""
    level = leaves
    while len(level) > 1:
        yield level
        above = [node_hash(*pair) for pair in zip(level[::2], level[1::2], strict=False)]
        above.extend(level[-1:] if len(level) & 1 else ())
        level = above
    if level:
        yield level


def root_by_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root that a path leads to from a leaf hash at ``index`` in a tree of ``size``.

    It proves something only where it is the root that was signed with that size.
    """
    if not 0 <= index < size:
        raise ProofFault(
            f"no entry {index} stands in a book of {size:,} entries, counted from 0; "
            "look for a checkpoint that was signed later"
        )
    _check_hashes((leaf, *path))
    node, at, last = leaf, index, size - 1
    for hash_ in path:
        if last == 0:
            raise _wrong_length(path)
        if at & 1 or at == last:
            node = node_hash(hash_, node)
            at, last = _risen(at, last)
        else:
            node = node_hash(node, hash_)
        at, last = at >> 1, last >> 1
    if last:
        raise _wrong_length(path)
    return node


def check_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> None:
    """Raise ``ProofFault`` unless the leaf stands at ``index`` in the tree of that size and root."""
    if root_by_inclusion(leaf, index, size, path) != root:
        raise ProofFault(
            f"the proof does not lead from entry {index} to the root of {size:,} entries, "
            f"{root.hex()}: another entry, another place or another book; {_ASK_ANEW}"
        )


def check_consistency(
    earlier_size: int,
    earlier_root: bytes,
    later_size: int,
    later_root: bytes,
    path: Sequence[bytes],
) -> None:
    """Raise ``ProofFault`` unless the earlier tree is shown to be how the later one begins."""
    if not 0 <= earlier_size <= later_size:
        raise ProofFault(
            f"a book of {later_size:,} entries cannot follow from one of {earlier_size:,}; "
            "give the earlier checkpoint first"
        )
    _check_hashes((earlier_root, later_root, *path))
    if earlier_size in (0, later_size):
        if path:
            raise _wrong_length(path)
        root = later_root if earlier_size else EMPTY_ROOT
        roots = (root, later_root if later_size else EMPTY_ROOT)
    else:
        roots = _roots_by_consistency(earlier_size, earlier_root, later_size, path)
    for size, claimed, root in zip(
        (earlier_size, later_size), (earlier_root, later_root), roots, strict=True
    ):
        if claimed != root:
            raise ProofFault(
                f"the root of {size:,} entries is {root.hex()} by the proof, but {claimed.hex()} "
                f"was stated: {later_size:,} entries are not shown to begin with the "
                f"{earlier_size:,} that were there; {_ASK_ANEW}"
            )


def _roots_by_consistency(
    earlier_size: int, earlier_root: bytes, later_size: int, path: Sequence[bytes]
) -> tuple[bytes, bytes]:
    """The earlier and the later root that a path leads to, where 0 < earlier < later."""
    # An earlier tree that is whole is left out of the path, for its root is known.
    is_whole = earlier_size & (earlier_size - 1) == 0
    hashes = [earlier_root, *path] if is_whole else list(path)
    if not hashes:
        raise _wrong_length(path)
    at, last = earlier_size - 1, later_size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    earlier = later = hashes[0]
    for hash_ in hashes[1:]:
        if last == 0:
            raise _wrong_length(path)
        if at & 1 or at == last:
            earlier, later = node_hash(hash_, earlier), node_hash(hash_, later)
            at, last = _risen(at, last)
        else:
            later = node_hash(later, hash_)
        at, last = at >> 1, last >> 1
    if last:
        raise _wrong_length(path)
    return earlier, later


def _risen(at: int, last: int) -> tuple[int, int]:
    """Up to where the node is a right child: a last one without neighbours rose as it was."""
    while at and not at & 1:
        at, last = at >> 1, last >> 1
    return at, last


def _check_hashes(hashes: Sequence[bytes]) -> None:
    for hash_ in hashes:
        if len(hash_) != HASH_BYTES:
            raise ProofFault(
                f"a hash of {len(hash_)} bytes stands in the proof, and all have {HASH_BYTES}; "
                f"{_ASK_ANEW}"
            )


def _wrong_length(path: Sequence[bytes]) -> ProofFault:
    return ProofFault(
        f"the proof has {len(path)} hashes, which is not the number that these sizes need; "
        f"{_ASK_ANEW}"
    )
